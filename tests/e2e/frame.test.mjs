// The check within a frame: a host that lets in nothing but the frame, and pages around it that mean no good.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { after, before, test } from "node:test";
import { answerItem, answerMap, asks, begin, button, complained, complaintsOf, engine, firefoxDriven, headlines, instrument, launch, root, say, serve, strict, usual } from "./support.mjs";

let server, gate, browser, host, other;
/** What stands at a path instead of the check's own file: the HTML and the headers. */
const pages = new Map();
before(async () => {
  server = await serve();
  browser = await launch({ framed: true });
  // A page that a test makes up must come over the network too: browsers keep pages of unknown places from this machine's servers.
  gate = createServer(async ({ url }, response) => {
    const made = pages.get(url.split("?")[0]);
    if (made) {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8", ...made.headers }).end(made.html);
      return;
    }
    const file = await fetch(new URL(url, server.address), { headers: { "accept-encoding": "identity" } });
    const headers = Object.fromEntries([...file.headers].filter(([name]) => !["content-length", "transfer-encoding"].includes(name)));
    response.writeHead(file.status, headers).end(Buffer.from(await file.arrayBuffer()));
  });
  await new Promise((resolve) => gate.listen(0, "127.0.0.1", resolve));
  // One server is two sites: the host by the first name, and where the frame comes from by the second.
  host = `http://127.0.0.1:${gate.address().port}/`;
  other = `http://localhost:${gate.address().port}/`;
});
after(async () => {
  await browser?.close();
  gate?.close();
  server?.stop();
});

/** The policy of a host that trusts one script of its own and one frame of another site. */
const careful = () => `default-src 'none'; script-src 'self'; frame-src ${other}${firefoxDriven ? " blob:" : ""}; require-trusted-types-for 'script'; trusted-types 'none'`;

const resizer = '<script type="module" src="/delineate.resize.js"></script>';
const frameAt = (query = "", attributes = "data-delineate", origin = other) =>
  `<iframe ${attributes} title="How clear are your roles?" width="100%" height="300" src="${origin}frame.html${query.replaceAll("&", "&amp;")}"></iframe>`;

/** Opens a host's page with what it says to and hears from its frames on record; `finish` checks that nothing was complained about. */
const open = async ({ body, policy = careful(), allowConsole = [], made = {}, init }) => {
  const context = await browser.newContext({ viewport: { width: 1000, height: 900 } });
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  const requests = [];
  context.on("request", (request) => requests.push(request));
  await page.addInitScript(() => {
    window.heard = [];
    window.addEventListener("message", ({ data, origin }) => window.heard.push({ data, origin }));
    window.told = [];
    for (const name of ["ready", "start", "progress", "complete", "error"]) {
      document.addEventListener(name, (event) => event instanceof CustomEvent && window.told.push([name, event.detail]), true);
    }
  });
  if (init) await page.addInitScript(init);
  const html = `<!doctype html><html lang="en"><head><title>A host</title></head><body><h1>A host</h1>${body}</body></html>`;
  pages.clear();
  pages.set("/host", { html, headers: policy ? { "content-security-policy": policy } : {} });
  pages.set("/favicon.ico", { html: "", headers: {} });
  for (const [path, page] of Object.entries(made)) pages.set(path, page);
  await page.goto(`${host}host`);
  const finish = async () => {
    const unexpected = complaints.filter((line) => !allowConsole.some((pattern) => pattern.test(line)));
    assert.deepEqual(unexpected, []);
    for (const request of requests) assert.equal(request.method(), "GET", request.url());
    await context.close();
  };
  return { page, frame: page.frameLocator("iframe >> nth=0"), inner: () => page.frames().find((frame) => frame.url().includes("frame.html")), complaints, finish };
};

const drawn = (frame) => frame.locator("role-clarity-check[data-ready]").waitFor();

/** Waits until the frame is exactly as tall as the page within, and that page has nothing to scroll. */
const fits = async (page, inner) => {
  for (let time = 0; time < 100; time += 1) {
    const [given, wanted, wide] = [
      await page.locator("iframe").first().evaluate((frame) => frame.clientHeight),
      await inner.evaluate(() => Math.ceil(document.documentElement.getBoundingClientRect().height)),
      await inner.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
    ];
    const scrolls = await inner.evaluate(() => document.documentElement.scrollHeight > window.innerHeight);
    if (given === wanted && wide === 0 && !scrolls) return given;
    await page.waitForTimeout(50);
  }
  throw assert.fail("the frame never fitted what is in it");
};

const response = {
  format: "delineate-response", version: 1, content: { id: instrument.id, version: instrument.version },
  respondent: { seat: "cto", structure: "two" }, full_steps: [],
  items: Object.fromEntries(headlines.map((item) => [item, { level: 3 }])),
  domains: Object.fromEntries(instrument.domains.map(({ id, usual }) => [id, { today: { officer: usual ?? "cto" } }])),
};

