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
use super::interface::Key;
use super::response::Response;
use super::result::ResultDocument;
use super::wording::Wording;

/// From a check to its review where nobody names a day: the longest that the plan allows.
pub const REVIEW_MONTHS: u8 = 12;

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

    /// With the review after [`REVIEW_MONTHS`].
    pub fn yearly(made: Date) -> Dates {
        let review = made.plus_months(REVIEW_MONTHS);
        Dates { made, review }
    }
}

/// What every export is derived from.
#[derive(Clone, Copy)]
pub struct Basis<'a> {
    content: &'a Content,
    response: &'a Response,
    result: &'a ResultDocument,
    dates: Dates,
    words: Wording<'a>,
}

impl<'a> Basis<'a> {
    /// `result` must be that of `response`.
    pub fn new(
        content: &'a Content,
        response: &'a Response,
        result: &'a ResultDocument,
        dates: Dates,
    ) -> Basis<'a> {
        Basis {
            content,
            response,
            result,
            dates,
            words: Wording::new(content, response),
        }
    }

    fn text(&self, key: Key) -> String {
        self.words.text(key, &[])
    }

    fn texts<const N: usize>(&self, keys: [Key; N]) -> Vec<String> {
        keys.iter().map(|key| self.text(*key)).collect()
    }

    /// Which content and which arithmetic the numbers come from.
    fn identity(&self) -> String {
        let reference = &self.result.content;
        let values = [
            ("content", reference.id.as_str()),
            ("version", &reference.version),
            ("scoring", &self.result.scoring_version.to_string()),
        ];
        self.words.text(Key::ReceiptIdentity, &values)
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
        Export::Csv,
        Export::PlanCsv,
        Export::Markdown,
        Export::CharterMarkdown,
        Export::CharterHtml,
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
    pub fn label(self) -> Key {
        match self {
            Export::Csv => Key::ExportCsv,
            Export::PlanCsv => Key::ExportPlan,
            Export::Markdown => Key::ExportBrief,
            Export::CharterMarkdown => Key::ExportCharterText,
            Export::CharterHtml => Key::ExportCharterPage,
            Export::Calendar => Key::ExportCalendar,
        }
    }

    /// The name of the file.
    pub fn file(self) -> Key {
        match self {
            Export::Csv => Key::ExportCsvFile,
            Export::PlanCsv => Key::ExportPlanFile,
            Export::Markdown => Key::ExportBriefFile,
            Export::CharterMarkdown => Key::ExportCharterTextFile,
            Export::CharterHtml => Key::ExportCharterPageFile,
            Export::Calendar => Key::ExportCalendarFile,
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
            Export::CharterHtml => html::render(&basis.content.lang, &charter::charter(basis)),
            Export::Calendar => calendar::review(basis),
        }
    }
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
