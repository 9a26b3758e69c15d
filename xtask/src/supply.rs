//! What a host's security people ask for: the fingerprints of the built files, the bill of what was linked into them, and whether
//! any of it has a licence or an advisory that forbids to ship it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::process::{Command, Output};
use std::{env, fs};

use anyhow::{Context, Result, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use sha2::{Digest, Sha384};

use crate::build::files;
use crate::kept::hex;
use crate::setup::{self, WASM_TARGET};
use crate::{cargo, execute, root, step};

/// The fingerprints, in the form that an `integrity` attribute takes.
pub const INTEGRITY: &str = "integrity.json";

/// The bill of materials, in the form of CycloneDX 1.6.
pub const BILL: &str = "sbom.cdx.json";

/// Writes the bill, and then the fingerprints of every file, the bill's among them.
pub fn write(folder: &Path) -> Result<()> {
    fs::write(folder.join(BILL), pretty(&bill()?)?)?;
    let mut prints = BTreeMap::new();
    for path in files(folder)? {
        let bytes = fs::read(&path)?;
        // A file is named as a page would ask for it.
        let name = path
            .strip_prefix(folder)?
            .to_string_lossy()
            .replace('\\', "/");
        let integrity = format!("sha384-{}", STANDARD.encode(Sha384::digest(&bytes)));
        prints.insert(
            name,
            json!({ "bytes": bytes.len(), "integrity": integrity }),
        );
    }
    fs::write(folder.join(INTEGRITY), pretty(&json!(prints))?)?;
    Ok(())
}

fn pretty(value: &Value) -> Result<String> {
    Ok(serde_json::to_string_pretty(value)? + "\n")
}

/// Every crate that is linked into a wasm module, and the standard library that is compiled with them. Nothing in it depends on when
/// or where it was made.
fn bill() -> Result<Value> {
    let output = cargo()
        .args([
            "metadata",
            "--locked",
            "--format-version=1",
            "--all-features",
        ])
        .args(["--filter-platform", WASM_TARGET])
        .current_dir(root())
        .output()?;
    if !output.status.success() {
        bail!(
            "cargo metadata: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    let metadata: Value = serde_json::from_slice(&output.stdout)?;
    let packages: HashMap<&str, &Value> = list(&metadata["packages"])
        .filter_map(|package| Some((package["id"].as_str()?, package)))
        .collect();
    let nodes: HashMap<&str, &Value> = list(&metadata["resolve"]["nodes"])
        .filter_map(|node| Some((node["id"].as_str()?, node)))
        .collect();
    let own = list(&metadata["packages"])
        .find(|package| package["name"] == "delineate")
        .and_then(|package| package["id"].as_str())
        .context("cargo metadata does not know the crate")?;

    let linked_here = linked_crates()?;
    let mut linked = BTreeMap::new();
    let mut open = vec![own];
    while let Some(id) = open.pop() {
        if linked.contains_key(id) {
            continue;
        }
        let node = nodes
            .get(id)
            .with_context(|| format!("{id} is not resolved"))?;
        let needs: BTreeSet<&str> = list(&node["deps"])
            .filter(|dependency| list(&dependency["dep_kinds"]).any(|kind| kind["kind"].is_null()))
            .filter_map(|dependency| dependency["pkg"].as_str())
            .filter(|id| {
                packages
                    .get(id)
                    .is_some_and(|package| linked_here.contains(&address(package)))
            })
            .collect();
        open.extend(&needs);
        linked.insert(id, needs);
    }

    let checksums = checksums()?;
    let mut components = Vec::new();
    let mut dependencies = Vec::new();
    for (id, needs) in &linked {
        let package = packages[id];
        if *id != own {
            components.push(component(package, &checksums)?);
        }
        let mut needs: Vec<String> = needs.iter().map(|id| address(packages[id])).collect();
        needs.push(standard_library().1);
        dependencies.push(json!({ "ref": address(package), "dependsOn": needs }));
    }
    let (version, purl) = standard_library();
    components.push(json!({
        "type": "library",
        "bom-ref": purl,
        "name": "std",
        "version": version,
        "description": "The standard library of Rust, compiled from its source",
        "licenses": [{ "expression": "MIT OR Apache-2.0" }],
        "purl": purl,
    }));
    dependencies.push(json!({ "ref": purl, "dependsOn": [] }));
    let package = packages[own];
    Ok(json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": address(package),
                "name": package["name"],
                "version": package["version"],
                "description": package["description"],
                "licenses": [{ "expression": package["license"] }],
                "purl": address(package),
            },
        },
        "components": components,
        "dependencies": dependencies,
    }))
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// What is linked for the browser. The metadata cannot say it: they put together what every crate of the workspace asks for. A macro
/// runs in the compiler and is no part of what it makes.
fn linked_crates() -> Result<BTreeSet<String>> {
    let output = cargo()
        .args([
            "tree",
            "--locked",
            "--package",
            "delineate",
            "--features=widget,pack,console",
        ])
        .args(["--target", WASM_TARGET, "--edges", "normal,no-proc-macro"])
        .args(["--prefix", "none", "--no-dedupe", "--format", "{p}"])
        .current_dir(root())
        .output()?;
    if !output.status.success() {
        bail!("cargo tree: {}", String::from_utf8_lossy(&output.stderr));
    }
    let text = String::from_utf8(output.stdout)?;
    let lines = text.lines().filter_map(|line| {
        let mut words = line.split(' ');
        let (name, version) = (words.next()?, words.next()?.strip_prefix('v')?);
        Some(format!("pkg:cargo/{name}@{version}"))
    });
    Ok(lines.collect())
}

