//! The result document: every number that a page, a chart, a print or an export shows
//! (`content/schema/result.schema.json`).
//!
//! It holds ids and numbers and no wording, so it is the same in every language; [`super::wording`] turns it into sentences.

use serde::Serialize;

use super::charter::{self, CharterLine};
use super::content::Content;
use super::findings::{self, Finding};
use super::plan::{self, Horizon};
use super::ratio::{Ratio, ranked};
use super::response::{Column, ContentRef, ItemAnswer, Owner, Respondent, Response, TOP_LEVEL};
use super::score::{self, Place, Scores, Sheet, Value};

/// The value of [`ResultDocument::format`].
pub const FORMAT: &str = "delineate-result";
/// The version of the result document that this code writes.
pub const VERSION: u32 = 2;

/// How many priorities a result names.
pub const PRIORITIES: usize = 3;

/// Everything that follows from a response. Points and scores are on a scale from 0 to 100.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ResultDocument {
    pub format: &'static str,
    pub version: u32,
    pub content: ContentRef,
    pub scoring_version: u32,
    pub respondent: Respondent,
    pub depth: Depth,
    /// The role clarity score, rounded; absent when nothing has been answered.
    pub score: Option<i64>,
    pub score_exact: Option<Ratio>,
    pub practice: Half,
    pub delineation: Half,
    /// Absent below the coverage that a band needs.
    pub band: Option<BandResult>,
    pub range: Option<Range>,
    pub coverage: Coverage,
    pub steps: Vec<StepResult>,
    pub map: MapResult,
    pub receipt: Vec<ReceiptLine>,
    pub next_band: Option<NextBand>,
    pub findings: Vec<Finding>,
    pub priorities: Vec<Priority>,
    pub plan: Vec<Horizon>,
    pub charter: Vec<CharterLine>,
}

impl ResultDocument {
    /// The score, or a half of it, as it may be told: without a band no number is a verdict, and only the range is told.
    pub fn told(&self, number: Option<i64>) -> Option<i64> {
        number.filter(|_| self.band.is_some())
    }

    /// How many items count, and of how many that were asked.
    pub fn counted_items(&self) -> (usize, usize) {
        let (map, all) = (&self.map.coverage, &self.coverage);
        (all.counted - map.counted, all.asked - map.asked)
    }
}

/// How much was asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Depth {
    /// The headline item of every step.
    Quick,
    /// Every item of some steps.
    Extended,
    /// Every item.
    Full,
}

/// One of the two halves of the score.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Half {
    pub value: Option<Ratio>,
    pub rounded: Option<i64>,
    /// Its share of the score, 0 to 100; 0 while it has no value.
    pub weight: Ratio,
}

#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct BandResult {
    pub id: String,
    /// The band of the number alone.
    pub uncapped: String,
    /// Whether a cap rule lowered the band.
    pub capped: bool,
    /// Critical domains with nobody, or both without a split, in content order.
    pub critical_issues: Vec<String>,
    /// The rule that lowered the band; absent when none did.
    pub cap: Option<CapResult>,
}

/// A cap rule that applied.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct CapResult {
    /// From this number of critical issues on the rule applies.
    pub threshold: u32,
    /// The highest band that it leaves.
    pub band: String,
    /// The critical issues, in content order.
    pub domains: Vec<String>,
}

/// The lowest and the highest score that the open questions still allow.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Range {
    pub low: i64,
    pub high: i64,
    pub low_exact: Ratio,
    pub high_exact: Ratio,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Coverage {
    /// Answered with a value, or not applicable.
    pub settled: usize,
    /// Settled with a value, so that it moves the score.
    pub counted: usize,
    pub asked: usize,
    /// Answered by *I don't know*.
    pub unknown: usize,
    /// Not answered at all.
    pub skipped: usize,
    /// Whole percent, rounded down so that it never claims more than was answered.
    pub percent: usize,
    /// Whether it reaches what a score (for a step) or a band (overall) needs.
    pub enough: bool,
}

impl Coverage {
    /// Asked and not settled.
    pub fn open(&self) -> usize {
        self.unknown + self.skipped
    }

    /// Asked and not skipped: *I don't know* is an answer too.
    pub fn answered(&self) -> usize {
        self.settled + self.unknown
    }

