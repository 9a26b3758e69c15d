//! The element's contract is written in one place and kept in many: the manifest, the types, the script, the styles, the Rust and
//! the guide name the same attributes, properties, methods, events, custom properties and parts.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use common::{CONTENT, officer, read, root, uniform};
use delineate::core::disclosure::{Consent, disclosed};
use delineate::core::result::ResultDocument;
use delineate::core::settings::Settings;
use serde_json::Value;

const GUIDE: &str = "docs/embedding.md";

fn manifest() -> Value {
    let text = read("src/embed/custom-elements.json");
    let manifest: Value = serde_json::from_str(&text).expect("the manifest is JSON");
    manifest["modules"][0]["declarations"][0].clone()
}

/// The entries of one list of the manifest.
fn entries(kind: &str) -> Vec<Value> {
    let list = manifest()[kind].as_array().cloned().unwrap_or_default();
    assert!(!list.is_empty(), "the manifest has no {kind}");
    list
}

fn text<'a>(entry: &'a Value, key: &str) -> &'a str {
    entry[key].as_str().unwrap_or_default()
}

fn named(kind: &str) -> BTreeSet<String> {
    let all = entries(kind);
    all.iter().map(|entry| text(entry, "name").into()).collect()
}

/// What stands between the first `from` and the next `to`.
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let (_, after) = text
        .split_once(from)
        .unwrap_or_else(|| panic!("there is no {from:?}"));
    let (within, _) = after
        .split_once(to)
        .unwrap_or_else(|| panic!("nothing ends {from:?}"));
    within
}

fn quoted(text: &str) -> BTreeSet<String> {
    let parts = text.split('"').skip(1).step_by(2);
    parts.map(Into::into).collect()
}

/// The names before a colon at this depth of indentation, as in `  name?: type;`.
fn members(block: &str, indent: &str) -> BTreeSet<String> {
    let names = block.lines().filter_map(|line| {
        let line = line.strip_prefix(indent)?;
        let line = line.strip_prefix("set ").unwrap_or(line);
        let name = line.split([':', '?', '(']).next()?.trim_matches('"');
        let plain = name
            .chars()
            .all(|char| char.is_ascii_alphanumeric() || "-_".contains(char));
        (plain && !name.is_empty() && line.contains(':')).then(|| name.into())
    });
    names.collect()
}

fn set<const N: usize>(names: [&str; N]) -> BTreeSet<String> {
    names.into_iter().map(Into::into).collect()
}

/// The properties that the loader defines, each with its attribute.
fn stands_for(loader: &str) -> BTreeMap<String, String> {
    let fields = between(loader, "const FIELDS = {", "};");
    let pair = |line: &str| {
        let (field, attribute) = line.trim().strip_suffix(',')?.split_once(": ")?;
        Some((field.into(), attribute.trim_matches('"').into()))
    };
    fields.lines().filter_map(pair).collect()
}

#[test]
fn every_attribute_is_known_to_the_script_the_types_and_the_frame() {
    let attributes = named("attributes");
    let script = read("src/embed/element.js");
    let mut observed = quoted(between(&script, "const SETTINGS = [", "]"));
    observed.extend(quoted(between(&script, "const GROUND = [", "]")));
    assert_eq!(observed, attributes, "element.js obeys others");
    let loader = read("src/embed/loader.js");
    let watched = between(&loader, "observedAttributes = [", "]");
    let mut watched_for = quoted(watched);
    watched_for.extend(stands_for(&loader).into_values());
    assert_eq!(watched_for, attributes, "loader.js observes others");

    let react = read("src/embed/delineate.react.d.ts");
    let mut jsx = members(between(&react, "interface CheckAttributes {", "\n}"), "  ");
    // React has this one for every element.
    jsx.insert("lang".into());
    assert_eq!(jsx, attributes, "delineate.react.d.ts has others");

    let frame = read("src/embed/frame.js");
    let mut settable = quoted(between(&frame, "const ATTRIBUTES = [", "]"));
    // A frame is fetched when its page asks for it.
    settable.insert("loading".into());
    assert_eq!(settable, attributes, "frame.js takes others");
}

