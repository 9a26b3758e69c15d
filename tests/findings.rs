//! What is read out of the answers beside the score: findings, priorities, plan and charter.

mod common;

use common::{CONTENT, officer, uniform};
use delineate::core::charter::{Source, charter};
use delineate::core::findings::{Finding, Kind};
use delineate::core::plan::Action;
use delineate::core::response::{Column, ItemAnswer, Owner, Response};
use delineate::core::result::ResultDocument;

/// A map as companies often have it: each officer holds what the article's profile gives them.
fn usual(level: u8) -> Response {
    let mut response = uniform(true, level, officer("cto"));
    for domain in &CONTENT.instrument.domains {
        let owner = domain.usual.clone().unwrap_or("cio".into());
        response.answer_domain(&domain.id, Column::Today, Some(Owner::Officer(owner)));
    }
    response
}

fn result(response: &Response) -> ResultDocument {
    ResultDocument::new(&CONTENT, response)
}

fn found(response: &Response) -> Vec<(Kind, Vec<String>)> {
    let pair = |finding: Finding| (finding.kind, finding.domains);
    result(response).findings.into_iter().map(pair).collect()
}

fn with(owners: &[(&str, Owner)]) -> Response {
    let mut response = usual(2);
    for (domain, owner) in owners {
        response.answer_domain(domain, Column::Today, Some(owner.clone()));
    }
    response
}

fn names(ids: &[&str]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}

#[test]
fn the_usual_map_has_no_finding() {
    assert_eq!(found(&usual(2)), []);
}

#[test]
fn each_rule_names_the_domains_that_caused_it() {
    for (owner, kind) in [
        (Owner::Nobody, Kind::Gap),
        (Owner::Unsplit, Kind::Overlap),
        (Owner::DontKnow, Kind::Unknown),
        (Owner::Other("ciso".into()), Kind::Elsewhere),
    ] {
        let response = with(&[("workplace", owner.clone()), ("cybersecurity", owner)]);
        assert_eq!(
            found(&response),
            [(kind, names(&["workplace", "cybersecurity"]))]
        );
    }
    // A written split is neither an overlap nor a difference from the usual owner.
    assert_eq!(found(&with(&[("research", Owner::Split)])), []);
    let swapped = with(&[
        ("research", officer("cio")),
        ("infrastructure", officer("cto")),
    ]);
    assert_eq!(
        found(&swapped),
        [(Kind::Reference, names(&["research", "infrastructure"]))]
    );
}

#[test]
fn gaps_and_overlaps_are_told_apart_and_in_order() {
    let response = with(&[("research", Owner::Unsplit), ("continuity", Owner::Nobody)]);
    let kinds: Vec<Kind> = found(&response).into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, [Kind::Gap, Kind::Overlap]);
}

#[test]
fn written_and_agreed_contradicts_a_map_with_holes_from_level_three_on() {
    let mut response = with(&[("research", Owner::Nobody)]);
    for (level, contradicted) in [(2, false), (3, true), (4, true)] {
        response.answer_item("alignment-written", Some(ItemAnswer::Level(level)));
        let findings = result(&response).findings;
        let hit = findings
            .iter()
            .find(|finding| finding.kind == Kind::Contradiction);
        assert_eq!(hit.is_some(), contradicted, "level {level}");
        if let Some(hit) = hit {
            assert_eq!(hit.item.as_deref(), Some("alignment-written"));
            assert_eq!(hit.domains, names(&["research"]));
        }
    }
    response.answer_item("alignment-written", Some(ItemAnswer::DontKnow));
    assert!(
        !found(&response)
            .iter()
            .any(|(kind, _)| *kind == Kind::Contradiction)
    );
}

#[test]
fn overload_begins_at_seventy_percent_and_hollow_ends_at_one_domain() {
    let ids: Vec<&str> = CONTENT
        .instrument
        .domains
        .iter()
        .map(|domain| domain.id.as_str())
        .collect();
    for (held_by_cto, overload, hollow) in [
        (11, false, false),
        (12, true, false),
        (14, true, false),
        (15, true, true),
        (16, true, true),
    ] {
        let mut response = usual(2);
        for (place, id) in ids.iter().enumerate() {
            let owner = officer(if place < held_by_cto { "cto" } else { "cio" });
            response.answer_domain(id, Column::Today, Some(owner));
        }
        let findings = result(&response).findings;
        let of = |kind| {
            findings
                .iter()
                .find(|finding: &&Finding| finding.kind == kind)
        };
        assert_eq!(
            of(Kind::Overload).is_some(),
            overload,
            "{held_by_cto} of 16"
        );
        assert_eq!(of(Kind::Hollow).is_some(), hollow, "{held_by_cto} of 16");
        if let Some(finding) = of(Kind::Overload) {
            assert_eq!(
                (finding.officer.as_deref(), finding.count, finding.total),
                (Some("cto"), held_by_cto, 16)
            );
        }
        if let Some(finding) = of(Kind::Hollow) {
            assert_eq!(finding.officer.as_deref(), Some("cio"));
        }
    }
}

