//! Every parser of foreign input, fed with texts that are nearly right. No input makes one panic, and what one accepts, the rest of
//! the core can work with.
//!
//! Each run is the same, and takes seconds. `DELINEATE_FUZZ_RUNS=100` makes it a hundred times as long, `DELINEATE_FUZZ_SEED=7` takes
//! another way. An input that fails is printed; kept in `tests/corpus/`, it is tried first from then on.

mod common;
#[path = "common/mutate.rs"]
mod mutate;
#[path = "common/sealed.rs"]
mod sealed;

use std::cell::Cell;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::LazyLock;
use std::{env, fs};

use common::{CONTENT, pack, root};
use delineate::core::charter::charter;
use delineate::core::code::fragment::{fragment_with, fragment_without, from_fragment};
use delineate::core::code::{Kind, decode, encode, locked};
use delineate::core::cohort::{Cohort, Filter, Outcome};
use delineate::core::content::{Content, MOST_PROBLEMS, is_link};
use delineate::core::disclosure::{Consent, disclosed};
use delineate::core::flow;
use delineate::core::foreign::Pack;
use delineate::core::history::History;
use delineate::core::pack::part;
use delineate::core::people::{LINK_KEY, Refusal, code_in, read_file, read_pasted};
use delineate::core::response::{Column, ItemAnswer, Owner, Response, TOP_LEVEL};
use delineate::core::result::ResultDocument;
use delineate::core::settings::Settings;
use delineate::core::wording::Wording;
use mutate::Mutator;

/// The most texts that are added to the corpus in a run because their outcome was new.
const MOST_KEPT: usize = 400;

fn setting(name: &str, default: usize) -> usize {
    match env::var(name) {
        Ok(text) => text
            .parse()
            .unwrap_or_else(|_| panic!("{name} is a whole number, not \"{text}\"")),
        Err(_) => default,
    }
}

fn corpus(parser: &str) -> Vec<String> {
    let folder = root().join("tests/corpus").join(parser);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{folder:?}: {error}"));
    let mut paths: Vec<_> = entries
        .map(|entry| entry.expect("the corpus can be read").path())
        .collect();
    paths.sort();
    let texts = paths.iter().map(fs::read_to_string);
    texts
        .map(|text| text.expect("the corpus is text"))
        .collect()
}

/// What was said, without what differs from text to text.
fn gist(said: &str) -> String {
    let mut quoted = false;
    let keep = |c: &char| {
        quoted ^= *c == '"';
        !quoted && !c.is_ascii_digit()
    };
    said.chars().filter(keep).take(200).collect()
}

/// Feeds the corpus, then `runs` changed texts. What gives a new outcome joins the corpus for the run, so that the
/// changes go on from there. Returns how many texts were accepted.
fn fuzz(
    parser: &str,
    runs: usize,
    change: impl Fn(&mut Mutator, &[String]) -> String,
    try_one: impl Fn(&str) -> Result<String, String>,
) -> usize {
    let runs = runs * setting("DELINEATE_FUZZ_RUNS", 1);
    let mut pool = corpus(parser);
    let mut mutator = Mutator::new(setting("DELINEATE_FUZZ_SEED", 0) as u64, &pool);
    let (kept, mut said, mut accepted) = (pool.len(), BTreeSet::new(), 0);
    for run in 0..kept + runs {
        let text = match pool.get(run).filter(|_| run < kept) {
            Some(text) => text.clone(),
            None => change(&mut mutator, &pool),
        };
        let outcome = catch_unwind(AssertUnwindSafe(|| try_one(&text)))
            .unwrap_or_else(|_| panic!("{parser}, run {run}: this text fails:\n{text}"));
        accepted += usize::from(outcome.is_ok());
        let new = said.insert(outcome.map_err(|said| gist(&said)));
        if new && run >= kept && pool.len() < kept + MOST_KEPT && text.len() < 100_000 {
            pool.push(text);
        }
    }
    println!(
        "{parser}: {runs} runs, {accepted} accepted, {} different outcomes",
        said.len()
    );
    accepted
}

