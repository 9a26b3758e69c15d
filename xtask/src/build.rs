//! The one build pipeline: content, wasm, script, styles and page into one folder of static files.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::{env, fs, thread};

use anyhow::{Context, Result, anyhow, bail};
use delineate::core::content::Content;
use delineate::core::interface::Key;
use delineate::core::pack::part;
use wasm_bindgen_cli_support::Bindgen;

use crate::content::Pack;
use crate::kept::{Recipe, kept, prune};
use crate::{Options, cargo, content, execute, pseudo, root, screens, setup, size, step, supply};

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

/// What makes the module smallest, measured in `bench/profile.md`: the control flow is found anew, which needs each expression in a
/// variable first, and two more passes find what the one before laid open.
///
/// `--low-memory-unused` lets a constant become the offset of an access, as nothing lies in the first 1,024 bytes: the linker puts
/// the stack there, which grows downwards to them, and the data behind it. Nothing here says that traps never happen: a panic is one.
const SHRINK: [&str; 6] = [
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "-Oz",
    "--low-memory-unused",
];

pub fn build(options: &Options) -> Result<()> {
    setup::rust()?;
    setup::node()?;
    same_bindgen()?;
    let packs = step("checking the content", content::packs)?;
    let (dist, template) = places(options)?;
    let staging = staged(&packs)?;
    for module in &MODULES {
        module.build(&staging, options.dev)?;
    }
    site(&staging, &packs, &template)?;
    if !options.dev {
        step("compressing", || compress(&staging))?;
        prune()?;
    }
    replace(&staging, &dist, options.trunk)?;
    if !options.dev {
        size::report(&dist)?;
    }
    println!("built {}", dist.display());
    Ok(())
}

/// The last build again, with the pseudo-locales beside the languages: its modules, everything else made anew. Gives the folder.
pub fn pseudo(built: &Path) -> Result<PathBuf> {
    let packs = step("making the pseudo-locales", pseudo::packs)?;
    let staging = staged(&packs)?;
    for module in &MODULES {
        for ending in ["js", "wasm"] {
            let name = format!("{}.{ending}", module.file);
            let from = built.join(&name);
            fs::copy(&from, staging.join(name))
                .with_context(|| format!("{} cannot be read: build first", from.display()))?;
        }
    }
    let template = fs::read_to_string(root().join("index.html"))?;
    site(&staging, &packs, &template)?;
    let dist = root().join("target/pseudo");
    replace(&staging, &dist, false)?;
    println!("built {}", dist.display());
    Ok(dist)
}

/// A folder with the content in it. Its files replace the old ones only when all are made, so that a failed build leaves no half page.
fn staged(packs: &[Pack]) -> Result<PathBuf> {
    let staging = root().join("target/staging");
    if staging.exists() {
        fs::remove_dir_all(&staging)?;
    }
    fs::create_dir_all(staging.join("content"))?;
    for pack in packs {
        let (early, late) = part(&pack.json).map_err(|problem| anyhow!("{problem}"))?;
        let file = |kind: &str| {
            let name = format!("{}{kind}.json", pack.lang);
            staging.join("content").join(name)
        };
        fs::write(file(""), early)?;
        fs::write(file(".questions"), late)?;
        fs::write(file(".desk"), &pack.desk)?;
    }
    step("drawing the first screens", || {
        for pack in packs {
            let recipe = Recipe::of_program()?.with(pack.json.as_bytes());
            let drawn = kept(recipe, || Ok(screens::screens(pack)?.into_bytes()))?;
            let name = format!("content/{}.first.json", pack.lang);
            fs::write(staging.join(name), drawn)?;
        }
        Ok(())
    })?;
    Ok(staging)
}

/// Adds scripts, styles and pages to the content and the modules.
fn site(staging: &Path, packs: &[Pack], template: &str) -> Result<()> {
    step("bundling script and styles", || bundle(staging, packs))?;
    pages(staging, packs, template)?;
    step("listing what is in it", || supply::write(staging))
}

