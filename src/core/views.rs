//! How each question is seen by several respondents (`docs/method.md`, rules 12 to 14).

use serde::Serialize;

use super::compare::Participant;
use super::content::Content;
use super::ratio::{Ratio, weighted_mean};
use super::response::{Column, ItemAnswer, Owner, TOP_LEVEL};

/// The largest average deviation from the mean, in levels, that still is agreement: a sixth of the number of levels.
const CUTOFF: (i128, i128) = (TOP_LEVEL as i128 + 1, 6);

/// Declares kinds that are written as their id, which is the key of their texts in the content.
macro_rules! kinds {
    ($($(#[$meta:meta])* pub enum $name:ident { $($(#[$kind_meta:meta])* $kind:ident = $id:literal,)* })*) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum $name { $($(#[$kind_meta])* $kind,)* }

        impl $name {
            pub const ALL: &[$name] = &[$($name::$kind),*];
            /// The ids of all kinds, in order.
            pub const IDS: &[&str] = &[$($id),*];

            pub fn id(self) -> &'static str {
                match self { $($name::$kind => $id,)* }
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.id())
            }
        }
    )*};
}
pub(super) use kinds;

kinds! {
/// How a domain's owner today is seen. *Naming* is every answer but *I don't know*, *nobody* included.
pub enum DomainKind {
    /// All who name say the same.
    Agreed = "agreed",
    /// Two officers each claim it.
    Contested = "contested",
    /// Two officers each give it to the other.
    HotPotato = "hot_potato",
    /// One names an owner, another says that there is none.
    BlindSpot = "blind_spot",
    /// Any other difference.
    Different = "different",
    /// Fewer than two name, and somebody does not know.
    Unknown = "unknown",
    /// Fewer than two answered at all.
    Incomplete = "incomplete",
}

/// How the owner that a domain should have is seen.
pub enum TargetKind {
    Agreed = "agreed",
    Differs = "differs",
    /// Fewer than two name one.
    Open = "open",
}

/// How an item is seen.
pub enum ItemKind {
    /// The levels lie close together.
    Agreed = "agreed",
    /// They lie apart.
    Differs = "differs",
    /// Fewer than two chose a level, because for somebody it does not apply; nobody said *I don't know*.
    NotApplicable = "not_applicable",
    /// Fewer than two chose a level, and somebody does not know.
    Unknown = "unknown",
    /// Levels were chosen, but no two of them in answer to the same words.
    OtherWords = "other_words",
    /// Fewer than two answered at all.
    Incomplete = "incomplete",
}
}

impl DomainKind {
    /// Whether at least two named, so that it counts for the agreement.
    pub fn is_comparable(self) -> bool {
        !matches!(self, DomainKind::Unknown | DomainKind::Incomplete)
    }
}

impl ItemKind {
    /// Whether at least two chose a level, so that it counts for the agreement.
    pub fn is_comparable(self) -> bool {
        matches!(self, ItemKind::Agreed | ItemKind::Differs)
    }
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct DomainComparison {
    pub id: String,
    pub group: String,
    pub critical: bool,
    pub today: Views<DomainKind>,
    pub target: Views<TargetKind>,
}

/// What the participants say about one column of a domain.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Views<K> {
    pub kind: K,
    /// The first two who show the kind, when it is a difference. In a blind spot the first of them sees the owner.
    pub between: Option<[usize; 2]>,
    /// By participant; absent where not answered, or not offered by the structure.
    pub answers: Vec<Option<Owner>>,
    /// The answers that were given, in content order, each with those who gave it.
    pub named: Vec<Named>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Named {
    pub owner: Owner,
    pub by: Vec<usize>,
}

#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ItemComparison {
    pub id: String,
    pub step: String,
    pub kind: ItemKind,
    /// One who chose the lowest and one who chose the highest level, by place, when the levels lie apart.
    pub between: Option<[usize; 2]>,
    /// By participant; absent where not asked or not answered.
    pub answers: Vec<Option<ItemAnswer>>,
    /// Whose level is not compared, because they were asked in other words.
    pub other_words: Vec<usize>,
    /// Of the levels that are compared; absent when there are fewer than two.
    pub spread: Option<Spread>,
}

/// How far the chosen levels of an item lie apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Spread {
    pub low: u8,
    pub high: u8,
    pub gap: u8,
    /// The average deviation from the mean, in levels.
    pub deviation: Ratio,
}

impl DomainComparison {
    /// Whether everybody says that nobody owns it, or both without an agreed split.
    pub fn is_shared_issue(&self) -> bool {
        let unclear = |view: &Named| matches!(view.owner, Owner::Nobody | Owner::Unsplit);
        self.today.kind == DomainKind::Agreed && self.today.named.iter().any(unclear)
    }
}

