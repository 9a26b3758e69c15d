// Every language, from the first page to the files that are taken away: nothing of the source language is left over, nothing is fetched but
// the language at hand, and pages in a longer and in a mirrored script stay whole.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { extractText } from "unpdf";
import { PAPER, axe, finished, firefoxDriven, hostPage, languages, launch, notInWebKit, picture, prints, response, root, script, serve, visit } from "./support.mjs";
import { answered, assertNothingLeft, built, localized, texts, unfold, walk } from "./tongues.mjs";

const DIST = process.env.DELINEATE_DIST;
/** The same build with two languages more that nobody speaks: one with an accent on every letter, and one that is mirrored. */
const PSEUDO = process.env.DELINEATE_PSEUDO;
const [LONGER, MIRRORED] = ["en-xa", "ar-xb"];

let server, pseudo, browser;
before(async () => {
  server = await serve();
  pseudo = await serve(PSEUDO);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  server?.stop();
  pseudo?.stop();
});

const content = (lang) => ["", ".questions", ".desk"].map((kind) => `content/${lang}${kind}.json`);
const own = (lang) => [...content(lang), `content/${lang}.first.json`, ...["index", "configurator", "console", "doctor", "frame"].map((name) => localized(`${name}.html`, lang))];
const stage = (page) => page.locator("role-clarity-check .delineate").last();

/** A visitor of a build in a language. What belongs to another language may not be fetched. */
async function visitor(lang, { build = server, ...options } = {}) {
  const seen = await visit(browser, build.address, { allowOwn: own(lang), acceptDownloads: true, ...options });
  const address = build.address + (lang === "en" ? "" : localized("index.html", lang));
  const finish = async () => {
    const requests = await seen.finish();
    const fetched = new Set(requests.map((request) => new URL(request.url()).pathname.slice(1)).filter((file) => file.startsWith("content/")));
    // Who has answers already is shown no first screens.
    fetched.delete(`content/${lang}.first.json`);
    assert.deepEqual([...fetched].sort(), content(lang).sort(), "only the language at hand is fetched");
  };
  return { ...seen, address, finish };
}

/** The page and the check say in which language they are, and which way it is written. */
async function assertSpeaks(page, lang, direction) {
  for (const place of [page.locator("html"), stage(page)]) {
    assert.equal(await place.getAttribute("lang"), lang);
    assert.equal(await place.getAttribute("dir"), direction);
  }
  assert.equal(await stage(page).evaluate((stage) => getComputedStyle(stage).direction), direction);
}

const EXPORTS = {
  "export.brief": "markdown",
  "export.charter_page": "charter-html",
  "export.charter_text": "charter-markdown",
  "export.plan": "plan-csv",
  "export.csv": "csv",
  "export.calendar": "calendar",
};

/** Answers of which the brief says most: a critical responsibility that nobody has, one that nobody knows of, and one officer who has the rest. */
const crowded = () => {
  const owners = { cybersecurity: "dont_know", continuity: "nobody" };
  return response({ seat: "ceo", level: 2, owner: ({ id }) => owners[id] ?? { officer: "cto" } });
};

