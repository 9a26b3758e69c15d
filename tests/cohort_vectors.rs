//! The statistics of many respondents against golden vectors that were worked out without this code (`tests/vectors/README.md`).

mod common;

use std::rc::Rc;

use common::{CONTENT, read};
use delineate::core::cohort::{
    Cohort, Distribution, Filter, Group, Outcome, Pick, Statistics, Unclear,
};
use delineate::core::ratio::Ratio;
use serde_json::{Map, Value, json};

fn exact(value: Option<Ratio>) -> Value {
    value.map_or(Value::Null, |value| value.to_string().into())
}

fn distribution(id: Option<&str>, found: &Distribution) -> Value {
    let mut fields = Map::new();
    fields.insert("n".into(), found.n.into());
    if let Some(id) = id {
        fields.insert("id".into(), id.into());
    }
    if let Some(summary) = &found.summary {
        for (name, value) in [
            ("mean", summary.mean),
            ("variance", summary.variance),
            ("q1", summary.q1),
            ("median", summary.median),
            ("q3", summary.q3),
        ] {
            fields.insert(name.into(), value.to_string().into());
        }
        fields.insert("sd".into(), summary.sd.decimal().into());
    }
    Value::Object(fields)
}

fn tally<'a>(counts: impl Iterator<Item = (Option<&'a String>, usize, Option<Ratio>)>) -> Value {
    let named = counts.map(|(id, count, share)| {
        let id = id.map_or("none", String::as_str);
        (id.to_string(), json!([count, exact(share)]))
    });
    Value::Object(named.collect())
}

fn unclear(found: &Unclear) -> Value {
    json!({
        "respondents": found.respondents,
        "share": exact(found.share),
        "count": found.count,
        "mean": exact(found.mean),
    })
}

/// What the vectors say of a group, as this code sees it.
fn found(group: &Group) -> Value {
    let statistics: &Statistics = match group {
        Group::Shown(statistics) => statistics,
        Group::Suppressed => return "suppressed".into(),
    };
    let bands = statistics.bands.iter();
    let steps = statistics.steps.iter();
    let domains = statistics.domains.iter();
    json!({
        "respondents": statistics.respondents,
        "score": distribution(None, &statistics.score),
        "practice": distribution(None, &statistics.practice),
        "delineation": distribution(None, &statistics.delineation),
        "steps": steps.map(|step| distribution(Some(&step.id), &step.values)).collect::<Vec<_>>(),
        "bands": tally(bands.map(|band| (band.id.as_ref(), band.count, band.share))),
        "domains": domains.map(|domain| {
            let owners = domain.owners.iter();
            let owners = owners.map(|owner| (owner.id.as_ref(), owner.count, owner.share));
            json!({ "id": domain.id, "owners": tally(owners) })
        }).collect::<Vec<_>>(),
        "gaps": unclear(&statistics.gaps),
        "overlaps": unclear(&statistics.overlaps),
    })
}

/// The responses of a cohort, one on each line.
fn responses(members: &Value) -> Vec<String> {
    if members == "random" {
        let vectors: Vec<Value> =
            serde_json::from_str(&read("tests/vectors/random.json")).expect("JSON");
        return vectors
            .iter()
            .map(|vector| vector["response"].to_string())
            .collect();
    }
    let members = members.as_array().expect("members are a list").iter();
    members
        .map(|member| {
            let mut respondent = member.clone();
            let name = respondent["case"].take();
            let fields = respondent.as_object_mut().expect("a member is an object");
            fields.remove("case");
            let name = name.as_str().expect("a case has a name");
            let case = read(&format!("tests/vectors/cases/{name}.json"));
            let mut case: Value = serde_json::from_str(&case).expect("a vector is JSON");
            case["response"]["respondent"] = respondent;
            case["response"].to_string()
        })
        .collect()
}

fn check(name: &str) {
    let vector = read(&format!("tests/vectors/cohorts/{name}.json"));
    let vector: Value = serde_json::from_str(&vector).expect("a vector is JSON");
    let mut cohort = Cohort::new(&Rc::new(CONTENT.clone()));
    let lines = responses(&vector["members"]);
    let verdicts = cohort.add_document(name, &lines.join("\n"));
    assert_eq!(verdicts.len(), lines.len());

    let duplicates: Vec<Value> = verdicts
        .iter()
        .filter_map(|verdict| match &verdict.outcome {
            Outcome::Accepted(_) => None,
            Outcome::Duplicate { row, of } => Some(json!([row, of.line - 1])),
            Outcome::Refused(reason) => panic!("{name}:{}: {reason}", verdict.line),
        })
        .collect();
    assert_eq!(vector["duplicates"], Value::from(duplicates));
    let each = Filter {
        duplicates: true,
        ..Filter::default()
    };
    assert_eq!(vector["each_counted"], found(&cohort.statistics(each)));

    let groups = vector["groups"].as_object().expect("groups are an object");
    let instrument = &CONTENT.instrument;
    assert_eq!(
        groups.len(),
        (instrument.seats.len() + 2) * (instrument.structures.len() + 2)
    );
    for (key, expected) in groups {
        let (seat, structure) = key
            .split_once(' ')
            .expect("a group is a seat and a structure");
        let pick = |id: &str, named: Option<Pick>| match id {
            "all" => Pick::All,
            "unsaid" => Pick::Only(None),
            _ => named.expect("the content has it"),
        };
        let filter = Filter {
            seat: pick(seat, cohort.seat(seat)),
            structure: pick(structure, cohort.structure(structure)),
            duplicates: false,
        };
        let found = found(&cohort.statistics(filter));
        if expected == "suppressed" || seat == "all" || structure == "all" {
            assert_eq!(found, *expected, "{name}: {key}");
        } else {
            assert_eq!(
                found["respondents"], expected["respondents"],
                "{name}: {key}"
            );
        }
    }
}

#[test]
fn a_small_cohort() {
    check("small");
}

#[test]
fn a_random_cohort() {
    check("random");
}
