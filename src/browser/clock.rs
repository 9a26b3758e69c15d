//! The date, as the browser knows it.

use std::any::Any;

use gloo::timers::callback::Timeout;
use js_sys::{Date, Object, Reflect};
use yew::Callback;

use crate::app::ports::Clock;
use crate::core::date;
use crate::desk::ports::Calendar;

pub struct BrowserClock;

/// Two frames, in milliseconds. Not the browser's own call before a frame: on a page out of sight there is none.
const SOON_MS: u32 = 32;

impl Clock for BrowserClock {
    fn soon(&self, act: Callback<()>) -> Box<dyn Any> {
        Box::new(Timeout::new(SOON_MS, move || act.emit(())))
    }

    fn today(&self, lang: &str) -> String {
        let options = Object::new();
        // Setting a plain property of a fresh object cannot fail.
        let _ = Reflect::set(&options, &"dateStyle".into(), &"long".into());
        Date::new_0().to_locale_date_string(lang, &options).into()
    }
}

impl Calendar for BrowserClock {
    fn day(&self) -> Option<date::Date> {
        // Its parts are those of the visitor's own time zone.
        let now = Date::new_0();
        let year = now.get_full_year().try_into().ok()?;
        // The browser counts months from 0.
        date::Date::new(year, now.get_month() as u8 + 1, now.get_date() as u8)
    }
}
