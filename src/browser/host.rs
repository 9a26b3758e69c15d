//! The element, and through it the host's page: what they are told goes through the functions that the element gave.

use js_sys::Function;
use wasm_bindgen::JsValue;

use crate::app::ports::{Host, HostEvent};

pub struct BrowserHost {
    tell: Function,
    drawn: Function,
}

impl BrowserHost {
    pub fn new(tell: Function, drawn: Function) -> BrowserHost {
        BrowserHost { tell, drawn }
    }
}

impl Host for BrowserHost {
    // The element's functions only note what is to be done after the widget's turn; neither throws.
    fn tell(&self, event: HostEvent, detail: &str) {
        let _ = self
            .tell
            .call2(&JsValue::UNDEFINED, &event.name().into(), &detail.into());
    }

    fn drawn(&self, page: &str, answers: &str, kept: bool) {
        let _ = self.drawn.call3(
            &JsValue::UNDEFINED,
            &page.into(),
            &answers.into(),
            &kept.into(),
        );
    }
}
