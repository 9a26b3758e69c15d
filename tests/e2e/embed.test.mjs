// The element on pages that nobody here wrote: strict policies, several checks, hostile styles, hosts that move things about.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import {
  SHIFTS, answerItem, asks, axe, begin, button, complained, drawing, engine, entire, headlines, hostPage, hostile, inChromium, instrument, kept, looks,
  quickly, response, room, root, say, script, staged, visit,
} from "./support.mjs";

const { server, browser } = await staged();

const tag = "role-clarity-check";
const one = `<${tag}><p>What is read before.</p></${tag}>`;

/** Opens a host's page. */
const open = async (host, options) => {
  const seen = await visit(browser, server.address, options);
  await hostPage(seen.page, server.address, host);
  await seen.page.goto(`${server.address}host`);
  return seen;
};

/** Waits for the check itself, not for its first screens, whose elements it replaces. */
const ready = async (page, index = 0) => {
  await page.locator(tag).nth(index).locator("css=.frame").waitFor();
  await page.locator(tag).nth(index).and(page.locator("[data-ready]")).waitFor();
};

/** Notes the events of the elements, from before they are defined. */
const listen = (page) =>
  page.addInitScript(() => {
    window.told = [];
    for (const name of ["ready", "start", "progress", "complete"]) {
      window.addEventListener(name, (event) => {
        if (event instanceof CustomEvent) window.told.push([name, event.detail]);
      });
    }
  });

test("the whole quick check runs under a strict policy with Trusted Types", async () => {
  const { page, finish } = await open({ body: one + script });
  await begin(page);
  await quickly(page, 3);
  await button(page, "review.results").click();
  await page.getByText(say("files.title"), { exact: true }).waitFor();
  await axe(page, "a host's page");
  await finish();
});

/** The two checks of a page, the first of them begun. */
const beside = async (page) => {
  await ready(page, 0);
  await ready(page, 1);
  const [first, second] = [page.locator(tag).nth(0), page.locator(tag).nth(1)];
  await begin(first);
  await answerItem(first, headlines[0], 4);
  await asks(first, headlines[1]);
  return [first, second];
};

test("two checks on a page keep to themselves, and fetch each file once", async () => {
  const { page, requests, finish } = await open({ body: one + one + script });
  const [first, second] = await beside(page);
  await button(second, "full.begin").waitFor();
  await begin(second, { full: true });
  await answerItem(second, headlines[0], 1);
  const stored = await page.evaluate(() => Object.fromEntries(Object.entries(localStorage)));
  assert.deepEqual(Object.keys(stored).sort(), ["delineate", "delineate-2"]);
  assert.deepEqual(JSON.parse(stored.delineate).items, { [headlines[0]]: { level: 4 } });
  assert.deepEqual(JSON.parse(stored["delineate-2"]).items, { [headlines[0]]: { level: 1 } });
  const paths = requests.map((request) => new URL(request.url()).pathname);
  assert.equal(new Set(paths).size, paths.length, `fetched twice: ${paths}`);
  await finish();
});

test("a check that keeps nothing has a place of its own in the history", async () => {
  const { page, finish } = await open({ body: `<${tag} storage-key="none"></${tag}>${one}${script}` });
  const [first, second] = await beside(page);
  await begin(second);
  await asks(second, headlines[0]);
  await page.goBack();
  await second.getByRole("heading", { name: say("structure.question") }).waitFor();
  await asks(first, headlines[1]);
  await finish();
});

/** Notes how the page makes modules and instances of wasm, and of what. */
const compilations = (page) =>
  page.addInitScript(() => {
    window.compiled = [];
    const note = async (way, source) => window.compiled.push(`${way} ${(await source).constructor.name}`);
    for (const way of ["compile", "compileStreaming", "instantiate", "instantiateStreaming"]) {
      const own = WebAssembly[way];
      WebAssembly[way] = (source, ...given) => {
        note(way, source).catch(() => {});
        return own.call(WebAssembly, source, ...given);
      };
    }
    WebAssembly.Module = new Proxy(WebAssembly.Module, {
      construct(own, given) {
        window.compiled.push("Module");
        return new own(...given);
      },
    });
  });

test("five checks on a page have each their own state and their own answers, and one wasm", async () => {
  // Two of them under a key of the host's.
  const keys = ["delineate", "delineate-2", "delineate-3", "team", "team-2"];
  const key = (name) => (name.startsWith("team") ? 'storage-key="team"' : "");
  const body = keys.map((name) => `<${tag} loading="eager" ${key(name)}></${tag}>`).join("") + script;
  const { page, requests, finish } = await open({ body });
  const checks = keys.map((_, index) => page.locator(tag).nth(index));
  for (const index of keys.keys()) await ready(page, index);
  for (const [index, check] of checks.entries()) {
    await begin(check);
    await answerItem(check, headlines[0], index);
    await asks(check, headlines[1]);
    // Those that nobody has touched are still where they were.
    for (const other of checks.slice(index + 1)) assert.ok(await button(other, "quick.begin").isVisible());
  }
  const stored = await page.evaluate(() => Object.entries(localStorage).map(([name, text]) => [name, JSON.parse(text).items]));
  const expected = keys.map((name, level) => [name, { [headlines[0]]: { level } }]);
  assert.deepEqual(Object.fromEntries(stored), Object.fromEntries(expected));
  const paths = requests.map((request) => new URL(request.url()).pathname);
  assert.deepEqual(paths.filter((path) => path.endsWith(".wasm")), ["/delineate.widget.wasm"]);
  // The third one, back at its answer, has its own and moves no other.
  await button(checks[2], "ways.back").click();
  await asks(checks[2], headlines[0]);
  assert.ok(await checks[2].getByRole("radio").nth(2).isChecked());
  for (const index of [0, 1, 3, 4]) await asks(checks[index], headlines[1]);
  await finish();
});

