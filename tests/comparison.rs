//! Several respondents side by side: golden vectors worked out without this code, what holds whatever was answered, and the document.

#[path = "common/any.rs"]
mod any;
mod common;

use std::collections::BTreeSet;
use std::process::{Command, Output};
use std::{env, fs};

use any::any_response;
use common::{CONTENT, officer, read, root, uniform};
use delineate::core::agenda::{Disagreement, MINUTES, TOPICS};
use delineate::core::agreement::Share;
use delineate::core::compare::{Comparison, ComparisonProblem, Group, NoticeKind, Participant};
use delineate::core::content::Content;
use delineate::core::ratio::Ratio;
use delineate::core::response::{Column, ContentRef, ItemAnswer, Owner, Response};
use delineate::core::result::ResultDocument;
use delineate::core::views::{DomainKind, ItemKind, TargetKind};
use delineate::core::wording::Wording;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

fn compared(content: &Content, people: &[(String, Response)]) -> Comparison {
    let participants: Vec<Participant> = people
        .iter()
        .map(|(name, response)| Participant { name, response })
        .collect();
    Comparison::new(content, &participants).expect("the responses answer the content")
}

fn named(responses: &[Response]) -> Vec<(String, Response)> {
    let names = (1..).map(|number| format!("P{number}"));
    names.zip(responses.iter().cloned()).collect()
}

/// A response with a seat, uniform but for what `change` does to it.
fn seated(seat: &str, owner: Owner, change: impl Fn(&mut Response)) -> Response {
    let mut response = uniform(false, 2, owner);
    response.respondent.seat = Some(seat.into());
    response.respondent.structure = Some("two".into());
    change(&mut response);
    response
}

fn today(response: &mut Response, domain: &str, owner: Owner) {
    response.answer_domain(domain, Column::Today, Some(owner));
}

fn kind(comparison: &Comparison, domain: &str) -> DomainKind {
    let found = comparison.domains.iter().find(|one| one.id == domain);
    found.expect("every domain is compared").today.kind
}

// ---- Golden vectors (`tests/vectors/README.md`).

fn word(owner: &Owner) -> String {
    match owner {
        Owner::Officer(id) => id.clone(),
        Owner::Other(role) => format!("other {role}"),
        Owner::Split => "split".into(),
        Owner::Unsplit => "unsplit".into(),
        Owner::Nobody => "nobody".into(),
        Owner::DontKnow => "dont_know".into(),
    }
}

/// What the vectors say about a comparison, as this code sees it.
fn found(comparison: &Comparison) -> Value {
    let exact = |value: Option<Ratio>| value.map(|value| value.to_string());
    let share = |share: &Share| {
        json!({
            "agreed": share.agreed,
            "comparable": share.comparable,
            "asked": share.asked,
            "exact": exact(share.exact),
        })
    };
    fn groups<K: Copy>(groups: &[Group<K>], id: impl Fn(K) -> &'static str) -> Value {
        let groups = groups
            .iter()
            .map(|one| (id(one.kind).into(), json!(one.ids)));
        Value::Object(groups.collect())
    }
    let agreement = &comparison.agreement;
    let named = comparison.domains.iter().map(|domain| {
        let named = domain.today.named.iter();
        let named: Map<String, Value> = named
            .map(|view| (word(&view.owner), json!(view.by)))
            .collect();
        (domain.id.clone(), Value::Object(named))
    });
    let spread = comparison.items.iter().filter_map(|item| {
        let spread = item.spread?;
        let (low, high, gap) = (spread.low, spread.high, spread.gap);
        let value = json!([low, high, gap, spread.deviation.to_string()]);
        Some((item.id.clone(), value))
    });
    let other_words = comparison.items.iter().filter_map(|item| {
        let some = !item.other_words.is_empty();
        some.then(|| (item.id.clone(), json!(item.other_words)))
    });
    let about = |one: &Disagreement| match one {
        Disagreement::Domain {
            domain,
            dispute,
            target,
            ..
        } => json!([dispute.id(), domain, target.id()]),
        Disagreement::Item { item, gap, .. } => json!(["item", item, gap]),
    };
    let disagreements: Vec<Value> = comparison.disagreements.iter().map(about).collect();
    let agenda = comparison.agenda.as_ref().map(|agenda| {
        let topics: Vec<Value> = agenda.topics.iter().map(|one| about(&one.about)).collect();
        assert_eq!(topics, disagreements[..topics.len()]);
        let mut minutes = vec![agenda.opening];
        minutes.extend(agenda.topics.iter().map(|topic| topic.minutes));
        minutes.push(agenda.closing);
        minutes
    });
    json!({
        "agreement": {
            "percent": agreement.percent,
            "exact": exact(agreement.exact),
            "map": share(&agreement.map),
            "practice": share(&agreement.practice),
            "comparable": agreement.comparable,
            "asked": agreement.asked,
        },
        "today": groups(&comparison.today, DomainKind::id),
        "target": groups(&comparison.target, TargetKind::id),
        "named": named.collect::<Map<_, _>>(),
        "shared_issues": comparison.shared_issues,
        "levels": groups(&comparison.levels, ItemKind::id),
        "spread": spread.collect::<Map<_, _>>(),
        "other_words": other_words.collect::<Map<_, _>>(),
        "disagreements": disagreements,
        "agenda": agenda,
        "notices": comparison.notices.iter()
            .map(|notice| json!([notice.kind.id(), notice.participants]))
            .collect::<Vec<_>>(),
    })
}

