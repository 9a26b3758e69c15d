//! The module for hosts with content of their own.

use wasm_bindgen::prelude::*;

use super::refused;
use crate::core::foreign::Pack;

/// A host's own pack laid over the two parts of the built-in content: the whole content as JSON, once it is complete and
/// consistent. Fails with one line for each problem.
#[wasm_bindgen]
pub fn checked(early: &str, late: &str, pack: &str) -> Result<String, JsError> {
    let pack = Pack::parse(early, late, pack).map_err(refused)?;
    Ok(pack.whole.to_string())
}
