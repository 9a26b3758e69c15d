//! A host's name and colours, as a pack gives them.

use std::fmt;

use serde_json::Value;

use super::content::is_hidden;
use super::read::{Read, Reader};

const MOST_NAME: usize = 40;

/// How readable a text stays is for the look to guard (`styles/tokens.css`): it keeps a colour's hue, and holds its lightness
/// where the contrast holds.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Brand {
    pub name: Option<String>,
    /// Buttons, links and marks.
    pub accent: Option<Colour>,
    /// The ground of the pages.
    pub paper: Option<Colour>,
}

/// Red, green and blue of the sRGB space, as `#rrggbb` in lower case.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Colour(String);

impl Colour {
    pub fn parse(text: &str) -> Option<Colour> {
        let digits = text.strip_prefix('#')?;
        let hex = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        hex.then(|| Colour(text.to_ascii_lowercase()))
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Read for Colour {
    fn read(value: &Value, reader: &mut Reader) -> Colour {
        let colour = value.as_str().and_then(Colour::parse);
        if colour.is_none() {
            reader.problem(&["expected a colour such as #1b3f73"]);
        }
        colour.unwrap_or_default()
    }
}

impl Read for Brand {
    fn read(value: &Value, reader: &mut Reader) -> Brand {
        let Value::Object(fields) = value else {
            reader.expected("an object", value);
            return Brand::default();
        };
        for name in fields.keys() {
            if !["name", "accent", "paper"].contains(&name.as_str()) {
                reader.within_name(name, |reader| reader.problem(&["a brand has no such part"]));
            }
        }
        let brand = Brand {
            name: reader.field(value, "name"),
            accent: reader.field(value, "accent"),
            paper: reader.field(value, "paper"),
        };
        if let Some(name) = fields.get("name").and_then(Value::as_str) {
            let fits = (1..=MOST_NAME).contains(&name.chars().count())
                && name.trim().len() == name.len()
                && !name.contains(is_hidden);
            if !fits {
                reader.within_name("name", |reader| {
                    reader.problem(&[
                        "a name has 1 to 40 characters, none of them hidden, and no space around it",
                    ]);
                });
            }
        }
        brand
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(brand: Value) -> (Brand, Vec<String>) {
        let mut reader = Reader::default();
        let brand = Brand::read(&brand, &mut reader);
        let problems = reader.problems.iter().map(ToString::to_string);
        (brand, problems.collect())
    }

    #[test]
    fn a_brand_is_read_and_written_back() {
        let (brand, problems) =
            read(json!({ "name": "Example", "accent": "#1B3F73", "paper": "#ffffff" }));
        assert_eq!(problems, Vec::<String>::new());
        let accent = brand.accent.expect("an accent was given");
        assert_eq!(accent.to_string(), "#1b3f73");
        assert_eq!(read(json!({})).1, Vec::<String>::new());
    }

    #[test]
    fn what_is_no_brand_is_refused_with_its_place() {
        for (brand, problem) in [
            (json!([]), "expected an object, found a list"),
            (
                json!({ "colour": "#1b3f73" }),
                "/colour: a brand has no such part",
            ),
            (json!({ "accent": "red" }), "/accent: expected a colour"),
            (json!({ "accent": "#1b3f7" }), "/accent: expected a colour"),
            (json!({ "accent": "#1b3f7é" }), "/accent: expected a colour"),
            (json!({ "accent": "#+1b3f7" }), "/accent: expected a colour"),
            (
                json!({ "accent": "#fff;}body{" }),
                "/accent: expected a colour",
            ),
            (json!({ "accent": 7 }), "/accent: expected a colour"),
            (json!({ "name": "" }), "/name: a name has"),
            (json!({ "name": " Example" }), "/name: a name has"),
            (json!({ "name": "Exam\u{202e}ple" }), "/name: a name has"),
            (json!({ "name": "x".repeat(41) }), "/name: a name has"),
            (json!({ "name": 1 }), "/name: expected a text"),
        ] {
            let (_, found) = read(brand.clone());
            assert!(
                found.len() == 1 && found[0].starts_with(problem),
                "{brand}: {found:?}"
            );
        }
    }
}
