//! The people at the desk: the visitor, and those whose answers came as files, links or codes. Each file has its own verdict.

use yew::html::Scope;
use yew::prelude::*;

use super::ports::{FileError, LockError, Offered};
use super::{Desk, DeskProps, View, compare, seat, share, typed, words};
use crate::core::code::locked::Locked;
use crate::core::compare::{FEWEST, MOST};
use crate::core::content::Content;
use crate::core::desk::{DeskKey, DeskTexts};
use crate::core::people::{self, MOST_BYTES, People, Refusal};
use crate::core::response::Response;
use crate::dom::{Node, node, text};

/// How many files are read of those that are chosen or dropped at once.
const MOST_FILES: usize = 50;

pub struct State {
    people: People,
    /// What became of what was added last, in order.
    verdicts: Vec<Verdict>,
    /// Files beyond [`MOST_FILES`].
    unread: usize,
    pasted: String,
    /// A pasted text that needs its passphrase.
    locked: Option<Locked>,
    passphrase: String,
    /// Why the passphrase did not open it, or that it is being tried.
    lock_notice: Option<DeskKey>,
    /// What became of the invitation; absent where none came, and once its sender was taken away.
    invitation: Option<Invitation>,
}

#[derive(Clone, Copy)]
enum Invitation {
    /// The answers that came with it wait for the visitor's own.
    Waiting,
    /// Whoever sent it is at the desk.
    Joined,
    /// It holds no answers but the visitor's own.
    Nothing,
}

/// What became of a file or a pasted text.
struct Verdict {
    file: String,
    /// The name of whoever was added.
    outcome: Result<String, Trouble>,
}

enum Trouble {
    Unreadable,
    Refused(Refusal),
}

#[derive(Clone, PartialEq)]
pub enum Message {
    /// Files were chosen: so many of them are not read.
    Begin(usize),
    /// A file was read, or not.
    Read(String, Result<String, FileError>),
    Paste(String),
    AddPasted,
    Passphrase(String),
    Unlock,
    Unlocked(Result<String, LockError>),
    Rename(usize, String),
    Remove(usize),
}

impl From<Message> for super::Message {
    fn from(message: Message) -> super::Message {
        super::Message::People(message)
    }
}

impl State {
    pub fn new(props: &DeskProps) -> State {
        let own = seat(&props.content, &props.texts, &props.response);
        State {
            people: People::new(&own, &props.response),
            verdicts: Vec::new(),
            unread: 0,
            pasted: String::new(),
            locked: None,
            passphrase: String::new(),
            lock_notice: None,
            invitation: props.invitation.is_some().then_some(Invitation::Waiting),
        }
    }

    pub fn all(&self) -> &People {
        &self.people
    }

    /// Adds whoever sent the invitation, now that the visitor's own check is complete.
    pub fn open_invitation(&mut self, props: &DeskProps) {
        if let Some(response) = &props.invitation {
            let outcome = self.join(&props.content, &props.texts, Ok((**response).clone()));
            // Whoever opens their own invitation is at the desk already, and an invitation without answers brings nobody.
            self.invitation = Some(match outcome {
                Ok(_) => Invitation::Joined,
                Err(_) => Invitation::Nothing,
            });
        }
    }

    fn join(
        &mut self,
        content: &Content,
        texts: &DeskTexts,
        read: Result<Response, Refusal>,
    ) -> Result<String, Trouble> {
        let response = read.map_err(Trouble::Refused)?;
        let name = seat(content, texts, &response);
        let place = self.people.join(&name, response);
        let place = place.map_err(Trouble::Refused)?;
        Ok(self.people.all()[place].name.clone())
    }

    fn judge(&mut self, file: String, outcome: Result<String, Trouble>) {
        self.verdicts.push(Verdict { file, outcome });
    }

    fn pasted(&mut self, props: &DeskProps, text: &str) {
        let file = props.texts.get(DeskKey::PeoplePasted).to_string();
        let read = people::read_pasted(text, &props.content);
        if let Err(Refusal::Locked(locked)) = &read {
            self.locked = Some(locked.clone());
        }
        let outcome = self.join(&props.content, &props.texts, read);
        if outcome.is_ok() {
            self.pasted.clear();
        }
        self.judge(file, outcome);
    }

