//! The shortest path to the next band is exact: on small instruments every way of raising answers is tried, and none is shorter or,
//! being as short, adds more points. And who walks it arrives.

mod common;

use std::cmp::Reverse;

use common::{CONTENT, officer, uniform};
use delineate::core::content::{Band, Cap, Content};
use delineate::core::plan::Action;
use delineate::core::ratio::Ratio;
use delineate::core::response::{Column, ItemAnswer, Owner, Response, TOP_LEVEL};
use delineate::core::result::{Move, ResultDocument};
use delineate::core::what_if::{
    Held, Unseen, count, held, item_choices, only, owner_choices, unseen, walked,
};
use delineate::core::wording::Wording;
use proptest::prelude::*;
use proptest::strategy::ValueTree;

/// A small instrument with answers to it.
#[derive(Clone, Debug)]
struct Case {
    step_weights: [u32; 2],
    domain_weights: [u32; 3],
    halves: (u32, u32),
    /// From which score each band above the first begins.
    edges: [u32; 3],
    /// For one and for two critical issues, the band that caps.
    caps: (usize, usize),
    critical: [bool; 3],
    /// Whether the second item of the first step is asked.
    extended: bool,
    items: [Option<ItemAnswer>; 3],
    owners: [Option<Owner>; 3],
}

fn any_item() -> impl Strategy<Value = Option<ItemAnswer>> {
    prop_oneof![
        4 => (0..=TOP_LEVEL).prop_map(|level| Some(ItemAnswer::Level(level))),
        6 => Just(Some(ItemAnswer::Level(0))),
        1 => Just(Some(ItemAnswer::NotApplicable("too-early".into()))),
        1 => Just(None),
    ]
}

fn any_owner() -> impl Strategy<Value = Option<Owner>> {
    prop_oneof![
        2 => Just(Some(officer("cto"))),
        1 => Just(Some(Owner::Other("cfo".into()))),
        2 => Just(Some(Owner::Split)),
        3 => Just(Some(Owner::Unsplit)),
        3 => Just(Some(Owner::Nobody)),
        1 => Just(Some(Owner::DontKnow)),
    ]
}

fn any_case() -> impl Strategy<Value = Case> {
    let weights = (
        [1u32..8, 1u32..8],
        [1u32..8, 1u32..8, 1u32..8],
        (1u32..8, 1u32..24),
    );
    let verdicts = (
        (5u32..60, 1u32..20, 1u32..20),
        (0usize..4, 0usize..4),
        any::<[bool; 3]>(),
    );
    let answers = (
        any::<bool>(),
        [any_item(), any_item(), any_item()],
        [any_owner(), any_owner(), any_owner()],
    );
    (weights, verdicts, answers).prop_map(|(weights, verdicts, answers)| {
        let (first, second, third) = verdicts.0;
        let (one, two) = verdicts.1;
        Case {
            step_weights: weights.0,
            domain_weights: weights.1,
            halves: weights.2,
            edges: [first, first + second, first + second + third],
            // More issues never leave a higher band open.
            caps: (one.max(two), one.min(two)),
            critical: verdicts.2,
            extended: answers.0,
            items: answers.1,
            owners: answers.2,
        }
    })
}

impl Case {
    fn content(&self) -> Content {
        let mut content = CONTENT.clone();
        let instrument = &mut content.instrument;
        instrument.steps.truncate(2);
        for (step, weight) in instrument.steps.iter_mut().zip(self.step_weights) {
            step.weight = weight;
            step.items.truncate(2);
        }
        instrument.domains.truncate(3);
        let domains = instrument.domains.iter_mut();
        for ((domain, weight), critical) in domains.zip(self.domain_weights).zip(self.critical) {
            (domain.weight, domain.critical) = (weight, critical);
        }
        let scoring = &mut instrument.scoring;
        (scoring.weights.delineation, scoring.weights.practice) = self.halves;
        for (band, edge) in scoring.bands.iter_mut().skip(1).zip(self.edges) {
            band.from = edge;
        }
        let band = |index: usize| -> &Band { &CONTENT.instrument.scoring.bands[index] };
        let caps = [(1, self.caps.0), (2, self.caps.1)];
        scoring.caps = caps
            .map(|(critical_issues, index)| Cap {
                critical_issues,
                band: band(index).id.clone(),
            })
            .to_vec();
        scoring.coverage_percent.overall = 0;
        content
    }

