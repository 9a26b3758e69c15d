//! Pattern rules over the whole map. Each finding names the domains that caused it.
//!
//! The rules are those of responsibility charting: a row without an accountable person, a row with two, a column
//! that holds nearly everything or nearly nothing. Sources: `docs/method.md`.

use serde::Serialize;

use super::content::Content;
use super::response::{ItemAnswer, Owner, Response};
use super::result::{DomainKind, DomainResult, MapResult};

/// What a finding says. The order is the order in which findings are shown.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Nobody is accountable.
    Gap,
    /// Both are, without an agreed split.
    Overlap,
    /// An item answer says that responsibilities are written and agreed; the map says otherwise.
    Contradiction,
    /// The respondent could not name the owner.
    Unknown,
    /// One officer alone holds far more than half.
    Overload,
    /// An officer owns almost nothing.
    Hollow,
    /// Owned by a role other than the officers.
    Elsewhere,
    /// Held by another officer than usual: to be confirmed, never scored.
    Reference,
}

impl Kind {
    pub const ALL: [Kind; 8] = [
        Kind::Gap,
        Kind::Overlap,
        Kind::Contradiction,
        Kind::Unknown,
        Kind::Overload,
        Kind::Hollow,
        Kind::Elsewhere,
        Kind::Reference,
    ];

    /// The key of its texts in the content.
    pub fn id(self) -> &'static str {
        match self {
            Kind::Gap => "gap",
            Kind::Overlap => "overlap",
            Kind::Contradiction => "contradiction",
            Kind::Unknown => "unknown",
            Kind::Overload => "overload",
            Kind::Hollow => "hollow",
            Kind::Elsewhere => "elsewhere",
            Kind::Reference => "reference",
        }
    }
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Finding {
    pub kind: Kind,
    /// The domains that caused it, in content order.
    pub domains: Vec<String>,
    /// The officer it speaks of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub officer: Option<String>,
    /// The item whose answer is contradicted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// Domains concerned; for an officer, the domains held.
    pub count: usize,
    /// Domains that count: answered, and not by *I don't know*. One that nobody holds is among them.
    pub total: usize,
}

impl Finding {
    /// Whether it names critical domains whose owner is unknown: each may turn out to be nobody's, and cap the band.
    pub fn asks_for_critical(&self, map: &MapResult) -> bool {
        let critical = |one: &DomainResult| one.critical && self.domains.contains(&one.id);
        self.kind == Kind::Unknown && map.domains.iter().any(critical)
    }
}

pub fn findings(content: &Content, response: &Response, map: &MapResult) -> Vec<Finding> {
    let scoring = &content.instrument.scoring;
    let total = map.domains.iter().filter(|d| d.clarity.is_some()).count();
    let ids = |test: &dyn Fn(&DomainResult) -> bool| -> Vec<String> {
        let hits = map.domains.iter().filter(|domain| test(domain));
        hits.map(|domain| domain.id.clone()).collect()
    };
    let finding = |kind, domains: Vec<String>| Finding {
        kind,
        count: domains.len(),
        domains,
        officer: None,
        item: None,
        total,
    };
    let is = |kind: DomainKind| move |domain: &DomainResult| domain.kind == kind;

    let mut found = vec![
        finding(Kind::Gap, ids(&is(DomainKind::Gap))),
        finding(Kind::Overlap, ids(&is(DomainKind::Overlap))),
        finding(Kind::Unknown, ids(&is(DomainKind::Unknown))),
        finding(
            Kind::Elsewhere,
            ids(&|domain| matches!(domain.today, Some(Owner::Other(_)))),
        ),
        finding(
            Kind::Reference,
            ids(&|domain| match (&domain.today, &domain.usual) {
                (Some(Owner::Officer(today)), Some(usual)) => today != usual,
                _ => false,
            }),
        ),
    ];
    found.retain(|finding| !finding.domains.is_empty());

    let unclear = ids(&|domain| matches!(domain.kind, DomainKind::Gap | DomainKind::Overlap));
    if !unclear.is_empty() {
        for rule in &scoring.contradictions {
            let asked = response
                .asked_items(content.step_of(&rule.item))
                .contains(&rule.item);
            let level = match response.items.get(&rule.item) {
                Some(ItemAnswer::Level(level)) if asked => *level,
                _ => continue,
            };
            if u32::from(level) >= rule.level {
                found.push(Finding {
                    item: Some(rule.item.clone()),
                    ..finding(Kind::Contradiction, unclear.clone())
                });
            }
        }
    }

    // What one officer holds says something only about a map that is mostly known.
    if map.coverage.enough {
        for officer in &content.structure(response).officers {
            let alone =
                ids(&|domain| matches!(&domain.today, Some(Owner::Officer(id)) if id == officer));
            let shared = ids(&is(DomainKind::Split));
            let of_officer = |kind, domains: Vec<String>| Finding {
                officer: Some(officer.clone()),
                ..finding(kind, domains)
            };
            if alone.len() * 100 >= total * scoring.overload_percent as usize && total > 0 {
                found.push(of_officer(Kind::Overload, alone));
            } else if alone.len() + shared.len() <= scoring.hollow_domains as usize {
                found.push(of_officer(Kind::Hollow, alone));
            }
        }
    }
    let of = |kind| {
        found
            .iter()
            .filter(move |finding: &&Finding| finding.kind == kind)
    };
    Kind::ALL.into_iter().flat_map(of).cloned().collect()
}
