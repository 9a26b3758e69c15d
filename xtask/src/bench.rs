//! Measures the check against what a web master would take instead, and scoring against ever more items and respondents.
//!
//! The browser's part is `bench/*.mjs`: it writes every single value into `target/bench/samples.json`. What is made of them is
//! here. Nothing in it fails for being slow.

mod chart;
mod measures;
mod pages;
mod report;
mod samples;

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::build::build;
use crate::setup::{self, BROWSERS};
use crate::{Options, cargo, execute, root, serve, step};
use samples::Samples;

/// How many respondents the console reads.
const MANY: &str = "10000";

pub fn bench(options: &Options) -> Result<()> {
    if options.runs == 0 {
        bail!("--runs takes a number from 1");
    }
    if options.growth {
        if options.write {
            bail!("--write needs the whole benchmark: leave out --growth");
        }
        println!("{}", growth()?);
        return Ok(());
    }
    let samples = Samples::read(&browser(options)?)?;
    let growth = growth()?;
    println!("\n{}{growth}", report::tables(&samples));
    if options.write {
        let date = options.date.as_deref().unwrap_or(&samples.date);
        let page = report::page(&samples, date, &growth);
        fs::write(root().join("docs/benchmarks.md"), page)?;
        fs::write(root().join("docs/benchmarks.svg"), chart::chart(&samples))?;
        println!("written into docs/benchmarks.md and docs/benchmarks.svg");
    }
    Ok(())
}

/// Measures in the browser, and gives the file with all that was measured.
fn browser(options: &Options) -> Result<PathBuf> {
    setup::rust()?;
    setup::node()?;
    let [chromium, _] = &BROWSERS;
    let browser = chromium.ready()?;
    if options.build {
        build(options)?;
    }
    let site = pages::make(&options.dist)?;
    let address = serve::serve_beside(&site)?;
    let out = root().join("target/bench/samples.json");
    let cohort = root().join("target/bench/cohort.ndjson");
    step("drawing the answers of ten thousand", || {
        let mut program = cargo();
        program.args(["run", "--quiet", "--locked", "--example", "cohort"]);
        program.args(["--", "--draw", MANY]);
        Ok(fs::write(&cohort, printed(&mut program)?)?)
    })?;
    step("measuring in the browser", || {
        execute(
            Command::new("node")
                .arg("bench/run.mjs")
                .env(chromium.variable, &browser)
                .env("BENCH_ADDRESS", format!("http://{address}/"))
                .env("BENCH_RUNS", options.runs.to_string())
                .env("BENCH_COHORT", &cohort)
                .env("BENCH_OUT", &out),
        )
    })?;
    Ok(out)
}

/// The tables about growth, from a program with the widget's own profile.
fn growth() -> Result<String> {
    step("measuring how scoring grows", || {
        let mut program = cargo();
        program.args(["run", "--quiet", "--locked", "--release"]);
        program.args(["--package", "bench", "--bin", "growth"]);
        printed(&mut program)
    })
}

/// What a program prints, with its complaints shown.
fn printed(command: &mut Command) -> Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command
        .current_dir(root())
        .stderr(std::process::Stdio::inherit())
        .output()
        .with_context(|| format!("\"{name}\" could not be started"))?;
    if !output.status.success() {
        bail!("\"{name}\" ended with {}", output.status);
    }
    String::from_utf8(output.stdout).with_context(|| format!("\"{name}\" printed no text"))
}