/// The folder that takes the files, and the text of the page that they belong to.
fn places(options: &Options) -> Result<(PathBuf, String)> {
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

/// A wasm module with its glue. The widget's are all made of the one crate; a feature says which functions JavaScript can call,
/// and the linker drops what they do not reach.
pub struct Module {
    pub package: &'static str,
    pub feature: &'static str,
    /// The name of both files, without their endings.
    pub file: &'static str,
    /// Whether its glue is a function, each call of which makes a fresh instance (`src/embed/instance.js`).
    pub fresh: bool,
}

const MODULES: [Module; 3] = [
    Module {
        package: "delineate",
        feature: "widget",
        file: "delineate.widget",
        fresh: true,
    },
    Module {
        package: "delineate",
        feature: "pack",
        file: "delineate.pack",
        fresh: true,
    },
    Module {
        package: "delineate",
        feature: "console",
        file: "delineate.console",
        fresh: false,
    },
];

impl Module {
    /// Puts the wasm and its glue into the folder. A release build that has been made before is not made again: cargo links the
    /// modules into one and the same file, and would link each of them anew.
    pub fn build(&self, staging: &Path, dev: bool) -> Result<()> {
        let script = staging.join(format!("{}.js", self.file));
        let wasm = staging.join(format!("{}.wasm", self.file));
        if dev {
            return self.make(&script, &wasm, dev);
        }
        let recipe = self.recipe()?;
        let bytes = kept(recipe.clone().with(b"wasm"), || {
            self.make(&script, &wasm, dev)?;
            kept(recipe.clone().with(b"js"), || Ok(fs::read(&script)?))?;
            Ok(fs::read(&wasm)?)
        })?;
        let glue = kept(recipe.with(b"js"), || {
            bail!("target/kept is incomplete: delete it and build again")
        })?;
        fs::write(script, glue)?;
        Ok(fs::write(wasm, bytes)?)
    }

    /// A hash of everything that the module is made of.
    fn recipe(&self) -> Result<Recipe> {
        let compiler = Command::new("rustc")
            .arg("-vV")
            .current_dir(root())
            .output()?
            .stdout;
        let mut recipe = Recipe::of_program()?.with(&compiler);
        for part in [self.package, self.feature, self.file] {
            recipe = recipe.with(part.as_bytes());
        }
        let own = (self.package != "delineate").then_some(self.package);
        // The console brings a part of the content with it.
        let shared = [
            "src",
            "content/en",
            "content/instrument.json",
            "Cargo.toml",
            "Cargo.lock",
            "package-lock.json",
        ];
        for path in shared.into_iter().chain(own) {
            recipe = recipe.with_path(&root().join(path))?;
        }
        Ok(recipe)
    }

    fn make(&self, script: &Path, wasm: &Path, dev: bool) -> Result<()> {
        let name = format!("compiling the {} to wasm", self.feature);
        let module = step(&name, || self.compile(dev))?;
        let glue = root().join("target/glue");
        step("binding", || self.bind(&module, &glue))?;
        let bound = |ending: &str| glue.join(format!("{}{ending}", self.feature));
        execute(esbuild(&bound(".js"), script)?.args(SCRIPT))?;
        if dev {
            fs::copy(bound("_bg.wasm"), wasm)?;
            return Ok(());
        }
        step("shrinking the wasm", || {
            let mut optimiser = setup::npm_bin("wasm-opt")?;
            optimiser.args(SHRINK).args(WASM_FEATURES);
            execute(optimiser.arg(bound("_bg.wasm")).arg("-o").arg(wasm))
        })
    }

    /// Compiles the module and gives its path.
    ///
    /// A release build compiles the standard library too, so that a panic is one trap instead of a formatted message: measured in
    /// `docs/decisions.md`. Cargo calls that unstable, hence the variable.
    fn compile(&self, dev: bool) -> Result<PathBuf> {
        let target = root().join("target/wasm");
        let mut cargo = cargo();
        cargo
            .args(["rustc", "--locked", "--lib", "--package", self.package])
            .args(["--crate-type", "cdylib", "--features", self.feature])
            .args(["--target", setup::WASM_TARGET, "--target-dir"])
            .arg(&target);
        // What a module does not reach is used by another; the linter sees them all together.
        let flags = if dev {
            "-Adead_code\u{1f}-Aunused_imports"
        } else {
            "-Adead_code\u{1f}-Aunused_imports\u{1f}-Zunstable-options\u{1f}-Cpanic=immediate-abort"
        };
        cargo.env("CARGO_ENCODED_RUSTFLAGS", flags);
        if !dev {
            cargo
                .env("RUSTC_BOOTSTRAP", "1")
                .args(["--release", "-Zbuild-std=std,panic_abort"])
                .arg("-Zbuild-std-features=optimize_for_size");
        }
        execute(&mut cargo)?;
        let profile = if dev { "debug" } else { "release" };
        Ok(target
            .join(setup::WASM_TARGET)
            .join(profile)
            .join(format!("{}.wasm", self.package)))
    }

    fn bind(&self, module: &Path, out: &Path) -> Result<()> {
        let mut bindgen = Bindgen::new();
        bindgen
            .input_path(module)
            .out_name(self.feature)
            .typescript(false)
            .omit_default_module_path(true)
            .remove_name_section(true)
            .remove_producers_section(true);
        bindgen.web(true)?;
        let mut bound = bindgen.generate_output()?;
        let names = shorten_imports(&mut bound);
        bound.emit(out)?;
        let glue = out.join(format!("{}.js", self.feature));
        let mut text = fs::read_to_string(&glue)?;
        for (long, short) in names {
            if !text.contains(&long) {
                bail!("{} does not define \"{long}\"", glue.display());
            }
            text = text.replace(&long, &short);
        }
        if self.fresh {
            text = renewable(&apart(&text)).with_context(|| glue.display().to_string())?;
        }
        fs::write(glue, text)?;
        Ok(())
    }
}

/// Gives the functions that the module asks of its glue short names, and says which, the longest first, so that no name is taken for
/// the beginning of another. The long ones end in a hash that compresses to nothing less than itself, here and in the glue.
fn shorten_imports(bound: &mut wasm_bindgen_cli_support::Output) -> Vec<(String, String)> {
    let mut names = Vec::new();
    for (index, import) in bound.wasm_mut().imports.iter_mut().enumerate() {
        if import.name.starts_with("__wb") {
            let short = format!("i{index}");
            names.push((std::mem::replace(&mut import.name, short.clone()), short));
        }
    }
    names.sort_by_key(|(long, _)| std::cmp::Reverse(long.len()));
    names
}

/// Yew notes on every element, under names that are always the same, which of its trees and listeners the element has. Where one
/// instance draws within another's page, as the desk does, each needs names of its own: a click would otherwise call whatever listener
/// of the other has the same number. [`renewable`] says what is an instance's own.
fn apart(glue: &str) -> String {
    let mut parts = glue.split(".__yew_");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let ends = |char: char| !char.is_ascii_alphanumeric() && char != '_';
        let (name, rest) = part.split_at(part.find(ends).unwrap_or(part.len()));
        text += &format!("[own + \"{name}\"]{rest}");
    }
    text
}

