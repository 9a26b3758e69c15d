//! Inline SVG from numbers. Positions across are in percent and heights in pixels, so that text keeps its size on every
//! width. Every chart carries a title; the page that shows it puts a table beside it.

mod lanes;
#[cfg(target_arch = "wasm32")]
mod qr;
mod scale;
mod steps;
mod trend;
mod views;

pub use lanes::{Lane, LaneRow, Mark, lanes};
#[cfg(target_arch = "wasm32")]
pub use qr::qr;
pub use scale::{Segment, scale};
pub use steps::{Bar, bars};
pub use trend::{Line, trend, trends};
pub use views::{Stop, ViewsRow, views};

use crate::dom::{Node, node};

/// A text in a group of its own, which a mirrored chart turns back (`charts.css`): a text by itself WebKit turns about a place near the
/// edge of the chart.
fn turned(text: Node) -> Node {
    node("g").class("turned").add(text)
}

fn drawing(class: &'static str, title: &str, height: usize) -> Node {
    node("svg")
        .class(class)
        .set("role", "img")
        .set("aria-label", title)
        .percent("width", 100)
        .number("height", height)
}
