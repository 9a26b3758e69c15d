//! The one state of a widget, and the actions that change it. What an action means for the answers is the core's business.

use std::rc::Rc;

use yew::Callback;

use super::ports::StorageError;
use super::{map, results, review};
use crate::core::content::Content;
use crate::core::disclosure::Consent;
use crate::core::flow::{self, Page};
use crate::core::response::{Column, ItemAnswer, Owner, Response};
use crate::core::settings::Settings;

pub struct State {
    pub content: Rc<Content>,
    pub settings: Rc<Settings>,
    /// The visitor's own switch: whether the host is told what it asks for. Off until it is switched on.
    pub sharing: bool,
    /// Replaced, never changed in place, so that a change shows.
    pub response: Rc<Response>,
    pub page: Page,
    /// How the browser's history follows the page.
    pub entry: Entry,
    /// Whether the way on passes over what is answered, as it does after an extension.
    pub open_only: bool,
    /// Whether the page was opened from the review, and goes back there.
    pub from_review: bool,
    /// Whether the visitor set out in this tab. Until then, and with nothing answered, only the first page has anything to show.
    pub begun: bool,
    /// The item or the domains of this page whose answers still lack their detail: the reason of *not applicable*, the role of
    /// *somebody else*.
    pub pending: Vec<String>,
    /// The one of them that the visitor tried to leave behind.
    pub complaint: Option<String>,
    /// What the latest choices on this page of the map replaced, the latest last.
    pub undo: Vec<Undo>,
    pub confirm_wipe: bool,
    /// How many turns of the page are drawn.
    pub turns: usize,
    /// What takes the focus when the page is drawn next, where the change of page does not say it.
    pub focus: Option<Focus>,
    pub notice: Option<Notice>,
    /// What a screen reader is told beside the change of page.
    pub announcement: Option<Announcement>,
}

/// What to do with the browser's history after a change of page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Entry {
    Push,
    /// What was shown is no more; there is nothing to go back to.
    Replace,
    /// The browser itself changed the page.
    Keep,
}

/// Where the focus goes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Focus {
    /// The page's heading.
    Title,
    /// The element of this id.
    To(String),
    /// The heading of this id, brought to the upper edge.
    Part(&'static str),
    /// The chosen answer for a domain, or the first one.
    Domain(String),
}

/// The id of the element that asks for the detail of an item's or a domain's answer.
pub fn detail_id(id: &str) -> String {
    ["detail-", id].concat()
}

/// The ids of elements that take the focus.
pub const WIPE: &str = "wipe";
pub const WIPE_QUESTION: &str = "wipe-question";

/// What a choice on the map replaced: the domains with the owners that they had. One domain, unless owners were kept in one go.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Undo {
    pub column: Column,
    pub before: Vec<(String, Option<Owner>)>,
}

/// What the visitor should know about the answers kept on the device.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Notice {
    /// Answers cannot be kept here.
    Storage(StorageError),
    /// Kept answers could not be read and were set aside.
    SetAside,
    /// Kept answers could not be read, and setting them aside failed too; they stay where they are, and new ones are not kept.
    Unreadable,
    /// The answers were deleted in another tab.
    DeletedElsewhere,
    /// The browser refused to delete what is kept.
    NotDeleted,
    /// The questions could not be loaded.
    NoQuestions,
}

/// A change that is told to a screen reader.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Announcement {
    Undone(Undo),
    /// So many owners of today were taken over into the target.
    Adopted(usize),
    Wiped,
}

#[derive(Clone)]
pub enum Action {
    /// Opens a page.
    Open(Page),
    /// The browser went back or forward to the page of that id.
    Travelled(String),
    /// Begins or goes on, with all items or with the headline items only.
    Begin {
        full: bool,
    },
    Resume,
    Next,
    Back,
    /// Opens a page from the review, to come back there.
    Change(Page),
    Seat(String),
    Structure(String),
    Item(String, Option<ItemAnswer>),
    Domain(String, Column, Option<Owner>),
    /// A choice was made for this item or domain that still needs its detail.
    AskDetail(String),
    Undo,
    /// Takes today's clear owners of a group over into the target, where nothing is said there yet.
    AdoptOwners(String),
    /// Asks every item of these steps.
    Extend(Vec<String>),
    AskWipe,
    KeepAnswers,
    Wipe,
    /// Brings a part of the page to the upper edge.
    Show(&'static str),
    /// Draws the next part of the page.
    DrawMore,
    /// What is kept on the device changed.
    Stored,
    /// Another tab wrote these answers.
    Follow(Response),
    /// Another tab deleted the answers.
    Forget,
    Share(bool),
    /// The host changed its settings.
    Configure(Rc<Settings>),
    /// Answers from outside take the place of those given here. Called back with nothing when they did, or with the reason why those given
    /// here could not be set aside, and so stay.
    Load(Response, Callback<Option<StorageError>>),
    /// The whole content is there.
    Complete(Rc<Content>),
    Notify(Notice),
    DismissNotice,
}

impl Action {
    /// What a visitor can do before the wasm is there, as a short text: the build draws each screen that it leads to.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn to_id(&self) -> Option<String> {
        Some(match self {
            Action::Begin { full: false } => "quick".into(),
            Action::Begin { full: true } => "full".into(),
            Action::Resume => "resume".into(),
            Action::Next => "next".into(),
            Action::Back => "back".into(),
            Action::Seat(id) => ["seat:", id].concat(),
            Action::Structure(id) => ["structure:", id].concat(),
            _ => return None,
        })
    }

