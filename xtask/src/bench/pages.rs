//! The pages that are measured: one page of a host, with the widget, with SurveyJS, with an empty Yew page and with none of them,
//! each also with what it holds far below the fold.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::build::{Module, SCRIPT, compress, esbuild, files};
use crate::{execute, root, step};

/// What the documentation of the check adds for a page whose visitors see it first.
const HINTS: &str = r#"<link rel="modulepreload" href="/delineate/delineate.element.js"><link rel="preload" as="fetch" crossorigin href="/delineate/content/en.first.json"><link rel="preload" as="fetch" crossorigin fetchpriority="low" href="/delineate/delineate.widget.wasm">"#;

/// A page by its name, with what a web master pastes into it: once into the head, once where the widget stands.
const PAGES: [(&str, &str, &str); 4] = [
    (
        "delineate",
        r#"<link rel="stylesheet" href="/delineate/host.css"><script type="module" src="/delineate/delineate.js"></script>"#,
        "<role-clarity-check>A sentence for browsers in which the check cannot run.</role-clarity-check>",
    ),
    (
        "surveyjs",
        r#"<link rel="stylesheet" href="/surveyjs/surveyjs.css" /><script type="module" src="/surveyjs/surveyjs.js"></script>"#,
        r#"<div id="survey"></div>"#,
    ),
    (
        "floor",
        r#"<script type="module" src="/floor/floor.js"></script>"#,
        r#"<div id="floor"></div>"#,
    ),
    ("none", "", ""),
];

/// Makes the folder that is served.
pub fn make(dist: &Path) -> Result<PathBuf> {
    let target = root().join("target/bench");
    let site = target.join("site");
    if site.exists() {
        fs::remove_dir_all(&site)?;
    }
    widget(dist, &site.join("delineate"))?;
    step("bundling the questionnaire with SurveyJS", || {
        survey(&target, &site.join("surveyjs"))
    })?;
    step("building an empty Yew page", || {
        floor(&target, &site.join("floor"))
    })?;
    let template = fs::read_to_string(root().join("bench/page.html"))?;
    fs::copy(root().join("bench/page.css"), site.join("page.css"))?;
    for (name, head, widget) in PAGES {
        for (suffix, above) in [("", "short"), ("-below", "long")] {
            let hints = if name == "delineate" && suffix.is_empty() {
                HINTS
            } else {
                ""
            };
            let page = page(&template, &[hints, head].concat(), above, widget)?;
            fs::write(site.join(format!("{name}{suffix}.html")), page)?;
        }
    }
    step("compressing", || compress(&site))?;
    Ok(site)
}

fn page(template: &str, head: &str, above: &str, widget: &str) -> Result<String> {
    let mut page = template.to_string();
    for (place, text) in [("head", head), ("above", above), ("widget", widget)] {
        let place = format!("{{{{{place}}}}}");
        if page.matches(&place).count() != 1 {
            bail!("bench/page.html must hold {place} once");
        }
        page = page.replace(&place, text);
    }
    Ok(page)
}

/// The files of the last build, without their compressed copies, which are made anew with all others.
fn widget(dist: &Path, to: &Path) -> Result<()> {
    for path in files(dist).with_context(|| format!("{} cannot be read", dist.display()))? {
        if path.extension().is_some_and(|extension| extension == "br") {
            continue;
        }
        let to = to.join(path.strip_prefix(dist)?);
        fs::create_dir_all(to.parent().context("a file lies in a folder")?)?;
        fs::copy(&path, to)?;
    }
    Ok(())
}

fn survey(target: &Path, to: &Path) -> Result<()> {
    let made = Command::new("node")
        .arg("bench/questionnaire.mjs")
        .current_dir(root())
        .output()
        .context("Node.js cannot be started")?;
    if !made.status.success() {
        bail!("{}", String::from_utf8_lossy(&made.stderr));
    }
    let questionnaire = target.join("questionnaire.json");
    fs::write(&questionnaire, made.stdout)?;
    let entry = root().join("bench/surveyjs.mjs");
    let alias = format!("--alias:questionnaire={}", questionnaire.display());
    execute(
        esbuild(&entry, &to.join("surveyjs.js"))?
            .args(SCRIPT)
            .arg(alias),
    )
}

const FLOOR: Module = Module {
    package: "bench",
    feature: "floor",
    file: "floor",
    fresh: false,
};

/// Built by the same steps as the widget, its glue and what starts it bundled into one script.
fn floor(target: &Path, to: &Path) -> Result<()> {
    let parts = target.join("floor");
    fs::create_dir_all(&parts)?;
    fs::create_dir_all(to)?;
    FLOOR.build(&parts, false)?;
    fs::copy(parts.join("floor.wasm"), to.join("floor.wasm"))?;
    let glue = format!("--alias:floor={}", parts.join("floor.js").display());
    let entry = root().join("bench/floor.mjs");
    execute(
        esbuild(&entry, &to.join("floor.js"))?
            .args(SCRIPT)
            .arg(glue),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_every_place_filled_and_no_other() {
        let template = "<head>{{head}}</head><i class=\"{{above}}\"></i>{{widget}}";
        let made = page(template, "<script></script>", "long", "<b></b>").expect("all are there");
        assert_eq!(
            made,
            "<head><script></script></head><i class=\"long\"></i><b></b>"
        );
        assert!(page("{{head}} {{above}}", "", "", "").is_err());
        assert!(page("{{head}} {{above}} {{widget}} {{widget}}", "", "", "").is_err());
    }
}
