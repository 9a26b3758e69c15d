//! What is said of several respondents together: exact on the whole numbers of their rows, rounded once when it is shown.

use serde::ser::Error as _;
use serde::{Serialize, Serializer};
use serde_json::Number;

use super::super::content::Content;
use super::super::ratio::Ratio;
use super::super::result::DomainKind;
use super::row::{OwnerClass, Row};

/// The scores that there are: 0 to 100.
const SCORES: usize = 101;

/// The statistics of a group, or that it is too small to be shown.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    Shown(Box<Statistics>),
    /// It has fewer respondents than the content's smallest group, or would give away another that has.
    Suppressed,
}

/// Statistics of a group. Lists are in content order, shares in percent of the group.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Statistics {
    pub respondents: usize,
    pub score: Distribution,
    pub practice: Distribution,
    pub delineation: Distribution,
    pub steps: Vec<StepDistribution>,
    /// Every band from the lowest up, then those without a band.
    pub bands: Vec<BandCount>,
    pub domains: Vec<DomainOwners>,
    pub gaps: Unclear,
    pub overlaps: Unclear,
}

/// How scores of 0 to 100 are spread.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Distribution {
    /// How many respondents have this score.
    pub n: usize,
    /// Absent when they are fewer than the content's smallest group.
    pub summary: Option<Summary>,
}

#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Summary {
    pub mean: Ratio,
    /// Of a sample: the sum of squares is divided by n - 1.
    pub variance: Ratio,
    /// Its root.
    pub sd: Root,
    /// Quartiles by linear interpolation between neighbours (type 7 of Hyndman and Fan).
    pub q1: Ratio,
    pub median: Ratio,
    pub q3: Ratio,
}

/// A square root in hundredths, halves rounded up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Root(Ratio);

#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct StepDistribution {
    pub id: String,
    pub values: Distribution,
}

#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct BandCount {
    /// Absent for those without a band.
    pub id: Option<String>,
    pub count: usize,
    pub share: Option<Ratio>,
}

/// Who holds a domain: the row of a heat map.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct DomainOwners {
    pub id: String,
    /// Every class in the order of [`OwnerClass::all`].
    pub owners: Vec<OwnerShare>,
}

#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct OwnerShare {
    /// As [`OwnerClass::id`]; absent for what was not answered.
    pub id: Option<String>,
    pub count: usize,
    pub share: Option<Ratio>,
}

/// Gaps, or overlaps.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Unclear {
    /// Respondents who have at least one.
    pub respondents: usize,
    pub share: Option<Ratio>,
    /// All of them together.
    pub count: usize,
    /// For each respondent.
    pub mean: Option<Ratio>,
}

impl Root {
    fn of(square: Ratio) -> Root {
        let hundredths = (square * Ratio::whole(10_000)).root();
        Root(Ratio::new(hundredths.into(), 100))
    }

    /// A plain decimal with two places.
    pub fn decimal(self) -> String {
        self.0.decimal()
    }
}

impl Serialize for Root {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let decimal: Number = self.decimal().parse().map_err(S::Error::custom)?;
        decimal.serialize(serializer)
    }
}

/// The share of a group in percent, or nothing of nobody.
fn share(count: usize, group: usize) -> Option<Ratio> {
    (group > 0).then(|| Ratio::new(100 * count as i128, group as i128))
}

/// How many respondents have each score. Its size does not grow with them, and no order is lost that a statistic needs.
#[derive(Clone)]
struct Histogram([usize; SCORES]);

impl Histogram {
    fn new() -> Histogram {
        Histogram([0; SCORES])
    }

    fn add(&mut self, score: Option<u8>) {
        if let Some(score) = score {
            self.0[usize::from(score)] += 1;
        }
    }

    fn n(&self) -> usize {
        self.0.iter().sum()
    }

