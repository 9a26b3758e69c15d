//! A pack is accepted only when it is complete and consistent; whatever is wrong is said with its place.

mod common;

use std::num::NonZero;
use std::sync::LazyLock;
use std::{panic, thread};

use common::pack;
use delineate::core::content::Content;
use delineate::core::pack::part;
use serde_json::{Value, json};

fn value() -> Value {
    // Thousands of changed copies are made of it.
    static PACK: LazyLock<Value> =
        LazyLock::new(|| serde_json::from_str(&pack()).expect("the pack is JSON"));
    PACK.clone()
}

fn problems(pack: &Value) -> Vec<String> {
    match Content::parse(&pack.to_string()) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.iter().map(ToString::to_string).collect(),
    }
}

/// The pack with one place set, or removed.
fn changed(place: &str, new: Option<Value>) -> Value {
    let mut pack = value();
    let (parent, key) = place.rsplit_once('/').expect("a place is a JSON pointer");
    let parent = pack
        .pointer_mut(parent)
        .unwrap_or_else(|| panic!("the content has no {parent}"));
    match (parent, new) {
        (Value::Array(list), new) => {
            let index: usize = key.parse().expect("a list is indexed by number");
            match new {
                Some(new) if index < list.len() => list[index] = new,
                Some(new) => list.push(new),
                None => drop(list.remove(index)),
            }
        }
        (parent, Some(new)) => parent[key] = new,
        (parent, None) => drop(
            parent
                .as_object_mut()
                .and_then(|object| object.remove(key))
                .unwrap_or_else(|| panic!("the content has no {place}")),
        ),
    }
    pack
}

#[test]
fn the_content_itself_has_no_problem() {
    assert_eq!(problems(&value()), Vec::<String>::new());
}

