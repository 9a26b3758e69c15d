//! Civil dates. The core has no clock: whoever has one hands the day in.

use std::fmt;

/// The years that a date can be made of. The last leaves four digits for every sum that is made here.
pub const FIRST_YEAR: u16 = 1900;
pub const LAST_YEAR: u16 = 9000;

/// A day of the Gregorian calendar, without a time and without a time zone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

/// The days of a month from 1 to 12.
fn length(year: u16, month: u8) -> u8 {
    match month {
        2 => 28 + u8::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl Date {
    /// The day, or nothing where the calendar has no such day or the year lies outside [`FIRST_YEAR`] to [`LAST_YEAR`].
    pub fn new(year: u16, month: u8, day: u8) -> Option<Date> {
        let real = (FIRST_YEAR..=LAST_YEAR).contains(&year)
            && (1..=12).contains(&month)
            && (1..=length(year, month)).contains(&day);
        real.then_some(Date { year, month, day })
    }

    /// Reads a day written as `2026-01-31`, and nothing else.
    pub fn parse(text: &str) -> Option<Date> {
        let parts: Vec<&str> = text.split('-').collect();
        let [year, month, day] = parts[..] else {
            return None;
        };
        let digits = |part: &str, count: usize| {
            part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !(digits(year, 4) && digits(month, 2) && digits(day, 2)) {
            return None;
        }
        Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// The day so many days later.
    pub fn plus_days(self, days: u16) -> Date {
        let Date {
            mut year,
            mut month,
            day,
        } = self;
        let mut left = u32::from(day) + u32::from(days);
        while left > length(year, month).into() {
            left -= u32::from(length(year, month));
            month += 1;
            if month > 12 {
                (year, month) = (year + 1, 1);
            }
        }
        let day = left as u8;
        Date { year, month, day }
    }

    /// The same day so many months later, or the last one of a month that is too short for it.
    pub fn plus_months(self, months: u8) -> Date {
        let index = u16::from(self.month - 1) + u16::from(months);
        let (year, month) = (self.year + index / 12, (index % 12) as u8 + 1);
        let day = self.day.min(length(year, month));
        Date { year, month, day }
    }

    /// `20260131`, as a calendar file writes it.
    pub fn compact(self) -> String {
        self.to_string().replace('-', "")
    }
}

/// `2026-01-31` (ISO 8601): no reader takes the day for the month.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap_or_else(|| panic!("{text} is a day"))
    }

    #[test]
    fn only_days_of_the_calendar_are_days() {
        for text in [
            "2026-01-31",
            "2024-02-29",
            "2000-02-29",
            "1900-01-01",
            "9000-12-31",
        ] {
            assert_eq!(date(text).to_string(), text);
        }
        for text in [
            "",
            "2026",
            "2026-1-31",
            "26-01-31",
            "2026-01-31 ",
            "+026-01-31",
            "2026-13-01",
            "2026-00-10",
            "2026-04-31",
            "2026-01-00",
            "2023-02-29",
            "1900-02-29",
            "1899-12-31",
            "9001-01-01",
            "2026-01-31-01",
            "2026/01/31",
            "२०२६-01-31",
        ] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn days_run_over_the_ends_of_months_and_years() {
        for (from, days, to) in [
            ("2026-01-31", 0, "2026-01-31"),
            ("2026-01-31", 30, "2026-03-02"),
            ("2026-01-31", 90, "2026-05-01"),
            ("2024-02-28", 1, "2024-02-29"),
            ("2023-12-31", 1, "2024-01-01"),
            ("2000-01-01", 36525, "2100-01-01"),
        ] {
            assert_eq!(date(from).plus_days(days), date(to), "{from} + {days}");
        }
    }

    #[test]
    fn a_month_that_is_too_short_ends_on_its_last_day() {
        for (from, months, to) in [
            ("2026-01-31", 12, "2027-01-31"),
            ("2026-01-31", 1, "2026-02-28"),
            ("2024-02-29", 12, "2025-02-28"),
            ("2026-12-15", 1, "2027-01-15"),
            ("2026-12-15", 255, "2048-03-15"),
        ] {
            assert_eq!(
                date(from).plus_months(months),
                date(to),
                "{from} + {months}"
            );
        }
    }

    #[test]
    fn the_furthest_sums_keep_four_digits() {
        let last = date("9000-12-31");
        assert_eq!(last.plus_days(u16::MAX).compact().len(), 8);
        assert_eq!(last.plus_months(u8::MAX).compact().len(), 8);
    }
}
