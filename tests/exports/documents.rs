//! The brief and the charter, read back by a Markdown parser and by a browser's HTML parser.

use std::collections::BTreeSet;

use delineate::core::content::Content;
use delineate::core::desk::DeskKey;
use delineate::core::export::{Dates, Export};
use delineate::core::interface::Key;
use delineate::core::response::Owner;
use pulldown_cmark::{Event, Options, Parser, Tag};
use scraper::{ElementRef, Html, Selector};

use crate::common::CONTENT;
use crate::support::{Case, DAY, MARKS, date, hostile, mixed, plain, responses};

/// What a charter is made of within its root, with any content.
const ELEMENTS: &str = "body h1 h2 head meta p style table tbody td th thead title tr";

/// A document as a reader sees it: what each block is, and its texts.
type Blocks = Vec<(&'static str, Vec<String>)>;

/// What Markdown can hold besides text must not appear: only headings, paragraphs, lists and tables do.
fn markdown(text: &str) -> Blocks {
    let options = Options::all() - Options::ENABLE_SMART_PUNCTUATION;
    let mut blocks: Blocks = Vec::new();
    for event in Parser::new_ext(text, options) {
        let place = |blocks: &mut Blocks, kind| blocks.push((kind, Vec::new()));
        let texts = |blocks: &mut Blocks| {
            let last = blocks.last_mut();
            last.expect("a text stands in a block")
                .1
                .push(String::new());
        };
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                place(&mut blocks, ["h1", "h2", "h3"][level as usize - 1]);
                texts(&mut blocks);
            }
            Event::Start(Tag::Paragraph) => {
                place(&mut blocks, "p");
                texts(&mut blocks);
            }
            Event::Start(Tag::List(None)) => place(&mut blocks, "ul"),
            Event::Start(Tag::Table(_)) => place(&mut blocks, "table"),
            Event::Start(Tag::TableHead | Tag::TableRow) => {}
            Event::Start(Tag::Item | Tag::TableCell) => texts(&mut blocks),
            Event::End(_) => {}
            Event::Text(part) => {
                let texts = blocks.last_mut().map(|(_, texts)| texts);
                let text = texts.and_then(|texts| texts.last_mut());
                text.expect("a text stands in a block").push_str(&part);
            }
            other => panic!("the text turned into {other:?}\n{text}"),
        }
    }
    blocks
}

fn select<'a>(root: ElementRef<'a>, selector: &str) -> Vec<ElementRef<'a>> {
    let selector = Selector::parse(selector).expect("the selector is one");
    root.select(&selector).collect()
}

/// A cell to be filled in holds a space that does not break.
fn words(element: ElementRef) -> String {
    let text: String = element.text().collect();
    text.replace('\u{a0}', "")
}

fn page(text: &str) -> (Html, Blocks) {
    let page = Html::parse_document(text);
    assert_eq!(page.errors, Vec::<String>::new(), "{text}");
    let mut blocks: Blocks = Vec::new();
    for element in select(page.root_element(), "body > *") {
        let inside = |selector| select(element, selector).into_iter().map(words).collect();
        blocks.push(match element.value().name() {
            "h1" => ("h1", vec![words(element)]),
            "h2" => ("h2", vec![words(element)]),
            "p" => ("p", vec![words(element)]),
            "table" => ("table", inside("th, td")),
            other => panic!("the page has <{other}>\n{text}"),
        });
    }
    (page, blocks)
}

fn names(page: &Html) -> BTreeSet<String> {
    let all = select(page.root_element(), "*");
    all.iter().map(|one| one.value().name().into()).collect()
}

/// The texts of the blocks after a heading, up to the next one.
fn section(blocks: &Blocks, heading: &str) -> Vec<String> {
    let start = blocks
        .iter()
        .position(|(kind, texts)| kind.starts_with('h') && texts[0] == heading);
    let start = start.unwrap_or_else(|| panic!("no heading {heading:?} in {blocks:#?}"));
    let (level, _) = blocks[start];
    let inside = blocks[start + 1..].iter();
    inside
        .take_while(|(kind, _)| !kind.starts_with('h') || *kind > level)
        .flat_map(|(_, texts)| texts.clone())
        .collect()
}

