//! A cohort: many respondents together, read from their documents a slice at a time.
//!
//! Of each respondent a compact [`Row`] is kept and nothing else, so that memory is bounded by the number of rows
//! ([`MOST_ROWS`]) and of documents, whatever their size. Every number about several respondents is exact until it is shown
//! (`docs/method.md`, "Many respondents").

mod document;
mod export;
mod fingerprint;
mod ingest;
mod row;
mod statistics;
mod suppression;

use std::collections::BTreeMap;
use std::rc::Rc;

pub use document::Refusal;
pub use export::{ROW_FORMAT, ROW_VERSION};
pub use ingest::{Ingest, MOST_BYTES, Outcome, Tally, Verdict};
pub use row::{OwnerClass, Row, Source};
pub use statistics::{
    BandCount, Distribution, DomainOwners, Group, OwnerShare, Root, Statistics, StepDistribution,
    Summary, Unclear,
};

use super::content::Content;
use super::response::Response;
use fingerprint::fingerprint;
use suppression::Cells;

/// The most respondents of one cohort.
pub const MOST_ROWS: usize = 100_000;

/// Which respondents are looked at, by what they said of themselves.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Filter {
    pub seat: Pick,
    pub structure: Pick,
    /// Whether repeated documents count as respondents of their own.
    pub duplicates: bool,
}

/// A choice among what respondents can say of themselves.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub enum Pick {
    /// Whatever they said.
    #[default]
    All,
    /// This place in the content's list, or `None`: they did not say.
    Only(Option<u8>),
}

impl Filter {
    fn takes(self, row: &Row) -> bool {
        self.seat.takes(row.seat)
            && self.structure.takes(row.structure)
            && (self.duplicates || row.duplicate_of.is_none())
    }
}

impl Pick {
    fn takes(self, said: Option<u8>) -> bool {
        self == Pick::All || self == Pick::Only(said)
    }
}

/// The respondents read so far.
pub struct Cohort {
    content: Rc<Content>,
    rows: Vec<Row>,
    /// The first row with these answers, by their fingerprint.
    known: BTreeMap<u128, u32>,
    documents: Vec<Rc<str>>,
}

impl Cohort {
    /// Nobody yet. The content must be complete: every response is read against it.
    pub fn new(content: &Rc<Content>) -> Cohort {
        Cohort {
            content: content.clone(),
            rows: Vec::new(),
            known: BTreeMap::new(),
            documents: Vec::new(),
        }
    }

    pub fn content(&self) -> &Content {
        &self.content
    }

    /// In the order in which they were read, repeated ones included.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The name that a document was read under.
    pub fn document(&self, source: Source) -> &str {
        &self.documents[source.document as usize]
    }

    /// The rows that a filter takes.
    pub fn filtered(&self, filter: Filter) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| filter.takes(row))
    }

    /// The pick of this seat, if the content has it.
    pub fn seat(&self, id: &str) -> Option<Pick> {
        let seats = &self.content.instrument.seats;
        let place = seats.iter().position(|seat| seat == id)?;
        Some(Pick::Only(Some(row::byte(place))))
    }

    /// The pick of this structure, if the content has it.
    pub fn structure(&self, id: &str) -> Option<Pick> {
        let structures = &self.content.instrument.structures;
        let place = structures.iter().position(|one| one.id == id)?;
        Some(Pick::Only(Some(row::byte(place))))
    }

    /// Begins to read a document, to be fed and stepped in slices.
    pub fn ingest(&mut self, name: &str) -> Ingest {
        self.documents.push(name.into());
        Ingest::new(self.documents.len() - 1)
    }

    /// Reads a whole document at once: a response, a result that carries answers, or one of these on each line.
    pub fn add_document(&mut self, name: &str, text: &str) -> Vec<Verdict> {
        let mut ingest = self.ingest(name);
        ingest.feed(text.as_bytes());
        ingest.end();
        ingest.step(self, usize::MAX)
    }

    /// Forgets every row from this number of rows on, as when reading is cancelled.
    pub fn truncate(&mut self, rows: usize) {
        self.rows.truncate(rows);
        self.known.retain(|_, row| (*row as usize) < rows);
    }

    /// Statistics of the respondents that a filter takes, unless they are too few to be shown together.
    pub fn statistics(&self, filter: Filter) -> Group {
        if self.cells().hides(filter) {
            return Group::Suppressed;
        }
        let rows = self.filtered(filter);
        Group::Shown(Box::new(Statistics::of(&self.content, rows)))
    }

    /// How many respondents each pair of seat and structure has, repeated documents never counted: nobody is hidden
    /// behind copies of one's own answers.
    fn cells(&self) -> Cells {
        let instrument = &self.content.instrument;
        let mut cells = Cells::new(instrument.seats.len(), instrument.structures.len());
        for row in self.filtered(Filter::default()) {
            cells.add(row.seat, row.structure);
        }
        cells.suppress(instrument.smallest_group());
        cells
    }

    /// Keeps a respondent's row, and says of which earlier row it repeats the answers.
    fn push(&mut self, response: &Response, source: Source) -> Result<Option<usize>, Refusal> {
        if self.rows.len() >= MOST_ROWS {
            return Err(Refusal::TooMany);
        }
        let mut row = Row::new(&self.content, response, source);
        let print = fingerprint(&self.content, response);
        let first = self.known.get(&print).copied();
        let first = first.filter(|first| self.rows[*first as usize].says_the_same(&row));
        row.duplicate_of = first;
        if first.is_none() {
            self.known.entry(print).or_insert(self.rows.len() as u32);
        }
        self.rows.push(row);
        Ok(first.map(|first| first as usize))
    }
}

#[cfg(test)]
mod tests {
    use super::super::pack::{Parts, assemble};
    use super::super::response::{ItemAnswer, Response};
    use super::*;

    fn content() -> Rc<Content> {
        let parts = Parts {
            instrument: include_str!("../../content/instrument.json"),
            steps: include_str!("../../content/en/steps.json"),
            domains: include_str!("../../content/en/domains.json"),
            report: include_str!("../../content/en/report.json"),
            interface: include_str!("../../content/en/interface.json"),
        };
        let pack = assemble("en", &parts).expect("the content files are JSON");
        Rc::new(Content::parse(&pack).expect("the content is complete"))
    }

    #[test]
    fn a_full_cohort_takes_no_more() {
        let content = content();
        let mut cohort = Cohort::new(&content);
        let mut response = Response::new(&content);
        let answer = |response: &mut Response, level| {
            response.answer_item("roadmap-shared", Some(ItemAnswer::Level(level)));
            response.to_json()
        };
        cohort.add_document("first", &answer(&mut response, 1));
        cohort.rows = vec![cohort.rows[0].clone(); MOST_ROWS - 1];
        let text = [2, 3, 4]
            .map(|level| answer(&mut response, level))
            .join("\n");
        let verdicts = cohort.add_document("last", &text);
        let outcomes: Vec<Outcome> = verdicts.into_iter().map(|one| one.outcome).collect();
        let full = || Outcome::Refused(Refusal::TooMany);
        assert_eq!(outcomes, [Outcome::Accepted(MOST_ROWS - 1), full(), full()]);
        assert_eq!(cohort.rows.len(), MOST_ROWS);
    }

    #[test]
    fn owners_are_counted_in_the_order_in_which_they_are_listed() {
        let content = content();
        let all = OwnerClass::all(&content.instrument);
        for (place, class) in all.iter().enumerate() {
            assert_eq!(class.place(content.instrument.officers.len()), place);
        }
    }
}
