//! Installs what the tests need and runs them all, quick ones first.

use std::env;
use std::path::PathBuf;
use std::process::Command;
use std::thread;

use anyhow::{Context, Result, bail};

use crate::build::{self, build, files};
use crate::setup::{BROWSERS, Browser, SHELL, WASM_TARGET, WEBKIT};
use crate::{Options, cargo, execute, package, root, setup, step, supply};

/// The variable that adds the tests in a real WordPress to a run of all tests; it is 1 or has no effect.
const WORDPRESS: &str = "DELINEATE_WORDPRESS";

/// The variable that makes it a failure when WebKit cannot be had; it is 1 or has no effect.
const WEBKIT_REQUIRED: &str = "DELINEATE_WEBKIT";

/// The values of `--only` for the browser tests in another engine than Chromium. What is left out there says why.
const ENGINES: [&str; 2] = ["firefox", "webkit"];

/// The engine that is asked for, if it is another than Chromium.
fn engine(options: &Options) -> Option<&str> {
    options
        .only
        .as_deref()
        .filter(|only| ENGINES.contains(only))
}

fn is_set(variable: &str) -> bool {
    env::var_os(variable).is_some_and(|value| value == "1")
}

pub fn test(options: &Options) -> Result<()> {
    let wanted = is_set(WORDPRESS);
    let (rust, browser, wordpress) = match options.only.as_deref() {
        None => (true, true, wanted),
        Some("rust") => (true, false, false),
        Some("browser") => (false, true, false),
        Some("wordpress") => (false, false, true),
        Some(other) if ENGINES.contains(&other) => (false, true, false),
        Some(other) => {
            bail!("--only takes rust, browser, firefox, webkit or wordpress, not \"{other}\"")
        }
    };
    setup::rust()?;
    setup::node()?;
    if rust {
        setup::rust_checks()?;
        native(options)?;
        supply::audit()?;
    }
    if browser || wordpress {
        let browsers = browsers(options)?;
        if options.build {
            build(options)?;
        }
        if browser {
            in_browsers(options, &browsers)?;
        }
        if wordpress {
            step("acting as a person in a real WordPress", || {
                execute(&mut driven("tests/wordpress", options, &browsers)?)
            })?;
        }
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
        execute(&mut examples())?;
        execute(&mut node_tests("tests/data", options)?)
    })
}

/// The examples as the native tests have compiled them: in the whole workspace, where dependencies have the features that they have there.
/// Built alone, they would need most of them once more.
fn examples() -> Command {
    let mut build = cargo();
    build.args(["build", "--workspace", "--quiet", "--locked", "--examples"]);
    build
}

/// Where this program lies, and beside it what else cargo compiled.
fn this_program() -> Result<PathBuf> {
    env::current_exe().context("this program does not know where it is")
}

/// Node's test runner, set to run the tests of a folder.
fn node_tests(folder: &str, options: &Options) -> Result<Command> {
    let mut node = Command::new("node");
    let files_at_once = match engine(options) {
        // Each of its pages is a browser of its own, which draws without help and has work for a processor.
        Some("webkit") => thread::available_parallelism().map_or(1, |all| all.get().min(4)),
        _ => 4,
    };
    node.args(["--test", "--test-reporter=spec"]);
    node.arg(format!("--test-concurrency={files_at_once}"));
    // Beside the folder of this program, which may be another profile's.
    let program = this_program()?;
    let target = program.ancestors().nth(2);
    let target = target.context("this program does not lie in a folder of cargo's")?;
    node.env("DELINEATE_EXAMPLES", target.join("debug/examples"));
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

/// The variable and the program of each browser that the tests drive.
type Browsers = Vec<(&'static str, PathBuf)>;

fn browsers(options: &Options) -> Result<Browsers> {
    let ready = |browser: &Browser| Ok((browser.variable, browser.ready()?));
    let mut found = BROWSERS.iter().map(ready).collect::<Result<Browsers>>()?;
    match ready(&SHELL) {
        Ok(shell) => found.push(shell),
        Err(error) => println!("  All tests run in Chromium with its window: {error:#}."),
    }
    match WEBKIT.iter().map(ready).collect::<Result<Browsers>>() {
        Ok(webkit) => found.extend(webkit),
        Err(error) if is_set(WEBKIT_REQUIRED) || engine(options) == Some("webkit") => {
            return Err(error);
        }
        Err(error) => println!(
            "  NOT TESTED in WebKit: {error:#}. With {WEBKIT_REQUIRED}=1 this is a failure."
        ),
    }
    Ok(found)
}

fn in_browsers(options: &Options, browsers: &Browsers) -> Result<()> {
    // The examples that the pages' exports are compared with, compiled here so that no test waits for them.
    step("compiling the examples", || execute(&mut examples()))?;
    let pseudo = step("adding the pseudo-locales", || build::pseudo(&options.dist))?;
    let tarball = step("packing for npm", || package::pack(options))?;
    step("acting as a person in real browsers", || {
        let mut tests = driven("tests/e2e", options, browsers)?;
        execute(
            tests
                .env("DELINEATE_TARBALL", tarball)
                .env("DELINEATE_PSEUDO", pseudo),
        )
    })
}

/// The browser tests of a folder, to be run against the build.
fn driven(folder: &str, options: &Options, browsers: &Browsers) -> Result<Command> {
    let mut tests = node_tests(folder, options)?;
    tests.env_remove("DELINEATE_ENGINE");
    if let Some(engine) = engine(options) {
        tests.env("DELINEATE_ENGINE", engine);
    }
    tests
        .env("DELINEATE_SERVER", this_program()?)
        .env("DELINEATE_DIST", &options.dist)
        .envs(browsers.iter().cloned());
    Ok(tests)
}
