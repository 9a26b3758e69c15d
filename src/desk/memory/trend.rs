//! What follows from saved results: the trend, and what changed since the last one.

use super::{State, or_dash};
use crate::chart;
use crate::core::changes::Changes;
use crate::core::desk::DeskKey;
use crate::core::interface::Key;
use crate::core::response::{Column, ItemAnswer, Owner};
use crate::core::result::{ResultDocument, StepResult};
use crate::desk::View;
use crate::dom::{Node, node, table, text};

pub fn score(view: &View, result: &ResultDocument) -> String {
    or_dash(view, result.told(result.score))
}

pub fn band(view: &View, result: &ResultDocument) -> String {
    match &result.band {
        Some(band) => view.words.band(&band.id).into(),
        None => view.words.text(Key::BandNone, &[]),
    }
}

/// One result on the trend.
struct Point<'a> {
    name: String,
    date: String,
    result: &'a ResultDocument,
}

/// The saved results, and the present one where it is not the last of them.
fn points<'a>(view: &'a View, state: &'a State) -> Vec<Point<'a>> {
    let saved = state.entries.iter().filter_map(|entry| {
        Some(Point {
            name: entry.snapshot.name.clone(),
            date: view.props.ports.calendar.written(entry.snapshot.date),
            result: entry.result.as_ref()?,
        })
    });
    let mut points: Vec<Point> = saved.collect();
    let last = state.history.readable().next_back();
    let is_saved = last.is_some_and(|(_, response)| *response == *view.props.response);
    if !is_saved {
        points.push(Point {
            name: view.text(DeskKey::TrendNow),
            date: String::new(),
            result: view.result,
        });
    }
    points
}

fn note(view: &View, values: &[Option<i64>]) -> String {
    let first = or_dash(view, values.first().copied().flatten());
    let last = or_dash(view, values.last().copied().flatten());
    view.text_with(DeskKey::TrendNote, &[("first", &first), ("last", &last)])
}

fn line(view: &View, label: String, values: Vec<Option<i64>>) -> chart::Line {
    chart::Line {
        label,
        note: note(view, &values),
        values,
    }
}

fn step_name(view: &View, step: &StepResult) -> String {
    let short = &view.props.content.steps[step.id.as_str()].short;
    let number = step.number.to_string();
    let values = [("number", number.as_str()), ("step", short)];
    view.words.text(Key::StepName, &values)
}

fn end(point: &Point) -> String {
    if point.date.is_empty() {
        point.name.clone()
    } else {
        point.date.clone()
    }
}

fn as_table(view: &View, points: &[Point]) -> Node {
    let text = |key| view.words.text(key, &[]);
    let mut heads = vec![
        view.text(DeskKey::TrendResult),
        view.text(DeskKey::TrendDate),
        text(Key::HeadScore),
        view.text(DeskKey::ExportVerdict),
        text(Key::HeadAnswered),
    ];
    heads.extend(view.result.steps.iter().map(|step| step_name(view, step)));
    let row = |point: &Point| {
        let result = point.result;
        let (settled, asked) = (
            result.coverage.settled.to_string(),
            result.coverage.asked.to_string(),
        );
        let answered = [("settled", settled.as_str()), ("asked", &asked)];
        let mut row = vec![
            point.name.clone(),
            point.date.clone(),
            score(view, result),
            band(view, result),
            view.words.text(Key::AnsweredOf, &answered),
        ];
        row.extend(result.steps.iter().map(|step| or_dash(view, step.score)));
        row
    };
    let rows: Vec<Vec<String>> = points.iter().map(row).collect();
    table(&view.text(DeskKey::TrendTable), &heads, &rows)
}

