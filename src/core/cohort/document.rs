//! Finds the answers in a document, whichever of the documents that leave a check it is.

use std::fmt;

use serde_json::{Map, Value};

use super::super::content::Content;
use super::super::response::{self, Response, ResponseProblem};
use super::super::result;

/// Why a document, or a line of one, adds no respondent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// There is nothing in it.
    Nothing,
    /// More than [`super::MOST_BYTES`] for one respondent.
    TooLong,
    /// The cohort has [`super::MOST_ROWS`] respondents already.
    TooMany,
    /// A JSON list: it could only be read whole.
    List,
    /// Not UTF-8.
    NotText,
    /// Not JSON; the line is that of the document, and both count from 1.
    NotJson {
        line: usize,
        column: usize,
        reason: String,
    },
    /// A result document without the answers that it came from.
    NoAnswers,
    /// A response in which not one question is answered.
    Empty,
    /// JSON that is no response to this content.
    Response(ResponseProblem),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Nothing => f.write_str("there is nothing in it"),
            Self::TooLong => f.write_str("one response has at most a million bytes"),
            Self::TooMany => f.write_str("a cohort has at most 100,000 respondents"),
            Self::List => {
                f.write_str("a list is not read: put one response on each line, without brackets")
            }
            Self::NotText => f.write_str("not UTF-8 text"),
            Self::NotJson {
                line,
                column,
                reason,
            } => write!(f, "not JSON at line {line}, column {column}: {reason}"),
            Self::NoAnswers => f.write_str("a result that carries no answers"),
            Self::Empty => f.write_str("not one question is answered"),
            Self::Response(problem) => problem.fmt(f),
        }
    }
}

/// The response that a text holds; `line` is where the text begins in its document, from 1.
pub(super) fn read(text: &[u8], line: usize, content: &Content) -> Result<Response, Refusal> {
    let text = str::from_utf8(text.trim_ascii_end()).map_err(|_| Refusal::NotText)?;
    let value: Value = serde_json::from_str(text).map_err(|error| not_json(&error, line))?;
    let response = find(&value, content)?;
    if response.items.is_empty() && response.domains.is_empty() {
        return Err(Refusal::Empty);
    }
    Ok(response)
}

fn not_json(error: &serde_json::Error, line: usize) -> Refusal {
    let message = error.to_string();
    // The parser counts the lines of what it was given, and says so at the end of its message.
    let reason = message.split(" at line ").next().unwrap_or_default();
    Refusal::NotJson {
        line: line + error.line().saturating_sub(1),
        column: error.column(),
        reason: reason.into(),
    }
}

fn find(value: &Value, content: &Content) -> Result<Response, Refusal> {
    if !value.is_object() {
        let reason = "expected an object, which holds one respondent's answers";
        return Err(Refusal::Response(ResponseProblem::Malformed(reason.into())));
    }
    let format = value.get("format").and_then(Value::as_str);
    let read = |value: &Value| Response::from_value(value, content).map_err(Refusal::Response);
    match (format, value.get("response")) {
        (Some(result::FORMAT), _) => read(&answers(value, content)?),
        // What a host is told of a check whose visitor allowed the answers.
        (None, Some(response)) if response.is_object() => read(response),
        _ => read(value),
    }
}

/// The response that a result document came from, as far as it plays a part in the result.
fn answers(result: &Value, content: &Content) -> Result<Value, Refusal> {
    if let Some(version) = result.get("version").and_then(Value::as_u64)
        && version != u64::from(result::VERSION)
    {
        let problem = ResponseProblem::OtherVersion(version.try_into().unwrap_or(u32::MAX));
        return Err(Refusal::Response(problem));
    }
    let list = |place: &str| result.pointer(place).and_then(Value::as_array);
    let (Some(receipt), Some(map)) = (list("/receipt"), list("/map/domains")) else {
        return Err(Refusal::NoAnswers);
    };
    let mut asked: Vec<&str> = Vec::new();
    let mut items = Map::new();
    for line in receipt {
        if let Some(item) = line.get("item").and_then(Value::as_str) {
            asked.push(item);
            if let Some(answer) = given(line, "answer") {
                items.insert(item.into(), answer.clone());
            }
        }
    }
    let mut domains = Map::new();
    for line in map {
        let columns = ["today", "target"].into_iter();
        let owners: Map<String, Value> = columns
            .filter_map(|column| Some((column.to_string(), given(line, column)?.clone())))
            .collect();
        if let Some(domain) = line.get("id").and_then(Value::as_str)
            && !owners.is_empty()
        {
            domains.insert(domain.into(), Value::Object(owners));
        }
    }
    // A step with one item is asked in full by every check.
    let steps = content.instrument.steps.iter();
    let full = steps.filter(|step| {
        step.items[1..]
            .iter()
            .any(|id| asked.contains(&id.as_str()))
    });
    let field = |name: &str| result.get(name).cloned().unwrap_or_default();
    let response = [
        ("format", response::FORMAT.into()),
        ("version", response::VERSION.into()),
        ("content", field("content")),
        ("respondent", field("respondent")),
        (
            "full_steps",
            full.map(|step| step.id.clone()).collect::<Vec<_>>().into(),
        ),
        ("items", Value::Object(items)),
        ("domains", Value::Object(domains)),
    ];
    let response = response
        .into_iter()
        .map(|(name, value)| (name.into(), value));
    Ok(Value::Object(response.collect()))
}

/// A field that is there and not null.
fn given<'a>(record: &'a Value, name: &str) -> Option<&'a Value> {
    record.get(name).filter(|value| !value.is_null())
}