/// Everything that the pages work out from a response.
fn work_with(content: &Content, response: &Response) {
    let result = ResultDocument::new(content, response);
    result.to_json();
    let wording = Wording::new(content, response);
    for finding in &result.findings {
        wording.finding(finding);
        wording.finding_advice(finding);
    }
    if let Some(band) = &result.band {
        wording.band_summary(&band.id);
        wording.critical(band);
    }
    for action in result.plan.iter().flat_map(|one| &one.actions) {
        wording.action(action);
    }
    charter(content, response);
    for page in flow::questions(content, response) {
        assert_eq!(
            flow::Page::parse(&page.to_id(), content, response).as_ref(),
            Some(&page)
        );
        flow::next(content, response, &page, false);
        flow::previous(content, response, &page);
    }
    for consent in Consent::ALL {
        disclosed(consent, response, &result);
    }
    let mut whole = response.clone();
    whole.extend(content, &[]);
    whole.content = content.reference();
    whole.answered = content.instrument.version.clone();
    let code = encode(Kind::Invitation, response, content);
    let shared = decode(&code, content).expect("a code that was just made is read");
    assert_eq!(shared.response, whole);
}

#[test]
fn codes() {
    let change = |mutator: &mut Mutator, pool: &[String]| {
        let text = mutator.pick(pool).to_string();
        let Some(mut bytes) = sealed::read(&text) else {
            return mutator.text(pool);
        };
        match mutator.below(3) {
            0 => mutator.text(pool),
            // A right checksum leads past it.
            1 => {
                mutator.bytes(&mut bytes, pool);
                sealed::sealed(bytes)
            }
            _ => {
                let mut answers = bytes
                    .get(8..bytes.len().saturating_sub(4))
                    .unwrap_or(&[])
                    .to_vec();
                mutator.bytes(&mut answers, pool);
                sealed::with_answers(&pool[0], &answers)
            }
        }
    };
    let accepted = fuzz("code", 10_000, change, |text| {
        let shared = decode(text, &CONTENT).map_err(|problem| problem.to_string())?;
        assert_eq!(encode(shared.kind, &shared.response, &CONTENT), text.trim());
        let read = Response::parse(&shared.response.to_json(), &CONTENT);
        assert_eq!(read.as_ref(), Ok(&shared.response));
        Ok(text.len().to_string())
    });
    assert!(accepted > 1000, "only {accepted} codes got through");
}

#[test]
fn responses() {
    let accepted = fuzz("response", 2000, Mutator::text, |text| {
        let response = Response::parse(text, &CONTENT).map_err(|problem| problem.to_string())?;
        // Written again, they are answers to the content at hand.
        let again = Response {
            answered: CONTENT.instrument.version.clone(),
            ..response.clone()
        };
        assert_eq!(Response::parse(&response.to_json(), &CONTENT), Ok(again));
        work_with(&CONTENT, &response);
        let result = ResultDocument::new(&CONTENT, &response);
        Ok(format!("{:?} {}", result.score, result.findings.len()))
    });
    assert!(accepted > 100, "only {accepted} responses got through");
}

#[test]
fn cohorts() {
    let content = Rc::new(CONTENT.clone());
    let accepted = fuzz("cohort", 1000, Mutator::text, |text| {
        let mut cohort = Cohort::new(&content);
        let verdicts = cohort.add_document("whole", text);
        assert!(!verdicts.is_empty());
        let mut sliced = Cohort::new(&content);
        let mut ingest = sliced.ingest("sliced");
        let mut found = Vec::new();
        for slice in text.as_bytes().chunks(700) {
            ingest.feed(slice);
            found.extend(ingest.step(&mut sliced, usize::MAX));
        }
        ingest.end();
        found.extend(ingest.step(&mut sliced, usize::MAX));
        assert!(ingest.is_done());
        assert_eq!(found, verdicts);
        cohort.statistics(Filter::default());
        for line in cohort.ndjson(Filter::default()) {
            let row: serde_json::Value = serde_json::from_str(&line).expect("a row is JSON");
            assert!(row.is_object());
        }
        cohort.csv(Filter::default()).for_each(drop);
        let refused = verdicts.iter().find_map(|verdict| match &verdict.outcome {
            Outcome::Refused(reason) => Some(reason.to_string()),
            _ => None,
        });
        match refused {
            None => Ok(cohort.rows().len().to_string()),
            Some(reason) => Err(reason),
        }
    });
    assert!(accepted > 30, "only {accepted} documents got through");
}