    pub fn update(&mut self, context: &Context<Desk>, message: Message) {
        let props = context.props();
        match message {
            Message::Begin(unread) => {
                self.verdicts.clear();
                self.unread = unread;
            }
            Message::Read(file, text) => {
                let read = match text {
                    Ok(text) => Ok(people::read_file(&text, &props.content)),
                    Err(FileError::TooLarge) => Ok(Err(Refusal::TooLarge)),
                    Err(FileError::Unreadable) => Err(Trouble::Unreadable),
                };
                let outcome = read.and_then(|read| self.join(&props.content, &props.texts, read));
                self.judge(file, outcome);
            }
            Message::Paste(text) => self.pasted = text,
            Message::AddPasted => {
                self.verdicts.clear();
                self.unread = 0;
                self.locked = None;
                self.lock_notice = None;
                let text = self.pasted.clone();
                self.pasted(props, &text);
            }
            Message::Passphrase(text) => self.passphrase = text,
            Message::Unlock => {
                if let Some(locked) = &self.locked
                    && self.lock_notice != Some(DeskKey::LockBusy)
                {
                    let opened = props.ports.vault.open(&self.passphrase, locked);
                    self.lock_notice = Some(DeskKey::LockBusy);
                    context
                        .link()
                        .send_future(async move { Message::Unlocked(opened.await) });
                }
            }
            Message::Unlocked(Err(error)) => self.lock_notice = Some(words::lock(error)),
            Message::Unlocked(Ok(code)) => {
                self.lock_notice = None;
                self.locked = None;
                self.passphrase.clear();
                self.verdicts.clear();
                self.pasted(props, &code);
            }
            Message::Rename(place, name) => self.people.rename(place, &name),
            Message::Remove(place) => {
                self.verdicts.clear();
                let gone = self.people.all().get(place).map(|person| &person.response);
                let joined = matches!(self.invitation, Some(Invitation::Joined));
                if joined && gone.is_some() && gone == props.invitation.as_deref() {
                    self.invitation = None;
                }
                self.people.remove(place);
            }
        }
    }
}

/// Reads the files one after the other, each when the one before is done.
fn read(link: &Scope<Desk>, offered: Vec<Offered>) {
    let unread = offered.len().saturating_sub(MOST_FILES);
    let link = link.clone();
    wasm_bindgen_futures::spawn_local(async move {
        link.send_message(Message::Begin(unread));
        for file in offered.into_iter().take(MOST_FILES) {
            let text = file.text.await;
            link.send_message(Message::Read(file.name, text));
        }
    });
}

pub fn people(view: &View, state: &State) -> Node {
    view.part("people", DeskKey::CompareTitle)
        .add(view.say("p", "why", DeskKey::CompareLead))
        .add(list(view, state))
        .add(add(view))
        .add(paste(view, state))
        .add_if(state.locked.is_some().then(|| unlock(view, state)))
        .add(verdicts(view, state))
}

/// What is said above the results to whoever was invited: what became of it, and the way to it.
pub fn invited(
    view: &View,
    state: &State,
    compare: &compare::State,
    share: &share::State,
) -> Option<Node> {
    let told = |title: DeskKey, about: Node| {
        node("section")
            .class("arrival")
            .set("aria-label", &view.text(title))
            .add(view.say("h2", "", title))
            .add(about)
    };
    Some(match state.invitation? {
        Invitation::Waiting => told(DeskKey::ArrivalNotYet, waiting(view)),
        Invitation::Nothing => {
            let about = view.say("p", "", DeskKey::ArrivalNothingAbout);
            told(DeskKey::ArrivalNothing, about)
        }
        Invitation::Joined => {
            let ways = node("div")
                .class("actions")
                .add(view.lead("primary", DeskKey::ArrivalCompare, &compare.heading))
                .add(view.lead("secondary", DeskKey::ArrivalSendBack, &share.heading));
            let about = view.say("p", "", DeskKey::ArrivalJoined);
            told(DeskKey::ArrivalReady, about).add(ways)
        }
    })
}

/// What an invitation still waits for.
fn waiting(view: &View) -> Node {
    let scoring = &view.words.content.instrument.scoring;
    let gate = scoring.coverage_percent.overall;
    let missing = view.result.coverage.missing(gate);
    let values = [
        ("percent", &*gate.to_string()),
        ("missing", &missing.to_string()),
    ];
    text("p", "", &view.text_with(DeskKey::ArrivalWaiting, &values))
}

fn list(view: &View, state: &State) -> Node {
    let all = state.people.all().iter().enumerate();
    let person = |(place, person): (usize, &people::Person)| {
        let number = (place + 1).to_string();
        let name = node("input")
            .set("type", "text")
            .set("autocomplete", "off")
            .number("maxlength", people::LONGEST_NAME)
            .set(
                "aria-label",
                &view.text_with(DeskKey::PeopleName, &[("number", &number)]),
            )
            .value(&person.name)
            .on_change(view.on(move |event| Message::Rename(place, typed(&event)).into()));
        let seat = seat(&view.props.content, &view.props.texts, &person.response);
        let about = if place == 0 {
            view.say("span", "source", DeskKey::PeopleYou)
        } else {
            text("span", "source", &seat)
        };
        let remove = (place > 0).then(|| {
            let label = view.text_with(DeskKey::PeopleRemoveNamed, &[("name", &person.name)]);
            view.send(
                "quiet",
                DeskKey::PeopleRemove,
                Message::Remove(place).into(),
            )
            .set("aria-label", &label)
        });
        node("li")
            .add(text("span", "number", &number).set("aria-hidden", "true"))
            .add(name)
            .add(about)
            .add_if(remove)
    };
    node("ol")
        .class("seats")
        .set("aria-label", &view.text(DeskKey::PeopleTitle))
        .all(all.map(person))
}

