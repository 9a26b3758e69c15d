//! Reads the content files, checks them, and makes one pack of each language.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use delineate::core::content::{Content, SOURCE_LANGUAGE, fits};
use delineate::core::desk::DeskTexts;
use delineate::core::pack::{Parts, assemble};
use delineate::core::template;
use serde_json::Value;

use crate::root;

/// The content of one language as the widget loads it.
pub struct Pack {
    pub lang: String,
    pub json: String,
    pub content: Content,
    /// The texts of the desk, which has a file of its own.
    pub desk: String,
    /// The texts of the project's own pages, by name.
    pub site: serde_json::Map<String, Value>,
}

/// The files of a language, in the order of [`Parts`].
pub const FILES: [&str; 4] = ["steps", "domains", "report", "interface"];

/// The files of a language beside those.
pub const PAGES: [&str; 2] = ["desk", "site"];

/// Every language, the source language first, each checked against its schemas, against the rules of the core, and against the source
/// language.
pub fn packs() -> Result<Vec<Pack>> {
    packs_in(&root().join("content"))
}

pub fn packs_in(folder: &Path) -> Result<Vec<Pack>> {
    let mut languages: Vec<PathBuf> = fs::read_dir(folder)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_dir() && !path.ends_with("schema"))
        .collect();
    languages.sort_by_key(|path| (!path.ends_with(SOURCE_LANGUAGE), path.clone()));
    let source = folder.join(SOURCE_LANGUAGE);
    let mut problems = Vec::new();
    let instrument = checked(&folder.join("instrument.json"), &mut problems)?;
    let mut packs = Vec::new();
    for language in languages {
        let lang = language
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if language != source {
            for name in FILES.iter().chain(&PAGES) {
                let name = Path::new(name).with_extension("json");
                translated(&source.join(&name), &language.join(&name), &mut problems)?;
            }
        }
        let mut texts = Vec::new();
        for name in FILES {
            texts.push(checked(
                &language.join(name).with_extension("json"),
                &mut problems,
            )?);
        }
        let [steps, domains, report, interface] = &texts[..] else {
            unreachable!("one text for each file");
        };
        let parts = Parts {
            instrument: &instrument,
            steps,
            domains,
            report,
            interface,
        };
        let json = assemble(&lang, &parts)
            .map_err(|problem| anyhow::anyhow!("content/{lang}: {problem}"))?;
        let desk = desk(&language.join("desk.json"), &mut problems)?;
        let site = checked(&language.join("site.json"), &mut problems)?;
        let mut site: serde_json::Map<String, Value> = serde_json::from_str(&site)?;
        site.remove("$schema");
        match Content::parse(&json) {
            Ok(content) => packs.push(Pack {
                lang,
                json,
                content,
                desk,
                site,
            }),
            Err(found) => {
                problems.extend(found.iter().map(|problem| match file_of(&problem.place) {
                    Some((file, "")) => format!("content/{lang}/{file}.json: {}", problem.reason),
                    Some((file, rest)) => {
                        format!("content/{lang}/{file}.json: {rest}: {}", problem.reason)
                    }
                    None => format!("content/instrument.json: {problem}"),
                }));
            }
        }
    }
    if problems.is_empty() {
        return Ok(packs);
    }
    bail!(
        "the content has {} problem(s):\n{}",
        problems.len(),
        problems.join("\n")
    )
}

/// The texts of the desk as the widget loads them.
fn desk(path: &Path, problems: &mut Vec<String>) -> Result<String> {
    let text = checked(path, problems)?;
    let mut value: Value = serde_json::from_str(&text)?;
    if let Value::Object(texts) = &mut value {
        texts.remove("$schema");
    }
    let minified = value.to_string();
    let name = path.strip_prefix(root()).unwrap_or(path).display();
    match DeskTexts::load(&minified) {
        Ok(texts) => {
            let misfits = texts.misfits();
            problems.extend(
                misfits
                    .iter()
                    .map(|(key, reason)| format!("{name}: /{key}: {reason}")),
            );
        }
        Err(found) => problems.extend(found.iter().map(|problem| format!("{name}: {problem}"))),
    }
    Ok(minified)
}

