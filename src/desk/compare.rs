//! The comparison of the people at the desk: every number and every kind from the comparison document, every sentence from the content.

use std::rc::Rc;

use yew::prelude::*;

use super::people::comparable;
use super::{Desk, DeskProps, View, people, stage, table};
use crate::app::ports::Sheets;
use crate::chart::{Lane, Stop, ViewsRow, views};
use crate::core::agenda::Agenda;
use crate::core::charter;
use crate::core::compare::{Comparison, Participant};
use crate::core::desk::DeskKey;
use crate::core::interface::Key;
use crate::core::meeting;
use crate::core::ratio::Ratio;
use crate::core::response::{ItemAnswer, Owner};
use crate::core::views::{
    DomainComparison, DomainKind, ItemComparison, ItemKind, Named, TargetKind,
};
use crate::core::wording::Wording;
use crate::dom::{Node, node, text};

/// Of how many people on one lane the numbers are drawn; more are counted.
const MOST_NUMBERS: usize = 3;

pub struct State {
    /// Absent while there are too few people.
    comparison: Option<Rc<Comparison>>,
    doubts: Doubts,
    notice: Option<DeskKey>,
    stage: stage::State,
    pub heading: NodeRef,
}

/// What the others leave of the visitor's draft charter.
struct Doubts {
    /// The domains in which somebody contradicts it.
    contradicted: Vec<String>,
    /// What it gives to others who do not know, by their place among the others.
    unconfirmed: Vec<(usize, Vec<String>)>,
}

#[derive(Clone, PartialEq)]
pub enum Message {
    Copied(bool),
    Notify(DeskKey),
    CopyAgenda,
    Stage(stage::Message),
}

impl From<Message> for super::Message {
    fn from(message: Message) -> super::Message {
        super::Message::Compare(message)
    }
}

impl State {
    pub fn new(props: &DeskProps, people: &people::State) -> State {
        State {
            comparison: compared(props, people),
            doubts: doubts(props, people),
            notice: None,
            stage: stage::State::default(),
            heading: NodeRef::default(),
        }
    }

    /// Compares anew, after anything about the people has changed.
    pub fn refresh(&mut self, props: &DeskProps, people: &people::State) {
        self.comparison = compared(props, people);
        self.doubts = doubts(props, people);
        self.notice = None;
    }

    pub fn update(&mut self, context: &Context<Desk>, message: Message) {
        match message {
            Message::Notify(key) => self.notice = Some(key),
            Message::Copied(true) => self.notice = Some(DeskKey::AgendaCopied),
            Message::Copied(false) => self.notice = Some(DeskKey::ShareCopyFailed),
            Message::CopyAgenda => {
                let props = context.props();
                if let Some(comparison) = &self.comparison {
                    let words = Wording::shared(&props.content, comparison);
                    let text = meeting::markdown(&words, &props.texts, comparison);
                    let copied = props.ports.outbox.copy(&text);
                    context
                        .link()
                        .send_future(async move { Message::Copied(copied.await) });
                }
            }
            Message::Stage(message) => {
                let count = self
                    .comparison
                    .as_ref()
                    .map_or(0, |one| one.disagreements.len());
                self.stage.update(message, count);
            }
        }
    }

    pub fn rendered(&mut self, context: &Context<Desk>) {
        self.stage.rendered(context);
    }
}

fn compared(props: &DeskProps, people: &people::State) -> Option<Rc<Comparison>> {
    let people = people.all();
    let participants: Vec<Participant> = people
        .all()
        .iter()
        .map(|one| Participant {
            name: &one.name,
            response: &one.response,
        })
        .collect();
    if !comparable(people) {
        return None;
    }
    let comparison = Comparison::new(&props.content, &participants);
    Some(Rc::new(
        comparison.expect("only answers to the content are let in"),
    ))
}

fn doubts(props: &DeskProps, people: &people::State) -> Doubts {
    let (content, own) = (&props.content, &props.response);
    let responses = people.all().all().iter().map(|one| &one.response);
    let others = responses.skip(1);
    Doubts {
        contradicted: charter::contradicted(content, own, others.clone()),
        unconfirmed: charter::unconfirmed(content, own, others),
    }
}

