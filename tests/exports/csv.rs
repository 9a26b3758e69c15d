//! Both tables, read back by a CSV parser.

use ::csv::ReaderBuilder;
use delineate::core::export::Export;
use delineate::core::findings::Kind;
use delineate::core::plan::Action;
use delineate::core::ratio::Ratio;
use delineate::core::response::Owner;
use delineate::core::result::Question;

use crate::common::{CONTENT, officer, uniform};
use crate::support::{Case, MARKS, date, hostile, mixed, plain, responses};

const MARK: &str = "\u{feff}";

/// The rows of a file, the head first; a row with more or fewer cells than the head is an error.
fn table(text: &str) -> Vec<Vec<String>> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    let rows = reader.records().map(|row| {
        let row = row.unwrap_or_else(|error| panic!("{error}\n{text}"));
        row.iter().map(String::from).collect()
    });
    rows.collect()
}

fn lines_end_in_cr_lf(text: &str) {
    assert!(text.ends_with("\r\n"), "{text:?}");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert_eq!(text.matches('\r').count(), text.matches("\r\n").count());
}

#[test]
fn the_table_has_a_row_for_every_line_of_the_receipt() {
    for response in responses() {
        let case = Case::new(&CONTENT, response);
        let text = case.export(Export::Csv);
        let body = text.strip_prefix(MARK).expect("the mark comes first");
        assert!(!body.contains(MARK));
        lines_end_in_cr_lf(body);
        let rows = table(body);
        assert_eq!(rows.len(), case.result.receipt.len() + 1);
        let words = case.words();
        for (row, line) in rows[1..].iter().zip(&case.result.receipt) {
            let (id, name, answer) = match &line.question {
                Question::Item { item, answer } => (
                    item,
                    words.question(item),
                    words.item_answer(item, answer.as_ref()),
                ),
                Question::Domain { domain, answer } => (
                    domain,
                    words.domain(domain).into(),
                    words.owner_answer(answer.as_ref()),
                ),
            };
            assert_eq!([&row[1], &row[4], &row[5]], [id, &name, &answer]);
            let numbers = [line.value, line.weight, line.points, line.gain];
            let numbers = numbers.map(|value| value.map(Ratio::decimal).unwrap_or_default());
            assert_eq!(row[7..], numbers);
        }
    }
}

#[test]
fn the_columns_say_what_the_method_says() {
    let case = Case::new(&CONTENT, mixed("two"));
    let text = case.export(Export::Csv);
    let rows = table(text.trim_start_matches(MARK));
    let row = |id: &str| {
        let found = rows.iter().find(|row| row[1] == id);
        found.unwrap_or_else(|| panic!("no row for {id}")).join("|")
    };
    assert_eq!(
        rows[0].join("|"),
        "Kind|Id|Group|Step|Question|Answer|Level or owner id|Value, 0–100|Most it can give|Points given|One step more adds"
    );
    for (id, begins, ends) in [
        (
            "alignment-written",
            "Practice|alignment-written|Define|Role alignment|",
            "|4|100.00|8.33|8.33|",
        ),
        ("alignment-disputes", "Practice|", "|Not answered|||||"),
        (
            "expectations-agreed",
            "Practice|",
            "|0|0.00|16.67|0.00|4.17",
        ),
        ("roadmap-shared", "Practice|", "|I don’t know|dont_know||||"),
        (
            "benchmark-comparison",
            "Practice|",
            "young for it|not_applicable:too-early||||",
        ),
        (
            "research",
            "Responsibility|research|Direction and new technology||Research and development|",
            "|CTO|cto|100.00|7.14|7.14|",
        ),
        (
            "technology-strategy",
            "Responsibility|",
            "|Nobody|nobody|0.00|7.14|0.00|7.14",
        ),
        (
            "emerging-technology",
            "Responsibility|",
            "|split|75.00|7.14|5.36|1.79",
        ),
        (
            "innovation",
            "Responsibility|",
            "|unsplit|25.00|7.14|1.79|5.36",
        ),
        ("product-development", "Responsibility|", "|dont_know||||"),
        (
            "it-projects",
            "Responsibility|",
            "|Chief financial officer|other:cfo|100.00|7.14|7.14|",
        ),
        ("workplace", "Responsibility|", "|Not answered|||||"),
    ] {
        let row = row(id);
        assert!(row.starts_with(begins) && row.ends_with(ends), "{row}");
    }
}