#[test]
fn settings() {
    let accepted = fuzz("settings", 10_000, Mutator::text, |text| {
        let (settings, problems) = Settings::parse(text);
        if let Some(cta) = settings.call_to_action {
            assert!(is_link(&cta.href) && !cta.label.trim().is_empty());
        }
        if let Some(benchmark) = settings.benchmark {
            assert!(benchmark.n >= 10 && benchmark.mean <= 100);
        }
        match problems.first() {
            None => Ok(format!("{:?} {:?}", settings.mode, settings.consent)),
            Some(_) => Err(problems.iter().map(|one| one.to_string() + "\n").collect()),
        }
    });
    assert!(accepted > 100, "only {accepted} settings got through");
}

/// Changes the bytes behind the prefix, so that a right checksum leads past it; or the text.
#[test]
fn locked_codes() {
    let change = |mutator: &mut Mutator, pool: &[String]| {
        let text = mutator.pick(pool).to_string();
        let bytes = text.strip_prefix("p1.").and_then(sealed::read);
        match bytes {
            Some(mut bytes) if mutator.below(3) > 0 => {
                mutator.bytes(&mut bytes, pool);
                ["p1.", &sealed::sealed(bytes)].concat()
            }
            _ => mutator.text(pool),
        }
    };
    let accepted = fuzz("locked", 10_000, change, |text| {
        let read = locked::read(text).ok_or("no locked code")?;
        let read = read.map_err(|problem| problem.to_string())?;
        assert_eq!((read.salt.len(), read.vector.len()), (16, 12));
        assert!(read.text.len() > locked::TAG);
        assert_eq!(read.write(), text.trim());
        Ok(read.text.len().to_string())
    });
    assert!(accepted > 1000, "only {accepted} locked codes got through");
}

#[test]
fn fragments() {
    let accepted = fuzz("fragment", 10_000, Mutator::text, |text| {
        let without = fragment_without(text, LINK_KEY);
        assert_eq!(from_fragment(&without, LINK_KEY), None, "{without}");
        let with = fragment_with(text, LINK_KEY, "code");
        assert_eq!(from_fragment(&with, LINK_KEY), Some("code"), "{with}");
        let code = from_fragment(text, LINK_KEY).ok_or("no code")?;
        assert!(text.contains(code));
        Ok(code.len().to_string())
    });
    assert!(accepted > 100, "only {accepted} fragments had a code");
}

#[test]
fn files_of_people() {
    let accepted = fuzz("people", 1000, Mutator::text, |text| {
        let response = read_file(text, &CONTENT).map_err(|refused| format!("{refused:?}"))?;
        work_with(&CONTENT, &response);
        Ok(response.is_empty().to_string())
    });
    assert!(accepted > 100, "only {accepted} files got through");
}

/// Links and codes, changed as texts, or in the code with a right checksum, which leads past it.
#[test]
fn pasted_texts() {
    let seed = encode(Kind::Result, &Response::new(&CONTENT), &CONTENT);
    let change = |mutator: &mut Mutator, pool: &[String]| {
        let text = mutator.pick(pool).to_string();
        let code = code_in(&text);
        let (prefix, symbols) = match code.strip_prefix("p1.") {
            Some(rest) => ("p1.", rest),
            None => ("", code),
        };
        let Some(mut bytes) = sealed::read(symbols).filter(|bytes| bytes.len() > 12) else {
            return mutator.text(pool);
        };
        let changed = match mutator.below(4) {
            0 => return mutator.text(pool),
            1 if prefix.is_empty() => {
                let mut answers = bytes[8..bytes.len() - 4].to_vec();
                mutator.bytes(&mut answers, pool);
                sealed::with_answers(&seed, &answers)
            }
            _ => {
                mutator.bytes(&mut bytes, pool);
                sealed::sealed(bytes)
            }
        };
        text.replace(code, &[prefix, &changed].concat())
    };
    let accepted = fuzz("pasted", 10_000, change, |text| {
        let code = code_in(text);
        assert!(text.contains(code) && code.len() <= text.trim().len());
        let read = read_pasted(text, &CONTENT);
        // What a mail program leaves around it makes no difference.
        assert_eq!(read_pasted(&format!("\r\n {text}\t\n"), &CONTENT), read);
        let response = match read {
            Ok(response) => response,
            Err(Refusal::Locked(locked)) => {
                assert_eq!(code.trim(), locked.write());
                return Err("locked".into());
            }
            Err(refused) => return Err(format!("{refused:?}")),
        };
        // A link is read like the code within it, and a file as what it is.
        let file = text.trim_start().starts_with(['{', '[']);
        let alone = match file {
            true => read_file(text, &CONTENT),
            false => read_pasted(code, &CONTENT),
        };
        assert_eq!(alone.as_ref(), Ok(&response));
        work_with(&CONTENT, &response);
        Ok(format!("{file} {}", response.is_empty()))
    });
    assert!(accepted > 800, "only {accepted} pasted texts got through");
}

