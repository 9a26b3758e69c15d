// The consultant's console: what it shows of many respondents is what the native example says of the same files.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import {
  begin, domains, gigabyte, hostPage, instrument, launch, quickly, readings, report, root, run, say, script, serve, steps, visit, words,
} from "./support.mjs";

const MANY = 10_000;
const folder = path.join(root, "target/console-under-test");
const at = (name) => path.join(folder, name);

/** Runs the native example; what it refuses or finds again stands on its error stream. */
const native = (...options) => run("cohort", ...options);

let server, browser, lines, statistics;
before(async () => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const drawn = native("--draw", `${MANY}`);
  assert.equal(drawn.status, 0, drawn.stderr);
  lines = drawn.stdout.trimEnd().split("\n");
  assert.equal(lines.length, MANY);
  writeFileSync(at("many.ndjson"), drawn.stdout);
  writeFileSync(at("hundred.ndjson"), lines.slice(0, 100).join("\n"));
  const all = native(at("many.ndjson"));
  assert.equal(all.status, 0, all.stderr);
  statistics = JSON.parse(all.stdout);
  server = await serve();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const open = async (options) => {
  const seen = await visit(browser, server.address, options);
  await seen.page.goto(`${server.address}console.html`);
  await ready(seen.page);
  return seen;
};
const ready = (page) => page.locator("#files:enabled").waitFor({ state: "attached" });
const choose = (page, files) => page.locator("#files").setInputFiles(files);
const state = (page, name, values) => page.locator("#state").getByText(say(`console.${name}`, values), { exact: true }).waitFor();
const read = async (page, files) => {
  await choose(page, files);
  await state(page, "read_all");
};
const file = (name, content) => ({ name, mimeType: "application/json", buffer: Buffer.from(content) });
const press = (page, name) => page.getByRole("button", { name: say(`console.${name}`), exact: true }).click();

const number = (value) => new Intl.NumberFormat("en").format(value);
const decimal = (value) => new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value);
/** The texts of a table's cells, row by row. */
const table = (page, id) => page.locator(`#${id} tr`).evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent)));
const count = async (page, kind) => (await page.locator(`#count-${kind}`).textContent()).replace(/,/g, "");

/** What the page must show of a group. */
function expected({ bands, domains: owned, ...statistics }) {
  const score = (name, { n, summary }) => {
    const parts = summary ? [summary.mean, summary.sd, summary.q1, summary.median, summary.q3] : [];
    const shown = summary ? parts.map((part) => decimal(part.rounded ?? part)) : Array(5).fill("–");
    return [name, number(n), ...shown, ""];
  };
  return {
    bands: bands.map(({ id, count, share }) => [
      id === null ? say("console.band_none") : report.bands[id].name, number(count), `${decimal(share.rounded)} %`, "",
    ]),
    scores: [
      score(say("console.score"), statistics.score),
      score(words["half.delineation"], statistics.delineation),
      score(words["half.practice"], statistics.practice),
      ...statistics.steps.map(({ id, values }) => score(steps[id].short, values)),
    ],
    heads: [
      say("console.domain"), ...["cto", "cio", "split", "unsplit"].map((id) => report.structures.two.owners[id]),
      ...["other", "nobody", "unknown"].map((id) => report.owners[id]), words["answer.none"],
    ],
    heat: owned.map(({ id, owners }) => [domains.domains[id].name, ...owners.map(({ count }) => number(count))]),
    unclear: ["gaps", "overlaps"].map((kind) => {
      const { respondents, share, count, mean } = statistics[kind];
      const values = { respondents: number(respondents), share: decimal(share.rounded), count: number(count), mean: decimal(mean.rounded) };
      return say(`console.${kind}`, values);
    }),
  };
}

