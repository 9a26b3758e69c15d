//! Earlier results of one device: responses with a name and a day, as one document (`content/schema/history.schema.json`).
//!
//! Reading is total: whatever a document holds, what can be kept is kept, and the rest is told of.

use serde_json::{Map, Value};

use super::content::Content;
use super::date::Date;
use super::export::digest;
use super::response::Response;

/// The value of the document's `format`.
pub const FORMAT: &str = "delineate-history";
/// The version of the document that this code reads and writes.
pub const VERSION: u32 = 1;
/// How many results are kept at most.
pub const MOST: usize = 50;
/// How many characters a name has at most.
pub const MOST_NAME: usize = 60;
/// A file of more bytes is not even read: fifty responses take a third of that.
pub const MOST_BYTES: usize = 1_000_000;

/// A saved result.
#[derive(Clone, PartialEq, Debug)]
pub struct Snapshot {
    /// Unique within a history; made of the day and the answers, so that it is the same wherever the same result is saved.
    pub id: String,
    /// 1 to [`MOST_NAME`] characters on one line, as [`name`] makes them.
    pub name: String,
    /// The day on which it was saved.
    pub date: Date,
    pub answers: Answers,
}

#[derive(Clone, PartialEq, Debug)]
pub enum Answers {
    Read(Response),
    /// A response that the content at hand cannot read, kept as it came: it may be one to another version of the questions.
    Foreign(Value),
}

impl Snapshot {
    pub fn response(&self) -> Option<&Response> {
        match &self.answers {
            Answers::Read(response) => Some(response),
            Answers::Foreign(_) => None,
        }
    }

    /// Whether the other is the same result, whatever it is called.
    fn is(&self, other: &Snapshot) -> bool {
        self.date == other.date && self.answers == other.answers
    }
}

impl Answers {
    fn value(&self) -> Value {
        match self {
            Answers::Read(response) => {
                serde_json::to_value(response).expect("a response has only string keys")
            }
            Answers::Foreign(value) => value.clone(),
        }
    }

    fn of(value: &Value, content: &Content) -> Answers {
        match Response::parse(&value.to_string(), content) {
            Ok(response) => Answers::Read(response),
            Err(_) => Answers::Foreign(value.clone()),
        }
    }
}

/// A name as it is kept: on one line, without spaces around it, cut after [`MOST_NAME`] characters. Nothing when nothing is left.
pub fn name(text: &str) -> Option<String> {
    let plain = |c: char| if c.is_control() { ' ' } else { c };
    let line: String = text.chars().map(plain).collect();
    let cut: String = line.trim().chars().take(MOST_NAME).collect();
    let name = cut.trim_end();
    (!name.is_empty()).then(|| name.into())
}

/// Saved results, oldest first; among those of one day, in the order in which they were saved.
#[derive(Clone, Default, PartialEq, Debug)]
pub struct History {
    snapshots: Vec<Snapshot>,
}

/// What reading a document gave.
#[derive(Clone, PartialEq, Debug)]
pub struct Reading {
    pub history: History,
    /// Whether the document is damaged, or of a later version: then it holds more than the history that was read.
    pub damaged: bool,
}

/// Why a result was not saved.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refused {
    /// There are [`MOST`] already.
    Full,
    /// The same answers were saved on the same day.
    Known,
}

/// What became of the results of another history.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Merged {
    pub added: usize,
    /// Those that were there before.
    pub known: usize,
    /// Those for which there was no room.
    pub left_out: usize,
}

fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key)?.as_str()
}

fn snapshot(value: &Value, content: &Content) -> Option<Snapshot> {
    let answers = value.get("response").filter(|value| value.is_object())?;
    Some(Snapshot {
        id: text(value, "id").filter(|id| !id.is_empty())?.into(),
        name: name(text(value, "name")?)?,
        date: Date::parse(text(value, "date")?)?,
        answers: Answers::of(answers, content),
    })
}

