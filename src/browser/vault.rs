//! Encryption by the browser: a key from the passphrase by PBKDF2 with SHA-256, the code under it by AES-GCM. The numbers are those of
//! `core::code::locked`, whose prefix the encryption vouches for too.

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Crypto, CryptoKey, SubtleCrypto};

use crate::core::code::locked::{ITERATIONS, Locked, SALT, TAG, VECTOR, prefix};
use crate::desk::ports::{Later, LockError, Vault};

pub struct BrowserVault;

fn object(fields: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        // Setting a plain property of a fresh object cannot fail.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object
}

fn bytes(bytes: &[u8]) -> JsValue {
    Uint8Array::from(bytes).into()
}

/// Absent on pages that did not come over a secure connection.
fn subtle() -> Result<(Crypto, SubtleCrypto), LockError> {
    let window = web_sys::window().ok_or(LockError::Unavailable)?;
    let crypto = window.crypto().map_err(|_| LockError::Unavailable)?;
    let subtle = Reflect::get(&crypto, &"subtle".into()).ok();
    let there = subtle.filter(|subtle| !subtle.is_undefined());
    let subtle = there.ok_or(LockError::Unavailable)?.unchecked_into();
    Ok((crypto, subtle))
}

async fn key(subtle: &SubtleCrypto, passphrase: &str, salt: &[u8]) -> Result<CryptoKey, JsValue> {
    // The same letters may be typed in more than one way; they are one passphrase.
    let passphrase: String = js_sys::JsString::from(passphrase).normalize("NFC").into();
    let uses = |name: &str| Array::of1(&name.into());
    let material = subtle.import_key_with_str(
        "raw",
        Uint8Array::from(passphrase.as_bytes()).unchecked_ref(),
        "PBKDF2",
        false,
        &uses("deriveKey"),
    )?;
    let material: CryptoKey = JsFuture::from(material).await?.unchecked_into();
    let rounds = object(&[
        ("name", "PBKDF2".into()),
        ("hash", "SHA-256".into()),
        ("salt", bytes(salt)),
        ("iterations", ITERATIONS.into()),
    ]);
    let wanted = object(&[("name", "AES-GCM".into()), ("length", 256.into())]);
    let uses = Array::of2(&"encrypt".into(), &"decrypt".into());
    let key =
        subtle.derive_key_with_object_and_object(&rounds, &material, &wanted, false, &uses)?;
    Ok(JsFuture::from(key).await?.unchecked_into())
}

fn cipher(vector: &[u8]) -> Object {
    object(&[
        ("name", "AES-GCM".into()),
        ("iv", bytes(vector)),
        ("additionalData", bytes(prefix().as_bytes())),
        ("tagLength", (8 * TAG as u32).into()),
    ])
}

fn read(buffer: &JsValue) -> Vec<u8> {
    Uint8Array::new(buffer).to_vec()
}

async fn lock(passphrase: String, code: String) -> Result<Locked, LockError> {
    let (crypto, subtle) = subtle()?;
    let locked = async {
        let (mut salt, mut vector) = (vec![0; SALT], vec![0; VECTOR]);
        crypto.get_random_values_with_u8_array(&mut salt)?;
        crypto.get_random_values_with_u8_array(&mut vector)?;
        let key = key(&subtle, &passphrase, &salt).await?;
        let text = Uint8Array::from(code.as_bytes());
        let text = subtle.encrypt_with_object_and_js_u8_array(&cipher(&vector), &key, &text)?;
        let text = read(&JsFuture::from(text).await?);
        Ok(Locked { salt, vector, text })
    };
    locked.await.map_err(|_: JsValue| LockError::Failed)
}

async fn open(passphrase: String, locked: Locked) -> Result<String, LockError> {
    let (_, subtle) = subtle()?;
    let key = key(&subtle, &passphrase, &locked.salt).await;
    let key = key.map_err(|_| LockError::Failed)?;
    let text = Uint8Array::from(&locked.text[..]);
    let asked = subtle.decrypt_with_object_and_js_u8_array(&cipher(&locked.vector), &key, &text);
    // With another key the tag does not fit, which is all that the browser says.
    let opened = JsFuture::from(asked.map_err(|_| LockError::Failed)?).await;
    let opened = read(&opened.map_err(|_| LockError::Wrong)?);
    String::from_utf8(opened).map_err(|_| LockError::Wrong)
}

impl Vault for BrowserVault {
    fn is_available(&self) -> bool {
        subtle().is_ok()
    }

    fn lock(&self, passphrase: &str, code: &str) -> Later<Result<Locked, LockError>> {
        Box::pin(lock(passphrase.into(), code.into()))
    }

    fn open(&self, passphrase: &str, locked: &Locked) -> Later<Result<String, LockError>> {
        Box::pin(open(passphrase.into(), locked.clone()))
    }
}
