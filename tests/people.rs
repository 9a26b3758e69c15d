//! Who comes to the desk, by file, by link and by code; and the agenda that they leave with.

mod common;

use common::{CONTENT, officer, read, uniform};
use delineate::core::code::{CodeProblem, Kind, encode, locked};
use delineate::core::compare::{Comparison, MOST, Participant};
use delineate::core::desk::DeskTexts;
use delineate::core::meeting;
use delineate::core::people::{
    LONGEST_NAME, MOST_BYTES, People, Refusal, code_in, read_file, read_pasted,
};
use delineate::core::response::{Column, ItemAnswer, Owner, Response};
use delineate::core::wording::Wording;
use serde_json::{Value, json};

fn seated(seat: &str, level: u8) -> Response {
    let mut response = uniform(false, level, officer(seat));
    response.respondent.seat = Some(seat.into());
    response.respondent.structure = Some("two".into());
    response
}

fn document(response: &Response) -> Value {
    serde_json::from_str(&response.to_json()).expect("a response is JSON")
}

#[test]
fn a_response_is_found_alone_and_within_other_documents() {
    let (first, last) = (seated("cto", 1), seated("cto", 3));
    let (early, late) = (document(&first), document(&last));
    for (text, expected) in [
        (first.to_json(), Ok(first.clone())),
        (
            ["\u{feff} ", &first.to_json(), "\n"].concat(),
            Ok(first.clone()),
        ),
        (json!([early, late]).to_string(), Ok(last.clone())),
        (
            json!({ "format": "history", "kept": [{ "response": early }, { "response": late }] })
                .to_string(),
            Ok(last.clone()),
        ),
        // Deeper than any document keeps a response.
        (
            json!([[[[[early]]]]]).to_string(),
            Err(Refusal::NotAResponse),
        ),
    ] {
        assert_eq!(read_file(&text, &CONTENT), expected, "{text}");
    }
}

#[test]
fn every_other_file_is_refused_for_its_own_reason() {
    let change = |path: &str, value: Value| {
        let mut document = document(&seated("cto", 1));
        *document.pointer_mut(path).expect("the path is there") = value;
        document.to_string()
    };
    let json = seated("cto", 1).to_json();
    for (text, expected) in [
        (String::new(), Refusal::NotAResponse),
        ("Dear all".into(), Refusal::NotAResponse),
        ("42".into(), Refusal::NotAResponse),
        ("{}".into(), Refusal::NotAResponse),
        ("[".repeat(100_000), Refusal::Damaged),
        (json[..json.len() / 2].into(), Refusal::Damaged),
        (change("/items", json!(7)), Refusal::Damaged),
        (change("/version", json!(2)), Refusal::LaterVersion),
        (
            change("/content/id", json!("another")),
            Refusal::OtherContent,
        ),
        (
            change("/content/version", json!("9.0.0")),
            Refusal::LaterVersion,
        ),
        (
            change("/content/version", json!("1.9.3")),
            Refusal::EarlierContent,
        ),
        (
            change("/content/version", json!("next")),
            Refusal::OtherContent,
        ),
        (
            change("/respondent/seat", json!("cfo")),
            Refusal::OtherContent,
        ),
        (
            json!({ "format": "delineate-result" }).to_string(),
            Refusal::ResultOnly,
        ),
    ] {
        let short: String = text.chars().take(80).collect();
        assert_eq!(read_file(&text, &CONTENT), Err(expected), "{short}");
    }
}

#[test]
fn a_link_a_code_and_the_text_of_a_file_can_be_pasted() {
    let response = seated("cio", 2);
    let code = encode(Kind::Result, &response, &CONTENT);
    let invitation = encode(Kind::Invitation, &response, &CONTENT);
    for text in [
        code.clone(),
        format!(" {code}\n"),
        format!("https://example.org/page?x=1#tab=2&rcc={code}"),
        format!("https://example.org/#/route?rcc={invitation}"),
        response.to_json(),
    ] {
        assert_eq!(read_pasted(&text, &CONTENT), Ok(response.clone()), "{text}");
    }
    assert_eq!(code_in("https://example.org/#a=1&rcc=BCD&b=2"), "BCD");
    let letter = "Here is mine:\nhttps://example.org/#rcc=BCD\nRegards";
    assert_eq!(code_in(letter), "BCD");
    assert_eq!(code_in("Point #2: https://example.org/#rcc=BCD"), "BCD");
    let refused = |text: &str| read_pasted(text, &CONTENT).expect_err("nobody comes of this");
    assert_eq!(refused("hello!"), Refusal::Code(CodeProblem::NotACode));
    assert_eq!(
        refused("https://example.org/"),
        Refusal::Code(CodeProblem::NotACode)
    );
    assert_eq!(
        refused(&code[..code.len() - 4]),
        Refusal::Code(CodeProblem::Truncated)
    );
    assert_eq!(refused("p2.AAAA"), Refusal::Code(CodeProblem::LaterVersion));
    assert_eq!(refused(&"A".repeat(MOST_BYTES + 1)), Refusal::TooLarge);
    let lock = locked::Locked {
        salt: vec![1; locked::SALT],
        vector: vec![2; locked::VECTOR],
        text: vec![3; locked::TAG + 30],
    };
    assert_eq!(refused(&lock.write()), Refusal::Locked(lock));
}

