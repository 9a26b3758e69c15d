//! Installs what building and testing need, each only when it is missing.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use anyhow::{Context, Result, bail};

use crate::{execute, root, step};

pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// What a program prints, or nothing when it cannot be run or fails.
fn output(program: impl AsRef<OsStr>, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(root())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_string();
    output.status.success().then_some(text)
}

fn rustup(arguments: &[&str]) -> Result<()> {
    execute(Command::new("rustup").args(arguments)).with_context(|| {
        format!(
            "rustup is needed for this: install Rust by rustup, or run \"rustup {}\" yourself",
            arguments.join(" ")
        )
    })
}

/// The wasm target of the Rust standard library, and its source, which a release build compiles anew.
pub fn rust() -> Result<()> {
    let sysroot = output("rustc", &["--print", "sysroot"])
        .context("rustc was not found: install Rust by rustup")?;
    let lib = Path::new(&sysroot).join("lib/rustlib");
    if !lib.join(WASM_TARGET).exists() {
        step("adding the wasm target", || {
            rustup(&["target", "add", WASM_TARGET])
        })?;
    }
    if !lib.join("src/rust/library/std").exists() {
        step("adding the source of the standard library", || {
            rustup(&["component", "add", "rust-src"])
        })?;
    }
    Ok(())
}

/// The version of the compiler.
pub fn rust_version() -> String {
    let text = output("rustc", &["--version"]).unwrap_or_default();
    text.split(' ').nth(1).unwrap_or("unknown").to_string()
}

/// The version of cargo-deny that the project is checked with.
const DENY: &str = "0.20.2";

/// cargo-deny, from the PATH or compiled into the project's own folder.
pub fn cargo_deny() -> Result<PathBuf> {
    let wanted = format!("cargo-deny {DENY}");
    let tools = root().join("target/tools");
    let own = tools
        .join("bin")
        .join(format!("cargo-deny{}", env::consts::EXE_SUFFIX));
    for path in [Path::new("cargo-deny"), &own] {
        if output(path, &["--version"]).is_some_and(|version| version == wanted) {
            return Ok(path.into());
        }
    }
    step("compiling cargo-deny, which takes some minutes", || {
        execute(
            crate::cargo()
                .args(["install", "--locked", "--debug", "--quiet", "cargo-deny"])
                .args(["--version", DENY, "--root"])
                .arg(&tools)
                .env_remove("CARGO_TARGET_DIR"),
        )
    })?;
    Ok(own)
}

/// The components that check the code.
pub fn rust_checks() -> Result<()> {
    for (command, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if output("cargo", &[command, "--version"]).is_none() {
            step(&format!("adding {component}"), || {
                rustup(&["component", "add", component])
            })?;
        }
    }
    Ok(())
}

/// The npm packages of the lock file.
pub fn node() -> Result<()> {
    let version = output("node", &["--version"])
        .context("Node.js was not found: install version 20 or newer")?;
    let major = version.trim_start_matches('v').split('.').next();
    if major.and_then(|major| major.parse().ok()).unwrap_or(0) < 20 {
        bail!("Node.js {version} is too old: install version 20 or newer");
    }
    let modules = root().join("node_modules");
    let lock = fs::read(root().join("package-lock.json"))?;
    let stamp = modules.join(".locked-by");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    step("installing the tools from npm", || {
        let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
        execute(Command::new(npm).args(["ci", "--no-audit", "--no-fund"]))?;
        Ok(fs::write(&stamp, &lock)?)
    })
}

/// A program of an npm package.
pub fn npm_bin(name: &str) -> Result<Command> {
    let folder = root().join("node_modules/.bin");
    let file = if cfg!(windows) {
        format!("{name}.cmd")
    } else {
        name.into()
    };
    let path = folder.join(file);
    if !path.exists() {
        bail!(
            "{} is missing: delete node_modules and try again",
            path.display()
        );
    }
    Ok(Command::new(path))
}

/// A browser that the tests drive, or a program that one of them needs.
pub struct Browser {
    name: &'static str,
    /// The variable that names it, here and for the tests.
    pub variable: &'static str,
    commands: &'static [&'static str],
    /// Where installers for systems without a PATH entry put it.
    places: &'static [&'static str],
    /// Debian's package.
    package: &'static str,
    /// What makes it print its version and end; nothing for a program that only the tests themselves can start.
    version: Option<&'static str>,
}

