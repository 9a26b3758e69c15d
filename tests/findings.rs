//! What is read out of the answers beside the score: findings, priorities, plan and charter.

mod common;

use common::{CONTENT, officer, uniform};
use delineate::core::charter::{Source, charter, contradicted, unconfirmed};
use delineate::core::findings::{Finding, Kind};
use delineate::core::interface::Key;
use delineate::core::plan::Action;
use delineate::core::ratio::Ratio;
use delineate::core::response::{Column, ItemAnswer, Owner, Response};
use delineate::core::result::{DomainKind, MapCounts, Priority, ResultDocument};
use delineate::core::wording::Wording;

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
fn load_is_judged_from_half_of_the_map_on_and_not_below() {
    let ids = CONTENT.instrument.domains.iter().map(|domain| &domain.id);
    for (known, judged) in [(1, false), (7, false), (8, true)] {
        let mut response = Response::new(&CONTENT);
        for id in ids.clone().take(known) {
            response.answer_domain(id, Column::Today, Some(officer("cto")));
        }
        let kinds = found(&response).into_iter().map(|(kind, _)| kind);
        let kinds: Vec<Kind> = kinds
            .filter(|kind| matches!(kind, Kind::Overload | Kind::Hollow))
            .collect();
        let expected: &[Kind] = if judged {
            &[Kind::Overload, Kind::Hollow]
        } else {
            &[]
        };
        assert_eq!(kinds, expected, "{known} of 16");
    }
}

#[test]
fn silence_is_told_apart_from_a_clear_map() {
    let empty = result(&Response::new(&CONTENT)).map;
    assert_eq!((empty.complete, empty.counts), (false, None));
    let none = Some(MapCounts {
        gaps: 0,
        overlaps: 0,
    });
    let mut response = usual(2);
    let clear = result(&response);
    assert_eq!((clear.map.complete, clear.map.counts), (true, none));
    assert_eq!(clear.findings, []);
    // One domain left out, and the map says nothing more, but is no longer complete.
    response.answer_domain("research", Column::Today, None);
    let open = result(&response);
    assert_eq!((open.map.complete, open.map.counts), (false, none));
    assert_eq!(open.findings, []);
    // Only what is not known: nothing is counted, so nothing is claimed.
    let mut unknown = Response::new(&CONTENT);
    for domain in &CONTENT.instrument.domains {
        unknown.answer_domain(&domain.id, Column::Today, Some(Owner::DontKnow));
    }
    let unknown = result(&unknown).map;
    assert_eq!((unknown.complete, unknown.counts), (false, None));
    let holes = result(&with(&[
        ("research", Owner::Nobody),
        ("workplace", Owner::Unsplit),
        ("integration", Owner::Unsplit),
    ]));
    let counts = MapCounts {
        gaps: 1,
        overlaps: 2,
    };
    assert_eq!((holes.map.complete, holes.map.counts), (true, Some(counts)));
}

/// The priorities as ids: of the domain, or of the step and its item.
fn first(response: &Response) -> Vec<String> {
    let priorities = result(response).priorities.into_iter();
    let name = |priority| match priority {
        Priority::Domain { domain, .. } => domain,
        Priority::Step { step, item, .. } => format!("{step}/{item}"),
    };
    priorities.map(name).collect()
}

#[test]
fn priorities_are_three_different_steps_each_by_its_weakest_item() {
    assert_eq!(
        first(&usual(2)),
        [
            "alignment/alignment-written",
            "collaboration/collaboration-rhythm",
            "expectations/expectations-agreed"
        ]
    );
    let mut response = usual(4);
    for (item, level) in [
        ("roadmap-changes", 0),
        // Two items with three levels of room each are more than one with four.
        ("progress-measures", 1),
        ("progress-review", 1),
        ("stakeholders-value", 2),
        ("strategy-goals", 3),
    ] {
        response.answer_item(item, Some(ItemAnswer::Level(level)));
    }
    assert_eq!(
        first(&response),
        [
            "progress/progress-measures",
            "roadmap/roadmap-changes",
            "stakeholders/stakeholders-value"
        ]
    );
    let points = |priority: &Priority| match priority {
        Priority::Domain { points, .. } | Priority::Step { points, .. } => *points,
    };
    let priorities = result(&response).priorities;
    // A level of a full check is a fourth of a third of a tenth of a half of 100 points.
    assert_eq!(points(&priorities[0]), Ratio::new(6 * 100, 240));
    assert_eq!(first(&usual(4)), Vec::<String>::new());
}

