//! The share code: a whole response as a short text that fits a link, and back again. `docs/share-code.md` describes every bit.
//!
//! Reading is total: whatever the text, there is a response or a reason. A code names the pack and the layout that it was made with,
//! so that the answers to another content, or to questions in another order, are recognised and never misread.

mod checksum;
pub mod fragment;
mod layout;
pub mod locked;
mod number;
mod questions;
mod symbols;

use std::fmt;

use super::content::Content;
use super::response::Response;
use checksum::checksum;
pub use layout::Layout;
use number::Number;
use questions::questions;

/// The version of the format that [`encode`] writes. Codes of this and every earlier one are read.
pub const VERSION: u8 = 1;
/// The most characters of a code. The largest content that is accepted has answers of fewer than 1,500 bytes.
pub const LONGEST: usize = 2048;

/// Bytes of the pack's tag and of the layout's, and of the checksum.
const PACK_TAG: usize = 2;
const LAYOUT_TAG: usize = 4;
const CHECKSUM: usize = 4;
/// In how many ways the four blocks can be there or not.
const BLOCKS: u32 = 16;
/// How far the version lies above the kind in the first byte.
const KIND_BITS: u8 = 2;

/// What a code is sent for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Answers to be looked at.
    Result = 0,
    /// Answers that the page keeps to itself until the reader's own are complete. They are in the code, and not encrypted.
    Invitation = 1,
}

/// What a code holds.
#[derive(Clone, PartialEq, Debug)]
pub struct Shared {
    pub kind: Kind,
    /// Names the content at hand, whose ids it uses, even if an earlier version of it was answered.
    pub response: Response,
}

/// Why a text is not a code that can be read here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CodeProblem {
    /// Nothing about it looks like a code.
    NotACode,
    /// Its end is missing.
    Truncated,
    /// It was changed on the way, or made by a faulty program.
    Damaged,
    /// Intact, of a version or a kind that came after this code.
    LaterVersion,
    /// Intact, the answers to another pack, or to another major version of this one.
    OtherPack,
    /// Intact, the answers to a version of this pack whose questions, or whose order of them, are not known here.
    UnknownLayout,
}

impl fmt::Display for CodeProblem {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            Self::NotACode => "not a share code",
            Self::Truncated => "the end of the code is missing",
            Self::Damaged => "the code was changed: its checksum or its form does not hold",
            Self::LaterVersion => "the code is of a later version or kind",
            Self::OtherPack => {
                "the code answers another pack, or another major version of this one"
            }
            Self::UnknownLayout => "the code answers a layout of this pack that is not known here",
        })
    }
}

/// The code of a response to this content, as [`Response::parse`] accepts it. An answer that the content does not have is left out, and
/// full steps are put in the order of the content.
pub fn encode(kind: Kind, response: &Response, content: &Content) -> String {
    write(kind, response, &Layout::of(&content.instrument))
}

/// Reads what [`encode`] wrote, now or in an earlier version, with or without white space around it. Earlier layouts are loaded with the
/// questions ([`super::pack::part`]): before that, only codes of the present layout are read.
pub fn decode(code: &str, content: &Content) -> Result<Shared, CodeProblem> {
    let code = code.trim_ascii();
    let bytes = symbols::read(code).ok_or(CodeProblem::NotACode)?;
    let (kind, body) = open(&bytes)?;
    let (pack, rest) = body
        .split_at_checked(PACK_TAG)
        .ok_or(CodeProblem::Damaged)?;
    let (tag, answers) = rest
        .split_at_checked(LAYOUT_TAG)
        .ok_or(CodeProblem::Damaged)?;
    let mut layout = Layout::of(&content.instrument);
    if pack != &layout.pack_tag()[..PACK_TAG] {
        return Err(CodeProblem::OtherPack);
    }
    let mut earlier = content.instrument.layouts.iter();
    while layout.tag() != tag {
        layout = Layout::read(earlier.next().ok_or(CodeProblem::UnknownLayout)?);
    }
    let mut response = unpack(Number::of(answers), &layout, content);
    // One response has one code: this also finds answers left over, needless zeros, and bits beyond the last byte.
    if write(kind, &response, &layout) != code {
        return Err(CodeProblem::Damaged);
    }
    response
        .check(content)
        .map_err(|_| CodeProblem::UnknownLayout)?;
    response.extend(content, &[]);
    Ok(Shared { kind, response })
}

fn write(kind: Kind, response: &Response, layout: &Layout) -> String {
    let mut answers = pack(response, layout);
    let mut bytes = Vec::new();
    loop {
        let length = PACK_TAG + LAYOUT_TAG + answers.len();
        bytes.push((VERSION << KIND_BITS) | kind as u8);
        if length < 0x80 {
            bytes.push(length as u8);
        } else {
            bytes.extend([length as u8 | 0x80, (length >> 7) as u8]);
        }
        if !(bytes.len() + length + CHECKSUM).is_multiple_of(3) {
            break;
        }
        // A last character with bits to spare is never `-` or `_`, which some programs leave out of a link at its end.
        answers.push(0);
        bytes.clear();
    }
    bytes.extend_from_slice(&layout.pack_tag()[..PACK_TAG]);
    bytes.extend_from_slice(&layout.tag());
    bytes.extend_from_slice(&answers);
    bytes.extend_from_slice(&checksum(&bytes));
    symbols::write(&bytes)
}

