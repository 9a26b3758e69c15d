// Everyone: every state of the check and of its pages in every theme, language and width, by two rule engines, by keyboard and as it is read out.
//
// DELINEATE_ACCESS=all runs all rules in every theme at every width; without it, whatever no theme can change is asked once.
// DELINEATE_TRANSCRIPTS=write keeps what is read out as what must be read out, in tests/e2e/transcripts.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { ALL, COLOURS, PLACES, byAxe, byIbm, disagreements, met, prepare, reading, skeleton, tabThrough } from "./access.mjs";
import { headlines, instrument, launch, picture, response, root, serve, visit } from "./support.mjs";

const everything = process.env.DELINEATE_ACCESS === "all";
const writes = process.env.DELINEATE_TRANSCRIPTS === "write";
const pictures = process.env.DELINEATE_PICTURES === "1";
const WIDTHS = [320, 768, 1280];
const THEMES = { light: { colorScheme: "light" }, dark: { colorScheme: "dark" }, forced: { colorScheme: "light", forcedColors: "active" } };
const RIGHT_TO_LEFT = new Set(["ar", "he", "fa", "ur"]);
const languages = readdirSync(path.join(process.env.DELINEATE_DIST, "content"))
  .map((file) => file.match(/^([a-z]{2,3}(?:-[a-z]+)?)\.json$/)?.[1])
  .filter(Boolean);
const transcripts = path.join(root, "tests/e2e/transcripts");

let server, browser;
before(async () => {
  server = await serve();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  server?.stop();
});

/** Half an hour past noon on a day that has passed: what is read out must not depend on the day. */
const NOW = new Date("2026-01-31T12:30:00Z");

const file = (name, content) => ({ name, mimeType: "application/json", buffer: Buffer.from(JSON.stringify(content)) });