for (const lang of languages) {
  const texts_of = () => built(DIST, lang);

  test(`${lang}: the quick check to the results, with nothing of another language`, async () => {
    const { page, address, finish } = await visitor(lang);
    const source = built(DIST, "en");
    const { interface: words } = texts_of();
    await walk(page, address, async (name) => {
      if (name === "start") await assertSpeaks(page, lang, words.direction);
      if (name === "results") await unfold(page);
      const read = [...(await texts(page)), ...(await texts(page, "head"))];
      if (lang !== "en") assertNothingLeft(read, source, texts_of());
      for (const width of [320, 1280]) {
        await page.setViewportSize({ width, height: 900 });
        await assertWhole(page, `${lang}, ${name}, ${width} px`);
        await picture(page, `${lang}-${name}-${width}`);
        await spaced(page, () => assertWhole(page, `${lang}, ${name}, ${width} px, spaced`));
      }
    });
    await finish();
  });

  test(`${lang}: the files are those that the example makes in this language`, async () => {
    const { page, address, finish } = await visitor(lang);
    await page.clock.setFixedTime(new Date("2026-01-31T12:00:00Z"));
    const answers = response({ seat: "cio", level: 1, owner: (domain) => (domain.id === "cybersecurity" ? "nobody" : { officer: domain.usual ?? "cto" }) });
    await finished(page, address, answers);
    await unfold(page);
    const { desk, interface: words } = texts_of();
    const download = async (name) => {
      const waiting = page.waitForEvent("download");
      await page.getByRole("button", { name, exact: true }).click();
      const file = await waiting;
      return { name: file.suggestedFilename(), path: await file.path(), text: readFileSync(await file.path(), "utf8") };
    };
    const given = await download(desk["files.answers"]);
    for (const [name, as] of Object.entries(EXPORTS)) {
      const file = await download(desk[`${name}.label`]);
      assert.equal(file.name, desk[`${name}.file`]);
      const made = prints("export", given.path, "--as", as, "--date", "2026-01-31", "--lang", lang);
      assert.equal(file.text, made, as);
      if (lang !== "en") assertNothingLeft(file.text.split("\n"), built(DIST, "en"), texts_of());
      if (as === "charter-html") assert.ok(file.text.includes(`<html lang="${lang}" dir="${words.direction}">`), "the charter says its language");
    }
    await finish();
  });

  for (const [kind, answers] of Object.entries({ mixed: answered, full: crowded })) {
    test(`${lang}: printed, the brief is the first page and its evidence the next ones, for ${kind} answers`, notInWebKit(PAPER), async () => {
      const { page, address, finish } = await visitor(lang);
      await finished(page, address, answers());
      const { interface: words } = texts_of();
      const { text } = await extractText(new Uint8Array(await page.pdf({ format: "A4", printBackground: true })));
      assert.ok(text.length <= 6, `${text.length} pages`);
      // The text of a page in Arabic script comes back in the shapes of its letters, not in the letters.
      if (words.direction === "ltr") {
        const bare = (text) => text.replace(/\s/g, "");
        const first = (name) => text.findIndex((page) => bare(page).includes(bare(words[name])));
        const parts = ["priorities.title", "plan.title", "map_result.title", "charter.title", "receipt.title"].map(first);
        assert.deepEqual(parts.slice(0, 3), [0, 0, 1], `the parts begin on pages ${parts}`);
        assert.deepEqual(parts, [...parts].sort(), `the parts begin on pages ${parts}`);
      }
      await finish();
    });
  }

  test(`${lang}: days and numbers are written as the browser writes them in this language`, async () => {
    const { page, address, finish } = await visitor(lang, { timezoneId: "Pacific/Auckland" });
    await page.clock.install({ time: new Date("2026-03-04T20:00:00Z") });
    await finished(page, address, answered());
    await unfold(page);
    const tag = `${lang}-u-nu-latn`;
    const { interface: words } = texts_of();
    const [day, point, fifty] = await page.evaluate((tag) => {
      const date = new Intl.DateTimeFormat(tag, { dateStyle: "long", timeZone: "UTC" }).format(new Date("2026-03-05"));
      const parts = new Intl.NumberFormat(tag).formatToParts(1.5);
      return [date, parts.find(({ type }) => type === "decimal").value, new Intl.NumberFormat(tag, { minimumFractionDigits: 2 }).format(50)];
    }, tag);
    assert.equal(words["number.point"], point, "documents write decimals as the browser does");
    assert.ok((await page.locator(".printed").textContent()).startsWith(`${day} ·`), day);
    const points = await page.locator(".receipt table tbody td:nth-child(3)").allTextContents();
    assert.ok(points.includes(fifty), `${fifty} in ${points}`);
    await finish();
  });
}

/**
 * Nothing is wider than its place, nothing that holds text is cut off, no text lies outside the window, and no two texts of a chart lie on
 * each other. What scrolls sideways by design, a wide table, may be wider.
 */
