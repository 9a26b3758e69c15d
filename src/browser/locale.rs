//! Days and numbers, as the browser knows them.

use js_sys::{Date, JsString, Number, Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::app::ports::Locale;
use crate::core::date;
use crate::desk::ports::Calendar;

/// Numbers stand in the texts in these digits, and so they do in what the browser writes.
const DIGITS: &str = "-u-nu-latn";

#[wasm_bindgen]
extern "C" {
    /// A number, with what its binding leaves out.
    type Written;

    #[wasm_bindgen(method, js_name = toLocaleString)]
    fn with_options(this: &Written, locale: &str, options: &Object) -> JsString;
}

pub struct BrowserLocale {
    tag: String,
}

impl BrowserLocale {
    /// `lang` is a tag that the core takes for one: the browser takes it too.
    pub fn new(lang: &str) -> BrowserLocale {
        BrowserLocale {
            tag: [lang, DIGITS].concat(),
        }
    }
}

fn option(name: &str, value: impl Into<JsValue>) -> Object {
    let options = Object::new();
    // Setting a plain property of a fresh object cannot fail.
    let _ = Reflect::set(&options, &name.into(), &value.into());
    options
}

fn long() -> Object {
    option("dateStyle", "long")
}

impl Locale for BrowserLocale {
    fn today(&self) -> String {
        let now = Date::new_0();
        now.to_locale_date_string(&self.tag, &long()).into()
    }

    fn next_review(&self, months: u8) -> Option<String> {
        let review = self.day()?.plus_months(months);
        Some(self.written(review))
    }

    fn number(&self, plain: &str) -> String {
        let decimals = plain.split_once('.').map_or(0, |(_, after)| after.len());
        let options = option("minimumFractionDigits", decimals as u32);
        let number: Written = Number::from(js_sys::parse_float(plain)).unchecked_into();
        number.with_options(&self.tag, &options).into()
    }
}

impl Calendar for BrowserLocale {
    fn day(&self) -> Option<date::Date> {
        // Its parts are those of the visitor's own time zone.
        let now = Date::new_0();
        let year = now.get_full_year().try_into().ok()?;
        // The browser counts months from 0.
        date::Date::new(year, now.get_month() as u8 + 1, now.get_date() as u8)
    }

    // Not by the clock of the device, which may be moved.
    fn moment(&self) -> f64 {
        let performance = web_sys::window().and_then(|window| window.performance());
        performance.map_or(f64::NAN, |performance| performance.now())
    }

    fn written(&self, date: date::Date) -> String {
        // A day without a time is midnight at Greenwich, and is to be written as the day that it is there.
        let options = long();
        let _ = Reflect::set(&options, &"timeZone".into(), &"UTC".into());
        let day = Date::new(&date.to_string().into());
        day.to_locale_date_string(&self.tag, &options).into()
    }
}