/// `seats` are the officers that the participants are, by participant.
pub fn domains(
    content: &Content,
    participants: &[Participant],
    seats: &[Option<&str>],
) -> Vec<DomainComparison> {
    let instrument = &content.instrument;
    let officers = instrument.officers.iter().cloned().map(Owner::Officer);
    let roles = instrument.roles.iter().cloned().map(Owner::Other);
    let owners: Vec<Owner> = officers
        .chain([Owner::Split, Owner::Unsplit])
        .chain(roles)
        .chain([Owner::Nobody, Owner::DontKnow])
        .collect();
    let domains = instrument.domains.iter();
    domains
        .map(|domain| {
            let answers = |column| -> Vec<Option<Owner>> {
                let all = participants.iter();
                all.map(|one| one.response.owner(content, &domain.id, column).cloned())
                    .collect()
            };
            let named = |answers: &[Option<Owner>]| -> Vec<Named> {
                let by = |owner: &Owner| Named {
                    owner: owner.clone(),
                    by: (0..answers.len())
                        .filter(|&who| answers[who].as_ref() == Some(owner))
                        .collect(),
                };
                let all = owners.iter().map(by);
                all.filter(|view| !view.by.is_empty()).collect()
            };
            let (today, target) = (answers(Column::Today), answers(Column::Target));
            let (kind, between) = today_kind(seats, &today);
            let (target_kind, target_between) = target_kind(&target);
            DomainComparison {
                id: domain.id.clone(),
                group: domain.group.clone(),
                critical: domain.critical,
                today: Views {
                    kind,
                    between,
                    named: named(&today),
                    answers: today,
                },
                target: Views {
                    kind: target_kind,
                    between: target_between,
                    named: named(&target),
                    answers: target,
                },
            }
        })
        .collect()
}

/// The places of those who name an owner, or say that there is none.
fn naming(answers: &[Option<Owner>]) -> Vec<usize> {
    let names = |who: &usize| !matches!(answers[*who], None | Some(Owner::DontKnow));
    (0..answers.len()).filter(names).collect()
}

/// The first two, in order, of whom this holds.
fn first_pair(places: &[usize], holds: impl Fn(usize, usize) -> bool) -> Option<[usize; 2]> {
    let mut rest = places;
    while let [first, others @ ..] = rest {
        if let Some(second) = others.iter().find(|second| holds(*first, **second)) {
            return Some([*first, *second]);
        }
        rest = others;
    }
    None
}

/// `seats` are the officers that the participants are, `answers` what they say; both by participant.
fn today_kind(
    seats: &[Option<&str>],
    answers: &[Option<Owner>],
) -> (DomainKind, Option<[usize; 2]>) {
    // Whether `who` gives the domain to the officer that `to` is.
    let gives = |who: usize, to: usize| match (&answers[who], seats[to]) {
        (Some(Owner::Officer(id)), Some(seat)) => id == seat,
        _ => false,
    };
    let says_nobody = |who: usize| answers[who] == Some(Owner::Nobody);
    let shows = |kind: DomainKind, a: usize, b: usize| match kind {
        DomainKind::Contested => seats[a] != seats[b] && gives(a, a) && gives(b, b),
        DomainKind::HotPotato => seats[a] != seats[b] && gives(a, b) && gives(b, a),
        DomainKind::BlindSpot => says_nobody(a) != says_nobody(b),
        _ => answers[a] != answers[b],
    };
    let naming = naming(answers);
    for kind in [
        DomainKind::Contested,
        DomainKind::HotPotato,
        DomainKind::BlindSpot,
        DomainKind::Different,
    ] {
        if let Some([a, b]) = first_pair(&naming, |a, b| shows(kind, a, b)) {
            let turned = kind == DomainKind::BlindSpot && says_nobody(a);
            return (kind, Some(if turned { [b, a] } else { [a, b] }));
        }
    }
    let answered = answers.iter().flatten().count();
    let kind = match (naming.len() >= 2, answered >= 2) {
        (true, _) => DomainKind::Agreed,
        (false, true) => DomainKind::Unknown,
        (false, false) => DomainKind::Incomplete,
    };
    (kind, None)
}

fn target_kind(answers: &[Option<Owner>]) -> (TargetKind, Option<[usize; 2]>) {
    let naming = naming(answers);
    let between = first_pair(&naming, |a, b| answers[a] != answers[b]);
    let kind = match (naming.len() >= 2, between.is_some()) {
        (false, _) => TargetKind::Open,
        (true, true) => TargetKind::Differs,
        (true, false) => TargetKind::Agreed,
    };
    (kind, between)
}