async function assertWhole(page, where, { labels = true } = {}) {
  // The line of a text in a chart is taller in Firefox, by what no letter reaches.
  const touching = firefoxDriven ? 4 : 2;
  const faults = await page.evaluate(([labels, touching]) => {
    const found = [];
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth > clientWidth) found.push(`the page is ${scrollWidth} px wide in a window of ${clientWidth}`);
    const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest(".announcement, .page-title");
    const said = (element) => `${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""} “${element.textContent.trim().slice(0, 60)}”`;
    const holds = (element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue.trim());
    const wide = scrollWidth > clientWidth;
    const roots = [document, ...[...document.querySelectorAll("*")].map((element) => element.shadowRoot).filter(Boolean)];
    for (const root of roots) {
      for (const element of root.querySelectorAll("*")) {
        if (wide && shown(element) && !element.closest(".scroll") && !element.children.length) {
          const { left, right } = element.getBoundingClientRect();
          if (left < 0 || right > clientWidth) found.push(`beyond the edge: ${said(element)} ${left}–${right}`);
        }
        if (!holds(element) || ["SCRIPT", "STYLE", "TITLE", "OPTION"].includes(element.tagName) || !shown(element)) continue;
        if (element.closest(".scroll, pre") || (!labels && element.matches("svg .label"))) continue;
        const style = getComputedStyle(element);
        // The text of a chart has no width to scroll in; its bounds are the chart and the other texts, see below.
        if (!element.closest("svg") && element.clientWidth && element.scrollWidth > element.clientWidth + 1) found.push(`wider than its place: ${said(element)}`);
        const cut = style.overflowY !== "visible" && element.scrollHeight > element.clientHeight + 1;
        if (cut) found.push(`cut off: ${said(element)}`);
        const range = document.createRange();
        range.selectNodeContents(element);
        const box = element.closest("svg") ? element.getBoundingClientRect() : range.getBoundingClientRect();
        if (box.width && (box.left < -0.5 || box.right > clientWidth + 0.5)) found.push(`outside the window: ${said(element)} ${box.left}–${box.right}`);
      }
      for (const chart of root.querySelectorAll("svg[role=img]")) {
        const boxes = [...chart.querySelectorAll("text")].filter(shown).map((text) => [text.textContent, text.getBoundingClientRect()]);
        // Neighbouring charts are further apart than that.
        const { left, right } = chart.getBoundingClientRect();
        for (const [one, box] of labels ? boxes : []) if (box.left < left - 16 || box.right > right + 16) found.push(`beyond its chart: “${one}” ${box.left}–${box.right} of ${left}–${right}`);
        for (const [index, [one, a]] of boxes.entries()) {
          for (const [two, b] of boxes.slice(index + 1)) {
            const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
            const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
            if (wide > 1 && high > touching) found.push(`on each other in ${chart.getAttribute("class")}: “${one}” and “${two}”`);
          }
        }
      }
    }
    return [...new Set(found)];
  }, [labels, touching]);
  assert.deepEqual(faults, [], where);
}

test("a tag with a region falls back to its language, a change of the attribute is followed, and answers stay", async () => {
  const address = pseudo.address;
  const { page, finish } = await visit(browser, address, { allowOwn: [...own(LONGER), ...own(MIRRORED)], allowConsole: [/\/lang: there are/] });
  await hostPage(page, address, { html: 'dir="rtl"', body: `<role-clarity-check lang="EN-XA"></role-clarity-check>${script}` });
  await page.goto(`${address}host`);
  await page.locator("role-clarity-check[data-ready]").waitFor();
  const speak = (lang) => page.locator("role-clarity-check").evaluate((element, lang) => (element.lang = lang), lang);
  const is = async (lang, direction) => {
    await page.locator(`role-clarity-check .delineate[lang="${lang}"][dir="${direction}"]`).waitFor();
    assert.equal(await stage(page).evaluate((stage) => getComputedStyle(stage).direction), direction);
  };
  await is(LONGER, "ltr");
  await page.locator("role-clarity-check .choices button").first().click();
  await page.locator('role-clarity-check input[value="cio"]').check();
  await speak("ar-XB");
  await is(MIRRORED, "rtl");
  assert.ok(await page.locator('role-clarity-check input[value="cio"]').isChecked());
  await speak("en-GB");
  await is("en", "ltr");
  await speak("xx");
  await is("en", "ltr");
  await finish();
});

