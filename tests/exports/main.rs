//! The files that leave a check are read back by the parsers of others, and what a hostile pack writes into them stays text.

#[path = "../common/mod.rs"]
mod common;

mod calendar;
mod csv;
mod documents;
mod example;
mod languages;
mod support;

use std::collections::BTreeSet;

use common::DESK;
use delineate::core::date::Date;
use delineate::core::export::{Dates, Export};
use support::{DAY, date};

fn distinct(names: impl IntoIterator<Item = impl Into<String>>) -> usize {
    let names: BTreeSet<String> = names.into_iter().map(Into::into).collect();
    names.len()
}

#[test]
fn every_export_has_a_name_of_its_own_and_a_file_name_that_any_system_takes() {
    let all = Export::ALL;
    assert_eq!(distinct(all.map(Export::id)), all.len());
    let text = |key| DESK.get(key);
    assert_eq!(distinct(all.map(|one| text(one.label()))), all.len());
    assert_eq!(distinct(all.map(|one| text(one.file()))), all.len());
    for export in all {
        let (file, media_type) = (text(export.file()), export.media_type());
        let plain = |c: char| c.is_ascii_lowercase() || c == '-' || c == '.';
        assert!(file.chars().all(plain), "{file}");
        let ending = match media_type {
            "text/csv;charset=utf-8" => ".csv",
            "text/markdown;charset=utf-8" => ".md",
            "text/html;charset=utf-8" => ".html",
            "text/calendar;charset=utf-8" => ".ics",
            other => panic!("{other} is no type of these files"),
        };
        assert!(file.ends_with(ending), "{file} is {media_type}");
    }
}

#[test]
fn a_review_comes_after_the_answers() {
    let made = date(DAY);
    assert_eq!(Dates::new(made, made), None);
    assert_eq!(Dates::new(made, date("2026-01-30")), None);
    assert!(Dates::new(made, date("2026-02-01")).is_some());
    let year_later = Dates::new(made, date("2027-01-31"));
    assert_eq!(Some(Dates::yearly(made)), year_later);
    let leap = Dates::yearly(date("2024-02-29"));
    assert_eq!(
        Some(leap),
        Dates::new(date("2024-02-29"), date("2025-02-28"))
    );
    assert!(Date::new(2026, 2, 29).is_none());
}
