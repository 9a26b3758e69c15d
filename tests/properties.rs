//! What holds for every response, whatever was answered.

#[path = "common/any.rs"]
mod any;
mod common;

use any::{any_item_answer, any_owner, any_response};
use common::{CONTENT, all_steps};
use delineate::core::content::Content;
use delineate::core::ratio::Ratio;
use delineate::core::response::{Column, ItemAnswer, Owner, Response, TOP_LEVEL};
use delineate::core::result::{Move, Priority, Question, ResultDocument};
use delineate::core::score;
use proptest::prelude::*;
use proptest::sample::subsequence;

fn result(response: &Response) -> ResultDocument {
    ResultDocument::new(&CONTENT, response)
}

/// The ids of the asked items, in content order.
fn asked(response: &Response) -> Vec<String> {
    let steps = CONTENT.instrument.steps.iter();
    steps
        .flat_map(|step| response.asked_items(step).to_vec())
        .collect()
}

fn band_index(content: &Content, id: &str) -> usize {
    let bands = &content.instrument.scoring.bands;
    bands
        .iter()
        .position(|band| band.id == id)
        .expect("a result names a band of the content")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn everything_stays_in_bounds(response in any_response()) {
        let result = result(&response);
        let bounds = Ratio::ZERO..=Ratio::whole(100);
        let values = [result.score_exact, result.practice.value, result.delineation.value];
        let lines = result.receipt.iter().flat_map(|line| [line.value, line.points, line.weight, line.gain]);
        let steps = result.steps.iter().map(|step| step.value);
        for value in values.into_iter().chain(lines).chain(steps).flatten() {
            prop_assert!(bounds.contains(&value), "{value}");
        }
    }

    #[test]
    fn the_receipt_adds_up_to_the_score(response in any_response()) {
        let result = result(&response);
        let sum = result.receipt.iter().filter_map(|line| line.points).fold(Ratio::ZERO, |a, b| a + b);
        prop_assert_eq!(sum, result.score_exact.unwrap_or(Ratio::ZERO));
        let weights = result.receipt.iter().filter_map(|line| line.weight).fold(Ratio::ZERO, |a, b| a + b);
        let expected = if result.score.is_some() { Ratio::whole(100) } else { Ratio::ZERO };
        prop_assert_eq!(weights, expected);
    }

    #[test]
    fn one_level_more_never_lowers_the_score(response in any_response(), pick in any::<prop::sample::Index>()) {
        let before = result(&response);
        let items = asked(&response);
        let item = pick.get(&items);
        if let Some(ItemAnswer::Level(level)) = response.items.get(item)
            && *level < TOP_LEVEL
        {
            let mut better = response.clone();
            better.answer_item(item, Some(ItemAnswer::Level(level + 1)));
            let after = result(&better);
            prop_assert!(after.score_exact >= before.score_exact);
            prop_assert!(after.practice.value >= before.practice.value);
            let gain = before.receipt.iter().find_map(|line| match &line.question {
                Question::Item { item: id, .. } if id == item => line.gain,
                _ => None,
            });
            let difference = after.score_exact.zip(before.score_exact).map(|(a, b)| a - b);
            prop_assert_eq!(gain, difference);
        }
    }

    #[test]
    fn the_range_contains_the_score(response in any_response()) {
        let result = result(&response);
        if let (Some(score), Some(range)) = (result.score_exact, &result.range) {
            prop_assert!(range.low_exact <= score && score <= range.high_exact, "{} {score} {}", range.low_exact, range.high_exact);
        }
    }

    #[test]
    fn the_range_shrinks_with_each_answer(
        response in any_response(),
        pick in any::<prop::sample::Index>(),
        item_answer in any_item_answer(),
        owner in any_owner(),
        on_map in any::<bool>(),
    ) {
        let mut open = response;
        let mut settled;
        if on_map {
            let ids: Vec<String> = CONTENT.instrument.domains.iter().map(|domain| domain.id.clone()).collect();
            let id = pick.get(&ids);
            open.answer_domain(id, Column::Today, None);
            settled = open.clone();
            settled.answer_domain(id, Column::Today, owner);
        } else {
            let items = asked(&open);
            let item = pick.get(&items).clone();
            open.answer_item(&item, None);
            settled = open.clone();
            settled.answer_item(&item, item_answer);
        }
        if let (Some(wide), Some(narrow)) = (result(&open).range, result(&settled).range) {
            prop_assert!(wide.low_exact <= narrow.low_exact && narrow.high_exact <= wide.high_exact);
        }
    }

    #[test]
    fn dont_know_counts_like_no_answer_but_is_told_apart(response in any_response()) {
        let mut silent = response.clone();
        for (id, answer) in response.items.iter() {
            if *answer == ItemAnswer::DontKnow {
                silent.answer_item(id, None);
            }
        }
        for (id, answer) in response.domains.iter() {
            if answer.today == Some(Owner::DontKnow) {
                silent.answer_domain(id, Column::Today, None);
            }
        }
        let (with, without) = (result(&response), result(&silent));
        prop_assert_eq!(with.score_exact, without.score_exact);
        prop_assert_eq!(with.practice.value, without.practice.value);
        prop_assert_eq!(with.delineation.value, without.delineation.value);
        prop_assert_eq!(with.range, without.range);
        prop_assert_eq!(with.coverage.settled, without.coverage.settled);
        prop_assert_eq!(with.coverage.unknown + with.coverage.skipped, without.coverage.skipped);
        prop_assert_eq!(without.coverage.unknown, 0);
    }

    #[test]
    fn dont_know_leaves_the_mean_and_widens_the_range(response in any_response(), pick in any::<prop::sample::Index>()) {
        // Replacing an answer that counts by "I don't know" leaves the step's other answers to speak for it.
        let items = asked(&response);
        let item = pick.get(&items);
        if matches!(response.items.get(item), Some(ItemAnswer::Level(_))) {
            let mut unsure = response.clone();
            unsure.answer_item(item, Some(ItemAnswer::DontKnow));
            let (sure, unsure_result) = (result(&response), result(&unsure));
            let (narrow, wide) = (sure.range.unwrap(), unsure_result.range.unwrap());
            prop_assert!(wide.low_exact <= narrow.low_exact && narrow.high_exact <= wide.high_exact);
            prop_assert!(wide != narrow);
            prop_assert_eq!(unsure_result.coverage.settled + 1, sure.coverage.settled);
            let step = &CONTENT.step_of(item).id;
            let others: Vec<Ratio> = unsure_result.receipt.iter().filter_map(|line| match &line.question {
                Question::Item { item, .. } if CONTENT.step_of(item).id == *step => line.value,
                _ => None,
            }).collect();
            let mean = (!others.is_empty()).then(|| {
                others.iter().fold(Ratio::ZERO, |a, b| a + *b) / Ratio::whole(others.len() as i128)
            });
            let shown = unsure_result.steps.iter().find(|one| one.id == *step).unwrap();
            prop_assert_eq!(shown.value, mean);
        }
    }

    #[test]
    fn dont_know_of_a_domain_leaves_the_mean_and_widens_the_range(response in any_response(), pick in any::<prop::sample::Index>()) {
        let domains: Vec<&String> = CONTENT.instrument.domains.iter().map(|domain| &domain.id).collect();
        let domain = *pick.get(&domains);
        let sure = result(&response);
        let counts = |result: &ResultDocument| result.receipt.iter().any(|line| {
            line.value.is_some() && matches!(&line.question, Question::Domain { domain: id, .. } if id == domain)
        });
        if counts(&sure) {
            let mut unsure = response.clone();
            unsure.answer_domain(domain, Column::Today, Some(Owner::DontKnow));
            let unsure = result(&unsure);
            let (narrow, wide) = (sure.range.as_ref().unwrap(), unsure.range.as_ref().unwrap());
            prop_assert!(wide.low_exact <= narrow.low_exact && narrow.high_exact <= wide.high_exact);
            prop_assert!(wide != narrow);
            prop_assert_eq!(unsure.coverage.settled + 1, sure.coverage.settled);
            prop_assert!(!counts(&unsure));
            // The weighted mean of what is left, worked out here once more.
            let weight_of = |id: &String| {
                let domain = CONTENT.instrument.domains.iter().find(|domain| domain.id == *id).unwrap();
                Ratio::whole(i128::from(domain.weight))
            };
            let left: Vec<(Ratio, Ratio)> = unsure.receipt.iter().filter_map(|line| match &line.question {
                Question::Domain { domain, .. } => line.value.map(|value| (value, weight_of(domain))),
                Question::Item { .. } => None,
            }).collect();
            let weight = left.iter().fold(Ratio::ZERO, |sum, (_, weight)| sum + *weight);
            let sum = left.iter().fold(Ratio::ZERO, |sum, (value, weight)| sum + *value * *weight);
            prop_assert_eq!(unsure.delineation.value, (!left.is_empty()).then(|| sum / weight));
        }
    }

    #[test]
    fn caps_move_only_bands(response in any_response()) {
        let capped = result(&response);
        let mut content = CONTENT.clone();
        content.instrument.scoring.caps.clear();
        let free = ResultDocument::new(&content, &response);
        prop_assert_eq!(&capped.score_exact, &free.score_exact);
        prop_assert_eq!(&capped.range, &free.range);
        prop_assert_eq!(&capped.receipt, &free.receipt);
        if let (Some(capped), Some(free)) = (capped.band, free.band) {
            prop_assert!(!free.capped);
            prop_assert_eq!(&capped.uncapped, &free.id);
            prop_assert!(band_index(&content, &capped.id) <= band_index(&content, &free.id));
            prop_assert_eq!(capped.capped, capped.id != free.id);
        }
    }

    #[test]
    fn the_order_of_answers_is_irrelevant(response in any_response(), seed in any::<u64>()) {
        let mut items: Vec<_> = response.items.iter().collect();
        let mut domains: Vec<_> = response.domains.iter().collect();
        let turn = |len: usize| if len == 0 { 0 } else { seed as usize % len };
        let (a, b) = (turn(items.len()), turn(domains.len()));
        items.rotate_left(a);
        domains.rotate_left(b);
        let mut other = Response {
            respondent: response.respondent.clone(),
            full_steps: response.full_steps.clone(),
            ..Response::new(&CONTENT)
        };
        for (id, answer) in items.into_iter().rev() {
            // A change of mind on the way leaves no trace either.
            other.answer_item(id, Some(ItemAnswer::DontKnow));
            other.answer_item(id, Some(answer.clone()));
        }
        for (id, answer) in domains.into_iter().rev() {
            other.answer_domain(id, Column::Target, answer.target.clone());
            other.answer_domain(id, Column::Today, answer.today.clone());
        }
        prop_assert_eq!(result(&other).to_json(), result(&response).to_json());
    }

    #[test]
    fn targets_and_unasked_items_never_count(response in any_response()) {
        let mut bare = response.clone();
        let asked = asked(&response);
        for (id, _) in response.items.iter().filter(|(id, _)| !asked.iter().any(|one| one == id)) {
            bare.answer_item(id, None);
        }
        for (id, _) in response.domains.iter() {
            bare.answer_domain(id, Column::Target, None);
        }
        let (with, without) = (result(&response), result(&bare));
        prop_assert_eq!(with.score_exact, without.score_exact);
        prop_assert_eq!(with.range, without.range);
        prop_assert_eq!(with.findings, without.findings);
        prop_assert_eq!(with.receipt, without.receipt);
    }

    #[test]
    fn priorities_are_few_different_and_led_by_what_is_critical(response in any_response()) {
        let result = result(&response);
        let critical: usize = result.map.domains.iter().filter(|domain| {
            let unclear = [&result.map.gaps, &result.map.overlaps, &result.map.unknown];
            domain.critical && unclear.iter().any(|ids| ids.contains(&domain.id))
        }).count();
        prop_assert!(result.priorities.len() <= 3);
        let mut steps: Vec<&str> = Vec::new();
        for (place, priority) in result.priorities.iter().enumerate() {
            match priority {
                Priority::Domain { domain, points, .. } => {
                    let unclear = result.map.gaps.contains(domain) || result.map.overlaps.contains(domain);
                    prop_assert_eq!(*points > Ratio::ZERO, unclear, "{}", domain);
                    prop_assert!(unclear || (place < critical && result.map.unknown.contains(domain)), "{domain}");
                }
                Priority::Step { step, item, level, points } => {
                    prop_assert!(place >= critical);
                    prop_assert!(*points > Ratio::ZERO);
                    prop_assert!(!steps.contains(&step.as_str()), "{step} comes twice");
                    prop_assert_eq!(response.items.get(item), Some(&ItemAnswer::Level(*level)));
                    prop_assert_eq!(&CONTENT.step_of(item).id, step);
                    steps.push(step);
                }
            }
        }
        if result.priorities.is_empty() {
            prop_assert!(result.map.gaps.is_empty() && result.map.overlaps.is_empty());
        }
    }

    #[test]
    fn a_saved_response_reads_back_the_same(response in any_response()) {
        prop_assert_eq!(Response::parse(&response.to_json(), &CONTENT), Ok(response));
    }

    #[test]
    fn walking_the_path_reaches_the_band_it_names(response in any_response()) {
        let before = result(&response);
        if let Some(next) = before.next_band {
            let mut after = response.clone();
            for step in &next.path {
                match step {
                    Move::Item { item, from, to, .. } => {
                        prop_assert_eq!(response.items.get(item), Some(&ItemAnswer::Level(*from)));
                        after.answer_item(item, Some(ItemAnswer::Level(*to)));
                    }
                    Move::Domain { domain, .. } => {
                        after.answer_domain(domain, Column::Today, Some(Owner::Other("ciso".into())));
                    }
                }
            }
            let reached = result(&after);
            let band = reached.band.unwrap();
            prop_assert!(band_index(&CONTENT, &band.id) >= band_index(&CONTENT, &next.band));
            prop_assert!(band_index(&CONTENT, &band.id) > band_index(&CONTENT, &before.band.unwrap().id));
            prop_assert_eq!(reached.score, Some(next.score));
        }
    }

    #[test]
    fn extending_keeps_every_answer(response in any_response(), steps in subsequence(all_steps(), 0..=10)) {
        let mut extended = response.clone();
        extended.extend(&CONTENT, &steps);
        prop_assert_eq!(&extended.items, &response.items);
        prop_assert_eq!(&extended.domains, &response.domains);
        for step in &steps {
            prop_assert!(extended.full_steps.contains(step));
        }
        prop_assert!(result(&extended).coverage.asked >= result(&response).coverage.asked);
    }
}

#[test]
fn bands_cover_every_whole_score() {
    let names: Vec<usize> = (0..=100)
        .map(|score| score::band_of(&CONTENT, score))
        .collect();
    assert!(names.is_sorted());
    assert_eq!(names[0], 0);
    assert_eq!(names[39], 0);
    assert_eq!(names[40], 1);
    assert_eq!(names[60], 2);
    assert_eq!(names[80], 3);
    assert_eq!(names[100], 3);
}
