// What goes wrong, and a random walk, in WebKit. Chromium, and Firefox where it is asked for, have these from matrix.test.mjs and
// walk.test.mjs, whose driver does not speak with WebKit.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { ENGINES, until } from "./engines.mjs";
import { Hands, check, host, hosted, onlyOwnFiles, scripts } from "./hands.mjs";
import { fill, headlines, inChromium, response, say, strict, wording } from "./support.mjs";
import { walk } from "./wander.mjs";

const ACTIONS = 400;

/** What a page has done to what all scripts share. */
const POLLUTE = `
  const pollution = { evil: 1, lang: "xx", page: "results", detail: "evil", items: { evil: 1 }, seat: "evil", kept: true, whole: true, key: "evil" };
  for (const [name, value] of Object.entries(pollution)) Object.prototype[name] = value;
  Array.prototype.evil = () => "evil";
  String.prototype.evil = "evil";
`;
const CLEAN = () => {
  for (const { prototype } of [Object, Array, String]) {
    for (const name of Object.keys(prototype)) delete prototype[name];
  }
  return document.body;
};
const CLOBBER = `
  for (const name of ["module", "exports", "require", "process", "wasm", "delineate", "name", "event", "status"]) window[name] = null;
  window.define = Object.assign(() => { throw new Error("a loader of the host's"); }, { amd: {} });
`;
const CLOBBERING = ["localStorage", "history", "customElements", "wasm", "Setup"].map((id) => `<a id="${id}" name="${id}"></a>`).join("");
const HOSTILE = { "start.title": "<img src=x onerror='window.hacked=1'>", "start.lede": "</p><script>window.hacked=1</script>" };

const OWN = "What is read before.";
const below = (folder) => host(`<role-clarity-check><p>${OWN}</p></role-clarity-check>`, scripts.replace("/delineate.js", `${folder}/delineate.js`));
const [SHORT, UNTYPED, UNASKED] = ["/short", "/untyped", "/unasked"];
const MADE = {
  "/strict": { body: host(check()), policy: strict },
  "/shared": { body: host(check()) },
  "/two": { body: host(check() + check('storage-key="second"')) },
  [SHORT]: { body: below(SHORT) },
  [UNTYPED]: { body: below(UNTYPED) },
  [UNASKED]: { body: below(UNASKED) },
  "/pollute.js": { type: "text/javascript", body: POLLUTE },
  "/polluted": { body: host(check('consent="answers"'), `<script src="/pollute.js"></script>${scripts}`) },
  "/clobber.js": { type: "text/javascript", body: CLOBBER },
  "/clobbered": {
    body: host(`<form id="delineate" name="host"><input name="children"><input name="parentNode"></form>${CLOBBERING}${check()}`, `<script src="/clobber.js"></script>${scripts}`),
  },
  "/pack.json": { type: "application/json", body: JSON.stringify({ format: "delineate-pack", version: 1, interface: HOSTILE }) },
  "/worded": { body: host(check('content="/pack.json"')) },
  "/attack.json": { type: "application/json", body: "[".repeat(500_000) },
  "/attacked": { body: host(`<role-clarity-check content="/attack.json"><p>${OWN}</p></role-clarity-check>`) },
};
const ALTERED = {
  [SHORT]: (file) => file.name.endsWith(".wasm") && { ...file, body: file.body.subarray(0, 5000) },
  [UNTYPED]: (file) => file.name.endsWith(".wasm") && { ...file, type: "application/octet-stream" },
  [UNASKED]: (file) => file.name.endsWith(".questions.json") && { ...file, status: 503, body: "" },
};

const question = (item) => fill(wording(item).question);

/** Where the other tests go through Firefox, these need not be run again. */
const ONCE = inChromium("WebKit is driven without the driver, whatever that drives");

