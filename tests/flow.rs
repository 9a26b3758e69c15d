//! The way through a check: nothing is asked twice, nothing is left out, and forward undoes back.

mod common;

use std::collections::BTreeSet;

use common::{CONTENT, all_steps, officer, pack, uniform};
use delineate::core::content::Content;
use delineate::core::flow::{self, Page};
use delineate::core::pack::part;
use delineate::core::response::{Column, ItemAnswer, Owner, Response};

fn items(pages: &[Page]) -> Vec<&str> {
    let mut items = Vec::new();
    for page in pages {
        if let Page::Item(id) = page {
            items.push(id.as_str());
        }
    }
    items
}

#[test]
fn a_quick_check_asks_ten_items_and_a_full_one_thirty_and_both_the_whole_map() {
    let mut response = Response::new(&CONTENT);
    assert_eq!(items(&flow::questions(&CONTENT, &response)).len(), 10);
    assert_eq!(flow::progress(&CONTENT, &response), (0, 10 + 16));
    assert_eq!(flow::items_left_to_extend(&CONTENT, &response), 20);
    response.extend(&CONTENT, &all_steps());
    assert_eq!(flow::items_left_to_extend(&CONTENT, &response), 0);
    let pages = flow::questions(&CONTENT, &response);
    let unique: BTreeSet<_> = items(&pages).into_iter().collect();
    assert_eq!((items(&pages).len(), unique.len()), (30, 30));
    assert_eq!(flow::progress(&CONTENT, &response), (0, 30 + 16));
    let mapped: usize = CONTENT
        .instrument
        .domain_groups
        .iter()
        .map(|group| flow::domains_of(&CONTENT, group).count())
        .sum();
    assert_eq!(mapped, CONTENT.instrument.domains.len());
}

#[test]
fn a_step_keeps_its_headline_item_first_and_an_extension_asks_only_what_is_new() {
    let mut response = uniform(false, 2, officer("cio"));
    response.respondent.seat = Some("ceo".into());
    response.respondent.structure = Some("two".into());
    assert_eq!(flow::first_open(&CONTENT, &response), Page::Review);
    response.extend(&CONTENT, &["roadmap".to_string()]);
    assert_eq!(flow::open(&CONTENT, &response), 2);
    let first = flow::first_open(&CONTENT, &response);
    assert_eq!(first, Page::Item("roadmap-dependencies".into()));
    let next = flow::next(&CONTENT, &response, &first, true);
    assert_eq!(next, Page::Item("roadmap-changes".into()));
    assert_eq!(flow::next(&CONTENT, &response, &next, true), Page::Review);
    // Asked again for the same step, nothing changes.
    let before = response.clone();
    response.extend(&CONTENT, &["roadmap".to_string()]);
    assert_eq!(response, before);
}

#[test]
fn back_undoes_forward_on_every_page() {
    for full in [false, true] {
        let mut response = Response::new(&CONTENT);
        if full {
            response.extend(&CONTENT, &all_steps());
        }
        let mut page = Page::Start;
        let mut seen = vec![page.clone()];
        while page != Page::Results {
            let next = flow::next(&CONTENT, &response, &page, false);
            assert_eq!(flow::previous(&CONTENT, &response, &next), page);
            assert!(!seen.contains(&next), "{} comes twice", next.to_id());
            seen.push(next.clone());
            page = next;
        }
        assert_eq!(seen.len(), flow::questions(&CONTENT, &response).len() + 3);
    }
}

#[test]
fn the_target_column_goes_round_from_the_results_and_back() {
    let response = Response::new(&CONTENT);
    let mut page = Page::Target(CONTENT.instrument.domain_groups[0].clone());
    assert_eq!(flow::previous(&CONTENT, &response, &page), Page::Results);
    let mut count = 1;
    loop {
        let next = flow::next(&CONTENT, &response, &page, false);
        if next == Page::Results {
            break;
        }
        assert_eq!(flow::previous(&CONTENT, &response, &next), page);
        page = next;
        count += 1;
    }
    assert_eq!(count, CONTENT.instrument.domain_groups.len());
}