/// The content with the weights of a vector.
fn with_weights(weights: &Value) -> Content {
    let mut content = CONTENT.clone();
    let instrument = &mut content.instrument;
    let set = |weight: &mut u32, value: &Value| {
        if let Some(value) = value.as_u64() {
            *weight = value.try_into().expect("a weight is small");
        }
    };
    let halves = &mut instrument.scoring.weights;
    set(&mut halves.delineation, &weights["halves"]["delineation"]);
    set(&mut halves.practice, &weights["halves"]["practice"]);
    for step in &mut instrument.steps {
        set(&mut step.weight, &weights["steps"][&step.id]);
    }
    for domain in &mut instrument.domains {
        set(&mut domain.weight, &weights["domains"][&domain.id]);
    }
    content
}

fn check(name: &str, case: &Value) {
    let content = with_weights(&case["weights"]);
    let people = case["participants"].as_array().expect("a vector has them");
    let people: Vec<(String, Response)> = people
        .iter()
        .map(|one| {
            let response = Response::parse(&one["response"].to_string(), &content)
                .unwrap_or_else(|problem| panic!("{name}: {problem}"));
            (one["name"].to_string(), response)
        })
        .collect();
    let found = found(&compared(&content, &people));
    let expected = case["expected"]
        .as_object()
        .expect("a vector has expected values");
    for (key, expected) in expected {
        assert_eq!(&found[key], expected, "{name}: {key}");
    }
    assert_eq!(
        expected.len(),
        found.as_object().map_or(0, Map::len),
        "{name}"
    );
}

#[test]
fn golden_vectors() {
    let folder = root().join("tests/vectors/comparisons");
    let mut count = 0;
    for entry in fs::read_dir(folder).expect("the vectors are there") {
        let path = entry.expect("the folder can be read").path();
        let text = fs::read_to_string(&path).expect("a vector can be read");
        let case: Value = serde_json::from_str(&text).expect("a vector is JSON");
        check(&path.display().to_string(), &case);
        count += 1;
    }
    assert!(count >= 12, "only {count} vectors found");
}

#[test]
fn random_vectors() {
    let cases: Vec<Value> = serde_json::from_str(&read("tests/vectors/comparisons-random.json"))
        .expect("the vectors are JSON");
    assert!(cases.len() >= 100, "only {} vectors found", cases.len());
    for (index, case) in cases.iter().enumerate() {
        check(&format!("random {index}"), case);
    }
}

// ---- What holds whatever was answered.

