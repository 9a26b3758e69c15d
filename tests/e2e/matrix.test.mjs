// What goes wrong, what the visitor reads then, and what stays true all the same: one row for each fault, in the order of the table in
// docs/faults.md, which must say the same. DELINEATE_WRITE=1 writes that table.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, test } from "node:test";
import {
  answerItem, asks, axe, begin, button, complained, engine, finished, headlines, hostPage, inChromium, kept, launch, notInWebKit, quickly, response,
  root, say, script, staged, visit,
} from "./support.mjs";

const { server, browser } = await staged();

const tag = "role-clarity-check";
// What Yew, the browser and the element say of a trap.
/** Each engine writes of a trap in its own way. */
const TRAP = [/failed to (insert node|append child)|unreachable|stopped by a fault of its own/i];
const NO_LOAD = /could not (start|load)|Failed to load resource|ERR_/;

/** Notes the errors that the element tells of. */
const listen = (page) =>
  page.addInitScript(() => {
    window.failures = [];
    document.addEventListener("error", (event) => event.detail && window.failures.push(event.detail), true);
  });
const failures = (page) => page.evaluate(() => window.failures.map(({ phase }) => phase));

/** A real trap: the browser refuses what the drawing code takes for granted, so many times. */
const trap = (page, times = 1) =>
  page.evaluate((times) => {
    window.traps = times;
    const insert = Node.prototype.insertBefore;
    Node.prototype.insertBefore = function (...nodes) {
      if (window.traps > 0 && this.getRootNode() instanceof ShadowRoot) {
        window.traps -= 1;
        throw new DOMException("refused", "HierarchyRequestError");
      }
      return insert.apply(this, nodes);
    };
  }, times);

const two = { [headlines[0]]: { level: 3 }, [headlines[1]]: { level: 1 } };
const answerTwo = async (page) => {
  await begin(page);
  await answerItem(page, headlines[0], 3);
  await answerItem(page, headlines[1], 1);
  await asks(page, headlines[2]);
};
/** Answers whatever is left, and comes to the results. */
const complete = async (page, from = 0) => {
  await quickly(page, 3, { from });
  await button(page, "review.results").click();
  await page.locator(".score strong").waitFor();
};
const items = async (page) => (await kept(page)).items;
const wasm = (answer) => (page) => page.route("**/delineate.widget.wasm", answer);
const host = async (page, body, policy = "") => {
  await hostPage(page, server.address, { policy, body: body + script });
  await page.goto(`${server.address}host`);
};

const HOSTILE_CODES = [
  "", "%", "%00", "__proto__", "constructor", "<img src=x onerror=window.hacked=1>", "javascript:window.hacked=1", "A".repeat(100_000), "..%2f..%2f",
  "\u202eabc", "0".repeat(40),
];
const file = (name, text) => ({ name, mimeType: "application/json", buffer: Buffer.from(text) });
const HOSTILE_FILES = [
  ["people.damaged", "{\"items\":"],
  ["people.damaged", "{\"__proto__\":{\"format\":\"delineate-response\"}}"],
  ["people.no_response", "<script>window.hacked=1</script>"],
  ["people.no_response", "\u0000\u0001\u0002"],
  ["people.damaged", "[".repeat(200_000)],
  ["people.too_large", "x".repeat(1_100_000)],
  ["people.other", JSON.stringify({ ...response(), content: { id: "__proto__", version: "1.0.0" } })],
];

/**
 * `says` are the texts that the visitor reads, by name; `stays` is what the row shows to be true; `allow` what the console may hold.
 */
