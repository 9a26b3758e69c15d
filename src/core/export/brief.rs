//! The brief for a board: the result on a page or two, in words.

use super::document::Block;
use super::{Basis, Name};
use crate::core::desk::DeskKey;
use crate::core::interface::Key;
use crate::core::ratio::Ratio;
use crate::core::result::{DomainResult, Half};
use crate::core::what_if::unseen;

fn heading(basis: &Basis, level: u8, name: impl Into<Name>) -> Block {
    Block::Heading(level, basis.text(name))
}

fn or_dash(basis: &Basis, value: Option<impl ToString>) -> String {
    value.map_or_else(|| basis.text(Key::NoValue), |value| value.to_string())
}

fn of_hundred(basis: &Basis, value: Option<i64>) -> String {
    let number = value.map(|value| value.to_string());
    let words = number.map(|number| {
        let values = [("number", number.as_str())];
        basis.text_with(DeskKey::ExportOfHundred, &values)
    });
    or_dash(basis, words)
}

fn range(basis: &Basis) -> String {
    let Some(range) = &basis.result.range else {
        return basis.text(Key::NoValue);
    };
    if range.low == range.high {
        return basis.text(Key::RangeNone);
    }
    let (low, high) = (range.low.to_string(), range.high.to_string());
    let values = [("low", low.as_str()), ("high", &high)];
    basis.text_with(Key::Range, &values)
}

/// A half of the score, and beside it how many of its parts count where not all of them do.
fn half(basis: &Basis, half: &Half, counted: Key, (some, all): (usize, usize)) -> String {
    let told = basis.result.told(half.rounded);
    let value = of_hundred(basis, told);
    if told.is_none() || some == all {
        return value;
    }
    let (some, all) = (some.to_string(), all.to_string());
    let counted = basis.text_with(counted, &[("counted", &some), ("asked", &all)]);
    let values = [("value", value.as_str()), ("counted", &counted)];
    basis.text_with(DeskKey::ExportCounted, &values)
}

fn figures(basis: &Basis) -> Block {
    let (result, words) = (basis.result, &basis.words);
    let verdict = match &result.band {
        Some(band) => words.band(&band.id).into(),
        None => basis.text(Key::BandNone),
    };
    let (counted, asked) = (result.coverage.counted, result.coverage.asked);
    let covers = if counted == asked {
        Key::CoverageAll
    } else {
        Key::Coverage
    };
    let (counted, asked) = (counted.to_string(), asked.to_string());
    let coverage = [("counted", counted.as_str()), ("asked", &asked)];
    let (counts, map) = (result.map.counts, &result.map.coverage);
    let report = &basis.content.report;
    let seat = result.respondent.seat.as_deref();
    let structure = &basis.content.structure(basis.response).id;
    let rows: [(Name, String); 10] = [
        (
            Key::HeadScore.into(),
            of_hundred(basis, result.told(result.score)),
        ),
        (DeskKey::ExportVerdict.into(), verdict),
        (DeskKey::ExportRange.into(), range(basis)),
        (
            DeskKey::ExportCoverage.into(),
            basis.text_with(covers, &coverage),
        ),
        (
            Key::Delineation.into(),
            half(
                basis,
                &result.delineation,
                Key::DelineationCounted,
                (map.counted, map.asked),
            ),
        ),
        (
            Key::Practice.into(),
            half(
                basis,
                &result.practice,
                Key::PracticeCounted,
                result.counted_items(),
            ),
        ),
        (
            Key::Gaps.into(),
            or_dash(basis, counts.map(|counts| counts.gaps)),
        ),
        (
            Key::Overlaps.into(),
            or_dash(basis, counts.map(|counts| counts.overlaps)),
        ),
        (
            DeskKey::ExportSeat.into(),
            or_dash(basis, seat.map(|id| &report.seats[id])),
        ),
        (
            Key::ReviewStructure.into(),
            report.structures[structure].label.clone(),
        ),
    ];
    let rows = rows.map(|(name, value)| vec![basis.text(name), value]);
    Block::Table {
        heads: basis.texts([
            DeskKey::ExportHeadMeasure.into(),
            DeskKey::ExportHeadResult.into(),
        ]),
        rows: rows.to_vec(),
    }
}

/// The verdict in words, and the rule that held it back; or what it still needs.
fn verdict(basis: &Basis) -> Vec<Block> {
    let words = &basis.words;
    match &basis.result.band {
        Some(band) => {
            let unseen = unseen(basis.content, basis.response, basis.result);
            let summary = [words.band_summary(&band.id)].into_iter();
            summary
                .chain(words.critical(band))
                .chain(unseen.map(|unseen| words.unseen(&unseen)))
                .map(Block::Paragraph)
                .collect()
        }
        None => vec![Block::Paragraph(words.missing(&basis.result.coverage))],
    }
}

