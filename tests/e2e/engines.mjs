// Three engines behind one set of hands: Chromium and Firefox by Puppeteer, WebKit by the classic WebDriver protocol, which is all that it speaks.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import puppeteer from "puppeteer-core";

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Asks again and again until the answer is one. */
export async function until(what, ask) {
  for (const end = Date.now() + 30_000; Date.now() < end; ) {
    const answer = await ask();
    if (answer) return answer;
    await wait(25);
  }
  assert.fail(`waited in vain for ${what}`);
}

/** A page in Chromium or Firefox. */
class Puppet {
  constructor(browser, page) {
    Object.assign(this, { browser, page, at: page });
  }
  static async open(engine, executablePath) {
    const args = engine === "chrome" ? ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"] : [];
    const browser = await puppeteer.launch({ browser: engine, executablePath, headless: true, timeout: 120_000, args, defaultViewport: { width: 1280, height: 900 } });
    return new Puppet(browser, await browser.newPage());
  }
  /** Goes on in a tab of its own: once a frame had the keys, Firefox gives them to no later page of that tab. */
  async renew() {
    const old = this.page;
    this.page = await this.browser.newPage();
    this.leave();
    await old.close();
  }
  async goto(address) {
    this.leave();
    await this.page.goto(address);
  }
  run(work, ...values) {
    return this.at.evaluate(work, ...values);
  }
  async element(work, ...values) {
    return (await this.at.evaluateHandle(work, ...values)).asElement();
  }
  async click(element) {
    // As one scrolls: the bar at the lower edge covers what lies under it.
    await element.evaluate((element) => element.scrollIntoView({ block: "center", behavior: "instant" }));
    await element.click();
  }
  async press(key) {
    await this.page.keyboard.press(key);
  }
  async type(element, text) {
    await this.click(element);
    await this.page.keyboard.type(text);
  }
  async upload(element, file) {
    await element.uploadFile(file);
  }
  async reload() {
    await this.page.reload();
  }
  async back() {
    await this.page.goBack();
  }
  /** From here on, everything happens within the frame with this address in its own. */
  async enter(part) {
    this.at = await until(`the frame ${part}`, () => this.page.frames().find((frame) => frame.url().includes(part)));
  }
  leave() {
    this.at = this.page;
  }
  close() {
    return this.browser.close();
  }
}

const KEYS = { Tab: "\uE004", Enter: "\uE007", Escape: "\uE00C", ArrowDown: "\uE015", ArrowUp: "\uE013", ArrowLeft: "\uE012", ArrowRight: "\uE014" };
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

/** A page in WebKit. */
class Driven {
  constructor(call, end) {
    Object.assign(this, { call, end });
  }
  static async open(program, minibrowser, xvfb) {
    const started = [];
    const end = () => started.forEach((one) => one.kill());
    try {
      // A screen that nobody sees, on the first number that is free.
      const screen = spawn(xvfb, ["-displayfd", "1", "-screen", "0", "1400x1000x24", "-nolisten", "tcp"], { stdio: ["ignore", "pipe", "ignore"] });
      started.push(screen);
      const ended = once(screen, "exit").then(([code]) => Promise.reject(new Error(`${xvfb} ended with ${code}`)));
      const [number] = await Promise.race([once(screen.stdout, "data"), ended]);
      ended.catch(() => {});
      const display = `:${String(number).trim()}`;
      // Below the ports that a system gives away by itself.
      const port = 20_000 + (process.pid % 12_000);
      // Without user namespaces, as in many containers, the sandbox cannot be made; the pages here are the project's own.
      const env = { ...process.env, DISPLAY: display, GDK_BACKEND: "x11", WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1", WEBKIT_DISABLE_COMPOSITING_MODE: "1" };
      const driver = spawn(program, [`--port=${port}`], { env, stdio: "ignore" });
      started.push(driver);
      const call = async (method, path, body) => {
        const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body) });
        const { value } = await answer.json();
        if (value?.error) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
        return value;
      };
      await until("WebKitWebDriver", () => call("GET", "/status").catch(() => false));
      const options = { binary: minibrowser, args: ["--automation"] };
      const { sessionId } = await call("POST", "/session", { capabilities: { alwaysMatch: { "webkitgtk:browserOptions": options } } });
      const page = new Driven((method, path, body) => call(method, `/session/${sessionId}${path}`, body), end);
      await page.call("POST", "/window/rect", { width: 1280, height: 900 });
      return page;
    } catch (error) {
      end();
      throw error;
    }
  }
  async renew() {}
  async goto(address) {
    await this.leave();
    await this.call("POST", "/url", { url: address });
  }
  async run(work, ...values) {
    const script = `const values = [...arguments], done = values.pop();
      Promise.resolve().then(() => (${work})(...values)).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
    const { value, error } = await this.call("POST", "/execute/async", { script, args: values });
    if (error) throw new Error(error);
    return value ?? undefined;
  }
  async element(work, ...values) {
    return this.call("POST", "/execute/sync", { script: `return (${work})(...arguments) ?? null`, args: values });
  }
  async click(element) {
    await this.call("POST", "/execute/sync", { script: 'arguments[0].scrollIntoView({ block: "center", behavior: "instant" })', args: [element] });
    const actions = [
      { type: "pointerMove", duration: 0, origin: element, x: 0, y: 0 },
      { type: "pointerDown", button: 0 },
      { type: "pointerUp", button: 0 },
    ];
    await this.call("POST", "/actions", { actions: [{ type: "pointer", id: "mouse", parameters: { pointerType: "mouse" }, actions }] });
  }
  async press(key) {
    const value = KEYS[key] ?? key;
    await this.call("POST", "/actions", { actions: [{ type: "key", id: "keyboard", actions: [{ type: "keyDown", value }, { type: "keyUp", value }] }] });
  }
  async type(element, text) {
    await this.call("POST", `/element/${element[ELEMENT]}/value`, { text });
  }
  async upload(element, file) {
    await this.type(element, file);
  }
  async reload() {
    await this.call("POST", "/refresh", {});
  }
  async back() {
    await this.call("POST", "/back", {});
  }
  async enter(part) {
    const frame = await until(`the frame ${part}`, () => this.element((part) => document.querySelector(`iframe[src*="${part}"]`), part));
    await this.call("POST", "/frame", { id: frame });
  }
  async leave() {
    await this.call("POST", "/frame", { id: null });
  }
  async close() {
    await this.call("DELETE", "").finally(this.end);
  }
}

/** The engines, and why one of them cannot be tested here. */
export const ENGINES = {
  Chromium: { open: () => Puppet.open("chrome", process.env.CHROMIUM) },
  Firefox: { open: () => Puppet.open("firefox", process.env.FIREFOX) },
  WebKit: {
    open: () => Driven.open(process.env.WEBKIT_DRIVER, process.env.WEBKIT, process.env.XVFB),
    missing: ["WEBKIT_DRIVER", "WEBKIT", "XVFB"].every((name) => process.env[name]) ? undefined : "WebKit, its driver or Xvfb is not here",
  },
};
