//! The share code: what goes in comes out, and nothing else does (`docs/share-code.md`).

#[path = "common/any.rs"]
mod any;
mod common;
#[path = "common/sealed.rs"]
mod sealed;

use std::collections::BTreeSet;

use any::any_response;
use common::{CONTENT, all_steps, pack, read, uniform};
use delineate::core::code::fragment::{fragment_with, fragment_without, from_fragment};
use delineate::core::code::{CodeProblem, Kind, LONGEST, Layout, Shared, VERSION, decode, encode};
use delineate::core::content::{Content, Domain, Instrument, Step, Structure};
use delineate::core::foreign::Pack;
use delineate::core::pack::part;
use delineate::core::response::{Column, ItemAnswer, Owner, Response, TOP_LEVEL};
use proptest::prelude::*;
use proptest::sample::Index;
use sealed::{bytes, sealed, text, with_answers};
use serde_json::Value;

const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

fn ids<T>(list: &[T], id: impl Fn(&T) -> &String) -> Vec<String> {
    list.iter().map(|one| id(one).clone()).collect()
}

fn items(instrument: &Instrument) -> Vec<String> {
    let steps = instrument.steps.iter();
    steps.flat_map(|step| step.items.clone()).collect()
}

/// Everything answered, each with the last of its answers: the largest number there is, so the longest code.
fn last_of_everything(content: &Content) -> Response {
    let instrument = &content.instrument;
    let mut response = Response::new(content);
    response.respondent.seat = instrument.seats.last().cloned();
    response.respondent.structure = instrument.structures.last().map(|one| one.id.clone());
    response.full_steps = ids(&instrument.steps, |step| &step.id);
    let reason = instrument.not_applicable_reasons.last().expect("a reason");
    for item in items(instrument) {
        response.answer_item(&item, Some(ItemAnswer::NotApplicable(reason.clone())));
    }
    let role = instrument.roles.last().expect("a role");
    for domain in &instrument.domains {
        for column in [Column::Today, Column::Target] {
            response.answer_domain(&domain.id, column, Some(Owner::Other(role.clone())));
        }
    }
    response
}

/// Every answer that an item can have, no answer first.
fn item_answers() -> Vec<Option<ItemAnswer>> {
    let levels = (0..=TOP_LEVEL).map(ItemAnswer::Level);
    let reasons = CONTENT.instrument.not_applicable_reasons.iter();
    let mut answers = vec![None, Some(ItemAnswer::DontKnow)];
    answers.extend(levels.map(Some));
    answers.extend(reasons.map(|id| Some(ItemAnswer::NotApplicable(id.clone()))));
    answers
}

/// Every owner that a domain can have, no answer first.
fn owners() -> Vec<Option<Owner>> {
    let plain = [Owner::DontKnow, Owner::Nobody, Owner::Split, Owner::Unsplit];
    let officers = CONTENT.instrument.officers.iter().cloned();
    let roles = CONTENT.instrument.roles.iter().cloned();
    let mut owners = vec![None];
    owners.extend(plain.map(Some));
    owners.extend(officers.map(Owner::Officer).map(Some));
    owners.extend(roles.map(Owner::Other).map(Some));
    owners
}

fn result_code(response: &Response) -> String {
    encode(Kind::Result, response, &CONTENT)
}

fn round_trip(response: &Response) {
    for kind in [Kind::Result, Kind::Invitation] {
        let shared = Shared {
            kind,
            response: response.clone(),
        };
        let code = encode(kind, response, &CONTENT);
        assert_eq!(decode(&code, &CONTENT), Ok(shared), "{code}");
    }
}

fn problem(code: &str) -> Option<CodeProblem> {
    decode(code, &CONTENT).err()
}

/// A short, a middling and the longest code.
fn samples() -> Vec<String> {
    let quick = uniform(false, 3, Owner::Unsplit);
    let all = [Response::new(&CONTENT), quick, last_of_everything(&CONTENT)];
    all.iter().map(result_code).collect()
}