/// Whether a file says all that the same file of the source language says; what is missing is added to the problems.
fn translated(source: &Path, path: &Path, problems: &mut Vec<String>) -> Result<()> {
    let name = path.strip_prefix(root()).unwrap_or(path).display();
    let read = |path: &Path| -> Result<Value> {
        let text = fs::read_to_string(path).with_context(|| format!("{name} cannot be read"))?;
        serde_json::from_str(&text).with_context(|| format!("{name} is not JSON"))
    };
    let report = read(&source.with_file_name("report.json"))?;
    let structures = report.get("structures").and_then(Value::as_object);
    let terms = structures.into_iter().flat_map(|all| all.values());
    let terms = terms.filter_map(|one| one.get("terms")?.as_object());
    let mut translation = Translation {
        terms: terms.flat_map(|all| all.keys().cloned()).collect(),
        place: Vec::new(),
        problems: Vec::new(),
    };
    translation.same(&read(source)?, &read(path)?);
    let found = translation.problems.iter();
    problems.extend(found.map(|problem| format!("{name}: {problem}")));
    Ok(())
}

/// A translation on its way through a file.
struct Translation {
    /// The names of the terms, which a sentence may do without or bend. Every other value must be used.
    terms: HashSet<String>,
    place: Vec<String>,
    problems: Vec<String>,
}

/// The fewest words of a text that no language has in common with another. Sources keep their titles.
const WORDS: usize = 3;

impl Translation {
    fn problem(&mut self, reason: &str) {
        let place: String = self.place.iter().flat_map(|step| ["/", step]).collect();
        self.problems.push(format!("{place}: {reason}"));
    }

    fn within(&mut self, step: &str, check: impl FnOnce(&mut Translation)) {
        self.place.push(step.into());
        check(self);
        self.place.pop();
    }

    fn same(&mut self, source: &Value, text: &Value) {
        match (source, text) {
            (Value::Object(source), Value::Object(text)) => {
                for (name, member) in source {
                    match text.get(name) {
                        Some(own) => self.within(name, |check| check.same(member, own)),
                        None => self.problem(&format!("\"{name}\" is missing")),
                    }
                }
                for name in text.keys().filter(|name| !source.contains_key(*name)) {
                    let term = name.split_once('-').map_or("", |(term, _)| term);
                    if !self.terms.contains(term) {
                        self.problem(&format!("the source language has no \"{name}\""));
                    }
                }
            }
            (Value::Array(source), Value::Array(text)) => {
                if source.len() != text.len() {
                    let (here, there) = (text.len(), source.len());
                    self.problem(&format!(
                        "{here} entries, and {there} in the source language"
                    ));
                }
                for (index, (member, own)) in source.iter().zip(text).enumerate() {
                    self.within(&index.to_string(), |check| check.same(member, own));
                }
            }
            (Value::String(source), Value::String(text)) => self.text(source, text),
            _ if source == text => {}
            _ => self.problem("not the same as in the source language"),
        }
    }

    fn text(&mut self, source: &str, text: &str) {
        let kind = self.place.last().cloned().unwrap_or_default();
        if ["url", "strength"].contains(&kind.as_str()) {
            if source != text {
                self.problem("not the same as in the source language");
            }
            return;
        }
        let own = template::names(text);
        for name in template::names(source) {
            let begins = template::initial(name);
            let used = own.iter().any(|own| template::initial(own) == begins);
            if !used && !self.terms.contains(name) {
                self.problem(&format!("{{{name}}} is not used"));
            }
        }
        if source == text && kind != "source" && words(text) >= WORDS {
            self.problem("still in the source language");
        }
    }
}

fn words(text: &str) -> usize {
    let is_word = |word: &&str| !word.contains('{') && word.contains(char::is_alphabetic);
    text.split_whitespace().filter(is_word).count()
}

