//! The facilitator's view: one difference at a time over the whole screen, and none before it is asked for.

use std::any::Any;
use std::rc::Rc;

use web_sys::HtmlElement;
use yew::prelude::*;

use super::{Desk, View, focus};
use crate::core::agenda::{Disagreement, Dispute};
use crate::core::compare::Comparison;
use crate::core::desk::DeskKey;
use crate::core::views::{ItemKind, TargetKind};
use crate::core::wording::Wording;
use crate::dom::{Node, node, text};

#[derive(Default)]
pub struct State {
    /// How many differences have been shown so far: none at first, the last of them is on the screen. Absent while closed.
    at: Option<usize>,
    dialog: NodeRef,
    next: NodeRef,
    /// Keeps the dialog open.
    guard: Option<Box<dyn Any>>,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Message {
    Open,
    Next,
    Back,
    Close,
}

impl From<Message> for super::Message {
    fn from(message: Message) -> super::Message {
        super::compare::Message::Stage(message).into()
    }
}

impl State {
    /// `count` is how many differences there are.
    pub fn update(&mut self, message: Message, count: usize) {
        self.at = match (message, self.at) {
            (Message::Open, _) => Some(0),
            (Message::Next, Some(at)) => Some(count.min(at + 1)),
            (Message::Back, Some(at)) => Some(at.saturating_sub(1)),
            (Message::Close, _) | (_, None) => None,
        };
    }

    /// Opens and closes the dialog as the state says.
    pub fn rendered(&mut self, context: &Context<Desk>) {
        if self.at.is_none() {
            self.guard = None;
        } else if self.guard.is_none()
            && let Some(dialog) = self.dialog.cast::<web_sys::Element>()
        {
            let closed = context.link().callback(|()| Message::Close);
            self.guard = Some(context.props().ports.stage.open(&dialog, closed));
            focus(&self.next);
        }
    }
}

/// What a key does, unless it presses the button that has the focus. `ahead` and `behind` are the arrows along the line of writing.
fn key(event: KeyboardEvent, [ahead, behind]: [&str; 2]) -> Option<super::Message> {
    let target = event.target_dyn_into::<HtmlElement>();
    let on_button = target.is_some_and(|target| target.tag_name().eq_ignore_ascii_case("button"));
    let message = match event.key().as_str() {
        key if key == ahead => Message::Next,
        key if key == behind => Message::Back,
        "ArrowDown" | "PageDown" => Message::Next,
        "ArrowUp" | "PageUp" => Message::Back,
        " " if !on_button => Message::Next,
        "Escape" => Message::Close,
        _ => return None,
    };
    event.prevent_default();
    Some(message.into())
}

pub fn stage(view: &View, comparison: Option<&Rc<Comparison>>, state: &State) -> Node {
    let at = state.at.zip(comparison);
    let inside = at.map(|(at, comparison)| inside(view, comparison, at, &state.next));
    let mut arrows = ["ArrowRight", "ArrowLeft"];
    if view.props.content.direction() == "rtl" {
        arrows.reverse();
    }
    let on_key = move |event| key(event, arrows);
    node("dialog")
        .class("stage-dialog")
        .set("aria-label", &view.text(DeskKey::StageTitle))
        .on_keydown(view.link.batch_callback(on_key))
        .found_by(&state.dialog)
        .add(node("div").class("stage").add_if(inside))
}

fn inside(view: &View, comparison: &Comparison, at: usize, next: &NodeRef) -> Node {
    let words = Wording::shared(&view.props.content, comparison);
    let count = comparison.disagreements.len();
    let (number, all) = (at.to_string(), count.to_string());
    let shown = at
        .checked_sub(1)
        .and_then(|place| comparison.disagreements.get(place));
    let progress = shown.map(|_| {
        let values = [("number", &*number), ("count", &*all)];
        text(
            "p",
            "stage-progress",
            &view.text_with(DeskKey::StageProgress, &values),
        )
    });
    let content = match shown {
        Some(about) => difference(&words, comparison, about),
        None => {
            let ready = view.text_with(DeskKey::StageReady, &[("count", &all)]);
            node("div").add(text("p", "stage-topic", &ready))
        }
    };
    let step = |class, key, message: Message, off: bool| {
        view.send(class, key, message.into())
            .set_if(off, "aria-disabled", "true")
    };
    let last = at >= count;
    // The focus stays on this button from one difference to the next: a button that is switched off would lose it.
    let next = step("primary", DeskKey::StageNext, Message::Next, last).found_by(next);
    let ways = node("div")
        .class("actions")
        .add(step(
            "secondary",
            DeskKey::StageBack,
            Message::Back,
            at == 0,
        ))
        .add(next)
        .add(view.send("quiet", DeskKey::StageEnd, Message::Close.into()));
    node("div")
        .class("stage-inside")
        .add(node("div").class("stage-head").add_if(progress))
        .add(
            node("div")
                .class("stage-middle")
                .set("aria-live", "polite")
                .add(content),
        )
        .add(ways)
        .add(view.say("p", "source", DeskKey::StageHelp))
}

/// The question comes with its subject, so the heading is the whole of it.
fn difference(words: &Wording, comparison: &Comparison, about: &Disagreement) -> Node {
    let texts = words.comparison();
    let kind = match about {
        Disagreement::Item { .. } => Some(&texts.items[ItemKind::Differs.id()]),
        Disagreement::Domain {
            dispute: Dispute::Target,
            ..
        } => Some(&texts.targets[TargetKind::Differs.id()]),
        Disagreement::Domain { domain, .. } => {
            let views = comparison.domains.iter().find(|one| one.id == *domain);
            views.map(|one| &texts.domains[one.today.kind.id()])
        }
    };
    let shared = words.shared_target(comparison, about);
    node("div")
        .add_if(kind.map(|kind| text("p", "eyebrow", &kind.name)))
        .add(text(
            "h3",
            "stage-topic",
            &words.disagreement(comparison, about),
        ))
        .add_if(shared.map(|shared| text("p", "stage-question", &shared)))
}
