//! The result and the answers as files that other tools read.

use super::{Message, View};
use crate::core::desk::DeskKey;
use crate::dom::{Node, node};

pub fn files(view: &View) -> Node {
    let download = |label: DeskKey, name: DeskKey, content: Box<dyn Fn() -> String>| {
        let files = view.props.ports.files.clone();
        let name = view.text(name);
        view.button("secondary", label, move || {
            let offered = files.download(&name, "application/json", &content());
            (!offered).then_some(Message::Notify(DeskKey::FilesFailed))
        })
    };
    let (result, response) = (view.result.clone(), view.props.response.clone());
    let actions = node("div")
        .class("actions")
        .add(download(
            DeskKey::FilesResult,
            DeskKey::FilesResultName,
            Box::new(move || result.to_json()),
        ))
        .add(download(
            DeskKey::FilesAnswers,
            DeskKey::FilesAnswersName,
            Box::new(move || response.to_json()),
        ));
    node("details")
        .class("files")
        .add(view.say("summary", "", DeskKey::FilesTitle))
        .add(view.say("p", "why", DeskKey::FilesLead))
        .add(actions)
}