    /// How many more must be settled to reach a gate of so many percent; 0 when it is reached.
    pub fn missing(&self, gate_percent: u32) -> usize {
        let needed = (self.asked * gate_percent as usize).div_ceil(100);
        needed.saturating_sub(self.settled)
    }

    fn of(values: impl IntoIterator<Item = Value>, gate_percent: u32) -> Coverage {
        let (mut counted, mut away, mut unknown, mut skipped) = (0, 0, 0, 0);
        for value in values {
            match value {
                Value::Counted(_) => counted += 1,
                Value::Away => away += 1,
                Value::Unknown => unknown += 1,
                Value::Skipped => skipped += 1,
            }
        }
        let settled = counted + away;
        let asked = settled + unknown + skipped;
        let mut coverage = Coverage {
            settled,
            counted,
            asked,
            unknown,
            skipped,
            percent: (settled * 100).checked_div(asked).unwrap_or(100),
            enough: true,
        };
        coverage.enough = coverage.missing(gate_percent) == 0;
        coverage
    }
}

#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct StepResult {
    pub id: String,
    pub number: u32,
    pub group: String,
    pub weight: u32,
    pub value: Option<Ratio>,
    /// The value, rounded, when the coverage of the step is enough to show it.
    pub score: Option<i64>,
    pub coverage: Coverage,
}

#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct MapResult {
    pub domains: Vec<DomainResult>,
    pub gaps: Vec<String>,
    pub overlaps: Vec<String>,
    /// Answered by *I don't know*.
    pub unknown: Vec<String>,
    /// How many gaps and overlaps there are; absent while no domain is counted, as none would then be a claim.
    pub counts: Option<MapCounts>,
    /// Whether every domain is answered with something known.
    pub complete: bool,
    /// Against the gate of a step: below it, nothing is said about what an officer holds.
    pub coverage: Coverage,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct MapCounts {
    pub gaps: usize,
    pub overlaps: usize,
}

#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct DomainResult {
    pub id: String,
    pub group: String,
    pub critical: bool,
    pub today: Option<Owner>,
    pub target: Option<Owner>,
    /// The officer with whom it usually sits, where the structure has that officer.
    pub usual: Option<String>,
    /// 0 to 100.
    pub clarity: Option<Ratio>,
    pub kind: DomainKind,
}

/// How a domain reads on the map.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DomainKind {
    Owned,
    Split,
    Overlap,
    Gap,
    Unknown,
    Skipped,
}

impl DomainKind {
    pub fn of(owner: Option<&Owner>) -> DomainKind {
        match owner {
            Some(Owner::Officer(_) | Owner::Other(_)) => DomainKind::Owned,
            Some(Owner::Split) => DomainKind::Split,
            Some(Owner::Unsplit) => DomainKind::Overlap,
            Some(Owner::Nobody) => DomainKind::Gap,
            Some(Owner::DontKnow) => DomainKind::Unknown,
            None => DomainKind::Skipped,
        }
    }
}

/// One asked question, what it was worth, and what one move more would add.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ReceiptLine {
    #[serde(flatten)]
    pub question: Question,
    /// Of the level or the owner, 0 to 100; absent when not counted.
    pub value: Option<Ratio>,
    /// The most points that this question can give; absent when not counted.
    pub weight: Option<Ratio>,
    /// The points that it did give. All of them together are the exact score.
    pub points: Option<Ratio>,
    /// The points that one level more, or a single owner, would add.
    pub gain: Option<Ratio>,
}

/// A question with its answer as given.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(untagged)]
pub enum Question {
    Item {
        item: String,
        answer: Option<ItemAnswer>,
    },
    Domain {
        domain: String,
        answer: Option<Owner>,
    },
}

/// The shortest path to the next band.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct NextBand {
    pub band: String,
    /// The score at the end of the path, rounded.
    pub score: i64,
    /// How many moves: one level of an item, or a single owner for a domain.
    pub moves: usize,
    pub path: Vec<Move>,
}

#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(untagged)]
pub enum Move {
    Item {
        item: String,
        from: u8,
        to: u8,
        points: Ratio,
    },
    Domain {
        domain: String,
        points: Ratio,
    },
}

