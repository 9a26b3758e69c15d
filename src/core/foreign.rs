//! A host's own pack: what it replaces of the built-in one, and what it says of the host besides (`docs/content-packs.md`).

use serde_json::{Map, Value};

use super::benchmark::Benchmark;
use super::brand::Brand;
use super::content::{Content, MAX_PACK, Problem};
use super::pack::merge;
use super::read::Reader;
use super::template;

/// The value of a pack's `format`.
pub const FORMAT: &str = "delineate-pack";
/// The version of the pack's form that this code reads.
pub const VERSION: u32 = 1;

/// The parts that a pack replaces as a whole, and those that it replaces text by text.
const WHOLE: [&str; 4] = ["lang", "instrument", "steps", "domains"];
const BY_NAME: [&str; 2] = ["report", "interface"];
/// What a pack may say besides.
const BESIDE: [&str; 5] = ["$schema", "format", "version", "brand", "benchmark"];

/// The texts of the interface that speak of the built-in content's own number of steps, questions or responsibilities, or of
/// the minutes that they take. A pack with other numbers must give its own.
pub const COUNTED: [&str; 10] = [
    "page.description",
    "fallback.intro",
    "fallback.steps",
    "start.lede",
    "start.fact_time",
    "quick.text",
    "full.text",
    "half.practice_about",
    "steps.title",
    "steps.table",
];

/// What a host's own pack holds.
#[derive(Clone, PartialEq, Debug)]
pub struct Pack {
    /// The built-in content with everything replaced that the pack names.
    pub content: Content,
    /// The same content as JSON, for [`Content::load`].
    pub whole: Value,
    pub brand: Option<Brand>,
    pub benchmark: Option<Benchmark>,
}

impl Pack {
    /// Reads a pack over the built-in content, whose parts are `early` and `late` ([`super::pack::part`]). It is accepted only when
    /// nothing is wrong with it, and with the built-in texts that it keeps.
    pub fn parse(early: &str, late: &str, pack: &str) -> Result<Pack, Vec<Problem>> {
        if pack.len() > MAX_PACK {
            return Err(alone("a pack has at most 1,000,000 bytes"));
        }
        let mut base = Content::value(early)?;
        merge(&mut base, Content::value(late)?);
        let Value::Object(pack) = Content::value(pack)? else {
            return Err(alone("a pack is a JSON object"));
        };
        let mut reader = Reader::default();
        head(&pack, &mut reader);
        // Something else than a pack would only be complained of part by part.
        if reader.found() > 0 {
            return Err(reader.problems);
        }
        let brand: Option<Brand> = beside(&pack, "brand", &mut reader);
        let own_line = pack
            .get("interface")
            .is_some_and(|texts| texts.get("brand").is_some());
        let benchmark = beside(&pack, "benchmark", &mut reader);
        own_id(&base, &pack, &mut reader);
        kept(&base, &pack, &mut reader);
        overlay(&mut base, pack, &mut reader);
        // The brand's name stands at the top of every page, unless the pack has a line of its own for that place.
        let name = brand.as_ref().and_then(|brand| brand.name.clone());
        if let (Some(name), false) = (name, own_line)
            && let Some(Value::Object(texts)) = base.get_mut("interface")
        {
            texts.insert("brand".into(), name.into());
        }
        Ok(Pack {
            content: Content::complete(&base, reader)?,
            whole: base,
            brand,
            benchmark,
        })
    }
}

fn alone(reason: &str) -> Vec<Problem> {
    vec![Problem::at(&[], &[reason])]
}

fn head(pack: &Map<String, Value>, reader: &mut Reader) {
    if pack.get("format").and_then(Value::as_str) != Some(FORMAT) {
        reader.within_name("format", |reader| {
            reader.problem(&["expected \"", FORMAT, "\""]);
        });
    }
    if pack.get("version").and_then(Value::as_u64) != Some(VERSION.into()) {
        reader.within_name("version", |reader| {
            reader.problem(&["expected ", &VERSION.to_string()]);
        });
    }
}