#[test]
fn every_property_stands_for_an_attribute_and_is_declared() {
    let fields: BTreeSet<String> = entries("attributes")
        .iter()
        .filter_map(|entry| entry["fieldName"].as_str().map(Into::into))
        .collect();
    let script = read("src/embed/loader.js");
    let defined = stands_for(&script);
    let agreed: BTreeMap<String, String> = entries("attributes")
        .iter()
        .filter(|entry| entry["fieldName"].is_string())
        .map(|entry| (text(entry, "fieldName").into(), text(entry, "name").into()))
        .collect();
    assert_eq!(defined, agreed, "loader.js defines others");

    let types = read("src/embed/delineate.d.ts");
    let class = between(
        &types,
        "class RoleClarityCheck extends HTMLElement {",
        "addEventListener",
    );
    let mut declared = members(class, "  ");
    let methods: BTreeSet<String> = entries("members")
        .iter()
        .filter(|entry| text(entry, "kind") == "method")
        .map(|entry| text(entry, "name").into())
        .collect();
    assert!(
        declared.is_superset(&methods),
        "{methods:?} are not all declared"
    );
    declared.retain(|name| !methods.contains(name) && name != "get");
    assert_eq!(declared, fields, "delineate.d.ts declares others");
    let public = script.lines().filter_map(|line| {
        let line = line.strip_prefix("  ")?;
        let line = line.strip_prefix("async ").unwrap_or(line);
        let (name, _) = line.split_once('(')?;
        let own = line.ends_with('{') && name.chars().all(|char| char.is_ascii_alphabetic());
        (own && !name.ends_with("Callback") && name != "constructor").then(|| name.to_string())
    });
    assert_eq!(
        public.collect::<BTreeSet<_>>(),
        methods,
        "loader.js has other methods"
    );
}

#[test]
fn the_values_of_an_attribute_are_those_that_the_core_takes_and_the_types_name() {
    let types = read("src/embed/delineate.d.ts");
    for entry in entries("attributes") {
        let kind = text(&entry["type"], "text");
        if !kind.contains('|') {
            continue;
        }
        let name = text(&entry, "name");
        let values: BTreeSet<String> = kind.split('|').map(|value| value.trim().into()).collect();
        for value in &values {
            let (_, problems) = Settings::parse(&format!("{{\"{name}\": \"{value}\"}}"));
            assert!(problems.is_empty(), "{name}={value}");
        }
        let (_, problems) = Settings::parse(&format!("{{\"{name}\": \"no such value\"}}"));
        let problem = problems
            .first()
            .expect("a wrong value is named")
            .to_string();
        let (_, offered) = problem
            .split_once("one of ")
            .expect("the problem lists what there is");
        let offered: BTreeSet<String> = offered.split(", ").map(Into::into).collect();
        assert_eq!(offered, values, "the core takes others for {name}");
        let declared = if name == "consent" {
            between(&types, "type Consent =", ";")
        } else {
            between(&types, &format!("  {name}: "), ";")
        };
        assert_eq!(
            quoted(declared),
            values,
            "delineate.d.ts has others for {name}"
        );
        let default = text(&entry, "default");
        assert!(values.contains(default), "{default} is no value of {name}");
    }
}

#[test]
fn every_event_is_dispatched_declared_and_handed_through_the_frame() {
    let events = named("events");
    let script = read("src/embed/element.js");
    let mut told = BTreeSet::new();
    if script.contains("this.#tell(\"ready\"") {
        told.insert("ready".to_string());
    }
    if script.contains("new CustomEvent(\"error\"") {
        told.insert("error".into());
    }
    let ports = read("src/app/ports.rs");
    told.extend(quoted(between(
        &ports,
        "pub fn name(self) -> &'static str {",
        "\n    }\n",
    )));
    assert_eq!(told, events, "other events are dispatched");

    let types = read("src/embed/delineate.d.ts");
    let map = between(&types, "interface RoleClarityCheckEvents {", "\n}");
    assert_eq!(members(map, "  "), events, "delineate.d.ts declares others");
    for side in ["frame.js", "resize.js"] {
        let source = read(&format!("src/embed/{side}"));
        assert_eq!(
            quoted(between(&source, "const EVENTS = [", "]")),
            events,
            "{side} hands others on"
        );
    }
    let phases = quoted(&between(&types, "  phase: ", ";").replace('|', ""));
    let trouble = members(between(&script, "const TROUBLE = {", "\n};"), "  ");
    assert_eq!(
        phases, trouble,
        "an error has other phases than are declared"
    );
}

#[test]
fn what_a_host_can_be_told_is_declared_field_by_field() {
    let response = uniform(false, 3, officer("cto"));
    let result = ResultDocument::new(&CONTENT, &response);
    let types = read("src/embed/delineate.d.ts");
    let declared = members(between(&types, "interface Told {", "\n}"), "  ");
    let told = disclosed(Consent::Answers, &response, &result);
    let told: Value = serde_json::from_str(&told).expect("what is told is JSON");
    let fields: BTreeSet<String> = told
        .as_object()
        .expect("an object")
        .keys()
        .cloned()
        .collect();
    assert_eq!(fields, declared);
}

