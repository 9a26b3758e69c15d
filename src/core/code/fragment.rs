//! A code within the fragment of an address, as `key=code` beside whatever the host's page keeps there.

/// A fragment parted at the pair `key=value`: what is before it, its value, and what is behind. The pair stands at the beginning or behind
/// `&` or `?`, and ends before the next `&`.
fn part<'a>(fragment: &'a str, key: &str) -> Option<[&'a str; 3]> {
    let mut start = 0;
    for (place, byte) in fragment.bytes().enumerate() {
        match byte {
            b'=' if fragment[start..place] == *key => {
                let rest = &fragment[place + 1..];
                let value = rest.split('&').next().unwrap_or_default();
                return Some([&fragment[..start], value, &rest[value.len()..]]);
            }
            b'&' | b'?' => start = place + 1,
            _ => {}
        }
    }
    None
}

fn bare(fragment: &str) -> &str {
    fragment.strip_prefix('#').unwrap_or(fragment)
}

/// The code in a fragment, which may begin with `#`. The key is a word of letters.
pub fn from_fragment<'a>(fragment: &'a str, key: &str) -> Option<&'a str> {
    part(bare(fragment), key).map(|[_, code, _]| code)
}

/// The fragment without its code, and otherwise as it was; it begins with `#` unless nothing is left.
pub fn fragment_without(fragment: &str, key: &str) -> String {
    let mut rest = String::from(bare(fragment));
    while let Some([before, _, behind]) = part(&rest, key) {
        // One of the two neighbouring separators goes with the pair: the one behind it, or else the one before it.
        rest = if behind.is_empty() {
            before[..before.len().saturating_sub(1)].into()
        } else {
            [before, &behind[1..]].concat()
        };
    }
    let sign = if rest.is_empty() { "" } else { "#" };
    [sign, &rest].concat()
}

/// The fragment with this code in place of any other, and otherwise as it was; it begins with `#`.
pub fn fragment_with(fragment: &str, key: &str, code: &str) -> String {
    let rest = fragment_without(fragment, key);
    // A fragment that looks like a path belongs to a router, which takes what follows `?` for a query.
    let path = matches!(rest.as_bytes(), [b'#', b'/' | b'!', ..]);
    let separator = match rest.as_bytes() {
        [] => "#",
        [.., b'&' | b'?'] => "",
        bytes if path && !bytes.contains(&b'?') => "?",
        _ => "&",
    };
    [&rest, separator, key, "=", code].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_stands_beside_what_the_host_keeps() {
        for (before, after) in [
            ("", "#rcc=BCD"),
            ("#", "#rcc=BCD"),
            ("#contact", "#contact&rcc=BCD"),
            ("#tab=2", "#tab=2&rcc=BCD"),
            ("#tab=2&", "#tab=2&rcc=BCD"),
            ("tab=2&rcc=old", "#tab=2&rcc=BCD"),
            ("#rcc=old&tab=2", "#tab=2&rcc=BCD"),
            ("#rcc=old&rcc=older", "#rcc=BCD"),
            ("#arcc=1&rccb=2", "#arcc=1&rccb=2&rcc=BCD"),
            ("#rcc", "#rcc&rcc=BCD"),
            ("#/about", "#/about?rcc=BCD"),
            ("#/about?tab=2", "#/about?tab=2&rcc=BCD"),
            ("#/about?rcc=old&tab=2", "#/about?tab=2&rcc=BCD"),
            ("#!/about?rcc=old", "#!/about?rcc=BCD"),
            ("#a#", "#a#&rcc=BCD"),
            ("#größe=ü", "#größe=ü&rcc=BCD"),
        ] {
            let with = fragment_with(before, "rcc", "BCD");
            assert_eq!(with, after, "{before}");
            assert_eq!(from_fragment(&with, "rcc"), Some("BCD"), "{before}");
            assert_eq!(from_fragment(&with[1..], "rcc"), Some("BCD"), "{before}");
            assert_eq!(fragment_with(&with, "rcc", "BCD"), with, "{before}");
        }
    }

    #[test]
    fn taking_a_code_out_leaves_the_rest() {
        for (before, after) in [
            ("", ""),
            ("#", ""),
            ("#rcc=x", ""),
            ("#contact", "#contact"),
            ("#contact&rcc=x", "#contact"),
            ("#a=1&rcc=x&b=2", "#a=1&b=2"),
            ("#rcc=x&b=2", "#b=2"),
            ("#rcc=x&b=2&rcc=y", "#b=2"),
            ("#/about?rcc=x", "#/about"),
            ("#/about?rcc=x&b=2", "#/about?b=2"),
        ] {
            assert_eq!(fragment_without(before, "rcc"), after, "{before}");
            assert_eq!(from_fragment(&fragment_without(before, "rcc"), "rcc"), None);
        }
    }

    #[test]
    fn no_key_no_code() {
        for fragment in [
            "", "#", "#rcc", "#xrcc=1", "#rccx=1", "#contact", "#RCC=1", "#=1",
        ] {
            assert_eq!(from_fragment(fragment, "rcc"), None, "{fragment}");
        }
        assert_eq!(from_fragment("#rcc=", "rcc"), Some(""));
        assert_eq!(from_fragment("#a=1&rcc=B=C&b=2", "rcc"), Some("B=C"));
    }
}