/** All questions answered, and the results shown. */
const toResults = async (frame) => {
  await frame.locator("role-clarity-check").evaluate((element, response) => element.load(response), response);
  await button(frame, "resume.results").click();
  await frame.getByText(say("files.title"), { exact: true }).waitFor();
};

test("a host that lets in only the frame: its height follows, and its events come as the visitor allows", async () => {
  const { page, frame, inner, finish } = await open({ body: frameAt("?consent=band&mode=quick") + resizer });
  await drawn(frame);
  const first = await fits(page, inner());
  await begin(frame);
  await answerItem(frame, headlines[0], 3);
  await asks(frame, headlines[1]);
  const second = await fits(page, inner());
  for (const item of headlines.slice(1)) await answerItem(frame, item, 3);
  await answerMap(frame, usual);
  await button(frame, "review.results").click();
  await frame.getByText(say("files.title"), { exact: true }).waitFor();
  const third = await fits(page, inner());
  assert.ok(third > 2 * second && first !== second, `${first} ${second} ${third}`);
  await page.setViewportSize({ width: 360, height: 800 });
  assert.ok((await fits(page, inner())) > third, "a narrow frame is a taller one");

  const told = () => page.evaluate(() => window.told);
  await page.waitForFunction(() => window.told.at(-1)[0] === "complete");
  assert.deepEqual([...new Set((await told()).map(([name]) => name))], ["ready", "start", "progress", "complete"]);
  for (const [name, detail] of await told()) assert.deepEqual(detail, name === "ready" ? {} : { consent: "none" });
  await frame.getByRole("checkbox", { name: say("share.band") }).check();
  await page.waitForFunction(() => window.told.at(-1)[1].band === "sharp");
  const [name, detail] = (await told()).at(-1);
  assert.equal(name, "complete");
  assert.equal(detail.score, undefined);
  assert.equal(detail.response, undefined);
  // Whatever else the host can hear, it hears it from the frame's site, and it is heights and these events.
  for (const { data, origin } of await page.evaluate(() => window.heard)) {
    assert.equal(`${origin}/`, other);
    assert.deepEqual(Object.keys(data).sort(), "height" in data ? ["delineate", "height"] : ["delineate", "detail", "event"]);
  }
  await finish();
});

test("a resizer that arrives after the check still learns its height and that it is ready", async () => {
  const { page, frame, inner, finish } = await open({ policy: "", body: frameAt() });
  await drawn(frame);
  assert.deepEqual(await page.evaluate(() => window.heard), [], "nothing is said to a window that has not spoken");
  await page.addScriptTag({ url: "/delineate.resize.js", type: "module" });
  await page.waitForFunction(() => window.told.length > 0);
  await fits(page, inner());
  assert.deepEqual(await page.evaluate(() => window.told), [["ready", {}]]);
  await finish();
});

test("two frames, one of them added late, each get their own height", async () => {
  const { page, frame, finish } = await open({ body: `<div id="place"></div>${frameAt("?storage-key=one")}${resizer}` });
  await drawn(frame);
  await page.evaluate((address) => {
    const late = Object.assign(document.createElement("iframe"), { src: address, title: "Late", width: 400, height: 300 });
    late.dataset.delineate = "";
    document.querySelector("#place").append(late);
  }, `${other}frame.html?storage-key=two`);
  await page.waitForFunction(() => [...document.querySelectorAll("iframe")].every((frame) => frame.clientHeight !== 300));
  const heights = await page.locator("iframe").evaluateAll((frames) => frames.map((frame) => frame.clientHeight));
  assert.notEqual(heights[0], heights[1], "they are not equally wide");
  await finish();
});

