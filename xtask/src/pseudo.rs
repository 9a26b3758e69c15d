//! Two languages that nobody speaks, made of the source language for tests: one in which every letter has an accent, and one that is
//! written from right to left. In both, texts are longer by two fifths. What can still be read in them as it is in the source language
//! was not taken from the content.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use delineate::core::content::SOURCE_LANGUAGE;
use serde_json::Value;

use crate::content::{self, FILES, PAGES, Pack};
use crate::root;

/// A pseudo-locale: its tag, the direction of its writing, and what it makes of the letters from a to z.
struct Locale {
    lang: &'static str,
    direction: &'static str,
    letters: [&'static str; 2],
}

/// The one in the letters of the source language, with accents.
pub const LONGER: &str = "en-xa";

const LOCALES: [Locale; 2] = [
    Locale {
        lang: LONGER,
        direction: "ltr",
        letters: ["åƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž", "ÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ"],
    },
    Locale {
        lang: "ar-xb",
        direction: "rtl",
        letters: ["ابتدهفجحيذكلمنوصقرسطعضزخىظ", "ابتدهفجحيذكلمنوصقرسطعضزخىظ"],
    },
];

/// Every language, and the pseudo-locales, all of them checked as any other.
pub fn packs() -> Result<Vec<Pack>> {
    let folder = root().join("target/pseudo-content");
    write(&folder)?;
    let mut packs = content::packs()?;
    let made = content::packs_in(&folder)?.into_iter();
    packs.extend(made.filter(|pack| pack.lang != SOURCE_LANGUAGE));
    Ok(packs)
}

/// Writes a folder of content that has the source language and the pseudo-locales.
pub fn write(folder: &Path) -> Result<()> {
    let from = root().join("content");
    let copy = |name: &str| fs::copy(from.join(name), folder.join(name)).map(drop);
    fs::create_dir_all(folder.join(SOURCE_LANGUAGE))?;
    copy("instrument.json")?;
    for name in FILES.iter().chain(&PAGES) {
        let name = format!("{SOURCE_LANGUAGE}/{name}.json");
        copy(&name)?;
        let text = fs::read_to_string(from.join(&name))?;
        for locale in &LOCALES {
            let mut value: Value =
                serde_json::from_str(&text).with_context(|| format!("{name} is not JSON"))?;
            locale.translate(&mut value);
            let to = folder.join(name.replacen(SOURCE_LANGUAGE, locale.lang, 1));
            fs::create_dir_all(to.parent().context("a file lies in a folder")?)?;
            fs::write(to, value.to_string())?;
        }
    }
    Ok(())
}

impl Locale {
    fn translate(&self, value: &mut Value) {
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    match name.as_str() {
                        "direction" if member.is_string() => *member = self.direction.into(),
                        // Ids and addresses are not for people.
                        "$schema" | "strength" | "url" => {}
                        _ => self.translate(member),
                    }
                }
            }
            Value::Array(members) => members.iter_mut().for_each(|one| self.translate(one)),
            Value::String(text) if !is_file(text) => *text = self.written(text),
            _ => {}
        }
    }

    /// The letters of `text` as the locale has them, each vowel as often again as makes the whole longer by two fifths. What stands
    /// in braces is a name, and stays.
    fn written(&self, text: &str) -> String {
        let mut out = String::new();
        // How much longer the text is to become, in fifths of a character.
        let mut owed = 0;
        let mut last = None;
        let mut inside = false;
        for character in text.chars() {
            inside |= character == '{';
            if inside {
                out.push(character);
                inside = character != '}';
                continue;
            }
            owed += 2;
            let letter = self.letter(character);
            out.push(letter);
            if character.is_ascii_alphabetic() {
                last = Some(out.len());
            }
            if "aeiouyAEIOUY".contains(character) {
                let more = self.letter(character.to_ascii_lowercase());
                while owed >= 5 {
                    out.push(more);
                    owed -= 5;
                }
            }
        }
        // A text that ends in consonants ends in more of them.
        if let Some(at) = last {
            let more = self.letter('o').to_string().repeat(owed / 5);
            out.insert_str(at, &more);
        }
        out
    }

    fn letter(&self, character: char) -> char {
        let [small, capital] = self.letters;
        let letters = if character.is_ascii_uppercase() {
            capital
        } else {
            small
        };
        let place = (character.to_ascii_lowercase() as usize).checked_sub('a' as usize);
        let letter = place.and_then(|place| letters.chars().nth(place));
        letter.unwrap_or(character)
    }
}

/// Whether a text is the name of a file: its ending says what is in it.
fn is_file(text: &str) -> bool {
    let name = |part: &str| {
        let inside = |byte: u8| byte.is_ascii_lowercase() || byte == b'-';
        !part.is_empty() && part.bytes().all(inside)
    };
    text.split_once('.')
        .is_some_and(|(stem, ending)| name(stem) && name(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_longer_by_two_fifths_and_keep_their_names() {
        let [accented, mirrored] = &LOCALES;
        for text in [
            "Who decides what: your CTO or your CIO?",
            "CTO",
            "Shhh, hmm",
            "No",
        ] {
            let length = text.chars().count();
            for locale in &LOCALES {
                let made = locale.written(text);
                assert_eq!(made.chars().count(), length + length * 2 / 5, "{made}");
                assert!(!made.contains(|c: char| c.is_ascii_alphabetic()), "{made}");
            }
        }
        assert_eq!(accented.written("{a} of {Bb}: 3"), "{a} öƒöö {Bb}: 3");
        assert_eq!(mirrored.written("; "), "; ");
        assert!(is_file("role-charter.md") && !is_file("Type it. below") && !is_file("."));
    }

    #[test]
    fn no_two_letters_become_one() {
        for locale in &LOCALES {
            for letters in locale.letters {
                let mut all: Vec<char> = letters.chars().collect();
                all.sort_unstable();
                all.dedup();
                assert_eq!(all.len(), 26, "{}", locale.lang);
            }
        }
    }

    #[test]
    fn the_pseudo_locales_are_complete() {
        let packs = packs().unwrap_or_else(|error| panic!("{error:#}"));
        for locale in &LOCALES {
            let pack = packs.iter().find(|pack| pack.lang == locale.lang);
            let pack = pack.expect("the pseudo-locale was made");
            assert_eq!(pack.content.direction(), locale.direction);
        }
    }
}
