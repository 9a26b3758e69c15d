//! Installs what the tests need and runs them all, quick ones first.

use std::env;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::build::{build, files};
use crate::setup::{BROWSERS, WASM_TARGET};
use crate::{Options, cargo, execute, package, root, setup, step};

pub fn test(options: &Options) -> Result<()> {
    let (rust, browser) = match options.only.as_deref() {
        None => (true, true),
        Some("rust") => (true, false),
        Some("browser") => (false, true),
        Some(other) => bail!("--only takes rust or browser, not \"{other}\""),
    };
    setup::rust()?;
    setup::node()?;
    if rust {
        setup::rust_checks()?;
        native(options)?;
    }
    if browser {
        in_browsers(options)?;
    }
    Ok(())
}

fn native(options: &Options) -> Result<()> {
    let lint = ["--locked", "--", "-D", "warnings"];
    step("checking the format", || {
        execute(cargo().args(["fmt", "--all", "--check"]))
    })?;
    step("linting the native code", || {
        execute(
            cargo()
                .args(["clippy", "--workspace", "--all-targets"])
                .args(lint),
        )
    })?;
    step("linting the widget", || {
        execute(
            cargo()
                .args(["clippy", "--lib", "--all-features"])
                .args(["--target", WASM_TARGET])
                .args(lint),
        )
    })?;
    step("testing the core", || {
        let mut test = cargo();
        test.args(["test", "--workspace", "--locked"]);
        execute(test.args(options.filter.as_ref()))
    })?;
    step("comparing the golden vectors with the oracles", || {
        for oracle in [
            "oracle.mjs",
            "agreement.mjs",
            "code-oracle.mjs",
            "cohort.mjs",
        ] {
            let path = root().join("tests/vectors").join(oracle);
            execute(Command::new("node").arg(path).arg("--check"))?;
        }
        Ok(())
    })?;
    step("asking the warehouse what the page about it asks", || {
        execute(cargo().args(["build", "--quiet", "--locked", "--example", "cohort"]))?;
        execute(&mut node_tests("tests/data", options)?)
    })
}

/// Node's test runner, set to run the tests of a folder.
fn node_tests(folder: &str, options: &Options) -> Result<Command> {
    let mut node = Command::new("node");
    node.args(["--test", "--test-reporter=spec", "--test-concurrency=2"]);
    if let Some(filter) = &options.filter {
        node.arg(format!("--test-name-pattern={filter}"));
    }
    let tests = files(&root().join(folder))?;
    node.args(
        tests
            .iter()
            .filter(|path| path.to_string_lossy().ends_with(".test.mjs")),
    );
    Ok(node)
}

fn in_browsers(options: &Options) -> Result<()> {
    let mut browsers = Vec::new();
    for browser in &BROWSERS {
        browsers.push((browser.variable, browser.ready()?));
    }
    build(options)?;
    let tarball = step("packing for npm", || package::pack(options))?;
    // The example that the page's export is compared with, compiled here so that no test waits for it.
    step("compiling the example", || {
        execute(cargo().args(["build", "--quiet", "--locked", "--example", "score"]))
    })?;
    step("acting as a person in real browsers", || {
        let server = env::current_exe().context("this program does not know where it is")?;
        execute(
            node_tests("tests/e2e", options)?
                .env("DELINEATE_SERVER", server)
                .env("DELINEATE_DIST", &options.dist)
                .env("DELINEATE_TARBALL", &tarball)
                .envs(browsers),
        )
    })
}
