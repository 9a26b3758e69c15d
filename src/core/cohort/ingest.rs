//! Reads a document a slice at a time, so that a page stays responsive, shows how far it is, and can stop.

use super::Cohort;
use super::document::{self, Refusal};
use super::row::Source;

/// The most bytes of one respondent's document; a result document of a full check has a tenth of that.
pub const MOST_BYTES: usize = 1_000_000;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// What became of one respondent's document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verdict {
    /// The line on which it begins, from 1.
    pub line: usize,
    pub outcome: Outcome,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// Kept as a row of its own; the number is its place in [`Cohort::rows`].
    Accepted(usize),
    /// Kept and flagged: it has the same answers as an earlier row.
    Duplicate {
        row: usize,
        /// Where the first one was read.
        of: Source,
    },
    Refused(Refusal),
}

/// How many documents had which outcome.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Tally {
    pub accepted: usize,
    pub duplicates: usize,
    pub refused: usize,
}

/// How respondents are laid out in the document.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Form {
    /// Not enough of it is here to tell.
    Open,
    /// One on each line.
    Lines,
    /// One on all lines together.
    Whole,
    /// A JSON list, of whatever.
    List,
}

/// One document while it is read. It holds what was fed and not yet read, and of that at most one slice and one line.
#[derive(Debug)]
pub struct Ingest {
    document: u32,
    waiting: Vec<u8>,
    /// Where in `waiting` the next line begins.
    start: usize,
    /// Up to where in `waiting` no line end was found.
    searched: usize,
    /// Bytes read before `waiting`.
    before: usize,
    /// The number of the line at `start`, from 1.
    line: usize,
    form: Form,
    ended: bool,
    /// Whether the rest of a line that is too long is passed over.
    skipping: bool,
    tally: Tally,
}

/// A piece of a document.
enum Piece {
    /// From and to in `waiting`, and the line on which it begins.
    Text(usize, usize, usize),
    /// What begins on this line is not read.
    Refused(usize, Refusal),
    /// Nothing, or what was said of already.
    Passed,
}

impl Ingest {
    pub(super) fn new(document: usize) -> Ingest {
        Ingest {
            document: document as u32,
            waiting: Vec::new(),
            start: 0,
            searched: 0,
            before: 0,
            line: 1,
            form: Form::Open,
            ended: false,
            skipping: false,
            tally: Tally::default(),
        }
    }

    /// Adds the next bytes of the document; a character, or a line, may be cut anywhere.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.waiting.drain(..self.start);
        self.before += self.start;
        self.searched -= self.start;
        self.start = 0;
        self.waiting.extend_from_slice(bytes);
    }

    /// Says that nothing more will be fed.
    pub fn end(&mut self) {
        self.ended = true;
    }

    /// How many bytes of the document have been read.
    pub fn read(&self) -> usize {
        self.before + self.start
    }

    /// What became of the respondents read so far.
    pub fn tally(&self) -> Tally {
        self.tally
    }

    /// Whether all of it has been read.
    pub fn is_done(&self) -> bool {
        self.ended && self.start == self.waiting.len() && self.tally != Tally::default()
    }

    /// Reads at most `most` lines of what was fed. No verdict and not done: feed more, or step again.
    pub fn step(&mut self, cohort: &mut Cohort, most: usize) -> Vec<Verdict> {
        let mut verdicts = Vec::new();
        for _ in 0..most {
            let Some(piece) = self.piece() else {
                break;
            };
            let (line, kept) = match piece {
                Piece::Text(from, to, line) => (line, self.keep(cohort, from, to, line)),
                Piece::Refused(line, refusal) => (line, Err(refusal)),
                Piece::Passed => continue,
            };
            verdicts.push(self.verdict(line, kept));
        }
        let at_end = self.ended && self.start == self.waiting.len();
        if at_end && self.tally == Tally::default() {
            verdicts.push(self.verdict(1, Err(Refusal::Nothing)));
        }
        verdicts
    }

    fn verdict(&mut self, line: usize, kept: Result<Outcome, Refusal>) -> Verdict {
        let outcome = kept.unwrap_or_else(Outcome::Refused);
        let count = match outcome {
            Outcome::Accepted(_) => &mut self.tally.accepted,
            Outcome::Duplicate { .. } => &mut self.tally.duplicates,
            Outcome::Refused(_) => &mut self.tally.refused,
        };
        *count += 1;
        Verdict { line, outcome }
    }

    fn keep(
        &self,
        cohort: &mut Cohort,
        from: usize,
        to: usize,
        line: usize,
    ) -> Result<Outcome, Refusal> {
        let response = document::read(&self.waiting[from..to], line, cohort.content())?;
        let source = Source {
            document: self.document,
            line: line as u32,
        };
        let first = cohort.push(&response, source)?;
        let row = cohort.rows().len() - 1;
        Ok(match first {
            None => Outcome::Accepted(row),
            Some(first) => Outcome::Duplicate {
                row,
                of: cohort.rows()[first].source,
            },
        })
    }

    /// The next piece, if enough of the document is here.
    fn piece(&mut self) -> Option<Piece> {
        if self.start == self.waiting.len() {
            return None;
        }
        if self.form == Form::Open {
            self.form = self.form()?;
        }
        match self.form {
            Form::Open | Form::Lines => self.one_line(),
            Form::Whole => self.whole(),
            Form::List => Some(self.rest(Refusal::List)),
        }
    }

    fn one_line(&mut self) -> Option<Piece> {
        let rest = &self.waiting[self.searched..];
        let end = rest.iter().position(|byte| *byte == b'\n');
        let (from, line) = (self.start, self.line);
        let to = match end {
            Some(end) => self.searched + end,
            None => self.waiting.len(),
        };
        let long = to - from > MOST_BYTES;
        if end.is_none() && !self.ended {
            self.searched = to;
            if !long && !self.skipping {
                return None;
            }
            // What is too long is not kept until its end comes.
            return Some(self.rest(Refusal::TooLong));
        }
        self.start = to + usize::from(end.is_some());
        self.searched = self.start;
        self.line += usize::from(end.is_some());
        let skipped = std::mem::take(&mut self.skipping);
        let blank = self.waiting[from..to].trim_ascii().is_empty();
        Some(match (skipped || blank, long) {
            (true, _) => Piece::Passed,
            (_, true) => Piece::Refused(line, Refusal::TooLong),
            _ => Piece::Text(from, to, line),
        })
    }

    fn whole(&mut self) -> Option<Piece> {
        let (from, to) = (self.start, self.waiting.len());
        if to - from > MOST_BYTES || self.skipping {
            return Some(self.rest(Refusal::TooLong));
        }
        if !self.ended {
            return None;
        }
        self.start = to;
        self.searched = to;
        Some(Piece::Text(from, to, self.line))
    }

    /// Passes over all that is here, and says why when it has not been said yet.
    fn rest(&mut self, refusal: Refusal) -> Piece {
        self.start = self.waiting.len();
        self.searched = self.start;
        if std::mem::replace(&mut self.skipping, true) {
            Piece::Passed
        } else {
            Piece::Refused(self.line, refusal)
        }
    }

    /// How the document is laid out, if enough of it is here to tell.
    ///
    /// It has one respondent on each line when the first line closes all that it opens, or when the second one opens an
    /// object anew, which it cannot within one. Thus a first line that was cut off spoils itself and not the others.
    fn form(&mut self) -> Option<Form> {
        if self.before == 0 && self.start == 0 && self.waiting.starts_with(BYTE_ORDER_MARK) {
            self.start = BYTE_ORDER_MARK.len();
        }
        let rest = &self.waiting[self.start..];
        let blank = rest.iter().take_while(|byte| byte.is_ascii_whitespace());
        let blank = blank.count();
        self.line += rest[..blank].iter().filter(|byte| **byte == b'\n').count();
        self.start += blank;
        self.searched = self.start;
        let rest = &self.waiting[self.start..];
        if rest.first() == Some(&b'[') {
            return Some(Form::List);
        }
        let Some(end) = rest.iter().position(|byte| *byte == b'\n') else {
            return (self.ended || rest.len() > MOST_BYTES).then_some(Form::Lines);
        };
        if is_closed(&rest[..end]) {
            return Some(Form::Lines);
        }
        // Blank lines between the two do not count, indentation does.
        let mut second = rest[end..]
            .iter()
            .skip_while(|byte| matches!(byte, b'\r' | b'\n'));
        match second.next() {
            Some(b'{') => Some(Form::Lines),
            Some(_) => Some(Form::Whole),
            None => (self.ended || rest.len() > MOST_BYTES).then_some(Form::Lines),
        }
    }
}