test("the wasm is compiled as it streams in, once for several checks and for the desk below the results", async () => {
  const { page, finish } = await visit(browser, server.address);
  await compilations(page);
  await page.addInitScript((answers) => {
    localStorage.setItem("delineate", answers);
    // When the page is read and before its scripts: what is said of its place in the history any earlier, Firefox forgets.
    document.addEventListener("readystatechange", () => history.replaceState({ delineate: "results" }, ""), { once: true });
  }, JSON.stringify(response({ level: 3 })));
  await hostPage(page, server.address, { body: `<${tag} loading="eager"></${tag}>`.repeat(3) + script });
  await page.goto(`${server.address}host`);
  for (const index of [0, 1, 2]) await ready(page, index);
  await page.locator(`${tag} .desk-parts`).waitFor();
  assert.equal(await page.locator(`${tag}[data-ready]`).count(), 3);
  // The desk is a second instance of the module that is there.
  assert.deepEqual(await page.evaluate(() => window.compiled), ["instantiateStreaming Response", "instantiate Module"]);
  await finish();
});

test("taking the element away, putting it back and moving it loses nothing and leaves nothing", async () => {
  const { page, finish } = await open({ body: `${one}<div id="elsewhere"></div>${script}` });
  await begin(page);
  await answerItem(page, headlines[0], 2);
  await asks(page, headlines[1]);
  for (let time = 0; time < 5; time += 1) {
    await page.evaluate((tag) => {
      window.kept = document.querySelector(tag);
      window.kept.remove();
    }, tag);
    await page.evaluate(() => document.querySelector("#elsewhere").append(window.kept));
    await asks(page, headlines[1]);
  }
  // Moved within one task, as frameworks do when they sort lists.
  await page.evaluate((tag) => document.body.prepend(document.querySelector(tag)), tag);
  await asks(page, headlines[1]);
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), ["delineate"]);
  assert.equal(await page.evaluate((tag) => document.querySelector(tag).shadowRoot.querySelectorAll(".frame").length, tag), 1);
  await finish();
});

test("without storage, answers still come back with the element", async () => {
  const { page, finish } = await open({ body: `<${tag} storage-key="none"></${tag}>${script}` });
  await begin(page);
  await answerItem(page, headlines[0], 2);
  await page.evaluate((tag) => document.body.prepend(document.querySelector(tag)), tag);
  await asks(page, headlines[1]);
  assert.equal(await page.evaluate(() => localStorage.length), 0, "nothing is kept on the device");
  await finish();
});

test("an element taken away while it loads stops without a word", async () => {
  const { page, finish } = await open({ body: script });
  await page.waitForFunction((tag) => customElements.get(tag), tag);
  await page.evaluate(async (tag) => {
    for (let time = 0; time < 20; time += 1) {
      const element = document.createElement(tag);
      element.loading = "eager";
      document.body.append(element);
      await new Promise((resolve) => setTimeout(resolve, time * 4));
      element.remove();
    }
  }, tag);
  await page.waitForTimeout(300);
  assert.equal(await page.locator(tag).count(), 0);
  await finish();
});

test("the script twice, and an element made late, are harmless", async () => {
  // The same script once more, under another address, as on a page made of two templates.
  const copy = "copy/delineate.js";
  const { page, requests, finish } = await open({ policy: "", body: one + script + script }, { allowOwn: [copy] });
  await page.route(`**/${copy}`, async (route) => route.fulfill({ response: await route.fetch({ url: `${server.address}delineate.js` }) }));
  await ready(page);
  await page.evaluate((tag) => document.body.append(document.createElement(tag)), tag);
  await ready(page, 1);
  await page.evaluate((tag) => (window.first = customElements.get(tag)), tag);
  await page.addScriptTag({ url: `/${copy}`, type: "module" });
  await page.evaluate((tag) => document.body.append(Object.assign(document.createElement(tag), { loading: "eager" })), tag);
  await ready(page, 2);
  const own = await page.evaluate((tag) => [...document.querySelectorAll(tag)].map((element) => element.constructor === window.first), tag);
  assert.deepEqual(own, [true, true, true], "the first script's element stays");
  await page.waitForTimeout(200);
  for (const check of await page.locator(tag).all()) {
    await button(check, "quick.begin").waitFor();
    assert.equal(await check.locator("css=.frame").count(), 1);
  }
  // Neither script fetches a file again: the second one's own copies would stand beside it.
  const paths = requests.map((request) => new URL(request.url()).pathname);
  assert.equal(new Set(paths).size, paths.length, `fetched twice: ${paths}`);
  assert.deepEqual(paths.filter((path) => path.startsWith("/copy/")), [`/${copy}`]);
  await finish();
});

test("a property set before the element is defined is not lost", async () => {
  const { page, finish } = await open({ policy: "", body: one });
  await page.evaluate((tag) => {
    document.querySelector(tag).mode = "full";
  }, tag);
  await page.addScriptTag({ url: "/delineate.js", type: "module" });
  await button(page, "full.begin").waitFor();
  assert.equal(await button(page, "quick.begin").count(), 0);
  await finish();
});

