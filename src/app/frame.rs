//! What stands around every page: the name, the progress, notices, and the way to delete everything.

use super::ports::StorageError;
use super::state::{Action, Announcement, Notice, WIPE, WIPE_QUESTION};
use super::view::View;
use crate::core::flow::{self, Page};
use crate::core::interface::Key;
use crate::dom::{Node, node, text};

/// The page within what stands around it. While the page is a waiting one, nothing stands below it: it would jump when the page comes.
pub fn frame(view: &View, page: Node, waits: bool) -> Node {
    let foot = (!waits || view.state.notice.is_some()).then(|| foot(view));
    let asks = matches!(
        view.state.page,
        Page::Seat | Page::Structure | Page::Item(_) | Page::Map(_)
    );
    let brand = node("p")
        .class("brand")
        .add(
            node("span")
                .class("mark-of-brand")
                .set("aria-hidden", "true"),
        )
        .text(&view.text(Key::Brand));
    let masthead = node("header").class("masthead").add(brand);
    node("div")
        .class("frame")
        .add(masthead.add_if(asks.then(|| progress(view))))
        .add_if(view.state.notice.map(|kind| notice(view, kind)))
        .add(
            node("div")
                .class("page")
                .key(&view.state.page.to_id())
                .add(page),
        )
        .add_if(foot)
        .add(text("p", "announcement", &announcement(view)).set("role", "status"))
}

/// What stands in for a page until the questions are loaded.
pub fn waiting(view: &View) -> Node {
    view.say("p", "why", Key::Waiting).set("role", "status")
}

fn progress(view: &View) -> Node {
    let (answered, asked) = flow::progress(view.content, &view.state.response);
    let (answered, asked) = (answered.to_string(), asked.to_string());
    let words = view.text_with(Key::Progress, &[("answered", &answered), ("asked", &asked)]);
    node("div")
        .class("progress")
        .add(text("span", "", &words).set("id", "progress"))
        .add(
            node("progress")
                .set("aria-labelledby", "progress")
                .set("value", &answered)
                .set("max", &asked),
        )
}

fn notice(view: &View, notice: Notice) -> Node {
    let key = match notice {
        Notice::Storage(StorageError::Unavailable) => Key::NoticeStorageUnavailable,
        Notice::Storage(StorageError::Full) => Key::NoticeStorageFull,
        Notice::SetAside => Key::NoticeSetAside,
        Notice::Unreadable => Key::NoticeUnreadable,
        Notice::DeletedElsewhere => Key::NoticeDeletedElsewhere,
        Notice::NotDeleted => Key::NoticeNotDeleted,
        Notice::NoQuestions => Key::NoticeNoQuestions,
    };
    node("div")
        .class("notice")
        .set("role", "alert")
        .add(view.say("p", "", key))
        .add(view.button("quiet", Key::NoticeDismiss, Action::DismissNotice))
}

fn foot(view: &View) -> Node {
    let confirm = view.state.confirm_wipe.then(|| {
        let question = view
            .say("p", "", Key::WipeQuestion)
            .set("id", WIPE_QUESTION)
            .set("tabindex", "-1");
        node("div")
            .class("confirm")
            .set("role", "group")
            .set("aria-labelledby", WIPE_QUESTION)
            .add(question)
            .add(view.button("danger", Key::WipeYes, Action::Wipe))
            .add(view.button("quiet", Key::WipeNo, Action::KeepAnswers))
    });
    let something = confirm.is_none() && !view.state.response.is_empty();
    node("footer")
        .class("foot")
        .add(view.say("p", "", Key::Privacy))
        .add_if(something.then(|| {
            let ask = view.button("quiet", Key::Wipe, Action::AskWipe);
            ask.set("id", WIPE)
        }))
        .add_if(confirm)
}

fn counted(view: &View, key: Key, count: usize) -> String {
    view.text_with(key, &[("count", &count.to_string())])
}

fn announcement(view: &View) -> String {
    match &view.state.announcement {
        Some(Announcement::Undone(undo)) => match &undo.before[..] {
            [(domain, owner)] => {
                let owner = view.words.owner_answer(owner.as_ref());
                let domain = view.words.domain(domain);
                view.text_with(Key::Undone, &[("domain", domain), ("owner", &owner)])
            }
            several => counted(view, Key::TargetUndone, several.len()),
        },
        Some(Announcement::Adopted(count)) => counted(view, Key::TargetAdopted, *count),
        Some(Announcement::Wiped) => view.text(Key::Wiped),
        None => String::new(),
    }
}
