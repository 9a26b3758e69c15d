// Everyone: every state of the check and of its pages in every theme, language and width, by two rule engines, by keyboard and as it is read out.
//
// DELINEATE_ACCESS=all runs all rules in every theme, width and language; without it, fewer are asked twice (docs/accessibility.md).
// DELINEATE_TRANSCRIPTS=write keeps what is read out now as what must be read out, in tests/e2e/transcripts.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, test } from "node:test";
import { ALL, COLOURS, PLACES, byAxe, byIbm, disagreements, met, prepare, reading, skeleton, tabThrough } from "./access.mjs";
import { UNFINISHED, engine, firefoxDriven, headlines, instrument, launch, notInWebKit, picture, response, root, say, staged, visit } from "./support.mjs";

const everything = process.env.DELINEATE_ACCESS === "all";
const writes = process.env.DELINEATE_TRANSCRIPTS === "write";
const WIDTHS = [1280, 768, 320];
const pictures = process.env.DELINEATE_PICTURES === "1";
const THEMES = { light: { colorScheme: "light" }, dark: { colorScheme: "dark" }, forced: { colorScheme: "light", forcedColors: "active" } };
const RIGHT_TO_LEFT = new Set(["ar", "he", "fa", "ur"]);
/** Those that every run asks: the first one, one of long words, one that is mirrored. */
const USUAL = ["en", "de", "ar"];
const languages = readdirSync(path.join(process.env.DELINEATE_DIST, "content"))
  .map((file) => file.match(/^([a-z]{2,3}(?:-[a-z]+)?)\.json$/)?.[1])
  .filter((lang) => lang && (everything || USUAL.includes(lang)))
  // English first: what the other languages are compared with.
  .sort((one, other) => (other === "en") - (one === "en"));
const transcripts = path.join(root, "tests/e2e/transcripts");

/** All that is asked of a state changes the media, and what it looks like in them. */
const MEDIA = notInWebKit("WebKit's driver can change no media: neither colours nor movement");
/** The tree of accessibility, and with it what is read out from top to bottom, is told by Chromium's own protocol alone: no other driver has it. */
const treed = engine === "chromium";
assert.ok(treed || !writes, "what is read out is written down from Chromium's tree: without DELINEATE_ENGINE");

const { server, browser } = await staged();
// The facilitator's view fills the screen, and then only the whole browser can be made narrower.
let whole;
const wholeBrowser = async () => (whole ??= await launch({ window: true }));
after(() => whole?.close());

/** Half an hour past noon on a day that has passed: what is read out must not depend on the day. */
const NOW = new Date("2026-01-31T12:30:00Z");

const file = (name, content) => ({ name, mimeType: "application/json", buffer: Buffer.from(JSON.stringify(content)) });

/** A visitor whose page is measured wherever the walk stops; `failures` are collected, so that one run tells all of them. */
async function visitor(lang, { by = browser, ...options } = {}) {
  const allowOwn = ["json", "first.json", "questions.json", "desk.json"].map((part) => `content/${lang}.${part}`);
  const seen = await visit(by, server.address, { allowOwn, allowConsole: [/unable to get color combo/], viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", timezoneId: "UTC", ...options });
  const { page } = seen;
  await page.clock.setFixedTime(NOW);
  await page.addInitScript(prepare);
  const direction = RIGHT_TO_LEFT.has(lang) ? ' dir="rtl"' : "";
  // The project's own page is in its first language; a host's page says its own.
  if (lang !== "en") {
    await page.route(server.address, async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: (await answer.text()).replace('<html lang="en"', `<html lang="${lang}"${direction}`) });
    });
  }
  const failures = [];
  const stop = (name, options = {}) => look(page, failures, { name, lang, ...options });
  return { ...seen, failures, stop };
}

/** Says all that was found, each thing once with the places where. */
const none = (failures) => {
  const places = new Map();
  for (const { place, text } of failures) places.set(text, [...(places.get(text) ?? []), place]);
  assert.ok(places.size === 0, [...places].map(([text, found]) => `${text}\n    in ${found.join("; ")}`).join("\n"));
};