fn add(view: &View) -> Node {
    let (link, inbox) = (view.link.clone(), view.props.ports.inbox.clone());
    let on_choice =
        Callback::from(move |event: Event| read(&link, inbox.chosen(&event, MOST_BYTES)));
    let (link, inbox) = (view.link.clone(), view.props.ports.inbox.clone());
    let on_drop = Callback::from(move |event: DragEvent| {
        event.prevent_default();
        read(&link, inbox.dropped(&event, MOST_BYTES));
    });
    let input = node("input")
        .set("type", "file")
        .set("multiple", "")
        .set("accept", ".json,application/json")
        .on_change(on_choice);
    node("div")
        .class("drop")
        .on_dragover(Callback::from(|event: DragEvent| event.prevent_default()))
        .on_drop(on_drop)
        .add(
            node("label")
                .class("file-choice")
                .add(view.say("span", "", DeskKey::PeopleAdd))
                .add(input),
        )
        .add(view.say("p", "source", DeskKey::PeopleDrop))
}

fn paste(view: &View, state: &State) -> Node {
    let input = node("input")
        .set("type", "text")
        .set("autocomplete", "off")
        .set("spellcheck", "false")
        .value(&state.pasted)
        .on_change(view.on(|event| Message::Paste(typed(&event)).into()));
    let label = node("label")
        .add(view.say("span", "", DeskKey::PeoplePaste))
        .add(input);
    node("form")
        .class("field")
        .on_submit(view.on_submit(Message::AddPasted.into()))
        .add(label)
        .add(
            view.say("button", "secondary", DeskKey::PeoplePasteAdd)
                .set("type", "submit"),
        )
}

fn unlock(view: &View, state: &State) -> Node {
    let input = node("input")
        .set("type", "text")
        .set("autocomplete", "off")
        .value(&state.passphrase)
        .on_change(view.on(|event| Message::Passphrase(typed(&event)).into()));
    let label = node("label")
        .add(view.say("span", "", DeskKey::PeoplePassphrase))
        .add(input);
    let notice = state.lock_notice.map(|key| view.say("p", "", key));
    node("form")
        .class("field")
        .on_submit(view.on_submit(Message::Unlock.into()))
        .add(label)
        .add(
            view.say("button", "secondary", DeskKey::PeopleUnlock)
                .set("type", "submit"),
        )
        .add(
            node("div")
                .class("field-notice")
                .set("role", "status")
                .add_if(notice),
        )
}

fn verdicts(view: &View, state: &State) -> Node {
    let one = |verdict: &Verdict| {
        let class = if verdict.outcome.is_ok() {
            "accepted"
        } else {
            "refused"
        };
        text("li", class, &sentence(view, state, verdict))
    };
    let rest = (state.unread > 0).then(|| {
        let (count, most) = (state.unread.to_string(), MOST_FILES.to_string());
        let values = [("count", &*count), ("most", &*most)];
        text(
            "li",
            "refused",
            &view.text_with(DeskKey::PeopleRest, &values),
        )
    });
    let list = (!state.verdicts.is_empty()).then(|| {
        node("ul")
            .set("aria-label", &view.text(DeskKey::PeopleVerdicts))
            .all(state.verdicts.iter().map(one))
            .add_if(rest)
    });
    node("div")
        .class("verdicts")
        .set("role", "status")
        .add_if(list)
}

fn sentence(view: &View, state: &State, verdict: &Verdict) -> String {
    let name = match &verdict.outcome {
        Ok(name) => name,
        Err(Trouble::Refused(Refusal::Same(place))) => &state.people.all()[*place].name,
        Err(_) => "",
    };
    let key = match &verdict.outcome {
        Ok(_) => DeskKey::PeopleAccepted,
        Err(Trouble::Unreadable) => DeskKey::PeopleUnreadable,
        Err(Trouble::Refused(refusal)) => match refusal {
            Refusal::TooLarge => DeskKey::PeopleTooLarge,
            Refusal::NotAResponse => DeskKey::PeopleNoResponse,
            Refusal::ResultOnly => DeskKey::PeopleResultOnly,
            Refusal::Damaged => DeskKey::PeopleDamaged,
            Refusal::OtherContent => DeskKey::PeopleOther,
            Refusal::EarlierContent => DeskKey::PeopleEarlier,
            Refusal::LaterVersion => DeskKey::PeopleLater,
            Refusal::Empty => DeskKey::PeopleEmpty,
            Refusal::Same(_) => DeskKey::PeopleSame,
            Refusal::Full => DeskKey::PeopleFull,
            Refusal::Locked(_) => DeskKey::PeopleLocked,
            Refusal::Code(problem) => words::code(*problem),
        },
    };
    view.text_with(key, &[("file", &verdict.file), ("name", name)])
}

/// Whether there are enough people, and not too many, to be compared.
pub fn comparable(people: &People) -> bool {
    (FEWEST..=MOST).contains(&people.all().len())
}