fn beside<T: super::read::Read>(
    pack: &Map<String, Value>,
    name: &str,
    reader: &mut Reader,
) -> Option<T> {
    let value = pack.get(name)?;
    Some(reader.within_name(name, |reader| T::read(value, reader)))
}

/// Answers are kept and compared by the content's id, so what is asked and how it counts must not change under one id.
fn own_id(base: &Value, pack: &Map<String, Value>, reader: &mut Reader) {
    let id = |instrument: &Value| {
        instrument
            .get("id")
            .and_then(Value::as_str)
            .map(String::from)
    };
    let (ours, theirs) = (base.get("instrument"), pack.get("instrument"));
    if let (Some(ours), Some(theirs)) = (ours.and_then(id), theirs.and_then(id))
        && ours == theirs
    {
        let reason = [
            "a pack with an instrument of its own needs an id of its own, and \"",
            &ours,
            "\" is the built-in one's",
        ];
        tell(&["instrument".into(), "id".into()], &reason, reader);
    }
}

/// Notes a problem at a place further down.
fn tell(place: &[String], reason: &[&str], reader: &mut Reader) {
    match place {
        [] => reader.problem(reason),
        [first, rest @ ..] => reader.within_name(first, |reader| tell(rest, reason, reader)),
    }
}

/// Built-in texts stay only where they are still true: in the pack's language, about its officers, with its numbers.
fn kept(base: &Value, pack: &Map<String, Value>, reader: &mut Reader) {
    let language = |tag: Option<&Value>| -> Option<String> {
        let tag = tag?.as_str()?;
        tag.split('-').next().map(String::from)
    };
    let ours = language(base.get("lang")).unwrap_or_default();
    let foreign = language(pack.get("lang")).is_some_and(|theirs| theirs != ours);
    let instrument = pack.get("instrument").or(base.get("instrument"));
    let names = names_of_the_gone(base, instrument);
    let other_numbers = numbers(instrument) != numbers(base.get("instrument"));

    for (part, texts) in base.as_object().into_iter().flatten() {
        let own = pack.get(part);
        let whole = WHOLE.contains(&part.as_str());
        if whole && own.is_some() || part == "instrument" {
            continue;
        }
        let texts = texts.as_object().into_iter().flatten();
        let left = texts.filter(|(name, _)| own.is_none_or(|own| own.get(*name).is_none()));
        if foreign {
            let left: Vec<&str> = left.map(|(name, _)| name.as_str()).collect();
            if !left.is_empty() {
                let reason = [
                    "the pack is in another language, and still in “",
                    &ours,
                    "” is: ",
                    &left.join(", "),
                ];
                tell(std::slice::from_ref(part), &reason, reader);
            }
            continue;
        }
        for (name, text) in left {
            let mut place = vec![part.clone(), name.clone()];
            if let Some(named) = first_of(text, &names, &mut place) {
                let reason = [
                    "speaks of “",
                    named,
                    "”, whom this pack replaces: give a text of your own",
                ];
                tell(&place, &reason, reader);
            } else if other_numbers && part == "interface" && COUNTED.contains(&name.as_str()) {
                let reason = "speaks of the number of steps, questions or responsibilities of the built-in content, or of the \
                    minutes they take: give a text of your own";
                tell(&place, &[reason], reader);
            }
        }
    }
}

