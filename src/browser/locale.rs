//! Days and numbers, as the browser knows them.

use std::cell::RefCell;

use js_sys::{Array, Date, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::app::ports::Locale;
use crate::core::date;
use crate::desk::ports::Calendar;

/// Numbers stand in the texts in these digits, and so they do in what the browser writes.
const DIGITS: &str = "-u-nu-latn";

/// The language of a browser that knows no other.
const LAST_RESORT: &str = "en";

pub struct BrowserLocale {
    tag: String,
    /// The last way of writing numbers that was asked for, by its decimals: a table asks for the same one again and again.
    numbers: RefCell<Option<(usize, Function)>>,
}

impl BrowserLocale {
    pub fn new(lang: &str) -> BrowserLocale {
        BrowserLocale {
            tag: [lang, DIGITS].concat(),
            numbers: RefCell::new(None),
        }
    }

    /// The function that writes a value. A tag of a host's own content may be none that the browser takes.
    fn format(&self, kind: &str, options: &[(&str, JsValue)]) -> Option<Function> {
        let own = made(kind, &self.tag, options);
        own.or_else(|_| made(kind, LAST_RESORT, options)).ok()
    }

    fn date(&self, date: &Date, options: &[(&str, JsValue)]) -> String {
        let long = ("dateStyle", "long".into());
        let options = [&[long], options].concat();
        let format = self.format("DateTimeFormat", &options);
        written(format.as_ref(), date).unwrap_or_default()
    }
}

fn made(kind: &str, tag: &str, options: &[(&str, JsValue)]) -> Result<Function, JsValue> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into())?;
    let maker: Function = Reflect::get(&intl, &kind.into())?.dyn_into()?;
    let chosen = Object::new();
    for (name, value) in options {
        Reflect::set(&chosen, &(*name).into(), value)?;
    }
    let made = Reflect::construct(&maker, &Array::of2(&tag.into(), &chosen))?;
    Reflect::get(&made, &"format".into())?.dyn_into()
}

fn written(format: Option<&Function>, value: &JsValue) -> Option<String> {
    let text = format?.call1(&JsValue::UNDEFINED, value).ok()?;
    text.as_string()
}

impl Locale for BrowserLocale {
    fn today(&self) -> String {
        self.date(&Date::new_0(), &[])
    }

    fn number(&self, plain: &str) -> String {
        let decimals = plain.split_once('.').map_or(0, |(_, after)| after.len());
        let mut last = self.numbers.borrow_mut();
        if last.as_ref().is_none_or(|(of, _)| *of != decimals) {
            let options = [("minimumFractionDigits", (decimals as u32).into())];
            *last = self
                .format("NumberFormat", &options)
                .map(|format| (decimals, format));
        }
        let format = last.as_ref().map(|(_, format)| format);
        written(format, &plain.into()).unwrap_or_else(|| plain.into())
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

    fn written(&self, date: date::Date) -> String {
        // A day without a time is midnight at Greenwich, and is to be written as the day that it is there.
        let day = Date::new(&date.to_string().into());
        self.date(&day, &[("timeZone", "UTC".into())])
    }
}