test("nothing is fetched but the small script until the element is near; then nothing jumps", async () => {
  const { page, requests, finish } = await open({
    policy: "",
    head: '<link rel="stylesheet" href="/host.css"><style>body{margin:0}.far{height:3000px}</style>',
    body: `<div class="far">Far above</div>${one}<p>Below the check.</p>${script}`,
  });
  const fetched = () => requests.map((request) => new URL(request.url()).pathname).filter((path) => path !== "/host");
  await page.waitForFunction((tag) => customElements.get(tag), tag);
  await page.waitForTimeout(300);
  assert.deepEqual(fetched(), ["/host.css", "/delineate.js"]);
  await page.evaluate(() => {
    window.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.evaluate(() => window.scrollTo(0, 2600));
  await ready(page);
  await page.waitForTimeout(300);
  assert.equal(await page.evaluate(() => window.shift), 0);
  await finish();
});

/** Where checks stand on a page, and how large its window is. All are in sight before they arrive: what is out of sight counts for nothing. */
const places = {
  ...Object.fromEntries([320, 768, 1280].map((width) => [`at the top of a page of ${width} px`, [one, { width, height: 800 }]])),
  "in a narrow column beside a text": [
    `<div style="display:grid;grid-template-columns:300px 1fr"><div>${one}<p>Below.</p></div><p>What the host has to say.</p></div>`,
    { width: 1280, height: 1000 },
  ],
  "where two stand one below the other": [one + one, { width: 1280, height: 2400 }],
};
for (const [where, [body, viewport]] of Object.entries(places)) {
  test(`${where} nothing jumps when the check arrives`, inChromium(SHIFTS), async () => {
    const { page, finish } = await visit(browser, server.address, { viewport });
    await hostPage(page, server.address, {
      policy: "",
      head: '<link rel="stylesheet" href="/host.css"><style>body{margin:0}</style>',
      body: `${body}<p>Below the check.</p><p>And more.</p>${script}`,
    });
    await page.addInitScript(() => {
      window.shift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.shift += entry.value;
      }).observe({ type: "layout-shift", buffered: true });
    });
    for (const [file, wait] of [["**/en.first.json", 300], ["**/*.wasm", 600]]) {
      await page.route(file, async (route) => {
        await new Promise((resolve) => setTimeout(resolve, wait));
        await route.continue();
      });
    }
    await page.goto(`${server.address}host`, { waitUntil: "commit" });
    await page.getByText("What is read before.").first().waitFor();
    const all = await page.locator(tag).evaluateAll((checks) => checks.map((check) => check.getBoundingClientRect().top < innerHeight));
    assert.ok(all.every((seen) => seen), "a check out of sight");
    for (const index of all.keys()) await ready(page, index);
    await page.waitForTimeout(300);
    assert.equal(await page.evaluate(() => window.shift), 0);
    await finish();
  });
}

test("loading=eager fetches at once, and start() does too", async () => {
  const far = { policy: "", head: "<style>.far{height:5000px}</style>" };
  const eager = await open({ ...far, body: `<div class="far"></div><${tag} loading="eager"></${tag}>${script}` });
  await ready(eager.page);
  await eager.finish();
  const called = await open({ ...far, body: `<div class="far"></div>${one}${script}` });
  await called.page.waitForFunction((tag) => customElements.get(tag), tag);
  await called.page.evaluate((tag) => document.querySelector(tag).start("full"), tag);
  await called.page.getByRole("heading", { name: say("seat.question") }).waitFor();
  await called.finish();
});

test("the host is told only what the visitor allows", async () => {
  const seen = await visit(browser, server.address);
  const { page, finish } = seen;
  await listen(page);
  await hostPage(page, server.address, { body: `<${tag} consent="scores"></${tag}>${script}` });
  await page.goto(`${server.address}host`);
  await begin(page);
  await quickly(page, 3);
  await button(page, "review.results").click();
  await page.getByText(say("share.title")).waitFor();
  const names = async () => [...new Set(await page.evaluate(() => window.told.map(([name]) => name)))];
  assert.deepEqual(await names(), ["ready", "start", "progress", "complete"]);
  const details = await page.evaluate(() => window.told.map(([, detail]) => detail));
  for (const detail of details) assert.ok(Object.keys(detail).length === 0 || JSON.stringify(detail) === '{"consent":"none"}', JSON.stringify(detail));
  const result = () => page.evaluate((tag) => document.querySelector(tag).getResult(), tag);
  assert.deepEqual(await result(), { consent: "none" });
  await page.getByRole("checkbox", { name: say("share.scores") }).check();
  await page.waitForFunction(() => window.told.at(-1)[1].consent === "scores");
  const told = await result();
  assert.equal(told.score, 88);
  assert.equal(told.band, "sharp");
  assert.equal(told.response, undefined, "answers were not allowed");
  assert.deepEqual(Object.keys(told.steps).sort(), instrument.steps.map((step) => step.id).sort());
  // The host asks for more than the visitor allowed: the switch goes off.
  await page.evaluate((tag) => (document.querySelector(tag).consent = "answers"), tag);
  const answers = page.getByRole("checkbox", { name: say("share.answers") });
  await answers.waitFor();
  assert.deepEqual(await result(), { consent: "none" });
  await answers.check();
  await page.waitForFunction(() => window.told.at(-1)[1].consent === "answers");
  const { response: given } = await result();
  assert.deepEqual(given.items, Object.fromEntries(headlines.map((item) => [item, { level: 3 }])));
  // What a host was given, the check takes again.
  await page.evaluate(([tag, given]) => document.querySelector(tag).load(given), [tag, given]);
  assert.deepEqual((await kept(page)).items, given.items);
  await finish();
});

