//! A code under a passphrase: what is locked, how, and whether it arrived whole. Locking and opening are the browser's
//! (`docs/share-code.md`, "Under a passphrase").

use super::checksum::checksum;
use super::symbols;
use super::{CHECKSUM, CodeProblem};

/// What stands before the dot: a letter that no code has before a dot, and the version of all parameters below.
const LETTER: char = 'p';
const VERSION: &str = "1";

/// Rounds of PBKDF2 with SHA-256, by which a guess costs as much as a key.
pub const ITERATIONS: u32 = 600_000;
/// Bytes of the salt, of AES-GCM's initialisation vector, and of its tag, which is the end of what was encrypted. Keys have 256 bits.
pub const SALT: usize = 16;
pub const VECTOR: usize = 12;
pub const TAG: usize = 16;

/// A code that only its passphrase opens.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Locked {
    pub salt: Vec<u8>,
    pub vector: Vec<u8>,
    /// The code, encrypted, and the tag.
    pub text: Vec<u8>,
}

/// What the encryption vouches for beside the code: the version of the parameters.
pub fn prefix() -> String {
    [&LETTER.to_string(), VERSION, "."].concat()
}

impl Locked {
    /// The text that stands in a link.
    pub fn write(&self) -> String {
        let mut bytes = [&self.salt[..], &self.vector, &self.text].concat();
        bytes.extend_from_slice(&checksum(&bytes));
        prefix() + &symbols::write(&bytes)
    }
}

/// Reads what [`Locked::write`] wrote; nothing when the text does not look like it.
pub fn read(text: &str) -> Option<Result<Locked, CodeProblem>> {
    let (version, rest) = text.trim().strip_prefix(LETTER)?.split_once('.')?;
    if version.is_empty() || !version.bytes().all(|one| one.is_ascii_digit()) {
        return None;
    }
    if version != VERSION {
        return Some(Err(CodeProblem::LaterVersion));
    }
    Some(open(rest))
}

fn open(text: &str) -> Result<Locked, CodeProblem> {
    let bytes = symbols::read(text).ok_or(CodeProblem::Damaged)?;
    let at = bytes.len().checked_sub(CHECKSUM);
    let (whole, sum) = bytes.split_at(at.ok_or(CodeProblem::Truncated)?);
    // The checksum tells damage from a wrong passphrase; the tag could not.
    if whole.len() <= SALT + VECTOR + TAG || checksum(whole) != sum {
        return Err(CodeProblem::Damaged);
    }
    let (salt, rest) = whole.split_at(SALT);
    let (vector, text) = rest.split_at(VECTOR);
    Ok(Locked {
        salt: salt.into(),
        vector: vector.into(),
        text: text.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locked() -> Locked {
        Locked {
            salt: (0..16).collect(),
            vector: (16..28).collect(),
            text: (100..150).collect(),
        }
    }

    #[test]
    fn what_was_written_is_read_back() {
        let text = locked().write();
        assert!(text.starts_with("p1."), "{text}");
        assert_eq!(read(&text), Some(Ok(locked())));
        assert_eq!(read(&[" ", &text, "\n"].concat()), Some(Ok(locked())));
    }

    #[test]
    fn every_changed_character_and_every_missing_end_is_found() {
        let text = locked().write();
        for place in 3..text.len() {
            let mut changed = text.clone().into_bytes();
            changed[place] = if changed[place] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).expect("the text is ASCII");
            assert_eq!(read(&changed), Some(Err(CodeProblem::Damaged)), "{changed}");
            let cut = read(&text[..place]);
            assert!(matches!(cut, Some(Err(_))), "{cut:?}");
        }
    }

    #[test]
    fn other_versions_and_other_texts_are_told_apart() {
        assert_eq!(read("p2.AAAA"), Some(Err(CodeProblem::LaterVersion)));
        assert_eq!(read("p10."), Some(Err(CodeProblem::LaterVersion)));
        assert_eq!(read("p1."), Some(Err(CodeProblem::Truncated)));
        assert_eq!(read("p1.AAAA+"), Some(Err(CodeProblem::Damaged)));
        for text in ["", "p", "p.", "p1", "q1.AAAA", "px.AAAA", "BCDE", "ä1."] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