    fn response(&self, content: &Content) -> Response {
        let mut response = Response::new(content);
        let [first, second] = &content.instrument.steps[..] else {
            panic!("there are two steps");
        };
        if self.extended {
            response.extend(content, std::slice::from_ref(&first.id));
        }
        let items = [&first.items[0], &first.items[1], &second.items[0]];
        for (item, answer) in items.into_iter().zip(&self.items) {
            response.answer_item(item, answer.clone());
        }
        for (domain, owner) in content.instrument.domains.iter().zip(&self.owners) {
            response.answer_domain(&domain.id, Column::Today, owner.clone());
        }
        response
    }
}

/// The index of the band of a result, if it has one.
fn band(content: &Content, result: &ResultDocument) -> Option<usize> {
    let id = &result.band.as_ref()?.id;
    let bands = &content.instrument.scoring.bands;
    bands.iter().position(|band| band.id == *id)
}

/// Every set of moves with the answers that it leads to: how many moves, and those answers.
fn ways(content: &Content, response: &Response) -> Vec<(usize, Response)> {
    let mut ways = vec![(0, response.clone())];
    for step in &content.instrument.steps {
        for item in response.asked_items(step) {
            let Some(ItemAnswer::Level(level)) = response.items.get(item) else {
                continue;
            };
            let more: Vec<(usize, Response)> = ways
                .iter()
                .flat_map(|(moves, answers)| {
                    (level + 1..=TOP_LEVEL).map(move |to| {
                        let mut answers = answers.clone();
                        answers.answer_item(item, Some(ItemAnswer::Level(to)));
                        (moves + usize::from(to - level), answers)
                    })
                })
                .collect();
            ways.extend(more);
        }
    }
    for domain in &content.instrument.domains {
        let owner = response.owner(content, &domain.id, Column::Today);
        if !matches!(owner, Some(Owner::Split | Owner::Unsplit | Owner::Nobody)) {
            continue;
        }
        let more: Vec<(usize, Response)> = ways
            .iter()
            .map(|(moves, answers)| {
                let mut answers = answers.clone();
                answers.answer_domain(&domain.id, Column::Today, Some(officer("cto")));
                (moves + 1, answers)
            })
            .collect();
        ways.extend(more);
    }
    ways
}

/// The fewest moves into a higher band, and the most points with so many: found by trying everything.
fn best(content: &Content, response: &Response, from: usize) -> Option<(usize, Ratio)> {
    let arrivals = ways(content, response).into_iter();
    let arrivals = arrivals.filter_map(|(moves, answers)| {
        let result = ResultDocument::new(content, &answers);
        let higher = band(content, &result)? > from;
        higher.then_some((moves, Reverse(result.score_exact?)))
    });
    arrivals.min().map(|(moves, Reverse(score))| (moves, score))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn the_path_of_the_result_is_the_best_of_all(case in any_case()) {
        let content = case.content();
        let response = case.response(&content);
        let result = ResultDocument::new(&content, &response);
        let Some(from) = band(&content, &result) else {
            prop_assert!(result.next_band.is_none());
            return Ok(());
        };
        let found = result.next_band.as_ref().map(|next| {
            let points = next.path.iter().map(|one| match one {
                Move::Item { points, .. } | Move::Domain { points, .. } => *points,
            });
            let score = result.score_exact.expect("a band has a score");
            (next.moves, points.fold(score, |sum, points| sum + points))
        });
        prop_assert_eq!(found, best(&content, &response, from));
    }

    #[test]
    fn who_walks_the_path_arrives(case in any_case()) {
        let content = case.content();
        let response = case.response(&content);
        let result = ResultDocument::new(&content, &response);
        if let Some(next) = &result.next_band {
            let end = ResultDocument::new(&content, &walked(&content, &response, &next.path));
            prop_assert_eq!(end.score, Some(next.score));
            let bands = &content.instrument.scoring.bands;
            let promised = bands.iter().position(|band| band.id == next.band);
            prop_assert!(band(&content, &end) >= promised, "{:?}", end.band);
        }
    }
}

#[test]
fn the_tried_instruments_reach_every_kind_of_path() {
    // The property above says nothing about what its cases hold; this does.
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut none, mut plain, mut capped, mut long) = (0, 0, 0, 0);
    for _ in 0..400 {
        let tree = any_case().new_tree(&mut runner).expect("cases can be made");
        let case = tree.current();
        let content = case.content();
        let result = ResultDocument::new(&content, &case.response(&content));
        match (&result.next_band, &result.band) {
            (Some(next), Some(band)) => {
                capped += usize::from(band.capped);
                plain += usize::from(!band.capped);
                long += usize::from(next.moves > 2);
            }
            _ => none += 1,
        }
    }
    let found = [none, plain, capped, long];
    assert!(found.iter().all(|count| *count >= 20), "{found:?}");
}

