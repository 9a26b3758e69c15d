//! The results: every figure from the result document, every sentence from the content.

use yew::prelude::*;

use super::ports::Sheets;
use super::state::Action;
use super::view::{View, push_button};
use crate::chart::{Bar, Lane, LaneRow, Mark, Segment, bars, lanes, scale};
use crate::core::export::REVIEW_MONTHS;
use crate::core::findings::Kind;
use crate::core::flow::{self, Page};
use crate::core::interface::Key;
use crate::core::ratio::Ratio;
use crate::core::response::Owner;
use crate::core::result::{
    BandResult, Depth, DomainKind, DomainResult, Half, MapCounts, Move, Priority, Question,
    ReceiptLine, StepResult,
};
use crate::core::what_if::unseen;
use crate::dom::{Node, node, table, text};

/// In how many turns the page is drawn. The last one is for the date alone, which only paper shows: the first time that a browser
/// writes one takes it as long as all the rest of a turn.
pub const TURNS: usize = 6;

/// The first so many turns of the page. The verdict comes at once, and what is out of sight below it bit by bit, each in a turn of its
/// own that is too short to keep the visitor waiting.
pub fn results(view: &View, turns: usize) -> Node {
    let part = |turn: usize, draw: fn(&View) -> Node| (turn <= turns).then(|| draw(view));
    node("div")
        .class("results")
        .add(hero(view, turns))
        .add_if(part(2, priorities))
        .add_if(part(3, plan))
        .add_if(call_to_action(view).filter(|_| turns >= 3))
        .add_if(part(3, map))
        .add_if(part(4, findings))
        .add_if(part(4, charter))
        .add_if(part(4, steps))
        .add_if(part(5, claims))
        .add_if(part(5, receipt))
        .add_if(part(5, take_away))
        .add_if(view.sharing().filter(|_| turns >= 5))
}

fn part(view: &View, class: &'static str, title: Key) -> Node {
    node("section").class(class).add(view.say("h3", "", title))
}

/// A part that the contents lead to: its heading can take the focus.
fn named_part(view: &View, class: &'static str, (id, title): (&'static str, Key)) -> Node {
    let heading = view.say("h3", "", title);
    let heading = heading.set("id", id).set("tabindex", "-1");
    node("section").class(class).add(heading)
}

const PRIORITIES: (&str, Key) = ("priorities", Key::PrioritiesTitle);
const PLAN: (&str, Key) = ("plan", Key::PlanTitle);
const MAP: (&str, Key) = ("map", Key::MapTitle);
const CHARTER: (&str, Key) = ("charter", Key::CharterTitle);
const TAKE_AWAY: (&str, Key) = ("take-away", Key::TakeAwayTitle);

/// What an executive comes for: the brief on paper, and the parts below. Buttons, because a link would change the host's address. Without
/// a verdict the way to one comes first, for whoever can go it.
fn contents(view: &View) -> Node {
    let class = if view.result.band.is_some() || view.looks_only {
        "primary"
    } else {
        "secondary"
    };
    let parts = [PRIORITIES, PLAN, MAP, CHARTER, TAKE_AWAY].into_iter();
    // There is nothing to take away of somebody else's but the paper.
    let parts = parts.filter(|part| !view.looks_only || *part != TAKE_AWAY);
    let parts = parts.map(|(id, title)| view.button("quiet", title, Action::Show(id)));
    node("nav")
        .class("contents")
        .set("aria-label", &view.text(Key::ResultsContents))
        .add(print(view, class, Key::Print, Sheets::Report))
        .add(node("div").class("links").all(parts))
}

fn print(view: &View, class: &'static str, name: Key, sheets: Sheets) -> Node {
    let files = view.ports.files.clone();
    let print = Callback::from(move |_| files.print(sheets));
    push_button(class, &view.text(name), print)
}

