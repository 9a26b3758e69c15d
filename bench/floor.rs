//! The least that a Yew page can be: a button to begin, and one choice. What the widget weighs above this is its own.
#![cfg(target_arch = "wasm32")]

use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Element;
use yew::prelude::*;

#[component]
fn Floor() -> Html {
    let begun = use_state(|| false);
    let begin = {
        let begun = begun.clone();
        Callback::from(move |_: MouseEvent| begun.set(true))
    };
    if *begun {
        html! {
            <label><input type="radio" name="answer" />{ "An answer" }</label>
        }
    } else {
        html! {
            <button type="button" onclick={begin}>{ "Begin" }</button>
        }
    }
}

#[wasm_bindgen]
pub fn mount(root: Element) {
    yew::Renderer::<Floor>::with_root(root).render();
}
