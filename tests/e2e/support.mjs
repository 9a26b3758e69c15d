// What every browser test needs: the served page, a browser, the network watch, and hands that act as a person's do.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
import { engine } from "./engine.mjs";
import { assertMended, firefoxDriven } from "./firefox.mjs";
import { chromium, firefox } from "playwright-core";

const here = path.dirname(fileURLToPath(import.meta.url));
export const root = path.resolve(here, "../..");
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const required = (name) => {
  const value = process.env[name];
  assert.ok(value, `${name} is not set: run these tests by "cargo xtask test"`);
  return value;
};

/** Where a native example lies. */
export const example = (name) => path.join(required("DELINEATE_EXAMPLES"), name);

/** Runs a native example to its end. */
export function run(name, ...options) {
  const ended = spawnSync(example(name), options, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 });
  assert.equal(ended.error, undefined);
  return ended;
}

/** What a native example prints. */
export function prints(name, ...options) {
  const { status, stdout, stderr } = run(name, ...options);
  assert.equal(status, 0, stderr);
  return stdout;
}

const json = (file) => JSON.parse(readFileSync(path.join(root, "content", file), "utf8"));
export const desk = json("en/desk.json");
export const site = json("en/site.json");
export const instrument = json("instrument.json");
export const words = json("en/interface.json");
export const report = json("en/report.json");
export const steps = json("en/steps.json").steps;
export const domains = json("en/domains.json");