fn address(package: &Value) -> String {
    let text = |name: &str| package[name].as_str().unwrap_or_default().to_string();
    format!("pkg:cargo/{}@{}", text("name"), text("version"))
}

/// The compiler's version, which is that of the library in its source, and the name that the library has in a bill.
fn standard_library() -> (String, String) {
    let version = setup::rust_version();
    let purl = format!("pkg:generic/rust-std@{version}");
    (version, purl)
}

fn component(package: &Value, checksums: &HashMap<(String, String), String>) -> Result<Value> {
    let text = |name: &str| package[name].as_str().map(String::from);
    let (name, version) = (text("name"), text("version"));
    let key = (
        name.clone().unwrap_or_default(),
        version.unwrap_or_default(),
    );
    let licence = text("license").with_context(|| format!("{} names no licence", key.0))?;
    let checksum = checksums
        .get(&key)
        .with_context(|| format!("{} has no checksum", key.0))?;
    let mut component = json!({
        "type": "library",
        "bom-ref": address(package),
        "name": key.0,
        "version": key.1,
        "hashes": [{ "alg": "SHA-256", "content": checksum }],
        // Older crates write a slash where SPDX has a word.
        "licenses": [{ "expression": licence.replace('/', " OR ") }],
        "purl": address(package),
    });
    if let Some(description) = text("description") {
        component["description"] = description.trim().into();
    }
    if let Some(url) = text("repository") {
        component["externalReferences"] = json!([{ "type": "vcs", "url": url }]);
    }
    Ok(component)
}

/// The checksum of each crate of the lock file, by its name and version.
fn checksums() -> Result<HashMap<(String, String), String>> {
    let lock: toml::Table = fs::read_to_string(root().join("Cargo.lock"))?.parse()?;
    let packages = lock.get("package").and_then(toml::Value::as_array);
    let text = |package: &toml::Value, name: &str| Some(package.get(name)?.as_str()?.to_string());
    let found = packages.into_iter().flatten().filter_map(|package| {
        let key = (text(package, "name")?, text(package, "version")?);
        Some((key, text(package, "checksum")?))
    });
    Ok(found.collect())
}

