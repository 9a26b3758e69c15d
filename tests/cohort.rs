//! Many respondents: how their documents are read, what is kept, shown and hidden, and what leaves.

mod common;
#[path = "common/drawn.rs"]
mod drawn;

use std::process::{Command, Output};
use std::rc::Rc;
use std::{env, fs};

use common::{CONTENT, officer, read, root, uniform};
use delineate::core::cohort::{
    Cohort, Filter, Group, MOST_BYTES, Outcome, OwnerClass, Pick, Refusal, Statistics, Tally,
    Verdict,
};
use delineate::core::content::Content;
use delineate::core::disclosure::{Consent, disclosed};
use delineate::core::response::{Column, ItemAnswer, Owner, Response};
use delineate::core::result::{self, ResultDocument};
use delineate::core::settings::Settings;
use serde_json::{Value, json};

fn cohort() -> Cohort {
    Cohort::new(&Rc::new(CONTENT.clone()))
}

fn drawn(number: usize) -> Vec<Response> {
    drawn::responses(&CONTENT, number, 7).collect()
}

fn ndjson(responses: &[Response]) -> String {
    let lines = responses.iter().map(|response| response.to_json() + "\n");
    lines.collect()
}

fn of(responses: &[Response]) -> Cohort {
    let mut cohort = cohort();
    cohort.add_document("all.ndjson", &ndjson(responses));
    cohort
}

/// Verdicts in short: the line, and `+` for accepted, `=LINE` for a duplicate, or the reason.
fn short(verdicts: &[Verdict]) -> Vec<(usize, String)> {
    let word = |verdict: &Verdict| match &verdict.outcome {
        Outcome::Accepted(_) => "+".into(),
        Outcome::Duplicate { of, .. } => format!("={}", of.line),
        Outcome::Refused(reason) => reason.to_string(),
    };
    let verdicts = verdicts.iter();
    verdicts
        .map(|verdict| (verdict.line, word(verdict)))
        .collect()
}

fn add(cohort: &mut Cohort, text: &str) -> Vec<(usize, String)> {
    short(&cohort.add_document("a document", text))
}

fn shown(cohort: &Cohort, filter: Filter) -> Box<Statistics> {
    match cohort.statistics(filter) {
        Group::Shown(statistics) => statistics,
        Group::Suppressed => panic!("{filter:?} is suppressed"),
    }
}

#[test]
fn a_row_holds_the_numbers_of_the_result() {
    let responses = drawn(300);
    let cohort = of(&responses);
    assert_eq!(cohort.rows().len(), responses.len());
    let instrument = &CONTENT.instrument;
    let number = |value: Option<u8>| value.map(i64::from);
    for (response, row) in responses.iter().zip(cohort.rows()) {
        let result = ResultDocument::new(&CONTENT, response);
        assert_eq!(number(row.score), result.score);
        assert_eq!(number(row.practice), result.practice.rounded);
        assert_eq!(number(row.delineation), result.delineation.rounded);
        let band = row
            .band
            .map(|band| &instrument.scoring.bands[usize::from(band)].id);
        assert_eq!(band, result.band.as_ref().map(|band| &band.id));
        let steps: Vec<Option<i64>> = row.steps.iter().map(|step| number(*step)).collect();
        let expected: Vec<Option<i64>> = result.steps.iter().map(|step| step.score).collect();
        assert_eq!(steps, expected);
        assert_eq!(row.gaps(), result.map.gaps.len());
        assert_eq!(row.overlaps(), result.map.overlaps.len());
        for (owner, domain) in row.owners.iter().zip(&result.map.domains) {
            let expected = match &domain.today {
                Some(Owner::Officer(id)) => Some(id.as_str()),
                Some(Owner::Other(_)) => Some("other"),
                Some(Owner::Split) => Some("split"),
                Some(Owner::Unsplit) => Some("unsplit"),
                Some(Owner::Nobody) => Some("nobody"),
                Some(Owner::DontKnow) => Some("dont_know"),
                None => None,
            };
            assert_eq!(owner.id(instrument), expected);
        }
        let seat = row.seat.map(|seat| &instrument.seats[usize::from(seat)]);
        assert_eq!(seat, response.respondent.seat.as_ref());
        let structure = row
            .structure
            .map(|one| &instrument.structures[usize::from(one)].id);
        assert_eq!(structure, response.respondent.structure.as_ref());
    }
}