/// Where to start.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(untagged)]
pub enum Priority {
    /// A domain without a clear owner, or a critical one whose owner could not be named.
    Domain {
        domain: String,
        /// [`DomainKind::Gap`], [`DomainKind::Overlap`] or, for a critical one, [`DomainKind::Unknown`].
        kind: DomainKind,
        /// What a single owner adds; 0 for an unknown one, which is not in the score.
        points: Ratio,
    },
    /// A step with room, by its weakest item.
    Step {
        step: String,
        item: String,
        /// The level answered.
        level: u8,
        /// What lies between the step's answers and their top levels.
        points: Ratio,
    },
}

fn points(fraction: Ratio) -> Ratio {
    fraction * Ratio::whole(100)
}

/// The numbers of a result that need no look at single moves: all that is kept of one respondent among many.
pub(super) struct Outline {
    sheet: Sheet,
    scores: Scores,
    /// Rounded.
    pub score: Option<i64>,
    coverage: Coverage,
    pub steps: Vec<StepResult>,
    pub map: MapResult,
    /// With its index in the content.
    pub band: Option<(usize, BandResult)>,
}

impl Outline {
    pub fn new(content: &Content, response: &Response) -> Outline {
        let scoring = &content.instrument.scoring;
        let sheet = Sheet::new(content, response);
        let scores = sheet.scores(content);
        let all = sheet.steps.iter().flatten().chain(&sheet.domains).copied();
        let coverage = Coverage::of(all, scoring.coverage_percent.overall);
        let map = map(content, response, &sheet);
        let score = scores.score.map(|score| points(score).round());
        let band = score.filter(|_| coverage.enough).map(|rounded| {
            let issues = map.domains.iter().filter(|one| one.is_critical_issue());
            let critical_issues: Vec<String> = issues.map(|domain| domain.id.clone()).collect();
            let uncapped = score::band_of(content, rounded);
            let (highest, rule) = score::cap_of(content, critical_issues.len());
            let index = uncapped.min(highest);
            let cap = rule.filter(|_| index < uncapped).map(|rule| CapResult {
                threshold: rule.critical_issues,
                band: rule.band.clone(),
                domains: critical_issues.clone(),
            });
            let band = BandResult {
                id: scoring.bands[index].id.clone(),
                uncapped: scoring.bands[uncapped].id.clone(),
                capped: index < uncapped,
                critical_issues,
                cap,
            };
            (index, band)
        });
        Outline {
            steps: steps(content, &sheet, &scores.steps),
            sheet,
            scores,
            score,
            coverage,
            map,
            band,
        }
    }

    /// Rounded.
    pub fn practice(&self) -> Option<i64> {
        self.scores.practice.map(|value| points(value).round())
    }

    /// Rounded.
    pub fn delineation(&self) -> Option<i64> {
        self.scores.delineation.map(|value| points(value).round())
    }
}

impl ResultDocument {
    pub fn new(content: &Content, response: &Response) -> ResultDocument {
        let Outline {
            sheet,
            scores,
            score,
            coverage,
            steps,
            map,
            band,
        } = Outline::new(content, response);
        let scoring = &content.instrument.scoring;
        let raises = score::raises(content, &sheet, |index| {
            map.domains[index].is_critical_issue()
        });
        let next_band = band.as_ref().and_then(|(index, band)| {
            let issues = band.critical_issues.len();
            score::path_to_next_band(content, scores.score?, *index, issues, &raises)
        });

        let half = |value: Option<Ratio>, weight: u32, other: Option<Ratio>, other_weight: u32| {
            let rivals = if other.is_some() { other_weight } else { 0 };
            Half {
                value: value.map(points),
                rounded: value.map(|value| points(value).round()),
                weight: match value {
                    Some(_) => Ratio::new(100 * i128::from(weight), (weight + rivals).into()),
                    None => Ratio::ZERO,
                },
            }
        };
        let weights = &scoring.weights;
        let (practice, delineation) = (scores.practice, scores.delineation);

        let receipt = receipt(content, response, &sheet, &raises);
        let findings = findings::findings(content, response, &map);
        let with_room = steps_with_room(content, &receipt);
        let critical = unclear(&map, &receipt, true);
        let plan = plan::plan(
            content, response, &coverage, &map, &findings, &critical, &with_room,
        );
        let priorities = priorities(critical, &with_room, unclear(&map, &receipt, false));
        ResultDocument {
            format: FORMAT,
            version: VERSION,
            content: content.reference(),
            scoring_version: scoring.version,
            respondent: response.respondent.clone(),
            depth: depth(content, response),
            score,
            score_exact: scores.score.map(points),
            practice: half(practice, weights.practice, delineation, weights.delineation),
            delineation: half(delineation, weights.delineation, practice, weights.practice),
            band: band.map(|(_, band)| band),
            range: sheet.range(content).map(|(low, high)| Range {
                low: points(low).round(),
                high: points(high).round(),
                low_exact: points(low),
                high_exact: points(high),
            }),
            coverage,
            steps,
            next_band: next_band.map(|path| next(content, &sheet, path)),
            plan,
            charter: charter::charter(content, response),
            map,
            receipt,
            findings,
            priorities,
        }
    }

