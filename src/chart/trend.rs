//! Scores over time: one point for each result, oldest first, 0 to 100. The results stand at equal distances; their days are in the
//! table beside it.

use super::{turned, turned_at};
use crate::dom::{Node, node, text};

/// One line of a trend.
pub struct Line {
    pub label: String,
    /// What stands at the end of the row.
    pub note: String,
    /// 0 to 100; absent where there was not enough to show.
    pub values: Vec<Option<i64>>,
}

/// Where a line is drawn: its upper edge and its height, in pixels.
#[derive(Clone, Copy)]
struct Strip {
    top: usize,
    height: usize,
}

const HEAD: usize = 22;
const PLOT: usize = 120;
const ROW: usize = 64;
const ROW_PLOT: usize = 26;

/// The place of a point across, in percent; the first and the last keep clear of the edges.
fn across(index: usize, count: usize) -> i64 {
    match count {
        0 | 1 => 50,
        _ => (4 + 92 * index / (count - 1)) as i64,
    }
}

impl Strip {
    fn down(self, value: i64) -> usize {
        let value = value.clamp(0, 100) as usize;
        self.top + self.height - value * self.height / 100
    }

    fn draw(self, values: &[Option<i64>]) -> Node {
        let count = values.len();
        let points: Vec<(i64, usize)> = values
            .iter()
            .enumerate()
            .filter_map(|(index, value)| Some((across(index, count), self.down((*value)?))))
            .collect();
        let neighbours = values.windows(2).enumerate();
        let lines = neighbours.filter_map(|(index, pair)| {
            let (from, to) = (pair[0]?, pair[1]?);
            Some(
                node("line")
                    .class("way")
                    .percent("x1", across(index, count))
                    .number("y1", self.down(from))
                    .percent("x2", across(index + 1, count))
                    .number("y2", self.down(to)),
            )
        });
        let points = points.iter().map(|(x, y)| {
            node("circle")
                .class("point")
                .percent("cx", *x)
                .number("cy", *y)
                .number("r", 4)
        });
        node("g").all(lines).all(points)
    }

    fn rail(self, value: i64) -> Node {
        node("line")
            .class("rail")
            .number("x1", 0)
            .percent("x2", 100)
            .number("y1", self.down(value))
            .number("y2", self.down(value))
    }
}

/// One line, with the edges of the bands behind it. `ends` are what stands below the first and the last point.
pub fn trend(title: &str, line: &Line, edges: &[i64], ends: [&str; 2]) -> Node {
    let strip = Strip {
        top: HEAD,
        height: PLOT,
    };
    let below = HEAD + PLOT + 20;
    let end = |words: &str, x: i64, anchor: &'static str| {
        turned_at(x, anchor, text("text", "label", words).number("y", below))
    };
    super::drawing("trend", title, below + 8)
        .add(turned(text("text", "label", &line.label).number("y", 12)))
        .add(turned_at(
            100,
            "end",
            text("text", "value", &line.note).number("y", 12),
        ))
        .add(strip.rail(0))
        .all(edges.iter().map(|edge| strip.rail(*edge)))
        .add(strip.rail(100))
        .add(strip.draw(&line.values))
        .add(end(ends[0], 0, "start"))
        .add(end(ends[1], 100, "end"))
}

/// One small line for each row.
pub fn trends(title: &str, rows: &[Line]) -> Node {
    let row = |(index, line): (usize, &Line)| {
        let top = index * ROW;
        let strip = Strip {
            top: top + 26,
            height: ROW_PLOT,
        };
        node("g")
            .add(turned(
                text("text", "label", &line.label).number("y", top + 16),
            ))
            .add(turned_at(
                100,
                "end",
                text("text", "value", &line.note).number("y", top + 16),
            ))
            .add(strip.rail(0))
            .add(strip.draw(&line.values))
    };
    super::drawing("trend", title, rows.len() * ROW).all(rows.iter().enumerate().map(row))
}
