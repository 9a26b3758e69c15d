//! Results saved on the device: what is saved, and the trend and the changes that follow from it.
//!
//! Whatever is done to them begins with reading what is on the device now, so that two windows lose nothing of each other's.

mod trend;

use std::any::Any;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};
use yew::prelude::*;

use super::ports::{DeskPorts, FileError};
use super::{Message as DeskMessage, View};
use crate::app::ports::{Storage, StorageError};
use crate::core::content::Content;
use crate::core::desk::DeskKey;
use crate::core::history::{self, History, MOST, MOST_BYTES, MOST_NAME, Refused, Snapshot};
use crate::core::interface::Key;
use crate::core::response::Response;
use crate::core::result::ResultDocument;
use crate::dom::{Node, node, text};

/// How long another window may write without having read what was written here, in milliseconds. Browsers tell each other's windows of
/// it within a few, on a busy device within a second; and nobody goes to another window, finds a result that was just saved, deletes it and
/// says yes to the question in less time.
const UNTOLD: f64 = 2000.0;

/// Why nothing can be saved or changed now.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trouble {
    Storage(StorageError),
    /// What is there cannot be read, and could not be set aside; it is left where it is.
    Unreadable,
    /// What is there could not be read as a whole and was set aside.
    SetAside,
}

/// What is told after something was done.
#[derive(Clone, PartialEq)]
struct Said {
    key: DeskKey,
    values: Vec<(&'static str, String)>,
    error: bool,
}

/// What the visitor is asked before it is done.
#[derive(Clone, PartialEq)]
enum Asked {
    Delete(String),
    DeleteAll,
}

/// Where the focus goes once the page is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Focus {
    Heading,
    /// The button that asked.
    Asker,
}

/// A saved result with what follows from it.
struct Entry {
    snapshot: Snapshot,
    result: Option<ResultDocument>,
}

#[derive(Default)]
pub struct State {
    history: History,
    /// In the order of the history.
    entries: Vec<Entry>,
    /// What was last added here, and when: a window that wrote in the same moment did not know of it, and wrote over it.
    fresh: Option<(f64, History)>,
    trouble: Option<Trouble>,
    said: Option<Said>,
    asked: Option<Asked>,
    /// What was asked last: where the focus goes back to.
    last: Option<Asked>,
    focus: Option<Focus>,
    heading: NodeRef,
    asker: NodeRef,
    _watch: Option<Box<dyn Any>>,
}

#[derive(Clone, PartialEq)]
pub enum Message {
    /// Another window has changed what is saved.
    Refresh,
    Save(String),
    Rename(String, String),
    AskDelete(String),
    Delete(String),
    AskDeleteAll,
    DeleteAll,
    /// Nothing is to be deleted.
    Keep,
    Export,
    Import(Result<String, FileError>),
}

impl From<StorageError> for Trouble {
    fn from(error: StorageError) -> Trouble {
        Trouble::Storage(error)
    }
}

impl Trouble {
    fn key(self) -> DeskKey {
        match self {
            Trouble::Storage(StorageError::Unavailable) => DeskKey::MemoryUnavailable,
            Trouble::Storage(StorageError::Full) => DeskKey::MemoryFull,
            Trouble::Unreadable => DeskKey::MemoryUnreadable,
            Trouble::SetAside => DeskKey::MemorySetAside,
        }
    }
}

