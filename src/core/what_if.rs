//! What would be if some answers were others: the choices for each answer, and the figures that they would change.

use super::content::Content;
use super::response::{Column, ItemAnswer, Owner, Response, TOP_LEVEL};
use super::result::{Move, ResultDocument};

/// The answers to try for an item that is answered: its own where that is no level, then every level.
pub fn item_choices(answer: &ItemAnswer) -> Vec<ItemAnswer> {
    let own = Some(answer).filter(|answer| !matches!(answer, ItemAnswer::Level(_)));
    let levels = (0..=TOP_LEVEL).map(ItemAnswer::Level);
    own.cloned().into_iter().chain(levels).collect()
}

/// The owners to try for a domain that is answered: those of the respondent's structure, both, nobody; and the answer's own where it is
/// none of these.
pub fn owner_choices(content: &Content, response: &Response, answer: &Owner) -> Vec<Owner> {
    let officers = content.structure(response).officers.iter();
    let mut choices: Vec<Owner> = officers.cloned().map(Owner::Officer).collect();
    choices.extend([Owner::Split, Owner::Unsplit]);
    if !choices.contains(answer) && *answer != Owner::Nobody {
        choices.push(answer.clone());
    }
    choices.push(Owner::Nobody);
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

/// How many actions a result's plan holds.
pub fn actions(result: &ResultDocument) -> usize {
    let horizons = result.plan.iter();
    horizons.map(|horizon| horizon.actions.len()).sum()
}
