//! What one respondent answered: the one state of a check, and its one serialised form.

use std::cmp::Ordering;
use std::fmt;

use serde::Serialize;
use serde_json::Value;

use super::content::{Content, Step};
use super::flow;
use super::read::{Read, Reader, Table};

/// The value of [`Response::format`].
pub const FORMAT: &str = "delineate-response";
/// The version of the response document that this code reads and writes.
pub const VERSION: u32 = 1;
/// The highest level of an item; levels count from 0.
pub const TOP_LEVEL: u8 = 4;

/// One respondent's answers, as kept on the device and as exported (`content/schema/response.schema.json`).
///
/// *Not answered* is an absent key, never a value.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Response {
    pub format: String,
    pub version: u32,
    pub content: ContentRef,
    pub respondent: Respondent,
    /// Steps asked with all their items. Empty: a quick check. All steps: a full check.
    pub full_steps: Vec<String>,
    pub items: Table<ItemAnswer>,
    pub domains: Table<DomainAnswer>,
    /// The version of the content that the answers were given to. Another than that of `content` only after an older document
    /// was read; never written.
    #[serde(skip)]
    pub answered: String,
}

/// Which content was answered.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ContentRef {
    pub id: String,
    pub version: String,
}

/// Context of the answers; never scored.
#[derive(Clone, Default, PartialEq, Eq, Debug, Serialize)]
pub struct Respondent {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seat: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub structure: Option<String>,
}

/// An answer to an item.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemAnswer {
    /// 0 to [`TOP_LEVEL`].
    Level(u8),
    /// With the id of the reason.
    NotApplicable(String),
    DontKnow,
}

/// Who is accountable for a domain.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// One of the officers that the content names.
    Officer(String),
    /// Both, with the split written down.
    Split,
    /// Both, without an agreed split.
    Unsplit,
    /// Somebody else, by the id of a role in the content.
    Other(String),
    Nobody,
    DontKnow,
}

impl Owner {
    /// Whether somebody answers for the domain: one owner, or two with the split written down.
    pub fn is_clear(&self) -> bool {
        matches!(self, Owner::Officer(_) | Owner::Other(_) | Owner::Split)
    }
}

/// The owner of a domain today, and the owner it should have. Either may be unanswered.
#[derive(Clone, Default, PartialEq, Eq, Debug, Serialize)]
pub struct DomainAnswer {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub today: Option<Owner>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<Owner>,
}

/// The two questions asked about every domain.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Column {
    /// Who is accountable today. Scored.
    Today,
    /// Who should be. Feeds the role charter, never the score.
    Target,
}

/// The one key of an object that has no other, with its value.
fn single(value: &Value) -> Option<(&str, &Value)> {
    let object = value.as_object().filter(|object| object.len() == 1)?;
    object
        .iter()
        .next()
        .map(|(key, value)| (key.as_str(), value))
}

impl Read for ItemAnswer {
    fn read(value: &Value, reader: &mut Reader) -> ItemAnswer {
        match (value.as_str(), single(value)) {
            (Some("dont_know"), _) => return ItemAnswer::DontKnow,
            (_, Some(("level", level))) => {
                if let Some(level) = level.as_u64().and_then(|level| level.try_into().ok()) {
                    return ItemAnswer::Level(level);
                }
            }
            (_, Some(("not_applicable", Value::String(reason)))) => {
                return ItemAnswer::NotApplicable(reason.clone());
            }
            _ => {}
        }
        reader.expected("an answer to an item", value);
        ItemAnswer::DontKnow
    }
}

impl Read for Owner {
    fn read(value: &Value, reader: &mut Reader) -> Owner {
        match (value.as_str(), single(value)) {
            (Some("split"), _) => Owner::Split,
            (Some("unsplit"), _) => Owner::Unsplit,
            (Some("nobody"), _) => Owner::Nobody,
            (Some("dont_know"), _) => Owner::DontKnow,
            (_, Some(("officer", Value::String(id)))) => Owner::Officer(id.clone()),
            (_, Some(("other", Value::String(id)))) => Owner::Other(id.clone()),
            _ => {
                reader.expected("an owner", value);
                Owner::DontKnow
            }
        }
    }
}

impl Read for DomainAnswer {
    fn read(value: &Value, reader: &mut Reader) -> DomainAnswer {
        if !value.is_object() {
            reader.expected("an object", value);
        }
        DomainAnswer {
            today: reader.field(value, "today"),
            target: reader.field(value, "target"),
        }
    }
}

/// Why a text is not a response to this content.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ResponseProblem {
    /// Not JSON, or not of the document's shape; with the parser's own words.
    Malformed(String),
    /// JSON of something else: the `format` found.
    OtherFormat(String),
    /// A response document of a version that this code does not know.
    OtherVersion(u32),
    /// Answers to another content, or to another version of it.
    OtherContent(ContentRef),
    /// An id or a level that the content does not have, with its place in the document.
    Unknown { place: String, found: String },
}

