//! The functions that the element's scripts call: the whole of what JavaScript sees of the wasm.
//!
//! There are several modules, so that a visitor fetches only what the page at hand needs. Each is this crate with one feature.

#[cfg(feature = "console")]
mod console;
#[cfg(feature = "widget")]
mod desk;
#[cfg(feature = "pack")]
mod pack;
#[cfg(feature = "widget")]
mod widget;

use wasm_bindgen::JsError;

use crate::core::content::Problem;

/// One line for each problem.
fn lines(problems: &[Problem]) -> String {
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

fn refused(problems: Vec<Problem>) -> JsError {
    JsError::new(&lines(&problems))
}
