//! How several people see a group of domains: one lane for each kind of owner, on it the numbers of those who named that owner.

use super::{Lane, turned, turned_at};
use crate::dom::{Node, node, text};

/// What people put on one lane.
pub struct Stop {
    pub lane: usize,
    /// Their numbers, or how many they are.
    pub label: String,
}

pub struct ViewsRow {
    pub label: String,
    /// How the domain is seen, in a word.
    pub kind: String,
    /// Whether that is a difference.
    pub apart: bool,
    pub stops: Vec<Stop>,
}

const HEAD: usize = 22;
const ROW: usize = 72;
/// Half the height of a mark, and half the width that a character adds to it.
const RADIUS: usize = 10;
const CHARACTER: usize = 4;

pub fn views(title: &str, lanes: &[Lane], rows: &[ViewsRow]) -> Node {
    // The middle of a lane, in percent of the width.
    let middle = |lane: usize| ((2 * lane + 1) * 100 / (2 * lanes.len())) as i64;
    let head = |(index, lane): (usize, &Lane)| {
        node("g").class(lane.class).add(turned_at(
            middle(index),
            "middle",
            text("text", "head", &lane.name).number("y", 12),
        ))
    };
    let row = |(index, row): (usize, &ViewsRow)| {
        let top = HEAD + index * ROW;
        let y = top + 50;
        let dot = |lane| {
            node("circle")
                .class("stop")
                .percent("cx", middle(lane))
                .number("cy", y)
                .number("r", 2)
        };
        let stop = |stop: &Stop| {
            let half = RADIUS + CHARACTER * stop.label.chars().count().saturating_sub(1);
            let shape = node("rect")
                .set("x", &["-", &half.to_string()].concat())
                .set("y", &["-", &RADIUS.to_string()].concat())
                .number("width", 2 * half)
                .number("height", 2 * RADIUS)
                .number("rx", RADIUS);
            node("svg")
                .class(&["people-mark ", lanes[stop.lane].class].concat())
                .percent("x", middle(stop.lane))
                .number("y", y)
                .set("overflow", "visible")
                .add(shape)
                .add(turned(
                    text("text", "", &stop.label)
                        .set("text-anchor", "middle")
                        .set("dy", "0.35em"),
                ))
        };
        let class = if row.apart { "apart" } else { "" };
        node("g")
            .class(class)
            .add(turned(
                text("text", "label", &row.label).number("y", top + 15),
            ))
            .add(turned(
                text("text", "kind", &row.kind).number("y", top + 32),
            ))
            .add(
                node("line")
                    .class("rail")
                    .number("x1", 0)
                    .percent("x2", 100)
                    .number("y1", y)
                    .number("y2", y),
            )
            .all((0..lanes.len()).map(dot))
            .all(row.stops.iter().map(stop))
    };
    super::drawing("lanes views", title, HEAD + rows.len() * ROW)
        .all(lanes.iter().enumerate().map(head))
        .all(rows.iter().enumerate().map(row))
}