#[test]
fn every_answer_has_a_code_of_its_own_and_comes_back() {
    let mut codes = Vec::new();
    let mut check = |change: &dyn Fn(&mut Response)| {
        let mut response = uniform(true, 2, Owner::Split);
        change(&mut response);
        round_trip(&response);
        let code = result_code(&response);
        assert!(!codes.contains(&code), "two responses have the code {code}");
        codes.push(code);
    };
    let items = items(&CONTENT.instrument);
    for item in [&items[0], &items[1], &items[29]] {
        for answer in item_answers() {
            if answer != Some(ItemAnswer::Level(2)) {
                check(&|response| response.answer_item(item, answer.clone()));
            }
        }
    }
    let domains = &CONTENT.instrument.domains;
    for domain in [&domains[0].id, &domains[15].id] {
        for owner in owners() {
            if owner != Some(Owner::Split) {
                check(&|response| response.answer_domain(domain, Column::Today, owner.clone()));
            }
            if owner.is_some() {
                check(&|response| response.answer_domain(domain, Column::Target, owner.clone()));
            }
        }
    }
    for seat in &CONTENT.instrument.seats {
        check(&|response| response.respondent.seat = Some(seat.clone()));
    }
    for structure in &CONTENT.instrument.structures {
        check(&|response| response.respondent.structure = Some(structure.id.clone()));
    }
    for step in all_steps() {
        check(&|response| response.full_steps.retain(|one| *one != step));
    }
    check(&|_| ());
}

#[test]
fn codes_are_short() {
    let length = |response: &Response| result_code(response).len();
    assert_eq!(length(&Response::new(&CONTENT)), 18);
    // Of a number whose bases are given, the one with the largest digits is the largest.
    assert_eq!(length(&last_of_everything(&CONTENT)), 62);
    let mut quick = last_of_everything(&CONTENT);
    quick.full_steps.clear();
    for item in items(&CONTENT.instrument) {
        if CONTENT.step_of(&item).items[0] != item {
            quick.answer_item(&item, None);
        }
    }
    for domain in &CONTENT.instrument.domains {
        quick.answer_domain(&domain.id, Column::Target, None);
    }
    assert!(length(&quick) <= 38, "{}", length(&quick));
    assert!(length(&uniform(false, 4, Owner::Unsplit)) <= 38);
}

#[test]
fn what_the_content_does_not_have_is_left_out() {
    let mut response = uniform(false, 1, Owner::Nobody);
    let plain = result_code(&response);
    response.respondent.seat = Some("janitor".into());
    response.respondent.structure = Some("ten".into());
    response.full_steps = vec!["no-such-step".into()];
    response.answer_item("no-such-item", Some(ItemAnswer::Level(1)));
    response.answer_item("alignment-review", Some(ItemAnswer::Level(5)));
    response.answer_item(
        "alignment-disputes",
        Some(ItemAnswer::NotApplicable("no".into())),
    );
    response.answer_domain("no-such-domain", Column::Today, Some(Owner::Split));
    response.answer_domain(
        "research",
        Column::Target,
        Some(Owner::Officer("ceo".into())),
    );
    response.answer_domain(
        "compliance",
        Column::Target,
        Some(Owner::Other("cto".into())),
    );
    assert_eq!(result_code(&response), plain);
}

#[test]
fn full_steps_come_back_in_the_order_of_the_content() {
    let mut response = Response::new(&CONTENT);
    response.full_steps = vec!["roadmap".into(), "alignment".into(), "roadmap".into()];
    let shared = decode(&result_code(&response), &CONTENT).unwrap();
    assert_eq!(shared.response.full_steps, ["alignment", "roadmap"]);
}

#[test]
fn every_change_of_one_or_two_bits_is_refused() {
    for code in samples() {
        let values: Vec<usize> = code.chars().map(|c| ALPHABET.find(c).unwrap()).collect();
        let bits = 6 * values.len();
        let symbols = ALPHABET.as_bytes();
        for first in 0..bits {
            for second in first..bits {
                let mut values = values.clone();
                values[first / 6] ^= 1 << (first % 6);
                if second != first {
                    values[second / 6] ^= 1 << (second % 6);
                }
                let changed: String = values.iter().map(|one| symbols[*one] as char).collect();
                assert!(problem(&changed).is_some(), "{code} passes as {changed}");
            }
        }
    }
}