#[test]
fn a_page_and_its_markdown_say_the_same() {
    for response in responses() {
        let case = Case::new(&CONTENT, response);
        let text = markdown(&case.export(Export::CharterMarkdown));
        let (_, page) = page(&case.export(Export::CharterHtml));
        assert_eq!(text, page);
    }
}

#[test]
fn the_page_is_complete_and_plain() {
    let case = Case::new(&CONTENT, mixed("two"));
    let text = case.export(Export::CharterHtml);
    assert!(text.starts_with("<!DOCTYPE html>"));
    let (page, _) = page(&text);
    let root = page.root_element();
    assert_eq!(root.value().attr("lang"), Some("en"));
    assert_eq!(words(select(root, "head > title")[0]), "Role charter");
    let meta = select(root, "head > meta[http-equiv='Content-Type']")[0];
    assert_eq!(
        meta.value().attr("content"),
        Some("text/html; charset=utf-8")
    );
    // The character set must be found before the first text.
    assert!(text.find("charset") < text.find("<title>"));
    let names: Vec<String> = names(&page).into_iter().collect();
    assert_eq!(names.join(" "), ELEMENTS);
    for table in select(root, "table") {
        let columns = select(table, "thead th[scope='col']").len();
        // What a word processor reads nowhere else: the frame, and the width of each column.
        assert_eq!(table.value().attr("border"), Some("1"));
        let widths = select(table, "th").into_iter().map(|head| {
            let width = head.value().attr("width").unwrap();
            width.strip_suffix('%').unwrap().parse::<usize>().unwrap()
        });
        let widths: Vec<usize> = widths.collect();
        assert!(widths.iter().all(|width| *width >= 100 / (2 * columns)));
        assert!((100 - columns..=100).contains(&widths.iter().sum()));
        for cell in select(table, "td") {
            let blank = words(cell).trim().is_empty();
            assert_eq!(blank, cell.value().attr("height").is_some());
        }
        for row in select(table, "tbody tr") {
            assert_eq!(select(row, "td").len(), columns);
        }
    }
}

#[test]
fn the_charter_names_every_domain_once_where_it_belongs() {
    for response in responses() {
        let case = Case::new(&CONTENT, response);
        let (_, blocks) = page(&case.export(Export::CharterHtml));
        let texts = &CONTENT.report.charter;
        let words = case.words();
        for line in &case.result.charter {
            let name = words.domain(&line.domain).to_string();
            let title = match &line.owner {
                Some(Owner::Officer(id)) => {
                    words.fill(&texts.accountabilities_title, &words.officer(id))
                }
                Some(Owner::Split) => texts.shared_title.clone(),
                Some(Owner::Other(_)) => texts.elsewhere_title.clone(),
                None => texts.open_title.clone(),
                other => panic!("{other:?} is no owner for a charter"),
            };
            assert!(
                section(&blocks, &title).contains(&name),
                "{name} under {title}"
            );
            let times = blocks.iter().flat_map(|(_, texts)| texts);
            assert_eq!(times.filter(|text| **text == name).count(), 1, "{name}");
        }
    }
}

#[test]
fn the_charter_has_both_signatures_the_dates_and_room_to_write() {
    let case = Case::new(&CONTENT, mixed("cto-only"));
    let dates = Dates::new(date(DAY), date("2026-08-15")).expect("the review is later");
    let (_, blocks) = page(&case.export_on(Export::CharterHtml, dates));
    let signatures = section(&blocks, "Signatures");
    let expected = [
        "Role",
        "Name",
        "Date",
        "Signature",
        "CTO",
        "",
        "",
        "",
        "Head of internal IT",
        "",
        "",
        "",
    ];
    assert_eq!(signatures[..12], expected);
    assert!(section(&blocks, "Review").contains(&"Next review: 2026-08-15.".into()));
    assert_eq!(blocks[2].1, ["From one person’s answers, 2026-01-31."]);
    assert_eq!(
        blocks[3].1,
        ["Seat of the respondent: Chief executive or board member."]
    );

    let split = section(&blocks, "Shared, with the split in writing");
    let heads = [
        "Responsibility",
        "The CTO decides",
        "The head of internal IT decides",
        "Taken from",
    ];
    assert_eq!(split[..4], heads);
    assert_eq!(
        split[4..8],
        ["Adopting new technology", "", "", "How it is today"]
    );
    let innovation = [
        "Product and business innovation",
        "",
        "",
        "How it should be",
    ];
    assert_eq!(split[8..], innovation);

    let open = section(&blocks, "Still to be decided");
    let at = open.iter().position(|text| text == "Cybersecurity");
    let at = at.expect("an unsplit domain is open");
    let decision = CONTENT.domains.domains["cybersecurity"].decision.as_str();
    assert_eq!(
        open[at + 1..at + 5],
        ["Both, no agreed split", decision, "", ""]
    );
}

