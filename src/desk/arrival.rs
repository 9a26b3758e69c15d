//! What a visitor reads above the check who opened a link: whose result this is, who invites, that it is locked, or why it cannot be
//! opened. The visitor's own answers are not touched by any of it.

use std::rc::Rc;

use yew::prelude::*;

use super::ports::{LockError, Vault};
use super::{focus, typed, words};
use crate::core::code::locked::{self, Locked};
use crate::core::code::{self, CodeProblem, Kind, Shared};
use crate::core::content::Content;
use crate::core::desk::{DeskKey, DeskTexts};
use crate::core::template;
use crate::dom::{Node, node, text};

/// What came with the link.
#[derive(Clone, PartialEq, Debug)]
pub enum Arrived {
    Open(Shared),
    Locked(Locked),
    Broken(CodeProblem),
}

impl Arrived {
    pub fn read(code: &str, content: &Content) -> Arrived {
        match locked::read(code) {
            Some(Ok(locked)) => Arrived::Locked(locked),
            Some(Err(problem)) => Arrived::Broken(problem),
            None => match code::decode(code, content) {
                Ok(shared) => Arrived::Open(shared),
                Err(problem) => Arrived::Broken(problem),
            },
        }
    }
}

/// What the visitor decides.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Decision {
    /// Goes on with their own check alone.
    Leave,
    /// Goes on with their own check, and compares it with these answers.
    Compare,
    /// Has opened the locked code: the code that was in it.
    Opened(String),
}

#[derive(Clone, Properties)]
pub struct ArrivalProps {
    pub content: Rc<Content>,
    pub texts: Rc<DeskTexts>,
    pub arrived: Rc<Arrived>,
    /// Whether the visitor's own answers are here, and enough of them for a verdict.
    pub own: bool,
    /// Whether the heading takes the focus: after a decision of the visitor's, and not on arrival.
    pub focus: bool,
    pub vault: VaultPort,
    pub decided: Callback<Decision>,
}

/// Whether it is the same link: what was given once is never compared word for word.
impl PartialEq for ArrivalProps {
    fn eq(&self, other: &ArrivalProps) -> bool {
        Rc::ptr_eq(&self.content, &other.content)
            && Rc::ptr_eq(&self.arrived, &other.arrived)
            && self.own == other.own
            && self.focus == other.focus
            && self.decided == other.decided
    }
}

#[derive(Clone)]
pub struct VaultPort(pub Rc<dyn Vault>);

impl PartialEq for VaultPort {
    fn eq(&self, other: &VaultPort) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

pub enum Message {
    Passphrase(String),
    Open,
    Opened(Result<String, LockError>),
}

pub struct Arrival {
    passphrase: String,
    notice: Option<DeskKey>,
    heading: NodeRef,
}

impl Component for Arrival {
    type Message = Message;
    type Properties = ArrivalProps;

    fn create(_: &Context<Arrival>) -> Arrival {
        Arrival {
            passphrase: String::new(),
            notice: None,
            heading: NodeRef::default(),
        }
    }

    fn update(&mut self, context: &Context<Arrival>, message: Message) -> bool {
        let props = context.props();
        match message {
            Message::Passphrase(text) => self.passphrase = text,
            Message::Open => {
                if let Arrived::Locked(locked) = &*props.arrived
                    && self.notice != Some(DeskKey::LockBusy)
                {
                    let opened = props.vault.0.open(&self.passphrase, locked);
                    self.notice = Some(DeskKey::LockBusy);
                    context
                        .link()
                        .send_future(async move { Message::Opened(opened.await) });
                }
            }
            Message::Opened(Ok(code)) => {
                self.notice = None;
                props.decided.emit(Decision::Opened(code));
            }
            Message::Opened(Err(error)) => self.notice = Some(words::lock(error)),
        }
        true
    }

    fn view(&self, context: &Context<Arrival>) -> Html {
        let props = context.props();
        let banner = match &*props.arrived {
            Arrived::Open(shared) => self.open(context, shared),
            Arrived::Locked(_) => self.locked(context),
            Arrived::Broken(problem) => self
                .banner(props, DeskKey::ArrivalBroken)
                .add(say(props, "p", words::code(*problem)))
                .add(say(props, "p", DeskKey::ArrivalKept))
                .add(ways(leave(context, DeskKey::ArrivalDismiss))),
        };
        banner.done()
    }

