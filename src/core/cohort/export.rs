//! What leaves a cohort: its rows as NDJSON and CSV, and a benchmark for a host's page.

use serde_json::{Map, Value};

use super::super::benchmark::Benchmark;
use super::super::content::Problem;
use super::super::read::{Read, Reader};
use super::row::Row;
use super::{Cohort, Filter, Group};

/// The `format` of a row (`content/schema/cohort-row.schema.json`).
pub const ROW_FORMAT: &str = "delineate-cohort-row";
/// The version of the rows that this code writes.
pub const ROW_VERSION: u32 = 1;

/// A row by the content's ids, field by field in the order in which it is written. No name is a reserved word of SQL, as
/// *row* and *overlaps* are.
struct Fields<'a> {
    /// Place of the row and of the one that it repeats, from 1.
    numbers: [(&'static str, Option<usize>); 2],
    said: [(&'static str, Option<&'a str>); 2],
    scores: [(&'static str, Option<usize>); 3],
    band: Option<&'a str>,
    steps: Vec<(&'a str, Option<usize>)>,
    owners: Vec<(&'a str, Option<&'a str>)>,
    unclear: [(&'static str, Option<usize>); 2],
}

impl Cohort {
    fn fields<'a>(&'a self, place: usize, row: &Row) -> Fields<'a> {
        let instrument = &self.content.instrument;
        let number = |score: Option<u8>| score.map(usize::from);
        let seat = row
            .seat
            .map(|seat| instrument.seats[usize::from(seat)].as_str());
        let structure = row
            .structure
            .map(|structure| &instrument.structures[usize::from(structure)]);
        let band = row
            .band
            .map(|band| &instrument.scoring.bands[usize::from(band)]);
        let steps = instrument.steps.iter().zip(&row.steps);
        let domains = instrument.domains.iter().zip(&row.owners);
        Fields {
            numbers: [
                ("row_number", Some(place + 1)),
                (
                    "duplicate_of",
                    row.duplicate_of.map(|first| first as usize + 1),
                ),
            ],
            said: [
                ("seat", seat),
                (
                    "structure",
                    structure.map(|structure| structure.id.as_str()),
                ),
            ],
            scores: [
                ("score", number(row.score)),
                ("practice", number(row.practice)),
                ("delineation", number(row.delineation)),
            ],
            band: band.map(|band| band.id.as_str()),
            steps: steps
                .map(|(step, score)| (step.id.as_str(), number(*score)))
                .collect(),
            owners: domains
                .map(|(domain, owner)| (domain.id.as_str(), owner.id(instrument)))
                .collect(),
            unclear: [
                ("gap_count", Some(row.gaps())),
                ("overlap_count", Some(row.overlaps())),
            ],
        }
    }

    fn numbered(&self, filter: Filter) -> impl Iterator<Item = Fields<'_>> {
        let rows = self.rows.iter().enumerate();
        rows.filter(move |(_, row)| filter.takes(row))
            .map(|(place, row)| self.fields(place, row))
    }

    /// The rows that a filter takes, each as one line of NDJSON with its line end.
    ///
    /// Rows are about single respondents: whoever hands them on hands on what those said, without a name.
    pub fn ndjson(&self, filter: Filter) -> impl Iterator<Item = String> {
        let scoring = self.content.instrument.scoring.version.to_string();
        let content = self.content.reference();
        let version = ROW_VERSION.to_string();
        let head = [
            "{\"format\":\"",
            ROW_FORMAT,
            "\",\"version\":",
            &version,
            ",\"content\":\"",
            &content.id,
            "\",\"content_version\":\"",
            &content.version,
            "\",\"scoring_version\":",
            &scoring,
        ]
        .concat();
        self.numbered(filter).map(move |fields| {
            let mut line = head.clone();
            for (name, value) in fields.numbers {
                number(&mut line, name, value);
            }
            for (name, value) in fields.said {
                word(&mut line, name, value);
            }
            for (name, value) in fields.scores {
                number(&mut line, name, value);
            }
            word(&mut line, "band", fields.band);
            line.push_str(",\"steps\":{");
            for (name, value) in fields.steps {
                number(&mut line, name, value);
            }
            line.push_str("},\"owners\":{");
            for (name, value) in fields.owners {
                word(&mut line, name, value);
            }
            line.push('}');
            for (name, value) in fields.unclear {
                number(&mut line, name, value);
            }
            line.push_str("}\n");
            line
        })
    }

    /// The rows that a filter takes as CSV (RFC 4180), a header line first; each with its line end.
    pub fn csv(&self, filter: Filter) -> impl Iterator<Item = String> {
        let instrument = &self.content.instrument;
        let mut names: Vec<String> = ["row_number", "duplicate_of", "seat", "structure"]
            .map(String::from)
            .into();
        names.extend(["score", "practice", "delineation", "band"].map(String::from));
        names.extend(
            instrument
                .steps
                .iter()
                .map(|step| ["steps.", &step.id].concat()),
        );
        names.extend(
            instrument
                .domains
                .iter()
                .map(|one| ["owners.", &one.id].concat()),
        );
        names.extend(["gap_count", "overlap_count"].map(String::from));
        let lines = self.numbered(filter).map(|fields| {
            let digits =
                |value: Option<usize>| value.map_or(String::new(), |value| value.to_string());
            let text = |value: Option<&str>| value.unwrap_or_default().to_string();
            let mut cells: Vec<String> = Vec::new();
            cells.extend(fields.numbers.map(|(_, value)| digits(value)));
            cells.extend(fields.said.map(|(_, value)| text(value)));
            cells.extend(fields.scores.map(|(_, value)| digits(value)));
            cells.push(text(fields.band));
            cells.extend(fields.steps.into_iter().map(|(_, value)| digits(value)));
            cells.extend(fields.owners.into_iter().map(|(_, value)| text(value)));
            cells.extend(fields.unclear.map(|(_, value)| digits(value)));
            csv_line(&cells)
        });
        std::iter::once(csv_line(&names)).chain(lines)
    }

    /// A benchmark of the respondents that a filter takes, which a host's page can show beside a score.
    ///
    /// `source` and `date` say whose scores these are and when they were given. Refused, with the reasons, for a group
    /// that is suppressed, for fewer than [`super::super::benchmark::FEWEST`] scores, and for texts that do not fit.
    pub fn benchmark(
        &self,
        filter: Filter,
        source: &str,
        date: &str,
    ) -> Result<String, Vec<Problem>> {
        let problem = |place: &str, reason: &str| {
            vec![Problem {
                place: place.into(),
                reason: reason.into(),
            }]
        };
        let Group::Shown(statistics) = self.statistics(filter) else {
            return Err(problem("", "the group is too small to be shown"));
        };
        let few = || problem("/n", "a benchmark needs at least 10 respondents");
        let summary = statistics.score.summary.ok_or_else(few)?;
        let document = [
            ("n", statistics.score.n.into()),
            ("mean", summary.mean.round().into()),
            ("sd", summary.variance.root().into()),
            ("source", source.trim().into()),
            ("date", date.trim().into()),
        ];
        let document = document
            .into_iter()
            .map(|(name, value)| (name.into(), value));
        let document: Value = Value::Object(document.collect::<Map<String, Value>>());
        let mut reader = Reader::default();
        Benchmark::read(&document, &mut reader);
        if reader.problems.is_empty() {
            Ok(document.to_string())
        } else {
            Err(reader.problems)
        }
    }
}

/// Begins a field of a JSON object; names are the content's ids, which need no escape.
fn field(line: &mut String, name: &str) {
    if !line.ends_with('{') {
        line.push(',');
    }
    line.push('"');
    line.push_str(name);
    line.push_str("\":");
}

fn number(line: &mut String, name: &str, value: Option<usize>) {
    field(line, name);
    match value {
        Some(value) => line.push_str(&value.to_string()),
        None => line.push_str("null"),
    }
}

fn word(line: &mut String, name: &str, value: Option<&str>) {
    field(line, name);
    match value {
        Some(value) => line.push_str(&["\"", value, "\""].concat()),
        None => line.push_str("null"),
    }
}

fn csv_line(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| csv_cell(cell)).collect();
    cells.join(",") + "\r\n"
}

/// A cell that no spreadsheet takes for a formula, quoted where RFC 4180 asks for it.
fn csv_cell(text: &str) -> String {
    let mut cell = String::new();
    // A leading apostrophe makes a text of it, whatever follows.
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        cell.push('\'');
    }
    cell.push_str(text);
    if cell.contains(['"', ',', '\r', '\n']) {
        cell = ["\"", &cell.replace('"', "\"\""), "\""].concat();
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        for (text, cell) in [
            ("", ""),
            ("plain-id", "plain-id"),
            ("a,b", "\"a,b\""),
            ("say \"so\"", "\"say \"\"so\"\"\""),
            ("two\r\nlines", "\"two\r\nlines\""),
        ] {
            assert_eq!(csv_cell(text), cell);
        }
    }

    #[test]
    fn no_cell_is_a_formula() {
        for (text, cell) in [
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "\"'\r=1\""),
            (
                "=HYPERLINK(\"x\",\"y\")",
                "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"",
            ),
        ] {
            assert_eq!(csv_cell(text), cell);
        }
    }
}
