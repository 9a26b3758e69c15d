//! Checks a host's own pack as its author needs it checked: against the schemas and against the rules of the core, with every
//! problem at its place.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use delineate::core::content::{MAX_PACK, MOST_PROBLEMS, SOURCE_LANGUAGE};
use delineate::core::foreign::Pack;
use delineate::core::pack::part;
use jsonschema::{Registry, Validator};
use serde_json::Value;

use crate::content::{self, twice};
use crate::root;

/// The schemas that the one of a pack is built on.
const PARTS: [&str; 5] = ["instrument", "steps", "domains", "report", "interface"];
/// Checks one file and says what it is; fails with one line for each problem.
pub fn validate(path: &Path) -> Result<()> {
    let check = Checker::new(&content::packs()?)?;
    let pack = check.file(path)?;
    let instrument = &pack.content.instrument;
    println!(
        "{} is a sound pack: {} {}, {} steps, {} domains",
        path.display(),
        instrument.id,
        instrument.version,
        instrument.steps.len(),
        instrument.domains.len()
    );
    Ok(())
}

/// Checks the packs of `examples/packs/`, and gives their names.
pub fn examples(packs: &[content::Pack]) -> Result<Vec<String>> {
    let folder = root().join("examples/packs");
    let mut paths: Vec<PathBuf> = fs::read_dir(&folder)
        .with_context(|| format!("{} cannot be read", folder.display()))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    paths.retain(|path| path.extension().is_some_and(|name| name == "json"));
    paths.sort();
    let check = Checker::new(packs)?;
    let names = paths.iter().map(|path| {
        check.file(path)?;
        let name = path.file_stem().unwrap_or_default();
        Ok(name.to_string_lossy().into_owned())
    });
    names.collect()
}

struct Checker {
    schema: Validator,
    /// The built-in content in each language, the source language first.
    bases: Vec<Base>,
}

/// The two parts of the built-in content in a language.
struct Base {
    lang: String,
    early: String,
    late: String,
}

impl Checker {
    fn new(packs: &[content::Pack]) -> Result<Checker> {
        let mut bases = Vec::new();
        for pack in packs {
            let (early, late) = part(&pack.json).map_err(|problem| anyhow::anyhow!("{problem}"))?;
            let lang = pack.lang.clone();
            bases.push(Base { lang, early, late });
        }
        Ok(Checker {
            schema: schema()?,
            bases,
        })
    }

    /// What a pack is laid over: the built-in content in its language, or in the source language where there is no such.
    fn base(&self, pack: &Value) -> Option<&Base> {
        let tag = pack.get("lang").and_then(Value::as_str);
        let tag = tag.unwrap_or(SOURCE_LANGUAGE).to_lowercase();
        let primary = tag.split('-').next().unwrap_or_default();
        let of = |lang: &str| self.bases.iter().find(|base| base.lang == lang);
        of(&tag).or_else(|| of(primary)).or(self.bases.first())
    }

    fn file(&self, path: &Path) -> Result<Pack> {
        let name = path.strip_prefix(root()).unwrap_or(path).display();
        let text = fs::read_to_string(path).with_context(|| format!("{name} cannot be read"))?;
        self.pack(&text).or_else(|mut problems| {
            let count = problems.len();
            problems.truncate(MOST_PROBLEMS);
            if count > MOST_PROBLEMS {
                problems.push(format!("and at least {} more", count - MOST_PROBLEMS));
            }
            let lines: Vec<String> = problems
                .iter()
                .map(|problem| format!("{name}: {problem}"))
                .collect();
            bail!("this is no sound pack:\n{}", lines.join("\n"))
        })
    }

    /// The pack in a text, or a line for each problem.
    fn pack(&self, text: &str) -> Result<Pack, Vec<String>> {
        let own = serde_json::from_str(text).unwrap_or_default();
        let Some(base) = self.base(&own) else {
            return Err(vec!["content/ holds no language".into()]);
        };
        let parsed = Pack::parse(&base.early, &base.late, text);
        let mut problems = Vec::new();
        // What is too long for the core is not worth the work either, and what is no JSON has no places.
        if text.len() <= MAX_PACK
            && let Ok(value) = serde_json::from_str::<Value>(text)
        {
            if let Some((key, line)) = twice(text) {
                let key: String = key.chars().take(60).collect();
                problems.push(format!("line {line}: the key {key:?} is used twice"));
            }
            // The schema library counts on numbers that floating point can hold.
            match number_out_of_range(&value) {
                Some(place) => problems.push(format!("{place}: a number is out of range")),
                None => problems.extend(self.schema.iter_errors(&value).map(|error| {
                    let place = error.instance_path().to_string();
                    // The value itself may be of any length and hold anything.
                    line(&place, &error.masked_with("this").to_string())
                })),
            }
        }
        match parsed {
            Ok(pack) if problems.is_empty() => Ok(pack),
            Ok(_) => Err(problems),
            Err(found) => {
                problems.extend(found.iter().map(ToString::to_string));
                Err(problems)
            }
        }
    }
}