/// Asks whether a licence, a source or an advisory forbids to ship what is linked. Advisories are asked where their lists can be had.
pub fn audit() -> Result<()> {
    let deny = setup::cargo_deny()?;
    let run = |arguments: &[&str]| {
        let mut deny = Command::new(&deny);
        deny.args(arguments).current_dir(root());
        deny
    };
    step("asking for licences, sources and duplicates", || {
        execute(&mut run(&[
            "--log-level=error",
            "check",
            "licenses",
            "bans",
            "sources",
        ]))
    })?;
    step("asking for advisories on crates", || {
        let fetched = run(&["fetch", "db"]).output()?;
        if !fetched.status.success() {
            return unasked("the list of advisories cannot be fetched", &fetched);
        }
        execute(&mut run(&[
            "--log-level=error",
            "check",
            "--disable-fetch",
            "advisories",
        ]))
    })?;
    step("asking for advisories on npm packages", || {
        let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
        let output = Command::new(npm)
            .args(["audit", "--json"])
            .current_dir(root())
            .output()?;
        let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
        let Some(found) = report["metadata"]["vulnerabilities"].as_object() else {
            return unasked("the registry gives no advisories", &output);
        };
        let grave: u64 = ["high", "critical"]
            .iter()
            .filter_map(|level| found.get(*level)?.as_u64())
            .sum();
        if grave > 0 {
            bail!("npm names {grave} grave advisories: run \"npm audit\"");
        }
        Ok(())
    })
}

/// Says that a question could not be asked, which is an error where it must be.
fn unasked(why: &str, output: &Output) -> Result<()> {
    let text = String::from_utf8_lossy(&output.stderr);
    let last = text
        .lines()
        .rev()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    if env::var_os("DELINEATE_ADVISORIES").is_some_and(|value| value == "1") {
        bail!("{why}: {last}");
    }
    println!("  NOT ASKED: {why}. DELINEATE_ADVISORIES=1 makes that an error.");
    Ok(())
}

/// Builds the check in two folders of their own and compares what came out, byte for byte.
pub fn reproduce() -> Result<()> {
    let place = root().join("target/reproduce");
    if place.exists() {
        fs::remove_dir_all(&place)?;
    }
    // Names of different length, so that a path that found its way into a file shows in its size already.
    let folders = [place.join("a"), place.join("another-folder/further-down")];
    let mut prints = Vec::new();
    for folder in &folders {
        fs::create_dir_all(folder)?;
        let name = format!("building in {}", folder.display());
        step(&name, || {
            execute(
                Command::new("git")
                    .args(["clone", "--quiet", "--no-hardlinks"])
                    .args([root(), folder]),
            )?;
            let mut command = cargo();
            command
                .args([
                    "run",
                    "--quiet",
                    "--locked",
                    "--package",
                    "xtask",
                    "--",
                    "build",
                ])
                .env_remove("CARGO_TARGET_DIR")
                .current_dir(folder);
            let status = command.status()?;
            if !status.success() {
                bail!("the build ended with {status}");
            }
            prints.push(print_of(&folder.join("dist"))?);
            Ok(())
        })?;
    }
    let [first, second] = &prints[..] else {
        bail!("two builds were to be made");
    };
    let names: BTreeSet<&String> = first.keys().chain(second.keys()).collect();
    let differing: Vec<&str> = names
        .into_iter()
        .filter(|name| first.get(*name) != second.get(*name))
        .map(String::as_str)
        .collect();
    if !differing.is_empty() {
        bail!("these files differ: {}", differing.join(", "));
    }
    println!("{} files are the same, byte for byte", first.len());
    fs::remove_dir_all(&place)?;
    Ok(())
}

fn print_of(folder: &Path) -> Result<BTreeMap<String, String>> {
    let mut prints = BTreeMap::new();
    for path in files(folder)? {
        let name = path.strip_prefix(folder)?.to_string_lossy().into_owned();
        prints.insert(name, hex(&Sha384::digest(fs::read(&path)?)));
    }
    Ok(prints)
}