#[test]
fn every_page_is_found_again_by_its_id_and_no_other_text_is_a_page() {
    let mut response = Response::new(&CONTENT);
    response.extend(&CONTENT, &all_steps());
    let mut pages = flow::questions(&CONTENT, &response);
    pages.extend([
        Page::Start,
        Page::Review,
        Page::Results,
        Page::Target("running".into()),
    ]);
    for page in pages {
        assert_eq!(Page::parse(&page.to_id(), &CONTENT, &response), Some(page));
    }
    for text in [
        "",
        "item",
        "item:",
        "item:nope",
        "map:nope",
        "target:",
        "results2",
        "<b>",
        ":",
    ] {
        assert_eq!(Page::parse(text, &CONTENT, &response), None, "{text}");
    }
    // A page that a quick check does not have.
    let quick = Response::new(&CONTENT);
    assert_eq!(Page::parse("item:roadmap-changes", &CONTENT, &quick), None);
}

#[test]
fn do_not_know_and_not_applicable_are_answers_on_the_way() {
    let mut response = Response::new(&CONTENT);
    let page = Page::Item("roadmap-shared".into());
    assert!(flow::is_open(&CONTENT, &response, &page));
    for answer in [
        ItemAnswer::DontKnow,
        ItemAnswer::NotApplicable("other".into()),
        ItemAnswer::Level(0),
    ] {
        response.answer_item("roadmap-shared", Some(answer));
        assert!(!flow::is_open(&CONTENT, &response, &page));
    }
    response.answer_item("roadmap-shared", None);
    assert!(flow::is_open(&CONTENT, &response, &page));
}

#[test]
fn an_owner_stays_an_owner_in_every_structure_that_offers_it_and_in_no_other() {
    let mut response = Response::new(&CONTENT);
    for id in &CONTENT.instrument.officers {
        response.answer_domain("research", Column::Today, Some(officer(id)));
        for structure in &CONTENT.instrument.structures {
            response.respondent.structure = Some(structure.id.clone());
            let map = Page::Map("direction".into());
            let answered = flow::answered(&CONTENT, &response, &map);
            assert_eq!(answered, (1, 4), "{id} in {}", structure.id);
            let mut without = CONTENT.clone();
            for structure in &mut without.instrument.structures {
                structure.officers.retain(|officer| officer != id);
            }
            assert_eq!(flow::answered(&without, &response, &map), (0, 4));
        }
    }
}

#[test]
fn seat_and_structure_are_asked_but_not_counted() {
    let mut response = uniform(false, 2, officer("cio"));
    assert_eq!(flow::progress(&CONTENT, &response), (26, 26));
    assert_eq!(flow::open(&CONTENT, &response), 0);
    assert_eq!(flow::first_open(&CONTENT, &response), Page::Seat);
    response.respondent.seat = Some("ceo".into());
    assert_eq!(flow::progress(&CONTENT, &response), (26, 26));
}

#[test]
fn a_change_of_structure_takes_the_answers_whose_wording_changes_and_no_others() {
    let mut before = uniform(true, 2, officer("cto"));
    before.set_structure(&CONTENT, "two");
    assert_eq!(before.items.len(), 30);
    let mut after = before.clone();
    after.set_structure(&CONTENT, "one");
    for step in &CONTENT.instrument.steps {
        for item in &step.items {
            let reworded = CONTENT.item(item).variants.contains("one");
            assert_eq!(after.items.contains(item), !reworded, "{item}");
        }
    }
    assert!((1..30).contains(&after.items.len()));
    assert_eq!(after.domains, before.domains);
    assert_eq!(after.full_steps, before.full_steps);
    assert_eq!(after.respondent.structure.as_deref(), Some("one"));
    // And back: what is answered in the words for one person means nothing for two.
    let mut back = uniform(true, 2, officer("cto"));
    back.respondent.structure = Some("one".into());
    back.set_structure(&CONTENT, "two");
    assert_eq!(back.items, after.items);
    // The same words keep every answer: the same structure again, another without words of its own, and the first one,
    // which was assumed until the respondent said.
    for id in ["two", "neither"] {
        let mut same = before.clone();
        same.set_structure(&CONTENT, id);
        assert_eq!(same.items, before.items, "{id}");
    }
    let mut assumed = uniform(true, 2, officer("cto"));
    assumed.set_structure(&CONTENT, "two");
    assert_eq!(assumed.items, before.items);
}