async function shows(page, group) {
  const { respondents } = group.shown;
  await page.locator("#size").getByText(say("console.respondents_many", { count: number(respondents) }), { exact: true }).waitFor();
  const found = {
    bands: await table(page, "bands"), scores: await table(page, "scores"), heads: await page.locator("#heat-head th").allTextContents(), heat: await table(page, "heat"),
    unclear: [await page.locator("#gaps").textContent(), await page.locator("#overlaps").textContent()],
  };
  assert.deepEqual(found, expected(group.shown));
}

test("ten thousand respondents: the numbers are the native ones, and the page itself reads nothing", async (t) => {
  const { page, finish } = await open();
  const itself = await readings(page);
  await read(page, at("many.ndjson"));
  assert.equal(await count(page, "accepted"), `${MANY}`);
  await shows(page, statistics.all);
  for (const { id, group } of statistics.seats) {
    await page.getByLabel(say("console.seat"), { exact: true }).selectOption(`id:${id}`);
    await shows(page, group);
  }
  await page.getByLabel(say("console.seat"), { exact: true }).selectOption("all");
  for (const { id, group } of statistics.structures) {
    await page.getByLabel(say("console.structure"), { exact: true }).selectOption(`id:${id}`);
    await shows(page, group);
  }
  // Who did not say is a group as well: the structures and it are everybody.
  await page.getByLabel(say("console.structure"), { exact: true }).selectOption("not-said");
  const said = statistics.structures.reduce((sum, { group }) => sum + group.shown.respondents, 0);
  const rest = number(MANY - said);
  await page.locator("#size").getByText(say("console.respondents_many", { count: rest }), { exact: true }).waitFor();
  assert.deepEqual(await itself(), []);
  const { milliseconds, memory } = await page.locator("#measured").evaluate((one) => ({ ...one.dataset }));
  assert.ok(Number(memory) > 0 && Number(memory) < 200e6, `${memory} bytes of wasm memory`);
  t.diagnostic(`${MANY} responses: ${Math.round(milliseconds)} ms in the worker, ${memory} bytes of wasm memory`);
  await finish();
});

test("the page answers while files are read; stopped, it keeps what was read before and forgets the file at hand", async () => {
  // Long enough to be stopped on a fast machine.
  writeFileSync(at("long.ndjson"), Array(6).fill(readFileSync(at("many.ndjson"))).join(""));
  const { page, finish } = await open();
  await read(page, at("hundred.ndjson"));
  await choose(page, [at("long.ndjson"), at("many.ndjson")]);
  await page.locator("#progress[value]").waitFor();
  const first = await page.locator("#progress").evaluate(({ value }) => value);
  await page.getByText(say("console.how"), { exact: true }).click();
  await page.getByText(say("console.how_read"), { exact: true }).waitFor();
  await page.waitForFunction((first) => document.querySelector("#progress").value > first, first);
  await press(page, "cancel");
  await state(page, "stopped", { left: 2 });
  assert.equal(await count(page, "files"), "1");
  assert.equal(await count(page, "accepted"), "100");
  await shows(page, JSON.parse(native(at("hundred.ndjson")).stdout).all);
  // The files can be read anew, and the hundred are then known.
  await read(page, [file("again.ndjson", lines.slice(50, 150).join("\n"))]);
  assert.deepEqual([await count(page, "accepted"), await count(page, "repeated")], ["150", "50"]);
  rmSync(at("long.ndjson"));
  await finish();
});

/** The same answers to another edition: of the major version so much before or after, or of a later minor one. */
const edition = (line, majors) => {
  const own = JSON.parse(line);
  const [major, minor] = own.content.version.split(".").map(Number);
  return JSON.stringify({ ...own, content: { ...own.content, version: majors ? `${major + majors}.0.0` : `${major}.${minor + 1}.0` } });
};

