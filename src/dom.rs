//! Elements as values, on top of Yew's virtual DOM.
//!
//! `html!` writes out the building of every element in place; these few functions, shared by every page and chart, take a third
//! of the bytes in the wasm (`docs/decisions.md`).

use std::rc::Rc;

use yew::html::{onchange, onclick, ondragover, ondrop, onkeydown, onsubmit};
use yew::prelude::*;
use yew::virtual_dom::{AttrValue, Listener, VNode, VTag, VText};

/// Classes that are parts of the element's contract too (`src/embed/custom-elements.json`); the title is one more.
const PARTS: [&str; 11] = [
    "frame",
    "masthead",
    "brand",
    "progress",
    "choice",
    "option",
    "chip",
    "primary",
    "secondary",
    "notice",
    "foot",
];

/// An element under construction.
pub struct Node(VTag);

pub fn node(tag: &'static str) -> Node {
    Node(VTag::new(tag))
}

/// An element with a class and a text, the commonest of all.
pub fn text(tag: &'static str, class: &'static str, text: &str) -> Node {
    node(tag).class(class).text(text)
}

#[inline(never)]
fn owned(text: &str) -> AttrValue {
    AttrValue::Rc(text.into())
}

/// A table with its caption, for wide ones within a region that scrolls. The first cell of each row names the row.
pub fn table(caption: &str, heads: &[String], rows: &[Vec<String>]) -> Node {
    let heads = heads
        .iter()
        .map(|head| text("th", "", head).set("scope", "col"));
    let row = |cells: &Vec<String>| {
        let mut cells = cells.iter();
        let first = cells
            .next()
            .map(|cell| text("th", "", cell).set("scope", "row"));
        node("tr")
            .add_if(first)
            .all(cells.map(|cell| text("td", "", cell)))
    };
    let table = node("table")
        .add(text("caption", "", caption))
        .add(node("thead").add(node("tr").all(heads)))
        .add(node("tbody").all(rows.iter().map(row)));
    // A table that scrolls must be reachable by keyboard.
    node("div")
        .class("scroll")
        .set("tabindex", "0")
        .set("role", "region")
        .set("aria-label", caption)
        .add(table)
}

impl Node {
    /// Sets the class, unless it is empty, and with it the part that a host's styles may reach.
    #[inline(never)]
    pub fn class(self, class: &str) -> Node {
        if class.is_empty() {
            return self;
        }
        self.set("class", class)
            .set_if(PARTS.contains(&class), "part", class)
    }

    #[inline(never)]
    pub fn set(mut self, name: &'static str, value: &str) -> Node {
        self.0.add_attribute(name, owned(value));
        self
    }

    pub fn set_if(self, holds: bool, name: &'static str, value: &str) -> Node {
        if holds { self.set(name, value) } else { self }
    }

    #[inline(never)]
    pub fn number(self, name: &'static str, value: usize) -> Node {
        self.set(name, &value.to_string())
    }

    #[inline(never)]
    pub fn percent(self, name: &'static str, value: i64) -> Node {
        self.set(name, &[&value.to_string(), "%"].concat())
    }

    /// An element with another key is another element, made anew. Not for lists: Yew moves their elements about, and a moved one
    /// loses the focus.
    #[inline(never)]
    pub fn key(mut self, key: &str) -> Node {
        self.0.key = Some(key.into());
        // The screens that the build draws are told apart by it too.
        #[cfg(not(target_arch = "wasm32"))]
        return self.set("data-key", key);
        #[cfg(target_arch = "wasm32")]
        self
    }

    #[inline(never)]
    pub fn text(self, text: &str) -> Node {
        self.html(VNode::from(VText::new(owned(text))))
    }

    #[inline(never)]
    pub fn add(self, child: Node) -> Node {
        self.html(child.done())
    }

    /// A child, or its empty place. Yew compares children from the last one back: without the place, a child that comes or goes
    /// would have its elder siblings made anew, and the focus in them lost.
    #[inline(never)]
    pub fn add_if(self, child: Option<Node>) -> Node {
        self.html(child.map_or_else(VNode::default, Node::done))
    }

    #[inline(never)]
    fn html(mut self, child: Html) -> Node {
        self.0.add_child(child);
        self
    }

    pub fn all(mut self, children: impl IntoIterator<Item = Node>) -> Node {
        for child in children {
            self = self.add(child);
        }
        self
    }

    /// Where the real element is found once it is drawn.
    pub fn reference(mut self, place: &NodeRef) -> Node {
        self.0.node_ref = place.clone();
        self
    }

    pub fn checked(mut self, checked: bool) -> Node {
        self.0.set_checked(checked);
        self
    }

    /// Lets the real element be found once it is drawn.
    pub fn found_by(mut self, reference: &NodeRef) -> Node {
        self.0.node_ref = reference.clone();
        self
    }

    /// Whether an option is the one that its select box shows. As a property: once a visitor has chosen, the attribute of the same
    /// name says nothing any more.
    pub fn selected(mut self, selected: bool) -> Node {
        self.0.add_property("selected", selected);
        self
    }

    /// What stands in an input.
    pub fn value(mut self, value: &str) -> Node {
        self.0.set_value(owned(value));
        self
    }

    #[inline(never)]
    fn listen(mut self, listener: Rc<dyn Listener>) -> Node {
        self.0.add_listener(listener);
        self
    }

    pub fn on_click(self, callback: Callback<MouseEvent>) -> Node {
        self.listen(Rc::new(onclick::Wrapper::new(callback)))
    }

    pub fn on_change(self, callback: Callback<Event>) -> Node {
        self.listen(Rc::new(onchange::Wrapper::new(callback)))
    }

    pub fn on_keydown(self, callback: Callback<KeyboardEvent>) -> Node {
        self.listen(Rc::new(onkeydown::Wrapper::new(callback)))
    }

    pub fn on_submit(self, callback: Callback<SubmitEvent>) -> Node {
        self.listen(Rc::new(onsubmit::Wrapper::new(callback)))
    }

    pub fn on_dragover(self, callback: Callback<DragEvent>) -> Node {
        self.listen(Rc::new(ondragover::Wrapper::new(callback)))
    }

    pub fn on_drop(self, callback: Callback<DragEvent>) -> Node {
        self.listen(Rc::new(ondrop::Wrapper::new(callback)))
    }

    #[inline(never)]
    pub fn done(self) -> Html {
        VNode::from(self.0)
    }
}