/// Whether every bracket that the text opens is closed in it.
fn is_closed(text: &[u8]) -> bool {
    let (mut open, mut quoted, mut escaped) = (0usize, false, false);
    for byte in text {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = quoted,
            b'"' => quoted = !quoted,
            b'{' | b'[' if !quoted => open += 1,
            b'}' | b']' if !quoted => open = open.saturating_sub(1),
            _ => {}
        }
    }
    open == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Feeds the same slice again and again, and returns the most bytes that waited after a step and how many were refused.
    fn fed(first: &[u8], slice: &[u8], times: usize) -> (usize, usize) {
        let mut ingest = Ingest::new(0);
        ingest.feed(first);
        let (mut most, mut refused) = (0, 0);
        for _ in 0..times {
            ingest.feed(slice);
            while let Some(piece) = ingest.piece() {
                refused += usize::from(matches!(piece, Piece::Refused(..)));
            }
            most = most.max(ingest.waiting.len());
        }
        (most, refused)
    }

    #[test]
    fn what_waits_is_bounded_however_long_the_document() {
        let slice = [b'x'; 100_000];
        for first in [&b"{}\n{"[..], b"{\n \"format\":", b"[", b"{"] {
            let (most, refused) = fed(first, &slice, 40);
            assert!(most <= MOST_BYTES + 2 * slice.len(), "{most}");
            assert_eq!(refused, 1);
        }
        let mut lines = Vec::new();
        for _ in 0..1000 {
            lines.extend_from_slice(b"{\"format\":1}\n");
        }
        let (most, refused) = fed(b"", &lines, 200);
        assert_eq!((most, refused), (lines.len(), 0));
    }

    #[test]
    fn no_byte_is_searched_twice_for_the_end_of_its_line() {
        let mut ingest = Ingest::new(0);
        ingest.feed(b"{}\n");
        assert!(ingest.piece().is_some());
        for slices in 1..=5 {
            ingest.feed(&[b'x'; 100]);
            assert_eq!(ingest.searched, 100 * (slices - 1));
            assert!(ingest.piece().is_none());
            assert_eq!((ingest.start, ingest.searched), (0, 100 * slices));
        }
    }

    #[test]
    fn brackets_within_texts_are_no_brackets() {
        for (text, closed) in [
            (&br#"{"a":[1,{}]}"#[..], true),
            (br#"{"a":"}"#, false),
            (br#"{"a":"{"}"#, true),
            (br#"{"a":"\"{"}"#, true),
            (br#"{"a":"\\"}"#, true),
            (br#"{"a":"\\"{}"#, false),
            (b"{", false),
            (b"", true),
            (b"}", true),
        ] {
            let shown = String::from_utf8_lossy(text);
            assert_eq!(is_closed(text), closed, "{shown}");
        }
    }
}