/// The kind and the body of a code that arrived whole. Every version keeps this envelope, so that a later one is told from damage.
fn open(bytes: &[u8]) -> Result<(Kind, &[u8]), CodeProblem> {
    let (&first, mut rest) = bytes.split_first().ok_or(CodeProblem::NotACode)?;
    let version = first >> KIND_BITS;
    let mut length = 0;
    for place in 0..2 {
        let (&part, after) = rest.split_first().ok_or(CodeProblem::NotACode)?;
        rest = after;
        length |= usize::from(part & 0x7f) << (7 * place);
        if part < 0x80 {
            break;
        }
    }
    // A text of an unknown version is taken for a code only when its checksum holds.
    let known = (1..=VERSION).contains(&version);
    let unless_foreign = |problem| {
        if known {
            problem
        } else {
            CodeProblem::NotACode
        }
    };
    if rest.len() < length + CHECKSUM {
        return Err(unless_foreign(CodeProblem::Truncated));
    }
    let (whole, sum) = bytes.split_at(bytes.len() - CHECKSUM);
    if rest.len() > length + CHECKSUM || checksum(whole) != sum {
        return Err(unless_foreign(CodeProblem::Damaged));
    }
    let kind = match first & ((1 << KIND_BITS) - 1) {
        _ if version == 0 => return Err(CodeProblem::NotACode),
        _ if !known => return Err(CodeProblem::LaterVersion),
        0 => Kind::Result,
        1 => Kind::Invitation,
        _ => return Err(CodeProblem::LaterVersion),
    };
    Ok((kind, &rest[..length]))
}

/// The answers as one number, the first question its least significant digit, each digit in the base of its question.
fn pack(response: &Response, layout: &Layout) -> Vec<u8> {
    let mut questions = questions(layout);
    let mut digits = Vec::with_capacity(questions.len());
    let mut answered = 1;
    for (block, question) in &questions {
        let digit = question.digit(response, layout);
        if digit > 0 {
            answered |= 1 << block;
        }
        digits.push(digit);
    }
    let mut number = Number::default();
    while let (Some((block, question)), Some(digit)) = (questions.pop(), digits.pop()) {
        if (answered >> block) & 1 == 1 {
            number.push(question.base(layout), digit);
        }
    }
    number.push(BLOCKS, answered >> 1);
    number.into_bytes()
}

fn unpack(mut number: Number, layout: &Layout, content: &Content) -> Response {
    let mut response = Response::new(content);
    let answered = (number.pop(BLOCKS) << 1) | 1;
    for (block, question) in questions(layout) {
        if (answered >> block) & 1 == 1 {
            let digit = number.pop(question.base(layout));
            question.answer(digit, layout, &mut response);
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A code with this first byte and body, its checksum right.
    fn sealed(first: u8, body: &[u8]) -> Vec<u8> {
        let mut bytes = vec![first, body.len() as u8];
        bytes.extend_from_slice(body);
        bytes.extend_from_slice(&checksum(&bytes));
        bytes
    }

    #[test]
    fn later_versions_and_kinds_are_told_from_damage() {
        for (first, expected) in [
            (1 << 2, Ok((Kind::Result, &b"body"[..]))),
            (1 << 2 | 1, Ok((Kind::Invitation, &b"body"[..]))),
            (1 << 2 | 2, Err(CodeProblem::LaterVersion)),
            (1 << 2 | 3, Err(CodeProblem::LaterVersion)),
            (2 << 2, Err(CodeProblem::LaterVersion)),
            (63 << 2, Err(CodeProblem::LaterVersion)),
            (0, Err(CodeProblem::NotACode)),
        ] {
            assert_eq!(open(&sealed(first, b"body")), expected, "{first}");
        }
    }

    #[test]
    fn what_is_too_short_too_long_or_changed_is_told_apart() {
        let whole = sealed(1 << 2, b"body");
        assert_eq!(open(&whole[..1]), Err(CodeProblem::NotACode));
        for end in 2..whole.len() {
            assert_eq!(open(&whole[..end]), Err(CodeProblem::Truncated), "{end}");
        }
        let mut longer = whole.clone();
        longer.push(0);
        assert_eq!(open(&longer), Err(CodeProblem::Damaged));
        let mut changed = whole;
        changed[3] ^= 4;
        assert_eq!(open(&changed), Err(CodeProblem::Damaged));
        // The same faults in a text of a version that nobody has written yet.
        let foreign = sealed(9 << 2, b"body");
        assert_eq!(open(&foreign[..8]), Err(CodeProblem::NotACode));
        let mut changed = foreign;
        changed[3] ^= 4;
        assert_eq!(open(&changed), Err(CodeProblem::NotACode));
    }
}
