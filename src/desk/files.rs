//! The result and the answers as files that other tools read.

use yew::prelude::*;

use super::{Message as DeskMessage, View};
use crate::core::desk::DeskKey;
use crate::core::export::{Basis, Dates, Export, REVIEW_CHOICES, REVIEW_MONTHS};
use crate::dom::{Node, node, text};

pub struct State {
    /// From today to the next review; one of [`REVIEW_CHOICES`].
    months: u8,
    /// What came of the last click, when there is something to say.
    said: Option<DeskKey>,
}

impl Default for State {
    fn default() -> State {
        State {
            months: REVIEW_MONTHS,
            said: None,
        }
    }
}

#[derive(Clone, PartialEq)]
pub enum Message {
    Review(u8),
    Copied(bool),
    /// A download was offered, or could not be.
    Offered(bool),
    NoDate,
}

impl State {
    pub fn apply(&mut self, message: Message) {
        self.said = match message {
            Message::Review(months) => {
                self.months = months;
                None
            }
            Message::Copied(true) => Some(DeskKey::FilesCopied),
            Message::Copied(false) => Some(DeskKey::FilesNotCopied),
            Message::Offered(true) => None,
            Message::Offered(false) => Some(DeskKey::FilesFailed),
            Message::NoDate => Some(DeskKey::FilesNoDate),
        };
    }
}

/// Makes the file of one export as it is now; nothing on a device without a date.
fn maker(view: &View, export: Export, months: u8) -> impl Fn() -> Option<String> + 'static {
    let (props, result) = (view.props.clone(), view.result.clone());
    move || {
        let dates = Dates::after(props.ports.calendar.day()?, months);
        let (content, response) = (&props.content, &props.response);
        let basis = Basis::new(content, response, &result, dates, &props.texts);
        Some(export.text(&basis))
    }
}

fn download(view: &View, state: &State, export: Export) -> Node {
    let make = maker(view, export, state.months);
    let files = view.props.ports.files.clone();
    let name = view.text(export.file());
    let act = move || match make() {
        Some(text) => Message::Offered(files.download(&name, export.media_type(), &text)),
        None => Message::NoDate,
    };
    view.button("secondary", export.label(), move || {
        Some(DeskMessage::Files(act()))
    })
}

fn data(view: &View, label: DeskKey, name: DeskKey, text: impl Fn() -> String + 'static) -> Node {
    let files = view.props.ports.files.clone();
    let name = view.text(name);
    view.button("secondary", label, move || {
        let offered = files.download(&name, "application/json", &text());
        Some(DeskMessage::Files(Message::Offered(offered)))
    })
}

fn copy(view: &View, state: &State) -> Node {
    let make = maker(view, Export::CharterMarkdown, state.months);
    let outbox = view.props.ports.outbox.clone();
    let link = view.link.clone();
    let on_click = Callback::from(move |_: MouseEvent| match make() {
        // Asked for at once: a browser lets a page write only while the visitor's click is fresh.
        Some(text) => {
            let copied = outbox.copy(&text);
            link.send_future(async move { DeskMessage::Files(Message::Copied(copied.await)) });
        }
        None => link.send_message(DeskMessage::Files(Message::NoDate)),
    });
    text("button", "secondary", &view.text(DeskKey::FilesCopy))
        .set("type", "button")
        .on_click(on_click)
}

fn review(view: &View, state: &State) -> Option<Node> {
    let today = view.props.ports.calendar.day()?;
    let options = REVIEW_CHOICES.map(|months| {
        let review = Dates::after(today, months).review();
        let date = view.props.ports.calendar.written(review);
        let count = months.to_string();
        let values = [("months", count.as_str()), ("date", &date)];
        let on_change = view
            .link
            .callback(move |_: Event| DeskMessage::Files(Message::Review(months)));
        let radio = node("input")
            .set("type", "radio")
            .set("name", "desk-review")
            .set("value", &count)
            .checked(state.months == months)
            .on_change(on_change);
        let words = view.text_with(DeskKey::FilesReviewMonths, &values);
        node("label").add(radio).add(text("span", "", &words))
    });
    let about = view.say("p", "source", DeskKey::FilesReviewAbout);
    Some(
        node("fieldset")
            .class("radios")
            .set("aria-describedby", "desk-review-about")
            .add(view.say("legend", "", DeskKey::FilesReview))
            .all(options)
            .add(about.set("id", "desk-review-about")),
    )
}

pub fn files(view: &View, state: &State) -> Node {
    let downloads = Export::ALL.map(|export| node("li").add(download(view, state, export)));
    let (result, response) = (view.result.clone(), view.props.response.clone());
    let tools = node("div")
        .class("actions")
        .add(data(
            view,
            DeskKey::FilesResult,
            DeskKey::FilesResultName,
            move || result.to_json(),
        ))
        .add(data(
            view,
            DeskKey::FilesAnswers,
            DeskKey::FilesAnswersName,
            move || response.to_json(),
        ));
    let said = state.said.map(|key| {
        let class = match key {
            DeskKey::FilesCopied => "done",
            _ => "error",
        };
        view.say("p", class, key)
    });
    view.part("files", DeskKey::FilesTitle)
        .add(view.say("p", "why", DeskKey::FilesLead))
        .add_if(review(view, state))
        .add(node("ul").class("downloads").all(downloads))
        .add(node("div").class("actions").add(copy(view, state)))
        .add(node("div").set("role", "status").add_if(said))
        .add(
            node("details")
                .add(view.say("summary", "", DeskKey::FilesTools))
                .add(view.say("p", "why", DeskKey::FilesToolsLead))
                .add(tools),
        )
}