#[test]
fn every_fault_is_named_with_its_place_and_reason() {
    let item = "/steps/roadmap/items/roadmap-shared";
    let at = |rest: &str| format!("{item}{rest}");
    let faults: Vec<(String, Option<Value>, String)> = vec![
        (at("/question"), None, at("/question: expected a text, found nothing")),
        (at("/question"), Some(json!(" ")), at("/question: the text is empty")),
        (at("/question"), Some(json!(7)), at("/question: expected a text, found a number")),
        (at("/why"), Some(json!("See {nowhere}.")), at("/why: {nowhere} is not filled in here")),
        (at("/levels/4"), None, at("/levels: an item has 5 levels")),
        (at("/levels/2/advice"), None, at("/levels/2/advice: expected a text, found nothing")),
        (at("/levels/2/advice"), Some(json!("")), at("/levels/2/advice: the text is empty")),
        (
            at("/levels/1/anchor"),
            value().pointer(&at("/levels/0/anchor")).cloned(),
            at("/levels/1: two levels of an item say the same"),
        ),
        (
            at("/variants"),
            Some(json!({"three": value().pointer(item).unwrap()})),
            at("/variants: \"three\" is not declared"),
        ),
        (
            "/instrument/steps/0/weight".into(),
            Some(json!(0)),
            "/instrument/steps/0/weight: a number from 1 to 1000 belongs here".into(),
        ),
        (
            "/instrument/domains/3/weight".into(),
            Some(json!(1001)),
            "/instrument/domains/3/weight: a number from 1 to 1000 belongs here".into(),
        ),
        (
            "/instrument/steps/1/id".into(),
            Some(json!("alignment")),
            "/instrument/steps: the id \"alignment\" is used twice".into(),
        ),
        (
            "/instrument/steps/1/items/0".into(),
            Some(json!("alignment-written")),
            "/instrument/items: the id \"alignment-written\" is used twice".into(),
        ),
        (
            "/instrument/steps/2/items".into(),
            Some(json!([])),
            "/instrument/steps/2/items: a list of 1 to 12 belongs here".into(),
        ),
        (
            "/instrument/steps/2/group".into(),
            Some(json!("nowhere")),
            "/instrument/steps/2/group: \"nowhere\" is not declared".into(),
        ),
        (
            "/instrument/domains/0/usual".into(),
            Some(json!("cfo")),
            "/instrument/domains/0/usual: \"cfo\" is not declared".into(),
        ),
        (
            "/instrument/structures".into(),
            Some(json!([])),
            "/instrument/structures: a list of 1 to 40 belongs here".into(),
        ),
        (
            "/instrument/officers".into(),
            Some(json!(["cto", "cio", "nobody"])),
            "/instrument/officers: an officer is named like an answer".into(),
        ),
        (
            "/instrument/seats".into(),
            Some(json!((0..41).map(|number| format!("seat-{number}")).collect::<Vec<_>>())),
            "/instrument/seats: a list of 1 to 40 belongs here".into(),
        ),
        (
            "/instrument/cohort/smallest_group".into(),
            Some(json!(2)),
            "/instrument/cohort/smallest_group: a number from 3 to 100 belongs here".into(),
        ),
        (
            "/instrument/cohort/smallest_group".into(),
            None,
            "/instrument/cohort/smallest_group: expected a whole number from 0, found nothing".into(),
        ),
        (
            "/instrument/scoring/weights/practice".into(),
            Some(json!(0)),
            "/instrument/scoring/weights/practice: a number from 1 to 1000 belongs here".into(),
        ),
        (
            "/instrument/scoring/clarity_percent/unsplit".into(),
            Some(json!(80)),
            "/instrument/scoring/clarity_percent: expected 100 >= owner >= split >= unsplit >= nobody >= 0".into(),
        ),
        (
            "/instrument/scoring/bands/1/from".into(),
            Some(json!(60)),
            "/instrument/scoring/bands: bands start at 0 and rise, none above 100".into(),
        ),
        (
            "/instrument/scoring/caps/0/band".into(),
            Some(json!("superb")),
            "/instrument/scoring/caps: \"superb\" is not declared".into(),
        ),
        (
            "/instrument/scoring/coverage_percent/step".into(),
            Some(json!(101)),
            "/instrument/scoring/coverage_percent: a number from 0 to 100 belongs here".into(),
        ),
        (
            "/instrument/scoring/contradictions/0/item".into(),
            Some(json!("no-such-item")),
            "/instrument/scoring/contradictions: \"no-such-item\" is not declared".into(),
        ),
        (
            "/domains/domains/cybersecurity".into(),
            None,
            "/domains/domains: \"cybersecurity\" is missing".into(),
        ),
        (
            "/domains/domains/cybersecurity/decision".into(),
            Some(json!("")),
            "/domains/domains/cybersecurity/decision: the text is empty".into(),
        ),
        (
            "/domains/groups/cellar".into(),
            Some(json!({"title": "Cellar", "intro": "Below."})),
            "/domains/groups: nothing uses the text \"cellar\"".into(),
        ),
        (
            "/steps/roadmap/evidence/0/strength".into(),
            Some(json!("hearsay")),
            "/steps/roadmap/evidence/0/strength: \"hearsay\" is not declared".into(),
        ),
        (
            "/report/structures/one/terms/Cto".into(),
            None,
            "/report/structures/one/terms: \"Cto\" is missing".into(),
        ),
        (
            "/report/bands/sharp/summary".into(),
            Some(json!("{score}")),
            "/report/bands/sharp/summary: {score} is not filled in here".into(),
        ),
        (
            "/report/findings/gap".into(),
            None,
            "/report/findings: \"gap\" is missing".into(),
        ),
        (
            "/report/findings/gap/many".into(),
            Some(json!("")),
            "/report/findings/gap/many: the text is empty".into(),
        ),
        (
            "/report/plan/horizons/30/intro".into(),
            Some(json!("")),
            "/report/plan/horizons/30/intro: the text is empty".into(),
        ),
        (
            "/report/plan/actions/review".into(),
            None,
            "/report/plan/actions: \"review\" is missing".into(),
        ),
        (
            "/report/plan/tasks/keep".into(),
            None,
            "/report/plan/tasks: \"keep\" is missing".into(),
        ),
        (
            "/report/plan/tasks/gap".into(),
            Some(json!("Owners for {domains}")),
            "/report/plan/tasks/gap: {domains} is not filled in here".into(),
        ),
        (
            "/report/charter/purposes/cio".into(),
            None,
            "/report/charter/purposes: \"cio\" is missing".into(),
        ),
        (
            "/report/comparison/domains/hot_potato".into(),
            None,
            "/report/comparison/domains: \"hot_potato\" is missing".into(),
        ),
        (
            "/report/comparison/items/hunch".into(),
            Some(json!({"name": "Hunch", "text": "A hunch."})),
            "/report/comparison/items: nothing uses the text \"hunch\"".into(),
        ),
        (
            "/report/comparison/agenda/questions/contested".into(),
            Some(json!("Who of you, {first} or {second}?")),
            "/report/comparison/agenda/questions/contested: the question does not name what it is about".into(),
        ),
        (
            "/report/comparison/agenda/questions/item".into(),
            Some(json!("{topic}: {decision}")),
            "/report/comparison/agenda/questions/item: {decision} is not filled in here".into(),
        ),
        (
            "/report/charter/dispute_variants/three".into(),
            Some(json!({"name": "Title", "text": "Text."})),
            "/report/charter/dispute_variants: \"three\" is not declared".into(),
        ),
        (
            "/report/charter/dispute_variants/one/text".into(),
            Some(json!("{nobody}")),
            "/report/charter/dispute_variants/one/text: {nobody} is not filled in here".into(),
        ),
        (
            "/report/structures/one/lanes/cio".into(),
            None,
            "/report/structures/one/lanes: \"cio\" is missing".into(),
        ),
        (
            "/steps/collaboration/items/collaboration-rhythm/variants/one/topic".into(),
            Some(json!(" ")),
            "/steps/collaboration/items/collaboration-rhythm/variants/one/topic: the text is empty".into(),
        ),
        (
            "/interface/flourish".into(),
            Some(json!("Hurrah")),
            "/interface/flourish: nothing uses this text".into(),
        ),
    ];
    for (place, new, expected) in faults {
        let found = problems(&changed(&place, new));
        assert!(
            found.contains(&expected),
            "{place}: expected {expected:?}, found {found:#?}"
        );
    }
}