#[test]
fn a_row_takes_little_memory() {
    let cohort = of(&drawn(1));
    assert!(
        cohort.rows()[0].bytes() <= 128,
        "{}",
        cohort.rows()[0].bytes()
    );
}

#[test]
fn the_same_answers_are_found_in_every_document_that_carries_them() {
    for response in drawn(40) {
        let mut cohort = cohort();
        let result = ResultDocument::new(&CONTENT, &response);
        let told = disclosed(Consent::Answers, &response, &result);
        assert_eq!(add(&mut cohort, &result.to_json()), [(1, "+".to_string())]);
        for text in [response.to_json(), told, result.to_json()] {
            assert_eq!(add(&mut cohort, &text), [(1, "=1".to_string())], "{text}");
        }
        let bare = |place: usize| {
            let row = &cohort.rows()[place];
            (
                row.score,
                row.band,
                row.steps.clone(),
                row.owners.clone(),
                row.seat,
                row.structure,
            )
        };
        assert_eq!(bare(0), bare(1));
    }
}

#[test]
fn a_result_without_answers_is_refused_and_so_is_one_of_another_version() {
    let result = ResultDocument::new(&CONTENT, &uniform(true, 2, Owner::Split)).to_json();
    let whole: Value = serde_json::from_str(&result).expect("a result is JSON");
    let mut cohort = cohort();
    for part in ["receipt", "map"] {
        let mut less = whole.clone();
        less.as_object_mut()
            .expect("a result is an object")
            .remove(part);
        let found = add(&mut cohort, &less.to_string());
        assert_eq!(found, [(1, "a result that carries no answers".to_string())]);
    }
    let mut later = whole;
    later["version"] = json!(result::VERSION + 1);
    let found = add(&mut cohort, &later.to_string());
    assert_eq!(found, [(1, "/version: expected 1, found 3".to_string())]);
    assert!(cohort.rows().is_empty());
}

#[test]
fn every_line_has_its_own_verdict() {
    let [one, two] = [1, 2].map(|level| uniform(false, level, officer("cto")));
    let text = [
        "\u{feff}\r\n",
        &one.to_json(),
        "\r\n   \n{\"format\":\r\n",
        &two.to_json(),
        "\n",
        &one.to_json(),
        "\n[1]\n{}\n",
        &one.to_json().replace("roadmap-shared", "no-such-item"),
        "\n",
        &one.to_json().replace("\"cto-cio\"", "\"others\""),
        "\n",
        &Response::new(&CONTENT).to_json(),
        "\n",
        &two.to_json(),
    ]
    .concat();
    let mut cohort = cohort();
    let found = add(&mut cohort, &text);
    let expected = [
        (2, "+"),
        (
            4,
            "not JSON at line 4, column 10: EOF while parsing a value",
        ),
        (5, "+"),
        (6, "=2"),
        (
            7,
            "not a response document: expected an object, which holds one respondent's answers",
        ),
        (
            8,
            "not a response document: /format: expected a text, found nothing",
        ),
        (
            9,
            "/items/no-such-item: the content does not know \"no-such-item\"",
        ),
        (
            10,
            "/content: these are answers to \"others\" version 2.0.0, which is not the content at hand: they can be read where they were asked for",
        ),
        (11, "not one question is answered"),
        (12, "=5"),
    ];
    let expected = expected.map(|(line, word)| (line, word.to_string()));
    assert_eq!(found, expected);
    assert_eq!(cohort.rows().len(), 4);
}

#[test]
fn a_document_may_stand_on_many_lines() {
    let response = uniform(true, 3, officer("cio"));
    let value: Value = serde_json::from_str(&response.to_json()).expect("JSON");
    let pretty = format!("\n{value:#}\n");
    let mut cohort = cohort();
    assert_eq!(add(&mut cohort, &pretty), [(2, "+".to_string())]);
    let broken = pretty.replacen("\"full_steps\":", "\"full_steps\"", 1);
    let line = broken
        .lines()
        .position(|line| line.contains("\"full_steps\""));
    let line = line.expect("the field is there") + 1;
    let found = add(&mut cohort, &broken);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, 2);
    let place = format!("not JSON at line {line}, column ");
    assert!(found[0].1.starts_with(&place), "{found:?}");
}

