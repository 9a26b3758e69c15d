//! The draft role charter: for each domain the owner it should have, or why that is still open.

use serde::Serialize;

use super::content::Content;
use super::response::{Column, Owner, Response};

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CharterLine {
    pub domain: String,
    /// An officer, a split, or a named other; absent while it is open.
    pub owner: Option<Owner>,
    pub source: Source,
}

/// Where the owner in the charter comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The respondent said who should own it.
    Target,
    /// Nobody said, and today's owner is clear.
    Today,
    /// Neither: to be decided.
    Open,
}

/// Who should own a domain, or where nobody said so who does today, and which of the two it is.
fn said<'a>(
    content: &Content,
    response: &'a Response,
    domain: &str,
) -> (Option<&'a Owner>, Source) {
    let owner = |column| response.owner(content, domain, column);
    match owner(Column::Target) {
        Some(target) => (Some(target), Source::Target),
        None => (owner(Column::Today), Source::Today),
    }
}

/// The domains that the draft of one respondent gives an owner whom somebody else contradicts, in content order. Whoever does not know
/// contradicts nobody.
pub fn contradicted<'a>(
    content: &Content,
    own: &Response,
    others: impl Iterator<Item = &'a Response> + Clone,
) -> Vec<String> {
    let lines = charter(content, own).into_iter();
    lines
        .filter_map(|CharterLine { domain, owner, .. }| {
            let owner = owner?;
            let mut theirs = others
                .clone()
                .filter_map(|other| said(content, other, &domain).0);
            theirs
                .any(|their| *their != owner && *their != Owner::DontKnow)
                .then_some(domain)
        })
        .collect()
}

pub fn charter(content: &Content, response: &Response) -> Vec<CharterLine> {
    let domains = content.instrument.domains.iter();
    domains
        .map(|domain| {
            let (owner, source) = said(content, response, &domain.id);
            let owner = owner.filter(|owner| owner.is_clear());
            CharterLine {
                domain: domain.id.clone(),
                owner: owner.cloned(),
                source: if owner.is_some() {
                    source
                } else {
                    Source::Open
                },
            }
        })
        .collect()
}