#[test]
fn a_damaged_early_part_is_refused_before_a_page_looks_for_what_is_not_there() {
    let early = |pack: &Value| {
        let (early, _) = part(&pack.to_string()).expect("the pack is JSON");
        let read = Content::load_early(&early);
        let problems = read.err().unwrap_or_default();
        problems.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(early(&value()), Vec::<String>::new());
    for (place, new, expected) in [
        (
            "/report/structures/one",
            None,
            "/report/structures/one: is missing",
        ),
        (
            "/report/structures/one/label",
            Some(json!(7)),
            "/report/structures/one/label: expected a text, found a number",
        ),
        (
            "/report/structures",
            None,
            "/report/structures/two: is missing",
        ),
        ("/report/seats/ceo", None, "/report/seats/ceo: is missing"),
        ("/report", None, "/report/seats/ceo: is missing"),
        (
            "/instrument/structures",
            None,
            "/instrument/structures: is missing",
        ),
        (
            "/interface/start.title",
            None,
            "/interface/start.title: is missing",
        ),
        ("/interface", None, "/interface/brand: is missing"),
    ] {
        let found = early(&changed(place, new));
        assert!(
            found.iter().any(|one| one == expected),
            "{place}: {found:#?}"
        );
    }
}

#[test]
fn all_faults_are_told_at_once() {
    let mut pack = changed("/report/bands/sharp/summary", Some(json!("")));
    *pack.pointer_mut("/domains/domains/research/name").unwrap() = json!("");
    assert_eq!(problems(&pack).len(), 2);
}

#[test]
fn no_text_at_all_is_a_problem_not_a_panic() {
    for text in ["", "null", "[]", "{}", "7", "\"pack\"", "{\"instrument\":"] {
        let problems = Content::parse(text).expect_err(text);
        assert!(!problems.is_empty(), "{text}");
    }
}

#[test]
fn no_value_can_be_removed_or_replaced_without_a_word_or_a_sound_pack() {
    // Every leaf and branch of the pack in turn: reading must end with a pack or with problems.
    fn places(value: &Value, place: &str, all: &mut Vec<String>) {
        let children: Vec<(String, &Value)> = match value {
            Value::Object(object) => object
                .iter()
                .map(|(key, child)| (key.clone(), child))
                .collect(),
            Value::Array(list) => list
                .iter()
                .enumerate()
                .map(|(index, child)| (index.to_string(), child))
                .collect(),
            _ => return,
        };
        for (key, child) in children {
            let place = format!("{place}/{key}");
            places(child, &place, all);
            all.push(place);
        }
    }
    let whole = value();
    let mut all = Vec::new();
    places(&whole, "", &mut all);
    // The texts are alike, so one step, one domain and one structure stand for the others.
    all.retain(|place| {
        let alike = [
            "/steps/",
            "/domains/domains/",
            "/report/structures/",
            "/report/comparison/",
            "/interface/",
        ];
        !alike.iter().any(|part| place.starts_with(part))
            || [
                "/steps/roadmap",
                "/domains/domains/research",
                "/report/structures/one",
                "/report/comparison/domains/contested",
                "/report/comparison/agenda",
                "/interface/start",
            ]
            .iter()
            .any(|part| place.starts_with(part))
    });
    for place in &all {
        for new in [None, Some(json!([[]]))] {
            let pack = changed(place, new);
            let _ = problems(&pack);
        }
    }
    assert!(all.len() > 400, "only {} places", all.len());
}

/// The place of every text and number of a pack.
fn leaves(value: &Value, place: &str, all: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            for (key, child) in object {
                leaves(child, &format!("{place}/{key}"), all);
            }
        }
        Value::Array(list) => {
            for (index, child) in list.iter().enumerate() {
                leaves(child, &format!("{place}/{index}"), all);
            }
        }
        _ => all.push(place.into()),
    }
}

