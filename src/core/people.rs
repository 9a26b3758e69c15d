//! Those whose answers lie side by side, and what a file or a pasted text has to do with them.

use std::cmp::Ordering;

use serde_json::Value;

use super::code::locked::{self, Locked};
use super::code::{self, CodeProblem, fragment};
use super::compare::MOST;
use super::content::Content;
use super::response::{self, Response, ResponseProblem};
use super::result;

/// The most bytes of a file that is read: a response is a hundredth of it.
pub const MOST_BYTES: usize = 1_000_000;
/// The most characters of a name; what goes beyond is cut off.
pub const LONGEST_NAME: usize = 40;
/// How deep a response may lie within a file that keeps several.
const DEPTH: usize = 4;

/// The key under which an address carries a code in its fragment.
pub const LINK_KEY: &str = "rcc";

/// Why a file or a text adds nobody.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// More than [`MOST_BYTES`]. It was not read.
    TooLarge,
    /// Nothing in it is a response.
    NotAResponse,
    /// A result document, which holds numbers and not the answers that they came from.
    ResultOnly,
    /// It has the beginnings of a response, and does not hold together.
    Damaged,
    /// Answers to other questions.
    OtherContent,
    /// Answers to an earlier edition of these questions, which is not read any more.
    EarlierContent,
    /// Of a later version of the document, or to a later edition of these questions.
    LaterVersion,
    /// Answers to nothing.
    Empty,
    /// The very response that somebody has already: whose, by place.
    Same(usize),
    /// There are [`MOST`] already.
    Full,
    Code(CodeProblem),
    /// Intact as far as one can see, and to be opened by its passphrase.
    Locked(Locked),
}

/// The response in a file: a response document, or the last one that a document of another kind holds.
pub fn read_file(text: &str, content: &Content) -> Result<Response, Refusal> {
    // A mark that some programs put before a text.
    let text = text.trim_start_matches('\u{feff}').trim();
    let Ok(value) = serde_json::from_str::<Value>(text) else {
        return Err(if text.starts_with(['{', '[']) {
            Refusal::Damaged
        } else {
            Refusal::NotAResponse
        });
    };
    match find(&value, DEPTH) {
        Some(found) => parse(&found.to_string(), content),
        None if format(&value) == Some(result::FORMAT) => Err(Refusal::ResultOnly),
        None => Err(Refusal::NotAResponse),
    }
}

fn format(value: &Value) -> Option<&str> {
    value.get("format")?.as_str()
}

/// The last response document within a value, itself included.
fn find(value: &Value, depth: usize) -> Option<&Value> {
    if format(value) == Some(response::FORMAT) {
        return Some(value);
    }
    let depth = depth.checked_sub(1)?;
    match value {
        Value::Array(all) => all.iter().rev().find_map(|one| find(one, depth)),
        Value::Object(all) => all.values().rev().find_map(|one| find(one, depth)),
        _ => None,
    }
}

fn parse(json: &str, content: &Content) -> Result<Response, Refusal> {
    Response::parse(json, content).map_err(|problem| match problem {
        ResponseProblem::Malformed(_) => Refusal::Damaged,
        ResponseProblem::OtherFormat(_) => Refusal::NotAResponse,
        ResponseProblem::OtherVersion(_) => Refusal::LaterVersion,
        ResponseProblem::OtherContent(found) => match content.reference().edition(&found) {
            Some(Ordering::Less) => Refusal::EarlierContent,
            Some(Ordering::Greater) => Refusal::LaterVersion,
            _ => Refusal::OtherContent,
        },
        ResponseProblem::Unknown { .. } => Refusal::OtherContent,
    })
}

/// The code in a pasted text: an address with a code in its fragment, whatever is said around it, or the code alone.
pub fn code_in(text: &str) -> &str {
    let text = text.trim();
    let linked = text
        .split('#')
        .skip(1)
        .find_map(|rest| fragment::from_fragment(rest, LINK_KEY))
        // No code holds white space.
        .map(|code| code.split_whitespace().next().unwrap_or_default());
    linked.unwrap_or(text)
}

/// The response in a pasted text: a link, a code, or the text of a file.
pub fn read_pasted(text: &str, content: &Content) -> Result<Response, Refusal> {
    if text.len() > MOST_BYTES {
        return Err(Refusal::TooLarge);
    }
    if text.trim_start().starts_with(['{', '[']) {
        return read_file(text, content);
    }
    let code = code_in(text);
    match locked::read(code) {
        Some(Ok(locked)) => return Err(Refusal::Locked(locked)),
        Some(Err(problem)) => return Err(Refusal::Code(problem)),
        None => {}
    }
    let shared = code::decode(code, content).map_err(Refusal::Code)?;
    Ok(shared.response)
}

#[derive(Clone, PartialEq, Debug)]
pub struct Person {
    /// Never empty.
    pub name: String,
    pub response: Response,
}

/// One to [`MOST`] people, the visitor first.
#[derive(Clone, PartialEq, Debug)]
pub struct People(Vec<Person>);

impl People {
    pub fn new(name: &str, own: &Response) -> People {
        let mut people = People(Vec::new());
        people.add(name, own.clone());
        people
    }

    pub fn all(&self) -> &[Person] {
        &self.0
    }

    /// Adds somebody; gives the place. Two may share a name, and are then told apart by a number.
    pub fn join(&mut self, name: &str, response: Response) -> Result<usize, Refusal> {
        if response.items.is_empty() && response.domains.is_empty() {
            return Err(Refusal::Empty);
        }
        if let Some(place) = self.0.iter().position(|one| one.response == response) {
            return Err(Refusal::Same(place));
        }
        if self.0.len() >= MOST {
            return Err(Refusal::Full);
        }
        self.add(name, response);
        Ok(self.0.len() - 1)
    }

    fn add(&mut self, name: &str, response: Response) {
        let name = self.free(name);
        self.0.push(Person { name, response });
    }

    /// The name, with a number behind it when somebody has it already.
    fn free(&self, name: &str) -> String {
        let taken = |name: &str| self.0.iter().any(|one| one.name == name);
        let mut number = 2;
        let mut free = name.to_string();
        while taken(&free) {
            free = [name, " ", &number.to_string()].concat();
            number += 1;
        }
        free
    }

    /// Calls somebody otherwise. White space and what is no character is made single spaces; a name of nothing changes nothing.
    pub fn rename(&mut self, place: usize, name: &str) {
        let plain: String = name
            .chars()
            .map(|one| if one.is_control() { ' ' } else { one })
            .collect();
        let words: Vec<&str> = plain.split_whitespace().collect();
        let name: String = words.join(" ").chars().take(LONGEST_NAME).collect();
        if let Some(person) = self.0.get_mut(place)
            && !name.is_empty()
        {
            person.name = name;
        }
    }

    /// Takes somebody away, but never the visitor.
    pub fn remove(&mut self, place: usize) {
        if place > 0 && place < self.0.len() {
            self.0.remove(place);
        }
    }
}