test("good and bad files: each has its verdict, and the reasons are those of the native example", async () => {
  const spoilt = lines[1].slice(0, -9);
  const foreign = JSON.stringify({ ...JSON.parse(lines[1]), content: { id: "other", version: "1.0.0" } });
  const contents = {
    "good.json": lines[0],
    "spread.json": JSON.stringify(JSON.parse(lines[1]), null, 2),
    "same.json": lines[0],
    "empty.json": "",
    "text.json": "not JSON",
    "cut.json": spoilt,
    "foreign.json": foreign,
    "older.json": edition(lines[5], -1),
    "newer.json": edition(lines[5], 1),
    "minor.json": edition(lines[1], 0),
    "list.json": `[${lines[2]}]`,
    "binary.json": Buffer.from([0xff, 0xfe, 0x00, 0x01]),
    "mixed.ndjson": [lines[3], "{}", "", lines[4], lines[3]].join("\n"),
  };
  const names = Object.keys(contents);
  for (const name of names) writeFileSync(at(name), contents[name]);
  const { page, finish } = await open();
  await read(page, names.map((name) => at(name)));
  const verdict = (name) => say(`console.verdict_${name}`);
  const [good, none, some, known] = ["good", "none", "some", "repeated"].map(verdict);
  assert.deepEqual(await table(page, "file-rows"), [
    ["good.json", good, "1", "0", "0"], ["spread.json", good, "1", "0", "0"], ["same.json", known, "0", "1", "0"],
    ["empty.json", none, "0", "0", "1"], ["text.json", none, "0", "0", "1"], ["cut.json", none, "0", "0", "1"],
    ["foreign.json", none, "0", "0", "1"],
    ["older.json", none, "0", "0", "1"], ["newer.json", none, "0", "0", "1"], ["minor.json", known, "0", "1", "0"], ["list.json", none, "0", "0", "1"], ["binary.json", none, "0", "0", "1"],
    ["mixed.ndjson", some, "2", "1", "1"],
  ]);
  const counts = await Promise.all(["accepted", "repeated", "refused", "files"].map((kind) => count(page, kind)));
  assert.deepEqual(counts, ["4", "3", "9", "13"]);
  const said = native(...names.map((name) => at(name))).stderr.trimEnd().split("\n");
  const short = said.map((line) => line.replaceAll(`${folder}${path.sep}`, ""));
  const refused = await table(page, "refused-rows");
  assert.deepEqual(refused.map(([name, place, reason]) => `${name}:${place}: refused: ${reason}`), short.filter((line) => line.includes(": refused: ")));
  const repeats = await table(page, "repeat-rows");
  assert.deepEqual(repeats.map(([name, place, first, there]) => `${name}:${place}: the same answers as ${first}:${there}`), short.filter((line) => line.includes(": the same answers")));
  for (const name of ["foreign.json", "older.json", "newer.json"]) {
    const [, , reason] = refused.find(([file]) => file === name);
    assert.match(reason, /they can be read where they were asked for$/);
  }
  // Four people are too few.
  await page.locator("#suppressed").waitFor();
  assert.ok(await page.locator("#shown").isHidden());
  assert.ok((await page.locator("#suppressed-why").textContent()).includes(`${instrument.cohort.smallest_group}`));
  await finish();
});

test("of a hundred refused and more, the first hundred are listed", async () => {
  const { page, finish } = await open();
  const files = Array.from({ length: 130 }, (_, place) => file(`${place}.json`, "no"));
  await read(page, files);
  assert.equal(await count(page, "refused"), "130");
  assert.equal((await table(page, "refused-rows")).length, 100);
  await page.getByText(say("console.refused_first", { count: 100 }), { exact: true }).waitFor();
  assert.equal((await table(page, "file-rows")).length, 100);
  await page.getByRole("button", { name: say("console.more", { count: 30 }), exact: true }).click();
  const names = (await table(page, "file-rows")).map(([name]) => name);
  assert.deepEqual(names, files.map(({ name }) => name));
  assert.ok(await page.locator("#more").isHidden());
  assert.ok(await page.locator("#statistics").isHidden());
  await finish();
});

