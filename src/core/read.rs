//! Reads typed records out of a JSON value and notes every place that does not fit.
//!
//! Derived deserialisers for a content pack cost five times the bytes of this in the wasm, stop at the first problem, and
//! name a line where an author needs a place.

use serde::{Serialize, Serializer};
use serde_json::Value;

use super::content::{MOST_PROBLEMS, Problem};

/// The way to the value being read, and what was wrong so far.
#[derive(Default)]
pub struct Reader {
    place: Vec<String>,
    /// Whether only a part is read, and what is absent will follow.
    pub early: bool,
    /// The first [`MOST_PROBLEMS`].
    pub problems: Vec<Problem>,
    /// How many more there were.
    pub more: usize,
}

impl Reader {
    /// Notes that something else was found than what belongs here.
    pub fn expected(&mut self, what: &str, value: &Value) {
        if self.early && value.is_null() {
            return;
        }
        let found = match value {
            Value::Null => "nothing",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::String(_) => "a text",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        };
        self.problem(&["expected ", what, ", found ", found]);
    }

    /// Notes what is wrong with the value being read.
    pub fn problem(&mut self, reason: &[&str]) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(Problem::at(&self.place, reason));
        } else {
            self.more += 1;
        }
    }

    /// How many problems there are so far.
    pub fn found(&self) -> usize {
        self.problems.len() + self.more
    }

    /// What the name stands for, or, with a problem noted, the default.
    pub fn one_of<T: Copy + Default>(&mut self, value: &Value, names: &[(&str, T)]) -> T {
        let named = |(name, _): &&(&str, T)| value.as_str() == Some(*name);
        match names.iter().find(named) {
            Some((_, meaning)) => *meaning,
            None => {
                let names: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
                self.problem(&["expected one of ", &names.join(", ")]);
                T::default()
            }
        }
    }

    /// Does something one step further down.
    pub fn within_name<T>(&mut self, step: &str, work: impl FnOnce(&mut Reader) -> T) -> T {
        self.place.push(step.into());
        let done = work(self);
        self.place.pop();
        done
    }

    fn within<T: Read>(&mut self, step: &str, value: &Value) -> T {
        self.within_name(step, |reader| T::read(value, reader))
    }

    /// The field of that name. An absent one is read as null.
    pub fn field<T: Read>(&mut self, record: &Value, name: &str) -> T {
        self.within(name, record.get(name).unwrap_or(&Value::Null))
    }
}

pub trait Read {
    /// The value as `Self`, or, with a problem noted, something to go on with.
    fn read(value: &Value, reader: &mut Reader) -> Self;
}

/// A map with text keys, in the order of the keys.
#[derive(Clone, PartialEq, Debug)]
pub struct Table<T>(Vec<(String, T)>);

impl<T> Default for Table<T> {
    fn default() -> Table<T> {
        Table(Vec::new())
    }
}

impl<T: Serialize> Serialize for Table<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

impl<T> Table<T> {
    fn find(&self, key: &str) -> Result<usize, usize> {
        self.0
            .binary_search_by(|(other, _)| other.as_str().cmp(key))
    }

    pub fn get(&self, key: &str) -> Option<&T> {
        self.find(key).ok().map(|index| &self.0[index].1)
    }

    pub fn contains(&self, key: &str) -> bool {
        self.find(key).is_ok()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Sets or, with `None`, removes the value of a key.
    pub fn set(&mut self, key: &str, value: Option<T>) {
        match (self.find(key), value) {
            (Ok(index), Some(value)) => self.0[index].1 = value,
            (Ok(index), None) => {
                self.0.remove(index);
            }
            (Err(index), Some(value)) => self.0.insert(index, (key.into(), value)),
            (Err(_), None) => {}
        }
    }

    /// Removes the values that do not pass.
    pub fn retain(&mut self, pass: impl Fn(&T) -> bool) {
        self.0.retain(|(_, value)| pass(value));
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }

    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|(key, _)| key)
    }
}

/// Lookups of texts whose presence the validator has made sure of.
impl<T> std::ops::Index<&str> for Table<T> {
    type Output = T;

    fn index(&self, key: &str) -> &T {
        match self.get(key) {
            Some(value) => value,
            None => panic!("no text for {key}, which validation should have refused"),
        }
    }
}

impl Read for String {
    fn read(value: &Value, reader: &mut Reader) -> String {
        if !value.is_string() {
            reader.expected("a text", value);
        }
        value.as_str().unwrap_or_default().into()
    }
}

