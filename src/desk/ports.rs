//! What the desk needs of a browser.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use web_sys::Event;

use crate::app::ports::{Files, Storage};
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
    pub text: Later<Result<String, FileError>>,
}

/// Files that the visitor chooses.
pub trait Inbox {
    /// Those chosen in the file input that the event comes from, which is emptied. Files of more than `most` bytes are not read.
    fn chosen(&self, event: &Event, most: usize) -> Vec<Offered>;
}

pub trait Clipboard {
    /// Puts a text on the clipboard; whether it is there.
    fn copy(&self, text: &str) -> Later<bool>;
}

pub trait Calendar {
    /// The day in the visitor's own time zone; absent on a device whose date is out of all reason.
    fn day(&self) -> Option<Date>;
}

/// The edge as the desk holds it.
#[derive(Clone)]
pub struct DeskPorts {
    pub files: Rc<dyn Files>,
    pub inbox: Rc<dyn Inbox>,
    pub clipboard: Rc<dyn Clipboard>,
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
            && Rc::ptr_eq(&self.clipboard, &other.clipboard)
            && Rc::ptr_eq(&self.calendar, &other.calendar)
    }
}
