//! The score against golden vectors that were worked out without this code (`tests/vectors/README.md`).

mod common;

use common::{CONTENT, read, root};
use delineate::core::findings::Kind;
use delineate::core::ratio::Ratio;
use delineate::core::response::Response;
use delineate::core::result::{Priority, Question, ResultDocument};
use serde_json::{Value, json};

/// The oracle gives shares as fractions of one; the result document speaks in points of 100.
fn share(value: Option<Ratio>) -> Value {
    value.map_or(Value::Null, |value| {
        (value / Ratio::whole(100)).to_string().into()
    })
}

fn exact(value: Option<Ratio>) -> Value {
    value.map_or(Value::Null, |value| value.to_string().into())
}

fn priority(priority: &Priority) -> Value {
    match priority {
        Priority::Domain {
            domain,
            kind,
            points,
        } => json!({ "domain": domain, "kind": kind, "points_exact": points.to_string() }),
        Priority::Step {
            step,
            item,
            level,
            points,
        } => {
            json!({ "step": step, "item": item, "level": level, "points_exact": points.to_string() })
        }
    }
}

/// What the vectors say about a response, as this code sees it.
fn found(response: &Response) -> Value {
    let result = ResultDocument::new(&CONTENT, response);
    let band = result.band.as_ref();
    let critical: Vec<&str> = result
        .map
        .domains
        .iter()
        .filter(|domain| {
            let unclear = [&result.map.gaps, &result.map.overlaps];
            domain.critical && unclear.iter().any(|ids| ids.contains(&domain.id))
        })
        .map(|domain| domain.id.as_str())
        .collect();
    if let Some(band) = band {
        assert_eq!(band.critical_issues, critical);
    }
    let sensitivity: Vec<Value> = result
        .receipt
        .iter()
        .filter_map(|line| {
            let id = match &line.question {
                Question::Item { item, .. } => item,
                Question::Domain { domain, .. } => domain,
            };
            let gain = line.gain?;
            Some(json!({ "id": id, "points_exact": gain.to_string() }))
        })
        .collect();
    json!({
        "score": result.score,
        "score_exact": exact(result.score_exact),
        "practice_exact": share(result.practice.value),
        "delineation_exact": share(result.delineation.value),
        "band": band.map(|band| &band.id),
        "uncapped_band": band.map(|band| &band.uncapped),
        "cap_applied": band.is_some_and(|band| band.capped),
        "cap_threshold": band.and_then(|band| band.cap.as_ref()).map(|cap| {
            assert_eq!(cap.domains, critical);
            assert_eq!(Some(&cap.band), band.map(|band| &band.id));
            cap.threshold
        }),
        "critical_issues": critical,
        "range": result.range.as_ref().map(|range| json!({
            "low": range.low,
            "high": range.high,
            "low_exact": range.low_exact.to_string(),
            "high_exact": range.high_exact.to_string(),
        })),
        "coverage": { "settled": result.coverage.settled, "asked": result.coverage.asked },
        "steps": result.steps.iter().map(|step| json!({
            "id": step.id,
            "value_exact": share(step.value),
            "shown": step.score.is_some(),
            "settled": step.coverage.settled,
            "asked": step.coverage.asked,
        })).collect::<Vec<_>>(),
        "map": {
            "settled": result.map.coverage.settled,
            "asked": result.map.coverage.asked,
            "gaps": result.map.gaps,
            "overlaps": result.map.overlaps,
            "unknown": result.map.unknown,
            "counts": result.map.counts.map(|counts| json!({
                "gaps": counts.gaps,
                "overlaps": counts.overlaps,
            })),
            "complete": result.map.complete,
        },
        "load": result.findings.iter().filter(|finding| {
            matches!(finding.kind, Kind::Overload | Kind::Hollow)
        }).map(|finding| json!({
            "kind": finding.kind.id(),
            "officer": finding.officer,
        })).collect::<Vec<_>>(),
        "priorities": result.priorities.iter().map(priority).collect::<Vec<_>>(),
        "sensitivity": sensitivity,
        "next_band": result.next_band.as_ref().map(|next| json!({
            "band": next.band,
            "moves": next.moves,
            "score": next.score,
        })),
    })
}

fn check(name: &str, case: &Value) {
    let response = Response::parse(&case["response"].to_string(), &CONTENT)
        .unwrap_or_else(|problem| panic!("{name}: {problem}"));
    let found = found(&response);
    let expected = case["expected"]
        .as_object()
        .expect("a vector has expected values");
    for (key, expected) in expected {
        assert_eq!(&found[key], expected, "{name}: {key}");
    }
    assert_eq!(
        expected.len(),
        found.as_object().map_or(0, |found| found.len()),
        "{name}"
    );
}

#[test]
fn golden_vectors() {
    let folder = root().join("tests/vectors/cases");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).expect("the vectors are there") {
        let path = entry.expect("the folder can be read").path();
        let text = std::fs::read_to_string(&path).expect("a vector can be read");
        let case: Value = serde_json::from_str(&text).expect("a vector is JSON");
        check(&path.display().to_string(), &case);
        count += 1;
    }
    assert!(count >= 40, "only {count} vectors found");
}

#[test]
fn random_vectors() {
    let cases: Vec<Value> =
        serde_json::from_str(&read("tests/vectors/random.json")).expect("the vectors are JSON");
    assert!(cases.len() >= 200, "only {} vectors found", cases.len());
    for (index, case) in cases.iter().enumerate() {
        check(&format!("random {index}"), case);
    }
}
