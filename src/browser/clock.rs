//! What comes next, by the browser's timers.

use std::any::Any;

use gloo::timers::callback::Timeout;
use yew::Callback;

use crate::app::ports::Clock;

pub struct BrowserClock;

/// Two frames, in milliseconds. Not the browser's own call before a frame: on a page out of sight there is none.
const SOON_MS: u32 = 32;

impl Clock for BrowserClock {
    fn soon(&self, act: Callback<()>) -> Box<dyn Any> {
        Box::new(Timeout::new(SOON_MS, move || act.emit(())))
    }
}