/// The items that at least two participants are asked.
pub fn items(content: &Content, participants: &[Participant]) -> Vec<ItemComparison> {
    let mut items = Vec::new();
    for step in &content.instrument.steps {
        for item in &step.items {
            let asks = |one: &Participant| one.response.asked_items(step).contains(item);
            if participants.iter().filter(|one| asks(one)).count() < 2 {
                continue;
            }
            let answer = |one: &Participant| -> Option<ItemAnswer> {
                one.response.items.get(item).filter(|_| asks(one)).cloned()
            };
            let answers: Vec<Option<ItemAnswer>> = participants.iter().map(answer).collect();
            let structures: Vec<&str> = participants
                .iter()
                .map(|one| content.structure(one.response).id.as_str())
                .collect();
            let (levels, other_words) = comparable(content, item, &structures, &answers);
            let (kind, between, spread) = item_kind(&answers, &levels, !other_words.is_empty());
            items.push(ItemComparison {
                id: item.clone(),
                step: step.id.clone(),
                kind,
                between,
                answers,
                other_words,
                spread,
            });
        }
    }
    items
}

/// The levels that answer the same words, where most do so, and the places of those who chose one in answer to other words. Where no two
/// answer the same words, none can be compared.
fn comparable(
    content: &Content,
    item: &str,
    structures: &[&str],
    answers: &[Option<ItemAnswer>],
) -> (Vec<(usize, u8)>, Vec<usize>) {
    let variants = &content.item(item).variants;
    // The structure that has words of its own, or none for the usual words.
    let words = |who: usize| Some(structures[who]).filter(|id| variants.get(id).is_some());
    let chosen: Vec<(usize, u8)> = answers
        .iter()
        .enumerate()
        .filter_map(|(who, answer)| match answer {
            Some(ItemAnswer::Level(level)) => Some((who, *level)),
            _ => None,
        })
        .collect();
    let all = content.instrument.structures.iter();
    let mut most: Vec<(usize, u8)> = Vec::new();
    for asked in std::iter::once(None).chain(all.map(|one| Some(one.id.as_str()))) {
        let same = chosen.iter().filter(|(who, _)| words(*who) == asked);
        let same: Vec<(usize, u8)> = same.copied().collect();
        if same.len() > most.len() {
            most = same;
        }
    }
    if most.len() < 2 && chosen.len() >= 2 {
        most.clear();
    }
    let others = chosen.iter().filter(|one| !most.contains(one));
    let others = others.map(|(who, _)| *who).collect();
    (most, others)
}

/// `levels` are those that are compared; `others` says whether there are such in answer to other words.
fn item_kind(
    answers: &[Option<ItemAnswer>],
    levels: &[(usize, u8)],
    others: bool,
) -> (ItemKind, Option<[usize; 2]>, Option<Spread>) {
    let Some(spread) = spread(levels) else {
        if others {
            return (ItemKind::OtherWords, None, None);
        }
        let given = || answers.iter().flatten();
        let unknown = given().any(|answer| *answer == ItemAnswer::DontKnow);
        let kind = match (given().count() >= 2, unknown) {
            (false, _) => ItemKind::Incomplete,
            (true, true) => ItemKind::Unknown,
            (true, false) => ItemKind::NotApplicable,
        };
        return (kind, None, None);
    };
    if spread.deviation <= Ratio::new(CUTOFF.0, CUTOFF.1) {
        return (ItemKind::Agreed, None, Some(spread));
    }
    let who = |level: u8| levels.iter().find(|(_, own)| *own == level);
    let between = who(spread.low)
        .zip(who(spread.high))
        .map(|((a, _), (b, _))| [*a.min(b), *a.max(b)]);
    (ItemKind::Differs, between, Some(spread))
}

/// Of at least two levels.
fn spread(levels: &[(usize, u8)]) -> Option<Spread> {
    if levels.len() < 2 {
        return None;
    }
    let levels = || levels.iter().map(|(_, level)| *level);
    let (low, high) = (levels().min()?, levels().max()?);
    let mean = weighted_mean(levels().map(|level| (1, Some(Ratio::whole(level.into())))))?;
    let deviations = levels().map(|level| {
        let level = Ratio::whole(level.into());
        let deviation = if level < mean {
            mean - level
        } else {
            level - mean
        };
        (1, Some(deviation))
    });
    Some(Spread {
        low,
        high,
        gap: high - low,
        deviation: weighted_mean(deviations)?,
    })
}