/** A visitor whose page is measured wherever the walk stops; `failures` are collected, so that one run tells all of them. */
async function visitor(lang, options = {}) {
  const seen = await visit(browser, server.address, { allowConsole: [/unable to get color combo/], viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", timezoneId: "UTC", ...options });
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
  const stop = (name, { own = true } = {}) => look(page, failures, { name, lang, own });
  return { ...seen, failures, stop };
}

/** Says all that was found, each thing once with the places where. */
const none = (failures) => {
  const places = new Map();
  for (const { place, text } of failures) places.set(text, [...(places.get(text) ?? []), place]);
  assert.ok(places.size === 0, [...places].map(([text, found]) => `${text}\n    in ${found.join("; ")}`).join("\n"));
};

const kept = new Map();
const took = { axe: 0, ibm: 0, shape: 0, keys: 0, read: 0 };
const timed = async (what, work) => {
  const start = performance.now();
  try {
    return await work();
  } finally {
    took[what] += performance.now() - start;
  }
};

/** Waits until what was changed is drawn. */
const settled = (page) => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

/** Everything that is asked of one state. */
async function look(page, failures, { name, lang, own }) {
  const fail = (where, found) => failures.push(...found.map((text) => ({ place: `${name}, ${lang}, ${where}`, text })));
  await settled(page);
  const heard = await page.evaluate(() => window.access.flush());
  const lines = await timed("read", () => reading(page));
  fail("reduced motion", await page.evaluate(() => window.access.moving()));
  for (const width of [1280, 768, 320]) {
    await page.setViewportSize({ width, height: 900 });
    for (const [theme, media] of Object.entries(THEMES)) {
      const wide = width === 1280;
      const rules = everything || (wide && theme === "light") ? ALL : wide ? COLOURS : width === 320 && theme === "light" ? PLACES : undefined;
      if (!rules) continue;
      await page.emulateMedia(media);
      await settled(page);
      const where = `${width} px, ${theme}`;
      fail(where, await timed("axe", () => byAxe(page, rules)));
      if (everything || wide) fail(where, await timed("ibm", () => byIbm(page)));
      if (pictures) await picture(page, `${name}-${lang}-${width}-${theme}`);
    }
    await page.emulateMedia({ colorScheme: "light", forcedColors: "none" });
    fail(`${width} px`, await timed("shape", () => page.evaluate((options) => window.access.geometry(options), { tall: own })));
  }
  // By keyboard, where it is narrow and the bar at the lower edge covers most; then where it is wide and dark.
  const stops = [];
  for (const [width, theme] of [[320, "light"], [1280, "dark"]]) {
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
    stops.push(found.map(({ kind, name, group }) => `${kind} "${name}"${group ? ` (${group})` : ""}`));
  }
  if (stops[0].join("\n") !== stops[1].join("\n")) fail("Tab", ["another order where it is narrow"]);
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia(THEMES.light);
  const written = ["# Heard on the way here", ...heard, "", "# Read from top to bottom", ...lines, "", "# By the Tab key", ...stops[1], ""].join("\n");
  if (lang === "en") {
    kept.set(name, lines);
    const place = path.join(transcripts, `${name}.txt`);
    if (writes) {
      mkdirSync(transcripts, { recursive: true });
      writeFileSync(place, written);
    } else {
      assert.equal(written, readFileSync(place, "utf8"), `what is read out of "${name}" has changed; if it should, run with DELINEATE_TRANSCRIPTS=write`);
    }
  } else {
    assert.deepEqual(skeleton(lines), skeleton(kept.get(name)), `"${name}" has another structure in ${lang} than in English`);
  }
  if (process.env.TIMES) console.log(name, JSON.stringify(took)), Object.keys(took).forEach((k) => (took[k] = 0));
  await page.evaluate(() => window.access.flush());
}

const check = (page) => page.locator("role-clarity-check");
const next = (page) => page.locator(".ways button[type=submit]").click();
const radio = (page, value, name = "answer") => page.locator(`input[name="${name}"][value="${value}"]`).check();
const title = (page) => page.locator("h2.title").textContent();
/** Waits until another page of the check is drawn than the one with this heading, and its heading has the focus. */
const turned = async (page, before) => {
  await page.waitForFunction((before) => {
    const heading = document.querySelector("role-clarity-check").shadowRoot?.querySelector("h2.title");
    return heading && heading.textContent !== before && heading.getRootNode().activeElement === heading;
  }, before);
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
  await page.goto(server.address);
  await page.evaluate((text) => {
    if (text) localStorage.setItem("delineate", text);
    else localStorage.clear();
    history.replaceState(null, "");
  }, answers && JSON.stringify(answers));
  await page.reload();
  await check(page).locator("button").first().waitFor();
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

for (const lang of languages) {
  test(`in ${lang}, the way from the first page to the results`, async () => {
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
    await stop("question");
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
    await stop("map-error");
    await page.locator("select").selectOption({ index: 1 });
    await page.locator(".foot button").click();
    await page.locator(".confirm").waitFor();
    await stop("wipe");
    await page.locator(".confirm .quiet").click();
    for (const _ of instrument.domain_groups) await onward(page);
    await stop("review");
    none(failures);
    await finish();
  });

  test(`in ${lang}, the results and all that can be done with them`, async () => {
    const { page, stop, failures, finish } = await visitor(lang);
    await begins(page, mixed());
    await stop("resume");
    await onward(page, () => page.locator(".resume .secondary").click());
    await page.locator(".desk-parts").waitFor();
    await stop("results");
    await page.locator("#desk-save-name").fill("Spring");
    await page.locator(".memory form button").first().click();
    await page.locator(".saved li").waitFor();
    await page.locator(".drop input[type=file]").setInputFiles([
      file("cio.json", response({ seat: "cio", level: 4, owner: ({ critical }) => ({ officer: critical ? "cio" : "cto" }) })),
      file("broken.json", "?"),
    ]);
    await page.locator(".comparison").waitFor();
    await opened(page);
    await stop("desk");
    await page.locator(".stage-start, .comparison .actions .primary").first().click();
    await page.locator("dialog[open]").waitFor();
    await page.keyboard.press("Space");
    await page.locator("dialog h3").waitFor();
    await stop("stage");
    await page.keyboard.press("Escape");
    await page.locator("dialog[open]").waitFor({ state: "detached" });
    await page.evaluate(() => window.access.flush());
    await onward(page, () => page.locator("section:has(> #charter) button").first().click());
    await stop("target");
    await begins(page, mixed({ full: true, level: 3 }));
    await onward(page, () => page.locator(".resume .secondary").click());
    await page.locator(".desk-parts").waitFor();
    await stop("results-full");
    none(failures);
    await finish();
  });

  test(`in ${lang}, what goes wrong, and what somebody else sent`, async () => {
    const { page, stop, failures, finish } = await visitor(lang);
    await begins(page, mixed());
    await onward(page, () => page.locator(".resume .secondary").click());
    await page.locator(".desk-parts").waitFor();
    const link = (kind) => page.locator(`.share input[value=${kind}]`).check().then(() => page.locator(".share input[readonly]").inputValue());
    const [result, invitation] = [await link("result"), await link("invitation")];
    for (const [name, address] of [["arrival-result", result], ["arrival-invitation", invitation], ["arrival-broken", `${server.address}#rcc=broken`]]) {
      await begins(page);
      await page.evaluate((hash) => (location.hash = hash), new URL(address).hash);
      await page.locator(".arrival").waitFor();
      await stop(name);
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

test("the pages beside the check", async () => {
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
  await page.locator("#files").setInputFiles([...rows.map((row, place) => file(`${place}.json`, row)), file("broken.json", "?")]);
  await page.locator("#shown:not([hidden])").waitFor();
  await stop("console-read", { own: false });
  await page.goto(`${server.address}frame.html`);
  await page.locator("role-clarity-check .choice").first().waitFor();
  await stop("frame");
  none(failures);
  await finish();
});

test("where the check cannot run, its place is taken by words", async () => {
  const { page, stop, failures, finish } = await visitor("en", { allowConsole: [/Failed to load resource/, /unable to get color combo/] });
  await page.route("**/delineate.js", (route) => route.abort());
  await page.goto(server.address);
  await stop("fallback");
  none(failures);
  await finish();
});

test("every disagreement with the second engine is still one", (t) => {
  assert.deepEqual([...met].sort(), disagreements);
  t.diagnostic(`seconds: ${JSON.stringify(Object.fromEntries(Object.entries(took).map(([what, time]) => [what, Math.round(time / 100) / 10])))}`);
});