#[test]
fn every_truncated_code_is_called_so() {
    for code in samples() {
        for end in 0..code.len() {
            // Two characters hold the version, three the length as well.
            let expected = if end < 3 {
                CodeProblem::NotACode
            } else {
                CodeProblem::Truncated
            };
            assert_eq!(problem(&code[..end]), Some(expected), "{}", &code[..end]);
            assert!(problem(&code[end + 1..]).is_some(), "{}", &code[end + 1..]);
        }
    }
}

#[test]
fn one_wrong_character_is_refused_and_so_are_two_in_the_wrong_order() {
    for code in samples() {
        for place in 0..code.len() {
            let (before, rest) = code.split_at(place);
            for symbol in (0..=127u8).map(char::from) {
                let after = &rest[1..];
                let inside = place > 0 && !after.is_empty();
                if !rest.starts_with(symbol) && (inside || !symbol.is_whitespace()) {
                    let changed = format!("{before}{symbol}{after}");
                    assert!(problem(&changed).is_some(), "{code} passes as {changed:?}");
                }
                let longer = format!("{before}{symbol}{rest}");
                if place > 0 || !symbol.is_whitespace() {
                    assert!(problem(&longer).is_some(), "{code} passes as {longer:?}");
                }
            }
            let mut pair = rest.chars();
            if let (Some(one), Some(two)) = (pair.next(), pair.next())
                && one != two
            {
                let changed = format!("{before}{two}{one}{}", pair.as_str());
                assert!(problem(&changed).is_some(), "{code} passes as {changed}");
            }
        }
    }
}

#[test]
fn white_space_around_a_code_does_no_harm() {
    for code in samples() {
        assert_eq!(problem(&format!(" \t{code}\r\n")), None);
        let (a, b) = code.split_at(9);
        assert_eq!(problem(&format!("{a}\n{b}")), Some(CodeProblem::NotACode));
    }
}

#[test]
fn what_is_no_code_is_said_to_be_none() {
    let long = "B".repeat(50_000_000);
    for text in [
        "",
        " ",
        "#",
        "B",
        "BA",
        "contact",
        "section-2",
        "AAAAAAAAAAAAAAAAAAAA",
        "true",
        "____________________",
        "<script>alert(1)</script>",
        "%42%41",
        "BAf3nJMUXPIAoTra6w==",
        "BAf3nJMUXPI+oTra6w",
        "null\0",
        "é",
        "𝔅",
        &long,
    ] {
        assert_eq!(problem(text), Some(CodeProblem::NotACode), "{:.40}", text);
    }
}

#[test]
fn a_later_version_or_kind_is_said_to_be_one() {
    let code = result_code(&uniform(false, 3, Owner::Unsplit));
    let mut later = bytes(&code);
    later[0] += 4;
    let damaged = text(&later);
    assert_eq!(problem(&sealed(later)), Some(CodeProblem::LaterVersion));
    assert_eq!(problem(&damaged), Some(CodeProblem::NotACode));
    for kind in [2, 3] {
        let mut other = bytes(&code);
        other[0] = 4 * VERSION + kind;
        assert_eq!(problem(&sealed(other)), Some(CodeProblem::LaterVersion));
    }
}

#[test]
fn what_no_encoder_writes_is_refused_though_its_checksum_holds() {
    let response = uniform(true, 3, Owner::Unsplit);
    let code = result_code(&response);
    let answers = &bytes(&code)[8..bytes(&code).len() - 4];
    assert_eq!(with_answers(&code, answers), code);
    let mut needless = answers.to_vec();
    needless.push(0);
    let mut beyond = answers.to_vec();
    beyond.extend([1; 40]);
    // The blocks are said to be answered, and are not.
    let empty_blocks = [15];
    for answers in [
        &needless[..],
        &beyond,
        &empty_blocks,
        &[0, 0],
        &[0; 4],
        &[255; 1500],
    ] {
        let found = problem(&with_answers(&code, answers));
        assert_eq!(found, Some(CodeProblem::Damaged), "{answers:?}");
    }
    // A body too short for its tags, and a length written in two bytes where one is enough.
    for short in 0..6 {
        let mut bytes = bytes(&code)[..2 + short].to_vec();
        bytes[1] = short as u8;
        bytes.extend([0; 4]);
        assert_eq!(problem(&sealed(bytes)), Some(CodeProblem::Damaged));
    }
    let mut wide = bytes(&code);
    wide.splice(1..2, [wide[1] | 0x80, 0]);
    assert_eq!(problem(&sealed(wide)), Some(CodeProblem::Damaged));
}

