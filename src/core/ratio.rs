//! Exact fractions: the same answers give the same score on every machine.

use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, Div, Mul, Sub};

use serde::ser::{Error as _, SerializeStruct};
use serde::{Serialize, Serializer};
use serde_json::Number;

/// A fraction in lowest terms with a positive denominator.
///
/// The limits that [`super::content`] puts on a content file (at most [`super::content::MAX_STEPS`] steps, weights up to
/// [`super::content::MAX_WEIGHT`]) keep every numerator and denominator of a score far inside 128 bits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ratio {
    numerator: i128,
    denominator: i128,
}

fn gcd(mut a: i128, mut b: i128) -> i128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.abs()
}

impl Ratio {
    pub const ZERO: Ratio = Ratio::whole(0);
    pub const ONE: Ratio = Ratio::whole(1);

    /// `numerator / denominator`; the denominator must not be zero.
    pub fn new(numerator: i128, denominator: i128) -> Ratio {
        assert!(denominator != 0, "a fraction needs a denominator");
        let divisor = gcd(numerator, denominator) * denominator.signum();
        Ratio {
            numerator: numerator / divisor,
            denominator: denominator / divisor,
        }
    }

    pub const fn whole(value: i128) -> Ratio {
        Ratio {
            numerator: value,
            denominator: 1,
        }
    }

    /// The nearest whole number; halves go up. This is the one place where a score is rounded.
    pub fn round(self) -> i64 {
        (2 * self.numerator + self.denominator).div_euclid(2 * self.denominator) as i64
    }

    /// The whole number nearest to the square root; halves go up. The value must not be negative.
    pub fn root(self) -> i64 {
        // r is nearest when (2r - 1)² <= 4v < (2r + 1)², and a whole square is at most 4v when it is at most its floor.
        let floor = 4 * self.numerator / self.denominator;
        ((floor.isqrt() + 1) / 2) as i64
    }

    /// The value to two decimals, halves up, as a plain decimal such as `6.25`.
    pub fn decimal(self) -> String {
        self.in_parts(100)
    }

    /// The value to one decimal, halves up, as a plain decimal such as `6.3`.
    pub fn tenths(self) -> String {
        self.in_parts(10)
    }

    /// The value as a plain decimal in parts of one, of which there is a power of ten.
    fn in_parts(self, parts: u64) -> String {
        let rounded = (self * Ratio::whole(parts.into())).round();
        let sign = if rounded < 0 { "-" } else { "" };
        let rounded = rounded.unsigned_abs();
        // The one in front keeps the zeros that follow it.
        let fraction = (rounded % parts + parts).to_string();
        let whole = (rounded / parts).to_string();
        [sign, &whole, ".", &fraction[1..]].concat()
    }

    /// A whole number as it is, and anything else as [`Ratio::decimal`] writes it.
    pub fn plain(self) -> String {
        if self.denominator == 1 {
            self.numerator.to_string()
        } else {
            self.decimal()
        }
    }
}

impl Add for Ratio {
    type Output = Ratio;
    fn add(self, other: Ratio) -> Ratio {
        Ratio::new(
            self.numerator * other.denominator + other.numerator * self.denominator,
            self.denominator * other.denominator,
        )
    }
}

impl Sub for Ratio {
    type Output = Ratio;
    fn sub(self, other: Ratio) -> Ratio {
        self + other * Ratio::whole(-1)
    }
}

impl Mul for Ratio {
    type Output = Ratio;
    fn mul(self, other: Ratio) -> Ratio {
        Ratio::new(
            self.numerator * other.numerator,
            self.denominator * other.denominator,
        )
    }
}

impl Div for Ratio {
    type Output = Ratio;
    fn div(self, other: Ratio) -> Ratio {
        Ratio::new(
            self.numerator * other.denominator,
            self.denominator * other.numerator,
        )
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Ratio) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Ratio) -> Ordering {
        (self.numerator * other.denominator).cmp(&(other.numerator * self.denominator))
    }
}

/// The exact value: `5/8`, or `3` where the denominator is one.
impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}", self.numerator)?;
        if self.denominator != 1 {
            write!(f, "/{}", self.denominator)?;
        }
        Ok(())
    }
}

