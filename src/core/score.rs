//! The arithmetic of the instrument (`docs/method.md`, "The arithmetic"), on exact fractions of one.

use super::content::{Cap, Clarity, Content};
use super::ratio::{Ratio, ranked, weighted_mean};
use super::response::{Column, ItemAnswer, Owner, Response, TOP_LEVEL};

/// What one asked question contributes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Value {
    /// A level, or an owner that is known: 0 to 1.
    Counted(Ratio),
    /// Not applicable: settled, and out of every denominator.
    Away,
    /// Asked, and answered by *I don't know*.
    Unknown,
    /// Asked, and not answered.
    Skipped,
}

impl Value {
    pub fn counted(self) -> Option<Ratio> {
        match self {
            Value::Counted(value) => Some(value),
            _ => None,
        }
    }

    pub fn is_settled(self) -> bool {
        matches!(self, Value::Counted(_) | Value::Away)
    }

    fn or(self, open: Option<Ratio>) -> Option<Ratio> {
        match self {
            Value::Counted(value) => Some(value),
            Value::Away => None,
            Value::Unknown | Value::Skipped => open,
        }
    }
}

/// The asked questions of a check as numbers: the only thing that the arithmetic looks at.
#[derive(Clone, PartialEq, Debug)]
pub struct Sheet {
    /// In content order; per step its asked items, the headline item first.
    pub steps: Vec<Vec<Value>>,
    /// In content order.
    pub domains: Vec<Value>,
}

/// A question's place in a [`Sheet`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    Item { step: usize, item: usize },
    Domain(usize),
}

/// The numbers of one sheet; each is absent when nothing that it is made of has a value. Fractions of one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scores {
    pub steps: Vec<Option<Ratio>>,
    pub practice: Option<Ratio>,
    pub delineation: Option<Ratio>,
    pub score: Option<Ratio>,
}

pub fn item_value(answer: Option<&ItemAnswer>) -> Value {
    match answer {
        Some(ItemAnswer::Level(level)) => {
            Value::Counted(Ratio::new((*level).into(), TOP_LEVEL.into()))
        }
        Some(ItemAnswer::NotApplicable(_)) => Value::Away,
        Some(ItemAnswer::DontKnow) => Value::Unknown,
        None => Value::Skipped,
    }
}

pub fn domain_value(clarity: &Clarity, owner: Option<&Owner>) -> Value {
    let percent = match owner {
        Some(Owner::Officer(_) | Owner::Other(_)) => clarity.owner,
        Some(Owner::Split) => clarity.split,
        Some(Owner::Unsplit) => clarity.unsplit,
        Some(Owner::Nobody) => clarity.nobody,
        Some(Owner::DontKnow) => return Value::Unknown,
        None => return Value::Skipped,
    };
    Value::Counted(Ratio::new(percent.into(), 100))
}

impl Sheet {
    pub fn new(content: &Content, response: &Response) -> Sheet {
        let instrument = &content.instrument;
        let clarity = &instrument.scoring.clarity_percent;
        Sheet {
            steps: instrument
                .steps
                .iter()
                .map(|step| {
                    let items = response.asked_items(step).iter();
                    items.map(|id| item_value(response.items.get(id))).collect()
                })
                .collect(),
            domains: instrument
                .domains
                .iter()
                .map(|domain| {
                    domain_value(clarity, response.owner(content, &domain.id, Column::Today))
                })
                .collect(),
        }
    }

    /// The scores of the questions that have a value.
    pub fn scores(&self, content: &Content) -> Scores {
        self.scores_with(content, None)
    }

    /// The lowest and the highest score that the open questions still allow.
    pub fn range(&self, content: &Content) -> Option<(Ratio, Ratio)> {
        let low = self.scores_with(content, Some(Ratio::ZERO)).score?;
        let high = self.scores_with(content, Some(Ratio::ONE)).score?;
        Some((low, high))
    }