    /// The sum of a whole number made of each score.
    fn sum(&self, of: impl Fn(i128) -> i128) -> i128 {
        let scores = self.0.iter().enumerate();
        scores
            .map(|(score, count)| of(score as i128) * *count as i128)
            .sum()
    }

    /// The score at a place, from 0, among all of them from the lowest up.
    fn at(&self, place: usize) -> i128 {
        let mut passed = 0;
        let reached = self.0.iter().position(|count| {
            passed += count;
            passed > place
        });
        reached.map_or(0, |score| score as i128)
    }

    /// The value below which `quarters` quarters lie: of the places 0 to n - 1, the one at that share, between two
    /// neighbours in proportion.
    fn quantile(&self, quarters: usize) -> Ratio {
        let place = (self.n() - 1) * quarters;
        let (low, over) = (self.at(place / 4), place % 4);
        let high = self.at((place / 4 + 1).min(self.n() - 1));
        Ratio::whole(low) + Ratio::new((high - low) * over as i128, 4)
    }

    fn distribution(&self, fewest: usize) -> Distribution {
        let n = self.n();
        Distribution {
            n,
            summary: (n >= fewest.max(2)).then(|| self.summary(n as i128)),
        }
    }

    fn summary(&self, n: i128) -> Summary {
        let (sum, squares) = (self.sum(|score| score), self.sum(|score| score * score));
        let variance = Ratio::new(n * squares - sum * sum, n * (n - 1));
        Summary {
            mean: Ratio::new(sum, n),
            variance,
            sd: Root::of(variance),
            q1: self.quantile(1),
            median: self.quantile(2),
            q3: self.quantile(3),
        }
    }
}

/// What is counted in one pass over the rows.
struct Counts {
    respondents: usize,
    score: Histogram,
    practice: Histogram,
    delineation: Histogram,
    steps: Vec<Histogram>,
    /// The last one without a band.
    bands: Vec<usize>,
    /// By domain, then by class.
    owners: Vec<Vec<usize>>,
    gaps: Found,
    overlaps: Found,
}

/// How many respondents have one of a kind, and how many of it there are.
#[derive(Default)]
struct Found {
    respondents: usize,
    count: usize,
}

impl Found {
    fn add(&mut self, count: usize) {
        self.respondents += usize::from(count > 0);
        self.count += count;
    }

    fn unclear(&self, group: usize) -> Unclear {
        Unclear {
            respondents: self.respondents,
            share: share(self.respondents, group),
            count: self.count,
            mean: (group > 0).then(|| Ratio::new(self.count as i128, group as i128)),
        }
    }
}

impl Counts {
    fn new(content: &Content) -> Counts {
        let instrument = &content.instrument;
        let classes = OwnerClass::all(instrument).len();
        Counts {
            respondents: 0,
            score: Histogram::new(),
            practice: Histogram::new(),
            delineation: Histogram::new(),
            steps: vec![Histogram::new(); instrument.steps.len()],
            bands: vec![0; instrument.scoring.bands.len() + 1],
            owners: vec![vec![0; classes]; instrument.domains.len()],
            gaps: Found::default(),
            overlaps: Found::default(),
        }
    }

    fn add(&mut self, row: &Row, officers: usize) {
        self.respondents += 1;
        self.score.add(row.score);
        self.practice.add(row.practice);
        self.delineation.add(row.delineation);
        for (histogram, score) in self.steps.iter_mut().zip(&row.steps) {
            histogram.add(*score);
        }
        let without = self.bands.len() - 1;
        self.bands[row.band.map_or(without, usize::from)] += 1;
        for (counts, owner) in self.owners.iter_mut().zip(&row.owners) {
            counts[owner.place(officers)] += 1;
        }
        self.gaps.add(row.count(DomainKind::Gap));
        self.overlaps.add(row.count(DomainKind::Overlap));
    }
}