#[test]
fn every_problem_is_worded_differently() {
    use CodeProblem::*;
    let all = [
        NotACode,
        Truncated,
        Damaged,
        LaterVersion,
        OtherPack,
        UnknownLayout,
    ];
    for (place, one) in all.iter().enumerate() {
        let one = one.to_string();
        assert!(one.len() > 10 && all[..place].iter().all(|other| other.to_string() != one));
    }
}

/// The content with its instrument changed. Its wording no longer fits, and is not looked at here.
fn changed(change: impl FnOnce(&mut Instrument)) -> Content {
    let mut content = CONTENT.clone();
    change(&mut content.instrument);
    content
}

#[test]
fn a_code_for_another_pack_or_major_version_is_recognised() {
    for other in [
        changed(|one| one.id = "cto-ciso".into()),
        changed(|one| one.version = "1.0.0".into()),
        changed(|one| one.version = "10.0.0".into()),
        changed(|one| {
            one.id = "another".into();
            one.domains.truncate(3);
        }),
    ] {
        for code in samples() {
            assert_eq!(decode(&code, &other), Err(CodeProblem::OtherPack));
        }
        let code = encode(Kind::Result, &last_of_everything(&other), &other);
        assert_eq!(problem(&code), Some(CodeProblem::OtherPack));
    }
    // No two major versions of this pack share the half of the checksum that tells them apart.
    let mut tags: Vec<Vec<u8>> = Vec::new();
    for major in 1..=100 {
        let content = changed(|one| one.version = format!("{major}.0.0"));
        let code = encode(Kind::Result, &Response::new(&content), &content);
        let tag = bytes(&code)[2..4].to_vec();
        assert!(!tags.contains(&tag), "major version {major}");
        tags.push(tag);
    }
}

#[test]
fn what_does_not_change_the_layout_changes_no_code() {
    let other = changed(|one| {
        one.version = "2.7.3".into();
        one.groups.reverse();
        one.domains[3].weight = 7;
        one.domains[3].critical = true;
        one.steps[2].number = 9;
        one.structures[0].people = 9;
        one.scoring.bands.clear();
    });
    for code in samples() {
        let here = decode(&code, &CONTENT).unwrap();
        let mut there = decode(&code, &other).unwrap();
        assert_eq!(there.response.content.version, "2.7.3");
        assert_eq!(encode(there.kind, &there.response, &other), code);
        there.response.content = here.response.content.clone();
        there.response.answered = here.response.answered.clone();
        assert_eq!(there, here);
    }
}

#[test]
fn another_order_or_another_id_anywhere_is_another_layout() {
    let changes: [&dyn Fn(&mut Instrument); 12] = [
        &|one| one.seats.swap(0, 1),
        &|one| one.structures.swap(3, 4),
        &|one| one.not_applicable_reasons.swap(0, 4),
        &|one| one.officers.swap(0, 1),
        &|one| one.roles.swap(10, 11),
        &|one| one.steps.swap(8, 9),
        &|one| one.steps[4].items.swap(1, 2),
        &|one| one.domains.swap(0, 15),
        &|one| one.domains[5].id = "it-project".into(),
        &|one| drop(one.roles.pop()),
        &|one| one.steps[9].items.push("adaptation-more".into()),
        &|one| {
            // The same ids in the same order, parted otherwise.
            let moved = one.steps[0].items.pop().expect("an item");
            one.steps[1].items.insert(0, moved);
        },
    ];
    for (place, change) in changes.into_iter().enumerate() {
        let other = changed(change);
        for code in samples() {
            let found = decode(&code, &other);
            assert_eq!(found, Err(CodeProblem::UnknownLayout), "change {place}");
        }
    }
}