fn priorities(basis: &Basis) -> Vec<Block> {
    let (result, words) = (basis.result, &basis.words);
    let mut blocks = vec![heading(basis, 2, Key::PrioritiesTitle)];
    if result.priorities.is_empty() {
        let key = match result.coverage.open() {
            0 => Key::PrioritiesNone,
            _ => Key::PrioritiesOpen,
        };
        blocks.push(Block::Paragraph(basis.text(key)));
    }
    for priority in &result.priorities {
        let answer = words.priority_today(priority, &result.map);
        let today = basis.text_with(Key::PriorityToday, &[("anchor", &answer)]);
        blocks.extend([
            Block::Heading(3, words.priority_topic(priority).into()),
            Block::Paragraph(words.priority(priority, &basis.result.findings)),
            Block::Paragraph(today),
        ]);
    }
    blocks
}

fn map(basis: &Basis) -> [Block; 2] {
    let words = &basis.words;
    let row = |domain: &DomainResult| {
        let target = domain.target.as_ref().map(|owner| words.owner(owner));
        let critical = if domain.critical { Key::Yes } else { Key::No };
        vec![
            words.domain(&domain.id).to_string(),
            words.owner_answer(domain.today.as_ref()),
            or_dash(basis, target),
            words.usual(domain),
            words.reading(domain.kind),
            basis.text(critical),
        ]
    };
    let heads = basis.texts([
        Key::HeadDomain.into(),
        Key::HeadToday.into(),
        DeskKey::ExportHeadTarget.into(),
        Key::HeadUsual.into(),
        Key::HeadReading.into(),
        Key::HeadCritical.into(),
    ]);
    let rows = basis.result.map.domains.iter().map(row).collect();
    [
        heading(basis, 2, Key::MapTitle),
        Block::Table { heads, rows },
    ]
}

fn findings(basis: &Basis) -> Vec<Block> {
    let words = &basis.words;
    let mut blocks = vec![heading(basis, 2, Key::FindingsTitle)];
    if basis.result.findings.is_empty() {
        let report = &basis.content.report;
        let none = if basis.result.map.complete {
            &report.no_findings
        } else {
            &report.map_incomplete
        };
        let none = words.fill(none, &[]);
        blocks.push(Block::Paragraph(none));
    }
    for finding in &basis.result.findings {
        blocks.extend([
            Block::Heading(3, words.finding_title(finding.kind).into()),
            Block::Paragraph(words.finding(finding)),
            Block::Paragraph(words.finding_advice(finding)),
        ]);
    }
    blocks
}

fn plan(basis: &Basis) -> Vec<Block> {
    let mut blocks = vec![heading(basis, 2, Key::PlanTitle)];
    for horizon in &basis.result.plan {
        let texts = &basis.content.report.plan.horizons[horizon.days.to_string().as_str()];
        let actions = horizon.actions.iter();
        let actions = actions.map(|action| basis.words.action(action));
        blocks.extend([
            Block::Heading(3, basis.words.fill(&texts.title, &[])),
            Block::Paragraph(basis.words.fill(&texts.intro, &[])),
            Block::List(actions.collect()),
        ]);
    }
    blocks
}

fn receipt(basis: &Basis) -> Vec<Block> {
    let result = basis.result;
    let plain = |value: Ratio| basis.words.decimal(&value.plain());
    let mut blocks = vec![heading(basis, 2, Key::ReceiptTitle)];
    if let (Some(score), Some(exact)) = (result.told(result.score), result.score_exact) {
        let values = [
            ("exact", plain(exact)),
            ("score", score.to_string()),
            ("delineation", plain(result.delineation.weight)),
            ("practice", plain(result.practice.weight)),
        ];
        let values = values.each_ref().map(|(name, value)| (*name, &**value));
        blocks.push(Block::Paragraph(basis.text_with(Key::ReceiptSum, &values)));
    }
    blocks.push(Block::Paragraph(basis.identity()));
    blocks
}

pub fn brief(basis: &Basis) -> Vec<Block> {
    let made = basis.dates.made.to_string();
    let mut blocks = vec![
        heading(basis, 1, DeskKey::ExportBriefTitle),
        Block::Paragraph(basis.text_with(Key::CharterMade, &[("date", &made)])),
        figures(basis),
    ];
    blocks.extend(verdict(basis));
    blocks.extend(priorities(basis));
    blocks.extend(map(basis));
    blocks.extend(findings(basis));
    blocks.extend(plan(basis));
    blocks.extend(receipt(basis));
    blocks
}
