//! Walks through a check without a page: the model that a random walk in a browser is held against (`tests/e2e/wander.mjs`).
//!
//! It reads one action a line, as JSON, and answers each with one line: the page that must be shown now, how far the respondent is,
//! what is chosen on the page, the document that the device must hold, and the score. It knows the core alone, and none of the
//! page's own code.

mod common;

use std::io::{BufRead, Write};
use std::process::ExitCode;

use delineate::core::content::Content;
use delineate::core::flow::{self, Page};
use delineate::core::response::{Column, ItemAnswer, Owner, Response};
use delineate::core::result::ResultDocument;
use serde_json::{Map, Value, json};

/// The domains of one choice on the map, with the owners from before.
type Before = Vec<(String, Option<Owner>)>;

struct Walk<'a> {
    content: &'a Content,
    response: Response,
    /// Whether the device holds the answers, which it does from the first action that touches them, and until they are deleted.
    stored: bool,
    page: Page,
    begun: bool,
    open_only: bool,
    from_review: bool,
    /// The item or the domains of the page that still lack their detail.
    pending: Vec<String>,
    undo: Vec<Before>,
}

fn text<'v>(action: &'v Value, name: &str) -> Result<&'v str, String> {
    let text = action.get(name).and_then(Value::as_str);
    text.ok_or_else(|| format!("{action}: no \"{name}\""))
}

fn owner(value: &str) -> Owner {
    match value {
        "split" => Owner::Split,
        "unsplit" => Owner::Unsplit,
        "nobody" => Owner::Nobody,
        "dont_know" => Owner::DontKnow,
        officer => Owner::Officer(officer.into()),
    }
}

