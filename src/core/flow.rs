//! The way through a check: which pages there are, in which order, and how far the respondent is.

use super::content::Content;
use super::response::{Column, Response};

/// One thing shown at a time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Page {
    Start,
    Seat,
    Structure,
    /// One item, by id.
    Item(String),
    /// Who is accountable today, for one group of domains.
    Map(String),
    Review,
    Results,
    /// Who should be accountable, for one group of domains. Reached from the results only.
    Target(String),
}

impl Page {
    /// The page as a short text, for the browser's history.
    pub fn to_id(&self) -> String {
        match self {
            Page::Start => "start".into(),
            Page::Seat => "seat".into(),
            Page::Structure => "structure".into(),
            Page::Item(id) => format!("item:{id}"),
            Page::Map(id) => format!("map:{id}"),
            Page::Review => "review".into(),
            Page::Results => "results".into(),
            Page::Target(id) => format!("target:{id}"),
        }
    }

    /// The page that [`Page::to_id`] wrote, if this check has it.
    pub fn parse(text: &str, content: &Content, response: &Response) -> Option<Page> {
        let group = |id: &str| content.instrument.domain_groups.iter().any(|g| g == id);
        let (kind, id) = text.split_once(':').unwrap_or((text, ""));
        match kind {
            "start" => Some(Page::Start),
            "seat" => Some(Page::Seat),
            "structure" => Some(Page::Structure),
            "item" => Some(Page::Item(id.into())),
            "map" => Some(Page::Map(id.into())),
            "review" => Some(Page::Review),
            "results" => Some(Page::Results),
            "target" => Some(Page::Target(id.into())),
            _ => None,
        }
        .filter(|page| match page {
            Page::Item(_) => questions(content, response).contains(page),
            Page::Map(id) | Page::Target(id) => group(id),
            _ => true,
        })
    }
}

/// The pages that ask something, in order: context, items by group and step, then the map.
pub fn questions(content: &Content, response: &Response) -> Vec<Page> {
    let instrument = &content.instrument;
    let mut pages = vec![Page::Seat, Page::Structure];
    for group in &instrument.groups {
        for step in instrument.steps.iter().filter(|step| step.group == *group) {
            let items = response.asked_items(step).iter();
            pages.extend(items.cloned().map(Page::Item));
        }
    }
    pages.extend(instrument.domain_groups.iter().cloned().map(Page::Map));
    pages
}

/// Ids of a group's domains, in content order.
pub fn domains_of<'a>(content: &'a Content, group: &'a str) -> impl Iterator<Item = &'a str> {
    let domains = content.instrument.domains.iter();
    domains
        .filter(move |domain| domain.group == group)
        .map(|domain| domain.id.as_str())
}

/// Answered and asked questions of a page. *I don't know* is an answer.
pub fn answered(content: &Content, response: &Response, page: &Page) -> (usize, usize) {
    let one = |answered: bool| (usize::from(answered), 1);
    let group = |id: &str, column: Column| {
        domains_of(content, id).fold((0, 0), |(answered, asked), domain| {
            let owner = response.owner(content, domain, column);
            (answered + usize::from(owner.is_some()), asked + 1)
        })
    };
    match page {
        Page::Seat => one(response.respondent.seat.is_some()),
        Page::Structure => one(response.respondent.structure.is_some()),
        Page::Item(id) => one(response.items.contains(id)),
        Page::Map(id) => group(id, Column::Today),
        Page::Target(id) => group(id, Column::Target),
        Page::Start | Page::Review | Page::Results => (0, 0),
    }
}

/// Whether a page still has a question without an answer.
pub fn is_open(content: &Content, response: &Response, page: &Page) -> bool {
    let (answered, asked) = answered(content, response, page);
    answered < asked
}

/// Answered and asked questions of the whole check: those that are scored, as the results count them. Seat and structure
/// are context.
pub fn progress(content: &Content, response: &Response) -> (usize, usize) {
    let pages = questions(content, response);
    let scored = |page: &&Page| matches!(page, Page::Item(_) | Page::Map(_));
    let counts = pages.iter().filter(scored);
    let counts = counts.map(|page| answered(content, response, page));
    counts.fold((0, 0), |(a, b), (answered, asked)| {
        (a + answered, b + asked)
    })
}

/// The first page with a question left, or the review.
pub fn first_open(content: &Content, response: &Response) -> Page {
    let pages = questions(content, response).into_iter();
    let mut open = pages.filter(|page| is_open(content, response, page));
    open.next().unwrap_or(Page::Review)
}

/// The page after this one; `open_only` passes over pages on which everything is answered.
pub fn next(content: &Content, response: &Response, page: &Page, open_only: bool) -> Page {
    if let Page::Target(id) = page {
        let groups = &content.instrument.domain_groups;
        let place = groups.iter().position(|group| group == id);
        let following = place.and_then(|place| groups.get(place + 1));
        return following.cloned().map_or(Page::Results, Page::Target);
    }
    let pages = questions(content, response);
    let from = match pages.iter().position(|other| other == page) {
        Some(place) => place + 1,
        None if *page == Page::Start => 0,
        None => return Page::Results,
    };
    let mut rest = pages.into_iter().skip(from);
    rest.find(|page| !open_only || is_open(content, response, page))
        .unwrap_or(Page::Review)
}

/// The page before this one.
pub fn previous(content: &Content, response: &Response, page: &Page) -> Page {
    let pages = questions(content, response);
    match page {
        Page::Results => Page::Review,
        Page::Review => pages.last().cloned().unwrap_or(Page::Start),
        Page::Target(id) => {
            let groups = &content.instrument.domain_groups;
            let place = groups.iter().position(|group| group == id).unwrap_or(0);
            let before = place.checked_sub(1).map(|place| groups[place].clone());
            before.map_or(Page::Results, Page::Target)
        }
        page => match pages.iter().position(|other| other == page) {
            Some(place) if place > 0 => pages[place - 1].clone(),
            _ => Page::Start,
        },
    }
}

/// How many of the scored questions have no answer yet.
pub fn open(content: &Content, response: &Response) -> usize {
    let (answered, asked) = progress(content, response);
    asked - answered
}

/// How many items a full or a quick check asks.
pub fn items_of_a_check(content: &Content, full: bool) -> usize {
    let steps = content.instrument.steps.iter();
    steps
        .map(|step| if full { step.items.len() } else { 1 })
        .sum()
}

/// Whether a full check asks more than a quick one.
pub fn goes_deeper(content: &Content) -> bool {
    items_of_a_check(content, true) > items_of_a_check(content, false)
}

/// How many items a full check would ask beyond those asked now.
pub fn items_left_to_extend(content: &Content, response: &Response) -> usize {
    let left = response.left_to_extend(content);
    left.iter().map(|(_, more)| more).sum()
}

/// The number of a group of domains, from 1.
pub fn group_number(content: &Content, group: &str) -> usize {
    let groups = &content.instrument.domain_groups;
    groups.iter().take_while(|id| *id != group).count() + 1
}