test("ten thousand files at once: the numbers are those of the same lines in one file, and the page hands them over a few at a time", async (t) => {
  const apart = at("apart");
  mkdirSync(apart);
  const files = lines.map((line, place) => {
    const name = path.join(apart, `${place}.json`);
    writeFileSync(name, line);
    return name;
  });
  const { page, finish } = await open();
  const itself = await readings(page);
  await page.evaluate(() => {
    window.heard = 0;
    addEventListener("change", () => window.heard++, true);
    // How many files the page hands to the worker in each of its own tasks.
    window.handed = [];
    let underWay = false;
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = function (message, ...others) {
      if (message.kind === "hand") {
        if (!underWay) {
          window.handed.push(0);
          // Asked for before the page asks for its next turn, and so over before that.
          setTimeout(() => (underWay = false));
        }
        underWay = true;
        window.handed[window.handed.length - 1] += message.files.length;
      }
      return postMessage.call(this, message, ...others);
    };
  });
  // Stopped before the first of them is read, and choosing them anew begins anew.
  // Pressed as soon as it can be: what is tested is what the page does then, not how fast a driver is.
  await page.evaluate(() => addEventListener("change", () => setTimeout(() => document.querySelector("#cancel").click()), { once: true }));
  await choose(page, files.slice(0, 3000));
  await state(page, "stopped", { left: number(3000) });
  // Stopped on the way, what was read is there, and what was left can be read afterwards.
  await choose(page, files);
  await page.locator("#progress[value]").waitFor();
  const shownFile = await page.locator("#file").textContent();
  const place = Number(shownFile.match(/[\d,]+/)[0].replace(/,/g, ""));
  assert.equal(shownFile, say("console.progress_file", { place: number(place), files: number(MANY), name: `${place - 1}.json` }));
  await page.waitForFunction((one) => document.querySelector("#file").textContent !== one, shownFile);
  await press(page, "cancel");
  await page.locator("#working").waitFor({ state: "hidden" });
  const before = Number(await count(page, "accepted"));
  assert.ok(before > 0 && before < MANY, `${before} read`);
  await state(page, "stopped", { left: number(MANY - before) });
  assert.equal(await count(page, "files"), `${before}`);
  await read(page, files.slice(before));
  const counts = await Promise.all(["accepted", "repeated", "refused", "files"].map((kind) => count(page, kind)));
  assert.deepEqual(counts, [`${MANY}`, "0", "0", `${MANY}`]);
  await shows(page, statistics.all);
  const [heard, handed] = await page.evaluate(() => [window.heard, window.handed]);
  assert.equal(heard, 3);
  assert.deepEqual(await itself(), [], "the page itself reads nothing");
  assert.ok(handed.reduce((sum, files) => sum + files) > MANY, "all of them were handed over, and some twice");
  assert.deepEqual(handed.filter((files) => files > 50), [], "no task hands over more than fifty");
  const { milliseconds } = await page.locator("#measured").evaluate((one) => ({ ...one.dataset }));
  t.diagnostic(`${MANY - before} files: ${Math.round(milliseconds)} ms in the worker`);
  rmSync(apart, { recursive: true });
  await finish();
});

test("files of a gigabyte are refused without being opened, and what is there stays", async () => {
  const huge = ["huge.json", "huge.ndjson"].map(gigabyte);
  const { page, finish } = await open();
  await read(page, at("hundred.ndjson"));
  const reason = say("console.too_large", { size: 256 });
  const refused = ["huge.json", "huge.ndjson"].map((name) => [name, reason, "0", "0", "1"]);
  await read(page, huge);
  await page.locator("#measured[data-read='0']").waitFor();
  const good = ["hundred.ndjson", say("console.verdict_good"), "100", "0", "0"];
  assert.deepEqual(await table(page, "file-rows"), [good, ...refused]);
  // Among others they are refused alone.
  writeFileSync(at("twenty.ndjson"), lines.slice(100, 120).join("\n"));
  await read(page, [huge[0], at("twenty.ndjson"), huge[1]]);
  const twenty = ["twenty.ndjson", say("console.verdict_good"), "20", "0", "0"];
  assert.deepEqual(await table(page, "file-rows"), [good, ...refused, refused[0], twenty, refused[1]]);
  assert.deepEqual((await table(page, "refused-rows"))[0], ["huge.json", "–", reason]);
  assert.equal(await page.locator("#measured").getAttribute("data-read"), `${readFileSync(at("twenty.ndjson")).length}`);
  assert.equal(await count(page, "accepted"), "120");
  await finish();
});

