//! Makes one pack of the files of `content/`, so that the build, the tests and the example read the same thing; and parts it in
//! two, so that a visitor waits only for what the first page needs.

use serde_json::{Map, Value};

use super::content::Problem;

/// The texts of the files that make a pack.
pub struct Parts<'a> {
    pub instrument: &'a str,
    pub steps: &'a str,
    pub domains: &'a str,
    pub report: &'a str,
    pub interface: &'a str,
}

/// The pack of one language as minified JSON. Whether it is complete is for [`super::content::Content::parse`] to say.
pub fn assemble(lang: &str, parts: &Parts) -> Result<String, Problem> {
    let mut pack = Map::new();
    pack.insert("lang".into(), lang.into());
    let files = [
        ("instrument", parts.instrument),
        ("steps", parts.steps),
        ("domains", parts.domains),
        ("report", parts.report),
        ("interface", parts.interface),
    ];
    for (name, text) in files {
        let value: Value = serde_json::from_str(text).map_err(|error| Problem {
            place: format!("/{name}"),
            reason: error.to_string(),
        })?;
        let Value::Object(mut part) = value else {
            return Err(Problem {
                place: format!("/{name}"),
                reason: "expected an object".into(),
            });
        };
        part.remove("$schema");
        // This file holds nothing but the map of steps, which in the file stands beside `$schema`.
        let part = match part.remove("steps") {
            Some(steps) if name == "steps" => steps,
            Some(steps) => {
                part.insert("steps".into(), steps);
                Value::Object(part)
            }
            None => Value::Object(part),
        };
        pack.insert(name.into(), part);
    }
    Ok(Value::Object(pack).to_string())
}

/// The parts of the report that the pages before the first item need.
const EARLY_REPORT: [&str; 2] = ["structures", "seats"];

/// The first words of the names of the interface texts that these pages need. The longer half speaks of results.
const EARLY_TEXTS: [&str; 14] = [
    "brand",
    "direction",
    "full",
    "notice",
    "privacy",
    "progress",
    "quick",
    "resume",
    "seat",
    "start",
    "structure",
    "waiting",
    "ways",
    "wipe",
];

/// Whether a text of the interface is needed before the first item.
pub(super) fn is_early(name: &str) -> bool {
    let first = name.split('.').next().unwrap_or_default();
    EARLY_TEXTS.contains(&first)
}

/// Parts a pack into what the pages before the first item need, and the rest. [`merge`] joins them again.
pub fn part(pack: &str) -> Result<(String, String), Problem> {
    let mut early: Value = serde_json::from_str(pack).map_err(|error| Problem {
        place: String::new(),
        reason: error.to_string(),
    })?;
    let mut late = Map::new();
    for name in ["steps", "domains"] {
        if let Some(part) = early.as_object_mut().and_then(|pack| pack.remove(name)) {
            late.insert(name.into(), part);
        }
    }
    // Earlier layouts are asked for only by codes that were made with them.
    if let Some(instrument) = early.get_mut("instrument").and_then(Value::as_object_mut)
        && let Some(layouts) = instrument.remove("layouts")
    {
        let moved = Map::from_iter([("layouts".to_string(), layouts)]);
        late.insert("instrument".into(), Value::Object(moved));
    }
    let mut split = |name: &str, stays: &dyn Fn(&str) -> bool| {
        if let Some(Value::Object(texts)) = early.get_mut(name) {
            let (stay, go): (Map<_, _>, Map<_, _>) = std::mem::take(texts)
                .into_iter()
                .partition(|(name, _)| stays(name));
            *texts = stay;
            late.insert(name.into(), Value::Object(go));
        }
    };
    split("report", &|name| EARLY_REPORT.contains(&name));
    split("interface", &is_early);
    Ok((early.to_string(), Value::Object(late).to_string()))
}

/// Adds what `more` holds to `value`, object by object.
pub fn merge(value: &mut Value, more: Value) {
    match (value, more) {
        (Value::Object(into), Value::Object(from)) => {
            for (key, more) in from {
                match into.get_mut(&key) {
                    Some(value) => merge(value, more),
                    None => {
                        into.insert(key, more);
                    }
                }
            }
        }
        (value, more) => *value = more,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_was_parted_merges_back() {
        let pack = json!({
            "lang": "en", "instrument": { "id": "x", "layouts": [["pack"]] }, "interface": {}, "steps": { "a": 1 },
            "domains": {}, "report": { "structures": { "two": 2 }, "seats": {}, "bands": { "sharp": 3 } },
        });
        let (early, late) = part(&pack.to_string()).unwrap();
        assert!(early.contains("two") && !early.contains("sharp") && !early.contains("layouts"));
        let mut merged = serde_json::from_str(&early).unwrap();
        merge(&mut merged, serde_json::from_str(&late).unwrap());
        assert_eq!(merged, pack);
    }
}