/// Turns a module's glue, which knows one instance for ever, into a function `fresh` that knows one each time it is called. It hands
/// the exports of the instance to `guard`, and gives what the module exports, with `start`, and with `compiled`, by which another
/// instance needs no fetch.
fn renewable(glue: &str) -> Result<String> {
    let part = |text: &str, at: &str| -> Result<(String, String)> {
        let (before, after) = text
            .split_once(at)
            .with_context(|| format!("there is no \"{at}\""))?;
        Ok((before.into(), after.into()))
    };
    let (before, rest) = part(glue, "function initSync(module) {")?;
    // Called once for each instance, so what remembers an earlier call is left out.
    const START: &str = "async function __wbg_init_once(module_or_path) {";
    let (_, rest) = part(&rest, START)?;
    let (rest, _) = part(&rest, "export { initSync, __wbg_init as default };")?;
    let (declared, finalised) = part(&before, "wasm = instance.exports;")?;
    let body = [
        &declared,
        "wasm = guard(instance.exports);",
        &finalised,
        START,
        &rest,
    ]
    .concat();
    let mut names = Vec::new();
    let lines = body.lines().map(|line| {
        let Some(item) = line.strip_prefix("export ") else {
            return line.to_owned();
        };
        let name = item.split([' ', '(']).nth(1).unwrap_or_default();
        names.push(name.to_owned());
        item.to_owned()
    });
    let body: Vec<String> = lines.collect();
    let names = names.join(", ");
    let given = format!("{names}, start: __wbg_init_once, compiled: () => wasmModule");
    Ok(format!(
        "let instances = 0;\nexport const fresh = (guard) => {{\nconst own = `__yew_${{++instances}}_`;\n{}\nreturn {{ {given} }};\n}};\n",
        body.join("\n")
    ))
}

