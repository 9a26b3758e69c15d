//! What `bench/run.mjs` measured: every single value, by contender, scenario and name.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

pub struct Samples {
    pub date: String,
    pub machine: String,
    pub browser: String,
    pub surveyjs: String,
    pub runs: usize,
    values: Value,
}

/// The middle of what was measured, and the quarter of it that lies below and above.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Spread {
    pub median: f64,
    pub low: f64,
    pub high: f64,
}

impl Samples {
    pub fn read(path: &Path) -> Result<Samples> {
        let text = fs::read_to_string(path)
            .with_context(|| format!("{} cannot be read", path.display()))?;
        Samples::parse(&text)
    }

    pub fn parse(text: &str) -> Result<Samples> {
        let mut document: Value = serde_json::from_str(text)?;
        let values = document["samples"].take();
        let text = |value: &Value, name: &str| {
            let text = value.as_str().map(str::to_owned);
            text.with_context(|| format!("the samples lack {name}"))
        };
        let machine = &document["machine"];
        let number = |name: &str| {
            let number = machine[name].as_u64();
            number.with_context(|| format!("the samples lack {name}"))
        };
        Ok(Samples {
            date: text(&document["date"], "date")?,
            machine: format!(
                "{} cores ({}), {} GB",
                number("cores")?,
                text(&machine["processor"], "processor")?,
                number("gigabytes")?
            ),
            browser: text(&document["browser"], "browser")?,
            surveyjs: text(&document["surveyjs"], "surveyjs")?,
            runs: document["runs"].as_u64().context("the samples lack runs")? as usize,
            values,
        })
    }

    /// Nothing where this was not measured for this contender, as an empty page has no results.
    pub fn spread(&self, contender: &str, scenario: &str, name: &str) -> Option<Spread> {
        let values = self.sorted(contender, scenario, name)?;
        Some(Spread {
            median: quantile(&values, 0.5),
            low: quantile(&values, 0.25),
            high: quantile(&values, 0.75),
        })
    }

    /// The value that 98 of a hundred do not exceed, over all runs together.
    pub fn high(&self, contender: &str, scenario: &str, name: &str) -> Option<f64> {
        let values = self.sorted(contender, scenario, name)?;
        Some(quantile(&values, 0.98))
    }

    fn sorted(&self, contender: &str, scenario: &str, name: &str) -> Option<Vec<f64>> {
        let values = self.values[contender][scenario][name].as_array()?;
        let mut values: Vec<f64> = values.iter().filter_map(Value::as_f64).collect();
        values.sort_by(f64::total_cmp);
        (!values.is_empty()).then_some(values)
    }
}

/// A quantile of sorted values, between two of them by a straight line.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = share * (sorted.len() - 1) as f64;
    let (below, above) = (place.floor() as usize, place.ceil() as usize);
    sorted[below] + (sorted[above] - sorted[below]) * place.fract()
}

#[cfg(test)]
pub mod tests {
    use super::*;

    pub const EXAMPLE: &str = r#"{
        "date": "2026-01-02", "browser": "Chromium 1", "surveyjs": "2.0.0", "runs": 5,
        "machine": { "cores": 2, "processor": "A <fast> one", "gigabytes": 8 },
        "samples": {
            "delineate": { "phone": { "bytes": [1000, 1000, 1000], "answered": [30, 10, 20, 50, 40] },
                           "below": { "bytes": [700] } },
            "surveyjs": { "phone": { "bytes": [2500], "answered": [90] }, "below": { "bytes": [2600] } },
            "floor": { "phone": { "bytes": [400], "answered": [5] } },
            "none": { "below": { "bytes": [600] } },
            "console": { "console": { "milliseconds": [1100, 1200, 1300], "memory": [4000000] } }
        }
    }"#;

    #[test]
    fn the_middle_and_the_quarters_are_those_of_the_sorted_values() {
        let samples = Samples::parse(EXAMPLE).expect("the example is complete");
        let spread = samples.spread("delineate", "phone", "answered");
        assert_eq!(
            spread,
            Some(Spread {
                median: 30.0,
                low: 20.0,
                high: 40.0
            })
        );
        assert_eq!(samples.spread("floor", "check", "answered"), None);
        let high = samples.high("delineate", "phone", "answered");
        assert!((high.expect("it was measured") - 49.2).abs() < 1e-9);
        assert_eq!(quantile(&[1.0, 2.0], 0.25), 1.25);
        assert_eq!(samples.machine, "2 cores (A <fast> one), 8 GB");
    }

    #[test]
    fn samples_without_a_date_are_refused() {
        assert!(Samples::parse(&EXAMPLE.replace("date", "day")).is_err());
    }
}