/// A problem as the core would print it: cut to a length, and without what a console would obey.
fn line(place: &str, reason: &str) -> String {
    let place: Vec<String> = place.split('/').skip(1).map(String::from).collect();
    delineate::core::content::Problem::at(&place, &[reason]).to_string()
}

fn number_out_of_range(value: &Value) -> Option<String> {
    let below = |step: String, child: &Value| {
        number_out_of_range(child).map(|place| format!("/{step}{place}"))
    };
    match value {
        Value::Number(number) => number.as_f64().is_none().then(String::new),
        Value::Array(list) => {
            let mut list = list.iter().enumerate();
            list.find_map(|(index, child)| below(index.to_string(), child))
        }
        Value::Object(map) => map
            .iter()
            .find_map(|(key, child)| below(key.escape_debug().take(60).collect(), child)),
        _ => None,
    }
}

fn schema() -> Result<Validator> {
    let read = |name: &str| -> Result<Value> {
        let path = root().join(format!("content/schema/{name}.schema.json"));
        let text = fs::read_to_string(&path)
            .with_context(|| format!("{} cannot be read", path.display()))?;
        serde_json::from_str(&text).with_context(|| format!("{} is not JSON", path.display()))
    };
    let mut registry = Registry::new();
    for part in PARTS {
        registry = registry.add(format!("{part}.schema.json"), read(part)?)?;
    }
    let registry = registry.prepare()?;
    let pack = read("pack")?;
    jsonschema::options()
        .with_registry(&registry)
        .build(&pack)
        .map_err(|error| anyhow::anyhow!("content/schema/pack.schema.json: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the validator says of a file with this text.
    fn said(name: &str, text: &str) -> String {
        let folder = root().join("target/packs-under-test");
        fs::create_dir_all(&folder).expect("the target folder can be written");
        let path = folder.join(name);
        fs::write(&path, text).expect("the target folder can be written");
        match Checker::new(&content::packs().expect("the content is sound"))
            .and_then(|check| check.file(&path))
        {
            Ok(_) => String::new(),
            Err(error) => format!("{error:#}"),
        }
    }

    #[test]
    fn the_example_packs_are_sound() {
        let packs = content::packs().expect("the content is sound");
        let names = examples(&packs).unwrap_or_else(|error| panic!("{error:#}"));
        assert_eq!(names, ["chair-and-chief-executive", "house-style"]);
    }

    #[test]
    fn every_problem_names_the_file_and_the_place() {
        let head = r#""format":"delineate-pack","version":1"#;
        for (name, rest, expected) in [
            (
                "schema",
                r#""report":{"claims":[""]}"#,
                "/report/claims/0: this is shorter than 1",
            ),
            (
                "core",
                r#""interface":{"progress":"x"}"#,
                "/interface/progress: a value that belongs here",
            ),
            (
                "unknown",
                r#""raport":{}"#,
                "/raport: nothing in a pack has this name",
            ),
            (
                "brand",
                r##""brand":{"accent":"green"}"##,
                "/brand/accent: expected a colour",
            ),
            (
                "twice",
                r#""lang":"en","lang":"en""#,
                "line 1: the key \"lang\" is used twice",
            ),
            (
                "number",
                r#""benchmark":{"n":1e999}"#,
                "/benchmark/n: a number is out of range",
            ),
            ("json", r#""lang":"#, "the text is no JSON"),
        ] {
            let name = format!("{name}.json");
            let said = said(&name, &format!("{{{head},{rest}}}"));
            let line = said.lines().find(|line| line.contains(expected));
            let line = line.unwrap_or_else(|| panic!("expected {expected} in: {said}"));
            assert!(
                line.starts_with(&format!("target/packs-under-test/{name}: ")),
                "{line}"
            );
        }
        assert_eq!(said("sound.json", &format!("{{{head}}}")), "");
    }

    #[test]
    fn a_broken_pack_is_told_in_few_and_short_lines() {
        let keys = (0..5_000).map(|key| format!("\"K{key}\u{202e}{}\":7", "k".repeat(100)));
        let keys: Vec<String> = keys.collect();
        let text = format!(
            "{{\"format\":\"delineate-pack\",\"version\":1,\"interface\":{{{}}}}}",
            keys.join(",")
        );
        let said = said("flood.json", &text);
        assert!((50..60).contains(&said.lines().count()), "{said}");
        assert!(
            said.lines().all(|line| line.chars().count() < 500),
            "{said}"
        );
        assert!(!said.contains('\u{202e}'), "{said}");
        assert!(said.contains("more"), "{said}");
    }
}