pub fn trend(view: &View, state: &State) -> Option<Node> {
    let points = points(view, state);
    let ([first, .., last], true) = (&points[..], points.len() > 1) else {
        return None;
    };
    let (from, to) = (end(first), end(last));
    let told = |point: &Point| point.result.told(point.result.score);
    let scores = points.iter().map(told).collect();
    let overall = line(view, view.words.text(Key::HeadScore, &[]), scores);
    let bands = view.props.content.instrument.scoring.bands.iter();
    let edges: Vec<i64> = bands.skip(1).map(|band| band.from.into()).collect();
    let steps: Vec<chart::Line> = view
        .result
        .steps
        .iter()
        .enumerate()
        .map(|(place, step)| {
            let values = points.iter().map(|point| point.result.steps[place].score);
            line(view, step_name(view, step), values.collect())
        })
        .collect();
    let figure = |drawing: Node| node("figure").class("panel").add(drawing);
    let overall = figure(chart::trend(
        &view.text(DeskKey::TrendChart),
        &overall,
        &edges,
        [&from, &to],
    ));
    let by_step = figure(chart::trends(&view.text(DeskKey::TrendSteps), &steps));
    let folded = |key, body: Node| node("details").add(view.say("summary", "", key)).add(body);
    Some(
        node("section")
            .class("trend-part")
            .add(view.say("h4", "", DeskKey::TrendTitle))
            .add(view.say("p", "why", DeskKey::TrendLead))
            .add(overall)
            .add(folded(DeskKey::TrendBySteps, by_step))
            .add(
                node("details")
                    .add(text("summary", "", &view.words.text(Key::AsTable, &[])))
                    .add(as_table(view, &points)),
            ),
    )
}

fn item(view: &View, item: &str, answer: Option<&ItemAnswer>) -> String {
    view.words.item_answer(item, answer)
}

fn owner(view: &View, owner: Option<&Owner>) -> String {
    view.words.owner_answer(owner)
}

pub fn changes(view: &View, state: &State) -> Option<Node> {
    state.history.readable().next()?;
    let section =
        node("section")
            .class("changes-part")
            .add(view.say("h4", "", DeskKey::ChangesTitle));
    let Some((snapshot, before)) = state.history.last_unlike(&view.props.response) else {
        return Some(section.add(view.say("p", "why", DeskKey::ChangesNone)));
    };
    let changes = Changes::new(&view.props.content, before, &view.props.response);
    let date = view.props.ports.calendar.written(snapshot.date);
    let values = [("name", snapshot.name.as_str()), ("date", &date)];
    let section = section.add(text(
        "p",
        "why",
        &view.text_with(DeskKey::ChangesSince, &values),
    ));
    let section = section.add_if(
        changes
            .structure
            .then(|| view.say("p", "why", DeskKey::ChangesStructure)),
    );
    let section = section.add_if((changes.asked_once > 0).then(|| {
        let count = changes.asked_once.to_string();
        text(
            "p",
            "why",
            &view.text_with(DeskKey::ChangesAsked, &[("count", &count)]),
        )
    }));
    if changes.is_empty() {
        return Some(section.add(view.say("p", "", DeskKey::ChangesSame)));
    }
    let items = changes.items.iter().map(|one| {
        vec![
            view.words.topic(&one.item).to_string(),
            item(view, &one.item, one.before.as_ref()),
            item(view, &one.item, one.after.as_ref()),
        ]
    });
    let domains = changes.domains.iter().map(|one| {
        let name = view.words.domain(&one.domain);
        let name = match one.column {
            Column::Today => name.to_string(),
            Column::Target => view.text_with(DeskKey::ChangesAim, &[("domain", name)]),
        };
        vec![
            name,
            owner(view, one.before.as_ref()),
            owner(view, one.after.as_ref()),
        ]
    });
    let rows: Vec<Vec<String>> = items.chain(domains).collect();
    let heads = [
        view.words.text(Key::HeadQuestion, &[]),
        view.text(DeskKey::ChangesBefore),
        view.text(DeskKey::ChangesAfter),
    ];
    Some(section.add(table(&view.text(DeskKey::ChangesTable), &heads, &rows)))
}
