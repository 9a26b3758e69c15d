//! The module that draws a check.

use std::rc::Rc;

use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::Element;

use super::{lines, refused, speak};

use yew::Callback;

use crate::app::ports::{Ports, StorageError};
use crate::app::{Action, App, AppProps, Left, Notice};
use crate::browser::{
    BrowserClock, BrowserFiles, BrowserHistory, BrowserHost, BrowserLocale, BrowserStorage,
};
use crate::core::content::Content;
use crate::core::settings::Settings;

/// What a widget is drawn from.
#[wasm_bindgen]
pub struct Setup {
    early: String,
    content: Rc<Content>,
    settings: Rc<Settings>,
    left: Option<Rc<Left>>,
    shown: Option<String>,
    done: Vec<Action>,
}

/// A widget on a page.
#[wasm_bindgen]
pub struct Widget {
    handle: Option<yew::AppHandle<App>>,
    early: String,
}

#[wasm_bindgen]
impl Setup {
    /// From the early part of the built-in content. Fails with one line for each problem.
    pub fn early(early: String) -> Result<Setup, JsError> {
        let content = Content::load_early(&early).map_err(refused)?;
        Ok(Setup::with(early, content))
    }

    /// From a whole content, as the module for packs gives it.
    pub fn whole(content: String) -> Result<Setup, JsError> {
        let read = Content::load(&content).map_err(refused)?;
        Ok(Setup::with(content, read))
    }

    fn with(early: String, content: Content) -> Setup {
        Setup {
            early,
            content: Rc::new(content),
            settings: Rc::default(),
            left: None,
            shown: None,
            done: Vec::new(),
        }
    }

    /// The id of the content, which names its answers on the device.
    pub fn id(&self) -> String {
        self.content.instrument.id.clone()
    }

    /// Takes the host's settings; gives one line for each that does not fit and is left out.
    pub fn settings(&mut self, json: &str) -> String {
        let (settings, problems) = Settings::parse(json);
        self.settings = Rc::new(settings);
        lines(&problems)
    }

    /// Goes on from where a widget was, as its `drawn` told last. `kept` says whether the device had these answers under the key that
    /// [`Setup::mount`] is given: then what it has now counts.
    pub fn resume(&mut self, answers: String, page: String, kept: bool) {
        self.left = Some(Rc::new(Left {
            answers,
            page,
            kept,
        }));
    }

    /// Shows the result of these answers, which are somebody else's: they can be looked at, and not changed.
    pub fn show(&mut self, answers: String) {
        self.shown = Some(answers);
    }

    /// Does first what the visitor did before: ids of actions ([`Action::to_id`]), one a line. One that this content does not know
    /// is left out.
    pub fn replay(&mut self, done: &str) {
        let actions = done.lines();
        self.done = actions
            .filter_map(|id| Action::parse(id, &self.content))
            .collect();
    }

    /// Draws the check into `root`. `key` names the widget's pages in the history and, when it is to keep them, its answers on
    /// the device. `tell` is called with the name of an event and its detail as JSON, `drawn` with the id of the
    /// page, the answers as a response document and whether the device has them, each time that one of them is drawn anew.
    pub fn mount(
        self,
        root: Element,
        key: &str,
        keep: bool,
        tell: Function,
        drawn: Function,
    ) -> Widget {
        speak(&root, &self.content);
        let locale = Rc::new(BrowserLocale::new(&self.content.lang));
        let props = AppProps {
            content: self.content,
            settings: self.settings,
            left: self.left,
            shown: self.shown.map(Rc::from),
            done: self.done.into(),
            ports: Ports {
                storage: Rc::new(BrowserStorage::new(keep.then(|| key.into()))),
                history: Rc::new(BrowserHistory::new(key)),
                files: Rc::new(BrowserFiles::new(root.clone())),
                host: Rc::new(BrowserHost::new(tell, drawn)),
                clock: Rc::new(BrowserClock),
                locale,
            },
        };
        let handle = yew::Renderer::<App>::with_root_and_props(root, props).render();
        Widget {
            handle: Some(handle),
            early: self.early,
        }
    }
}

#[wasm_bindgen]
impl Widget {
    /// Adds the rest of the content: the questions, and what the results say.
    pub fn complete(&self, late: &str) -> Result<(), JsError> {
        let content = Content::load_parts(&self.early, late).map_err(refused)?;
        self.send(Action::Complete(Rc::new(content)));
        Ok(())
    }

    /// Tells the visitor that the questions could not be loaded.
    pub fn fail(&self) {
        self.send(Action::Notify(Notice::NoQuestions));
    }

    /// Takes new settings; gives one line for each that does not fit and is left out.
    pub fn configure(&self, json: &str) -> String {
        let (settings, problems) = Settings::parse(json);
        self.send(Action::Configure(Rc::new(settings)));
        lines(&problems)
    }

    /// Begins a check, or goes on with the one begun.
    pub fn start(&self, full: bool) {
        let begun = self.app(|app| !app.is_empty()).unwrap_or_default();
        self.send(if begun {
            Action::Resume
        } else {
            Action::Begin { full }
        });
    }

    /// Deletes every answer, here and on the device.
    pub fn reset(&self) {
        self.send(Action::Wipe);
    }

    /// Takes a response document in place of the present answers. `done` is called with the reason when it does not fit, or when the
    /// present answers could not be set aside and so are kept; and otherwise with nothing.
    pub fn load(&self, json: &str, done: Function) {
        // The element's function settles a promise, and does not throw.
        let done = move |reason: Option<&str>| {
            let _ = done.call1(&JsValue::UNDEFINED, &reason.into());
        };
        match self.app(|app| app.read(json)) {
            None => done(Some("the check has left the page")),
            Some(Err(problem)) => done(Some(&problem)),
            Some(Ok(response)) => {
                let done = Callback::from(move |refused: Option<StorageError>| {
                    done(refused.map(|_| "the present answers cannot be set aside"));
                });
                self.send(Action::Load(response, done));
            }
        }
    }

    /// What the visitor allows the host to know now, as JSON.
    pub fn told(&self) -> Option<String> {
        self.app(App::told)
    }

    /// Takes the widget off the page and ends everything that it listens to. Answers stay on the device.
    pub fn unmount(&mut self) {
        if let Some(handle) = self.handle.take() {
            handle.destroy();
        }
    }

    fn send(&self, action: Action) {
        if let Some(handle) = &self.handle {
            handle.send_message(action);
        }
    }

    fn app<T>(&self, ask: impl FnOnce(&App) -> T) -> Option<T> {
        let handle = self.handle.as_ref()?;
        handle.get_component().map(|app| ask(&app))
    }
}
