// The project's own pages beside the check: the configurator, whose snippet must work, and the doctor, whose findings must be true.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { button, copied, engine, firefoxDriven, hostPage, say, staged, visit } from "./support.mjs";

const { server, browser } = await staged();

const open = async (file, options) => {
  const seen = await visit(browser, server.address, options);
  await seen.page.goto(server.address + file);
  return seen;
};
const snippet = (page) => page.locator("#snippet").textContent();
const shows = (page, part) => page.locator("#snippet", { hasText: part }).waitFor();

test("every choice of the configurator shows on the element and in the snippet", async () => {
  const { page, finish } = await open("configurator.html");
  await button(page, "quick.begin").waitFor();
  await shows(page, '<role-clarity-check lang="en"></role-clarity-check>');
  await page.getByLabel(say("configurator.mode"), { exact: true }).selectOption("full");
  await button(page, "full.begin").waitFor();
  assert.equal(await button(page, "quick.begin").count(), 0);
  await page.getByLabel(say("configurator.theme"), { exact: true }).selectOption("dark");
  assert.equal(await page.locator(".delineate").evaluate((stage) => getComputedStyle(stage).colorScheme), "dark");
  await page.getByLabel(say("configurator.accent"), { exact: true }).fill("#0a7d4f");
  await page.getByLabel(say("configurator.cta_label"), { exact: true }).fill('Talk to "us" <now>');
  await page.getByLabel(say("configurator.cta_href"), { exact: true }).fill("https://example.org/talk?a=1&b=2");
  await page.getByLabel(say("configurator.consent"), { exact: true }).selectOption("scores");
  await page.getByLabel(say("configurator.keep")).uncheck();
  await shows(page, 'storage-key="none"');
  const text = await snippet(page);
  for (const part of [
    'mode="full"', 'theme="dark"', 'consent="scores"', 'cta-label="Talk to &quot;us&quot; &lt;now&gt;"',
    'cta-href="https://example.org/talk?a=1&amp;b=2"', "--delineate-accent: #0a7d4f;",
  ]) {
    assert.ok(text.includes(part), `${part} in ${text}`);
  }
  await finish();
});

for (const kind of ["html", "wordpress", "single", "frame"]) {
  test(`the snippet for ${kind} works as it is copied, under the policy that stands beside it`, async () => {
    const { page, finish } = await open("configurator.html");
    await page.getByLabel(say("configurator.mode"), { exact: true }).selectOption("quick");
    await page.getByLabel(say("configurator.accent"), { exact: true }).fill("#0a7d4f");
    await page.getByLabel(say("configurator.base"), { exact: true }).fill("/");
    await page.getByRole("radio", { name: say(`configurator.for_${kind}`), exact: true }).check();
    await shows(page, kind === "frame" ? "mode=quick" : 'mode="quick"');
    if (kind === "single") await shows(page, "sha384-");
    if (kind !== "frame") await page.locator("#policy", { hasText: "sha256-" }).waitFor();
    const body = await snippet(page);
    const policy = await page.locator("#policy").textContent();
    await finish();
    const host = await visit(browser, server.address);
    await hostPage(host.page, server.address, { body, policy: `default-src 'none'; ${policy}` });
    await host.page.goto(`${server.address}host`);
    const check = kind === "frame" ? host.page.frameLocator("iframe") : host.page;
    await button(check, "quick.begin").waitFor();
    const [accent, given] = await check.locator("role-clarity-check").evaluate((element) => {
      const style = getComputedStyle(element);
      return [style.getPropertyValue("--delineate-accent"), style.getPropertyValue("--accent")];
    });
    assert.equal(accent, "rgb(10, 125, 79)", given);
    if (kind !== "frame") return host.finish();
    // The settings of a frame are in its address, where the watch on the network lets nothing pass.
    // A browser without a share menu does not know its name.
    assert.deepEqual(host.complaints.filter((line) => !line.includes("'web-share'")), []);
    await host.context.close();
  });
}

