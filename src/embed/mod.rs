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
use web_sys::Element;

use crate::core::content::{Content, Problem};

/// One line for each problem.
fn lines(problems: &[Problem]) -> String {
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

/// Says in which language what is drawn in `root` is, and in which direction that is written, whatever the page around it says.
/// Read by assistive technology, by the browser's hyphenation and by the styles.
fn speak(root: &Element, content: &Content) {
    // An element always takes an attribute of a valid name.
    let _ = root.set_attribute("lang", &content.lang);
    let _ = root.set_attribute("dir", content.direction());
}

fn refused(problems: Vec<Problem>) -> JsError {
    JsError::new(&lines(&problems))
}
