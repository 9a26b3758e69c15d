//! Links and texts that leave the page by the visitor's own hand: by the clipboard, or by the browser's share menu.

use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::ShareData;

use super::clipboard;
use crate::core::code::fragment::fragment_with;
use crate::core::people::LINK_KEY;
use crate::desk::ports::{Later, Outbox};

pub struct BrowserOutbox;

fn share(text: &str, address: &str) -> Result<js_sys::Promise, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let data = ShareData::new();
    data.set_text(text);
    data.set_url(address);
    let promise = window.navigator().share_with_data(&data);
    Ok(promise.unchecked_into())
}

/// Whether the visitor closed the menu again.
fn is_abort(error: &JsValue) -> bool {
    let name = Object::try_from(error)
        .and_then(|error| Reflect::get(error, &"name".into()).ok())
        .and_then(|name| name.as_string());
    name.as_deref() == Some("AbortError")
}

impl Outbox for BrowserOutbox {
    fn copy(&self, text: &str) -> Later<bool> {
        let copy = clipboard::copy(text.into());
        Box::pin(async move { copy.await.is_ok() })
    }

    fn link(&self, code: &str) -> String {
        let location = web_sys::window().map(|window| window.location());
        let address = location.and_then(|location| location.href().ok());
        let address = address.unwrap_or_default();
        let (page, fragment) = address.split_once('#').unwrap_or((&address, ""));
        [page, &fragment_with(fragment, LINK_KEY, code)].concat()
    }

    fn has_sheet(&self) -> bool {
        let window = web_sys::window();
        window.is_some_and(|window| Reflect::has(&window.navigator(), &"share".into()) == Ok(true))
    }

    fn sheet(&self, text: &str, address: &str) -> Later<bool> {
        // Asked for at once: the browser opens its menu only while the visitor's click is fresh.
        let asked = share(text, address);
        Box::pin(async move {
            match asked {
                Err(_) => false,
                Ok(promise) => match JsFuture::from(promise).await {
                    Ok(_) => true,
                    Err(error) => is_abort(&error),
                },
            }
        })
    }
}
