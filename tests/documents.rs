//! The two documents that leave a check follow their published schemas, and the example says what is wrong with its input.

mod common;

use std::path::PathBuf;
use std::process::{Command, Output};
use std::{env, fs};

use common::{CONTENT, officer, read, root, uniform};
use delineate::core::disclosure::{Consent, disclosed};
use delineate::core::response::{Column, ItemAnswer, Owner, Response};
use delineate::core::result::ResultDocument;
use jsonschema::Validator;
use serde_json::{Value, json};

fn schema(name: &str) -> Validator {
    let text = read(&format!("content/schema/{name}.schema.json"));
    let schema = serde_json::from_str(&text).expect("a schema is JSON");
    jsonschema::validator_for(&schema).expect("a schema is a schema")
}

fn problems(schema: &Validator, document: &str) -> Vec<String> {
    let document = serde_json::from_str(document).expect("a document is JSON");
    let errors = schema.iter_errors(&document);
    errors
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

#[test]
fn of_each_half_it_can_be_told_how_many_questions_count() {
    let mut response = uniform(true, 2, officer("cto"));
    let items = response.items.len();
    let domains = response.domains.len();
    let counted = |response: &Response| {
        let result = ResultDocument::new(&CONTENT, response);
        let map = result.map.coverage;
        [result.counted_items(), (map.counted, map.asked)]
    };
    assert_eq!(counted(&response), [(items, items), (domains, domains)]);
    response.answer_item("roadmap-shared", Some(ItemAnswer::DontKnow));
    response.answer_item("benchmark-comparison", None);
    response.answer_domain("cybersecurity", Column::Today, Some(Owner::DontKnow));
    assert_eq!(
        counted(&response),
        [(items - 2, items), (domains - 1, domains)]
    );
}

/// Responses that between them use every kind of answer, structure and depth.
fn responses() -> Vec<Response> {
    let mut all = vec![Response::new(&CONTENT)];
    for full in [false, true] {
        for level in 0..=4 {
            for owner in [
                officer("cto"),
                officer("cio"),
                Owner::Split,
                Owner::Unsplit,
                Owner::Other("cfo".into()),
                Owner::Nobody,
                Owner::DontKnow,
            ] {
                let mut response = uniform(full, level, owner.clone());
                response.answer_domain("cybersecurity", Column::Target, Some(owner));
                response.answer_item("roadmap-shared", Some(ItemAnswer::DontKnow));
                let reason = ItemAnswer::NotApplicable("too-early".into());
                response.answer_item("benchmark-comparison", Some(reason));
                all.push(response);
            }
        }
    }
    let structures = &CONTENT.instrument.structures;
    for (response, structure) in all.iter_mut().zip(structures.iter().cycle()) {
        response.respondent.structure = Some(structure.id.clone());
        response.respondent.seat = Some("adviser".into());
    }
    all.push(Response::new(&CONTENT));
    all
}

#[test]
fn every_response_and_every_result_follows_its_schema() {
    let (response_schema, result_schema) = (schema("response"), schema("result"));
    for response in responses() {
        let text = response.to_json();
        assert_eq!(
            problems(&response_schema, &text),
            Vec::<String>::new(),
            "{text}"
        );
        let result = ResultDocument::new(&CONTENT, &response).to_json();
        assert_eq!(
            problems(&result_schema, &result),
            Vec::<String>::new(),
            "{text}"
        );
        assert_eq!(Response::parse(&text, &CONTENT).as_ref(), Ok(&response));
    }
}

#[test]
fn answers_to_an_earlier_version_become_answers_to_the_content_at_hand() {
    let mut document: Value =
        serde_json::from_str(&uniform(false, 2, Owner::Split).to_json()).expect("JSON");
    let version = CONTENT.instrument.version.as_str();
    let major = version.split('.').next().expect("a version has parts");
    for old in [version, &format!("{major}.0.1"), &format!("{major}.7.3")] {
        document["content"]["version"] = json!(old);
        let response = Response::parse(&document.to_string(), &CONTENT).expect("it reads");
        assert_eq!(response.content, CONTENT.reference(), "{old}");
        assert_eq!(response.answered, *old);
        let written = Response::parse(&response.to_json(), &CONTENT).expect("it reads");
        assert_eq!(written.answered, version);
    }
}

#[test]
fn a_host_is_told_of_no_gaps_only_where_the_map_was_answered() {
    let told = |response: &Response| -> Value {
        let result = ResultDocument::new(&CONTENT, response);
        let told = disclosed(Consent::Scores, response, &result);
        serde_json::from_str(&told).expect("what is told is JSON")
    };
    let empty = told(&Response::new(&CONTENT));
    assert_eq!(
        (&empty["gaps"], &empty["overlaps"]),
        (&json!(null), &json!(null))
    );
    let mut response = uniform(false, 2, officer("cto"));
    response.answer_domain("research", Column::Today, Some(Owner::Nobody));
    let answered = told(&response);
    assert_eq!(
        (&answered["gaps"], &answered["overlaps"]),
        (&json!(1), &json!(0))
    );
}

#[test]
fn the_schema_of_a_result_is_closed() {
    let result = ResultDocument::new(&CONTENT, &Response::new(&CONTENT)).to_json();
    let mut document: Value = serde_json::from_str(&result).expect("a result is JSON");
    document["percentile"] = json!(90);
    let found = problems(&schema("result"), &document.to_string());
    assert!(
        found.iter().any(|problem| problem.contains("percentile")),
        "{found:?}"
    );
}

/// The example as `cargo test` has built it, beside the folder of this test.
fn example() -> PathBuf {
    let test = env::current_exe().expect("a test knows where it is");
    let target = test
        .parent()
        .and_then(|deps| deps.parent())
        .expect("a test lies in target/<profile>/deps");
    target
        .join("examples")
        .join(format!("score{}", env::consts::EXE_SUFFIX))
}

fn score(name: &str, input: &str) -> Output {
    let folder = root().join("target/examples-input");
    fs::create_dir_all(&folder).expect("the target folder can be written");
    let path = folder.join(name);
    fs::write(&path, input).expect("the target folder can be written");
    Command::new(example())
        .arg(path)
        .output()
        .expect("the example runs")
}

#[test]
fn the_example_prints_the_result_document() {
    let response = uniform(true, 3, officer("cto"));
    let output = score("good.json", &response.to_json());
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let expected = ResultDocument::new(&CONTENT, &response).to_json();
    assert_eq!(String::from_utf8_lossy(&output.stdout), expected);
}

#[test]
fn the_example_says_what_is_wrong_and_where() {
    let good: Value =
        serde_json::from_str(&uniform(false, 2, Owner::Split).to_json()).expect("JSON");
    let with = |place: &str, new: Value| {
        let mut document = good.clone();
        *document
            .pointer_mut(place)
            .expect("the response has this place") = new;
        document.to_string()
    };
    let mut unknown_item = good.clone();
    unknown_item["items"]["no-such-item"] = json!({"level": 1});
    for (input, expected) in [
        (String::new(), "not JSON"),
        ("{\"format\":".into(), "not JSON"),
        ("{}".into(), "\"format\" is a required property"),
        (with("/version", json!(2)), "/version: 1 was expected"),
        (
            with("/items/roadmap-shared/level", json!(5)),
            "/items/roadmap-shared",
        ),
        (
            with("/domains/cybersecurity/today", json!("both")),
            "/domains/cybersecurity/today",
        ),
        (
            with("/content/id", json!("other-roles")),
            "these are answers to \"other-roles\"",
        ),
        (with("/content/version", json!("3.0.0")), "version 3.0.0"),
        (
            unknown_item.to_string(),
            "/items/no-such-item: the content does not know \"no-such-item\"",
        ),
    ] {
        let output = score("bad.json", &input);
        let message = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{input}");
        assert!(output.stdout.is_empty(), "{input}");
        assert!(
            message.contains("bad.json: "),
            "the file is not named: {message}"
        );
        assert!(
            message.contains(expected),
            "expected {expected:?} in {message:?}"
        );
    }
    let missing = Command::new(example())
        .arg("nowhere.json")
        .output()
        .expect("the example runs");
    assert!(String::from_utf8_lossy(&missing.stderr).starts_with("nowhere.json: "));
    let alone = Command::new(example()).output().expect("the example runs");
    assert!(String::from_utf8_lossy(&alone.stderr).starts_with("usage: "));
}

#[test]
fn a_domain_without_an_answer_is_read_as_not_answered() {
    let document = json!({
        "format": "delineate-response", "version": 1, "content": { "id": "cto-cio", "version": "2.0.0" },
        "domains": { "workplace": {}, "research": { "target": "split" } },
    });
    assert_eq!(
        problems(&schema("response"), &document.to_string()),
        Vec::<String>::new()
    );
    let response = Response::parse(&document.to_string(), &CONTENT).expect("a response");
    assert_eq!(response.domains.keys().collect::<Vec<_>>(), ["research"]);
}
