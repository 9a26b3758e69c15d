//! What a host is told of a check, and never more than the visitor allowed.

use serde_json::{Map, Value};

use super::response::Response;
use super::result::ResultDocument;

/// How much may be told, from nothing up; each level includes the ones before it.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Consent {
    /// That something happened, and nothing about it.
    #[default]
    None,
    /// The band.
    Band,
    /// The score, its range and halves, the scores of the steps, and how many gaps and overlaps there are.
    Scores,
    /// Every answer.
    Answers,
}

impl Consent {
    pub const ALL: [Consent; 4] = [
        Consent::None,
        Consent::Band,
        Consent::Scores,
        Consent::Answers,
    ];

    pub fn id(self) -> &'static str {
        match self {
            Consent::None => "none",
            Consent::Band => "band",
            Consent::Scores => "scores",
            Consent::Answers => "answers",
        }
    }
}

/// What the host is told at this level, as a JSON object.
pub fn disclosed(consent: Consent, response: &Response, result: &ResultDocument) -> String {
    let mut told = Map::new();
    let mut tell = |name: &str, value: Value| {
        told.insert(name.into(), value);
    };
    tell("consent", consent.id().into());
    if consent >= Consent::Band {
        tell("content", result.content.id.as_str().into());
        tell("content_version", result.content.version.as_str().into());
        tell("scoring_version", result.scoring_version.into());
        let band = result.band.as_ref();
        tell("band", band.map(|band| band.id.as_str()).into());
        tell("settled", result.coverage.settled.into());
        tell("asked", result.coverage.asked.into());
    }
    if consent >= Consent::Scores {
        tell("score", result.score.into());
        let range = result.range.as_ref();
        tell("low", range.map(|range| range.low).into());
        tell("high", range.map(|range| range.high).into());
        tell("delineation", result.delineation.rounded.into());
        tell("practice", result.practice.rounded.into());
        let counts = result.map.counts;
        tell("gaps", counts.map(|counts| counts.gaps).into());
        tell("overlaps", counts.map(|counts| counts.overlaps).into());
        let steps = result.steps.iter();
        let steps: Map<String, Value> = steps
            .map(|step| (step.id.clone(), step.score.into()))
            .collect();
        tell("steps", Value::Object(steps));
    }
    if consent >= Consent::Answers {
        // The response's own form, so that what was told can be loaded again.
        let answers = serde_json::from_str(&response.to_json()).unwrap_or_default();
        tell("response", answers);
    }
    Value::Object(told).to_string()
}
