//! Comma-separated values after RFC 4180: lines end in CR LF, a quote within a quoted cell is doubled.

use super::{Basis, line};
use crate::core::desk::DeskKey;
use crate::core::interface::Key;
use crate::core::plan::Action;
use crate::core::ratio::Ratio;
use crate::core::response::{ItemAnswer, Owner};
use crate::core::result::{MapResult, Question, ReceiptLine};

/// Tells Excel that a file is UTF-8; without it, Excel takes the bytes for those of the system's old code page.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// What makes a spreadsheet take a cell for a formula, at its beginning; the wide forms are what a Japanese keyboard writes.
const FORMULA: &str = "=+-@＝＋－＠";

/// `text` with an apostrophe before whatever could begin a formula.
///
/// An apostrophe stays visible, survives every import that trims spaces, and can be taken away again. A spreadsheet whose list
/// separator is the semicolon cuts a cell there, so what follows one is guarded too. Tabs and line ends have become spaces.
fn guarded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 1);
    let mut begins = true;
    for character in line(text).chars() {
        if begins && FORMULA.contains(character) {
            out.push('\'');
        }
        begins = match character {
            ' ' | '"' => begins,
            ';' => true,
            _ => false,
        };
        out.push(character);
    }
    out
}

fn cell(text: &str) -> String {
    let text = guarded(text);
    if text.contains([',', ';', '"']) {
        ["\"", &text.replace('"', "\"\""), "\""].concat()
    } else {
        text
    }
}

fn rows(rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut out = String::new();
    for row in rows {
        let cells: Vec<String> = row.iter().map(|text| cell(text)).collect();
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    }
    out
}

/// The answer to an item without its wording: a level from 0 to 4, or why there is none.
fn item_code(answer: Option<&ItemAnswer>) -> String {
    match answer {
        Some(ItemAnswer::Level(level)) => level.to_string(),
        Some(ItemAnswer::NotApplicable(reason)) => ["not_applicable:", reason].concat(),
        Some(ItemAnswer::DontKnow) => "dont_know".into(),
        None => String::new(),
    }
}

/// The owner of a domain without its wording: an officer's id, `other:` with a role's id, or one of the fixed answers.
fn owner_code(owner: Option<&Owner>) -> String {
    match owner {
        Some(Owner::Officer(id)) => id.clone(),
        Some(Owner::Other(id)) => ["other:", id].concat(),
        Some(Owner::Split) => "split".into(),
        Some(Owner::Unsplit) => "unsplit".into(),
        Some(Owner::Nobody) => "nobody".into(),
        Some(Owner::DontKnow) => "dont_know".into(),
        None => String::new(),
    }
}

fn answer(basis: &Basis, receipt: &ReceiptLine) -> Vec<String> {
    let Basis { content, words, .. } = basis;
    let number = |value: Option<Ratio>| value.map(Ratio::decimal).unwrap_or_default();
    let mut cells = match &receipt.question {
        Question::Item { item, answer } => {
            let step = content.step_of(item);
            let (number, short) = (step.number.to_string(), &content.steps[&step.id].short);
            let values = [("number", number.as_str()), ("step", short)];
            vec![
                basis.text(DeskKey::ExportKindItem),
                item.clone(),
                content.report.groups[&step.group].clone(),
                basis.text_with(Key::StepName, &values),
                words.question(item),
                words.item_answer(item, answer.as_ref()),
                item_code(answer.as_ref()),
            ]
        }
        Question::Domain { domain, answer } => {
            let domains = &content.instrument.domains;
            let group = domains.iter().find(|one| one.id == *domain);
            let group = group.map(|one| content.domains.groups[&one.group].title.clone());
            vec![
                basis.text(DeskKey::ExportKindDomain),
                domain.clone(),
                group.unwrap_or_default(),
                String::new(),
                words.domain(domain).into(),
                words.owner_answer(answer.as_ref()),
                owner_code(answer.as_ref()),
            ]
        }
    };
    let numbers = [receipt.value, receipt.weight, receipt.points, receipt.gain];
    cells.extend(numbers.map(number));
    cells
}

/// Every asked question with its answer and what it counted, in the order of the receipt.
pub fn answers(basis: &Basis) -> String {
    let heads = basis.texts([
        DeskKey::ExportHeadKind.into(),
        DeskKey::ExportHeadId.into(),
        Key::HeadGroup.into(),
        Key::HeadStep.into(),
        Key::HeadQuestion.into(),
        Key::HeadAnswer.into(),
        DeskKey::ExportHeadCode.into(),
        Key::HeadValue.into(),
        Key::HeadWeight.into(),
        Key::HeadPoints.into(),
        Key::HeadGain.into(),
    ]);
    let lines = basis.result.receipt.iter();
    let lines = lines.map(|receipt| answer(basis, receipt));
    [BYTE_ORDER_MARK, &rows([heads].into_iter().chain(lines))].concat()
}

/// How soon an action should be done: first what the rest rests on and what caps the band or may, then what moves the score, then what keeps it.
fn priority(action: &Action, map: &MapResult) -> DeskKey {
    match action {
        Action::Finding(finding) if finding.asks_for_critical(map) => DeskKey::ExportPriorityHigh,
        Action::CriticalGap { .. } | Action::CriticalOverlap { .. } => DeskKey::ExportPriorityHigh,
        Action::Standing { id: "complete" } => DeskKey::ExportPriorityHigh,
        Action::Finding(_) | Action::Priority { .. } => DeskKey::ExportPriorityMedium,
        Action::Standing { .. } => DeskKey::ExportPriorityLow,
    }
}

/// The plan as tasks. It has no byte order mark: a task tool reads UTF-8 anyway, and would take the mark for a part of the first
/// head, by which it knows the column.
pub fn plan(basis: &Basis) -> String {
    let heads = basis.texts([
        DeskKey::ExportHeadSummary.into(),
        DeskKey::ExportHeadDescription.into(),
        DeskKey::ExportHeadDueDays.into(),
        DeskKey::ExportHeadDueDate.into(),
        DeskKey::ExportHeadPriority.into(),
    ]);
    let made = basis.dates.made;
    let tasks = basis.result.plan.iter().flat_map(|horizon| {
        let due = made.plus_days(horizon.days as u16).to_string();
        horizon.actions.iter().map(move |action| {
            let full = basis.words.action(action);
            let values = [("action", full.as_str()), ("date", &made.to_string())];
            vec![
                basis.words.task(action),
                basis.text_with(DeskKey::ExportTaskText, &values),
                horizon.days.to_string(),
                due.clone(),
                basis.text(priority(action, &basis.result.map)),
            ]
        })
    });
    rows([heads].into_iter().chain(tasks))
}
