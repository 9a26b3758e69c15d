//! What if some answers were others: every question with its choices, and what they would change beside what is.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::{DeskProps, Message as DeskMessage, View};
use crate::core::desk::DeskKey;
use crate::core::flow;
use crate::core::interface::Key;
use crate::core::plan::Action;
use crate::core::response::{Column, ItemAnswer, Owner, Response};
use crate::core::result::{Move, NextBand, ResultDocument};
use crate::core::what_if::{count, held, item_choices, only, owner_choices, unseen, walked};
use crate::dom::{Node, node, text};

/// The answers as they would be, while they differ from those given.
#[derive(Default)]
pub struct State {
    tried: Option<(Response, ResultDocument)>,
    /// How often the choices were set by a button. A select keeps what its visitor chose, whatever its options say; so each time
    /// makes new ones.
    round: usize,
}

#[derive(Clone, PartialEq)]
pub enum Message {
    /// Another answer, or none.
    Item(String, Option<ItemAnswer>),
    Domain(String, Option<Owner>),
    /// Tries the shortest path to the next band.
    Walk,
    Reset,
}

impl State {
    pub fn apply(&mut self, props: &DeskProps, result: &ResultDocument, message: Message) {
        let DeskProps {
            content, response, ..
        } = props;
        let mut tried = match self.tried.take() {
            Some((tried, _)) => tried,
            None => (**response).clone(),
        };
        match message {
            Message::Item(id, answer) => tried.answer_item(&id, answer),
            Message::Domain(id, owner) => {
                // No answer is offered only where none counts: one that the structure does not have comes back.
                let given = response.domains.get(&id);
                let given = given.and_then(|answer| answer.today.clone());
                tried.answer_domain(&id, Column::Today, owner.or(given));
            }
            Message::Walk => {
                self.round += 1;
                let path = result.next_band.as_ref();
                tried = walked(content, response, path.map_or(&[], |next| &next.path));
            }
            Message::Reset => {
                self.round += 1;
                tried = (**response).clone();
            }
        }
        if tried != **response {
            let result = ResultDocument::new(content, &tried);
            self.tried = Some((tried, result));
        }
    }

    fn response<'a>(&'a self, view: &'a View) -> &'a Response {
        match &self.tried {
            Some((response, _)) => response,
            None => &view.props.response,
        }
    }
}

/// What the two columns of the comparison say of answers and their result.
fn figures(view: &View, response: &Response, result: &ResultDocument) -> [String; 4] {
    let words = &view.words;
    let none = || words.text(Key::NoValue, &[]);
    let verdict = match &result.band {
        Some(band) => words.band(&band.id).into(),
        None => words.text(Key::BandNone, &[]),
    };
    let held = held(&view.props.content, result).map(|held| {
        let short = held.short.map(|(band, points)| {
            let (band, points) = (words.band(band), points.to_string());
            view.text_with(DeskKey::WhatIfShort, &[("band", band), ("points", &points)])
        });
        let unclear =
            |id: &String| view.text_with(DeskKey::WhatIfUnclear, &[("domain", words.domain(id))]);
        let all: Vec<String> = short
            .into_iter()
            .chain(held.domains.iter().map(unclear))
            .collect();
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        match &all[..] {
            [] => match unseen(&view.props.content, response, result) {
                Some(unseen) if unseen.band.is_some() => {
                    let domains = words.domains(&unseen.domains);
                    view.text_with(DeskKey::WhatIfUnseen, &[("domains", &domains)])
                }
                _ => view.text(DeskKey::WhatIfNoCap),
            },
            all => words.list(all),
        }
    });
    [
        result
            .told(result.score)
            .map_or_else(none, |score| score.to_string()),
        verdict,
        held.unwrap_or_else(none),
        count(result).to_string(),
    ]
}

fn comparison(view: &View, state: &State) -> Node {
    let given = &*view.props.response;
    let now = figures(view, given, view.result);
    let then = match &state.tried {
        Some((response, result)) => figures(view, response, result),
        None => now.clone(),
    };
    let names = [
        view.words.text(Key::HeadScore, &[]),
        view.text(DeskKey::ExportVerdict),
        view.text(DeskKey::WhatIfCap),
        view.text(DeskKey::WhatIfActions),
    ];
    let head = |key| view.say("th", "", key).set("scope", "col");
    let rows = names.iter().zip(now.iter().zip(&then));
    let rows = rows.map(|(name, (now, then))| {
        let class = if now == then { "" } else { "moved" };
        node("tr")
            .add(text("th", "", name).set("scope", "row"))
            .add(text("td", "", now))
            .add(text("td", class, then))
    });
    node("table")
        .class("figures")
        .add(view.say("caption", "", DeskKey::WhatIfTable))
        .add(
            node("thead").add(
                node("tr")
                    .add(node("td"))
                    .add(head(DeskKey::WhatIfNow))
                    .add(head(DeskKey::WhatIfThen)),
            ),
        )
        .add(node("tbody").all(rows))
}