pub const BROWSERS: [Browser; 2] = [
    Browser {
        name: "Chromium",
        variable: "CHROMIUM",
        commands: &[
            "chromium",
            "chromium-browser",
            "google-chrome",
            "google-chrome-stable",
            "chrome",
        ],
        places: &[
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "/Applications/Chromium.app/Contents/MacOS/Chromium",
            "C:/Program Files/Google/Chrome/Application/chrome.exe",
        ],
        package: "chromium",
        version: Some("--version"),
    },
    Browser {
        name: "Firefox",
        variable: "FIREFOX",
        commands: &["firefox-esr", "firefox"],
        places: &[
            "/Applications/Firefox.app/Contents/MacOS/firefox",
            "C:/Program Files/Mozilla Firefox/firefox.exe",
        ],
        package: "firefox-esr",
        version: Some("--version"),
    },
];

/// Chromium without its window. What takes none of the window's doings runs in it, in two thirds of the time.
pub const SHELL: Browser = Browser {
    name: "Chromium without its window",
    variable: "CHROMIUM_SHELL",
    commands: &["chromium-headless-shell", "chrome-headless-shell"],
    places: &[],
    package: "chromium-headless-shell",
    version: Some("--version"),
};

/// WebKit for GTK: what drives it, the browser itself, and a screen that nobody sees, without which it does not start.
pub const WEBKIT: [Browser; 3] = [
    Browser {
        name: "WebKit's driver",
        variable: "WEBKIT_DRIVER",
        commands: &["WebKitWebDriver"],
        places: &["/usr/libexec/WebKitWebDriver"],
        package: "webkit2gtk-driver",
        version: None,
    },
    Browser {
        name: "WebKit",
        variable: "WEBKIT",
        commands: &["MiniBrowser"],
        places: &[
            "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
            "/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
        ],
        package: "libwebkit2gtk-4.1-0",
        version: None,
    },
    Browser {
        name: "Xvfb",
        variable: "XVFB",
        commands: &["Xvfb"],
        places: &[],
        package: "xvfb",
        version: None,
    },
];

impl Browser {
    fn find(&self) -> Option<PathBuf> {
        let named = env::var_os(self.variable).map(PathBuf::from);
        let path = env::var_os("PATH").unwrap_or_default();
        let folders: Vec<PathBuf> = env::split_paths(&path).collect();
        let on_path = self
            .commands
            .iter()
            .flat_map(|command| folders.iter().map(move |folder| folder.join(command)));
        let places = self.places.iter().map(PathBuf::from);
        named
            .into_iter()
            .chain(on_path)
            .chain(places)
            .find(|path| path.is_file())
    }

    /// Installs the browser by Debian's package manager where that can be done without a question.
    fn install(&self) -> Result<()> {
        let root_user = output("id", &["-u"]).as_deref() == Some("0");
        let sudo = !root_user && output("sudo", &["-n", "true"]).is_some();
        if output("apt-get", &["--version"]).is_none() || !(root_user || sudo) {
            return Ok(());
        }
        let apt = |arguments: &[&str]| {
            let mut command = if sudo {
                let mut command = Command::new("sudo");
                command.args(["-n", "apt-get"]);
                command
            } else {
                Command::new("apt-get")
            };
            execute(
                command
                    .args(arguments)
                    .env("DEBIAN_FRONTEND", "noninteractive"),
            )
        };
        step(&format!("installing {}", self.name), || {
            apt(&["update"])?;
            apt(&[
                "install",
                "-y",
                "--no-install-recommends",
                self.package,
                "fonts-liberation",
            ])
        })
    }

    /// The program, installed when it is missing, and started once to see that it runs where it can say its version.
    pub fn ready(&self) -> Result<PathBuf> {
        if self.find().is_none() {
            self.install()?;
        }
        let Browser {
            name,
            variable,
            version,
            ..
        } = self;
        let path = self.find().with_context(|| {
            format!(
                "{name} was not found: install it, or set {variable} to the path of its program"
            )
        })?;
        let found = match version {
            Some(argument) => output(&path, &[argument]).with_context(|| {
                format!(
                    "{} does not start: set {variable} to another {name}",
                    path.display()
                )
            })?,
            None => path.display().to_string(),
        };
        println!("  {name}: {found}");
        Ok(path)
    }
}
