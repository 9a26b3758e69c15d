//! One question at a time: the respondent's seat and structure, and the items.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::state::{Action, detail_id};
use super::view::{View, marked};
use crate::core::flow::Page;
use crate::core::interface::Key;
use crate::core::response::{ItemAnswer, TOP_LEVEL};
use crate::dom::{Node, node, text};

/// One radio button of a question.
struct Choice {
    value: String,
    label: String,
    hint: Option<String>,
    checked: bool,
    action: Action,
}

/// A question as it is asked on a page of its own.
struct Ask {
    eyebrow: String,
    question: String,
    why: String,
    choices: Vec<Choice>,
    /// How many of the choices carry a value; the rest stand apart.
    main: usize,
    detail: Option<Node>,
}

pub fn seat(view: &View) -> Node {
    let chosen = view.state.response.respondent.seat.as_deref();
    let seats = view.content.instrument.seats.iter();
    let choices = seats.map(|id| Choice {
        value: id.clone(),
        label: view.content.report.seats[id.as_str()].clone(),
        hint: None,
        checked: chosen == Some(id),
        action: Action::Seat(id.clone()),
    });
    let texts = [Key::SeatEyebrow, Key::SeatQuestion, Key::SeatWhy];
    context(view, texts, choices.collect())
}

pub fn structure(view: &View) -> Node {
    let chosen = view.state.response.respondent.structure.as_deref();
    let structures = view.content.instrument.structures.iter();
    let choices = structures.map(|structure| {
        let text = &view.content.report.structures[structure.id.as_str()];
        Choice {
            value: structure.id.clone(),
            label: text.label.clone(),
            hint: Some(text.hint.clone()),
            checked: chosen == Some(&structure.id),
            action: Action::Structure(structure.id.clone()),
        }
    });
    let texts = [
        Key::StructureEyebrow,
        Key::StructureQuestion,
        Key::StructureWhy,
    ];
    context(view, texts, choices.collect())
}

fn context(view: &View, texts: [Key; 3], choices: Vec<Choice>) -> Node {
    let [eyebrow, question, why] = texts.map(|key| view.text(key));
    let ask = Ask {
        eyebrow,
        question,
        why,
        main: choices.len(),
        choices,
        detail: None,
    };
    ask.draw(view)
}

pub fn item(view: &View, id: &str) -> Node {
    let step = view.content.step_of(id);
    let eyebrow = view.text_with(
        Key::ItemEyebrow,
        &[
            ("group", &view.content.report.groups[step.group.as_str()]),
            ("step", &view.content.steps[step.id.as_str()].title),
        ],
    );
    let answer = view.state.response.items.get(id);
    let asks_reason = view.state.asks_detail(id);
    let choice = |value: String, label: String, answer_of_it: ItemAnswer| Choice {
        value,
        label,
        hint: None,
        checked: !asks_reason && answer == Some(&answer_of_it),
        action: Action::Item(id.into(), Some(answer_of_it)),
    };
    let mut choices: Vec<Choice> = (0..=TOP_LEVEL)
        .map(|level| {
            let anchor = view.words.anchor(id, level);
            choice(level.to_string(), anchor, ItemAnswer::Level(level))
        })
        .collect();
    let main = choices.len();
    let reason = match answer {
        Some(ItemAnswer::NotApplicable(reason)) => Some(reason.as_str()),
        _ => None,
    };
    choices.push(Choice {
        value: "not_applicable".into(),
        label: view.text(Key::NotApplicable),
        hint: None,
        checked: asks_reason || reason.is_some(),
        action: Action::AskDetail(id.into()),
    });
    let unknown = view.content.report.owners["unknown"].clone();
    choices.push(choice("dont_know".into(), unknown, ItemAnswer::DontKnow));

    let detail = (asks_reason || reason.is_some()).then(|| {
        let item = id.to_string();
        let labels = &view.content.report.not_applicable_reasons;
        let reasons = view.content.instrument.not_applicable_reasons.iter();
        let options = reasons.map(|id| (id.as_str(), labels[id.as_str()].as_str()));
        Detail {
            of: id,
            label: Key::ReasonLabel,
            options: options.collect(),
            chosen: reason.filter(|_| !asks_reason),
        }
        .draw(view, move |reason| {
            Action::Item(item.clone(), Some(ItemAnswer::NotApplicable(reason)))
        })
    });
    let ask = Ask {
        eyebrow,
        question: view.words.question(id),
        why: view.words.why(id),
        choices,
        main,
        detail,
    };
    ask.draw(view)
}

