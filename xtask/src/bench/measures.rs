//! What is measured, in the order of the report: each with its words and its unit.

use super::samples::{Samples, Spread};

/// The widget, and what it is compared with.
pub const CONTENDERS: [(&str, &str); 3] = [
    ("delineate", "Delineate"),
    ("surveyjs", "SurveyJS"),
    ("floor", "empty Yew page"),
];

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Unit {
    Bytes,
    Megabytes,
    Milliseconds,
    Count,
    /// Layout shift, which has no unit.
    Fraction,
}

pub struct Measure {
    pub name: &'static str,
    pub words: &'static str,
    pub unit: Unit,
    /// Whether it is the 98th percentile of all values and not their median.
    pub high: bool,
    /// Whether it stands in the chart too.
    pub charted: bool,
}

pub struct Part {
    pub scenario: &'static str,
    pub title: &'static str,
    /// What was done, for the reader.
    pub about: &'static str,
    /// Whether what the host's own page costs is taken off.
    pub added: bool,
    pub measures: &'static [Measure],
}

const fn measure(name: &'static str, words: &'static str, unit: Unit) -> Measure {
    Measure {
        name,
        words,
        unit,
        high: false,
        charted: false,
    }
}

impl Measure {
    const fn high(self) -> Measure {
        Measure { high: true, ..self }
    }

    const fn charted(self) -> Measure {
        Measure {
            charted: true,
            ..self
        }
    }
}

use Unit::{Bytes, Count, Fraction, Megabytes, Milliseconds};

/// What is measured of the console.
pub const CONSOLE: [Measure; 2] = [
    measure("milliseconds", "reading", Unit::Milliseconds),
    measure("memory", "WebAssembly memory", Unit::Megabytes),
];

pub const PARTS: [Part; 4] = [
    Part {
        scenario: "phone",
        title: "A first visit on a slow phone",
        about: "Nothing cached, four times slower CPU, slow 4G (562.5 ms latency, 1.44 Mbit/s), 412 × 823 px. The button to begin is clicked as soon as a \
                click would hit it, then the first choice of the first question; answered means that the choice is drawn. A click that misses because \
                the page moved is repeated, as a person would. The first item follows after two questions about the respondent. Blocking is what long tasks \
                take beyond 50 ms, from the first contentful paint to the first answer.",
        added: false,
        measures: &[
            measure("bytes", "bytes transferred", Bytes).charted(),
            measure(
                "bytesUntilAnswer",
                "bytes transferred before the first answer",
                Bytes,
            ),
            measure("requests", "requests", Count),
            measure("firstPaint", "first paint", Milliseconds),
            measure(
                "firstContentfulPaint",
                "first contentful paint",
                Milliseconds,
            ),
            measure("begin", "button to begin can be clicked", Milliseconds),
            measure("answered", "first question answered", Milliseconds).charted(),
            measure("item", "first item answered", Milliseconds),
            measure("blocking", "main thread blocked", Milliseconds).charted(),
            measure("layoutShift", "layout shift", Fraction),
        ],
    },
    Part {
        scenario: "desktop",
        title: "A first visit at a desk",
        about: "The same without any slowing down, 1280 × 900 px.",
        added: false,
        measures: &[
            measure(
                "firstContentfulPaint",
                "first contentful paint",
                Milliseconds,
            ),
            measure("begin", "button to begin can be clicked", Milliseconds),
            measure("answered", "first question answered", Milliseconds),
            measure("item", "first item answered", Milliseconds),
            measure("blocking", "main thread blocked", Milliseconds),
            measure("layoutShift", "layout shift", Fraction),
        ],
    },
    Part {
        scenario: "check",
        title: "A whole full check",
        about: "30 items and 16 domains answered by mouse to the results, four times slower CPU, no slow network. From the release of the mouse button to the \
                end of the frame that shows the choice, or the next page; where a page comes in turns, its first one. Event Timing is the browser's own measure, from pressing to the next \
                frame; it reports nothing below 16 ms, which counts as 0 here. Percentiles are taken over the interactions of all runs together. The memory is what lives on after a garbage collection on the page of results, without the machine code made of WebAssembly.",
        added: false,
        measures: &[
            measure("choice", "choice drawn, median", Milliseconds),
            measure("choice", "choice drawn, 98th percentile", Milliseconds).high(),
            measure("turn", "next page drawn, median", Milliseconds),
            measure("turn", "next page drawn, 98th percentile", Milliseconds)
                .high()
                .charted(),
            measure("interaction", "Event Timing, 98th percentile", Milliseconds).high(),
            measure("results", "results drawn", Milliseconds),
            measure("firstItemChoice", "choice drawn, first item", Milliseconds),
            measure("lastItemChoice", "choice drawn, last item", Milliseconds),
            measure(
                "firstItemTurn",
                "next page drawn, after the first item",
                Milliseconds,
            ),
            measure(
                "lastItemTurn",
                "next page drawn, after the last item",
                Milliseconds,
            ),
            measure("busy", "main thread busy", Milliseconds),
            measure("layoutShift", "layout shift", Fraction),
            measure("bytes", "bytes transferred, results included", Bytes),
            measure("heap", "JavaScript heap", Megabytes),
            measure("wasm", "WebAssembly memory", Megabytes),
            measure("memory", "memory of both kinds", Megabytes).charted(),
        ],
    },
    Part {
        scenario: "below",
        title: "What it adds to a page where nobody scrolls to it",
        about: "The widget lies 3000 px below the fold; what the same page costs without any widget is taken off. Four times slower CPU.",
        added: true,
        measures: &[
            measure("bytes", "bytes added to the page of a host", Bytes).charted(),
            measure("requests", "requests added", Count),
            measure("busy", "main thread busy for a host", Milliseconds).charted(),
            measure("script", "of it with scripts", Milliseconds),
            measure("blocking", "main thread blocked", Milliseconds),
        ],
    },
];

