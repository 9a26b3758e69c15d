//! Pages as entries of the browser's history. The address stays as the host wrote it: only the entry's state changes, and in
//! it only this widget's own key, so that a host's router keeps its own.

use gloo::events::EventListener;
use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use yew::Callback;

use crate::app::ports::History;

pub struct BrowserHistory {
    key: JsValue,
}

impl BrowserHistory {
    pub fn new(key: &str) -> BrowserHistory {
        BrowserHistory { key: key.into() }
    }

    fn open() -> Option<web_sys::History> {
        web_sys::window()?.history().ok()
    }

    fn state_with(&self, history: &web_sys::History, page: &str) -> JsValue {
        // The host chose the key: without a prototype every one is a plain name.
        let state = Object::create(JsValue::NULL.unchecked_ref());
        if let Ok(present) = history.state()
            && let Some(present) = Object::try_from(&present)
        {
            Object::assign(&state, present);
        }
        // Setting a plain property of a fresh object cannot fail.
        let _ = Reflect::set(&state, &self.key, &page.into());
        state.into()
    }

    /// A sandboxed page may refuse history entries; the check then still works by its own buttons.
    fn write(&self, page: &str, push: bool) {
        if let Some(history) = Self::open() {
            let state = self.state_with(&history, page);
            let _ = if push {
                history.push_state_with_url(&state, "", None)
            } else {
                history.replace_state_with_url(&state, "", None)
            };
        }
    }
}

fn page_in(state: &JsValue, key: &JsValue) -> Option<String> {
    Object::try_from(state)?;
    Reflect::get(state, key).ok()?.as_string()
}

impl History for BrowserHistory {
    fn current(&self) -> Option<String> {
        page_in(&Self::open()?.state().ok()?, &self.key)
    }

    fn push(&self, page: &str) {
        self.write(page, true);
    }

    fn replace(&self, page: &str) {
        self.write(page, false);
    }

    fn listen(&self, on_page: Callback<String>) -> Box<dyn std::any::Any> {
        let key = self.key.clone();
        let window = web_sys::window().expect("the widget runs in a window");
        Box::new(EventListener::new(&window, "popstate", move |_| {
            let state = Self::open().and_then(|history| history.state().ok());
            if let Some(page) = state.and_then(|state| page_in(&state, &key)) {
                on_page.emit(page);
            }
        }))
    }
}
