//! The hour's agenda as a text to send round: Markdown that says the same in every reader.

use super::agenda::Agenda;
use super::compare::Comparison;
use super::content::NamedText;
use super::desk::{DeskKey, DeskTexts};
use super::wording::Wording;

/// What Markdown reads as its own wherever it stands in a line.
const SIGNS: &[char] = &['\\', '`', '*', '_', '[', ']', '<', '>', '&', '|', '~', '#'];

/// A text as one line in which nothing is mark-up. A name is a visitor's own and may hold anything.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for one in text.chars() {
        if SIGNS.contains(&one) {
            plain.push('\\');
        }
        plain.push(if one.is_control() { ' ' } else { one });
    }
    plain
}

/// The agenda, or the one sentence that there is none, with who was compared and how far they agree.
pub fn markdown(words: &Wording, texts: &DeskTexts, comparison: &Comparison) -> String {
    let say = |key, values: &[(&str, &str)]| plain(&words.fill(texts.get(key), values));
    let names: Vec<&str> = comparison
        .participants
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    let names = words.list(&names);
    let agreement = match comparison.agreement.percent {
        Some(percent) => say(
            DeskKey::MeetingAgreement,
            &[("percent", &percent.to_string())],
        ),
        None => plain(&words.too_little(&comparison.agreement).unwrap_or_default()),
    };
    let mut lines = vec![
        ["# ", &say(DeskKey::MeetingTitle, &[])].concat(),
        say(DeskKey::MeetingPeople, &[("names", &names)]),
        agreement,
    ];
    for notice in &comparison.notices {
        lines.push(plain(&words.notice(comparison, notice)));
    }
    match &comparison.agenda {
        Some(agenda) => {
            lines.push(topics(words, texts, comparison, agenda));
            let unseen = comparison.critical_unseen();
            let domains = words.domains(&unseen);
            let find_out = || say(DeskKey::AgendaFindOut, &[("domains", &domains)]);
            lines.extend((!unseen.is_empty()).then(find_out));
            let rest = comparison.beyond_agenda();
            let count = rest.to_string();
            lines.extend((rest > 0).then(|| say(DeskKey::AgendaRest, &[("count", &count)])));
        }
        None => lines.push(plain(&words.comparison().agenda.none)),
    }
    lines.join("\n\n") + "\n"
}

fn topics(words: &Wording, texts: &DeskTexts, comparison: &Comparison, agenda: &Agenda) -> String {
    let wording = &words.comparison().agenda;
    let standing = |minutes: usize, of: &NamedText| {
        (
            minutes,
            words.fill(&of.name, &[]),
            words.fill(&of.text, &[]),
        )
    };
    let mut points = vec![standing(agenda.opening, &wording.opening)];
    for (place, topic) in agenda.topics.iter().enumerate() {
        let number = (place + 1).to_string();
        let name = words.fill(texts.get(DeskKey::MeetingPoint), &[("number", &number)]);
        let mut question = words.disagreement(comparison, &topic.about);
        if let Some(shared) = words.shared_target(comparison, &topic.about) {
            question = [&question, " ", &shared].concat();
        }
        points.push((topic.minutes, name, question));
    }
    points.push(standing(agenda.closing, &wording.closing));
    let mut from = 0;
    let point = |(place, (minutes, name, text)): (usize, &(usize, String, String))| {
        let to = from + minutes;
        let (first, last) = (from.to_string(), to.to_string());
        let time = words.fill(
            texts.get(DeskKey::MeetingMinutes),
            &[("from", &first), ("to", &last)],
        );
        from = to;
        [
            &(place + 1).to_string(),
            ". **",
            &plain(name),
            "** (",
            &plain(&time),
            ")  \n   ",
            &plain(text),
        ]
        .concat()
    };
    let points: Vec<String> = points.iter().enumerate().map(point).collect();
    points.join("\n")
}
