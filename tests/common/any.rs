//! Responses of every kind, drawn at random.
#![allow(dead_code, reason = "each test file uses its own part of this")]

use delineate::core::content::Content;
use delineate::core::response::{Column, ItemAnswer, Owner, Response, TOP_LEVEL};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::common::CONTENT;

pub fn any_item_answer() -> impl Strategy<Value = Option<ItemAnswer>> {
    any_item_answer_to(&CONTENT)
}

pub fn any_owner() -> impl Strategy<Value = Option<Owner>> {
    any_owner_of(&CONTENT)
}

pub fn any_response() -> impl Strategy<Value = Response> {
    any_response_to(&CONTENT)
}

fn any_item_answer_to(content: &'static Content) -> impl Strategy<Value = Option<ItemAnswer>> {
    let reasons = content.instrument.not_applicable_reasons.clone();
    prop_oneof![
        6 => (0..=TOP_LEVEL).prop_map(|level| Some(ItemAnswer::Level(level))),
        1 => select(reasons).prop_map(|reason| Some(ItemAnswer::NotApplicable(reason))),
        1 => Just(Some(ItemAnswer::DontKnow)),
        1 => Just(None),
    ]
}

fn any_owner_of(content: &'static Content) -> impl Strategy<Value = Option<Owner>> {
    prop_oneof![
        3 => select(content.instrument.officers.clone()).prop_map(|id| Some(Owner::Officer(id))),
        1 => select(content.instrument.roles.clone()).prop_map(|id| Some(Owner::Other(id))),
        1 => Just(Some(Owner::Split)),
        1 => Just(Some(Owner::Unsplit)),
        1 => Just(Some(Owner::Nobody)),
        1 => Just(Some(Owner::DontKnow)),
        1 => Just(None),
    ]
}

pub fn any_response_to(content: &'static Content) -> impl Strategy<Value = Response> {
    let items: Vec<String> = content
        .instrument
        .steps
        .iter()
        .flat_map(|step| step.items.clone())
        .collect();
    let domains: Vec<String> = content
        .instrument
        .domains
        .iter()
        .map(|domain| domain.id.clone())
        .collect();
    let structures: Vec<Option<String>> = content
        .instrument
        .structures
        .iter()
        .map(|structure| Some(structure.id.clone()))
        .chain([None])
        .collect();
    let seats: Vec<Option<String>> = content
        .instrument
        .seats
        .iter()
        .cloned()
        .map(Some)
        .chain([None])
        .collect();
    let steps = content.instrument.steps.iter();
    let steps: Vec<String> = steps.map(|step| step.id.clone()).collect();
    (
        subsequence(steps.clone(), 0..=steps.len()),
        select(seats),
        select(structures),
        prop::collection::vec(any_item_answer_to(content), items.len()),
        prop::collection::vec(
            (any_owner_of(content), any_owner_of(content)),
            domains.len(),
        ),
    )
        .prop_map(move |(full_steps, seat, structure, answers, owners)| {
            let mut response = Response::new(content);
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
