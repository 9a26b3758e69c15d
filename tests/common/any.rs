//! Responses of every kind, drawn at random.

use delineate::core::response::{Column, ItemAnswer, Owner, Response, TOP_LEVEL};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::common::{CONTENT, all_steps};

pub fn any_item_answer() -> impl Strategy<Value = Option<ItemAnswer>> {
    let reasons = CONTENT.instrument.not_applicable_reasons.clone();
    prop_oneof![
        6 => (0..=TOP_LEVEL).prop_map(|level| Some(ItemAnswer::Level(level))),
        1 => select(reasons).prop_map(|reason| Some(ItemAnswer::NotApplicable(reason))),
        1 => Just(Some(ItemAnswer::DontKnow)),
        1 => Just(None),
    ]
}

pub fn any_owner() -> impl Strategy<Value = Option<Owner>> {
    prop_oneof![
        3 => select(CONTENT.instrument.officers.clone()).prop_map(|id| Some(Owner::Officer(id))),
        1 => select(CONTENT.instrument.roles.clone()).prop_map(|id| Some(Owner::Other(id))),
        1 => Just(Some(Owner::Split)),
        1 => Just(Some(Owner::Unsplit)),
        1 => Just(Some(Owner::Nobody)),
        1 => Just(Some(Owner::DontKnow)),
        1 => Just(None),
    ]
}

pub fn any_response() -> impl Strategy<Value = Response> {
    let items: Vec<String> = CONTENT
        .instrument
        .steps
        .iter()
        .flat_map(|step| step.items.clone())
        .collect();
    let domains: Vec<String> = CONTENT
        .instrument
        .domains
        .iter()
        .map(|domain| domain.id.clone())
        .collect();
    let structures: Vec<Option<String>> = CONTENT
        .instrument
        .structures
        .iter()
        .map(|structure| Some(structure.id.clone()))
        .chain([None])
        .collect();
    let seats: Vec<Option<String>> = CONTENT
        .instrument
        .seats
        .iter()
        .cloned()
        .map(Some)
        .chain([None])
        .collect();
    let steps = all_steps();
    (
        subsequence(steps.clone(), 0..=steps.len()),
        select(seats),
        select(structures),
        prop::collection::vec(any_item_answer(), items.len()),
        prop::collection::vec((any_owner(), any_owner()), domains.len()),
    )
        .prop_map(move |(full_steps, seat, structure, answers, owners)| {
            let mut response = Response::new(&CONTENT);
            response.full_steps = full_steps;
            response.respondent.seat = seat;
            response.respondent.structure = structure;
            for (item, answer) in items.iter().zip(answers) {
                response.answer_item(item, answer);
            }
            for (domain, (today, target)) in domains.iter().zip(owners) {
                response.answer_domain(domain, Column::Today, today);
                response.answer_domain(domain, Column::Target, target);
            }
            response
        })
}
