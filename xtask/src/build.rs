//! The one build pipeline: content, wasm, script, styles and page into one folder of static files.

use std::io::Write as _;
use std::path::Path;
use std::{env, fs};

use anyhow::{Context, Result, anyhow, bail};
use delineate::core::content::Content;
use delineate::core::interface::Key;
use delineate::core::pack::part;
use wasm_bindgen_cli_support::Bindgen;

use crate::content::Pack;
use crate::{Options, cargo, content, execute, root, setup, size, step};

/// Every feature that the module may use. All of them at once make a module that browsers refuse.
const WASM_FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

pub fn build(options: &Options) -> Result<()> {
    setup::rust()?;
    setup::node()?;
    same_bindgen()?;
    let packs = step("checking the content", content::packs)?;
    let (dist, template) = places(options)?;
    // The files replace the old ones only when all are made, so that a failed build leaves no half page.
    let staging = root().join("target/staging");
    if staging.exists() {
        fs::remove_dir_all(&staging)?;
    }
    fs::create_dir_all(staging.join("content"))?;
    for pack in &packs {
        let (early, late) = part(&pack.json).map_err(|problem| anyhow!("{problem}"))?;
        let file = |kind: &str| {
            let name = format!("{}{kind}.json", pack.lang);
            staging.join("content").join(name)
        };
        fs::write(file(""), early)?;
        fs::write(file(".questions"), late)?;
    }
    let module = step("compiling to wasm", || compile(options.dev))?;
    let glue = root().join("target/glue");
    step("binding", || bind(&module, &glue))?;
    step("bundling script and styles", || bundle(&glue, &staging))?;
    let bound = glue.join("delineate_core_bg.wasm");
    let wasm = staging.join("delineate.wasm");
    if options.dev {
        fs::copy(bound, wasm)?;
    } else {
        step("shrinking the wasm", || {
            let mut optimiser = setup::npm_bin("wasm-opt")?;
            execute(
                optimiser
                    .arg("-Oz")
                    .args(WASM_FEATURES)
                    .arg(bound)
                    .arg("-o")
                    .arg(wasm),
            )
        })?;
    }
    let pack = packs.first().context("content/ holds no language")?;
    fs::write(staging.join("index.html"), page(&template, pack)?)?;
    if !options.dev {
        step("compressing", || compress(&staging))?;
    }
    replace(&staging, &dist, options.trunk)?;
    if !options.dev {
        size::report(&dist)?;
    }
    println!("built {}", dist.display());
    Ok(())
}

/// The folder that takes the files, and the text of the page that they belong to.
fn places(options: &Options) -> Result<(std::path::PathBuf, String)> {
    if !options.trunk {
        let page = fs::read_to_string(root().join("index.html"))?;
        return Ok((options.dist.clone(), page));
    }
    let staging = env::var_os("TRUNK_STAGING_DIR")
        .context("--trunk is for Trunk's hook, which sets TRUNK_STAGING_DIR")?;
    let page = fs::read_to_string(Path::new(&staging).join("index.html"))?;
    Ok((staging.into(), page))
}

/// The wasm-bindgen in the module and the one that reads it must be of one version.
fn same_bindgen() -> Result<()> {
    let lock: toml::Table = fs::read_to_string(root().join("Cargo.lock"))?.parse()?;
    let packages = lock.get("package").and_then(toml::Value::as_array);
    let version = |name: &str| {
        let mut all = packages.into_iter().flatten();
        let package =
            all.find(|package| package.get("name").and_then(toml::Value::as_str) == Some(name));
        package
            .and_then(|package| package.get("version")?.as_str())
            .map(str::to_owned)
    };
    let (library, tool) = (version("wasm-bindgen"), version("wasm-bindgen-cli-support"));
    if library.is_none() || library != tool {
        bail!(
            "Cargo.lock holds wasm-bindgen {library:?} and wasm-bindgen-cli-support {tool:?}: both must be the same version"
        );
    }
    Ok(())
}

/// Compiles the widget and gives the path of the module.
///
/// A release build compiles the standard library too, so that a panic is one trap instead of a formatted message: measured in
/// `docs/architecture.md`. Cargo calls that unstable, hence the variable.
fn compile(dev: bool) -> Result<std::path::PathBuf> {
    let target = root().join("target/wasm");
    let mut cargo = cargo();
    cargo
        .args([
            "rustc",
            "--locked",
            "--lib",
            "--package",
            "delineate",
            "--crate-type",
            "cdylib",
        ])
        .args(["--target", setup::WASM_TARGET, "--target-dir"])
        .arg(&target);
    if !dev {
        cargo
            .env("RUSTC_BOOTSTRAP", "1")
            .env(
                "CARGO_ENCODED_RUSTFLAGS",
                "-Zunstable-options\u{1f}-Cpanic=immediate-abort",
            )
            .args(["--release", "-Zbuild-std=std,panic_abort"])
            .arg("-Zbuild-std-features=optimize_for_size");
    }
    execute(&mut cargo)?;
    let profile = if dev { "debug" } else { "release" };
    Ok(target
        .join(setup::WASM_TARGET)
        .join(profile)
        .join("delineate.wasm"))
}

