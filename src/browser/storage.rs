//! The browser's local storage. Reading `window.localStorage` may itself throw, so every call asks for it anew.

use std::any::Any;

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Storage as LocalStorage, StorageEvent};
use yew::Callback;

use crate::app::ports::{Storage, StorageError};
use crate::desk::ports::Memory;

/// How many damaged states are kept beside the present one.
const MOST_SET_ASIDE: u32 = 5;

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

fn aside(key: &str, number: u32) -> String {
    format!("{key}.aside-{number}")
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
        let free = (1..=MOST_SET_ASIDE)
            .map(|number| aside(key, number))
            .find(|key| matches!(storage.get_item(key), Ok(None)));
        // With every place taken the newest gives way: it is the likeliest to be a repetition.
        let place = free.unwrap_or_else(|| aside(key, MOST_SET_ASIDE));
        let moved = storage.set_item(&place, &text);
        moved.map_err(|_| StorageError::Full)?;
        let removed = storage.remove_item(key);
        removed.map_err(|_| StorageError::Unavailable)
    }

    fn clear(&self) -> Result<(), StorageError> {
        let Some(key) = &self.key else {
            return Ok(());
        };
        let storage = self.open()?;
        let others = (1..=MOST_SET_ASIDE).map(|number| aside(key, number));
        for key in std::iter::once(key.clone()).chain(others) {
            let removed = storage.remove_item(&key);
            removed.map_err(|_| StorageError::Unavailable)?;
        }
        Ok(())
    }
}

impl Memory for BrowserStorage {
    fn watch(&self, on_change: Callback<()>) -> Box<dyn Any> {
        let window = web_sys::window().expect("the desk runs in a window");
        let own = self.key.clone();
        // The browser tells every window but the one that wrote. Without a key, everything was deleted at once.
        Box::new(EventListener::new(&window, "storage", move |event| {
            let key = event.unchecked_ref::<StorageEvent>().key();
            if key.is_none() || key == own {
                on_change.emit(());
            }
        }))
    }
}
