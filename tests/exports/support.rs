//! Responses that between them reach every line of an export, and packs whose texts try to break out of it.

use delineate::core::content::{Content, Problem};
use delineate::core::date::Date;
use delineate::core::desk::{DeskKey, DeskTexts};
use delineate::core::export::{Basis, Dates, Export};
use delineate::core::response::{Column, ItemAnswer, Owner, Response};
use delineate::core::result::ResultDocument;
use delineate::core::template;
use delineate::core::wording::Wording;
use serde_json::Value;

use crate::common::{CONTENT, DESK, desk, officer, pack};

/// The day of the answers in every test.
pub const DAY: &str = "2026-01-31";

pub fn date(text: &str) -> Date {
    Date::parse(text).unwrap_or_else(|| panic!("{text} is a day"))
}

/// A response with its result, ready to be exported.
pub struct Case<'a> {
    pub content: &'a Content,
    pub texts: &'a DeskTexts,
    pub response: Response,
    pub result: ResultDocument,
}

impl<'a> Case<'a> {
    pub fn new(content: &'a Content, response: Response) -> Case<'a> {
        Case::said(content, &DESK, response)
    }

    /// In other words of the desk.
    pub fn said(content: &'a Content, texts: &'a DeskTexts, response: Response) -> Case<'a> {
        Case {
            content,
            texts,
            result: ResultDocument::new(content, &response),
            response,
        }
    }

    pub fn words(&self) -> Wording<'_> {
        Wording::new(self.content, &self.response)
    }

    pub fn text(&self, key: DeskKey, values: &[(&str, &str)]) -> String {
        self.words().fill(self.texts.get(key), values)
    }

    pub fn export_on(&self, export: Export, dates: Dates) -> String {
        let basis = Basis::new(
            self.content,
            &self.response,
            &self.result,
            dates,
            self.texts,
        );
        export.text(&basis)
    }

    pub fn export(&self, export: Export) -> String {
        self.export_on(export, Dates::yearly(date(DAY)))
    }
}

/// Every kind of answer to items and to domains, today and as it should be.
pub fn mixed(structure: &str) -> Response {
    let mut response = Response::new(&CONTENT);
    response.respondent.structure = Some(structure.into());
    response.respondent.seat = Some("ceo".into());
    response.extend(&CONTENT, &["alignment".into()]);
    let reason = || ItemAnswer::NotApplicable("too-early".into());
    let items = [
        ("alignment-written", ItemAnswer::Level(4)),
        ("alignment-review", ItemAnswer::Level(1)),
        ("expectations-agreed", ItemAnswer::Level(0)),
        ("strategy-goals", ItemAnswer::Level(2)),
        ("roadmap-shared", ItemAnswer::DontKnow),
        ("benchmark-comparison", reason()),
    ];
    for (item, answer) in items {
        response.answer_item(item, Some(answer));
    }
    let domains = [
        ("technology-strategy", Owner::Nobody, None),
        ("research", officer("cto"), Some(officer("cio"))),
        ("emerging-technology", Owner::Split, None),
        ("innovation", Owner::Unsplit, Some(Owner::Split)),
        ("product-development", Owner::DontKnow, None),
        ("it-projects", Owner::Other("cfo".into()), None),
        ("cybersecurity", Owner::Unsplit, None),
        ("compliance", officer("cio"), Some(Owner::Nobody)),
    ];
    for (domain, today, target) in domains {
        response.answer_domain(domain, Column::Today, Some(today));
        response.answer_domain(domain, Column::Target, target);
    }
    response
}

/// Mixed answers for every structure, none at all, and the two extremes.
pub fn responses() -> Vec<Response> {
    let structures = &CONTENT.instrument.structures;
    let mut all: Vec<Response> = structures.iter().map(|one| mixed(&one.id)).collect();
    all.push(Response::new(&CONTENT));
    all.push(crate::common::uniform(true, 4, officer("cto")));
    all.push(crate::common::uniform(false, 0, Owner::Nobody));
    all
}

