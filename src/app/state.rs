//! The one state of a widget, and the actions that change it. What an action means for the answers is the core's business.

use std::rc::Rc;

use super::ports::StorageError;
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
    /// The question whose answer still lacks its detail: the reason of *not applicable*, the role of *somebody else*.
    pub detail: Option<Question>,
    /// Whether the visitor tried to go on without the detail.
    pub detail_missing: bool,
    /// What the map's latest choices replaced, the latest last.
    pub undo: Vec<Undo>,
    pub confirm_wipe: bool,
    pub notice: Option<Notice>,
    /// What a screen reader is told beside the change of page.
    pub announcement: Option<Announcement>,
}

/// What to do with the browser's history after a change of page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Entry {
    Push,
    /// The browser itself changed the page.
    Keep,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Question {
    Item(String),
    Domain(String, Column),
}

/// A map choice that can be taken back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Undo {
    pub domain: String,
    pub column: Column,
    pub owner: Option<Owner>,
}

/// What the visitor should know about the answers kept on the device.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Notice {
    /// Answers cannot be kept here.
    Storage(StorageError),
    /// Kept answers could not be read and were set aside.
    SetAside,
    /// Kept answers could not be read, and setting them aside failed too; they are left where they are.
    Unreadable,
    /// The questions could not be loaded.
    NoQuestions,
}

/// A change that is told to a screen reader.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Announcement {
    Undone(Undo),
    Wiped,
}

#[derive(Clone, PartialEq)]
pub enum Action {
    /// Opens a page.
    Open(Page),
    /// The browser went back or forward, to the page of that id if the entry is one of ours.
    Travelled(Option<String>),
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
    /// A choice was made that still needs its detail.
    AskDetail(Question),
    Undo,
    /// Asks every item of these steps.
    Extend(Vec<String>),
    AskWipe,
    KeepAnswers,
    Wipe,
    Share(bool),
    /// The host changed its settings.
    Configure(Rc<Settings>),
    /// Answers from outside take the place of those given here.
    Load(Response),
    /// The whole content is there.
    Complete(Rc<Content>),
    Notify(Notice),
    DismissNotice,
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
            detail: None,
            detail_missing: false,
            undo: Vec::new(),
            confirm_wipe: false,
            notice: None,
            announcement: None,
        }
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
        self.page = page;
        self.entry = Entry::Push;
        self.detail = None;
        self.detail_missing = false;
        self.confirm_wipe = false;
        self.announcement = None;
        if matches!(self.page, Page::Review | Page::Results | Page::Start) {
            self.from_review = false;
            self.open_only = false;
        }
    }

    fn answer(&mut self) -> &mut Response {
        self.detail = None;
        self.detail_missing = false;
        self.announcement = None;
        Rc::make_mut(&mut self.response)
    }

    pub fn apply(&mut self, action: Action) {
        let content = self.content.clone();
        match action {
            Action::Open(page) => self.open(page),
            Action::Travelled(page) => {
                let page = page.and_then(|page| Page::parse(&page, &content, &self.response));
                // Entries from before the widget was opened carry no page: there the check begins.
                self.open(page.unwrap_or(Page::Start));
                self.entry = Entry::Keep;
            }
            Action::Begin { full } => {
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
            Action::Next if self.detail.is_some() => self.detail_missing = true,
            Action::Next => {
                let next = if self.from_review {
                    Page::Review
                } else {
                    flow::next(&content, &self.response, &self.page, self.open_only)
                };
                self.open(next);
            }
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
            Action::Item(id, answer) => self.answer().answer_item(&id, answer),
            Action::Domain(domain, column, owner) => {
                let before = self.response.owner(&content, &domain, column).cloned();
                if before != owner {
                    self.undo.push(Undo {
                        domain: domain.clone(),
                        column,
                        owner: before,
                    });
                }
                self.answer().answer_domain(&domain, column, owner);
            }
            Action::AskDetail(question) => {
                self.detail = Some(question);
                self.detail_missing = false;
            }
            Action::Undo => {
                if let Some(undo) = self.undo.pop() {
                    let owner = undo.owner.clone();
                    let response = self.answer();
                    response.answer_domain(&undo.domain, undo.column, owner);
                    self.announcement = Some(Announcement::Undone(undo));
                }
            }
            Action::Extend(steps) => {
                self.answer().extend(&content, &steps);
                let page = flow::first_open(&content, &self.response);
                self.open(page);
                self.open_only = true;
            }
            Action::AskWipe => self.confirm_wipe = true,
            Action::KeepAnswers => self.confirm_wipe = false,
            Action::Wipe => {
                *self = State {
                    announcement: Some(Announcement::Wiped),
                    ..State::new(
                        content.clone(),
                        self.settings.clone(),
                        Response::new(&content),
                        Page::Start,
                    )
                };
            }
            Action::Share(on) => self.sharing = on,
            // What the visitor allowed was what the host asked for at the time, and no more.
            Action::Configure(settings) => {
                self.sharing &= settings.consent <= self.settings.consent;
                self.settings = settings;
            }
            Action::Load(response) => {
                *self.answer() = response;
                self.undo.clear();
                self.open(Page::Start);
            }
            Action::Complete(content) => {
                self.content = content;
                self.notice = self.notice.filter(|notice| *notice != Notice::NoQuestions);
            }
            Action::Notify(notice) => self.notice = Some(notice),
            Action::DismissNotice => self.notice = None,
        }
    }
}