/// What leaves the plan, and what comes into it.
fn plan_changes(view: &View, state: &State) -> Node {
    let list = |key, actions: Vec<&Action>| {
        let actions = actions.into_iter();
        let lines = actions.map(|action| text("li", "", &view.words.task(action)));
        let lines: Vec<Node> = lines.collect();
        (!lines.is_empty()).then(|| {
            node("div")
                .add(view.say("h4", "", key))
                .add(node("ul").all(lines))
        })
    };
    let tried = state.tried.as_ref().map(|(_, result)| result);
    let then = tried.unwrap_or(view.result);
    let leaves = list(DeskKey::WhatIfLeaves, only(view.result, then));
    let enters = list(DeskKey::WhatIfEnters, only(then, view.result));
    let none = leaves.is_none() && enters.is_none();
    // Folded, as it grows and shrinks with each choice, and the choices below would move under the hand.
    node("details")
        .class("plan-changes")
        .add(view.say("summary", "", DeskKey::WhatIfPlan))
        .add(
            node("div")
                .class("lists")
                .add_if(none.then(|| view.say("p", "", DeskKey::WhatIfPlanSame)))
                .add_if(leaves)
                .add_if(enters),
        )
}

/// The same in one sentence, for who hears the page.
fn sentence(view: &View, state: &State) -> String {
    let Some((response, result)) = &state.tried else {
        return view.text(DeskKey::WhatIfAsIs);
    };
    let [score, verdict, _, actions] = figures(view, response, result);
    let [was, ..] = figures(view, &view.props.response, view.result);
    let key = match (&view.result.band, &result.band) {
        (Some(_), Some(_)) => DeskKey::WhatIfSays,
        (None, Some(_)) => DeskKey::WhatIfSaysNow,
        (_, None) => DeskKey::WhatIfSaysOpen,
    };
    let values = [
        ("score", score.as_str()),
        ("was", &was),
        ("verdict", &verdict),
        ("actions", &actions),
    ];
    view.text_with(key, &values)
}

/// A question with its choices; the value of each is its place.
struct Row<T> {
    id: String,
    name: String,
    given: Option<T>,
    tried: Option<T>,
    choices: Vec<(Option<T>, String)>,
    /// [`State::round`].
    round: String,
}

impl<T: Clone + PartialEq + 'static> Row<T> {
    fn draw(self, view: &View, message: impl Fn(Option<T>) -> Message + 'static) -> Node {
        let field = ["what-if-", &self.id].concat();
        let options = self
            .choices
            .iter()
            .enumerate()
            .map(|(place, (choice, words))| {
                let own = choice.is_some() && *choice == self.given;
                let words = if own {
                    view.text_with(DeskKey::WhatIfGiven, &[("answer", words)])
                } else {
                    words.clone()
                };
                let chosen = *choice == self.tried;
                text("option", "", &words)
                    .number("value", place)
                    .set_if(chosen, "selected", "")
            });
        let options: Vec<Node> = options.collect();
        let moved = self.given != self.tried;
        let choices = self.choices.iter().map(|(choice, _)| choice.clone());
        let choices: Vec<Option<T>> = choices.collect();
        let on_change = view.link.batch_callback(move |event: Event| {
            let place = event.target_unchecked_into::<HtmlSelectElement>().value();
            let choice = place
                .parse()
                .ok()
                .and_then(|place: usize| choices.get(place));
            choice.map(|choice| DeskMessage::WhatIf(message(choice.clone())))
        });
        let select = node("select")
            .set("id", &field)
            .on_change(on_change)
            .key(&self.round)
            .all(options);
        node("div")
            .class(if moved { "try moved" } else { "try" })
            .add(text("label", "", &self.name).set("for", &field))
            .add(select)
    }
}

