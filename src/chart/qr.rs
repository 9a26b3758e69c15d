//! A text as a QR code: dark modules on a light ground with the quiet zone that readers need, whatever the page's colours.

use qrcodegen::{QrCode, QrCodeEcc};

use crate::dom::{Node, node};

/// Light modules around the code, as the standard wants them.
const QUIET: usize = 4;

/// The side of a module in CSS pixels: a whole number, so that all modules are of one size on any screen, which readers tell apart best.
const MODULE: usize = 6;

/// Nothing when the text is longer than a QR code can hold, about 2,300 characters.
pub fn qr(title: &str, content: &str) -> Option<Node> {
    let code = QrCode::encode_text(content, QrCodeEcc::Medium).ok()?;
    let side = code.size();
    let mut way = String::new();
    for y in 0..side {
        let mut x = 0;
        while x < side {
            let from = x;
            while x < side && code.get_module(x, y) {
                x += 1;
            }
            if x > from {
                run(&mut way, from, y, x - from);
            }
            x += 1;
        }
    }
    let whole = side as usize + 2 * QUIET;
    let width = (whole * MODULE).to_string();
    let whole = whole.to_string();
    let ground = node("rect").class("ground");
    Some(
        node("svg")
            .class("qr")
            .set("role", "img")
            .set("aria-label", title)
            .set("width", &width)
            .set("height", &width)
            .set("viewBox", &["0 0 ", &whole, " ", &whole].concat())
            .set("shape-rendering", "crispEdges")
            .add(ground.set("width", &whole).set("height", &whole))
            .add(node("path").class("dark").set("d", &way)),
    )
}

/// A row of dark modules.
fn run(way: &mut String, x: i32, y: i32, length: i32) {
    let shift = |place: i32| (place as usize + QUIET).to_string();
    let (x, y, length) = (shift(x), shift(y), length.to_string());
    for part in ["M", &x, " ", &y, "h", &length, "v1h-", &length, "z"] {
        way.push_str(part);
    }
}