fn any_group() -> impl Strategy<Value = Vec<Response>> {
    let seats = CONTENT.instrument.seats.clone();
    let seats = seats.into_iter().map(Some).chain([None]);
    let seated = (any_response(), select(seats.collect::<Vec<_>>())).prop_map(|(one, seat)| {
        let mut response = one;
        response.respondent.seat = seat;
        response
    });
    prop::collection::vec(seated, 2..=5)
}

/// The document without what names a participant by place.
fn placeless(comparison: &Comparison) -> Value {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(object) => {
                for key in ["participants", "between", "answers", "by"] {
                    object.remove(key);
                }
                // Of these places only how many they are.
                if let Some(places) = object.get_mut("other_words") {
                    *places = json!(places.as_array().map(Vec::len));
                }
                object.values_mut().for_each(strip);
            }
            Value::Array(list) => list.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let mut value = serde_json::from_str(&comparison.to_json()).expect("a comparison is JSON");
    strip(&mut value);
    value
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn everything_stays_in_bounds(group in any_group()) {
        let comparison = compared(&CONTENT, &named(&group));
        let agreement = &comparison.agreement;
        let bounds = Ratio::ZERO..=Ratio::whole(100);
        for value in [agreement.exact, agreement.map.exact, agreement.practice.exact].into_iter().flatten() {
            prop_assert!(bounds.contains(&value), "{value}");
        }
        prop_assert_eq!(agreement.percent.is_some(), agreement.comparable * 2 >= agreement.asked);
        for share in [&agreement.map, &agreement.practice] {
            prop_assert!(share.agreed <= share.comparable && share.comparable <= share.asked);
        }
        for item in &comparison.items {
            if let Some(spread) = item.spread {
                // Half the gap is the most that levels can deviate on average, and two levels do.
                prop_assert!(spread.deviation <= Ratio::new(spread.gap.into(), 2));
                prop_assert!(spread.gap == spread.high - spread.low && spread.high <= 4);
            }
            // No two whose levels are compared were asked in different words, and nobody is left out without a level.
            let level = |who: usize| matches!(item.answers[who], Some(ItemAnswer::Level(_)));
            prop_assert!(item.other_words.iter().all(|&who| level(who)));
            let compared = (0..group.len()).filter(|who| level(*who) && !item.other_words.contains(who));
            let text = CONTENT.item(&item.id);
            let words = compared.map(|who| text.wording(&CONTENT.structure(&group[who]).id).question.clone());
            let words: Vec<String> = words.collect();
            prop_assert_eq!(words.len() >= 2, item.spread.is_some());
            prop_assert!(words.windows(2).all(|two| two[0] == two[1]));
        }
    }

    #[test]
    fn each_question_is_of_exactly_one_kind_and_each_answer_is_told(group in any_group()) {
        let comparison = compared(&CONTENT, &named(&group));
        let all = |ids: Vec<&String>, expected: Vec<&String>| {
            let set: BTreeSet<_> = ids.iter().collect();
            set.len() == ids.len() && set == expected.iter().collect()
        };
        let domains: Vec<&String> = comparison.domains.iter().map(|one| &one.id).collect();
        let items: Vec<&String> = comparison.items.iter().map(|one| &one.id).collect();
        prop_assert!(all(comparison.today.iter().flat_map(|group| &group.ids).collect(), domains.clone()));
        prop_assert!(all(comparison.target.iter().flat_map(|group| &group.ids).collect(), domains));
        prop_assert!(all(comparison.levels.iter().flat_map(|group| &group.ids).collect(), items));
        for domain in &comparison.domains {
            for (named, answers) in [(&domain.today.named, &domain.today.answers), (&domain.target.named, &domain.target.answers)] {
                let told = named.iter().map(|view| view.by.len()).sum::<usize>();
                prop_assert_eq!(told, answers.iter().flatten().count());
                for view in named {
                    prop_assert!(view.by.iter().all(|&who| answers[who].as_ref() == Some(&view.owner)));
                }
            }
        }
    }

    #[test]
    fn the_order_of_the_participants_is_irrelevant(group in any_group(), turn in 0usize..5, back in any::<bool>()) {
        let mut other = group.clone();
        let len = other.len();
        other.rotate_left(turn % len);
        if back {
            other.reverse();
        }
        let (one, other) = (compared(&CONTENT, &named(&group)), compared(&CONTENT, &named(&other)));
        let mut kinds: [Vec<&str>; 2] = [&one, &other].map(|one| one.notices.iter().map(|notice| notice.kind.id()).collect());
        kinds.iter_mut().for_each(|kinds| kinds.sort_unstable());
        prop_assert_eq!(&kinds[0], &kinds[1]);
        prop_assert_eq!(placeless(&one), placeless(&other));
    }

    #[test]
    fn the_same_answers_agree_wholly(response in any_response(), size in 2usize..=6) {
        let group = vec![response.clone(); size];
        let comparison = compared(&CONTENT, &named(&group));
        for share in [&comparison.agreement.map, &comparison.agreement.practice] {
            prop_assert_eq!(share.agreed, share.comparable);
        }
        if let Some(percent) = comparison.agreement.percent {
            prop_assert_eq!(percent, 100);
        }
        prop_assert!(comparison.disagreements.is_empty() && comparison.agenda.is_none());
        let twins = comparison.notices.iter().any(|notice| notice.kind == NoticeKind::Identical && notice.participants.len() == size);
        prop_assert_eq!(twins, !response.items.is_empty() || !response.domains.is_empty());
    }

    #[test]
    fn for_two_the_line_is_a_gap_of_two_levels(group in any_group()) {
        let comparison = compared(&CONTENT, &named(&group[..2]));
        for item in &comparison.items {
            if let Some(spread) = item.spread {
                prop_assert_eq!(item.kind == ItemKind::Differs, spread.gap >= 2);
                prop_assert_eq!(spread.deviation, Ratio::new(spread.gap.into(), 2));
            }
        }
    }

    #[test]
    fn contested_and_hot_potato_need_two_different_officers(group in any_group()) {
        let comparison = compared(&CONTENT, &named(&group));
        let without = comparison.notices.iter().any(|notice| notice.kind == NoticeKind::Officers);
        for domain in &comparison.domains {
            let officers = matches!(domain.today.kind, DomainKind::Contested | DomainKind::HotPotato);
            if officers {
                prop_assert!(!without);
                let seats = domain.today.between.unwrap().map(|who| &comparison.participants[who].officer);
                prop_assert!(seats[0].is_some() && seats[1].is_some() && seats[0] != seats[1]);
            }
            let differs = !matches!(domain.today.kind, DomainKind::Agreed | DomainKind::Unknown | DomainKind::Incomplete);
            prop_assert_eq!(differs, domain.today.between.is_some());
        }
    }

    #[test]
    fn the_agenda_is_an_hour_about_the_most_pressing(group in any_group()) {
        let comparison = compared(&CONTENT, &named(&group));
        let Some(agenda) = &comparison.agenda else {
            prop_assert!(comparison.disagreements.is_empty());
            return Ok(());
        };
        let topics: usize = agenda.topics.iter().map(|topic| topic.minutes).sum();
        prop_assert_eq!(agenda.opening + topics + agenda.closing, MINUTES);
        prop_assert_eq!(agenda.topics.len(), comparison.disagreements.len().min(TOPICS));
        let longest = agenda.topics[0].minutes;
        prop_assert!(agenda.topics.iter().all(|topic| topic.minutes == longest || topic.minutes + 1 == longest));
        let critical = |one: &Disagreement| matches!(one, Disagreement::Domain { critical: true, .. });
        let flags: Vec<bool> = comparison.disagreements.iter().map(critical).collect();
        prop_assert!(flags.is_sorted_by(|a, b| a >= b));
    }

    #[test]
    fn each_keeps_the_score_of_their_own_result(group in any_group()) {
        let comparison = compared(&CONTENT, &named(&group));
        for (response, own) in group.iter().zip(&comparison.participants) {
            let result = ResultDocument::new(&CONTENT, response);
            prop_assert_eq!(own.score, result.score);
            prop_assert_eq!(&own.band, &result.band);
            prop_assert_eq!(&own.range, &result.range);
            let steps: Vec<_> = result.steps.iter().map(|step| step.score).collect();
            prop_assert_eq!(own.steps.iter().map(|step| step.score).collect::<Vec<_>>(), steps);
        }
    }

    #[test]
    fn every_comparison_follows_its_schema_and_every_disagreement_reads_whole(group in any_group()) {
        let comparison = compared(&CONTENT, &named(&group));
        let problems = schema_problems(&comparison);
        prop_assert!(problems.is_empty(), "{problems:?}");
        let wording = Wording::shared(&CONTENT, &comparison);
        for one in &comparison.disagreements {
            let text = wording.disagreement(&comparison, one);
            prop_assert!(!text.contains('{') && text.contains("P1") | text.contains("P2") | text.contains("P3") | text.contains("P4"), "{text}");
            if let Some(text) = wording.shared_target(&comparison, one) {
                prop_assert!(!text.contains('{'), "{text}");
            }
        }
        for notice in &comparison.notices {
            let text = wording.notice(&comparison, notice);
            prop_assert!(!text.contains('{'), "{text}");
        }
    }
}

