//! A host's own pack: the examples are sound and work throughout, and whatever could mislead or harm is refused with its place.

#[path = "common/any.rs"]
mod any;
mod common;

use std::sync::LazyLock;

use any::any_response_to;
use common::{read, root};
use delineate::core::compare::{Comparison, Participant};
use delineate::core::content::{Content, MAX_PACK, MOST_PROBLEMS, Problem};
use delineate::core::flow::{self, Page};
use delineate::core::foreign::{COUNTED, Pack};
use delineate::core::interface::Key;
use delineate::core::pack::part;
use delineate::core::plan::{Action, HORIZONS};
use delineate::core::ratio::Ratio;
use delineate::core::response::{Column, ItemAnswer, Owner, Response, TOP_LEVEL};
use delineate::core::result::{Depth, ResultDocument};
use delineate::core::template;
use delineate::core::texts::Named;
use delineate::core::wording::Wording;
use jsonschema::{Registry, Validator};
use proptest::prelude::*;
use serde_json::{Value, json};

const HOUSE: &str = "examples/packs/house-style.json";
const ROLES: &str = "examples/packs/chair-and-chief-executive.json";

static PARTS: LazyLock<(String, String)> =
    LazyLock::new(|| part(&common::pack()).expect("the built-in pack is JSON"));

static OTHER: LazyLock<Content> = LazyLock::new(|| {
    let pack = parse(&read(ROLES)).unwrap_or_else(|found| panic!("{ROLES}: {found:#?}"));
    pack.content
});

fn parse(pack: &str) -> Result<Pack, Vec<String>> {
    let (early, late) = &*PARTS;
    let lines = |found: Vec<Problem>| found.iter().map(ToString::to_string).collect();
    Pack::parse(early, late, pack).map_err(lines)
}

