//! The widget as a visitor sees it: one state, one reducer, and pages that turn both into HTML.
//!
//! Pages are plain functions of a [`View`]: values in, actions out. They do no arithmetic (every number comes from the result
//! document) and hold no wording (every text comes from the content).

mod frame;
mod kept;
mod map;
mod question;
mod results;
mod review;
mod start;

pub mod ports;
mod state;
mod view;

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::core::content::Content;
use crate::core::disclosure::disclosed;
use crate::core::flow::Page;
use crate::core::response::Response;
use crate::core::result::ResultDocument;
use crate::core::settings::Settings;
use crate::dom::Node;
use kept::{Change, Kept};
use ports::{HostEvent, Ports};
pub use state::{Action, Notice};
use state::{Announcement, Entry, Focus, State};
use view::View;

#[derive(Clone, Properties)]
pub struct AppProps {
    /// At least its early part; the whole follows as [`Action::Complete`].
    pub content: Rc<Content>,
    pub settings: Rc<Settings>,
    /// Where this widget was when it last left the page.
    pub left: Option<Rc<Left>>,
    /// Somebody else's answers, whose result is only looked at.
    pub shown: Option<Rc<str>>,
    /// What the visitor did before the app was there, in that order.
    pub done: Rc<[Action]>,
    pub ports: Ports,
}

/// What [`ports::Host::drawn`] told last.
pub struct Left {
    pub answers: String,
    pub page: String,
    /// Whether the device had these answers too, under the name that the widget has now.
    pub kept: bool,
}

/// Whether it is the same check: what was given once is never compared word for word.
impl PartialEq for AppProps {
    fn eq(&self, other: &AppProps) -> bool {
        Rc::ptr_eq(&self.content, &other.content)
            && Rc::ptr_eq(&self.settings, &other.settings)
            && self.ports == other.ports
    }
}

pub struct App {
    state: State,
    /// Derived from the state's response, and from nothing else.
    result: Rc<ResultDocument>,
    kept: Kept,
    heading: NodeRef,
    /// The answers that the element was last told of.
    answered: Rc<Response>,
    /// The page whose heading took the focus last.
    focused: RefCell<Page>,
    /// What else takes the focus next.
    focus: Cell<Option<Focus>>,
    /// The page that the element heard of last, and whether it was whole: without its questions the page is a waiting one, and with
    /// some turns to come it has no place for a desk.
    drawn: Option<(Page, bool)>,
    /// The turn of the page that comes next.
    next_turn: Option<Box<dyn Any>>,
    /// What the app listens to beside its own elements; dropped with it.
    _guards: [Box<dyn Any>; 3],
}

impl App {
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

    /// Whether the page needs the questions, which are not there yet.
    fn waits(&self) -> bool {
        let early = match self.state.page {
            Page::Start | Page::Seat => true,
            // A change of structure may take answers away, and which ones only the questions can tell.
            Page::Structure => self.state.response.items.is_empty(),
            _ => false,
        };
        !early && !self.state.content.has_questions()
    }

    /// Works out again what follows from the answers.
    fn derive(&mut self) {
        let state = &self.state;
        self.result = Rc::new(ResultDocument::new(&state.content, &state.response));
    }

    /// Takes over what another tab did to the answers on the device. Whether it deleted them.
    fn follow(&mut self, ports: &Ports) -> bool {
        let change = self.kept.follow(&self.state.content, &*ports.storage);
        let deleted = matches!(change, Some(Change::Deleted));
        match change {
            None => return false,
            Some(Change::Answers(response)) => self.state.apply(Action::Follow(response)),
            Some(Change::Deleted) => self.state.apply(Action::Forget),
            Some(Change::Unreadable(notice)) => self.state.notice = Some(notice),
        }
        self.derive();
        deleted
    }

    /// Keeps the answers on the device. A notice that they are not kept ends when they are.
    fn save(&mut self, ports: &Ports) {
        let notice = self.state.notice;
        self.state.notice = match self.kept.save(&self.state.response, &*ports.storage) {
            Err(notice) => Some(notice),
            Ok(()) => match notice {
                Some(Notice::Unreadable) => Some(Notice::SetAside),
                other => other.filter(|notice| !matches!(notice, Notice::Storage(_))),
            },
        };
    }