// ---- Single rules.

#[test]
fn too_few_too_many_and_other_content_are_errors() {
    let response = seated("cto", officer("cto"), |_| {});
    let one = Participant {
        name: "A",
        response: &response,
    };
    for number in [0, 1, 13] {
        assert_eq!(
            Comparison::new(&CONTENT, &vec![one; number]),
            Err(ComparisonProblem::Number(number))
        );
    }
    for number in [2, 12] {
        assert!(Comparison::new(&CONTENT, &vec![one; number]).is_ok());
    }
    let mut foreign = response.clone();
    for (id, version, readable) in [
        ("other-roles", "2.0.0", false),
        ("cto-cio", "1.0.0", false),
        ("cto-cio", "2.7.3", true),
    ] {
        foreign.content = ContentRef {
            id: id.into(),
            version: version.into(),
        };
        if readable {
            // As it comes from a file: read by the content at hand, and still known by its own version.
            foreign = Response::parse(&foreign.to_json(), &CONTENT).expect("it reads");
        }
        let other = Participant {
            name: "B",
            response: &foreign,
        };
        match Comparison::new(&CONTENT, &[one, other]) {
            Ok(comparison) => {
                assert!(readable, "{id} {version}");
                assert_eq!(comparison.participants[1].content_version, version);
            }
            Err(problem) => {
                assert!(!readable, "{problem}");
                assert_eq!(
                    problem,
                    ComparisonProblem::OtherContent {
                        participant: 1,
                        found: foreign.content.clone()
                    }
                );
                assert!(problem.to_string().contains(id) && problem.to_string().contains(version));
            }
        }
    }
}