describe("in WebKit", { skip: ENGINES.WebKit.missing || ONCE.skip }, () => {
  let site, folder, page, hands;
  before(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), "delineate-webkit-"));
    site = await hosted(MADE, ALTERED);
    page = await ENGINES.WebKit.open();
    hands = new Hands(page, site.address);
  });
  after(async () => {
    site?.stop();
    if (folder) rmSync(folder, { recursive: true, force: true });
    await page?.close();
  });

  /** Two answers, and the third question. */
  const answerTwo = async (of = hands) => {
    await of.begin("ceo");
    await of.answer(headlines[0], 3);
    await of.answer(headlines[1], 1);
    await of.heading(question(headlines[2]));
  };
  const two = { [headlines[0]]: { level: 3 }, [headlines[1]]: { level: 1 } };
  const stored = (key = "delineate") => page.run((key) => localStorage.getItem(key), key);
  const items = async () => JSON.parse(await stored()).items;
  /** Answers the rest of the check, to its results. */
  const complete = async (from) => {
    for (const item of headlines.slice(from)) await hands.answer(item, 3);
    await hands.answerMap("cto");
    await hands.button("review.results");
    await hands.heading(say("results.title"));
  };
  const reads = (key, selector = ".notice p", of = hands) => of.find(selector, say(key));
  /** What the element says beside the host's own words where the check cannot start. */
  const instead = async (key) => {
    await until(say(key), () => page.run((text) => document.querySelector("role-clarity-check").shadowRoot?.textContent.includes(text), say(key)));
    assert.ok(await page.run(() => document.querySelector("role-clarity-check > p").checkVisibility()), "the host's own words are not shown");
  };
  const wrong = () => page.run(() => window.wrong.join("\n"));

  test("storage that is full loses nothing of what was kept before, and the check goes on to its results", async () => {
    await hands.arrive("/strict");
    await answerTwo();
    await page.run(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException("full", "QuotaExceededError");
      };
    });
    await hands.answer(headlines[2], 4);
    await reads("notice.storage_full");
    await complete(3);
    assert.deepEqual(await items(), two);
    await hands.nothingWrong();
  });

  test("a write that was cut off half way is set aside as it is, and a fresh start works", async () => {
    await hands.arrive("/strict");
    await answerTwo();
    const half = (await stored()).slice(0, 150);
    await page.run((half) => localStorage.setItem("delineate", half), half);
    await hands.nothingWrong();
    await page.reload();
    await reads("notice.set_aside");
    assert.equal(await stored("delineate.aside-1"), half);
    await hands.begin("ceo");
    await hands.heading(question(headlines[0]));
    await hands.nothingWrong();
  });

  test("answers deleted by another page of the site do not come back", async () => {
    await hands.arrive("/shared");
    await answerTwo();
    await page.run(() => {
      const other = document.createElement("iframe");
      other.addEventListener("load", () => other.contentWindow.localStorage.clear());
      other.src = "/empty";
      document.body.append(other);
    });
    await reads("notice.deleted_elsewhere");
    await hands.find("button", say("quick.begin"));
    assert.equal(await page.run(() => localStorage.length), 0);
    await hands.nothingWrong();
  });

  test("a wasm that is cut short leaves words to read, and the answers where they are", async () => {
    await hands.arrive(SHORT, response({ seat: "cto" }));
    await instead("notice.not_started");
    assert.match(await wrong(), /could not start/);
    assert.deepEqual(JSON.parse(await stored()), response({ seat: "cto" }));
  });

  test("a wasm under a wrong type starts as always", async () => {
    await hands.arrive(UNTYPED);
    await answerTwo();
    assert.deepEqual(await items(), two);
  });

  test("without its questions the check says so, and a reload goes on from what was answered", async () => {
    await hands.arrive(UNASKED);
    await reads("notice.no_questions");
    await hands.begin("ceo");
    await until("the answers", async () => JSON.parse((await stored()) ?? "{}").respondent?.structure);
    await page.goto(`${site.address}/strict`);
    await hands.button("resume.continue");
    await hands.heading(question(headlines[0]));
    assert.deepEqual(JSON.parse(await stored()).respondent, { seat: "ceo", structure: "two" });
  });

  test("after a panic one click goes on where the visitor was", async () => {
    await hands.arrive("/two");
    const second = hands.of(1);
    await answerTwo();
    await second.begin("ceo");
    await second.answer(headlines[0], 0);
    await second.heading(question(headlines[1]));
    // A real trap: the browser refuses once what the drawing code takes for granted.
    await page.run(() => {
      const insert = Node.prototype.insertBefore;
      Node.prototype.insertBefore = function (...nodes) {
        if (!(this.getRootNode() instanceof ShadowRoot)) return insert.apply(this, nodes);
        Node.prototype.insertBefore = insert;
        throw new DOMException("refused", "HierarchyRequestError");
      };
    });
    await hands.answer(headlines[2], 4);
    await reads("restart.stopped", "p");
    await reads("restart.stopped", "p", second);
    await hands.button("restart.again");
    await hands.heading(question(headlines[2]));
    await second.heading(question(headlines[1]));
    assert.deepEqual(await items(), { ...two, [headlines[2]]: { level: 4 } });
    assert.deepEqual(JSON.parse(await stored("second")).items, { [headlines[0]]: { level: 0 } });
  });

  test("nothing of a hostile code in a link runs, and the answers are untouched", async () => {
    await hands.arrive("/strict");
    await answerTwo();
    const kept = await stored();
    for (const code of ["", "%00", "__proto__", "<img src=x onerror=window.hacked=1>", "A".repeat(100_000), "\u202eabc"]) {
      await page.run((code) => (location.hash = `rcc=${code}`, null), code);
      await reads("arrival.broken", ".arrival :is(h2, h3, p)");
      await hands.button("arrival.dismiss");
      await until("the banner to go", async () => (await hands.read(".arrival")) === undefined);
      assert.equal(await stored(), kept);
    }
    assert.equal(await page.run(() => window.hacked), undefined);
    await hands.heading(question(headlines[2]));
    await hands.nothingWrong();
  });

  test("hostile files for the comparison are refused by name, and nobody joins", async () => {
    await hands.results(response({ level: 3 }));
    const files = [
      ["people.damaged", '{"items":'],
      ["people.damaged", '{"__proto__":{"format":"delineate-response"}}'],
      ["people.no_response", "<script>window.hacked=1</script>"],
      ["people.damaged", "[".repeat(200_000)],
      ["people.too_large", "x".repeat(1_100_000)],
    ];
    for (const [index, [key, text]] of files.entries()) {
      const file = path.join(folder, `hostile ${index}.json`);
      writeFileSync(file, text);
      await page.upload(await hands.hidden(".desk input[type=file]"), file);
      const words = say(key, { file: path.basename(file) });
      await until(words, () => page.run((words) => document.querySelector("role-clarity-check").shadowRoot.textContent.includes(words), words));
    }
    assert.equal(await page.run(() => window.hacked ?? {}.format), undefined);
    assert.equal(await hands.read(".comparison"), undefined);
    await hands.nothingWrong();
  });

  test("a host's hostile words are shown as text, and a host's attack on the reader is refused beside its own words", async () => {
    await hands.arrive("/worded");
    await hands.heading(HOSTILE["start.title"]);
    assert.equal(await page.run(() => window.hacked), undefined);
    await hands.arrive("/attacked");
    await instead("notice.not_started");
  });

  for (const [what, place] of [["polluted prototypes", "/polluted"], ["clobbered globals", "/clobbered"]]) {
    test(`on a page with ${what} the whole check works, and the page is told no more than before`, async () => {
      await hands.arrive(place);
      await answerTwo();
      await complete(2);
      // The driver itself would stumble over what is left on the page.
      await page.element(CLEAN);
      assert.equal(Object.keys(await items()).length, headlines.length);
      const told = await page.run(() => JSON.stringify(document.querySelector("role-clarity-check").getResult()));
      assert.equal(told, '{"consent":"none"}');
    });
  }

  test("a check that leaves the page and comes back is where it was, also after another page", async () => {
    await hands.arrive("/strict");
    await answerTwo();
    await page.run(() => {
      const check = document.querySelector("role-clarity-check");
      check.remove();
      document.querySelector("main").append(check);
    });
    await hands.heading(question(headlines[2]));
    await hands.nothingWrong();
    await page.goto(`${site.address}/empty`);
    await page.back();
    await hands.heading(question(headlines[2]));
    await hands.answer(headlines[2], 0);
    await hands.heading(question(headlines[3]));
    assert.deepEqual(await items(), { ...two, [headlines[2]]: { level: 0 } });
    await hands.nothingWrong();
  });

  test(`a random walk of ${ACTIONS} actions shows after each what the core works out`, async () => {
    await hands.arrive("/strict");
    const ready = () => until("the check", () => page.run(() => document.querySelector("role-clarity-check[data-ready]")?.shadowRoot.querySelector("h2.title") != null));
    await ready();
    const reload = async () => {
      await hands.nothingWrong();
      await page.reload();
      await ready();
    };
    const done = await walk({ actions: ACTIONS, seed: 1, run: (work, value) => page.run(work, value), reload });
    for (const name of ["begin", "answer", "owner", "next", "back", "travel", "reload"]) assert.ok(done[name] > 0, `the walk never did ${name}`);
    await hands.nothingWrong();
  });

  test("the server was asked for the project's own files and nothing else", () => {
    onlyOwnFiles(site, ["delineate.restart.js"]);
  });
});