/// The bundler, with what every script here has in common.
pub fn esbuild(entry: &Path, out: &Path) -> Result<Command> {
    let mut esbuild = setup::npm_bin("esbuild")?;
    esbuild
        .arg(entry)
        .args(["--bundle", "--minify", "--log-level=warning"])
        .arg(format!("--outfile={}", out.display()));
    Ok(esbuild)
}

/// What every script is: a module for the browsers that the styles are for too.
pub const SCRIPT: [&str; 2] = ["--format=esm", "--target=es2022"];

/// The browsers that the styles are for.
const STYLES: &str = "--target=chrome123,firefox128,safari17.5";

fn bundle(staging: &Path, packs: &[Pack]) -> Result<()> {
    let embed = root().join("src/embed");
    let all = format!("--define:__SENTENCES__={}", sentences(packs));
    let doctor = format!("--define:__DOCTOR__={}", doctor(packs)?);
    let alias = |name: &str, path: &Path| format!("--alias:delineate-{name}={}", path.display());
    let files = |name: &str| alias("files", &embed.join(name));
    let rest = |name: &str| alias("rest", &embed.join(name));
    // The styles of the first pages are text within the script: one thing less to wait for.
    let first = root().join("target/glue/first.css");
    let styles = [alias("styles", &first), "--loader:.css=text".into()];
    execute(esbuild(&root().join("styles/widget.css"), &first)?.arg(STYLES))?;
    let restart = format!("--define:__RESTART__={}", restarts(packs)?);
    execute(
        esbuild(&embed.join("loader.js"), &staging.join("delineate.js"))?
            .args(SCRIPT)
            .args([&rest("rest.js"), "--external:./delineate.element.js"]),
    )?;
    execute(
        esbuild(
            &embed.join("element.js"),
            &staging.join("delineate.element.js"),
        )?
        .args(SCRIPT)
        .args([&all, &files("files.js")])
        .args(&styles)
        .args(MODULES.map(|module| format!("--external:./{}.js", module.file)))
        .arg("--external:./delineate.restart.js"),
    )?;
    for (source, file) in [
        ("restart.js", "delineate.restart.js"),
        ("frame.js", "delineate.frame.js"),
        ("resize.js", "delineate.resize.js"),
        ("doctor.js", "delineate.doctor.js"),
        ("console.worker.js", "delineate.console.worker.js"),
    ] {
        execute(
            esbuild(&embed.join(source), &staging.join(file))?
                .args(SCRIPT)
                .args([&doctor, &restart, "--external:./delineate.console.js"]),
        )?;
    }
    for (source, file) in [
        ("later.css", "delineate.later.css"),
        ("desk.css", "delineate.desk.css"),
        ("page.css", "page.css"),
        ("host.css", "host.css"),
        ("frame.css", "frame.css"),
        ("site.css", "site.css"),
    ] {
        execute(esbuild(&root().join("styles").join(source), &staging.join(file))?.arg(STYLES))?;
    }
    // Everything in one file, for each language.
    for pack in packs {
        let content = root().join("target/glue/content").join(&pack.lang);
        fs::create_dir_all(&content)?;
        let name = |kind: &str| staging.join(format!("content/{}{kind}.json", pack.lang));
        fs::copy(name(""), content.join("early.json"))?;
        fs::copy(name(".questions"), content.join("late.json"))?;
        fs::copy(name(".first"), content.join("first.json"))?;
        fs::copy(name(".desk"), content.join("desk.json"))?;
        let out = staging.join(format!("delineate.single.{}.js", pack.lang));
        let only = std::slice::from_ref(pack);
        let own = format!("--define:__SENTENCES__={}", sentences(only));
        let restart = format!("--define:__RESTART__={}", restarts(only)?);
        execute(
            esbuild(&embed.join("loader.js"), &out)?
                .args(SCRIPT)
                .args([
                    &own,
                    &restart,
                    &files("inlined.js"),
                    &rest("inlined-rest.js"),
                ])
                .args(&styles)
                .arg(format!("--alias:delineate-dist={}", staging.display()))
                .arg(format!("--alias:delineate-content={}", content.display()))
                .args(["--loader:.wasm=binary", "--loader:.json=text"]),
        )?;
    }
    Ok(())
}

/// What the doctor says at a console, in the first language. Its page has the texts of its own language.
fn doctor(packs: &[Pack]) -> Result<String> {
    let site = &packs.first().context("content/ holds no language")?.site;
    Ok(serde_json::to_string(&texts_under(site, "doctor."))?)
}

