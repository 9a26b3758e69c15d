//! What a machine lacks is named, together with what to do about it, by the commands of the README themselves.
#![cfg(target_os = "linux")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A folder with nothing in it but these programs, each of which prints one line.
fn machine(name: &str, programs: &[(&str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::remove_dir_all(&folder).ok();
    fs::create_dir_all(&folder).unwrap();
    for (program, line) in programs {
        let path = folder.join(program);
        fs::write(&path, format!("#!/bin/sh\necho '{line}'\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }
    folder
}

/// What the command for the tests says at its end on such a machine.
fn says(path: &Path) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["test", "--only", "browser"])
        .env_clear()
        .env("PATH", path)
        .output()
        .unwrap();
    assert!(!output.status.success());
    String::from_utf8(output.stderr).unwrap().trim().to_string()
}

/// A folder that looks like that of a compiler with all its libraries.
fn sysroot() -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("whole-sysroot");
    for lib in ["wasm32-unknown-unknown", "src/rust/library/std"] {
        fs::create_dir_all(folder.join("lib/rustlib").join(lib)).unwrap();
    }
    folder.to_str().unwrap().into()
}

#[test]
fn without_a_compiler() {
    let empty = machine("no-compiler", &[]);
    let wanted = "error: rustc was not found: install Rust by rustup";
    assert_eq!(says(&empty), wanted);
}

#[test]
fn without_the_wasm_target_and_without_rustup() {
    let sysroot = machine("bare-sysroot", &[]);
    let path = machine("no-rustup", &[("rustc", sysroot.to_str().unwrap())]);
    let said = says(&path);
    let wanted =
        "install Rust by rustup, or run \"rustup target add wasm32-unknown-unknown\" yourself";
    assert!(said.contains(wanted), "{said}");
}

#[test]
fn without_node_and_with_an_old_one() {
    let sysroot = sysroot();
    let without = machine("no-node", &[("rustc", &sysroot)]);
    let wanted = "error: Node.js was not found: install version 20 or newer";
    assert_eq!(says(&without), wanted);
    let old = machine("old-node", &[("rustc", &sysroot), ("node", "v18.20.0")]);
    let wanted = "error: Node.js v18.20.0 is too old: install version 20 or newer";
    assert_eq!(says(&old), wanted);
}

#[test]
fn without_a_browser() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    // Before the first set-up npm would be asked for instead.
    let installed = fs::read(root.join("node_modules/.locked-by")).ok();
    if installed != fs::read(root.join("package-lock.json")).ok() {
        return;
    }
    let path = machine("no-browser", &[("rustc", &sysroot()), ("node", "v20.0.0")]);
    let wanted =
        "error: Chromium was not found: install it, or set CHROMIUM to the path of its program";
    assert_eq!(says(&path), wanted);
    let path = machine(
        "broken-browser",
        &[("rustc", &sysroot()), ("node", "v20.0.0")],
    );
    fs::write(path.join("chromium"), "no program").unwrap();
    let said = says(&path);
    let wanted = "chromium does not start: set CHROMIUM to another Chromium";
    assert!(said.contains(wanted), "{said}");
}