/// Written as `{"exact": "25/8", "rounded": 3.13}`. The decimal is written digit by digit, so no floating point is involved.
impl Serialize for Ratio {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rounded: Number = self.decimal().parse().map_err(S::Error::custom)?;
        let mut fields = serializer.serialize_struct("Ratio", 2)?;
        fields.serialize_field("exact", &self.to_string())?;
        fields.serialize_field("rounded", &rounded)?;
        fields.end()
    }
}

/// Weighted mean of the values present, or nothing when there is none (or none with a weight).
pub fn weighted_mean(parts: impl IntoIterator<Item = (u32, Option<Ratio>)>) -> Option<Ratio> {
    let mut sum = Ratio::ZERO;
    let mut weights = 0;
    for (weight, value) in parts {
        if let Some(value) = value {
            sum = sum + Ratio::whole(weight.into()) * value;
            weights += i128::from(weight);
        }
    }
    (weights > 0).then(|| sum / Ratio::whole(weights))
}

/// The places of the values from the largest down; equal ones keep their order.
///
/// A list has at most a few hundred entries here, and this is a tenth of the bytes of a general sort.
pub fn ranked(values: &[Ratio]) -> Vec<usize> {
    let mut order: Vec<usize> = Vec::with_capacity(values.len());
    for (place, value) in values.iter().enumerate() {
        let at = order.partition_point(|&other| values[other] >= *value);
        order.insert(at, place);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_round_up_and_nothing_else_does() {
        assert_eq!(Ratio::new(79, 2).round(), 40);
        assert_eq!(Ratio::new(3949, 100).round(), 39);
        assert_eq!(Ratio::whole(40).round(), 40);
        assert_eq!(Ratio::new(-1, 2).round(), 0);
    }

    #[test]
    fn roots_are_the_nearest_whole_number() {
        for (numerator, denominator, root) in [
            (0, 1, 0),
            (1, 4, 1),
            (6, 25, 0),
            (2, 1, 1),
            (9, 4, 2),
            (224, 100, 1),
            (226, 100, 2),
            (10_000, 1, 100),
            (99_500_625, 10_000, 100),
            (99_500_624, 10_000, 100),
            (99_002_499, 10_000, 99),
        ] {
            let value = Ratio::new(numerator, denominator);
            assert_eq!(value.root(), root, "{value}");
            let twice = Ratio::whole((2 * root).into());
            let (low, high) = (twice - Ratio::ONE, twice + Ratio::ONE);
            assert!(root == 0 || low * low <= value * Ratio::whole(4), "{value}");
            assert!(value * Ratio::whole(4) < high * high, "{value}");
        }
    }

    #[test]
    fn decimals_keep_their_leading_zeros() {
        assert_eq!(Ratio::new(1, 16).decimal(), "0.06");
        assert_eq!(Ratio::new(25, 8).decimal(), "3.13");
        assert_eq!(Ratio::whole(100).decimal(), "100.00");
        assert_eq!(Ratio::new(25, 4).tenths(), "6.3");
        assert_eq!(Ratio::new(1, 20).tenths(), "0.1");
        assert_eq!(Ratio::new(-1, 3).tenths(), "-0.3");
    }

    #[test]
    fn whole_numbers_are_written_without_decimals_and_only_they() {
        let plain = |numerator, denominator| Ratio::new(numerator, denominator).plain();
        assert_eq!(plain(100, 2), "50");
        assert_eq!(plain(775, 12), "64.58");
        assert_eq!(plain(199_999, 1000), "200.00");
        assert_eq!(plain(0, 7), "0");
    }

    #[test]
    fn lowest_terms_with_a_positive_denominator() {
        assert_eq!(Ratio::new(6, -8), Ratio::new(-3, 4));
        assert_eq!(Ratio::new(10, 5).to_string(), "2");
        assert_eq!(Ratio::new(10, 16).to_string(), "5/8");
    }

    #[test]
    fn ranks_from_the_largest_down_and_keeps_equals_in_order() {
        let values = [1, 3, 2, 3, 1].map(Ratio::whole);
        assert_eq!(ranked(&values), [1, 3, 2, 0, 4]);
        assert_eq!(ranked(&[]), [0; 0]);
    }

    #[test]
    fn a_mean_of_nothing_is_nothing() {
        assert_eq!(weighted_mean([(1, None), (2, None)]), None);
        assert_eq!(
            weighted_mean([(1, Some(Ratio::ONE)), (3, Some(Ratio::ZERO)), (9, None)]),
            Some(Ratio::new(1, 4))
        );
    }
}
