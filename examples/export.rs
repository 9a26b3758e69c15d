//! Makes the files that the page offers, natively: `cargo run --example export -- response.json --as csv --date 2026-01-31` prints one.
//!
//! `--as` takes `csv`, `plan-csv`, `markdown`, `charter-markdown`, `charter-html` or `calendar`; `--date` is the day of the answers;
//! `--review` the day of the next look at them, a year later where it is not given; `--lang` the language, English where it is not. Whatever is wrong is said, and the exit code is 1.

mod common;

use std::process::ExitCode;

use delineate::core::content::SOURCE_LANGUAGE;
use delineate::core::date::Date;
use delineate::core::desk::DeskTexts;
use delineate::core::export::{Basis, Dates, Export};
use delineate::core::result::ResultDocument;
use lexopt::prelude::*;

/// What the command line asked for.
struct Wish {
    path: String,
    export: Export,
    dates: Dates,
    lang: String,
}

fn usage() -> String {
    let kinds = Export::ALL.map(Export::id).join("|");
    format!(
        "usage: cargo run --example export -- response.json --as {kinds} --date YYYY-MM-DD [--review YYYY-MM-DD] [--lang TAG]"
    )
}

fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| format!("\"{text}\" is no day such as 2026-01-31"))
}

fn said(error: lexopt::Error) -> String {
    format!("{error}\n{}", usage())
}

fn value(parser: &mut lexopt::Parser) -> Result<String, String> {
    let value = parser.value().and_then(|value| value.string());
    value.map_err(said)
}

fn wish() -> Result<Wish, String> {
    let (mut path, mut export, mut made, mut review) = (None, None, None, None);
    let mut lang = SOURCE_LANGUAGE.to_string();
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next().map_err(said)? {
        match argument {
            Value(text) if path.is_none() => path = Some(text.string().map_err(said)?),
            Long("as") => export = Some(value(&mut parser)?),
            Long("date") => made = Some(date(&value(&mut parser)?)?),
            Long("lang") => lang = value(&mut parser)?,
            Long("review") => review = Some(date(&value(&mut parser)?)?),
            other => return Err(said(other.unexpected())),
        }
    }
    let (Some(path), Some(export), Some(made)) = (path, export, made) else {
        return Err(usage());
    };
    let known = |one: &Export| one.id() == export;
    let dates = match review {
        None => Some(Dates::yearly(made)),
        Some(review) => Dates::new(made, review),
    };
    Ok(Wish {
        path,
        lang,
        export: Export::ALL
            .into_iter()
            .find(known)
            .ok_or_else(|| format!("nothing is exported as \"{export}\"\n{}", usage()))?,
        dates: dates.ok_or("the review must be later than the answers")?,
    })
}

fn texts(lang: &str) -> Result<DeskTexts, String> {
    let texts = DeskTexts::load(&common::text_of(lang, "desk")?);
    texts.map_err(|problems| common::lines(&problems))
}

fn run() -> Result<String, String> {
    let wish = wish()?;
    let content = common::content_in(&wish.lang)?;
    let response = common::response(&content, &wish.path)?;
    let result = ResultDocument::new(&content, &response);
    let texts = texts(&wish.lang)?;
    let basis = Basis::new(&content, &response, &result, wish.dates, &texts);
    Ok(wish.export.text(&basis))
}

fn main() -> ExitCode {
    match run() {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}
