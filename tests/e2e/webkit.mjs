// Playwright's pages, as far as the tests use them, in the WebKit of Debian. Playwright itself drives only a WebKit of its own make; here its
// selectors and its rules of when a click hits run inside the page, the classic WebDriver protocol has the hands, and a proxy for each
// context sees and answers what the pages ask for. What that protocol cannot do throws, and is left out by the tests with its reason.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { createReadStream, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import http from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import zlib from "node:zlib";
import { ELEMENT, KEYS, screen, webkit } from "./webdriver.mjs";

const TIMEOUT = 30_000;
/** How long a press may take to the page, in milliseconds. */
const HEARD = 3_000;
/** How often a press may hit something else, as the page moves under it. */
const MISSES = 30;
const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const unsupported = (what) => {
  throw new Error(`WebKit's driver has no ${what}`);
};

/** Asks until there is an answer that is not undefined; the last reason why there was none is what fails. */
async function until(what, timeout, ask) {
  let reason = "";
  for (const end = Date.now() + (timeout ?? TIMEOUT); ; await wait(20)) {
    const answer = await ask((why) => (reason = why));
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}${reason && `: ${reason}`}`);
  }
}

/** The part of the driver that finds elements and judges whether they can be acted on; it runs in the page. */
const INJECTED = (() => {
  const bundle = readFileSync(path.join(path.dirname(createRequire(import.meta.url).resolve("playwright-core")), "lib/coreBundle.js"), "utf8");
  const [, literal] = bundle.match(/generated\/injectedScriptSource\.ts"\(\) \{\s*"use strict";\s*source\d* = ('(?:[^'\\]|\\.)*')/) ?? [];
  assert.ok(literal, "the driver no longer has the source of its selectors where it was");
  const source = new Function(`return ${literal}`)();
  const options = { isUnderTest: false, sdkLanguage: "javascript", frameSeq: 0, testIdAttributeName: "data-testid", stableRafCount: 1, browserName: "webkit", shouldPrependErrorPrefix: false, isUtilityWorld: false, customEngines: [] };
  return `const module = {}; ${source}; return new (module.exports.InjectedScript())(globalThis, ${JSON.stringify(options)});`;
})();

/** Notes what is said on the console or in a dialog, thrown or forbidden, and what is pressed, before anything else runs in a page. */
const WATCH = `(() => {
  const seen = [];
  Object.defineProperty(window, Symbol.for("seen"), { value: seen });
  for (const kind of ["debug", "log", "info", "warn", "error"]) {
    const own = console[kind];
    console[kind] = function (...words) { seen.push([kind === "warn" ? "warning" : kind, words.map(String).join(" ")]); return own.apply(this, words); };
  }
  for (const kind of ["alert", "confirm", "prompt"]) window[kind] = (text) => void seen.push(["dialog", String(text)]);
  const pressed = [];
  Object.defineProperty(window, Symbol.for("pressed"), { value: pressed });
  for (const type of ["pointerdown", "pointerup", "click"]) {
    addEventListener(type, (event) => {
      const [target] = event.composedPath();
      pressed.push([Math.round(performance.now()), type, target.localName, String(target.textContent).slice(0, 40)].join(" "));
    }, { capture: true });
  }
  addEventListener("error", (event) => { if (event instanceof ErrorEvent) seen.push(["thrown", String(event.error ?? event.message)]); });
  addEventListener("unhandledrejection", (event) => seen.push(["thrown", String(event.reason)]));
  document.addEventListener("securitypolicyviolation", (event) => event.blockedURI.endsWith("/favicon.ico") || seen.push(["error", "Content Security Policy: " + event.violatedDirective + " forbids " + event.blockedURI]));
})();`;

/** How a call in the page comes and goes; what has been noted since the last one goes with it. */
const CALL = (work) => `
  const given = [...arguments], done = given.pop(), [selector, arg] = given;
  const injected = window[Symbol.for("injected")];
  const finish = (answer) => done({ ...answer, seen: window[Symbol.for("seen")]?.splice(0), url: location.href, frames: [...document.querySelectorAll("iframe")].map((frame) => frame.src) });
  if (selector !== null && !injected) return done({ missing: true });
  (async () => {
    const found = selector === null ? [] : injected.querySelectorAll(injected.parseSelector(selector), document);
    return (${work})(found, arg === null ? undefined : arg, injected);
  })().then((value) => {
    // What cannot leave the page, as a window, is nothing to a test.
    let text;
    try { text = JSON.stringify(value); } catch {}
    finish(text === undefined ? { nothing: true } : { value: JSON.parse(text) });
  }, (error) => finish({ error: error instanceof Error ? (error.message ? String(error) : error.name) : String(error) }));`;

/** Whether an address is meant by a pattern of Playwright's: an address, a glob, an expression or a function. */
function meant(pattern, url) {
  if (typeof pattern === "function") return pattern(new URL(url));
  if (pattern instanceof RegExp) return pattern.test(url);
  const glob = pattern.split("**").map((part) => part.split("*").map((text) => text.replace(/[.+?^${}()|[\]\\]/g, "\\$&")).join("[^/]*")).join(".*");
  return new RegExp(`^${glob}$`).test(url);
}

/** The address of a page whose text a test gives. */
const WRITTEN = "http://written.test/";

class Request {
  constructor(message, body) {
    Object.assign(this, { message, body });
  }
  url = () => this.message.url;
  method = () => this.message.method;
  headers = () => this.message.headers;
  postData = () => (this.body.length ? this.body.toString() : null);
}

const UNPACK = { br: zlib.brotliDecompressSync, gzip: zlib.gunzipSync };

class Response {
  constructor(url, status, headers, body) {
    Object.assign(this, { given: { url, status, headers, body } });
  }
  url = () => this.given.url;
  status = () => this.given.status;
  headers = () => this.given.headers;
  /** What was packed for the way is unpacked here, and stays as it came for a page that gets it as it is. */
  body = async () => (UNPACK[this.given.headers["content-encoding"]] ?? ((body) => body))(this.given.body);
  text = async () => (await this.body()).toString();
  json = async () => JSON.parse(await this.text());
}

/** What one context asks for, all of which comes by here. */
class Proxy extends EventEmitter {
  routes = [];
  scripts = [WATCH];
  offline = false;
  async start() {
    this.server = http.createServer({ maxHeaderSize: 1 << 20 }, (message, answer) => this.answer(message, answer).catch(() => answer.destroy()));
    // What is sealed cannot be answered, and belongs to no test; that it was asked for is seen.
    this.server.on("connect", (message, socket) => {
      const request = new Request({ method: "GET", headers: message.headers, url: `https://${message.url}/` }, Buffer.alloc(0));
      this.emit("request", request);
      socket.destroy();
      this.emit("requestfailed", request);
    });
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
    return this.server.address().port;
  }
  stop() {
    this.server.close();
    this.server.closeAllConnections();
  }
  async answer(message, answer) {
    const parts = [];
    for await (const part of message) parts.push(part);
    const request = new Request(message, Buffer.concat(parts));
    // The picture for its tab is what a browser asks for by itself, and what a test has written is no page of a site.
    const own = !request.url().endsWith("/favicon.ico") && request.url() !== WRITTEN;
    if (own) this.emit("request", request);
    try {
      const response = await this.resolve(request);
      const headers = { ...response.headers() };
      const page = /text\/html/.test(headers["content-type"] ?? "");
      const body = page ? this.instrument(headers, await response.body()) : response.given.body;
      for (const name of ["content-length", "transfer-encoding", "connection", "keep-alive", ...(page ? ["content-encoding"] : [])]) delete headers[name];
      answer.writeHead(response.status(), { ...headers, "content-length": body.length, connection: "close" }).end(request.method() === "HEAD" ? undefined : body);
      if (own) this.emit("response", response);
      if (own) this.emit("requestfinished", request);
    } catch {
      answer.destroy();
      if (own) this.emit("requestfailed", request);
    }
  }
  /** The newest route that means this request answers it, or leaves it to the one before. */
  async resolve(request) {
    if (this.offline) throw new Error("offline");
    const routes = this.routes.filter(({ pattern }) => meant(pattern, request.url())).reverse();
    for (const { handler } of routes) {
      const answered = await new Promise((resolve, reject) => {
        const route = {
          request: () => request,
          fetch: ({ url } = {}) => this.load(request, url),
          abort: async () => reject(new Error("aborted")),
          continue: async () => resolve(null),
          fallback: async () => resolve(undefined),
          fulfill: async ({ response, status, headers, contentType, body, json } = {}) => {
            const whole = json === undefined ? (body ?? (response ? await response.body() : "")) : JSON.stringify(json);
            const type = contentType ?? (json === undefined ? undefined : "application/json");
            const all = Object.fromEntries(Object.entries({ ...(headers ?? response?.headers()), ...(type && { "content-type": type }) }).map(([name, value]) => [name.toLowerCase(), value]));
            delete all["content-encoding"];
            resolve(new Response(request.url(), status ?? response?.status() ?? 200, all, Buffer.from(whole)));
          },
        };
        Promise.resolve(handler(route, request)).catch(reject);
      });
      if (answered) return answered;
      if (answered === null) break;
    }
    return this.load(request);
  }
  load(request, url = request.url()) {
    return new Promise((resolve, reject) => {
      const headers = { ...request.headers() };
      delete headers["proxy-connection"];
      // Every address of a test is this machine.
      const asked = http.request(url, { method: request.method(), headers, hostname: "127.0.0.1", setHost: !headers.host }, async (answer) => {
        const parts = [];
        try {
          for await (const part of answer) parts.push(part);
          resolve(new Response(request.url(), answer.statusCode, answer.headers, Buffer.concat(parts)));
        } catch (error) {
          reject(error);
        }
      });
      asked.on("error", reject);
      asked.end(request.body);
    });
  }
  /** Puts the scripts that run before a page into it, and lets its policy pass them. */
  instrument(headers, body) {
    const script = `${this.scripts.join("\n;")}\n;document.currentScript?.remove();`;
    const hash = `'sha256-${createHash("sha256").update(script).digest("base64")}'`;
    const allow = (policy) => policy.replace(/(script-src(?:-elem)?)\s+('none')?/g, `$1 ${hash} `);
    const policy = headers["content-security-policy"];
    if (policy) headers["content-security-policy"] = /script-src/.test(policy) ? allow(policy) : policy.replace(/default-src ([^;]*)/, (whole, rest) => `${whole}; script-src ${rest.replace("'none'", "")} ${hash}`);
    const text = body.toString().replace(/(<meta http-equiv="content-security-policy" content=")([^"]*)/gi, (_, start, rules) => start + allow(rules));
    const place = [/<head[^>]*>/i, /<html[^>]*>/i, /<!doctype[^>]*>/i].map((tag) => text.match(tag)).find(Boolean);
    const at = place ? place.index + place[0].length : 0;
    return Buffer.from(`${text.slice(0, at)}<script>${script}</script>${text.slice(at)}`);
  }
}

