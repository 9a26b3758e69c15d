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

use std::any::Any;
use std::rc::Rc;

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::core::content::Content;
use crate::core::disclosure::disclosed;
use crate::core::flow::Page;
use crate::core::response::Response;
use crate::core::result::ResultDocument;
use crate::core::settings::Settings;
use crate::dom::Node;
use ports::{HostEvent, Ports, StorageError};
pub use state::{Action, Notice};
use state::{Entry, State};
use view::View;

#[derive(Clone, PartialEq, Properties)]
pub struct AppProps {
    /// At least its early part; the whole follows as [`Action::Complete`].
    pub content: Rc<Content>,
    pub settings: Rc<Settings>,
    /// The answers and the page of this widget when it last left the page, from [`App::snapshot`].
    pub snapshot: Option<Rc<(String, String)>>,
    pub ports: Ports,
}

pub struct App {
    state: State,
    /// Derived from the state's response, and from nothing else.
    result: Rc<ResultDocument>,
    heading: NodeRef,
    /// The page whose heading took the focus last.
    focused: Page,
    /// What the app listens to beside its own elements; dropped with it.
    _guards: [Box<dyn Any>; 2],
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

impl App {
    /// The answers and the page, to go on from when the widget comes back.
    pub fn snapshot(&self) -> (String, String) {
        (self.state.response.to_json(), self.state.page.to_id())
    }

    /// Whether nothing has been answered yet.
    pub fn is_empty(&self) -> bool {
        self.state.response.is_empty()
    }

    /// What the host may be told now.
    pub fn told(&self) -> String {
        disclosed(self.state.consent(), &self.state.response, &self.result)
    }

    /// Reads answers from outside; says why when they do not fit the content.
    pub fn read(&self, json: &str) -> Result<Response, String> {
        Response::parse(json, &self.state.content).map_err(|problem| problem.to_string())
    }

    /// Notes how it went to keep or to delete the answers. A notice about storage ends when storing works again.
    fn note(&mut self, kept: Result<(), StorageError>) {
        match kept {
            Err(error) => self.state.notice = Some(Notice::Storage(error)),
            Ok(()) if matches!(self.state.notice, Some(Notice::Storage(_))) => {
                self.state.notice = None;
            }
            Ok(()) => {}
        }
    }
}

impl Component for App {
    type Message = Action;
    type Properties = AppProps;

    fn create(context: &Context<App>) -> App {
        let AppProps {
            content,
            settings,
            snapshot,
            ports,
        } = context.props();
        let kept = snapshot.as_deref().and_then(|(answers, page)| {
            let response = Response::parse(answers, content).ok()?;
            Some((response, Some(page.clone())))
        });
        let ((response, notice), entry) = match kept {
            Some((response, page)) => ((response, None), page),
            None => (restore(content, ports), ports.history.current()),
        };
        let page = entry.and_then(|page| Page::parse(&page, content, &response));
        // A page of the history whose answers are gone, after a wipe or on another device, would show an empty middle.
        let page = page.filter(|_| !response.is_empty()).unwrap_or(Page::Start);
        ports.history.replace(&page.to_id());
        App {
            result: Rc::new(ResultDocument::new(content, &response)),
            focused: page.clone(),
            state: State {
                notice,
                ..State::new(content.clone(), settings.clone(), response, page)
            },
            heading: NodeRef::default(),
            _guards: [
                ports
                    .history
                    .listen(context.link().callback(Action::Travelled)),
                ports.files.unfold_for_print(),
            ],
        }
    }

    fn update(&mut self, context: &Context<App>, action: Action) -> bool {
        let ports = &context.props().ports;
        let (response, page) = (self.state.response.clone(), self.state.page.clone());
        let wiped = matches!(action, Action::Wipe);
        let shared = self.state.sharing;
        // Answers from outside never cost the visitor's own.
        if matches!(action, Action::Load(_))
            && !self.state.response.is_empty()
            && let Err(error) = ports.storage.set_aside()
        {
            self.note(Err(error));
            return true;
        }
        self.state.apply(action);
        if !Rc::ptr_eq(&response, &self.state.response) {
            self.note(if wiped {
                ports.storage.clear()
            } else {
                ports.storage.save(&self.state.response.to_json())
            });
            self.result = Rc::new(ResultDocument::new(
                &self.state.content,
                &self.state.response,
            ));
        }
        if page != self.state.page {
            match self.state.entry {
                Entry::Push => ports.history.push(&self.state.page.to_id()),
                Entry::Keep => {}
            }
        }
        let tell = |event| ports.host.tell(event, &self.told());
        let moved = page != self.state.page;
        if moved && page == Page::Start && !wiped {
            tell(HostEvent::Start);
        }
        if !wiped && !Rc::ptr_eq(&response, &self.state.response) {
            tell(HostEvent::Progress);
        }
        if self.state.page == Page::Results && (moved || shared != self.state.sharing) {
            tell(HostEvent::Complete);
        }
        true
    }

    fn view(&self, context: &Context<App>) -> Html {
        let view = View::new(self, context);
        let early = match self.state.page {
            Page::Start | Page::Seat => true,
            // A change of structure may take answers away, and which ones only the questions can tell.
            Page::Structure => self.state.response.items.is_empty(),
            _ => false,
        };
        let page: Node = match &self.state.page {
            _ if !early && !self.state.content.has_questions() => frame::waiting(&view),
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

    fn rendered(&mut self, context: &Context<App>, first: bool) {
        let moved = self.focused != self.state.page;
        // The page that a visitor finds on arrival takes no focus away from the host.
        if moved && let Some(heading) = self.heading.cast::<HtmlElement>() {
            // A heading that cannot take the focus leaves it where it is; nothing is lost but the announcement.
            let _ = heading.focus();
            self.focused = self.state.page.clone();
        }
        if first || moved {
            context.props().ports.host.drawn(&self.state.page.to_id());
        }
    }
}