#[test]
fn a_first_line_that_was_cut_off_spoils_no_other() {
    let [one, two] = [1, 2].map(|level| uniform(false, level, Owner::Split).to_json());
    let text = [&one[..200], "\n", &one, "\n\n", &two, "\n"].concat();
    let found = add(&mut cohort(), &text);
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found[0].1.starts_with("not JSON at line 1"), "{found:?}");
    assert_eq!(found[1..], [(2, "+".to_string()), (4, "+".to_string())]);
}

#[test]
fn what_holds_no_respondents_says_so_once() {
    let list = "a list is not read: put one response on each line, without brackets";
    for (text, line, expected) in [
        ("", 1, "there is nothing in it"),
        (" \n\n", 1, "there is nothing in it"),
        ("\u{feff}", 1, "there is nothing in it"),
        ("[\n  {},\n  {}\n]\n", 1, list),
        ("\n[{},\n{}]", 2, list),
        (
            "7",
            1,
            "not a response document: expected an object, which holds one respondent's answers",
        ),
    ] {
        let found = add(&mut cohort(), text);
        assert_eq!(found, [(line, expected.to_string())], "{text:?}");
    }
    let mut ours = cohort();
    let mut ingest = ours.ingest("latin.json");
    ingest.feed(b"{\"format\":\"\xe9\"}");
    ingest.end();
    assert_eq!(
        short(&ingest.step(&mut ours, 9)),
        [(1, "not UTF-8 text".to_string())]
    );
}

#[test]
fn a_document_gives_the_same_in_slices_of_any_size() {
    let mut responses = drawn(12);
    responses.push(responses[3].clone());
    let mut text = "\u{feff}\n".to_string() + &ndjson(&responses);
    text.insert(text.len() - 40, '\n');
    let value: Value = serde_json::from_str(&responses[0].to_json()).expect("JSON");
    for text in [text, format!("{value:#}")] {
        let mut whole = cohort();
        let expected = whole.add_document("whole", &text);
        for (bytes, lines) in [(1, 1), (3, 2), (997, 1), (4096, 3), (text.len(), 5)] {
            let mut sliced = cohort();
            let mut ingest = sliced.ingest("sliced");
            let mut found = Vec::new();
            let mut slices = text.as_bytes().chunks(bytes);
            let mut before = 0;
            while !ingest.is_done() {
                match slices.next() {
                    Some(slice) => ingest.feed(slice),
                    None => ingest.end(),
                }
                loop {
                    let verdicts = ingest.step(&mut sliced, lines);
                    assert!(verdicts.len() <= lines);
                    found.extend(verdicts);
                    if ingest.read() == before {
                        break;
                    }
                    before = ingest.read();
                }
            }
            assert_eq!(found, expected, "{bytes} bytes, {lines} lines");
            assert_eq!(ingest.read(), text.len());
            assert_eq!(sliced.rows(), whole.rows());
            let tally = ingest.tally();
            assert_eq!(
                tally.accepted + tally.duplicates + tally.refused,
                found.len()
            );
        }
    }
}

#[test]
fn what_is_too_long_is_refused_and_the_next_is_read() {
    let long = " ".repeat(MOST_BYTES);
    let response = uniform(false, 2, Owner::Split).to_json();
    let text = [&long, "{}\n", &response, "\n{", &long, "}\n", &response].concat();
    let mut ours = cohort();
    let too_long = Refusal::TooLong.to_string();
    let expected = [
        (1, too_long.clone()),
        (2, "+".into()),
        (3, too_long.clone()),
        (4, "=2".into()),
    ];
    // Blank space before the first line is passed over, so that line is long only behind its first character.
    let text = ["{", &text].concat();
    assert_eq!(add(&mut ours, &text), expected);

    let mut sliced = cohort();
    let mut ingest = sliced.ingest("sliced");
    let mut found = Vec::new();
    for slice in text.as_bytes().chunks(300_000) {
        ingest.feed(slice);
        found.extend(ingest.step(&mut sliced, 100));
    }
    ingest.end();
    found.extend(ingest.step(&mut sliced, 100));
    assert_eq!(short(&found), expected);

    let whole = ["{\n\"format\":\n", &long, "1}"].concat();
    assert_eq!(add(&mut ours, &whole), [(1, too_long)]);
}

