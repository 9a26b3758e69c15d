//! The next review, read back by a parser of calendar files.

use delineate::core::desk::DeskKey;
use delineate::core::export::{Dates, Export};
use delineate::core::response::ItemAnswer;
use icalendar::parser::{Component, read_calendar, unfold};

use crate::common::CONTENT;
use crate::support::{Case, DAY, MARKS, date, hostile_at_length, mixed, plain, responses};

fn value<'a>(component: &'a Component, name: &str) -> &'a str {
    let named: Vec<_> = component
        .properties
        .iter()
        .filter(|one| one.name == name)
        .collect();
    assert_eq!(named.len(), 1, "{name} stands {} times", named.len());
    named[0].val.as_str()
}

/// Calls `check` with the event and its alarm.
fn read(text: &str, check: impl Fn(&Component, &Component)) {
    let unfolded = unfold(text);
    let calendar = read_calendar(&unfolded).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let property = |name: &str| {
        let found = calendar.properties.iter().find(|one| one.name == name);
        found.map(|one| one.val.as_str().to_string())
    };
    assert_eq!(property("VERSION").as_deref(), Some("2.0"));
    assert!(property("PRODID").is_some_and(|id| id.starts_with("-//Delineate//")));
    let [event] = &calendar.components[..] else {
        panic!("one event is expected\n{text}");
    };
    assert_eq!(event.name, "VEVENT");
    let [alarm] = &event.components[..] else {
        panic!("one alarm is expected\n{text}");
    };
    assert_eq!(alarm.name, "VALARM");
    check(event, alarm);
}

fn is_well_formed(text: &str) {
    assert!(text.ends_with("\r\n"));
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert_eq!(text.matches('\r').count(), text.matches("\r\n").count());
    for line in text.split("\r\n") {
        // A cut within a character would leave a replacement character behind, or no text at all.
        assert!(line.len() <= 75 && !line.contains('\u{fffd}'), "{line:?}");
    }
}

/// Parsers are lenient about what ends a value, so the escapes are looked at as they stand in the file.
fn is_escaped(text: &str) {
    let unfolded = text.replace("\r\n ", "");
    for line in unfolded.lines() {
        let Some((name, value)) = line.split_once(':') else {
            panic!("{line:?} is no property");
        };
        if !["SUMMARY", "DESCRIPTION"].contains(&name) {
            continue;
        }
        let mut characters = value.chars();
        while let Some(character) = characters.next() {
            match character {
                '\\' => {
                    let next = characters.next();
                    let known = next.is_some_and(|next| "\\;,".contains(next));
                    assert!(known, "{next:?} is escaped in {value:?}");
                }
                ',' | ';' => panic!("{character:?} is not escaped in {value:?}"),
                _ => {}
            }
        }
    }
}

#[test]
fn the_event_lasts_the_day_of_the_review() {
    for response in responses() {
        let case = Case::new(&CONTENT, response);
        let dates = Dates::new(date(DAY), date("2026-12-31")).expect("the review is later");
        let text = case.export_on(Export::Calendar, dates);
        is_well_formed(&text);
        is_escaped(&text);
        read(&text, |event, _| {
            for (name, day) in [("DTSTART", "20261231"), ("DTEND", "20270101")] {
                assert_eq!(value(event, name), day);
                let property = event.find_prop(name).expect("it was just read");
                let kind = property.params.iter().find(|one| one.key == "VALUE");
                let kind = kind.and_then(|one| one.val.as_ref());
                assert_eq!(kind.map(|kind| kind.as_str()), Some("DATE"));
            }
            assert_eq!(value(event, "DTSTAMP"), "20260131T000000Z");
            let text = [("date", DAY)];
            assert_eq!(
                value(event, "SUMMARY"),
                case.text(DeskKey::ExportEvent, &[])
            );
            assert_eq!(
                value(event, "DESCRIPTION"),
                case.text(DeskKey::ExportEventText, &text)
            );
        });
    }
}

#[test]
fn the_alarm_rings_at_nine_on_the_day_a_week_before() {
    let case = Case::new(&CONTENT, mixed("two"));
    read(&case.export(Export::Calendar), |_, alarm| {
        assert_eq!(value(alarm, "ACTION"), "DISPLAY");
        // From midnight, at which the day begins: seven days less nine hours.
        assert_eq!(value(alarm, "TRIGGER"), "-P6DT15H");
        assert_eq!((6 * 24 + 15) + 9, 7 * 24);
        assert!(value(alarm, "DESCRIPTION").starts_with("In one week: Review"));
    });
}

#[test]
fn the_same_answers_of_the_same_day_are_the_same_event() {
    let case = |response| Case::new(&CONTENT, response);
    let uid = |case: &Case, made: &str, review: &str| {
        let dates = Dates::new(date(made), date(review)).expect("the review is later");
        let text = case.export_on(Export::Calendar, dates);
        let line = text.lines().find(|line| line.starts_with("UID:"));
        line.expect("an event has a UID").to_string()
    };
    let one = case(mixed("two"));
    let first = uid(&one, DAY, "2027-01-31");
    assert_eq!(first, uid(&case(mixed("two")), DAY, "2027-01-31"));
    // A review that is moved is still the same review.
    assert_eq!(first, uid(&one, DAY, "2026-12-31"));
    assert_ne!(first, uid(&one, "2026-02-01", "2027-01-31"));
    let mut other = mixed("two");
    other.answer_item("strategy-goals", Some(ItemAnswer::Level(3)));
    assert_ne!(first, uid(&case(other), DAY, "2027-01-31"));
}

#[test]
fn the_event_tells_no_score_and_no_answer() {
    // The words are the same for everybody; only the UID differs.
    let texts: Vec<String> = [
        mixed("two"),
        crate::common::uniform(true, 4, crate::common::officer("cto")),
    ]
    .map(|response| Case::new(&CONTENT, response).export(Export::Calendar))
    .to_vec();
    let without_uid = |text: &String| -> Vec<String> {
        let lines = text.lines().filter(|line| !line.starts_with("UID:"));
        lines.map(String::from).collect()
    };
    assert_ne!(texts[0], texts[1]);
    assert_eq!(without_uid(&texts[0]), without_uid(&texts[1]));
}

#[test]
fn no_text_of_a_pack_becomes_a_property() {
    for mark in MARKS {
        let (content, texts) = hostile_at_length(mark, 12);
        let case = Case::said(&content, &texts, mixed("two"));
        let text = case.export(Export::Calendar);
        is_well_formed(&text);
        is_escaped(&text);
        read(&text, |event, alarm| {
            let title = case.text(DeskKey::ExportEvent, &[]);
            let values = [("date", DAY)];
            assert_eq!(value(event, "SUMMARY"), plain(&title), "{mark:?}");
            let about = case.text(DeskKey::ExportEventText, &values);
            assert_eq!(value(event, "DESCRIPTION"), plain(&about), "{mark:?}");
            let rings = case.text(DeskKey::ExportEventAlarm, &[("title", &title)]);
            assert_eq!(value(alarm, "DESCRIPTION"), plain(&rings), "{mark:?}");
            assert_eq!((event.properties.len(), alarm.properties.len()), (7, 3));
        });
    }
}