/// For each language, what a visitor reads when the wasm stopped by a fault of its own.
fn restarts(packs: &[Pack]) -> Result<String> {
    let texts = |pack: &Pack| (pack.lang.clone(), texts_under(&pack.site, "restart."));
    let texts: BTreeMap<_, _> = packs.iter().map(texts).collect();
    Ok(serde_json::to_string(&texts)?)
}

type Texts = serde_json::Map<String, serde_json::Value>;

/// The texts whose names begin so, by what follows.
fn texts_under(texts: &Texts, start: &str) -> Texts {
    texts
        .iter()
        .filter_map(|(name, text)| Some((name.strip_prefix(start)?.into(), text.clone())))
        .collect()
}

/// For each language, what a visitor reads when the check cannot start: the one sentence that must not have to be fetched.
fn sentences(packs: &[Pack]) -> String {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    // The script takes the first one for the language that every other falls back to, so the order matters, which a map would not keep.
    let sentence = |pack: &Pack| {
        let text = pack.content.interface.get(Key::NoticeNotStarted);
        [quoted(&pack.lang), quoted(text)].join(":")
    };
    let sentences: Vec<String> = packs.iter().map(sentence).collect();
    format!("{{{}}}", sentences.join(","))
}

/// What a page is called in a language. The first language has the plain names.
fn localized(name: &str, packs: &[Pack], lang: &str) -> String {
    let first = packs.first().is_none_or(|pack| pack.lang == lang);
    match name.rsplit_once('.') {
        Some((stem, ending)) if !first => format!("{stem}.{lang}.{ending}"),
        _ => name.into(),
    }
}

/// Links to the same page in every language: for readers, each under its own name, and for the head of the page.
fn languages(name: &str, packs: &[Pack], here: &Pack) -> [String; 2] {
    let (mut shown, mut head) = (String::new(), String::new());
    if packs.len() < 2 {
        return [shown, head];
    }
    for pack in packs {
        let address = escape(&localized(name, packs, &pack.lang));
        let lang = escape(&pack.lang);
        let own = escape(pack.content.interface.get(Key::LanguageName));
        let current = if pack.lang == here.lang {
            " aria-current=\"page\""
        } else {
            ""
        };
        let direction = escape(pack.content.direction());
        shown += &format!(
            "<a href=\"{address}\" hreflang=\"{lang}\" lang=\"{lang}\" dir=\"{direction}\"{current}>{own}</a>\n"
        );
        head += &format!("<link rel=\"alternate\" hreflang=\"{lang}\" href=\"{address}\" />\n");
    }
    let label = here
        .site
        .get("configurator.lang")
        .and_then(|text| text.as_str());
    let label = escape(label.unwrap_or_default());
    let shown = format!("<nav class=\"languages\" aria-label=\"{label}\">\n{shown}</nav>");
    [shown, head]
}

/// The page of this name in one of the languages, with its texts, and with what is read where the check cannot run.
fn page(name: &str, template: &str, packs: &[Pack], pack: &Pack) -> Result<String> {
    let text = |key| Some(pack.content.interface.get(key).to_string());
    let named = |name: &str| match name {
        "lang" => Some(pack.lang.clone()),
        "direction" => Some(pack.content.direction().into()),
        // Trunk's own, in the script by which it reloads the page; it fills them in as it serves.
        own if own.starts_with("__TRUNK_") => Some(["{{", own, "}}"].concat()),
        "page.title" => text(Key::PageTitle),
        "page.heading" => text(Key::FallbackTitle),
        "page.description" => text(Key::PageDescription),
        name => match name.strip_prefix("page:") {
            Some(file) => Some(localized(file, packs, &pack.lang)),
            None => Some(pack.site.get(name)?.as_str()?.to_string()),
        },
    };
    let lines: Vec<&str> = template
        .lines()
        .filter(|line| !line.contains("data-trunk-skip"))
        .collect();
    let template = lines.join("\n");
    let mut page = String::new();
    let mut rest = template.as_str();
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, after) = after.split_once("}}").context("a placeholder has no end")?;
        let text = named(name).with_context(|| format!("there is no text \"{name}\""))?;
        page += before;
        page += &escape(&text);
        rest = after;
    }
    page += rest;
    let choices: String = packs.iter().map(|one| language(one, pack)).collect();
    let [languages, alternates] = languages(name, packs, pack);
    // A script's text ends at the first "</script", wherever it stands.
    let texts = serde_json::to_string(&pack.site)?.replace('<', "\\u003c");
    let page = page
        .replace("<!-- fallback -->", &fallback(&pack.content))
        .replace("<!-- choices -->", &choices)
        .replace("<!-- languages -->", &languages)
        .replace("<!-- alternates -->", &alternates)
        .replace("<!-- texts -->", &texts);
    if page.contains("<role-clarity-check") && !page.contains("class=\"fallback\"") {
        bail!("the place for the fallback is missing");
    }
    Ok(page + "\n")
}

