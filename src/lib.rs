//! Delineate: a self-assessment that shows how clearly the roles of a CTO and a CIO are drawn.
//!
//! `core` is the instrument and its arithmetic and knows nothing of the web; the other rooms exist only in the browser.

pub mod core;

// Natively, only the build draws, and only the first screens.
#[cfg(any(target_arch = "wasm32", feature = "prerender"))]
#[cfg_attr(not(target_arch = "wasm32"), allow(dead_code))]
mod app;
#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(any(target_arch = "wasm32", feature = "prerender"))]
#[cfg_attr(not(target_arch = "wasm32"), allow(dead_code, unused_imports))]
mod chart;
#[cfg(target_arch = "wasm32")]
mod desk;
#[cfg(any(target_arch = "wasm32", feature = "prerender"))]
#[cfg_attr(not(target_arch = "wasm32"), allow(dead_code))]
mod dom;
#[cfg(target_arch = "wasm32")]
mod embed;
#[cfg(all(not(target_arch = "wasm32"), feature = "prerender"))]
pub mod prerender;
