//! The first page: what this is, how long it takes, and that nothing leaves the browser.

use super::state::Action;
use super::view::View;
use crate::core::flow::{self, Page};
use crate::core::interface::Key;
use crate::core::settings::Mode;
use crate::dom::{Node, node, text};

pub fn start(view: &View) -> Node {
    let facts = [
        Key::StartFactTime,
        Key::StartFactPrivate,
        Key::StartFactResult,
    ];
    let facts = facts.map(|key| view.say("li", "", key));
    let lead = node("div")
        .class("lead")
        .add(view.title(&view.text(Key::StartTitle)))
        .add(view.say("p", "lede", Key::StartLede));
    let next = if view.state.response.is_empty() {
        choices(view)
    } else {
        resume(view)
    };
    node("div")
        .class("start")
        .add(lead)
        .add(next)
        .add(node("ul").class("facts").all(facts))
}

fn choices(view: &View) -> Node {
    let instrument = &view.content.instrument;
    let domains = instrument.domains.len().to_string();
    let choice = |[title, about, begin]: [Key; 3], class, full: bool| {
        let items = flow::items_of_a_check(view.content, full).to_string();
        let about = view.text_with(about, &[("items", &items), ("domains", &domains)]);
        node("section")
            .class("choice")
            .add(view.say("h3", "", title))
            .add(text("p", "", &about))
            .add(view.button(class, begin, Action::Begin { full }))
    };
    let quick = [Key::QuickTitle, Key::QuickText, Key::QuickBegin];
    let full = [Key::FullTitle, Key::FullText, Key::FullBegin];
    let mode = match flow::goes_deeper(view.content) {
        true => view.state.settings.mode,
        false => Mode::Quick,
    };
    let offered = node("div").class("choices");
    let offered = offered.add_if((mode != Mode::Full).then(|| choice(quick, "primary", false)));
    let class = if mode == Mode::Full {
        "primary"
    } else {
        "secondary"
    };
    offered.add_if((mode != Mode::Quick).then(|| choice(full, class, true)))
}

fn resume(view: &View) -> Node {
    let (answered, asked) = flow::progress(view.content, &view.state.response);
    let about = view.text_with(
        Key::ResumeText,
        &[
            ("answered", &answered.to_string()),
            ("asked", &asked.to_string()),
        ],
    );
    let actions = node("div")
        .class("actions")
        .add(view.button("primary", Key::Resume, Action::Resume))
        .add(view.button("secondary", Key::ResumeResults, Action::Open(Page::Results)));
    node("section")
        .class("resume")
        .add(view.say("h3", "", Key::ResumeTitle))
        .add(text("p", "", &about))
        .add(actions)
}