#[test]
fn nobody_comes_twice_nor_as_a_thirteenth_nor_with_nothing() {
    let mut people = People::new("CTO", &seated("cto", 0));
    assert_eq!(people.join("CTO", seated("cto", 0)), Err(Refusal::Same(0)));
    assert_eq!(people.join("CTO", seated("cto", 1)), Ok(1));
    assert_eq!(people.join("CTO", seated("cto", 2)), Ok(2));
    let names: Vec<&str> = people.all().iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["CTO", "CTO 2", "CTO 3"]);
    let mut nothing = Response::new(&CONTENT);
    nothing.respondent.seat = Some("ceo".into());
    assert_eq!(people.join("CEO", nothing), Err(Refusal::Empty));
    for place in 3..MOST {
        let mut one = seated("cio", 3);
        let item = &CONTENT.instrument.steps[place - 3].items[0];
        one.answer_item(item, Some(ItemAnswer::DontKnow));
        assert_eq!(people.join("CIO", one), Ok(place));
    }
    assert_eq!(people.join("CIO", seated("cio", 4)), Err(Refusal::Full));
    people.remove(0);
    assert_eq!(people.all().len(), MOST, "the visitor stays");
    people.remove(MOST);
    people.remove(1);
    assert_eq!(people.all().len(), MOST - 1);
    assert_eq!(people.join("CIO", seated("cio", 4)), Ok(MOST - 1));
}

#[test]
fn a_name_is_one_short_line_and_never_empty() {
    let mut people = People::new("CTO", &seated("cto", 0));
    let mut named = |name: &str| {
        people.rename(0, name);
        people.all()[0].name.clone()
    };
    assert_eq!(named("  Ada\u{0} \n Lovelace\t"), "Ada Lovelace");
    assert_eq!(named(" \n "), "Ada Lovelace");
    assert_eq!(named(&"ä".repeat(100)), "ä".repeat(LONGEST_NAME));
    people.rename(9, "nobody");
    assert_eq!(people.all().len(), 1);
}

fn markdown(people: &[(&str, Response)]) -> (Comparison, String) {
    let participants: Vec<Participant> = people
        .iter()
        .map(|(name, response)| Participant { name, response })
        .collect();
    let comparison = Comparison::new(&CONTENT, &participants).expect("they can be compared");
    let texts = DeskTexts::load(
        &read("content/en/desk.json").replace("\"$schema\": \"../schema/desk.schema.json\",", ""),
    )
    .expect("the texts are complete");
    let words = Wording::shared(&CONTENT, &comparison);
    let text = meeting::markdown(&words, &texts, &comparison);
    (comparison, text)
}

#[test]
fn the_agenda_holds_every_point_with_its_minutes() {
    let (comparison, text) = markdown(&[("Ada", seated("cto", 4)), ("Grace", seated("cio", 1))]);
    let agenda = comparison.agenda.as_ref().expect("they disagree");
    let words = Wording::shared(&CONTENT, &comparison);
    let mut from = 0;
    let mut minutes = vec![agenda.opening];
    minutes.extend(agenda.topics.iter().map(|topic| topic.minutes));
    minutes.push(agenda.closing);
    for (place, minutes) in minutes.iter().enumerate() {
        let line = format!("{}. **", place + 1);
        let line = text.lines().find(|one| one.starts_with(&line));
        let line = line.unwrap_or_else(|| panic!("point {} is missing:\n{text}", place + 1));
        let time = format!("(minutes {from} to {})", from + minutes);
        assert!(line.contains(&time), "{line}: {time}");
        from += minutes;
    }
    assert_eq!(from, 60);
    for topic in &agenda.topics {
        assert!(
            text.contains(&words.disagreement(&comparison, &topic.about)),
            "{text}"
        );
    }
    assert!(text.contains("Ada and Grace"), "{text}");
    let rest = comparison.disagreements.len() - agenda.topics.len();
    assert!(rest > 0);
    let left = format!("Left for another time: {rest}.");
    assert!(text.contains(&left), "{text}");
    assert!(!text.contains('{'), "{text}");
}

#[test]
fn below_the_agenda_stands_what_is_to_be_found_out_before_the_meeting() {
    let mut unsure = seated("cio", 1);
    for id in ["cybersecurity", "continuity", "research"] {
        unsure.answer_domain(id, Column::Today, Some(Owner::DontKnow));
    }
    let line = "To find out before the meeting: ";
    let (_, text) = markdown(&[("Ada", seated("cto", 4)), ("Grace", unsure)]);
    let told = text.lines().find(|one| one.starts_with(line));
    let critical = "Cybersecurity; Continuity and recovery.";
    assert_eq!(told, Some(&*[line, critical].concat()), "{text}");
    let (_, text) = markdown(&[("Ada", seated("cto", 4)), ("Grace", seated("cio", 1))]);
    assert!(!text.contains(line), "{text}");
}

#[test]
fn no_name_is_mark_up_in_the_agenda() {
    let evil = "<img src=x> [a](http://b) *c* | `d` # \\ {cto}";
    let (_, text) = markdown(&[(evil, seated("cto", 4)), ("Grace", seated("cio", 1))]);
    let escaped = r"\<img src=x\> \[a\](http://b) \*c\* \| \`d\` \# \\ {cto}";
    assert!(text.contains(escaped), "{text}");
    assert!(!text.contains(evil), "{text}");
}

#[test]
fn people_who_agree_get_a_sentence_instead_of_an_agenda() {
    let mut other = seated("cto", 2);
    other.respondent.seat = Some("cio".into());
    let (comparison, text) = markdown(&[("Ada", seated("cto", 2)), ("Grace", other)]);
    assert_eq!(comparison.agenda, None);
    assert!(
        text.contains(&CONTENT.report.comparison.agenda.none),
        "{text}"
    );
    assert!(text.contains("100 of 100"), "{text}");
}
