//! What a host sets for its own page: how the check begins, what it may be told, where it leads on, and what it compares with.
//!
//! Settings come as texts from a page that nobody here has seen, so reading them is total: whatever does not fit is named and left out.

use serde_json::Value;

use super::benchmark::Benchmark;
use super::content::{NO_LINK, Problem, is_link};
use super::disclosure::Consent;
use super::read::{Read, Reader};

/// How many characters of a call to action fit its button.
const MOST_LABEL: usize = 60;

const THEMES: &[(&str, ())] = &[("auto", ()), ("light", ()), ("dark", ())];
const LOADINGS: &[(&str, ())] = &[("lazy", ()), ("eager", ())];

/// Which checks the first page offers.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub enum Mode {
    /// Both, and the visitor chooses.
    #[default]
    Choose,
    Quick,
    Full,
}

/// Where the results lead on, in the host's words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CallToAction {
    /// An address that [`is_link`] accepts.
    pub href: String,
    pub label: String,
}

#[derive(Clone, Default, PartialEq, Debug)]
pub struct Settings {
    pub mode: Mode,
    /// The most that the visitor can allow the host to be told.
    pub consent: Consent,
    pub call_to_action: Option<CallToAction>,
    pub benchmark: Option<Benchmark>,
}

impl Settings {
    /// Reads a JSON object of settings, and names what does not fit.
    pub fn parse(json: &str) -> (Settings, Vec<Problem>) {
        let mut reader = Reader::default();
        let value = serde_json::from_str(json).unwrap_or_else(|error| {
            reader.problem(&["the settings are no JSON: ", &error.to_string()]);
            Value::Null
        });
        let given = |name: &str| value.get(name).filter(|value| !value.is_null());
        let mut settings = Settings::default();
        if let Some(mode) = given("mode") {
            let modes = [
                ("choose", Mode::Choose),
                ("quick", Mode::Quick),
                ("full", Mode::Full),
            ];
            settings.mode = reader.within_name("mode", |reader| reader.one_of(mode, &modes));
        }
        if let Some(consent) = given("consent") {
            settings.consent = reader.within_name("consent", |reader| {
                reader.one_of(consent, &Consent::ALL.map(|one| (one.id(), one)))
            });
        }
        // These two the element itself obeys; here they are only held to what there is.
        for (name, values) in [("theme", THEMES), ("loading", LOADINGS)] {
            if let Some(value) = given(name) {
                reader.within_name(name, |reader| reader.one_of(value, values));
            }
        }
        if given("cta-href").is_some() || given("cta-label").is_some() {
            settings.call_to_action = call_to_action(&value, &mut reader);
        }
        if let Some(benchmark) = given("benchmark") {
            // An attribute is a text. Read on its own, it takes no other setting with it.
            let text = benchmark.as_str();
            let read: Option<Value> = text.and_then(|text| serde_json::from_str(text).ok());
            let benchmark = read.as_ref().unwrap_or(benchmark);
            settings.benchmark = reader.within_name("benchmark", |reader| {
                let before = reader.problems.len();
                let read = Benchmark::read(benchmark, reader);
                (reader.problems.len() == before).then_some(read)
            });
        }
        (settings, reader.problems)
    }
}

