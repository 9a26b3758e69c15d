//! What the widget weighs, and what it may weigh.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::build::brotli;

/// The most bytes, compressed by brotli, that may be transferred before the first question can be answered. The page around the
/// widget is not counted: a host has its own.
const BUDGET: usize = 130_000;

/// What the first question needs, by what it is.
const FILES: [(&str, &str); 4] = [
    ("wasm", "delineate.wasm"),
    ("glue and element", "delineate.js"),
    ("styles", "delineate.css"),
    ("content", "content/en.json"),
];

/// Prints raw and compressed bytes, and fails above the budget.
pub fn report(dist: &Path) -> Result<()> {
    println!("\n{:<18} {:>9} {:>9}", "", "bytes", "brotli");
    let (mut raw, mut compressed) = (0, 0);
    for (name, file) in FILES {
        let path = dist.join(file);
        let bytes = fs::read(&path)
            .with_context(|| format!("{} cannot be read: build first", path.display()))?;
        let small = brotli(&bytes)?.len();
        println!("{name:<18} {:>9} {small:>9}", bytes.len());
        raw += bytes.len();
        compressed += small;
    }
    println!(
        "{:<18} {raw:>9} {compressed:>9}   of {BUDGET} allowed",
        "first question"
    );
    if compressed > BUDGET {
        bail!(
            "the first question needs {compressed} bytes, {} more than the budget",
            compressed - BUDGET
        );
    }
    Ok(())
}