/// What stands under the title of a printed result: when, from where, and how much of it.
fn printed(view: &View) -> Node {
    let report = &view.content.report;
    let respondent = &view.state.response.respondent;
    let seat = respondent.seat.as_deref();
    let structure = respondent.structure.as_deref();
    let none = || view.text(Key::AnswerNone);
    let seat = seat.map_or_else(none, |id| report.seats[id].clone());
    let structure = structure.map_or_else(none, |id| report.structures[id].label.clone());
    let coverage = &view.result.coverage;
    let key = if view.looks_only {
        Key::ResultsPrintedShared
    } else {
        Key::ResultsPrinted
    };
    let line = view.text_with(
        key,
        &[
            ("date", &view.ports.locale.today()),
            ("seat", &seat),
            ("structure", &structure),
            ("answered", &coverage.answered().to_string()),
            ("asked", &coverage.asked.to_string()),
        ],
    );
    text("p", "printed", &line)
}

fn folded(view: &View, summary: Key, body: Node) -> Node {
    node("details")
        .add(view.say("summary", "", summary))
        .add(body)
}

fn or_dash(view: &View, value: Option<String>) -> String {
    value.unwrap_or_else(|| view.text(Key::NoValue))
}

fn hero(view: &View, turns: usize) -> Node {
    let result = view.result;
    let band = result.band.as_ref();
    let shown = result.told(result.score);
    let number = shown.map(|score| score.to_string());
    let band_name = match band {
        Some(band) => view.words.band(&band.id).to_string(),
        None => view.text(Key::BandNone),
    };
    let eyebrow = match result.depth {
        Depth::Quick => Key::ResultsEyebrowQuick,
        Depth::Extended => Key::ResultsEyebrowExtended,
        Depth::Full => Key::ResultsEyebrowFull,
    };
    let score = number.as_ref().map(|number| {
        node("p")
            .class("score")
            .add(text("strong", "", number))
            .add(view.say("span", "", Key::ScoreUnit))
    });
    let verdict = node("div").add(text("p", "band-name", &band_name));
    let verdict = match band {
        Some(band) => verdict.add(text("p", "", &view.words.band_summary(&band.id))),
        None => verdict.all(missing(view)),
    };
    let range = result.range.as_ref().map(|range| (range.low, range.high));
    let (low, high) = range.unwrap_or_default();
    let (low, high) = (low.to_string(), high.to_string());
    let ends = [("low", low.as_str()), ("high", &high)];
    let title = match &number {
        Some(number) => {
            let verdict = [("score", number.as_str()), ("band", &band_name)];
            view.text_with(Key::ScaleTitle, &[verdict, ends].concat())
        }
        None => view.text_with(Key::ScaleOpen, &ends),
    };
    let range_text = if low == high {
        view.text(Key::RangeNone)
    } else {
        view.text_with(Key::Range, &ends)
    };
    let (counted, asked) = (result.coverage.counted, result.coverage.asked);
    let coverage = if counted == asked {
        Key::CoverageAll
    } else {
        Key::Coverage
    };
    let (counted, asked) = (counted.to_string(), asked.to_string());
    let coverage = view.text_with(coverage, &[("counted", &counted), ("asked", &asked)]);
    let figure = |name, about, value: Option<String>| {
        node("div")
            .class("figure")
            .add(text("p", "figure-value", &or_dash(view, value)))
            .add(view.say("p", "figure-name", name))
            .add(view.say("p", "figure-about", about))
    };
    let half = |name, about, half: &Half, key, (counted, asked): (usize, usize)| {
        let some = (counted < asked).then(|| {
            let (counted, asked) = (counted.to_string(), asked.to_string());
            let values = [("counted", &*counted), ("asked", &asked)];
            text("p", "figure-about", &view.text_with(key, &values))
        });
        figure(name, about, half.rounded.map(|of| of.to_string())).add_if(some)
    };
    let (map, items) = (&result.map.coverage, result.counted_items());
    let halves = band.map(|_| {
        [
            half(
                Key::Delineation,
                Key::DelineationAbout,
                &result.delineation,
                Key::DelineationCounted,
                (map.counted, map.asked),
            ),
            half(
                Key::Practice,
                Key::PracticeAbout,
                &result.practice,
                Key::PracticeCounted,
                items,
            ),
        ]
    });
    let counts = result.map.counts;
    let count = |name, about, of: fn(&MapCounts) -> usize| {
        figure(
            name,
            about,
            counts.as_ref().map(|counts| of(counts).to_string()),
        )
    };
    let counted = (band.is_some() || counts.is_some()).then(|| {
        [
            count(Key::Gaps, Key::GapsAbout, |counts| counts.gaps),
            count(Key::Overlaps, Key::OverlapsAbout, |counts| counts.overlaps),
        ]
    });
    let figures = halves.into_iter().chain(counted).flatten();
    let figures: Vec<Node> = figures.collect();
    let critical = band.and_then(|band| view.words.critical(band));
    let unseen = unseen(view.content, &view.state.response, result);
    let unseen = unseen.map(|unseen| view.words.unseen(&unseen));
    let mean = view.state.settings.benchmark.as_ref();
    let mean = mean.map(|benchmark| benchmark.mean.into());
    node("section")
        .class("hero")
        .add(view.say("span", "eyebrow", eyebrow))
        .add(view.title(&view.text(Key::ResultsTitle)))
        .add_if((turns >= TURNS).then(|| printed(view)))
        .add(node("div").class("verdict").add_if(score).add(verdict))
        .all(
            critical
                .into_iter()
                .chain(unseen)
                .map(|words| text("p", "cap", &words)),
        )
        .add(contents(view))
        .add(scale(&title, &segments(view, band), shown, range, mean))
        .add(text(
            "p",
            "range-text",
            &[&coverage, " ", &range_text].concat(),
        ))
        .add_if(benchmark(view))
        .add_if((!figures.is_empty()).then(|| node("div").class("halves").all(figures)))
}

