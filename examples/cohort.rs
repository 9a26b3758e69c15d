//! Reads many respondents natively: `cargo run --release --example cohort -- responses.ndjson` prints their statistics.
//!
//! Each file holds a response, a result, or one of these on each line. What is refused is named on the error stream.
//!
//! - `--rows` prints the compact rows as NDJSON instead, `--csv` prints them as CSV
//! - `--benchmark SOURCE DATE` prints a benchmark of everybody
//! - `--draw N` prints N random responses, the same ones every time, as NDJSON
//! - `--measure` says on the error stream how long reading took and how much memory

mod common;

use std::io::{self, BufWriter, Read, Write};
use std::process::ExitCode;
use std::rc::Rc;
use std::time::Instant;
use std::{env, fs};

use delineate::core::cohort::{Cohort, Filter, Group, Outcome, Row, Tally};
use serde_json::{Value, json};

#[path = "../tests/common/drawn.rs"]
mod drawn;

const USAGE: &str = "usage: cargo run --release --example cohort -- \
                     [--rows | --csv | --benchmark SOURCE DATE] [--measure] FILE... | --draw N";
/// Bytes that are read at a time, as a page would.
const SLICE: usize = 64 * 1024;
/// Lines that are read at a time.
const LINES: usize = 200;

enum Print {
    Statistics,
    Rows,
    Csv,
    Benchmark(String, String),
}

/// Reads one file slice by slice and names what is refused or repeated.
fn read(cohort: &mut Cohort, path: &str) -> Result<Tally, String> {
    let about = |error: io::Error| format!("{path}: {error}");
    let mut file = fs::File::open(path).map_err(about)?;
    let mut slice = vec![0; SLICE];
    let mut ingest = cohort.ingest(path);
    while !ingest.is_done() {
        let length = file.read(&mut slice).map_err(about)?;
        ingest.feed(&slice[..length]);
        if length == 0 {
            ingest.end();
        }
        loop {
            let before = ingest.read();
            for verdict in ingest.step(cohort, LINES) {
                let line = verdict.line;
                match verdict.outcome {
                    Outcome::Accepted(_) => {}
                    Outcome::Duplicate { of, .. } => {
                        let first = cohort.document(of);
                        eprintln!("{path}:{line}: the same answers as {first}:{}", of.line);
                    }
                    Outcome::Refused(reason) => eprintln!("{path}:{line}: refused: {reason}"),
                }
            }
            if ingest.read() == before {
                break;
            }
        }
    }
    Ok(ingest.tally())
}

/// Everybody, and each seat and each structure by itself.
fn statistics(cohort: &Cohort) -> Value {
    let group = |filter: Filter| -> Value {
        match cohort.statistics(filter) {
            Group::Shown(statistics) => json!({ "shown": statistics }),
            Group::Suppressed => json!("suppressed"),
        }
    };
    let instrument = &cohort.content().instrument;
    let seats = instrument.seats.iter().filter_map(|id| {
        let seat = cohort.seat(id)?;
        let filter = Filter {
            seat,
            ..Filter::default()
        };
        Some(json!({ "id": id, "group": group(filter) }))
    });
    let structures = instrument.structures.iter().filter_map(|one| {
        let structure = cohort.structure(&one.id)?;
        let filter = Filter {
            structure,
            ..Filter::default()
        };
        Some(json!({ "id": one.id, "group": group(filter) }))
    });
    json!({
        "all": group(Filter::default()),
        "seats": seats.collect::<Vec<_>>(),
        "structures": structures.collect::<Vec<_>>(),
    })
}

/// The most memory that this process had at once, where the system says so.
fn peak_memory() -> Option<String> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    Some(line["VmHWM:".len()..].trim().to_string())
}

fn measure(cohort: &Cohort, reading: f64, counting: f64) {
    let rows = cohort.rows();
    let bytes = rows.iter().map(Row::bytes).sum::<usize>() / rows.len().max(1);
    let peak = peak_memory().unwrap_or_else(|| "not known here".into());
    let count = rows.len();
    eprintln!(
        "{count} rows of {bytes} bytes; read in {reading:.3} s, statistics in {counting:.3} s; most memory {peak}"
    );
}

fn run() -> Result<(), String> {
    let mut print = Print::Statistics;
    let (mut measuring, mut files) = (false, Vec::new());
    let content = Rc::new(common::content()?);
    let mut out = BufWriter::new(io::stdout().lock());
    let failed = |error: io::Error| error.to_string();
    let mut arguments = env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--rows" => print = Print::Rows,
            "--csv" => print = Print::Csv,
            "--measure" => measuring = true,
            "--benchmark" => {
                let source = arguments.next().ok_or(USAGE)?;
                print = Print::Benchmark(source, arguments.next().ok_or(USAGE)?);
            }
            "--draw" => {
                let number = arguments.next().ok_or(USAGE)?;
                let number = number.parse().map_err(|_| USAGE)?;
                for response in drawn::responses(&content, number, 1) {
                    writeln!(out, "{}", response.to_json()).map_err(failed)?;
                }
                return out.flush().map_err(failed);
            }
            _ if argument.starts_with("--") => return Err(USAGE.into()),
            _ => files.push(argument),
        }
    }
    if files.is_empty() {
        return Err(USAGE.into());
    }
    let mut cohort = Cohort::new(&content);
    let start = Instant::now();
    let mut refused = 0;
    for file in &files {
        refused += read(&mut cohort, file)?.refused;
    }
    let reading = start.elapsed().as_secs_f64();
    let start = Instant::now();
    let all = statistics(&cohort);
    if measuring {
        measure(&cohort, reading, start.elapsed().as_secs_f64());
    }
    match print {
        Print::Statistics => writeln!(out, "{all:#}").map_err(failed)?,
        Print::Rows => {
            for line in cohort.ndjson(Filter::default()) {
                out.write_all(line.as_bytes()).map_err(failed)?;
            }
        }
        Print::Csv => {
            for line in cohort.csv(Filter::default()) {
                out.write_all(line.as_bytes()).map_err(failed)?;
            }
        }
        Print::Benchmark(source, date) => {
            let benchmark = cohort.benchmark(Filter::default(), &source, &date);
            let benchmark = benchmark.map_err(|problems| {
                let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
                lines.join("\n")
            })?;
            writeln!(out, "{benchmark}").map_err(failed)?;
        }
    }
    out.flush().map_err(failed)?;
    if refused > 0 {
        return Err(format!("{refused} refused"));
    }
    Ok(())
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}
