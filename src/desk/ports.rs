//! What the desk needs of a browser.

use std::rc::Rc;

use crate::app::ports::Files;

/// The edge as the desk holds it.
#[derive(Clone)]
pub struct DeskPorts {
    pub files: Rc<dyn Files>,
}

impl PartialEq for DeskPorts {
    fn eq(&self, other: &DeskPorts) -> bool {
        Rc::ptr_eq(&self.files, &other.files)
    }
}
