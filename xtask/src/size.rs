//! What the widget weighs, and what it may weigh.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::build::brotli;

/// The most bytes, compressed by brotli, that may be transferred before the first question can be answered. The page around the
/// widget is not counted: a host has its own.
const FIRST_BUDGET: usize = 12_000;

/// The most bytes, likewise, that the check itself may need beyond these.
const CHECK_BUDGET: usize = 205_000;

/// What the first question needs, by what it is.
const FIRST: [(&str, &str); 3] = [
    ("loader", "delineate.js"),
    ("element and styles", "delineate.element.js"),
    ("first screens", "content/en.first.json"),
];

/// What the check needs, which takes over from there.
const CHECK: [(&str, &str); 3] = [
    ("wasm", "delineate.widget.wasm"),
    ("glue", "delineate.widget.js"),
    ("start of content", "content/en.json"),
];

/// What follows while the visitor reads the first page.
const LATER: [(&str, &str); 2] = [
    ("rest of content", "content/en.questions.json"),
    ("rest of styles", "delineate.later.css"),
];

/// What the results add: sharing, comparing, files.
const DESK: [(&str, &str); 2] = [
    ("its styles", "delineate.desk.css"),
    ("its texts", "content/en.desk.json"),
];

/// Prints raw and compressed bytes, and fails above the budget.
pub fn report(dist: &Path) -> Result<()> {
    println!("\n{:<18} {:>9} {:>9}", "", "bytes", "brotli");
    let first = total(dist, &FIRST)?;
    line("first question", first);
    let check = total(dist, &CHECK)?;
    line("check", check);
    let later = total(dist, &LATER)?;
    let desk = total(dist, &DESK)?;
    let all = [first, check, later, desk];
    let bytes = all.iter().map(|one| one.0).sum();
    line("everything", (bytes, all.iter().map(|one| one.1).sum()));
    for (name, (_, needed), budget) in [
        ("first question", first, FIRST_BUDGET),
        ("check", check, CHECK_BUDGET),
    ] {
        println!("the {name} may need {budget}");
        if needed > budget {
            bail!(
                "the {name} needs {needed} bytes, {} more than the budget",
                needed - budget
            );
        }
    }
    Ok(())
}

fn line(name: &str, (raw, compressed): (usize, usize)) {
    println!("{name:<18} {raw:>9} {compressed:>9}");
}

/// Raw and compressed bytes of the files together, each printed.
fn total(dist: &Path, files: &[(&str, &str)]) -> Result<(usize, usize)> {
    let mut total = (0, 0);
    for (name, file) in files {
        let path = dist.join(file);
        let bytes = fs::read(&path)
            .with_context(|| format!("{} cannot be read: build first", path.display()))?;
        let size = (bytes.len(), brotli(&bytes)?.len());
        line(name, size);
        total = (total.0 + size.0, total.1 + size.1);
    }
    Ok(total)
}
