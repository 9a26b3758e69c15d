//! Scores a response natively: `cargo run --example score -- response.json` prints the result document that the page exports.
//!
//! Both documents have a schema (`content/schema/`). Whatever is wrong with the input is said with its place, and the exit code is 1.

mod input;

use std::env;
use std::process::ExitCode;

use delineate::core::result::ResultDocument;

fn run() -> Result<String, String> {
    let usage = "usage: cargo run --example score -- response.json";
    let path = env::args().nth(1).ok_or(usage)?;
    let content = input::content()?;
    let response = input::response(&path, &content)?;
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