test("a host without a wish is told nothing, and the visitor is asked nothing", async () => {
  const { page, finish } = await open({ body: one + script });
  await begin(page);
  await answerItem(page, headlines[0], 3);
  assert.equal(await page.getByText(say("share.title")).count(), 0);
  assert.deepEqual(await page.evaluate((tag) => document.querySelector(tag).getResult(), tag), { consent: "none" });
  await finish();
});

test("methods: load, reset and start, from within a listener too", async () => {
  const { page, finish } = await open({ body: one + script });
  await ready(page);
  const response = {
    format: "delineate-response", version: 1, content: { id: instrument.id, version: instrument.version },
    respondent: { seat: "cto", structure: "two" }, full_steps: [], items: { [headlines[0]]: { level: 2 } }, domains: {},
  };
  await begin(page);
  await answerItem(page, headlines[0], 4);
  await page.evaluate(([tag, response]) => document.querySelector(tag).load(response), [tag, response]);
  await button(page, "resume.continue").waitFor();
  const kept = await page.evaluate(() => ({ ...localStorage }));
  assert.deepEqual(JSON.parse(kept.delineate).items, { [headlines[0]]: { level: 2 } });
  assert.deepEqual(JSON.parse(kept["delineate.aside-1"]).items, { [headlines[0]]: { level: 4 } }, "what was there is set aside");
  const refused = await page.evaluate(
    ([tag]) => document.querySelector(tag).load("{}").then(() => "taken", (error) => error.message), [tag],
  );
  assert.match(refused, /not a response document/);
  await page.evaluate((tag) => {
    const element = document.querySelector(tag);
    element.addEventListener("progress", () => element.reset(), { once: true });
    return element.start();
  }, tag);
  await asks(page, headlines[1]);
  await button(page, "ways.back").click();
  await asks(page, headlines[0]);
  await page.getByRole("radio").first().click();
  await button(page, "quick.begin").waitFor();
  assert.equal(await page.evaluate(() => localStorage.length), 0);
  await finish();
});

test("load() fails where the answers that are there cannot be set aside, and they stay", async () => {
  const { page, finish } = await visit(browser, server.address);
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("denied", "SecurityError");
      },
    });
  });
  await hostPage(page, server.address, { body: one + script });
  await page.goto(`${server.address}host`);
  const load = (level) =>
    page.evaluate(
      ([tag, response]) => document.querySelector(tag).load(response).then(() => "taken", (error) => error.message),
      [tag, response({ level })],
    );
  await begin(page);
  await answerItem(page, headlines[0], 4);
  await asks(page, headlines[1]);
  assert.equal(await load(2), "the present answers cannot be set aside");
  await asks(page, headlines[1]);
  await button(page, "ways.back").click();
  await page.getByRole("radio").nth(4).and(page.locator(":checked")).waitFor();
  // With nothing to lose, answers are taken all the same.
  await page.evaluate((tag) => document.querySelector(tag).reset(), tag);
  await button(page, "quick.begin").waitFor();
  assert.equal(await load(2), "taken");
  await button(page, "resume.continue").waitFor();
  await finish();
});

test("content that asks no more in a full check offers none", async () => {
  const pack = example("chair-and-chief-executive.json");
  const { page, finish } = await visit(browser, server.address, { allowOwn: ["pack.json"] });
  await packPage(page, (route) => route.fulfill({ json: pack }));
  await hostPage(page, server.address, { body: `<${tag} content="/pack.json"></${tag}>${script}` });
  await page.goto(`${server.address}host`);
  await page.locator(".choice").nth(1).waitFor();
  for (const step of pack.instrument.steps) {
    for (const gone of step.items.splice(1)) delete pack.steps[step.id].items[gone];
  }
  pack.instrument.scoring.contradictions = [];
  await page.reload();
  const quick = page.getByRole("heading", { name: pack.interface["quick.title"] ?? say("quick.title") });
  await quick.waitFor();
  assert.equal(await page.locator(".choice").count(), 1);
  await page.evaluate((tag) => document.querySelector(tag).setAttribute("mode", "full"), tag);
  await page.waitForTimeout(200);
  assert.ok(await quick.isVisible());
  await finish();
});

test("what a host sets badly is left out, named in the console, and the check works", async () => {
  const { page, complaints, finish } = await open(
    {
      body: `<${tag} lang="xx" mode="slow" consent="all" theme="pink" loading="soon" cta-href="javascript:alert(1)" cta-label="Go"
        benchmark='{"mean": 50}'></${tag}>${script}`,
    },
    { allowConsole: [/left out a setting/] },
  );
  await begin(page);
  for (const name of ["lang", "mode", "consent", "theme", "loading", "cta-href", "benchmark/n"]) await complained(complaints, `/${name}: `);
  await finish();
});

/** What a careless template or a hostile editor may leave in an attribute. */
const hostileValues = {
  markup: '"><img src=x onerror=alert(1)>',
  "a hundred thousand characters": "x".repeat(100_000),
  "a hundred thousand brackets": "[".repeat(50_000) + "]".repeat(50_000),
  "the name of every object's prototype": "__proto__",
};
/** What is said of such a value by each attribute that takes only some; `cta-label` takes any short text. */
const leftOut = {
  lang: "/lang: there are", mode: "/mode: expected", consent: "/consent: expected", theme: "/theme: expected",
  loading: "/loading: expected", "cta-href": "/cta-href: a link begins with", benchmark: "/benchmark/n: expected",
};
/** An attribute as HTML. */
const written = (name, value) => `${name}="${value.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}"`;

