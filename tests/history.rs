//! Saved results: nothing that was saved is lost, whatever the document that is read holds; and what changed between two results.

mod common;

use common::{CONTENT, officer, read, uniform};
use delineate::core::changes::{Changes, DomainChange, ItemChange};
use delineate::core::date::Date;
use delineate::core::history::{Answers, History, MOST, MOST_NAME, Merged, Refused, name};
use delineate::core::response::{Column, ItemAnswer, Owner, Response};
use proptest::prelude::*;
use serde_json::{Value, json};

fn date(text: &str) -> Date {
    Date::parse(text).unwrap_or_else(|| panic!("{text} is a day"))
}

fn level(level: u8) -> Response {
    uniform(false, level, officer("cto"))
}

/// Responses that all differ.
fn different(number: usize) -> Response {
    let mut response = Response::new(&CONTENT);
    let steps = &CONTENT.instrument.steps;
    for (place, step) in steps.iter().enumerate() {
        let digit = (number / 5usize.pow(place as u32)) % 5;
        response.answer_item(&step.items[0], Some(ItemAnswer::Level(digit as u8)));
    }
    response
}

fn names(history: &History) -> Vec<&str> {
    let all = history.snapshots().iter();
    all.map(|one| one.name.as_str()).collect()
}

fn reading(document: &str) -> (History, bool) {
    let reading = History::read(Some(document), &CONTENT);
    (reading.history, reading.damaged)
}

fn example() -> History {
    let mut history = History::default();
    for (name, day, answers) in [
        ("May", "2026-05-01", level(1)),
        ("November", "2026-11-01", level(2)),
        ("First", "2025-11-01", level(0)),
        ("Also May", "2026-05-01", level(3)),
    ] {
        let saved = history.save(name.into(), date(day), &answers);
        assert_eq!(saved, Ok(()));
    }
    history
}

#[test]
fn results_stand_in_the_order_of_their_days_and_are_read_back() {
    let history = example();
    assert_eq!(names(&history), ["First", "May", "Also May", "November"]);
    assert_eq!(reading(&history.to_json()), (history.clone(), false));
    assert_eq!(history.foreign(), 0);
    let schema = serde_json::from_str(&read("content/schema/history.schema.json"));
    let schema = jsonschema::validator_for(&schema.expect("a schema is JSON"));
    let document: Value = serde_json::from_str(&history.to_json()).expect("a history is JSON");
    let schema = schema.expect("a schema is a schema");
    assert!(schema.is_valid(&document), "{document}");
    assert!(!schema.is_valid(&json!({ "format": "delineate-history", "version": 1 })));
}

#[test]
fn nothing_is_the_empty_history_and_no_damage() {
    let reading = History::read(None, &CONTENT);
    assert_eq!(
        (reading.history, reading.damaged),
        (History::default(), false)
    );
}

#[test]
fn what_cannot_be_read_at_all_is_damaged() {
    for document in [
        "",
        "null",
        "[]",
        "{",
        "\u{feff}{}",
        r#"{"format":"delineate-response","version":1,"snapshots":[]}"#,
        r#"{"format":"delineate-history","version":2,"snapshots":[]}"#,
        r#"{"format":"delineate-history","version":"1","snapshots":[]}"#,
        r#"{"format":"delineate-history","version":1}"#,
        r#"{"format":"delineate-history","version":1,"snapshots":{}}"#,
        r#"{"format":"delineate-history","version":1e999,"snapshots":[]}"#,
    ] {
        assert_eq!(reading(document), (History::default(), true), "{document}");
    }
}

#[test]
fn of_a_damaged_document_what_can_be_read_is_read() {
    let whole = example();
    let mut document: Value = serde_json::from_str(&whole.to_json()).expect("a history is JSON");
    for (field, value) in [
        ("id", json!(null)),
        ("id", json!("")),
        ("name", json!(3)),
        ("name", json!(" \n ")),
        ("date", json!("2026-02-30")),
        ("date", json!("05/01/2026")),
        ("response", json!("text")),
        ("response", json!(null)),
    ] {
        let mut one = document.clone();
        one["snapshots"][1][field] = value;
        let (history, damaged) = reading(&one.to_string());
        assert!(damaged, "{field}");
        assert_eq!(
            names(&history),
            ["First", "Also May", "November"],
            "{field}"
        );
    }
    let entries = document["snapshots"].as_array_mut().expect("a list");
    entries.insert(0, json!(7));
    let (history, damaged) = reading(&document.to_string());
    assert_eq!((history, damaged), (whole, true));
}

