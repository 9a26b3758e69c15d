//! The 30/60/90-day plan, derived from the findings and the priorities.

use serde::Serialize;

use super::content::Content;
use super::findings::{Finding, Kind};
use super::response::Response;
use super::result::{Coverage, DomainKind, MapResult, Priority};

/// Days after the check, in order.
pub const HORIZONS: [u32; 3] = [30, 60, 90];

/// The ids of every action text in the content.
pub const ACTION_IDS: [&str; 15] = [
    "critical_gap",
    "critical_overlap",
    "gap",
    "overlap",
    "unknown",
    "contradiction",
    "overload",
    "hollow",
    "priority",
    "charter",
    "tell",
    "review",
    "compare",
    "keep",
    "complete",
];

#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Horizon {
    /// One of [`HORIZONS`].
    pub days: u32,
    /// At least one.
    pub actions: Vec<Action>,
}

#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Action {
    /// Name one owner for a critical domain that nobody owns.
    CriticalGap { domain: String },
    /// Settle who decides in a critical domain that both own.
    CriticalOverlap { domain: String },
    /// Act on a finding.
    Finding(Finding),
    /// Follow the advice for the level answered.
    Priority { item: String, level: u8 },
    /// A step that the plan always holds, by the id of its text.
    Standing { id: &'static str },
}

/// The `critical` domains without a clear owner come first and each by itself, because they cap the band, in the order in which they are
/// priorities, and after them the question for unknown owners, if a critical one is among them; then what the findings name; then the
/// standing steps that make it last. Each of the `steps` with the most room starts in its own month. Where too little is answered for a verdict or for a map, that comes before all else, and nobody is sent to sign what the map
/// does not say. A month without an action is left out.
pub fn plan(
    content: &Content,
    response: &Response,
    coverage: &Coverage,
    map: &MapResult,
    findings: &[Finding],
    critical: &[Priority],
    steps: &[Priority],
) -> Vec<Horizon> {
    let standing = |id| Action::Standing { id };
    let mut days: [Vec<Action>; HORIZONS.len()] = Default::default();

    for one in critical {
        if let Priority::Domain { domain, kind, .. } = one {
            let domain = domain.clone();
            match kind {
                DomainKind::Overlap => days[0].push(Action::CriticalOverlap { domain }),
                DomainKind::Gap => days[0].push(Action::CriticalGap { domain }),
                // The unknown ones are asked for together, below; the rest are no priorities.
                DomainKind::Unknown
                | DomainKind::Owned
                | DomainKind::Split
                | DomainKind::Skipped => {}
            }
        }
    }
    let named = days[0].len();
    let is_critical = |id: &String| map.domains.iter().any(|d| d.critical && d.id == *id);
    for finding in findings {
        let month = match finding.kind {
            Kind::Contradiction | Kind::Unknown => 0,
            Kind::Gap | Kind::Overlap => 1,
            Kind::Overload | Kind::Hollow => 2,
            // Shown to be confirmed; there is nothing to mend.
            Kind::Elsewhere | Kind::Reference => continue,
        };
        let mut finding = finding.clone();
        // What no company can leave unclear comes first.
        finding.domains.sort_by_key(|id| !is_critical(id));
        if matches!(finding.kind, Kind::Gap | Kind::Overlap) {
            finding.domains.retain(|id| !is_critical(id));
            finding.count = finding.domains.len();
            if finding.domains.is_empty() {
                continue;
            }
        }
        let first = finding.asks_for_critical(map);
        let place = if first { named } else { days[month].len() };
        days[month].insert(place, Action::Finding(finding));
    }
    let nothing_to_mend = steps.is_empty() && days.iter().all(Vec::is_empty);
    let enough = coverage.enough && map.coverage.enough;
    for (month, step) in days.iter_mut().zip(steps) {
        if let Priority::Step { item, level, .. } = step {
            month.push(Action::Priority {
                item: item.clone(),
                level: *level,
            });
        }
    }
    // Silence is no praise: only a check with nothing open has nothing to mend.
    if !enough || (nothing_to_mend && coverage.open() > 0) {
        days[0].insert(0, standing("complete"));
    } else if nothing_to_mend {
        days[0].push(standing("keep"));
    }
    // Somebody else's view needs somebody else.
    if content.structure(response).people > 1 {
        days[0].push(standing("compare"));
    }
    if map.coverage.enough {
        days[1].push(standing("charter"));
        days[2].push(standing("tell"));
    }
    days[2].push(standing("review"));
    HORIZONS
        .into_iter()
        .zip(days)
        .filter(|(_, actions)| !actions.is_empty())
        .map(|(days, actions)| Horizon { days, actions })
        .collect()
}
