//! Builds, serves and tests Delineate. `cargo xtask help` lists the commands.

mod bench;
mod build;
mod content;
mod kept;
mod pack;
mod package;
mod pseudo;
mod screens;
mod serve;
mod setup;
mod size;
mod supply;
mod test;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use lexopt::prelude::*;

const HELP: &str = "\
cargo xtask serve [--port N] [--dist DIR] [--no-build] [--dev]   build and serve the check
cargo xtask test [--only rust|browser|firefox|webkit|wordpress] [--filter TEXT] [--no-build]
                                                                 install what the tests need and run them; by name only:
                                                                 the browser tests in Firefox or WebKit instead of
                                                                 Chromium, and a real WordPress (also by DELINEATE_WORDPRESS=1)
cargo xtask build [--dist DIR] [--dev] [--trunk]                 build the page into dist/
cargo xtask build --pseudo [--dist DIR]                          the last build again, with pseudo-locales, into target/pseudo/
cargo xtask package [--no-build]                                 build the npm package into target/
cargo xtask validate [--pack FILE]                               check the content files, or a pack of your own
cargo xtask size                                                 print the sizes of the last build
cargo xtask audit                                                ask for licences, sources and advisories of all that is linked
cargo xtask reproduce                                            build in two folders and compare the files byte for byte
cargo xtask bench [--runs N] [--write] [--date TEXT]             measure the check against SurveyJS and an empty Yew page
cargo xtask bench --growth                                       measure only how scoring grows with items and respondents
";

/// What the command line asked for.
pub struct Options {
    command: String,
    pub dist: PathBuf,
    pub port: Option<u16>,
    /// Whether `serve`, `package` and the tests in browsers build first.
    pub build: bool,
    /// A debug build: fast to make, slow to load, and never measured.
    pub dev: bool,
    /// Whether to take the modules of the last build and add the pseudo-locales.
    pub pseudo: bool,
    /// Whether Trunk called: the page that it staged is the template, and its folder takes the files.
    pub trunk: bool,
    pub only: Option<String>,
    pub filter: Option<String>,
    /// The pack to validate, instead of the project's own content.
    pub pack: Option<PathBuf>,
    /// How often `bench` measures each page.
    pub runs: usize,
    /// Whether `bench` writes its report into `docs/`.
    pub write: bool,
    /// The date in that report, where it should not be today's.
    pub date: Option<String>,
    /// Whether `bench` leaves the browser out.
    pub growth: bool,
}

fn parse() -> Result<Options> {
    let mut options = Options {
        command: "help".into(),
        dist: root().join("dist"),
        port: None,
        build: true,
        dev: false,
        pseudo: false,
        trunk: false,
        only: None,
        filter: None,
        pack: None,
        runs: 9,
        write: false,
        date: None,
        growth: false,
    };
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Value(command) => options.command = command.string()?,
            Long("dist") => options.dist = parser.value()?.into(),
            Long("port") => options.port = Some(parser.value()?.parse()?),
            Long("no-build") => options.build = false,
            Long("dev") => options.dev = true,
            Long("pseudo") => options.pseudo = true,
            Long("trunk") => options.trunk = true,
            Long("only") => options.only = Some(parser.value()?.string()?),
            Long("pack") => options.pack = Some(parser.value()?.into()),
            Long("runs") => options.runs = parser.value()?.parse()?,
            Long("write") => options.write = true,
            Long("date") => options.date = Some(parser.value()?.string()?),
            Long("growth") => options.growth = true,
            Long("filter") => options.filter = Some(parser.value()?.string()?),
            Short('h') | Long("help") => options.command = "help".into(),
            other => bail!(
                "{}; `cargo xtask help` lists what there is",
                other.unexpected()
            ),
        }
    }
    Ok(options)
}

fn run() -> Result<()> {
    let options = parse()?;
    match options.command.as_str() {
        "build" if options.pseudo => build::pseudo(&options.dist).map(drop),
        "build" => build::build(&options),
        "package" => package::package(&options),
        "serve" => serve::serve(&options),
        "test" => test::test(&options),
        "validate" => match &options.pack {
            Some(path) => pack::validate(path),
            None => {
                let packs = content::packs()?;
                let names: Vec<&str> = packs.iter().map(|pack| pack.lang.as_str()).collect();
                println!("the content is complete: {}", names.join(", "));
                let examples = pack::examples(&packs)?;
                println!("the example packs are sound: {}", examples.join(", "));
                Ok(())
            }
        },
        "bench" => bench::bench(&options),
        "audit" => supply::audit(),
        "reproduce" => supply::reproduce(),
        "size" => size::report(&options.dist),
        "help" => {
            print!("{HELP}");
            Ok(())
        }
        other => bail!("there is no command \"{other}\"; `cargo xtask help` lists what there is"),
    }
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The project's top folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask lies in the project's folder")
}

/// Does one step of a command, and says what it is and how long it took.
pub fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("→ {name}");
    let start = Instant::now();
    let done = work().with_context(|| format!("{name} failed"))?;
    println!("  {:.1} s", start.elapsed().as_secs_f32());
    Ok(done)
}

/// Runs a program in the project's folder with its output shown; anything but success is an error that names it.
pub fn execute(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.current_dir(root()).status().with_context(|| {
        format!("\"{name}\" could not be started; is it installed and on the PATH?")
    })?;
    if !status.success() {
        bail!("\"{name}\" ended with {status}");
    }
    Ok(())
}

/// The cargo that started this program.
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}
