// What the visitor sees when something is damaged, missing or refused. Answers are never lost by it.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  answerItem, asks, axe, begin, button, complained, headlines, instrument, kept, notInWebKit, quickly, report, say, staged, steps, visit,
} from "./support.mjs";

const { server, browser } = await staged();

/** Opens the page with this text kept on the device. */
const openWith = async (text) => {
  const seen = await visit(browser, server.address);
  await seen.page.addInitScript((text) => {
    if (!sessionStorage.getItem("seeded")) localStorage.setItem("delineate", text);
    sessionStorage.setItem("seeded", "yes");
  }, text);
  await seen.page.goto(server.address);
  return seen;
};

const saved = (change) => {
  const document = {
    format: "delineate-response",
    version: 1,
    content: { id: instrument.id, version: instrument.version },
    respondent: {},
    full_steps: [],
    items: { "alignment-written": { level: 2 } },
    domains: {},
  };
  change(document);
  return JSON.stringify(document);
};

const damaged = {
  "no JSON": "{\"items\":",
  "empty": "",
  "another document": "[1, 2, 3]",
  "another format": saved((document) => (document.format = "something-else")),
  "a later version": saved((document) => (document.version = 99)),
  "another content": saved((document) => (document.content.id = "other")),
  "another major version of the content": saved((document) => (document.content.version = "9.0.0")),
  "an earlier major version of the content": saved((document) => (document.content.version = "1.9.0")),
  "an unknown item": saved((document) => (document.items["no-such-item"] = { level: 1 })),
  "a level that does not exist": saved((document) => (document.items["alignment-written"] = { level: 5 })),
  "a negative level": saved((document) => (document.items["alignment-written"] = { level: -1 })),
  "a wrong kind of answer": saved((document) => (document.items["alignment-written"] = "yes")),
  "an unknown owner": saved((document) => (document.domains.cybersecurity = { today: { officer: "queen" } })),
  "a hostile key": saved((document) => (document.domains.__proto__x = { today: "nobody" })),
};
for (const [name, text] of Object.entries(damaged)) {
  test(`kept answers with ${name} are set aside, said so, and a fresh start is offered`, async () => {
    const { page, finish } = await openWith(text);
    await page.getByRole("alert").getByText(say("notice.set_aside")).waitFor();
    await button(page, "quick.begin").waitFor();
    assert.equal(await page.evaluate(() => localStorage.getItem("delineate.aside-1")), text, "set aside, not deleted");
    assert.equal(await page.evaluate(() => localStorage.getItem("delineate")), null);
    await begin(page);
    await answerItem(page, headlines[0], 1);
    assert.deepEqual((await kept(page)).items, { [headlines[0]]: { level: 1 } });
    assert.equal(await page.evaluate(() => localStorage.getItem("delineate.aside-1")), text);
    await finish();
  });
}

test("kept answers to a later minor version of the content are read and stay", async () => {
  const minor = instrument.version.replace(/\.\d+\.\d+$/, ".99.0");
  const { page, finish } = await openWith(saved((document) => (document.content.version = minor)));
  await button(page, "resume.continue").waitFor();
  assert.equal(await page.getByRole("alert").count(), 0);
  assert.deepEqual((await kept(page)).items, { "alignment-written": { level: 2 } });
  await finish();
});

test("no damaged answers ever take the place of others, and a wipe deletes them all", async () => {
  const { page, finish } = await openWith("{0");
  await page.getByRole("alert").getByText(say("notice.set_aside")).waitFor();
  const texts = ["{0", "{1", "{2", "{3", "{4", "{5", "{6"];
  for (const text of texts) {
    await page.evaluate((text) => localStorage.setItem("delineate", text), text);
    await page.reload();
    await page.getByRole("alert").getByText(say("notice.set_aside")).waitFor();
  }
  const kept = await page.evaluate(() => Object.entries(localStorage).sort().map(([, text]) => text));
  assert.deepEqual(kept, ["{0", ...texts]);
  await begin(page);
  await button(page, "wipe.ask").click();
  await button(page, "wipe.yes").click();
  await page.getByText(say("wipe.done")).waitFor({ state: "attached" });
  assert.equal(await page.evaluate(() => localStorage.length), 0);
  await finish();
});

