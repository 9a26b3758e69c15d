//! The answers on the device. Several tabs write them, and each follows the others: what is on the device is what counts.

use super::ports::Storage;
use super::state::Notice;
use crate::core::content::Content;
use crate::core::response::Response;

/// What this tab knows of the device.
pub struct Kept {
    /// What was there when it was last looked at.
    seen: Option<String>,
    /// Whether that can be neither read nor set aside. Nothing is then written over it.
    damaged: bool,
    /// Whether the answers here could not be written, and so are newer than those there.
    ahead: bool,
}

/// What another tab did.
pub enum Change {
    Answers(Response),
    Deleted,
    /// It wrote what cannot be read here.
    Unreadable(Notice),
}

impl Kept {
    /// The answers on the device, none if there are none to be read, and what the visitor must know about them.
    pub fn restore(
        content: &Content,
        storage: &dyn Storage,
    ) -> (Kept, Option<Response>, Option<Notice>) {
        let mut kept = Kept {
            seen: None,
            damaged: false,
            ahead: false,
        };
        match storage.load() {
            Err(error) => (kept, None, Some(Notice::Storage(error))),
            Ok(None) => (kept, None, None),
            Ok(Some(text)) => match Response::parse(&text, content) {
                Ok(response) => {
                    kept.seen = Some(text);
                    (kept, Some(response), None)
                }
                Err(_) => {
                    let notice = kept.set_aside(storage);
                    (kept, None, Some(notice))
                }
            },
        }
    }

    /// Whether the answers here are those on the device, as far as this tab has seen.
    pub fn is_even(&self) -> bool {
        !self.ahead
    }

    /// Answers that come back without having been on the device: they are newer than what is there.
    pub fn bring(&mut self, left: Response) -> Response {
        self.ahead = true;
        left
    }

    /// Answers that come back and were on the device: what is there now counts, as another tab may have written or deleted it meanwhile.
    pub fn reconcile(
        left: &Response,
        device: Option<Response>,
        content: &Content,
    ) -> (Response, Option<Notice>) {
        match device {
            Some(device) => (device, None),
            None if left.is_empty() => (Response::new(content), None),
            None => (Response::new(content), Some(Notice::DeletedElsewhere)),
        }
    }

    /// What another tab did since this one last looked, if anything.
    pub fn follow(&mut self, content: &Content, storage: &dyn Storage) -> Option<Change> {
        // Storage that cannot be read has nothing to tell; writing to it will say so.
        let found = storage.load().ok()?;
        if found == self.seen {
            return None;
        }
        self.seen = found;
        // What could not be read is gone: set aside by the other tab, which is no reason to delete anything here.
        let was_damaged = std::mem::take(&mut self.damaged);
        let Some(text) = &self.seen else {
            return (!was_damaged).then_some(Change::Deleted);
        };
        match Response::parse(text, content) {
            Ok(_) if self.ahead => None,
            Ok(response) => Some(Change::Answers(response)),
            Err(_) => Some(Change::Unreadable(self.set_aside(storage))),
        }
    }

    /// Writes the answers to the device, unless that would destroy what is there.
    pub fn save(&mut self, response: &Response, storage: &dyn Storage) -> Result<(), Notice> {
        self.ahead = true;
        if self.damaged {
            match self.set_aside(storage) {
                Notice::Unreadable => return Err(Notice::Unreadable),
                _ => self.damaged = false,
            }
        }
        let saved = storage.save(&response.to_json());
        saved.map_err(Notice::Storage)?;
        self.ahead = false;
        self.look(storage);
        Ok(())
    }

    /// Deletes everything from the device. Where that is refused, this tab lets go of it all the same.
    pub fn clear(&mut self, storage: &dyn Storage) -> Result<(), Notice> {
        let cleared = storage.clear();
        self.damaged = false;
        self.ahead = false;
        self.look(storage);
        cleared.map_err(|_| Notice::NotDeleted)
    }

    /// Whether the visitor's damaged answers were set aside, as a notice.
    fn set_aside(&mut self, storage: &dyn Storage) -> Notice {
        self.damaged = storage.set_aside().is_err();
        self.look(storage);
        if self.damaged {
            Notice::Unreadable
        } else {
            Notice::SetAside
        }
    }

    fn look(&mut self, storage: &dyn Storage) {
        self.seen = storage.load().ok().flatten();
    }
}