/// What the built-in texts call those of its officers whom the other instrument does not have.
fn names_of_the_gone(base: &Value, instrument: Option<&Value>) -> Vec<String> {
    let officers = |instrument: Option<&Value>| -> Vec<String> {
        let list = instrument.and_then(|instrument| instrument.get("officers"));
        let list = list.and_then(Value::as_array).into_iter().flatten();
        list.filter_map(Value::as_str).map(String::from).collect()
    };
    let theirs = officers(instrument);
    let mut gone = officers(base.get("instrument"));
    gone.retain(|officer| !theirs.contains(officer));
    let mut names = Vec::new();
    let structures = base.pointer("/report/structures");
    let structures = structures.and_then(Value::as_object).into_iter().flatten();
    for (_, structure) in structures {
        for officer in &gone {
            let initial = template::initial(officer);
            // A noun has a name for each of its cases: `cto`, `cto-dative`.
            let of_officer = |key: &str| {
                [officer, &initial].iter().any(|name| {
                    let rest = key.strip_prefix(name.as_str());
                    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
                })
            };
            for table in ["owners", "terms"] {
                let table = structure.get(table).and_then(Value::as_object);
                let own = table.into_iter().flatten();
                let own = own.filter(|(key, _)| of_officer(key));
                names.extend(own.filter_map(|(_, name)| name.as_str()).map(String::from));
            }
        }
    }
    for officer in &gone {
        for name in [officer, &template::initial(officer)] {
            for end in ["}", "-"] {
                names.push(["{", name, end].concat());
            }
        }
    }
    names
}

/// How many steps, items and domains there are.
fn numbers(instrument: Option<&Value>) -> [usize; 3] {
    let list = |value: Option<&Value>, name: &str| -> usize {
        let list = value.and_then(|value| value.get(name));
        list.and_then(Value::as_array).map_or(0, Vec::len)
    };
    let steps = instrument.and_then(|instrument| instrument.get("steps"));
    let steps = steps.and_then(Value::as_array).into_iter().flatten();
    let items = steps.map(|step| list(Some(step), "items")).sum();
    [
        list(instrument, "steps"),
        items,
        list(instrument, "domains"),
    ]
}

/// The first of the names that a text in `value` holds, with `place` led to that text.
fn first_of<'a>(value: &Value, names: &'a [String], place: &mut Vec<String>) -> Option<&'a str> {
    let mut within = |step: String, child: &Value| {
        place.push(step);
        let found = first_of(child, names, place);
        if found.is_none() {
            place.pop();
        }
        found
    };
    match value {
        Value::String(text) => {
            let names = names.iter().map(String::as_str);
            names.into_iter().find(|name| holds(text, name))
        }
        Value::Array(list) => {
            let mut list = list.iter().enumerate();
            list.find_map(|(index, child)| within(index.to_string(), child))
        }
        Value::Object(map) => map
            .iter()
            .find_map(|(key, child)| within(key.clone(), child)),
        _ => None,
    }
}

/// Whether a name stands in a text, not as the end of a longer word. It may go on: “CTO” is in “CTOs”.
fn holds(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        before.is_none_or(|c| !c.is_alphanumeric())
    })
}

