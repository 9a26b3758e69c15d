//! What the texts say: fitted to every structure, to every seat, and in words of their own.

mod common;

use std::collections::BTreeSet;

use common::{CONTENT, pack, read};
use delineate::core::response::Response;
use delineate::core::wording::Wording;
use serde_json::Value;

/// Every text of the pack with its place, and those of the desk, which has a file of its own.
fn texts() -> Vec<(String, String)> {
    fn walk(value: &Value, place: &str, all: &mut Vec<(String, String)>) {
        match value {
            Value::Object(object) => {
                for (key, child) in object {
                    walk(child, &format!("{place}/{key}"), all);
                }
            }
            Value::Array(list) => {
                for (index, child) in list.iter().enumerate() {
                    walk(child, &format!("{place}/{index}"), all);
                }
            }
            Value::String(text) => all.push((place.into(), text.clone())),
            _ => {}
        }
    }
    let mut all = Vec::new();
    for (place, file) in [("", pack()), ("/desk", read("content/en/desk.json"))] {
        let value = serde_json::from_str(&file).expect("the content is JSON");
        walk(&value, place, &mut all);
    }
    all
}

fn of(structure: &str) -> Response {
    let mut response = Response::new(&CONTENT);
    response.set_structure(&CONTENT, structure);
    response
}

#[test]
fn a_list_keeps_names_apart_that_hold_an_and_of_their_own() {
    let response = of("two");
    let words = Wording::new(&CONTENT, &response);
    let ids = ["research", "infrastructure", "compliance"].map(String::from);
    let names = ids.clone().map(|id| words.domain(&id).to_string());
    assert!(names.iter().all(|name| name.contains(" and ")));
    let list = words.domains(&ids);
    assert_eq!(list.split("; ").collect::<Vec<_>>(), names);
    assert_eq!(words.domains(&ids[..1]), names[0]);
}

#[test]
fn one_person_in_both_roles_settles_nothing_with_the_other() {
    for structure in &CONTENT.instrument.structures {
        let response = of(&structure.id);
        let words = Wording::new(&CONTENT, &response);
        let text = &words.disputes().text;
        let two_people = text.contains("{cio}") && text.contains("between them");
        assert_eq!(two_people, structure.people > 1, "{}: {text}", structure.id);
    }
    let topic = |structure: &str| {
        let response = of(structure);
        let words = Wording::new(&CONTENT, &response);
        words.topic("collaboration-rhythm").to_string()
    };
    assert_eq!(topic("two"), "A regular meeting");
    assert_eq!(topic("one"), "Time for each role");
}

#[test]
fn nobody_is_told_of_an_officer_whom_the_company_does_not_have() {
    let usual = of("two");
    let usual = Wording::new(&CONTENT, &usual);
    let mut absent = 0;
    for structure in &CONTENT.instrument.structures {
        let response = of(&structure.id);
        let words = Wording::new(&CONTENT, &response);
        let own: Vec<String> = ["{cto}", "{cio}", "{both}"]
            .map(|term| words.fill(term, &[]))
            .to_vec();
        for term in ["{cto}", "{cio}"].map(|term| usual.fill(term, &[])) {
            if own.iter().any(|own| own.contains(&term)) {
                continue;
            }
            absent += 1;
            // Published facts are about other companies, and each structure's own terms are tried by being filled in.
            let apart = |place: &str| {
                place.contains("/evidence/") || place.starts_with("/report/structures/")
            };
            let variants = CONTENT.instrument.structures.iter();
            let others: Vec<String> = variants
                .filter(|other| other.id != structure.id)
                .map(|other| format!("variants/{}/", other.id))
                .collect();
            for (place, text) in texts() {
                let other = others.iter().any(|other| place.contains(other));
                if other || apart(&place) {
                    continue;
                }
                let filled = words.fill(&text, &[]).to_lowercase();
                let found = filled.contains(&term.to_lowercase());
                assert!(!found, "{}: {place}: {filled}", structure.id);
            }
        }
    }
    assert!(absent >= 4, "only {absent} absent officers");
}