/** Every language, the source language first. */
export const languages = readdirSync(path.join(root, "content"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "schema")
  .map((entry) => entry.name)
  .sort((one, other) => (other === "en") - (one === "en") || one.localeCompare(other));

/** A text of the interface with its values filled in. */
export const say = (name, values = {}) => {
  const text = words[name] ?? desk[name] ?? site[name];
  assert.ok(text, `no text named ${name}`);
  return text.replace(/\{(\w+)\}/g, (_, key) => values[key]);
};

export const headlines = instrument.groups.flatMap((group) =>
  instrument.steps.filter((step) => step.group === group).map((step) => step.items[0]),
);
export const allItems = instrument.groups.flatMap((group) =>
  instrument.steps.filter((step) => step.group === group).flatMap((step) => step.items),
);
export const domainsOf = (group) => instrument.domains.filter((domain) => domain.group === group);

/** Serves the built page, or another folder; resolves to its address and a way to stop. */
export async function serve(folder = required("DELINEATE_DIST")) {
  const server = spawn(
    required("DELINEATE_SERVER"),
    ["serve", "--dist", folder, "--no-build", "--port", "0"],
    { cwd: root, stdio: ["ignore", "pipe", "inherit"] },
  );
  const address = await new Promise((resolve, reject) => {
    let output = "";
    server.stdout.on("data", (chunk) => {
      output += chunk;
      const found = output.match(/http:\/\/[\w.:]+\//);
      if (found) resolve(found[0]);
    });
    server.on("exit", (code) => reject(new Error(`the server ended with ${code} before it was ready: ${output}`)));
  });
  return { address, stop: () => server.kill() };
}

/**
 * What Chromium does beside the page, and no test is about. The pages that it draws below its address bar come with every window, and
 * take as much time as the check; a switch that is given twice counts once, so the first three are those of the driver that matter here.
 */
const WITHOUT = [
  "DestroyProfileOnBrowserClose", "HttpsUpgrades", "PaintHolding", "AimEnabled", "MediaRouter", "OptimizationHints", "WebUIOmniboxPopup",
  "WebUIOmniboxAimPopup",
];

/** Chromium without its window, where it is at hand; with `window`, always the whole browser. */
const launchChromium = ({ window = false, ...options } = {}) =>
  chromium.launch({
    ...options,
    executablePath: (!window && process.env.CHROMIUM_SHELL) || required("CHROMIUM"),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      `--disable-features=${WITHOUT.join(",")}`,
    ],
  });

/**
 * A released Firefox, which lets itself be told what firefox.mjs asks of it. It has a mouse, also where it has no screen. With `framed`, a
 * frame of another site is in the process of the page around it: into any other, the driver's mouse does not come.
 */
const launchFirefox = ({ framed, ...options }) => {
  assertMended();
  return firefox.launch({
    ...options,
    executablePath: required("FIREFOX"),
    channel: "moz-firefox",
    args: ["-remote-allow-system-access"],
    firefoxUserPrefs: {
      "ui.primaryPointerCapabilities": 6, "ui.allPointerCapabilities": 6,
      // As on a phone, and in Chromium without its window, a bar to scroll takes no room.
      "ui.useOverlayScrollbars": 1,
      // As Firefox is released, a page on the disk may not read the files beside it; for the driver it may.
      "security.fileuri.strict_origin_policy": true,
      "fission.autostart": !framed,
    },
  });
};

export const launch = ({ window = false, framed = false, ...options } = {}) =>
  ({ chromium: () => launchChromium({ window, ...options }), firefox: () => launchFirefox({ framed, ...options }), webkit: async () => (await import("./webkit.mjs")).launchWebKit() })[engine]();

/** The served page and a browser, for all tests of a file; both end with them. */
export async function staged(options) {
  const server = await serve();
  const browser = await launch(options).catch((error) => {
    server.stop();
    throw error;
  });
  after(async () => {
    await browser.close();
    server.stop();
  });
  return { server, browser };
}

/** The widget's own files: all that a page may ever ask for. */
export const OWN_FILES = new Set([
  "", "host", "host.css", "page.css", "delineate.js", "delineate.element.js", "delineate.widget.js", "delineate.widget.wasm", "delineate.later.css", "content/en.first.json", "content/en.json", "content/en.questions.json",
  "delineate.desk.css", "content/en.desk.json", "delineate.pack.js", "delineate.pack.wasm",
  "configurator.html", "configurator.js", "integrity.json", "console.html", "console.js", "delineate.console.js", "delineate.console.wasm", "delineate.console.worker.js", "doctor.html", "doctor.js", "delineate.doctor.js", "site.css", "delineate.single.en.js", "frame.html", "frame.css", "delineate.frame.js",
]);

/** Why a test of what jumps is for Chromium alone. */
export const SHIFTS = "no other engine measures how a layout shifts";

export { engine, firefoxDriven };

/** Node's options for a test that only Chromium can run, for this reason, and for one that WebKit's driver cannot. */
export const inChromium = (reason) => ({ skip: engine !== "chromium" && reason });
export const notInWebKit = (reason) => ({ skip: engine === "webkit" && reason });
export const PAPER = "WebKit's driver has no paper, and no media of it";

/**
 * Firefox and WebKit say of a page that is left while it loads what could not be loaded. So there a page is left when its checks are ready and
 * nothing is on its way any more, or, where a test keeps that back, after a while. That an answer is kept at once, Chromium alone shows.
 */
function leaveSettled(context, page) {
  const underway = new Set();
  let last = 0;
  const end = (request) => {
    underway.delete(request);
    last = Date.now();
  };
  context.on("request", (request) => underway.add(request));
  context.on("requestfinished", end);
  context.on("requestfailed", end);
  const ready = () => [...document.querySelectorAll("role-clarity-check")].every((check) => check.hasAttribute("data-ready"));
  const settled = async () => {
    // Long enough for a slow machine; only where a test keeps something back is it waited for in vain.
    const until = Date.now() + 10_000;
    const waits = async () => underway.size > 0 || Date.now() - last < 300 || !(await page.evaluate(ready).catch(() => true));
    while (Date.now() < until && (await waits())) await new Promise((later) => setTimeout(later, 50));
    underway.clear();
  };
  for (const way of ["goto", "reload"]) {
    const leave = page[way].bind(page);
    page[way] = async (...given) => {
      if (page.url() !== "about:blank") await settled();
      return leave(...given);
    };
  }
}

/** What is written to the console of a page or thrown in it, from now on. */
export function complaintsOf(page) {
  const complaints = [];
  page.on("console", (message) => complaints.push(`console ${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => {
    // What a test does before each page, Firefox does on the empty one before it too, where there is no storage.
    if (firefoxDriven && page.url() === "about:blank") return;
    // Firefox asks for the icon of a site by itself, and says when a policy forbids it.
    if (firefoxDriven && /Content-Security-Policy: .*\(img-src\) at \S+\/favicon\.ico /.test(error)) return;
    complaints.push(`thrown: ${error}`);
  });
  return complaints;
}

/**
 * A page that is watched: every request must be one of the widget's own files, without a query, and nothing may be
 * written to the console or thrown. `finish` checks and closes.
 */
export async function visit(browser, address, { allowConsole = [], allowOwn = [], ...options } = {}) {
  // Transitions are for eyes; a page that makes none is drawn in fewer frames. The same journeys go with them in engines.test.mjs.
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const requests = [];
  const complaints = complaintsOf(page);
  context.on("request", (request) => requests.push(request));
  if (engine !== "chromium") leaveSettled(context, page);
  const finish = async () => {
    for (const request of requests) {
      const url = new URL(request.url());
      if (url.protocol === "data:" || url.protocol === "blob:") continue;
      assert.equal(url.origin, new URL(address).origin, `a request left the site: ${url}`);
      const file = url.pathname.slice(1);
      assert.ok(OWN_FILES.has(file) || allowOwn.includes(file), `not one of the widget's own files: ${url}`);
      assert.equal(url.search, "", `a request carried a query: ${url}`);
      assert.match(request.method(), /^(GET|HEAD)$/, `${url}`);
      assert.equal(request.postData(), null, `${url}`);
    }
    // There what is said comes with the next call.
    if (engine === "webkit") for (const one of context.pages()) await one.evaluate(() => 0);
    const unexpected = complaints.filter((line) => !allowConsole.some((pattern) => pattern.test(line)));
    assert.deepEqual(unexpected, []);
    await context.close();
    return requests;
  };
  return { context, page, requests, complaints, finish };
}

/** Waits until a line of the console or a thrown error holds `text`: a browser reports both after the fact. */
export async function complained(complaints, text) {
  for (let tries = 0; !complaints.some((line) => line.includes(text)); tries++) {
    assert.ok(tries < 200, `nothing said "${text}":\n${complaints.join("\n")}`);
    await new Promise((later) => setTimeout(later, 50));
  }
}

/** The policy of a careful host, with nothing in it but what the check needs. */
export const strict =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

/** A host's page under a policy; `head` and `body` are its HTML. The script of the check is for the caller to add. */
export const hostPage = (page, address, { head = "", body = "", policy = strict, doctype = "<!doctype html>", html = "" }) =>
  page.route(`${address}host`, (route) =>
    route.fulfill({
      contentType: "text/html; charset=utf-8",
      headers: policy ? { "content-security-policy": policy } : {},
      body: `${doctype}<html lang="en" ${html}><head><title>A host</title>${head}</head><body><main><h1>A host</h1>${body}</main></body></html>`,
    }),
  );

export const script = '<script type="module" src="/delineate.js"></script>';

/** What a careless or jealous theme does to a page. */
export const hostile = `* { all: unset !important; letter-spacing: 9px !important; text-transform: uppercase !important; direction: ltr }
  html { font-size: 62.5%; } button { background: lime !important; font: 40px cursive !important; transform: rotate(9deg) }
  p, h1, h2, h3, legend, fieldset, label { color: red !important; display: inline !important; float: left } input { display: none !important }
  role-clarity-check { line-height: 4; color: yellow; font-style: italic; text-align: right; visibility: visible; word-spacing: 2em }`;

/** The same room for the check on every page: its width decides where a line breaks, and its place where the bar below sticks. */
export const room = (inside) =>
  `<div style="all:initial!important;display:block!important;position:absolute!important;top:0!important;left:0!important;width:960px!important">${inside}</div>`;

/** Fails on any violation that axe-core finds, for WCAG 2.2 AA and its best practices, in the page or in the part that is named. */
export async function axe(page, where, part) {
  // Half-way through a transition every colour is wrong.
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.waitForTimeout(150);
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axeSource);
  const violations = await page.evaluate(async (part) => {
    const result = await window.axe.run(part ?? document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      resultTypes: ["violations"],
    });
    return result.violations.map((violation) => ({
      id: violation.id,
      help: violation.help,
      nodes: violation.nodes.map((node) => `${node.target.flat().join(" ")}: ${node.failureSummary}`),
    }));
  }, part);
  assert.deepEqual(violations, [], `axe-core, ${where}`);
}