const ROWS = [
  {
    fault: "Storage throws", says: ["notice.storage_unavailable"], stays: "The whole check works to its result.",
    async run({ page, reads }) {
      await page.addInitScript(() => Object.defineProperty(window, "localStorage", { get() { throw new DOMException("denied", "SecurityError"); } }));
      await page.goto(server.address);
      await reads("notice.storage_unavailable");
      await begin(page);
      await complete(page);
    },
  },
  {
    fault: "Storage is full", says: ["notice.storage_full"], stays: "The whole check works to its result. What was kept before stays.",
    async run({ page, reads }) {
      await page.goto(server.address);
      await answerTwo(page);
      await page.evaluate(() => (Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); }));
      await answerItem(page, headlines[2], 4);
      await reads("notice.storage_full");
      await complete(page, 3);
      assert.deepEqual(await items(page), two);
    },
  },
  {
    fault: "A write was cut off half way", says: ["notice.set_aside"], stays: "The half that is there is set aside as it is. A fresh start works.",
    async run({ page, reads }) {
      await page.goto(server.address);
      await answerTwo(page);
      const half = await page.evaluate(() => {
        const half = localStorage.getItem("delineate").slice(0, 150);
        localStorage.setItem("delineate", half);
        return half;
      });
      await page.reload();
      await reads("notice.set_aside");
      assert.equal(await page.evaluate(() => localStorage.getItem("delineate.aside-1")), half);
      await begin(page);
      await asks(page, headlines[0]);
    },
  },
  {
    fault: "Everything kept is deleted in another tab", says: ["notice.deleted_elsewhere"], stays: "Nothing brings the answers back.",
    async run({ page, context, reads }) {
      await page.goto(server.address);
      await answerTwo(page);
      const other = await context.newPage();
      await other.goto(`${server.address}host.css`);
      await other.evaluate(() => localStorage.clear());
      await reads("notice.deleted_elsewhere");
      await button(page, "quick.begin").waitFor();
      assert.equal(await page.evaluate(() => localStorage.length), 0);
    },
  },
  {
    fault: "The wasm cannot be fetched", says: ["notice.not_started", "fallback.intro"], stays: "The ten steps can be read. A reload goes on from the answers.", allow: [NO_LOAD],
    async run({ page, reads }) {
      await page.goto(server.address);
      await answerTwo(page);
      await wasm((route) => route.abort())(page);
      await page.reload();
      await reads("notice.not_started");
      await reads("fallback.intro");
      assert.deepEqual(await failures(page), ["start"]);
      await page.unroute("**/delineate.widget.wasm");
      await page.reload();
      await asks(page, headlines[2]);
      assert.deepEqual(await items(page), two);
    },
  },
  {
    fault: "The wasm is cut short", says: ["notice.not_started", "fallback.intro"], stays: "The ten steps can be read.", allow: [NO_LOAD],
    async run({ page, reads }) {
      await wasm(async (route) => {
        const whole = await route.fetch();
        await route.fulfill({ response: whole, body: (await whole.body()).subarray(0, 5000) });
      })(page);
      await page.goto(server.address);
      await reads("notice.not_started");
      await reads("fallback.intro");
      assert.deepEqual(await failures(page), ["start"]);
    },
  },
  {
    fault: "The script of the check cannot be fetched", says: ["fallback.intro"], stays: "The ten steps can be read. A reload goes on from the answers.", allow: [NO_LOAD],
    async run({ page, reads }) {
      await page.goto(server.address);
      await answerTwo(page);
      await page.route("**/delineate.element.js", (route) => route.abort());
      await page.reload();
      await reads("fallback.intro");
      await page.waitForFunction((tag) => customElements.get(tag), "role-clarity-check");
      const refused = await page.evaluate(() => document.querySelector("role-clarity-check").start().catch(() => "refused"));
      assert.equal(refused, "refused");
      assert.deepEqual([...new Set(await failures(page))], ["start"]);
      await page.unroute("**/delineate.element.js");
      await page.reload();
      await asks(page, headlines[2]);
      assert.deepEqual(await items(page), two);
    },
  },
  {
    fault: "The wasm comes under a wrong type", says: [], stays: "The check starts as always.", allow: [/MIME|instantiateStreaming/i],
    async run({ page }) {
      await wasm(async (route) => {
        const whole = await route.fetch();
        await route.fulfill({ response: whole, headers: { ...whole.headers(), "content-type": "application/octet-stream" } });
      })(page);
      await page.goto(server.address);
      await answerTwo(page);
    },
  },
  {
    fault: "The wasm is slow", says: ["start.title"], stays: "The first pages can be read and answered until it comes.",
    async run({ page, reads }) {
      let release;
      const gate = new Promise((resolve) => (release = resolve));
      await wasm(async (route) => {
        await gate;
        await route.continue();
      })(page);
      await page.goto(server.address);
      await reads("start.title");
      await begin(page);
      release();
      await asks(page, headlines[0]);
      assert.deepEqual((await kept(page)).respondent, { seat: "ceo", structure: "two" });
    },
  },
  {
    fault: "The network ends before the questions came", says: ["notice.no_questions"], stays: "Seat and structure can be answered, and are kept. A reload goes on from there.", allow: [NO_LOAD],
    async run({ page, reads }) {
      await page.route("**/en.questions.json", (route) => route.abort());
      await page.goto(server.address);
      await reads("notice.no_questions");
      await begin(page);
      await page.unroute("**/en.questions.json");
      await page.reload();
      await asks(page, headlines[0]);
      assert.deepEqual((await kept(page)).respondent, { seat: "ceo", structure: "two" });
    },
  },
  {
    fault: "The network ends half way through the check", says: ["results.title"], stays: "The check goes on to its results. The tools below them are missing.", allow: [NO_LOAD],
    async run({ page, context, reads }) {
      await page.goto(server.address);
      await answerTwo(page);
      await context.setOffline(true);
      await complete(page, 2);
      await reads("results.title");
      await page.waitForFunction(() => window.failures.length === 1);
      assert.deepEqual(await failures(page), ["desk"]);
      assert.equal(Object.keys(await items(page)).length, headlines.length);
    },
  },
  {
    fault: "A panic while a page is drawn", says: ["restart.stopped", "restart.again"], stays: "The answers are kept. One click goes on where the visitor was.", allow: TRAP,
    async run({ page, reads, complaints }) {
      await page.goto(server.address);
      await answerTwo(page);
      await trap(page);
      await answerItem(page, headlines[2], 4);
      await reads("restart.stopped");
      await complained(complaints, `thrown: RuntimeError: ${engine === "webkit" ? "U" : "u"}nreachable`);
      assert.deepEqual(await failures(page), ["run"]);
      await axe(page, "a check that has stopped");
      assert.equal(await page.getByText(say("restart.twice")).count(), 0);
      await reads("restart.again");
      await button(page, "restart.again").click();
      // The page that could not be drawn is not the visitor's yet.
      await asks(page, headlines[2]);
      // The way on begins at the heading.
      await page.waitForFunction((tag) => document.querySelector(tag).shadowRoot.activeElement?.matches("h2.title"), tag);
      assert.deepEqual(await items(page), { ...two, [headlines[2]]: { level: 4 } });
      await complete(page, 2);
      assert.deepEqual(await failures(page), ["run"]);
    },
  },
  {
    fault: "A panic in a check that keeps nothing on the device", says: ["restart.stopped"], stays: "The answers are still there after the restart.", allow: TRAP,
    async run({ page, reads }) {
      await host(page, `<${tag} storage-key="none"></${tag}>`);
      await answerTwo(page);
      await trap(page);
      await button(page, "ways.skip").click();
      await reads("restart.stopped");
      await button(page, "restart.again").click();
      await asks(page, headlines[2]);
      await button(page, "ways.back").click();
      await page.getByRole("radio").nth(1).and(page.locator(":checked")).waitFor();
      assert.equal(await page.evaluate(() => localStorage.length), 0);
    },
  },
  {
    fault: "A panic that comes back at once", says: ["restart.twice", "restart.download", "restart.afresh"],
    stays: "The answers can be downloaded. A fresh start sets them aside and works.", allow: TRAP,
    async run({ page, reads }) {
      await page.goto(server.address);
      await answerTwo(page);
      await trap(page, 2);
      await button(page, "ways.skip").click();
      await button(page, "restart.again").click();
      await reads("restart.twice");
      await axe(page, "a check that has stopped again");
      assert.deepEqual(await failures(page), ["run", "run"]);
      await reads("restart.download");
      const [download] = await Promise.all([page.waitForEvent("download"), button(page, "restart.download").click()]);
      assert.equal(download.suggestedFilename(), say("restart.file"));
      assert.deepEqual(JSON.parse(readFileSync(await download.path(), "utf8")).items, two);
      await reads("restart.afresh");
      await button(page, "restart.afresh").click();
      await button(page, "quick.begin").waitFor();
      assert.deepEqual(JSON.parse(await page.evaluate(() => localStorage.getItem("delineate.aside-1"))).items, two);
      await answerTwo(page);
      assert.deepEqual(await items(page), two);
    },
  },
  {
    fault: "A panic in one of two checks on a page", says: ["restart.stopped"], stays: "One click starts both again, each where it was.", allow: TRAP,
    async run({ page, reads }) {
      await host(page, `<${tag}></${tag}><${tag} storage-key="second"></${tag}>`);
      const [first, second] = [page.locator(tag).nth(0), page.locator(tag).nth(1)];
      await answerTwo(first);
      await begin(second);
      await answerItem(second, headlines[0], 0);
      await trap(page);
      await button(first, "ways.skip").click();
      await reads("restart.stopped", first);
      await second.getByText(say("restart.stopped")).waitFor();
      await button(first, "restart.again").click();
      await asks(first, headlines[2]);
      await asks(second, headlines[1]);
      await answerItem(second, headlines[1], 4);
      const stored = await page.evaluate(() => JSON.parse(localStorage.getItem("second")).items);
      assert.deepEqual(stored, { [headlines[0]]: { level: 0 }, [headlines[1]]: { level: 4 } });
      assert.deepEqual(await items(page), two);
    },
  },
  {
    fault: "A panic in the tools below the results", says: ["restart.part"], stays: "The result stays. One click brings the tools back.", allow: TRAP,
    async run({ page, reads }) {
      await finished(page, server.address, response({ level: 3 }));
      await trap(page);
      await page.locator(".desk input[type=file]").first().setInputFiles([file("cio.json", JSON.stringify(response({ seat: "cio" })))]);
      await reads("restart.part");
      assert.deepEqual(await failures(page), ["run"]);
      assert.ok(await page.locator(".score strong").isVisible());
      await button(page, "restart.again").click();
      await page.locator(".desk-parts").waitFor();
      await page.getByText(say("restart.part")).waitFor({ state: "detached" });
    },
  },
  {
    fault: "A link with a hostile code", says: ["arrival.broken", "arrival.kept"], stays: "Nothing of it runs. The visitor's own answers are untouched.",
    async run({ page, reads }) {
      await page.goto(server.address);
      await answerTwo(page);
      const before = await page.evaluate(() => JSON.stringify({ ...localStorage }));
      for (const code of HOSTILE_CODES) {
        await page.evaluate((code) => (location.hash = `rcc=${code}`), code);
        await reads("arrival.broken");
        await reads("arrival.kept");
        assert.equal(await page.evaluate(() => JSON.stringify({ ...localStorage })), before);
        await button(page, "arrival.dismiss").click();
        await page.locator(".arrival").waitFor({ state: "detached" });
      }
      assert.equal(await page.evaluate(() => window.hacked), undefined);
      await asks(page, headlines[2]);
    },
  },
  {
    fault: "Hostile files for the comparison", says: [...new Set(HOSTILE_FILES.map(([key]) => key))], stays: "Each is refused by name. Nothing of it runs, nobody joins.",
    async run({ page, reads }) {
      await finished(page, server.address, response({ level: 3 }));
      for (const [index, [key, text]] of HOSTILE_FILES.entries()) {
        const name = `<b>${index}</b>.json`;
        await page.locator(".desk input[type=file]").first().setInputFiles([file(name, text)]);
        await reads(key, page, { file: name });
      }
      assert.equal(await page.evaluate(() => window.hacked ?? {}.format), undefined);
      assert.equal(await page.locator(".comparison").count(), 0);
    },
  },
  {
    fault: "A host's content with hostile text", says: [], stays: "It is shown as text, and never run.",
    async run({ page }) {
      const words = { "start.title": "<img src=x onerror='window.hacked=1'>", "start.lede": "</p><script>window.hacked=1</script>" };
      await page.route("**/pack.json", (route) => route.fulfill({ json: { format: "delineate-pack", version: 1, interface: words } }));
      await host(page, `<${tag} content="/pack.json"></${tag}>`);
      await page.getByRole("heading", { name: words["start.title"] }).waitFor();
      assert.equal(await page.evaluate(() => window.hacked), undefined);
      await begin(page);
    },
  },
  {
    fault: "A host's content that is an attack on the reader", says: ["notice.not_started"], stays: "It is refused with a reason in the console, and the host's own words stay.", allow: [NO_LOAD],
    async run({ page, reads }) {
      for (const text of ["[".repeat(500_000), '{"__proto__":{"lang":"x"},"format":"delineate-pack","version":1}', '{"format":"delineate-pack","version":1,"interface":{"constructor":"x"}}']) {
        await page.unroute("**/pack.json");
        await page.route("**/pack.json", (route) => route.fulfill({ contentType: "application/json", body: text }));
        await host(page, `<${tag} content="/pack.json"><p>What is read before.</p></${tag}>`);
        await reads("notice.not_started");
        assert.ok(await page.getByText("What is read before.").isVisible());
        assert.equal(await page.evaluate(() => ({}).lang), undefined);
      }
    },
  },
  {
    clobbers: true, fault: "Prototypes that the page has polluted", says: ["results.title"], stays: "The whole check works, its answers are kept, and the page is told no more than before.",
    async run({ page, reads }) {
      await page.addInitScript(() => {
        const pollution = { evil: 1, lang: "xx", page: "results", detail: "evil", items: { evil: 1 }, seat: "evil", kept: true, whole: true, key: "evil" };
        for (const [name, value] of Object.entries(pollution)) Object.prototype[name] = value;
        Array.prototype.evil = () => "evil";
        String.prototype.evil = "evil";
      });
      await host(page, `<${tag} consent="answers"></${tag}>`);
      await begin(page);
      await complete(page);
      await reads("results.title");
      assert.equal(Object.keys(await items(page)).length, headlines.length);
      const told = await page.evaluate((tag) => JSON.stringify(document.querySelector(tag).getResult()), tag);
      assert.equal(told, '{"consent":"none"}');
    },
  },
  {
    clobbers: true, fault: "Globals that the page has clobbered", says: ["results.title"], stays: "The whole check works, and its answers are kept.",
    async run({ page, reads }) {
      await page.addInitScript(() => {
        for (const name of ["module", "exports", "require", "process", "define", "wasm", "delineate", "name", "event", "status"]) window[name] = null;
        window.define = Object.assign(() => { throw new Error("a loader of the host's"); }, { amd: {} });
      });
      const clobbering = ["localStorage", "history", "customElements", "wasm", "Setup"].map((id) => `<a id="${id}" name="${id}"></a>`).join("");
      await host(page, `<form id="delineate" name="host"><input name="children"><input name="parentNode"></form>${clobbering}<${tag}></${tag}>`);
      await begin(page);
      await complete(page);
      await reads("results.title");
      assert.equal(Object.keys(await items(page)).length, headlines.length);
    },
  },
  {
    fault: "The page comes back from the back/forward cache", says: [], stays: "It shows what it showed. An answer given then loses nothing of another tab's.", cached: true,
    async run({ page, context }) {
      await page.addInitScript(() => addEventListener("pageshow", (event) => (window.persisted = event.persisted)));
      await page.goto(server.address);
      await answerTwo(page);
      await page.goto(`${server.address}doctor.html`);
      const other = await context.newPage();
      await other.goto(server.address);
      await button(other, "resume.continue").click();
      await answerItem(other, headlines[2], 0);
      await asks(other, headlines[3]);
      await other.close();
      await page.evaluate(() => history.back()).catch(() => {});
      await asks(page, headlines[2]);
      assert.equal(await page.evaluate(() => window.persisted), true, "the browser did not keep the page");
      await button(page, "ways.next").or(button(page, "ways.skip")).click();
      await answerItem(page, headlines[3], 2);
      assert.deepEqual(await items(page), { ...two, [headlines[2]]: { level: 0 }, [headlines[3]]: { level: 2 } });
    },
  },
  {
    fault: "The clock is moved while the check runs", says: ["results.title", "files.title"], stays: "The result and the tools below it are there, and the answers are kept.",
    async run({ page, reads }) {
      await page.goto(server.address);
      await answerTwo(page);
      await page.clock.setFixedTime(new Date("1969-12-31T23:59:59Z"));
      await complete(page, 2);
      await reads("results.title");
      await reads("files.title");
      for (const time of [8.64e15, -8.64e15, Date.UTC(2028, 1, 29)]) {
        await page.clock.setFixedTime(time);
        await page.reload();
        await page.locator(".score strong").waitFor();
        await page.locator(".desk-parts").waitFor();
      }
      assert.equal(Object.keys(await items(page)).length, headlines.length);
    },
  },
];