/// What a verdict still needs.
fn missing(view: &View) -> [Node; 2] {
    [
        text("p", "", &view.words.missing(&view.result.coverage)),
        view.button("primary", Key::ReviewAnswerOpen, Action::Resume),
    ]
}

fn segments(view: &View, band: Option<&BandResult>) -> Vec<Segment> {
    let bands = &view.content.instrument.scoring.bands;
    let ends = bands.iter().skip(1).map(|band| band.from).chain([100]);
    bands
        .iter()
        .zip(ends)
        .map(|(one, end)| Segment {
            name: view.words.band(&one.id).into(),
            from: one.from.into(),
            to: end.into(),
            current: band.is_some_and(|band| band.id == one.id),
        })
        .collect()
}

fn priorities(view: &View) -> Node {
    let list = view.result.priorities.iter().map(|priority| {
        let eyebrow = match priority {
            Priority::Domain { .. } => view.text(Key::HeadDomain),
            Priority::Step { step, .. } => view.content.steps[step.as_str()].short.clone(),
        };
        let title = view.words.priority_topic(priority);
        let answer = view.words.priority_today(priority, &view.result.map);
        let today = view.text_with(Key::PriorityToday, &[("anchor", &answer)]);
        node("li")
            .add(text("p", "eyebrow", &eyebrow))
            .add(text("h4", "", title))
            .add(text(
                "p",
                "",
                &view.words.priority(priority, &view.result.findings),
            ))
            .add(text("p", "today", &today))
    });
    let part = named_part(view, "part first", PRIORITIES);
    if !view.result.priorities.is_empty() {
        let list = node("ol").class("priorities").all(list);
        part.add(view.say("p", "why", Key::PrioritiesLead))
            .add(list)
    } else if view.result.coverage.open() == 0 {
        part.add(view.say("p", "", Key::PrioritiesNone))
    } else {
        part.add(view.say("p", "", Key::PrioritiesOpen))
    }
}

