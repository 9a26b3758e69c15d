//! Delineate: a self-assessment that shows how clearly the roles of a CTO and a CIO are drawn.
//!
//! `core` is the instrument and its arithmetic and knows nothing of the web; the other rooms exist only in the browser.

pub mod core;

#[cfg(target_arch = "wasm32")]
mod app;
#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(target_arch = "wasm32")]
mod chart;
#[cfg(target_arch = "wasm32")]
mod desk;
#[cfg(target_arch = "wasm32")]
mod dom;
#[cfg(target_arch = "wasm32")]
mod embed;