/** A page without a policy, where nothing but the check itself keeps a script from running; and what to make sure of in the end. */
const unguarded = async (body, options) => {
  const seen = await visit(browser, server.address, { allowConsole: [/left out a setting/], ...options });
  const dialogs = [];
  seen.page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    return dialog.dismiss();
  });
  await hostPage(seen.page, server.address, { policy: "", body });
  const harmless = async () => {
    assert.deepEqual(dialogs, [], "a script has run");
    const made = (checks) => checks.map((check) => check.shadowRoot.querySelectorAll("img, script, [onerror]").length);
    for (const count of await seen.page.locator(tag).evaluateAll(made)) assert.equal(count, 0, "a value has become an element");
    await seen.finish();
  };
  return { ...seen, harmless };
};

for (const [what, value] of Object.entries(hostileValues)) {
  test(`with ${what} in every attribute the check works, and says what it left out`, async () => {
    const attributes = [...Object.keys(leftOut), "cta-label", "storage-key"].map((name) => written(name, value)).join(" ");
    const { page, complaints, harmless } = await unguarded(`<${tag} ${attributes}></${tag}>${script}`);
    await page.goto(`${server.address}host`);
    await begin(page);
    for (const line of Object.values(leftOut)) await complained(complaints, line);
    const long = complaints.filter((line) => line.length > 200);
    assert.deepEqual(long.map((line) => line.slice(0, 200)), [], "a value is said again at length");
    await answerItem(page, headlines[0], 2);
    await asks(page, headlines[1]);
    // Asked by its methods: as a property of the storage such a name may not show.
    const [stored, all] = await page.evaluate((name) => [localStorage.getItem(name), localStorage.length], value);
    assert.equal(all, 1);
    assert.deepEqual(JSON.parse(stored)?.items, { [headlines[0]]: { level: 2 } }, "the answers are not under the name that the host gave");
    await page.goBack();
    await asks(page, headlines[0]);
    await harmless();
  });
}

test("a hostile value that is set while the check begins, or while it runs, is left out too", async () => {
  const { page, complaints, harmless } = await unguarded(`<${tag} cta-href="https://example.org" cta-label="Go"></${tag}>${script}`);
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route("**/*.wasm", (route) => held.then(() => route.continue()));
  const set = (name, value) => page.locator(tag).evaluate((element, [name, value]) => element.setAttribute(name, value), [name, value]);
  await page.goto(`${server.address}host`);
  // The first screens, which obey one attribute before the wasm is there.
  await page.locator(tag).locator("css=.frame").waitFor();
  for (const value of Object.values(hostileValues)) {
    await set("mode", value);
    await button(page, "quick.begin").waitFor();
  }
  assert.deepEqual(complaints, [], "there is nobody yet to complain");
  release();
  await page.locator(`${tag}[data-ready]`).waitFor();
  await begin(page);
  await answerItem(page, headlines[0], 2);
  for (const value of Object.values(hostileValues)) {
    // What was said of the one before is no answer to this one.
    assert.deepEqual(complaints.splice(0).filter((line) => !line.includes("left out a setting")), []);
    for (const name of Object.keys(leftOut)) await set(name, value);
    for (const line of Object.values(leftOut)) await complained(complaints, line);
    await asks(page, headlines[1]);
  }
  await harmless();
});

test("a hostile value as the address of content leaves the calm sentence", async () => {
  const values = Object.values(hostileValues);
  const paths = values.map((value) => new URL(value, `${server.address}host`).pathname);
  const body = values.map((value) => `<${tag} loading="eager" ${written("content", value)}><p>What is read before.</p></${tag}>`).join("");
  const { page, complaints, harmless } = await unguarded(body + script, {
    allowConsole: [/could not start: .*: HTTP 404$|Failed to load resource/], allowOwn: paths.map((path) => path.slice(1)),
  });
  await page.route((url) => paths.includes(url.pathname), (route) => route.fulfill({ status: 404, body: "" }));
  await page.goto(`${server.address}host`);
  for (const index of values.keys()) {
    const check = page.locator(tag).nth(index);
    await check.getByText(say("notice.not_started")).waitFor();
    assert.ok(await check.getByText("What is read before.").isVisible());
  }
  for (const value of values) await complained(complaints, `could not start: ${value}: HTTP 404`);
  await harmless();
});

test("call to action, benchmark and theme stand where the host wants them", async () => {
  const { page, finish } = await open(
    {
      body: `<${tag} theme="dark" mode="quick" cta-href="https://example.org/talk" cta-label="Talk it over with us"
        benchmark='{"n": 40, "mean": 55, "sd": 14, "source": "Our clients", "date": "2026"}'></${tag}>${script}`,
    },
    { colorScheme: "light" },
  );
  await button(page, "quick.begin").waitFor();
  assert.equal(await button(page, "full.begin").count(), 0);
  const paper = await page.locator(".delineate").evaluate((stage) => getComputedStyle(stage).colorScheme);
  assert.equal(paper, "dark");
  await begin(page);
  await quickly(page, 3);
  await button(page, "review.results").click();
  const link = page.getByRole("link", { name: "Talk it over with us" });
  assert.equal(await link.getAttribute("href"), "https://example.org/talk");
  await page.getByText(say("benchmark.spread", { mean: 55, sd: 14, n: 40, source: "Our clients", date: "2026" })).waitFor();
  await axe(page, "a host's settings, dark");
  await finish();
});