/** Waits until the results are drawn to the end: they come in turns, and the place of the desk in the last one. */
export const whole = (page) => page.locator("role-clarity-check .desk").waitFor({ state: "attached" });

/** The computed styles of the start page's parts: what a host's styles must not change. */
export const looks = (page) =>
  page.locator("role-clarity-check").evaluate((element) => {
    const names = ["color", "font", "letterSpacing", "textTransform", "textAlign", "wordSpacing", "lineHeight", "backgroundColor", "display", "padding", "borderRadius", "transform"];
    const parts = [".title", ".lede", ".choice h3", ".choice .primary", ".facts li", ".brand", ".foot p"];
    return parts.map((part) => {
      const style = getComputedStyle(element.shadowRoot.querySelector(part));
      return [part, ...names.map((name) => style[name])].join(" | ");
    });
  });

/**
 * All that is drawn inside the check, element by element: the box, from the corner of the check, and the computed styles. These are what a
 * page can hand down, and what its rules for everything set.
 */
export const drawn = async () => {
  const element = document.querySelector("role-clarity-check");
  await document.fonts.ready;
  const names = [
    "color", "cursor", "direction", "fontFamily", "fontFeatureSettings", "fontSize", "fontStyle", "fontVariant", "fontWeight", "hyphens",
    "letterSpacing", "lineHeight", "listStyle", "overflowWrap", "pointerEvents", "quotes", "tabSize", "textAlign", "textIndent", "textShadow", "textTransform", "userSelect", "visibility", "whiteSpace", "wordBreak",
    "wordSpacing", "writingMode", "backgroundColor", "borderColor", "borderRadius", "borderStyle", "borderWidth", "boxShadow", "display", "float", "margin", "opacity",
    "padding", "position", "textDecoration", "transform",
  ];
  const stage = element.shadowRoot.querySelector(".delineate");
  const from = stage.getBoundingClientRect();
  return [stage, ...stage.querySelectorAll("*")].map((part) => {
    const style = getComputedStyle(part);
    const { x, y, width, height } = part.getBoundingClientRect();
    const box = [x - from.x, y - from.y, width, height].map((value) => value.toFixed(1));
    return [`${part.localName}.${part.getAttribute("class") ?? ""}`, box.join(" "), ...names.map((name) => style[name])].join(" | ");
  });
};
export const drawing = (page) => page.evaluate(drawn);

