//! Every question of a layout as a digit: its base, the digit of an answer, and the answer of a digit.

use super::Layout;
use crate::core::response::{Column, ItemAnswer, Owner, Response, TOP_LEVEL};

/// Digits of an item: not answered, not known, the levels, then the reasons for which it is not applicable.
const LEVELS: u32 = 2;
const REASONS: u32 = LEVELS + TOP_LEVEL as u32 + 1;
/// Digits of an owner: not answered, then these, then the officers, then the roles.
const OWNERS: [Owner; 4] = [Owner::DontKnow, Owner::Nobody, Owner::Split, Owner::Unsplit];
const OFFICERS: u32 = 1 + OWNERS.len() as u32;

pub enum Question<'a> {
    Seat,
    Structure,
    /// Whether all items of this step are asked.
    Full(&'a str),
    Item(&'a str),
    Domain(&'a str, Column),
}

/// The questions in their order, each with the number of its block. Block 0 is always packed, each other one only if something in it was
/// answered: the headline items, the domains today, all else about the steps, the domains as they should be.
pub fn questions<'a>(layout: &Layout<'a>) -> Vec<(u32, Question<'a>)> {
    let mut all = vec![(0, Question::Seat), (0, Question::Structure)];
    for step in layout.steps() {
        if let Some(id) = step.get(1) {
            all.push((1, Question::Item(id)));
        }
    }
    let domains = layout.list("domains");
    for id in domains {
        all.push((2, Question::Domain(id, Column::Today)));
    }
    for step in layout.steps() {
        for (place, id) in step.iter().enumerate() {
            match place {
                0 => all.push((3, Question::Full(id))),
                1 => {}
                _ => all.push((3, Question::Item(id))),
            }
        }
    }
    for id in domains {
        all.push((4, Question::Domain(id, Column::Target)));
    }
    all
}

/// The digit of an id in a list whose digits begin at `first`, or that of no answer.
fn digit_of(ids: &[&str], id: &str, first: u32) -> u32 {
    let place = ids.iter().position(|one| *one == id);
    place.map_or(0, |place| first + place as u32)
}

/// The id of a digit in a list whose digits begin at `first`.
fn id_of(ids: &[&str], digit: u32, first: u32) -> Option<String> {
    let place = digit.checked_sub(first)?;
    ids.get(place as usize).map(|id| (*id).into())
}

impl Question<'_> {
    /// How many digits there are, from 0.
    pub fn base(&self, layout: &Layout) -> u32 {
        let count = |name| layout.list(name).len() as u32;
        match self {
            Question::Seat => 1 + count("seats"),
            Question::Structure => 1 + count("structures"),
            Question::Full(_) => 2,
            Question::Item(_) => REASONS + count("reasons"),
            Question::Domain(..) => OFFICERS + count("officers") + count("roles"),
        }
    }

    /// The digit of what was answered; 0 stands for no answer.
    pub fn digit(&self, response: &Response, layout: &Layout) -> u32 {
        let named = |name, id: &Option<String>| match id {
            Some(id) => digit_of(layout.list(name), id, 1),
            None => 0,
        };
        match self {
            Question::Seat => named("seats", &response.respondent.seat),
            Question::Structure => named("structures", &response.respondent.structure),
            Question::Full(step) => response.full_steps.iter().any(|one| one == step).into(),
            Question::Item(id) => match response.items.get(id) {
                None => 0,
                Some(ItemAnswer::DontKnow) => 1,
                Some(ItemAnswer::Level(level)) if *level > TOP_LEVEL => 0,
                Some(ItemAnswer::Level(level)) => LEVELS + u32::from(*level),
                Some(ItemAnswer::NotApplicable(reason)) => {
                    digit_of(layout.list("reasons"), reason, REASONS)
                }
            },
            Question::Domain(id, column) => {
                let answer = response.domains.get(id);
                let owner = answer.and_then(|answer| match column {
                    Column::Today => answer.today.as_ref(),
                    Column::Target => answer.target.as_ref(),
                });
                let officers = layout.list("officers");
                match owner {
                    None => 0,
                    Some(Owner::Officer(id)) => digit_of(officers, id, OFFICERS),
                    Some(Owner::Other(id)) => {
                        digit_of(layout.list("roles"), id, OFFICERS + officers.len() as u32)
                    }
                    Some(owner) => {
                        let place = OWNERS.iter().position(|one| one == owner);
                        place.map_or(0, |place| 1 + place as u32)
                    }
                }
            }
        }
    }

    /// Gives the answer of a digit below [`Question::base`].
    pub fn answer(&self, digit: u32, layout: &Layout, response: &mut Response) {
        match self {
            Question::Seat => response.respondent.seat = id_of(layout.list("seats"), digit, 1),
            Question::Structure => {
                response.respondent.structure = id_of(layout.list("structures"), digit, 1);
            }
            Question::Full(step) => {
                if digit == 1 {
                    response.full_steps.push((*step).into());
                }
            }
            Question::Item(id) => {
                let answer = match digit {
                    0 => None,
                    1 => Some(ItemAnswer::DontKnow),
                    LEVELS..REASONS => Some(ItemAnswer::Level((digit - LEVELS) as u8)),
                    _ => {
                        id_of(layout.list("reasons"), digit, REASONS).map(ItemAnswer::NotApplicable)
                    }
                };
                response.answer_item(id, answer);
            }
            Question::Domain(id, column) => {
                let officers = layout.list("officers");
                let roles = OFFICERS + officers.len() as u32;
                let owner = match digit {
                    0 => None,
                    1..OFFICERS => Some(OWNERS[digit as usize - 1].clone()),
                    _ if digit < roles => id_of(officers, digit, OFFICERS).map(Owner::Officer),
                    _ => id_of(layout.list("roles"), digit, roles).map(Owner::Other),
                };
                response.answer_domain(id, *column, owner);
            }
        }
    }
}