    /// The document as it is exported: indented, with a final newline.
    pub fn to_json(&self) -> String {
        let json = serde_json::to_string_pretty(self);
        json.expect("a result has only string keys and serialises") + "\n"
    }
}

impl DomainResult {
    fn is_critical_issue(&self) -> bool {
        self.critical && matches!(self.kind, DomainKind::Gap | DomainKind::Overlap)
    }
}

fn depth(content: &Content, response: &Response) -> Depth {
    let steps = &content.instrument.steps;
    if steps.iter().all(|step| response.asks_all_of(step)) {
        Depth::Full
    } else if response.full_steps.is_empty() {
        Depth::Quick
    } else {
        Depth::Extended
    }
}

fn steps(content: &Content, sheet: &Sheet, values: &[Option<Ratio>]) -> Vec<StepResult> {
    let instrument = &content.instrument;
    let gate = instrument.scoring.coverage_percent.step;
    let rows = instrument.steps.iter().zip(&sheet.steps).zip(values);
    rows.map(|((step, items), value)| {
        let coverage = Coverage::of(items.iter().copied(), gate);
        let value = value.map(points);
        StepResult {
            id: step.id.clone(),
            number: step.number,
            group: step.group.clone(),
            weight: step.weight,
            value,
            score: value.filter(|_| coverage.enough).map(Ratio::round),
            coverage,
        }
    })
    .collect()
}

fn map(content: &Content, response: &Response, sheet: &Sheet) -> MapResult {
    let instrument = &content.instrument;
    let offered = &content.structure(response).officers;
    let domains: Vec<DomainResult> = instrument
        .domains
        .iter()
        .zip(&sheet.domains)
        .map(|(domain, value)| {
            let owner = |column| response.owner(content, &domain.id, column).cloned();
            let today = owner(Column::Today);
            DomainResult {
                id: domain.id.clone(),
                group: domain.group.clone(),
                critical: domain.critical,
                kind: DomainKind::of(today.as_ref()),
                today,
                target: owner(Column::Target),
                usual: domain.usual.clone().filter(|id| offered.contains(id)),
                clarity: value.counted().map(points),
            }
        })
        .collect();
    let of = |kind: DomainKind| -> Vec<String> {
        let hits = domains.iter().filter(|domain| domain.kind == kind);
        hits.map(|domain| domain.id.clone()).collect()
    };
    let (gaps, overlaps) = (of(DomainKind::Gap), of(DomainKind::Overlap));
    let coverage = Coverage::of(
        sheet.domains.iter().copied(),
        instrument.scoring.coverage_percent.step,
    );
    MapResult {
        counts: (coverage.counted > 0).then_some(MapCounts {
            gaps: gaps.len(),
            overlaps: overlaps.len(),
        }),
        complete: coverage.open() == 0,
        gaps,
        overlaps,
        unknown: of(DomainKind::Unknown),
        coverage,
        domains,
    }
}