    /// Deletes the answers from the device, and says that it did only if it did.
    fn clear(&mut self, ports: &Ports) {
        match self.kept.clear(&*ports.storage) {
            Ok(()) => self.state.announcement = Some(Announcement::Wiped),
            Err(notice) => self.state.notice = Some(notice),
        }
    }

    /// Does what an action asks for, with all that follows from it on the device, in the history and for the host.
    fn act(&mut self, ports: &Ports, action: Action) {
        let page = self.state.page.clone();
        let follows = matches!(action, Action::Stored) || action.answers();
        // An answer to a page whose answers were just deleted goes with them.
        let deleted = follows && self.follow(ports) && !matches!(action, Action::Load(..));
        let response = self.state.response.clone();
        let wiped = matches!(action, Action::Wipe);
        let shared = self.state.sharing;
        // Answers from outside never cost the visitor's own.
        if let Action::Load(_, done) = &action {
            let aside = match self.state.response.is_empty() {
                true => Ok(()),
                false => ports.storage.set_aside(),
            };
            done.emit(aside.err());
            if let Err(error) = aside {
                self.state.notice = Some(Notice::Storage(error));
                return;
            }
        }
        if !deleted {
            self.state.apply(action);
        }
        let changed = !Rc::ptr_eq(&response, &self.state.response);
        if wiped {
            self.clear(ports);
        } else if changed {
            self.save(ports);
        }
        if changed {
            self.derive();
        }
        if page != self.state.page {
            match self.state.entry {
                Entry::Push => ports.history.push(&self.state.page.to_id()),
                Entry::Replace => ports.history.replace(&self.state.page.to_id()),
                Entry::Keep => {}
            }
        }
        let tell = |event| ports.host.tell(event, &self.told());
        let moved = page != self.state.page;
        if moved && page == Page::Start && !wiped && !deleted {
            tell(HostEvent::Start);
        }
        if changed && !wiped {
            tell(HostEvent::Progress);
        }
        if self.state.page == Page::Results && (moved || shared != self.state.sharing) {
            tell(HostEvent::Complete);
        }
    }

    fn element(&self, selector: &str) -> Option<Element> {
        let heading = self.heading.cast::<Element>()?;
        let frame = heading.closest(".frame").ok()??;
        frame.query_selector(selector).ok()?
    }

    /// Moves the focus once to where what was drawn last wants it.
    fn refocus(&self) {
        let focus = self.focus.take();
        // The page that a visitor finds on arrival takes no focus away from the host.
        let moved = *self.focused.borrow() != self.state.page && self.heading.get().is_some();
        if moved {
            self.focused.replace(self.state.page.clone());
            self.move_focus(&Focus::Title);
        } else if let Some(focus) = focus {
            self.move_focus(&focus);
        }
    }

    /// Moves the focus. Where that is refused it stays as it is; nothing is lost but an announcement.
    fn move_focus(&self, focus: &Focus) {
        let named = |id: &str| self.element(&["#", id].concat());
        let target = match focus {
            Focus::Title => self.heading.cast(),
            Focus::To(id) => named(id),
            Focus::Part(id) => named(id),
            Focus::Domain(id) => {
                let radio = ["[name=\"", id, "\"]"].concat();
                let chosen = self.element(&[&radio, ":checked"].concat());
                chosen.or_else(|| self.element(&radio))
            }
        };
        let Some(target) = target else { return };
        if matches!(focus, Focus::Part(_)) {
            target.scroll_into_view();
        }
        if let Some(target) = target.dyn_ref::<HtmlElement>() {
            let _ = target.focus();
        }
    }
}

/// Moves the focus right behind the drawing. Where that takes long, Yew lets a frame pass before it calls `rendered`, and what is typed
/// meanwhile would find no focus.
fn refocus_soon(context: &Context<App>) {
    let link = context.link().clone();
    spawn_local(async move {
        if let Some(app) = link.get_component() {
            app.refocus();
        }
    });
}

impl Component for App {
    type Message = Action;
    type Properties = AppProps;

