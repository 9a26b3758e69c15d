//! What two to twelve respondents say about the same company, side by side
//! (`docs/method.md`, "Two and more respondents"; `content/schema/comparison.schema.json`).
//!
//! Like a result it holds ids and numbers and no wording, but for the names that the caller gives. It makes no score of several
//! people's answers: each keeps their own.

use std::fmt;

use serde::Serialize;

use super::agenda::{self, Agenda, Disagreement};
use super::content::Content;
use super::ratio::{Ratio, weighted_mean};
use super::response::{Column, ContentRef, ItemAnswer, Owner, Respondent, Response, TOP_LEVEL};
use super::result::{BandResult, Coverage, Depth, Range, ResultDocument};

/// The value of [`Comparison::format`].
pub const FORMAT: &str = "delineate-comparison";
/// The version of the comparison document that this code writes.
pub const VERSION: u32 = 1;

/// How many respondents can be compared.
pub const FEWEST: usize = 2;
pub const MOST: usize = 12;

/// The largest average deviation from the mean, in levels, that still is agreement: a sixth of the number of levels.
const CUTOFF: (i128, i128) = (TOP_LEVEL as i128 + 1, 6);

/// One of those who are compared.
#[derive(Clone, Copy, Debug)]
pub struct Participant<'a> {
    /// What the caller calls them; need not be unique.
    pub name: &'a str,
    pub response: &'a Response,
}

/// Why these responses cannot be compared.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ComparisonProblem {
    /// Fewer than [`FEWEST`], or more than [`MOST`]: how many there were.
    Number(usize),
    /// Answers that the content cannot read: whose, by place, and to what.
    OtherContent {
        participant: usize,
        found: ContentRef,
    },
}

impl fmt::Display for ComparisonProblem {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Number(found) => write!(
                f,
                "{FEWEST} to {MOST} responses can be compared, and there are {found}"
            ),
            Self::OtherContent { participant, found } => write!(
                f,
                "response {}: these are answers to \"{}\" version {}, which is not the content at hand",
                participant + 1,
                found.id,
                found.version
            ),
        }
    }
}

/// Everything that follows from the responses together. Participants are named by their place, from 0, in the order given.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Comparison {
    pub format: &'static str,
    pub version: u32,
    pub content: ContentRef,
    pub scoring_version: u32,
    pub participants: Vec<ParticipantResult>,
    /// What to know before reading on.
    pub notices: Vec<Notice>,
    pub agreement: Agreement,
    pub domains: Vec<DomainComparison>,
    /// The domains by how their owners today are seen: every kind, in order.
    pub today: Vec<Group<DomainKind>>,
    /// The domains by how their future owners are seen.
    pub target: Vec<Group<TargetKind>>,
    /// Domains which everybody says nobody owns, or both without an agreed split: agreement about something that is not settled.
    pub shared_issues: Vec<String>,
    /// The items that at least two participants were asked.
    pub items: Vec<ItemComparison>,
    /// The items by how they are seen.
    pub levels: Vec<Group<ItemKind>>,
    /// What to talk about, the most pressing first.
    pub disagreements: Vec<Disagreement>,
    /// Absent when there is nothing to talk about.
    pub agenda: Option<Agenda>,
}

/// What one participant's own answers say, as in their own result.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ParticipantResult {
    pub name: String,
    pub content_version: String,
    pub respondent: Respondent,
    /// The officer whose seat the participant has, if it is one.
    pub officer: Option<String>,
    pub depth: Depth,
    pub score: Option<i64>,
    pub practice: Option<i64>,
    pub delineation: Option<i64>,
    pub band: Option<BandResult>,
    pub range: Option<Range>,
    pub coverage: Coverage,
    pub steps: Vec<StepScore>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct StepScore {
    pub id: String,
    /// Absent where the participant's own result shows none.
    pub score: Option<i64>,
}

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
    /// Fewer than two answered at all.
    Incomplete = "incomplete",
}

