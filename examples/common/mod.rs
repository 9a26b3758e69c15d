//! What the examples share: the content as it ships, and reading a response with every fault said by its place.
#![allow(dead_code, reason = "each example uses its own part of this")]

use std::fs;

use delineate::core::content::{Content, Problem};
use delineate::core::pack::{Parts, assemble};
use delineate::core::response::Response;

const SCHEMA: &str = include_str!("../../content/schema/response.schema.json");

pub fn content() -> Result<Content, String> {
    let parts = Parts {
        instrument: include_str!("../../content/instrument.json"),
        steps: include_str!("../../content/en/steps.json"),
        domains: include_str!("../../content/en/domains.json"),
        report: include_str!("../../content/en/report.json"),
        interface: include_str!("../../content/en/interface.json"),
    };
    let pack = assemble("en", &parts).map_err(|problem| problem.to_string())?;
    Content::parse(&pack).map_err(|problems| lines(&problems))
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