/// The content as a later minor version could have it: every list longer and in another order, the present layout kept.
fn later() -> Content {
    changed(|one| {
        one.layouts = vec![vec!["pack cto-cio 2".into()], Layout::of(one).lines()];
        one.version = "2.1.0".into();
        one.seats.insert(0, "founder".into());
        one.structures.reverse();
        one.not_applicable_reasons.insert(2, "merger".into());
        one.officers.reverse();
        one.roles.insert(0, "chief-of-staff".into());
        one.steps[3].items.push("strategy-more".into());
        one.steps[5].items.swap(1, 2);
        one.steps.rotate_left(4);
        one.domains.rotate_left(7);
        one.domains.insert(
            2,
            Domain {
                id: "robots".into(),
                ..one.domains[0].clone()
            },
        );
    })
}

#[test]
fn an_earlier_layout_is_read_for_ever() {
    let later = later();
    let forgetful = {
        let mut content = later.clone();
        content.instrument.layouts.clear();
        content
    };
    for code in samples() {
        let before = decode(&code, &CONTENT).unwrap();
        let mut after = decode(&code, &later).unwrap();
        assert_eq!(after.response.content, later.reference());
        assert_eq!(
            Response::parse(&after.response.to_json(), &later),
            Ok(after.response.clone())
        );
        let order = ids(&later.instrument.steps, |step| &step.id);
        let full = &after.response.full_steps;
        assert!(full.is_sorted_by_key(|id| order.iter().position(|one| one == id)));
        after.response.content = before.response.content.clone();
        after.response.answered = before.response.answered.clone();
        after.response.full_steps = before.response.full_steps.clone();
        assert_eq!(after, before);
        assert_eq!(decode(&code, &forgetful), Err(CodeProblem::UnknownLayout));
    }
    let now = encode(Kind::Result, &last_of_everything(&later), &later);
    assert!(decode(&now, &later).is_ok());
    assert_eq!(problem(&now), Some(CodeProblem::UnknownLayout));
}

#[test]
fn an_id_that_has_gone_is_never_misread() {
    let mut content = later();
    content.instrument.roles.retain(|id| id != "other");
    let code = result_code(&last_of_everything(&CONTENT));
    assert_eq!(decode(&code, &content), Err(CodeProblem::UnknownLayout));
}

#[test]
fn nonsense_among_the_earlier_layouts_does_no_harm() {
    let nonsense = changed(|one| {
        one.layouts = vec![
            vec![],
            vec!["".into()],
            vec!["step".into(), "  ".into(), "domains".into()],
            Layout::of(one).lines(),
        ];
    });
    for code in samples() {
        assert_eq!(decode(&code, &nonsense), decode(&code, &CONTENT));
    }
}

#[test]
fn a_pack_with_a_wrong_earlier_layout_is_refused() {
    let lines = Layout::of(&CONTENT.instrument).lines();
    let with = |lines: Vec<String>| {
        let mut pack: Value = serde_json::from_str(&pack()).expect("the pack is JSON");
        pack["instrument"]["layouts"] = serde_json::json!([lines]);
        Content::parse(&pack.to_string())
    };
    assert!(with(lines.clone()).is_ok());
    for (old, new) in [("pack cto-cio 2", "pack cto-cio 3"), ("ceo", "janitor")] {
        let lines = lines.iter().map(|line| line.replace(old, new)).collect();
        let problems = with(lines).unwrap_err();
        assert_eq!(problems[0].place, "/instrument/layouts/0");
    }
}

#[test]
fn the_largest_pack_fits_a_code() {
    let named = |name: &str, count: usize| -> Vec<String> {
        (0..count).map(|place| format!("{name}{place}")).collect()
    };
    let largest = changed(|one| {
        // More ids than a million bytes have room for, with their texts.
        one.roles = named("r", 60_000);
        one.not_applicable_reasons = named("n", 60_000);
        one.steps = named("s", 40)
            .into_iter()
            .map(|id| Step {
                items: named(&id, 12),
                id,
                ..one.steps[0].clone()
            })
            .collect();
        one.domains = named("d", 64)
            .into_iter()
            .map(|id| Domain {
                id,
                ..one.domains[0].clone()
            })
            .collect();
        one.structures = vec![Structure {
            id: "one".into(),
            people: 1,
            officers: vec![],
        }];
    });
    let response = last_of_everything(&largest);
    let code = encode(Kind::Invitation, &response, &largest);
    assert!(code.len() <= LONGEST, "{}", code.len());
    let shared = decode(&code, &largest).unwrap();
    assert_eq!(shared.kind, Kind::Invitation);
    assert_eq!(shared.response, response);
}