#[test]
fn reading_can_be_cancelled_as_if_it_had_not_begun() {
    let responses = drawn(30);
    let mut ours = of(&responses[..10]);
    let before = ours.rows().len();
    let rows = ours.rows().to_vec();
    let mut ingest = ours.ingest("more");
    ingest.feed(ndjson(&responses).as_bytes());
    assert_eq!(ingest.step(&mut ours, 20).len(), 20);
    assert_eq!(
        ingest.tally(),
        Tally {
            accepted: 10,
            duplicates: 10,
            refused: 0
        }
    );
    assert!(!ingest.is_done());
    drop(ingest);
    ours.truncate(before);
    assert_eq!(ours.rows(), rows);
    let verdicts = ours.add_document("again", &ndjson(&responses[10..]));
    let accepted = |verdict: &Verdict| matches!(verdict.outcome, Outcome::Accepted(_));
    assert!(verdicts.iter().all(accepted));
    assert_eq!(ours.document(ours.rows()[29].source), "again");
}

#[test]
fn any_other_answer_is_another_respondent_and_what_is_not_asked_is_none() {
    let base = uniform(false, 2, officer("cto"));
    let mut ours = cohort();
    assert_eq!(add(&mut ours, &base.to_json())[0].1, "+");
    let mut same = base.clone();
    same.answer_item("roadmap-changes", Some(ItemAnswer::Level(4)));
    assert_eq!(add(&mut ours, &same.to_json())[0].1, "=1");
    let mut others: Vec<Response> = Vec::new();
    let mut vary = |change: &dyn Fn(&mut Response)| {
        let mut other = base.clone();
        change(&mut other);
        others.push(other);
    };
    vary(&|other| other.respondent.seat = Some("ceo".into()));
    vary(&|other| other.respondent.seat = Some("cto".into()));
    vary(&|other| other.respondent.structure = Some("two".into()));
    vary(&|other| other.full_steps = vec!["roadmap".into()]);
    for answer in [
        Some(ItemAnswer::Level(1)),
        Some(ItemAnswer::DontKnow),
        Some(ItemAnswer::NotApplicable("supplier".into())),
        Some(ItemAnswer::NotApplicable("other".into())),
        None,
    ] {
        vary(&|other| other.answer_item("roadmap-shared", answer.clone()));
    }
    for column in [Column::Today, Column::Target] {
        for owner in [
            Some(officer("cio")),
            Some(Owner::Other("cfo".into())),
            Some(Owner::Other("coo".into())),
            Some(Owner::Split),
            Some(Owner::Unsplit),
            Some(Owner::Nobody),
            Some(Owner::DontKnow),
        ] {
            vary(&|other| other.answer_domain("cybersecurity", column, owner.clone()));
        }
    }
    vary(&|other| other.answer_domain("cybersecurity", Column::Today, None));
    for other in &others {
        assert_eq!(
            add(&mut ours, &other.to_json())[0].1,
            "+",
            "{}",
            other.to_json()
        );
    }
    assert_eq!(ours.rows().len(), others.len() + 2);
    // As many equal levels, of which other steps were extended.
    for step in ["alignment", "roadmap"] {
        let mut extended = uniform(true, 2, officer("cto"));
        extended.full_steps = vec![step.into()];
        assert_eq!(add(&mut ours, &extended.to_json())[0].1, "+", "{step}");
    }
}

#[test]
fn repeated_answers_count_once_unless_asked_for() {
    let mut responses = drawn(10);
    responses.extend(responses.clone());
    let cohort = of(&responses);
    let twice = Filter {
        duplicates: true,
        ..Filter::default()
    };
    let (once, twice) = (shown(&cohort, Filter::default()), shown(&cohort, twice));
    assert_eq!((once.respondents, twice.respondents), (10, 20));
    assert_eq!(once.gaps.share, twice.gaps.share);
    // Five copies of one respondent are one respondent still.
    let copies = of(&vec![drawn(1).remove(0); 5]);
    for duplicates in [false, true] {
        let filter = Filter {
            duplicates,
            ..Filter::default()
        };
        assert_eq!(copies.statistics(filter), Group::Suppressed);
    }
}

/// Responses that all differ, of which this many have each seat.
fn seated(seats: &[(&str, usize)]) -> Vec<Response> {
    let mut responses = drawn(seats.iter().map(|(_, number)| number).sum());
    let named = seats
        .iter()
        .flat_map(|(seat, number)| std::iter::repeat_n(*seat, *number));
    for (response, seat) in responses.iter_mut().zip(named) {
        response.respondent.seat = (!seat.is_empty()).then(|| seat.into());
        response.respondent.structure = None;
    }
    responses
}

