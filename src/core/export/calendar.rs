//! The next review as an event of a calendar (RFC 5545).
//!
//! It names no score and no answer: calendars are shared, and kept on servers.

use super::{Basis, digest, line};
use crate::core::desk::DeskKey;

/// The most octets of a line without its end.
const LINE: usize = 75;

/// Nine in the morning of the day a week before: an event of a whole day begins at midnight, when nobody wants to be reminded.
const A_WEEK_BEFORE: &str = "-P6DT15H";

/// `text` as a value: a backslash before what would end it.
fn escaped(text: &str) -> String {
    let text = line(text);
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if "\\;,".contains(character) {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

/// A property on as many lines as it needs; no character is cut in two.
fn property(out: &mut String, name: &str, value: &str) {
    let mut length = 0;
    for character in [name, ":", value].concat().chars() {
        if length + character.len_utf8() > LINE {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(character);
        length += character.len_utf8();
    }
    out.push_str("\r\n");
}

/// A name for the event that is the same whenever the same answers of the same day are exported, so that a calendar that is given
/// the file twice holds one event.
fn uid(basis: &Basis) -> String {
    digest(basis.dates.made, basis.response) + "@delineate"
}

pub fn review(basis: &Basis) -> String {
    let (made, day) = (basis.dates.made, basis.dates.review);
    let date = made.to_string();
    let title = basis.text(DeskKey::ExportEvent);
    let text = basis.text_with(DeskKey::ExportEventText, &[("date", &date)]);
    let alarm = basis.text_with(DeskKey::ExportEventAlarm, &[("title", &title)]);
    let (title, text, alarm) = (escaped(&title), escaped(&text), escaped(&alarm));
    // Without a clock, the file is as old as the answers.
    let stamp = [&made.compact(), "T000000Z"].concat();
    let product = [
        concat!("-//Delineate//Delineate ", env!("CARGO_PKG_VERSION"), "//"),
        // A language tag is ASCII (`is_language`); the tables of all other letters would weigh 12 KB.
        &basis.content.lang.to_ascii_uppercase(),
    ]
    .concat();
    let lines: [(&str, &str); 18] = [
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", &product),
        ("BEGIN", "VEVENT"),
        ("UID", &uid(basis)),
        ("DTSTAMP", &stamp),
        ("DTSTART;VALUE=DATE", &day.compact()),
        // The day after, on which the event is over.
        ("DTEND;VALUE=DATE", &day.plus_days(1).compact()),
        ("SUMMARY", &title),
        ("DESCRIPTION", &text),
        // The day stays free for other appointments.
        ("TRANSP", "TRANSPARENT"),
        ("BEGIN", "VALARM"),
        ("ACTION", "DISPLAY"),
        ("DESCRIPTION", &alarm),
        ("TRIGGER", A_WEEK_BEFORE),
        ("END", "VALARM"),
        ("END", "VEVENT"),
        ("END", "VCALENDAR"),
    ];
    let mut out = String::new();
    for (name, value) in lines {
        property(&mut out, name, value);
    }
    out
}
