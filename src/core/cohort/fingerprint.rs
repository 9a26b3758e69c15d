//! One number for all that a response answers, by which a repeated one is found.

use super::super::content::Content;
use super::super::response::{Column, ItemAnswer, Owner, Response};

/// FNV-1a in 128 bits: two different ones among 100,000 respondents agree by chance once in 10^28 cohorts.
struct Hash(u128);

impl Hash {
    fn new() -> Hash {
        Hash(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }

    /// A number of at most 32 bits.
    fn number(&mut self, number: usize) {
        for byte in (number as u32).to_le_bytes() {
            self.0 = (self.0 ^ u128::from(byte)).wrapping_mul(0x0100_0000_0000_0000_0000_013b);
        }
    }

    /// A place in a list, or that there is none.
    fn place(&mut self, place: Option<usize>) {
        self.number(place.map_or(0, |place| place + 1));
    }

    fn item(&mut self, content: &Content, answer: Option<&ItemAnswer>) {
        match answer {
            None => self.number(0),
            Some(ItemAnswer::DontKnow) => self.number(1),
            Some(ItemAnswer::NotApplicable(reason)) => {
                self.number(2);
                let reasons = &content.instrument.not_applicable_reasons;
                self.place(reasons.iter().position(|id| id == reason));
            }
            Some(ItemAnswer::Level(level)) => self.number(3 + usize::from(*level)),
        }
    }

    fn owner(&mut self, content: &Content, owner: Option<&Owner>) {
        let instrument = &content.instrument;
        match owner {
            None => self.number(0),
            Some(Owner::DontKnow) => self.number(1),
            Some(Owner::Split) => self.number(2),
            Some(Owner::Unsplit) => self.number(3),
            Some(Owner::Nobody) => self.number(4),
            Some(Owner::Officer(id)) => {
                self.number(5);
                self.place(instrument.officers.iter().position(|officer| officer == id));
            }
            Some(Owner::Other(id)) => {
                self.number(6);
                self.place(instrument.roles.iter().position(|role| role == id));
            }
        }
    }
}

/// The fingerprint of everything that the check asks: who answers, how much is asked, the asked items and both columns of
/// the map. What plays no part in a result plays none here, so a response and its result have the same one.
pub(super) fn fingerprint(content: &Content, response: &Response) -> u128 {
    let instrument = &content.instrument;
    let mut hash = Hash::new();
    let seat = response.respondent.seat.as_ref();
    hash.place(seat.and_then(|id| instrument.seats.iter().position(|seat| seat == id)));
    let structure = response.respondent.structure.as_ref();
    hash.place(structure.and_then(|id| instrument.structures.iter().position(|one| one.id == *id)));
    for step in &instrument.steps {
        let asked = response.asked_items(step);
        hash.number(asked.len());
        for item in asked {
            hash.item(content, response.items.get(item));
        }
    }
    for domain in &instrument.domains {
        for column in [Column::Today, Column::Target] {
            hash.owner(content, response.owner(content, &domain.id, column));
        }
    }
    hash.0
}
