//! How long scoring takes for ever more items and ever more respondents, as two tables in Markdown. Run it by
//! `cargo xtask bench --growth`, which builds it with the widget's own profile.

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    print!("{}", native::report());
}

#[cfg(not(target_arch = "wasm32"))]
#[path = "../tests/common/drawn.rs"]
mod drawn;
#[cfg(not(target_arch = "wasm32"))]
mod synthetic;

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use std::hint::black_box;
    use std::rc::Rc;
    use std::time::{Duration, Instant};

    use delineate::core::cohort::{Cohort, Filter, MOST_ROWS};
    use delineate::core::content::{Content, MAX_ITEMS_OF_A_STEP, MAX_STEPS};
    use delineate::core::response::Response;
    use delineate::core::result::ResultDocument;

    use crate::drawn;
    use crate::synthetic::content;

    /// Steps and items of each, up to the limits of a valid pack.
    const CONTENTS: [(usize, usize); 6] = [
        (10, 1),
        (10, 3),
        (10, 6),
        (10, MAX_ITEMS_OF_A_STEP),
        (20, MAX_ITEMS_OF_A_STEP),
        (MAX_STEPS, MAX_ITEMS_OF_A_STEP),
    ];

    /// How many responses of different people a result is made of in turn.
    const DIFFERENT: usize = 20;

    const RESPONDENTS: [usize; 5] = [10, 100, 1_000, 10_000, MOST_ROWS];

    /// How many respondents are read at a time.
    const SLICE: usize = 200;

    /// How long one measurement repeats its work at least.
    const ENOUGH: Duration = Duration::from_millis(50);
    /// How often that is done; the middle one counts.
    const TIMES: usize = 7;

    pub fn report() -> String {
        [items(), respondents()].join("\n")
    }

    /// Seconds that the work takes once: the median of several measurements.
    fn seconds(mut work: impl FnMut()) -> f64 {
        let mut measured: Vec<f64> = (0..TIMES)
            .map(|_| {
                let start = Instant::now();
                let mut repeats = 0;
                while start.elapsed() < ENOUGH {
                    work();
                    repeats += 1;
                }
                start.elapsed().as_secs_f64() / f64::from(repeats)
            })
            .collect();
        measured.sort_by(f64::total_cmp);
        measured[TIMES / 2]
    }

    fn items() -> String {
        let mut lines = String::from(
            "| items | read the content, ms | one result, ms | one result, µs for each item |\n|---:|---:|---:|---:|\n",
        );
        let mut points = Vec::new();
        for (steps, each) in CONTENTS {
            let items = steps * each;
            let pack = content(steps, each);
            let content = parse(&pack);
            let reading = seconds(|| drop(black_box(Content::parse(black_box(&pack)))));
            let responses = responses(&content);
            let mut next = responses.iter().cycle();
            let result = seconds(|| {
                let response = next.next().expect("a cycle has no end");
                black_box(ResultDocument::new(&content, black_box(response)));
            });
            points.push((items as f64, result));
            lines += &format!(
                "| {items} | {:.2} | {:.3} | {:.2} |\n",
                1e3 * reading,
                1e3 * result,
                1e6 * result / items as f64
            );
        }
        lines + &said("items", &points)
    }

    /// Responses that ask every item.
    pub(crate) fn responses(content: &Content) -> Vec<Response> {
        let steps: Vec<String> = content
            .instrument
            .steps
            .iter()
            .map(|step| step.id.clone())
            .collect();
        let drawn = drawn::responses(content, DIFFERENT, 1);
        let full = drawn.map(|mut response| {
            response.extend(content, &steps);
            response
        });
        full.collect()
    }

    fn respondents() -> String {
        let mut lines = String::from(
            "| respondents | read them all, s | µs for each respondent | statistics of them all, ms |\n|---:|---:|---:|---:|\n",
        );
        let content = Rc::new(parse(&content(10, 3)));
        // The first respondents of a program pay for what it sets up once.
        read(&content, SLICE);
        let mut points = Vec::new();
        for number in RESPONDENTS {
            let (cohort, all) = read(&content, number);
            let statistics = seconds(|| drop(black_box(cohort.statistics(Filter::default()))));
            points.push((number as f64, all));
            lines += &format!(
                "| {number} | {all:.4} | {:.0} | {:.2} |\n",
                1e6 * all / number as f64,
                1e3 * statistics
            );
        }
        lines + &said("respondents", &points)
    }

    /// A cohort of drawn respondents, and the seconds that reading took without drawing them.
    fn read(content: &Rc<Content>, number: usize) -> (Cohort, f64) {
        let mut cohort = Cohort::new(content);
        let mut ingest = cohort.ingest("drawn");
        let mut drawn = drawn::responses(content, number, 2).peekable();
        let mut taken = Duration::ZERO;
        while drawn.peek().is_some() {
            let lines = drawn.by_ref().take(SLICE);
            let slice: String = lines.map(|response| response.to_json() + "\n").collect();
            let start = Instant::now();
            ingest.feed(slice.as_bytes());
            if drawn.peek().is_none() {
                ingest.end();
            }
            black_box(ingest.step(&mut cohort, usize::MAX));
            taken += start.elapsed();
        }
        assert_eq!(
            cohort.rows().len(),
            number,
            "every drawn respondent is kept"
        );
        (cohort, taken.as_secs_f64())
    }

    fn parse(pack: &str) -> Content {
        Content::parse(pack).unwrap_or_else(|problems| {
            let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
            panic!("a made-up content is not valid:\n{}", lines.join("\n"))
        })
    }

    /// The power of the number with which the time grows, fitted by least squares on the logarithms; 1 is linear.
    pub(crate) fn power(points: &[(f64, f64)]) -> f64 {
        let logs: Vec<(f64, f64)> = points.iter().map(|(x, y)| (x.ln(), y.ln())).collect();
        let count = logs.len() as f64;
        let mean = |of: fn(&(f64, f64)) -> f64| logs.iter().map(of).sum::<f64>() / count;
        let (x, y) = (mean(|point| point.0), mean(|point| point.1));
        let together: f64 = logs.iter().map(|(a, b)| (a - x) * (b - y)).sum();
        together / logs.iter().map(|(a, _)| (a - x).powi(2)).sum::<f64>()
    }

    fn said(what: &str, points: &[(f64, f64)]) -> String {
        format!(
            "\nThe time grows with the number of {what} to the power of {:.2} (1 is linear).\n",
            power(points)
        )
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use delineate::core::content::{Content, MAX_ITEMS_OF_A_STEP, MAX_STEPS};
    use delineate::core::result::ResultDocument;

    use crate::native::{power, responses};
    use crate::synthetic::content;

    #[test]
    fn the_largest_content_that_is_valid_can_be_made_and_asks_every_item() {
        let pack = content(MAX_STEPS, MAX_ITEMS_OF_A_STEP);
        let content = Content::parse(&pack).expect("it is valid");
        for response in responses(&content) {
            let result = ResultDocument::new(&content, &response);
            let domains = content.instrument.domains.len();
            assert_eq!(
                result.receipt.len(),
                MAX_STEPS * MAX_ITEMS_OF_A_STEP + domains
            );
        }
    }

    #[test]
    fn the_power_of_a_line_is_one_and_of_a_square_two() {
        let of = |grow: fn(f64) -> f64| power(&[10.0, 100.0, 1000.0].map(|x| (x, grow(x))));
        assert!((of(|x| 3.0 * x) - 1.0).abs() < 1e-9);
        assert!((of(|x| x * x / 7.0) - 2.0).abs() < 1e-9);
    }
}