impl Read for bool {
    fn read(value: &Value, reader: &mut Reader) -> bool {
        if !value.is_boolean() {
            reader.expected("true or false", value);
        }
        value.as_bool().unwrap_or_default()
    }
}

/// Every number of a pack is a small count, share, level or weight.
impl Read for u32 {
    fn read(value: &Value, reader: &mut Reader) -> u32 {
        let whole = value.as_u64().and_then(|number| number.try_into().ok());
        if whole.is_none() {
            reader.expected("a whole number from 0", value);
        }
        whole.unwrap_or_default()
    }
}

impl<T: Read> Read for Option<T> {
    fn read(value: &Value, reader: &mut Reader) -> Option<T> {
        (!value.is_null()).then(|| T::read(value, reader))
    }
}

/// An absent list is an empty one.
impl<T: Read> Read for Vec<T> {
    fn read(value: &Value, reader: &mut Reader) -> Vec<T> {
        let mut list = Vec::new();
        match value {
            Value::Null => {}
            Value::Array(values) => {
                for (index, value) in values.iter().enumerate() {
                    list.push(reader.within(&index.to_string(), value));
                }
            }
            _ => reader.expected("a list", value),
        }
        list
    }
}

/// An absent table is an empty one.
impl<T: Read> Read for Table<T> {
    fn read(value: &Value, reader: &mut Reader) -> Table<T> {
        let mut table = Table(Vec::new());
        match value {
            Value::Null => {}
            // The parser keeps an object in the order of its keys, which is the order that lookups need.
            Value::Object(map) => {
                for (key, value) in map {
                    table.0.push((key.clone(), reader.within(key, value)));
                }
            }
            _ => reader.expected("an object", value),
        }
        table
    }
}

/// Declares records that are read field by field. A field after `..` is read from the same object as the record itself.
macro_rules! records {
    ($($(#[$meta:meta])* pub struct $name:ident {
        $($(#[$field_meta:meta])* pub $field:ident: $type:ty,)*
        $(..$(#[$inline_meta:meta])* pub $inline:ident: $inline_type:ty,)?
    })*) => {$(
        $(#[$meta])*
        #[derive(Clone, PartialEq, Debug)]
        pub struct $name {
            $($(#[$field_meta])* pub $field: $type,)*
            $($(#[$inline_meta])* pub $inline: $inline_type,)?
        }

        impl $crate::core::read::Read for $name {
            fn read(value: &serde_json::Value, reader: &mut $crate::core::read::Reader) -> $name {
                $name {
                    $($field: reader.field(value, stringify!($field)),)*
                    $($inline: $crate::core::read::Read::read(value, reader),)?
                }
            }
        }
    )*};
}
pub(super) use records;

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read<T: Read>(value: &Value) -> (T, Vec<String>) {
        let mut reader = Reader::default();
        let read = reader.field(value, "it");
        (
            read,
            reader.problems.iter().map(ToString::to_string).collect(),
        )
    }

    #[test]
    fn every_problem_carries_its_place() {
        let (_, problems) =
            read::<Table<Vec<u32>>>(&json!({ "it": { "a": [1, 2, "three"], "b": 4 } }));
        let expected = [
            "/it/a/2: expected a whole number from 0, found a text",
            "/it/b: expected a list, found a number",
        ];
        assert_eq!(problems, expected);
    }

    #[test]
    fn absent_lists_are_empty_and_absent_texts_are_problems() {
        assert_eq!(read::<Vec<String>>(&json!({})), (vec![], vec![]));
        assert_eq!(read::<Option<String>>(&json!({})), (None, vec![]));
        let (_, problems) = read::<String>(&json!({}));
        assert_eq!(problems, ["/it: expected a text, found nothing"]);
    }

    #[test]
    fn tables_are_set_in_the_order_of_their_keys() {
        let mut table = Table::default();
        for (key, value) in [("b", 1), ("a", 2), ("c", 3), ("b", 4)] {
            table.set(key, Some(value));
        }
        table.set("c", None);
        table.set("x", None);
        assert_eq!(table.iter().collect::<Vec<_>>(), [("a", &2), ("b", &4)]);
        assert_eq!(
            (table.len(), table.is_empty(), table.contains("b")),
            (2, false, true)
        );
    }

    #[test]
    fn tables_are_looked_up_by_key() {
        let (table, _) = read::<Table<u32>>(&json!({ "it": { "b": 2, "a": 1, "c-d": 3 } }));
        assert_eq!(table["c-d"], 3);
        assert_eq!(table.get("x"), None);
        assert_eq!(table.keys().collect::<Vec<_>>(), ["a", "b", "c-d"]);
    }
}
