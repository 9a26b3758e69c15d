//! What would be if some answers were others: the choices for each answer, and the figures that they would change.

use super::content::Content;
use super::plan::Action;
use super::response::{Column, ItemAnswer, Owner, Response, TOP_LEVEL};
use super::result::{DomainKind, DomainResult, Move, Outline, ResultDocument};
use super::score::cap_of;

/// The answers to try for an item: its own where that is no level (or none), then every level.
pub fn item_choices(own: Option<&ItemAnswer>) -> Vec<Option<ItemAnswer>> {
    let levels = (0..=TOP_LEVEL).map(|level| Some(ItemAnswer::Level(level)));
    let other = !matches!(own, Some(ItemAnswer::Level(_)));
    let first = other.then(|| own.cloned());
    first.into_iter().chain(levels).collect()
}

/// The owners to try for a domain: its own answer where it is none of the following (or none); those of the respondent's structure, both,
/// nobody, and every other role of the content.
pub fn owner_choices(
    content: &Content,
    response: &Response,
    own: Option<&Owner>,
) -> Vec<Option<Owner>> {
    let officers = content.structure(response).officers.iter();
    let roles = content.instrument.roles.iter();
    let mut choices: Vec<Option<Owner>> = officers
        .cloned()
        .map(Owner::Officer)
        .chain([Owner::Split, Owner::Unsplit, Owner::Nobody])
        .chain(roles.cloned().map(Owner::Other))
        .map(Some)
        .collect();
    let own = own.cloned();
    if !choices.contains(&own) {
        choices.insert(0, own);
    }
    choices
}

/// A single owner for a domain: the one it should have, else the one with whom it usually sits, else the structure's first.
fn single_owner(content: &Content, response: &Response, domain: &str) -> Owner {
    let officers = &content.structure(response).officers;
    let single = |owner: &&Owner| matches!(owner, Owner::Officer(_) | Owner::Other(_));
    let target = response
        .owner(content, domain, Column::Target)
        .filter(single);
    if let Some(target) = target {
        return target.clone();
    }
    let domains = content.instrument.domains.iter();
    let usual = domains
        .filter(|one| one.id == domain)
        .find_map(|one| one.usual.as_ref());
    let usual = usual.filter(|id| officers.contains(id));
    Owner::Officer(usual.unwrap_or(&officers[0]).clone())
}

/// The answers at the end of a path.
pub fn walked(content: &Content, response: &Response, path: &[Move]) -> Response {
    let mut walked = response.clone();
    for step in path {
        match step {
            Move::Item { item, to, .. } => walked.answer_item(item, Some(ItemAnswer::Level(*to))),
            Move::Domain { domain, .. } => {
                let owner = single_owner(content, response, domain);
                walked.answer_domain(domain, Column::Today, Some(owner));
            }
        }
    }
    walked
}

/// What keeps a verdict from the next band. Both can at once; in the highest band neither does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Held<'a> {
    /// The next band, and the points that the number alone lacks.
    pub short: Option<(&'a str, i64)>,
    /// The critical issues for which a cap rule would keep a higher number out of it.
    pub domains: &'a [String],
}

/// Absent without a verdict.
pub fn held<'a>(content: &'a Content, result: &'a ResultDocument) -> Option<Held<'a>> {
    let (band, score) = (result.band.as_ref()?, result.score?);
    let bands = &content.instrument.scoring.bands;
    let place = bands.iter().position(|one| one.id == band.id)?;
    let issues = &band.critical_issues[..];
    let (highest, _) = cap_of(content, issues.len());
    let next = bands.get(place + 1);
    Some(Held {
        short: next
            .map(|next| (next.id.as_str(), i64::from(next.from) - score))
            .filter(|(_, points)| *points > 0),
        domains: next.map_or(&[], |_| if highest == place { issues } else { &[] }),
    })
}

/// The critical domains of which nobody knows yet whether somebody owns them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unseen {
    /// Answered by *I don't know*, or not at all, in content order; at least one.
    pub domains: Vec<String>,
    /// The band if nobody owned any of them; absent when it would be the same.
    pub band: Option<String>,
}

/// Absent without a verdict.
pub fn unseen(content: &Content, response: &Response, result: &ResultDocument) -> Option<Unseen> {
    let band = result.band.as_ref()?;
    let open = |one: &&DomainResult| {
        one.critical && matches!(one.kind, DomainKind::Unknown | DomainKind::Skipped)
    };
    let open = result.map.domains.iter().filter(open);
    let domains: Vec<String> = open.map(|one| one.id.clone()).collect();
    let mut worst = response.clone();
    for id in &domains {
        worst.answer_domain(id, Column::Today, Some(Owner::Nobody));
    }
    let worst = Outline::new(content, &worst).band;
    (!domains.is_empty()).then_some(Unseen {
        domains,
        band: worst.map(|(_, worst)| worst.id).filter(|id| *id != band.id),
    })
}

/// Every action of a result's plan, whatever its month.
fn actions(result: &ResultDocument) -> impl Iterator<Item = &Action> {
    result.plan.iter().flat_map(|horizon| &horizon.actions)
}

/// Whether both are the same thing to do, whatever its cause looks like now: whoever reads them reads the same task.
fn same(one: &Action, other: &Action) -> bool {
    match (one, other) {
        (Action::Finding(a), Action::Finding(b)) => {
            (a.kind, &a.officer, &a.item) == (b.kind, &b.officer, &b.item)
        }
        (Action::Priority { item: a, .. }, Action::Priority { item: b, .. }) => a == b,
        _ => one == other,
    }
}

/// The actions of `one` plan that the `other` does not have.
pub fn only<'a>(one: &'a ResultDocument, other: &ResultDocument) -> Vec<&'a Action> {
    let lacks = |action: &&Action| !actions(other).any(|theirs| same(theirs, action));
    actions(one).filter(lacks).collect()
}

/// How many actions a result's plan holds.
pub fn count(result: &ResultDocument) -> usize {
    actions(result).count()
}
