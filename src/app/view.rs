//! What a page is given: the state, the result that follows from it, the words, and a way to send actions.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::html::Scope;
use yew::prelude::*;

use super::App;
use super::ports::Ports;
use super::state::{Action, State};
use crate::core::content::Content;
use crate::core::disclosure::Consent;
use crate::core::interface::Key;
use crate::core::result::ResultDocument;
use crate::core::wording::Wording;
use crate::dom::{Node, node, text};

pub struct View<'a> {
    pub content: &'a Content,
    pub state: &'a State,
    pub result: &'a Rc<ResultDocument>,
    pub words: Wording<'a>,
    pub ports: &'a Ports,
    /// Whether the result is somebody else's, and only looked at.
    pub looks_only: bool,
    /// The heading that takes the focus when the page opens.
    heading: &'a NodeRef,
    link: &'a Scope<App>,
}

impl<'a> View<'a> {
    pub fn new(app: &'a App, context: &'a Context<App>) -> View<'a> {
        let state = &app.state;
        View {
            content: &state.content,
            state,
            result: &app.result,
            words: Wording::new(&state.content, &state.response),
            ports: &context.props().ports,
            looks_only: context.props().shown.is_some(),
            heading: &app.heading,
            link: context.link(),
        }
    }

    /// A text of the interface.
    pub fn text(&self, key: Key) -> String {
        self.words.text(key, &[])
    }

    /// A text of the interface with values.
    pub fn text_with(&self, key: Key, values: &[(&str, &str)]) -> String {
        self.words.text(key, values)
    }

    /// A plain number as the language writes it.
    pub fn number(&self, plain: &str) -> String {
        self.ports.locale.number(plain)
    }

    /// Sends `action` on every event.
    pub fn on<E: 'static>(&self, action: Action) -> Callback<E> {
        self.link.callback(move |_| action.clone())
    }

    /// Sends the action that belongs to an event, if one does.
    pub fn on_event<E: 'static>(
        &self,
        action: impl Fn(E) -> Option<Action> + 'static,
    ) -> Callback<E> {
        self.link.batch_callback(action)
    }

    /// Chooses the option whose number key was pressed, as if it was clicked, and moves the focus there, so that a screen reader
    /// says what was chosen.
    pub fn on_number_key(&self) -> Callback<KeyboardEvent> {
        self.on_event(|event: KeyboardEvent| {
            if let Some(radio) = numbered(&event) {
                event.prevent_default();
                // A radio button that cannot take the focus is chosen all the same.
                let _ = radio.focus();
                radio.click();
            }
            None
        })
    }

    /// An element with a text of the interface.
    pub fn say(&self, tag: &'static str, class: &'static str, key: Key) -> Node {
        text(tag, class, &self.text(key))
    }

    /// A button that sends an action.
    pub fn button(&self, class: &'static str, key: Key, action: Action) -> Node {
        self.named_button(class, &self.text(key), action)
    }

    pub fn named_button(&self, class: &'static str, name: &str, action: Action) -> Node {
        let idle = self.looks_only && !action.changes_no_answer();
        marked(push_button(class, name, self.on(action.clone())), &action)
            .set_if(idle, "hidden", "")
    }

    /// The visitor's own switch for what the host is told, where the host asks for anything.
    pub fn sharing(&self) -> Option<Node> {
        let label = match self.state.settings.consent {
            _ if self.looks_only => return None,
            Consent::None => return None,
            Consent::Band => Key::ShareBand,
            Consent::Scores => Key::ShareScores,
            Consent::Answers => Key::ShareAnswers,
        };
        let switch = node("input")
            .set("type", "checkbox")
            .set("aria-describedby", "share-note")
            .checked(self.state.sharing)
            .on_change(self.on(Action::Share(!self.state.sharing)));
        let label = node("label").add(switch).add(self.say("span", "", label));
        let note = self.say("p", "source", Key::ShareNote);
        Some(
            node("section")
                .class("sharing")
                .add(self.say("h3", "", Key::ShareTitle))
                .add(label)
                .add(note.set("id", "share-note")),
        )
    }

    /// The page's heading, which takes the focus when the page opens.
    pub fn title(&self, words: &str) -> Node {
        text("h2", "title", words)
            .set("part", "title")
            .set("tabindex", "-1")
            .found_by(self.heading)
    }
}

/// Notes on an element what it does, for the screens that the build draws. Nothing in the browser.
pub fn marked(node: Node, action: &Action) -> Node {
    #[cfg(target_arch = "wasm32")]
    let _ = action;
    #[cfg(not(target_arch = "wasm32"))]
    if let Some(id) = action.to_id() {
        return node.set("data-does", &id);
    }
    node
}

/// The radio button of a number key, in the question where the key was pressed.
fn numbered(event: &KeyboardEvent) -> Option<HtmlElement> {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return None;
    }
    let number = event.key().parse::<u32>().ok()?;
    let at: Element = event.target_dyn_into()?;
    // There a digit is meant for the field.
    if at
        .matches("select, textarea, input:not([type=radio])")
        .ok()?
    {
        return None;
    }
    let question = at.closest("fieldset, form").ok()??;
    let radios = question.query_selector_all("[type=radio]").ok()?;
    radios.get(number.checked_sub(1)?)?.dyn_into().ok()
}

pub fn push_button(class: &'static str, name: &str, on_click: Callback<MouseEvent>) -> Node {
    text("button", class, name)
        .set("type", "button")
        .on_click(on_click)
}