/// Where the host leads on. It opens in the whole window, also out of a frame.
fn call_to_action(view: &View) -> Option<Node> {
    let call = view.state.settings.call_to_action.as_ref()?;
    let link = text("a", "primary", &call.label)
        .set("href", &call.href)
        .set("target", "_top");
    Some(node("p").class("call").add(link))
}

/// The host's benchmark, in one sentence with its source.
fn benchmark(view: &View) -> Option<Node> {
    let benchmark = view.state.settings.benchmark.as_ref()?;
    let number = |number: u32| view.number(&number.to_string());
    let (mean, n) = (number(benchmark.mean), number(benchmark.n));
    let values = [
        ("mean", mean.as_str()),
        ("n", &n),
        ("source", &benchmark.source),
        ("date", &benchmark.date),
    ];
    let words = match benchmark.sd {
        None => view.text_with(Key::Benchmark, &values),
        Some(sd) => {
            let sd = number(sd);
            let spread = [&values[..], &[("sd", sd.as_str())]].concat();
            view.text_with(Key::BenchmarkSpread, &spread)
        }
    };
    Some(text("p", "range-text benchmark", &words))
}

fn map_lanes(view: &View) -> Vec<Lane> {
    let officers = &view.content.structure(&view.state.response).officers;
    let first = view.content.instrument.officers.first();
    let mut lanes: Vec<Lane> = officers
        .iter()
        .map(|id| Lane {
            name: view.words.lane(id).into(),
            class: if Some(id) == first {
                "first-officer"
            } else {
                "second-officer"
            },
        })
        .collect();
    let lane = |key, class| Lane {
        name: view.text(key),
        class,
    };
    // The shared lane lies between the two officers, where the boundary runs.
    lanes.insert(lanes.len().min(1), lane(Key::LaneShared, "shared"));
    lanes.push(lane(Key::LaneOther, "other"));
    lanes.push(lane(Key::LaneNobody, "nobody"));
    lanes
}

fn mark(view: &View, all: &[Lane], domain: &DomainResult) -> Option<(Option<usize>, Mark)> {
    let lane = |class: &str| all.iter().position(|lane| lane.class == class);
    Some(match domain.today.as_ref()? {
        Owner::Officer(id) => {
            let name = view.words.lane(id);
            let lane = all.iter().position(|lane| lane.name == name);
            (lane, Mark::Owned)
        }
        Owner::Other(_) => (lane("other"), Mark::Owned),
        Owner::Split => (lane("shared"), Mark::Split),
        Owner::Unsplit => (lane("shared"), Mark::Overlap),
        Owner::Nobody => (lane("nobody"), Mark::Gap),
        Owner::DontKnow => (None, Mark::Unknown),
    })
}

fn map(view: &View) -> Node {
    let all = map_lanes(view);
    let domains = &view.result.map.domains;
    let name = |domain: &DomainResult| {
        let name = view.words.domain(&domain.id);
        if domain.critical {
            view.text_with(Key::CriticalName, &[("domain", name)])
        } else {
            name.to_string()
        }
    };
    let panels = view.content.instrument.domain_groups.iter().map(|group| {
        let inside = domains.iter().filter(|domain| domain.group == *group);
        let rows: Vec<LaneRow> = inside
            .map(|domain| LaneRow {
                label: name(domain),
                mark: mark(view, &all, domain),
            })
            .collect();
        let title = &view.content.domains.groups[group.as_str()].title;
        let chart = view.text_with(Key::MapChartTitle, &[("group", title)]);
        panel(title, lanes(&chart, &all, &rows))
    });
    let rows = domains.iter().map(|domain| {
        let critical = if domain.critical { Key::Yes } else { Key::No };
        vec![
            view.words.domain(&domain.id).to_string(),
            view.words.owner_answer(domain.today.as_ref()),
            view.words.usual(domain),
            view.words.reading(domain.kind),
            view.text(critical),
        ]
    });
    let heads = [
        Key::HeadDomain,
        Key::HeadToday,
        Key::HeadUsual,
        Key::HeadReading,
        Key::HeadCritical,
    ];
    let heads = heads.map(|key| view.text(key)).to_vec();
    let legend = [
        ("owned", DomainKind::Owned),
        ("split", DomainKind::Split),
        ("overlap", DomainKind::Overlap),
        ("gap", DomainKind::Gap),
        ("unknown", DomainKind::Unknown),
    ];
    let legend = legend.map(|(class, kind)| text("li", class, &view.words.reading(kind)));
    let caption = view.text(Key::MapTableTitle);
    let table = table(&caption, &heads, &rows.collect::<Vec<_>>());
    named_part(view, "part map-part", MAP)
        .add(view.say("p", "why", Key::MapResultLead))
        .add(
            node("ul")
                .class("legend")
                .set("aria-hidden", "true")
                .all(legend),
        )
        .add(node("div").class("panels two").all(panels))
        .add(folded(view, Key::AsTable, table))
}