#[test]
fn every_answer_is_among_its_choices() {
    let levels: Vec<_> = (0..=TOP_LEVEL)
        .map(|level| Some(ItemAnswer::Level(level)))
        .collect();
    for answer in [
        None,
        Some(ItemAnswer::DontKnow),
        Some(ItemAnswer::NotApplicable("too-early".into())),
    ] {
        let choices = item_choices(answer.as_ref());
        assert_eq!(choices[0], answer);
        assert_eq!(choices[1..], levels);
    }
    assert_eq!(item_choices(levels[3].as_ref()), levels);

    let mut content = CONTENT.clone();
    content.instrument.structures[0].officers = vec!["cto".into()];
    let response = Response::new(&content);
    let roles = content.instrument.roles.iter().cloned().map(Owner::Other);
    let offered: Vec<_> = [officer("cto"), Owner::Split, Owner::Unsplit, Owner::Nobody]
        .into_iter()
        .chain(roles)
        .map(Some)
        .collect();
    let choices = |own: Option<Owner>| owner_choices(&content, &response, own.as_ref());
    for own in [officer("cto"), Owner::Nobody, Owner::Other("cfo".into())] {
        assert_eq!(choices(Some(own)), offered);
    }
    // What is not offered is there as the answer given, and only then.
    for own in [None, Some(Owner::DontKnow), Some(officer("cio"))] {
        let found = choices(own.clone());
        assert_eq!(found[0], own);
        assert_eq!(found[1..], offered);
    }
}

#[test]
fn what_leaves_the_plan_and_what_comes_into_it_is_all_that_differs() {
    let mut response = Response::new(&CONTENT);
    for step in &CONTENT.instrument.steps {
        for item in response.asked_items(step).to_vec() {
            response.answer_item(&item, Some(ItemAnswer::Level(2)));
        }
    }
    for domain in &CONTENT.instrument.domains {
        response.answer_domain(&domain.id, Column::Today, Some(Owner::Nobody));
    }
    let now = ResultDocument::new(&CONTENT, &response);
    assert!(only(&now, &now).is_empty());
    let critical = CONTENT.instrument.domains.iter();
    let critical = critical.clone().find(|domain| domain.critical).unwrap();
    let mut other = response.clone();
    other.answer_domain(&critical.id, Column::Today, Some(Owner::Unsplit));
    let then = ResultDocument::new(&CONTENT, &other);
    let domain = critical.id.clone();
    let gap = Action::CriticalGap { domain };
    let domain = critical.id.clone();
    let overlap = Action::CriticalOverlap { domain };
    assert!(only(&now, &then).contains(&&gap));
    assert!(only(&then, &now).contains(&&overlap));
    let (left, come) = (only(&now, &then).len(), only(&then, &now).len());
    assert_eq!(count(&now) - left + come, count(&then));

    // What stays the same task is in neither list, though its level or its domains are others now.
    let words = Wording::new(&CONTENT, &response);
    let tasks = |actions: Vec<&Action>| -> Vec<String> {
        actions.iter().map(|action| words.task(action)).collect()
    };
    let headlines = CONTENT.instrument.steps.iter();
    let headlines = headlines.map(|step| (step.items[0].clone(), ItemAnswer::Level(3)));
    let gaps = CONTENT.instrument.domains.iter();
    let gaps = gaps.map(|domain| (domain.id.clone(), officer("cto")));
    for (item, level) in headlines {
        let mut other = response.clone();
        other.answer_item(&item, Some(level));
        let then = ResultDocument::new(&CONTENT, &other);
        let (left, come) = (tasks(only(&now, &then)), tasks(only(&then, &now)));
        assert!(
            left.iter().all(|task| !come.contains(task)),
            "{item}: {left:?} {come:?}"
        );
    }
    for (domain, owner) in gaps {
        let mut other = response.clone();
        other.answer_domain(&domain, Column::Today, Some(owner));
        let then = ResultDocument::new(&CONTENT, &other);
        let (left, come) = (tasks(only(&now, &then)), tasks(only(&then, &now)));
        assert!(
            left.iter().all(|task| !come.contains(task)),
            "{domain}: {left:?} {come:?}"
        );
    }
}