#[test]
fn seats_are_matched_with_the_officers_of_the_content_not_with_known_ids() {
    let mut content = CONTENT.clone();
    for officer in content.instrument.officers.iter_mut() {
        *officer = format!("chief-{officer}");
    }
    for structure in content.instrument.structures.iter_mut() {
        structure.officers = content.instrument.officers.clone();
    }
    content.instrument.seats.push("chief-cto".into());
    content.instrument.seats.push("chief-cio".into());
    let claims = |seat: &str, owner: &str| {
        let mut response = seated(seat, officer(owner), |_| {});
        response.respondent.structure = None;
        response
    };
    let own = |seats: [&str; 2], owners: [&str; 2]| {
        let group = [claims(seats[0], owners[0]), claims(seats[1], owners[1])];
        kind(&compared(&content, &named(&group)), "research")
    };
    let officers = ["chief-cto", "chief-cio"];
    assert_eq!(own(officers, officers), DomainKind::Contested);
    assert_eq!(
        own(officers, ["chief-cio", "chief-cto"]),
        DomainKind::HotPotato
    );
    assert_eq!(own(["cto", "cio"], officers), DomainKind::Different);
}

#[test]
fn a_blind_spot_names_first_the_one_who_sees_the_owner() {
    let sees = seated("cto", officer("cto"), |_| {});
    let blind = seated("cio", officer("cto"), |response| {
        today(response, "continuity", Owner::Nobody)
    });
    for (group, expected) in [
        ([sees.clone(), blind.clone()], [0, 1]),
        ([blind, sees], [1, 0]),
    ] {
        let comparison = compared(&CONTENT, &named(&group));
        let Disagreement::Domain { between, .. } = &comparison.disagreements[0] else {
            panic!("a blind spot is about a domain");
        };
        assert_eq!(*between, expected);
    }
}