fn panel(title: &str, chart: Node) -> Node {
    node("figure")
        .class("panel")
        .add(text("figcaption", "", title))
        .add(chart)
}

fn findings(view: &View) -> Node {
    let list = view.result.findings.iter().map(|finding| {
        let class = match finding.kind {
            Kind::Elsewhere | Kind::Reference => "finding calm",
            _ => "finding",
        };
        node("li")
            .class(class)
            .add(text("h4", "", view.words.finding_title(finding.kind)))
            .add(text("p", "", &view.words.finding(finding)))
            .add(text("p", "advice", &view.words.finding_advice(finding)))
    });
    let body = if view.result.findings.is_empty() {
        let report = &view.content.report;
        let words = if view.result.map.complete {
            &report.no_findings
        } else {
            &report.map_incomplete
        };
        text("p", "", &view.words.fill(words, &[]))
    } else {
        node("ul").class("findings").all(list)
    };
    part(view, "part", Key::FindingsTitle).add(body)
}

fn step_name(view: &View, step: &StepResult) -> String {
    let short = &view.content.steps[step.id.as_str()].short;
    view.text_with(Key::StepName, &[("step", short)])
}

fn step_note(view: &View, step: &StepResult) -> String {
    let none = || view.text(Key::StepNoScore);
    step.score.map_or_else(none, |score| score.to_string())
}

fn steps(view: &View) -> Node {
    let all = &view.result.steps;
    let panels = view.content.instrument.groups.iter().map(|group| {
        let inside = all.iter().filter(|step| step.group == *group);
        let rows: Vec<Bar> = inside
            .map(|step| Bar {
                label: step_name(view, step),
                value: step.score,
                note: step_note(view, step),
            })
            .collect();
        let title = &view.content.report.groups[group.as_str()];
        let chart = view.text_with(Key::StepsChartTitle, &[("group", title)]);
        panel(title, bars(&chart, &rows))
    });
    // In the order of the bars.
    let groups = view.content.instrument.groups.iter();
    let rows = groups.flat_map(|group| all.iter().filter(move |step| step.group == *group));
    let rows = rows.map(|step| {
        let answered = view.text_with(
            Key::AnsweredOf,
            &[
                ("settled", &step.coverage.settled.to_string()),
                ("asked", &step.coverage.asked.to_string()),
            ],
        );
        vec![
            step_name(view, step),
            view.content.report.groups[step.group.as_str()].clone(),
            step_note(view, step),
            answered,
        ]
    });
    let heads = [
        Key::HeadStep,
        Key::HeadGroup,
        Key::HeadScore,
        Key::HeadAnswered,
    ];
    let heads = heads.map(|key| view.text(key)).to_vec();
    let table = table(
        &view.text(Key::StepsTableTitle),
        &heads,
        &rows.collect::<Vec<_>>(),
    );
    part(view, "part steps-part", Key::StepsTitle)
        .add(view.say("p", "why", Key::StepsLead))
        .add(node("div").class("panels three").all(panels))
        .add(folded(view, Key::AsTable, table))
        .add_if(extend(view))
        .add(evidence(view))
}

