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

/// A text that starts at the edge of the chart, in a group that a mirrored chart turns back about that edge (`charts.css`): a text by
/// itself WebKit turns about another place.
fn turned(text: Node) -> Node {
    node("g").class("turned").add(text)
}

/// A text anchored at a place across, in percent. The place is the origin of a viewport of its own, so that the text is turned back
/// about its anchor however wide its letters are set; the box of a text is another one in each browser.
fn turned_at(across: i64, anchor: &'static str, text: Node) -> Node {
    node("svg")
        .percent("x", across)
        .set("overflow", "visible")
        .add(turned(text.set("text-anchor", anchor)))
}

fn drawing(class: &'static str, title: &str, height: usize) -> Node {
    node("svg")
        .class(class)
        .set("role", "img")
        .set("aria-label", title)
        .percent("width", 100)
        .number("height", height)
}