#[test]
fn a_charter_of_no_answers_says_that_everything_is_open() {
    let case = Case::new(&CONTENT, delineate::core::response::Response::new(&CONTENT));
    let blocks = markdown(&case.export(Export::CharterMarkdown));
    let domains = CONTENT.instrument.domains.len();
    // An introduction, a row of heads, and five cells for each domain.
    assert_eq!(
        section(&blocks, "Still to be decided").len(),
        1 + 5 + 5 * domains
    );
    let shared = section(&blocks, "Shared, with the split in writing");
    assert_eq!(shared, ["Nothing listed yet"]);
}

#[test]
fn the_brief_holds_the_result_in_its_own_words() {
    for response in responses() {
        let case = Case::new(&CONTENT, response);
        let (result, words) = (&case.result, case.words());
        let blocks = markdown(&case.export(Export::Markdown));
        let (kind, figures) = &blocks[2];
        assert_eq!(*kind, "table");
        let figure = |name: &str| {
            let at = figures.iter().position(|text| text == name);
            figures[at.unwrap_or_else(|| panic!("no {name}")) + 1].as_str()
        };
        let of_hundred =
            |value: Option<i64>| value.map_or("–".into(), |value| format!("{value} of 100"));
        // No number without a verdict, nor half of one.
        let shown = |value: Option<i64>| of_hundred(value.filter(|_| result.band.is_some()));
        assert_eq!(figure("Score"), shown(result.score));
        // Beside each half stands how much of it counts, unless that is all.
        let half = |value: Option<i64>, counted: usize, asked: usize, what: &str| {
            let shown = shown(value);
            if result.band.is_none() || counted == asked {
                return shown;
            }
            format!("{shown} ({counted} of {asked} {what} count)")
        };
        let (map, all) = (&result.map.coverage, &result.coverage);
        assert_eq!(
            figure(CONTENT.interface.get(Key::Delineation)),
            half(
                result.delineation.rounded,
                map.counted,
                map.asked,
                "responsibilities"
            )
        );
        assert_eq!(
            figure(CONTENT.interface.get(Key::Practice)),
            half(
                result.practice.rounded,
                all.counted - map.counted,
                all.asked - map.asked,
                "questions"
            )
        );
        let counts = result.map.counts;
        let count = |count: Option<usize>| count.map_or("–".into(), |count| count.to_string());
        assert_eq!(
            figure(CONTENT.interface.get(Key::Gaps)),
            count(counts.map(|counts| counts.gaps))
        );
        assert_eq!(
            figure(CONTENT.interface.get(Key::Overlaps)),
            count(counts.map(|counts| counts.overlaps))
        );
        let coverage = &result.coverage;
        let counted = coverage.counted.to_string();
        assert!(figure("Coverage").contains(&coverage.asked.to_string()));
        assert!(coverage.counted == coverage.asked || figure("Coverage").starts_with(&counted));
        let range = result.range.as_ref().expect("something is asked");
        if range.low < range.high {
            let both = format!("from {} to {}.", range.low, range.high);
            assert!(figure("Possible range").ends_with(&both));
        }
        let all: Vec<&String> = blocks.iter().flat_map(|(_, texts)| texts).collect();
        match &result.band {
            Some(band) => {
                assert_eq!(figure("Verdict"), words.band(&band.id));
                assert!(all.contains(&&words.band_summary(&band.id)));
                let critical = words.critical(band);
                assert_eq!(critical.is_some(), !band.critical_issues.is_empty());
                let reason = "The number alone would give a higher verdict.";
                let told = critical.as_ref().is_some_and(|one| one.starts_with(reason));
                assert_eq!(told, band.capped);
                assert!(critical.is_none_or(|critical| all.contains(&&critical)));
            }
            None => assert_eq!(figure("Verdict"), "Too few answers for a verdict"),
        }
        let first = section(&blocks, "Where to start");
        for priority in &result.priorities {
            assert!(first.contains(&words.priority(priority, &result.findings)));
        }
        let map = section(&blocks, "Who holds what");
        assert_eq!(map.len(), 6 * (1 + result.map.domains.len()));
        for (row, domain) in map[6..].chunks(6).zip(&result.map.domains) {
            let owner = words.owner_answer(domain.today.as_ref());
            let target = domain
                .target
                .as_ref()
                .map_or("–", |owner| words.owner(owner));
            assert_eq!(row[..3], [words.domain(&domain.id), &owner, target]);
            assert_eq!(row[3..5], [words.usual(domain), words.reading(domain.kind)]);
        }
        let found = section(&blocks, "What the map shows");
        for finding in &result.findings {
            assert!(found.contains(&words.finding(finding)));
            assert!(found.contains(&words.finding_advice(finding)));
        }
        let plan = section(&blocks, "A plan for 90 days");
        for action in result.plan.iter().flat_map(|horizon| &horizon.actions) {
            assert!(plan.contains(&words.action(action)));
        }
        let receipt = section(&blocks, "How the number came about");
        // Without a verdict the number is given nowhere, so not here either.
        let told = result.told(result.score).and(result.score_exact);
        assert_eq!(receipt.len(), 1 + usize::from(told.is_some()));
        if let Some(exact) = told {
            assert!(
                receipt[0].contains(&format!(": {};", exact.plain())),
                "{receipt:?}"
            );
        }
        let reference = &result.content;
        let scoring = result.scoring_version.to_string();
        for identity in [&reference.id, &reference.version, &scoring] {
            let last = receipt.last().expect("the identity is always there");
            assert!(last.contains(identity.as_str()), "{receipt:?}");
        }
    }
}

