//! The draft role charter as a document to be completed, agreed and signed.

use super::Basis;
use super::document::Block;
use crate::core::charter::{CharterLine, Source};
use crate::core::desk::DeskKey;
use crate::core::interface::Key;
use crate::core::response::Owner;

/// A cell to be filled in by hand.
fn blank() -> String {
    String::new()
}

/// A table, or the words for an empty one.
fn table(basis: &Basis, heads: Vec<String>, rows: Vec<Vec<String>>) -> Block {
    if rows.is_empty() {
        Block::Paragraph(basis.words.fill(&basis.content.report.charter.none, &[]))
    } else {
        Block::Table { heads, rows }
    }
}

/// The rows of the domains whose owner passes.
fn rows(
    basis: &Basis,
    passes: impl Fn(&Owner) -> bool,
    row: impl Fn(&CharterLine, &Owner) -> Vec<String>,
) -> Vec<Vec<String>> {
    let lines = basis.result.charter.iter();
    let owned = lines.filter_map(|line| line.owner.as_ref().map(|owner| (line, owner)));
    let owned = owned.filter(|(_, owner)| passes(owner));
    owned.map(|(line, owner)| row(line, owner)).collect()
}

fn name(basis: &Basis, line: &CharterLine) -> String {
    basis.words.domain(&line.domain).into()
}

/// Whether a line says how it should be or how it is.
fn source(basis: &Basis, line: &CharterLine) -> String {
    match line.source {
        Source::Target => basis.text(DeskKey::ExportBasisTarget),
        Source::Today => basis.text(DeskKey::ExportBasisToday),
        Source::Open => basis.text(Key::NoValue),
    }
}

fn accountabilities(basis: &Basis) -> Vec<Block> {
    let texts = &basis.content.report.charter;
    let heads = [
        Key::HeadDomain.into(),
        DeskKey::ExportHeadCovers.into(),
        DeskKey::ExportHeadBasis.into(),
    ];
    let mut blocks = Vec::new();
    for officer in &basis.content.structure(basis.response).officers {
        let names = basis.words.officer(officer);
        let owned = rows(
            basis,
            |owner| *owner == Owner::Officer(officer.clone()),
            |line, _| {
                let domain = &basis.content.domains.domains[line.domain.as_str()];
                let covers = basis.words.fill(&domain.description, &[]);
                vec![name(basis, line), covers, source(basis, line)]
            },
        );
        let title = &texts.accountabilities_title;
        blocks.extend([
            Block::Heading(2, basis.words.fill(title, &names)),
            Block::Paragraph(basis.words.fill(&texts.purposes[officer], &[])),
            table(basis, basis.texts(heads), owned),
        ]);
    }
    blocks
}

/// For each shared domain, room to write down who decides which part.
fn shared(basis: &Basis) -> Block {
    let officers = &basis.content.instrument.officers;
    let mut heads = vec![basis.text(Key::HeadDomain)];
    heads.extend(officers.iter().map(|officer| {
        let names = basis.words.officer(officer);
        basis.text_with(DeskKey::ExportHeadDecides, &names)
    }));
    heads.push(basis.text(DeskKey::ExportHeadBasis));
    let shared = rows(
        basis,
        |owner| *owner == Owner::Split,
        |line, _| {
            let mut row = vec![name(basis, line)];
            row.extend(officers.iter().map(|_| blank()));
            row.push(source(basis, line));
            row
        },
    );
    table(basis, heads, shared)
}

fn elsewhere(basis: &Basis) -> Block {
    let heads = [
        Key::HeadDomain.into(),
        DeskKey::ExportHeadOwner.into(),
        DeskKey::ExportHeadBasis.into(),
    ];
    let owned = rows(
        basis,
        |owner| matches!(owner, Owner::Other(_)),
        |line, owner| {
            let role = basis.words.owner(owner).into();
            vec![name(basis, line), role, source(basis, line)]
        },
    );
    table(basis, basis.texts(heads), owned)
}

/// What nobody has decided, with a question that shows whether somebody has.
fn open(basis: &Basis) -> Block {
    let heads = [
        Key::HeadDomain.into(),
        Key::HeadToday.into(),
        DeskKey::ExportHeadSettle.into(),
        DeskKey::ExportHeadAgreed.into(),
        DeskKey::ExportHeadBy.into(),
    ];
    let domains = basis.result.map.domains.iter();
    let open = domains
        .zip(&basis.result.charter)
        .filter(|(_, line)| line.owner.is_none());
    let open = open.map(|(domain, line)| {
        let decision = &basis.content.domains.domains[line.domain.as_str()].decision;
        vec![
            name(basis, line),
            basis.words.owner_answer(domain.today.as_ref()),
            basis.words.fill(decision, &[]),
            blank(),
            blank(),
        ]
    });
    table(basis, basis.texts(heads), open.collect())
}

fn signatures(basis: &Basis) -> Block {
    let heads = [
        DeskKey::ExportHeadRole.into(),
        DeskKey::ExportHeadName.into(),
        DeskKey::ExportHeadDate.into(),
        DeskKey::ExportHeadSignature.into(),
    ];
    let signers = basis.words.signers().into_iter();
    let rows = signers.map(|role| vec![role, blank(), blank(), blank()]);
    table(basis, basis.texts(heads), rows.collect())
}

pub fn charter(basis: &Basis) -> Vec<Block> {
    let texts = &basis.content.report.charter;
    let fill = |text: &str| basis.words.fill(text, &[]);
    let heading = |text: &str| Block::Heading(2, fill(text));
    let paragraph = |text: &str| Block::Paragraph(fill(text));
    let (made, review) = (basis.dates.made.to_string(), basis.dates.review.to_string());
    let dated = |key, date: &String| Block::Paragraph(basis.text_with(key, &[("date", date)]));

    let disputes = basis.words.disputes();
    let mut blocks = vec![
        Block::Heading(1, fill(&texts.title)),
        paragraph(&texts.draft_note),
        dated(Key::CharterMade, &made),
    ];
    let by = basis.words.charter_by(&basis.response.respondent);
    blocks.extend(by.map(Block::Paragraph));
    blocks.extend(accountabilities(basis));
    blocks.extend([
        heading(&texts.shared_title),
        shared(basis),
        heading(&texts.elsewhere_title),
        elsewhere(basis),
        heading(&texts.open_title),
        paragraph(&texts.open_intro),
        open(basis),
        heading(&disputes.name),
        paragraph(&disputes.text),
        heading(&texts.review_title),
        paragraph(&texts.review),
        dated(Key::CharterReviewOn, &review),
        heading(&texts.signatures_title),
        signatures(basis),
        Block::Paragraph(basis.identity()),
    ]);
    blocks
}
