//! A dialog over the whole screen. Where the browser does not allow full screen, the dialog fills the window.

use std::any::Any;
use std::cell::Cell;

use gloo::events::EventListener;
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Element, HtmlDialogElement};
use yew::Callback;

use crate::desk::ports::Stage;

pub struct BrowserStage;

struct Open {
    dialog: HtmlDialogElement,
    _listeners: [EventListener; 2],
}

impl Drop for Open {
    fn drop(&mut self) {
        let dialog = self.dialog.clone();
        wasm_bindgen_futures::spawn_local(async move {
            if let Some(document) = full_screen() {
                ask(&document, "exitFullscreen").await;
            }
            // The browser gives the focus back to where it was, which it can only once the full screen is left.
            dialog.close();
        });
    }
}

/// Asks the browser for something that may be missing (iPhones have no full screen for a page) or refused. Both leave the dialog as it
/// is, and that is good enough.
async fn ask(of: &JsValue, name: &str) {
    if let Some(promise) = asked(of, name) {
        let _ = JsFuture::from(promise).await;
    }
}

fn asked(of: &JsValue, name: &str) -> Option<Promise> {
    let function: Function = Reflect::get(of, &name.into()).ok()?.dyn_into().ok()?;
    function.call0(of).ok()?.dyn_into().ok()
}

/// The document, while something in it is over the whole screen.
fn full_screen() -> Option<Document> {
    let document = web_sys::window()?.document()?;
    document.fullscreen_element().map(|_| document)
}

impl Stage for BrowserStage {
    fn open(&self, dialog: &Element, closed: Callback<()>) -> Box<dyn Any> {
        let dialog: HtmlDialogElement = dialog.clone().unchecked_into();
        // Fails only for a dialog that is open already or not on a page; neither is shown then, and nothing is lost.
        let _ = dialog.show_modal();
        // A dialog itself is never full screen; what it holds may be.
        if let Some(inside) = dialog.first_element_child() {
            // At once: the browser allows it only while the visitor's click is fresh.
            let promise = asked(&inside, "requestFullscreen");
            wasm_bindgen_futures::spawn_local(async move {
                if let Some(promise) = promise {
                    let _ = JsFuture::from(promise).await;
                }
            });
        }
        let on_close = closed.clone();
        let close = EventListener::new(&dialog, "close", move |_| on_close.emit(()));
        let document = web_sys::window().and_then(|window| window.document());
        let document = document.expect("the desk is on a page");
        // The Escape key leaves the full screen before the dialog hears of it; whoever presses it wants to end both.
        let was = Cell::new(false);
        let screen = EventListener::new(&document, "fullscreenchange", move |_| {
            let now = full_screen().is_some();
            if was.replace(now) && !now {
                closed.emit(());
            }
        });
        Box::new(Open {
            dialog,
            _listeners: [close, screen],
        })
    }
}
