//! The public contract of the widget: what `element.js` calls.

use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::Element;

use crate::app::ports::Ports;
use crate::app::{Action, App, AppProps, Notice};
use crate::browser::{BrowserFiles, BrowserHistory, BrowserStorage};
use crate::core::content::{Content, Problem};

/// A widget on a page.
#[wasm_bindgen]
pub struct Widget {
    handle: Option<yew::AppHandle<App>>,
    early: String,
}

fn lines(problems: Vec<Problem>) -> JsError {
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    JsError::new(&lines.join("\n"))
}

/// Draws the check into `root`.
///
/// `early` is the text of the early part of a content pack; `key` names the widget's answers on this device and its pages in the history.
/// Fails with one line for each problem of the pack.
#[wasm_bindgen]
pub fn mount(root: Element, early: String, key: String) -> Result<Widget, JsError> {
    let content = Content::parse_early(&early).map_err(lines)?;
    // Read by assistive technology and by the browser's hyphenation; an element always takes an attribute of a valid name.
    let _ = root.set_attribute("lang", &content.lang);
    let props = AppProps {
        content: Rc::new(content),
        ports: Ports {
            storage: Rc::new(BrowserStorage::new(key.clone())),
            history: Rc::new(BrowserHistory::new(&key)),
            files: Rc::new(BrowserFiles::new(root.clone())),
        },
    };
    let handle = yew::Renderer::<App>::with_root_and_props(root, props).render();
    Ok(Widget {
        handle: Some(handle),
        early,
    })
}

#[wasm_bindgen]
impl Widget {
    /// Adds the rest of the content pack: the questions, and what the results say.
    pub fn complete(&self, late: &str) -> Result<(), JsError> {
        let content = Content::parse_parts(&self.early, late).map_err(lines)?;
        self.send(Action::Complete(Rc::new(content)));
        Ok(())
    }

    /// Tells the visitor that the questions could not be loaded.
    pub fn fail(&self) {
        self.send(Action::Notify(Notice::NoQuestions));
    }

    fn send(&self, action: Action) {
        if let Some(handle) = &self.handle {
            handle.send_message(action);
        }
    }

    /// Takes the widget off the page and ends everything that it listens to. Answers stay on the device.
    pub fn unmount(&mut self) {
        if let Some(handle) = self.handle.take() {
            handle.destroy();
        }
    }
}
