// The packed npm package under the frameworks of the day: installed, bundled, served and used, each page the one that the docs show.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { FRAMEWORKS, built, developed, install, packed, typecheck } from "../frameworks/project.mjs";
import { answerItem, asks, begin, button, headlines, instrument, kept, launch, root, say, visit } from "./support.mjs";

const tarball = process.env.DELINEATE_TARBALL;
const dist = process.env.DELINEATE_DIST;

let browser, complaints;
const servers = new Map();
before(async () => {
  assert.ok(tarball && dist, 'DELINEATE_TARBALL and DELINEATE_DIST are not set: run these tests by "cargo xtask test"');
  await install(tarball);
  complaints = typecheck("react");
  for (const name of FRAMEWORKS) servers.set(name, await built(name));
  browser = await launch();
});
after(async () => {
  await browser?.close();
  for (const server of servers.values()) await server.stop();
});

const tag = "role-clarity-check";

/** Every question of the quick check answered. */
const answered = {
  format: "delineate-response",
  version: 1,
  content: { id: instrument.id, version: instrument.version },
  respondent: { seat: "cto", structure: "two" },
  full_steps: [],
  items: Object.fromEntries(headlines.map((item) => [item, { level: 3 }])),
  domains: Object.fromEntries(instrument.domains.map(({ id, usual }) => [id, { today: { officer: usual ?? "cto" } }])),
};

/** The events that reached the framework's handlers, as [name, detail]. */
const told = async (page) =>
  (await page.locator("#told li").allTextContents()).map((line) => [line.split(" ")[0], JSON.parse(line.slice(line.indexOf(" ")))]);

for (const name of FRAMEWORKS) {
  test(`${name}: drawn, set, listened to, taken away and put back`, async () => {
    const { address, files } = servers.get(name);
    const { page, requests, finish } = await visit(browser, address, { allowOwn: files });
    const statuses = [];
    page.on("response", (response) => statuses.push([response.status(), response.url()]));
    await page.goto(address);
    await begin(page);
    await answerItem(page, headlines[0], 3);
    await asks(page, headlines[1]);
    assert.deepEqual((await told(page))[0], ["progress", { consent: "none" }]);

    // A framework that takes the element away and makes another one: the answers come back with it, and the place among them.
    await page.locator("#toggle").click();
    await page.locator(tag).waitFor({ state: "detached" });
    await page.locator("#toggle").click();
    await asks(page, headlines[1]);
    assert.deepEqual((await kept(page)).items, { [headlines[0]]: { level: 3 } });

    await page.locator(tag).evaluate((element, response) => element.load(response), answered);
    await button(page, "resume.results").click();
    // The object that the framework set as a property.
    await page.getByText(say("benchmark.spread", { mean: 55, sd: 14, n: 40, source: "Our clients", date: "2026" })).waitFor();
    await page.getByRole("checkbox", { name: say("share.band") }).check();
    await page.locator("#told li").filter({ hasText: '"band":"sharp"' }).waitFor();
    const [event, detail] = (await told(page)).at(-1);
    assert.equal(event, "complete");
    assert.equal(detail.score, undefined, "the score was not allowed");

    // What the framework changes arrives: the page asks for more, so the visitor is asked anew.
    await page.locator("#consent").click();
    await page.getByRole("checkbox", { name: say("share.scores") }).check();
    await page.locator("#told li").filter({ hasText: '"score":88' }).waitFor();

    // The desk came with its texts.
    await page.getByText(say("files.title"), { exact: true }).waitFor();
    for (const [status, url] of statuses) assert.equal(status, 200, url);
    const fetched = requests.map((request) => new URL(request.url()).pathname);
    assert.ok(fetched.some((path) => /widget.*\.wasm$/.test(path)), `${fetched}`);
    // One bundle holds its texts in the addresses themselves, and the policy forbids to fetch from there.
    const texts = fetched.filter((path) => path.endsWith(".json"));
    assert.equal(texts.length > 0, name !== "plain", `${texts}`);
    await finish();
  });
}

test("the package holds what its frame refers to, and none of the project's own pages", () => {
  const files = packed();
  // A frame for each language; the first language's has the plain name.
  const frames = readdirSync(dist).filter((file) => /^frame(\.[a-z-]+)?\.html$/i.test(file));
  assert.ok(frames.includes("frame.html"));
  for (const name of frames) {
    const frame = readFileSync(path.join(dist, name), "utf8");
    for (const [, file] of frame.matchAll(/(?:src|href)="([^":]+)"/g)) assert.ok(files.includes(file), `${file} in ${files.join(" ")}`);
  }
  assert.deepEqual(files.filter((file) => file.endsWith(".html")).sort(), frames.sort());
  const prints = Object.keys(JSON.parse(readFileSync(path.join(root, "target/npm/integrity.json"), "utf8")));
  assert.ok(prints.includes("delineate.widget.wasm"));
  assert.deepEqual(prints.filter((file) => !files.includes(file)), [], "a fingerprint of what is not packed");
  assert.deepEqual(files.filter((file) => /^(page|site)\.css$|\.br$/.test(file)), []);
});

test("a bundle holds every file that the element may want, as it was packed", () => {
  const { files, read } = servers.get("react");
  const content = readdirSync(path.join(dist, "content")).filter((file) => file.endsWith(".json"));
  const wanted = ["widget", "pack"].map((module) => `delineate.${module}.wasm`).concat(content.map((file) => `content/${file}`));
  const bundled = files.filter((file) => /\.(wasm|json)$/.test(file)).map(read);
  const within = files.filter((file) => file.endsWith(".js")).map((file) => read(file).toString());
  for (const file of wanted) {
    const packed = readFileSync(path.join(dist, file));
    const whole = bundled.some((bytes) => bytes.equals(packed)) || within.some((text) => text.includes(packed.toString("base64")));
    assert.ok(whole, `${file} in ${files.join(" ")}`);
  }
});

test("the package runs from the server that one develops with, too", async () => {
  const { address, stop } = await developed("vue");
  try {
    const context = await browser.newContext();
    const page = await context.newPage();
    const thrown = [];
    page.on("pageerror", (error) => thrown.push(String(error)));
    page.on("console", (message) => message.type() === "error" && thrown.push(message.text()));
    await page.goto(address);
    await begin(page);
    await answerItem(page, headlines[0], 3);
    await asks(page, headlines[1]);
    assert.deepEqual(thrown, []);
    await context.close();
  } finally {
    await stop();
  }
});

test("the types let through what the element takes, and nothing else", async () => {
  assert.equal(await complaints, "");
});