fn evidence(view: &View) -> Node {
    let mut facts = Vec::new();
    for step in &view.result.steps {
        for evidence in &view.content.steps[step.id.as_str()].evidence {
            let strength = &view.content.report.evidence_strength[evidence.strength.as_str()];
            let source = view.text_with(
                Key::EvidenceSource,
                &[
                    ("source", &evidence.source),
                    ("year", &evidence.year.to_string()),
                    ("strength", strength),
                ],
            );
            facts.push(
                node("li")
                    .add(text("p", "eyebrow", &step_name(view, step)))
                    .add(text("p", "", &evidence.fact))
                    .add(text("p", "source", &source)),
            );
        }
    }
    let list = node("ul").class("evidence").all(facts);
    folded(view, Key::EvidenceTitle, list)
}

fn extend(view: &View) -> Option<Node> {
    let left = view.state.response.left_to_extend(view.content);
    if left.is_empty() || view.looks_only {
        return None;
    }
    let more = flow::items_left_to_extend(view.content, &view.state.response);
    let all: Vec<String> = left.iter().map(|(step, _)| step.id.clone()).collect();
    let each = left.iter().map(|(step, more)| {
        let name = &view.content.steps[step.id.as_str()].short;
        let label = view.text_with(
            Key::ExtendStep,
            &[("step", name), ("count", &more.to_string())],
        );
        let action = Action::Extend(vec![step.id.clone()]);
        view.named_button("chip-button", &label, action)
    });
    let lead = view.text_with(Key::ExtendLead, &[("count", &more.to_string())]);
    let each = node("div").class("chip-buttons").all(each);
    Some(
        node("div")
            .class("extend")
            .add(view.say("h4", "", Key::ExtendTitle))
            .add(text("p", "", &lead))
            .add(view.button("secondary", Key::ExtendAll, Action::Extend(all)))
            .add(folded(view, Key::ExtendOne, each)),
    )
}

fn next_band(view: &View) -> Option<Node> {
    let next = view.result.next_band.as_ref()?;
    let band = view.words.band(&next.band);
    let score = next.score.to_string();
    let lead = if next.moves == 1 {
        view.text_with(Key::NextBandLeadOne, &[("band", band), ("score", &score)])
    } else {
        let count = next.moves.to_string();
        let values = [("band", band), ("count", &count), ("score", &score)];
        view.text_with(Key::NextBandLeadMany, &values)
    };
    let way = |class: &'static str, key: Key, anchor: &str| {
        node("p")
            .class(class)
            .add(view.say("span", "", key))
            .text(&[" ", anchor].concat())
    };
    let tenths = |points: &Ratio| view.number(&points.tenths());
    let moves = next.path.iter().map(|step| match step {
        Move::Item {
            item,
            from,
            to,
            points,
        } => {
            let topic = view.words.topic(item);
            let values = [("topic", topic), ("points", &tenths(points))];
            node("li")
                .add(text("p", "gain", &view.text_with(Key::MoveItem, &values)))
                .add(way("from", Key::MoveFrom, &view.words.anchor(item, *from)))
                .add(way("to", Key::MoveTo, &view.words.anchor(item, *to)))
        }
        Move::Domain { domain, points } => {
            let name = view.words.domain(domain);
            let values = [("domain", name), ("points", &tenths(points))];
            node("li").add(text("p", "gain", &view.text_with(Key::MoveDomain, &values)))
        }
    });
    let body = node("div")
        .add(text("p", "why", &lead))
        .add(node("ul").class("moves").all(moves));
    Some(folded(view, Key::NextBandTitle, body))
}