pub enum NoticeKind {
    /// These participants gave the same answers to everything: one person twice, perhaps.
    Identical = "identical",
    /// The responses answer different versions of the content.
    Versions = "versions",
    /// The participants describe different structures, so they were not offered the same owners.
    Structures = "structures",
    /// Not two officers are among the participants, so claims and hand-overs cannot show.
    Officers = "officers",
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
pub struct Notice {
    pub kind: NoticeKind,
    /// Whom it concerns.
    pub participants: Vec<usize>,
}

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

/// The ids of one kind, in content order.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Group<K> {
    pub kind: K,
    pub ids: Vec<String>,
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
    /// Absent when fewer than two chose a level.
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

impl Comparison {
    /// Compares the participants' answers. The order of the participants changes no number and no kind, only who is called by which place.
    pub fn new(
        content: &Content,
        participants: &[Participant],
    ) -> Result<Comparison, ComparisonProblem> {
        if !(FEWEST..=MOST).contains(&participants.len()) {
            return Err(ComparisonProblem::Number(participants.len()));
        }
        let reference = content.reference();
        for (index, participant) in participants.iter().enumerate() {
            let found = &participant.response.content;
            if !reference.reads(found) {
                return Err(ComparisonProblem::OtherContent {
                    participant: index,
                    found: found.clone(),
                });
            }
        }
        let instrument = &content.instrument;
        let results: Vec<ParticipantResult> = participants
            .iter()
            .map(|participant| own_result(content, participant))
            .collect();
        let domains = domains(content, participants, &results);
        let items = items(content, participants);
        let disagreements = agenda::disagreements(content, &domains, &items);
        let ids = |test: &dyn Fn(&DomainComparison) -> bool| -> Vec<String> {
            let hits = domains.iter().filter(|domain| test(domain));
            hits.map(|domain| domain.id.clone()).collect()
        };
        let today = DomainKind::ALL.iter().map(|&kind| Group {
            kind,
            ids: ids(&|domain| domain.today.kind == kind),
        });
        let target = TargetKind::ALL.iter().map(|&kind| Group {
            kind,
            ids: ids(&|domain| domain.target.kind == kind),
        });
        let levels = ItemKind::ALL.iter().map(|&kind| {
            let hits = items.iter().filter(|item| item.kind == kind);
            Group {
                kind,
                ids: hits.map(|item| item.id.clone()).collect(),
            }
        });
        Ok(Comparison {
            format: FORMAT,
            version: VERSION,
            content: reference,
            scoring_version: instrument.scoring.version,
            notices: notices(content, participants, &results),
            agreement: agreement(content, &domains, &items),
            today: today.collect(),
            target: target.collect(),
            shared_issues: ids(&DomainComparison::is_shared_issue),
            levels: levels.collect(),
            agenda: agenda::agenda(&disagreements),
            disagreements,
            participants: results,
            domains,
            items,
        })
    }