#[test]
fn every_custom_property_is_used_has_its_default_and_no_other_is_read() {
    let properties = named("cssProperties");
    let mut used = BTreeSet::new();
    for style in std::fs::read_dir(root().join("styles")).expect("there are styles") {
        let path = style.expect("the folder can be read").path();
        let text = std::fs::read_to_string(&path).expect("a style is text");
        for part in text.split("var(--delineate-").skip(1) {
            let name = part.split([')', ',']).next().unwrap_or_default();
            used.insert(format!("--delineate-{name}"));
        }
    }
    assert_eq!(used, properties, "the styles read others");
    let script = read("src/embed/element.js");
    let tokens = read("styles/tokens.css");
    for entry in entries("cssProperties") {
        let (name, default) = (text(&entry, "name"), text(&entry, "default"));
        let registered = script.contains(&format!("\"{name}\": \"{default}\""));
        let first = default.split(' ').next().unwrap_or_default();
        let fallback = between(&tokens, &format!("var({name}"), ";");
        assert!(
            registered || fallback.contains(first),
            "{name} has another default than {default}"
        );
    }
}

#[test]
fn every_part_is_drawn_and_no_other() {
    let mut drawn = quoted(between(&read("src/dom.rs"), "const PARTS:", "];"));
    let view = read("src/app/view.rs");
    drawn.extend(
        view.split(".set(\"part\", \"")
            .skip(1)
            .filter_map(|part| part.split('"').next().map(Into::into)),
    );
    assert_eq!(drawn, named("cssParts"));
}

#[test]
fn the_package_ships_the_contract_with_the_element() {
    let package = read("xtask/src/package.rs");
    let shipped = quoted(between(&package, "const CONTRACT:", "];"));
    let contract = set([
        "delineate.d.ts",
        "delineate.react.d.ts",
        "custom-elements.json",
    ]);
    assert_eq!(shipped, contract);
}

/// One table of the guide, written from the manifest.
fn table(kind: &str) -> String {
    let head = match kind {
        "attributes" => "| attribute | value | meaning | default |\n|---|---|---|---|\n",
        "events" => "| event | when |\n|---|---|\n",
        "cssProperties" => "| property | meaning | default |\n|---|---|---|\n",
        _ => "| part | what it is |\n|---|---|\n",
    };
    let mut table = head.to_string();
    for entry in entries(kind) {
        let (name, meaning) = (text(&entry, "name"), text(&entry, "description"));
        let default = match text(&entry, "default") {
            "" => String::new(),
            default => format!("`{default}`"),
        };
        let row = match kind {
            "attributes" => {
                let values = text(&entry["type"], "text").replace(" | ", " · ");
                format!("| `{name}` | {values} | {meaning} | {default} |")
            }
            "cssProperties" => format!("| `{name}` | {meaning} | {default} |"),
            _ => format!("| `{name}` | {meaning} |"),
        };
        writeln!(table, "{row}").expect("a text takes any line");
    }
    table
}

#[test]
fn the_tables_of_the_guide_are_those_of_the_manifest() {
    let guide = read(GUIDE);
    for kind in ["attributes", "events", "cssProperties", "cssParts"] {
        let table = table(kind);
        assert!(
            guide.contains(&table),
            "{GUIDE} must hold this table of the {kind}:\n\n{table}"
        );
    }
    for entry in entries("members") {
        let name = text(&entry, "name");
        assert!(
            guide.contains(&format!("`{name}(")),
            "{GUIDE} does not name {name}()"
        );
    }
    for entry in entries("attributes") {
        let field = text(&entry, "fieldName");
        assert!(
            field == text(&entry, "name")
                || field.is_empty()
                || guide.contains(&format!("`{field}`")),
            "{GUIDE} does not name the property {field}"
        );
    }
}

#[test]
fn what_the_guide_shows_for_a_framework_is_what_is_tested_under_it() {
    let guide = read(GUIDE);
    for file in [
        "plain/check.js",
        "react/check.tsx",
        "vue/Check.vue",
        "svelte/Check.svelte",
    ] {
        let source = read(&format!("tests/frameworks/{file}"));
        let language = file.rsplit('.').next().unwrap_or_default();
        let block = format!("```{language}\n{source}```\n");
        assert!(guide.contains(&block), "{GUIDE} must show {file} as it is");
    }
    let config = read("tests/frameworks/vue/vite.config.js");
    let setting = between(&config, "plugins: [", "],\n");
    assert!(
        guide.contains(setting),
        "{GUIDE} must show Vue's setting as it is"
    );
    assert!(guide.contains("optimizeDeps: { exclude: [\"delineate\"] }"));
}

#[test]
fn every_file_that_the_guide_points_to_is_there() {
    let guide = read(GUIDE);
    let mut links = 0;
    for link in guide.split("](").skip(1) {
        let target = link.split(')').next().unwrap_or_default();
        if target.starts_with("http") || target.starts_with('#') {
            continue;
        }
        let file = target.split('#').next().unwrap_or_default();
        assert!(root().join("docs").join(file).exists(), "{target}");
        links += 1;
    }
    assert!(links > 0, "the guide points nowhere");
}