fn plan(view: &View) -> Node {
    let horizons = view.result.plan.iter().map(|horizon| {
        let words = &view.content.report.plan.horizons[horizon.days.to_string().as_str()];
        let actions = horizon.actions.iter();
        let actions = actions.map(|action| text("li", "", &view.words.action(action)));
        node("li")
            .add(text("h4", "", &words.title))
            .add(text("p", "why", &view.words.fill(&words.intro, &[])))
            .add(node("ul").all(actions))
    });
    named_part(view, "part plan-part", PLAN).add(node("ol").class("horizons").all(horizons))
}

fn charter(view: &View) -> Node {
    let words = &view.content.report.charter;
    let fill = |text: &str| view.words.fill(text, &[]);
    let list = |names: Vec<String>| {
        if names.is_empty() {
            text("p", "none", &fill(&words.none))
        } else {
            node("ul").all(names.iter().map(|name| text("li", "", name)))
        }
    };
    let lines = &view.result.charter;
    let owned_by = |owner: &Owner| {
        let owned = lines
            .iter()
            .filter(|line| line.owner.as_ref() == Some(owner));
        let names = owned.map(|line| view.words.domain(&line.domain).to_string());
        names.collect::<Vec<String>>()
    };
    let elsewhere: Vec<String> = lines
        .iter()
        .filter_map(|line| {
            let owner = line.owner.as_ref()?;
            let name = view.words.domain(&line.domain);
            let values = [("domain", name), ("owner", view.words.owner(owner))];
            matches!(owner, Owner::Other(_)).then(|| view.text_with(Key::CharterEntry, &values))
        })
        .collect();
    let open = lines.iter().filter(|line| line.owner.is_none());
    let open: Vec<String> = open
        .map(|line| view.words.domain(&line.domain).to_string())
        .collect();

    let structure = view.content.structure(&view.state.response);
    let officers = &structure.officers;
    let roles = officers.iter().map(|id| {
        let title = view
            .words
            .fill(&words.accountabilities_title, &view.words.officer(id));
        node("div")
            .class("role")
            .add(text("h5", "", &title))
            .add(text("p", "why", &fill(&words.purposes[id.as_str()])))
            .add(list(owned_by(&Owner::Officer(id.clone()))))
    });
    let signers = view.words.signers();
    let signatures = signers.iter().map(|role| {
        node("li").add(text("span", "", role)).add(text(
            "span",
            "line",
            &fill(&words.signature_line),
        ))
    });
    let locale = &view.ports.locale;
    let dated = |key, date: String| text("p", "", &view.text_with(key, &[("date", &date)]));
    // Of what day somebody else's answers are, nobody here knows.
    let own = !view.looks_only;
    let review = locale.next_review(REVIEW_MONTHS).filter(|_| own);
    let by = view.words.charter_by(&view.state.response.respondent);
    let head = |title: &str| text("h5", "", &fill(title));
    // A section that would be empty is left out.
    let section = |title: &str, intro: Option<&str>, names: Vec<String>| {
        (!names.is_empty()).then(|| {
            node("section")
                .add(head(title))
                .add_if(intro.map(|intro| text("p", "why", &fill(intro))))
                .add(list(names))
        })
    };
    let disputes = view.words.disputes();
    let sheet = node("article")
        .class("sheet")
        .add(text("h4", "", &fill(&words.title)))
        .add_if(own.then(|| dated(Key::CharterMade, locale.today())))
        .add_if(by.map(|by| text("p", "", &by)))
        .add(node("div").class("roles").all(roles))
        .add_if(section(&words.shared_title, None, owned_by(&Owner::Split)))
        .add_if(section(&words.elsewhere_title, None, elsewhere))
        .add_if(section(&words.open_title, Some(&words.open_intro), open))
        .add(head(&disputes.name))
        .add(text("p", "", &fill(&disputes.text)))
        .add(head(&words.review_title))
        .add(text("p", "", &fill(&words.review)))
        .add_if(review.map(|day| dated(Key::CharterReviewBy, day)))
        .add(head(&words.signatures_title))
        .add(node("ul").class("signatures").all(signatures))
        .add(text("p", "source", &fill(&words.draft_note)));
    let decide = view.content.instrument.domain_groups.first().map(|group| {
        let page = Page::Target(group.clone());
        view.button("secondary", Key::CharterDecide, Action::Open(page))
    });
    let actions = node("div").class("actions").add_if(decide);
    let actions = actions.add(print(view, "secondary", Key::CharterPrint, Sheets::Charter));
    named_part(view, "part charter-part", CHARTER)
        .add(text("p", "why", &fill(&words.intro)))
        .add(actions)
        .add(sheet)
}

