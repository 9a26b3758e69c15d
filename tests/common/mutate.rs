//! Changes texts at random, the same way each time: what a parser of foreign input is fed with.

use std::collections::BTreeSet;

use proptest::prelude::RngExt;
use proptest::test_runner::{RngAlgorithm, TestRng};
use serde_json::{Number, Value, json};

/// Numbers and texts at which programs go wrong.
const EDGES: [&str; 24] = [
    "0",
    "-0",
    "-1",
    "1",
    "4",
    "5",
    "41",
    "64",
    "65",
    "100",
    "101",
    "255",
    "256",
    "1000",
    "1001",
    "4294967295",
    "4294967296",
    "18446744073709551616",
    "-9223372036854775809",
    "1e999",
    "0.5",
    "null",
    "true",
    "\"\\ud800\"",
];
const MARKS: [&str; 14] = [
    "{", "}", "[", "]", ":", ",", "\"", "\\", "{}", "[]", "\u{0}", "\u{202e}", "é", "{cto}",
];
/// Beyond the first.
const MOST_CHANGES: usize = 5;

pub struct Mutator {
    rng: TestRng,
    /// Words of the corpus, which a parser is likely to know.
    words: Vec<String>,
    /// How many texts the corpus began with.
    seeds: usize,
}

impl Mutator {
    pub fn new(seed: u64, corpus: &[String]) -> Mutator {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        let quoted = corpus
            .iter()
            .flat_map(|text| text.split('"').skip(1).step_by(2));
        let words: BTreeSet<String> = quoted.map(String::from).collect();
        Mutator {
            rng: TestRng::from_seed(RngAlgorithm::ChaCha, &bytes),
            seeds: corpus.len(),
            words: words.into_iter().chain(["".into()]).collect(),
        }
    }

    /// A number below `end`, which is not 0.
    pub fn below(&mut self, end: usize) -> usize {
        self.rng.random_range(0..end)
    }

    pub fn pick<'a>(&mut self, list: &'a [impl AsRef<str>]) -> &'a str {
        list[self.below(list.len())].as_ref()
    }

    /// A text of the pool, changed in one place or a few.
    pub fn text(&mut self, pool: &[String]) -> String {
        // What the corpus began with is nearer to being right than most of what joined it.
        let first = if self.below(2) == 0 {
            &pool[..self.seeds]
        } else {
            pool
        };
        let mut text = self.pick(first).to_string();
        let by_value = self.below(4) > 0;
        let more = if self.below(2) == 0 {
            0
        } else {
            self.below(MOST_CHANGES)
        };
        for _ in 0..=more {
            match serde_json::from_str(&text) {
                Ok(mut value) if by_value => {
                    let other = serde_json::from_str(self.pick(pool)).unwrap_or_default();
                    self.value(&mut value, &other);
                    text = value.to_string();
                }
                _ => {
                    let mut bytes = text.into_bytes();
                    self.bytes(&mut bytes, pool);
                    text = String::from_utf8_lossy(&bytes).into_owned();
                }
            }
        }
        text
    }

    fn place(&mut self, bytes: &[u8]) -> usize {
        self.below(bytes.len() + 1)
    }

    /// A stretch of the bytes, mostly a short one.
    fn stretch(&mut self, bytes: &[u8]) -> std::ops::Range<usize> {
        let start = self.place(bytes);
        let left = bytes.len() - start;
        let most = if self.below(4) > 0 {
            left.min(12)
        } else {
            left
        };
        start..start + self.below(most + 1)
    }

    /// One change of a row of bytes.
    pub fn bytes(&mut self, bytes: &mut Vec<u8>, pool: &[String]) {
        let place = self.place(bytes);
        match self.below(9) {
            0 if place < bytes.len() => bytes[place] ^= 1 << self.below(8),
            1 if place < bytes.len() => bytes[place] = self.below(256) as u8,
            2 => bytes.truncate(place),
            3 => drop(bytes.drain(self.stretch(bytes))),
            4 => {
                let copy = bytes[self.stretch(bytes)].to_vec();
                bytes.splice(place..place, copy);
            }
            5 => {
                let other = self.pick(pool).as_bytes();
                let part = other[self.stretch(other)].to_vec();
                let gone = self.stretch(bytes);
                bytes.splice(gone, part);
            }
            6 => self.insert(bytes, place, &EDGES),
            7 => self.insert(bytes, place, &MARKS),
            _ => {
                let word = self.word();
                bytes.splice(place..place, word.bytes());
            }
        }
    }

    fn insert(&mut self, bytes: &mut Vec<u8>, place: usize, words: &[&str]) {
        let word = self.pick(words).as_bytes().to_vec();
        bytes.splice(place..place, word);
    }

    /// One change of a JSON value, somewhere in it. `other` is what stands at the same place of another document, or null.
    fn value(&mut self, value: &mut Value, other: &Value) {
        let inner = match value {
            Value::Array(list) => list.len(),
            Value::Object(map) => map.len(),
            _ => 0,
        };
        if inner > 0 && self.below(6) > 0 {
            let place = self.below(inner);
            return match value {
                Value::Array(list) => {
                    self.value(&mut list[place], other.get(place).unwrap_or(&Value::Null));
                }
                Value::Object(map) => {
                    let (key, value) = map.iter_mut().nth(place).expect("the place is within");
                    self.value(value, other.get(key.as_str()).unwrap_or(&Value::Null));
                }
                _ => {}
            };
        }
        match (self.below(5), &mut *value, other) {
            (0, Value::Array(list), _) if inner > 0 => drop(list.remove(self.below(inner))),
            (1, Value::Array(list), _) if inner > 0 => {
                let copy = list[self.below(inner)].clone();
                list.insert(self.below(inner), copy);
            }
            (2, Value::Array(list), _) if inner > 0 => {
                let (one, two) = (self.below(inner), self.below(inner));
                list.swap(one, two);
            }
            (0, Value::Object(map), _) if inner > 0 => {
                let key = map.keys().nth(self.below(inner)).cloned();
                map.remove(&key.unwrap_or_default());
            }
            (1, Value::Object(map), _) if inner > 0 => {
                let key = map.keys().nth(self.below(inner)).cloned();
                let old = map.remove(&key.unwrap_or_default());
                map.insert(self.word(), old.unwrap_or_default());
            }
            (2, Value::Object(map), Value::Object(more)) if !more.is_empty() => {
                let (key, value) = more.iter().nth(self.below(more.len())).expect("within");
                map.insert(key.clone(), value.clone());
            }
            (0..=3, _, other) if !other.is_null() => *value = other.clone(),
            _ => *value = self.fresh(value),
        }
    }

    fn word(&mut self) -> String {
        let place = self.below(self.words.len());
        self.words[place].clone()
    }

    /// Something to stand in place of a value.
    fn fresh(&mut self, old: &Value) -> Value {
        match self.below(7) {
            0 => Value::Null,
            1 => json!(self.below(2) == 0),
            2 => {
                let edge = self.pick(&EDGES);
                edge.parse::<Number>()
                    .map_or_else(|_| edge.into(), Value::Number)
            }
            3 => "long ".repeat(self.below(200)).into(),
            4 => json!([old, old]),
            5 => json!({ self.word(): old }),
            _ => self.word().into(),
        }
    }
}