impl fmt::Display for ResponseProblem {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Malformed(reason) => write!(f, "not a response document: {reason}"),
            Self::OtherFormat(found) => {
                write!(f, "/format: expected \"{FORMAT}\", found \"{found}\"")
            }
            Self::OtherVersion(found) => {
                write!(f, "/version: expected {VERSION}, found {found}")
            }
            Self::OtherContent(found) => write!(
                f,
                "/content: these are answers to \"{}\" version {}, which is not the content at hand: they can be read where they were asked for",
                found.id, found.version
            ),
            Self::Unknown { place, found } => {
                write!(f, "{place}: the content does not know {found}")
            }
        }
    }
}

impl Response {
    /// No answers yet.
    pub fn new(content: &Content) -> Response {
        Response {
            format: FORMAT.into(),
            version: VERSION,
            content: content.reference(),
            respondent: Respondent::default(),
            full_steps: Vec::new(),
            items: Table::default(),
            domains: Table::default(),
            answered: content.instrument.version.clone(),
        }
    }

    /// Reads a response document and checks it against the content that it claims to answer.
    pub fn parse(json: &str, content: &Content) -> Result<Response, ResponseProblem> {
        let value: Value = serde_json::from_str(json)
            .map_err(|error| ResponseProblem::Malformed(error.to_string()))?;
        Response::from_value(&value, content)
    }