#[test]
fn small_groups_are_hidden_and_cannot_be_worked_out() {
    let cohort = of(&seated(&[("ceo", 20), ("cto", 6), ("cio", 4), ("", 7)]));
    let group = |seat: Pick| {
        cohort.statistics(Filter {
            seat,
            ..Filter::default()
        })
    };
    let seat = |id: &str| cohort.seat(id).expect("the content has the seat");
    assert!(matches!(group(Pick::All), Group::Shown(all) if all.respondents == 37));
    assert!(matches!(group(seat("ceo")), Group::Shown(ceos) if ceos.respondents == 20));
    assert!(matches!(group(Pick::Only(None)), Group::Shown(unsaid) if unsaid.respondents == 7));
    assert_eq!(group(seat("cio")), Group::Suppressed);
    // The CTOs go as well: without them the CIOs would be all less the rest.
    assert_eq!(group(seat("cto")), Group::Suppressed);
    assert!(matches!(group(seat("adviser")), Group::Shown(nobody) if nobody.respondents == 0));
    assert_eq!(cohort.seat("janitor"), None);
}

#[test]
fn the_content_says_how_small_a_group_may_be() {
    let responses = seated(&[("ceo", 8), ("cto", 8)]);
    let with = |smallest: Option<u32>| {
        let mut content: Content = CONTENT.clone();
        match (&mut content.instrument.cohort, smallest) {
            (Some(rules), Some(smallest)) => rules.smallest_group = smallest,
            (rules, _) => *rules = None,
        }
        let mut cohort = Cohort::new(&Rc::new(content));
        cohort.add_document("all.ndjson", &ndjson(&responses));
        let seat = cohort.seat("cto").expect("the content has the seat");
        cohort.statistics(Filter {
            seat,
            ..Filter::default()
        })
    };
    assert!(matches!(with(Some(8)), Group::Shown(_)));
    assert_eq!(with(Some(9)), Group::Suppressed);
    assert!(matches!(with(None), Group::Shown(_)));
}

#[test]
fn shares_add_up_and_follow_the_rows() {
    let cohort = of(&drawn(200));
    let filter = Filter {
        structure: cohort.structure("two").expect("the content has it"),
        ..Filter::default()
    };
    let statistics = shown(&cohort, filter);
    let rows: Vec<_> = cohort.filtered(filter).collect();
    assert!(rows.len() < 200 && rows.len() == statistics.respondents);
    let bands: usize = statistics.bands.iter().map(|band| band.count).sum();
    assert_eq!(bands, rows.len());
    let classes = OwnerClass::all(&CONTENT.instrument);
    for (place, domain) in statistics.domains.iter().enumerate() {
        for (class, share) in classes.iter().zip(&domain.owners) {
            let count = rows
                .iter()
                .filter(|row| row.owners[place] == *class)
                .count();
            assert_eq!(share.count, count, "{} {class:?}", domain.id);
            assert_eq!(share.id.as_deref(), class.id(&CONTENT.instrument));
        }
    }
    let with_gaps = rows.iter().filter(|row| row.gaps() > 0).count();
    assert_eq!(statistics.gaps.respondents, with_gaps);
    let overlaps: usize = rows.iter().map(|row| row.overlaps()).sum();
    assert_eq!(statistics.overlaps.count, overlaps);
}

#[test]
fn nobody_yet_is_no_error() {
    let statistics = shown(&cohort(), Filter::default());
    assert_eq!(statistics.respondents, 0);
    assert_eq!(statistics.score.summary, None);
    assert_eq!(statistics.gaps.share, None);
}

#[test]
fn the_order_of_the_documents_plays_no_part() {
    let mut responses = drawn(60);
    let forwards = of(&responses).statistics(Filter::default());
    responses.reverse();
    responses.swap(3, 40);
    assert_eq!(of(&responses).statistics(Filter::default()), forwards);
}