fn receipt(
    content: &Content,
    response: &Response,
    sheet: &Sheet,
    raises: &[score::Raise],
) -> Vec<ReceiptLine> {
    let instrument = &content.instrument;
    let shares = sheet.shares(content);
    // Both are in content order.
    let mut raises = raises.iter().peekable();
    let lines = sheet.places().into_iter().map(|place| {
        let question = match place {
            Place::Item { step, item } => {
                let id = &instrument.steps[step].items[item];
                Question::Item {
                    item: id.clone(),
                    answer: response.items.get(id).cloned(),
                }
            }
            Place::Domain(index) => {
                let id = &instrument.domains[index].id;
                Question::Domain {
                    domain: id.clone(),
                    answer: response.owner(content, id, Column::Today).cloned(),
                }
            }
        };
        let value = sheet.value(place).counted();
        let weight = value.and_then(|_| shares.of(place));
        let raise = raises.next_if(|raise| raise.place == place);
        ReceiptLine {
            question,
            value: value.map(points),
            weight: weight.map(points),
            points: value
                .zip(weight)
                .map(|(value, weight)| points(value * weight)),
            gain: raise.map(|raise| points(raise.gain)),
        }
    });
    lines.collect()
}

/// The steps with room for the score, the most room first, each by its weakest item.
fn steps_with_room(content: &Content, receipt: &[ReceiptLine]) -> Vec<Priority> {
    let mut found: Vec<Priority> = Vec::new();
    for line in receipt {
        let (
            Question::Item {
                item,
                answer: Some(ItemAnswer::Level(answered)),
            },
            Some(gain),
        ) = (&line.question, line.gain)
        else {
            continue;
        };
        let room = gain * Ratio::whole((TOP_LEVEL - answered).into());
        let own = &content.step_of(item).id;
        // Lines come step by step.
        match found.last_mut() {
            Some(Priority::Step {
                step,
                item: weakest,
                level,
                points,
            }) if step == own => {
                *points = *points + room;
                if answered < level {
                    (*weakest, *level) = (item.clone(), *answered);
                }
            }
            _ => found.push(Priority::Step {
                step: own.clone(),
                item: item.clone(),
                level: *answered,
                points: room,
            }),
        }
    }
    most_points_first(found)
}

fn most_points_first(list: Vec<Priority>) -> Vec<Priority> {
    let points = list.iter().map(|one| match one {
        Priority::Domain { points, .. } | Priority::Step { points, .. } => *points,
    });
    let places = ranked(&points.collect::<Vec<_>>()).into_iter();
    places.map(|place| list[place].clone()).collect()
}

/// The domains without a clear owner that are critical, or those that are not, the most points first. Of the critical ones also those
/// whose owner could not be named, last: who it is can be asked today, and may turn out to be nobody.
fn unclear(map: &MapResult, receipt: &[ReceiptLine], critical: bool) -> Vec<Priority> {
    let lines = receipt.iter().filter_map(|line| {
        let Question::Domain { domain: id, .. } = &line.question else {
            return None;
        };
        let domain = map.domains.iter().find(|domain| domain.id == *id)?;
        let unclear = match domain.kind {
            DomainKind::Gap | DomainKind::Overlap => true,
            DomainKind::Unknown => critical,
            _ => false,
        };
        (unclear && domain.critical == critical).then(|| Priority::Domain {
            domain: id.clone(),
            kind: domain.kind,
            points: line.gain.unwrap_or(Ratio::ZERO),
        })
    });
    most_points_first(lines.collect())
}

/// Critical domains without a clear or a known owner, then steps, then the other domains without one.
fn priorities(critical: Vec<Priority>, steps: &[Priority], others: Vec<Priority>) -> Vec<Priority> {
    let mut all = critical;
    all.extend_from_slice(steps);
    all.extend(others);
    all.truncate(PRIORITIES);
    all
}

fn next(content: &Content, sheet: &Sheet, path: score::Path) -> NextBand {
    let instrument = &content.instrument;
    let level = |value: Ratio| (value * Ratio::whole(TOP_LEVEL.into())).round() as u8;
    NextBand {
        band: instrument.scoring.bands[path.band].id.clone(),
        score: points(path.score).round(),
        moves: path.moves.iter().map(|(_, times)| times).sum(),
        path: path
            .moves
            .iter()
            .map(|(raise, times)| {
                let points = points(raise.gain) * Ratio::whole(*times as i128);
                match raise.place {
                    Place::Item { step, item } => {
                        let from = sheet.value(raise.place).counted().map_or(0, level);
                        Move::Item {
                            item: instrument.steps[step].items[item].clone(),
                            from,
                            to: from + *times as u8,
                            points,
                        }
                    }
                    Place::Domain(index) => Move::Domain {
                        domain: instrument.domains[index].id.clone(),
                        points,
                    },
                }
            })
            .collect(),
    }
}
