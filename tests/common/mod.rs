//! The project's own content, and short ways to make responses to it.
#![allow(dead_code, reason = "each test file uses its own part of this")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use delineate::core::content::Content;
use delineate::core::desk::DeskTexts;
use delineate::core::pack::{Parts, assemble};
use delineate::core::response::{Column, ItemAnswer, Owner, Response};
use serde_json::Value;

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

pub fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The English pack as the build makes it.
pub fn pack() -> String {
    pack_in("en")
}

/// The tag of every language there is.
pub fn languages() -> Vec<String> {
    let folders = fs::read_dir(root().join("content")).expect("the content can be read");
    let paths = folders.map(|entry| entry.expect("the content can be read").path());
    let paths = paths.filter(|path| path.join("steps.json").exists());
    let name = |path: PathBuf| {
        path.file_name()
            .map(|name| name.to_string_lossy().into_owned())
    };
    paths.filter_map(name).collect()
}

/// The pack of a language as the build makes it.
pub fn pack_in(lang: &str) -> String {
    let file = |name: &str| read(&format!("content/{lang}/{name}.json"));
    assemble(
        lang,
        &Parts {
            instrument: &read("content/instrument.json"),
            steps: &file("steps"),
            domains: &file("domains"),
            report: &file("report"),
            interface: &file("interface"),
        },
    )
    .expect("the content files are JSON")
}

pub static CONTENT: LazyLock<Content> = LazyLock::new(|| {
    Content::parse(&pack()).unwrap_or_else(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        panic!("the content has problems:\n{}", lines.join("\n"))
    })
});

/// The English texts of the desk, as the build makes them.
pub fn desk() -> String {
    desk_in("en")
}

/// The texts of the desk in a language, likewise.
pub fn desk_in(lang: &str) -> String {
    let text = read(&format!("content/{lang}/desk.json"));
    let mut value: Value = serde_json::from_str(&text).expect("the texts are JSON");
    if let Value::Object(texts) = &mut value {
        texts.remove("$schema");
    }
    value.to_string()
}

pub static DESK: LazyLock<DeskTexts> = LazyLock::new(|| {
    DeskTexts::load(&desk())
        .unwrap_or_else(|problems| panic!("the desk has problems: {problems:?}"))
});

pub fn all_steps() -> Vec<String> {
    let steps = CONTENT.instrument.steps.iter();
    steps.map(|step| step.id.clone()).collect()
}

/// Every asked item at one level and every domain with one owner.
pub fn uniform(full: bool, level: u8, owner: Owner) -> Response {
    let mut response = Response::new(&CONTENT);
    if full {
        response.extend(&CONTENT, &all_steps());
    }
    for step in &CONTENT.instrument.steps {
        for item in response.asked_items(step).to_vec() {
            response.answer_item(&item, Some(ItemAnswer::Level(level)));
        }
    }
    for domain in &CONTENT.instrument.domains {
        response.answer_domain(&domain.id, Column::Today, Some(owner.clone()));
    }
    response
}

pub fn officer(id: &str) -> Owner {
    Owner::Officer(id.into())
}