#[test]
fn critical_domains_without_a_clear_owner_come_before_any_step() {
    let mut response = with(&[
        ("technology-strategy", Owner::Unsplit),
        ("cybersecurity", Owner::Nobody),
        ("workplace", Owner::Nobody),
    ]);
    assert_eq!(
        first(&response),
        [
            "cybersecurity",
            "technology-strategy",
            "alignment/alignment-written"
        ]
    );
    let kinds: Vec<DomainKind> = result(&response)
        .priorities
        .iter()
        .filter_map(|priority| match priority {
            Priority::Domain { kind, .. } => Some(*kind),
            Priority::Step { .. } => None,
        })
        .collect();
    assert_eq!(kinds, [DomainKind::Gap, DomainKind::Overlap]);
    // Four critical ones leave no card for a step, but the plan still holds the steps with the most room.
    response.answer_domain("compliance", Column::Today, Some(Owner::Nobody));
    response.answer_domain("continuity", Column::Today, Some(Owner::Nobody));
    assert_eq!(
        first(&response),
        ["cybersecurity", "compliance", "continuity"]
    );
    for (horizon, item) in result(&response).plan.iter().zip([
        "alignment-written",
        "collaboration-rhythm",
        "expectations-agreed",
    ]) {
        let level = 2;
        let item = item.to_string();
        let action = Action::Priority { item, level };
        assert!(horizon.actions.contains(&action), "{action:?}");
    }
    // Where no step has room, the other domains are what is left to do.
    let mut steps_done = usual(4);
    steps_done.answer_domain("workplace", Column::Today, Some(Owner::Unsplit));
    assert_eq!(first(&steps_done), ["workplace"]);
}

#[test]
fn a_critical_responsibility_whose_owner_is_unknown_comes_before_the_steps_and_first_in_the_plan() {
    let mut response = with(&[
        ("research", Owner::DontKnow),
        ("cybersecurity", Owner::DontKnow),
        ("continuity", Owner::Unsplit),
    ]);
    assert_eq!(
        first(&response),
        ["continuity", "cybersecurity", "alignment/alignment-written"]
    );
    let found = result(&response);
    let words = Wording::new(&CONTENT, &response);
    let said = words.priority(&found.priorities[1], &found.findings);
    assert_eq!(said, CONTENT.report.findings["unknown"].advice);
    response.answer_item("alignment-written", Some(ItemAnswer::Level(4)));
    let found = result(&response);
    let kind = |action: &Action| match action {
        Action::Finding(finding) => Some(finding.kind),
        _ => None,
    };
    let kinds: Vec<_> = found.plan[0].actions.iter().map(kind).collect();
    assert_eq!(
        kinds[..3],
        [None, Some(Kind::Unknown), Some(Kind::Contradiction)]
    );
    // Not answered is no name to ask for.
    response.answer_domain("cybersecurity", Column::Today, None);
    assert_eq!(first(&response)[0], "continuity");
    assert!(first(&response)[1].contains('/'));
}

#[test]
fn a_priority_says_what_to_do_and_that_it_is_a_domain_s_turn() {
    let response = with(&[
        ("cybersecurity", Owner::Nobody),
        ("continuity", Owner::Unsplit),
    ]);
    let words = Wording::new(&CONTENT, &response);
    let found = result(&response);
    let said = found.priorities.iter();
    let said: Vec<String> = said
        .map(|priority| words.priority(priority, &found.findings))
        .collect();
    assert!(said[0].contains(words.domain("cybersecurity")), "{said:?}");
    assert!(said[1].contains(words.domain("continuity")), "{said:?}");
    assert_ne!(
        said[0].replace(words.domain("cybersecurity"), ""),
        said[1].replace(words.domain("continuity"), "")
    );
    assert_eq!(said[2], words.advice("alignment-written", 2));
}