/// A language as a choice, under its own name; that of the page is the one chosen at first.
fn language(pack: &Pack, here: &Pack) -> String {
    let name = escape(pack.content.interface.get(Key::LanguageName));
    let selected = if pack.lang == here.lang {
        " selected"
    } else {
        ""
    };
    let lang = escape(&pack.lang);
    format!("<option value=\"{lang}\"{selected}>{name}</option>")
}

/// The first page and those beside it, in every language, with their scripts.
fn pages(staging: &Path, packs: &[Pack], index: &str) -> Result<()> {
    let mut templates = vec![("index.html".to_string(), index.to_string())];
    for path in files(&root().join("pages"))? {
        let name = path.file_name().unwrap_or_default();
        if path.extension().is_some_and(|ending| ending == "js") {
            execute(
                esbuild(&path, &staging.join(name))?
                    .args(SCRIPT)
                    .arg("--external:./delineate.doctor.js"),
            )?;
            continue;
        }
        templates.push((
            name.to_string_lossy().into_owned(),
            fs::read_to_string(&path)?,
        ));
    }
    for pack in packs {
        let own = |name: &str| localized(name, packs, &pack.lang);
        for (name, template) in &templates {
            let page = page(name, template, packs, pack).with_context(|| name.clone())?;
            fs::write(staging.join(own(name)), page)?;
        }
    }
    Ok(())
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

/// Puts a compressed copy beside every file. Each processor takes the next one, the largest first: they take by far the longest.
pub fn compress(folder: &Path) -> Result<()> {
    let recipe = Recipe::of("brotli at quality 11 and window 22")?;
    let mut paths = files(folder)?;
    paths.sort_by_key(|path| fs::metadata(path).map_or(0, |file| file.len()));
    let paths = Mutex::new(paths);
    let work = || -> Result<()> {
        while let Some(path) = next(&paths) {
            let bytes = fs::read(&path)?;
            let compressed = kept(recipe.clone().with(&bytes), || brotli(&bytes))?;
            let mut name = path.into_os_string();
            name.push(".br");
            fs::write(name, compressed)?;
        }
        Ok(())
    };
    thread::scope(|scope| {
        let workers = thread::available_parallelism().map_or(1, |count| count.get());
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        workers
            .into_iter()
            .try_for_each(|worker| worker.join().expect("a worker panicked"))
    })
}

fn next(paths: &Mutex<Vec<PathBuf>>) -> Option<PathBuf> {
    paths.lock().expect("no worker panics with it").pop()
}

pub fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut compressed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut compressed, 1 << 16, 11, 22);
    writer.write_all(bytes)?;
    drop(writer);
    Ok(compressed)
}

/// Every file below a folder, in order.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
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
        let packs = content::packs().unwrap_or_else(|error| panic!("{error:#}"));
        let template = "<title>{{page.title}}</title>\n<link data-trunk-skip>\n<!-- fallback -->";
        let page = page("x.html", template, &packs, &packs[0]).expect("the template is complete");
        assert!(!page.contains("data-trunk-skip"));
        assert_eq!(page.matches("<li>").count(), 10);
        assert_eq!(escape("<a b=\"c\">&"), "&lt;a b=&quot;c&quot;&gt;&amp;");
    }

    #[test]
    fn a_forgotten_placeholder_is_an_error() {
        let packs = content::packs().unwrap_or_else(|error| panic!("{error:#}"));
        let page = |template| page("x.html", template, &packs, &packs[0]);
        assert!(page("<!-- fallback --> {{page.unknown}}").is_err());
        assert!(page("<role-clarity-check></role-clarity-check>").is_err());
        let trunks =
            page("<!-- fallback --> {{__TRUNK_ADDRESS__}}").expect("it is Trunk's to fill");
        assert!(trunks.contains(" {{__TRUNK_ADDRESS__}}"));
    }
}
