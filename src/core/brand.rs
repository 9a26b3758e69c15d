//! A host's name and colours, as a pack gives them. A brand that could not be read is refused.

use std::fmt;

use serde_json::Value;

use super::read::{Read, Reader};

const MOST_NAME: usize = 40;
/// What WCAG 2 asks of a text: (lighter + 0.05) to (darker + 0.05), in hundredths.
pub const TEXT_CONTRAST: u64 = 450;
/// [`Colour::luminance`] of white.
const WHITE: u64 = 100_000_000;
/// The least luminance of a paper: every other text colour of the check is made for a light one.
pub const LIGHT_PAPER: u64 = 80_000_000;

/// For a light colour scheme; a dark one keeps its own paper.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Brand {
    pub name: Option<String>,
    /// Buttons, links and marks: at least [`TEXT_CONTRAST`] on the paper.
    pub accent: Option<Colour>,
    /// The ground of the pages: at least [`LIGHT_PAPER`].
    pub paper: Option<Colour>,
}

/// Red, green and blue of the sRGB space, written as `#rrggbb`.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Colour([u8; 3]);

impl Colour {
    pub const BLACK: Colour = Colour([0; 3]);
    pub const WHITE: Colour = Colour([255; 3]);
    /// The paper of the built-in look.
    pub const PAPER: Colour = Colour([0xfc, 0xfb, 0xf8]);

    pub fn parse(text: &str) -> Option<Colour> {
        let digits = text.strip_prefix('#')?;
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let channel = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
        Some(Colour([channel(0)?, channel(2)?, channel(4)?]))
    }

    /// Relative luminance as WCAG 2 defines it, from 0 to 100,000,000.
    pub fn luminance(self) -> u64 {
        let shares = [2126, 7152, 722];
        let parts = self.0.iter().zip(shares);
        parts.map(|(c, share)| linear(*c) * share).sum::<u64>() / 10_000
    }

    /// Whether a text of this colour on that ground has a contrast of `hundredths` to 100.
    pub fn contrasts(self, ground: Colour, hundredths: u64) -> bool {
        let [a, b] = [self, ground].map(|colour| colour.luminance() + WHITE / 20);
        a.max(b) * 100 >= a.min(b) * hundredths
    }

    /// Black or white, whichever reads better on this colour; one of the two always has [`TEXT_CONTRAST`].
    pub fn text_on(self) -> Colour {
        if Colour::WHITE.contrasts(self, TEXT_CONTRAST) {
            Colour::WHITE
        } else {
            Colour::BLACK
        }
    }
}

/// The light of one channel, from 0 to 100,000,000: `((c + 0.055) / 1.055) ^ 2.4` for c from 0 to 1, and a line near black.
fn linear(channel: u8) -> u64 {
    let channel = u64::from(channel);
    if channel <= 10 {
        return channel * WHITE * 100 / (1292 * 255);
    }
    // In ten-thousandths; its square, in hundred-millionths, times the fifth root of that square.
    let base = (1000 * channel + 14_025) * 10_000 / 269_025;
    let square = base * base;
    square * fifth_root(square) / ROOT_SCALE
}

/// The unit of [`fifth_root`]: the finest whose fifth power fits.
const ROOT_SCALE: u64 = 5000;