fn said(key: DeskKey, values: Vec<(&'static str, String)>) -> Said {
    Said {
        key,
        values,
        error: false,
    }
}

fn refused(key: DeskKey, values: Vec<(&'static str, String)>) -> Said {
    Said {
        error: true,
        ..said(key, values)
    }
}

/// What is on the device now. A damaged document is set aside first, so that nothing writes over it; what could be read of it stays.
fn read(memory: &dyn Storage, content: &Content) -> Result<(History, Option<Trouble>), Trouble> {
    let document = memory.load()?;
    let reading = History::read(document.as_deref(), content);
    if !reading.damaged {
        return Ok((reading.history, None));
    }
    memory.set_aside().map_err(|_| Trouble::Unreadable)?;
    if !reading.history.is_empty() {
        memory.save(&reading.history.to_json())?;
    }
    Ok((reading.history, Some(Trouble::SetAside)))
}

impl State {
    pub fn new(ports: &DeskPorts, content: &Content, on_change: Callback<()>) -> State {
        let mut state = State::default();
        if let Some(memory) = &ports.memory {
            state._watch = Some(memory.listen(on_change));
            state.refresh(memory, content);
        }
        state
    }

    fn show(&mut self, history: History, content: &Content) {
        let entry = |snapshot: &Snapshot| Entry {
            result: snapshot
                .response()
                .map(|response| ResultDocument::new(content, response)),
            snapshot: snapshot.clone(),
        };
        self.entries = history.snapshots().iter().map(entry).collect();
        self.history = history;
    }

    fn refresh(&mut self, memory: &Rc<dyn Storage>, content: &Content) {
        match read(&**memory, content) {
            Ok((history, trouble)) => {
                // That something was set aside stays to be read until something else is done.
                self.trouble = trouble.or(self.trouble.filter(|old| *old == Trouble::SetAside));
                self.show(history, content);
            }
            Err(trouble) => self.trouble = Some(trouble),
        }
    }

    /// Does something to what is on the device now; gives what it gave, unless that could not be kept.
    fn change<T>(
        &mut self,
        ports: &DeskPorts,
        memory: &Rc<dyn Storage>,
        content: &Content,
        act: impl FnOnce(&mut History) -> T,
    ) -> Option<T> {
        let changed = read(&**memory, content).and_then(|(mut history, trouble)| {
            let before = history.clone();
            let done = act(&mut history);
            let added = history.beyond(&before);
            let changed = history != before;
            if changed {
                memory.save(&history.to_json())?;
            }
            Ok((history, trouble, done, changed.then_some(added)))
        });
        match changed {
            Ok((history, trouble, done, added)) => {
                // What changed nothing, as a second click does, leaves also that in mind.
                if let Some(added) = added {
                    self.fresh = (!added.is_empty()).then(|| (ports.calendar.moment(), added));
                }
                self.trouble = trouble;
                self.show(history, content);
                Some(done)
            }
            Err(trouble) => {
                self.trouble = Some(trouble);
                None
            }
        }
    }

    /// Adds again what was added here a moment ago, where another window wrote over it without knowing of it. Where nothing at all is
    /// left, everything was deleted.
    fn restore(&mut self, ports: &DeskPorts, memory: &Rc<dyn Storage>, content: &Content) {
        let Some((moment, fresh)) = &self.fresh else {
            return;
        };
        let lost = fresh.beyond(&self.history);
        let recent = ports.calendar.moment() - moment < UNTOLD;
        if recent && !lost.is_empty() && !self.history.is_empty() {
            let merged = self.change(ports, memory, content, |history| history.merge(lost));
            if merged.is_some_and(|merged| merged.left_out > 0) {
                let most = vec![("most", MOST.to_string())];
                self.said = Some(refused(DeskKey::MemoryLimit, most));
            }
        }
    }

    /// Asks, or takes the question back when it is asked already.
    fn ask(&mut self, new: Asked, old: Option<Asked>) {
        self.last = Some(new.clone());
        self.asked = Some(new).filter(|new| old.as_ref() != Some(new));
    }

    fn name_of(&self, id: &str) -> String {
        let found = self.history.snapshots().iter().find(|one| one.id == id);
        found.map(|one| one.name.clone()).unwrap_or_default()
    }

    fn save(
        &mut self,
        ports: &DeskPorts,
        memory: &Rc<dyn Storage>,
        content: &Content,
        response: &Response,
        name: &str,
    ) -> Option<Said> {
        let Some(name) = history::name(name) else {
            return Some(refused(DeskKey::MemoryNameMissing, vec![]));
        };
        let Some(today) = ports.calendar.day() else {
            return Some(refused(DeskKey::FilesNoDate, vec![]));
        };
        let saved = self.change(ports, memory, content, |history| {
            history.save(name.clone(), today, response)
        })?;
        Some(match saved {
            Ok(()) => said(DeskKey::MemorySaved, vec![("name", name)]),
            Err(Refused::Known) => refused(DeskKey::MemoryKnown, vec![]),
            Err(Refused::Full) => refused(DeskKey::MemoryLimit, vec![("most", MOST.to_string())]),
        })
    }

    fn import(
        &mut self,
        ports: &DeskPorts,
        memory: &Rc<dyn Storage>,
        content: &Content,
        file: Result<String, FileError>,
    ) -> Option<Said> {
        let text = match file {
            Ok(text) => text,
            Err(FileError::TooLarge) => return Some(refused(DeskKey::MemoryTooLarge, vec![])),
            Err(FileError::Unreadable) => {
                return Some(refused(DeskKey::MemoryFileUnreadable, vec![]));
            }
        };
        let reading = History::read(Some(&text), content);
        if reading.damaged && reading.history.is_empty() {
            return Some(refused(DeskKey::MemoryNoHistory, vec![]));
        }
        let damaged = reading.damaged;
        let merged = self.change(ports, memory, content, |history| {
            history.merge(reading.history)
        })?;
        let key = if damaged {
            DeskKey::MemoryImportedPart
        } else {
            DeskKey::MemoryImported
        };
        let values = vec![
            ("added", merged.added.to_string()),
            ("known", merged.known.to_string()),
            ("left_out", merged.left_out.to_string()),
            ("most", MOST.to_string()),
        ];
        Some(Said {
            key,
            values,
            error: damaged || merged.left_out > 0,
        })
    }

    fn export(&mut self, ports: &DeskPorts, name: &str) -> Option<Said> {
        let json = self.history.to_json();
        let offered = ports.files.download(name, "application/json", &json);
        (!offered).then(|| refused(DeskKey::FilesFailed, vec![]))
    }

    pub fn apply(&mut self, props: &super::DeskProps, message: Message) {
        let super::DeskProps {
            content,
            texts,
            response,
            ports,
            ..
        } = props;
        let Some(memory) = &ports.memory else {
            return;
        };
        let asked = self.asked.take();
        self.last = asked.clone().or(self.last.take());
        self.said = match message {
            Message::Refresh => {
                self.refresh(memory, content);
                self.restore(ports, memory, content);
                self.asked = asked;
                return;
            }
            Message::Save(name) => self.save(ports, memory, content, response, &name),
            Message::Rename(id, text) => match history::name(&text) {
                None => Some(refused(DeskKey::MemoryNameMissing, vec![])),
                Some(name) => {
                    let new = name.clone();
                    let renamed =
                        self.change(ports, memory, content, |history| history.rename(&id, new));
                    renamed.map(|there| match there {
                        true => said(DeskKey::MemoryRenamed, vec![("name", name)]),
                        false => refused(DeskKey::MemoryGone, vec![]),
                    })
                }
            },
            Message::AskDelete(id) => {
                self.ask(Asked::Delete(id), asked);
                None
            }
            Message::AskDeleteAll => {
                self.ask(Asked::DeleteAll, asked);
                None
            }
            Message::Keep => {
                self.focus = Some(Focus::Asker);
                None
            }
            Message::Delete(id) => {
                let name = self.name_of(&id);
                self.focus = Some(Focus::Heading);
                let deleted = self.change(ports, memory, content, |history| history.delete(&id));
                deleted.map(|()| said(DeskKey::MemoryDeleted, vec![("name", name)]))
            }
            Message::DeleteAll => {
                self.focus = Some(Focus::Heading);
                match memory.clear() {
                    Ok(()) => {
                        self.trouble = None;
                        self.fresh = None;
                        self.show(History::default(), content);
                        Some(said(DeskKey::MemoryDeletedAll, vec![]))
                    }
                    Err(error) => {
                        self.trouble = Some(error.into());
                        None
                    }
                }
            }
            Message::Export => {
                self.refresh(memory, content);
                self.export(ports, texts.get(DeskKey::MemoryFile))
            }
            Message::Import(file) => self.import(ports, memory, content, file),
        };
    }

    /// Moves the focus to where it belongs after the element that had it is gone.
    pub fn settle(&mut self) {
        let place = match self.focus.take() {
            Some(Focus::Heading) => &self.heading,
            Some(Focus::Asker) => &self.asker,
            None => return,
        };
        if let Some(element) = place.cast::<HtmlElement>() {
            // An element that cannot take the focus leaves it where it is.
            let _ = element.focus();
        }
    }
}

/// What stands in the first input of the form that an event comes from.
fn input(event: &SubmitEvent) -> String {
    event.prevent_default();
    let form = event.target_unchecked_into::<Element>();
    let found = form.query_selector("input").ok().flatten();
    found.map_or_else(String::new, |input| {
        input.unchecked_into::<HtmlInputElement>().value()
    })
}

/// A form with a name to be written and a button.
fn name_form(
    view: &View,
    id: &str,
    label: DeskKey,
    preset: &str,
    submit: DeskKey,
    act: impl Fn(String) -> Message + 'static,
) -> Node {
    let on_submit = view
        .link
        .callback(move |event: SubmitEvent| DeskMessage::Memory(act(input(&event))));
    let field = node("input")
        .set("type", "text")
        .set("id", id)
        .number("maxlength", MOST_NAME)
        .set("autocomplete", "off")
        .set("value", preset);
    node("form")
        .class("name-form")
        .on_submit(on_submit)
        .add(view.say("label", "", label).set("for", id))
        .add(field)
        .add(
            view.say("button", "secondary", submit)
                .set("type", "submit"),
        )
}

fn button(view: &View, class: &'static str, key: DeskKey, message: Message) -> Node {
    view.button(class, key, move || {
        Some(DeskMessage::Memory(message.clone()))
    })
}

/// The question before something is deleted, and its two answers.
fn question(view: &View, words: &str, yes: DeskKey, message: Message) -> Node {
    node("div")
        .class("question-box")
        .set("role", "group")
        .set("aria-label", words)
        .add(text("p", "", words))
        .add(
            node("div")
                .class("actions")
                .add(button(view, "danger", yes, message))
                .add(button(
                    view,
                    "secondary",
                    DeskKey::MemoryKeep,
                    Message::Keep,
                )),
        )
}

/// A button that asks before it deletes, and the question once it was pressed.
fn asking(
    view: &View,
    state: &State,
    name: (DeskKey, Option<&str>),
    asks: Asked,
    ask: Message,
    then: impl FnOnce() -> Node,
) -> [Option<Node>; 2] {
    let open = state.asked.as_ref() == Some(&asks);
    let (key, label) = name;
    let mut asker =
        button(view, "quiet", key, ask).set("aria-expanded", if open { "true" } else { "false" });
    if let Some(label) = label {
        asker = asker.set("aria-label", label);
    }
    if open || state.last.as_ref() == Some(&asks) {
        asker = asker.reference(&state.asker);
    }
    [Some(asker), open.then(then)]
}

fn verdict(view: &View, entry: &Entry) -> String {
    let date = view.props.ports.calendar.written(entry.snapshot.date);
    let Some(result) = &entry.result else {
        return view.text_with(DeskKey::MemoryForeignEntry, &[("date", &date)]);
    };
    let band = trend::band(view, result);
    let values = [("date", date.as_str()), ("verdict", &band)];
    match result.told(result.score) {
        Some(score) => {
            let score = score.to_string();
            let values = [&values[..], &[("score", &score)]].concat();
            view.text_with(DeskKey::MemoryEntry, &values)
        }
        None => view.text_with(DeskKey::MemoryEntryOpen, &values),
    }
}

fn one(view: &View, state: &State, entry: &Entry) -> Node {
    let (id, name) = (&entry.snapshot.id, &entry.snapshot.name);
    let named = view.text_with(DeskKey::MemoryDeleteNamed, &[("name", name)]);
    let words = view.text_with(DeskKey::MemoryDeleteQuestion, &[("name", name)]);
    let delete = Message::Delete(id.clone());
    let [ask, asked] = asking(
        view,
        state,
        (DeskKey::MemoryDelete, Some(&named)),
        Asked::Delete(id.clone()),
        Message::AskDelete(id.clone()),
        || question(view, &words, DeskKey::MemoryDeleteYes, delete),
    );
    let renamed = id.clone();
    let form = name_form(
        view,
        &["rename-", id].concat(),
        DeskKey::MemoryName,
        name,
        DeskKey::MemoryRename,
        move |name| Message::Rename(renamed.clone(), name),
    );
    let summary =
        node("summary")
            .add(text("strong", "", name))
            .add(text("span", "", &verdict(view, entry)));
    let details = node("details")
        .add(summary)
        .add(form)
        .add_if(ask)
        .add_if(asked);
    // With keys, what is unfolded stays with its result when another one comes or goes.
    node("li").key(id).add(details)
}

fn list(view: &View, state: &State) -> Option<Node> {
    (!state.entries.is_empty()).then(|| {
        let entries = state.entries.iter().rev();
        node("ul")
            .class("saved")
            .all(entries.map(|entry| one(view, state, entry)))
    })
}

fn exchange(view: &View, state: &State) -> Node {
    let some = !state.entries.is_empty();
    let export = some.then(|| button(view, "secondary", DeskKey::MemoryExport, Message::Export));
    let inbox = view.props.ports.inbox.clone();
    let link = view.link.clone();
    let on_change = Callback::from(move |event: Event| {
        for file in inbox.chosen(&event, MOST_BYTES) {
            link.send_future(async move { DeskMessage::Memory(Message::Import(file.text.await)) });
        }
    });
    let import = node("label")
        .class("file-choice")
        .add(view.say("span", "", DeskKey::MemoryImport))
        .add(
            node("input")
                .set("type", "file")
                .set("accept", ".json,application/json")
                .on_change(on_change),
        );
    let [ask, asked] = delete_all(view, state);
    node("div")
        .class("exchange")
        .add_if(export)
        .add(import)
        .add_if(ask)
        .add_if(asked)
}

/// Deletes also what was set aside, so it is there for that too when the list is empty; but not when there is nothing to delete.
fn delete_all(view: &View, state: &State) -> [Option<Node>; 2] {
    let aside = || {
        let memory = view.props.ports.memory.as_ref();
        memory.is_some_and(|memory| memory.has_aside())
    };
    if state.entries.is_empty() && state.trouble != Some(Trouble::Unreadable) && !aside() {
        return [None, None];
    }
    let words = view.text(DeskKey::MemoryDeleteAllQuestion);
    asking(
        view,
        state,
        (DeskKey::MemoryDeleteAll, None),
        Asked::DeleteAll,
        Message::AskDeleteAll,
        || {
            question(
                view,
                &words,
                DeskKey::MemoryDeleteAllYes,
                Message::DeleteAll,
            )
        },
    )
}

pub fn memory(view: &View, state: &State) -> Node {
    let section = node("section").class("part memory").add(
        view.say("h3", "", DeskKey::MemoryTitle)
            .set("tabindex", "-1")
            .reference(&state.heading),
    );
    if view.props.ports.memory.is_none() {
        return section.add(view.say("p", "why", DeskKey::MemoryNone));
    }
    let calendar = &view.props.ports.calendar;
    let today = calendar.day();
    let today = today.map_or_else(String::new, |date| calendar.written(date));
    let preset = view.text_with(DeskKey::MemoryPreset, &[("date", &today)]);
    let form = name_form(
        view,
        "desk-save-name",
        DeskKey::MemoryName,
        &preset,
        DeskKey::MemorySave,
        Message::Save,
    );
    let trouble = state
        .trouble
        .map(|trouble| view.say("p", "error", trouble.key()));
    let told = state.said.as_ref().map(|said| {
        let values: Vec<(&str, &str)> = said
            .values
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let class = if said.error { "error" } else { "done" };
        text("p", class, &view.text_with(said.key, &values))
    });
    let foreign = state.history.foreign();
    let foreign = (foreign > 0).then(|| {
        let count = foreign.to_string();
        text(
            "p",
            "source",
            &view.text_with(DeskKey::MemoryForeign, &[("count", &count)]),
        )
    });
    section
        .add(view.say("p", "why", DeskKey::MemoryLead))
        .add(form)
        .add(
            node("div")
                .set("role", "status")
                .add_if(trouble)
                .add_if(told),
        )
        .add_if(list(view, state))
        .add_if(foreign)
        .add_if(trend::trend(view, state))
        .add_if(trend::changes(view, state))
        .add(exchange(view, state))
}

/// A number, or the sign for none.
fn or_dash(view: &View, value: Option<i64>) -> String {
    value.map_or_else(
        || view.words.text(Key::NoValue, &[]),
        |value| value.to_string(),
    )
}
