//! The edge: everything that reaches out of the widget into the browser.
//!
//! Each effect is fallible and stands behind a small trait of [`crate::app::ports`] or [`crate::desk::ports`]; nothing else in the
//! crate stores, navigates, downloads, prints, encrypts or asks for the time.

pub mod clipboard;
mod clock;
mod files;
mod history;
mod host;
mod inbox;
mod locale;
mod outbox;
mod stage;
mod storage;
mod vault;

pub use clock::BrowserClock;
pub use files::BrowserFiles;
pub use history::BrowserHistory;
pub use host::BrowserHost;
pub use inbox::BrowserInbox;
pub use locale::BrowserLocale;
pub use outbox::BrowserOutbox;
pub use stage::BrowserStage;
pub use storage::BrowserStorage;
pub use vault::BrowserVault;