/// What every section of the comparison is given.
pub struct Compared<'a> {
    pub view: &'a View<'a>,
    pub comparison: &'a Rc<Comparison>,
    /// As all participants read them.
    pub words: Wording<'a>,
}

impl Compared<'_> {
    fn name(&self, place: usize) -> &str {
        &self.comparison.participants[place].name
    }

    fn names(&self, places: &[usize]) -> String {
        let names: Vec<&str> = places.iter().map(|&place| self.name(place)).collect();
        self.words.list(&names)
    }

    /// The words of one participant, in whose structure their own answers are named.
    fn own(&self, place: usize) -> Wording<'_> {
        Wording::of(self.words.content, &self.comparison.participants[place])
    }

    fn section(&self, title: DeskKey) -> Node {
        node("section").add(self.view.say("h4", "", title))
    }
}

/// Empty while there are too few people, and always in its place.
pub fn compare(view: &View, state: &State) -> Node {
    let content = state.comparison.as_ref().map(|comparison| {
        let compared = Compared {
            view,
            comparison,
            words: Wording::shared(&view.props.content, comparison),
        };
        node("div")
            .class("comparison")
            .add(printed(&compared))
            .add(agreement(&compared, &state.heading))
            .add(map(&compared, &state.doubts))
            .add(apart(&compared))
            .add(common(&compared))
            .add(aims(&compared))
            .add(agenda(&compared, state))
    });
    node("div")
        .class("compared")
        .add_if(content)
        .add(stage::stage(view, state.comparison.as_ref(), &state.stage))
}

/// What stands over a printed comparison: when it was made, and between whom.
fn printed(compared: &Compared) -> Node {
    let Compared {
        view, comparison, ..
    } = compared;
    let names: Vec<usize> = (0..comparison.participants.len()).collect();
    let title = view.text_with(
        DeskKey::ComparePrinted,
        &[
            ("date", &view.props.ports.calendar.today()),
            ("names", &compared.names(&names)),
        ],
    );
    node("div").class("printed").add(text("p", "title", &title))
}

fn agreement(compared: &Compared, heading: &NodeRef) -> Node {
    let Compared {
        view,
        comparison,
        words,
    } = compared;
    let found = &comparison.agreement;
    let notices = comparison
        .notices
        .iter()
        .map(|notice| text("p", "cap", &words.notice(comparison, notice)));
    let figure = found.percent.map(|percent| {
        node("p")
            .class("score")
            .add(text("strong", "", &percent.to_string()))
            .add(view.say("span", "", DeskKey::AgreementUnit))
    });
    let share = |key, share: &crate::core::agreement::Share| {
        let (agreed, comparable) = (share.agreed.to_string(), share.comparable.to_string());
        let values = [("agreed", &*agreed), ("comparable", &*comparable)];
        let mut line = view.text_with(key, &values);
        if share.rest() > 0 {
            let rest = share.rest().to_string();
            line.push(' ');
            line.push_str(&view.text_with(DeskKey::AgreementRest, &[("count", &rest)]));
        }
        text("li", "", &line)
    };
    let shares = node("ul")
        .class("shares")
        .add(share(DeskKey::AgreementMap, &found.map))
        .add(share(DeskKey::AgreementPractice, &found.practice));
    let missing = words.too_little(found).map(|why| text("p", "", &why));
    let texts = words.comparison();
    node("section")
        .add(view.led_to("h4", DeskKey::AgreementTitle, heading))
        .all(notices)
        .add_if(figure)
        .add_if(missing)
        .add(shares)
        .add(text("p", "why", &words.fill(&texts.meaning, &[])))
        .add(text("p", "why", &words.fill(&texts.caution, &[])))
}

/// One lane for each officer whom somebody could name, the shared one between them.
fn lanes(compared: &Compared) -> Vec<Lane> {
    let instrument = &compared.words.content.instrument;
    let officers = instrument.officers.iter().enumerate();
    let mut lanes: Vec<Lane> = officers
        .map(|(place, id)| Lane {
            name: compared.words.owner(&Owner::Officer(id.clone())).into(),
            class: if place == 0 {
                "first-officer"
            } else {
                "second-officer"
            },
        })
        .collect();
    let lane = |key, class| Lane {
        name: compared.words.text(key, &[]),
        class,
    };
    lanes.insert(lanes.len().min(1), lane(Key::LaneShared, "shared"));
    lanes.push(lane(Key::LaneOther, "other"));
    lanes.push(lane(Key::LaneNobody, "nobody"));
    lanes
}