test("what another window says is not listened to", async () => {
  const forged = { delineate: 1, height: 7777, event: "complete", detail: { band: "forged" } };
  const evil = `<!doctype html><script>
    const forged = ${JSON.stringify(forged)};
    parent.postMessage(forged, "*");
    for (const frame of [parent.frames[0], parent.frames[1]]) frame.postMessage({ delineate: 1, hello: true }, "*");
  </script>`;
  // The frame of the check, a frame of the same site without a check, and one that was given an address and went to another.
  const body =
    frameAt() +
    `<iframe title="Evil" src="${other}evil.html"></iframe><iframe data-delineate title="Strayed" src="${host}strayed.html"></iframe>` + resizer;
  const { page, frame, inner, finish } = await open({
    body, policy: "",
    made: { "/evil.html": { html: evil }, "/strayed.html": { html: `<!doctype html><script>location = "${other}evil.html"</script>` } },
    // The one that strayed is greeted under the address that it was given, and the browser says that it has another.
    allowConsole: [/does not match the recipient window['’]s origin/],
  });
  await drawn(frame);
  await page.waitForFunction(() => window.heard.filter(({ data }) => data.height === 7777).length === 2);
  await page.evaluate((forged) => window.postMessage(forged, "*"), forged);
  await page.waitForFunction(() => window.heard.filter(({ data }) => data.height === 7777).length === 3);
  await begin(frame);
  await page.waitForFunction(() => window.told.some(([name]) => name === "start"));
  await fits(page, inner());
  assert.equal(JSON.stringify(await page.evaluate(() => window.told)).includes("forged"), false);
  const tall = await page.locator("iframe").evaluateAll((frames) => frames.map((frame) => frame.clientHeight));
  assert.ok(!tall.includes(7777), `${tall}`);
  for (const strange of page.frames().filter((frame) => frame.url().includes("evil.html"))) {
    const heard = await strange.evaluate(() => window.heard.filter(({ data }) => data.hello !== true));
    assert.deepEqual(heard, [], "the check answers to nobody but the page around");
  }
  await finish();
});

/** A frame that says all this, and then a height, once it is greeted. */
const speaker = (messages) => `<!doctype html><script>
  addEventListener("message", () => {
    for (const message of ${JSON.stringify(messages)}) parent.postMessage(message, "*");
    parent.postMessage({ delineate: 1, height: 612.2 }, "*");
  }, { once: true });
</script>`;

test("of what the right frame says, only sensible heights and the five events count", async () => {
  const odd = [
    { delineate: 1, height: -5 }, { delineate: 1, height: 1e9 }, { delineate: 1, height: "900" }, { delineate: 2, height: 900 },
    { delineate: 1, event: "load", detail: 1 }, { delineate: 1, event: "click", detail: 1 }, { delineate: 1, event: { toString: 1 } }, null, "hello", 7,
  ];
  const { page, finish } = await open({
    body: frameAt() + resizer,
    made: { "/frame.html": { html: speaker(odd) } },
    init: () => {
      window.stray = 0;
      for (const name of ["load", "click"]) document.addEventListener(name, (event) => event instanceof CustomEvent && (window.stray += 1), true);
    },
  });
  await page.waitForFunction(() => document.querySelector("iframe").clientHeight === 613);
  assert.equal(await page.evaluate(() => window.heard.length), odd.length + 1);
  assert.equal(await page.evaluate(() => window.stray), 0);
  assert.deepEqual(await page.evaluate(() => window.told), []);
  await finish();
});

test("a page around that has no origin is told nothing, however it asks", async () => {
  const around =
    frameAt("?consent=answers") +
    // A page without an address hears by its own script, as in WebKit no other comes to it.
    `<script>window.heard ??= []; addEventListener("message", ({ data }) => window.heard.push(data));</script>` +
    `<script>setInterval(() => document.querySelector("iframe").contentWindow.postMessage({ delineate: 1, hello: true }, "*"), 50)</script>`;
  const { page, finish } = await open({ policy: "", body: `<iframe title="Around" width="900" height="800" src="data:text/html,${encodeURIComponent(around)}"></iframe>` });
  const frame = page.frameLocator("iframe").frameLocator("iframe");
  await drawn(frame);
  await toResults(frame);
  await frame.getByRole("checkbox", { name: say("share.answers") }).check();
  await page.waitForTimeout(300);
  const strange = page.frames().find((frame) => frame.url().startsWith("data:"));
  assert.equal(await strange.evaluate(() => window.origin), "null");
  assert.deepEqual(await strange.evaluate(() => window.heard), []);
  await finish();
});

test("neither side ever speaks to whoever may listen", () => {
  for (const file of ["src/embed/frame.js", "src/embed/resize.js"]) {
    const source = readFileSync(path.join(root, file), "utf8");
    const calls = source.match(/postMessage\([^;]*\)/g);
    assert.equal(calls.length, 1, file);
    assert.match(calls[0], /, (host\.origin|originOf\(frame\))\)/);
    assert.doesNotMatch(source, /["'`]\*["'`]/);
  }
});

test("settings come by the address: those of the element, and no others", async () => {
  const hostile = "onclick=alert(1)&style=display:none&loading=lazy&class=x&id=x&slot=x&shadowrootmode=open&__proto__=x&is=x";
  const query = `?theme=dark&mode=full&cta-href=javascript:alert(1)&cta-label=Go&accent=%23a02040&paper=red;background:url(//example.org)&${hostile}`;
  const { page, frame, inner, complaints, finish } = await open({ body: frameAt(query) + resizer, allowConsole: [/left out a setting: \/cta-href/] });
  await button(frame, "full.begin").waitFor();
  assert.equal(await button(frame, "quick.begin").count(), 0);
  const element = frame.locator("role-clarity-check");
  const names = await element.evaluate((element) => element.getAttributeNames().sort());
  assert.deepEqual(names, ["cta-href", "cta-label", "data-ready", "loading", "mode", "theme"]);
  assert.equal(await element.getAttribute("loading"), "eager");
  const style = await inner().evaluate(() => document.documentElement.getAttribute("style"));
  assert.equal(style, "--delineate-accent: #a02040;");
  await complained(complaints, "/cta-href");
  assert.equal(await page.evaluate(() => "x" in Object.prototype), false);
  await finish();
});

test("a link to the frame alone keeps its looks and its content, and puts no words of its writer into the site's mouth", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  const names = () => page.locator("role-clarity-check").evaluate((element) => element.getAttributeNames().sort());
  const words = { format: "delineate-pack", version: 1, interface: { "start.title": "Who does what?" } };
  await page.route(`${host}pack.json`, (route) => route.fulfill({ json: words }));
  const benchmark = encodeURIComponent('{"n": 40, "mean": 55, "source": "Them", "date": "2026"}');
  const evil = `mode=full&consent=answers&cta-href=https://example.org/pay&cta-label=Pay&benchmark=${benchmark}`;
  for (const address of ["https://example.org/pack.json", "//example.org/pack.json", `${other}pack.json`, "http://[", "data:application/json,{}"]) {
    await page.goto(`${host}frame.html?${evil}&content=${encodeURIComponent(address)}`);
    await button(page, "full.begin").waitFor();
    await drawn(page);
    assert.deepEqual(await names(), ["data-ready", "loading", "mode"], address);
  }
  assert.deepEqual(asked.filter((address) => address.includes("pack.json") && !address.includes("frame.html")), []);
  await page.goto(`${host}frame.html?${evil}&content=/pack.json`);
  await page.getByRole("heading", { name: "Who does what?" }).waitFor();
  assert.deepEqual(await names(), ["content", "data-ready", "loading", "mode"]);
  await context.close();
});

test("in a sandbox that keeps the frame's origin all works; in one that takes it, the text stays", async () => {
  const kept = await open({
    policy: careful().replace(other, host),
    body: frameAt("", 'data-delineate sandbox="allow-scripts allow-same-origin allow-forms allow-downloads"', host) + resizer,
    // From the host's own site a sandbox like this one keeps nothing out.
    allowConsole: [/can escape its sandboxing/],
  });
  await drawn(kept.frame);
  await fits(kept.page, kept.inner());
  await begin(kept.frame);
  await toResults(kept.frame);
  await kept.frame.getByText(say("files.tools"), { exact: true }).click();
  // The browser that WebKit's driver drives saves nothing out of any frame, not even of a page's own site.
  if (engine !== "webkit") {
    const download = kept.page.waitForEvent("download");
    await button(kept.frame, "files.result").click();
    assert.equal((await download).suggestedFilename(), say("files.result_name"));
  }
  await kept.finish();

  const taken = await open({
    body: frameAt("", 'data-delineate sandbox="allow-scripts"') + resizer,
    allowConsole: [firefoxDriven ? /CORS header ‘Access-Control-Allow-Origin’ missing/ : /blocked by CORS policy|ERR_FAILED/, /does not match the recipient window['’]s origin/, ...(engine === "webkit" ? [/forbids http:\/\/localhost:\d+\/(frame\.css|delineate\.js|delineate\.frame\.js)$/] : [])],
  });
  await taken.frame.locator("role-clarity-check li").first().waitFor();
  assert.equal(await taken.frame.locator("role-clarity-check[data-ready]").count(), 0);
  assert.deepEqual(await taken.page.evaluate(() => window.heard), []);
  await taken.finish();
});

test("where a browser keeps nothing for a frame of another site, the visitor is told so", async () => {
  const { page, frame, finish } = await open({ body: frameAt() + resizer });
  await drawn(frame);
  // A private window blocks what frames of other sites keep; a browser that lets them keep it has nothing to tell.
  const blocked = await page.frames().at(-1).evaluate(() => {
    try {
      return localStorage.length !== 0;
    } catch {
      return true;
    }
  });
  assert.equal(await frame.getByText(say("notice.storage_unavailable")).count(), blocked ? 1 : 0);
  await finish();
});

test("who serves the frame says who may show it", async () => {
  const headers = { "content-security-policy": `${strict}; frame-ancestors https://www.example.org` };
  const { page, finish } = await open({
    body: frameAt() + resizer,
    made: { "/frame.html": { html: "<!doctype html><p>The frame</p>", headers } },
    allowConsole: [/frame-ancestors|ERR_BLOCKED_BY_RESPONSE|does not match the recipient window['’]s origin/],
  });
  await page.waitForLoadState();
  assert.equal(await page.frameLocator("iframe").getByText("The frame").count(), 0);
  assert.deepEqual(await page.evaluate(() => window.told), []);
  await finish();
});