#[test]
fn results_of_other_questions_are_kept_as_they_came() {
    let mut document: Value = serde_json::from_str(&example().to_json()).expect("JSON");
    document["snapshots"][1]["response"]["content"]["version"] = json!("9.0.0");
    document["snapshots"][2]["response"] = json!({ "format": "of tomorrow" });
    let (mut history, damaged) = reading(&document.to_string());
    assert!(!damaged);
    assert_eq!(history.foreign(), 2);
    let readable: Vec<&str> = history
        .readable()
        .map(|(one, _)| one.name.as_str())
        .collect();
    assert_eq!(readable, ["First", "November"]);
    let written: Value = serde_json::from_str(&history.to_json()).expect("JSON");
    assert_eq!(written, document);
    // They can be renamed and deleted like any other.
    let id = history.snapshots()[1].id.clone();
    assert!(matches!(
        history.snapshots()[1].answers,
        Answers::Foreign(_)
    ));
    assert!(history.rename(&id, "Old".into()));
    history.delete(&id);
    assert_eq!(names(&history), ["First", "Also May", "November"]);
}

#[test]
fn the_same_answers_of_the_same_day_are_saved_once() {
    let mut history = History::default();
    let day = date("2026-01-31");
    let save = |history: &mut History, day: Date| history.save("A".into(), day, &level(2));
    assert_eq!(save(&mut history, day), Ok(()));
    assert_eq!(save(&mut history, day), Err(Refused::Known));
    assert_eq!(save(&mut history, date("2026-02-01")), Ok(()));
    assert_eq!(history.snapshots().len(), 2);
}

#[test]
fn there_is_a_limit() {
    let mut history = History::default();
    for number in 0..MOST {
        let saved = history.save("A".into(), date("2026-01-31"), &different(number));
        assert_eq!(saved, Ok(()));
    }
    let more = history.save("B".into(), date("2026-01-31"), &different(MOST));
    assert_eq!(more, Err(Refused::Full));
    assert_eq!(history.snapshots().len(), MOST);
    // A document with more than that is cut, and said to be damaged, so that it is set aside.
    let mut document: Value = serde_json::from_str(&history.to_json()).expect("JSON");
    let entries = document["snapshots"].as_array_mut().expect("a list");
    let mut one = entries[0].clone();
    one["date"] = json!("2026-02-01");
    entries.push(one);
    assert_eq!(reading(&document.to_string()), (history, true));
}

#[test]
fn names_are_one_line_of_limited_length() {
    assert_eq!(
        name("  Before the\nmerger\t"),
        Some("Before the merger".into())
    );
    assert_eq!(name(" \u{7}\n "), None);
    assert_eq!(name(""), None);
    let long = name(&"é".repeat(2 * MOST_NAME)).map(|name| name.chars().count());
    assert_eq!(long, Some(MOST_NAME));
    assert_eq!(name("<b>&amp;"), Some("<b>&amp;".into()));
}

#[test]
fn a_result_is_renamed_and_deleted_by_its_id_alone() {
    let mut history = example();
    let id = history.snapshots()[2].id.clone();
    assert!(history.rename(&id, "Second thoughts".into()));
    assert_eq!(
        names(&history),
        ["First", "May", "Second thoughts", "November"]
    );
    history.delete(&id);
    history.delete(&id);
    assert_eq!(names(&history), ["First", "May", "November"]);
    assert!(!history.rename(&id, "Gone".into()));
}

#[test]
fn merging_adds_what_is_new_and_recognises_the_rest() {
    let mut history = example();
    let mut other = example();
    let id = other.snapshots()[0].id.clone();
    other.rename(&id, "Renamed elsewhere".into());
    let saved = other.save("New".into(), date("2026-06-01"), &level(4));
    assert_eq!(saved, Ok(()));
    let merged = history.merge(other.clone());
    assert_eq!(
        merged,
        Merged {
            added: 1,
            known: 4,
            left_out: 0
        }
    );
    // What was there keeps its name.
    assert_eq!(
        names(&history),
        ["First", "May", "Also May", "New", "November"]
    );
    assert_eq!(history.merge(other).added, 0);
}

#[test]
fn merging_takes_the_latest_where_there_is_no_room_for_all() {
    let mut history = History::default();
    for number in 0..MOST - 2 {
        history
            .save("A".into(), date("2026-01-31"), &different(number))
            .expect("there is room");
    }
    let merged = history.merge(example());
    assert_eq!(
        merged,
        Merged {
            added: 2,
            known: 0,
            left_out: 2
        }
    );
    assert_eq!(names(&history)[MOST - 2..], ["Also May", "November"]);
}

#[test]
fn two_results_never_share_an_id() {
    let mut document: Value = serde_json::from_str(&example().to_json()).expect("JSON");
    for place in 0..4 {
        document["snapshots"][place]["id"] = json!("same");
    }
    let (history, damaged) = reading(&document.to_string());
    let ids: Vec<&str> = history
        .snapshots()
        .iter()
        .map(|one| one.id.as_str())
        .collect();
    assert_eq!(
        (ids, damaged),
        (vec!["same", "same-2", "same-3", "same-4"], false)
    );
}

