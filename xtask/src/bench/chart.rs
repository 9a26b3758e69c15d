//! The most telling measures as a chart: two bars each, as long as their share of the longer one.

use super::measures::{CONTENDERS, Measure, PARTS, Part};
use super::samples::Samples;

const WIDTH: f64 = 760.0;
/// Where the bars begin, and how long the longest may be; behind it stands its number.
const LEFT: f64 = 250.0;
const LONGEST: f64 = 400.0;
/// The room of a number.
const NUMBER: f64 = 70.0;
const ROW: f64 = 52.0;
const BAR: f64 = 16.0;
const TOP: f64 = 44.0;

const STYLE: &str = "\
text{font:13px system-ui,sans-serif;fill:#1c1c1c}.delineate{fill:#1b3f73}.surveyjs{fill:#9a9fa8}.floor{stroke:#c2551c;stroke-width:2}\
@media(prefers-color-scheme:dark){text{fill:#e8e8e8}.delineate{fill:#7ea6e0}.surveyjs{fill:#70757d}.floor{stroke:#f0975f}}";

pub fn chart(samples: &Samples) -> String {
    let charted: Vec<(&Part, &Measure)> = PARTS
        .iter()
        .flat_map(|part| part.measures.iter().map(move |measure| (part, measure)))
        .filter(|(_, measure)| measure.charted)
        .collect();
    let height = TOP + ROW * charted.len() as f64;
    let rows: String = charted
        .iter()
        .enumerate()
        .map(|(index, (part, measure))| row(samples, part, measure, TOP + ROW * index as f64))
        .collect();
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-labelledby=\"title\">\n\
         <title id=\"title\">Delineate beside SurveyJS; shorter is better</title>\n<style>{STYLE}</style>\n{}{rows}</svg>\n",
        legend()
    )
}

fn legend() -> String {
    let marks = [
        format!("<rect class=\"delineate\" x=\"{LEFT}\" y=\"12\" width=\"14\" height=\"14\"/>"),
        format!(
            "<rect class=\"surveyjs\" x=\"{}\" y=\"12\" width=\"14\" height=\"14\"/>",
            LEFT + 110.0
        ),
        format!("<path class=\"floor\" d=\"M{} 11v16\"/>", LEFT + 227.0),
    ];
    let texts = CONTENDERS.iter().zip([20.0, 130.0, 236.0]);
    let texts = texts.map(|((_, words), at)| label(LEFT + at, 24.0, "start", words));
    marks.into_iter().chain(texts).collect::<String>() + "\n"
}

fn label(x: f64, y: f64, anchor: &str, words: &str) -> String {
    format!("<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{words}</text>")
}

fn row(samples: &Samples, part: &Part, measure: &Measure, top: f64) -> String {
    let value = |contender: &str| {
        let spread = part.spread(samples, contender, measure)?;
        Some(spread.median.max(0.0))
    };
    let [ours, theirs, floor] = CONTENDERS.map(|(contender, _)| value(contender));
    let longest = [ours, theirs].into_iter().flatten().fold(0.0, f64::max);
    let length = |value: f64| {
        if longest > 0.0 {
            LONGEST * value / longest
        } else {
            0.0
        }
    };
    let floor = floor.map(|floor| length(floor).min(LONGEST));
    let mut row = label(LEFT - 10.0, top + BAR + 4.0, "end", measure.words);
    for (index, (value, (contender, _))) in [ours, theirs].into_iter().zip(CONTENDERS).enumerate() {
        let Some(value) = value else { continue };
        let y = top + index as f64 * (BAR + 2.0);
        let width = length(value);
        row += &format!(
            "<rect class=\"{contender}\" x=\"{LEFT}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{BAR}\"/>"
        );
        let words = measure.unit.write(value);
        // The mark of the floor must not run through the number.
        let beyond = floor.filter(|floor| (width..width + NUMBER).contains(floor));
        let end = beyond.unwrap_or(width);
        row += &label(LEFT + end + 6.0, y + 13.0, "start", &words);
    }
    if let Some(floor) = floor {
        let x = LEFT + floor;
        row += &format!(
            "<path class=\"floor\" d=\"M{x:.1} {top:.1}v{:.1}\"/>",
            2.0 * BAR + 2.0
        );
    }
    row + "\n"
}

#[cfg(test)]
mod tests {
    use super::super::samples::tests::EXAMPLE;
    use super::*;

    #[test]
    fn the_longer_bar_fills_the_width_and_the_other_its_share() {
        let samples = Samples::parse(EXAMPLE).expect("the example is complete");
        let drawn = chart(&samples);
        assert!(
            drawn.contains("class=\"surveyjs\" x=\"250\" y=\"62.0\" width=\"400.0\""),
            "{drawn}"
        );
        assert!(
            drawn.contains("class=\"delineate\" x=\"250\" y=\"44.0\" width=\"160.0\""),
            "{drawn}"
        );
        // The floor of 400 bytes, of 2,500.
        assert!(drawn.contains("d=\"M314.0 44.0v34.0\""), "{drawn}");
        assert!(drawn.contains(">2,500</text>"));
    }
}