/// Lays a pack over the built-in one. What it does not name stays; a name that means nothing is a problem.
fn overlay(base: &mut Value, pack: Map<String, Value>, reader: &mut Reader) {
    let nothing = "nothing in a pack has this name";
    for (name, part) in pack {
        let part_name = name.as_str();
        if WHOLE.contains(&part_name) {
            base[part_name] = part;
        } else if BY_NAME.contains(&part_name) {
            let Value::Object(part) = part else {
                reader.within_name(part_name, |reader| reader.expected("an object", &part));
                continue;
            };
            for (key, text) in part {
                // Which texts an interface has is for the reading of it to say.
                if part_name == "report" && base[part_name].get(&key).is_none() {
                    tell(&[name.clone(), key], &[nothing], reader);
                } else {
                    base[part_name][key] = text;
                }
            }
        } else if !BESIDE.contains(&part_name) {
            tell(&[name], &[nothing], reader);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn base() -> Value {
        json!({
            "lang": "en",
            "instrument": {
                "id": "x", "officers": ["cto", "cio"],
                "steps": [{ "items": ["a", "b"] }], "domains": [{}, {}],
            },
            "steps": { "a": { "items": { "b": { "why": "Ask the CTOs." } } } },
            "domains": { "groups": { "c": { "title": "All" } } },
            "report": {
                "seats": { "ceo": "CEO" },
                "claims": ["One.", "What {Cio} says."],
                "structures": { "two": {
                    "owners": { "cto": "CTO", "cio": "CIO" },
                    "terms": { "cto": "the CTO", "Cto": "The CTO", "cio": "the CIO", "Cio": "The CIO" },
                } },
            },
            "interface": { "brand": "Not the EXCTO", "steps.title": "The step", "start.title": "CTO or CIO?" },
        })
    }

    fn object(value: Value) -> Map<String, Value> {
        match value {
            Value::Object(map) => map,
            other => panic!("{other} is no object"),
        }
    }

    fn told(reader: Reader) -> Vec<String> {
        reader.problems.iter().map(ToString::to_string).collect()
    }

    fn laid(pack: Value) -> (Value, Vec<String>) {
        let (mut value, mut reader) = (base(), Reader::default());
        overlay(&mut value, object(pack), &mut reader);
        (value, told(reader))
    }

    fn still_false(pack: Value) -> Vec<String> {
        let mut reader = Reader::default();
        kept(&base(), &object(pack), &mut reader);
        told(reader)
    }

    #[test]
    fn a_pack_replaces_what_it_names_and_nothing_else() {
        assert_eq!(laid(json!({})), (base(), vec![]));
        let (value, problems) = laid(json!({
            "$schema": "pack.schema.json", "brand": {}, "steps": { "b": 2 },
            "report": { "seats": { "cpo": "CPO" } }, "interface": { "brand": "C" },
        }));
        assert_eq!(problems, Vec::<String>::new());
        assert_eq!(value["steps"], json!({ "b": 2 }));
        assert_eq!(value["report"]["seats"], json!({ "cpo": "CPO" }));
        assert_eq!(value["report"]["claims"], base()["report"]["claims"]);
        assert_eq!(value["interface"]["brand"], "C");
        assert_eq!(value["interface"]["steps.title"], "The step");
        assert_eq!(value.get("brand"), None);
        let (_, problems) =
            laid(json!({ "stepps": {}, "report": { "clams": [] }, "interface": 1 }));
        assert_eq!(
            problems,
            [
                "/interface: expected an object, found a number",
                "/report/clams: nothing in a pack has this name",
                "/stepps: nothing in a pack has this name",
            ]
        );
    }

    #[test]
    fn texts_that_name_replaced_officers_must_be_replaced_too() {
        assert_eq!(still_false(json!({})), Vec::<String>::new());
        let mut instrument = base()["instrument"].clone();
        instrument["officers"] = json!(["chair", "cio"]);
        let found = still_false(json!({ "instrument": instrument }));
        let expected = [
            "/interface/start.title: speaks of “CTO”",
            "/report/structures/two/owners/cto: speaks of “CTO”",
            "/steps/a/items/b/why: speaks of “CTO”",
        ];
        assert_eq!(found.len(), expected.len(), "{found:?}");
        for (found, expected) in found.iter().zip(expected) {
            assert!(found.starts_with(expected), "{found}");
        }
        instrument["officers"] = json!(["chair", "chief"]);
        let own = json!({ "start.title": "Chair or chief?" });
        let found = still_false(json!({ "instrument": instrument, "interface": own, "steps": {} }));
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].starts_with("/report/claims/1: speaks of “{Cio}”"));
    }

    #[test]
    fn texts_that_count_must_be_replaced_when_the_numbers_are_others() {
        let mut instrument = base()["instrument"].clone();
        instrument["steps"][0]["items"] = json!(["a"]);
        let found = still_false(json!({ "instrument": instrument }));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("/interface/steps.title: speaks of the number of steps"));
    }

    #[test]
    fn a_pack_in_another_language_keeps_no_text() {
        assert_eq!(
            still_false(json!({ "lang": "en-GB" })),
            Vec::<String>::new()
        );
        let found =
            still_false(json!({ "lang": "de", "steps": {}, "interface": { "brand": "B" } }));
        let still = "the pack is in another language, and still in “en” is";
        let expected = [
            format!("/domains: {still}: groups"),
            format!("/interface: {still}: start.title, steps.title"),
            format!("/report: {still}: claims, seats, structures"),
        ];
        assert_eq!(found, expected);
    }
}
