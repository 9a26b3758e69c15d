//! The module that draws the desk below the results.

use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::Element;

use super::refused;
use crate::app::ports::Storage;
use crate::browser::{BrowserClipboard, BrowserClock, BrowserFiles, BrowserInbox, BrowserStorage};
use crate::core::content::Content;
use crate::core::desk::DeskTexts;
use crate::core::response::Response;
use crate::desk::ports::DeskPorts;
use crate::desk::{Desk, DeskProps};

/// A desk on a page.
#[wasm_bindgen]
pub struct DeskHandle {
    handle: Option<yew::AppHandle<Desk>>,
}

#[wasm_bindgen]
impl DeskHandle {
    /// Draws the desk into `root`. The content comes in its two parts, of which `late` is absent for content that came whole;
    /// `texts` are the desk's own, and `key` names the saved results on the device; without one, nothing is saved there. Fails with one
    /// line for each problem.
    pub fn mount(
        root: Element,
        early: &str,
        late: Option<String>,
        texts: &str,
        answers: &str,
        key: Option<String>,
    ) -> Result<DeskHandle, JsError> {
        let content = match late {
            Some(late) => Content::load_parts(early, &late),
            None => Content::load(early),
        };
        let content = content.map_err(refused)?;
        let texts = DeskTexts::load(texts).map_err(refused)?;
        let response = Response::parse(answers, &content)
            .map_err(|problem| JsError::new(&problem.to_string()))?;
        let props = DeskProps {
            content: Rc::new(content),
            texts: Rc::new(texts),
            response: Rc::new(response),
            ports: DeskPorts {
                files: Rc::new(BrowserFiles::new(root.clone())),
                inbox: Rc::new(BrowserInbox),
                clipboard: Rc::new(BrowserClipboard),
                calendar: Rc::new(BrowserClock),
                memory: key.map(|key| {
                    let storage = BrowserStorage::new(Some([&key, ".history"].concat()));
                    Rc::new(storage) as Rc<dyn Storage>
                }),
            },
        };
        let handle = yew::Renderer::<Desk>::with_root_and_props(root, props).render();
        Ok(DeskHandle {
            handle: Some(handle),
        })
    }

    /// Takes the desk off the page and ends everything that it listens to.
    pub fn unmount(&mut self) {
        if let Some(handle) = self.handle.take() {
            handle.destroy();
        }
    }
}