#[test]
fn the_cap_that_lowered_the_band_is_named_with_its_threshold_and_its_domains() {
    let capped = |owners: &[(&str, Owner)]| {
        let mut response = usual(4);
        for (domain, owner) in owners {
            response.answer_domain(domain, Column::Today, Some(owner.clone()));
        }
        let band = result(&response).band.expect("everything is answered");
        assert_eq!(band.capped, band.cap.is_some());
        let cap = band.cap.map(|cap| {
            let words = Wording::new(&CONTENT, &response);
            let said = words.cap_rule(&cap);
            assert!(said.contains(&cap.threshold.to_string()), "{said}");
            assert!(said.contains(words.band(&cap.band)), "{said}");
            assert!(said.contains(&words.domains(&cap.domains)), "{said}");
            (cap.threshold, cap.band, cap.domains)
        });
        cap.map(|(threshold, band, domains)| (threshold, band, domains.join(" ")))
    };
    let cap = |threshold, band: &str, domains: &str| Some((threshold, band.into(), domains.into()));
    assert_eq!(capped(&[]), None);
    assert_eq!(capped(&[("workplace", Owner::Nobody)]), None);
    assert_eq!(
        capped(&[("cybersecurity", Owner::Nobody)]),
        cap(1, "defined", "cybersecurity")
    );
    assert_eq!(
        capped(&[
            ("cybersecurity", Owner::Nobody),
            ("technology-strategy", Owner::Unsplit),
            ("continuity", Owner::Nobody)
        ]),
        cap(
            2,
            "emerging",
            "technology-strategy cybersecurity continuity"
        )
    );
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
fn the_first_month_takes_critical_domains_in_the_order_in_which_they_are_priorities() {
    let response = with(&[
        ("technology-strategy", Owner::Unsplit),
        ("cybersecurity", Owner::Nobody),
        ("compliance", Owner::Unsplit),
        ("continuity", Owner::Nobody),
    ]);
    let found = result(&response);
    let first = found.priorities.iter().map(|one| match one {
        Priority::Domain { domain, .. } => domain.as_str(),
        Priority::Step { step, .. } => step,
    });
    // What nobody holds gains more by an owner than what two hold.
    let order = [
        "cybersecurity",
        "continuity",
        "technology-strategy",
        "compliance",
    ];
    assert_eq!(first.collect::<Vec<_>>(), order[..3]);
    let planned = found.plan[0]
        .actions
        .iter()
        .filter_map(|action| match action {
            Action::CriticalGap { domain } | Action::CriticalOverlap { domain } => Some(domain),
            _ => None,
        });
    assert_eq!(planned.collect::<Vec<_>>(), order);
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
    // Where a title is missing there are two people all the same.
    response.respondent.structure = Some("neither".into());
    assert!(standing(&response).contains(&"compare"));
}

#[test]
fn nothing_is_praised_while_something_asked_is_open() {
    let first_month = |response: &Response| result(response).plan[0].actions[0].clone();
    let mut open_item = usual(4);
    open_item.answer_item("roadmap-shared", None);
    let mut open_domain = usual(4);
    open_domain.answer_domain("research", Column::Today, None);
    let mut unsure = usual(4);
    unsure.answer_item("roadmap-shared", Some(ItemAnswer::DontKnow));
    for response in [&Response::new(&CONTENT), &open_item, &open_domain, &unsure] {
        assert_eq!(
            first_month(response),
            Action::Standing { id: "complete" },
            "{}",
            response.to_json()
        );
    }
    let mut away = usual(4);
    let reason = ItemAnswer::NotApplicable("other".into());
    away.answer_item("roadmap-shared", Some(reason));
    assert_eq!(first_month(&away), Action::Standing { id: "keep" });
}

#[test]
fn without_a_verdict_or_a_map_the_plan_first_completes_the_check_and_sends_nobody_to_sign() {
    let standing = |result: &ResultDocument| -> Vec<(u32, &'static str)> {
        let all = result.plan.iter().flat_map(|horizon| {
            let actions = horizon.actions.iter();
            actions.map(move |action| (horizon.days, action))
        });
        all.filter_map(|(days, action)| match action {
            Action::Standing { id } => Some((days, *id)),
            _ => None,
        })
        .collect()
    };
    let complete = Action::Standing { id: "complete" };
    let map_of = |answered: usize, response: &mut Response| {
        for domain in &CONTENT.instrument.domains[answered..] {
            response.answer_domain(&domain.id, Column::Today, None);
        }
    };

    // Five of 26: no verdict, and a map with one domain, which nobody owns.
    let mut few = Response::new(&CONTENT);
    for step in &CONTENT.instrument.steps[..4] {
        few.answer_item(&step.items[0], Some(ItemAnswer::Level(1)));
    }
    few.answer_domain("cybersecurity", Column::Today, Some(Owner::Nobody));
    let found = result(&few);
    assert!(found.band.is_none());
    assert_eq!(found.plan[0].actions[0], complete);
    assert!(
        matches!(&found.plan[0].actions[1], Action::CriticalGap { domain } if domain == "cybersecurity")
    );
    assert_eq!(
        standing(&found),
        [(30, "complete"), (30, "compare"), (90, "review")]
    );

    // Nothing at all: the second month has nothing in it, and is left out.
    let nothing = result(&Response::new(&CONTENT));
    let days: Vec<u32> = nothing.plan.iter().map(|horizon| horizon.days).collect();
    assert_eq!(days, [30, 90]);
    assert_eq!(
        standing(&nothing),
        [(30, "complete"), (30, "compare"), (90, "review")]
    );

    // A full check has a verdict with hardly any of the map; half of it is enough for a charter.
    let mut full = usual(3);
    map_of(7, &mut full);
    let found = result(&full);
    assert!(found.band.is_some() && !found.map.coverage.enough);
    assert_eq!(found.plan[0].actions[0], complete);
    assert!(
        !standing(&found)
            .iter()
            .any(|(_, id)| ["charter", "tell"].contains(id))
    );
    let mut full = usual(3);
    map_of(8, &mut full);
    let found = result(&full);
    assert!(found.band.is_some() && found.map.coverage.enough);
    assert!(
        standing(&found).contains(&(60, "charter")) && standing(&found).contains(&(90, "tell"))
    );
    assert!(!standing(&found).contains(&(30, "complete")));

    // The map alone says enough for a charter, and not for a verdict.
    let mut map_only = usual(3);
    for step in &CONTENT.instrument.steps {
        for item in &step.items {
            map_only.answer_item(item, None);
        }
    }
    let found = result(&map_only);
    assert!(found.band.is_none() && found.map.coverage.enough);
    assert_eq!(found.plan[0].actions[0], complete);
    assert!(standing(&found).contains(&(60, "charter")));
}

#[test]
fn where_nothing_counts_no_more_answers_are_asked_for() {
    let response = Response::new(&CONTENT);
    let words = Wording::new(&CONTENT, &response);
    let mut coverage = result(&response).coverage;
    assert_eq!(
        words.missing(&coverage),
        "Answers still needed for a verdict: 19. A verdict takes answers to at least 70% of the questions; \
         26 are open or answered with “I don’t know”."
    );
    // As in a check whose questions may all be not applicable.
    (coverage.settled, coverage.skipped, coverage.enough) = (26, 0, true);
    assert_eq!(
        words.missing(&coverage),
        CONTENT.interface.get(Key::BandNoScore)
    );
}

#[test]
fn what_a_verdict_still_needs_is_the_least_that_reaches_its_gate() {
    let gate = CONTENT.instrument.scoring.coverage_percent.overall;
    // 26 are asked, of which 70 % are 18.2, so 19.
    let mut response = Response::new(&CONTENT);
    assert_eq!(result(&response).coverage.missing(gate), 19);
    for (count, domain) in CONTENT.instrument.domains.iter().enumerate() {
        let owner = if count < 5 {
            Owner::DontKnow
        } else {
            Owner::Nobody
        };
        response.answer_domain(&domain.id, Column::Today, Some(owner));
    }
    // Eleven are settled: an owner that is not known is not.
    assert_eq!(result(&response).coverage.missing(gate), 8);
    let headlines = CONTENT.instrument.steps.iter().map(|step| &step.items[0]);
    for (left, item) in (0..8).rev().zip(headlines) {
        assert!(result(&response).band.is_none());
        response.answer_item(item, Some(ItemAnswer::Level(2)));
        assert_eq!(result(&response).coverage.missing(gate), left);
    }
    assert!(result(&response).band.is_some());
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

#[test]
fn a_charter_is_contradicted_by_whoever_gives_another_owner_to_what_it_has_decided() {
    let ids =
        |own: &Response, others: &[&Response]| contradicted(&CONTENT, own, others.iter().copied());
    let own = with(&[("research", Owner::Nobody)]);
    assert_eq!(ids(&own, &[]), names(&[]));
    assert_eq!(ids(&own, &[&own, &own.clone()]), names(&[]));
    // Open in the charter already, not known, or not answered: nothing that it says is denied.
    let mut silent = with(&[
        ("research", officer("cio")),
        ("technology-strategy", Owner::DontKnow),
    ]);
    silent.answer_domain("cybersecurity", Column::Today, None);
    assert_eq!(ids(&own, &[&silent]), names(&[]));
    let other = with(&[
        ("technology-strategy", officer("cio")),
        ("workplace", Owner::Nobody),
        ("integration", Owner::Unsplit),
    ]);
    let denied = names(&["technology-strategy", "integration", "workplace"]);
    assert_eq!(ids(&own, &[&own, &other, &silent]), denied);
    // Today they differ, and they want the same; and the other way round.
    let wanting = |response: &Response, domain, owner| {
        let mut response = response.clone();
        response.answer_domain(domain, Column::Target, Some(owner));
        response
    };
    let agreed = wanting(&other, "technology-strategy", officer("cto"));
    assert_eq!(ids(&own, &[&agreed]), denied[1..]);
    let wants = wanting(&own, "continuity", officer("cto"));
    let apart = wanting(&own, "continuity", Owner::Other("ciso".into()));
    assert_eq!(ids(&wants, &[&apart]), names(&["continuity"]));
    // Whoever sees today alike, and was not asked for more or did not know, has not denied the aim.
    let unsure = wanting(&own, "continuity", Owner::DontKnow);
    assert_eq!(ids(&wants, &[&own, &unsure]), names(&[]));
    let otherwise = with(&[("continuity", Owner::Unsplit)]);
    assert_eq!(ids(&wants, &[&otherwise]), names(&["continuity"]));
}

#[test]
fn a_charter_is_not_confirmed_by_whoever_it_names_and_who_does_not_know() {
    let own = with(&[("research", Owner::Nobody)]);
    let ids = |others: &[&Response]| unconfirmed(&CONTENT, &own, others.iter().copied());
    let mut unsure = with(&[
        // The CTO's in the draft, the CIO's in the draft, and open in it.
        ("technology-strategy", Owner::DontKnow),
        ("it-projects", Owner::DontKnow),
        ("research", Owner::DontKnow),
    ]);
    let seated = |response: &Response, seat: &str| {
        let mut response = response.clone();
        response.respondent.seat = Some(seat.into());
        response
    };
    let (cto, cio) = (seated(&unsure, "cto"), seated(&unsure, "cio"));
    // Who knows, who has no seat, and who sits elsewhere, say nothing of it.
    let chief = seated(&unsure, "ceo");
    assert_eq!(ids(&[&seated(&own, "cto"), &unsure, &chief]), []);
    assert_eq!(
        ids(&[&chief, &cio, &own, &cto]),
        [
            (1, names(&["it-projects"])),
            (3, names(&["technology-strategy"]))
        ]
    );
    // Whoever says who should own it, whoever that be, has answered.
    for owner in [officer("cto"), officer("cio"), Owner::Nobody] {
        unsure.answer_domain("technology-strategy", Column::Target, Some(owner));
        assert_eq!(ids(&[&seated(&unsure, "cto")]), []);
    }
    unsure.answer_domain("technology-strategy", Column::Target, Some(Owner::DontKnow));
    assert_eq!(
        ids(&[&seated(&unsure, "cto")]),
        [(0, names(&["technology-strategy"]))]
    );
    // Not answered is no "I don't know".
    unsure.answer_domain("technology-strategy", Column::Target, None);
    unsure.answer_domain("technology-strategy", Column::Today, None);
    assert_eq!(ids(&[&seated(&unsure, "cto")]), []);
}

#[test]
fn in_the_plan_what_no_company_can_leave_unclear_is_named_first() {
    let unsure = with(&[
        ("research", Owner::DontKnow),
        ("integration", Owner::DontKnow),
        ("cybersecurity", Owner::DontKnow),
    ]);
    let plan = result(&unsure).plan;
    let actions = plan.iter().flat_map(|month| &month.actions);
    let domains = actions.filter_map(|action| match action {
        Action::Finding(finding) if finding.kind == Kind::Unknown => Some(&finding.domains),
        _ => None,
    });
    let domains: Vec<_> = domains.collect();
    assert_eq!(
        domains,
        [&names(&["cybersecurity", "research", "integration"])]
    );
}
