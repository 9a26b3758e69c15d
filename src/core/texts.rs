//! Texts by name: each set of names is an enum, and each language a file that has exactly these names.

use std::marker::PhantomData;

use serde_json::Value;

use super::content::Problem;
use super::read::{Read, Reader, Table};
use super::template;

/// The name of a text.
pub trait Named: Copy + 'static {
    /// For each name, in order: as it stands in the file, and the values that its text must use.
    const ALL: &'static [(&'static str, &'static [&'static str])];

    /// The place in [`Named::ALL`].
    fn place(self) -> usize;
}

macro_rules! keys {
    ($names:ident: $($key:ident = $name:literal $([$($value:literal),+])?;)*) => {
        /// The name of a text.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum $names { $($key),* }

        impl $crate::core::texts::Named for $names {
            const ALL: &'static [(&'static str, &'static [&'static str])] =
                &[$(($name, &[$($($value),+)?])),*];

            fn place(self) -> usize {
                self as usize
            }
        }
    };
}
pub(super) use keys;

/// The texts of one language, by name.
#[derive(Clone, PartialEq, Debug)]
pub struct Texts<K> {
    /// In the order of [`Named::ALL`]; absent only in a file that validation refuses.
    pub(super) texts: Vec<Option<String>>,
    /// Names that no key has.
    pub(super) unknown: Vec<String>,
    names: PhantomData<K>,
}

impl<K: Named> Texts<K> {
    pub fn get(&self, key: K) -> &str {
        self.texts[key.place()].as_deref().unwrap_or_default()
    }

    /// Reads a file of texts that was found complete when it was built.
    pub fn load(json: &str) -> Result<Texts<K>, Vec<Problem>> {
        let mut reader = Reader::default();
        let value = serde_json::from_str(json).unwrap_or_else(|error| {
            reader.problem(&["the texts are no JSON: ", &error.to_string()]);
            Value::Null
        });
        let texts = Texts::read(&value, &mut reader);
        if reader.problems.is_empty() {
            Ok(texts)
        } else {
            Err(reader.problems)
        }
    }

    /// The names that are missing, superfluous, or whose text does not use a value that belongs in it.
    pub fn misfits(&self) -> Vec<(&str, &'static str)> {
        let mut found: Vec<(&str, &str)> = Vec::new();
        found.extend(
            self.unknown
                .iter()
                .map(|name| (name.as_str(), "nothing uses this text")),
        );
        for ((name, values), text) in K::ALL.iter().zip(&self.texts) {
            match text {
                None => found.push((name, "is missing")),
                Some(text) => {
                    let names = template::names(text);
                    if values.iter().any(|value| !names.contains(value)) {
                        found.push((name, "a value that belongs here is not used"));
                    }
                }
            }
        }
        found
    }
}

impl<K: Named> Read for Texts<K> {
    fn read(value: &Value, reader: &mut Reader) -> Texts<K> {
        let named = Table::<String>::read(value, reader);
        let texts = K::ALL.iter().map(|(name, _)| named.get(name).cloned());
        let unknown = named
            .keys()
            .filter(|name| !K::ALL.iter().any(|(key, _)| key == name));
        Texts {
            texts: texts.collect(),
            unknown: unknown.map(String::from).collect(),
            names: PhantomData,
        }
    }
}