/// The lane of an owner; none for somebody who does not know.
fn lane_of(compared: &Compared, lanes: &[Lane], owner: &Owner) -> Option<usize> {
    let class = |class: &str| lanes.iter().position(|lane| lane.class == class);
    match owner {
        Owner::Officer(_) => {
            let name = compared.words.owner(owner);
            lanes.iter().position(|lane| lane.name == name)
        }
        Owner::Split | Owner::Unsplit => class("shared"),
        Owner::Other(_) => class("other"),
        Owner::Nobody => class("nobody"),
        Owner::DontKnow => None,
    }
}

fn stops(compared: &Compared, lanes: &[Lane], domain: &DomainComparison) -> Vec<Stop> {
    let named = domain.today.named.iter();
    let on = |lane: usize| -> Vec<usize> {
        let here = named
            .clone()
            .filter(|one| lane_of(compared, lanes, &one.owner) == Some(lane));
        let mut people: Vec<usize> = here.flat_map(|one| one.by.iter().copied()).collect();
        people.sort_unstable();
        people
    };
    let stop = |lane| {
        let people = on(lane);
        let label = if people.len() > MOST_NUMBERS {
            let count = people.len().to_string();
            compared
                .view
                .text_with(DeskKey::ViewsMany, &[("count", &count)])
        } else {
            let numbers: Vec<String> = people.iter().map(|who| (who + 1).to_string()).collect();
            numbers.join(" ")
        };
        (!people.is_empty()).then_some(Stop { lane, label })
    };
    (0..lanes.len()).filter_map(stop).collect()
}

fn is_apart(kind: DomainKind) -> bool {
    kind.is_comparable() && kind != DomainKind::Agreed
}

fn map(compared: &Compared, doubts: &Doubts) -> Node {
    let Compared {
        view,
        comparison,
        words,
    } = compared;
    let texts = words.comparison();
    let all = lanes(compared);
    let kind = |domain: &DomainComparison| texts.domains[domain.today.kind.id()].name.clone();
    let name = |domain: &DomainComparison| {
        let name = words.domain(&domain.id);
        if domain.critical {
            words.text(Key::CriticalName, &[("domain", name)])
        } else {
            name.to_string()
        }
    };
    let panels = words.content.instrument.domain_groups.iter().map(|group| {
        let inside = comparison.domains.iter().filter(|one| one.group == *group);
        let rows: Vec<ViewsRow> = inside
            .map(|domain| ViewsRow {
                label: name(domain),
                kind: kind(domain),
                apart: is_apart(domain.today.kind),
                stops: stops(compared, &all, domain),
            })
            .collect();
        let title = &words.content.domains.groups[group.as_str()].title;
        let chart = view.text_with(DeskKey::ViewsChart, &[("group", title)]);
        node("figure")
            .class("panel")
            .add(text("figcaption", "", title))
            .add(views(&chart, &all, &rows))
    });
    let people = comparison
        .participants
        .iter()
        .enumerate()
        .map(|(place, one)| {
            let number = (place + 1).to_string();
            let values = [("number", &*number), ("name", &*one.name)];
            text("li", "", &view.text_with(DeskKey::ViewsPerson, &values))
        });
    let kinds = comparison
        .today
        .iter()
        .filter(|one| !one.ids.is_empty())
        .map(|one| {
            let named = &texts.domains[one.kind.id()];
            let count = one.ids.len().to_string();
            let values = [("kind", &*named.name), ("count", &*count)];
            node("li")
                .add(text(
                    "strong",
                    "",
                    &view.text_with(DeskKey::ViewsKind, &values),
                ))
                .add(text("p", "", &words.fill(&named.text, &[])))
        });
    // The charter is drawn above the comparison and knows nothing of it.
    let contradicted = Some(&doubts.contradicted).filter(|domains| !domains.is_empty());
    let contradicted = contradicted.map(|domains| {
        let values = [("domains", &*words.domains(domains))];
        view.text_with(DeskKey::ViewsCharter, &values)
    });
    let unconfirmed = doubts.unconfirmed.iter().map(|(other, domains)| {
        let values = [
            ("name", compared.name(other + 1)),
            ("domains", &words.domains(domains)),
        ];
        view.text_with(DeskKey::ViewsUnconfirmed, &values)
    });
    let critical = Some(comparison.critical_unseen()).filter(|domains| !domains.is_empty());
    let critical = critical.map(|domains| {
        view.text_with(
            DeskKey::ViewsCritical,
            &[("domains", &words.domains(&domains))],
        )
    });
    let lines = critical.into_iter().chain(contradicted).chain(unconfirmed);
    let mut heads = vec![
        words.text(Key::HeadDomain, &[]),
        view.text(DeskKey::ViewsSeen),
    ];
    heads.extend(comparison.participants.iter().map(|one| one.name.clone()));
    let rows: Vec<Vec<String>> = comparison
        .domains
        .iter()
        .map(|domain| {
            let answers = domain.today.answers.iter().enumerate();
            let answers =
                answers.map(|(place, answer)| compared.own(place).owner_answer(answer.as_ref()));
            [name(domain), kind(domain)]
                .into_iter()
                .chain(answers)
                .collect()
        })
        .collect();
    compared
        .section(DeskKey::ViewsTitle)
        .add(view.say("p", "why", DeskKey::ViewsLead))
        .add(node("ul").class("who").all(people))
        .add(node("div").class("panels two").all(panels))
        .add(
            node("div")
                .class("kinds")
                .add(view.say("h5", "", DeskKey::ViewsKinds))
                .add(node("ul").all(kinds)),
        )
        .all(lines.map(|line| text("p", "cap", &line)))
        .add(folded(
            compared,
            table(&view.text(DeskKey::ViewsTable), &heads, &rows),
        ))
}

