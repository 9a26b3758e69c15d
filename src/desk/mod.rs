//! The desk: what one can do with a result. It is a module and a Yew app of its own, fetched only when results are shown, and drawn
//! into the place that the check leaves for it.
//!
//! Like the check it has one state and pages that are functions of it; what it computes, it computes with the same core from the
//! same answers.

pub mod arrival;
mod compare;
mod files;
mod memory;
mod people;
pub mod ports;
mod share;
mod stage;
mod what_if;
mod words;

use std::rc::Rc;

use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::core::content::Content;
use crate::core::desk::{DeskKey, DeskTexts};
use crate::core::response::Response;
use crate::core::result::ResultDocument;
use crate::core::wording::Wording;
use crate::dom::{Node, node, table, text};
use ports::DeskPorts;

#[derive(Clone, Properties)]
pub struct DeskProps {
    /// The whole content.
    pub content: Rc<Content>,
    pub texts: Rc<DeskTexts>,
    pub response: Rc<Response>,
    /// The answers that came with an invitation. They are part of no page before the visitor's own check is complete.
    pub invitation: Option<Rc<Response>>,
    pub ports: DeskPorts,
}

/// Whether it is the same desk: what was given once is never compared word for word.
impl PartialEq for DeskProps {
    fn eq(&self, other: &DeskProps) -> bool {
        Rc::ptr_eq(&self.content, &other.content)
            && Rc::ptr_eq(&self.response, &other.response)
            && self.ports == other.ports
    }
}

pub struct Desk {
    result: Rc<ResultDocument>,
    people: people::State,
    compare: compare::State,
    share: share::State,
    files: files::State,
    memory: memory::State,
    what_if: what_if::State,
    /// The place above the results, where whoever was invited is told of it.
    above: Option<Element>,
}

#[derive(Clone, PartialEq)]
pub enum Message {
    /// There is a place above the results.
    Above(Element),
    People(people::Message),
    Compare(compare::Message),
    Share(share::Message),
    Files(files::Message),
    Memory(memory::Message),
    WhatIf(what_if::Message),
}

/// What a part of the desk is given.
pub struct View<'a> {
    pub props: &'a DeskProps,
    pub result: &'a Rc<ResultDocument>,
    pub words: Wording<'a>,
    link: &'a yew::html::Scope<Desk>,
}

impl View<'_> {
    pub fn text(&self, key: DeskKey) -> String {
        self.text_with(key, &[])
    }

    pub fn text_with(&self, key: DeskKey, values: &[(&str, &str)]) -> String {
        self.words.fill(self.props.texts.get(key), values)
    }

    /// An element with a text of the desk.
    pub fn say(&self, tag: &'static str, class: &'static str, key: DeskKey) -> Node {
        text(tag, class, &self.text(key))
    }

    /// A button that does something and sends what came of it, if anything did.
    pub fn button(
        &self,
        class: &'static str,
        name: DeskKey,
        act: impl Fn() -> Option<Message> + 'static,
    ) -> Node {
        let on_click = self.link.batch_callback(move |_: MouseEvent| act());
        text("button", class, &self.text(name))
            .set("type", "button")
            .on_click(on_click)
    }

    /// A button that sends a message.
    pub fn send(&self, class: &'static str, name: DeskKey, message: Message) -> Node {
        self.button(class, name, move || Some(message.clone()))
    }

    /// Sends the message that belongs to an event.
    pub fn on<E: 'static>(&self, message: impl Fn(E) -> Message + 'static) -> Callback<E> {
        self.link.callback(message)
    }

    /// Sends a message once a form is handed in, which then goes nowhere.
    pub fn on_submit(&self, message: Message) -> Callback<SubmitEvent> {
        self.link.callback(move |event: SubmitEvent| {
            event.prevent_default();
            message.clone()
        })
    }

    /// A part of the desk with its heading.
    pub fn part(&self, class: &'static str, title: DeskKey) -> Node {
        node("section")
            .class(&["part ", class].concat())
            .add(self.say("h3", "", title))
    }

    /// A heading that something above the results leads to.
    pub fn led_to(&self, tag: &'static str, title: DeskKey, place: &NodeRef) -> Node {
        self.say(tag, "", title)
            .set("tabindex", "-1")
            .found_by(place)
    }

    /// A button that leads to such a heading.
    pub fn lead(&self, class: &'static str, name: DeskKey, place: &NodeRef) -> Node {
        let place = place.clone();
        self.button(class, name, move || {
            if let Some(heading) = place.cast::<HtmlElement>() {
                heading.scroll_into_view();
            }
            focus(&place);
            None
        })
    }
}

