//! The date, as the browser knows it.

use js_sys::{Date, Object, Reflect};

use crate::app::ports::Clock;

pub struct BrowserClock;

impl Clock for BrowserClock {
    fn today(&self, lang: &str) -> String {
        let options = Object::new();
        // Setting a plain property of a fresh object cannot fail.
        let _ = Reflect::set(&options, &"dateStyle".into(), &"long".into());
        Date::new_0().to_locale_date_string(lang, &options).into()
    }
}