    fn scores_with(&self, content: &Content, open: Option<Ratio>) -> Scores {
        let instrument = &content.instrument;
        let steps: Vec<Option<Ratio>> = self
            .steps
            .iter()
            .map(|items| weighted_mean(items.iter().map(|value| (1, value.or(open)))))
            .collect();
        let weights = instrument.steps.iter().map(|step| step.weight);
        let practice = weighted_mean(weights.zip(steps.iter().copied()));
        let weights = instrument.domains.iter().map(|domain| domain.weight);
        let values = self.domains.iter().map(|value| value.or(open));
        let delineation = weighted_mean(weights.zip(values));
        let halves = &instrument.scoring.weights;
        let score = weighted_mean([
            (halves.delineation, delineation),
            (halves.practice, practice),
        ]);
        Scores {
            steps,
            practice,
            delineation,
            score,
        }
    }

    pub fn value(&self, place: Place) -> Value {
        match place {
            Place::Item { step, item } => self.steps[step][item],
            Place::Domain(domain) => self.domains[domain],
        }
    }

    /// Every asked question, items first, in content order.
    pub fn places(&self) -> Vec<Place> {
        let items =
            self.steps.iter().enumerate().flat_map(|(step, items)| {
                (0..items.len()).map(move |item| Place::Item { step, item })
            });
        items
            .chain((0..self.domains.len()).map(Place::Domain))
            .collect()
    }

    /// What each counted question carries of the score.
    pub fn shares(&self, content: &Content) -> Shares {
        let instrument = &content.instrument;
        let counted = |value: &Value| u32::from(value.counted().is_some());
        let count = |items: &Vec<Value>| items.iter().map(counted).sum();
        let counts: Vec<u32> = self.steps.iter().map(count).collect();
        let steps = || instrument.steps.iter().zip(&counts);
        let of_steps: u32 = steps()
            .map(|(step, count)| step.weight * count.min(&1))
            .sum();
        let domains = instrument.domains.iter();
        let values = domains.clone().zip(&self.domains);
        let of_domains: u32 = values
            .map(|(domain, value)| domain.weight * counted(value))
            .sum();
        let halves = &instrument.scoring.weights;
        let practice = halves.practice * of_steps.min(1);
        let delineation = halves.delineation * of_domains.min(1);
        let share = |half: u32, weight: u32, of: u32, count: u32| {
            let whole = [practice + delineation, of, count].map(i128::from);
            let whole = whole.iter().product();
            (whole > 0).then(|| Ratio::new(i128::from(half) * i128::from(weight), whole))
        };
        Shares {
            items: steps()
                .map(|(step, count)| share(practice, step.weight, of_steps, *count))
                .collect(),
            domains: domains
                .map(|domain| share(delineation, domain.weight, of_domains, 1))
                .collect(),
        }
    }
}

/// What the score gains when a counted question goes from nothing to one, as a fraction of one. The score is linear in each
/// counted value, so this says all about changing one, and needs no second score.
pub struct Shares {
    /// Of one item, by step; absent where the step has no counted item.
    items: Vec<Option<Ratio>>,
    /// By domain; absent where no domain is counted.
    domains: Vec<Option<Ratio>>,
}

impl Shares {
    /// The share of a question that is counted; of no meaning for another one.
    pub fn of(&self, place: Place) -> Option<Ratio> {
        match place {
            Place::Item { step, .. } => self.items[step],
            Place::Domain(domain) => self.domains[domain],
        }
    }
}

/// Index of the band in which a rounded score lies.
pub fn band_of(content: &Content, rounded: i64) -> usize {
    let bands = &content.instrument.scoring.bands;
    bands
        .iter()
        .rposition(|band| i64::from(band.from) <= rounded)
        .unwrap_or(0)
}

/// Index of the highest band that this many critical issues leave open, and the rule that says so. Of several that
/// leave the same band, the first.
pub fn cap_of(content: &Content, critical_issues: usize) -> (usize, Option<&Cap>) {
    let scoring = &content.instrument.scoring;
    let mut lowest = (scoring.bands.len() - 1, None);
    for cap in &scoring.caps {
        let band = scoring.bands.iter().position(|band| band.id == cap.band);
        if let Some(band) = band
            && cap.critical_issues as usize <= critical_issues
            && band < lowest.0
        {
            lowest = (band, Some(cap));
        }
    }
    lowest
}

