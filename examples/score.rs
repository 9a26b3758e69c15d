//! Scores a response natively: `cargo run --example score -- response.json` prints the result document that the page exports.
//!
//! Both documents have a schema (`content/schema/`). Whatever is wrong with the input is said with its place, and the exit code is 1.

use std::process::ExitCode;
use std::{env, fs};

use delineate::core::content::Content;
use delineate::core::pack::{Parts, assemble};
use delineate::core::response::Response;
use delineate::core::result::ResultDocument;

const SCHEMA: &str = include_str!("../content/schema/response.schema.json");

fn content() -> Result<Content, String> {
    let parts = Parts {
        instrument: include_str!("../content/instrument.json"),
        steps: include_str!("../content/en/steps.json"),
        domains: include_str!("../content/en/domains.json"),
        report: include_str!("../content/en/report.json"),
        interface: include_str!("../content/en/interface.json"),
    };
    let pack = assemble("en", &parts).map_err(|problem| problem.to_string())?;
    Content::parse(&pack).map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        lines.join("\n")
    })
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

fn run() -> Result<String, String> {
    let usage = "usage: cargo run --example score -- response.json";
    let path = env::args().nth(1).ok_or(usage)?;
    let about = |problem: String| {
        let lines: Vec<String> = problem
            .lines()
            .map(|line| format!("{path}: {line}"))
            .collect();
        lines.join("\n")
    };
    let text = fs::read_to_string(&path).map_err(|error| about(error.to_string()))?;
    check_schema(&text).map_err(about)?;
    let content = content()?;
    let response =
        Response::parse(&text, &content).map_err(|problem| about(problem.to_string()))?;
    Ok(ResultDocument::new(&content, &response).to_json())
}

fn main() -> ExitCode {
    match run() {
        Ok(result) => {
            print!("{result}");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}