    /// Reads a response document that is already parsed, as [`Response::parse`] does.
    pub fn from_value(value: &Value, content: &Content) -> Result<Response, ResponseProblem> {
        let mut reader = Reader::default();
        let format: String = reader.field(value, "format");
        let version: u32 = reader.field(value, "version");
        if reader.problems.is_empty() {
            if format != FORMAT {
                return Err(ResponseProblem::OtherFormat(format));
            }
            if version != VERSION {
                return Err(ResponseProblem::OtherVersion(version));
            }
        }
        let respondent = value.get("respondent").unwrap_or(&Value::Null);
        let reference = value.get("content").unwrap_or(&Value::Null);
        let mut response = Response {
            format,
            version,
            content: ContentRef {
                id: reader.field(reference, "id"),
                version: reader.field(reference, "version"),
            },
            respondent: Respondent {
                seat: reader.field(respondent, "seat"),
                structure: reader.field(respondent, "structure"),
            },
            full_steps: reader.field(value, "full_steps"),
            items: reader.field(value, "items"),
            domains: reader.field(value, "domains"),
            answered: reader.field(reference, "version"),
        };
        if let Some(problem) = reader.problems.first() {
            return Err(ResponseProblem::Malformed(problem.to_string()));
        }
        response.check(content).map_err(|problem| {
            // What this content does not know, a later edition of it may have added.
            let later = content.reference().edition(&response.content) == Some(Ordering::Greater);
            if later {
                ResponseProblem::OtherContent(response.content.clone())
            } else {
                problem
            }
        })?;
        // A domain of which neither column was answered is one that was not answered.
        response
            .domains
            .retain(|answer| *answer != DomainAnswer::default());
        // Read by this content, they are answers to it from here on, and exported as such.
        Ok(Response {
            content: content.reference(),
            ..response
        })
    }

    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a response has only string keys and serialises")
    }

    /// Whether every id and every level is one that the content has.
    pub(super) fn check(&self, content: &Content) -> Result<(), ResponseProblem> {
        if !content.reference().reads(&self.content) {
            return Err(ResponseProblem::OtherContent(self.content.clone()));
        }
        let instrument = &content.instrument;
        let known = |yes: bool, place: String, found: &str| {
            if yes {
                Ok(())
            } else {
                Err(ResponseProblem::Unknown {
                    place,
                    found: format!("\"{found}\""),
                })
            }
        };
        if let Some(seat) = &self.respondent.seat {
            let place = "/respondent/seat".to_string();
            known(instrument.seats.contains(seat), place, seat)?;
        }
        if let Some(id) = &self.respondent.structure {
            let place = "/respondent/structure".to_string();
            known(instrument.structures.iter().any(|s| s.id == *id), place, id)?;
        }
        for (index, id) in self.full_steps.iter().enumerate() {
            let place = format!("/full_steps/{index}");
            known(instrument.steps.iter().any(|s| s.id == *id), place, id)?;
        }
        for (id, answer) in self.items.iter() {
            let place = format!("/items/{id}");
            let asked = instrument
                .steps
                .iter()
                .any(|s| s.items.iter().any(|item| item == id));
            known(asked, place.clone(), id)?;
            match answer {
                ItemAnswer::Level(level) => {
                    known(*level <= TOP_LEVEL, place + "/level", &level.to_string())?
                }
                ItemAnswer::NotApplicable(reason) => known(
                    instrument.not_applicable_reasons.contains(reason),
                    place + "/not_applicable",
                    reason,
                )?,
                ItemAnswer::DontKnow => {}
            }
        }
        for (id, answer) in self.domains.iter() {
            let place = format!("/domains/{id}");
            let asked = instrument.domains.iter().any(|d| d.id == id);
            known(asked, place.clone(), id)?;
            for (column, owner) in [("today", &answer.today), ("target", &answer.target)] {
                match owner {
                    Some(Owner::Officer(officer)) => known(
                        instrument.officers.contains(officer),
                        format!("{place}/{column}/officer"),
                        officer,
                    )?,
                    Some(Owner::Other(role)) => known(
                        instrument.roles.contains(role),
                        format!("{place}/{column}/other"),
                        role,
                    )?,
                    _ => {}
                }
            }
        }
        Ok(())
    }

    /// Whether anything at all was answered.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty() && self.domains.is_empty() && self.respondent == Respondent::default()
    }

    /// Whether every item of the step is asked, not only its headline item.
    pub fn asks_all_of(&self, step: &Step) -> bool {
        self.full_steps.contains(&step.id)
    }

    /// The items of the step that this check asks, the headline item first.
    pub fn asked_items<'a>(&self, step: &'a Step) -> &'a [String] {
        if self.asks_all_of(step) {
            &step.items
        } else {
            &step.items[..1]
        }
    }

    /// Sets the structure, and removes the answers to items that it words otherwise than the structure before: their levels
    /// mean something else now. Content that came without its questions cannot tell, and then every item's answer goes.
    pub fn set_structure(&mut self, content: &Content, id: &str) {
        let before = content.structure(self).id.clone();
        self.respondent.structure = Some(id.into());
        let after = &content.structure(self).id;
        if before == *after {
            return;
        }
        for step in &content.instrument.steps {
            for item in &step.items {
                let same = content.steps.get(&step.id).is_some_and(|step| {
                    let text = &step.items[item];
                    text.wording(&before) == text.wording(after)
                });
                if !same {
                    self.items.set(item, None);
                }
            }
        }
    }

    /// Sets or, with `None`, removes the answer to an item.
    pub fn answer_item(&mut self, item: &str, answer: Option<ItemAnswer>) {
        self.items.set(item, answer);
    }

    /// Sets or, with `None`, removes one column of a domain's answer.
    pub fn answer_domain(&mut self, domain: &str, column: Column, owner: Option<Owner>) {
        let mut answer = self.domains.get(domain).cloned().unwrap_or_default();
        match column {
            Column::Today => answer.today = owner,
            Column::Target => answer.target = owner,
        }
        let answer = Some(answer).filter(|answer| *answer != DomainAnswer::default());
        self.domains.set(domain, answer);
    }

    /// Who the respondent says owns the domain, if that answer is one which the respondent's structure offers.
    pub fn owner(&self, content: &Content, domain: &str, column: Column) -> Option<&Owner> {
        let answer = self.domains.get(domain)?;
        let owner = match column {
            Column::Today => answer.today.as_ref(),
            Column::Target => answer.target.as_ref(),
        }?;
        match owner {
            Owner::Officer(id) if !content.structure(self).officers.contains(id) => None,
            owner => Some(owner),
        }
    }

    /// Takes today's clear owners of a group's domains over into the target, where the target is not answered yet. Gives the ids
    /// of the domains that this answered, in content order.
    pub fn adopt_clear_owners(&mut self, content: &Content, group: &str) -> Vec<String> {
        let mut adopted = Vec::new();
        for domain in flow::domains_of(content, group) {
            let today = self.owner(content, domain, Column::Today).cloned();
            let said = self.owner(content, domain, Column::Target).is_some();
            if let Some(owner) = today.filter(|owner| owner.is_clear() && !said) {
                self.answer_domain(domain, Column::Target, Some(owner));
                adopted.push(domain.to_string());
            }
        }
        adopted
    }

    /// The steps of which only the headline item is asked, each with the number of its other items.
    pub fn left_to_extend<'a>(&self, content: &'a Content) -> Vec<(&'a Step, usize)> {
        let steps = content.instrument.steps.iter();
        steps
            .filter(|step| !self.asks_all_of(step))
            .map(|step| (step, step.items.len() - 1))
            .filter(|(_, more)| *more > 0)
            .collect()
    }

    /// Asks every item of these steps from now on. Nothing already answered is asked again.
    pub fn extend(&mut self, content: &Content, steps: &[String]) {
        self.full_steps = content
            .instrument
            .steps
            .iter()
            .filter(|step| self.asks_all_of(step) || steps.contains(&step.id))
            .map(|step| step.id.clone())
            .collect();
    }
}

impl ContentRef {
    /// Whether answers to `other` can be read with this content: the same id, and the same major version.
    pub fn reads(&self, other: &ContentRef) -> bool {
        let major = |version: &str| version.split('.').next().map(str::to_owned);
        self.id == other.id && major(&self.version) == major(&other.version)
    }

    /// Whether `other` is an earlier or a later edition of this content; nothing when it is another content.
    pub fn edition(&self, other: &ContentRef) -> Option<Ordering> {
        let numbers = |version: &str| -> Option<Vec<u64>> {
            version.split('.').map(|part| part.parse().ok()).collect()
        };
        let (own, found) = (numbers(&self.version)?, numbers(&other.version)?);
        (self.id == other.id).then(|| found.cmp(&own))
    }
}
