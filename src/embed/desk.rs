//! What draws the desk below the results, and reads the links that lead to a check.

use std::rc::Rc;

use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::Callback;

use super::{refused, speak};
use crate::app::ports::Storage;
use crate::browser::{
    BrowserFiles, BrowserInbox, BrowserLocale, BrowserOutbox, BrowserStage, BrowserStorage,
    BrowserVault,
};
use crate::core::code::{Kind, fragment};
use crate::core::content::Content;
use crate::core::desk::DeskTexts;
use crate::core::people::LINK_KEY;
use crate::core::response::Response;
use crate::core::result::ResultDocument;
use crate::desk::arrival::{Arrival, ArrivalProps, Arrived, Decision, VaultPort};
use crate::desk::ports::DeskPorts;
use crate::desk::{Desk, DeskProps, Message};

/// A desk on a page.
#[wasm_bindgen]
pub struct DeskHandle {
    content: Rc<Content>,
    handle: Option<yew::AppHandle<Desk>>,
}

/// The content in its two parts, of which `late` is absent for content that came whole.
fn read(early: &str, late: Option<String>) -> Result<Rc<Content>, JsError> {
    let content = match late {
        Some(late) => Content::load_parts(early, &late),
        None => Content::load(early),
    };
    content.map(Rc::new).map_err(refused)
}

fn answers(json: &str, content: &Content) -> Result<Rc<Response>, JsError> {
    let read = Response::parse(json, content);
    read.map(Rc::new)
        .map_err(|problem| JsError::new(&problem.to_string()))
}

#[wasm_bindgen]
impl DeskHandle {
    /// Draws the desk into `root`. The content comes in its two parts, of which `late` is absent for content that came whole;
    /// `texts` are the desk's own, `invitation` the answers that came with one, and `key` names the saved results on the device;
    /// without one, nothing is saved there. Fails with one line for each problem.
    pub fn mount(
        root: Element,
        early: &str,
        late: Option<String>,
        texts: &str,
        own: &str,
        invitation: Option<String>,
        key: Option<String>,
    ) -> Result<DeskHandle, JsError> {
        let content = read(early, late)?;
        let texts = DeskTexts::load(texts).map_err(refused)?;
        let invitation = invitation
            .map(|json| answers(&json, &content))
            .transpose()?;
        let calendar = Rc::new(BrowserLocale::new(&content.lang));
        let props = DeskProps {
            response: answers(own, &content)?,
            content: Rc::clone(&content),
            texts: Rc::new(texts),
            invitation,
            ports: DeskPorts {
                files: Rc::new(BrowserFiles::new(root.clone())),
                inbox: Rc::new(BrowserInbox),
                outbox: Rc::new(BrowserOutbox),
                vault: Rc::new(BrowserVault),
                stage: Rc::new(BrowserStage),
                calendar,
                memory: key.map(|key| {
                    let storage = BrowserStorage::new(Some([&key, ".history"].concat()));
                    Rc::new(storage) as Rc<dyn Storage>
                }),
            },
        };
        let handle = yew::Renderer::<Desk>::with_root_and_props(root, props).render();
        Ok(DeskHandle {
            content,
            handle: Some(handle),
        })
    }

    /// Says in `place`, above the results, what became of the invitation; a screen reader says it too.
    pub fn tell(&self, place: Element) -> Result<(), JsValue> {
        speak(&place, &self.content);
        place.set_attribute("role", "status")?;
        if let Some(handle) = &self.handle {
            handle.send_message(Message::Above(place));
        }
        Ok(())
    }

    /// Takes the desk off the page and ends everything that it listens to.
    pub fn unmount(&mut self) {
        if let Some(handle) = self.handle.take() {
            handle.destroy();
        }
    }
}

/// The fragment of an address without the code in it, and otherwise as it was.
#[wasm_bindgen]
pub fn without_code(fragment: &str) -> String {
    fragment::fragment_without(fragment, LINK_KEY)
}

/// A link that was opened.
#[wasm_bindgen]
pub struct Opened {
    content: Rc<Content>,
    texts: Rc<DeskTexts>,
    arrived: Rc<Arrived>,
    handle: Option<yew::AppHandle<Arrival>>,
}

#[wasm_bindgen]
impl Opened {
    /// Reads a code. Whatever it is, there is something to tell the visitor; only content and texts that did not arrive whole fail.
    pub fn read(
        early: &str,
        late: Option<String>,
        texts: &str,
        code: &str,
    ) -> Result<Opened, JsError> {
        let content = read(early, late)?;
        Ok(Opened {
            arrived: Rc::new(Arrived::read(code, &content)),
            texts: Rc::new(DeskTexts::load(texts).map_err(refused)?),
            content,
            handle: None,
        })
    }

    fn answers_of(&self, wanted: Kind) -> Option<String> {
        match &*self.arrived {
            Arrived::Open(shared) if shared.kind == wanted => Some(shared.response.to_json()),
            _ => None,
        }
    }

    /// The answers to look at, as a response document, if that is what the link is for.
    pub fn result(&self) -> Option<String> {
        self.answers_of(Kind::Result)
    }

    /// The answers that stay hidden for now, likewise.
    pub fn invitation(&self) -> Option<String> {
        self.answers_of(Kind::Invitation)
    }

    /// Tells the visitor about the link, in `root`. `leave` is called when they want to go on without it, `compare` when they want it
    /// beside their own answers, and `opened` with the code that was under the passphrase. `own` are the visitor's own
    /// answers as they are kept. With `focus` the heading takes the focus.
    pub fn mount(
        &mut self,
        root: Element,
        focus: bool,
        own: Option<String>,
        leave: Function,
        compare: Function,
        opened: Function,
    ) {
        let decided = Callback::from(move |decision| {
            // The element's functions only note what is to be done after this turn; neither throws.
            let _ = match decision {
                Decision::Leave => leave.call0(&JsValue::UNDEFINED),
                Decision::Compare => compare.call0(&JsValue::UNDEFINED),
                Decision::Opened(code) => opened.call1(&JsValue::UNDEFINED, &code.into()),
            };
        });
        speak(&root, &self.content);
        // Answers without a verdict, or to other questions, are not compared.
        let own = own.and_then(|json| Response::parse(&json, &self.content).ok());
        let own = own.is_some_and(|own| ResultDocument::new(&self.content, &own).band.is_some());
        let props = ArrivalProps {
            content: Rc::clone(&self.content),
            texts: Rc::clone(&self.texts),
            arrived: Rc::clone(&self.arrived),
            own,
            focus,
            vault: VaultPort(Rc::new(BrowserVault)),
            decided,
        };
        let renderer = yew::Renderer::<Arrival>::with_root_and_props(root, props);
        self.handle = Some(renderer.render());
    }

    pub fn unmount(&mut self) {
        if let Some(handle) = self.handle.take() {
            handle.destroy();
        }
    }
}