test("a file that cannot be read any more ends only itself", async () => {
  writeFileSync(at("gone.json"), lines[0]);
  const { page, finish } = await open();
  // The first one lasts until the second is gone, also where a busy browser is slow to say that it has them.
  writeFileSync(at("before.ndjson"), Array(4).fill(readFileSync(at("many.ndjson"))).join(""));
  await choose(page, [at("before.ndjson"), at("gone.json"), at("hundred.ndjson")]);
  rmSync(at("gone.json"));
  await state(page, "read_all");
  const [, [name, verdict, ...counts], last] = await table(page, "file-rows");
  assert.equal(name, "gone.json");
  assert.ok(verdict.startsWith(say("console.unreadable", { reason: "" })) && verdict.length > say("console.unreadable", { reason: "" }).length, verdict);
  assert.deepEqual(counts, ["0", "0", "1"]);
  assert.deepEqual(last, ["hundred.ndjson", say("console.verdict_repeated"), "0", "100", "0"]);
  await finish();
});

test("where the module cannot start, the page says so, and clearing tries again", async () => {
  const { page, context, finish } = await visit(browser, server.address, { allowConsole: [/404|Failed to load|WebAssembly/] });
  await context.route("**/delineate.console.wasm", (route) => route.fulfill({ status: 404, body: "" }));
  await page.goto(`${server.address}console.html`);
  const [start] = say("console.failed", { problem: "\n" }).split("\n");
  await page.locator("#state", { hasText: start }).waitFor();
  await context.unroute("**/delineate.console.wasm");
  await press(page, "clear");
  await state(page, "cleared");
  await ready(page);
  await read(page, at("hundred.ndjson"));
  await finish();
});

test("dropped files are read, and one dropped beside the zone does not replace the page", async () => {
  const { page, finish } = await open();
  const drop = (selector, name, text) =>
    page.evaluate(([selector, name, text]) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], name));
      const event = new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true });
      document.querySelector(selector).dispatchEvent(event);
      return event.defaultPrevented;
    }, [selector, name, text]);
  assert.equal(await drop("h1", "beside.json", lines[0]), true);
  assert.equal(await drop("#drop", "dropped.json", lines[0]), true);
  await state(page, "read_all");
  assert.deepEqual((await table(page, "file-rows")).map(([name]) => name), ["dropped.json"]);
  await finish();
});

const saved = async (page, act) => {
  const [download] = await Promise.all([page.waitForEvent("download"), act()]);
  return [download.suggestedFilename(), readFileSync(await download.path(), "utf8")];
};

