//! Makes one pack of the files of `content/`, so that the build, the tests and the example read the same thing.

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