fn folded(compared: &Compared, body: Node) -> Node {
    node("details")
        .add(text("summary", "", &compared.words.text(Key::AsTable, &[])))
        .add(body)
}

fn level(answer: Option<&ItemAnswer>, none: &str) -> String {
    match answer {
        Some(ItemAnswer::Level(level)) => level.to_string(),
        _ => none.into(),
    }
}

fn apart(compared: &Compared) -> Node {
    let Compared {
        view,
        comparison,
        words,
    } = compared;
    let number = |value: Ratio| view.props.ports.calendar.number(&value.decimal());
    let two = comparison.participants.len() == 2;
    let apart = comparison
        .items
        .iter()
        .filter(|one| one.kind == ItemKind::Differs);
    let one = |item: &ItemComparison| {
        let spread = item.spread.expect("what differs has a spread");
        let (low, high, gap) = (
            spread.low.to_string(),
            spread.high.to_string(),
            spread.gap.to_string(),
        );
        let deviation = number(spread.deviation);
        let values = [
            ("topic", words.topic(&item.id)),
            ("low", &low),
            ("high", &high),
            ("gap", &gap),
            ("deviation", &deviation),
        ];
        let key = if two {
            DeskKey::ApartPair
        } else {
            DeskKey::ApartMany
        };
        let answers = item.answers.iter().enumerate().map(|(place, answer)| {
            let anchor = if item.other_words.contains(&place) {
                words.comparison().items[ItemKind::OtherWords.id()]
                    .name
                    .clone()
            } else {
                compared.own(place).item_answer(&item.id, answer.as_ref())
            };
            let values = [("name", compared.name(place)), ("anchor", &*anchor)];
            text("li", "", &view.text_with(DeskKey::ApartAnswer, &values))
        });
        node("li")
            .add(text("h5", "", &view.text_with(key, &values)))
            .add(node("ul").all(answers))
    };
    let list: Vec<Node> = apart.map(one).collect();
    let body = if list.is_empty() {
        view.say("p", "", DeskKey::ApartNone)
    } else {
        node("ul").class("apart-items").all(list)
    };
    let unlike: Vec<&str> = comparison
        .items
        .iter()
        .filter(|one| one.kind == ItemKind::OtherWords)
        .map(|one| words.topic(&one.id))
        .collect();
    let unlike = (!unlike.is_empty()).then(|| {
        let topics = words.list(&unlike);
        let line = view.text_with(DeskKey::ApartOtherWords, &[("topics", &topics)]);
        text("p", "why", &line)
    });
    let none = words.text(Key::NoValue, &[]);
    let mut heads = vec![
        view.text(DeskKey::ApartQuestion),
        view.text(DeskKey::ViewsSeen),
    ];
    heads.extend(comparison.participants.iter().map(|one| one.name.clone()));
    heads.push(view.text(DeskKey::ApartRange));
    // Of two people the range says it all.
    if !two {
        heads.push(view.text(DeskKey::ApartDeviation));
    }
    let row = |item: &ItemComparison| {
        let mut row = vec![
            words.topic(&item.id).to_string(),
            words.comparison().items[item.kind.id()].name.clone(),
        ];
        row.extend(item.answers.iter().enumerate().map(|(place, answer)| {
            // A level in answer to other words, beside the others, would look as if it were compared.
            let shown = answer
                .as_ref()
                .filter(|_| !item.other_words.contains(&place));
            level(shown, &none)
        }));
        row.push(item.spread.map_or(none.clone(), |spread| {
            let (low, high) = (spread.low.to_string(), spread.high.to_string());
            view.text_with(DeskKey::ApartLevels, &[("low", &low), ("high", &high)])
        }));
        if !two {
            let deviation: Option<Ratio> = item.spread.map(|spread| spread.deviation);
            row.push(deviation.map_or(none.clone(), number));
        }
        row
    };
    let rows: Vec<Vec<String>> = comparison.items.iter().map(row).collect();
    compared
        .section(DeskKey::ApartTitle)
        .add(view.say("p", "why", DeskKey::ApartLead))
        .add(body)
        .add_if(unlike)
        .add(folded(
            compared,
            table(&view.text(DeskKey::ApartTable), &heads, &rows),
        ))
}

