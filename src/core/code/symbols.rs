//! Bytes as the 64 characters that every part of an address takes unchanged (base64url of RFC 4648, without padding).

use super::LONGEST;

const SYMBOLS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

pub fn write(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 4 / 3 + 1);
    for three in bytes.chunks(3) {
        let byte = |place: usize| u32::from(three.get(place).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..=three.len() {
            let symbol = bits >> (18 - 6 * place) & 63;
            text.push(SYMBOLS[symbol as usize].into());
        }
    }
    text
}

/// The whole bytes of a text, or nothing if it is too long or holds another character. Bits beyond the last byte are not looked at.
pub fn read(text: &str) -> Option<Vec<u8>> {
    if text.len() > LONGEST {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let (mut bits, mut held) = (0u32, 0);
    for symbol in text.bytes() {
        let value = SYMBOLS.iter().position(|one| *one == symbol)?;
        bits = bits << 6 | value as u32;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_examples_of_the_standard() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg"),
            ("fo", "Zm8"),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg"),
            ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(write(bytes.as_bytes()), text);
            assert_eq!(read(text).as_deref(), Some(bytes.as_bytes()));
        }
        assert_eq!(write(&[0xfb, 0xff]), "-_8");
    }

    #[test]
    fn other_characters_and_endless_texts_are_refused() {
        for text in ["Zg==", "+/", "Zm 9v", "Zm9v\n", "é", "\0"] {
            assert_eq!(read(text), None, "{text:?}");
        }
        assert!(read(&"A".repeat(LONGEST)).is_some());
        assert_eq!(read(&"A".repeat(LONGEST + 1)), None);
    }
}
