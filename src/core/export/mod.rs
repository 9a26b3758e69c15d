//! What one respondent takes away as files for other tools. Columns and choices: `docs/exports.md`.
//!
//! Every number and every finding comes from the result document and every word from the content; nothing is worked out here but
//! the days on which something is due.

mod brief;
mod calendar;
mod charter;
mod csv;
mod document;
mod html;
mod markdown;

use super::content::Content;
use super::date::Date;
use super::desk::{DeskKey, DeskTexts};
use super::interface::Key;
use super::response::Response;
use super::result::ResultDocument;
use super::wording::Wording;

/// From a check to its review where nobody names a day: the longest that the plan allows.
pub const REVIEW_MONTHS: u8 = 12;

/// The months that are offered.
pub const REVIEW_CHOICES: [u8; 3] = [3, 6, REVIEW_MONTHS];

/// The days that an export speaks of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Dates {
    made: Date,
    review: Date,
}

impl Dates {
    /// `made` is the day of the answers, `review` that of the next look at them; nothing unless it is a later one.
    pub fn new(made: Date, review: Date) -> Option<Dates> {
        (review > made).then_some(Dates { made, review })
    }

    /// With the review after so many months, at least one.
    pub fn after(made: Date, months: u8) -> Dates {
        let review = made.plus_months(months.max(1));
        Dates { made, review }
    }

    /// With the review after [`REVIEW_MONTHS`].
    pub fn yearly(made: Date) -> Dates {
        Dates::after(made, REVIEW_MONTHS)
    }

    pub fn review(&self) -> Date {
        self.review
    }
}

/// What every export is derived from.
#[derive(Clone, Copy)]
pub struct Basis<'a> {
    content: &'a Content,
    response: &'a Response,
    result: &'a ResultDocument,
    dates: Dates,
    texts: &'a DeskTexts,
    words: Wording<'a>,
}

/// The name of a text of an export. What the page says too is said in the words of the page.
#[derive(Clone, Copy)]
enum Name {
    Check(Key),
    Desk(DeskKey),
}

impl From<Key> for Name {
    fn from(key: Key) -> Name {
        Name::Check(key)
    }
}

impl From<DeskKey> for Name {
    fn from(key: DeskKey) -> Name {
        Name::Desk(key)
    }
}

impl<'a> Basis<'a> {
    /// `result` must be that of `response`.
    pub fn new(
        content: &'a Content,
        response: &'a Response,
        result: &'a ResultDocument,
        dates: Dates,
        texts: &'a DeskTexts,
    ) -> Basis<'a> {
        Basis {
            content,
            response,
            result,
            dates,
            texts,
            words: Wording::new(content, response),
        }
    }

    fn text(&self, name: impl Into<Name>) -> String {
        self.text_with(name, &[])
    }

    fn text_with(&self, name: impl Into<Name>, values: &[(&str, &str)]) -> String {
        let text = match name.into() {
            Name::Check(key) => self.content.interface.get(key),
            Name::Desk(key) => self.texts.get(key),
        };
        self.words.fill(text, values)
    }

    fn texts<const N: usize>(&self, names: [Name; N]) -> Vec<String> {
        names.iter().map(|name| self.text(*name)).collect()
    }

    /// Which content and which arithmetic the numbers come from.
    fn identity(&self) -> String {
        let reference = &self.result.content;
        let values = [
            ("content", reference.id.as_str()),
            ("version", &reference.version),
            ("scoring", &self.result.scoring_version.to_string()),
        ];
        self.text_with(Key::ReceiptIdentity, &values)
    }
}

/// A file that can be made of one result.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Export {
    /// Every asked question with its answer and its points, for a spreadsheet.
    Csv,
    /// The plan, for a tool that keeps tasks.
    PlanCsv,
    /// The brief for a board.
    Markdown,
    CharterMarkdown,
    /// The charter as a page that a word processor opens.
    CharterHtml,
    /// The next review.
    Calendar,
}

impl Export {
    /// In the order in which they are offered.
    pub const ALL: [Export; 6] = [
        Export::Markdown,
        Export::CharterHtml,
        Export::CharterMarkdown,
        Export::PlanCsv,
        Export::Csv,
        Export::Calendar,
    ];

    /// Its name on a command line.
    pub fn id(self) -> &'static str {
        match self {
            Export::Csv => "csv",
            Export::PlanCsv => "plan-csv",
            Export::Markdown => "markdown",
            Export::CharterMarkdown => "charter-markdown",
            Export::CharterHtml => "charter-html",
            Export::Calendar => "calendar",
        }
    }

    /// What it is called where it is offered.
    pub fn label(self) -> DeskKey {
        match self {
            Export::Csv => DeskKey::ExportCsv,
            Export::PlanCsv => DeskKey::ExportPlan,
            Export::Markdown => DeskKey::ExportBrief,
            Export::CharterMarkdown => DeskKey::ExportCharterText,
            Export::CharterHtml => DeskKey::ExportCharterPage,
            Export::Calendar => DeskKey::ExportCalendar,
        }
    }

    /// The name of the file.
    pub fn file(self) -> DeskKey {
        match self {
            Export::Csv => DeskKey::ExportCsvFile,
            Export::PlanCsv => DeskKey::ExportPlanFile,
            Export::Markdown => DeskKey::ExportBriefFile,
            Export::CharterMarkdown => DeskKey::ExportCharterTextFile,
            Export::CharterHtml => DeskKey::ExportCharterPageFile,
            Export::Calendar => DeskKey::ExportCalendarFile,
        }
    }

    pub fn media_type(self) -> &'static str {
        match self {
            Export::Csv | Export::PlanCsv => "text/csv;charset=utf-8",
            Export::Markdown | Export::CharterMarkdown => "text/markdown;charset=utf-8",
            Export::CharterHtml => "text/html;charset=utf-8",
            Export::Calendar => "text/calendar;charset=utf-8",
        }
    }

    /// The file itself.
    pub fn text(self, basis: &Basis) -> String {
        match self {
            Export::Csv => csv::answers(basis),
            Export::PlanCsv => csv::plan(basis),
            Export::Markdown => markdown::render(&brief::brief(basis)),
            Export::CharterMarkdown => markdown::render(&charter::charter(basis)),
            Export::CharterHtml => html::render(basis.content, &charter::charter(basis)),
            Export::Calendar => calendar::review(basis),
        }
    }
}

/// A short name of these answers on this day, the same wherever it is made: FNV-1a, 64 bits.
pub fn digest(date: Date, response: &Response) -> String {
    let day = date.compact();
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in [day.as_str(), &response.to_json()].concat().bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    format!("{day}-{hash:016x}")
}

/// `text` on one line: whatever breaks a line or is no character at all becomes a space.
///
/// Content is prose of one sentence or a few, so nothing is lost; and a text from a foreign pack cannot open a row, a block or a
/// property of its own.
fn line(text: &str) -> String {
    let breaks =
        |c: char| c == ' ' || c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}');
    let words: Vec<&str> = text.split(breaks).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}