#[test]
fn a_walked_domain_gets_the_owner_it_should_have_else_the_usual_one() {
    let path = ["cybersecurity", "it-projects", "technology-strategy"].map(|domain| Move::Domain {
        domain: domain.into(),
        points: Ratio::ZERO,
    });
    let mut response = Response::new(&CONTENT);
    response.answer_domain(
        "cybersecurity",
        Column::Target,
        Some(Owner::Other("ciso".into())),
    );
    response.answer_domain("technology-strategy", Column::Target, Some(Owner::Split));
    let end = walked(&CONTENT, &response, &path);
    let owner = |domain: &str| end.owner(&CONTENT, domain, Column::Today).cloned();
    assert_eq!(owner("cybersecurity"), Some(Owner::Other("ciso".into())));
    assert_eq!(owner("it-projects"), Some(officer("cio")));
    assert_eq!(owner("technology-strategy"), Some(officer("cto")));
}

#[test]
fn the_actions_of_a_plan_are_counted() {
    let result = ResultDocument::new(&CONTENT, &common::uniform(true, 0, Owner::Nobody));
    let listed: Vec<usize> = result.plan.iter().map(|one| one.actions.len()).collect();
    assert_eq!(count(&result), listed.iter().sum::<usize>());
    assert!(count(&result) > listed[0]);
}

#[test]
fn what_holds_a_verdict_back_is_the_number_or_a_critical_issue_or_both() {
    let of = |level, open: &[&str]| {
        let mut response = uniform(false, level, officer("cto"));
        for id in open {
            response.answer_domain(id, Column::Today, Some(Owner::Nobody));
        }
        ResultDocument::new(&CONTENT, &response)
    };
    let gap = ["cybersecurity"].map(String::from);
    for (level, open, short, domains) in [
        // 47, and the gap alone would let it rise to Defined; 75; 72, and the gap would keep 80 at Defined; 97; 100.
        (0, &["cybersecurity"][..], Some(("defined", 13)), &[][..]),
        (2, &[], Some(("sharp", 5)), &[]),
        (2, &["cybersecurity"], Some(("sharp", 8)), &gap),
        (4, &["cybersecurity"], None, &gap),
        (4, &[], None, &[]),
    ] {
        let result = of(level, open);
        let expected = Held { short, domains };
        assert_eq!(held(&CONTENT, &result), Some(expected), "{level}, {open:?}");
    }
    let nothing = ResultDocument::new(&CONTENT, &Response::new(&CONTENT));
    assert_eq!(held(&CONTENT, &nothing), None);
}

#[test]
fn what_nobody_knows_is_told_with_the_verdict_if_nobody_owned_it() {
    let of = |level, open: &[(&str, Option<Owner>)]| {
        let mut response = uniform(false, level, officer("cto"));
        for (id, owner) in open {
            response.answer_domain(id, Column::Today, owner.clone());
        }
        unseen(
            &CONTENT,
            &response,
            &ResultDocument::new(&CONTENT, &response),
        )
    };
    let told = |domains: &[&str], band: Option<&str>| {
        Some(Unseen {
            domains: domains.iter().copied().map(String::from).collect(),
            band: band.map(String::from),
        })
    };
    let (cyber, continuity) = ("cybersecurity", "continuity");
    let unsure = Some(Owner::DontKnow);
    // 100, and with one of sixteen owned by nobody 97, which the gap keeps at Defined; with two, at Emerging.
    assert_eq!(
        of(4, &[(cyber, unsure.clone())]),
        told(&[cyber], Some("defined"))
    );
    assert_eq!(of(4, &[(cyber, None)]), told(&[cyber], Some("defined")));
    let both = [(continuity, None), (cyber, unsure.clone())];
    assert_eq!(of(4, &both), told(&[cyber, continuity], Some("emerging")));
    let beside = [(continuity, Some(Owner::Nobody)), (cyber, unsure.clone())];
    assert_eq!(of(4, &beside), told(&[cyber], Some("emerging")));
    // 50, and 47 if nobody owned it: Emerging both times.
    assert_eq!(of(0, &[(cyber, unsure.clone())]), told(&[cyber], None));
    // Known, though nobody owns it; known not to be critical; and no verdict at all.
    assert_eq!(of(4, &[(cyber, Some(Owner::Nobody))]), None);
    assert_eq!(of(4, &[("research", unsure)]), None);
    let nothing = Response::new(&CONTENT);
    let result = ResultDocument::new(&CONTENT, &nothing);
    assert_eq!(unseen(&CONTENT, &nothing, &result), None);
}
