//! Responses drawn by a small generator of fixed seed: the same on every machine.

use delineate::core::content::Content;
use delineate::core::response::{Column, ItemAnswer, Owner, Response};

/// A linear congruential generator; its upper bits are good enough to vary answers.
struct Draw(u64);

impl Draw {
    fn below(&mut self, size: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % size
    }

    fn of(&mut self, list: &[String]) -> String {
        list[self.below(list.len())].clone()
    }
}

/// This many responses, one after the other. Each leans its own way, so that all bands and all degrees of coverage come up.
pub fn responses(content: &Content, number: usize, seed: u64) -> impl Iterator<Item = Response> {
    let mut draw = Draw(seed);
    (0..number).map(move |_| response(content, &mut draw))
}

fn response(content: &Content, draw: &mut Draw) -> Response {
    let instrument = &content.instrument;
    let (skill, silence) = (draw.below(5), draw.below(12));
    let mut response = Response::new(content);
    if draw.below(8) > 0 {
        response.respondent.seat = Some(draw.of(&instrument.seats));
    }
    if draw.below(8) > 0 {
        let place = draw.below(instrument.structures.len());
        response.respondent.structure = Some(instrument.structures[place].id.clone());
    }
    let depth = draw.below(3);
    for step in &instrument.steps {
        if depth == 2 || (depth == 1 && draw.below(2) == 0) {
            response.full_steps.push(step.id.clone());
        }
        for item in &step.items {
            response.answer_item(item, item_answer(content, draw, skill, silence));
        }
    }
    for domain in &instrument.domains {
        let today = owner(content, draw, skill, silence);
        response.answer_domain(&domain.id, Column::Today, today);
        if draw.below(4) == 0 {
            let target = owner(content, draw, skill, silence);
            response.answer_domain(&domain.id, Column::Target, target);
        }
    }
    response
}

fn item_answer(
    content: &Content,
    draw: &mut Draw,
    skill: usize,
    silence: usize,
) -> Option<ItemAnswer> {
    let kind = draw.below(24);
    if kind < silence {
        return (draw.below(2) == 0).then_some(ItemAnswer::DontKnow);
    }
    if kind == 23 {
        let reason = draw.of(&content.instrument.not_applicable_reasons);
        return Some(ItemAnswer::NotApplicable(reason));
    }
    let level = (skill + draw.below(3)).saturating_sub(1).min(4);
    Some(ItemAnswer::Level(level as u8))
}

fn owner(content: &Content, draw: &mut Draw, skill: usize, silence: usize) -> Option<Owner> {
    let instrument = &content.instrument;
    if draw.below(24) < silence {
        return (draw.below(2) == 0).then_some(Owner::DontKnow);
    }
    if draw.below(5) > skill {
        let unclear = [Owner::Split, Owner::Unsplit, Owner::Nobody];
        return Some(unclear[draw.below(3)].clone());
    }
    Some(if draw.below(4) == 0 {
        Owner::Other(draw.of(&instrument.roles))
    } else {
        Owner::Officer(draw.of(&instrument.officers))
    })
}