    fn rendered(&mut self, context: &Context<Arrival>, first: bool) {
        if first && context.props().focus {
            focus(&self.heading);
        }
    }
}

fn words_of(props: &ArrivalProps, key: DeskKey) -> &str {
    props.texts.get(key)
}

fn say(props: &ArrivalProps, tag: &'static str, key: DeskKey) -> Node {
    text(tag, "", words_of(props, key))
}

fn decide(
    context: &Context<Arrival>,
    class: &'static str,
    name: DeskKey,
    decision: fn() -> Decision,
) -> Node {
    let props = context.props();
    let decided = props.decided.clone();
    let on_click = Callback::from(move |_: MouseEvent| decided.emit(decision()));
    let button = text("button", class, words_of(props, name)).set("type", "button");
    button.on_click(on_click)
}

fn leave(context: &Context<Arrival>, name: DeskKey) -> Node {
    decide(context, "secondary", name, || Decision::Leave)
}

fn ways(first: Node) -> Node {
    node("div").class("actions").add(first)
}

impl Arrival {
    fn banner(&self, props: &ArrivalProps, title: DeskKey) -> Node {
        let title = words_of(props, title).to_string();
        node("section")
            .class("arrival")
            .set("aria-label", &title)
            .add(
                text("h2", "", &title)
                    .set("tabindex", "-1")
                    .found_by(&self.heading),
            )
    }

    fn open(&self, context: &Context<Arrival>, shared: &Shared) -> Node {
        let props = context.props();
        let seat = shared.response.respondent.seat.as_deref();
        let seat = seat.filter(|seat| props.content.report.seats.contains(seat));
        let from = |with: DeskKey, without: DeskKey| match seat {
            Some(seat) => {
                let seat = props.content.report.seats[seat].as_str();
                text(
                    "p",
                    "",
                    &template::fill(words_of(props, with), &[("seat", seat)]),
                )
            }
            None => say(props, "p", without),
        };
        match shared.kind {
            Kind::Result => {
                let banner = self
                    .banner(props, DeskKey::ArrivalResult)
                    .add(from(DeskKey::ArrivalResultFrom, DeskKey::ArrivalResultOf));
                if props.own {
                    let compare = decide(context, "primary", DeskKey::ArrivalCompareOwn, || {
                        Decision::Compare
                    });
                    banner.add(ways(compare).add(leave(context, DeskKey::ArrivalBack)))
                } else {
                    banner
                        .add(say(props, "p", DeskKey::ArrivalPaste))
                        .add(ways(leave(context, DeskKey::ArrivalOwn)))
                }
            }
            Kind::Invitation => self
                .banner(props, DeskKey::ArrivalInvite)
                .add(from(DeskKey::ArrivalInviteFrom, DeskKey::ArrivalInviteOf))
                .add(say(props, "p", DeskKey::ArrivalHidden).set("class", "source"))
                .add(ways(leave(context, DeskKey::ArrivalDecline))),
        }
    }

    fn locked(&self, context: &Context<Arrival>) -> Node {
        let props = context.props();
        let banner = self.banner(props, DeskKey::ArrivalLocked);
        let way_out = ways(leave(context, DeskKey::ArrivalDismiss));
        if !props.vault.0.is_available() {
            let why = say(props, "p", DeskKey::LockUnavailable);
            return banner.add(why).add(way_out);
        }
        let link = context.link();
        let input = node("input")
            .set("type", "text")
            .set("autocomplete", "off")
            .value(&self.passphrase)
            .on_change(link.callback(|event: Event| Message::Passphrase(typed(&event))));
        let label = node("label")
            .add(say(props, "span", DeskKey::ArrivalPassphrase))
            .add(input);
        let button = text("button", "primary", words_of(props, DeskKey::ArrivalOpen));
        let form = node("form")
            .class("field")
            .on_submit(link.callback(|event: SubmitEvent| {
                event.prevent_default();
                Message::Open
            }))
            .add(label)
            .add(button.set("type", "submit"));
        let notice = self.notice.map(|key| say(props, "p", key));
        banner
            .add(say(props, "p", DeskKey::ArrivalLockedText))
            .add(form)
            .add(node("div").set("role", "status").add_if(notice))
            .add(way_out)
    }
}
