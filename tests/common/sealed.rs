//! Share codes made by hand: what no encoder writes, with a checksum that holds.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use crc::{CRC_32_ISCSI, Crc};

const CRC_32C: Crc<u32> = Crc::<u32>::new(&CRC_32_ISCSI);

/// The bytes of a text, if it is base64url without padding.
pub fn read(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

pub fn bytes(code: &str) -> Vec<u8> {
    read(code).expect("a code is base64url without padding")
}

pub fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The text of these bytes, their last four replaced by the right checksum.
pub fn sealed(mut bytes: Vec<u8>) -> String {
    bytes.truncate(bytes.len().saturating_sub(4));
    let sum = CRC_32C.checksum(&bytes);
    bytes.extend_from_slice(&sum.to_le_bytes());
    text(&bytes)
}

/// The code of another row of answers in the same layout.
pub fn with_answers(code: &str, answers: &[u8]) -> String {
    let old = bytes(code);
    let tags = if old[1] < 0x80 { 2..8 } else { 3..9 };
    let length = tags.len() + answers.len();
    let mut new = vec![old[0]];
    if length < 0x80 {
        new.push(length as u8);
    } else {
        new.extend([length as u8 | 0x80, (length >> 7) as u8]);
    }
    new.extend_from_slice(&old[tags]);
    new.extend_from_slice(answers);
    new.extend_from_slice(&[0; 4]);
    sealed(new)
}
