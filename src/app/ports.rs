//! What the app needs of a browser, so that it never meets one.

use std::rc::Rc;

use yew::Callback;

/// Why answers could not be kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StorageError {
    /// There is no storage, or the browser refuses access to it.
    Unavailable,
    /// The browser refused to write, as it does when the quota is used up.
    Full,
}

/// Keeps one text on the device.
pub trait Storage {
    fn load(&self) -> Result<Option<String>, StorageError>;
    fn save(&self, text: &str) -> Result<(), StorageError>;
    /// Moves what is stored to a name of its own, where nothing ever overwrites it.
    fn set_aside(&self) -> Result<(), StorageError>;
    /// Whether something is set aside. Where nobody can say there is nothing.
    fn has_aside(&self) -> bool;
    /// Deletes what is stored, with everything set aside.
    fn clear(&self) -> Result<(), StorageError>;
    /// Calls back when another tab or window changed or deleted what is stored; dropping the guard ends it.
    fn listen(&self, on_change: Callback<()>) -> Box<dyn std::any::Any>;
}

/// The pages in the browser's history, without touching the address.
pub trait History {
    /// The page of the present entry, when this widget wrote one.
    fn current(&self) -> Option<String>;
    fn push(&self, page: &str);
    fn replace(&self, page: &str);
    /// Calls back when the visitor goes back or forward to an entry that this widget wrote; the host's own are none of its
    /// business. Dropping the guard ends it.
    fn listen(&self, on_page: Callback<String>) -> Box<dyn std::any::Any>;
}

/// What the host's page is told. It gets no more than the text it is given.
pub trait Host {
    /// Tells of an event; `detail` is a JSON object made by [`crate::core::disclosure`].
    fn tell(&self, event: HostEvent, detail: &str);
    /// Lets the element know which page is drawn with which answers, so that it can put the desk on the page of the results, and go on
    /// from there when the widget comes back. `kept` says whether the device has these answers. The host's page hears nothing of it.
    fn drawn(&self, page: &str, answers: &str, kept: bool);
}

/// What a host can hear of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HostEvent {
    /// The visitor went from the first page to the questions.
    Start,
    /// An answer was given, changed or removed.
    Progress,
    /// The results are shown, or the visitor allowed or forbade more of them to be told.
    Complete,
}

impl HostEvent {
    pub fn name(self) -> &'static str {
        match self {
            HostEvent::Start => "start",
            HostEvent::Progress => "progress",
            HostEvent::Complete => "complete",
        }
    }
}

/// What is put on paper.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sheets {
    /// The report: the brief and its evidence, the charter among it.
    Report,
    Charter,
    Comparison,
}

/// What leaves the page by the visitor's own hand.
pub trait Files {
    /// Whether the download could be offered.
    fn download(&self, name: &str, media_type: &str, text: &str) -> bool;
    fn print(&self, sheets: Sheets);
    /// Opens what is folded away while the page is printed; dropping the guard ends it.
    fn unfold_for_print(&self) -> Box<dyn std::any::Any>;
}

/// What comes next.
pub trait Clock {
    /// Calls back in a turn of its own, once what is drawn now can be seen; dropping the guard ends it.
    fn soon(&self, act: Callback<()>) -> Box<dyn std::any::Any>;
}

/// Days and numbers as the language of the check writes them.
pub trait Locale {
    /// The day where the visitor is.
    fn today(&self) -> String;
    /// The day of the next check, so many months from then; absent on a device whose date is out of all reason.
    fn next_review(&self, months: u8) -> Option<String>;
    /// A plain number such as `1240` or `6.25`, with as many decimals as it has.
    fn number(&self, plain: &str) -> String;
}

/// The edge as the app holds it.
#[derive(Clone)]
pub struct Ports {
    pub storage: Rc<dyn Storage>,
    pub history: Rc<dyn History>,
    pub files: Rc<dyn Files>,
    pub host: Rc<dyn Host>,
    pub clock: Rc<dyn Clock>,
    pub locale: Rc<dyn Locale>,
}

impl PartialEq for Ports {
    fn eq(&self, other: &Ports) -> bool {
        Rc::ptr_eq(&self.storage, &other.storage)
            && Rc::ptr_eq(&self.history, &other.history)
            && Rc::ptr_eq(&self.files, &other.files)
            && Rc::ptr_eq(&self.host, &other.host)
            && Rc::ptr_eq(&self.clock, &other.clock)
            && Rc::ptr_eq(&self.locale, &other.locale)
    }
}