#[test]
fn every_exported_row_follows_its_schema() {
    let mut responses = drawn(200);
    responses.push(responses[0].clone());
    let cohort = of(&responses);
    let schema = serde_json::from_str(&read("content/schema/cohort-row.schema.json"));
    let schema = jsonschema::validator_for(&schema.expect("JSON")).expect("a schema");
    let all = Filter {
        duplicates: true,
        ..Filter::default()
    };
    let mut count = 0;
    for line in cohort.ndjson(all) {
        let row: Value = serde_json::from_str(&line).expect("a row is JSON");
        let problems: Vec<String> = schema
            .iter_errors(&row)
            .map(|error| error.to_string())
            .collect();
        assert_eq!(problems, Vec::<String>::new(), "{line}");
        assert_eq!(line.matches('\n').count(), 1);
        count += 1;
        assert_eq!(row["row_number"], count);
        let repeated = if count == 201 { json!(1) } else { Value::Null };
        assert_eq!(row["duplicate_of"], repeated);
        let mut wider = row.clone();
        wider["name"] = json!("somebody");
        assert!(!schema.is_valid(&wider), "the schema is not closed");
    }
    assert_eq!(count, 201);
    assert_eq!(cohort.ndjson(Filter::default()).count(), 200);
}

/// A reader of RFC 4180 that knows quotes.
fn csv(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let row = rows.last_mut().expect("there is always a row");
        let cell = row.last_mut().expect("a row has a cell");
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(String::new()),
            '\r' if !quoted => {
                assert_eq!(characters.next(), Some('\n'), "a line ends with CR LF");
                rows.push(vec![String::new()]);
            }
            _ => cell.push(character),
        }
    }
    assert_eq!(
        rows.pop(),
        Some(vec![String::new()]),
        "the last line has its end"
    );
    rows
}

#[test]
fn the_table_says_what_the_rows_say() {
    let cohort = of(&drawn(50));
    let seat = cohort.seat("ceo").expect("the content has the seat");
    let filter = Filter {
        seat,
        ..Filter::default()
    };
    let table = csv(&cohort.csv(filter).collect::<String>());
    let lines: Vec<String> = cohort.ndjson(filter).collect();
    assert_eq!(table.len(), lines.len() + 1);
    assert!(lines.len() > 3);
    let names = &table[0];
    for (cells, line) in table[1..].iter().zip(&lines) {
        let row: Value = serde_json::from_str(line).expect("a row is JSON");
        assert_eq!(cells.len(), names.len());
        for (name, cell) in names.iter().zip(cells) {
            let place = format!("/{}", name.replace('.', "/"));
            let expected = match row.pointer(&place).expect("each column is a field") {
                Value::Null => String::new(),
                Value::String(text) => text.clone(),
                number => number.to_string(),
            };
            assert_eq!(*cell, expected, "{name}");
        }
    }
}

#[test]
fn a_benchmark_is_one_that_a_page_accepts() {
    let cohort = of(&drawn(60));
    let benchmark = cohort.benchmark(Filter::default(), " Own clients, 60 ", "2026-05");
    let benchmark = benchmark.expect("sixty are enough");
    let (settings, problems) = Settings::parse(&format!("{{\"benchmark\":{benchmark}}}"));
    assert_eq!(problems, []);
    let read = settings.benchmark.expect("it is accepted");
    let score = shown(&cohort, Filter::default()).score;
    let summary = score.summary.expect("sixty are enough");
    assert_eq!(read.n as usize, score.n);
    assert_eq!(i64::from(read.mean), summary.mean.round());
    assert_eq!(read.sd.map(i64::from), Some(summary.variance.root()));
    assert_eq!(
        (read.source.as_str(), read.date.as_str()),
        ("Own clients, 60", "2026-05")
    );
}

#[test]
fn the_widest_spread_makes_a_benchmark_too() {
    let extremes = (0..10).map(|place| {
        let (level, owner) = if place < 5 {
            (0, Owner::Nobody)
        } else {
            (4, officer("cto"))
        };
        let mut response = uniform(false, level, owner);
        let seat = ["ceo", "cto", "cio", "executive", "technology"][place % 5];
        response.respondent.seat = Some(seat.into());
        response
    });
    let cohort = of(&extremes.collect::<Vec<_>>());
    let benchmark = cohort.benchmark(Filter::default(), "Extremes", "2026");
    let benchmark: Value = serde_json::from_str(&benchmark.expect("ten are enough")).expect("JSON");
    assert_eq!(
        benchmark,
        json!({ "n": 10, "mean": 50, "sd": 53, "source": "Extremes", "date": "2026" })
    );
}