fn call_to_action(value: &Value, reader: &mut Reader) -> Option<CallToAction> {
    let before = reader.problems.len();
    let href: String = reader.field(value, "cta-href");
    let label: String = reader.field(value, "cta-label");
    if reader.problems.len() == before {
        reader.within_name("cta-href", |reader| {
            if !is_link(&href) {
                reader.problem(&[NO_LINK]);
            }
        });
        reader.within_name("cta-label", |reader| {
            if label.trim().is_empty() || label.chars().count() > MOST_LABEL {
                reader.problem(&["a label has 1 to 60 characters"]);
            }
        });
    }
    (reader.problems.len() == before).then_some(CallToAction { href, label })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(json: &str) -> (Settings, Vec<String>) {
        let (settings, problems) = Settings::parse(json);
        (settings, problems.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn nothing_set_is_the_default() {
        assert_eq!(parse("{}"), (Settings::default(), vec![]));
        assert_eq!(
            parse(r#"{"mode":null,"cta-href":null}"#),
            (Settings::default(), vec![])
        );
    }

    #[test]
    fn everything_set_is_read() {
        let (settings, problems) = parse(
            r#"{"mode":"full","consent":"scores","cta-href":"https://example.org/talk","cta-label":"Talk to us",
                "benchmark":{"n":120,"mean":58,"sd":12,"source":"Own clients","date":"2026-05"}}"#,
        );
        assert_eq!(problems, Vec::<String>::new());
        assert_eq!(settings.mode, Mode::Full);
        assert_eq!(settings.consent, Consent::Scores);
        assert_eq!(
            settings.call_to_action.map(|cta| cta.label),
            Some("Talk to us".into())
        );
        assert_eq!(settings.benchmark.map(|benchmark| benchmark.n), Some(120));
    }

    #[test]
    fn a_benchmark_may_be_a_text_and_takes_nothing_else_with_it() {
        let text = r#"{"n":120,"mean":58,"sd":12,"source":"Own clients","date":"2026-05"}"#;
        let deep = "[".repeat(100_000);
        for (text, n) in [(text, Some(120)), (&deep, None)] {
            let json = serde_json::json!({"mode": "full", "benchmark": text}).to_string();
            let (settings, problems) = parse(&json);
            assert_eq!(settings.mode, Mode::Full);
            assert_eq!(settings.benchmark.map(|benchmark| benchmark.n), n);
            assert_eq!(problems.is_empty(), n.is_some());
        }
    }

    #[test]
    fn one_fault_hides_no_other() {
        let (settings, problems) = parse(
            r#"{"consent":7,"benchmark":{"n":3,"mean":255,"source":"Own clients","date":"2026"}}"#,
        );
        assert_eq!(settings, Settings::default());
        let places: Vec<&str> = problems
            .iter()
            .filter_map(|problem| problem.split(':').next())
            .collect();
        assert_eq!(places, ["/consent", "/benchmark/n", "/benchmark/mean"]);
    }

    #[test]
    fn what_does_not_fit_is_named_and_left_out() {
        for (json, problem) in [
            ("", "the settings are no JSON"),
            (
                r#"{"mode":"slow"}"#,
                "/mode: expected one of choose, quick, full",
            ),
            (
                r#"{"consent":"all"}"#,
                "/consent: expected one of none, band, scores, answers",
            ),
            (r#"{"consent":3}"#, "/consent: expected one of"),
            (
                r#"{"cta-href":"https://example.org"}"#,
                "/cta-label: expected a text, found nothing",
            ),
            (
                r#"{"cta-href":"javascript:alert(1)","cta-label":"Go"}"#,
                "/cta-href: a link begins with",
            ),
            (
                r#"{"cta-href":"JaVaScRiPt:alert(1)","cta-label":"Go"}"#,
                "/cta-href: a link begins with",
            ),
            (
                r#"{"cta-href":"data:text/html,x","cta-label":"Go"}"#,
                "/cta-href: a link begins with",
            ),
            (
                r#"{"cta-href":"https://a b","cta-label":"Go"}"#,
                "/cta-href: a link begins with",
            ),
            (
                r#"{"cta-href":"mailto:a@b.org","cta-label":" "}"#,
                "/cta-label: a label has",
            ),
            (
                r#"{"benchmark":{"mean":50,"source":"x","date":"2026"}}"#,
                "/benchmark/n: expected a whole number",
            ),
            (r#"{"benchmark":7}"#, "/benchmark/n: "),
            (r#"{"benchmark":"{"}"#, "/benchmark/n: "),
            (
                r#"{"benchmark":"{\"n\":3,\"mean\":50,\"source\":\"x\",\"date\":\"2026\"}"}"#,
                "/benchmark/n: a benchmark needs",
            ),
            (
                r#"{"mode":"slow","benchmark":{"n":3,"mean":50,"source":"x","date":"2026"}}"#,
                "/benchmark/n: a benchmark needs",
            ),
        ] {
            let (settings, problems) = parse(json);
            assert!(
                problems.iter().any(|found| found.starts_with(problem)),
                "{json}: {problems:?}"
            );
            assert_eq!(settings, Settings::default(), "{json}");
        }
    }
}
