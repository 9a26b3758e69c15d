// The guide for hosts, taken at its word: its snippets are pasted into pages, under the policy that it gives.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { answerItem, begin, button, headlines, hostPage, quickly, root, say, staged, visit } from "./support.mjs";

const guide = readFileSync(path.join(root, "docs/embedding.md"), "utf8");

/** The first block of this language that holds the text. */
const block = (language, text) => {
  const found = [...guide.matchAll(/```(\w*)\n([^]*?)```/g)].find(([, name, body]) => name === language && body.includes(text));
  assert.ok(found, `docs/embedding.md shows no ${language || "plain"} block with ${text}`);
  return found[2];
};
const snippet = block("html", "host.css");
const policy = block("", "Content-Security-Policy:").replace("Content-Security-Policy:", "").replaceAll(/\s+/g, " ").trim();
const folder = snippet.match(/src="\/(.*\/)delineate\.js"/)[1];

const { server, browser } = await staged();

/** A page with this body; the files lie in the folder that the guide names. */
const open = async (body) => {
  // The project's own pages lie there too, and no check asks for them.
  const files = readdirSync(process.env.DELINEATE_DIST, { recursive: true }).filter((file) => !/\.(br|html)$/.test(file));
  const seen = await visit(browser, server.address, { allowOwn: ["listener.js", ...files.map((file) => folder + file.replaceAll(path.sep, "/"))] });
  await seen.page.route(`**/${folder}**`, async (route) => {
    await route.fulfill({ response: await route.fetch({ url: route.request().url().replace(folder, "") }) });
  });
  await hostPage(seen.page, server.address, { body, policy });
  return seen;
};

const toResults = async (page) => {
  await begin(page);
  await quickly(page, 3);
  await button(page, "review.results").click();
  await page.getByText(say("share.title")).waitFor();
};

test("the two-minute snippet, pasted under the policy of the guide, is a whole check", async () => {
  const { page, requests, finish } = await open(snippet);
  await page.goto(`${server.address}host`);
  await begin(page);
  await answerItem(page, headlines[0], 3);
  const fetched = requests.map((request) => new URL(request.url()).pathname.slice(1));
  for (const file of fetched) assert.ok(file === "host" || file.startsWith(folder), `${file} lies outside the version's folder`);
  await finish();
});

test("the data layer and the form of the guide get what the visitor allows, and nothing before", async () => {
  const listeners = block("js", "dataLayer") + block("js", "#contact");
  const element = snippet.replace("<role-clarity-check>", '<role-clarity-check consent="band">');
  const form = '<form id="contact"><input type="hidden" name="band"></form>';
  const { page, finish } = await open(`${element}${form}<script type="module" src="/listener.js"></script>`);
  await page.route("**/listener.js", (route) => route.fulfill({ contentType: "text/javascript", body: listeners }));
  await page.goto(`${server.address}host`);
  await toResults(page);
  const band = () => page.locator("[name=band]").inputValue();
  assert.deepEqual(await page.evaluate(() => window.dataLayer), []);
  assert.equal(await band(), "");
  const allow = page.getByRole("checkbox", { name: say("share.band") });
  await allow.check();
  await page.waitForFunction(() => window.dataLayer.length > 0);
  assert.deepEqual(await page.evaluate(() => JSON.stringify(window.dataLayer)), '[{"event":"role_clarity_complete","band":"sharp"}]');
  assert.equal(await band(), "sharp");
  await allow.uncheck();
  await page.waitForFunction(() => document.querySelector("[name=band]").value === "");
  assert.equal(await page.evaluate(() => window.dataLayer.length), 1);
  await finish();
});
