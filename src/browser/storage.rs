//! The browser's local storage. Reading `window.localStorage` may itself throw, so every call asks for it anew.

use gloo::events::EventListener;
use js_sys::Reflect;
use wasm_bindgen::JsValue;
use web_sys::Storage as LocalStorage;
use yew::Callback;

use crate::app::ports::{Storage, StorageError};

pub struct BrowserStorage {
    /// Absent where the host wants nothing kept on the device.
    key: Option<String>,
}

impl BrowserStorage {
    pub fn new(key: Option<String>) -> BrowserStorage {
        BrowserStorage { key }
    }

    fn open(&self) -> Result<LocalStorage, StorageError> {
        web_sys::window()
            .and_then(|window| window.local_storage().ok().flatten())
            .ok_or(StorageError::Unavailable)
    }
}

/// The beginning of every name under which something is set aside; a number follows.
fn aside(key: &str) -> String {
    [key, ".aside-"].concat()
}

/// Everything stored under a name that begins like this.
fn names_with(storage: &LocalStorage, start: &str) -> Result<Vec<String>, JsValue> {
    let mut names = Vec::new();
    for index in 0..storage.length()? {
        names.extend(storage.key(index)?.filter(|name| name.starts_with(start)));
    }
    Ok(names)
}

impl Storage for BrowserStorage {
    fn load(&self) -> Result<Option<String>, StorageError> {
        let Some(key) = &self.key else {
            return Ok(None);
        };
        let item = self.open()?.get_item(key);
        item.map_err(|_| StorageError::Unavailable)
    }

    fn save(&self, text: &str) -> Result<(), StorageError> {
        let Some(key) = &self.key else {
            return Ok(());
        };
        let saved = self.open()?.set_item(key, text);
        saved.map_err(|_| StorageError::Full)
    }

    fn set_aside(&self) -> Result<(), StorageError> {
        let (Some(key), Some(text)) = (&self.key, self.load()?) else {
            return Ok(());
        };
        let storage = self.open()?;
        let mut number = 1;
        // A place once taken is never taken again: what is set aside is the visitor's, however often it happens.
        let place = loop {
            let place = aside(key) + &number.to_string();
            match storage.get_item(&place) {
                Ok(None) => break place,
                Ok(Some(_)) => number += 1,
                Err(_) => return Err(StorageError::Unavailable),
            }
        };
        let moved = storage.set_item(&place, &text);
        moved.map_err(|_| StorageError::Full)?;
        let removed = storage.remove_item(key);
        removed.map_err(|_| StorageError::Unavailable)
    }

    fn has_aside(&self) -> bool {
        let Some(key) = &self.key else {
            return false;
        };
        let names = self.open().map(|storage| names_with(&storage, &aside(key)));
        matches!(names, Ok(Ok(names)) if !names.is_empty())
    }

    fn clear(&self) -> Result<(), StorageError> {
        let Some(key) = &self.key else {
            return Ok(());
        };
        let storage = self.open()?;
        let remove = || {
            for name in names_with(&storage, &aside(key))? {
                storage.remove_item(&name)?;
            }
            storage.remove_item(key)
        };
        remove().map_err(|_: JsValue| StorageError::Unavailable)
    }

    fn listen(&self, on_change: Callback<()>) -> Box<dyn std::any::Any> {
        let Some(key) = self.key.clone() else {
            return Box::new(());
        };
        let window = web_sys::window().expect("the widget runs in a window");
        Box::new(EventListener::new(&window, "storage", move |event| {
            let name = Reflect::get(event, &"key".into());
            // Without a name, everything was deleted.
            if name.is_ok_and(|name| name.as_string().is_none_or(|name| name == key)) {
                on_change.emit(());
            }
        }))
    }
}
