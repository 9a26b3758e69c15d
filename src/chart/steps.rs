//! A group of steps as bars, 0 to 100.

use super::{turned, turned_at};
use crate::dom::{Node, node, text};

pub struct Bar {
    pub label: String,
    /// 0 to 100; absent when there is not enough to show.
    pub value: Option<i64>,
    /// What stands at the end of the row: the value, or why there is none.
    pub note: String,
}

const ROW: usize = 46;

pub fn bars(title: &str, bars: &[Bar]) -> Node {
    let row = |(index, bar): (usize, &Bar)| {
        let top = index * ROW;
        let strip = |class: &'static str, percent: i64| {
            node("rect")
                .class(class)
                .number("x", 0)
                .number("y", top + 24)
                .percent("width", percent)
                .number("height", 8)
                .number("rx", 4)
        };
        node("g")
            .add(turned(
                text("text", "label", &bar.label).number("y", top + 16),
            ))
            .add(turned_at(
                100,
                "end",
                text("text", "value", &bar.note).number("y", top + 16),
            ))
            .add(strip("track", 100))
            .add_if(bar.value.map(|value| strip("fill", value)))
    };
    super::drawing("bars", title, bars.len() * ROW).all(bars.iter().enumerate().map(row))
}
