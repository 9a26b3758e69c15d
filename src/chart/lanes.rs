//! A group of domains on lanes: one lane for each kind of owner, one mark for each domain.

use super::{turned, turned_at};
use crate::dom::{Node, node, text};

/// A column of the map.
#[derive(Clone, PartialEq)]
pub struct Lane {
    pub name: String,
    pub class: &'static str,
}

/// How an answer is drawn. Shapes differ as well as colours.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// One owner: a disc.
    Owned,
    /// Both, split in writing: a disc cut in two.
    Split,
    /// Both, no agreed split: two rings across each other.
    Overlap,
    /// Nobody: a broken ring.
    Gap,
    /// Nobody could name the owner: a question mark before the lanes.
    Unknown,
}

pub struct LaneRow {
    pub label: String,
    /// The mark and its lane, if it lies on one; absent while there is no answer, and then only the lanes are drawn.
    pub mark: Option<(Option<usize>, Mark)>,
}

const HEAD: usize = 22;
const ROW: usize = 46;

pub fn lanes(title: &str, lanes: &[Lane], rows: &[LaneRow]) -> Node {
    // The middle of a lane, in percent of the width.
    let middle = |lane: usize| ((2 * lane + 1) * 100 / (2 * lanes.len())) as i64;
    let head = |(index, lane): (usize, &Lane)| {
        node("g").class(lane.class).add(turned_at(
            middle(index),
            "middle",
            text("text", "head", &lane.name).number("y", 12),
        ))
    };
    let row = |(index, row): (usize, &LaneRow)| {
        let top = HEAD + index * ROW;
        let y = top + 31;
        let stop = |lane| {
            node("circle")
                .class("stop")
                .percent("cx", middle(lane))
                .number("cy", y)
                .number("r", 2)
        };
        let mark = row.mark.map(|(lane, mark)| {
            let class = lane.map_or("no-lane", |lane| lanes[lane].class);
            node("svg")
                .class(&["mark ", class].concat())
                .percent("x", lane.map_or(0, middle))
                .number("y", y)
                .set("overflow", "visible")
                .all(draw(mark))
        });
        node("g")
            .add(turned(
                text("text", "label", &row.label).number("y", top + 15),
            ))
            .add(
                node("line")
                    .class("rail")
                    .number("x1", 0)
                    .percent("x2", 100)
                    .number("y1", y)
                    .number("y2", y),
            )
            .all((0..lanes.len()).map(stop))
            .add_if(mark)
    };
    super::drawing("lanes", title, HEAD + rows.len() * ROW)
        .all(lanes.iter().enumerate().map(head))
        .all(rows.iter().enumerate().map(row))
}

fn draw(mark: Mark) -> Vec<Node> {
    let disc = |class: &'static str| node("circle").class(class).number("r", 8);
    let path = |class: &'static str, way: &str| node("path").class(class).set("d", way);
    match mark {
        Mark::Owned => vec![disc("owned")],
        Mark::Split => vec![
            path("half first", "M-1.5 -8 A8 8 0 0 0 -1.5 8 Z"),
            path("half second", "M1.5 -8 A8 8 0 0 1 1.5 8 Z"),
        ],
        Mark::Overlap => vec![
            disc("ring").set("cx", "-4.5"),
            disc("ring").set("cx", "4.5"),
        ],
        Mark::Gap => vec![disc("broken")],
        Mark::Unknown => vec![
            node("svg")
                .number("x", 9)
                .set("overflow", "visible")
                .add(disc("unknown"))
                .add(turned(text("text", "doubt", "?").number("y", 4))),
        ],
    }
}