/** How WCAG 1.4.12 has text spaced. */
const SPACED = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
  p { margin-block-end: 2em !important }`;
async function spaced(page, look) {
  await page.evaluate((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    globalThis.spacing = sheet;
    document.querySelector("role-clarity-check").shadowRoot.adoptedStyleSheets.push(sheet);
  }, SPACED);
  await look();
  await page.evaluate(() => {
    const { shadowRoot } = document.querySelector("role-clarity-check");
    shadowRoot.adoptedStyleSheets = shadowRoot.adoptedStyleSheets.filter((sheet) => sheet !== globalThis.spacing);
  });
}

const VIEWS = {
  "320 px": { viewport: { width: 320, height: 640 } },
  "zoomed to 200 %": { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 },
  "1280 px": { viewport: { width: 1280, height: 900 } },
};

for (const lang of [LONGER, MIRRORED]) {
  for (const [view, options] of Object.entries(VIEWS)) {
    test(`${lang}, longer by two fifths, at ${view}: nothing is cut off or wider than the screen, with the text spaced too`, async () => {
      const { page, address, finish } = await visitor(lang, { build: pseudo, ...options });
      await walk(page, address, async (name) => {
        if (name === "results") await unfold(page);
        await assertWhole(page, name);
        await picture(page, `${lang}-${name}-${view.replaceAll(" ", "-")}`);
        await spaced(page, async () => {
          // At this width a line of a chart has no room for all three at once. The same words stand in the table beside it.
          await assertWhole(page, `${name}, spaced`, { labels: view !== "320 px" });
          await picture(page, `${lang}-${name}-${view.replaceAll(" ", "-")}-spaced`);
        });
      });
      await finish();
    });
  }

  test(`${lang}: every text comes from the content`, async () => {
    for (const [name, { read }] of Object.entries(await pagesOf(lang))) {
      const plain = read.map((text) => text.replaceAll("January 31, 2026", "").replaceAll(/\b(January|April|July) 3[01], 202[67]\b/g, "").replace("cto-cio", ""));
      assert.deepEqual(plain.filter((text) => /[A-Za-z]/.test(text)), [], name);
    }
  });
}

/** Where a part of the check is, in pixels from the left. */
const middle = (page, selector) =>
  page.locator(`role-clarity-check ${selector}`).first().evaluate((element) => {
    const { left, right } = element.getBoundingClientRect();
    return (left + right) / 2;
  });

const PARTS = {
  structure: [".ways .back", ".ways [type=submit]", ".brand", ".progress", ".option input", ".option .label span"],
  results: [".score", ".contents .primary", ".bars .label", ".bars .value", ".bars .fill", ".lanes .first-officer .head", ".lanes .nobody .head", ".scale .band text", ".needle", "table th", "table td"],
};

/** What is read on each page of a walk in a pseudo-locale, and where its parts are; walked once. */
const walked = {};
function pagesOf(lang) {
  return (walked[lang] ??= (async () => {
    const { page, address, finish } = await visitor(lang, { build: pseudo });
    await page.clock.setFixedTime(new Date("2026-01-31T12:00:00Z"));
    const pages = {};
    await walk(page, address, async (name) => {
      if (name === "results") await unfold(page);
      const places = {};
      for (const part of PARTS[name] ?? []) places[part] = await middle(page, part);
      pages[name] = { read: await texts(page), places };
    });
    await finish();
    return pages;
  })());
}

test("where the writing runs from right to left, everything is where the mirror has it", async () => {
  const places = {};
  for (const lang of [LONGER, MIRRORED]) {
    for (const { places: found } of Object.values(await pagesOf(lang))) for (const [part, x] of Object.entries(found)) (places[part] ??= []).push(x);
  }
  assert.equal(Object.keys(places).length, Object.values(PARTS).flat().length);
  for (const [part, [ltr, rtl]] of Object.entries(places)) {
    const side = (x) => Math.sign(Math.round((x - 640) / 8));
    assert.equal(side(ltr), -side(rtl) || 0, `${part}: ${ltr} px, mirrored ${rtl} px`);
  }
  const [back, next] = [places[".ways .back"][1], places[".ways [type=submit]"][1]];
  assert.ok(back > next, "back is to the right of what goes on");
});

test("arrow keys move between answers as the browser has it", async () => {
  const { page, finish } = await visit(browser, pseudo.address, { allowOwn: own(MIRRORED) });
  await page.goto(pseudo.address + localized("index.html", MIRRORED));
  await page.locator("role-clarity-check[data-ready]").waitFor();
  await page.locator("role-clarity-check .choices button").first().click();
  const radios = page.locator("role-clarity-check input[name=answer]");
  await radios.first().focus();
  await page.keyboard.press("ArrowDown");
  assert.ok(await radios.nth(1).isChecked());
  await finish();
});

const PAGES = readdirSync(path.join(root, "pages")).filter((name) => name.endsWith(".html"));

for (const lang of [LONGER, MIRRORED]) {
  for (const name of PAGES) {
    test(`${localized(name, lang)}: in its language and direction, with links to the others, and whole at 320 px`, async () => {
      const { interface: words } = built(PSEUDO, lang);
      const { page, finish } = await visit(browser, pseudo.address, { allowOwn: own(lang), viewport: { width: 320, height: 640 } });
      await page.goto(pseudo.address + localized(name, lang));
      if (name === "console.html") await page.locator("#files:enabled").waitFor();
      else if (name === "doctor.html") await page.locator("#points tr").first().waitFor();
      else await page.locator("role-clarity-check[data-ready]").waitFor();
      assert.equal(await page.locator("html").getAttribute("lang"), lang);
      assert.equal(await page.locator("html").getAttribute("dir"), words.direction);
      await axe(page, localized(name, lang));
      await assertWhole(page, localized(name, lang));
      await picture(page, `${localized(name, lang)}-320`);
      if (name === "frame.html") return finish();
      const all = [...languages, LONGER, MIRRORED];
      const links = page.locator("nav.languages a");
      assert.deepEqual((await links.evaluateAll((links) => links.map((link) => link.lang))).sort(), all.sort());
      const own_texts = await texts(page, "header");
      const shown = built(PSEUDO, "en").interface["language.name"];
      const raw = own_texts.filter((text) => /[A-Za-z]{2}/.test(text));
      const names = languages.map((one) => built(PSEUDO, one).interface["language.name"]);
      assert.deepEqual(raw.filter((text) => !names.includes(text)), [], `in the head of the page, beside ${shown}`);
      await page.locator(`nav.languages a[lang="${lang}"][aria-current]`).waitFor();
      await page.locator('header nav a').nth(1).click();
      assert.ok(page.url().endsWith(localized("configurator.html", lang)), page.url());
      await finish();
    });
  }
}

test("the configurator offers every language of the build, beginning with its own, and says the one chosen in the snippet", async () => {
  const { page, finish } = await visit(browser, pseudo.address, { allowOwn: [...own(LONGER), ...own(MIRRORED), "delineate.single.ar-xb.js"] });
  await page.goto(pseudo.address + localized("configurator.html", LONGER));
  const choice = page.locator("#field-lang");
  assert.deepEqual(await choice.locator("option").evaluateAll((options) => options.map(({ value }) => value)), [...languages, LONGER, MIRRORED].sort((one, other) => (other === "en") - (one === "en") || [LONGER, MIRRORED].includes(one) - [LONGER, MIRRORED].includes(other) || one.localeCompare(other)));
  assert.equal(await choice.inputValue(), LONGER);
  await page.locator("#snippet", { hasText: `lang="${LONGER}"` }).waitFor();
  await choice.selectOption(MIRRORED);
  await page.locator(`role-clarity-check .delineate[lang="${MIRRORED}"][dir=rtl]`).waitFor();
  await page.locator('input[name="kind"][value="single"]').check();
  await page.locator("#snippet", { hasText: `delineate.single.${MIRRORED}.js` }).waitFor();
  await finish();
});

test("a single file speaks its own language, whatever the page asks for", async () => {
  const file = `delineate.single.${MIRRORED}.js`;
  const { page, requests, finish } = await visit(browser, pseudo.address, { allowOwn: [file] });
  const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'";
  await hostPage(page, pseudo.address, { policy, body: `<role-clarity-check></role-clarity-check><script type="module" src="/${file}"></script>` });
  await page.goto(`${pseudo.address}host`);
  await page.locator(`role-clarity-check .delineate[lang="${MIRRORED}"][dir=rtl]`).waitFor();
  assert.equal(requests.length, 2);
  await finish();
});

test("a check that cannot start says so in its language", async () => {
  const allowConsole = [/Failed to load resource/, /could not start/];
  const { page, finish } = await visit(browser, pseudo.address, { allowOwn: own(MIRRORED), allowConsole });
  await page.route("**/delineate.widget.wasm", (route) => route.fulfill({ status: 404, body: "" }));
  await page.goto(pseudo.address + localized("index.html", MIRRORED));
  const line = page.locator("role-clarity-check [role=status]");
  await line.getByText(built(PSEUDO, MIRRORED).interface["notice.not_started"]).waitFor();
  assert.equal(await line.evaluate((line) => getComputedStyle(line).direction), "rtl");
  assert.equal(await line.getAttribute("lang"), MIRRORED);
  await finish();
});
