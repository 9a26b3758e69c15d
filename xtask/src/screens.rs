//! The first screens, drawn by the widget's own components at build time, with what leads from one to another.
//!
//! Every screen that a visitor can reach before the questions are there is found by doing what can be done on the ones before. So
//! `src/embed/first.js`, which shows them, knows nothing of the check: it looks up which screen follows.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, anyhow, bail};
use delineate::core::content::SOURCE_LANGUAGE;
use delineate::core::pack::part;
use delineate::core::settings::Mode;
use delineate::prerender::screen;
use serde_json::{Map, Value, json};

use crate::content::Pack;

/// More screens than this are a mistake: the visitor's way to the questions has a handful.
const MOST: usize = 100;

/// A screen without the choice that was made on it: the element shows that, and it makes no screen of its own.
fn unchosen(html: &str) -> String {
    let pieces: Vec<String> = html
        .split('<')
        .map(|piece| match piece.split_once('>') {
            Some((tag, text)) if tag.starts_with("input ") => {
                format!("{}>{text}", tag.replace(" checked", ""))
            }
            _ => piece.into(),
        })
        .collect();
    pieces.join("<")
}

struct Screens<'a> {
    early: &'a str,
    runtime: tokio::runtime::Runtime,
    local: tokio::task::LocalSet,
}

impl Screens<'_> {
    fn draw(&self, mode: Mode, done: &[String]) -> Result<String> {
        let drawn = self
            .local
            .block_on(&self.runtime, screen(self.early, mode, done));
        let html = drawn.map_err(|problems| {
            let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
            anyhow!("{}", lines.join("\n"))
        })?;
        Ok(unchosen(&html))
    }
}

/// What can be done on a screen.
fn ways(html: &str) -> Vec<String> {
    let ends = html.split(" data-does=\"").skip(1);
    ends.filter_map(|end| Some(end.split_once('"')?.0.to_string()))
        .collect()
}

/// What a choice answers.
fn answers(id: &str) -> Option<&str> {
    Some(id.split_once(':')?.0)
}

fn with(done: &[String], next: &str) -> Vec<String> {
    let mut done = done.to_vec();
    done.push(next.into());
    done
}

/// The screens of a language as JSON: `nodes`, each a tag, its attributes and what is in it, a text or the number of an earlier
/// node; `screens`, each a node with the screens that what can be done there leads to; and `modes`, the first screen of each; and
/// `stage`, the attributes of the element around. A way that cannot be told from what is shown is an error.
pub fn screens(pack: &Pack) -> Result<String> {
    let (early, _) = part(&pack.json).map_err(|problem| anyhow!("{problem}"))?;
    let check = pack.lang == SOURCE_LANGUAGE;
    let screens = Screens {
        early: &early,
        runtime: tokio::runtime::Builder::new_current_thread().build()?,
        local: tokio::task::LocalSet::new(),
    };
    let mut numbers = BTreeMap::new();
    let mut found: Vec<(Mode, Vec<String>, String)> = Vec::new();
    let mut modes = Map::new();
    let mut number = |found: &mut Vec<_>, mode, done: Vec<String>, html: String| {
        // What was answered on other pages shows when the visitor goes back to them.
        let answered: BTreeSet<&str> = done.iter().filter_map(|id| answers(id)).collect();
        let key = format!("{mode:?} {answered:?} {html}");
        *numbers.entry(key).or_insert_with(|| {
            found.push((mode, done, html));
            found.len() - 1
        })
    };
    for (name, mode) in [
        ("choose", Mode::Choose),
        ("quick", Mode::Quick),
        ("full", Mode::Full),
    ] {
        let html = screens.draw(mode, &[])?;
        modes.insert(name.into(), number(&mut found, mode, vec![], html).into());
    }
    let mut edges: Vec<Map<String, Value>> = Vec::new();
    while let Some((mode, done, html)) = found.get(edges.len()).cloned() {
        let mut leads = Map::new();
        for way in ways(&html) {
            let done = with(&done, &way);
            let next = screens.draw(mode, &done)?;
            let to = number(&mut found, mode, done.clone(), next);
            // Two choices that lead to one screen must lead on alike, or what the visitor sees would depend on what is no longer known.
            // The ways are the same in every language and from every mode.
            let (_, first, html) = &found[to];
            if check && mode == Mode::Choose && answers(&way).is_some() && *first != done {
                for way in ways(html) {
                    let here = screens.draw(mode, &with(&done, &way))?;
                    if here != screens.draw(mode, &with(first, &way))? {
                        bail!("\"{way}\" leads elsewhere after {done:?} than after {first:?}");
                    }
                }
            }
            leads.insert(way, to.into());
        }
        edges.push(leads);
        if found.len() > MOST {
            bail!("the first screens go on and on: {done:?}");
        }
    }
    let mut nodes = Nodes::default();
    let mut list = Vec::new();
    for ((_, _, html), leads) in found.iter().zip(edges) {
        let root = nodes.read(html).with_context(|| html.clone())?;
        list.push(json!([root, leads]));
    }
    let stage = json!({ "lang": pack.content.lang, "dir": pack.content.direction() });
    let all = json!({ "stage": stage, "nodes": nodes.list, "screens": list, "modes": modes });
    Ok(all.to_string())
}