fn common(compared: &Compared) -> Node {
    let Compared {
        view,
        comparison,
        words,
    } = compared;
    let known = |one: &&Named| one.owner != Owner::DontKnow;
    let agreed: Vec<Node> = comparison
        .domains
        .iter()
        .filter(|domain| domain.today.kind == DomainKind::Agreed)
        .filter_map(|domain| {
            let named = domain.today.named.iter().find(known)?;
            let owner = compared.own(*named.by.first()?).owner(&named.owner);
            let values = [("domain", words.domain(&domain.id)), ("owner", owner)];
            Some(text(
                "li",
                "",
                &view.text_with(DeskKey::CommonDomain, &values),
            ))
        })
        .collect();
    let issues = (!comparison.shared_issues.is_empty()).then(|| {
        let domains = words.domains(&comparison.shared_issues);
        text(
            "p",
            "cap",
            &view.text_with(DeskKey::CommonIssues, &[("domains", &domains)]),
        )
    });
    let items = comparison.agreement.practice.agreed.to_string();
    let items = view.text_with(DeskKey::CommonItems, &[("count", &items)]);
    let body = if agreed.is_empty() {
        view.say("p", "", DeskKey::CommonNone)
    } else {
        node("ul").class("common").all(agreed)
    };
    compared
        .section(DeskKey::CommonTitle)
        .add(body)
        .add_if(issues)
        .add(text("p", "why", &items))
}

fn aims(compared: &Compared) -> Node {
    let Compared {
        view,
        comparison,
        words,
    } = compared;
    let group = |kind: TargetKind| comparison.target.iter().find(|one| one.kind == kind);
    let ids = |kind| group(kind).map_or(&[][..], |group| &group.ids[..]);
    let (agreed, differs) = (ids(TargetKind::Agreed), ids(TargetKind::Differs));
    let same = (!agreed.is_empty()).then(|| {
        let domains = words.domains(agreed);
        text(
            "p",
            "",
            &view.text_with(DeskKey::AimsAgreed, &[("domains", &domains)]),
        )
    });
    let one = |id: &String| {
        let domain = comparison.domains.iter().find(|one| one.id == *id)?;
        let known = domain
            .target
            .named
            .iter()
            .filter(|one| one.owner != Owner::DontKnow);
        let answers: Vec<String> = known
            .map(|named| {
                let owner = compared.own(named.by[0]).owner(&named.owner);
                let names = compared.names(&named.by);
                let values = [("name", &*names), ("owner", owner)];
                view.text_with(DeskKey::AimsAnswer, &values)
            })
            .collect();
        let answers: Vec<&str> = answers.iter().map(String::as_str).collect();
        let values = [
            ("domain", words.domain(id)),
            ("answers", &words.list(&answers)),
        ];
        Some(text(
            "li",
            "",
            &view.text_with(DeskKey::AimsDiffer, &values),
        ))
    };
    let none = agreed.is_empty() && differs.is_empty();
    let list = (!differs.is_empty()).then(|| {
        node("ul")
            .class("common")
            .all(differs.iter().filter_map(one))
    });
    compared
        .section(DeskKey::AimsTitle)
        .add_if(none.then(|| view.say("p", "", DeskKey::AimsNone)))
        .add_if(list)
        .add_if(same)
}