impl Walk<'_> {
    fn open(&mut self, page: Page) {
        if matches!(page, Page::Review | Page::Results | Page::Start) {
            self.from_review = false;
            self.open_only = false;
        }
        self.page = page;
        self.pending.clear();
        self.undo.clear();
    }

    fn entry(&self, id: &str) -> Page {
        let set_out = self.begun || !self.response.is_empty();
        let page = Page::parse(id, self.content, &self.response);
        page.filter(|_| set_out).unwrap_or(Page::Start)
    }

    fn column(&self) -> Column {
        match self.page {
            Page::Target(_) => Column::Target,
            _ => Column::Today,
        }
    }

    fn ask_detail(&mut self, id: &str) {
        if !self.pending.iter().any(|pending| pending == id) {
            self.pending.push(id.into());
        }
    }

    fn set_owner(&mut self, domain: &str, owner: Option<Owner>) {
        let column = self.column();
        let before = self.response.owner(self.content, domain, column).cloned();
        if before != owner {
            self.undo.push(vec![(domain.into(), before)]);
        }
        self.pending.retain(|pending| pending != domain);
        self.response.answer_domain(domain, column, owner);
    }

    fn answer(&mut self, value: &str) -> Result<(), String> {
        match self.page.clone() {
            Page::Seat => self.response.respondent.seat = Some(value.into()),
            Page::Structure => self.response.set_structure(self.content, value),
            Page::Item(id) if value == "not_applicable" => {
                self.ask_detail(&id);
                return Ok(());
            }
            Page::Item(id) => {
                let answer = match value {
                    "dont_know" => ItemAnswer::DontKnow,
                    level => ItemAnswer::Level(level.parse().map_err(|_| level.to_string())?),
                };
                self.pending.retain(|pending| *pending != id);
                self.response.answer_item(&id, Some(answer));
            }
            page => return Err(format!("{page:?} asks for no answer")),
        }
        self.stored = true;
        Ok(())
    }

    fn rows(&self) -> Vec<Page> {
        let mut rows = Vec::new();
        for page in flow::questions(self.content, &self.response) {
            let times = match &page {
                Page::Map(group) => flow::domains_of(self.content, group).count(),
                _ => 1,
            };
            rows.extend(std::iter::repeat_n(page, times));
        }
        rows
    }

    fn act(&mut self, action: &Value) -> Result<(), String> {
        let content = self.content;
        let number = |name: &str| action.get(name).and_then(Value::as_u64).unwrap_or(0) as usize;
        match text(action, "do")? {
            "look" => {}
            "begin" => {
                self.begun = true;
                self.stored = true;
                self.response.full_steps.clear();
                if action.get("full") == Some(&Value::Bool(true)) {
                    let steps = content.instrument.steps.iter();
                    let steps: Vec<String> = steps.map(|step| step.id.clone()).collect();
                    self.response.extend(content, &steps);
                }
                self.open(flow::next(content, &self.response, &Page::Start, false));
            }
            "resume" => self.open(flow::first_open(content, &self.response)),
            "results" => self.open(Page::Results),
            "review" => self.open(Page::Review),
            "target" => self.open(Page::Target(content.instrument.domain_groups[0].clone())),
            "answer" => self.answer(text(action, "value")?)?,
            "reason" => {
                let Page::Item(id) = self.page.clone() else {
                    return Err("no item asks for a reason".into());
                };
                let reason = ItemAnswer::NotApplicable(text(action, "value")?.into());
                self.pending.clear();
                self.response.answer_item(&id, Some(reason));
                self.stored = true;
            }
            "owner" => {
                let (domain, value) = (text(action, "domain")?, text(action, "value")?);
                if value == "other" {
                    self.ask_detail(domain);
                } else {
                    self.set_owner(domain, Some(owner(value)));
                    self.stored = true;
                }
            }
            "role" => {
                let role = Owner::Other(text(action, "value")?.into());
                self.set_owner(text(action, "domain")?, Some(role));
                self.stored = true;
            }
            "clear" => {
                self.set_owner(text(action, "domain")?, None);
                self.stored = true;
            }
            "undo" => {
                let column = self.column();
                for (domain, owner) in self.undo.pop().ok_or("nothing to undo")? {
                    self.pending.retain(|pending| *pending != domain);
                    self.response.answer_domain(&domain, column, owner);
                }
                self.stored = true;
            }
            "adopt" => {
                let Page::Target(group) = self.page.clone() else {
                    return Err("no target to adopt owners for".into());
                };
                let adopted = self.response.adopt_clear_owners(content, &group);
                if !adopted.is_empty() {
                    self.undo
                        .push(adopted.into_iter().map(|domain| (domain, None)).collect());
                }
                self.stored = true;
            }
            "extend" => {
                let left = self.response.left_to_extend(content);
                let left = left.iter().map(|(step, _)| step.id.clone());
                let steps: Vec<String> = match action.get("step") {
                    None => left.collect(),
                    Some(_) => left.skip(number("step")).take(1).collect(),
                };
                self.response.extend(content, &steps);
                self.open(flow::first_open(content, &self.response));
                self.open_only = true;
                self.stored = true;
            }
            "next" if !self.pending.is_empty() => {}
            "next" if self.from_review => self.open(Page::Review),
            "next" => {
                self.open(flow::next(
                    content,
                    &self.response,
                    &self.page,
                    self.open_only,
                ));
            }
            "back" if self.from_review => self.open(Page::Review),
            "back" => self.open(flow::previous(content, &self.response, &self.page)),
            "change" => {
                let row = self.rows().get(number("row")).cloned();
                self.open(row.ok_or("there is no such row")?);
                self.from_review = true;
            }
            "travel" => self.open(self.entry(text(action, "page")?)),
            "reload" => {
                self.begun = false;
                self.from_review = false;
                self.open_only = false;
                self.open(self.entry(&self.page.to_id()));
            }
            "wipe" => {
                self.begun = false;
                self.response = Response::new(content);
                self.stored = false;
                self.open(Page::Start);
            }
            other => return Err(format!("nothing is called \"{other}\"")),
        }
        Ok(())
    }

    /// What is chosen on the page, by the name of the question.
    fn chosen(&self) -> Map<String, Value> {
        let pending = |id: &str| self.pending.iter().any(|pending| pending == id);
        let mut chosen = Map::new();
        let respondent = &self.response.respondent;
        let mut one = |value: Option<String>| {
            if let Some(value) = value {
                chosen.insert("answer".into(), value.into());
            }
        };
        match &self.page {
            Page::Seat => one(respondent.seat.clone()),
            Page::Structure => one(respondent.structure.clone()),
            Page::Item(id) if pending(id) => one(Some("not_applicable".into())),
            Page::Item(id) => one(self.response.items.get(id).map(|answer| match answer {
                ItemAnswer::Level(level) => level.to_string(),
                ItemAnswer::NotApplicable(_) => "not_applicable".into(),
                ItemAnswer::DontKnow => "dont_know".into(),
            })),
            Page::Map(group) | Page::Target(group) => {
                for domain in flow::domains_of(self.content, group) {
                    let owner = self.response.owner(self.content, domain, self.column());
                    let value = match owner {
                        _ if pending(domain) => "other",
                        None => continue,
                        Some(Owner::Officer(id)) => id,
                        Some(Owner::Split) => "split",
                        Some(Owner::Unsplit) => "unsplit",
                        Some(Owner::Other(_)) => "other",
                        Some(Owner::Nobody) => "nobody",
                        Some(Owner::DontKnow) => "dont_know",
                    };
                    chosen.insert(domain.into(), value.into());
                }
            }
            Page::Start | Page::Review | Page::Results => {}
        }
        chosen
    }

    fn seen(&self) -> Value {
        let (answered, asked) = flow::progress(self.content, &self.response);
        let stored = self.stored.then(|| self.response.to_json());
        let result = ResultDocument::new(self.content, &self.response);
        // Without a band the number is no verdict, and is not shown.
        let score = result.band.and(result.score);
        json!({
            "page": self.page.to_id(),
            "answered": answered,
            "asked": asked,
            "chosen": self.chosen(),
            "stored": stored,
            "score": score,
        })
    }
}

fn run() -> Result<(), String> {
    let content = common::content()?;
    let mut walk = Walk {
        content: &content,
        response: Response::new(&content),
        stored: false,
        page: Page::Start,
        begun: false,
        open_only: false,
        from_review: false,
        pending: Vec::new(),
        undo: Vec::new(),
    };
    for line in std::io::stdin().lock().lines() {
        let line = line.map_err(|error| error.to_string())?;
        let action = serde_json::from_str(&line).map_err(|error| format!("{line}: {error}"))?;
        walk.act(&action)?;
        let mut out = std::io::stdout().lock();
        let told = writeln!(out, "{}", walk.seen()).and_then(|()| out.flush());
        told.map_err(|error| error.to_string())?;
    }
    Ok(())
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}
