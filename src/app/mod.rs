//! The widget as a visitor sees it: one state, one reducer, and pages that turn both into HTML.
//!
//! Pages are plain functions of a [`View`]: values in, actions out. They do no arithmetic (every number comes from the result
//! document) and hold no wording (every text comes from the content).

mod frame;
mod map;
mod question;
mod results;
mod review;
mod start;

pub mod ports;
mod state;
mod view;

use std::rc::Rc;

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::core::content::Content;
use crate::core::flow::Page;
use crate::core::response::Response;
use crate::core::result::ResultDocument;
use crate::dom::Node;
use ports::Ports;
use state::{Action, Entry, Notice, State};
use view::View;

#[derive(Clone, PartialEq, Properties)]
pub struct AppProps {
    pub content: Rc<Content>,
    pub ports: Ports,
}

/// The answers kept on the device, and what the visitor must know about them.
fn restore(content: &Content, ports: &Ports) -> (Response, Option<Notice>) {
    let fresh = || Response::new(content);
    match ports.storage.load() {
        Err(error) => (fresh(), Some(Notice::Storage(error))),
        Ok(None) => (fresh(), None),
        Ok(Some(text)) => match Response::parse(&text, content) {
            Ok(response) => (response, None),
            Err(_) => match ports.storage.set_aside() {
                Ok(()) => (fresh(), Some(Notice::SetAside)),
                Err(_) => (fresh(), Some(Notice::Unreadable)),
            },
        },
    }
}

#[component]
pub fn App(props: &AppProps) -> Html {
    let AppProps { content, ports } = props;
    let state = use_reducer(|| {
        let (response, notice) = restore(content, ports);
        let entry = ports.history.current();
        let page = entry.and_then(|page| Page::parse(&page, content, &response));
        // A page of the history whose answers are gone, after a wipe or on another device, would show an empty middle.
        let page = page.filter(|_| !response.is_empty()).unwrap_or(Page::Start);
        State {
            notice,
            ..State::new(content.clone(), response, page)
        }
    });
    let result = use_memo(state.response.clone(), |response| {
        ResultDocument::new(content, response)
    });

    let saved = use_mut_ref(|| state.response.clone());
    use_effect_with(state.response.clone(), {
        let (ports, state) = (ports.clone(), state.clone());
        move |response| {
            // The answers as they were read need no writing: damaged ones that could not be set aside stay untouched.
            if Rc::ptr_eq(&saved.borrow(), response) {
                return;
            }
            *saved.borrow_mut() = response.clone();
            let kept = if response.is_empty() && state.page == Page::Start {
                ports.storage.clear()
            } else {
                ports.storage.save(&response.to_json())
            };
            match (kept, state.notice) {
                (Err(error), _) => state.dispatch(Action::Notify(Notice::Storage(error))),
                (Ok(()), Some(Notice::Storage(_))) => state.dispatch(Action::DismissNotice),
                _ => {}
            }
        }
    });

    use_effect_with((), {
        let (ports, state) = (ports.clone(), state.dispatcher());
        move |()| {
            let on_page = Callback::from(move |page| state.dispatch(Action::Travelled(page)));
            let guards = (
                ports.history.listen(on_page),
                ports.files.unfold_for_print(),
            );
            move || drop(guards)
        }
    });

    let heading = use_node_ref();
    let first = use_mut_ref(|| true);
    use_effect_with(state.page.clone(), {
        let (ports, heading, entry) = (ports.clone(), heading.clone(), state.entry);
        move |page| {
            match entry {
                Entry::Push => ports.history.push(&page.to_id()),
                Entry::Replace => ports.history.replace(&page.to_id()),
                Entry::Keep => {}
            }
            // The page that a visitor finds on arrival takes no focus away from the host.
            if !std::mem::replace(&mut *first.borrow_mut(), false)
                && let Some(heading) = heading.cast::<HtmlElement>()
            {
                let _ = heading.focus();
            }
        }
    });

    let view = View::new(&state, &result, ports, heading);
    let page: Node = match &state.page {
        Page::Start => start::start(&view),
        Page::Seat => question::seat(&view),
        Page::Structure => question::structure(&view),
        Page::Item(id) => question::item(&view, id),
        Page::Map(group) => map::today(&view, group),
        Page::Target(group) => map::target(&view, group),
        Page::Review => review::review(&view),
        Page::Results => results::results(&view),
    };
    frame::frame(&view, page).done()
}