    /// The action that [`Action::to_id`] wrote, if this content knows it.
    pub fn parse(text: &str, content: &Content) -> Option<Action> {
        let (kind, id) = text.split_once(':').unwrap_or((text, ""));
        let instrument = &content.instrument;
        match kind {
            "quick" | "full" => Some(Action::Begin {
                full: kind == "full",
            }),
            "resume" => Some(Action::Resume),
            "next" => Some(Action::Next),
            "back" => Some(Action::Back),
            "seat" => {
                let known = instrument.seats.iter().any(|seat| seat == id);
                known.then(|| Action::Seat(id.into()))
            }
            "structure" => {
                let mut known = instrument.structures.iter();
                let known = known.any(|structure| structure.id == id);
                known.then(|| Action::Structure(id.into()))
            }
            _ => None,
        }
    }

    /// Whether the action may change the answers, so that what other tabs did must be known first.
    pub fn answers(&self) -> bool {
        matches!(
            self,
            Action::Begin { .. }
                | Action::Seat(_)
                | Action::Structure(_)
                | Action::Item(..)
                | Action::Domain(..)
                | Action::Undo
                | Action::AdoptOwners(_)
                | Action::Extend(_)
                | Action::Load(..)
        )
    }

    /// Whether somebody who only looks at a result may do this.
    pub fn changes_no_answer(&self) -> bool {
        use Action::{Complete, Configure, DismissNotice, DrawMore, Notify, Show};
        matches!(
            self,
            Complete(_) | Configure(_) | Notify(_) | DismissNotice | DrawMore | Show(_)
        )
    }
}

impl State {
    pub fn new(
        content: Rc<Content>,
        settings: Rc<Settings>,
        response: Response,
        page: Page,
    ) -> State {
        State {
            content,
            settings,
            sharing: false,
            response: Rc::new(response),
            page,
            entry: Entry::Push,
            open_only: false,
            from_review: false,
            begun: false,
            pending: Vec::new(),
            complaint: None,
            undo: Vec::new(),
            confirm_wipe: false,
            turns: 1,
            focus: None,
            notice: None,
            announcement: None,
        }
    }

    /// Whether all turns of the page are drawn. The longest pages come in several, so that none keeps the visitor waiting.
    pub fn is_whole(&self) -> bool {
        let turns = match self.page {
            Page::Results => results::TURNS,
            Page::Review => review::TURNS,
            Page::Map(_) | Page::Target(_) => map::TURNS,
            _ => 1,
        };
        self.turns >= turns
    }

    /// How much the host may be told now.
    pub fn consent(&self) -> Consent {
        if self.sharing {
            self.settings.consent
        } else {
            Consent::None
        }
    }

    fn open(&mut self, page: Page) {
        // What is drawn stays, with the focus in it, where the way in the history leads to the same page.
        if self.page != page {
            self.turns = 1;
        }
        self.page = page;
        self.entry = Entry::Push;
        self.pending.clear();
        self.complaint = None;
        // What was chosen on another page is out of sight, and so nothing to take back from here.
        self.undo.clear();
        self.confirm_wipe = false;
        self.focus = None;
        self.announcement = None;
        if matches!(self.page, Page::Review | Page::Results | Page::Start) {
            self.from_review = false;
            self.open_only = false;
        }
    }

    fn answer(&mut self) -> &mut Response {
        self.announcement = None;
        Rc::make_mut(&mut self.response)
    }

    /// Answers an item or a domain, whose detail is then no longer waited for.
    fn settle(&mut self, id: &str) -> &mut Response {
        self.pending.retain(|pending| pending != id);
        self.complaint = self.complaint.take().filter(|other| other != id);
        self.answer()
    }

    /// Whether a choice for this item or domain still lacks its detail.
    pub fn asks_detail(&self, id: &str) -> bool {
        self.pending.iter().any(|pending| pending == id)
    }

    /// The first on the page that still lacks its detail.
    fn first_pending(&self) -> Option<&String> {
        let mut domains = self.content.instrument.domains.iter();
        let domain = domains.find(|domain| self.pending.contains(&domain.id));
        domain
            .map(|domain| &domain.id)
            .or_else(|| self.pending.first())
    }

    /// The page of an entry of the history, or the first page where that one would have an empty middle: its answers are gone,
    /// after a wipe or on another device.
    pub fn page_of_entry(&self, id: &str) -> Page {
        Page::parse(id, &self.content, &self.response)
            .filter(|_| self.begun || !self.response.is_empty())
            .unwrap_or(Page::Start)
    }

    /// A state without answers, as after a wipe.
    fn blank(&self) -> State {
        State {
            focus: Some(Focus::Title),
            ..State::new(
                self.content.clone(),
                self.settings.clone(),
                Response::new(&self.content),
                Page::Start,
            )
        }
    }

