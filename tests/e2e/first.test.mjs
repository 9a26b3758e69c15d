// The first screens, before the wasm is there: read, used, and taken over by the check without a jump.
import assert from "node:assert/strict";
import { test } from "node:test";
import { answerItem, asks, axe, begin, button, headlines, hostPage, inChromium, kept, report, say, script, SHIFTS, staged, visit } from "./support.mjs";

const { server, browser } = await staged();

const tag = "role-clarity-check";

/** Opens a page on which the wasm comes only when it is let go. `seed` runs before the page's own scripts. */
const open = async ({ options, seed, host, script: own = script, attributes = "", pack } = {}) => {
  const seen = await visit(browser, server.address, options);
  const { page } = seen;
  let release;
  const gate = new Promise((resolve) => (release = resolve));
  await page.route("**/*.wasm", async (route) => {
    await gate;
    await route.continue();
  });
  await page.addInitScript(() => {
    window.shifts = [];
    window.told = [];
    new PerformanceObserver((list) => {
      for (const { value, sources } of list.getEntries()) window.shifts.push([value, sources.map(({ node }) => node?.className ?? "")]);
    }).observe({ type: "layout-shift", buffered: true });
    for (const name of ["ready", "start", "progress"]) {
      window.addEventListener(name, (event) => event instanceof CustomEvent && window.told.push(name));
    }
  });
  if (seed) await page.addInitScript(seed);
  if (pack) await page.route("**/pack.json", (route) => route.fulfill({ json: pack }));
  await hostPage(page, server.address, {
    head: '<link rel="stylesheet" href="/host.css">',
    body: `<${tag} ${attributes}><p>What is read before.</p></${tag}><p>Below the check.</p>${own}`,
    ...host,
  });
  await page.goto(`${server.address}host`);
  const isReady = () => page.locator(tag).evaluate((element) => element.hasAttribute("data-ready"));
  const takeOver = async () => {
    assert.equal(await isReady(), false, "the check was there too early for this test");
    release();
    await page.locator(`${tag}[data-ready]`).waitFor();
  };
  return { ...seen, isReady, takeOver, release };
};

const focused = (page) =>
  page.evaluate(() => {
    const { activeElement } = document.activeElement.shadowRoot ?? document;
    return activeElement.value || activeElement.className || activeElement.nodeName;
  });

/** What is drawn, without what cannot be seen: elements, their attributes and texts, and which choices are made. */
const drawn = (page) =>
  page.locator(tag).evaluate((element) => {
    const one = (node) => {
      if (node.nodeType === Node.TEXT_NODE) return node.data;
      const attributes = [...node.attributes].map(({ name, value }) => `${name}=${value}`).filter((text) => !text.startsWith("checked") && text !== "style=").sort();
      return [node.localName, attributes, node.checked, [...node.childNodes].map(one).filter((child) => child !== "")];
    };
    // WebKit keeps the attribute for styles when the last of them is gone.
    return JSON.stringify(one(element.shadowRoot.querySelector(".delineate")));
  });

const choose = (page, label) => page.getByRole("radio", { name: label }).check();
const chosen = (page, label) => page.getByRole("radio", { name: label }).isChecked();

for (const width of [320, 1280]) {
  test(`every screen up to the first item, at ${width} px, is what the check draws, and the check takes its place without a jump`, async () => {
    const ways = [
      [],
      ["quick.begin"],
      ["full.begin", "seat"],
      ["full.begin", "seat", "ways.next"],
      ["quick.begin", "ways.skip", "structure"],
      ["quick.begin", "seat", "ways.next", "ways.back"],
      ["quick.begin", "seat", "ways.next", "ways.back", "ways.back"],
    ];
    const go = async (page, way) => {
      for (const step of way) {
        if (step === "seat") await choose(page, report.seats.cto);
        else if (step === "structure") await choose(page, report.structures.one.label);
        else await button(page, step).click();
      }
    };
    for (const way of ways) {
      const options = { viewport: { width, height: 800 } };
      const early = await open({ options });
      await early.page.locator(tag).locator("css=.frame").waitFor();
      await go(early.page, way);
      const before = await drawn(early.page);
      const focus = await focused(early.page);
      await early.page.waitForTimeout(600);
      const shifts = await early.page.evaluate(() => window.shifts.length);
      await early.takeOver();
      await early.page.waitForTimeout(200);
      await early.page.locator('css=.delineate:not([style*="height"])').waitFor();
      assert.equal(await drawn(early.page), before, way.join(" "));
      assert.equal(await focused(early.page), focus, way.join(" "));
      assert.deepEqual(await early.page.evaluate((from) => window.shifts.slice(from), shifts), [], way.join(" "));
      await early.finish();
    }
  });
}

