//! The device's clock, as far as the day goes.

use crate::core::date::Date;
use crate::desk::ports::Clock;

pub struct BrowserClock;

impl Clock for BrowserClock {
    fn today(&self) -> Option<Date> {
        // Its parts are those of the visitor's own time zone.
        let now = js_sys::Date::new_0();
        let year = now.get_full_year().try_into().ok()?;
        // The browser counts months from 0.
        Date::new(year, now.get_month() as u8 + 1, now.get_date() as u8)
    }
}