test("an address is typed letter by letter, and the policy names its origin as soon as there is one", async () => {
  const { page, finish } = await open("configurator.html");
  const base = page.getByLabel(say("configurator.base"), { exact: true });
  const rules = (text) => page.locator("#policy", { hasText: text }).waitFor();
  await base.fill("");
  await base.pressSequentially("https://check.example.org/d/");
  await rules("script-src https://check.example.org 'wasm-unsafe-eval'; style-src https://check.example.org; connect-src https://check.example.org");
  await base.fill("https://");
  await rules("script-src 'self'");
  await base.fill("//check.example.org/d/");
  await rules("script-src http://check.example.org");
  await finish();
});

test("the fingerprint is the script's own, and the snippets for React and a frame carry the settings", async () => {
  const { page, finish } = await open("configurator.html");
  await page.getByLabel(say("configurator.mode"), { exact: true }).selectOption("quick");
  await page.locator("#hash", { hasText: "sha384-" }).waitFor();
  const script = readFileSync(path.join(process.env.DELINEATE_DIST, "delineate.js"));
  const expected = createHash("sha384").update(script).digest("base64");
  assert.equal(await page.locator("#hash").textContent(), `delineate.js\nsha384-${expected}`);
  await page.getByRole("radio", { name: say("configurator.for_react"), exact: true }).check();
  await shows(page, 'import "delineate";');
  assert.ok((await snippet(page)).includes('<role-clarity-check lang="en" mode="quick" />'));
  await page.getByRole("radio", { name: say("configurator.for_frame"), exact: true }).check();
  await shows(page, "frame.html?mode=quick");
  assert.ok((await snippet(page)).includes('allow="clipboard-write; web-share; fullscreen"'), "what a frame may do only by leave");
  const resizer = createHash("sha384").update(readFileSync(path.join(process.env.DELINEATE_DIST, "delineate.resize.js"))).digest("base64");
  assert.equal(await page.locator("#hash").textContent(), `delineate.resize.js\nsha384-${resizer}`);
  await finish();
});

test("copying says whether it worked", async () => {
  const { page, finish } = await open("configurator.html", { permissions: ["clipboard-write", "clipboard-read"] });
  await shows(page, '<role-clarity-check lang="en">');
  await page.getByRole("button", { name: say("configurator.copy") }).click();
  await page.getByText(say("configurator.copied"), { exact: true }).waitFor();
  assert.equal(await copied(page), await snippet(page));
  await page.evaluate(() => (navigator.clipboard.writeText = () => Promise.reject(new Error("no"))));
  await page.getByRole("button", { name: say("configurator.copy") }).click();
  await page.getByText(say("configurator.not_copied"), { exact: true }).waitFor();
  await finish();
});

const doctor = (page) =>
  page.evaluate(async () => Object.fromEntries((await (await import("/delineate.doctor.js")).diagnose()).map(({ id, good }) => [id, good])));

test("the doctor finds this server in order but for its caching, and says what to do", async () => {
  const { page, finish } = await open("doctor.html");
  // WebKit for GTK unpacks what comes packed, and takes the header away that says so.
  const compression = engine !== "webkit";
  await page.getByText(say("doctor.summary_bad", { count: compression ? 1 : 2, all: 8 })).waitFor();
  await page.getByText(say("doctor.caching_fix")).waitFor();
  assert.deepEqual(await doctor(page), {
    wasm: true, connect: true, files: true, type: true, compression, caching: false, styles: true, storage: true,
  });
  await finish();
});

/** WebKit makes a module of wasm whatever the policy of the page says. */
const lenient = engine === "webkit";
const wasm = lenient ? [] : ["wasm"];

/** What the doctor says is to be done, by its points. */
const fixes = (page) =>
  page.evaluate(async () => {
    const found = await (await import("/delineate.doctor.js")).diagnose();
    return Object.fromEntries(found.filter(({ fix }) => fix !== undefined).map(({ id, fix }) => [id, fix]));
  });
