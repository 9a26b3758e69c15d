//! The score on its scale: bands, the range that open answers leave, and the score itself.

use super::turned_at;
use crate::dom::{Node, node, text};

/// A band on the scale.
pub struct Segment {
    pub name: String,
    /// From and to, 0 to 100.
    pub from: i64,
    pub to: i64,
    pub current: bool,
}

/// `range` is the lowest and the highest score still possible, `benchmark` the mean of others.
pub fn scale(
    title: &str,
    bands: &[Segment],
    score: Option<i64>,
    range: Option<(i64, i64)>,
    benchmark: Option<i64>,
) -> Node {
    let segment = |band: &Segment| {
        let class = if band.current { "band current" } else { "band" };
        node("g")
            .class(class)
            .add(
                node("rect")
                    .percent("x", band.from)
                    .percent("width", band.to - band.from)
                    .number("y", 24)
                    .number("height", 14),
            )
            .add(turned_at(
                (band.from + band.to) / 2,
                "middle",
                text("text", "", &band.name).number("y", 65),
            ))
    };
    let edge = |band: &Segment| {
        node("line")
            .class("edge")
            .percent("x1", band.from)
            .percent("x2", band.from)
            .number("y1", 24)
            .number("y2", 44)
    };
    let span = range.filter(|(low, high)| low < high).map(|(low, high)| {
        node("rect")
            .class("range")
            .percent("x", low)
            .percent("width", high - low)
            .number("y", 12)
            .number("height", 6)
            .number("rx", 3)
    });
    let needle = score.map(|score| {
        node("svg")
            .class("needle")
            .percent("x", score)
            .set("overflow", "visible")
            .add(node("path").set("d", "M0 42 L-6 51 L6 51 Z"))
            .add(node("path").class("line").set("d", "M0 8 V44"))
    });
    let mean = benchmark.map(|mean| {
        node("line")
            .class("mean")
            .percent("x1", mean)
            .percent("x2", mean)
            .number("y1", 18)
            .number("y2", 44)
    });
    super::drawing("scale", title, 75)
        .all(bands.iter().map(segment))
        .all(bands.iter().skip(1).map(edge))
        .add_if(span)
        .add_if(mean)
        .add_if(needle)
}