#[test]
fn the_last_result_is_the_latest_with_other_answers() {
    let history = example();
    let last = |response: &Response| {
        history
            .last_unlike(response)
            .map(|(one, _)| one.name.as_str())
    };
    assert_eq!(last(&level(4)), Some("November"));
    assert_eq!(last(&level(2)), Some("Also May"));
    assert_eq!(History::default().last_unlike(&level(2)), None);
}

#[test]
fn changes_name_every_question_that_both_were_asked_and_nothing_else() {
    let before = level(2);
    assert_eq!(Changes::new(&CONTENT, &before, &before), Changes::default());
    let mut after = before.clone();
    let steps = &CONTENT.instrument.steps;
    let (first, second) = (&steps[0].items[0], &steps[1].items[0]);
    after.answer_item(first, Some(ItemAnswer::Level(3)));
    after.answer_item(second, None);
    after.answer_domain("cybersecurity", Column::Today, Some(Owner::Nobody));
    after.answer_domain("cybersecurity", Column::Target, Some(officer("cio")));
    after.extend(&CONTENT, &[steps[2].id.clone()]);
    after.answer_item(&steps[2].items[1], Some(ItemAnswer::Level(4)));
    // An answer to an item that was never asked plays no part.
    after.answer_item(&steps[3].items[1], Some(ItemAnswer::Level(4)));
    let changes = Changes::new(&CONTENT, &before, &after);
    let item = |item: &String, after| ItemChange {
        item: item.clone(),
        before: Some(ItemAnswer::Level(2)),
        after,
    };
    let domain = |column, before, after| DomainChange {
        domain: "cybersecurity".into(),
        column,
        before,
        after,
    };
    let expected = Changes {
        items: vec![item(first, Some(ItemAnswer::Level(3))), item(second, None)],
        domains: vec![
            domain(Column::Today, Some(officer("cto")), Some(Owner::Nobody)),
            domain(Column::Target, None, Some(officer("cio"))),
        ],
        asked_once: 2,
        structure: false,
    };
    assert_eq!(changes, expected);
    assert!(!changes.is_empty());
    let back = Changes::new(&CONTENT, &after, &before);
    assert_eq!(
        (back.asked_once, back.items.len(), back.domains.len()),
        (2, 2, 2)
    );
}

#[test]
fn another_structure_shows_as_such() {
    let mut content = CONTENT.clone();
    content.instrument.structures[1].officers = vec!["cio".into()];
    let before = level(2);
    let mut after = before.clone();
    after.respondent.structure = Some(content.instrument.structures[1].id.clone());
    let changes = Changes::new(&content, &before, &after);
    assert!(changes.structure);
    // Owners that the new structure does not offer count as not answered.
    assert_eq!(changes.domains.len(), content.instrument.domains.len());
    assert!(changes.domains.iter().all(|one| one.after.is_none()));
}

/// JSON of any shape around the shape of a history.
fn any_document() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
        Just(json!("2026-01-31")),
        Just(serde_json::to_value(level(2)).expect("a response is JSON")),
    ];
    let key = prop_oneof!["id", "name", "date", "response", ".{0,3}"];
    let entry = prop::collection::btree_map(key, leaf, 0..6);
    let entries = prop::collection::vec(entry, 0..5);
    entries.prop_map(
        |entries| json!({ "format": "delineate-history", "version": 1, "snapshots": entries }),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_document_is_read_and_what_was_read_stays(document in any_document(), garbage in ".{0,64}") {
        let (history, damaged) = reading(&document.to_string());
        let entries = document["snapshots"].as_array().map_or(0, Vec::len);
        prop_assert!(damaged || history.snapshots().len() == entries);
        prop_assert_eq!(reading(&history.to_json()), (history, false));
        prop_assert!(reading(&garbage).1);
    }

    #[test]
    fn two_windows_that_each_read_before_they_write_lose_nothing(order in prop::collection::vec(0usize..12, 1..24)) {
        // What is on the device; each write begins with reading it.
        let mut device = History::default().to_json();
        for (turn, number) in order.iter().enumerate() {
            let (mut history, _) = reading(&device);
            let day = date("2026-01-31").plus_days((turn % 3) as u16);
            let _ = history.save(turn.to_string(), day, &different(*number));
            device = history.to_json();
        }
        let (history, _) = reading(&device);
        let mut expected: Vec<(usize, usize)> = order.iter().enumerate().map(|(turn, number)| (turn % 3, *number)).collect();
        expected.sort();
        expected.dedup();
        prop_assert_eq!(history.snapshots().len(), expected.len());
    }
}