#[test]
fn the_plan_has_a_row_for_every_action_and_no_mark() {
    for response in responses() {
        let case = Case::new(&CONTENT, response);
        let text = case.export(Export::PlanCsv);
        assert!(!text.contains(MARK));
        lines_end_in_cr_lf(&text);
        let rows = table(&text);
        // An importer finds the columns by these words, and stumbles over punctuation in them.
        let head = [
            "Summary",
            "Description",
            "Due in days",
            "Due date",
            "Priority",
        ];
        assert_eq!(rows[0], head);
        let mut tasks = rows[1..].iter();
        for horizon in &case.result.plan {
            for action in &horizon.actions {
                let task = tasks.next().expect("every action is a task");
                let words = case.words();
                assert_eq!(task[0], words.task(action));
                // What Jira takes as a summary.
                assert!(task[0].chars().count() <= 255);
                let from = " From the role clarity check of 2026-01-31.";
                assert_eq!(task[1], words.action(action) + from);
                let due = date("2026-01-31").plus_days(horizon.days as u16);
                assert_eq!(task[2..4], [horizon.days.to_string(), due.to_string()]);
                let priority =
                    match action {
                        Action::CriticalGap { .. } | Action::CriticalOverlap { .. } => "High",
                        Action::Standing { id: "complete" } => "High",
                        Action::Finding(finding)
                            if finding.kind == Kind::Unknown
                                && case.result.map.domains.iter().any(|one| {
                                    one.critical && finding.domains.contains(&one.id)
                                }) =>
                        {
                            "High"
                        }
                        Action::Standing { .. } => "Low",
                        _ => "Medium",
                    };
                assert_eq!(task[4], priority);
            }
        }
        assert_eq!(tasks.next(), None);
    }
}

#[test]
fn critical_domains_come_first_and_each_by_itself() {
    let case = Case::new(&CONTENT, uniform(false, 0, Owner::Nobody));
    let rows = table(&case.export(Export::PlanCsv));
    let high: Vec<&str> = rows
        .iter()
        .filter(|row| row[4] == "High")
        .map(|row| row[0].as_str())
        .collect();
    assert_eq!(
        high,
        [
            "Name one owner: Technology strategy",
            "Name one owner: Cybersecurity",
            "Name one owner: Compliance and data protection",
            "Name one owner: Continuity and recovery",
        ]
    );
    assert!(rows[1..5].iter().all(|row| row[3] == "2026-03-02"));
}

/// Where a text begins once a reader has done away with spaces and quotes.
fn begins(text: &str) -> Option<char> {
    text.trim_start_matches([' ', '"']).chars().next()
}

#[test]
fn no_cell_is_a_formula_whatever_the_pack_says() {
    for mark in MARKS {
        let (content, texts) = hostile(mark);
        let case = Case::said(&content, &texts, mixed("two"));
        for export in [Export::Csv, Export::PlanCsv] {
            let text = case.export(export);
            let body = text.trim_start_matches(MARK);
            lines_end_in_cr_lf(body);
            let rows = table(body);
            let cells = rows.iter().flatten().map(String::as_str);
            // A spreadsheet that separates by semicolons cuts there, and may not heed the quotes.
            let pieces = body.split([';', '\n']);
            for cell in cells.chain(pieces) {
                let first = begins(cell);
                let formula = first.is_some_and(|first| "=+-@＝＋－＠\t\r".contains(first));
                assert!(!formula, "{mark:?} gave the cell {cell:?}");
            }
        }
    }
}

#[test]
fn the_texts_of_a_pack_come_back_with_no_more_than_apostrophes() {
    for mark in MARKS {
        let (content, texts) = hostile(mark);
        let case = Case::said(&content, &texts, mixed("two"));
        let text = case.export(Export::Csv);
        let rows = table(text.trim_start_matches(MARK));
        // Only domains belong to no step.
        let domains = rows.iter().filter(|row| row[3].is_empty());
        for (row, domain) in domains.zip(&content.instrument.domains) {
            let name = plain(case.words().domain(&domain.id));
            let bare = |text: &str| text.replace('\'', "");
            assert_eq!(bare(&row[4]), bare(&name), "{mark:?}");
        }
    }
    let (content, texts) = hostile("=1,\"a\"");
    let case = Case::said(&content, &texts, uniform(false, 2, officer("cto")));
    let rows = table(case.export(Export::Csv).trim_start_matches(MARK));
    let name = case.words().domain("research").to_string();
    assert!(rows.iter().any(|row| row[4] == format!("'{name}")));
}
