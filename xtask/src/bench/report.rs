//! The report as Markdown: what was measured on what, the tables, and how the numbers came about.

use super::measures::{CONSOLE, CONTENDERS, Measure, PARTS, Part};
use super::samples::{Samples, Spread};

/// The whole page. `growth` holds the tables about growth.
pub fn page(samples: &Samples, date: &str, growth: &str) -> String {
    let Samples {
        machine,
        browser,
        surveyjs,
        runs,
        ..
    } = samples;
    format!(
        "# Benchmarks\n\n\
         The check against the same questionnaire made with SurveyJS, the form library that a web master would most likely take instead, and \
         against an empty Yew page, below which no page of this kind can get. Written by `cargo xtask bench --write`, and the same on any \
         machine by the same command; only the numbers differ.\n\n\
         ![Bars for the most telling measures, Delineate beside SurveyJS](benchmarks.svg)\n\n\
         Measured {date}: {machine}; {browser}; SurveyJS {surveyjs}; {runs} runs. Each cell is the median, in brackets the \
         quarters where they differ from it. The ratio is SurveyJS to Delineate: above 1, Delineate needs less.\n\n\
         {tables}{PROFILE}\n{METHOD}\n## How scoring grows\n\n{GROWTH}\n{growth}",
        tables = tables(samples),
    )
}

/// The tables alone, for whoever runs the command.
pub fn tables(samples: &Samples) -> String {
    let parts = PARTS.iter().map(|part| table(part, samples));
    parts.chain([console(samples)]).collect()
}

/// Which bars are met, and what the wasm is made of: written by hand, as it is no measure of this run.
const PROFILE: &str = include_str!("../../../bench/profile.md");

const METHOD: &str = "\
## How it is measured

- **The same work.** The other questionnaire is generated from `content/` at the time of measuring (`bench/questionnaire.mjs`): the same pages, questions, \
  choices and explanations, and ten step scores at the end. It lacks what only Delineate has: advice for each level, the score with its \
  receipt, map, plan and exports. All else is SurveyJS's own default, with `survey-js-ui`, bundled and minified by the same esbuild call as the \
  widget's script, and with the style sheet that fetches no web fonts.
- **The same page.** One page of a host (`bench/page.html`) holds one of them after the other, as its documentation says: for Delineate with `host.css`, and with the three hints for a \
  check that visitors see first; far below the fold without them. Every file is \
  compressed by brotli at quality 11 and served by the same server. The server sends no content security policy here: SurveyJS does not start \
  under the one that the check is made for, as it assigns plain text where trusted types are required.
- **The same moment.** All pages are measured in one browser, each in a context of its own without a cache, taking turns within each run and in \
  the other direction every other run. One round before the first is not counted.
- **Bytes** are what the browser received, headers included. The slowed-down CPU is the browser's own throttling, which holds up the main thread only: compiling \
  WebAssembly and parsing streamed scripts beside it are not slowed down.
- **Nothing here is a test.** Times depend on the machine, so none decides whether a build is good. The size does, to the byte: `cargo xtask size`.
";

const GROWTH: &str = "\
Natively, with the profile of the widget. Contents of any size are made of the project's own; a valid one has at most 40 steps with 12 items each, so 480 items are the \
most that can be asked and a thousand are out of reach. The whole result document is made each time, of drawn answers: score, range, receipt, findings, priorities, plan and \
the way to the next band. Respondents are read from lines of JSON into a cohort, 200 at a time; it takes at most 100,000. In the browser, the rows for the first and the last \
item above say whether answering becomes slower on the way.
";

/// What the console took for its respondents; nothing else does the same work.
fn console(samples: &Samples) -> String {
    let row = |measure: &Measure| {
        let spread = samples.spread("console", "console", measure.name);
        format!("| {} | {} |\n", measure.words, cell(measure, spread))
    };
    let rows: String = CONSOLE.iter().map(row).collect();
    format!(
        "## Ten thousand respondents in the console\n\nOne NDJSON file with their answers, drawn at random, read in the console's worker without any slowing down: each line \
         checked, scored and made a row, by the worker's own clock. The bars are two seconds and 200 MB.\n\n| | console |\n|---|---:|\n{rows}\n"
    )
}

fn table(part: &Part, samples: &Samples) -> String {
    let mut lines = format!("## {}\n\n{}\n\n| |", part.title, part.about);
    for (_, words) in CONTENDERS {
        lines += &format!(" {words} |");
    }
    lines += " ratio |\n|---|---:|---:|---:|---:|\n";
    for measure in part.measures {
        lines += &row(part, samples, measure);
    }
    lines + "\n"
}

fn row(part: &Part, samples: &Samples, measure: &Measure) -> String {
    let of = |contender: &str| part.spread(samples, contender, measure);
    let cells: Vec<String> = CONTENDERS
        .iter()
        .map(|(contender, _)| cell(measure, of(contender)))
        .collect();
    let ratio = ratio(of("delineate"), of("surveyjs"));
    format!("| {} | {} | {ratio} |\n", measure.words, cells.join(" | "))
}

fn cell(measure: &Measure, spread: Option<Spread>) -> String {
    let Some(Spread { median, low, high }) = spread else {
        return String::from("–");
    };
    let [median, low, high] = [median, low, high].map(|value| measure.unit.write(value));
    if low == median && high == median {
        return median;
    }
    // The unit is said once.
    let low = low.split(' ').next().unwrap_or_default();
    let high = high.split(' ').next().unwrap_or_default();
    format!("{median} ({low} to {high})")
}

/// SurveyJS to Delineate. Nothing where one of them is nothing, as no ratio says anything then.
fn ratio(ours: Option<Spread>, theirs: Option<Spread>) -> String {
    match (ours, theirs) {
        (Some(ours), Some(theirs)) if ours.median > 0.0 && theirs.median > 0.0 => {
            format!("{:.2}", theirs.median / ours.median)
        }
        _ => String::from("–"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::tests::EXAMPLE;
    use super::*;

    #[test]
    fn a_row_holds_medians_quarters_and_the_ratio() {
        let samples = Samples::parse(EXAMPLE).expect("the example is complete");
        let page = page(&samples, "today", "| growth |");
        for line in [
            "| bytes transferred | 1,000 | 2,500 | 400 | 2.50 |",
            "| first question answered | 30 ms (20 to 40) | 90 ms | 5 ms | 3.00 |",
            "| requests | – | – | – | – |",
            "| bytes added to the page of a host | 100 | 2,000 | – | 20.00 |",
            "| reading | 1,200 ms (1,150 to 1,250) |",
            "| WebAssembly memory | 4.00 MB |",
        ] {
            assert!(page.contains(line), "{line} is not in\n{page}");
        }
        assert!(page.contains("Measured today: 2 cores (A <fast> one), 8 GB;"));
        assert!(page.ends_with("| growth |"));
    }
}