/** Keeps a picture of the page under target/screenshots, if DELINEATE_PICTURES is 1: pictures are for people, and take time. */
export async function picture(page, name, options = {}) {
  if (process.env.DELINEATE_PICTURES !== "1") return;
  const folder = path.join(root, "target/screenshots");
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true, ...options });
}

export const button = (page, name, values) => page.getByRole("button", { name: say(name, values), exact: true });

/** Presses the browser's back button. Of the way back from a place in the page, Firefox does not tell the driver, which would wait for it. */
export const back = (page) => (firefoxDriven ? page.evaluate(() => history.back()) : page.goBack());

export const heading = (page) => page.locator("h2.title");
export const terms = (structure) => report.structures[structure].terms;

/** The words that a respondent of this structure reads. */
export const fill = (text, structure = "two") =>
  text.replace(/\{(\w+)\}/g, (whole, name) => {
    const term = terms(structure)[name.toLowerCase()];
    if (!term) return whole;
    return name === name.toLowerCase() ? term : term[0].toUpperCase() + term.slice(1);
  });

export const wording = (item, structure = "two") => {
  const step = instrument.steps.find((step) => step.items.includes(item));
  const text = steps[step.id].items[item];
  return { topic: text.topic, ...text, ...(text.variants?.[structure] ?? {}) };
};

/** Waits until the page asks this item. */
export async function asks(page, item, structure = "two") {
  await page.getByRole("heading", { level: 2, name: fill(wording(item, structure).question, structure), exact: true }).waitFor();
}

/** Chooses a level by its anchor and goes on, with the mouse. */
export async function answerItem(page, item, level, structure = "two") {
  await asks(page, item, structure);
  const anchor = fill(wording(item, structure).levels[level].anchor, structure);
  await page.getByRole("radio", { name: anchor, exact: true }).check();
  await button(page, "ways.next").click();
}

/** Chooses the owner of a domain by its label, with the mouse. */
export const own = (page, domain, label) =>
  page.getByRole("group", { name: domains.domains[domain].name, exact: true }).getByRole("radio", { name: label, exact: true }).check();

/** From the start page to the first item. */
export async function begin(page, { full = false, seat = "ceo", structure = "two" } = {}) {
  await button(page, full ? "full.begin" : "quick.begin").click();
  await page.getByRole("radio", { name: report.seats[seat], exact: true }).check();
  await button(page, "ways.next").click();
  await page.getByRole("radio", { name: report.structures[structure].label }).check();
  await button(page, "ways.next").click();
}

/** Answers the whole map with the mouse; `owner` gives the label for a domain. */
export async function answerMap(page, owner) {
  for (const group of instrument.domain_groups) {
    await page.getByRole("heading", { level: 2, name: domains.groups[group].title, exact: true }).waitFor();
    for (const domain of domainsOf(group)) await own(page, domain.id, owner(domain));
    await button(page, "ways.next").click();
  }
}

/** The label of a domain's usual owner, or of the first officer where there is none. */
export const usual = (domain) => report.structures.two.owners[domain.usual ?? "cto"];

const keys = async (page, ...names) => {
  for (const name of names) await page.keyboard.press(name);
};
const turned = (page, title) => page.locator("h2.title", { hasText: title }).waitFor();
/** A page that comes in turns, of which some are to come. */
export const UNFINISHED = ":is(.map:not(:has(.tally)), .review:not(:has(.ways)))";
/** Waits for the page that is shown to be there to its end: these hands and eyes are quicker than any person's. */
export const entire = (page) => page.locator(UNFINISHED).waitFor({ state: "detached" });