impl Statistics {
    pub(super) fn of<'a>(content: &Content, rows: impl Iterator<Item = &'a Row>) -> Statistics {
        let instrument = &content.instrument;
        let mut counts = Counts::new(content);
        for row in rows {
            counts.add(row, instrument.officers.len());
        }
        let group = counts.respondents;
        let fewest = instrument.smallest_group();
        let classes = OwnerClass::all(instrument);
        let steps = instrument.steps.iter().zip(&counts.steps);
        let ids = instrument.scoring.bands.iter().map(|band| Some(&band.id));
        let domains = instrument.domains.iter().zip(&counts.owners);
        Statistics {
            respondents: group,
            score: counts.score.distribution(fewest),
            practice: counts.practice.distribution(fewest),
            delineation: counts.delineation.distribution(fewest),
            steps: steps
                .map(|(step, histogram)| StepDistribution {
                    id: step.id.clone(),
                    values: histogram.distribution(fewest),
                })
                .collect(),
            bands: ids
                .chain([None])
                .zip(&counts.bands)
                .map(|(id, count)| BandCount {
                    id: id.cloned(),
                    count: *count,
                    share: share(*count, group),
                })
                .collect(),
            domains: domains
                .map(|(domain, counts)| DomainOwners {
                    id: domain.id.clone(),
                    owners: classes
                        .iter()
                        .zip(counts)
                        .map(|(class, count)| OwnerShare {
                            id: class.id(instrument).map(str::to_owned),
                            count: *count,
                            share: share(*count, group),
                        })
                        .collect(),
                })
                .collect(),
            gaps: counts.gaps.unclear(group),
            overlaps: counts.overlaps.unclear(group),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(scores: &[u8]) -> Summary {
        let mut histogram = Histogram::new();
        for score in scores {
            histogram.add(Some(*score));
        }
        let distribution = histogram.distribution(5);
        assert_eq!(distribution.n, scores.len());
        distribution.summary.expect("there are enough")
    }

    #[test]
    fn worked_by_hand() {
        // Sum 30, mean 6; squares of the differences 16 + 4 + 0 + 1 + 25 = 46, over 4 is 11.5, root 3.3912.
        let found = summary(&[2, 4, 6, 7, 11]);
        assert_eq!(found.mean, Ratio::whole(6));
        assert_eq!(found.variance, Ratio::new(23, 2));
        assert_eq!(found.sd.decimal(), "3.39");
        // Places 1, 2 and 3 of 0 to 4.
        let quartiles = [found.q1, found.median, found.q3];
        assert_eq!(quartiles, [4, 6, 7].map(Ratio::whole));
    }

    #[test]
    fn quartiles_lie_between_neighbours_in_proportion() {
        // Places 1.25, 2.5 and 3.75 of 0 to 5.
        let found = summary(&[10, 20, 40, 80, 90, 100]);
        assert_eq!(found.q1, Ratio::whole(25));
        assert_eq!(found.median, Ratio::whole(60));
        assert_eq!(found.q3, Ratio::new(175, 2));
    }

    #[test]
    fn the_ends_of_the_scale_are_scores_like_others() {
        let found = summary(&[0, 0, 0, 0, 0, 100, 100, 100, 100, 100]);
        assert_eq!(found.mean, Ratio::whole(50));
        assert_eq!(found.sd.decimal(), "52.70");
        assert_eq!(found.median, Ratio::whole(50));
        let alike = summary(&[100; 7]);
        assert_eq!((alike.variance, alike.q3), (Ratio::ZERO, Ratio::whole(100)));
    }

    #[test]
    fn too_few_scores_are_counted_and_no_more() {
        let mut histogram = Histogram::new();
        for score in [None, Some(50), Some(60), Some(70), Some(80), None] {
            histogram.add(score);
        }
        let found = histogram.distribution(5);
        assert_eq!((found.n, found.summary), (4, None));
        assert!(histogram.distribution(4).summary.is_some());
        assert_eq!(Histogram::new().distribution(5).n, 0);
    }
}
