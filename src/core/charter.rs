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

/// The domains that the draft of one respondent gives an owner whom somebody else contradicts, in content order. Whoever was asked for today
/// alone contradicts an aim only if they see today otherwise too; whoever does not know contradicts nobody.
pub fn contradicted<'a>(
    content: &Content,
    own: &Response,
    others: impl Iterator<Item = &'a Response> + Clone,
) -> Vec<String> {
    let contradicts = |line: &CharterLine, other: &Response| {
        let theirs = |column| other.owner(content, &line.domain, column);
        let today = own.owner(content, &line.domain, Column::Today);
        match (theirs(Column::Target), theirs(Column::Today)) {
            (None | Some(Owner::DontKnow), None | Some(Owner::DontKnow)) => false,
            (None | Some(Owner::DontKnow), said) => said != line.owner.as_ref() && said != today,
            (target, _) => target != line.owner.as_ref(),
        }
    };
    let lines = charter(content, own).into_iter();
    lines
        .filter(|line| line.owner.is_some())
        .filter(|line| others.clone().any(|other| contradicts(line, other)))
        .map(|line| line.domain)
        .collect()
}

/// The domains that the draft of one respondent gives to the seat of another who does not know their owner today, in content order, for each
/// such other with their place among the others. Whoever says who should own one has confirmed or contradicted it by that.
pub fn unconfirmed<'a>(
    content: &Content,
    own: &Response,
    others: impl Iterator<Item = &'a Response>,
) -> Vec<(usize, Vec<String>)> {
    let lines = charter(content, own);
    let of = |other: &Response| -> Vec<String> {
        let unsure = |line: &&CharterLine| {
            let [target, today] = [Column::Target, Column::Today]
                .map(|column| other.owner(content, &line.domain, column));
            let theirs = matches!(&line.owner, Some(Owner::Officer(id)) if Some(id) == other.respondent.seat.as_ref());
            theirs
                && today == Some(&Owner::DontKnow)
                && target.is_none_or(|owner| *owner == Owner::DontKnow)
        };
        let unsure = lines.iter().filter(unsure);
        unsure.map(|line| line.domain.clone()).collect()
    };
    let all = others.map(of).enumerate();
    all.filter(|(_, domains)| !domains.is_empty()).collect()
}

pub fn charter(content: &Content, response: &Response) -> Vec<CharterLine> {
    let clear = |owner: &&Owner| owner.is_clear();
    let domains = content.instrument.domains.iter();
    domains
        .map(|domain| {
            let owner = |column| response.owner(content, &domain.id, column);
            let (owner, source) = match owner(Column::Target) {
                Some(target) => (Some(target).filter(clear), Source::Target),
                None => (owner(Column::Today).filter(clear), Source::Today),
            };
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