const literal = (text) => JSON.stringify(text);
const forText = (text, exact) => (text instanceof RegExp ? String(text) : `${literal(text)}${exact ? "s" : "i"}`);
const forAttribute = (text, exact) => (text instanceof RegExp ? String(text).replace(/(^|[^\\])(\\\\)*(["'`])/g, "$1$2\\$3").replace(/>>/g, "\\>\\>") : `"${text.replace(/\\/g, "\\\\").replace(/["]/g, '\\"')}"${exact ? "s" : "i"}`);
const role = (name, options = {}) => {
  const given = ["checked", "disabled", "selected", "expanded", "level", "pressed"].filter((key) => options[key] !== undefined).map((key) => `[${key}=${options[key]}]`);
  if (options.includeHidden !== undefined) given.push(`[include-hidden=${options.includeHidden}]`);
  if (options.name !== undefined) given.push(`[name=${forAttribute(options.name, options.exact)}]`);
  return `internal:role=${name}${given.join("")}`;
};

/** What a page, a frame and a locator have in common: ways to find what lies in them. */
class Place {
  getByRole = (name, options) => this.locator(role(name, options));
  getByText = (text, { exact } = {}) => this.locator(`internal:text=${forText(text, exact)}`);
  getByLabel = (text, { exact } = {}) => this.locator(`internal:label=${forText(text, exact)}`);
}

class Locator extends Place {
  /** `frames` are the selectors of the frames around it, the outermost first. */
  constructor(page, selector, frames = []) {
    super();
    Object.assign(this, { page_: page, selector, frames });
  }
  page = () => this.page_;
  #with = (more) => new Locator(this.page_, `${this.selector} >> ${more}`, this.frames);
  locator(inner, options) {
    const found = this.#with(typeof inner === "string" ? inner : `internal:chain=${literal(inner.selector)}`);
    return options ? found.filter(options) : found;
  }
  filter({ hasText, hasNotText, has, visible }) {
    let found = this;
    const add = (more) => (found = new Locator(found.page_, `${found.selector} >> ${more}`, found.frames));
    if (hasText !== undefined) add(`internal:has-text=${forText(hasText, false)}`);
    if (hasNotText !== undefined) add(`internal:has-not-text=${forText(hasNotText, false)}`);
    if (has) add(`internal:has=${literal(has.selector)}`);
    if (visible !== undefined) add(`visible=${visible}`);
    return found;
  }
  first = () => this.nth(0);
  last = () => this.nth(-1);
  nth = (place) => this.#with(`nth=${place}`);
  and = (other) => this.#with(`internal:and=${literal(other.selector)}`);
  or = (other) => this.#with(`internal:or=${literal(other.selector)}`);
  frameLocator = (selector) => new FrameLocator(this.page_, [...this.frames, `${this.selector} >> ${selector}`]);

  /** Runs `work` in the page with all elements that are found now. */
  now = (work, arg) => this.page_.run(this.selector, work, arg, this.frames);
  async all() {
    return Array.from({ length: await this.count() }, (_, place) => this.nth(place));
  }
  count = () => this.now((found) => found.length);
  evaluateAll = (work, arg) => this.now(`(found, arg) => (${work})(found, arg)`, arg);
  allTextContents = () => this.now((found) => found.map((one) => one.textContent ?? ""));
  isVisible = () => this.now((found, _, injected) => found.length > 0 && injected.elementState(found[0], "visible", true).matches);
  isHidden = async () => !(await this.isVisible());

  /** Runs `work` with the one element, as soon as there is one. It is given the element, `arg` and the driver's part in the page. */
  async one(work, arg, { timeout } = {}) {
    const { value } = await until(this.selector, timeout, async (why) => {
      const answer = await this.now(
        `async (found, arg, injected) => {
          if (found.length > 1) return { many: found.map((one) => one.outerHTML.slice(0, 120)) };
          if (!found.length) return { none: true };
          return { value: await (${work})(found[0], arg, injected) };
        }`,
        arg,
      );
      assert.ok(!answer.many, `${this.selector} means several: ${answer.many}`);
      if (answer.none) return void why("there is none");
      return answer;
    }).catch(async (error) => {
      throw new Error(`${error.message}; ${await this.page_.pressed()}`, { cause: error });
    });
    return value;
  }
  evaluate = (work, arg, options) => this.one(typeof work === "string" ? `() => (${work})` : `(one, arg) => (${work})(one, arg)`, arg, options);
  textContent = (options) => this.one((one) => one.textContent, undefined, options);
  innerText = (options) => this.one((one) => one.innerText, undefined, options);
  getAttribute = (name, options) => this.one((one, name) => one.getAttribute(name), name, options);
  inputValue = (options) => this.one((one, _, injected) => injected.retarget(one, "follow-label").value, undefined, options);
  #state = (state) => this.one((one, state, injected) => injected.elementState(one, state, true).matches, state);
  isChecked = () => this.#state("checked");
  boundingBox = () =>
    this.one((one) => {
      const { x, y, width, height } = one.getBoundingClientRect();
      return one.checkVisibility() ? { x, y, width, height } : null;
    });
  focus = (options) => this.one((one, _, injected) => void injected.focusNode(one), undefined, options);
  dispatchEvent = (type, init = {}) =>
    this.one(
      (one, { type, init, handle }, injected) => {
        const given = Object.entries(init).map(([name, value]) => [name, value?.[handle] ? window[Symbol.for(value[handle])] : value]);
        injected.dispatchEvent(one, type, Object.fromEntries(given));
      },
      { type, init, handle: HANDLE },
    );
  scrollIntoViewIfNeeded = () => this.one((one) => one.scrollIntoView({ block: "center", inline: "center", behavior: "instant" }));
  selectOption = (values, options) =>
    this.one(
      (one, values, injected) => {
        const chosen = injected.selectOptions(one, values);
        if (typeof chosen === "string") throw new Error(chosen);
        return chosen;
      },
      [values].flat().map((value) => (typeof value === "string" ? { valueOrLabel: value } : value)),
      options,
    );

  async waitFor({ state = "visible", timeout } = {}) {
    await until(`${this.selector} to be ${state}`, timeout, async (why) => {
      const { count, visible } = await this.now((found, _, injected) => ({ count: found.length, visible: found.length > 0 && injected.elementState(found[0], "visible", true).matches }));
      assert.ok(count < 2 || state === "detached" || state === "hidden", `${this.selector} means ${count}`);
      why(`${count} are there, ${visible ? "visible" : "not visible"}`);
      const is = { visible, hidden: !visible, attached: count > 0, detached: count === 0 }[state];
      return is || undefined;
    });
  }

  /** Where a click hits the element: waits until it is visible, enabled, at rest and not covered. */
  async #point({ timeout, force, position } = {}) {
    return until(`${this.selector} to be clicked`, timeout, async (why) => {
      const answer = await this.now(
        async (found, { force, position, framed }, injected) => {
          if (found.length > 1) return { many: found.map((one) => one.outerHTML.slice(0, 120)) };
          const [one] = found;
          if (!one) return { why: "there is none" };
          const still = () => new Promise((resolve) => { requestAnimationFrame(resolve); setTimeout(resolve, 100); });
          const box = () => one.getBoundingClientRect();
          for (const state of force ? [] : ["visible", "enabled"]) if (!injected.elementState(one, state, true).matches) return { why: `it is not ${state}` };
          const before = JSON.stringify(box());
          await still();
          if (JSON.stringify(box()) !== before) return { why: "it moves" };
          // In a frame that is as tall as its page, it is the page around that must be scrolled.
          for (const block of [...(framed ? [] : [null]), "center", "end", "start"]) {
            if (block) {
              one.scrollIntoView({ block, inline: block, behavior: "instant" });
              await still();
            }
            // An element that breaks over lines is hit where its first line is.
            const { x, y, width, height } = [...one.getClientRects()].find(({ width, height }) => width && height) ?? box();
            const point = position ? { x: x + position.x, y: y + position.y } : { x: x + width / 2, y: y + height / 2 };
            if (point.x < 0 || point.y < 0 || point.x >= innerWidth || point.y >= innerHeight) continue;
            const hit = { x: Math.floor(point.x), y: Math.floor(point.y) };
            if (force) return hit;
            // From here on, whatever is pressed must hit the element, or it is kept from the page.
            const watch = injected.setupHitTargetInterceptor(one, "mouse", hit, false);
            if (!watch.stop) continue;
            Object.defineProperty(window, Symbol.for("hit"), { value: watch, configurable: true });
            return hit;
          }
          return { why: "something covers it" };
        },
        { force, position, framed: this.frames.length > 0 },
      );
      assert.ok(!answer.many, `${this.selector} means several: ${answer.many}`);
      if (answer.why) return void why(answer.why);
      return answer;
    });
  }
  /** The element in a frame, after the page around has been scrolled to it: from within, a frame of another site cannot do that. */
  async #inSight(point) {
    const around = new Locator(this.page_, this.frames[0]);
    await around.one((frame, y) => window.scrollBy({ top: frame.getBoundingClientRect().top + y - innerHeight / 2, behavior: "instant" }), point.y);
    return this.page_.element(this.selector, this.frames);
  }
  /**
   * Whether a press has come to the page since it had those `before`, or another page is there. What the driver loses on its way is not the
   * page's. A page that is busy is waited for: each question is answered only after what came before it.
   */
  async #heard(before) {
    if (before === undefined) return true;
    for (const end = Date.now() + HEARD; ; await wait(20)) {
      const now = await this.page_.presses(this.frames).catch(() => "another page");
      if (now !== before) return true;
      if (Date.now() > end) return false;
    }
  }
  async click({ button = "left", clickCount = 1, modifiers = [], ...options } = {}) {
    for (let tries = 1; ; tries++) {
      const point = await this.#point(options);
      // A point is of the window, and the driver knows where a frame lies only by an element in it.
      const origin = this.frames.length ? { origin: await this.#inSight(point), x: 0, y: 0 } : point;
      const before = await this.page_.presses(this.frames);
      await this.page_.pointer(origin, { button: { left: 0, middle: 1, right: 2 }[button], clickCount, modifiers });
      if (!(await this.#heard(before))) {
        assert.ok(tries < 3, `no press on ${this.selector} comes to the page; ${await this.page_.pressed()}`);
        continue;
      }
      const missed = await this.page_.run(null, () => window[Symbol.for("hit")]?.stop?.(), null, this.frames).catch(() => undefined);
      if (!missed?.hitTargetDescription) return;
      assert.ok(tries < MISSES, `${this.selector} is not hit, but ${missed.hitTargetDescription}`);
    }
  }
  /** This driver has no fingers. */
  tap = (options) => this.click(options);
  async #set(wanted, options) {
    if ((await this.isChecked()) === wanted) return;
    await this.click(options);
    assert.equal(await this.isChecked(), wanted, `${this.selector} is ${wanted ? "not checked" : "checked"} after a click`);
  }
  check = (options) => this.#set(true, options);
  uncheck = (options) => this.#set(false, options);
  async fill(value, options) {
    const rest = await this.one(
      async (one, value, injected) => {
        for (const state of ["visible", "enabled", "editable"]) if (!injected.elementState(one, state, true).matches) throw new Error(`it is not ${state}`);
        return injected.fill(one, value);
      },
      value, options,
    );
    if (rest !== "needsinput") return;
    // The last sign is typed, so that a field that is left tells that it was changed.
    if (!value) return this.page_.keyboard.press("Delete");
    await this.page_.keyboard.insertText(value.slice(0, -1));
    await this.page_.keyboard.type(value.slice(-1));
  }
  async press(key, options) {
    await this.focus(options);
    await this.page_.keyboard.press(key);
  }
  async pressSequentially(text) {
    await this.focus();
    await this.page_.keyboard.type(text);
  }
  type = (text) => this.pressSequentially(text);
  async setInputFiles(files) {
    const all = [files].flat();
    await this.waitFor({ state: "attached" });
    // A name that no disk takes comes from no disk.
    if (all.some(({ name }) => name?.includes("/"))) {
      const given = all.map(({ name, mimeType, buffer }) => ({ name, mimeType, bytes: [...buffer] }));
      return this.one((one, given) => {
        const data = new DataTransfer();
        for (const { name, mimeType, bytes } of given) data.items.add(new File([new Uint8Array(bytes)], name, { type: mimeType }));
        one.files = data.files;
        for (const type of ["input", "change"]) one.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
      }, given);
    }
    const paths = all.map((file) => (typeof file === "string" ? file : this.page_.context().keep(file)));
    const one = await this.page_.element(this.selector, this.frames);
    await this.page_.act(this.frames, (call) => call("POST", `/element/${one[ELEMENT]}/value`, { text: paths.join("\n") }));
  }
  screenshot = () => unsupported("picture of one element");
}

class FrameLocator extends Place {
  constructor(page, frames) {
    super();
    Object.assign(this, { page, frames });
  }
  locator(selector, options) {
    const found = new Locator(this.page, selector, this.frames);
    return options ? found.filter(options) : found;
  }
  first = () => this;
  frameLocator = (selector) => new FrameLocator(this.page, [...this.frames, selector]);
}

/** A frame of a page, by its number among the frames that lie in it. */
class Frame extends FrameLocator {
  constructor(page, place, url) {
    super(page, [`css=iframe >> nth=${place}`]);
    Object.assign(this, { address: url });
  }
  url = () => this.address;
  evaluate = (work, arg) => this.page.run(null, wrapped(work), arg, this.frames);
}

/** A function is called, an expression is its value, and any other text is run. */
function wrapped(work) {
  if (typeof work !== "string") return `(found, arg) => (${work})(arg)`;
  try {
    new Function(`return (${work}\n)`);
    return `() => (${work}\n)`;
  } catch {
    return `() => { ${work}\n }`;
  }
}

const HANDLE = "in the page";

class Page extends Place {
  #context;
  #url = "about:blank";
  #frames = [];
  #events = new EventEmitter();
  constructor(context, handle) {
    super();
    this.#context = context;
    this.handle = handle;
  }
  context = () => this.#context;
  url = () => this.#url;
  frames = () => [this, ...this.#frames.map((url, place) => new Frame(this, place, url))];

  locator(selector, options) {
    const found = new Locator(this, selector);
    return options ? found.filter(options) : found;
  }
  frameLocator = (selector) => new FrameLocator(this, [selector]);

  /** One thing after another: with this page's window in front, and within the frames. */
  act = (frames, work) => this.#context.inTurn(this, frames, work);
  /** Runs `work` in the page with what `selector` finds there, if there is one. */
  run(selector, work, arg, frames = []) {
    return this.act(frames, async (call) => {
      const ask = () => call("POST", "/execute/async", { script: CALL(work), args: [selector, arg ?? null] });
      let answer = await ask();
      if (answer?.missing) {
        await call("POST", "/execute/sync", { script: `Object.defineProperty(window, Symbol.for("injected"), { value: (() => { ${INJECTED} })(), configurable: true })`, args: [] });
        answer = await ask();
      }
      const { value, nothing, error, seen, url, frames: inside } = answer;
      if (frames && !frames.length) {
        this.#url = url;
        this.#frames = inside;
      }
      for (const [kind, text] of seen ?? []) {
        if (kind === "call") this.#told[text.name](...text.given);
        else if (kind === "dialog") this.#events.emit("dialog", { message: () => text, dismiss: async () => {}, accept: async () => {} });
        else if (kind === "thrown") this.#events.emit("pageerror", { message: text, toString: () => text });
        else this.#events.emit("console", { type: () => kind, text: () => text });
      }
      if (error) throw new Error(error);
      return nothing ? undefined : value;
    });
  }
  /** What page this is, and how often something was pressed or released in it so far; nothing where that is not noted. */
  presses = (frames) => this.run(null, () => window[Symbol.for("pressed")] && `${performance.timeOrigin} ${window[Symbol.for("pressed")].length}`, null, frames);
  /** What was pressed last, to be told where something else is missing. */
  pressed = () =>
    this.run(null, () => `pressed until ${Math.round(performance.now())} ms: ${window[Symbol.for("pressed")]?.slice(-6).join(", ")}`).catch((error) => `what was pressed cannot be told: ${error.message}`);
  element(selector, frames = []) {
    return this.act(frames, (call) => call("POST", "/execute/sync", { script: `const injected = window[Symbol.for("injected")]; return injected.querySelectorAll(injected.parseSelector(arguments[0]), document)[0]`, args: [selector] }));
  }
  evaluate = (work, arg) => this.run(null, wrapped(work), arg);
  /** What `work` makes stays in the page; whoever is given the handle there gets it. */
  async evaluateHandle(work, arg) {
    const name = `handle ${Math.random()}`;
    await this.evaluate(`async () => { Object.defineProperty(window, Symbol.for(${literal(name)}), { value: await (${work})(${literal(arg ?? null)}) }); }`.replace(/^(.*)$/s, "($1)()"));
    return { [HANDLE]: name };
  }
  /** Waits until `work` gives something; what that is, a test asks by `evaluate`. */
  waitForFunction = (work, arg, { timeout } = {}) =>
    until(String(work), timeout, async () => (await this.run(null, `async (found, arg) => Boolean(await (${wrapped(work)})(found, arg))`, arg)) || undefined);
  waitForTimeout = wait;
  waitForLoadState = (state = "load") => this.waitForFunction((state) => document.readyState === "complete" || (state === "domcontentloaded" && document.readyState === "interactive"), state);
  async #go(work) {
    await this.evaluate(() => 0).catch(() => {});
    await this.act([], work);
    await this.evaluate(() => 0).catch(() => {});
    return null;
  }
  async goto(url) {
    // Where the address is the same, with a place in the page, WebKit stays on the page that it has.
    if (url === this.#url && url.includes("#")) await this.act([], (call) => call("POST", "/url", { url: "about:blank" }));
    return this.#go((call) => call("POST", "/url", { url }));
  }
  reload = () => this.#go((call) => call("POST", "/refresh", {}));
  goBack = () => this.#go((call) => call("POST", "/back", {}));
  goForward = () => this.#go((call) => call("POST", "/forward", {}));
  title = () => this.evaluate(() => document.title);
  content = () => this.evaluate(() => document.documentElement.outerHTML);
  bringToFront = () => this.evaluate(() => 0);
  async close() {
    if (this.closed) return;
    await this.evaluate(() => 0).catch(() => {});
    this.closed = true;
    await this.#context.closed(this);
  }

  /** Moves the mouse there and presses it so often. */
  async pointer({ x, y, origin }, { button = 0, clickCount = 1, modifiers = [] } = {}) {
    const actions = [{ type: "pointerMove", duration: 0, x, y, ...(origin && { origin }) }];
    for (let click = 0; click < clickCount; click += 1) actions.push({ type: "pointerDown", button }, { type: "pointerUp", button });
    const pauses = actions.map(() => ({ type: "pause" }));
    const held = modifiers.map((key) => KEYS[key]);
    await this.act(undefined, (call) =>
      call("POST", "/actions", {
        actions: [
          ...(held.length ? [{ type: "key", id: "keyboard", actions: [...held.map((value) => ({ type: "keyDown", value })), ...pauses, ...held.map((value) => ({ type: "keyUp", value }))] }] : []),
          { type: "pointer", id: "mouse", parameters: { pointerType: "mouse" }, actions: [...held.map(() => ({ type: "pause" })), ...actions, ...held.map(() => ({ type: "pause" }))] },
        ],
      }),
    );
  }
  #keys = (actions) => this.act(undefined, (call) => call("POST", "/actions", { actions: [{ type: "key", id: "keyboard", actions }] }));
  keyboard = {
    press: async (chord) => {
      const names = chord.length > 1 ? chord.split("+") : [chord];
      const values = names.map((name) => KEYS[name] ?? name);
      await this.#keys([...values.map((value) => ({ type: "keyDown", value })), ...values.reverse().map((value) => ({ type: "keyUp", value }))]);
    },
    type: async (text) => {
      for (const value of text) await this.#keys([{ type: "keyDown", value }, { type: "keyUp", value }]);
    },
    insertText: async (text) => {
      if (text) await this.evaluate((text) => void document.execCommand("insertText", false, text), text);
    },
  };
  #at = { x: 0, y: 0 };
  mouse = {
    move: async (x, y) => {
      this.#at = { x: Math.round(x), y: Math.round(y) };
      await this.#mouse({ type: "pointerMove", duration: 0, ...this.#at });
    },
    down: () => this.#mouse({ type: "pointerDown", button: 0 }),
    up: () => this.#mouse({ type: "pointerUp", button: 0 }),
    click: async (x, y) => this.pointer({ x: Math.round(x), y: Math.round(y) }),
  };
  #mouse = (...actions) => this.act(undefined, (call) => call("POST", "/actions", { actions: [{ type: "pointer", id: "mouse", parameters: { pointerType: "mouse" }, actions }] }));

  on(event, hear) {
    if (["console", "pageerror", "dialog"].includes(event)) {
      this.#events.on(event, hear);
      this.#listen();
    } else if (["request", "response", "requestfinished", "requestfailed"].includes(event)) this.#context.on(event, hear);
    else unsupported(`event "${event}"`);
    return this;
  }
  #listening;
  /** What is noted comes with each call; where nothing calls the page, this does. */
  #listen() {
    this.#listening ??= setInterval(() => {
      if (this.closed || this.#context.ended) clearInterval(this.#listening);
      else if (this.#context.idle(this)) this.run(null, () => 0, null, null).catch(() => {});
    }, 300);
    this.#listening.unref();
  }
  async waitForEvent(event, { timeout } = {}) {
    if (event !== "download") unsupported(`event "${event}"`);
    return this.#context.download(timeout);
  }
  async waitForRequest(pattern) {
    return new Promise((resolve) => {
      const hear = (request) => {
        if (!meant(pattern, request.url())) return;
        this.#context.proxy.off("request", hear);
        resolve(request);
      };
      this.#context.proxy.on("request", hear);
    });
  }
  route = (pattern, handler) => this.#context.route(pattern, handler);
  unroute = (pattern) => this.#context.unroute(pattern);
  unrouteAll = async () => void (this.#context.proxy.routes = []);
  addInitScript = (script, arg) => this.#context.addInitScript(script, arg);
  addScriptTag = ({ url, type = "" }) =>
    this.evaluate(
      ({ url, type }) =>
        new Promise((resolve, reject) => {
          const script = Object.assign(document.createElement("script"), { src: url, type });
          script.onload = () => resolve();
          script.onerror = () => reject(new Error(`${url} did not load`));
          document.head.append(script);
        }),
      { url, type },
    );
  /** The page's own time, from now on and after it is loaded again. */
  #clock = async (time, stands) => {
    const script = `(() => {
      const Own = window[Symbol.for("time")] ?? Date, start = Own.now();
      Object.defineProperty(window, Symbol.for("time"), { value: Own, configurable: true });
      const now = () => ${+time}${stands ? "" : " + Own.now() - start"};
      window.Date = class Date extends Own {
        constructor(...given) { given.length ? super(...given) : super(now()); }
        static now() { return now(); }
      };
    })()`;
    this.#context.proxy.scripts = [...this.#context.proxy.scripts.filter((one) => !one.includes('Symbol.for("time")')), script];
    await this.evaluate(`${script}, undefined`);
  };
  clock = { setFixedTime: (time) => this.#clock(time, true), install: ({ time }) => this.#clock(time, false) };
  /** The text is what the page of this address has. */
  async setContent(text) {
    await this.route(WRITTEN, (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body: text }));
    await this.goto(WRITTEN);
  }
  #told = {};
  /** The page's function tells the test, and gives nothing back. */
  async exposeFunction(name, hear) {
    this.#told[name] = hear;
    const script = `window[${literal(name)}] = (...given) => void window[Symbol.for("seen")].push(["call", { name: ${literal(name)}, given }])`;
    this.#context.proxy.scripts.push(script);
    if (this.#url !== "about:blank") await this.evaluate(script);
  }
  pdf = () => unsupported("paper");
  async emulateMedia(media) {
    for (const [name, value] of Object.entries(media)) if ((this.#context.options[name] ?? "no-preference") !== value) unsupported(`${name} that changes`);
  }
  setViewportSize = (size) => this.#context.resize(this, size);
  async screenshot({ path: file, clip } = {}) {
    const whole = await this.act([], (call) => call("GET", "/screenshot"));
    const cut = async ({ whole, clip }) => {
      const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(whole), (one) => one.charCodeAt(0))]), clip.x, clip.y, clip.width, clip.height);
      const canvas = Object.assign(document.createElement("canvas"), { width: bitmap.width, height: bitmap.height });
      canvas.getContext("2d").drawImage(bitmap, 0, 0);
      return canvas.toDataURL("image/png").split(",")[1];
    };
    const picture = Buffer.from(clip ? await this.evaluate(cut, { whole, clip }) : whole, "base64");
    if (file) writeFileSync(file, picture);
    return picture;
  }
}

class Context {
  pages_ = [];
  queue = Promise.resolve();
  waiting = 0;
  constructor(browser, options) {
    Object.assign(this, { browser_: browser, options });
  }
  browser = () => this.browser_;
  pages = () => this.pages_.filter((page) => !page.closed);
  async start() {
    const { colorScheme, reducedMotion, timezoneId, locale, javaScriptEnabled = true, forcedColors = "none" } = this.options;
    if (!javaScriptEnabled) unsupported("page without scripts");
    if (forcedColors !== "none") unsupported("forced colours");
    this.home = mkdtempSync(path.join(tmpdir(), "delineate-webkit-"));
    this.downloads = path.join(this.home, "downloads");
    mkdirSync(this.downloads);
    mkdirSync(path.join(this.home, "config/gtk-3.0"), { recursive: true });
    writeFileSync(path.join(this.home, "config/user-dirs.dirs"), `XDG_DOWNLOAD_DIR="${this.downloads}"\n`);
    writeFileSync(
      path.join(this.home, "config/gtk-3.0/settings.ini"),
      `[Settings]\ngtk-enable-animations=${reducedMotion === "reduce" ? 0 : 1}\ngtk-application-prefer-dark-theme=${colorScheme === "dark" ? 1 : 0}\n`,
    );
    // The bar of the window would else keep a page from being as narrow as a phone.
    writeFileSync(path.join(this.home, "config/gtk-3.0/gtk.css"), "* { font-size: 1px; padding: 0; margin: 0; border-width: 0; min-width: 0; min-height: 0; }\n");
    this.proxy = new Proxy();
    const through = await this.proxy.start();
    const env = {
      HOME: this.home, XDG_CONFIG_HOME: path.join(this.home, "config"), XDG_DATA_HOME: path.join(this.home, "data"), XDG_CACHE_HOME: path.join(this.home, "cache"),
      ...(timezoneId && { TZ: timezoneId }),
      LANG: `${(locale ?? "en-US").replace("-", "_")}.UTF-8`,
    };
    const args = [`--proxy=http://127.0.0.1:${through}`];
    const { call, kill } = await webkit(this.browser_.screen.display, { env, args, timeouts: { script: 60_000, pageLoad: 60_000 } });
    Object.assign(this, { call, kill });
  }
  /** One call after another, each in the window and the frames that it is for; `frames` undefined leaves the frames as they are. */
  inTurn(page, frames, work) {
    const turn = this.queue.then(async () => {
      if (this.front !== page.handle) {
        await this.call("POST", "/window", { handle: page.handle });
        this.front = page.handle;
        this.inside = "";
      }
      const wanted = frames && literal(frames);
      if (frames && this.inside !== wanted) {
        await this.call("POST", "/frame", { id: null });
        this.inside = "[]";
        for (const selector of frames) {
          const script = (ask) => `${ask}; const injected = window[Symbol.for("injected")]; return injected.querySelectorAll(injected.parseSelector(arguments[0]), document)[0] ?? null`;
          const frame = await this.call("POST", "/execute/sync", { script: script(`if (!window[Symbol.for("injected")]) Object.defineProperty(window, Symbol.for("injected"), { value: (() => { ${INJECTED} })(), configurable: true })`), args: [selector] });
          if (!frame) throw new Error(`there is no frame ${selector}`);
          await this.call("POST", "/frame", { id: frame });
        }
        this.inside = wanted;
      }
      return work(this.call);
    });
    this.waiting += 1;
    this.queue = turn.catch(() => {}).then(() => void (this.waiting -= 1));
    return turn;
  }
  /** Whether nothing is under way, and this page is the one in front. */
  idle = (page) => this.waiting === 0 && this.front === page.handle;
  async newPage() {
    const handle = this.pages_.length ? (await this.call("POST", "/window/new", { type: "window" })).handle : await this.call("GET", "/window");
    const page = new Page(this, handle);
    this.pages_.push(page);
    await this.resize(page, this.options.viewport ?? { width: 1280, height: 720 });
    return page;
  }
  /** Gives the window the size that leaves this much for its page. */
  async resize(page, { width, height }) {
    this.options.viewport = { width, height };
    await until(`a page of ${width} by ${height}`, 5000, async (why) => {
      const inner = await page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
      why(literal(inner));
      if (inner.width === width && inner.height === height) return true;
      await page.act([], async (call) => {
        const rect = await call("GET", "/window/rect");
        await call("POST", "/window/rect", { width: rect.width + width - inner.width, height: rect.height + height - inner.height });
      });
      return undefined;
    });
  }
  async closed(page) {
    await this.inTurn(page, [], (call) => call("DELETE", "/window"));
    this.front = undefined;
  }
  on(event, hear) {
    this.proxy.on(event, hear);
    return this;
  }
  off(event, hear) {
    this.proxy.off(event, hear);
    return this;
  }
  route = async (pattern, handler) => void this.proxy.routes.push({ pattern, handler });
  unroute = async (pattern) => void (this.proxy.routes = this.proxy.routes.filter((one) => String(one.pattern) !== String(pattern)));
  addInitScript = async (script, arg) =>
    void this.proxy.scripts.push(typeof script === "function" ? `(${script})(${arg === undefined ? "" : literal(arg)});` : (script.content ?? String(script)));
  grantPermissions = async () => {};
  clearPermissions = async () => {};
  setOffline = async (offline) => void (this.proxy.offline = offline);
  /** Writes down a file that a test has only in its memory, and gives its place. */
  keep({ name, buffer }) {
    const folder = mkdtempSync(path.join(this.home, "given-"));
    writeFileSync(path.join(folder, name), buffer);
    return path.join(folder, name);
  }
  /** The next file that is saved, once it is whole. */
  async download(timeout) {
    const file = await until("a file to be saved", timeout, () => readdirSync(this.downloads).find((name) => !/\.wkdownload$|^\./.test(name)));
    const place = path.join(this.downloads, file);
    let size = -1;
    await until(`${file} to be whole`, timeout, async () => {
      const before = size;
      size = existsSync(place) ? statSync(place).size : -1;
      await wait(50);
      return size > 0 && size === before ? true : undefined;
    });
    // Out of the way of the next one with its name.
    const kept = path.join(mkdtempSync(path.join(this.home, "saved-")), file);
    renameSync(place, kept);
    return { suggestedFilename: () => file, path: async () => kept, createReadStream: async () => createReadStream(kept) };
  }
  async close() {
    if (this.ended) return;
    this.ended = true;
    await this.call?.("DELETE", "").catch(() => {});
    this.kill?.();
    this.proxy?.stop();
    if (this.home) rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
    this.browser_.contexts_.delete(this);
  }
}

/** Each context is a WebKit of its own, on one screen that nobody sees. */
class Browser {
  contexts_ = new Set();
  async start() {
    this.screen = await screen();
    return this;
  }
  contexts = () => [...this.contexts_];
  version = () => "WebKit";
  async newContext(options = {}) {
    const context = new Context(this, { reducedMotion: "no-preference", colorScheme: "light", ...options });
    this.contexts_.add(context);
    await context.start();
    return context;
  }
  async newPage(options) {
    return (await this.newContext(options)).newPage();
  }
  async close() {
    await Promise.all(this.contexts().map((context) => context.close()));
    this.screen.kill();
  }
}

export const launchWebKit = () => new Browser().start();