/// The nodes of all screens, each only once.
#[derive(Default)]
struct Nodes {
    list: Vec<Value>,
    numbers: BTreeMap<String, usize>,
}

impl Nodes {
    fn number(&mut self, node: Value) -> usize {
        let list = &mut self.list;
        *self.numbers.entry(node.to_string()).or_insert_with(|| {
            list.push(node);
            list.len() - 1
        })
    }

    /// Reads what Yew wrote: one element, with every attribute in double quotes.
    fn read(&mut self, html: &str) -> Result<usize> {
        let mut open: Vec<(String, Map<String, Value>, Vec<Value>)> = Vec::new();
        let mut rest = html;
        loop {
            let (text, tag) = rest.split_once('<').context("an element has no end")?;
            let (tag, after) = tag.split_once('>').context("a tag has no end")?;
            rest = after;
            if let Some((_, _, children)) = open.last_mut()
                && !text.is_empty()
            {
                children.push(unescape(text)?.into());
            }
            let closes = tag.starts_with('/');
            if !closes {
                let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
                open.push((name.into(), self::attributes(attributes)?, Vec::new()));
            }
            let whole = |name: &str| ["input", "br", "hr"].contains(&name);
            if closes || open.last().is_some_and(|(name, ..)| whole(name)) {
                let (name, attributes, children) = open.pop().context("an end has no element")?;
                if closes && tag[1..] != name {
                    bail!("<{name}> ends as <{tag}>");
                }
                let number = self.number(json!([name, attributes, children]));
                match open.last_mut() {
                    Some((_, _, siblings)) => siblings.push(number.into()),
                    None if rest.is_empty() => return Ok(number),
                    None => bail!("there is more than one element"),
                }
            }
        }
    }
}

fn attributes(text: &str) -> Result<Map<String, Value>> {
    let mut found = Map::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (name, after) = rest
            .split_once("=\"")
            .context("an attribute has no value")?;
        let (value, after) = after
            .split_once('"')
            .context("an attribute's value has no end")?;
        if name.contains([' ', '"']) {
            bail!("no attribute: {name}");
        }
        found.insert(name.into(), unescape(value)?.into());
        rest = after.trim_start();
    }
    Ok(found)
}

fn unescape(text: &str) -> Result<String> {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        let (name, after) = after.split_once(';').context("an entity has no end")?;
        plain += before;
        plain.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "#x27" => '\'',
            "#x2F" => '/',
            other => bail!("an unknown entity: {other}"),
        });
        rest = after;
    }
    Ok(plain + rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::packs;

    fn english() -> Value {
        let packs = packs().unwrap_or_else(|error| panic!("{error:#}"));
        let pack = packs.iter().find(|pack| pack.lang == "en");
        let pack = pack.expect("there is English");
        let text = screens(pack).unwrap_or_else(|error| panic!("{error:#}"));
        serde_json::from_str(&text).expect("the screens are JSON")
    }

    fn words(all: &Value, node: &Value) -> String {
        match node {
            Value::String(text) => text.clone(),
            number => {
                let node = &all["nodes"][number.as_u64().expect("a number") as usize];
                let children = node[2].as_array().expect("a list");
                children.iter().map(|child| words(all, child)).collect()
            }
        }
    }

    #[test]
    fn the_way_from_the_first_screen_to_the_wait_for_the_first_item_is_drawn() {
        let all = english();
        let mut place = all["modes"]["choose"].clone();
        let mut seen = Vec::new();
        for does in ["full", "seat:cto", "next", "structure:one", "next"] {
            let screen = &all["screens"][place.as_u64().expect("a number") as usize];
            seen.push(words(&all, &screen[0]));
            place = screen[1][does].clone();
        }
        let last = &all["screens"][place.as_u64().expect("a number") as usize];
        seen.push(words(&all, &last[0]));
        let expected = [
            "Start the full check",
            "Skip for now",
            "Next",
            "How are the two roles filled today?",
            "Next",
            "One moment",
        ];
        for (words, expected) in seen.iter().zip(expected) {
            assert!(words.contains(expected), "{expected}: {words}");
        }
        assert_eq!(last[1], json!({}));
    }

    #[test]
    fn a_mode_offers_its_own_check_alone() {
        let all = english();
        for (mode, ways) in [("quick", ["quick"]), ("full", ["full"])] {
            let place = all["modes"][mode].as_u64().expect("a number") as usize;
            let leads = all["screens"][place][1].as_object().expect("an object");
            assert!(leads.keys().eq(ways));
        }
    }

    #[test]
    fn what_yew_wrote_is_read_as_a_browser_reads_it() {
        let mut nodes = Nodes::default();
        let html = "<p class=\"a&amp;b\">1 &lt; 2<input type=\"radio\"><b></b></p>";
        let root = nodes.read(html).expect("an element");
        assert_eq!(
            nodes.list[root],
            json!(["p", { "class": "a&b" }, ["1 < 2", 0, 1]])
        );
        for broken in [
            "<p>",
            "<p></b>",
            "<p></p><p></p>",
            "<p a=b></p>",
            "<p>&x;</p>",
        ] {
            assert!(nodes.read(broken).is_err(), "{broken}");
        }
    }
}