/// The fifth root of a share in hundred-millionths, in five-thousandths, rounded down.
fn fifth_root(share: u64) -> u64 {
    // ROOT_SCALE to the fifth, divided by the unit of the share.
    let power = share * 31_250_000_000;
    let (mut low, mut high) = (0, ROOT_SCALE);
    while low < high {
        let middle = (low + high).div_ceil(2);
        if middle.pow(5) <= power {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    low
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("#")?;
        self.0.iter().try_for_each(|c| write!(f, "{c:02x}"))
    }
}

impl Read for Colour {
    fn read(value: &Value, reader: &mut Reader) -> Colour {
        let colour = value.as_str().and_then(Colour::parse);
        if colour.is_none() {
            reader.problem(&["expected a colour such as #1b3f73"]);
        }
        colour.unwrap_or_default()
    }
}

impl Read for Brand {
    fn read(value: &Value, reader: &mut Reader) -> Brand {
        let Value::Object(fields) = value else {
            reader.expected("an object", value);
            return Brand {
                name: None,
                accent: None,
                paper: None,
            };
        };
        for name in fields.keys() {
            if !["name", "accent", "paper"].contains(&name.as_str()) {
                reader.within_name(name, |reader| reader.problem(&["a brand has no such part"]));
            }
        }
        let before = reader.found();
        let brand = Brand {
            name: reader.field(value, "name"),
            accent: reader.field(value, "accent"),
            paper: reader.field(value, "paper"),
        };
        if reader.found() == before {
            brand.check(reader);
        }
        brand
    }
}

impl Brand {
    fn check(&self, reader: &mut Reader) {
        let mut require = |holds: bool, name: &str, reason: &str| {
            if !holds {
                reader.within_name(name, |reader| reader.problem(&[reason]));
            }
        };
        if let Some(name) = &self.name {
            let fits = (1..=MOST_NAME).contains(&name.chars().count())
                && name.trim().len() == name.len()
                && !name.contains(super::content::is_hidden);
            require(
                fits,
                "name",
                "a name has 1 to 40 characters, none of them hidden, and no space around it",
            );
        }
        let paper = self.paper.unwrap_or(Colour::PAPER);
        let light = paper.luminance() >= LIGHT_PAPER;
        require(
            light,
            "paper",
            "the paper must be light: the check's own dark mode has its own paper",
        );
        if let Some(accent) = self.accent.filter(|_| light) {
            require(
                accent.contrasts(paper, TEXT_CONTRAST),
                "accent",
                "the accent cannot be read on the paper: the contrast must be at least 4.5 to 1, so choose a darker one",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).unwrap_or_else(|| panic!("{text} is no colour"))
    }

    #[test]
    fn luminance_is_that_of_the_definition() {
        // Worked out from the formula in floating point, to five places.
        for (text, expected) in [
            ("#000000", 0),
            ("#ffffff", 100_000),
            ("#808080", 21_586),
            ("#0a0a0a", 304),
            ("#0b0b0b", 335),
            ("#a84b14", 13_413),
            ("#55606b", 11_360),
            ("#fcfbf8", 96_466),
        ] {
            let found = colour(text).luminance().div_ceil(1000);
            assert!(found.abs_diff(expected) <= 25, "{text}: {found}");
        }
        let greys: Vec<u64> = (0..=255).map(|c| Colour([c; 3]).luminance()).collect();
        assert!(greys.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn contrast_is_judged_as_wcag_judges_it() {
        // #767676 is the lightest grey that passes on white, #777777 the first that does not.
        assert!(colour("#767676").contrasts(Colour::WHITE, TEXT_CONTRAST));
        assert!(!colour("#777777").contrasts(Colour::WHITE, TEXT_CONTRAST));
        for c in 0..=255 {
            for ground in [Colour([c; 3]), Colour([c, 0, 0]), Colour([0, c, 255])] {
                let text = ground.text_on();
                assert!(text.contrasts(ground, TEXT_CONTRAST), "{text} on {ground}");
            }
        }
    }

    fn read(brand: Value) -> (Brand, Vec<String>) {
        let mut reader = Reader::default();
        let brand = Brand::read(&brand, &mut reader);
        let problems = reader.problems.iter().map(ToString::to_string);
        (brand, problems.collect())
    }

    #[test]
    fn a_brand_is_read_and_written_back() {
        let (brand, problems) =
            read(json!({ "name": "Example", "accent": "#1B3F73", "paper": "#ffffff" }));
        assert_eq!(problems, Vec::<String>::new());
        let accent = brand.accent.expect("an accent was given");
        assert_eq!(accent.to_string(), "#1b3f73");
        assert_eq!(read(json!({})).1, Vec::<String>::new());
    }

    #[test]
    fn what_would_not_be_readable_is_refused_with_its_place() {
        for (brand, problem) in [
            (json!([]), "expected an object, found a list"),
            (
                json!({ "colour": "#1b3f73" }),
                "/colour: a brand has no such part",
            ),
            (json!({ "accent": "red" }), "/accent: expected a colour"),
            (json!({ "accent": "#1b3f7" }), "/accent: expected a colour"),
            (json!({ "accent": "#1b3f7é" }), "/accent: expected a colour"),
            (json!({ "accent": "#+1b3f7" }), "/accent: expected a colour"),
            (
                json!({ "accent": "#fff;}body{" }),
                "/accent: expected a colour",
            ),
            (json!({ "accent": 7 }), "/accent: expected a colour"),
            (
                json!({ "accent": "#9cc1f3" }),
                "/accent: the accent cannot be read",
            ),
            (
                json!({ "paper": "#101010" }),
                "/paper: the paper must be light",
            ),
            (json!({ "name": "" }), "/name: a name has"),
            (json!({ "name": " Example" }), "/name: a name has"),
            (json!({ "name": "Exam\u{202e}ple" }), "/name: a name has"),
            (json!({ "name": "x".repeat(41) }), "/name: a name has"),
            (json!({ "name": 1 }), "/name: expected a text"),
        ] {
            let (_, found) = read(brand.clone());
            assert!(
                found.len() == 1 && found[0].starts_with(problem),
                "{brand}: {found:?}"
            );
        }
    }
}