#[test]
fn a_pack_is_held_to_the_rules_of_the_schemas_where_no_schema_is_at_hand() {
    // A browser that reads a foreign pack has only the rules of the core; the build has the schemas too.
    let schemas: Vec<_> = ["instrument", "steps", "domains", "report", "interface"]
        .into_iter()
        .map(|part| {
            let text = common::read(&format!("content/schema/{part}.schema.json"));
            let schema = serde_json::from_str(&text).expect("a schema is JSON");
            (
                part,
                jsonschema::validator_for(&schema).expect("a schema is a schema"),
            )
        })
        .collect();
    let refused = |pack: &Value, place: &str| {
        let of_place = |part: &str| place.split('/').nth(1).is_none_or(|name| name == part);
        schemas.iter().any(|(part, schema)| {
            if !of_place(part) {
                return false;
            }
            let mut document = match *part {
                "steps" => json!({ "steps": pack["steps"] }),
                part => pack[part].clone(),
            };
            // A file names its schema; a pack does not.
            document["$schema"] = json!(format!("../schema/{part}.schema.json"));
            !schema.is_valid(&document)
        })
    };
    let whole = value();
    assert!(!refused(&whole, ""));
    let mut all = Vec::new();
    leaves(&whole, "", &mut all);
    // One of a kind stands for the others.
    all.retain(|place| {
        let alike = [
            "/steps/",
            "/domains/domains/",
            "/report/structures/",
            "/report/findings/",
            "/report/comparison/",
            "/interface/",
        ];
        let chosen = [
            "/steps/roadmap",
            "/steps/alignment/items/alignment-disputes",
            "/domains/domains/research",
            "/report/structures/one",
            "/report/findings/gap",
            "/report/comparison/domains/contested",
            "/report/comparison/targets/open",
            "/report/comparison/items/agreed",
            "/report/comparison/notices/officers",
            "/report/comparison/meaning",
            "/report/comparison/too_little",
            "/report/comparison/agenda/opening",
            "/report/comparison/agenda/questions/item",
            "/report/comparison/agenda/none",
            "/interface/start.t",
            "/interface/brand",
        ];
        !alike.iter().any(|part| place.starts_with(part))
            || chosen.iter().any(|part| place.starts_with(part))
    });
    let tried_at = |place: &String| {
        let mut tried = 0;
        let old = whole.pointer(place).expect("the place is in the pack");
        let bad: Vec<Value> = match old {
            Value::String(text) => vec![
                json!(""),
                json!(" "),
                json!(format!(" {text}")),
                json!(format!("{text} ")),
                json!("x".repeat(401)),
                json!("No Id!"),
                json!(7),
            ],
            Value::Number(_) => vec![
                json!(-1),
                json!(0),
                json!(1.5),
                json!(1_000_000),
                json!("one"),
            ],
            Value::Bool(_) => vec![json!("yes"), json!(1)],
            _ => vec![json!("No Id!"), json!(7)],
        };
        for new in bad {
            let pack = changed(place, Some(new.clone()));
            if refused(&pack, place) {
                tried += 1;
                assert!(
                    !problems(&pack).is_empty(),
                    "{place}: the schema refuses {new}, the core does not"
                );
            }
        }
        tried
    };
    // Each place stands alone, and there are thousands of whole packs to read.
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let tried: usize = thread::scope(|scope| {
        let shares = all.chunks(all.len().div_ceil(threads));
        let workers: Vec<_> = shares
            .map(|share| scope.spawn(|| share.iter().map(tried_at).sum::<usize>()))
            .collect();
        let joined = workers.into_iter().map(|worker| worker.join());
        joined
            .map(|tried| tried.unwrap_or_else(|failure| panic::resume_unwind(failure)))
            .sum()
    });
    assert!(tried > 500, "only {tried} faults tried");
}
