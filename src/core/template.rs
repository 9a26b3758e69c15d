//! Fills `{name}` in content texts. There is nothing else in the language on purpose: a text stays a text.

/// `template` with every `{name}` replaced by its value. A name that is not given stays as it is:
/// the content validator has already refused it.
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        let Some(close) = rest.find('}') else { break };
        let name = &rest[1..close];
        if let Some((_, value)) = values.iter().find(|(key, _)| *key == name) {
            out.push_str(value);
        } else {
            out.push_str(&rest[..=close]);
        }
        rest = &rest[close + 1..];
    }
    out.push_str(rest);
    out
}

/// The names between braces, in order, as they are written.
pub fn names(template: &str) -> Vec<&str> {
    template
        .split('{')
        .skip(1)
        .filter_map(|part| part.split_once('}').map(|(name, _)| name))
        .collect()
}

/// The name that stands for a term at the beginning of a sentence: `cto` becomes `Cto`. Names are plain ASCII; how the phrase
/// itself is written there is for the language, and so for the content, to say.
pub fn initial(name: &str) -> String {
    let mut name = name.to_string();
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_names() {
        let values = [("cto", "the CTO"), ("Cto", "The CTO"), ("count", "3")];
        assert_eq!(
            fill("{Cto} owns {count}; {cto} knows.", &values),
            "The CTO owns 3; the CTO knows."
        );
    }

    #[test]
    fn leaves_unknown_names_and_stray_braces_alone() {
        assert_eq!(fill("a {b} c { d", &[]), "a {b} c { d");
        assert_eq!(fill("", &[]), "");
    }

    #[test]
    fn a_value_is_never_filled_again() {
        assert_eq!(fill("{a}", &[("a", "{b}"), ("b", "x")]), "{b}");
    }

    #[test]
    fn lists_names() {
        assert_eq!(names("{a} and {B}, {a}"), ["a", "B", "a"]);
    }
}