test("whatever colours a host picks, every text keeps its contrast", async () => {
  const { page, finish } = await open({ policy: "", body: one + script });
  await ready(page);
  const colours = ["#ffff00", "#00ff00", "#ff0000", "#0000ff", "#00ffff", "#ff00ff", "#ffffff", "#000000", "#777777", "banana", "rgb(12 200 90)", "oklch(0.9 0.4 120)", "#0a7d4f20", "transparent", "rgb(250 250 0 / 0.1)"];
  const failures = await page.evaluate(
    ([tag, colours]) => {
      const element = document.querySelector(tag);
      const stage = element.shadowRoot.querySelector(".delineate");
      const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
      const luminance = (colour) => {
        context.clearRect(0, 0, 1, 1);
        context.fillStyle = colour;
        context.fillRect(0, 0, 1, 1);
        const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data;
        // Of what shines through, nobody can tell the contrast.
        if (alpha < 255) return NaN;
        const channels = [red, green, blue].map((value) => {
          const share = value / 255;
          return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2];
      };
      const contrast = (a, b) => {
        const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
        return (high + 0.05) / (low + 0.05);
      };
      const probe = document.createElement("i");
      stage.append(probe);
      const value = (name) => {
        probe.style.color = `var(${name})`;
        return getComputedStyle(probe).color;
      };
      const pairs = [
        ["--ink", "--paper", 4.5], ["--muted", "--paper", 4.5], ["--ink", "--raised", 4.5], ["--muted", "--raised", 4.5],
        ["--accent", "--paper", 4.5], ["--accent", "--raised", 4.5], ["--on-accent", "--accent", 4.5], ["--ink", "--tint", 4.5],
        ["--muted", "--tint", 4.5], ["--alarm", "--paper", 4.5], ["--control", "--paper", 3], ["--control", "--raised", 3],
        ["--accent", "--tint", 4.5], ["--alarm", "--raised", 4.5], ["--alarm", "--alarm-tint", 4.5], ["--second", "--raised", 4.5],
        ["--first", "--paper", 3], ["--second", "--paper", 3], ["--shared", "--paper", 3],
      ];
      const random = Array.from({ length: 60 }, (_, index) => `hsl(${index * 37} ${40 + ((index * 13) % 61)}% ${(index * 29) % 101}%)`);
      const bad = [];
      for (const theme of ["light", "dark"]) {
        element.setAttribute("theme", theme);
        for (const accent of [...colours, ...random]) {
          for (const paper of ["", ...colours, accent]) {
            element.style.setProperty("--delineate-accent", accent);
            element.style.setProperty("--delineate-paper", paper);
            for (const [text, ground, least] of pairs) {
              const found = contrast(value(text), value(ground));
              if (!(found >= least)) bad.push(`${theme} ${accent} on ${paper}: ${text} on ${ground} ${found.toFixed(2)}`);
            }
          }
        }
      }
      probe.remove();
      return bad;
    },
    [tag, colours],
  );
  assert.deepEqual(failures.slice(0, 10), [], `${failures.length} pairs`);
  await finish();
});

test("fonts, roundness and parts are the host's, and nothing else is", async () => {
  const head = `<style>
    ${tag} { --delineate-font: "Courier New"; --delineate-heading-font: cursive; --delineate-radius: 0px }
    ${tag}::part(title) { letter-spacing: 2px } ${tag}::part(primary) { text-transform: uppercase } ${tag}::part(nothing) { color: red }
  </style>`;
  const { page, finish } = await open({ policy: "", body: one + script, head });
  await ready(page);
  const style = (part, name) => page.locator(part).first().evaluate((element, name) => getComputedStyle(element)[name], name);
  assert.equal(await style(".lede", "fontFamily"), '"Courier New"');
  assert.equal(await style(".title", "fontFamily"), "cursive");
  assert.equal(await style(".choice .primary", "borderRadius"), "0px");
  assert.equal(await style(".title", "letterSpacing"), "2px");
  assert.equal(await style(".lede", "letterSpacing"), "normal");
  assert.equal(await style(".choice .primary", "textTransform"), "uppercase");
  await finish();
});

/** Pages of the check beyond the first, by their names in the history, each with a part that shows it is there to the end. */
const deeper = { [`item:${headlines[0]}`]: ".question .option", [`map:${instrument.domain_groups[0]}`]: ".map .tally", results: ".desk-parts" };

test("a hostile stylesheet changes nothing inside, nor does a page in quirks mode", async () => {
  const body = room(one) + script;
  const seen = async (host, act) => {
    const { page, finish } = await open({ policy: "", body, ...host }, { reducedMotion: "reduce" });
    await ready(page);
    const found = { start: await looks(page) };
    await act(page);
    await page.evaluate((answers) => localStorage.setItem("delineate", answers), JSON.stringify(response({ level: 1 })));
    // What the mouse is over looks different.
    await page.mouse.move(1270, 10);
    for (const [id, part] of Object.entries(deeper)) {
      await page.evaluate(
        ([tag, id]) => {
          history.replaceState({ delineate: id }, "");
          document.querySelector(tag).replaceWith(document.createElement(tag));
          scrollTo(0, 0);
        },
        [tag, id],
      );
      await page.locator(part).first().waitFor();
      found[id] = await drawing(page);
    }
    await finish();
    return found;
  };
  const expected = await seen({}, () => {});
  for (const [id, least] of [["start", 7], [`item:${headlines[0]}`, 20], [`map:${instrument.domain_groups[0]}`, 50], ["results", 300]]) {
    assert.ok(expected[id].length >= least, `${id} has only ${expected[id].length} parts to compare`);
  }
  for (const host of [{ head: `<style>${hostile}</style>` }, { doctype: "" }, { doctype: "", head: `<style>${hostile}</style>` }]) {
    const found = await seen(host, async (page) => {
      await begin(page);
      await answerItem(page, headlines[0], 2);
    });
    for (const [id, parts] of Object.entries(expected)) {
      const others = found[id].filter((part, index) => part !== parts[index]);
      assert.deepEqual(others.slice(0, 5), parts.filter((part, index) => part !== found[id][index]).slice(0, 5), `${id}: ${others.length} parts`);
      assert.equal(found[id].length, parts.length, id);
    }
  }
});

test("on a page that is written from right to left, the check keeps the direction of its language and is whole", async () => {
  const { page, finish } = await open({ html: 'dir="rtl"', body: one + script });
  await ready(page);
  assert.equal(await page.locator(".delineate").evaluate((stage) => getComputedStyle(stage).direction), "ltr");
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(wide, 0);
  await axe(page, "right to left");
  await finish();
});

// A host's own content.
const words = { format: "delineate-pack", version: 1, interface: { "start.title": "Wer <b>macht</b> was?" } };
const packPage = (page, answer) => page.route("**/pack.json", answer);

test("a host's own words, from an address and from within the element, are text and nothing but text", async () => {
  for (const how of ["address", "inline"]) {
    const seen = await visit(browser, server.address, { allowOwn: ["pack.json"] });
    const { page, finish } = seen;
    await packPage(page, (route) => route.fulfill({ json: words }));
    const body =
      how === "address"
        ? `<${tag} content="/pack.json"></${tag}>`
        : `<${tag}><script type="application/json">${JSON.stringify(words).replaceAll("<", "\\u003c")}</script></${tag}>`;
    await hostPage(page, server.address, { body: body + script });
    await page.goto(`${server.address}host`);
    await page.getByRole("heading", { name: words.interface["start.title"] }).waitFor();
    await begin(page);
    await answerItem(page, headlines[0], 2);
    await finish();
  }
});

test("script, wasm, texts and a pack may come from another origin that lets them, and a pack that is not let in says so", async () => {
  const elsewhere = server.address.replace("127.0.0.1", "localhost");
  const from = new URL(elsewhere).origin;
  for (const lets of [true, false]) {
    const { context, page, complaints } = await visit(browser, server.address);
    await page.route(`${elsewhere}**`, async (route) => {
      const pack = route.request().url().endsWith("pack.json");
      // Without any such header the driver would add one.
      const headers = { "access-control-allow-origin": pack && !lets ? "https://somebody.example" : "*" };
      if (pack) return route.fulfill({ json: words, headers });
      const response = await route.fetch();
      return route.fulfill({ response, headers: { ...response.headers(), ...headers } });
    });
    const policy = `default-src 'none'; script-src ${from} 'wasm-unsafe-eval'; style-src ${from}; connect-src ${from}`;
    const body = `<${tag} content="${elsewhere}pack.json"><p>What is read before.</p></${tag}><script type="module" src="${elsewhere}delineate.js"></script>`;
    await hostPage(page, server.address, { policy, body });
    await page.goto(`${server.address}host`);
    if (lets) {
      await page.getByRole("heading", { name: words.interface["start.title"] }).waitFor();
      await begin(page);
      await answerItem(page, headlines[0], 2);
      assert.deepEqual(complaints, []);
    } else {
      await page.getByText(say("notice.not_started")).waitFor();
      assert.ok(await page.getByText("What is read before.").isVisible());
      await complained(complaints, "could not start");
      // Of this WebKit itself tells, and its driver does not pass it on.
      if (engine !== "webkit") await complained(complaints, "CORS");
    }
    // Files that nobody waits for may still be under way.
    await page.unrouteAll({ behavior: "ignoreErrors" });
    await context.close();
  }
});

for (const [what, file] of Object.entries({ "a host's own content": "pack.json", "what judges it": "delineate.pack.wasm" })) {
  test(`an element taken away while it waits for ${what} says nothing when that arrives, and works when it is put back`, async () => {
    const { page, requests, finish } = await visit(browser, server.address, { allowOwn: ["pack.json"] });
    await page.addInitScript(() => {
      window.told = [];
      window.addEventListener("unhandledrejection", ({ reason }) => window.told.push(`unhandled: ${reason}`));
    });
    await packPage(page, (route) => route.fulfill({ json: words }));
    let release;
    const held = new Promise((resolve) => (release = resolve));
    // Only the first time; what was asked for by an element that left may be called off.
    const hold = (route) => held.then(() => route.fallback()).catch(() => {});
    await page.route(`**/${file}`, hold, { times: 1 });
    await hostPage(page, server.address, { body: `<${tag} content="/pack.json"><p>What is read before.</p></${tag}>${script}` });
    const wanted = page.waitForRequest(`**/${file}`);
    await page.goto(`${server.address}host`);
    await wanted;
    // By then all else is there, and the element waits for nothing but this.
    await page.waitForTimeout(300);
    await page.evaluate((tag) => {
      window.gone = document.querySelector(tag);
      for (const name of ["error", "ready"]) window.gone.addEventListener(name, () => window.told.push(name));
      window.gone.remove();
    }, tag);
    release();
    await page.waitForTimeout(300);
    assert.deepEqual(await page.evaluate(() => window.told), []);
    assert.equal(await page.evaluate(() => window.gone.shadowRoot.querySelectorAll(".delineate, [role=status]").length), 0, "it is drawn where nobody sees it");
    await page.evaluate(() => document.querySelector("main").append(window.gone));
    await page.getByRole("heading", { name: words.interface["start.title"] }).waitFor();
    await begin(page);
    await answerItem(page, headlines[0], 2);
    assert.deepEqual(await page.evaluate(() => window.told), ["ready"]);
    const asked = requests.map((request) => new URL(request.url()).pathname).filter((path) => path === "/pack.json");
    assert.equal(asked.length, 2, "the content is asked for anew");
    await finish();
  });
}

const example = (name) => JSON.parse(readFileSync(path.join(root, "examples/packs", name), "utf8"));

test("a house style brings its name, colours, words and benchmark", async () => {
  const pack = example("house-style.json");
  const { page, finish } = await visit(browser, server.address, { allowOwn: ["pack.json"] });
  await packPage(page, (route) => route.fulfill({ json: pack }));
  await hostPage(page, server.address, { body: `<${tag} content="/pack.json" mode="quick"></${tag}>${script}` });
  await page.goto(`${server.address}host`);
  await page.getByRole("heading", { name: pack.interface["start.title"] }).waitFor();
  await page.getByText(pack.interface.brand, { exact: true }).waitFor();
  const accent = await page.locator(tag).evaluate((element) => getComputedStyle(element).getPropertyValue("--delineate-accent"));
  assert.equal(accent, "rgb(15, 92, 76)");
  await page.getByRole("button", { name: pack.interface["quick.begin"] }).click();
  await page.getByRole("radio").first().check();
  await button(page, "ways.next").click();
  await page.getByRole("radio").first().check();
  await button(page, "ways.next").click();
  await quickly(page, 3);
  await button(page, "review.results").click();
  const { mean, sd, n, source, date } = pack.benchmark;
  await page.getByText(say("benchmark.spread", { mean, sd, n, source, date })).waitFor();
  await axe(page, "a house style");
  await finish();
});

test("quite different roles are asked, scored and kept under their own name, and nothing speaks of ours", async () => {
  const pack = example("chair-and-chief-executive.json");
  const { page, finish } = await visit(browser, server.address, { allowOwn: ["pack.json"] });
  await packPage(page, (route) => route.fulfill({ json: pack }));
  await hostPage(page, server.address, { body: `<${tag} content="/pack.json" mode="full"></${tag}>${script}` });
  await page.goto(`${server.address}host`);
  await page.locator(".choice button").click();
  const pages = [];
  for (;;) {
    const title = await page.locator("h2.title").textContent();
    await entire(page);
    pages.push(await page.locator(".frame").innerText());
    if (await page.locator(".review").count()) break;
    for (const group of await page.getByRole("group").filter({ has: page.getByRole("radio") }).all()) {
      await group.getByRole("radio").first().check();
    }
    await page.locator(".ways .primary, .ways button[type=submit]").last().click();
    await page.waitForFunction(
      ([tag, title]) => document.querySelector(tag).shadowRoot.querySelector("h2.title").textContent !== title,
      [tag, title],
    );
  }
  await page.locator(".ways .primary").click();
  await page.locator(".results .score strong").waitFor();
  await page.getByText(say("files.title"), { exact: true }).waitFor();
  pages.push(await page.locator(".frame").innerText());
  for (const text of pages) assert.doesNotMatch(text, /\bC[TI]O\b|\{\w+\}/);
  const keys = await page.evaluate(() => Object.keys(localStorage));
  assert.deepEqual(keys, [`delineate-${pack.instrument.id}`]);
  await axe(page, "other roles");
  await finish();
});

/** What is wrong with a pack, and what of it the console names. */
const unreadable = {
  "is not there": [(route) => route.fulfill({ status: 404, body: "" }), "HTTP 404"],
  "is no JSON": [(route) => route.fulfill({ body: "<html>" }), "line 1"],
  "breaks a rule": [(route) => route.fulfill({ json: { ...words, interface: { "no.such.text": "x" } } }), "/interface/no.such.text"],
  "is no pack": [(route) => route.fulfill({ json: [] }), "a pack is a JSON object"],
  "has five million bytes": [(route) => route.fulfill({ json: { ...words, interface: { "start.title": "x".repeat(5_000_000) } } }), "1000000 bytes"],
  "cannot be reached": [(route) => route.abort(), engine === "webkit" ? "Load failed" : "fetch"],
  "never comes": [() => {}, engine === "webkit" ? "aborted" : "timed out"],
};
for (const [name, [answer, reason]] of Object.entries(unreadable)) {
  test(`a pack that ${name} leaves a calm sentence, the host's own words, and the reason in the console`, async () => {
    const seen = await visit(browser, server.address, { allowOwn: ["pack.json"], allowConsole: [/could not start|Failed to load resource/] });
    const { page, complaints, finish } = seen;
    await page.addInitScript((never) => {
      window.failures = [];
      document.addEventListener("error", (event) => event.detail && window.failures.push(event.detail), true);
      if (!never) return;
      // A test has less patience.
      const later = window.setTimeout;
      window.setTimeout = (act, time, ...given) => later(act, time === 20_000 ? 500 : time, ...given);
    }, name === "never comes");
    await packPage(page, answer);
    await hostPage(page, server.address, { body: `<${tag} content="/pack.json"><p>What is read before.</p></${tag}>${script}` });
    await page.goto(`${server.address}host`);
    await page.getByText(say("notice.not_started")).waitFor();
    assert.ok(await page.getByText("What is read before.").isVisible());
    await complained(complaints, "could not start");
    const failures = await page.evaluate(() => window.failures);
    assert.equal(failures.length, 1);
    assert.equal(failures[0].phase, "start");
    assert.ok(failures[0].message.includes(reason), failures[0].message);
    await complained(complaints, reason);
    await axe(page, "a pack that cannot be read");
    await finish();
  });
}