    fn create(context: &Context<App>) -> App {
        let AppProps {
            content,
            settings,
            left,
            shown,
            done,
            ports,
        } = context.props();
        let (mut kept, device, mut notice) = Kept::restore(content, &*ports.storage);
        let results = || Page::Results.to_id();
        let shown = shown.as_deref().map(|answers| (answers, results(), false));
        let left = left.as_deref();
        let left = left.map(|left| (&*left.answers, left.page.clone(), left.kept));
        let left = shown.or(left).and_then(|(answers, page, was_kept)| {
            let response = Response::parse(answers, content).ok()?;
            Some((response, page, was_kept))
        });
        let (response, entry) = match left {
            Some((response, page, was_kept)) => {
                if was_kept && notice.is_none() {
                    let (response, said) = Kept::reconcile(&response, device, content);
                    notice = said;
                    (response, Some(page))
                } else {
                    (kept.bring(response), Some(page))
                }
            }
            None => {
                let response = device.unwrap_or_else(|| Response::new(content));
                (response, ports.history.current())
            }
        };
        let mut state = State::new(content.clone(), settings.clone(), response, Page::Start);
        state.notice = notice;
        state.page = state.page_of_entry(&entry.unwrap_or_default());
        ports.history.replace(&state.page.to_id());
        let mut app = App {
            result: Rc::new(ResultDocument::new(content, &state.response)),
            kept,
            answered: state.response.clone(),
            drawn: None,
            next_turn: None,
            focused: RefCell::new(state.page.clone()),
            focus: Cell::default(),
            state,
            heading: NodeRef::default(),
            _guards: [
                ports
                    .history
                    .listen(context.link().callback(Action::Travelled)),
                ports
                    .storage
                    .listen(context.link().callback(|()| Action::Stored)),
                ports.files.unfold_for_print(),
            ],
        };
        // Answers that came from elsewhere in the meantime are not to be begun anew.
        if app.is_empty() {
            for action in done.iter() {
                app.act(ports, action.clone());
            }
        }
        // Who is waiting for a page hears its heading when it comes; any other page has been there to be read.
        if !app.waits() {
            app.focused.replace(app.state.page.clone());
        }
        app.focus.set(app.state.focus.take());
        app
    }

    fn update(&mut self, context: &Context<App>, action: Action) -> bool {
        if context.props().shown.is_some() && !action.changes_no_answer() {
            return false;
        }
        self.act(&context.props().ports, action);
        // Of several actions before one drawing, the last that wants the focus has it.
        if let Some(focus) = self.state.focus.take() {
            self.focus.set(Some(focus));
        }
        refocus_soon(context);
        true
    }

    fn view(&self, context: &Context<App>) -> Html {
        let view = View::new(self, context);
        let page: Node = match &self.state.page {
            _ if self.waits() => frame::waiting(&view),
            Page::Start => start::start(&view),
            Page::Seat => question::seat(&view),
            Page::Structure => question::structure(&view),
            Page::Item(id) => question::item(&view, id),
            Page::Map(group) => map::today(&view, group),
            Page::Target(group) => map::target(&view, group),
            Page::Review => review::review(&view),
            Page::Results => results::results(&view, self.state.turns),
        };
        frame::frame(&view, page, self.waits()).done()
    }

    fn rendered(&mut self, context: &Context<App>, _: bool) {
        self.refocus();
        let more = !self.waits() && !self.state.is_whole();
        self.next_turn = more.then(|| {
            let more = context.link().callback(|()| Action::DrawMore);
            context.props().ports.clock.soon(more)
        });
        // Only the results have a place in their last turn that the element waits for.
        let unfinished = more && self.state.page == Page::Results;
        let whole = self.state.content.has_questions() && !unfinished;
        let drawn = Some((self.state.page.clone(), whole));
        // The desk below the results is drawn from these answers too.
        let other = !Rc::ptr_eq(&self.answered, &self.state.response);
        if self.drawn != drawn || other {
            self.drawn = drawn;
            self.answered = self.state.response.clone();
            let (page, answers) = (self.state.page.to_id(), self.state.response.to_json());
            let host = &context.props().ports.host;
            host.drawn(&page, &answers, self.kept.is_even());
        }
    }
}
