// The element in a page of a real WordPress, put there as the configurator says: one Custom HTML block.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  OWN_FILES, answerItem, answerMap, axe, begin, button, headlines, hostPage, launch, looks, picture, say, script, serve, usual, visit,
} from "../e2e/support.mjs";
import { wordpress } from "./setup.mjs";

const tag = "role-clarity-check";
const block = (html) => `<!-- wp:html -->\n${html}\n<!-- /wp:html -->`;

/** A group of wide width, whose inner blocks take all of it. */
const wide = (content) =>
  `<!-- wp:group {"align":"wide","layout":{"type":"default"}} -->\n<div class="wp-block-group alignwide">${content}</div>\n<!-- /wp:group -->`;

/** The snippet for WordPress, as the configurator gives it for the files under /delineate/. */
async function configured() {
  const { page, finish } = await visit(browser, server.address);
  await page.goto(`${server.address}configurator.html`);
  await page.getByLabel(say("configurator.base"), { exact: true }).fill("/delineate/");
  await page.getByRole("radio", { name: say("configurator.for_wordpress"), exact: true }).check();
  const shown = page.locator("#snippet", { hasText: "wp:html" });
  await shown.waitFor();
  const text = await shown.textContent();
  await finish();
  return text;
}

let server, browser, snippet, host;
before(async () => {
  server = await serve();
  browser = await launch();
  snippet = await configured();
  host = await wordpress({
    dist: process.env.DELINEATE_DIST,
    pages: [
      { slug: "check", title: "How clear are the roles?", role: "administrator", content: snippet },
      { slug: "wide", title: "With more room", role: "administrator", content: wide(snippet) },
      { slug: "nothing", title: "Nothing", role: "administrator", content: block("<p>A page without the check.</p>") },
      { slug: "author", title: "From an author", role: "author", content: snippet },
    ],
  });
});
after(async () => {
  await host?.stop();
  await browser?.close();
  server?.stop();
});

/** Opens a page of the host and notes what it requests; the caller looks at the requests, as WordPress has files of its own. */
async function open(slug) {
  const seen = await visit(browser, host.address);
  const response = await seen.page.goto(`${host.address}${slug}/`);
  assert.equal(response.status(), 200);
  return seen;
}

test("WordPress keeps the snippet as an administrator saves it, and shows the check with the same styles as a plain page", async () => {
  assert.equal(host.kept.check, snippet);
  const { page, context, complaints } = await open("check");
  await button(page, "quick.begin").waitFor();
  await picture(page, "wordpress");
  const { width } = await page.locator(tag).boundingBox();
  const shown = await looks(page);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);
  assert.deepEqual(complaints, []);
  await context.close();

  const plain = await visit(browser, server.address);
  // As wide as the theme's column, as the check goes by its own width.
  await hostPage(plain.page, server.address, { policy: "", body: `<div style="width: ${width}px"><${tag}></${tag}></div>${script}` });
  await plain.page.goto(`${server.address}host`);
  await button(plain.page, "quick.begin").waitFor();
  assert.deepEqual(shown, await looks(plain.page));
  await plain.finish();
});

test("a whole quick check runs in a page of WordPress, requesting nothing but the widget's own files", async () => {
  const without = await open("nothing");
  await without.page.waitForLoadState("networkidle");
  await without.context.close();
  const usualFiles = new Set(without.requests.map((request) => new URL(request.url()).pathname));

  const { page, context, requests, complaints } = await open("check");
  await axe(page, "the start page in WordPress", tag);
  await begin(page);
  for (const item of headlines) await answerItem(page, item, 3);
  await answerMap(page, usual);
  await button(page, "review.results").click();
  await page.getByText(say("files.title"), { exact: true }).waitFor();
  await axe(page, "the results in WordPress", tag);
  await picture(page, "wordpress-results");
  assert.deepEqual(complaints, []);
  await context.close();

  const fetched = requests.filter((request) => !/^(data|blob):/.test(request.url()));
  const own = [];
  for (const request of fetched) {
    const url = new URL(request.url());
    assert.equal(url.origin, new URL(host.address).origin, `a request left the site: ${url}`);
    if (usualFiles.has(url.pathname) || url.pathname === "/check/") continue;
    assert.match(url.pathname, /^\/delineate\//, `not a file of the widget: ${url}`);
    assert.ok(OWN_FILES.has(url.pathname.slice("/delineate/".length)), `not a file of the widget: ${url}`);
    assert.equal(url.search, "", `a request carried a query: ${url}`);
    assert.equal(request.method(), "GET");
    own.push(url.pathname);
  }
  for (const file of ["delineate.js", "host.css", "delineate.widget.wasm"]) {
    assert.ok(own.includes(`/delineate/${file}`), `${file} was not among ${own}`);
  }
});

test("in a wide group the check has more room than the theme's text column", async () => {
  const widths = [];
  for (const slug of ["check", "wide"]) {
    const { page, context } = await open(slug);
    await button(page, "quick.begin").waitFor();
    widths.push((await page.locator(tag).boundingBox()).width);
    await context.close();
  }
  assert.ok(widths[1] > widths[0] * 1.5, `${widths}`);
});

test("from an author, who may not write HTML freely, WordPress takes the element away and says nothing", async () => {
  assert.doesNotMatch(host.kept.author, /<script|<role-clarity-check/);
  const { page, context } = await open("author");
  assert.equal(await page.locator(tag).count(), 0);
  await context.close();
});