#[test]
fn what_the_charter_says_of_a_role_by_itself_names_nothing_that_its_list_assigns() {
    for lang in ["ar", "de", "en", "es", "fr"] {
        let file = |name| -> Value {
            let text = read(&format!("content/{lang}/{name}.json"));
            serde_json::from_str(&text).expect("the content is JSON")
        };
        let lower = |text: &Value| text.as_str().expect("a text").to_lowercase();
        let domains = file("domains");
        let names = domains["domains"].as_object().expect("a table").values();
        let names: Vec<String> = names.map(|domain| lower(&domain["name"])).collect();
        let report = file("report");
        for (officer, purpose) in report["charter"]["purposes"].as_object().expect("a table") {
            let purpose = lower(purpose);
            for name in &names {
                assert!(!purpose.contains(name), "{lang}, {officer}: {name}");
            }
            let apart = |text: &str| -> Vec<String> {
                let words = text.split(|one: char| !one.is_alphanumeric());
                words.map(String::from).collect()
            };
            let long = apart(&purpose).into_iter();
            for word in long.filter(|word| word.chars().count() > 3) {
                let mut having = names.iter().filter(|name| name.contains(&word));
                // A word that several names have, alone or joined to another, as "technology" is, names none of them.
                if let (Some(name), None) = (having.next(), having.next()) {
                    assert!(!apart(name).contains(&word), "{lang}, {officer}: {word}");
                }
            }
        }
    }
}

#[test]
fn no_advice_sends_the_chief_executive_to_the_chief_executive() {
    let texts = texts();
    let advices = texts
        .iter()
        .filter(|(place, _)| place.ends_with("/advice") && place.starts_with("/steps/"));
    let mut mentions = 0;
    for (place, text) in advices {
        let text = text.to_lowercase();
        mentions += usize::from(text.contains("chief executive"));
        for wrong in [
            "ask the chief",
            "to the chief executive.",
            "with the chief executive into",
            "nobody but the chief",
        ] {
            assert!(!text.contains(wrong), "{place}: {text}");
        }
    }
    assert!(mentions > 5);
}

/// Words in lower case, ASCII letters and digits only.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect()
}

/// FNV-1a of 32 bits over each run of six words, with single spaces between them.
fn shingles(text: &str) -> Vec<u32> {
    let hash = |text: String| {
        text.bytes().fold(0x811c_9dc5, |hash: u32, byte| {
            (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
        })
    };
    let words = words(text);
    words.windows(6).map(|run| hash(run.join(" "))).collect()
}

fn copied(known: &BTreeSet<u32>, texts: &[(String, String)]) -> Vec<String> {
    let texts = texts.iter();
    let hits = texts.filter(|(_, text)| shingles(text).iter().any(|hash| known.contains(hash)));
    hits.map(|(place, text)| format!("{place}: {text}"))
        .collect()
}

#[test]
fn no_six_words_in_a_row_come_from_the_source() {
    let known: BTreeSet<u32> = read("tests/vectors/source-shingles.txt")
        .split_whitespace()
        .map(|hash| u32::from_str_radix(hash, 16).expect("a hash is hexadecimal"))
        .collect();
    assert!(known.len() > 1000, "only {} shingles", known.len());
    let texts = texts();
    assert_eq!(copied(&known, &texts), Vec::<String>::new());
    // The check would notice: with one run of a text of ours among them, that text is found, whatever its case and commas.
    let (place, text) = texts
        .iter()
        .find(|(_, text)| shingles(text).len() > 3)
        .expect("some text has nine words");
    let planted = BTreeSet::from([shingles(text)[2]]);
    let spread = text.to_uppercase().replace(' ', ",  ");
    assert_eq!(copied(&planted, &[(place.clone(), spread)]).len(), 1);
}