fn receipt(view: &View) -> Node {
    let result = view.result;
    let points = |value: Option<Ratio>| {
        let written = |value: Ratio| view.number(&value.decimal());
        or_dash(view, value.map(written))
    };
    let plain = |value: Ratio| view.number(&value.plain());
    let row = |line: &ReceiptLine| {
        let (name, answer) = match &line.question {
            Question::Item { item, answer } => (
                view.words.topic(item),
                view.words.item_answer(item, answer.as_ref()),
            ),
            Question::Domain { domain, answer } => (
                view.words.domain(domain),
                view.words.owner_answer(answer.as_ref()),
            ),
        };
        vec![
            name.to_string(),
            answer,
            points(line.value),
            points(line.weight),
            points(line.points),
            points(line.gain),
        ]
    };
    let rows: Vec<Vec<String>> = result.receipt.iter().map(row).collect();
    let heads = [
        Key::HeadQuestion,
        Key::HeadAnswer,
        Key::HeadValue,
        Key::HeadWeight,
        Key::HeadPoints,
        Key::HeadGain,
    ];
    let heads = heads.map(|key| view.text(key)).to_vec();
    let identity = view.text_with(
        Key::ReceiptIdentity,
        &[
            ("content", &result.content.id),
            ("version", &result.content.version),
            ("scoring", &result.scoring_version.to_string()),
        ],
    );
    let numbers = result.told(result.score).zip(result.score_exact);
    let sum = numbers.map(|(score, exact)| {
        let values = [
            ("exact", &*plain(exact)),
            ("score", &score.to_string()),
            ("delineation", &plain(result.delineation.weight)),
            ("practice", &plain(result.practice.weight)),
        ];
        text("p", "sum", &view.text_with(Key::ReceiptSum, &values))
    });
    let cap = result.band.as_ref().and_then(|band| band.cap.as_ref());
    let table = table(&view.text(Key::ReceiptTableTitle), &heads, &rows);
    part(view, "part receipt", Key::ReceiptTitle)
        .add(view.say("p", "why", Key::ReceiptLead))
        .add_if(sum)
        .add_if(cap.map(|cap| text("p", "sum", &view.words.cap_rule(cap))))
        .add(text("p", "source", &identity))
        .add_if(next_band(view))
        .add(folded(view, Key::ReceiptOpen, table))
}

fn claims(view: &View) -> Node {
    let claims = view.content.report.claims.iter();
    let claims = claims.map(|claim| text("li", "", &view.words.fill(claim, &[])));
    part(view, "part claims-part", Key::ClaimsTitle).add(node("ul").class("claims").all(claims))
}

/// Print, and the place for the desk: the module of its own that shares, exports, compares and remembers.
fn take_away(view: &View) -> Node {
    let actions = node("div")
        .class("actions")
        .add(print(view, "secondary", Key::Print, Sheets::Report))
        .add(view.button("quiet", Key::BackToReview, Action::Open(Page::Review)));
    named_part(view, "part take-away", TAKE_AWAY)
        .add(view.say("p", "why", Key::TakeAwayLead))
        .add(actions)
        .add(node("div").class("desk"))
}
