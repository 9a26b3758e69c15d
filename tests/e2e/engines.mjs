// Three engines behind one set of hands: Chromium and Firefox by Puppeteer, WebKit by the classic WebDriver protocol, which is all that it speaks.
import assert from "node:assert/strict";
import puppeteer from "puppeteer-core";
import { ELEMENT, KEYS, screen, webkit } from "./webdriver.mjs";

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

/** A page in WebKit. */
class Driven {
  constructor(call, end) {
    Object.assign(this, { call, end });
  }
  static async open() {
    const ends = [];
    const end = () => ends.forEach((kill) => kill());
    try {
      const { display, kill } = await screen();
      ends.push(kill);
      const driver = await webkit(display);
      ends.push(driver.kill);
      await driver.call("POST", "/window/rect", { width: 1280, height: 900 });
      return new Driven(driver.call, end);
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
    open: () => Driven.open(),
    missing: ["WEBKIT_DRIVER", "WEBKIT", "XVFB"].every((name) => process.env[name]) ? undefined : "WebKit, its driver or Xvfb is not here",
  },
};