test("downloads are what the native example writes, and the check accepts the benchmark", async () => {
  const repeated = at("repeated.ndjson");
  writeFileSync(repeated, [...lines.slice(0, 300), ...lines.slice(0, 20)].join("\n"));
  const { page, finish } = await open();
  await read(page, repeated);
  assert.deepEqual(await saved(page, () => press(page, "csv")), ["delineate-rows.csv", native("--csv", repeated).stdout]);
  assert.deepEqual(await saved(page, () => press(page, "ndjson")), ["delineate-rows.ndjson", native("--rows", repeated).stdout]);
  await page.getByLabel(say("console.source"), { exact: true }).fill("Own “clients” & others");
  await page.getByLabel(say("console.date"), { exact: true }).fill("2026-05");
  const [name, benchmark] = await saved(page, () => press(page, "benchmark"));
  assert.equal(name, "delineate-benchmark.json");
  assert.equal(benchmark, native("--benchmark", "Own “clients” & others", "2026-05", repeated).stdout.trimEnd());
  // Repeated answers count when the consultant says so.
  await page.getByLabel(say("console.count_repeated"), { exact: true }).check();
  await page.locator("#size").getByText(say("console.respondents_many", { count: 320 }), { exact: true }).waitFor();
  const [, rows] = await saved(page, () => press(page, "ndjson"));
  assert.equal(rows.trimEnd().split("\n").length, 320);
  await finish();

  const host = await visit(browser, server.address);
  const attribute = benchmark.replace(/&/g, "&amp;").replace(/"/g, "&quot;");
  await hostPage(host.page, server.address, { body: `<role-clarity-check loading="eager" mode="quick" benchmark="${attribute}"></role-clarity-check>${script}` });
  await host.page.goto(`${server.address}host`);
  await begin(host.page);
  await quickly(host.page, 3);
  await host.page.getByRole("button", { name: say("review.results"), exact: true }).click();
  await host.page.getByText(say("benchmark.spread", JSON.parse(benchmark)), { exact: true }).waitFor();
  await host.finish();
});

test("too few make no benchmark, and the page says why", async () => {
  const { page, finish } = await open();
  await read(page, file("seven.ndjson", lines.slice(0, 7).join("\n")));
  await page.getByLabel(say("console.source"), { exact: true }).fill("Seven");
  await page.getByLabel(say("console.date"), { exact: true }).fill("2026");
  await press(page, "benchmark");
  const { stderr } = native("--benchmark", "Seven", "2026", (writeFileSync(at("seven.ndjson"), lines.slice(0, 7).join("\n")), at("seven.ndjson")));
  await page.locator("#no-benchmark").getByText(say("console.no_benchmark", { problem: stderr.trimEnd() }), { exact: true }).waitFor();
  await finish();
});

test("a small group is not shown, nor one that would give it away, and a larger one is", async () => {
  const of = (seat, number) => {
    const structure = "two";
    return lines.slice(0, number).map((line) => JSON.stringify({ ...JSON.parse(line), respondent: { seat, structure } }));
  };
  // Three of one seat: with nine and twenty of the others shown, the total would give them away.
  const { page, finish } = await open();
  await read(page, file("seats.ndjson", [...of("ceo", 20), ...of("cto", 9), ...of("cio", 3)].join("\n")));
  const hidden = [say("console.suppressed_title"), false];
  // No two neighbours are alike: each text can only be the answer to its own choice.
  for (const [seat, [size, shown]] of [
    ["all", [say("console.respondents_many", { count: 32 }), true]], ["id:cto", hidden],
    ["id:ceo", [say("console.respondents_many", { count: 20 }), true]], ["id:cio", hidden],
    ["id:adviser", [say("console.nobody"), false]],
  ]) {
    await page.getByLabel(say("console.seat"), { exact: true }).selectOption(seat);
    await page.locator("#size").getByText(size, { exact: true }).waitFor();
    assert.equal(await page.locator("#shown").isVisible(), shown, seat);
  }
  await finish();
});

test("clearing forgets everything, and nothing is kept on the device", async () => {
  const { page, finish } = await open();
  await read(page, at("hundred.ndjson"));
  await page.locator("#size").getByText(say("console.respondents_many", { count: 100 }), { exact: true }).waitFor();
  const kept = () =>
    page.evaluate(async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, (await caches.keys()).length, document.cookie]);
  assert.deepEqual(await kept(), [0, 0, 0, 0, ""]);
  await press(page, "clear");
  await state(page, "cleared");
  await ready(page);
  for (const id of ["verdicts", "statistics", "exports", "clearing"]) assert.ok(await page.locator(`#${id}`).isHidden(), id);
  assert.ok(!(await page.locator("main").textContent()).includes("hundred.ndjson"));
  // The same answers are new to it.
  await read(page, at("hundred.ndjson"));
  assert.deepEqual([await count(page, "accepted"), await count(page, "repeated"), await count(page, "files")], ["100", "0", "1"]);
  assert.deepEqual(await kept(), [0, 0, 0, 0, ""]);
  await finish();
});
