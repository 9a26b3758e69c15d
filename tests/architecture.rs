//! What may depend on what (`docs/architecture.md`), read out of the sources themselves.

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::root;

fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        let entries =
            fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        for entry in entries {
            let path = entry.expect("the folder can be read").path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join(folder), &mut found);
    assert!(!found.is_empty(), "{folder} has no source");
    let text = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("a source can be read");
        (path, text)
    };
    found.into_iter().map(text).collect()
}

/// Lines of a folder's sources, comments left out, that hold one of the words.
fn lines_with(folder: &str, words: &[&str]) -> Vec<String> {
    let mut hits = Vec::new();
    for (path, text) in sources(folder) {
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            if words.iter().any(|word| code.contains(word)) {
                hits.push(format!(
                    "{}:{}: {}",
                    path.display(),
                    number + 1,
                    line.trim()
                ));
            }
        }
    }
    hits
}

fn none(hits: Vec<String>, rule: &str) {
    assert!(hits.is_empty(), "{rule}\n{}", hits.join("\n"));
}

#[test]
fn the_core_knows_nothing_of_the_web_nor_of_time_chance_and_floating_point() {
    let outside = [
        "web_sys",
        "js_sys",
        "wasm_bindgen",
        "gloo",
        "yew",
        "crate::app",
        "crate::browser",
        "crate::chart",
        "crate::dom",
        "crate::embed",
    ];
    none(
        lines_with("src/core", &outside),
        "the core names another room",
    );
    let impure = [
        "std::time",
        "std::env",
        "std::fs",
        "std::net",
        "std::thread",
        " rand::",
        "(rand::",
        "f32",
        "f64",
        "HashMap",
        "println!",
    ];
    none(lines_with("src/core", &impure), "the core is not pure");
}

#[test]
fn the_app_reaches_the_browser_only_through_its_ports() {
    let browser = [
        "crate::browser",
        "crate::embed",
        "window()",
        "document()",
        "local_storage",
        "js_sys",
        "gloo::",
    ];
    for room in ["src/app", "src/desk"] {
        none(
            lines_with(room, &browser),
            "the app or the desk names the browser's edge",
        );
    }
    none(
        lines_with("src/chart", &browser),
        "a chart names the browser's edge",
    );
    none(
        lines_with(
            "src/browser",
            &["crate::embed", "core::score", "core::result"],
        ),
        "the edge knows more than it needs",
    );
}

#[test]
fn components_hold_no_floating_point_and_do_no_sums() {
    none(
        lines_with(
            "src/app",
            &[
                "f32",
                "f64",
                ".sum()",
                ".sum::<",
                ".fold(",
                ".product()",
                " / ",
                " * ",
            ],
        ),
        "a component does arithmetic",
    );
}

/// The text between the quotes of a line of code.
fn literals(line: &str) -> Vec<&str> {
    line.split('"').skip(1).step_by(2).collect()
}

#[test]
fn no_text_that_a_visitor_reads_stands_in_a_component() {
    let mut hits = Vec::new();
    for folder in [
        "src/app",
        "src/desk",
        "src/chart",
        "src/browser",
        "src/dom.rs",
    ] {
        let path = root().join(folder);
        let files = if path.is_dir() {
            sources(folder)
        } else {
            vec![(
                path.clone(),
                fs::read_to_string(&path).expect("the source can be read"),
            )]
        };
        for (path, text) in files {
            for (number, line) in text.lines().enumerate() {
                let code = line.trim_start();
                // What an assertion or a panic says is read by an engineer.
                if ["//", "#[", ".expect(", "assert"]
                    .iter()
                    .any(|start| code.starts_with(start))
                    || code.contains(".expect(\"")
                    || code.contains("path(")
                    || code.contains("\"d\"")
                {
                    continue;
                }
                for text in literals(line) {
                    let worded = text
                        .split(|c: char| !c.is_alphabetic())
                        .filter(|word| word.len() > 2)
                        .count()
                        > 1;
                    let sentence = text.starts_with(|c: char| c.is_ascii_uppercase())
                        && text.len() > 3
                        || (worded && text.ends_with('.'));
                    // Class lists, attribute names and keyboard names are lower case or single words.
                    let keyboard = ["Arrow", "Enter", "Escape", "Home", "End", "Tab", "Page"]
                        .iter()
                        .any(|key| text.starts_with(key));
                    // What the browser itself calls a cipher or an error is one word that no language has.
                    let platform = !text.contains(' ')
                        && (text.ends_with("Error")
                            || text.contains(|c: char| c == '-' || c.is_ascii_digit()));
                    if sentence && !keyboard && !platform {
                        hits.push(format!("{}:{}: {text:?}", path.display(), number + 1));
                    }
                }
            }
        }
    }
    none(hits, "wording belongs in content/<language>/");
}

#[test]
fn the_linker_and_the_bindings_speak_one_version() {
    let version = |file: &str, key: &str| {
        let text = fs::read_to_string(root().join(file)).expect("the manifest can be read");
        let line = text
            .lines()
            .find(|line| line.starts_with(key))
            .unwrap_or_else(|| panic!("{file} has no {key}"));
        literals(line)[0].trim_start_matches('=').to_string()
    };
    assert_eq!(
        version("Cargo.toml", "wasm-bindgen ="),
        version("xtask/Cargo.toml", "wasm-bindgen-cli-support =")
    );
}
