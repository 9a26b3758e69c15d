//! The browser's local storage. Reading `window.localStorage` may itself throw, so every call asks for it anew.

use web_sys::Storage as LocalStorage;

use crate::app::ports::{Storage, StorageError};

/// How many damaged states are kept beside the present one.
const MOST_SET_ASIDE: u32 = 5;

pub struct BrowserStorage {
    key: String,
}

impl BrowserStorage {
    pub fn new(key: String) -> BrowserStorage {
        BrowserStorage { key }
    }

    fn open(&self) -> Result<LocalStorage, StorageError> {
        web_sys::window()
            .and_then(|window| window.local_storage().ok().flatten())
            .ok_or(StorageError::Unavailable)
    }

    fn aside(&self, number: u32) -> String {
        format!("{}.aside-{number}", self.key)
    }
}

impl Storage for BrowserStorage {
    fn load(&self) -> Result<Option<String>, StorageError> {
        let item = self.open()?.get_item(&self.key);
        item.map_err(|_| StorageError::Unavailable)
    }

    fn save(&self, text: &str) -> Result<(), StorageError> {
        let saved = self.open()?.set_item(&self.key, text);
        saved.map_err(|_| StorageError::Full)
    }

    fn set_aside(&self) -> Result<(), StorageError> {
        let Some(text) = self.load()? else {
            return Ok(());
        };
        let storage = self.open()?;
        let free = (1..=MOST_SET_ASIDE)
            .map(|number| self.aside(number))
            .find(|key| matches!(storage.get_item(key), Ok(None)));
        // With every place taken the newest gives way: it is the likeliest to be a repetition.
        let key = free.unwrap_or_else(|| self.aside(MOST_SET_ASIDE));
        let moved = storage.set_item(&key, &text);
        moved.map_err(|_| StorageError::Full)?;
        let removed = storage.remove_item(&self.key);
        removed.map_err(|_| StorageError::Unavailable)
    }

    fn clear(&self) -> Result<(), StorageError> {
        let storage = self.open()?;
        let keys = (1..=MOST_SET_ASIDE).map(|number| self.aside(number));
        for key in std::iter::once(self.key.clone()).chain(keys) {
            let removed = storage.remove_item(&key);
            removed.map_err(|_| StorageError::Unavailable)?;
        }
        Ok(())
    }
}