#[test]
fn not_to_know_is_neither_nobody_nor_a_disagreement() {
    let knows = seated("cto", officer("cto"), |_| {});
    let unsure = seated("cio", officer("cto"), |response| {
        today(response, "continuity", Owner::DontKnow)
    });
    let pair = compared(&CONTENT, &named(&[knows.clone(), unsure.clone()]));
    assert_eq!(kind(&pair, "continuity"), DomainKind::Unknown);
    assert_eq!(pair.agreement.map.comparable, 15);
    assert_eq!(pair.agreement.map.rest(), 1);
    assert_eq!(pair.agreement.practice.rest(), 0);
    assert_eq!(pair.critical_unseen(), ["continuity"]);
    assert!(pair.disagreements.is_empty());
    // Beside two who name, it changes nothing and is still told.
    let three = compared(&CONTENT, &named(&[knows.clone(), knows, unsure]));
    assert_eq!(kind(&three, "continuity"), DomainKind::Agreed);
    assert_eq!(three.critical_unseen(), [""; 0]);
    assert_eq!(three.agreement.map.rest(), 0);
    let domain = three.domains.iter().find(|one| one.id == "continuity");
    let last = domain.and_then(|domain| domain.today.named.last());
    assert!(last.is_some_and(|view| view.owner == Owner::DontKnow && view.by == [2]));
}

#[test]
fn today_and_the_aim_are_told_apart() {
    let with_target = |seat: &str, now: &str, aim: &str| {
        seated(seat, officer("cto"), |response| {
            today(response, "research", officer(now));
            response.answer_domain("research", Column::Target, Some(officer(aim)));
        })
    };
    let kinds = |now: [&str; 2], aim: [&str; 2]| {
        let group = [
            with_target("cto", now[0], aim[0]),
            with_target("cio", now[1], aim[1]),
        ];
        let comparison = compared(&CONTENT, &named(&group));
        let domain = comparison.domains.iter().find(|one| one.id == "research");
        let kinds = domain.map(|domain| (domain.today.kind, domain.target.kind));
        let wording = Wording::shared(&CONTENT, &comparison);
        let first = comparison.disagreements.first();
        let shared = first.and_then(|one| wording.shared_target(&comparison, one));
        let texts = first.map(|one| wording.disagreement(&comparison, one));
        (kinds.unwrap(), texts, shared)
    };
    let (kind, text, shared) = kinds(["cto", "cio"], ["cio", "cio"]);
    assert_eq!(kind, (DomainKind::Contested, TargetKind::Agreed));
    assert!(text.unwrap().contains("P1 and P2"));
    assert!(shared.unwrap().contains("CIO"));
    let (kind, text, shared) = kinds(["cto", "cto"], ["cto", "cio"]);
    assert_eq!(kind, (DomainKind::Agreed, TargetKind::Differs));
    let text = text.unwrap();
    let (first, second) = (text.find("“CTO”"), text.find("“CIO”"));
    assert!(first.is_some() && first < second, "{text}");
    assert_eq!(shared, None);
}

#[test]
fn what_everybody_agrees_is_unclear_is_listed_and_counts_as_agreed() {
    let unclear = |seat: &str| {
        seated(seat, officer("cto"), |response| {
            today(response, "cybersecurity", Owner::Nobody);
            today(response, "workplace", Owner::Unsplit);
            today(response, "research", Owner::Split);
        })
    };
    let comparison = compared(&CONTENT, &named(&[unclear("cto"), unclear("cio")]));
    assert_eq!(comparison.shared_issues, ["workplace", "cybersecurity"]);
    assert_eq!(comparison.agreement.percent, Some(100));
}