fn bind(module: &Path, out: &Path) -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(module)
        .out_name("delineate_core")
        .typescript(false)
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true);
    bindgen.web(true)?;
    bindgen.generate(out)
}

fn bundle(glue: &Path, staging: &Path) -> Result<()> {
    // The element imports the glue from beside it, so that it reads like what it becomes.
    fs::copy(root().join("src/embed/element.js"), glue.join("element.js"))?;
    let mut esbuild = setup::npm_bin("esbuild")?;
    execute(
        esbuild
            .arg(glue.join("element.js"))
            .args([
                "--bundle",
                "--minify",
                "--format=esm",
                "--target=es2022",
                "--log-level=warning",
            ])
            .arg(format!(
                "--outfile={}",
                staging.join("delineate.js").display()
            )),
    )?;
    for (source, file) in [("widget.css", "delineate.css"), ("page.css", "page.css")] {
        let mut esbuild = setup::npm_bin("esbuild")?;
        execute(
            esbuild
                .arg(root().join("styles").join(source))
                .args([
                    "--bundle",
                    "--minify",
                    "--target=chrome123,firefox121,safari17.5",
                    "--log-level=warning",
                ])
                .arg(format!("--outfile={}", staging.join(file).display())),
        )?;
    }
    Ok(())
}

/// The page with its texts, and with what is read where the check cannot run.
fn page(template: &str, pack: &Pack) -> Result<String> {
    let text = |key| escape(pack.content.interface.get(key));
    let page = template
        .lines()
        .filter(|line| !line.contains("data-trunk-skip"))
        .collect::<Vec<_>>()
        .join("\n")
        .replace("{{page.title}}", &text(Key::PageTitle))
        .replace("{{page.heading}}", &text(Key::FallbackTitle))
        .replace("{{page.description}}", &text(Key::PageDescription))
        .replace("<!-- fallback -->", &fallback(&pack.content));
    if page.contains("{{") || !page.contains("class=\"fallback\"") {
        bail!(
            "index.html: a placeholder was not filled in, or the one for the fallback is missing"
        );
    }
    Ok(page + "\n")
}

fn fallback(content: &Content) -> String {
    let text = |key| escape(content.interface.get(key));
    let mut numbered: Vec<_> = content.instrument.steps.iter().collect();
    numbered.sort_by_key(|step| step.number);
    let steps: String = numbered
        .iter()
        .map(|step| {
            let words = &content.steps[step.id.as_str()];
            let purpose = delineate::core::wording::Wording::new(
                content,
                &delineate::core::response::Response::new(content),
            )
            .fill(&words.purpose, &[]);
            format!(
                "<li><strong>{}</strong>. {}</li>",
                escape(&words.title),
                escape(&purpose)
            )
        })
        .collect();
    format!(
        "<div class=\"fallback\"><p class=\"lead\">{}</p><p>{}</p><h2>{}</h2><ol>{steps}</ol></div>",
        text(Key::FallbackTitle),
        text(Key::FallbackIntro),
        text(Key::FallbackSteps),
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// Puts a compressed copy beside every file.
fn compress(folder: &Path) -> Result<()> {
    for path in files(folder)? {
        let compressed = brotli(&fs::read(&path)?)?;
        let mut name = path.into_os_string();
        name.push(".br");
        fs::write(name, compressed)?;
    }
    Ok(())
}

pub fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut compressed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut compressed, 1 << 16, 11, 22);
    writer.write_all(bytes)?;
    drop(writer);
    Ok(compressed)
}

/// Every file below a folder, in order.
pub fn files(folder: &Path) -> Result<Vec<std::path::PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Moves the finished files into place. Trunk's folder holds files of its own, and keeps them.
fn replace(staging: &Path, dist: &Path, keep: bool) -> Result<()> {
    if !keep && dist.exists() {
        fs::remove_dir_all(dist)?;
    }
    for path in files(staging)? {
        let to = dist.join(path.strip_prefix(staging)?);
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::copy(&path, to)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_file_holds_one_version_of_wasm_bindgen() {
        same_bindgen().unwrap_or_else(|error| panic!("{error:#}"));
    }

    #[test]
    fn the_page_is_filled_and_its_texts_are_escaped() {
        let mut packs = content::packs().unwrap_or_else(|error| panic!("{error:#}"));
        let template = "<title>{{page.title}}</title>\n<link data-trunk-skip>\n<!-- fallback -->";
        let page = page(template, &packs.remove(0)).expect("the template is complete");
        assert!(!page.contains("data-trunk-skip"));
        assert_eq!(page.matches("<li>").count(), 10);
        assert_eq!(escape("<a b=\"c\">&"), "&lt;a b=&quot;c&quot;&gt;&amp;");
    }

    #[test]
    fn a_forgotten_placeholder_is_an_error() {
        let mut packs = content::packs().unwrap_or_else(|error| panic!("{error:#}"));
        let pack = packs.remove(0);
        assert!(page("<!-- fallback --> {{page.unknown}}", &pack).is_err());
        assert!(page("no place for the fallback", &pack).is_err());
    }
}