/// `tests/vectors/codes.json`: layouts, and codes with what they stand for.
fn frozen() -> Value {
    serde_json::from_str(&read("tests/vectors/codes.json")).expect("the vectors are JSON")
}

fn lines(layout: &Value) -> Vec<String> {
    serde_json::from_value(layout.clone()).expect("a layout is a list of lines")
}

#[test]
fn frozen_codes_are_read_for_ever() {
    let frozen = frozen();
    let codes = frozen["codes"].as_array().expect("codes");
    assert!(codes.len() >= 32, "only {} codes found", codes.len());
    for vector in codes {
        let (why, code) = (&vector["why"], vector["code"].as_str().expect("a code"));
        let layout = &frozen["layouts"][vector["layout"].as_u64().expect("a layout") as usize];
        let shared = decode(code, &CONTENT).unwrap_or_else(|problem| {
            panic!("{why}: {problem}. If the instrument has a new layout, add the old one to its layouts: {layout}")
        });
        // The document was written for the version of its day, and is read as one of today's.
        let mut document = vector["response"].clone();
        document["content"]["version"] = CONTENT.instrument.version.clone().into();
        let mut response = Response::parse(&document.to_string(), &CONTENT).expect("a response");
        response.extend(&CONTENT, &[]);
        let kind = match vector["kind"].as_str() {
            Some("result") => Kind::Result,
            Some("invitation") => Kind::Invitation,
            other => panic!("{why}: unknown kind {other:?}"),
        };
        assert_eq!(shared, Shared { kind, response }, "{why}");
        if lines(layout) == Layout::of(&CONTENT.instrument).lines() {
            assert_eq!(encode(kind, &shared.response, &CONTENT), code, "{why}");
        }
    }
}

#[test]
fn every_layout_is_frozen_and_kept() {
    let frozen = frozen();
    let layouts = frozen["layouts"].as_array().expect("layouts");
    let present = Layout::of(&CONTENT.instrument).lines();
    assert_eq!(
        layouts.last().map(lines).as_ref(),
        Some(&present),
        "the instrument has a new layout: add responses to tests/vectors/codes.json and run node tests/vectors/code-oracle.mjs"
    );
    let earlier: Vec<Vec<String>> = layouts[..layouts.len() - 1].iter().map(lines).collect();
    assert_eq!(
        CONTENT.instrument.layouts, earlier,
        "the layouts of content/instrument.json are the frozen ones but the present"
    );
    for (index, layout) in layouts.iter().enumerate() {
        let lines = lines(layout);
        let layout = Layout::read(&lines);
        // At least one code answers every question, so that each id of the layout has had its place tested.
        let whole = |vector: &&Value| {
            let response = &vector["response"];
            let item = |id: &&str| response["items"].get(id).is_some();
            let domain = |id: &&str| {
                let columns = ["today", "target"];
                columns
                    .iter()
                    .all(|one| response["domains"][id].get(one).is_some())
            };
            vector["layout"] == index
                && layout.steps().all(|step| step[1..].iter().all(item))
                && layout.list("domains").iter().all(domain)
        };
        let codes = frozen["codes"].as_array().expect("codes");
        assert!(
            codes.iter().filter(whole).count() > 0,
            "layout {index} has no whole code"
        );
    }
}