/// The file that a place in the pack comes from, and the place within it.
fn file_of(place: &str) -> Option<(&str, &str)> {
    let inside = place.strip_prefix('/')?;
    let (file, rest) = inside.split_at(inside.find('/').unwrap_or(inside.len()));
    // The steps lie one level deeper in their file than in the pack, under the same name.
    FILES
        .contains(&file)
        .then(|| (file, if file == "steps" { place } else { rest }))
}

/// The text of a content file; what its schema has against it is added to the problems.
fn checked(path: &Path, problems: &mut Vec<String>) -> Result<String> {
    let name = path
        .strip_prefix(root())
        .unwrap_or(path)
        .display()
        .to_string();
    let text = fs::read_to_string(path).with_context(|| format!("{name} cannot be read"))?;
    let value: Value =
        serde_json::from_str(&text).with_context(|| format!("{name} is not JSON"))?;
    if let Some((key, line)) = twice(&text) {
        problems.push(format!(
            "{name}: line {line}: the key \"{key}\" is used twice"
        ));
    }
    let stem = path
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let schema_path = root()
        .join("content/schema")
        .join(format!("{stem}.schema.json"));
    let schema = fs::read_to_string(&schema_path)
        .with_context(|| format!("the schema of {name} is missing: {}", schema_path.display()))?;
    let mut schema = serde_json::from_str(&schema)
        .with_context(|| format!("{} is not JSON", schema_path.display()))?;
    if !path
        .parent()
        .is_some_and(|folder| folder.ends_with(SOURCE_LANGUAGE))
    {
        let_run_longer(&mut schema);
    }
    let validator = jsonschema::validator_for(&schema)
        .map_err(|error| anyhow::anyhow!("{}: {error}", schema_path.display()))?;
    for error in validator.iter_errors(&value) {
        problems.push(format!("{name}: {}: {error}", error.instance_path()));
    }
    Ok(text)
}

/// Gives every text of a schema the room of a translation.
fn let_run_longer(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            for (name, member) in members {
                match member.as_u64() {
                    Some(most) if name == "maxLength" => *member = fits(most as usize, true).into(),
                    _ => let_run_longer(member),
                }
            }
        }
        Value::Array(members) => members.iter_mut().for_each(let_run_longer),
        _ => {}
    }
}

