//! The module for hosts with content of their own.

use wasm_bindgen::prelude::*;

use super::refused;
use crate::core::content::Content;
use crate::core::pack::laid;

/// A host's own pack laid over the two parts of the built-in content: the whole content as JSON, once it is complete and
/// consistent. Fails with one line for each problem.
#[wasm_bindgen]
pub fn checked(early: &str, late: &str, pack: &str) -> Result<String, JsError> {
    Content::parse_pack(early, late, pack).map_err(refused)?;
    let whole = laid(early, late, pack).map_err(|problem| refused(vec![problem]))?;
    Ok(whole.to_string())
}