for (const row of ROWS) {
  const left = row.cached
    ? inChromium("a page that comes back from Firefox's cache is lost to the driver, and WebKit's driver keeps none")
    : row.clobbers
      ? notInWebKit("what finds things in the page needs the page's own globals and prototypes there; webkit.test.mjs has this too")
      : {};
  test(`${row.fault}: ${row.stays}`, left, async (t) => {
    let seen = browser;
    if (row.cached) {
      seen = await launch({ window: true, ignoreDefaultArgs: ["--disable-back-forward-cache"] });
      t.after(() => seen.close());
    }
    const { page, context, complaints, finish } = await visit(seen, server.address, {
      allowConsole: row.allow, allowOwn: ["pack.json", "delineate.restart.js"], acceptDownloads: true,
    });
    await listen(page);
    const read = new Set();
    const reads = async (key, where = page, values = {}) => {
      await where.getByText(say(key, values), { exact: true }).first().waitFor();
      read.add(key);
    };
    await row.run({ page, context, reads, complaints });
    assert.deepEqual([...read].sort(), [...row.says].sort(), "the row says something else than was read");
    await finish();
  });
}

test("docs/faults.md holds this very table", () => {
  const named = (keys) => keys.map((key) => `*${say(key, { file: "…" })}*`).join("<br>") || "nothing new";
  const lines = ROWS.map(({ fault, says, stays }) => `| ${fault} | ${named(says)} | ${stays} |`);
  const table = ["| fault | what the visitor reads | what stays true |", "|---|---|---|", ...lines].join("\n");
  const place = path.join(root, "docs/faults.md");
  const page = readFileSync(place, "utf8");
  const [before, rest] = page.split("<!-- table -->\n");
  const [present, after] = rest.split("\n<!-- end of table -->");
  if (process.env.DELINEATE_WRITE === "1") {
    writeFileSync(place, `${before}<!-- table -->\n${table}\n<!-- end of table -->${after}`);
  } else {
    assert.equal(present, table);
  }
});
