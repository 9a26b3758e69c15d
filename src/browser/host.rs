//! The host's page: what it is told goes through the one function that the element gave.

use js_sys::Function;
use wasm_bindgen::JsValue;

use crate::app::ports::{Host, HostEvent};

pub struct BrowserHost {
    tell: Function,
}

impl BrowserHost {
    pub fn new(tell: Function) -> BrowserHost {
        BrowserHost { tell }
    }
}

impl Host for BrowserHost {
    fn tell(&self, event: HostEvent, detail: &str) {
        // A host's listener that throws is reported by the browser where it happens, and must not stop the check.
        let _ = self
            .tell
            .call2(&JsValue::UNDEFINED, &event.name().into(), &detail.into());
    }
}