    /// The document as it is exported: indented, with a final newline.
    pub fn to_json(&self) -> String {
        let json = serde_json::to_string_pretty(self);
        json.expect("a comparison has only string keys and serialises") + "\n"
    }
}

impl DomainComparison {
    fn is_shared_issue(&self) -> bool {
        let unclear = |view: &Named| matches!(view.owner, Owner::Nobody | Owner::Unsplit);
        self.today.kind == DomainKind::Agreed && self.today.named.iter().any(unclear)
    }
}

fn own_result(content: &Content, participant: &Participant) -> ParticipantResult {
    let response = participant.response;
    let result = ResultDocument::new(content, response);
    let seat = response.respondent.seat.as_ref();
    let steps = result.steps.into_iter();
    ParticipantResult {
        name: participant.name.into(),
        content_version: response.content.version.clone(),
        officer: seat
            .filter(|seat| content.instrument.officers.contains(seat))
            .cloned(),
        respondent: result.respondent,
        depth: result.depth,
        score: result.score,
        practice: result.practice.rounded,
        delineation: result.delineation.rounded,
        band: result.band,
        range: result.range,
        coverage: result.coverage,
        steps: steps
            .map(|step| StepScore {
                id: step.id,
                score: step.score,
            })
            .collect(),
    }
}

fn domains(
    content: &Content,
    participants: &[Participant],
    results: &[ParticipantResult],
) -> Vec<DomainComparison> {
    let instrument = &content.instrument;
    let officers = instrument.officers.iter().cloned().map(Owner::Officer);
    let roles = instrument.roles.iter().cloned().map(Owner::Other);
    let owners: Vec<Owner> = officers
        .chain([Owner::Split, Owner::Unsplit])
        .chain(roles)
        .chain([Owner::Nobody, Owner::DontKnow])
        .collect();
    let seats: Vec<Option<&str>> = results.iter().map(|one| one.officer.as_deref()).collect();
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
            let (kind, between) = today_kind(&seats, &today);
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
    let contested = |a: usize, b: usize| seats[a] != seats[b] && gives(a, a) && gives(b, b);
    let hot_potato = |a: usize, b: usize| seats[a] != seats[b] && gives(a, b) && gives(b, a);
    let blind_spot = |a: usize, b: usize| says_nobody(a) != says_nobody(b);
    let different = |a: usize, b: usize| answers[a] != answers[b];

    let naming = naming(answers);
    let differences: [(DomainKind, &dyn Fn(usize, usize) -> bool); 4] = [
        (DomainKind::Contested, &contested),
        (DomainKind::HotPotato, &hot_potato),
        (DomainKind::BlindSpot, &blind_spot),
        (DomainKind::Different, &different),
    ];
    for (kind, holds) in differences {
        if let Some([a, b]) = first_pair(&naming, holds) {
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

fn items(content: &Content, participants: &[Participant]) -> Vec<ItemComparison> {
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
            let (kind, between, spread) = item_kind(&answers);
            items.push(ItemComparison {
                id: item.clone(),
                step: step.id.clone(),
                kind,
                between,
                answers,
                spread,
            });
        }
    }
    items
}

fn item_kind(answers: &[Option<ItemAnswer>]) -> (ItemKind, Option<[usize; 2]>, Option<Spread>) {
    let levels: Vec<(usize, u8)> = answers
        .iter()
        .enumerate()
        .filter_map(|(who, answer)| match answer {
            Some(ItemAnswer::Level(level)) => Some((who, *level)),
            _ => None,
        })
        .collect();
    let Some(spread) = spread(&levels) else {
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

/// One for agreement and none for difference, where the question can be compared.
fn worth(comparable: bool, agreed: bool) -> Option<Ratio> {
    comparable.then_some(if agreed { Ratio::ONE } else { Ratio::ZERO })
}

fn percent(share: Ratio) -> Ratio {
    share * Ratio::whole(100)
}

fn agreement(
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

fn notices(
    content: &Content,
    participants: &[Participant],
    results: &[ParticipantResult],
) -> Vec<Notice> {
    let mut notices = Vec::new();
    let everybody: Vec<usize> = (0..participants.len()).collect();
    // Whoever answered nothing at all is like nobody.
    let twins = |a: usize, b: usize| {
        let (one, other) = (participants[a].response, participants[b].response);
        let answered = !one.items.is_empty() || !one.domains.is_empty();
        answered && one.items == other.items && one.domains == other.domains
    };
    for &who in &everybody {
        let same: Vec<usize> = everybody
            .iter()
            .copied()
            .filter(|&other| twins(who, other))
            .collect();
        // Each set of twins is told once, by the first of them.
        if same.len() > 1 && same[0] == who {
            notices.push(Notice {
                kind: NoticeKind::Identical,
                participants: same,
            });
        }
    }
    let differ = |of: &dyn Fn(usize) -> String| everybody.iter().any(|&who| of(who) != of(0));
    let versions = differ(&|who| results[who].content_version.clone());
    let structures = differ(&|who| content.structure(participants[who].response).id.clone());
    let officers: Vec<&String> = results
        .iter()
        .filter_map(|one| one.officer.as_ref())
        .collect();
    let one_side = officers.iter().all(|officer| *officer == officers[0]);
    for (kind, holds) in [
        (NoticeKind::Versions, versions),
        (NoticeKind::Structures, structures),
        (NoticeKind::Officers, one_side),
    ] {
        if holds {
            notices.push(Notice {
                kind,
                participants: everybody.clone(),
            });
        }
    }
    notices
}
