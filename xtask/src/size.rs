//! What the widget weighs, and what it may weigh.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::build::brotli;

/// The most bytes, compressed by brotli, that may be transferred before the first question can be answered. The page around the
/// widget is not counted: a host has its own.
const FIRST_BUDGET: usize = 12_000;

/// The most bytes, likewise, that the check itself may need beyond these.
const CHECK_BUDGET: usize = 210_000;

/// What the first question needs beside the screens of its language, by what it is.
const FIRST: [(&str, &str); 2] = [
    ("loader", "delineate.js"),
    ("element and styles", "delineate.element.js"),
];

/// What the check needs, which takes over from there, beside the texts of its language.
const CHECK: [(&str, &str); 2] = [
    ("wasm", "delineate.widget.wasm"),
    ("glue", "delineate.widget.js"),
];

/// What follows while the visitor reads the first page.
const LATER: [(&str, &str); 1] = [("rest of styles", "delineate.later.css")];

/// What the results add: sharing, comparing, files.
const DESK: [(&str, &str); 1] = [("styles of the desk", "delineate.desk.css")];

/// The four files of a language: the first screens, what the first pages say, what is left of the check, and the desk's texts.
const TEXTS: [&str; 4] = ["first.json", "json", "questions.json", "desk.json"];

/// Raw and compressed bytes.
type Size = (usize, usize);

/// Prints raw and compressed bytes, for each language those of its texts, and what has come by the time of its first scored item.
/// Fails when a language is above the budget.
pub fn report(dist: &Path) -> Result<()> {
    println!("\n{:<18} {:>9} {:>9}", "", "bytes", "brotli");
    let first = total(dist, &FIRST)?;
    let check = total(dist, &CHECK)?;
    let later = total(dist, &LATER)?;
    let desk = total(dist, &DESK)?;
    println!(
        "\n{:<11} {:>7} {:>7} {:>7} {:>7}  {:>7} {:>7} {:>7} {:>7} {:>9} {:>9} {:>9} {:>10}",
        "",
        "screens",
        "first",
        "rest",
        "desk",
        "screens",
        "first",
        "rest",
        "desk",
        "question",
        "check",
        "item",
        "everything"
    );
    println!("{:<11} {:>31}  {:>31}", "", "bytes", "brotli");
    let mut above = Vec::new();
    for lang in languages(dist)? {
        let mut raw = [0; 4];
        let mut texts = [0; 4];
        for (index, ending) in TEXTS.iter().enumerate() {
            (raw[index], texts[index]) = size(dist, &format!("content/{lang}.{ending}"))?;
        }
        let question = first.1 + texts[0];
        let check = check.1 + texts[1];
        let item = question + check + later.1 + texts[2];
        let everything = item + desk.1 + texts[3];
        let columns = |sizes: [usize; 4]| sizes.map(|size| format!("{size:>7}")).join(" ");
        println!(
            "{lang:<11} {}  {} {question:>9} {check:>9} {item:>9} {everything:>10}",
            columns(raw),
            columns(texts)
        );
        for (name, needed, budget) in [
            ("first question", question, FIRST_BUDGET),
            ("check", check, CHECK_BUDGET),
        ] {
            if needed > budget {
                let over = needed - budget;
                above.push(format!("{lang}, {name}: {needed} bytes, {over} more"));
            }
        }
    }
    println!("the first question may need {FIRST_BUDGET}, the check {CHECK_BUDGET}");
    if !above.is_empty() {
        bail!("more than the budget: {}", above.join("; "));
    }
    Ok(())
}

/// The languages of a build, in order.
pub fn languages(dist: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let folder = dist.join("content");
    let entries = fs::read_dir(&folder)
        .with_context(|| format!("{} cannot be read: build first", folder.display()))?;
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        // The other files of a language have one more point in their names.
        let lang = name.strip_suffix(".json");
        found.extend(lang.filter(|lang| !lang.contains('.')).map(String::from));
    }
    found.sort();
    Ok(found)
}

fn size(dist: &Path, file: &str) -> Result<Size> {
    let path = dist.join(file);
    let bytes = fs::read(&path)
        .with_context(|| format!("{} cannot be read: build first", path.display()))?;
    Ok((bytes.len(), brotli(&bytes)?.len()))
}

/// The size of the files together, each printed.
fn total(dist: &Path, files: &[(&str, &str)]) -> Result<Size> {
    let mut total = (0, 0);
    for (name, file) in files {
        let (raw, compressed) = size(dist, file)?;
        println!("{name:<18} {raw:>9} {compressed:>9}");
        total = (total.0 + raw, total.1 + compressed);
    }
    Ok(total)
}
