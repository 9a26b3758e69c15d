//! The desk: what one can do with a result. It is a module and a Yew app of its own, fetched only when results are shown, and drawn
//! into the place that the check leaves for it.
//!
//! Like the check it has one state and pages that are functions of it; what it computes, it computes with the same core from the
//! same answers.

mod files;
mod memory;
pub mod ports;
mod what_if;

use std::rc::Rc;

use yew::prelude::*;

use crate::core::content::Content;
use crate::core::desk::{DeskKey, DeskTexts};
use crate::core::response::Response;
use crate::core::result::ResultDocument;
use crate::core::wording::Wording;
use crate::dom::{Node, node, text};
use ports::DeskPorts;

#[derive(Clone, PartialEq, Properties)]
pub struct DeskProps {
    /// The whole content.
    pub content: Rc<Content>,
    pub texts: Rc<DeskTexts>,
    pub response: Rc<Response>,
    pub ports: DeskPorts,
}

pub struct Desk {
    result: Rc<ResultDocument>,
    files: files::State,
    memory: memory::State,
    what_if: what_if::State,
}

#[derive(Clone, PartialEq)]
pub enum Message {
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

    /// The beginning of a part of the desk: its heading and what it is for.
    pub fn part(&self, class: &'static str, title: DeskKey, lead: DeskKey) -> Node {
        node("section")
            .class(class)
            .add(self.say("h4", "", title))
            .add(self.say("p", "why", lead))
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
}

impl Component for Desk {
    type Message = Message;
    type Properties = DeskProps;

    fn create(context: &Context<Desk>) -> Desk {
        let DeskProps {
            content,
            response,
            ports,
            ..
        } = context.props();
        let link = context.link();
        Desk {
            result: Rc::new(ResultDocument::new(content, response)),
            files: files::State::default(),
            memory: memory::State::new(
                ports,
                content,
                link.callback(|()| Message::Memory(memory::Message::Refresh)),
            ),
            what_if: what_if::State::default(),
        }
    }

    fn update(&mut self, context: &Context<Desk>, message: Message) -> bool {
        match message {
            Message::Files(message) => self.files.apply(message),
            Message::Memory(message) => self.memory.apply(context.props(), message),
            Message::WhatIf(message) => {
                self.what_if.apply(context.props(), &self.result, message);
            }
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
        node("div")
            .class("desk-parts")
            .add(files::files(&view, &self.files))
            .add(what_if::what_if(&view, &self.what_if))
            .add(memory::memory(&view, &self.memory))
            .done()
    }

    fn rendered(&mut self, _: &Context<Desk>, _: bool) {
        self.memory.settle();
    }
}