/** As `answerItem`, by keyboard: in a third of the time that the mouse takes, for tests of something else. */
export async function keyItem(page, item, level, structure = "two") {
  await turned(page, fill(wording(item, structure).question, structure));
  await keys(page, `${level + 1}`, "Enter");
}

/** As `answerMap`, by keyboard. The number keys follow the order of the chips: the owners of the structure, then who or what else. */
export async function keyMap(page, owner, structure = "two") {
  const { officers } = instrument.structures.find(({ id }) => id === structure);
  const { owners } = report.structures[structure];
  const chips = [...officers.map((officer) => owners[officer]), owners.split, owners.unsplit, report.owners.other, report.owners.nobody, report.owners.unknown];
  for (const group of instrument.domain_groups) {
    await turned(page, domains.groups[group].title);
    await entire(page);
    for (const domain of domainsOf(group)) {
      const chip = chips.indexOf(owner(domain));
      assert.ok(chip >= 0, `${domain.id} has no such owner: ${owner(domain)}`);
      await keys(page, "Tab", `${chip + 1}`);
    }
    await keys(page, "Enter");
  }
}

/**
 * Answers the quick check by keyboard, from the item at place `from` to the review. `levels` is one for all items, or one for each;
 * `owner` gives the label for a domain.
 */
export async function quickly(page, levels, { owner = usual, from = 0 } = {}) {
  for (let place = from; place < headlines.length; place++) await keyItem(page, headlines[place], levels[place] ?? levels);
  await keyMap(page, owner);
  await button(page, "review.results").waitFor();
}

/** What is on the clipboard. WebKit lets no script read it: there it is pasted, which needs a field. */
export async function copied(page) {
  if (engine !== "webkit") return page.evaluate(() => navigator.clipboard.readText());
  await page.evaluate(() => document.body.append(Object.assign(document.createElement("textarea"), { id: "pasted" })));
  await page.locator("#pasted").focus();
  await page.keyboard.press("Control+v");
  const text = await page.locator("#pasted").inputValue();
  await page.evaluate(() => document.querySelector("#pasted").remove());
  return text;
}

/** The answers that the widget keeps on the device. */
export const kept = (page) => page.evaluate(() => JSON.parse(localStorage.getItem("delineate")));

/** A gigabyte by name and size, of which nothing is written; gone after the tests of the file. */
export function gigabyte(name) {
  const folder = mkdtempSync(path.join(tmpdir(), "delineate-"));
  after(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, name);
  writeFileSync(file, "");
  truncateSync(file, 2 ** 30);
  return file;
}

/** From here on, the page notes which files it reads; resolves to a way to ask for them. */
export async function readings(page) {
  await page.evaluate(() => {
    window.readings = [];
    for (const way of ["arrayBuffer", "bytes", "slice", "stream", "text"]) {
      const own = Blob.prototype[way];
      Blob.prototype[way] = function (...given) {
        window.readings.push(this.name);
        return own.apply(this, given);
      };
    }
    const open = FileReader.prototype.readAsText;
    FileReader.prototype.readAsText = function (file, ...given) {
      window.readings.push(file.name);
      return open.call(this, file, ...given);
    };
  });
  return () => page.evaluate(() => window.readings);
}

/** A response document: every asked item at one level, every domain as `owner` says. */
export function response({ seat, structure = "two", level = 2, owner = () => ({ officer: "cto" }), full = false, items = true } = {}) {
  const asked = instrument.steps.flatMap((step) => (full ? step.items : step.items.slice(0, 1)));
  return {
    format: "delineate-response",
    version: 1,
    content: { id: instrument.id, version: instrument.version },
    respondent: { ...(seat && { seat }), structure },
    full_steps: full ? instrument.steps.map((step) => step.id) : [],
    items: items ? Object.fromEntries(asked.map((item) => [item, { level }])) : {},
    domains: items ? Object.fromEntries(instrument.domains.map((domain) => [domain.id, { today: owner(domain) }])) : {},
  };
}

/** A visitor who has answered this, on the page of their results, in whatever language. */
export async function finished(page, address, answers) {
  await page.goto(address);
  // As `leaveSettled` says; and a check that has begun would not expect these answers.
  if (engine !== "chromium") await page.locator("role-clarity-check[data-ready]").waitFor();
  await page.evaluate((text) => localStorage.setItem("delineate", text), JSON.stringify(answers));
  await page.reload();
  await page.locator(".resume .secondary").click();
  await page.locator(".desk-parts").waitFor();
}