    pub fn apply(&mut self, action: Action) {
        let content = self.content.clone();
        match action {
            Action::Open(page) => self.open(page),
            Action::Travelled(page) => {
                self.open(self.page_of_entry(&page));
                self.entry = Entry::Keep;
            }
            Action::Begin { full } => {
                self.begun = true;
                let steps = content.instrument.steps.iter();
                let all: Vec<String> = steps.map(|step| step.id.clone()).collect();
                let response = self.answer();
                response.full_steps.clear();
                if full {
                    response.extend(&content, &all);
                }
                let page = flow::next(&content, &self.response, &Page::Start, false);
                self.open(page);
            }
            Action::Resume => {
                let page = flow::first_open(&content, &self.response);
                self.open(page);
            }
            Action::Next => match self.first_pending().cloned() {
                Some(id) => {
                    self.focus = Some(Focus::To(detail_id(&id)));
                    self.complaint = Some(id);
                }
                None if self.from_review => self.open(Page::Review),
                None => {
                    let (response, page) = (&self.response, &self.page);
                    self.open(flow::next(&content, response, page, self.open_only));
                }
            },
            Action::Back => {
                let previous = if self.from_review {
                    Page::Review
                } else {
                    flow::previous(&content, &self.response, &self.page)
                };
                self.open(previous);
            }
            Action::Change(page) => {
                self.open(page);
                self.from_review = true;
            }
            Action::Seat(id) => self.answer().respondent.seat = Some(id),
            Action::Structure(id) => self.answer().set_structure(&content, &id),
            Action::Item(id, answer) => self.settle(&id).answer_item(&id, answer),
            Action::Domain(domain, column, owner) => {
                let before = self.response.owner(&content, &domain, column).cloned();
                if before != owner {
                    self.undo.push(Undo {
                        column,
                        before: vec![(domain.clone(), before)],
                    });
                }
                // The button that cleared the answer is gone with it.
                if owner.is_none() {
                    self.focus = Some(Focus::Domain(domain.clone()));
                }
                self.settle(&domain).answer_domain(&domain, column, owner);
            }
            Action::AskDetail(id) => {
                if !self.pending.contains(&id) {
                    self.pending.push(id);
                }
            }
            Action::Undo => {
                if let Some(undo) = self.undo.pop() {
                    for (domain, owner) in &undo.before {
                        let response = self.settle(domain);
                        response.answer_domain(domain, undo.column, owner.clone());
                    }
                    // With nothing more to undo, the button is gone.
                    let first = undo.before.first().filter(|_| self.undo.is_empty());
                    self.focus = first.map(|(domain, _)| Focus::Domain(domain.clone()));
                    self.announcement = Some(Announcement::Undone(undo));
                }
            }
            Action::AdoptOwners(group) => {
                let adopted = self.answer().adopt_clear_owners(&content, &group);
                self.announcement = Some(Announcement::Adopted(adopted.len()));
                if !adopted.is_empty() {
                    let before = adopted.into_iter().map(|domain| (domain, None));
                    self.undo.push(Undo {
                        column: Column::Target,
                        before: before.collect(),
                    });
                }
            }
            Action::Extend(steps) => {
                self.answer().extend(&content, &steps);
                let page = flow::first_open(&content, &self.response);
                self.open(page);
                self.open_only = true;
            }
            Action::AskWipe => {
                self.confirm_wipe = true;
                self.focus = Some(Focus::To(WIPE_QUESTION.into()));
            }
            Action::KeepAnswers => {
                self.confirm_wipe = false;
                self.focus = Some(Focus::To(WIPE.into()));
            }
            Action::Wipe => *self = self.blank(),
            Action::Show(part) => {
                self.turns = results::TURNS;
                self.focus = Some(Focus::Part(part));
            }
            Action::Stored => {}
            Action::DrawMore => self.turns += 1,
            Action::Follow(response) => {
                self.response = Rc::new(response);
                self.undo.clear();
                if Page::parse(&self.page.to_id(), &content, &self.response).is_none() {
                    self.open(Page::Start);
                    self.entry = Entry::Replace;
                }
            }
            Action::Forget => {
                *self = State {
                    notice: Some(Notice::DeletedElsewhere),
                    entry: Entry::Replace,
                    ..self.blank()
                };
            }
            Action::Share(on) => self.sharing = on,
            // What the visitor allowed was what the host asked for at the time, and no more.
            Action::Configure(settings) => {
                self.sharing &= settings.consent <= self.settings.consent;
                self.settings = settings;
            }
            Action::Load(response, _) => {
                *self.answer() = response;
                self.undo.clear();
                self.open(Page::Start);
            }
            Action::Complete(content) => {
                self.content = content;
                self.notice = self.notice.filter(|notice| *notice != Notice::NoQuestions);
            }
            Action::Notify(notice) => self.notice = Some(notice),
            Action::DismissNotice => {
                self.notice = None;
                self.focus = Some(Focus::Title);
            }
        }
    }
}
