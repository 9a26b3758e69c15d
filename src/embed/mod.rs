//! The public contract of the widget: what `element.js` calls.

use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::Element;

use crate::app::ports::Ports;
use crate::app::{App, AppProps};
use crate::browser::{BrowserFiles, BrowserHistory, BrowserStorage};
use crate::core::content::Content;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console, js_name = error)]
    fn console_error(message: &str);
}

/// A widget on a page.
#[wasm_bindgen]
pub struct Widget {
    handle: Option<yew::AppHandle<App>>,
}

/// Draws the check into `root`.
///
/// `pack` is the text of a content pack; `key` names the widget's answers on this device and its pages in the history.
/// Fails with one line for each problem of the pack.
#[wasm_bindgen]
pub fn mount(root: Element, pack: &str, key: String) -> Result<Widget, JsError> {
    std::panic::set_hook(Box::new(|panic| console_error(&panic.to_string())));
    let content = Content::parse(pack).map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        JsError::new(&lines.join("\n"))
    })?;
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
    })
}

#[wasm_bindgen]
impl Widget {
    /// Takes the widget off the page and ends everything that it listens to. Answers stay on the device.
    pub fn unmount(&mut self) {
        if let Some(handle) = self.handle.take() {
            handle.destroy();
        }
    }
}