test("damaged answers that cannot be set aside are never written over", async () => {
  const { page, finish } = await visit(browser, server.address);
  await page.addInitScript(() => {
    if (!sessionStorage.getItem("seeded")) localStorage.setItem("delineate", "{");
    sessionStorage.setItem("seeded", "yes");
    const write = Storage.prototype.setItem;
    window.full = true;
    Storage.prototype.setItem = function (...pair) {
      if (window.full && pair[0].includes("aside")) throw new DOMException("full", "QuotaExceededError");
      return write.apply(this, pair);
    };
  });
  await page.goto(server.address);
  await page.getByRole("alert").getByText(say("notice.unreadable")).waitFor();
  await begin(page);
  await answerItem(page, headlines[0], 1);
  await asks(page, headlines[1]);
  assert.equal(await page.evaluate(() => localStorage.getItem("delineate")), "{");
  await page.getByRole("alert").getByText(say("notice.unreadable")).waitFor();
  await page.evaluate(() => (window.full = false));
  await answerItem(page, headlines[1], 2);
  await page.getByRole("alert").getByText(say("notice.set_aside")).waitFor();
  assert.equal(await page.evaluate(() => localStorage.getItem("delineate.aside-1")), "{");
  assert.deepEqual((await kept(page)).items, { [headlines[0]]: { level: 1 }, [headlines[1]]: { level: 2 } });
  await finish();
});

test("a wipe that the browser refuses is not said to be done", async () => {
  const { page, finish } = await visit(browser, server.address);
  await page.addInitScript(() => {
    Storage.prototype.removeItem = () => {
      throw new DOMException("denied", "SecurityError");
    };
  });
  await page.goto(server.address);
  await begin(page);
  await answerItem(page, headlines[0], 1);
  await button(page, "wipe.ask").click();
  await button(page, "wipe.yes").click();
  await page.getByRole("alert").getByText(say("notice.not_deleted")).waitFor();
  assert.equal(await page.getByRole("status").first().textContent(), "");
  await finish();
});

test("a notice passes axe and can be closed", async () => {
  const { page, finish } = await openWith("{");
  await page.getByRole("alert").waitFor();
  await axe(page, "a notice");
  await button(page, "notice.dismiss").click();
  await page.getByRole("alert").waitFor({ state: "detached" });
  await finish();
});

const broken = {
  "is absent": () => Object.defineProperty(window, "localStorage", { value: null }),
  "throws when it is looked at": () =>
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("denied", "SecurityError");
      },
    }),
  "throws when it is read": () => {
    Storage.prototype.getItem = () => {
      throw new DOMException("denied", "SecurityError");
    };
  },
};
for (const [name, breakIt] of Object.entries(broken)) {
  test(`where storage ${name}, the whole check works and says that nothing is kept`, async () => {
    const { page, finish } = await visit(browser, server.address);
    await page.addInitScript(breakIt);
    await page.goto(server.address);
    await page.getByRole("alert").getByText(say("notice.storage_unavailable")).waitFor();
    await begin(page);
    await quickly(page, 4);
    await button(page, "review.results").click();
    assert.equal(await page.locator(".score strong").textContent(), "100");
    await finish();
  });
}

test("where storage is full, the check goes on, says so, and stops saying so when there is room again", async () => {
  const { page, finish } = await visit(browser, server.address);
  await page.addInitScript(() => {
    const write = Storage.prototype.setItem;
    window.full = true;
    Storage.prototype.setItem = function (...pair) {
      if (window.full) throw new DOMException("full", "QuotaExceededError");
      return write.apply(this, pair);
    };
  });
  await page.goto(server.address);
  await begin(page);
  await page.getByRole("alert").getByText(say("notice.storage_full")).waitFor();
  await answerItem(page, headlines[0], 3);
  await page.evaluate(() => (window.full = false));
  await answerItem(page, headlines[1], 3);
  await page.getByRole("alert").waitFor({ state: "detached" });
  assert.equal(Object.keys((await kept(page)).items).length, 2, "what could not be kept before is kept now");
  await finish();
});

const readable = async (page) => {
  await page.getByText(say("fallback.intro")).waitFor();
  for (const step of instrument.steps) assert.ok(await page.getByText(steps[step.id].title).isVisible());
};

test("without JavaScript, readable text says so and shows the ten steps", notInWebKit("WebKit's driver acts by scripts"), async () => {
  const { page, finish } = await visit(browser, server.address, { javaScriptEnabled: false });
  await page.goto(server.address);
  await readable(page);
  await finish();
});