test("nothing jumps from the first paint to the check", inChromium(SHIFTS), async () => {
  const { page, takeOver, finish } = await open();
  await button(page, "quick.begin").waitFor();
  await takeOver();
  await page.waitForTimeout(300);
  assert.deepEqual(await page.evaluate(() => window.shifts), []);
  await finish();
});

test("under a strict policy with Trusted Types, the first screens pass axe and are in the tree of accessibility", async () => {
  const { page, takeOver, finish } = await open();
  await button(page, "full.begin").waitFor();
  await axe(page, "the first screen, before the wasm");
  await button(page, "full.begin").click();
  await page.getByRole("heading", { level: 2, name: say("seat.question") }).waitFor();
  assert.equal(await focused(page), "title");
  await axe(page, "the first question, before the wasm");
  await choose(page, report.seats.cto);
  await takeOver();
  await axe(page, "the first question, with the wasm");
  await finish();
});

test("answers that were given before the wasm are kept, told and gone on from", async () => {
  const { page, takeOver, finish } = await open();
  await button(page, "quick.begin").click();
  await choose(page, report.seats.ceo);
  await choose(page, report.seats.cto);
  assert.equal(await chosen(page, report.seats.ceo), false);
  await button(page, "ways.next").click();
  await choose(page, report.structures.two.label);
  assert.deepEqual(await page.evaluate(() => [window.told, localStorage.length]), [[], 0]);
  await takeOver();
  assert.equal(await chosen(page, report.structures.two.label), true);
  assert.deepEqual((await kept(page)).respondent, { seat: "cto", structure: "two" });
  assert.deepEqual((await page.evaluate(() => window.told)).slice(0, 2), ["ready", "start"]);
  // The way back is there, as if the check had been from the beginning.
  await page.goBack();
  await page.getByRole("heading", { level: 2, name: say("seat.question") }).waitFor();
  assert.equal(await chosen(page, report.seats.cto), true);
  await page.goForward();
  await button(page, "ways.next").click();
  await answerItem(page, headlines[0], 3);
  assert.deepEqual((await kept(page)).items, { [headlines[0]]: { level: 3 } });
  await finish();
});

test("by keyboard alone, number keys, arrows and Enter work before the wasm as they do after", async () => {
  const { page, takeOver, finish } = await open();
  await button(page, "quick.begin").focus();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 2, name: say("seat.question") }).waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("2");
  const [, second, third] = Object.values(report.seats);
  assert.equal(await chosen(page, second), true);
  await page.keyboard.press("ArrowDown");
  assert.equal(await chosen(page, third), true);
  const before = await focused(page);
  await takeOver();
  assert.equal(await focused(page), before);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 2, name: say("structure.question") }).waitFor();
  await finish();
});

test("who is through before the wasm waits for the first item, and its heading takes the focus", async () => {
  const { page, takeOver, finish } = await open();
  await begin(page);
  await page.getByText(say("waiting")).waitFor();
  await takeOver();
  await asks(page, headlines[0]);
  await page.waitForFunction((tag) => document.querySelector(tag).shadowRoot.activeElement?.className === "title", tag);
  assert.deepEqual((await kept(page)).respondent, { seat: "ceo", structure: "two" });
  await finish();
});

test("a button that these screens cannot follow is pressed by the check", async () => {
  const { page, takeOver, finish } = await open();
  await button(page, "quick.begin").click();
  await choose(page, report.seats.ceo);
  await button(page, "wipe.ask").click();
  assert.equal(await button(page, "wipe.ask").getAttribute("aria-busy"), "true");
  await takeOver();
  await page.getByText(say("wipe.question")).waitFor();
  await finish();
});

/** Presses the button that begins, and lets it go when the check is there and waits for the end of the click. */
async function pressWhileItComes(page, release) {
  const { x, y, width, height } = await button(page, "full.begin").boundingBox();
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  release();
  await page.waitForTimeout(500);
  await page.mouse.up();
}

test("a click that is under way when the check arrives is not lost", async () => {
  const { page, release, finish } = await open();
  await pressWhileItComes(page, release);
  await page.getByRole("heading", { level: 2, name: say("seat.question") }).waitFor();
  await page.locator(`${tag}[data-ready]`).waitFor();
  await page.getByRole("heading", { level: 2, name: say("seat.question") }).waitFor();
  await finish();
});

