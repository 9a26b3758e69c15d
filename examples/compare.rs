//! Compares responses natively: `cargo run --example compare -- cto.json cio.json` prints the comparison document of two to twelve
//! responses (`content/schema/comparison.schema.json`). Each respondent is called as their file is, without its ending.
//!
//! Whatever is wrong with the input is said with its place, and the exit code is 1.

mod common;

use std::env;
use std::path::Path;
use std::process::ExitCode;

use delineate::core::compare::{Comparison, FEWEST, MOST, Participant};
use delineate::core::response::Response;

fn run() -> Result<String, String> {
    let paths: Vec<String> = env::args().skip(1).collect();
    if !(FEWEST..=MOST).contains(&paths.len()) {
        let usage = "usage: cargo run --example compare -- response.json response.json …";
        return Err(format!("{usage} ({FEWEST} to {MOST} files)"));
    }
    let content = common::content()?;
    let responses: Vec<Response> = paths
        .iter()
        .map(|path| common::response(&content, path))
        .collect::<Result<_, _>>()?;
    let names: Vec<String> = paths
        .iter()
        .map(|path| {
            let stem = Path::new(path).file_stem().unwrap_or_default();
            stem.to_string_lossy().into_owned()
        })
        .collect();
    let participants: Vec<Participant> = names
        .iter()
        .zip(&responses)
        .map(|(name, response)| Participant { name, response })
        .collect();
    let comparison =
        Comparison::new(&content, &participants).map_err(|problem| problem.to_string())?;
    Ok(comparison.to_json())
}

fn main() -> ExitCode {
    match run() {
        Ok(comparison) => {
            print!("{comparison}");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}