/// What the browser's history may hold: ids of pages of this check, of another one, and of none.
#[test]
fn pages() {
    let mut checks = [Response::new(&CONTENT), Response::new(&CONTENT)];
    let steps = CONTENT.instrument.steps.iter();
    checks[1].extend(
        &CONTENT,
        &steps.map(|step| step.id.clone()).collect::<Vec<_>>(),
    );
    let all: Vec<Vec<flow::Page>> = checks
        .iter()
        .map(|response| {
            let groups = CONTENT.instrument.domain_groups.iter().cloned();
            let mut pages = flow::questions(&CONTENT, response);
            pages.extend([flow::Page::Start, flow::Page::Review, flow::Page::Results]);
            pages.extend(groups.map(flow::Page::Target));
            pages
        })
        .collect();
    let ids: Vec<String> = all[1].iter().map(flow::Page::to_id).collect();
    let change = |mutator: &mut Mutator, pool: &[String]| match mutator.below(3) {
        0 => mutator.pick(&ids).to_string(),
        // The kind of one page with the id of another.
        1 => {
            let kind = mutator.pick(&ids).split(':').next().unwrap_or_default();
            let id = mutator.pick(&ids).split(':').next_back();
            [kind, ":", id.unwrap_or_default()].concat()
        }
        _ => mutator.text(pool),
    };
    let accepted = fuzz("page", 10_000, change, |text| {
        let mut found = "no page".to_string();
        for (response, all) in checks.iter().zip(&all) {
            let Some(page) = flow::Page::parse(text, &CONTENT, response) else {
                continue;
            };
            // A page of this check, or the id of one.
            assert!(all.contains(&page), "{page:?}");
            let again = flow::Page::parse(&page.to_id(), &CONTENT, response);
            assert_eq!(again.as_ref(), Some(&page));
            for other in [
                flow::next(&CONTENT, response, &page, false),
                flow::next(&CONTENT, response, &page, true),
                flow::previous(&CONTENT, response, &page),
            ] {
                assert!(all.contains(&other), "{page:?} leads to {other:?}");
            }
            let (answered, asked) = flow::answered(&CONTENT, response, &page);
            assert!(answered <= asked);
            found = page.to_id();
        }
        if found == "no page" {
            Err(found)
        } else {
            Ok(found)
        }
    });
    assert!(accepted > 1000, "only {accepted} pages got through");
}

#[test]
fn histories() {
    let accepted = fuzz("history", 600, Mutator::text, |text| {
        let read = History::read(Some(text), &CONTENT);
        // What was read is written and read again without loss, and merged with itself adds nothing.
        let again = History::read(Some(&read.history.to_json()), &CONTENT);
        assert_eq!((&again.history, again.damaged), (&read.history, false));
        let mut merged = read.history.clone();
        let outcome = merged.merge(again.history);
        assert_eq!((outcome.added, outcome.left_out), (0, 0));
        assert_eq!(merged, read.history);
        for (_, response) in read.history.readable() {
            work_with(&CONTENT, response);
        }
        match read.damaged {
            true => Err(read.history.snapshots().len().to_string()),
            false => Ok(read.history.snapshots().len().to_string()),
        }
    });
    assert!(accepted > 100, "only {accepted} histories got through");
}