/// Places of texts that are no prose: ids, and addresses that are checked apart.
fn is_prose(place: &str) -> bool {
    let parts = ["/steps/", "/domains/", "/report/", "/interface/", "/desk/"];
    parts.iter().any(|part| place.starts_with(part))
        // The heads of lanes have no room, and no export shows them.
        && !place.contains("/lanes/")
        && place != "/interface/direction"
        && !place.ends_with("/strength")
        && !place.ends_with("/url")
}

fn replace(value: &mut Value, place: &str, count: &mut usize, text: &dyn Fn(&str) -> String) {
    match value {
        Value::Object(object) => {
            for (key, child) in object {
                replace(child, &format!("{place}/{key}"), count, text);
            }
        }
        Value::Array(list) => {
            for (index, child) in list.iter_mut().enumerate() {
                replace(child, &format!("{place}/{index}"), count, text);
            }
        }
        Value::String(old) if is_prose(place) => {
            *count += 1;
            let values: String = template::names(old)
                .iter()
                .map(|name| format!("{{{name}}}"))
                .collect();
            // Texts of an item must differ, and texts with values must use them.
            let mut new = format!("{}{count}{values}", text(place));
            if values.is_empty() {
                new.truncate(new.trim_end().len());
            }
            *old = new;
        }
        _ => {}
    }
}

/// The content with every text beginning with `mark`; the pack passes all checks, as a host's own pack would. So do the texts of the
/// desk, as another language might have them.
pub fn hostile(mark: &str) -> (Content, DeskTexts) {
    hostile_at_length(mark, 1)
}

/// The same with texts of the page and the desk, which have the most room, beginning with it several times.
pub fn hostile_at_length(mark: &str, times: usize) -> (Content, DeskTexts) {
    let mut value: Value = serde_json::from_str(&pack()).expect("the pack is JSON");
    let mut texts: Value = serde_json::from_str(&desk()).expect("the texts are JSON");
    let mut count = 0;
    let begun = |place: &str| {
        // No pack may hide a control character; nothing holds the texts of the desk to that.
        let visible = || mark.chars().filter(|c| !c.is_control()).collect::<String>();
        // Only these texts may begin with a space.
        if place.starts_with("/desk/") {
            mark.repeat(times)
        } else if place.starts_with("/interface/") {
            visible().repeat(times)
        } else {
            visible().trim_start().into()
        }
    };
    replace(&mut value, "", &mut count, &begun);
    replace(&mut texts, "/desk", &mut count, &begun);
    assert!(count > 800, "only {count} texts were replaced");
    let refused = |problems: Vec<Problem>| -> ! {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        panic!("{mark:?} makes no pack:\n{}", lines.join("\n"))
    };
    let mut content =
        Content::parse(&value.to_string()).unwrap_or_else(|problems| refused(problems));
    // No pack has such a language; were it read nevertheless, it would stay text.
    content.lang = "en\"><script>alert(1)</script>".into();
    let texts = DeskTexts::load(&texts.to_string()).unwrap_or_else(|problems| refused(problems));
    (content, texts)
}

/// Beginnings of texts that mean something to one of the formats.
pub const MARKS: [&str; 30] = [
    "=A1",
    "+A1",
    "-A1",
    "@A1",
    "＝A1",
    "\t=A1",
    "\r=A1",
    "\r\n-A1",
    " +A1",
    "\u{0}@A1",
    "\"=A1",
    "x;=A1",
    "x; \"-A1",
    "a\n=A1",
    "a\",\"=A",
    "<b>&\"'",
    "&lt;b",
    "</td><i>",
    "<!--",
    "*a*_b_`",
    "[a](b:c)",
    "# ",
    "> ",
    "- ",
    "1. ",
    "12) ",
    "|a|\\|",
    "~~~",
    "\\,;\\n",
    "é日🎉",
];

/// A text as every export writes it: on one line.
pub fn plain(text: &str) -> String {
    let words: Vec<&str> = text
        .split(|c: char| c == ' ' || c.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}