fn item(view: &View, state: &State, id: &str) -> Node {
    let given = view.props.response.items.get(id).cloned();
    let words = |choice: Option<&ItemAnswer>| match choice {
        Some(ItemAnswer::Level(level)) => {
            let level_words = view.words.anchor(id, *level);
            let number = level.to_string();
            let values = [("level", number.as_str()), ("anchor", &level_words)];
            view.text_with(DeskKey::WhatIfLevel, &values)
        }
        other => view.words.item_answer(id, other),
    };
    let choices = item_choices(given.as_ref()).into_iter();
    let choices = choices.map(|choice| {
        let words = words(choice.as_ref());
        (choice, words)
    });
    let row = Row {
        id: id.into(),
        name: view.words.topic(id).into(),
        tried: state.response(view).items.get(id).cloned(),
        choices: choices.collect(),
        given,
        round: state.round.to_string(),
    };
    let id = id.to_string();
    row.draw(view, move |answer| Message::Item(id.clone(), answer))
}

fn domain(view: &View, state: &State, id: &str) -> Node {
    let content = &view.props.content;
    let response = &view.props.response;
    let owner = |response: &Response| response.owner(content, id, Column::Today).cloned();
    let given = owner(response);
    let choices = owner_choices(content, response, given.as_ref()).into_iter();
    let choices = choices.map(|choice| {
        let words = view.words.owner_answer(choice.as_ref());
        (choice, words)
    });
    let row = Row {
        id: id.into(),
        name: view.words.domain(id).into(),
        tried: owner(state.response(view)),
        choices: choices.collect(),
        given,
        round: state.round.to_string(),
    };
    let id = id.to_string();
    row.draw(view, move |owner| Message::Domain(id.clone(), owner))
}

/// A group of the review with its questions.
fn group(title: &str, rows: Vec<Node>) -> Node {
    node("fieldset")
        .class("tries")
        .add(text("legend", "", title))
        .all(rows)
}

fn groups(view: &View, state: &State) -> Vec<Node> {
    let content = &view.props.content;
    let response = &view.props.response;
    let of_steps = content.instrument.groups.iter().map(|id| {
        let steps = content.instrument.steps.iter();
        let items = steps
            .filter(|step| step.group == *id)
            .flat_map(|step| response.asked_items(step));
        let rows = items.map(|id| item(view, state, id));
        group(&content.report.groups[id.as_str()], rows.collect())
    });
    let of_domains = content.instrument.domain_groups.iter().map(|id| {
        let domains = flow::domains_of(content, id);
        let rows = domains.map(|id| domain(view, state, id));
        group(&content.domains.groups[id.as_str()].title, rows.collect())
    });
    of_steps.chain(of_domains).collect()
}

fn step(view: &View, step: &Move) -> Node {
    let words = match step {
        Move::Item { item, from, to, .. } => {
            let (from, to) = (from.to_string(), to.to_string());
            let values = [
                ("topic", view.words.topic(item)),
                ("from", &from),
                ("to", &to),
            ];
            view.text_with(DeskKey::WhatIfMoveItem, &values)
        }
        Move::Domain { domain, .. } => {
            let values = [("domain", view.words.domain(domain))];
            view.text_with(DeskKey::WhatIfMoveDomain, &values)
        }
    };
    text("li", "", &words)
}

fn path(view: &View, next: &NextBand) -> Node {
    let count = next.moves.to_string();
    let score = next.score.to_string();
    let values = [
        ("band", view.words.band(&next.band)),
        ("score", score.as_str()),
        ("count", &count),
    ];
    let lead = if next.moves == 1 {
        Key::NextBandLeadOne
    } else {
        Key::NextBandLeadMany
    };
    node("div")
        .class("path")
        .add(text("h4", "", &view.words.text(Key::NextBandTitle, &[])))
        .add(text("p", "why", &view.words.text(lead, &values)))
        .add(node("ul").all(next.path.iter().map(|one| step(view, one))))
        .add(node("div").class("actions").add(view.button(
            "secondary",
            DeskKey::WhatIfWalk,
            || Some(DeskMessage::WhatIf(Message::Walk)),
        )))
}

pub fn what_if(view: &View, state: &State) -> Node {
    let next = view.result.next_band.as_ref();
    let reset = view.button("secondary", DeskKey::WhatIfReset, || {
        Some(DeskMessage::WhatIf(Message::Reset))
    });
    let said = text("p", "said", &sentence(view, state)).set("role", "status");
    view.part("what-if", DeskKey::WhatIfTitle)
        .add(view.say("p", "why", DeskKey::WhatIfLead))
        .add(
            node("details")
                .add(view.say("summary", "", DeskKey::WhatIfOpen))
                .add_if(next.map(|next| path(view, next)))
                .add(said)
                .add(
                    node("div")
                        .class("outcome")
                        .add(comparison(view, state))
                        .add(plan_changes(view, state))
                        .add(node("div").class("actions").add(reset)),
                )
                .all(groups(view, state)),
        )
}
