//! Measures the widget against what a web master would take instead, and scoring against ever more items and respondents.

mod pages;

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::build::build;
use crate::setup::BROWSERS;
use crate::{Options, cargo, execute, root, serve, setup, step};

pub fn bench(options: &Options) -> Result<()> {
    setup::rust()?;
    setup::node()?;
    let browser = BROWSERS[0].ready()?;
    if options.build {
        build(options)?;
    }
    let site = pages::make(&options.dist)?;
    let address = serve::serve_beside(&site)?;
    let out = root().join("target/bench/samples.json");
    step("measuring", || {
        execute(
            Command::new("node")
                .arg("bench/run.mjs")
                .env("CHROMIUM", &browser)
                .env("BENCH_ADDRESS", format!("http://{address}/"))
                .env("BENCH_RUNS", options.runs.to_string())
                .env("BENCH_OUT", &out),
        )
    })?;
    Ok(())
}
