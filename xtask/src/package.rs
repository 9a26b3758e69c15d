//! The npm package: the built files with their types, their manifest and their licences.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use anyhow::{Context, Result};
use delineate::core::content::SOURCE_LANGUAGE;
use serde_json::json;

use crate::build::{build, files};
use crate::size::languages;
use crate::supply::{BILL, INTEGRITY};
use crate::{Options, execute, root, step};

/// The files that the package takes from elsewhere than the build.
const BESIDE: [&str; 3] = ["README.md", "LICENSE-MIT", "LICENSE-APACHE"];

/// What the element promises, for people and for their tools.
const CONTRACT: [&str; 3] = [
    "delineate.d.ts",
    "delineate.react.d.ts",
    "custom-elements.json",
];

/// Whether a built file belongs to the package: what the element and the frame need, and none of the project's own pages.
/// Registries and bundlers compress by themselves.
fn packed(name: &Path) -> bool {
    let name = name.to_string_lossy();
    let console = name.starts_with("delineate.console.");
    let own = name.starts_with("delineate.") && !console || name.starts_with("content");
    let frame = name.starts_with("frame.") && name.ends_with(".html");
    let beside = ["host.css", "frame.css", INTEGRITY, BILL].contains(&&*name) || frame;
    (own || beside) && !name.ends_with(".br")
}

/// Builds the package, unless told to take the last build, and packs it; prints where the tarball lies.
pub fn package(options: &Options) -> Result<()> {
    if options.build {
        build(options)?;
    }
    let tarball = step("packing for npm", || pack(options))?;
    println!("packed {}", tarball.display());
    Ok(())
}

/// Packs the files of the last build.
pub fn pack(options: &Options) -> Result<PathBuf> {
    let folder = root().join("target/npm");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    for path in files(&options.dist)? {
        let name = path.strip_prefix(&options.dist)?;
        if !packed(name) {
            continue;
        }
        let to = folder.join(name);
        fs::create_dir_all(to.parent().context("a file lies in a folder")?)?;
        fs::copy(&path, to)?;
    }
    // The fingerprints of what is packed, and of nothing else.
    let list = fs::read(options.dist.join(INTEGRITY))?;
    let mut prints: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(&list)?;
    prints.retain(|name, _| packed(Path::new(name)));
    let list = serde_json::to_string_pretty(&prints)? + "\n";
    fs::write(folder.join(INTEGRITY), list)?;
    for name in CONTRACT {
        fs::copy(root().join("src/embed").join(name), folder.join(name))?;
    }
    for name in BESIDE {
        fs::copy(root().join(name), folder.join(name))?;
    }
    let types = "./delineate.d.ts";
    let single =
        |lang: &str| json!({ "types": types, "default": format!("./delineate.single.{lang}.js") });
    let mut exports = json!({
        ".": { "types": types, "default": "./delineate.js" },
        "./react": { "types": "./delineate.react.d.ts" },
        "./single": single(SOURCE_LANGUAGE),
    });
    for lang in languages(&options.dist)? {
        exports[format!("./single/{lang}")] = single(&lang);
    }
    exports["./*"] = "./*".into();
    let manifest = json!({
        "name": "delineate",
        "version": env!("CARGO_PKG_VERSION"),
        "description": "A self-assessment that shows how clearly the roles of a CTO and a CIO are drawn, as a custom element",
        "license": "MIT OR Apache-2.0",
        "type": "module",
        "main": "delineate.js",
        "types": "delineate.d.ts",
        "customElements": "custom-elements.json",
        "sideEffects": true,
        "exports": exports,
    });
    let text = serde_json::to_string_pretty(&manifest)? + "\n";
    fs::write(folder.join("package.json"), text)?;
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    execute(
        Command::new(npm)
            .arg("pack")
            .arg(&folder)
            .args(["--silent", "--pack-destination"])
            .arg(root().join("target")),
    )?;
    Ok(root().join(format!(
        "target/delineate-{}.tgz",
        env!("CARGO_PKG_VERSION")
    )))
}