#[test]
fn benchmarks() {
    let accepted = fuzz("benchmark", 10_000, Mutator::text, |text| {
        let (settings, problems) = Settings::parse(&format!("{{\"benchmark\": {text}}}"));
        let said: String = problems.iter().map(|one| one.to_string() + "\n").collect();
        let benchmark = settings.benchmark.ok_or(said)?;
        assert!(benchmark.n >= 10 && benchmark.mean <= 100);
        assert!(benchmark.sd.is_none_or(|sd| sd <= 53));
        for text in [&benchmark.source, &benchmark.date] {
            assert!((1..=120).contains(&text.trim().chars().count()));
        }
        Ok(benchmark.sd.is_some().to_string())
    });
    assert!(accepted > 100, "only {accepted} benchmarks got through");
}

#[test]
fn contents() {
    let whole = pack();
    let change = |mutator: &mut Mutator, pool: &[String]| {
        let base = match mutator.below(4) {
            0 => &PARTS.0,
            _ => &whole,
        };
        let mut pool = pool.to_vec();
        pool.truncate(40);
        pool.push(base.clone());
        mutator.text(&pool)
    };
    let complete = Cell::new(0);
    let accepted = fuzz("content", 2000, change, |text| {
        let problems = |found: Vec<_>| -> String {
            assert!(found.len() <= MOST_PROBLEMS + 1);
            let first: Option<&delineate::core::content::Problem> = found.first();
            first.map(ToString::to_string).unwrap_or_default()
        };
        // The early part may be in order where the whole is not.
        let early = Content::load_early(text).is_ok();
        let content = Content::load(text).map_err(problems)?;
        assert!(early || content.has_questions());
        // What was not found complete by the validator may lack a text; `load` only promises to come to an end.
        let whole = Content::parse(text).is_ok();
        if whole {
            complete.set(complete.get() + 1);
            work_with(&content, &Response::new(&content));
        }
        Ok([early, whole].map(|one| one.to_string()).concat())
    });
    assert!(accepted > 10, "only {accepted} contents got through");
    let complete = complete.get();
    assert!(complete > 10, "only {complete} of them are complete");
}

static PARTS: LazyLock<(String, String)> =
    LazyLock::new(|| part(&pack()).expect("the pack is JSON"));

#[test]
fn packs() {
    let accepted = fuzz("pack", 400, Mutator::text, |text| {
        let pack = Pack::parse(&PARTS.0, &PARTS.1, text).map_err(|problems| {
            assert!(problems.len() <= MOST_PROBLEMS + 1);
            problems
                .iter()
                .map(|one| one.to_string() + "\n")
                .collect::<String>()
        })?;
        let content = pack.content;
        assert_eq!(
            Content::load(&pack.whole.to_string()).as_ref(),
            Ok(&content)
        );
        let instrument = &content.instrument;
        let empty = Response::new(&content);
        work_with(&content, &empty);
        let wording = Wording::new(&content, &empty);
        let mut whole = empty.clone();
        whole.extend(
            &content,
            &instrument
                .steps
                .iter()
                .map(|step| step.id.clone())
                .collect::<Vec<_>>(),
        );
        for step in &instrument.steps {
            for (place, item) in step.items.iter().enumerate() {
                wording.question(item);
                for level in 0..=TOP_LEVEL {
                    wording.anchor(item, level);
                    wording.advice(item, level);
                }
                whole.answer_item(item, Some(ItemAnswer::Level((place % 5) as u8)));
            }
        }
        for (place, domain) in instrument.domains.iter().enumerate() {
            let officer = instrument.officers.first().cloned().map(Owner::Officer);
            let owner = [Some(Owner::Nobody), Some(Owner::Unsplit), officer][place % 3].clone();
            whole.answer_domain(&domain.id, Column::Today, owner.clone());
            whole.answer_domain(&domain.id, Column::Target, owner);
        }
        for structure in &instrument.structures {
            whole.respondent.structure = Some(structure.id.clone());
            work_with(&content, &whole);
        }
        Ok(format!(
            "{} {}",
            instrument.steps.len(),
            instrument.domains.len()
        ))
    });
    assert!(accepted > 10, "only {accepted} packs got through");
}
