//! Scores of others, as a host supplies them. Without a sample size, a source and a date there is no benchmark.

use serde_json::Value;

use super::content::is_hidden;
use super::read::{Read, Reader};

/// The fewest respondents whose mean is shown: below it, one of them could be recognised, and the mean says little.
pub const FEWEST: u32 = 10;
/// Half of [`FEWEST`] scores at 0 and half at 100 have a sample standard deviation of 52.7; no others have a larger one.
const MOST_SD: u32 = 53;
const MOST_TEXT: usize = 120;

/// Scores on the scale of the role clarity score, 0 to 100.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Benchmark {
    /// How many respondents, from [`FEWEST`] up.
    pub n: u32,
    /// Their mean, a whole number.
    pub mean: u32,
    /// Their standard deviation, a whole number, where it is known.
    pub sd: Option<u32>,
    pub source: String,
    /// When they answered: a year, a month or a day.
    pub date: String,
}

impl Read for Benchmark {
    fn read(value: &Value, reader: &mut Reader) -> Benchmark {
        let before = reader.found();
        let benchmark = Benchmark {
            n: reader.field(value, "n"),
            mean: reader.field(value, "mean"),
            sd: reader.field(value, "sd"),
            source: reader.field(value, "source"),
            date: reader.field(value, "date"),
        };
        if reader.found() != before {
            return benchmark;
        }
        let mut require = |holds: bool, name: &str, reason: &str| {
            if !holds {
                reader.within_name(name, |reader| reader.problem(&[reason]));
            }
        };
        require(
            benchmark.n >= FEWEST,
            "n",
            "a benchmark needs at least 10 respondents",
        );
        require(benchmark.mean <= 100, "mean", "a score is 0 to 100");
        require(
            benchmark.sd.is_none_or(|sd| sd <= MOST_SD),
            "sd",
            "a standard deviation is 0 to 53",
        );
        for (name, text) in [("source", &benchmark.source), ("date", &benchmark.date)] {
            let fits =
                (1..=MOST_TEXT).contains(&text.trim().chars().count()) && !text.contains(is_hidden);
            require(
                fits,
                name,
                "a text of 1 to 120 characters belongs here, none of them hidden",
            );
        }
        benchmark
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn problems(value: Value) -> Vec<String> {
        let mut reader = Reader::default();
        Benchmark::read(&value, &mut reader);
        reader.problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_benchmark_says_of_whom_by_whom_and_when() {
        let whole =
            json!({ "n": 40, "mean": 55, "sd": 14, "source": "Our clients", "date": "2026" });
        assert_eq!(problems(whole.clone()), Vec::<String>::new());
        for (name, bad) in [
            ("n", json!(null)),
            ("n", json!(9)),
            ("n", json!("many")),
            ("mean", json!(101)),
            ("mean", json!(55.5)),
            ("sd", json!(54)),
            ("source", json!(null)),
            ("source", json!(" ")),
            ("source", json!("x".repeat(121))),
            ("source", json!("Our\u{202e}clients")),
            ("date", json!("")),
        ] {
            let mut benchmark = whole.clone();
            benchmark[name] = bad;
            let found = problems(benchmark);
            assert_eq!(found.len(), 1, "{name}: {found:?}");
            assert!(found[0].starts_with(&format!("/{name}: ")), "{found:?}");
        }
    }
}