/// What stands in the input that an event comes from.
fn typed(event: &Event) -> String {
    event
        .target_unchecked_into::<web_sys::HtmlInputElement>()
        .value()
}

/// The name of a respondent's seat, or the word for somebody without one.
fn seat(content: &Content, texts: &DeskTexts, response: &Response) -> String {
    let seat = response.respondent.seat.as_deref();
    let known = seat.filter(|seat| content.report.seats.contains(seat));
    match known {
        Some(seat) => content.report.seats[seat].clone(),
        None => texts.get(DeskKey::PeopleNobody).into(),
    }
}

impl Component for Desk {
    type Message = Message;
    type Properties = DeskProps;

    fn create(context: &Context<Desk>) -> Desk {
        let props = context.props();
        let result = Rc::new(ResultDocument::new(&props.content, &props.response));
        let mut people = people::State::new(props);
        // The gate of the whole check: below it there is no verdict, and nothing to open an invitation with.
        if result.band.is_some() {
            people.open_invitation(props);
        }
        Desk {
            compare: compare::State::new(props, &people),
            share: share::State::default(),
            files: files::State::default(),
            memory: memory::State::new(
                &props.ports,
                &props.content,
                context
                    .link()
                    .callback(|()| Message::Memory(memory::Message::Refresh)),
            ),
            what_if: what_if::State::default(),
            people,
            result,
            above: None,
        }
    }

    fn update(&mut self, context: &Context<Desk>, message: Message) -> bool {
        let props = context.props();
        match message {
            Message::Above(place) => self.above = Some(place),
            Message::People(message) => {
                self.people.update(context, message);
                self.compare.refresh(props, &self.people);
            }
            Message::Compare(message) => self.compare.update(context, message),
            Message::Share(message) => self.share.update(context, message),
            Message::Files(message) => self.files.apply(message),
            Message::Memory(message) => self.memory.apply(props, message),
            Message::WhatIf(message) => self.what_if.apply(props, &self.result, message),
        }
        true
    }

    fn view(&self, context: &Context<Desk>) -> Html {
        let props = context.props();
        let view = View {
            props,
            result: &self.result,
            words: Wording::new(&props.content, &props.response),
            link: context.link(),
        };
        let told = || people::invited(&view, &self.people, &self.compare, &self.share);
        let invited = self.above.as_ref().map(|place| {
            let told = told().map(Node::done).unwrap_or_default();
            create_portal(told, place.clone())
        });
        let parts = node("div")
            .class("desk-parts")
            .add(share::share(&view, &self.share))
            .add(people::people(&view, &self.people))
            .add(compare::compare(&view, &self.compare))
            .add(what_if::what_if(&view, &self.what_if))
            .add(files::files(&view, &self.files))
            .add(memory::memory(&view, &self.memory));
        // Always two, or Yew would make the desk anew when the place above comes.
        Html::from_iter([invited.unwrap_or_default(), parts.done()])
    }

    fn rendered(&mut self, context: &Context<Desk>, _: bool) {
        self.compare.rendered(context);
        self.memory.settle();
    }
}

/// Gives an element the focus; one that cannot take it leaves it where it is.
fn focus(element: &NodeRef) {
    if let Some(element) = element.cast::<HtmlElement>() {
        let _ = element.focus();
    }
}