impl Part {
    /// The values of a contender, less those of the bare page where only what is added counts.
    pub fn spread(&self, samples: &Samples, contender: &str, measure: &Measure) -> Option<Spread> {
        if measure.high {
            let high = samples.high(contender, self.scenario, measure.name)?;
            return Some(Spread {
                median: high,
                low: high,
                high,
            });
        }
        let spread = samples.spread(contender, self.scenario, measure.name)?;
        if !self.added {
            return Some(spread);
        }
        let bare = samples.spread("none", self.scenario, measure.name)?.median;
        Some(Spread {
            median: spread.median - bare,
            low: spread.low - bare,
            high: spread.high - bare,
        })
    }
}

impl Unit {
    pub fn write(self, value: f64) -> String {
        match self {
            Unit::Bytes | Unit::Count => thousands(value),
            Unit::Megabytes => format!("{:.2} MB", value / 1e6),
            Unit::Milliseconds => format!("{} ms", thousands(value)),
            Unit::Fraction => format!("{value:.3}"),
        }
    }
}

/// A whole number with its thousands set apart.
fn thousands(value: f64) -> String {
    let rounded = value.round();
    let digits = format!("{:.0}", rounded.abs());
    let mut written = String::new();
    if rounded < 0.0 {
        written.push('−');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            written.push(',');
        }
        written.push(digit);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::super::samples::tests::EXAMPLE;
    use super::*;

    #[test]
    fn numbers_are_written_with_their_units() {
        assert_eq!(Unit::Bytes.write(1_234_567.4), "1,234,567");
        assert_eq!(Unit::Milliseconds.write(-0.4), "0 ms");
        assert_eq!(Unit::Milliseconds.write(-1234.0), "−1,234 ms");
        assert_eq!(Unit::Megabytes.write(1_500_000.0), "1.50 MB");
        assert_eq!(Unit::Fraction.write(0.0123), "0.012");
    }

    #[test]
    fn what_the_bare_page_costs_is_taken_off() {
        let samples = Samples::parse(EXAMPLE).expect("the example is complete");
        let below = &PARTS[3];
        let bytes = &below.measures[0];
        let of = |contender| {
            below
                .spread(&samples, contender, bytes)
                .map(|one| one.median)
        };
        assert_eq!(of("delineate"), Some(100.0));
        assert_eq!(of("surveyjs"), Some(2000.0));
        assert_eq!(of("floor"), None);
    }
}