/// What a response has of everything that an answer may be: a word for each.
fn kinds_in(kind: &str, response: &Value) -> BTreeSet<String> {
    let word = |place: &str, answer: &Value| match answer {
        Value::Null => format!("{place}: none"),
        Value::String(one) => format!("{place}: {one}"),
        other => format!("{place}: {other}"),
    };
    let respondent = &response["respondent"];
    let mut kinds = BTreeSet::from([
        format!("sent as {kind}"),
        word("seat", &respondent["seat"]),
        word("structure", &respondent["structure"]),
    ]);
    let full = response["full_steps"].as_array().expect("full steps").len();
    let all = CONTENT.instrument.steps.len();
    let depth = match full {
        0 => "quick",
        _ if full == all => "full",
        _ => "partly full",
    };
    let items = response["items"].as_object().expect("items");
    let domains = response["domains"].as_object().expect("domains");
    if !items.is_empty() {
        kinds.insert(depth.into());
    }
    kinds.extend(items.values().map(|answer| word("item", answer)));
    for answers in domains.values() {
        let answers = answers.as_object().expect("both columns");
        kinds.extend(answers.iter().map(|(column, owner)| word(column, owner)));
    }
    kinds
}

/// All of these words for a layout.
fn kinds_of(layout: &[String]) -> BTreeSet<String> {
    let layout = Layout::read(layout);
    let words = |place: &str, all: &[&str]| -> Vec<String> {
        all.iter().map(|one| format!("{place}: {one}")).collect()
    };
    let named = |place: &str, key: &str, all: &[&str]| -> Vec<String> {
        let values = all.iter().map(|id| serde_json::json!({ key: id }));
        values.map(|one| format!("{place}: {one}")).collect()
    };
    let mut kinds: Vec<String> = ["sent as result", "sent as invitation"]
        .into_iter()
        .chain(["quick", "partly full", "full"])
        .chain(["seat: none", "structure: none", "item: dont_know"])
        .map(String::from)
        .collect();
    kinds.extend(words("seat", layout.list("seats")));
    kinds.extend(words("structure", layout.list("structures")));
    kinds.extend((0..=TOP_LEVEL).map(|level| format!("item: {{\"level\":{level}}}")));
    kinds.extend(named("item", "not_applicable", layout.list("reasons")));
    for column in ["today", "target"] {
        kinds.extend(words(column, &["dont_know", "nobody", "split", "unsplit"]));
        kinds.extend(named(column, "officer", layout.list("officers")));
        kinds.extend(named(column, "other", layout.list("roles")));
    }
    kinds.into_iter().collect()
}

#[test]
fn every_kind_of_answer_is_frozen_in_every_layout() {
    let frozen = frozen();
    let layouts = frozen["layouts"].as_array().expect("layouts");
    for (index, layout) in layouts.iter().enumerate() {
        let codes = frozen["codes"].as_array().expect("codes").iter();
        let codes = codes.filter(|vector| vector["layout"] == index);
        let found: BTreeSet<String> = codes
            .flat_map(|vector| {
                kinds_in(
                    vector["kind"].as_str().expect("a kind"),
                    &vector["response"],
                )
            })
            .collect();
        let lacking: Vec<String> = kinds_of(&lines(layout))
            .difference(&found)
            .cloned()
            .collect();
        assert_eq!(
            lacking,
            Vec::<String>::new(),
            "layout {index}: add responses to tests/vectors/codes.json and run node tests/vectors/code-oracle.mjs"
        );
    }
}