/** That the doctor has this to say of these points, and nothing of any other. */
const advises = async (page, ids) =>
  assert.deepEqual(await fixes(page), Object.fromEntries(ids.map((id) => [id, say(`doctor.${id}_fix`)])));

test("the doctor notices each thing that is missing, and says what to add", async () => {
  const allowConsole = [firefoxDriven ? /Content-Security-Policy: / : /Content Security Policy|Failed to load resource|Refused/];
  const { page, finish } = await visit(browser, server.address, { allowConsole });
  await page.addInitScript(() => Object.defineProperty(window, "localStorage", { get: () => { throw new Error("refused"); } }));
  let type = "text/html";
  await page.route("**/delineate.widget.wasm", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { "content-type": type, "cache-control": "public, max-age=31536000" } });
  });
  await page.route("**/content/en.questions.json", (route) => route.fulfill({ status: 404, body: "" }));
  const under = async (policy) => {
    await hostPage(page, server.address, { policy: `default-src 'none'; ${policy}` });
    await page.goto(`${server.address}host`);
  };
  await under("script-src 'self'; connect-src 'self'");
  assert.deepEqual(await doctor(page), {
    wasm: lenient, connect: true, files: false, type: false, compression: false, caching: true, styles: true, storage: false,
  });
  await advises(page, [...wasm, "files", "type", "compression", "storage"]);
  // Whoever adds the source that is named, where it is said, and serves the type that is named, is rid of both.
  const [, source, where] = say("doctor.wasm_fix").match(/^Add ('[\w-]+') to ([\w-]+) of/);
  [, type] = say("doctor.type_fix").match(/^Serve \.wasm as ([\w/]+)\./);
  await under(`script-src 'self'; connect-src 'self'`.replace(where, `${where} ${source}`));
  await advises(page, ["files", "compression", "storage"]);
  // And so where the files may not be fetched.
  await under("script-src 'self' 'wasm-unsafe-eval'; connect-src 'none'");
  const found = await doctor(page);
  assert.equal(found.wasm, true);
  assert.equal(found.connect, false);
  await advises(page, ["connect", "files", "type", "compression", "caching", "storage"]);
  const [, fetching] = say("doctor.connect_fix").match(/^Add the origin of the files to ([\w-]+) of/);
  await under(`script-src 'self' 'wasm-unsafe-eval'; ${fetching} ${new URL(server.address).origin}`);
  await advises(page, ["files", "compression", "storage"]);
  await finish();
});

test("the doctor's page shows what to do beside each point that needs a hand, and nothing beside the others", async () => {
  const allowConsole = [firefoxDriven ? /Content-Security-Policy: / : /Content Security Policy|Failed to load resource|Refused/];
  const { page, finish } = await visit(browser, server.address, { allowConsole });
  await page.addInitScript(() => Object.defineProperty(window, "localStorage", { get: () => { throw new Error("refused"); } }));
  await page.route("**/doctor.html", async (route) => {
    const response = await route.fetch();
    const policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'none'; img-src data:";
    await route.fulfill({ response, headers: { ...response.headers(), "content-security-policy": policy } });
  });
  await page.goto(`${server.address}doctor.html`);
  const bad = [...wasm, "connect", "files", "type", "compression", "caching", "storage"];
  const good = ["styles", ...(lenient ? ["wasm"] : [])];
  await page.getByText(say("doctor.summary_bad", { count: bad.length, all: bad.length + good.length })).waitFor();
  const rows = await page.locator("#points tr").evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent)));
  const told = Object.fromEntries(rows.map(([point, state, , fix]) => [point, [state, fix]]));
  const expected = bad.map((id) => [say(`doctor.${id}`), [say("doctor.bad"), say(`doctor.${id}_fix`)]]);
  assert.deepEqual(told, Object.fromEntries([...expected, ...good.map((id) => [say(`doctor.${id}`), [say("doctor.good"), ""]])]));
  await finish();
});
