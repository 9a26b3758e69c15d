//! What several respondents should talk about, in which order, and an hour for the most pressing of it.

use serde::Serialize;

use super::content::Content;
use super::ratio::{Ratio, ranked};
use super::views::{DomainComparison, DomainKind, ItemComparison, TargetKind, kinds};

/// Minutes of the conversation, of its opening and of its closing.
pub const MINUTES: usize = 60;
pub const OPENING: usize = 5;
pub const CLOSING: usize = 10;
/// The most disagreements that fit into it.
pub const TOPICS: usize = 5;

/// One thing to talk about.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum Disagreement {
    Domain {
        domain: String,
        dispute: Dispute,
        critical: bool,
        /// How the owner that it should have is seen: the disagreement may be about today alone.
        target: TargetKind,
        /// Two who show it; see [`super::views::Views::between`].
        between: [usize; 2],
    },
    Item {
        item: String,
        /// Levels between the lowest and the highest.
        gap: u8,
        between: [usize; 2],
    },
}

kinds! {
/// What a disagreement about a domain is about.
pub enum Dispute {
    Contested = "contested",
    HotPotato = "hot_potato",
    BlindSpot = "blind_spot",
    Different = "different",
    /// Not today's owner, but the one that it should have.
    Target = "target",
}
}

/// The id of the question about an item, beside those of [`Dispute`].
pub const ITEM: &str = "item";

impl Dispute {
    fn of(domain: &DomainComparison) -> Option<(Dispute, [usize; 2])> {
        let dispute = match domain.today.kind {
            DomainKind::Contested => Dispute::Contested,
            DomainKind::HotPotato => Dispute::HotPotato,
            DomainKind::BlindSpot => Dispute::BlindSpot,
            DomainKind::Different => Dispute::Different,
            _ => return domain.target.between.map(|two| (Dispute::Target, two)),
        };
        domain.today.between.map(|two| (dispute, two))
    }

    /// The lower, the sooner it is talked about.
    fn rank(self) -> usize {
        match self {
            Dispute::Contested | Dispute::HotPotato => 0,
            Dispute::BlindSpot => 1,
            Dispute::Different => 2,
            Dispute::Target => 3,
        }
    }
}

const RANKS: usize = 4;

/// Critical domains, then the other ones, each by dispute and then by weight; then items by gap times weight. Equals stand in
/// content order.
pub fn disagreements(
    content: &Content,
    domains: &[DomainComparison],
    items: &[ItemComparison],
) -> Vec<Disagreement> {
    let mut found = Vec::new();
    for critical in [true, false] {
        for rank in 0..RANKS {
            let mut weights = Vec::new();
            let mut level = Vec::new();
            for (domain, asked) in domains.iter().zip(&content.instrument.domains) {
                if let Some((dispute, between)) = Dispute::of(domain)
                    && (domain.critical, dispute.rank()) == (critical, rank)
                {
                    weights.push(Ratio::whole(asked.weight.into()));
                    level.push(Disagreement::Domain {
                        domain: domain.id.clone(),
                        dispute,
                        critical,
                        target: domain.target.kind,
                        between,
                    });
                }
            }
            found.extend(
                ranked(&weights)
                    .into_iter()
                    .map(|place| level[place].clone()),
            );
        }
    }
    let mut weights = Vec::new();
    let mut apart = Vec::new();
    for item in items {
        if let (Some(spread), Some(between)) = (item.spread, item.between) {
            // An item has its share of the step's weight, as in the score.
            let siblings = items.iter().filter(|other| other.step == item.step).count();
            let weight = content.step_of(&item.id).weight;
            weights.push(Ratio::new(
                i128::from(spread.gap) * i128::from(weight),
                siblings as i128,
            ));
            apart.push(Disagreement::Item {
                item: item.id.clone(),
                gap: spread.gap,
                between,
            });
        }
    }
    found.extend(
        ranked(&weights)
            .into_iter()
            .map(|place| apart[place].clone()),
    );
    found
}

/// A conversation about the first disagreements. The minutes of all parts make [`MINUTES`].
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Agenda {
    pub minutes: usize,
    pub opening: usize,
    pub topics: Vec<Topic>,
    pub closing: usize,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Topic {
    pub minutes: usize,
    pub about: Disagreement,
}

/// Shares the time equally; minutes that cannot be shared go to the first topics. No topic, no conversation.
pub fn agenda(disagreements: &[Disagreement]) -> Option<Agenda> {
    let topics = &disagreements[..disagreements.len().min(TOPICS)];
    let free = MINUTES - OPENING - CLOSING;
    let each = free.checked_div(topics.len())?;
    let longer = free - each * topics.len();
    let topics = topics.iter().enumerate().map(|(place, about)| Topic {
        minutes: each + usize::from(place < longer),
        about: about.clone(),
    });
    Some(Agenda {
        minutes: MINUTES,
        opening: OPENING,
        topics: topics.collect(),
        closing: CLOSING,
    })
}
