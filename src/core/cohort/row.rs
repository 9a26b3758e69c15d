//! What is kept of one respondent.

use super::super::content::{Content, Instrument, OWNER_WORDS};
use super::super::response::{Owner, Response};
use super::super::result::{DomainKind, Outline};

/// Where a row was read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Source {
    /// The number of the document, in the order in which they were begun, from 0.
    pub document: u32,
    /// The line on which it begins there, from 1.
    pub line: u32,
}

/// Who holds a domain, as far as a comparison of many respondents tells owners apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OwnerClass {
    /// By the place in the content's list of officers.
    Officer(u8),
    Split,
    Unsplit,
    /// Any named other role.
    Other,
    Nobody,
    /// Answered by *I don't know*.
    Unknown,
    /// Not answered, or by an officer whom the respondent's structure does not have.
    Skipped,
}

/// One respondent: what was said about who answers, and the numbers as that respondent was shown them.
///
/// Lists are in content order. Every number is the rounded one of the result document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    pub source: Source,
    /// Place in the content's list of seats.
    pub seat: Option<u8>,
    /// Place in the content's list of structures.
    pub structure: Option<u8>,
    /// 0 to 100, like the next two.
    pub score: Option<u8>,
    pub practice: Option<u8>,
    pub delineation: Option<u8>,
    /// Place in the content's list of bands; absent below the coverage that a band needs.
    pub band: Option<u8>,
    /// 0 to 100; absent below the coverage that a step's score needs.
    pub steps: Box<[Option<u8>]>,
    pub owners: Box<[OwnerClass]>,
    /// The first row with the same answers, when this is not that one.
    pub duplicate_of: Option<u32>,
}

/// A place in a list of the content, or a score: both fit ([`super::super::content::MAX_LIST`]).
pub(super) fn byte(number: usize) -> u8 {
    u8::try_from(number).expect("the content's limits keep this within a byte")
}

fn score(number: i64) -> u8 {
    u8::try_from(number).expect("a score is 0 to 100")
}

impl OwnerClass {
    fn of(instrument: &Instrument, owner: Option<&Owner>) -> OwnerClass {
        match owner {
            Some(Owner::Officer(id)) => {
                let place = instrument.officers.iter().position(|officer| officer == id);
                place.map_or(OwnerClass::Skipped, |place| {
                    OwnerClass::Officer(byte(place))
                })
            }
            Some(Owner::Split) => OwnerClass::Split,
            Some(Owner::Unsplit) => OwnerClass::Unsplit,
            Some(Owner::Other(_)) => OwnerClass::Other,
            Some(Owner::Nobody) => OwnerClass::Nobody,
            Some(Owner::DontKnow) => OwnerClass::Unknown,
            None => OwnerClass::Skipped,
        }
    }

    /// Every class, the officers first.
    pub fn all(instrument: &Instrument) -> Vec<OwnerClass> {
        let officers = (0..instrument.officers.len()).map(|place| OwnerClass::Officer(byte(place)));
        let others = [
            OwnerClass::Split,
            OwnerClass::Unsplit,
            OwnerClass::Other,
            OwnerClass::Nobody,
            OwnerClass::Unknown,
            OwnerClass::Skipped,
        ];
        officers.chain(others).collect()
    }

    /// The officer's id or one of [`OWNER_WORDS`]; nothing for what was not answered.
    pub fn id(self, instrument: &Instrument) -> Option<&str> {
        let [split, unsplit, other, nobody, unknown] = OWNER_WORDS;
        match self {
            OwnerClass::Officer(place) => Some(&instrument.officers[usize::from(place)]),
            OwnerClass::Split => Some(split),
            OwnerClass::Unsplit => Some(unsplit),
            OwnerClass::Other => Some(other),
            OwnerClass::Nobody => Some(nobody),
            OwnerClass::Unknown => Some(unknown),
            OwnerClass::Skipped => None,
        }
    }

    /// The place in [`OwnerClass::all`] of a content with this many officers.
    pub(super) fn place(self, officers: usize) -> usize {
        match self {
            OwnerClass::Officer(place) => usize::from(place),
            OwnerClass::Split => officers,
            OwnerClass::Unsplit => officers + 1,
            OwnerClass::Other => officers + 2,
            OwnerClass::Nobody => officers + 3,
            OwnerClass::Unknown => officers + 4,
            OwnerClass::Skipped => officers + 5,
        }
    }

    /// Whether this is a gap or an overlap.
    pub(super) fn is(self, kind: DomainKind) -> bool {
        match kind {
            DomainKind::Gap => self == OwnerClass::Nobody,
            DomainKind::Overlap => self == OwnerClass::Unsplit,
            _ => false,
        }
    }
}

impl Row {
    pub(super) fn new(content: &Content, response: &Response, source: Source) -> Row {
        let instrument = &content.instrument;
        let outline = Outline::new(content, response);
        let respondent = &response.respondent;
        let seat = respondent.seat.as_ref();
        let seat = seat.and_then(|id| instrument.seats.iter().position(|seat| seat == id));
        let structure = respondent.structure.as_ref();
        let structure =
            structure.and_then(|id| instrument.structures.iter().position(|one| one.id == *id));
        let steps = outline.steps.iter().map(|step| step.score.map(score));
        let domains = outline.map.domains.iter();
        let owners = domains.map(|domain| OwnerClass::of(instrument, domain.today.as_ref()));
        Row {
            source,
            seat: seat.map(byte),
            structure: structure.map(byte),
            score: outline.score.map(score),
            practice: outline.practice().map(score),
            delineation: outline.delineation().map(score),
            band: outline.band.as_ref().map(|(place, _)| byte(*place)),
            steps: steps.collect(),
            owners: owners.collect(),
            duplicate_of: None,
        }
    }

    /// Domains with nobody accountable.
    pub fn gaps(&self) -> usize {
        self.count(DomainKind::Gap)
    }

    /// Domains with both accountable and no agreed split.
    pub fn overlaps(&self) -> usize {
        self.count(DomainKind::Overlap)
    }

    pub(super) fn count(&self, kind: DomainKind) -> usize {
        self.owners.iter().filter(|owner| owner.is(kind)).count()
    }

    /// The bytes that this row takes, its lists included.
    pub fn bytes(&self) -> usize {
        size_of::<Row>() + size_of_val(&*self.steps) + size_of_val(&*self.owners)
    }

    /// Whether two rows are the same but for where they were read.
    pub(super) fn says_the_same(&self, other: &Row) -> bool {
        let bare = |row: &Row| Row {
            source: self.source,
            duplicate_of: None,
            ..row.clone()
        };
        bare(self) == bare(other)
    }
}