fn agenda(compared: &Compared, state: &State) -> Node {
    let Compared {
        view,
        comparison,
        words,
    } = compared;
    let texts = &words.comparison().agenda;
    let section = compared.section(DeskKey::AgendaTitle);
    let Some(agenda) = &comparison.agenda else {
        return section.add(text("p", "", &words.fill(&texts.none, &[])));
    };
    let files = view.props.ports.files.clone();
    let name = view.text(DeskKey::AgendaFile);
    let (props, held) = (view.props.clone(), Rc::clone(comparison));
    let save = view.button("secondary", DeskKey::AgendaSave, move || {
        let words = Wording::shared(&props.content, &held);
        let text = meeting::markdown(&words, &props.texts, &held);
        let offered = files.download(&name, "text/markdown", &text);
        (!offered).then_some(Message::Notify(DeskKey::FilesFailed).into())
    });
    let actions = node("div")
        .class("actions")
        .add(view.send("secondary", DeskKey::AgendaCopy, Message::CopyAgenda.into()))
        .add(save);
    let files = view.props.ports.files.clone();
    let print = view.button("secondary", DeskKey::ComparePrint, move || {
        files.print(Sheets::Comparison);
        None
    });
    let actions = actions.add(print);
    let notice = state.notice.map(|key| view.say("p", "", key));
    let rest = Some(comparison.beyond_agenda()).filter(|rest| *rest > 0);
    let rest = rest.map(|rest| {
        let words = view.text_with(DeskKey::AgendaRest, &[("count", &rest.to_string())]);
        text("p", "why", &words)
    });
    let unseen = Some(comparison.critical_unseen()).filter(|domains| !domains.is_empty());
    let unseen = unseen.map(|domains| {
        let values = [("domains", &*words.domains(&domains))];
        text("p", "why", &view.text_with(DeskKey::AgendaFindOut, &values))
    });
    let start = view.send("primary", DeskKey::StageStart, stage::Message::Open.into());
    section
        .add(points(compared, agenda))
        .add_if(unseen)
        .add_if(rest)
        .add(actions)
        .add(node("div").set("role", "status").add_if(notice))
        .add(view.say("p", "why on-screen", DeskKey::StageLead))
        .add(node("div").class("actions").add(start))
}

fn points(compared: &Compared, agenda: &Agenda) -> Node {
    let Compared {
        view,
        comparison,
        words,
    } = compared;
    let texts = &words.comparison().agenda;
    let point = |name: &str, minutes: usize, about: &str| {
        let minutes = minutes.to_string();
        let head = view.text_with(
            DeskKey::AgendaPoint,
            &[("name", name), ("minutes", &minutes)],
        );
        node("li")
            .add(text("p", "eyebrow", &head))
            .add(text("p", "", about))
    };
    let topics = agenda.topics.iter().enumerate().map(|(place, topic)| {
        let number = (place + 1).to_string();
        let name = view.text_with(DeskKey::MeetingPoint, &[("number", &number)]);
        let question = words.disagreement(comparison, &topic.about);
        let shared = words.shared_target(comparison, &topic.about);
        point(&name, topic.minutes, &question).add_if(shared.map(|one| text("p", "advice", &one)))
    });
    let fixed = |text: &crate::core::content::NamedText, minutes| {
        point(&text.name, minutes, &words.fill(&text.text, &[]))
    };
    node("ol")
        .class("agenda")
        .add(fixed(&texts.opening, agenda.opening))
        .all(topics)
        .add(fixed(&texts.closing, agenda.closing))
}