/// A select box for what an answer still lacks, with the error when the visitor tried to go on without it.
pub struct Detail<'a> {
    /// The item or the domain.
    pub of: &'a str,
    pub label: Key,
    /// Values and their labels.
    pub options: Vec<(&'a str, &'a str)>,
    pub chosen: Option<&'a str>,
}

impl Detail<'_> {
    pub fn draw(self, view: &View, action: impl Fn(String) -> Action + 'static) -> Node {
        let Detail {
            of,
            label,
            options,
            chosen,
        } = self;
        let id = detail_id(of);
        let wrong = view.state.complaint.as_deref() == Some(of);
        let error = [&id, "-error"].concat();
        let choose = view
            .say("option", "", Key::DetailChoose)
            .set("value", "")
            .selected(chosen.is_none());
        let options = options.into_iter().map(|(value, label)| {
            text("option", "", label)
                .set("value", value)
                .selected(chosen == Some(value))
        });
        let of = of.to_string();
        let on_change = view.on_event(move |event: Event| {
            let value = event.target_unchecked_into::<HtmlSelectElement>().value();
            Some(if value.is_empty() {
                Action::AskDetail(of.clone())
            } else {
                action(value)
            })
        });
        let select = node("select")
            .set("id", &id)
            .set_if(wrong, "aria-describedby", &error)
            .set_if(wrong, "aria-invalid", "true")
            .add(choose)
            .all(options)
            .on_change(on_change);
        let message = wrong.then(|| view.say("p", "error", Key::DetailMissing).set("id", &error));
        node("div")
            .class(if wrong { "detail wrong" } else { "detail" })
            .add(view.say("label", "", label).set("for", &id))
            .add_if(message)
            .add(select)
    }
}

impl Ask {
    fn draw(self, view: &View) -> Node {
        let answered = self.choices.iter().any(|choice| choice.checked);
        let mut radios = self.choices.into_iter().map(|choice| choice.draw(view));
        let main: Vec<Node> = radios.by_ref().take(self.main).collect();
        let rest: Vec<Node> = radios.collect();
        let apart = (!rest.is_empty()).then(|| node("div").class("options aside").all(rest));
        let legend = node("legend")
            .add(text("span", "eyebrow", &self.eyebrow))
            .add(view.title(&self.question));
        let fieldset = node("fieldset")
            .set("aria-describedby", "why")
            .add(legend)
            .add(text("p", "why", &self.why).set("id", "why"))
            .add(node("div").class("options").all(main))
            .add_if(apart)
            .add_if(self.detail);
        node("form")
            .class("question")
            .on_submit(on_submit(view))
            .on_keydown(view.on_number_key())
            .add(fieldset)
            .add(ways(view, answered))
    }
}

impl Choice {
    fn draw(self, view: &View) -> Node {
        let hint = ["hint-", &self.value].concat();
        let described = self.hint.is_some();
        let radio = node("input")
            .set("type", "radio")
            .set("name", "answer")
            .set("value", &self.value)
            .set_if(described, "aria-describedby", &hint)
            .checked(self.checked)
            .on_change(view.on(self.action.clone()));
        let radio = marked(radio, &self.action);
        let small = self
            .hint
            .map(|words| text("small", "", &words).set("id", &hint));
        let label = node("span")
            .class("label")
            .add(text("span", "", &self.label));
        node("label")
            .class("option")
            .add(radio)
            .add(label.add_if(small))
    }
}

/// Submitting goes on; nothing is ever sent.
pub fn on_submit(view: &View) -> Callback<SubmitEvent> {
    view.on_event(|event: SubmitEvent| {
        event.prevent_default();
        Some(Action::Next)
    })
}

/// Back and on, with the way on named after what it does.
pub fn ways(view: &View, answered: bool) -> Node {
    let onward = match (&view.state.page, view.state.from_review) {
        (_, true) => Key::BackToReview,
        (Page::Target(_), _) => Key::Next,
        _ if answered || !view.state.pending.is_empty() => Key::Next,
        _ => Key::Skip,
    };
    let class = if onward == Key::Skip {
        "secondary"
    } else {
        "primary"
    };
    let submit = view.say("button", class, onward).set("type", "submit");
    node("div")
        .class("ways")
        .add(view.button("quiet back", Key::Back, Action::Back))
        .add(marked(submit, &Action::Next))
}