/// The codes are those of the second encoder, `tests/vectors/code-oracle.mjs`, for the layout of this pack.
#[test]
fn frozen_codes_of_a_hosts_own_pack_are_read_for_ever() {
    let (early, late) = part(&pack()).expect("the pack is JSON");
    let own = read("examples/packs/chair-and-chief-executive.json");
    let content = Pack::parse(&early, &late, &own).expect("a pack").content;
    let instrument = &content.instrument;
    let owners = [
        Owner::Officer("chair".into()),
        Owner::Officer("chief-executive".into()),
        Owner::Split,
        Owner::Unsplit,
        Owner::Nobody,
        Owner::DontKnow,
        Owner::Other("board".into()),
    ];
    let answered = |full: bool| {
        let mut response = Response::new(&content);
        response.respondent.seat = Some("adviser".into());
        response.respondent.structure = Some("executive-chair".into());
        if full {
            response.full_steps = ids(&instrument.steps, |step| &step.id);
        }
        let items = instrument.steps.iter().flat_map(|step| match full {
            true => &step.items[..],
            false => &step.items[..1],
        });
        for (place, item) in items.enumerate() {
            let reason = &instrument.not_applicable_reasons[place % 5];
            let answer = match place % 4 {
                3 => ItemAnswer::DontKnow,
                2 => ItemAnswer::NotApplicable(reason.clone()),
                _ => ItemAnswer::Level((place % 5) as u8),
            };
            response.answer_item(item, Some(answer));
        }
        for (place, domain) in instrument.domains.iter().enumerate() {
            let today = owners[place % 7].clone();
            response.answer_domain(&domain.id, Column::Today, Some(today));
            if full {
                let role = instrument.roles[place % 10].clone();
                response.answer_domain(&domain.id, Column::Target, Some(Owner::Other(role)));
            }
        }
        response
    };
    for (kind, full, code) in [
        (Kind::Invitation, false, "BREjbW77ZdtjS-eeRCDDJEoRCGUuEo0"),
        (
            Kind::Result,
            true,
            "BBwjbW77ZdvvpBQ9POQnv4ioMEfCP_NNevIxHQEARkWQ_w",
        ),
    ] {
        let response = answered(full);
        assert_eq!(
            encode(kind, &response, &content),
            code,
            "the example has a new layout: keep the earlier one in its \"layouts\", and add a code"
        );
        assert_eq!(decode(code, &content), Ok(Shared { kind, response }));
        assert_eq!(problem(code), Some(CodeProblem::OtherPack));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_response_comes_back_whole(response in any_response()) {
        round_trip(&response);
        let code = result_code(&response);
        prop_assert!(code.len() <= 62);
        prop_assert!(code.chars().all(|c| ALPHABET.contains(c)));
        prop_assert!(!code.ends_with(['-', '_']));
    }

    #[test]
    fn up_to_five_wrong_bits_are_refused(response in any_response(), wrong in prop::collection::vec(any::<Index>(), 1..=5)) {
        let code = bytes(&result_code(&response));
        let mut changed = code.clone();
        for bit in wrong {
            let bit = bit.index(8 * code.len());
            changed[bit / 8] ^= 1 << (bit % 8);
        }
        // The same bit may have been drawn twice.
        prop_assume!(changed != code);
        prop_assert!(problem(&text(&changed)).is_some());
    }

    #[test]
    fn four_wrong_neighbours_are_refused(response in any_response(), place in any::<Index>(), new in "[-_A-Za-z0-9]{4}") {
        let code = result_code(&response);
        let place = place.index(code.len() - 3);
        let mut changed = code.clone();
        changed.replace_range(place..place + 4, &new);
        prop_assume!(changed != code);
        prop_assert!(problem(&changed).is_some());
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,80}", symbols in "[-_A-Za-z0-9]{0,80}") {
        prop_assert!(problem(&text).is_some());
        prop_assert!(problem(&symbols).is_some());
    }

    #[test]
    fn any_row_of_answers_is_a_response_or_refused(answers in prop::collection::vec(any::<u8>(), 0..48)) {
        let code = with_answers(&result_code(&Response::new(&CONTENT)), &answers);
        match decode(&code, &CONTENT) {
            Ok(shared) => {
                prop_assert_eq!(encode(shared.kind, &shared.response, &CONTENT), code);
                let json = shared.response.to_json();
                prop_assert_eq!(Response::parse(&json, &CONTENT), Ok(shared.response));
            }
            Err(problem) => prop_assert_eq!(problem, CodeProblem::Damaged),
        }
    }

    #[test]
    fn a_fragment_keeps_everything_else(fragment in "#?[a-z0-9=&?/!%#:é-]{0,30}", code in "[-_A-Za-z0-9]{0,62}") {
        let with = fragment_with(&fragment, "rcc", &code);
        prop_assert_eq!(from_fragment(&with, "rcc"), Some(&code[..]));
        let bare = |text: &str| text.trim_start_matches('#').trim_end_matches(['&', '?']).to_string();
        let without = fragment_without(&with, "rcc");
        prop_assert_eq!(bare(&without), bare(&fragment_without(&fragment, "rcc")));
        prop_assert_eq!(from_fragment(&without, "rcc"), None);
        if !fragment.contains("rcc=") {
            prop_assert_eq!(bare(&without), bare(&fragment));
        }
    }
}