test("what an early click did is seen before the check takes the place of its screen", async () => {
  const { page, release, finish } = await open();
  await page.evaluate((tag) => {
    const frame = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (act) => setTimeout(() => frame(act), 200);
    window.addEventListener("click", () => window.requestAnimationFrame(() => (window.seen = !document.querySelector(tag).hasAttribute("data-ready"))), true);
  }, tag);
  await pressWhileItComes(page, release);
  await page.locator(`${tag}[data-ready]`).waitFor();
  assert.equal(await page.evaluate(() => window.seen), true);
  await finish();
});

test("where no frame is drawn, as in a frame out of sight, the check comes all the same", async () => {
  const { page, release, finish } = await open();
  await page.evaluate(() => (window.requestAnimationFrame = () => 0));
  await pressWhileItComes(page, release);
  await page.locator(`${tag}[data-ready]`).waitFor();
  await page.getByRole("heading", { level: 2, name: say("seat.question") }).waitFor();
  await finish();
});

const elsewhere = {
  "answers are kept": { seed: () => localStorage.setItem("delineate", '{"format":"delineate-response"}') },
  "kept answers are damaged": { seed: () => localStorage.setItem("delineate", "{") },
  "storage is refused": {
    seed: () => Object.defineProperty(window, "localStorage", { get() { throw new DOMException("denied", "SecurityError"); } }),
  },
  "the host has words of its own": { attributes: 'content="/pack.json"', pack: { format: "delineate-pack", version: 1 } },
};
for (const [name, how] of Object.entries(elsewhere)) {
  test(`where ${name}, no first screen is shown that the check would not show`, async () => {
    const seen = await open({ ...how, options: { allowOwn: ["pack.json"] } });
    const { page, release, finish } = seen;
    await page.waitForTimeout(500);
    assert.ok(await page.getByText("What is read before.").isVisible());
    assert.equal(await page.locator(tag).locator("css=.frame").count(), 0);
    release();
    await page.locator(`${tag}[data-ready]`).waitFor();
    await finish();
  });
}

test("the mode counts, also when it comes late", async () => {
  const { page, takeOver, finish } = await open({ attributes: 'mode="quick"' });
  await button(page, "quick.begin").waitFor();
  assert.equal(await button(page, "full.begin").count(), 0);
  await page.locator(tag).evaluate((element) => (element.mode = "full"));
  await button(page, "full.begin").waitFor();
  assert.equal(await button(page, "quick.begin").count(), 0);
  await takeOver();
  await button(page, "full.begin").waitFor();
  await finish();
});

test("what was done before the wasm survives that the element is moved, and a failure that is healed", async () => {
  const { page, takeOver, finish } = await open({ options: { allowConsole: [/could not start|Failed to load resource/] } });
  await button(page, "full.begin").click();
  await choose(page, report.seats.cto);
  await page.evaluate((tag) => document.querySelector("main").append(document.querySelector(tag)), tag);
  await page.getByRole("heading", { level: 2, name: say("seat.question") }).waitFor();
  assert.equal(await chosen(page, report.seats.cto), true);
  await takeOver();
  assert.equal(await chosen(page, report.seats.cto), true);
  await finish();

  const broken = await open({ options: { allowConsole: [/could not start|Failed to load resource/] } });
  let fail;
  const failure = new Promise((resolve) => (fail = resolve));
  await broken.page.route("**/content/en.json", async (route) => {
    await failure;
    await route.abort();
  });
  await broken.page.reload();
  await button(broken.page, "full.begin").click();
  await choose(broken.page, report.seats.cto);
  fail();
  await broken.page.getByText(say("notice.not_started")).waitFor();
  assert.ok(await broken.page.getByText("What is read before.").isVisible());
  broken.release();
  await broken.page.unroute("**/content/en.json");
  await broken.page.locator(tag).evaluate((element) => element.start());
  await broken.page.locator(`${tag}[data-ready]`).waitFor();
  await broken.page.waitForFunction(() => JSON.parse(localStorage.getItem("delineate"))?.respondent.seat === "cto");
  await broken.finish();
});

test("without the file of the first screens the check comes as it is, and says nothing", async () => {
  const { page, release, finish } = await open({ options: { allowConsole: [/Failed to load resource/] } });
  await page.route("**/en.first.json", (route) => route.abort());
  await page.reload();
  assert.ok(await page.getByText("What is read before.").isVisible());
  release();
  await button(page, "quick.begin").waitFor();
  await finish();
});
