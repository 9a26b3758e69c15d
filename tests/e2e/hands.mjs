// What the journeys by hand need in whichever engine: a host whose server writes down what is asked of it, and what a person does on its pages.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { until } from "./engines.mjs";
import { OWN_FILES, domains, domainsOf, fill, instrument, say, serve, wording } from "./support.mjs";

/** Notes what goes wrong on a page, before anything else runs on it. */
const WATCH = `
  window.wrong = [];
  addEventListener("error", (event) => wrong.push(String(event.message ?? event.target?.src)), true);
  addEventListener("unhandledrejection", (event) => wrong.push(String(event.reason)));
  document.addEventListener("securitypolicyviolation", (event) => wrong.push(event.violatedDirective + " " + event.blockedURI));
  for (const name of ["error", "warn"]) console[name] = (...words) => wrong.push(words.join(" "));
`;
export const scripts = '<script src="/watch.js"></script><script type="module" src="/delineate.js"></script>';
export const host = (body, head = scripts) => `<!doctype html><html lang="en"><head><title>A host</title>${head}</head><body><main><h1>A host</h1>${body}</main></body></html>`;
export const check = (attributes = "") => `<role-clarity-check ${attributes}></role-clarity-check>`;
/** What every host has: a page with nothing on it, and the watch. */
const ALWAYS = {
  "/empty": { body: "<!doctype html><title>Nothing</title>" },
  "/watch.js": { type: "text/javascript", body: WATCH },
};

/**
 * The host: its own pages by their place, each with `body`, and `type` and `policy` if it has some; all else is the built page's. Below a
 * folder of `altered` the same files come as its function says, if it says anything: it is given `name`, `status`, `type` and `body`.
 */
export async function hosted(own, altered = {}) {
  const built = await serve();
  const made = { ...ALWAYS, ...own };
  const asked = [];
  const listener = createServer(async ({ url, method }, answer) => {
    const below = Object.keys(altered).find((folder) => url.startsWith(`${folder}/`));
    const name = url.slice(below?.length ?? 0);
    asked.push(`${method} ${name}`);
    if (made[url]) {
      const { type = "text/html", policy, body } = made[url];
      answer.writeHead(200, { "content-type": `${type}; charset=utf-8`, ...(policy && { "content-security-policy": policy }) }).end(body);
      return;
    }
    const file = await fetch(new URL(name, built.address), { headers: { "accept-encoding": "identity" } });
    const whole = { name, status: file.status, type: file.headers.get("content-type"), body: Buffer.from(await file.arrayBuffer()) };
    const { status, type, body } = (below && (await altered[below](whole))) || whole;
    answer.writeHead(status, { "content-type": type }).end(body);
  });
  await new Promise((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const stop = () => {
    listener.close();
    listener.closeAllConnections();
    built.stop();
  };
  return { address: `http://127.0.0.1:${listener.address().port}`, asked, made: Object.keys(made), stop };
}

/** The host was asked for its own pages, for the widget's own files and for these, and for nothing else. */
export function onlyOwnFiles({ asked, made }, also = []) {
  assert.ok(asked.length > 0, "the host was asked for nothing");
  const known = new Set([...OWN_FILES, ...made.map((place) => place.slice(1)), ...also, "favicon.ico"]);
  for (const line of new Set(asked)) {
    const [method, place] = line.split(" ");
    // The doctor asks how a file would come, and not for the file.
    assert.match(method, /^(GET|HEAD)$/, line);
    assert.ok(known.has(place.slice(1)), `not one of the widget's own files: ${line}`);
  }
}

/** What a person does on a page, in whichever engine. `place` is which check of the page. */
export class Hands {
  constructor(page, address, place = 0) {
    Object.assign(this, { page, address, place });
  }
  of(place) {
    return new Hands(this.page, this.address, place);
  }
  /** The check's element of this kind, with this text if one is given, as soon as there is one. */
  find(selector, text) {
    return until(`${selector} ${text ?? ""}`, () =>
      this.page.element(
        (place, selector, text) => {
          const inside = document.querySelectorAll("role-clarity-check")[place]?.shadowRoot;
          const plain = (element) => element.textContent.replace(/\s+/g, " ").trim();
          return [...(inside?.querySelectorAll(selector) ?? [])].find((element) => (text === null || plain(element) === text) && element.checkVisibility());
        },
        this.place, selector, text ?? null,
      ),
    );
  }
  /** What a person does not see, as the field behind a button for files. */
  hidden(selector) {
    return until(selector, () => this.page.element((place, selector) => document.querySelectorAll("role-clarity-check")[place].shadowRoot.querySelector(selector), this.place, selector));
  }
  read(selector) {
    return this.page.run(
      (place, selector) => document.querySelectorAll("role-clarity-check")[place]?.shadowRoot?.querySelector(selector)?.textContent.replace(/\s+/g, " ").trim(),
      this.place, selector,
    );
  }
  async click(selector, text) {
    // The check may take the place of its first screen between the two; whoever looks sees the same button still.
    // A button that left the page has no place on it any more, which each driver says in its own words.
    for (let attempt = 0; ; attempt += 1) {
      const found = await this.find(selector, text);
      try {
        return await this.page.click(found);
      } catch (error) {
        if (attempt > 2 || !/detached|stale|not clickable|not interactable/i.test(`${error.name} ${error.message}`)) throw error;
      }
    }
  }
  button(name, values) {
    return this.click("button", say(name, values));
  }
  heading(text) {
    return this.find("h2.title", text);
  }
  focused() {
    return this.page.run(() => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      return { text: element?.textContent, name: element?.getAttribute("name") };
    });
  }
  /** Opens a page as somebody who has never been here, or with answers on the device. */
  async arrive(where, answers) {
    await this.page.goto(`${this.address}/empty`);
    await this.page.run((text) => {
      localStorage.clear();
      if (text) localStorage.setItem("delineate", text);
    }, answers ? JSON.stringify(answers) : "");
    await this.page.goto(this.address + where);
  }
  async results(answers) {
    await this.arrive("/strict", answers);
    await this.button("resume.results");
    await this.find(".desk-parts");
  }
  async begin(seat = "cto") {
    await this.button("quick.begin");
    await this.heading(say("seat.question"));
    await this.click(`input[value="${seat}"]`);
    await this.button("ways.next");
    await this.heading(say("structure.question"));
    await this.click('input[value="two"]');
    await this.button("ways.next");
  }
  async answer(item, level) {
    await this.heading(fill(wording(item).question));
    await this.click(`input[value="${level}"]`);
    await this.button("ways.next");
  }
  async answerMap(owner) {
    for (const group of instrument.domain_groups) {
      await this.heading(domains.groups[group].title);
      for (const { id } of domainsOf(group)) await this.click(`input[name="${id}"][value="${owner}"]`);
      await this.button("ways.next");
    }
  }
  /** Nothing went wrong on the page that is open. */
  async nothingWrong() {
    // The picture for its tab is what a browser asks for by itself.
    assert.deepEqual(await this.page.run(() => window.wrong?.filter((line) => !line.endsWith("/favicon.ico")) ?? "the page is not watched"), []);
  }
}
