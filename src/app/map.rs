//! The responsibility map: for each domain of a group, who is accountable, today or as it should be.

use super::question::{Detail, on_submit, ways};
use super::state::Action;
use super::view::View;
use crate::core::flow;
use crate::core::interface::Key;
use crate::core::response::{Column, Owner};
use crate::dom::{Node, node, text};

/// In how many turns the page is drawn: it has the most words of all, and a slow phone takes longer for them than a click should wait.
pub const TURNS: usize = 2;

/// How many domains come with the click: as many as fill a phone.
const AT_ONCE: usize = 2;

/// How many characters of a label fit half of the narrowest screen.
const MOST_HALF: usize = 16;

pub fn today(view: &View, group: &str) -> Node {
    map(view, group, Column::Today)
}

pub fn target(view: &View, group: &str) -> Node {
    map(view, group, Column::Target)
}

fn map(view: &View, group: &str, column: Column) -> Node {
    let groups = &view.content.instrument.domain_groups;
    let number = flow::group_number(view.content, group).to_string();
    let words = &view.content.domains.groups[group];
    let (eyebrow, lead) = match column {
        Column::Today => (Key::MapEyebrow, Key::MapLead),
        Column::Target => (Key::TargetEyebrow, Key::TargetLead),
    };
    let eyebrow = view.text_with(
        eyebrow,
        &[("number", &number), ("groups", &groups.len().to_string())],
    );
    let (answered, asked) = flow::answered(view.content, &view.state.response, &view.state.page);
    let undo = view.state.undo.last().map(|undo| match &undo.before[..] {
        [(domain, _)] => {
            let name = view.words.domain(domain);
            view.text_with(Key::Undo, &[("domain", name)])
        }
        _ => view.text(Key::TargetUndo),
    });
    // The button keeps its place while there is nothing to undo, so that nothing moves and no focus is lost.
    let nothing = undo.is_none();
    let undo = view
        .named_button("quiet undo", &undo.unwrap_or_default(), Action::Undo)
        .set_if(nothing, "disabled", "");
    let tally = view.text_with(
        Key::MapTally,
        &[
            ("answered", &answered.to_string()),
            ("asked", &asked.to_string()),
        ],
    );
    let intro = [&view.words.fill(&words.intro, &[]), " ", &view.text(lead)].concat();
    let tally = node("div")
        .class("tally")
        .add(text("p", "", &tally))
        .add(undo);
    let adopt = (column == Column::Target).then(|| {
        let action = Action::AdoptOwners(group.into());
        let button = view.button("secondary", Key::TargetAdopt, action);
        node("div").class("actions").add(button)
    });
    let whole = view.state.is_whole();
    let mut form = node("form")
        .class("map")
        .on_submit(on_submit(view))
        .add(text("span", "eyebrow", &eyebrow))
        .add(view.title(&words.title))
        .add(text("p", "why", &intro))
        .add_if(adopt);
    for (index, domain) in flow::domains_of(view.content, group).enumerate() {
        let drawn = whole || index < AT_ONCE;
        form = form.add_if(drawn.then(|| one(view, domain, column)));
    }
    form.add_if(whole.then_some(tally))
        .add(ways(view, answered == asked))
}

fn one(view: &View, domain: &str, column: Column) -> Node {
    let words = &view.content.domains.domains[domain];
    let owner = view.state.response.owner(view.content, domain, column);
    let asks_role = view.state.asks_detail(domain);
    let role = match owner {
        Some(Owner::Other(role)) => Some(role.as_str()),
        _ => None,
    };

    let set = |owner: Option<Owner>| Action::Domain(domain.into(), column, owner);
    let mut chips: Vec<Node> = Vec::new();
    let mut chip = |value: &str, label: &str, checked: bool, action: Action| {
        let radio = node("input")
            .set("type", "radio")
            .set("name", domain)
            .set("value", value)
            .checked(checked)
            .on_change(view.on(action));
        let long = label.chars().count() > MOST_HALF;
        chips.push(
            node("label")
                .class(if long { "chip long" } else { "chip" })
                .add(radio)
                .add(text("span", "", label)),
        );
    };
    let officers = &view.content.structure(&view.state.response).officers;
    let officers = officers
        .iter()
        .map(|id| (id.as_str(), Owner::Officer(id.clone())));
    // A target without an agreed split, or with nobody, would be no target.
    let today = column == Column::Today;
    let shared = [
        Some(("split", Owner::Split)),
        today.then_some(("unsplit", Owner::Unsplit)),
    ];
    let last = [
        today.then_some(("nobody", Owner::Nobody)),
        Some(("dont_know", Owner::DontKnow)),
    ];
    let mut fixed = |(value, choice): (&str, Owner)| {
        let checked = !asks_role && owner == Some(&choice);
        chip(value, view.words.owner(&choice), checked, set(Some(choice)));
    };
    officers
        .chain(shared.into_iter().flatten())
        .for_each(&mut fixed);
    chip(
        "other",
        &view.content.report.owners["other"],
        asks_role || role.is_some(),
        Action::AskDetail(domain.into()),
    );
    for (value, choice) in last.into_iter().flatten() {
        let checked = !asks_role && owner == Some(&choice);
        chip(value, view.words.owner(&choice), checked, set(Some(choice)));
    }

    let detail = (asks_role || role.is_some()).then(|| {
        let labels = &view.content.report.roles;
        let roles = view.content.instrument.roles.iter();
        let options = roles.map(|id| (id.as_str(), labels[id.as_str()].as_str()));
        let id = domain.to_string();
        Detail {
            of: domain,
            label: Key::RoleLabel,
            options: options.collect(),
            chosen: role.filter(|_| !asks_role),
        }
        .draw(view, move |role| {
            Action::Domain(id.clone(), column, Some(Owner::Other(role)))
        })
    });
    let now = (!today).then(|| {
        let now = view
            .state
            .response
            .owner(view.content, domain, Column::Today);
        let now = view.words.owner_answer(now);
        text(
            "p",
            "today",
            &view.text_with(Key::TargetToday, &[("owner", &now)]),
        )
    });
    let name = view.text_with(Key::ClearDomain, &[("domain", &words.name)]);
    let clear = view
        .button("quiet clear", Key::Clear, set(None))
        .set("aria-label", &name)
        .set_if(owner.is_none() && !asks_role, "disabled", "");
    let hint = ["about-", domain].concat();
    node("fieldset")
        .class("domain")
        .set("aria-describedby", &hint)
        .on_keydown(view.on_number_key())
        .add(text("legend", "", &words.name))
        .add(clear)
        .add(text("p", "about", &view.words.fill(&words.description, &[])).set("id", &hint))
        .add_if(now)
        .add(node("div").class("chips").all(chips))
        .add_if(detail)
}
