//! What the desk needs of a browser.

use std::any::Any;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use web_sys::{DragEvent, Element, Event};
use yew::Callback;

use crate::app::ports::{Files, Locale, Storage};
use crate::core::code::locked::Locked;
use crate::core::date::Date;

/// What the browser gives some time after it was asked.
pub type Later<T> = Pin<Box<dyn Future<Output = T>>>;

/// Why a file gives no text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FileError {
    /// Larger than allowed. It was not read.
    TooLarge,
    /// The browser could not read it: it has gone, is a folder, or may not be read.
    Unreadable,
}

/// A file that the visitor offers. Nothing is read before its text is waited for.
pub struct Offered {
    pub name: String,
    pub text: Later<Result<String, FileError>>,
}

/// Files that the visitor chooses or drops.
pub trait Inbox {
    /// Those chosen in the file input that the event comes from, which is emptied. Files of more than `most` bytes are not read.
    fn chosen(&self, event: &Event, most: usize) -> Vec<Offered>;
    /// Those dropped.
    fn dropped(&self, event: &DragEvent, most: usize) -> Vec<Offered>;
}

/// Why something cannot be locked or opened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LockError {
    /// The browser encrypts only on pages that came over a secure connection.
    Unavailable,
    /// Another passphrase, or a text that was changed with care.
    Wrong,
    /// Anything else that the browser says.
    Failed,
}

/// Locks a code under a passphrase, and opens it again, as `core::code::locked` says.
pub trait Vault {
    fn is_available(&self) -> bool;
    fn lock(&self, passphrase: &str, code: &str) -> Later<Result<Locked, LockError>>;
    fn open(&self, passphrase: &str, locked: &Locked) -> Later<Result<String, LockError>>;
}

/// How a text leaves the page by the visitor's own hand.
pub trait Outbox {
    /// Puts a text on the clipboard; whether it is there.
    fn copy(&self, text: &str) -> Later<bool>;
    /// The address of the page with this code in its fragment, everything else in it as it is.
    fn link(&self, code: &str) -> String;
    /// Whether there is a share menu.
    fn has_sheet(&self) -> bool;
    /// Opens the share menu; whether it opened. That the visitor closes it again is no failure.
    fn sheet(&self, text: &str, address: &str) -> Later<bool>;
}

/// A dialog over the whole screen.
pub trait Stage {
    /// Opens the dialog, over the whole screen where the browser allows that. `closed` is called when it is closed in any way; dropping
    /// the guard closes it.
    fn open(&self, dialog: &Element, closed: Callback<()>) -> Box<dyn Any>;
}

pub trait Calendar: Locale {
    /// The day in the visitor's own time zone; absent on a device whose date is out of all reason.
    fn day(&self) -> Option<Date>;
    /// Milliseconds since some moment in the past; no number where the browser does not say.
    fn moment(&self) -> f64;
    /// A day as the language of the check writes it.
    fn written(&self, date: Date) -> String;
}

/// The edge as the desk holds it.
#[derive(Clone)]
pub struct DeskPorts {
    pub files: Rc<dyn Files>,
    pub inbox: Rc<dyn Inbox>,
    pub outbox: Rc<dyn Outbox>,
    pub vault: Rc<dyn Vault>,
    pub stage: Rc<dyn Stage>,
    pub calendar: Rc<dyn Calendar>,
    /// The saved results on the device; absent where the host wants nothing kept there.
    pub memory: Option<Rc<dyn Storage>>,
}

impl PartialEq for DeskPorts {
    fn eq(&self, other: &DeskPorts) -> bool {
        let memory = match (&self.memory, &other.memory) {
            (Some(one), Some(other)) => Rc::ptr_eq(one, other),
            (None, None) => true,
            _ => false,
        };
        memory
            && Rc::ptr_eq(&self.files, &other.files)
            && Rc::ptr_eq(&self.inbox, &other.inbox)
            && Rc::ptr_eq(&self.outbox, &other.outbox)
            && Rc::ptr_eq(&self.vault, &other.vault)
            && Rc::ptr_eq(&self.stage, &other.stage)
            && Rc::ptr_eq(&self.calendar, &other.calendar)
    }
}