impl History {
    /// Reads a document. Nothing at all is the empty history.
    pub fn read(document: Option<&str>, content: &Content) -> Reading {
        let Some(document) = document else {
            return Reading {
                history: History::default(),
                damaged: false,
            };
        };
        let value: Value = serde_json::from_str(document).unwrap_or_default();
        let format = text(&value, "format") == Some(FORMAT);
        let version = value.get("version").and_then(Value::as_u64) == Some(VERSION.into());
        let entries = value.get("snapshots").and_then(Value::as_array);
        let (true, true, Some(entries)) = (format, version, entries) else {
            return Reading {
                history: History::default(),
                damaged: true,
            };
        };
        let mut history = History::default();
        let mut damaged = false;
        for entry in entries {
            match snapshot(entry, content) {
                Some(one) => damaged |= history.insert(one).is_err(),
                None => damaged = true,
            }
        }
        Reading { history, damaged }
    }

    pub fn to_json(&self) -> String {
        let entry = |one: &Snapshot| {
            let mut entry = Map::new();
            entry.insert("id".into(), one.id.as_str().into());
            entry.insert("name".into(), one.name.as_str().into());
            entry.insert("date".into(), one.date.to_string().into());
            entry.insert("response".into(), one.answers.value());
            Value::Object(entry)
        };
        let mut document = Map::new();
        document.insert("format".into(), FORMAT.into());
        document.insert("version".into(), VERSION.into());
        document.insert(
            "snapshots".into(),
            Value::Array(self.snapshots.iter().map(entry).collect()),
        );
        Value::Object(document).to_string()
    }

    pub fn snapshots(&self) -> &[Snapshot] {
        &self.snapshots
    }

    pub fn is_empty(&self) -> bool {
        self.snapshots.is_empty()
    }

    /// Those that the content at hand can read, each with its response.
    pub fn readable(&self) -> impl DoubleEndedIterator<Item = (&Snapshot, &Response)> {
        let with_response = |one| Some((one, Snapshot::response(one)?));
        self.snapshots.iter().filter_map(with_response)
    }

    /// How many the content at hand cannot read.
    pub fn foreign(&self) -> usize {
        self.snapshots.len() - self.readable().count()
    }

    /// The latest result with other answers than these: what they are to be compared with.
    pub fn last_unlike(&self, response: &Response) -> Option<(&Snapshot, &Response)> {
        self.readable().rev().find(|(_, other)| *other != response)
    }

    fn insert(&mut self, mut one: Snapshot) -> Result<(), Refused> {
        if self.snapshots.iter().any(|other| other.is(&one)) {
            return Err(Refused::Known);
        }
        if self.snapshots.len() >= MOST {
            return Err(Refused::Full);
        }
        // Another result may have the id in a document that was changed by hand.
        let base = one.id.clone();
        let mut number = 1;
        while self.snapshots.iter().any(|other| other.id == one.id) {
            number += 1;
            one.id = [&base, "-", &number.to_string()].concat();
        }
        let place = self
            .snapshots
            .partition_point(|other| other.date <= one.date);
        self.snapshots.insert(place, one);
        Ok(())
    }

    /// Saves a result under a name that [`name`] made.
    pub fn save(&mut self, name: String, date: Date, response: &Response) -> Result<(), Refused> {
        self.insert(Snapshot {
            id: digest(date, response),
            name,
            date,
            answers: Answers::Read(response.clone()),
        })
    }

    /// Whether a result of that id is there, and is called so now.
    pub fn rename(&mut self, id: &str, name: String) -> bool {
        let found = self.snapshots.iter_mut().find(|one| one.id == id);
        found.map(|one| one.name = name).is_some()
    }

    /// Deletes the result of that id; one that is gone already is gone.
    pub fn delete(&mut self, id: &str) {
        self.snapshots.retain(|one| one.id != id);
    }

    /// What this history has beyond the other one.
    pub fn beyond(&self, other: &History) -> History {
        let new = |one: &&Snapshot| !other.snapshots.iter().any(|its| its.is(one));
        History {
            snapshots: self.snapshots.iter().filter(new).cloned().collect(),
        }
    }

    /// Takes over what the other history has beyond this one. Where there is no room for all, the latest come in.
    pub fn merge(&mut self, other: History) -> Merged {
        let total = other.snapshots.len();
        let new = other.beyond(self).snapshots;
        let room = MOST.saturating_sub(self.snapshots.len());
        let left_out = new.len().saturating_sub(room);
        let merged = Merged {
            added: new.len() - left_out,
            known: total - new.len(),
            left_out,
        };
        for one in new.into_iter().skip(left_out) {
            // None of them is known, and there is room for all.
            let _ = self.insert(one);
        }
        merged
    }
}