fn example(path: &str) -> Value {
    serde_json::from_str(&read(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn refused(pack: &Value) -> Vec<String> {
    parse(&pack.to_string()).err().unwrap_or_default()
}

fn least() -> Value {
    json!({ "format": "delineate-pack", "version": 1 })
}

#[test]
fn the_brands_name_stands_at_the_top_unless_the_pack_has_a_line_for_it() {
    let line = |interface: Value| {
        let mut pack = least();
        pack["brand"] = json!({ "name": "Example Advisory" });
        pack["interface"] = interface;
        let pack = parse(&pack.to_string()).expect("nothing is wrong with it");
        pack.content.interface.get(Key::Brand).to_string()
    };
    assert_eq!(line(json!({})), "Example Advisory");
    assert_eq!(line(json!({ "brand": "Our check" })), "Our check");
}

// ---- the examples ----

#[test]
fn the_smallest_pack_is_the_built_in_content() {
    let pack = parse(&least().to_string()).expect("nothing is wrong with it");
    assert_eq!(pack.content, *common::CONTENT);
    assert_eq!((pack.brand, pack.benchmark), (None, None));
}

#[test]
fn a_house_style_changes_words_and_brand_and_nothing_else() {
    let pack = parse(&read(HOUSE)).unwrap_or_else(|found| panic!("{found:#?}"));
    let given = example(HOUSE);
    let brand = pack.brand.expect("the example has a brand");
    assert_eq!(brand.name.as_deref(), given["brand"]["name"].as_str());
    assert_eq!(
        brand.accent.map(|colour| json!(colour.to_string())),
        Some(given["brand"]["accent"].clone())
    );
    let benchmark = pack.benchmark.expect("the example has a benchmark");
    assert_eq!(json!(benchmark.n), given["benchmark"]["n"]);
    assert!(benchmark.source.contains("invented"), "{benchmark:?}");
    let built_in = &*common::CONTENT;
    assert_eq!(pack.content.instrument, built_in.instrument);
    assert_eq!(pack.content.steps, built_in.steps);
    assert_eq!(pack.content.domains, built_in.domains);
    let text = |key| pack.content.interface.get(key);
    assert_eq!(
        json!(text(Key::StartTitle)),
        given["interface"]["start.title"]
    );
    assert_eq!(text(Key::Next), built_in.interface.get(Key::Next));
    assert_eq!(json!(pack.content.report.claims), given["report"]["claims"]);
    // The same questions under the same id: answers given to the one are read by the other.
    let answers = common::uniform(false, 2, Owner::Split).to_json();
    assert!(Response::parse(&answers, &pack.content).is_ok());
}

#[test]
fn the_packs_in_the_documentation_are_sound() {
    let text = read("docs/content-packs.md");
    let blocks = text.split("```json\n").skip(1);
    let blocks: Vec<&str> = blocks.filter_map(|rest| rest.split("```").next()).collect();
    assert_eq!(blocks.len(), 3);
    for block in blocks {
        parse(block).unwrap_or_else(|found| panic!("{block}\n{found:#?}"));
    }
}

#[test]
fn other_roles_have_a_shape_of_their_own() {
    let instrument = &OTHER.instrument;
    assert_ne!(instrument.id, common::CONTENT.instrument.id);
    assert_ne!(instrument.officers, common::CONTENT.instrument.officers);
    assert!(instrument.steps.len() >= 4 && (2..=3).contains(&instrument.groups.len()));
    assert!(instrument.domains.len() >= 8 && instrument.domain_groups.len() >= 2);
    assert_eq!(instrument.scoring.bands.len(), 3);
    let answers = common::uniform(false, 2, Owner::Split).to_json();
    assert!(Response::parse(&answers, &OTHER).is_err());
}

/// Every item at one level, every domain with one owner.
fn uniform(level: u8, owner: &Owner) -> Response {
    let mut response = Response::new(&OTHER);
    let steps = &OTHER.instrument.steps;
    let all: Vec<String> = steps.iter().map(|step| step.id.clone()).collect();
    response.extend(&OTHER, &all);
    for item in steps.iter().flat_map(|step| &step.items) {
        response.answer_item(item, Some(ItemAnswer::Level(level)));
    }
    for domain in &OTHER.instrument.domains {
        response.answer_domain(&domain.id, Column::Today, Some(owner.clone()));
    }
    response
}

#[test]
fn other_weights_bands_and_caps_count() {
    // The map counts three fifths: (3 × 80 + 2 × 50) / 5.
    let result = ResultDocument::new(&OTHER, &uniform(2, &Owner::Split));
    assert_eq!(result.score, Some(68));
    let band = result.band.expect("everything is answered");
    assert_eq!((band.id.as_str(), band.capped), ("workable", false));
    assert_eq!(result.depth, Depth::Full);
    assert_eq!(result.next_band.map(|next| next.band), Some("clear".into()));

    // (3 × 100 × 11/14 + 2 × 100) / 5 = 87.1; three critical gaps cap it at the lowest band.
    let mut response = uniform(4, &common::officer("chair"));
    let critical = OTHER
        .instrument
        .domains
        .iter()
        .filter(|domain| domain.critical);
    let critical: Vec<&str> = critical.map(|domain| domain.id.as_str()).collect();
    for domain in &critical[..3] {
        response.answer_domain(domain, Column::Today, Some(Owner::Nobody));
    }
    let result = ResultDocument::new(&OTHER, &response);
    assert_eq!(result.score, Some(87));
    let band = result.band.expect("everything is answered");
    assert_eq!(
        (band.id.as_str(), band.uncapped.as_str()),
        ("entangled", "clear")
    );
    response.answer_domain(critical[0], Column::Today, Some(Owner::Split));
    let band = ResultDocument::new(&OTHER, &response).band;
    assert_eq!(band.map(|band| band.id), Some("workable".into()));
}

// ---- random responses ----

fn any_response() -> impl Strategy<Value = Response> {
    any_response_to(&OTHER)
}

/// Every text of the interface that the second example shows, with the values that it uses.
static INTERFACE: LazyLock<Vec<(&[&str], String)>> = LazyLock::new(|| {
    let built_in: Value = serde_json::from_str(&common::pack()).expect("the pack is JSON");
    let own = example(ROLES);
    let all = Key::ALL.iter().map(|(name, values)| {
        let text = own["interface"].get(*name);
        let text = text.unwrap_or(&built_in["interface"][*name]);
        (*values, text.as_str().unwrap_or_default().to_string())
    });
    all.collect()
});

/// What a visitor can read with this response, page by page.
fn rendered(response: &Response, result: &ResultDocument) -> Vec<String> {
    let words = Wording::new(&OTHER, response);
    let content = &*OTHER;
    let mut all = Vec::new();
    for (values, text) in &*INTERFACE {
        let values: Vec<(&str, &str)> = values.iter().map(|name| (*name, "7")).collect();
        all.push(words.fill(text, &values));
    }
    for step in &content.instrument.steps {
        let text = &content.steps[step.id.as_str()];
        all.extend([
            text.title.clone(),
            text.short.clone(),
            words.fill(&text.purpose, &[]),
        ]);
        for item in &step.items {
            all.extend([
                words.topic(item).into(),
                words.question(item),
                words.why(item),
            ]);
            for level in 0..=TOP_LEVEL {
                all.extend([words.anchor(item, level), words.advice(item, level)]);
            }
            all.push(words.item_answer(item, response.items.get(item)));
        }
    }
    for (_, text) in content.domains.groups.iter() {
        all.extend([&text.title, &text.intro].map(|text| words.fill(text, &[])));
    }
    for domain in &content.instrument.domains {
        let text = &content.domains.domains[domain.id.as_str()];
        all.extend([&text.description, &text.decision].map(|text| words.fill(text, &[])));
        for column in [Column::Today, Column::Target] {
            all.push(words.owner_answer(response.owner(content, &domain.id, column)));
        }
    }
    for finding in &result.findings {
        all.extend([
            words.finding_title(finding.kind).into(),
            words.finding(finding),
            words.finding_advice(finding),
        ]);
    }
    all.extend(
        result
            .priorities
            .iter()
            .map(|one| words.priority(one, &result.findings)),
    );
    for horizon in &result.plan {
        all.extend(horizon.actions.iter().map(|action| words.action(action)));
    }
    if let Some(band) = &result.band {
        all.extend([words.band(&band.id).into(), words.band_summary(&band.id)]);
        all.extend(words.critical(band));
    }
    let charter = &content.report.charter;
    for officer in &content.instrument.officers {
        all.push(words.fill(&charter.accountabilities_title, &words.officer(officer)));
        all.push(words.fill(&charter.purposes[officer.as_str()], &[]));
    }
    for text in [
        &charter.title,
        &charter.intro,
        &words.disputes().name,
        &words.disputes().text,
        &charter.review,
        &charter.draft_note,
    ] {
        all.push(words.fill(text, &[]));
    }
    let report = &content.report;
    for labels in [
        &report.seats,
        &report.owners,
        &report.roles,
        &report.not_applicable_reasons,
    ] {
        all.extend(labels.iter().map(|(_, label)| label.clone()));
    }
    all.extend(report.claims.iter().map(|claim| words.fill(claim, &[])));
    all
}

const BUILT_IN_NAMES: [&str; 7] = [
    "CTO",
    "CIO",
    "{cto}",
    "{cio}",
    "chief technology",
    "internal IT",
    "product technology",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn other_roles_score_within_bounds(response in any_response()) {
        let result = ResultDocument::new(&OTHER, &response);
        let bounds = Ratio::ZERO..=Ratio::whole(100);
        let halves = [result.score_exact, result.practice.value, result.delineation.value];
        let lines = result.receipt.iter().flat_map(|line| [line.value, line.points, line.weight, line.gain]);
        let steps = result.steps.iter().map(|step| step.value);
        for value in halves.into_iter().chain(lines).chain(steps).flatten() {
            prop_assert!(bounds.contains(&value), "{value}");
        }
        let sum = result.receipt.iter().filter_map(|line| line.points).fold(Ratio::ZERO, |a, b| a + b);
        prop_assert_eq!(sum, result.score_exact.unwrap_or(Ratio::ZERO));
        if let (Some(score), Some(range)) = (result.score_exact, &result.range) {
            prop_assert!(range.low_exact <= score && score <= range.high_exact);
            prop_assert!(bounds.contains(&range.low_exact) && bounds.contains(&range.high_exact));
        }
        let bands = &OTHER.instrument.scoring.bands;
        let place = |id: &str| bands.iter().position(|band| band.id == id);
        if let Some(band) = &result.band {
            prop_assert!(place(&band.id) <= place(&band.uncapped));
            prop_assert_eq!(band.capped, band.id != band.uncapped);
            if let Some(next) = &result.next_band {
                prop_assert!(place(&next.band) > place(&band.id));
            }
        }
    }

    #[test]
    fn other_roles_get_their_own_findings_plan_and_charter(response in any_response()) {
        let result = ResultDocument::new(&OTHER, &response);
        let instrument = &OTHER.instrument;
        let known = |id: &String| instrument.domains.iter().any(|domain| domain.id == *id);
        for finding in &result.findings {
            prop_assert!(finding.domains.iter().all(known));
            prop_assert!(finding.officer.iter().all(|id| instrument.officers.contains(id)));
        }
        let days: Vec<u32> = result.plan.iter().map(|horizon| horizon.days).collect();
        prop_assert!(days.is_sorted_by(|a, b| a < b) && days.iter().all(|days| HORIZONS.contains(days)));
        prop_assert!(result.plan.iter().all(|horizon| !horizon.actions.is_empty()));
        let last = result.plan.last().and_then(|horizon| Some((horizon.days, horizon.actions.last()?)));
        prop_assert_eq!(last, Some((90, &Action::Standing { id: "review" })));
        let lines: Vec<&String> = result.charter.iter().map(|line| &line.domain).collect();
        let domains: Vec<&String> = instrument.domains.iter().map(|domain| &domain.id).collect();
        prop_assert_eq!(lines, domains);
        // The document is the one that the page exports, and the answers are read back as they were.
        let again = Response::parse(&response.to_json(), &OTHER);
        prop_assert_eq!(again.as_ref(), Ok(&response));
        prop_assert!(serde_json::from_str::<Value>(&result.to_json()).is_ok());
    }

    #[test]
    fn the_way_through_other_roles_meets_every_question_once(response in any_response()) {
        let questions = flow::questions(&OTHER, &response);
        let (mut page, mut met) = (Page::Start, Vec::new());
        loop {
            page = flow::next(&OTHER, &response, &page, false);
            if page == Page::Review {
                break;
            }
            prop_assert_eq!(Page::parse(&page.to_id(), &OTHER, &response), Some(page.clone()));
            met.push(page.clone());
            prop_assert!(met.len() <= questions.len());
        }
        prop_assert_eq!(&met, &questions);
        for page in met.iter().rev() {
            let following = flow::next(&OTHER, &response, page, false);
            prop_assert_eq!(&flow::previous(&OTHER, &response, &following), page);
        }
        let (answered, asked) = flow::progress(&OTHER, &response);
        prop_assert!(answered <= asked);
        prop_assert_eq!(flow::open(&OTHER, &response), asked - answered);
        // Seat and structure are asked as well, and not counted.
        let context = &response.respondent;
        let whole = answered == asked && context.seat.is_some() && context.structure.is_some();
        let open = flow::first_open(&OTHER, &response);
        prop_assert_eq!(open == Page::Review, whole);
    }

    #[test]
    fn nothing_that_other_roles_read_names_the_built_in_ones(response in any_response()) {
        let result = ResultDocument::new(&OTHER, &response);
        for text in rendered(&response, &result) {
            let named = BUILT_IN_NAMES.iter().find(|name| text.contains(**name));
            prop_assert!(named.is_none(), "{named:?} in: {text}");
            prop_assert!(template::names(&text).is_empty(), "not filled in: {text}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn other_roles_can_be_compared(responses in prop::collection::vec(any_response(), 2..=4)) {
        let participants: Vec<Participant> = responses
            .iter()
            .map(|response| Participant { name: "Ada", response })
            .collect();
        let comparison = Comparison::new(&OTHER, &participants).expect("all answer one content");
        prop_assert!(comparison.agreement.percent.is_none_or(|percent| (0..=100).contains(&percent)));
        prop_assert_eq!(comparison.domains.len(), OTHER.instrument.domains.len());
        let words = Wording::shared(&OTHER, &comparison);
        let questions = comparison.disagreements.iter().flat_map(|about| {
            let shared = words.shared_target(&comparison, about);
            [Some(words.disagreement(&comparison, about)), shared].into_iter().flatten()
        });
        let notices = comparison.notices.iter().map(|notice| words.notice(&comparison, notice));
        for text in questions.chain(notices) {
            prop_assert!(BUILT_IN_NAMES.iter().all(|name| !text.contains(name)), "{text}");
            prop_assert!(template::names(&text).is_empty(), "not filled in: {text}");
        }
    }
}

#[test]
fn every_wording_of_every_structure_names_the_roles_of_the_pack() {
    for structure in &OTHER.instrument.structures {
        let mut response = uniform(3, &Owner::Nobody);
        response.respondent.structure = Some(structure.id.clone());
        let all = rendered(&response, &ResultDocument::new(&OTHER, &response)).join("\n");
        assert!(all.contains("hief executive"), "{}", structure.id);
        for name in BUILT_IN_NAMES {
            assert!(!all.contains(name), "{}: {name}", structure.id);
        }
    }
}

// ---- what stays of the built-in content ----

#[test]
fn a_pack_with_its_own_instrument_has_its_own_id() {
    let mut pack = example(ROLES);
    pack["instrument"]["id"] = json!("cto-cio");
    let found = refused(&pack);
    assert!(
        found
            .iter()
            .any(|line| line.starts_with("/instrument/id: a pack with an instrument")),
        "{found:#?}"
    );
}

#[test]
fn built_in_texts_that_name_the_officers_or_count_the_steps_cannot_stay() {
    for (part, name, reason) in [
        (
            "interface",
            "start.title",
            "/interface/start.title: speaks of “C",
        ),
        (
            "interface",
            "page.title",
            "/interface/page.title: speaks of “C",
        ),
        (
            "interface",
            "steps.title",
            "/interface/steps.title: speaks of the number",
        ),
        (
            "interface",
            "start.lede",
            "/interface/start.lede: speaks of the number",
        ),
        (
            "report",
            "plan",
            "/report/plan/actions/compare: speaks of “{c",
        ),
        ("report", "seats", "/report/seats/cio: speaks of “CIO”"),
    ] {
        let mut pack = example(ROLES);
        let texts = pack[part].as_object_mut().expect("the part is an object");
        assert!(texts.remove(name).is_some(), "the example has no {name}");
        let found = refused(&pack);
        assert!(
            found.iter().any(|line| line.starts_with(reason)),
            "{name}: {found:#?}"
        );
    }
}

#[test]
fn every_text_that_counts_is_listed() {
    let built_in: Value = serde_json::from_str(&common::pack()).expect("the pack is JSON");
    let counts = ["ten ", "sixteen", "thirty", "minutes"];
    for (name, text) in built_in["interface"]
        .as_object()
        .expect("it has an interface")
    {
        let text = text.as_str().unwrap_or_default().to_lowercase();
        let says = counts.iter().any(|word| format!("{text} ").contains(word));
        let listed = COUNTED.contains(&name.as_str());
        assert_eq!(
            says, listed,
            "{name}: {text} (`COUNTED` in core/foreign.rs)"
        );
    }
}

#[test]
fn what_a_pack_cannot_replace_names_neither_officers_nor_numbers() {
    // The desk has a file of its own, which every pack shares.
    let desk = read("content/en/desk.json");
    for word in BUILT_IN_NAMES.iter().chain(&["ten ", "sixteen", "thirty"]) {
        assert!(!desk.contains(word), "content/en/desk.json: {word}");
    }
}

// ---- what could harm ----

fn leaves(value: &Value, place: &str, all: &mut Vec<String>) {
    match value {
        Value::Object(map) => map
            .iter()
            .for_each(|(key, child)| leaves(child, &format!("{place}/{key}"), all)),
        Value::Array(list) => list
            .iter()
            .enumerate()
            .for_each(|(index, child)| leaves(child, &format!("{place}/{index}"), all)),
        _ => all.push(place.into()),
    }
}

/// The places of an example, of alike ones only some.
fn places(pack: &Value) -> Vec<String> {
    let mut all = Vec::new();
    leaves(pack, "", &mut all);
    let alike = [
        "/steps/",
        "/domains/domains/",
        "/report/structures/",
        "/report/findings/",
        "/report/roles/",
        "/interface/",
        "/instrument/domains/",
        "/instrument/steps/",
        "/instrument/structures/",
        "/instrument/roles/",
    ];
    let chosen = [
        "/steps/division/title",
        "/steps/division/short",
        "/steps/division/purpose",
        "/steps/dialogue/items/dialogue-rhythm/topic",
        "/steps/dialogue/items/dialogue-rhythm/question",
        "/steps/dialogue/items/dialogue-rhythm/why",
        "/steps/dialogue/items/dialogue-rhythm/levels/3",
        "/steps/dialogue/items/dialogue-rhythm/variants/one/levels/0",
        "/domains/domains/crisis",
        "/report/structures/one",
        "/report/findings/hollow",
        "/report/roles/board",
        "/interface/start.title",
        "/interface/quick.text",
        "/instrument/domains/3",
        "/instrument/steps/2",
        "/instrument/structures/3",
        "/instrument/roles/2",
    ];
    all.retain(|place| {
        place != "/$schema"
            && (!alike.iter().any(|part| place.starts_with(part))
                || chosen.iter().any(|part| place.starts_with(part)))
    });
    all
}

/// Both examples in one, with everything that a pack can hold.
fn whole() -> Value {
    let (mut pack, house) = (example(ROLES), example(HOUSE));
    for part in ["brand", "benchmark"] {
        pack[part] = house[part].clone();
    }
    pack["steps"]["division"]["evidence"] = json!([{
        "fact": "A fact.", "source": "A source", "year": 2020, "strength": "peer-reviewed", "url": "https://example.org/a",
    }]);
    pack
}

fn changed(pack: &Value, place: &str, new: Value) -> Value {
    let mut pack = pack.clone();
    *pack
        .pointer_mut(place)
        .unwrap_or_else(|| panic!("there is no {place}")) = new;
    pack
}

#[test]
fn hostile_texts_are_refused_or_stay_plain_text() {
    let pack = whole();
    assert_eq!(refused(&pack), Vec::<String>::new());
    let texts: Vec<String> = places(&pack)
        .into_iter()
        .filter(|place| pack.pointer(place).is_some_and(Value::is_string))
        .collect();
    assert!(texts.len() > 120, "only {} texts", texts.len());
    let long = "x".repeat(10_000);
    let hostile = [
        "{unknown}",
        "{chair",
        "a}b",
        "a\u{7}b",
        "a\u{1b}[2Jb",
        "a\nb",
        "a\u{202e}b",
        "a\u{2066}b",
        "a\u{2028}b",
        "",
        " ",
        long.as_str(),
        "{Cto}",
    ];
    let mut kept = 0;
    for (index, place) in texts.iter().enumerate() {
        // Longer texts than fit would be refused for their length alone.
        let mark = "<b onload=x>";
        match parse(&changed(&pack, place, json!(mark)).to_string()) {
            Ok(pack) => {
                kept += 1;
                let held = format!("{:?} {:?} {:?}", pack.content, pack.brand, pack.benchmark);
                assert!(held.contains(mark), "{place}: the text was changed");
            }
            Err(found) => assert!(!found.is_empty(), "{place}"),
        }
        // Each place meets three of them, and its neighbours the others.
        for turn in 0..3 {
            let hostile = hostile[(3 * index + turn) % hostile.len()];
            let found = refused(&changed(&pack, place, json!(hostile)));
            assert!(
                !found.is_empty() || is_free(place) && hostile.contains(['{', '}']),
                "{place}: {hostile:.20?} was accepted"
            );
            let lines: usize = found.iter().map(String::len).sum();
            assert!(lines < 40_000, "{place}: {lines} bytes of problems");
            let obeyed = found
                .iter()
                .any(|line| line.contains(['\u{7}', '\u{1b}', '\u{202e}']));
            assert!(!obeyed, "{place}: {found:?}");
        }
    }
    assert!(kept > 80, "only {kept} texts hold a mark");
}

/// Places in which nothing is filled in, so that a brace is a character like any other.
fn is_free(place: &str) -> bool {
    place.starts_with("/brand/") || place.starts_with("/benchmark/")
}

#[test]
fn a_link_never_leads_to_a_script() {
    let place = "/steps/division/evidence/0/url";
    for link in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "//example.org",
        "https://exa\nmple.org",
        "https://example.org/\u{202e}x",
    ] {
        let found = refused(&changed(&whole(), place, json!(link)));
        assert!(
            found.iter().any(|line| line.starts_with(place)),
            "{link:?}: {found:?}"
        );
    }
    for link in ["https://example.org/a?b=c#d", "mailto:a@example.org"] {
        assert_eq!(
            refused(&changed(&whole(), place, json!(link))),
            Vec::<String>::new()
        );
    }
}

#[test]
fn a_pack_has_at_most_a_million_bytes() {
    let text = least().to_string();
    let fits = format!("{text}{}", " ".repeat(MAX_PACK - text.len()));
    assert!(parse(&fits).is_ok());
    assert_eq!(
        parse(&(fits + " ")),
        Err(vec!["a pack has at most 1,000,000 bytes".into()])
    );
}

/// JSON within a text within JSON, with no character that the next level would have to write longer than by five.
fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\u005c").replace('"', "\\u0022");
    format!("\"{escaped}\"")
}

#[test]
fn deep_nesting_is_an_error_and_not_the_end_of_the_stack() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        for depth in [127, 128, 1_000, 100_000] {
            let deep = [&open.repeat(depth), "1", &close.repeat(depth)].concat();
            let pack = format!("{{\"format\":\"delineate-pack\",\"version\":1,\"steps\":{deep}}}");
            let found = parse(&pack).expect_err("nothing in a pack is so deep");
            assert!(
                found[0].contains("recursion limit") || pack.len() > MAX_PACK,
                "{found:?}"
            );
        }
    }
    // A key under which the parser could be made to read a text as JSON, each time to the full depth again.
    let mut inner = String::from("1");
    loop {
        let key = "$serde_json::private::RawValue";
        let outer = [
            "[".repeat(120),
            format!("{{\"{key}\":{}}}", quoted(&inner)),
            "]".repeat(120),
        ];
        let outer = outer.concat();
        if outer.len() > MAX_PACK - 100 {
            break;
        }
        inner = outer;
    }
    let pack = format!("{{\"format\":\"delineate-pack\",\"version\":1,\"report\":{inner}}}");
    assert!(parse(&pack).is_err());
    assert!(Response::parse(&inner, &OTHER).is_err());
}

#[test]
fn of_a_key_used_twice_the_last_counts() {
    // The validator of the command line refuses it; in the browser it must only be the same for everybody.
    let text = r#"{"format":"x","format":"delineate-pack","version":1,"interface":{"brand":"A","brand":"B"}}"#;
    let pack = parse(text).expect("the last ones are right");
    assert_eq!(pack.content.interface.get(Key::Brand), "B");
}

#[test]
fn a_broken_pack_does_not_flood_the_console() {
    let many = |count: usize| -> Vec<Value> { (0..count).map(|_| json!([[7]])).collect() };
    let keys: serde_json::Map<String, Value> = (0..20_000)
        .map(|number| (format!("k{number}\u{1b}[31m\n"), json!("x")))
        .collect();
    let long_key = "k".repeat(500_000);
    let mut floods = vec![least(); 6];
    floods[0]["interface"] = json!(keys);
    floods[1]["steps"] = json!({ "a": { "items": { "b": { "levels": many(150_000) } } } });
    floods[2]["report"] = json!({ long_key.clone(): 1, "claims": many(70_000) });
    floods[3]["instrument"] = example(ROLES)["instrument"].clone();
    let ids = (0..100_000).map(|number| json!(format!("s{number}")));
    floods[3]["instrument"]["seats"] = ids.collect();
    floods[4][long_key.as_str()] = json!(1);
    floods[5] = example(ROLES);
    floods[5]["report"]["claims"] = json!(vec!["The same."; 60_000]);
    for (number, pack) in floods.iter().enumerate() {
        let text = pack.to_string();
        assert!(text.len() <= MAX_PACK, "{number}: {} bytes", text.len());
        let found = parse(&text).expect_err("it is broken");
        assert!(
            found.len() <= MOST_PROBLEMS + 1,
            "{number}: {}",
            found.len()
        );
        for line in &found {
            assert!(line.chars().count() < 420, "{number}: {line}");
            assert!(!line.contains(char::is_control), "{number}: {line:?}");
        }
    }
    let found = refused(&floods[0]);
    assert_eq!(
        found.last().map(String::as_str),
        Some("and 19950 more problems")
    );
}

#[test]
fn what_is_no_pack_is_refused_with_a_place() {
    for (text, problem) in [
        ("", "the text is no JSON"),
        ("{", "the text is no JSON"),
        ("[]", "a pack is a JSON object"),
        ("7", "a pack is a JSON object"),
        ("{}", "/format: expected \"delineate-pack\""),
        (
            r#"{"format":"delineate-result","version":1}"#,
            "/format: expected",
        ),
        (r#"{"format":"delineate-pack"}"#, "/version: expected 1"),
        (
            r#"{"format":"delineate-pack","version":2}"#,
            "/version: expected 1",
        ),
        (
            r#"{"format":"delineate-pack","version":"1"}"#,
            "/version: expected 1",
        ),
        (
            r#"{"format":"delineate-pack","version":1,"brand":[]}"#,
            "/brand: expected an object",
        ),
        (
            r#"{"format":"delineate-pack","version":1,"benchmark":7}"#,
            "/benchmark/n: expected",
        ),
        (
            r#"{"format":"delineate-pack","version":1,"lang":"En_gb"}"#,
            "/lang: a language tag",
        ),
        (
            r#"{"format":"delineate-pack","version":1,"lang":"de-x"}"#,
            "/lang: a language tag",
        ),
        (
            r#"{"format":"delineate-pack","version":1,"lang":"de-AT-u-nu-arab"}"#,
            "/lang: a language tag",
        ),
        (
            r#"{"format":"delineate-pack","version":1,"lang":7}"#,
            "/lang: expected a text",
        ),
        (
            r#"{"format":"delineate-pack","version":1,"report":{"clams":[]}}"#,
            "/report/clams: nothing",
        ),
    ] {
        let found = parse(text).expect_err(text);
        assert!(
            found.iter().any(|line| line.starts_with(problem)),
            "{text}: {found:?}"
        );
    }
}

#[test]
fn an_instrument_that_could_not_be_asked_is_refused() {
    let pack = example(ROLES);
    for (place, new, problem) in [
        (
            "/instrument/officers",
            json!([]),
            "/instrument/officers: a list of 1 to 4",
        ),
        (
            "/instrument/officers",
            json!(["a", "b", "c", "d", "e"]),
            "/instrument/officers: a list of 1 to 4",
        ),
        (
            "/instrument/officers/0",
            json!("both"),
            "/instrument/officers: \"both\" stands for something else",
        ),
        (
            "/instrument/officers/0",
            json!("split"),
            "/instrument/officers: \"split\" stands for something else",
        ),
        (
            "/instrument/officers/0",
            json!("score"),
            "/instrument/officers: \"score\" stands for something else",
        ),
        (
            "/instrument/seats",
            json!([]),
            "/instrument/seats: a list of 1 to 40",
        ),
        (
            "/instrument/groups/3",
            json!("idle"),
            "/instrument/groups: nothing belongs to \"idle\"",
        ),
        (
            "/instrument/domain_groups/3",
            json!("idle"),
            "/instrument/domain_groups: nothing belongs to \"idle\"",
        ),
        (
            "/instrument/steps/0/number",
            json!(9),
            "/instrument/steps: the steps are numbered from 1",
        ),
        (
            "/instrument/steps/0/number",
            json!(2),
            "/instrument/steps: the steps are numbered from 1",
        ),
        (
            "/instrument/steps/0/items",
            json!([]),
            "/instrument/steps/0/items: a list of 1 to 12",
        ),
        (
            "/instrument/structures/0/officers",
            json!(["chair", "chair"]),
            "/instrument/structures/two/officers: the id \"chair\" is used twice",
        ),
        (
            "/report/structures/two/owners/unsplit",
            pack["report"]["structures"]["two"]["owners"]["split"].clone(),
            "/report/structures/two/owners/unsplit: two owners have the same label",
        ),
        (
            "/instrument/scoring/bands",
            json!([]),
            "/instrument/scoring/bands: a list of 1 to 10",
        ),
    ] {
        let mut pack = pack.clone();
        let (parent, key) = place.rsplit_once('/').expect("a place is a JSON pointer");
        match pack.pointer_mut(parent).expect("the place is there") {
            Value::Array(list) if key.parse() == Ok(list.len()) => list.push(new),
            Value::Array(list) => list[key.parse::<usize>().expect("a number")] = new,
            parent => parent[key] = new,
        }
        let found = refused(&pack);
        assert!(
            found.iter().any(|line| line.starts_with(problem)),
            "{place}: {found:#?}"
        );
    }
}

#[test]
fn one_officer_or_three_can_be_drawn_apart() {
    for officers in [vec!["chair"], vec!["chair", "chief-executive", "secretary"]] {
        let mut text = read(ROLES);
        if officers.len() == 1 {
            // One role beside everybody else: the texts speak of it and of nobody else.
            text = text
                .replace("{chief-executive}", "{chair}")
                .replace("{Chief-executive}", "{Chair}");
        }
        let mut pack: Value = serde_json::from_str(&text).expect("the example is JSON");
        let known = |id: &Value| officers.iter().any(|officer| id == officer);
        pack["instrument"]["officers"] = json!(officers);
        for domain in pack["instrument"]["domains"]
            .as_array_mut()
            .expect("it has domains")
        {
            if !known(&domain["usual"]) {
                domain["usual"] = Value::Null;
            }
        }
        let structure = json!([{ "id": "two", "people": officers.len(), "officers": officers }]);
        pack["instrument"]["structures"] = structure;
        let table = |prefix: &str| -> serde_json::Map<String, Value> {
            let names = officers
                .iter()
                .map(|id| (id.to_string(), json!(format!("{prefix}{id}"))));
            names.collect()
        };
        let mut terms = table("the ");
        for (id, _) in table("") {
            terms.insert(template::initial(&id), json!(format!("The {id}")));
        }
        terms.extend([("both".into(), json!("all")), ("Both".into(), json!("All"))]);
        let mut owners = table("");
        owners.extend([
            ("split".into(), json!("Shared")),
            ("unsplit".into(), json!("Unclear")),
        ]);
        let lanes = officers.iter().map(|id| (id.to_string(), json!(id[..5])));
        let lanes: serde_json::Map<String, Value> = lanes.collect();
        pack["report"]["structures"] = json!({ "two": {
            "label": "All", "hint": "All of them", "terms": terms, "owners": owners, "lanes": lanes,
        } });
        pack["report"]["charter"]["dispute_variants"] = json!({});
        pack["report"]["charter"]["purposes"] = Value::Object(table("Purpose of "));
        for step in pack["steps"]
            .as_object_mut()
            .expect("it has steps")
            .values_mut()
        {
            for item in step["items"]
                .as_object_mut()
                .expect("it has items")
                .values_mut()
            {
                item.as_object_mut()
                    .expect("it is an item")
                    .remove("variants");
            }
        }
        let content = parse(&pack.to_string())
            .unwrap_or_else(|found| panic!("{found:#?}"))
            .content;
        let mut response = Response::new(&content);
        for (index, domain) in content.instrument.domains.iter().enumerate() {
            let owner = common::officer(officers[index % officers.len()]);
            response.answer_domain(&domain.id, Column::Today, Some(owner));
        }
        let result = ResultDocument::new(&content, &response);
        assert_eq!(result.delineation.rounded, Some(100));
        let words = Wording::new(&content, &response);
        for finding in &result.findings {
            assert!(template::names(&words.finding(finding)).is_empty());
        }
    }
}

// ---- the schema ----

fn schema() -> Validator {
    let file = |name: &str| -> Value {
        let text = read(&format!("content/schema/{name}.schema.json"));
        serde_json::from_str(&text).expect("a schema is JSON")
    };
    let mut registry = Registry::new();
    for name in ["instrument", "steps", "domains", "report", "interface"] {
        let id = format!("{name}.schema.json");
        registry = registry
            .add(id, file(name))
            .expect("a schema has an address");
    }
    let registry = registry.prepare().expect("the schemas refer to each other");
    let options = jsonschema::options().with_registry(&registry);
    options.build(&file("pack")).expect("a schema is a schema")
}

#[test]
fn the_examples_are_what_the_schema_says() {
    let schema = schema();
    let folder = std::fs::read_dir(root().join("examples/packs")).expect("the folder is there");
    let mut count = 0;
    for entry in folder {
        let path = entry.expect("the folder can be read").path();
        let text = std::fs::read_to_string(&path).expect("an example can be read");
        let value = serde_json::from_str(&text).expect("an example is JSON");
        let errors = schema.iter_errors(&value).map(|error| error.to_string());
        assert_eq!(
            errors.collect::<Vec<_>>(),
            Vec::<String>::new(),
            "{}",
            path.display()
        );
        assert!(parse(&text).is_ok(), "{}", path.display());
        count += 1;
    }
    assert_eq!(count, 2);
    assert!(schema.is_valid(&whole()) && schema.is_valid(&least()));
}

#[test]
fn the_schema_of_a_pack_has_every_part_of_the_others() {
    let file = |name: &str| -> Value {
        let text = read(&format!("content/schema/{name}.schema.json"));
        serde_json::from_str(&text).expect("a schema is JSON")
    };
    let pack = file("pack");
    for (name, part) in [
        ("instrument", "/properties/instrument"),
        ("report", "/properties/report"),
        ("domains", "/properties/domains"),
    ] {
        let names = |schema: &Value| -> Vec<String> {
            let named = schema["properties"].as_object().expect("it has properties");
            named
                .keys()
                .filter(|name| *name != "$schema")
                .cloned()
                .collect()
        };
        let of_pack = pack.pointer(part).expect("a pack has this part");
        assert_eq!(names(of_pack), names(&file(name)), "{name}");
    }
}

#[test]
fn what_the_schema_refuses_the_core_refuses_too() {
    let (schema, pack) = (schema(), whole());
    let mut tried = 0;
    for place in places(&pack) {
        let old = pack.pointer(&place).expect("the place is there");
        let bad = match old {
            Value::String(_) => vec![
                json!("x".repeat(401)),
                json!("No Id!"),
                json!(7),
                Value::Null,
            ],
            Value::Number(_) => vec![
                json!(-1),
                json!(0),
                json!(1.5),
                json!(1_000_000),
                json!("one"),
            ],
            _ => vec![json!("No Id!"), json!(7)],
        };
        for new in bad {
            let pack = changed(&pack, &place, new.clone());
            // An optional part that is null is one that is not there.
            let absent = new.is_null() && is_optional(&place);
            if !schema.is_valid(&pack) && !absent {
                tried += 1;
                assert!(!refused(&pack).is_empty(), "{place}: the core takes {new}");
            }
        }
    }
    assert!(tried > 400, "only {tried} faults tried");
}

fn is_optional(place: &str) -> bool {
    let optional = ["/sd", "/url", "/none", "/name", "/accent", "/paper"];
    optional.iter().any(|end| place.ends_with(end))
}
