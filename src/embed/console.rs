//! The module for those who read many respondents at once. It draws nothing: a worker of the page calls it.

use std::rc::Rc;

use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::{lines, refused};
use crate::core::cohort::{Cohort, Filter, Ingest, MOST_ROWS, Outcome, Pick, Tally, Verdict};
use crate::core::content::Content;

/// Of how many refused respondents the reason is kept, and of how many repeated ones where the first was.
const MOST_NOTES: usize = 100;
/// The bytes, more or less, of one part of an export.
const PART: usize = 64 * 1024;

/// A cohort and how far its documents have been read.
#[wasm_bindgen]
pub struct Console {
    cohort: Cohort,
    /// Whether repeated documents count as respondents of their own.
    repeated: bool,
    reading: Option<Reading>,
    documents: Vec<Document>,
    notes: [usize; 2],
}

struct Reading {
    ingest: Ingest,
    /// How many rows there were before.
    rows: usize,
    document: Document,
    /// What is noted of the documents before, by kind, and of this one.
    notes: [usize; 2],
}

/// What became of a document.
#[derive(Serialize)]
struct Document {
    name: String,
    accepted: usize,
    repeated: usize,
    refused: usize,
    notes: Vec<Note>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Note {
    Refused {
        line: usize,
        reason: String,
    },
    Repeated {
        line: usize,
        /// Name and line of the document that had these answers first.
        first: String,
        first_line: u32,
    },
}

#[wasm_bindgen]
impl Console {
    /// Nobody yet. The content comes in its two parts. Fails with one line for each problem.
    #[wasm_bindgen(constructor)]
    pub fn new(early: &str, late: &str) -> Result<Console, JsError> {
        let content = Content::load_parts(early, late).map_err(refused)?;
        Ok(Console {
            cohort: Cohort::new(&Rc::new(content)),
            repeated: false,
            reading: None,
            documents: Vec::new(),
            notes: [0; 2],
        })
    }

    /// The most respondents of one cohort.
    pub fn most_rows() -> usize {
        MOST_ROWS
    }

    /// The fewest respondents that are shown together.
    pub fn smallest_group(&self) -> usize {
        self.cohort.content().instrument.smallest_group()
    }

    /// Begins to read a document; one that was not read to its end is cancelled.
    pub fn begin(&mut self, name: &str) {
        self.cancel();
        self.reading = Some(Reading {
            ingest: self.cohort.ingest(name),
            rows: self.cohort.rows().len(),
            document: Document {
                name: name.into(),
                accepted: 0,
                repeated: 0,
                refused: 0,
                notes: Vec::new(),
            },
            notes: self.notes,
        });
    }

    /// Adds the next bytes of the document.
    pub fn feed(&mut self, chunk: &[u8]) {
        if let Some(reading) = &mut self.reading {
            reading.ingest.feed(chunk);
        }
    }

    /// Says that nothing more will be fed.
    pub fn end(&mut self) {
        if let Some(reading) = &mut self.reading {
            reading.ingest.end();
        }
    }

    /// Reads at most this many lines of what was fed, and gives how many bytes of the document have been read; nothing when
    /// all of it has been. The same number twice: feed more.
    pub fn step(&mut self, lines: usize) -> Option<usize> {
        let reading = self.reading.as_mut()?;
        for verdict in reading.ingest.step(&mut self.cohort, lines) {
            reading.note(&self.cohort, verdict);
        }
        if !reading.ingest.is_done() {
            return Some(reading.ingest.read());
        }
        let reading = self.reading.take()?;
        self.notes = reading.notes;
        self.documents.push(reading.finished());
        None
    }

    /// Forgets the document that is being read. Those before it stay.
    pub fn cancel(&mut self) {
        if let Some(reading) = self.reading.take() {
            self.cohort.truncate(reading.rows);
        }
    }

    /// Whether repeated documents count as respondents of their own, in all that follows.
    pub fn count_repeated(&mut self, repeated: bool) {
        self.repeated = repeated;
    }

    /// What became of the documents from this one on, in the order in which they were read to their end; a JSON list.
    pub fn verdicts(&self, from: usize) -> Result<String, JsError> {
        json(self.documents.get(from..).unwrap_or_default())
    }

    /// Statistics of a group as JSON, or that it is suppressed. Nothing stands for every seat or structure, an empty text
    /// for those who did not say. Fails on an id that the content does not have.
    pub fn statistics(
        &self,
        seat: Option<String>,
        structure: Option<String>,
    ) -> Result<String, JsError> {
        let filter = Filter {
            seat: pick(seat, |id| self.cohort.seat(id))?,
            structure: pick(structure, |id| self.cohort.structure(id))?,
            ..self.everybody()
        };
        json(&self.cohort.statistics(filter))
    }

    /// Everybody's rows as CSV, in parts to be put together.
    pub fn csv(&self) -> Vec<String> {
        parts(self.cohort.csv(self.everybody()))
    }

    /// Everybody's rows as NDJSON, in parts to be put together.
    pub fn ndjson(&self) -> Vec<String> {
        parts(self.cohort.ndjson(self.everybody()))
    }

    /// A benchmark of everybody as JSON. Fails with one line for each reason why there is none.
    pub fn benchmark(&self, source: &str, date: &str) -> Result<String, JsError> {
        let benchmark = self.cohort.benchmark(self.everybody(), source, date);
        benchmark.map_err(|problems| JsError::new(&lines(&problems)))
    }

    fn everybody(&self) -> Filter {
        Filter {
            duplicates: self.repeated,
            ..Filter::default()
        }
    }
}

impl Reading {
    fn note(&mut self, cohort: &Cohort, verdict: Verdict) {
        let line = verdict.line;
        let (kind, note) = match verdict.outcome {
            Outcome::Accepted(_) => return,
            Outcome::Refused(_) if self.notes[0] >= MOST_NOTES => return,
            Outcome::Duplicate { .. } if self.notes[1] >= MOST_NOTES => return,
            Outcome::Refused(refusal) => {
                let reason = refusal.to_string();
                (0, Note::Refused { line, reason })
            }
            Outcome::Duplicate { of, .. } => {
                let first = cohort.document(of).to_string();
                let first_line = of.line;
                (
                    1,
                    Note::Repeated {
                        line,
                        first,
                        first_line,
                    },
                )
            }
        };
        self.notes[kind] += 1;
        self.document.notes.push(note);
    }

    fn finished(self) -> Document {
        let Tally {
            accepted,
            duplicates,
            refused,
        } = self.ingest.tally();
        Document {
            accepted,
            repeated: duplicates,
            refused,
            ..self.document
        }
    }
}

fn pick(said: Option<String>, find: impl Fn(&str) -> Option<Pick>) -> Result<Pick, JsError> {
    match said.as_deref() {
        None => Ok(Pick::All),
        Some("") => Ok(Pick::Only(None)),
        Some(id) => {
            find(id).ok_or_else(|| JsError::new(&["the content has no \"", id, "\""].concat()))
        }
    }
}

fn json(value: &(impl Serialize + ?Sized)) -> Result<String, JsError> {
    serde_json::to_string(value).map_err(|error| JsError::new(&error.to_string()))
}

fn parts(lines: impl Iterator<Item = String>) -> Vec<String> {
    let mut parts = vec![String::new()];
    for line in lines {
        if parts.last().is_none_or(|part| part.len() >= PART) {
            parts.push(String::with_capacity(PART + line.len()));
        }
        if let Some(part) = parts.last_mut() {
            part.push_str(&line);
        }
    }
    parts
}