const without = {
  "without WebAssembly": (page) => page.addInitScript(() => delete window.WebAssembly),
  "when the wasm cannot be fetched": (page) => page.route("**/*.wasm", (route) => route.abort()),
  "when the wasm is cut short": (page) =>
    page.route("**/*.wasm", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.body()).subarray(0, 5000) });
    }),
  "when the content is no JSON": (page) => page.route("**/content/en.json", (route) => route.fulfill({ body: "<!doctype html>" })),
  "when the content is gone": (page) => page.route("**/content/en.json", (route) => route.fulfill({ status: 404, body: "" })),
};
const damagedContent = {
  "holds a word for a weight": (pack) => (pack.instrument.steps[0].weight = "much"),
  "lacks its structures": (pack) => delete pack.report.structures,
  "lacks one structure's texts": (pack) => delete pack.report.structures.one,
  "lacks a seat": (pack) => delete pack.report.seats.cto,
  "lacks a text of the interface": (pack) => delete pack.interface["start.title"],
  "lacks the interface": (pack) => delete pack.interface,
};
for (const [name, damage] of Object.entries(damagedContent)) {
  without[`when the content ${name}`] = (page) =>
    page.route("**/content/en.json", async (route) => {
      const response = await route.fetch();
      const pack = await response.json();
      damage(pack);
      await route.fulfill({ response, json: pack });
    });
}
for (const [name, hinder] of Object.entries(without)) {
  test(`${name}, the readable text stays and the reason is in the console`, async () => {
    const { page, complaints, finish } = await visit(browser, server.address, { allowConsole: [/./] });
    await hinder(page);
    await page.goto(server.address);
    await complained(complaints, "could not start");
    await readable(page);
    assert.ok(!complaints.some((line) => line.startsWith("thrown")), `${complaints}`);
    await finish();
  });
}

test("wasm served with the wrong type still starts", async () => {
  const { page, finish } = await visit(browser, server.address, { allowConsole: [/MIME|instantiateStreaming/i] });
  await page.route("**/*.wasm", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), "content-type": "application/octet-stream" } });
  });
  await page.goto(server.address);
  await page.locator("role-clarity-check[data-ready]").waitFor();
  await button(page, "quick.begin").waitFor();
  await finish();
});

test("when the questions cannot be loaded, the first pages work, a notice says what to do, and a reload heals", async () => {
  const { page, finish } = await visit(browser, server.address, { allowConsole: [/questions|Failed to load resource/] });
  await page.route("**/en.questions.json", (route) => route.abort());
  await page.goto(server.address);
  await page.getByRole("alert").getByText(say("notice.no_questions")).waitFor();
  await button(page, "quick.begin").click();
  await page.getByText(say("seat.why")).waitFor();
  for (const text of ["seat.eyebrow", "seat.question", "privacy", "brand", "notice.dismiss", "ways.back", "ways.skip"]) {
    assert.ok(await page.getByText(say(text), { exact: true }).isVisible(), `${text} comes too late`);
  }
  await page.getByRole("radio", { name: report.seats.ceo, exact: true }).check();
  await button(page, "ways.next").click();
  await page.getByText(say("structure.why")).waitFor();
  await page.getByRole("radio", { name: report.structures.two.label }).check();
  await button(page, "wipe.ask").click();
  for (const text of ["structure.eyebrow", "structure.question", "wipe.question", "wipe.yes"]) {
    assert.ok(await page.getByText(say(text), { exact: true }).isVisible(), `${text} comes too late`);
  }
  await button(page, "wipe.no").click();
  await button(page, "ways.next").click();
  await page.getByText(say("waiting")).waitFor();
  await page.unroute("**/en.questions.json");
  await page.reload();
  await asks(page, headlines[0]);
  assert.deepEqual((await kept(page)).respondent, { seat: "ceo", structure: "two" });
  await finish();
});

test("questions that come late are asked when they come, with the focus on the heading", async () => {
  const { page, finish } = await visit(browser, server.address);
  let release;
  const gate = new Promise((resolve) => (release = resolve));
  await page.route("**/en.questions.json", async (route) => {
    await gate;
    await route.continue();
  });
  await page.goto(server.address);
  await begin(page);
  await page.getByText(say("waiting")).waitFor();
  release();
  await asks(page, headlines[0]);
  assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.activeElement.className), "title");
  await finish();
});

test("two checks on a page, removal and return lose nothing", async () => {
  const { page, finish } = await visit(browser, server.address);
  await page.goto(server.address);
  await begin(page);
  await answerItem(page, headlines[0], 2);
  await page.evaluate(() => {
    const second = document.createElement("role-clarity-check");
    second.setAttribute("storage-key", "second");
    document.body.append(second);
  });
  const second = page.locator("role-clarity-check").nth(1);
  await second.getByRole("button", { name: say("quick.begin") }).waitFor();
  await asks(page.locator("role-clarity-check").first(), headlines[1]);
  await page.evaluate(() => {
    const first = document.querySelector("role-clarity-check");
    const parent = first.parentNode;
    first.remove();
    parent.append(first);
  });
  await asks(page.locator("role-clarity-check").first(), headlines[1]);
  assert.deepEqual((await kept(page)).items, { [headlines[0]]: { level: 2 } });
  await finish();
});