#[test]
fn the_wording_follows_the_structure_that_all_describe() {
    let one_hat = |seat: &str, item: u8| {
        seated(seat, officer("cto"), |response| {
            response.respondent.structure = Some("one".into());
            response.answer_item("roadmap-shared", Some(ItemAnswer::Level(item)));
            today(
                response,
                "research",
                if item == 0 {
                    Owner::Split
                } else {
                    officer("cio")
                },
            );
        })
    };
    let comparison = compared(
        &CONTENT,
        &named(&[one_hat("ceo", 0), one_hat("executive", 4)]),
    );
    let wording = Wording::shared(&CONTENT, &comparison);
    let texts: Vec<String> = comparison
        .disagreements
        .iter()
        .map(|one| wording.disagreement(&comparison, one))
        .collect();
    assert!(texts[0].contains("“Both roles, split in writing”") && texts[0].contains("“CIO role”"));
    assert!(texts[1].contains("4 levels") && texts[1].contains("One roadmap"));
    assert_eq!(wording.too_little(&comparison.agreement), None);

    let mut empty = Response::new(&CONTENT);
    empty.respondent.structure = Some("two".into());
    let comparison = compared(&CONTENT, &named(&[one_hat("ceo", 0), empty]));
    let said = Wording::shared(&CONTENT, &comparison).too_little(&comparison.agreement);
    assert!(said.is_some_and(|text| text.contains('0') && text.contains("26")));
}

// ---- The document and the example.

fn schema_problems(comparison: &Comparison) -> Vec<String> {
    static SCHEMA: std::sync::LazyLock<jsonschema::Validator> = std::sync::LazyLock::new(|| {
        let text = read("content/schema/comparison.schema.json");
        let schema = serde_json::from_str(&text).expect("a schema is JSON");
        jsonschema::validator_for(&schema).expect("a schema is a schema")
    });
    let document = serde_json::from_str(&comparison.to_json()).expect("a comparison is JSON");
    let errors = SCHEMA.iter_errors(&document);
    errors
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

fn example(files: &[(&str, String)]) -> Output {
    let folder = root().join("target/examples-input");
    fs::create_dir_all(&folder).expect("the target folder can be written");
    let paths = files.iter().map(|(name, text)| {
        let path = folder.join(name);
        fs::write(&path, text).expect("the target folder can be written");
        path
    });
    let test = env::current_exe().expect("a test knows where it is");
    let target = test.parent().and_then(|deps| deps.parent());
    let target = target.expect("a test lies in target/<profile>/deps");
    let example = format!("compare{}", env::consts::EXE_SUFFIX);
    Command::new(target.join("examples").join(example))
        .args(paths)
        .output()
        .expect("the example runs")
}

#[test]
fn the_example_prints_the_comparison_of_its_files() {
    let one = seated("cto", officer("cto"), |_| {});
    let other = seated("cio", officer("cio"), |_| {});
    let files = [
        ("compare-anna.json", one.to_json()),
        ("compare-ben.json", other.to_json()),
    ];
    let output = example(&files);
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{message}");
    let people = [("compare-anna".into(), one), ("compare-ben".into(), other)];
    let expected = compared(&CONTENT, &people).to_json();
    assert_eq!(String::from_utf8_lossy(&output.stdout), expected);
}

#[test]
fn the_example_says_what_is_wrong_and_where() {
    let good = seated("cto", officer("cto"), |_| {}).to_json();
    let bad = good.replace("\"level\":2", "\"level\":5");
    for (files, expected) in [
        (vec![("compare-alone.json", good.clone())], "usage: "),
        (
            vec![("compare-good.json", good), ("compare-bad.json", bad)],
            "compare-bad.json: /items/",
        ),
    ] {
        let output = example(&files);
        let message = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1));
        assert!(output.stdout.is_empty());
        assert!(message.contains(expected), "{message}");
    }
}
