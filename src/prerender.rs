//! Draws the first screens natively, from the components that the widget itself is made of, so that they can be shown and used
//! before the wasm is there.

use std::any::Any;
use std::rc::Rc;

use yew::{Callback, LocalServerRenderer};

use crate::app::ports::{
    Clock, Files, History, Host, HostEvent, Locale, Ports, Sheets, Storage, StorageError,
};
use crate::app::{Action, App, AppProps};
use crate::core::content::{Content, Problem};
use crate::core::settings::{Mode, Settings};

/// A device that holds nothing, and a page on which nothing ever happens.
struct Blank;

impl Storage for Blank {
    fn load(&self) -> Result<Option<String>, StorageError> {
        Ok(None)
    }

    fn save(&self, _: &str) -> Result<(), StorageError> {
        Ok(())
    }

    fn set_aside(&self) -> Result<(), StorageError> {
        Ok(())
    }

    fn has_aside(&self) -> bool {
        false
    }

    fn clear(&self) -> Result<(), StorageError> {
        Ok(())
    }

    fn listen(&self, _: Callback<()>) -> Box<dyn Any> {
        Box::new(())
    }
}

impl History for Blank {
    fn current(&self) -> Option<String> {
        None
    }

    fn push(&self, _: &str) {}

    fn replace(&self, _: &str) {}

    fn listen(&self, _: Callback<String>) -> Box<dyn Any> {
        Box::new(())
    }
}

impl Files for Blank {
    fn download(&self, _: &str, _: &str, _: &str) -> bool {
        false
    }

    fn print(&self, _: Sheets) {}

    fn unfold_for_print(&self) -> Box<dyn Any> {
        Box::new(())
    }
}

impl Host for Blank {
    fn tell(&self, _: HostEvent, _: &str) {}

    fn drawn(&self, _: &str, _: &str, _: bool) {}
}

impl Clock for Blank {
    fn soon(&self, _: Callback<()>) -> Box<dyn Any> {
        Box::new(())
    }
}

impl Locale for Blank {
    fn today(&self) -> String {
        String::new()
    }

    fn next_review(&self, _months: u8) -> Option<String> {
        None
    }

    fn number(&self, plain: &str) -> String {
        plain.into()
    }
}

/// The screen after these actions, by their ids, as HTML. What does something in it is marked with the id of its action
/// (`data-does`), and the part that is another one on every page with the page (`data-key`).
///
/// `early` is the early part of a content. Must be called within a `LocalSet` of tokio. Fails with one problem for each part of the
/// content that cannot be read, and for each action that it does not know.
pub async fn screen(early: &str, mode: Mode, done: &[String]) -> Result<String, Vec<Problem>> {
    let content = Rc::new(Content::load_early(early)?);
    let read = |id: &String| {
        let action = Action::parse(id, &content);
        action.ok_or_else(|| {
            vec![Problem {
                place: id.clone(),
                reason: "no such action".into(),
            }]
        })
    };
    let done: Vec<Action> = done.iter().map(read).collect::<Result<_, _>>()?;
    let props = AppProps {
        content,
        settings: Rc::new(Settings {
            mode,
            ..Settings::default()
        }),
        left: None,
        shown: None,
        done: done.into(),
        ports: Ports {
            storage: Rc::new(Blank),
            history: Rc::new(Blank),
            files: Rc::new(Blank),
            host: Rc::new(Blank),
            clock: Rc::new(Blank),
            locale: Rc::new(Blank),
        },
    };
    let renderer = LocalServerRenderer::<App>::with_props(props).hydratable(false);
    Ok(renderer.render().await)
}