/// A way to raise one question: a number of equal moves, each worth the same.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Raise {
    pub place: Place,
    /// How many moves are to be had here.
    pub moves: usize,
    /// What one of them adds to the score, as a fraction of one.
    pub gain: Ratio,
    /// Whether the move also settles a critical issue.
    pub critical: bool,
}

/// The moves that a sheet still allows: one level up for an item, a single owner for a domain.
pub fn raises(content: &Content, sheet: &Sheet, critical: impl Fn(usize) -> bool) -> Vec<Raise> {
    let single_owner = Ratio::new(content.instrument.scoring.clarity_percent.owner.into(), 100);
    let level = Ratio::new(1, TOP_LEVEL.into());
    let shares = sheet.shares(content);
    let mut raises = Vec::new();
    for place in sheet.places() {
        let (Some(value), Some(share)) = (sheet.value(place).counted(), shares.of(place)) else {
            continue;
        };
        let (top, moves, next) = match place {
            Place::Item { .. } => {
                let left = (Ratio::ONE - value) * Ratio::whole(TOP_LEVEL.into());
                (Ratio::ONE, left.round() as usize, value + level)
            }
            Place::Domain(_) => (single_owner, 1, single_owner),
        };
        if value < top {
            raises.push(Raise {
                place,
                moves,
                gain: (next - value) * share,
                critical: matches!(place, Place::Domain(index) if critical(index)),
            });
        }
    }
    raises
}

/// How far the next band is: its index, and for each raise used the number of moves.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Path {
    pub band: usize,
    pub moves: Vec<(Raise, usize)>,
    /// The score at its end, as a fraction of one.
    pub score: Ratio,
}

/// The fewest moves into the band above `band`, and among those the most points.
///
/// The moves add up (no denominator changes when an answer that counts is raised), so with a number of critical issues that
/// must be settled the best set of a given size is exact: first the critical ones that add most, then whatever adds most.
pub fn path_to_next_band(
    content: &Content,
    score: Ratio,
    band: usize,
    critical_issues: usize,
    raises: &[Raise],
) -> Option<Path> {
    let bands = &content.instrument.scoring.bands;
    let target = band + 1;
    let needed = i64::from(bands.get(target)?.from);
    let must_settle = (0..=critical_issues)
        .find(|settled| cap_of(content, critical_issues - settled).0 >= target)?;

    let mut singles: Vec<&Raise> = Vec::new();
    for raise in raises {
        singles.extend(std::iter::repeat_n(raise, raise.moves));
    }
    let gains: Vec<Ratio> = singles.iter().map(|raise| raise.gain).collect();
    let ranked: Vec<&Raise> = ranked(&gains)
        .into_iter()
        .map(|place| singles[place])
        .collect();
    let first: Vec<&Raise> = ranked
        .iter()
        .filter(|raise| raise.critical)
        .take(must_settle)
        .copied()
        .collect();
    if first.len() < must_settle {
        return None;
    }
    let settles = |raise: &Raise| first.iter().any(|other| other.place == raise.place);
    let mut free = ranked.iter().filter(|raise| !settles(raise));

    let mut reached = score;
    let mut taken: Vec<&Raise> = Vec::new();
    for raise in &first {
        reached = reached + raise.gain;
        taken.push(raise);
    }
    while (reached * Ratio::whole(100)).round() < needed {
        let raise = free.next()?;
        reached = reached + raise.gain;
        taken.push(raise);
    }
    Some(Path {
        // More points, or more settled issues than needed, may lead past the target.
        band: target,
        moves: raises
            .iter()
            .filter_map(|raise| {
                let times = taken.iter().filter(|t| t.place == raise.place).count();
                (times > 0).then(|| (raise.clone(), times))
            })
            .collect(),
        score: reached,
    })
}