#[test]
fn without_the_questions_at_hand_a_change_of_structure_keeps_no_answer_that_it_cannot_vouch_for() {
    let (early, _) = part(&pack()).expect("the pack is JSON");
    let early = Content::load_early(&early).expect("the early part is sound");
    let mut response = uniform(false, 2, officer("cto"));
    let before = response.clone();
    response.set_structure(&early, "two");
    assert_eq!(response.items, before.items);
    response.set_structure(&early, "one");
    assert!(response.items.is_empty());
    assert_eq!(response.domains, before.domains);
}

#[test]
fn clear_owners_of_a_group_become_the_target_where_none_is_said() {
    let mut response = Response::new(&CONTENT);
    let group = "direction";
    let ids: Vec<&str> = flow::domains_of(&CONTENT, group).collect();
    let all = CONTENT.instrument.domains.iter();
    let mut all = all.map(|domain| domain.id.as_str());
    let elsewhere = all
        .find(|id| !ids.contains(id))
        .expect("there are other groups");
    let mut today = |id: &str, owner: Owner| response.answer_domain(id, Column::Today, Some(owner));
    today(ids[0], officer("cto"));
    today(ids[1], Owner::Other("ciso".into()));
    today(ids[2], Owner::Split);
    today(ids[3], officer("cio"));
    today(elsewhere, officer("cto"));
    response.answer_domain(ids[3], Column::Target, Some(officer("cto")));

    assert_eq!(response.adopt_clear_owners(&CONTENT, group), ids[..3]);
    let target =
        |response: &Response, id: &str| response.owner(&CONTENT, id, Column::Target).cloned();
    assert_eq!(target(&response, ids[0]), Some(officer("cto")));
    assert_eq!(target(&response, ids[1]), Some(Owner::Other("ciso".into())));
    assert_eq!(target(&response, ids[2]), Some(Owner::Split));
    assert_eq!(
        target(&response, ids[3]),
        Some(officer("cto")),
        "what was said stays"
    );
    assert_eq!(target(&response, elsewhere), None, "another group");
    // Nothing is left to take over.
    assert!(response.adopt_clear_owners(&CONTENT, group).is_empty());
}

#[test]
fn what_is_unclear_today_is_no_target() {
    let ids: Vec<&str> = flow::domains_of(&CONTENT, "direction").collect();
    for owner in [Owner::Unsplit, Owner::Nobody, Owner::DontKnow] {
        let mut response = Response::new(&CONTENT);
        response.answer_domain(ids[0], Column::Today, Some(owner));
        assert!(
            response
                .adopt_clear_owners(&CONTENT, "direction")
                .is_empty()
        );
    }
    // An officer whom the structure does not have owns nothing.
    let mut without = CONTENT.clone();
    for structure in &mut without.instrument.structures {
        structure.officers.retain(|officer| officer != "cto");
    }
    let mut response = Response::new(&without);
    response.answer_domain(ids[0], Column::Today, Some(officer("cto")));
    assert!(
        response
            .adopt_clear_owners(&without, "direction")
            .is_empty()
    );
}

#[test]
fn a_full_check_is_worth_an_offer_only_where_it_asks_more() {
    let mut content = CONTENT.clone();
    assert!(flow::goes_deeper(&content));
    for step in &mut content.instrument.steps[1..] {
        step.items.truncate(1);
    }
    assert!(flow::goes_deeper(&content));
    content.instrument.steps[0].items.truncate(1);
    assert!(!flow::goes_deeper(&content));
}
