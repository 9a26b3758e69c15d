//! What two to twelve respondents say about the same company, side by side
//! (`docs/method.md`, "Two and more respondents"; `content/schema/comparison.schema.json`).
//!
//! Like a result it holds ids and numbers and no wording, but for the names that the caller gives. It makes no score of several
//! people's answers: each keeps their own.

use std::fmt;

use serde::Serialize;

use super::agenda::{self, Agenda, Disagreement};
use super::agreement::Agreement;
use super::content::Content;
use super::response::{ContentRef, Respondent, Response};
use super::result::{BandResult, Coverage, Depth, Range, ResultDocument};
use super::views::{
    self, DomainComparison, DomainKind, ItemComparison, ItemKind, TargetKind, kinds,
};

/// The value of [`Comparison::format`].
pub const FORMAT: &str = "delineate-comparison";
/// The version of the comparison document that this code writes.
pub const VERSION: u32 = 1;

/// How many respondents can be compared.
pub const FEWEST: usize = 2;
pub const MOST: usize = 12;

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
    /// The version of the content that the answers were given to.
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

kinds! {
/// What to know before reading a comparison.
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

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Notice {
    pub kind: NoticeKind,
    /// Whom it concerns.
    pub participants: Vec<usize>,
}

/// The ids of one kind, in content order.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Group<K> {
    pub kind: K,
    pub ids: Vec<String>,
}

impl Comparison {
    /// How many disagreements have no place in the agenda.
    pub fn beyond_agenda(&self) -> usize {
        let talked = self.agenda.as_ref().map_or(0, |agenda| agenda.topics.len());
        self.disagreements.len() - talked
    }

    /// The critical domains whose owners today cannot be compared, in content order.
    pub fn critical_unseen(&self) -> Vec<String> {
        let unseen = |one: &&DomainComparison| one.critical && !one.today.kind.is_comparable();
        let unseen = self.domains.iter().filter(unseen);
        unseen.map(|domain| domain.id.clone()).collect()
    }

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
        let seats: Vec<Option<&str>> = results.iter().map(|one| one.officer.as_deref()).collect();
        let domains = views::domains(content, participants, &seats);
        let items = views::items(content, participants);
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
            agreement: Agreement::new(content, &domains, &items),
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

fn own_result(content: &Content, participant: &Participant) -> ParticipantResult {
    let response = participant.response;
    let result = ResultDocument::new(content, response);
    let seat = response.respondent.seat.as_ref();
    let steps = result.steps.into_iter();
    ParticipantResult {
        name: participant.name.into(),
        content_version: response.answered.clone(),
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