#[test]
fn a_benchmark_of_too_few_or_without_a_source_is_refused() {
    let refusal = |cohort: &Cohort, source: &str, date: &str| {
        let problems = cohort.benchmark(Filter::default(), source, date);
        let problems = problems.expect_err("it is refused");
        problems.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let few = "/n: a benchmark needs at least 10 respondents";
    let scored = |number: usize| {
        let mut responses = drawn(number);
        for response in &mut responses {
            response.answer_domain("cybersecurity", Column::Today, Some(Owner::Split));
        }
        of(&responses)
    };
    assert_eq!(refusal(&scored(9), "Own clients", "2026"), [few]);
    assert_eq!(refusal(&cohort(), "Own clients", "2026"), [few]);
    assert_eq!(
        refusal(&scored(4), "Own clients", "2026"),
        ["the group is too small to be shown"]
    );
    assert!(
        scored(10)
            .benchmark(Filter::default(), "Own clients", "2026")
            .is_ok()
    );
    let text = "a text of 1 to 120 characters belongs here, none of them hidden";
    let found = refusal(&scored(10), " ", &"x".repeat(121));
    assert_eq!(
        found,
        [format!("/source: {text}"), format!("/date: {text}")]
    );
}

/// The example as `cargo test` has built it, given these options and a file of this text.
fn example(options: &[&str], name: &str, text: &str) -> Output {
    let folder = root().join("target/examples-input");
    fs::create_dir_all(&folder).expect("the target folder can be written");
    let path = folder.join(name);
    fs::write(&path, text).expect("the target folder can be written");
    let test = env::current_exe().expect("a test knows where it is");
    let target = test.parent().and_then(|deps| deps.parent());
    let target = target.expect("a test lies in target/<profile>/deps");
    let example = format!("cohort{}", env::consts::EXE_SUFFIX);
    Command::new(target.join("examples").join(example))
        .args(options)
        .arg(path)
        .output()
        .expect("the example runs")
}

#[test]
fn the_example_prints_statistics_rows_tables_and_benchmarks() {
    let responses = drawn(30);
    let (text, cohort) = (ndjson(&responses), of(&responses));
    let printed = |options: &[&str]| {
        let output = example(options, "cohort.ndjson", &text);
        let complaints = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success() && complaints.is_empty(),
            "{complaints}"
        );
        String::from_utf8(output.stdout).expect("the example prints text")
    };
    let found: Value = serde_json::from_str(&printed(&[])).expect("the statistics are JSON");
    let all = shown(&cohort, Filter::default());
    assert_eq!(
        found["all"]["shown"],
        serde_json::to_value(all).expect("JSON")
    );
    assert_eq!(found["seats"].as_array().map(Vec::len), Some(6));
    let rows: String = cohort.ndjson(Filter::default()).collect();
    assert_eq!(printed(&["--rows"]), rows);
    assert_eq!(
        printed(&["--csv"]),
        cohort.csv(Filter::default()).collect::<String>()
    );
    let benchmark = cohort.benchmark(Filter::default(), "Own clients", "2026");
    let benchmark = benchmark.expect("thirty are enough") + "\n";
    assert_eq!(printed(&["--benchmark", "Own clients", "2026"]), benchmark);
}

#[test]
fn the_example_names_what_it_refuses() {
    let responses = drawn(6);
    let text = [&ndjson(&responses), "{}\n", &ndjson(&responses[1..2])].concat();
    let output = example(&[], "cohort-bad.ndjson", &text);
    assert_eq!(output.status.code(), Some(1));
    let complaints = String::from_utf8_lossy(&output.stderr);
    for expected in [
        "cohort-bad.ndjson:7: refused: not a response document: /format",
        "cohort-bad.ndjson:8: the same answers as",
        "cohort-bad.ndjson:2\n",
        "1 refused",
    ] {
        assert!(
            complaints.contains(expected),
            "expected {expected:?} in {complaints}"
        );
    }
    // What was read is counted all the same.
    let found: Value = serde_json::from_slice(&output.stdout).expect("the statistics are JSON");
    assert_eq!(found["all"]["shown"]["respondents"], 6);
    let usage = example(&["--guess"], "cohort-bad.ndjson", &text);
    assert!(String::from_utf8_lossy(&usage.stderr).starts_with("usage: "));
}
