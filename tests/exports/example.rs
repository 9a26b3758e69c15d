//! The example prints what the page offers, and says what is wrong with what it was given.

use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::LazyLock;
use std::{env, fs};

use delineate::core::content::Content;
use delineate::core::desk::DeskTexts;
use delineate::core::export::{Dates, Export};

use crate::common::{CONTENT, desk_in, languages, pack_in, root};
use crate::support::{Case, DAY, date, mixed};

/// The example as `cargo test` has built it, beside the folder of this test.
fn example() -> PathBuf {
    let test = env::current_exe().expect("a test knows where it is");
    let target = test.parent().and_then(|deps| deps.parent());
    let target = target.expect("a test lies in target/<profile>/deps");
    let name = format!("export{}", env::consts::EXE_SUFFIX);
    target.join("examples").join(name)
}

/// A folder with the answers in `export.json`, written once for all tests.
static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = root().join("target/examples-input");
    fs::create_dir_all(&folder).expect("the target folder can be written");
    let answers = folder.join("export.json");
    fs::write(answers, mixed("two").to_json()).expect("the target folder can be written");
    folder
});

fn run(arguments: &[&str]) -> Output {
    Command::new(example())
        .current_dir(&*FOLDER)
        .args(arguments)
        .output()
        .expect("the example runs")
}

#[test]
fn the_example_prints_every_export() {
    let case = Case::new(&CONTENT, mixed("two"));
    let later = Dates::new(date(DAY), date("2026-06-30")).expect("the review is later");
    for export in Export::ALL {
        let yearly = ["export.json", "--as", export.id(), "--date", DAY];
        let chosen = [&yearly[..], &["--review", "2026-06-30"]].concat();
        for (arguments, expected) in [
            (&yearly[..], case.export(export)),
            (&chosen, case.export_on(export, later)),
        ] {
            let output = run(arguments);
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{said}");
            assert_eq!(String::from_utf8_lossy(&output.stdout), expected);
        }
    }
}

#[test]
fn the_example_speaks_every_language() {
    for lang in languages() {
        let content = Content::parse(&pack_in(&lang)).expect("the content is sound");
        let texts = DeskTexts::load(&desk_in(&lang)).expect("the texts are sound");
        let case = Case::said(&content, &texts, mixed("two"));
        for export in Export::ALL {
            let arguments = [
                "export.json",
                "--as",
                export.id(),
                "--date",
                DAY,
                "--lang",
                &lang,
            ];
            let output = run(&arguments);
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{said}");
            let text = String::from_utf8_lossy(&output.stdout);
            assert_eq!(text, case.export(export), "{lang} {}", export.id());
        }
    }
}

#[test]
fn the_example_says_what_is_wrong() {
    let good = ["export.json", "--as", "csv", "--date", DAY];
    let with = |place: usize, new: &'static str| {
        let mut arguments = good;
        arguments[place] = new;
        arguments.to_vec()
    };
    for (arguments, expected) in [
        (vec![], "usage: "),
        (good[..3].to_vec(), "usage: "),
        (good[1..].to_vec(), "usage: "),
        (with(0, "nowhere.json"), "nowhere.json: "),
        (with(2, "pdf"), "nothing is exported as \"pdf\"\nusage: "),
        (
            with(4, "31.01.2026"),
            "\"31.01.2026\" is no day such as 2026-01-31",
        ),
        (with(4, "2026-02-29"), "\"2026-02-29\" is no day"),
        (with(3, "--day"), "invalid option '--day'"),
        (
            [&good[..], &["--review", DAY]].concat(),
            "the review must be later",
        ),
        (
            [&good[..], &["--lang", "xx"]].concat(),
            "there is no language \"xx\"",
        ),
        (
            [&good[..], &["--lang", "../en"]].concat(),
            "there is no language \"../en\"",
        ),
        ([&good[..], &["more.json"]].concat(), "more.json"),
        ([&good[..], &["--review"]].concat(), "--review"),
    ] {
        let output = run(&arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        assert!(said.contains(expected), "{expected:?} in {said:?}");
    }
}
