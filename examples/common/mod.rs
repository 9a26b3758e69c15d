//! What the examples share: the content as it ships, and reading a response with every fault said by its place.
#![allow(dead_code, reason = "each example uses its own part of this")]

use std::fs;
use std::path::Path;

use delineate::core::content::{Content, Problem, SOURCE_LANGUAGE};
use delineate::core::pack::{Parts, assemble};
use delineate::core::response::Response;

const SCHEMA: &str = include_str!("../../content/schema/response.schema.json");

pub fn content() -> Result<Content, String> {
    content_in(SOURCE_LANGUAGE)
}

/// The content in one of its languages, which is the name of a folder of `content/`.
pub fn content_in(lang: &str) -> Result<Content, String> {
    let parts = Parts {
        instrument: include_str!("../../content/instrument.json"),
        steps: &text_of(lang, "steps")?,
        domains: &text_of(lang, "domains")?,
        report: &text_of(lang, "report")?,
        interface: &text_of(lang, "interface")?,
    };
    let pack = assemble(lang, &parts).map_err(|problem| problem.to_string())?;
    Content::parse(&pack).map_err(|problems| lines(&problems))
}

/// The text of a content file.
pub fn text_of(lang: &str, name: &str) -> Result<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    // A tag is a name of letters, digits and hyphens; anything else could lead elsewhere.
    let is_tag = lang
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if !is_tag || !folder.join(lang).join("steps.json").exists() {
        return Err(format!(
            "there is no language \"{lang}\" in {}",
            folder.display()
        ));
    }
    let path = folder.join(lang).join(name).with_extension("json");
    fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
}

/// One line for each problem.
pub fn lines(problems: &[Problem]) -> String {
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

/// Reads a response from a file. Every line of an error begins with the path.
pub fn response(content: &Content, path: &str) -> Result<Response, String> {
    let about = |problem: String| {
        let lines: Vec<String> = problem
            .lines()
            .map(|line| format!("{path}: {line}"))
            .collect();
        lines.join("\n")
    };
    let text = fs::read_to_string(path).map_err(|error| about(error.to_string()))?;
    check_schema(&text).map_err(about)?;
    Response::parse(&text, content).map_err(|problem| about(problem.to_string()))
}

fn check_schema(text: &str) -> Result<(), String> {
    let document = serde_json::from_str(text).map_err(|error| format!("not JSON: {error}"))?;
    let schema = serde_json::from_str(SCHEMA).map_err(|error| error.to_string())?;
    let validator = jsonschema::validator_for(&schema).map_err(|error| error.to_string())?;
    let problems: Vec<String> = validator
        .iter_errors(&document)
        .map(|error| {
            let place = error.instance_path().to_string();
            let place = if place.is_empty() { "/".into() } else { place };
            format!("{place}: {error}")
        })
        .collect();
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems.join("\n"))
    }
}
