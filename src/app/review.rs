//! Every answer on one page before the results, each with a way to change it.

use super::state::Action;
use super::view::View;
use crate::core::flow::{self, Page};
use crate::core::interface::Key;
use crate::core::response::Column;
use crate::dom::{Node, node, text};

/// In how many turns the page is drawn: all answers of a full check at once would keep a slow phone waiting.
pub const TURNS: usize = 3;

/// How many sections stand there after each turn but the last one, which brings all that are left.
const AFTER: [usize; 2] = [2, 4];

struct Row {
    name: String,
    /// Absent while the question is open.
    answer: Option<String>,
    page: Page,
}

pub fn review(view: &View) -> Node {
    let open = flow::open(view.content, &view.state.response);
    let unknown = view.result.coverage.unknown;
    let summary = match open {
        0 if unknown > 0 => view.text_with(Key::ReviewUnknown, &[("count", &unknown.to_string())]),
        0 => view.text(Key::ReviewComplete),
        1 => view.text(Key::ReviewOpenOne),
        _ => view.text_with(Key::ReviewOpenMany, &[("count", &open.to_string())]),
    };
    let answer_open =
        (open > 0).then(|| view.button("secondary", Key::ReviewAnswerOpen, Action::Resume));
    let head = node("div")
        .class("head")
        .add(view.say("span", "eyebrow", Key::ReviewEyebrow))
        .add(view.title(&view.text(Key::ReviewTitle)))
        .add(text("p", "why", &summary));
    let ways = node("div")
        .class("ways")
        .add(view.button("quiet back", Key::Back, Action::Back))
        .add_if(answer_open)
        .add(view.button("primary", Key::ReviewResults, Action::Open(Page::Results)));
    let whole = view.state.is_whole();
    let now = AFTER.into_iter().take(view.state.turns).next_back();
    let mut page = node("div").class("review").add(head);
    for (index, (title, rows)) in sections(view).into_iter().enumerate() {
        let drawn = whole || Some(index) < now;
        page = page.add_if(drawn.then(|| section(view, &title, rows)));
    }
    page.add_if(view.sharing().filter(|_| whole))
        .add_if(whole.then_some(ways))
}

fn sections(view: &View) -> Vec<(String, Vec<Row>)> {
    let response = &view.state.response;
    let respondent = &response.respondent;
    let report = &view.content.report;
    let seat = respondent.seat.as_deref();
    let structure = respondent.structure.as_deref();
    let context = vec![
        Row {
            name: view.text(Key::ReviewSeat),
            answer: seat.map(|id| report.seats[id].clone()),
            page: Page::Seat,
        },
        Row {
            name: view.text(Key::ReviewStructure),
            answer: structure.map(|id| report.structures[id].label.clone()),
            page: Page::Structure,
        },
    ];
    let mut sections = vec![(view.text(Key::ReviewContext), context)];
    for group in &view.content.instrument.groups {
        let steps = view.content.instrument.steps.iter();
        let items = steps
            .filter(|step| step.group == *group)
            .flat_map(|step| response.asked_items(step));
        let rows = items.map(|id| Row {
            name: view.words.topic(id).into(),
            answer: response
                .items
                .get(id)
                .map(|answer| view.words.item_answer(id, Some(answer))),
            page: Page::Item(id.clone()),
        });
        sections.push((report.groups[group.as_str()].clone(), rows.collect()));
    }
    for group in &view.content.instrument.domain_groups {
        let rows = flow::domains_of(view.content, group).map(|domain| {
            let owner = response.owner(view.content, domain, Column::Today);
            Row {
                name: view.words.domain(domain).into(),
                answer: owner.map(|owner| view.words.owner(owner).into()),
                page: Page::Map(group.clone()),
            }
        });
        let title = &view.content.domains.groups[group.as_str()].title;
        sections.push((title.clone(), rows.collect()));
    }
    sections
}

fn section(view: &View, title: &str, rows: Vec<Row>) -> Node {
    let rows = rows.into_iter().map(|row| {
        let name = view.text_with(Key::ReviewChangeNamed, &[("name", &row.name)]);
        let change = view
            .button("quiet", Key::ReviewChange, Action::Change(row.page))
            .set("aria-label", &name);
        let class = if row.answer.is_some() {
            "row"
        } else {
            "row open"
        };
        let answer = row.answer.unwrap_or_else(|| view.text(Key::AnswerNone));
        node("div")
            .class(class)
            .add(text("dt", "", &row.name))
            .add(text("dd", "", &answer))
            .add(node("dd").class("change").add(change))
    });
    node("section")
        .add(text("h3", "", title))
        .add(node("dl").class("answers").all(rows))
}
