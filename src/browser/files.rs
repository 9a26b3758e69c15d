//! Downloads and print: how results leave the page, always by the visitor's own hand.

use gloo::events::EventListener;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, Element, HtmlAnchorElement, Url};

use crate::app::ports::{Files, Sheets};

/// Names the part that is printed alone, on the element that its app draws in.
const ALONE: &str = "data-print";

/// How long a download's address stays valid, in milliseconds; some browsers read it after the click has returned.
const DOWNLOAD_LIFETIME_MS: u32 = 60_000;

pub struct BrowserFiles {
    root: Element,
}

impl BrowserFiles {
    /// `root` is the element that the widget draws in.
    pub fn new(root: Element) -> BrowserFiles {
        BrowserFiles { root }
    }

    fn offer(&self, name: &str, media_type: &str, text: &str) -> Result<(), JsValue> {
        let options = BlobPropertyBag::new();
        options.set_type(media_type);
        let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options)?;
        let address = Url::create_object_url_with_blob(&blob)?;
        let document = self.root.owner_document().ok_or(JsValue::NULL)?;
        let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
        link.set_href(&address);
        link.set_download(name);
        link.click();
        gloo::timers::callback::Timeout::new(DOWNLOAD_LIFETIME_MS, move || {
            // Revoking an address that is already gone does nothing.
            let _ = Url::revoke_object_url(&address);
        })
        .forget();
        Ok(())
    }
}

impl Files for BrowserFiles {
    fn download(&self, name: &str, media_type: &str, text: &str) -> bool {
        self.offer(name, media_type, text).is_ok()
    }

    fn print(&self, sheets: Sheets) {
        let Some(window) = web_sys::window() else {
            return;
        };
        let alone = match sheets {
            Sheets::Report => None,
            Sheets::Charter => Some("charter"),
            Sheets::Comparison => Some("comparison"),
        };
        // Where an earlier print came to nothing, its end was never told.
        let _ = self.root.remove_attribute(ALONE);
        if let Some(part) = alone {
            // The styles for paper leave out everything else. Whoever prints by the browser's own menu gets the report.
            let _ = self.root.set_attribute(ALONE, part);
            let root = self.root.clone();
            EventListener::once(&window, "afterprint", move |_| {
                let _ = root.remove_attribute(ALONE);
            })
            .forget();
        }
        // A sandboxed frame may forbid printing; the browser then says so itself.
        let _ = window.print();
    }

    fn unfold_for_print(&self) -> Box<dyn std::any::Any> {
        let window = web_sys::window().expect("the widget runs in a window");
        let root = self.root.clone();
        let before = EventListener::new(&window, "beforeprint", move |_| {
            for folded in matching(&root, "details:not([open])") {
                let _ = folded.set_attribute("open", "");
                let _ = folded.set_attribute("data-unfolded", "");
            }
        });
        let root = self.root.clone();
        let after = EventListener::new(&window, "afterprint", move |_| {
            for unfolded in matching(&root, "details[data-unfolded]") {
                let _ = unfolded.remove_attribute("open");
                let _ = unfolded.remove_attribute("data-unfolded");
            }
        });
        Box::new((before, after))
    }
}

fn matching(root: &Element, selector: &str) -> Vec<Element> {
    let Ok(nodes) = root.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..nodes.length())
        .filter_map(|index| nodes.get(index)?.dyn_into().ok())
        .collect()
}
