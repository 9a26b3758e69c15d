// The check in one file: for hosts that serve no wasm, or that want one hash over everything that runs.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, test } from "node:test";
import { answerItem, begin, button, complained, complaintsOf, engine, firefoxDriven, headlines, hostPage, launch, quickly, say, serve, visit } from "./support.mjs";

const FILE = "delineate.single.en.js";

let server, browser, source;
before(async () => {
  server = await serve();
  browser = await launch();
  source = readFileSync(path.join(process.env.DELINEATE_DIST, FILE));
});
after(async () => {
  await browser?.close();
  server?.stop();
});

const hash = (text) => `sha384-${createHash("sha384").update(text).digest("base64")}`;
const element = "<role-clarity-check><p>What is read before.</p></role-clarity-check>";
const scriptWith = (integrity) => `<script type="module" src="/${FILE}" integrity="${integrity}" crossorigin="anonymous"></script>`;

/** Nothing may be fetched by the page but the one script: there is no `connect-src`, and no `style-src`. */
const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; require-trusted-types-for 'script'; trusted-types 'none'";

const open = async (body, options) => {
  const seen = await visit(browser, server.address, { allowOwn: [FILE], ...options });
  await hostPage(seen.page, server.address, { body, policy });
  return seen;
};

test("with its hash, under a policy that lets nothing else be fetched, the whole check runs from one request", async () => {
  const { page, requests, finish } = await open(element + scriptWith(hash(source)));
  await page.goto(`${server.address}host`);
  await begin(page);
  await quickly(page, 3);
  await button(page, "review.results").click();
  await page.getByText(say("files.title"), { exact: true }).waitFor();
  const asked = requests.map((request) => new URL(request.url()).pathname).filter((file) => file !== "/host");
  assert.deepEqual(asked, [`/${FILE}`]);
  await finish();
});

test("a file with one byte changed does not run, and the host's own words stay", async () => {
  const { page, finish } = await open(element + scriptWith(hash(source)), { allowConsole: [firefoxDriven ? /hashes in the integrity attribute match/ : /Failed to find a valid digest/] });
  await page.route(`**/${FILE}`, (route) => route.fulfill({ contentType: "text/javascript", body: `${source};` }));
  await page.goto(`${server.address}host`);
  await page.waitForLoadState();
  assert.ok(await page.getByText("What is read before.").isVisible());
  assert.equal(await page.evaluate(() => customElements.get("role-clarity-check")), undefined);
  await finish();
});

test("a server that does not know wasm, and has none, does not matter", async () => {
  const { page, requests, finish } = await open(element + scriptWith(hash(source)));
  const wasm = [];
  await page.route("**/*.wasm", (route) => {
    wasm.push(route.request().url());
    return route.fulfill({ status: 404, contentType: "text/plain", body: "" });
  });
  await page.goto(`${server.address}host`);
  await begin(page);
  await answerItem(page, headlines[0], 3);
  assert.deepEqual(wasm, []);
  assert.equal(requests.length, 2);
  await finish();
});

test("a host's own content is judged without another request, too", async () => {
  const words = { format: "delineate-pack", version: 1, interface: { "start.title": "Who does what?" } };
  const body = `<role-clarity-check><script type="application/json">${JSON.stringify(words)}</script></role-clarity-check>`;
  const { page, requests, finish } = await open(body + scriptWith(hash(source)));
  await page.goto(`${server.address}host`);
  await page.getByRole("heading", { name: words.interface["start.title"] }).waitFor();
  assert.equal(requests.length, 2);
  await finish();
});

test("from a file on disk a module does not load; a page with the script written into it does", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "delineate-"));
  const context = await browser.newContext();
  try {
    writeFileSync(path.join(folder, FILE), source);
    const page = await context.newPage();
    const complaints = complaintsOf(page);
    writeFileSync(path.join(folder, "linked.html"), `<!doctype html>${element}<script type="module" src="./${FILE}"></script>`);
    await page.goto(pathToFileURL(path.join(folder, "linked.html")).href);
    assert.ok(await page.getByText("What is read before.").isVisible());
    // Of this WebKit itself tells, and its driver does not pass it on.
    if (engine !== "webkit") await complained(complaints, "CORS");
    assert.equal(await page.evaluate(() => customElements.get("role-clarity-check") === undefined), true, "the module was loaded");

    writeFileSync(path.join(folder, "within.html"), `<!doctype html><meta charset="utf-8">${element}<script type="module">${source}</script>`);
    await page.goto(pathToFileURL(path.join(folder, "within.html")).href);
    await begin(page);
    await answerItem(page, headlines[0], 3);
  } finally {
    await context.close();
    rmSync(folder, { recursive: true });
  }
});
