//! Links that hold the answers: a result to look at, or an invitation whose answers stay hidden; plain, or under a passphrase.

use yew::prelude::*;

use super::ports::LockError;
use super::{Desk, DeskProps, View, typed, words};
use crate::chart::qr;
use crate::core::code::locked::Locked;
use crate::core::code::{Kind, encode};
use crate::core::desk::DeskKey;
use crate::dom::{Node, node, text};

/// The fewest characters of a passphrase.
const SHORTEST: usize = 8;

pub struct State {
    kind: Kind,
    passphrase: String,
    /// The code of the link, once it is under a passphrase.
    locked: Option<String>,
    /// What came of locking.
    lock_notice: Option<DeskKey>,
    /// What came of copying or sending.
    notice: Option<DeskKey>,
    pub heading: NodeRef,
}

impl Default for State {
    fn default() -> State {
        State {
            kind: Kind::Result,
            passphrase: String::new(),
            locked: None,
            lock_notice: None,
            notice: None,
            heading: NodeRef::default(),
        }
    }
}

#[derive(Clone, PartialEq)]
pub enum Message {
    Kind(Kind),
    Passphrase(String),
    Lock,
    Locked(Kind, Result<Locked, LockError>),
    Unlock,
    Copy,
    Copied(bool),
    Sheet,
    Sent(bool),
}

impl From<Message> for super::Message {
    fn from(message: Message) -> super::Message {
        super::Message::Share(message)
    }
}

impl State {
    fn code(&self, props: &DeskProps) -> String {
        match &self.locked {
            Some(code) => code.clone(),
            None => encode(self.kind, &props.response, &props.content),
        }
    }

    fn link(&self, props: &DeskProps) -> String {
        props.ports.outbox.link(&self.code(props))
    }

    pub fn update(&mut self, context: &Context<Desk>, message: Message) {
        let props = context.props();
        let link = context.link();
        self.notice = None;
        match message {
            Message::Kind(kind) => {
                self.kind = kind;
                self.locked = None;
                self.lock_notice = None;
            }
            Message::Passphrase(text) => self.passphrase = text,
            Message::Lock if self.passphrase.chars().count() < SHORTEST => {
                self.lock_notice = Some(DeskKey::ShareShort);
            }
            Message::Lock if self.lock_notice == Some(DeskKey::LockBusy) => {}
            Message::Lock => {
                let kind = self.kind;
                let code = encode(kind, &props.response, &props.content);
                let locked = props.ports.vault.lock(&self.passphrase, &code);
                self.lock_notice = Some(DeskKey::LockBusy);
                link.send_future(async move { Message::Locked(kind, locked.await) });
            }
            // The visitor may have chosen another kind in the meantime.
            Message::Locked(kind, _) if kind != self.kind => {}
            Message::Locked(_, Ok(locked)) => {
                self.locked = Some(locked.write());
                self.passphrase.clear();
                self.lock_notice = Some(DeskKey::ShareLocked);
            }
            Message::Locked(_, Err(error)) => self.lock_notice = Some(words::lock(error)),
            Message::Unlock => {
                self.locked = None;
                self.lock_notice = None;
            }
            Message::Copy => {
                let copied = props.ports.outbox.copy(&self.link(props));
                link.send_future(async move { Message::Copied(copied.await) });
            }
            Message::Copied(done) => {
                self.notice = Some(if done {
                    DeskKey::ShareCopied
                } else {
                    DeskKey::ShareCopyFailed
                });
            }
            Message::Sheet => {
                let words = props.texts.get(DeskKey::ShareSheetText);
                let sent = props.ports.outbox.sheet(words, &self.link(props));
                link.send_future(async move { Message::Sent(sent.await) });
            }
            Message::Sent(done) => self.notice = (!done).then_some(DeskKey::ShareSheetFailed),
        }
    }
}

pub fn share(view: &View, state: &State) -> Node {
    let sealed =
        (state.kind == Kind::Invitation).then(|| view.say("p", "cap", DeskKey::ShareSealed));
    let heading = view.led_to("h3", DeskKey::ShareTitle, &state.heading);
    node("section")
        .class("part share")
        .add(heading)
        .add(view.say("p", "why", DeskKey::ShareLead))
        .add(kinds(view, state))
        .add_if(sealed)
        .add(lock(view, state))
        .add(ways(view, state))
}

fn kinds(view: &View, state: &State) -> Node {
    let choice = |kind: Kind, value, name, about| {
        let radio = node("input")
            .set("type", "radio")
            .set("name", "share-kind")
            .set("value", value)
            .checked(state.kind == kind)
            .on_change(view.on(move |_: Event| Message::Kind(kind).into()));
        let words = node("span")
            .add(view.say("span", "", name))
            .add(view.say("small", "", about));
        node("label").class("option").add(radio).add(words)
    };
    node("fieldset")
        .class("options")
        .add(view.say("legend", "eyebrow", DeskKey::ShareWhat))
        .add(choice(
            Kind::Result,
            "result",
            DeskKey::ShareResult,
            DeskKey::ShareResultAbout,
        ))
        .add(choice(
            Kind::Invitation,
            "invitation",
            DeskKey::ShareInvite,
            DeskKey::ShareInviteAbout,
        ))
}

fn lock(view: &View, state: &State) -> Node {
    let body = if !view.props.ports.vault.is_available() {
        view.say("p", "why", DeskKey::LockUnavailable)
    } else if state.locked.is_some() {
        view.send("quiet", DeskKey::ShareUnlock, Message::Unlock.into())
    } else {
        let input = node("input")
            .set("type", "text")
            .set("autocomplete", "off")
            .value(&state.passphrase)
            .on_change(view.on(|event| Message::Passphrase(typed(&event)).into()));
        let label = node("label")
            .add(view.say("span", "", DeskKey::SharePassphrase))
            .add(input);
        let button = view.say("button", "secondary", DeskKey::ShareLockNow);
        node("form")
            .class("field")
            .on_submit(view.on_submit(Message::Lock.into()))
            .add(label)
            .add(button.set("type", "submit"))
    };
    let notice = state.lock_notice.map(|key| view.say("p", "", key));
    node("details")
        .class("lock")
        .add(view.say("summary", "", DeskKey::ShareLock))
        .add(view.say("p", "why", DeskKey::ShareLockAbout))
        .add(body)
        .add(node("div").set("role", "status").add_if(notice))
}

fn ways(view: &View, state: &State) -> Node {
    let link = state.link(view.props);
    let input = node("input")
        .class("link")
        .set("type", "text")
        .set("readonly", "")
        .value(&link);
    let label = node("label")
        .add(view.say("span", "", DeskKey::ShareLink))
        .add(input);
    let outbox = &view.props.ports.outbox;
    let sheet = outbox
        .has_sheet()
        .then(|| view.send("secondary", DeskKey::ShareSheet, Message::Sheet.into()));
    let actions = node("div")
        .class("actions")
        .add(view.send("primary", DeskKey::ShareCopy, Message::Copy.into()))
        .add_if(sheet);
    let code = qr(&view.text(DeskKey::ShareQrName), &link).map(|code| {
        node("details")
            .add(view.say("summary", "", DeskKey::ShareQr))
            .add(code)
    });
    let notice = state.notice.map(|key| text("p", "", &view.text(key)));
    node("div")
        .class("ways-out")
        .add(node("div").class("field").add(label))
        .add(actions)
        .add(node("div").set("role", "status").add_if(notice))
        .add_if(code)
}