const took = { axe: 0, ibm: 0, shape: 0, keys: 0, read: 0 };
const timed = async (what, work) => {
  const start = performance.now();
  try {
    return await work();
  } finally {
    took[what] += performance.now() - start;
  }
};

/** Where two texts part: the first lines of each that the other does not have at that place. */
const changes = (kept, now) => {
  const [before, after] = [kept.split("\n"), now.split("\n")];
  const first = before.findIndex((line, place) => line !== after[place]);
  if (kept === now) return [];
  const from = first < 0 ? before.length : first;
  const some = (lines, mark) => lines.slice(from, from + 4).map((line) => `\n      ${mark} ${line}`).join("");
  return [`from line ${from + 1} on it is another; if it should be, run with DELINEATE_TRANSCRIPTS=write${some(before, "-")}${some(after, "+")}`];
};

/** Waits until what was changed is drawn. */
const settled = (page) => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

/**
 * Everything that is asked of one state. `own` says that the check makes the whole page, whose targets are 44 px high; `part` is what
 * the engines look at, where all else is out of reach; and what looks `like` a state before it, they see in light colours alone. With `back`, the way by Shift+Tab is the same one backwards.
 */
async function look(page, failures, { name, lang, own = true, part, like, back = false }) {
  const fail = (where, found) => failures.push(...found.map((text) => ({ place: `${name}, ${lang}, ${where}`, text })));
  // Where another address is gone to, Firefox forgets the media that the driver has set.
  if (firefoxDriven) await page.emulateMedia({ ...THEMES.light, reducedMotion: "reduce" });
  await settled(page);
  // Another language must have the structure of the first one.
  const thorough = everything || lang === "en";
  // That something is on its way is heard only where the network is slow.
  const heard = (await page.evaluate(() => window.access.flush())).filter((line) => line !== `status: ${say("waiting")}`);
  const place = path.join(transcripts, `${name}.txt`);
  // What no driver tells but Chromium's stands as it is kept, beside what every engine is asked: what is heard, and the Tab key.
  const keptLines = () => readFileSync(place, "utf8").split(/^# .*\n/m)[2].trimEnd().split("\n");
  const lines = await timed("read", () => (treed ? reading(page) : keptLines()));
  fail("reduced motion", await page.evaluate(() => window.access.moving()));
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    for (const [theme, media] of Object.entries(THEMES)) {
      const wide = width === 1280;
      const rules = everything || (wide && theme === "light") ? ALL : wide ? COLOURS : width === 320 && theme === "light" ? PLACES : undefined;
      // No theme changes with the language.
      if ((!rules && !pictures) || ((like || lang !== "en") && !everything && theme !== "light")) continue;
      await page.emulateMedia(media);
      await settled(page);
      await picture(page, `${name}-${lang}-${width}-${theme}`);
      if (!rules) continue;
      const where = `${width} px, ${theme}`;
      fail(where, await timed("axe", () => byAxe(page, rules, part, !thorough)));
      if (everything || (wide && thorough)) fail(where, await timed("ibm", () => byIbm(page, part)));
    }
    await page.emulateMedia({ colorScheme: "light", forcedColors: "none" });
    fail(`${width} px`, await timed("shape", () => page.evaluate((options) => window.access.geometry(options), { tall: own })));
  }
  await page.evaluate(() => window.access.spaced(true));
  fail("320 px, text set wider", await page.evaluate((options) => window.access.geometry(options), { tall: own }));
  await page.evaluate(() => window.access.spaced(false));
  // By keyboard, where it is narrow and the bar at the lower edge covers most; then where it is wide and dark.
  const stops = [];
  for (const [width, theme] of [[320, "light"], [1280, "dark"]].slice(0, thorough ? 2 : 1)) {
    await page.setViewportSize({ width, height: width === 320 ? 640 : 900 });
    await page.emulateMedia(THEMES[theme]);
    const found = await timed("keys", () => tabThrough(page));
    for (const stop of found) {
      const problems = [
        !stop.ratio && "shows no focus",
        stop.ratio && stop.ratio < 3 && `shows the focus with a contrast of ${stop.ratio.toFixed(2)}`,
        stop.covered > 0 && !stop.tall && `is covered at ${stop.covered} of ${stop.points} points`,
      ].filter(Boolean);
      fail(`Tab at ${width} px, ${theme}`, problems.map((problem) => `${stop.kind} "${stop.name}" ${problem}`));
    }
    // Every dialog is in Firefox a stop of its own, before what stands in it.
    stops.push(found.filter(({ kind }) => !(firefoxDriven && kind === "dialog")).map(({ kind, name, group }) => `${kind} "${name}"${group ? ` (${group})` : ""}`));
  }
  if (stops[0].join("\n") !== stops.at(-1).join("\n")) fail("Tab", ["another order where it is narrow"]);
  if (back) {
    // A group is left and entered as a whole, so of its radio buttons only that there is one counts.
    const places = (found) => found.map(({ kind, name, group }) => (kind === "radio" ? group : name));
    const [there, and] = [places(await tabThrough(page)), places(await tabThrough(page, "Shift+Tab"))];
    assert.deepEqual(and, there.reverse(), `the way back through "${name}" is another one`);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia(THEMES.light);
  // Neither where the server listens nor how fast this machine is belongs to it.
  const all = ["# Heard on the way here", ...heard, "", "# Read from top to bottom", ...lines, "", "# By the Tab key", ...stops[0], ""];
  const written = all.join("\n").replaceAll(server.address.slice(0, -1), "https://example.org").replace(/ in \d+\.\d\d s,/, " in 0.00 s,");
  if (lang === "en") {
    if (writes) {
      mkdirSync(transcripts, { recursive: true });
      writeFileSync(place, written);
    } else {
      const kept = readFileSync(place, "utf8");
      // Before the measure is told of what the parser has put in, Firefox lets the console's script change it.
      fail("read out", changes(firefoxDriven ? kept.replace(`status: ${say("console.starting")}\n`, "") : kept, written));
    }
  } else if (treed) {
    const [, english] = readFileSync(place, "utf8").split(/^# .*\n/m).slice(1);
    fail("unlike English", changes(skeleton(english.trimEnd().split("\n")).join("\n"), skeleton(lines).join("\n")));
  }
  await page.evaluate(() => window.access.flush());
}

const check = (page) => page.locator("role-clarity-check");
const next = (page) => page.locator(".ways button[type=submit]").click();
const radio = (page, value, name = "answer") => page.locator(`input[name="${name}"][value="${value}"]`).check();
const title = (page) => page.locator("h2.title").textContent();
/** Waits until another page of the check is drawn to its end than the one with this heading, and its heading has the focus. */
const turned = async (page, before) => {
  await page.waitForFunction(([before, unfinished]) => {
    const root = document.querySelector("role-clarity-check").shadowRoot;
    const heading = root?.querySelector("h2.title");
    if (root?.querySelector(unfinished)) return false;
    return heading && heading.textContent !== before && heading.getRootNode().activeElement === heading;
  }, [before, UNFINISHED]);
};
const onward = async (page, press = () => next(page)) => {
  const before = await title(page);
  await press();
  await turned(page, before);
};
const opened = (page) =>
  page.evaluate(() => {
    for (const details of document.querySelector("role-clarity-check").shadowRoot.querySelectorAll("details")) details.open = true;
  });
/** Puts answers on the device and opens the check anew on its first page. */
const begins = async (page, answers) => {
  const ready = () => page.locator("role-clarity-check[data-ready]").waitFor();
  await page.goto(server.address);
  // What is stored is set once the check has read what was there, or it would read half of the one and half of the other.
  await ready();
  await page.evaluate((text) => {
    if (text) localStorage.setItem("delineate", text);
    else localStorage.clear();
    history.replaceState(null, "");
  }, answers && JSON.stringify(answers));
  await page.reload();
  await ready();
};

/** Answers of every kind. */
const mixed = (more = {}) => ({
  ...response({
    seat: "ceo", ...more,
    owner: ({ id, usual }) =>
      ({ cybersecurity: "nobody", workplace: "unsplit", "software-as-a-service": "unsplit", "data-ai-governance": "dont_know", integration: "split" })[id] ??
      { officer: usual ?? "cto" },
  }),
});

/** Lets a CIO who sees it otherwise join the one whose results are shown. */
async function compares(page) {
  const cio = response({ seat: "cio", level: 4, owner: ({ critical }) => ({ officer: critical ? "cio" : "cto" }) });
  await page.locator(".drop input[type=file]").setInputFiles([file("cio.json", cio)]);
  await page.locator(".comparison").waitFor();
}

for (const lang of languages) {
  test(`in ${lang}, the way from the first page to the results`, MEDIA, async () => {
    const { page, stop, failures, finish } = await visitor(lang);
    await begins(page);
    await stop("start");
    await onward(page, () => page.locator(".choice button").first().click());
    await stop("seat");
    await radio(page, "ceo");
    await onward(page);
    await stop("structure");
    await radio(page, "two");
    await onward(page);
    await stop("question", { back: true });
    await radio(page, 2);
    await stop("question-answered");
    await radio(page, "not_applicable");
    await next(page);
    await page.locator(".error").waitFor();
    await stop("question-error");
    await page.locator("select").selectOption({ index: 1 });
    for (const _ of headlines) await onward(page);
    await stop("map");
    const [first, second] = instrument.domains.filter(({ group }) => group === instrument.domain_groups[0]);
    await radio(page, "cto", first.id);
    await radio(page, "other", second.id);
    await next(page);
    await page.locator(".error").waitFor();
    await stop("map-error", { back: true });
    await page.locator("select").selectOption({ index: 1 });
    await page.locator(".foot button").click();
    await page.locator(".confirm").waitFor();
    await stop("wipe");
    await page.locator(".confirm .quiet").click();
    for (const _ of instrument.domain_groups) await onward(page);
    await stop("review");
    await page.emulateMedia({ reducedMotion: "no-preference" });
    assert.notDeepEqual(await page.evaluate(() => window.access.moving()), [], "the measure would not see a movement");
    none(failures);
    await finish();
  });

  test(`in ${lang}, the results and all that can be done with them`, MEDIA, async () => {
    const { page, stop, failures, finish } = await visitor(lang);
    await begins(page, mixed());
    await stop("resume");
    await onward(page, () => page.locator(".resume .secondary").click());
    await page.locator(".desk-parts").waitFor();
    await stop("results");
    await page.locator("#desk-save-name").fill("Spring");
    await page.locator(".memory form button").first().click();
    await page.locator(".saved li").waitFor();
    await page.locator(".drop input[type=file]").setInputFiles([file("broken.json", "?")]);
    await page.locator(".refused").waitFor();
    await compares(page);
    await opened(page);
    await stop("desk");
    await onward(page, () => page.locator("section:has(> #charter) button").first().click());
    await stop("target");
    await begins(page, mixed({ full: true, level: 3 }));
    await onward(page, () => page.locator(".resume .secondary").click());
    await page.locator(".desk-parts").waitFor();
    await stop("results-full", { like: "results" });
    none(failures);
    await finish();
  });

  test(`in ${lang}, the facilitator's view`, MEDIA, async () => {
    const { page, stop, failures, finish } = await visitor(lang, { by: await wholeBrowser() });
    // While something fills the screen, the driver waits in vain for Firefox to be narrower. So there the view has but the page, as where a phone keeps the screen.
    if (firefoxDriven) await page.addInitScript(() => (Element.prototype.requestFullscreen = () => Promise.reject(new TypeError("The screen is kept."))));
    await begins(page, mixed());
    await onward(page, () => page.locator(".resume .secondary").click());
    await page.locator(".desk-parts").waitFor();
    await compares(page);
    await page.evaluate(() => window.access.flush());
    await page.locator(".stage-start, .comparison .actions .primary").first().click();
    await page.locator("dialog[open]").waitFor();
    await page.keyboard.press("Space");
    await page.locator("dialog h3").waitFor();
    await stop("stage", { part: "dialog" });
    await page.keyboard.press("Escape");
    await page.locator("dialog[open]").waitFor({ state: "detached" });
    none(failures);
    await finish();
  });

  test(`in ${lang}, what goes wrong, and what somebody else sent`, MEDIA, async () => {
    const { page, stop, failures, finish } = await visitor(lang);
    await begins(page, mixed());
    await onward(page, () => page.locator(".resume .secondary").click());
    await page.locator(".desk-parts").waitFor();
    const link = (kind) => page.locator(`.share input[value=${kind}]`).check().then(() => page.locator(".share input[readonly]").inputValue());
    const [result, invitation] = [await link("result"), await link("invitation")];
    for (const [name, address, like] of [["arrival-result", result, "results"], ["arrival-invitation", invitation], ["arrival-broken", `${server.address}#rcc=broken`]]) {
      await begins(page);
      await page.evaluate((hash) => (location.hash = hash), new URL(address).hash);
      await page.locator(".arrival").waitFor();
      // The last turn of the results is the date.
      if (like === "results") await page.locator(".results .printed").waitFor({ state: "attached" });
      await stop(name, { like });
    }
    await begins(page);
    await page.evaluate(() => {
      history.replaceState(null, "", location.pathname);
      localStorage.setItem("delineate", "{broken");
    });
    await page.reload();
    await page.locator(".notice").waitFor();
    await stop("notice");
    none(failures);
    await finish();
  });
}

test("the pages beside the check", MEDIA, async () => {
  const { page, stop, failures, finish } = await visitor("en");
  await page.goto(`${server.address}configurator.html`);
  await page.locator("role-clarity-check .choice").first().waitFor();
  await page.locator("#hash", { hasText: "sha384-" }).waitFor();
  await stop("configurator", { own: false });
  await page.goto(`${server.address}doctor.html`);
  await page.locator("li.bad, .bad").first().waitFor();
  await stop("doctor", { own: false });
  await page.goto(`${server.address}console.html`);
  await page.locator("#files:enabled").waitFor({ state: "attached" });
  await stop("console", { own: false });
  const rows = Array.from({ length: 12 }, (_, place) => mixed({ seat: ["ceo", "cto", "cio"][place % 3], level: place % 5, full: place > 8 }));
  const others = [file("a_name_without_any_place_to_break_it_anywhere.json", "?"), file("same.json", rows[0])];
  await page.locator("#files").setInputFiles([...rows.map((row, place) => file(`${place}.json`, row)), ...others]);
  await page.locator("#shown:not([hidden])").waitFor();
  await stop("console-read", { own: false });
  await page.locator("#seat").selectOption("id:cto");
  await page.locator("#suppressed:not([hidden])").waitFor();
  await stop("console-suppressed", { own: false, like: "console-read" });
  await page.goto(`${server.address}frame.html`);
  await page.locator("role-clarity-check .choice").first().waitFor();
  await stop("frame");
  none(failures);
  await finish();
});

test("where the check cannot run, its place is taken by words", MEDIA, async () => {
  const { page, stop, failures, finish } = await visitor("en", { allowConsole: [/Failed to load resource/, /unable to get color combo/] });
  await page.route("**/delineate.js", (route) => route.abort());
  await page.goto(server.address);
  await stop("fallback");
  none(failures);
  await finish();
});

test("every disagreement with the second engine is still one", MEDIA, (t) => {
  assert.deepEqual([...met].sort(), disagreements);
  t.diagnostic(`seconds: ${JSON.stringify(Object.fromEntries(Object.entries(took).map(([what, time]) => [what, Math.round(time / 100) / 10])))}`);
});