/// The first key that an object holds twice, with its line: JSON parsers silently keep the last one.
pub fn twice(text: &str) -> Option<(String, usize)> {
    let mut open: Vec<HashSet<String>> = Vec::new();
    let mut characters = text.char_indices().peekable();
    let mut line = 1;
    while let Some((start, character)) = characters.next() {
        match character {
            '\n' => line += 1,
            '{' | '[' => open.push(HashSet::new()),
            '}' | ']' => {
                open.pop();
            }
            '"' => {
                let mut end = start;
                while let Some((at, character)) = characters.next() {
                    end = at;
                    match character {
                        '\\' => {
                            characters.next();
                        }
                        '"' => break,
                        _ => {}
                    }
                }
                let is_key = text[end + 1..].trim_start().starts_with(':');
                if let Some(keys) = open.last_mut().filter(|_| is_key) {
                    // The same key can be written in several ways.
                    let word = &text[start..=end];
                    let key = serde_json::from_str(word).unwrap_or_else(|_| word.to_string());
                    if !keys.insert(key.clone()) {
                        return Some((key, line));
                    }
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_a_key_used_twice_in_one_object_only() {
        let text = "{\n \"a\": {\"b\": 1},\n \"c\": {\"b\": \"a\\\": 2\"},\n \"a\": 3\n}";
        assert_eq!(twice(text), Some(("a".into(), 4)));
        assert_eq!(twice(r#"[{"a": "a"}, {"a": "{\"a\":1}"}]"#), None);
        assert_eq!(twice(r#"{"a": 1, "\u0061": 2}"#), Some(("a".into(), 1)));
    }

    #[test]
    fn names_the_file_of_a_place() {
        assert_eq!(
            file_of("/report/bands/sharp"),
            Some(("report", "/bands/sharp"))
        );
        assert_eq!(file_of("/steps/roadmap"), Some(("steps", "/steps/roadmap")));
        // What concerns a part as a whole has no place within it.
        assert_eq!(file_of("/steps"), Some(("steps", "/steps")));
        assert_eq!(file_of("/report"), Some(("report", "")));
        assert_eq!(file_of("/instrument/steps"), None);
        assert_eq!(file_of("/instrument"), None);
        assert_eq!(file_of(""), None);
    }

    /// What the build says after one text of the content was replaced by another.
    fn said(file: &str, old: &str, new: &str) -> String {
        let from = root().join("content");
        let name: String = [file, old].concat();
        let name = name.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
        let folder = root().join("target/content-under-test").join(name);
        for part in ["schema", "en"] {
            fs::create_dir_all(folder.join(part)).expect("the target folder can be written");
            for entry in fs::read_dir(from.join(part)).expect("the content is there") {
                let path = entry.expect("the content can be read").path();
                let name = path.file_name().unwrap_or_default();
                fs::copy(&path, folder.join(part).join(name)).expect("the content can be copied");
            }
        }
        let instrument = "instrument.json";
        fs::copy(from.join(instrument), folder.join(instrument)).expect("it can be copied");
        let text = fs::read_to_string(folder.join(file)).expect("the content can be read");
        assert!(text.contains(old), "{file} does not hold {old}");
        let text = text.replacen(old, new, 1);
        fs::write(folder.join(file), text).expect("the target folder can be written");
        match packs_in(&folder) {
            Ok(_) => String::new(),
            Err(error) => format!("{error:#}"),
        }
    }

    #[test]
    fn what_breaks_the_schema_fails_the_build_with_file_place_and_reason() {
        let long = format!("\"question\": \"{}", "long ".repeat(60));
        for (file, old, new, expected) in [
            (
                "en/steps.json",
                "\"topic\"",
                "\"topik\"",
                "/steps/alignment/items/alignment-written: \"topic\" is a required property",
            ),
            (
                "en/steps.json",
                "\"question\": \"",
                &long,
                "/steps/alignment/items/alignment-written/question: \"long ",
            ),
            ("en/steps.json", "\"year\": 20", "\"year\": 30", "/year: 3"),
            (
                "en/report.json",
                "\"bands\": {",
                "\"bands\": {\"Splendid!\": {\"name\": \"S\", \"summary\": \"S.\"},",
                "/bands: \"Splendid!\" does not match",
            ),
            (
                "en/domains.json",
                "\"description\": \"",
                "\"description\": \" ",
                "/description: ",
            ),
            (
                "instrument.json",
                "\"weight\": 1,",
                "\"weight\": 0,",
                "/steps/0/weight: 0 is less than the minimum of 1",
            ),
            (
                "instrument.json",
                "\"id\": \"cto-cio\"",
                "\"id\": \"cto-cio\", \"id\": \"other\"",
                "the key \"id\" is used twice",
            ),
            (
                "instrument.json",
                "\"group\": \"align\"",
                "\"group\": \"nowhere\"",
                "/steps/1/group: \"nowhere\" is not declared",
            ),
            (
                "en/steps.json",
                "\"alignment\": {",
                "\"alinement\": {",
                "/steps: \"alignment\" is missing",
            ),
            ("en/interface.json", "{", "", "is not JSON"),
        ] {
            let said = said(file, old, new);
            assert!(said.contains(file), "{file} is not named: {said}");
            assert!(said.contains(expected), "expected {expected} in: {said}");
        }
    }

    /// What the build says of a translation after one of its texts was replaced. The translation is a pseudo-locale.
    fn said_of_translation(file: &str, change: impl FnOnce(&mut Value)) -> String {
        let folder = root().join("target/tests/translation").join(file);
        crate::pseudo::write(&folder).expect("the target folder can be written");
        let path = folder.join(crate::pseudo::LONGER).join(file);
        let text = fs::read_to_string(&path).expect("the pseudo-locale was written");
        let mut value = serde_json::from_str(&text).expect("a pseudo-locale is JSON");
        change(&mut value);
        fs::write(&path, value.to_string()).expect("the target folder can be written");
        let said = packs_in(&folder).err().map(|error| format!("{error:#}"));
        fs::remove_dir_all(&folder).expect("the target folder can be emptied");
        said.unwrap_or_default()
    }

    fn at<'a>(value: &'a mut Value, place: &str) -> &'a mut Value {
        let found = value.pointer_mut(place);
        found.unwrap_or_else(|| panic!("there is no {place}"))
    }

    fn remove(value: &mut Value, place: &str, name: &str) {
        let members = at(value, place).as_object_mut();
        let gone = members.and_then(|members| members.remove(name));
        assert!(gone.is_some(), "there is no {place}/{name}");
    }

    #[test]
    fn a_translation_that_says_less_than_the_source_fails_the_build_with_file_and_place() {
        let items = "/steps/alignment/items/alignment-written";
        type Change = Box<dyn Fn(&mut Value)>;
        let cases: [(&str, Change, &str); 9] = [
            (
                "interface.json",
                Box::new(|value| remove(value, "", "wipe.yes")),
                "interface.json: : \"wipe.yes\" is missing",
            ),
            (
                "site.json",
                Box::new(|value| remove(value, "", "nav.doctor")),
                "site.json: : \"nav.doctor\" is missing",
            ),
            (
                "desk.json",
                Box::new(|value| {
                    *at(value, "/memory.known") =
                        "The same answers were already saved today.".into()
                }),
                "desk.json: /memory.known: still in the source language",
            ),
            (
                "steps.json",
                Box::new(move |value| {
                    remove(
                        value,
                        "/steps/alignment/items/alignment-disputes/variants",
                        "one",
                    )
                }),
                "alignment-disputes/variants: \"one\" is missing",
            ),
            (
                "steps.json",
                Box::new(|value| {
                    *at(value, "/steps/alignment/evidence") = Value::Array(Vec::new())
                }),
                "/steps/alignment/evidence: 0 entries, and",
            ),
            (
                "steps.json",
                Box::new(|value| *at(value, "/steps/alignment/evidence/0/year") = 1999.into()),
                "/steps/alignment/evidence/0/year: not the same as in the source language",
            ),
            (
                "steps.json",
                Box::new(move |value| {
                    let first = at(value, &format!("{items}/levels/0/anchor")).clone();
                    *at(value, &format!("{items}/levels/1/anchor")) = first;
                }),
                "alignment-written/levels/1: two levels of an item say the same",
            ),
            (
                "report.json",
                Box::new(|value| *at(value, "/caps/many") = "Nicht mehr als {band}.".into()),
                "/caps/many: {domains} is not used",
            ),
            (
                "interface.json",
                Box::new(|value| *at(value, "/direction") = "up".into()),
                "/direction: the direction of writing is ltr or rtl",
            ),
        ];
        for (file, change, expected) in cases {
            let said = said_of_translation(file, change);
            assert!(said.contains(expected), "expected {expected} in: {said}");
        }
    }

    #[test]
    fn a_language_may_bend_its_terms_and_leave_them_out() {
        let said = said_of_translation("report.json", |value| {
            let structures = at(value, "/structures").as_object_mut();
            for structure in structures.into_iter().flat_map(|all| all.values_mut()) {
                at(structure, "/terms")["cto-dative"] = "dem CTO".into();
            }
            *at(value, "/no_findings") = "Mit {cto-dative}.".into();
        });
        assert_eq!(said, "");
    }

    #[test]
    fn the_content_is_complete() {
        let packs = packs().unwrap_or_else(|error| panic!("{error:#}"));
        assert!(packs.iter().any(|pack| pack.lang == "en"));
    }
}
