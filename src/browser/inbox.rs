//! Files that the visitor chooses or drops, read one by one when their text is waited for.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DragEvent, Event, File, FileList, HtmlInputElement};

use crate::desk::ports::{FileError, Inbox, Offered};

pub struct BrowserInbox;

async fn text(file: File, most: usize) -> Result<String, FileError> {
    // The size is known before anything is read.
    if file.size() > most as f64 {
        return Err(FileError::TooLarge);
    }
    let read = JsFuture::from(file.text()).await;
    let text = read.map_err(|_| FileError::Unreadable)?;
    text.as_string().ok_or(FileError::Unreadable)
}

fn offered(files: Option<FileList>, most: usize) -> Vec<Offered> {
    let Some(files) = files else {
        return Vec::new();
    };
    let files = (0..files.length()).filter_map(|index| files.get(index));
    files
        .map(|file| Offered {
            name: file.name(),
            text: Box::pin(text(file, most)),
        })
        .collect()
}

impl Inbox for BrowserInbox {
    fn chosen(&self, event: &Event, most: usize) -> Vec<Offered> {
        let target = event.target();
        let Some(input) = target.and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
        else {
            return Vec::new();
        };
        let offered = offered(input.files(), most);
        // So that the same file can be chosen again.
        input.set_value("");
        offered
    }

    fn dropped(&self, event: &DragEvent, most: usize) -> Vec<Offered> {
        offered(event.data_transfer().and_then(|held| held.files()), most)
    }
}