#[test]
fn a_map_that_is_mostly_unknown_says_nothing_about_load() {
    let mut response = Response::new(&CONTENT);
    response.answer_domain("research", Column::Today, Some(officer("cto")));
    assert_eq!(found(&response), []);
}

#[test]
fn priorities_are_the_three_steps_with_the_most_room_and_carry_the_level_answered() {
    let mut response = usual(4);
    for (item, level) in [
        ("roadmap-changes", 0),
        ("progress-review", 1),
        ("stakeholders-value", 2),
        ("strategy-goals", 3),
    ] {
        response.answer_item(item, Some(ItemAnswer::Level(level)));
    }
    let priorities = result(&response).priorities;
    let found: Vec<(&str, u8)> = priorities
        .iter()
        .map(|one| (one.item.as_str(), one.level))
        .collect();
    assert_eq!(
        found,
        [
            ("roadmap-changes", 0),
            ("progress-review", 1),
            ("stakeholders-value", 2)
        ]
    );
    assert_eq!(result(&usual(4)).priorities, []);
}

#[test]
fn the_plan_begins_with_critical_domains_and_always_ends_with_a_review() {
    let response = with(&[
        ("cybersecurity", Owner::Nobody),
        ("continuity", Owner::Unsplit),
        ("workplace", Owner::Nobody),
        ("data-ai-governance", Owner::DontKnow),
    ]);
    let plan = result(&response).plan;
    assert_eq!(
        plan.iter().map(|horizon| horizon.days).collect::<Vec<_>>(),
        [30, 60, 90]
    );
    assert_eq!(
        plan[0].actions[..2],
        [
            Action::CriticalGap {
                domain: "cybersecurity".into()
            },
            Action::CriticalOverlap {
                domain: "continuity".into()
            },
        ]
    );
    assert!(
        matches!(&plan[0].actions[2], Action::Finding(finding) if finding.kind == Kind::Unknown)
    );
    // What stands in the first month by itself is not repeated in the second.
    assert!(matches!(&plan[1].actions[0], Action::Finding(finding)
        if finding.kind == Kind::Gap && finding.domains == ["workplace"] && finding.count == 1));
    assert!(
        !plan[1].actions.iter().any(
            |action| matches!(action, Action::Finding(finding) if finding.kind == Kind::Overlap)
        )
    );
    assert_eq!(
        plan[2].actions.last(),
        Some(&Action::Standing { id: "review" })
    );
}

#[test]
fn a_company_with_nothing_to_mend_is_told_to_keep_it_and_one_person_is_not_sent_to_compare() {
    let standing = |response: &Response| -> Vec<&'static str> {
        let plan = result(response).plan;
        let ids = plan.into_iter().flat_map(|horizon| horizon.actions);
        ids.filter_map(|action| match action {
            Action::Standing { id } => Some(id),
            _ => None,
        })
        .collect()
    };
    let mut response = usual(4);
    assert_eq!(
        standing(&response),
        ["keep", "compare", "charter", "tell", "review"]
    );
    response.respondent.structure = Some("one".into());
    assert_eq!(standing(&response), ["keep", "charter", "tell", "review"]);
}

#[test]
fn the_charter_takes_the_target_then_today_and_leaves_the_rest_open() {
    let mut response = with(&[
        ("research", Owner::Nobody),
        ("workplace", Owner::Unsplit),
        ("integration", Owner::Split),
    ]);
    response.answer_domain(
        "cybersecurity",
        Column::Target,
        Some(Owner::Other("ciso".into())),
    );
    response.answer_domain("continuity", Column::Target, Some(Owner::DontKnow));
    let lines = charter(&CONTENT, &response);
    let line = |id: &str| {
        let line = lines
            .iter()
            .find(|line| line.domain == id)
            .expect("every domain is in the charter");
        (line.owner.clone(), line.source)
    };
    assert_eq!(lines.len(), CONTENT.instrument.domains.len());
    assert_eq!(
        line("technology-strategy"),
        (Some(officer("cto")), Source::Today)
    );
    assert_eq!(line("integration"), (Some(Owner::Split), Source::Today));
    assert_eq!(line("research"), (None, Source::Open));
    assert_eq!(line("workplace"), (None, Source::Open));
    assert_eq!(
        line("cybersecurity"),
        (Some(Owner::Other("ciso".into())), Source::Target)
    );
    // Asked who should own it, the respondent did not know: today's owner is no answer to that.
    assert_eq!(line("continuity"), (None, Source::Open));
}
