//! Reads the content files, checks them, and makes one pack of each language.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use delineate::core::content::{Content, SOURCE_LANGUAGE, fits};
use delineate::core::desk::DeskTexts;
use delineate::core::pack::{Parts, assemble};
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
const FILES: [&str; 4] = ["steps", "domains", "report", "interface"];

/// Every language, each checked against its schemas and against the rules of the core.
pub fn packs() -> Result<Vec<Pack>> {
    packs_in(&root().join("content"))
}

fn packs_in(folder: &Path) -> Result<Vec<Pack>> {
    let mut languages: Vec<PathBuf> = fs::read_dir(folder)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_dir() && !path.ends_with("schema"))
        .collect();
    languages.sort();
    let mut problems = Vec::new();
    let instrument = checked(&folder.join("instrument.json"), &mut problems)?;
    let mut packs = Vec::new();
    for language in languages {
        let lang = language
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
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

    #[test]
    fn the_content_is_complete() {
        let packs = packs().unwrap_or_else(|error| panic!("{error:#}"));
        assert!(packs.iter().any(|pack| pack.lang == "en"));
    }
}
