//! How often several respondents say the same (`docs/method.md`, rule 15).

use serde::Serialize;

use super::content::Content;
use super::ratio::{Ratio, weighted_mean};
use super::views::{DomainComparison, DomainKind, ItemComparison, ItemKind};

/// How often the participants say the same. Percentages are 0 to 100.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Agreement {
    /// Rounded; absent when fewer than half of the asked questions can be compared.
    pub percent: Option<i64>,
    pub exact: Option<Ratio>,
    pub map: Share,
    pub practice: Share,
    /// Questions of both halves.
    pub comparable: usize,
    /// Questions asked of at least two participants.
    pub asked: usize,
}

/// The agreement in one half.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Share {
    pub agreed: usize,
    pub comparable: usize,
    pub asked: usize,
    /// Weighted as in the score, 0 to 100; absent when nothing can be compared.
    pub exact: Option<Ratio>,
    pub percent: Option<i64>,
}

impl Share {
    /// Questions about which nothing can be said, as fewer than two answers can be compared.
    pub fn rest(&self) -> usize {
        self.asked - self.comparable
    }
}

/// One for agreement and none for difference, where the question can be compared.
fn worth(comparable: bool, agreed: bool) -> Option<Ratio> {
    comparable.then_some(if agreed { Ratio::ONE } else { Ratio::ZERO })
}

fn percent(share: Ratio) -> Ratio {
    share * Ratio::whole(100)
}

impl Agreement {
    pub fn new(
        content: &Content,
        domains: &[DomainComparison],
        items: &[ItemComparison],
    ) -> Agreement {
        let instrument = &content.instrument;
        let of_domain = |domain: &DomainComparison| {
            let kind = domain.today.kind;
            worth(kind.is_comparable(), kind == DomainKind::Agreed)
        };
        let of_item =
            |item: &ItemComparison| worth(item.kind.is_comparable(), item.kind == ItemKind::Agreed);
        let weights = instrument.domains.iter().map(|domain| domain.weight);
        let map = weighted_mean(weights.zip(domains.iter().map(of_domain)));
        let practice = weighted_mean(instrument.steps.iter().map(|step| {
            let own = items.iter().filter(|item| item.step == step.id);
            let share = weighted_mean(own.map(|item| (1, of_item(item))));
            (step.weight, share)
        }));
        let share = |values: Vec<Option<Ratio>>, whole: Option<Ratio>| Share {
            agreed: values
                .iter()
                .filter(|value| **value == Some(Ratio::ONE))
                .count(),
            comparable: values.iter().flatten().count(),
            asked: values.len(),
            exact: whole.map(percent),
            percent: whole.map(|whole| percent(whole).round()),
        };
        let map_share = share(domains.iter().map(of_domain).collect(), map);
        let practice_share = share(items.iter().map(of_item).collect(), practice);
        let comparable = map_share.comparable + practice_share.comparable;
        let asked = map_share.asked + practice_share.asked;
        let halves = &instrument.scoring.weights;
        let whole = weighted_mean([(halves.delineation, map), (halves.practice, practice)])
            .filter(|_| comparable * 2 >= asked)
            .map(percent);
        Agreement {
            percent: whole.map(Ratio::round),
            exact: whole,
            map: map_share,
            practice: practice_share,
            comparable,
            asked,
        }
    }
}