/// The texts that a charter of mixed answers shows, as the pack has them.
fn shown(content: &Content, case: &Case) -> Vec<String> {
    let texts = &content.report.charter;
    let words = case.words();
    let domains = content.instrument.domains.iter();
    let mut all: Vec<String> = domains.map(|one| words.domain(&one.id).into()).collect();
    all.extend([
        words.fill(&texts.title, &[]),
        words.fill(&words.disputes().text, &[]),
    ]);
    all.extend([
        case.text(DeskKey::ExportHeadName, &[]),
        words.text(Key::HeadDomain, &[]),
    ]);
    all.iter().map(|text| plain(text)).collect()
}

#[test]
fn no_text_of_a_pack_becomes_markup() {
    for mark in MARKS {
        let (content, texts) = hostile(mark);
        let case = Case::said(&content, &texts, mixed("two"));
        let text = markdown(&case.export(Export::CharterMarkdown));
        let (page, html) = page(&case.export(Export::CharterHtml));
        assert_eq!(text, html, "{mark:?}");
        // The same elements as with the project's own content, and the pack's texts as they are.
        let found: Vec<String> = names(&page).into_iter().collect();
        assert_eq!(found.join(" "), ELEMENTS, "{mark:?}");
        assert_eq!(
            page.root_element().value().attr("lang"),
            Some(content.lang.as_str())
        );
        let texts: Vec<&String> = html.iter().flat_map(|(_, texts)| texts).collect();
        for expected in shown(&content, &case) {
            assert!(
                texts.contains(&&expected),
                "{mark:?}: {expected:?} in {texts:#?}"
            );
        }
        let own = markdown(&Case::new(&CONTENT, mixed("two")).export(Export::Markdown));
        let brief = markdown(&case.export(Export::Markdown));
        let kinds = |blocks: &Blocks| -> Vec<(&str, usize)> {
            let kinds = blocks.iter().map(|(kind, texts)| (*kind, texts.len()));
            kinds.collect()
        };
        assert_eq!(kinds(&brief), kinds(&own), "{mark:?}");
    }
}
