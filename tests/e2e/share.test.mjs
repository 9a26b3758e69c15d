// Links: a result to look at, an invitation answered blind, a passphrase, a QR code, and links that are broken.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import zxing from "@zxing/library";
import {
  answerItem, axe, begin, button, copied, domains, engine, fill, finished, headlines, hostPage, instrument, kept, keyItem, keyMap, picture, quickly,
  report, response, root, say, script, staged, visit, whole, wording,
} from "./support.mjs";

const { server, browser } = await staged();

const cto = () => response({ seat: "cto", level: 4, owner: () => ({ officer: "cto" }) });
const link = (page) => page.getByLabel(say("share.link"), { exact: true }).inputValue();
const choose = (page, kind) => page.locator(`.share input[value=${kind}]`).check();
const banner = (page) => page.locator(".arrival");

/** The link that a CTO with these answers sends. */
async function sent(kind, { answers = cto(), passphrase, version = instrument.version } = {}) {
  const { page, finish } = await visit(browser, server.address);
  if (version !== instrument.version) {
    // As the page is before or after the questions were changed.
    await page.route("**/content/en*.json", async (route) => {
      const body = await (await route.fetch()).text();
      await route.fulfill({ contentType: "application/json", body: body.replace(`"version":"${instrument.version}"`, `"version":"${version}"`) });
    });
  }
  await finished(page, server.address, answers);
  await choose(page, kind);
  if (passphrase) {
    await page.getByText(say("share.lock"), { exact: true }).click();
    await page.getByLabel(say("share.passphrase")).fill(passphrase);
    await button(page, "share.lock_now").click();
    await page.getByText(say("share.locked")).waitFor();
  }
  const address = await link(page);
  await finish();
  return address;
}

/** What a screen reader or a curious eye finds on the page. */
const everything = (page) => page.evaluate(() => {
  const shadow = document.querySelector("role-clarity-check").shadowRoot;
  return shadow.innerHTML + [...shadow.querySelectorAll("input")].map((one) => one.value).join(" ");
});

/** The visitor's own check goes on: where it was, or from the first page, which offers that. */
async function goesOn(page) {
  const resume = button(page, "resume.continue");
  const question = page.getByRole("heading", { level: 2, name: fill(wording(headlines[1]).question), exact: true });
  await resume.or(question).first().waitFor();
  if (await resume.isVisible()) await resume.click();
  await question.waitFor();
}

for (const version of ["1.4.0", "3.0.0"]) {
  test(`a link to answers to edition ${version} is refused with what to do, and the visitor's own answers stay`, async () => {
    const answers = { ...cto(), content: { id: instrument.id, version } };
    for (const kind of ["result", "invitation"]) {
      const address = await sent(kind, { answers, version });
      const { page, finish } = await visit(browser, server.address);
      await finished(page, server.address, response({ seat: "cio" }));
      const before = await kept(page);
      await page.goto("about:blank");
      await page.goto(address);
      await banner(page).getByText(say("code.other"), { exact: true }).waitFor();
      await banner(page).getByText(say("arrival.kept"), { exact: true }).waitFor();
      await button(page, "arrival.dismiss").click();
      await button(page, "resume.results").or(page.locator(".desk-parts")).first().waitFor();
      assert.deepEqual(await kept(page), before);
      await finish();
    }
  });
}

/** A host's own content: another check, with answers and a place on the device of its own. */
const pack = JSON.parse(readFileSync(path.join(root, "examples/packs/chair-and-chief-executive.json"), "utf8"));
const chair = (level) => ({
  ...response({ items: false }),
  content: { id: pack.instrument.id, version: pack.instrument.version },
  respondent: { seat: pack.instrument.seats[0], structure: pack.instrument.structures[0].id },
  items: Object.fromEntries(pack.instrument.steps.map((step) => [step.items[0], { level }])),
  domains: Object.fromEntries(pack.instrument.domains.map(({ id }) => [id, { today: { officer: pack.instrument.officers[0] } }])),
});

/** The page of either check, with answers to it. */
const checks = [
  { address: server.address, answers: (level) => response({ seat: "cto", level }) },
  { address: `${server.address}host`, answers: chair, key: `delineate-${pack.instrument.id}` },
];

/** A page with the results of these answers to one of the checks; `stored` reads everything that is kept on the device. */
async function opened({ address, answers, key = "delineate" }, level) {
  const visitor = await visit(browser, server.address, { allowOwn: ["pack.json"] });
  const { page } = visitor;
  await page.route("**/pack.json", (route) => route.fulfill({ json: pack }));
  await hostPage(page, server.address, { body: `<role-clarity-check content="/pack.json"></role-clarity-check>${script}` });
  await page.goto(address);
  await page.evaluate(([key, text]) => localStorage.setItem(key, text), [key, JSON.stringify(answers(level))]);
  await page.reload();
  await page.locator(".resume .secondary").click();
  await page.locator(".desk-parts").waitFor();
  return { ...visitor, stored: () => page.evaluate(() => ({ ...localStorage })) };
}

test("a link to another check is refused on both pages, with the built-in content and with a host's own, and the visitor's answers stay", async () => {
  const pages = [];
  for (const check of checks) {
    const visitor = await opened(check, 2);
    const links = [];
    for (const kind of ["result", "invitation"]) {
      await choose(visitor.page, kind);
      links.push(await link(visitor.page));
    }
    assert.notEqual(links[0], links[1]);
    pages.push({ ...visitor, links, address: check.address });
  }
  for (const [{ page, stored, address, finish }, { links }] of [pages, pages.toReversed()]) {
    const before = await stored();
    const score = await page.locator(".hero .score strong").textContent();
    // Pasted, it adds nobody.
    const paste = page.getByLabel(say("people.paste"));
    await paste.fill(links[0]);
    await paste.press("Enter");
    await page.locator(".verdicts").getByText(say("code.other"), { exact: true }).waitFor();
    assert.equal(await page.locator(".comparison").count(), 0);
    for (const other of links) {
      await page.goto("about:blank");
      await page.goto(address + new URL(other).hash);
      await banner(page).getByText(say("code.other"), { exact: true }).waitFor();
      await banner(page).getByText(say("arrival.kept"), { exact: true }).waitFor();
      assert.deepEqual(await stored(), before);
      await button(page, "arrival.dismiss").click();
      await banner(page).waitFor({ state: "detached" });
      assert.equal(page.url(), address);
    }
    await page.locator(".resume .secondary").click();
    assert.equal(await page.locator(".hero .score strong").textContent(), score);
    assert.deepEqual(await stored(), before);
    await finish();
  }
});

test("the link is copied, keeps the host's fragment, and never has a query", async () => {
  const { page, context, finish } = await visit(browser, server.address, { permissions: ["clipboard-read", "clipboard-write"] });
  await finished(page, server.address, cto());
  await page.evaluate(() => history.replaceState(history.state, "", "#tab=2"));
  await choose(page, "invitation");
  await choose(page, "result");
  await button(page, "share.copy").click();
  await page.getByText(say("share.copied")).waitFor();
  const text = await copied(page);
  assert.match(text, new RegExp(`^${server.address}#tab=2&rcc=[A-Za-z0-9_-]{20,62}$`));
  assert.equal(text, await link(page));
  await context.clearPermissions();
  await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await button(page, "share.copy").click();
  await page.getByText(say("share.copy_failed")).waitFor();
  await finish();
});

test("the share menu gets the same link, and says so when it does not open", async () => {
  const { page, finish } = await visit(browser, server.address);
  await page.addInitScript(() => {
    navigator.share = async (data) => {
      window.shared = data;
      if (window.refuse) throw new DOMException("no", window.refuse);
    };
  });
  await finished(page, server.address, cto());
  await button(page, "share.sheet").click();
  assert.deepEqual(await page.evaluate(() => window.shared), { text: say("share.sheet_text"), url: await link(page) });
  await page.evaluate(() => (window.refuse = "NotAllowedError"));
  await button(page, "share.sheet").click();
  await page.getByText(say("share.sheet_failed")).waitFor();
  await page.evaluate(() => (window.refuse = "AbortError"));
  await button(page, "share.sheet").click();
  await page.getByText(say("share.sheet_failed")).waitFor({ state: "hidden" });
  await finish();
});

test("a result link shows the result, changes nothing of the visitor's own, and leads to it", async () => {
  const address = await sent("result");
  const { page, finish } = await visit(browser, server.address);
  await page.clock.setFixedTime(new Date("2026-03-04T12:00:00Z"));
  const told = [];
  await page.exposeFunction("told", (name) => told.push(name));
  await page.goto(server.address);
  await begin(page, { seat: "cio" });
  await answerItem(page, headlines[0], 1);
  const own = await kept(page);
  await page.evaluate(() => {
    const check = document.querySelector("role-clarity-check");
    for (const name of ["start", "progress", "complete"]) check.addEventListener(name, () => window.told(name));
  });
  // The same tab: only the fragment changes.
  await page.evaluate((hash) => (location.hash = hash), new URL(address).hash);
  await page.getByRole("heading", { name: say("arrival.result"), exact: true }).waitFor();
  await page.getByText(say("arrival.result_from", { seat: report.seats.cto })).waitFor();
  assert.equal(await page.locator(".hero .score strong").textContent(), "100");
  assert.equal(await page.evaluate(() => document.querySelector("role-clarity-check").getResult()), null);
  for (const name of ["wipe.ask", "extend.all", "charter.decide"]) assert.equal(await button(page, name).count(), 0, name);
  assert.equal(await page.locator(".desk-parts").count(), 0);
  await axe(page, "a shared result");
  // On paper the line under the title says what the banner says on the screen.
  const printed = { date: "March 4, 2026", seat: report.seats.cto, structure: report.structures.two.label, answered: 26, asked: 26 };
  await whole(page);
  assert.equal(await page.locator(".printed").textContent(), say("results.printed_shared", printed));
  if (engine !== "webkit") {
    // As PAPER says.
    await page.emulateMedia({ media: "print" });
    assert.ok(await page.locator(".printed").isVisible());
    await page.emulateMedia({ media: "screen" });
  }
  await picture(page, "shared-result", { fullPage: false });
  await page.reload();
  await page.getByRole("heading", { name: say("arrival.result"), exact: true }).waitFor();
  assert.deepEqual(await kept(page), own, "the visitor's own answers");
  assert.deepEqual(told, [], "nobody is told");
  await button(page, "plan.title").click();
  await page.locator("#plan:focus").waitFor();
  await button(page, "arrival.own").click();
  await goesOn(page);
  assert.equal(page.url(), server.address, "the link is gone from the address");
  assert.deepEqual(await kept(page), own);
  await finish();
});

test("the CTO invites, the CIO answers blind, and then both are compared", async () => {
  const address = await sent("invitation");
  const { page, finish } = await visit(browser, server.address);
  await page.goto(address);
  await page.getByRole("heading", { name: say("arrival.invitation"), exact: true }).waitFor();
  await page.getByText(say("arrival.invitation_from", { seat: report.seats.cto })).waitFor();
  await axe(page, "an invitation");
  await page.setViewportSize({ width: 320, height: 800 });
  await axe(page, "an invitation at 320 px");
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320);
  await picture(page, "invitation-320", { fullPage: false });
  await page.setViewportSize({ width: 1280, height: 900 });
  await begin(page, { seat: "cio" });
  // The other's answers are at the highest level, whose advice stands on no page of somebody at level 1.
  const hidden = headlines.map((item) => wording(item).levels[4].advice);
  const shut = async () => {
    const text = await everything(page);
    assert.ok(!text.includes('class="comparison'), "no comparison yet");
    for (const advice of hidden) assert.ok(!text.includes(advice), "an answer of the other");
  };
  await answerItem(page, headlines[0], 1);
  await shut();
  await page.reload();
  await page.getByRole("heading", { name: say("arrival.invitation"), exact: true }).waitFor();
  // Nothing has the focus after a reload, so the first click is the mouse's.
  await answerItem(page, headlines[1], 1);
  for (const item of headlines.slice(2)) {
    await keyItem(page, item, 1);
    await shut();
  }
  for (const group of instrument.domain_groups) {
    await page.getByRole("heading", { level: 2, name: domains.groups[group].title, exact: true }).waitFor();
    await shut();
    await button(page, "ways.skip").click();
  }
  await button(page, "review.results").click();
  // Ten are settled, of 26; 70 % are 18.2.
  const told = (title) => page.getByRole("region", { name: say(title), exact: true });
  await told("arrival.not_yet").getByText(say("arrival.waiting", { percent: 70, missing: 9 })).waitFor();
  await axe(page, "an invitation that waits");
  await shut();
  assert.equal(await page.locator(".comparison, .seats li:nth-child(2)").count(), 0);
  await page.goBack();
  await button(page, "review.answer_open").click();
  await keyMap(page, () => report.structures.two.owners.cio);
  await button(page, "review.results").click();
  await page.getByRole("status").getByText(say("arrival.joined")).waitFor();
  await told("arrival.ready").waitFor();
  // Whoever has answered is no longer told that the answers are hidden.
  assert.equal(await page.getByText(say("arrival.invitation"), { exact: true }).isVisible(), false);
  // What they came for is far down the page; what is said at its top leads there, and to the way back.
  for (const [way, place] of [["arrival.compare", ".comparison section:first-of-type h4"], ["arrival.send_back", ".share h3"]]) {
    await told("arrival.ready").getByRole("button", { name: say(way), exact: true }).click();
    const there = page.locator(`${place}:focus`);
    await there.waitFor();
    assert.ok(Math.abs((await there.boundingBox()).y) < 100, way);
  }
  await page.goBack();
  await told("arrival.invitation").waitFor();
  assert.equal(await told("arrival.ready").count(), 0, "on the review it is an invitation again");
  await page.goForward();
  await told("arrival.ready").waitFor();
  const comparison = page.locator(".comparison");
  const contested = report.comparison.domains.contested.name;
  await comparison.getByText(say("views.kind", { kind: contested, count: 16 })).waitFor();
  assert.equal(await comparison.locator(".score strong").textContent(), "0");
  await axe(page, "the opened invitation");
  await picture(page, "pair", {});
  await finish();
});

test("what comes back is compared with one's own answers by one button", async () => {
  for (const passphrase of [undefined, "correct horse battery"]) {
    const back = await sent("result", { answers: response({ seat: "cio", level: 1, owner: () => ({ officer: "cio" }) }), passphrase });
    const { page, finish } = await visit(browser, server.address);
    await page.goto(server.address);
    await page.evaluate((text) => localStorage.setItem("delineate", text), JSON.stringify(cto()));
    await page.reload();
    await page.locator(".resume .secondary").waitFor();
    // In the same tab, where the host has its own in the history.
    await page.evaluate((hash) => {
      history.replaceState({ ...history.state, router: "the host's" }, "");
      location.hash = hash;
    }, new URL(back).hash);
    await page.evaluate(() => history.replaceState({ ...history.state, router: "the host's" }, ""));
    const unlocks = async () => {
      if (!passphrase) return;
      await page.getByLabel(say("arrival.passphrase"), { exact: true }).fill(passphrase);
      await button(page, "arrival.open").click();
    };
    await unlocks();
    assert.equal(await button(page, "arrival.own").count(), 0);
    await button(page, "arrival.compare_own").click();
    const comparison = page.locator(".comparison");
    await page.getByRole("region", { name: say("arrival.ready"), exact: true }).waitFor();
    await comparison.getByText(say("views.kind", { kind: report.comparison.domains.contested.name, count: 16 })).waitFor();
    assert.equal(await page.locator(".hero .score strong").textContent(), "100", "the page is the visitor's own");
    assert.deepEqual(await kept(page), cto());
    const focused = () => page.evaluate(() => document.querySelector("role-clarity-check").shadowRoot.activeElement?.className);
    assert.equal(await focused(), "title");
    assert.equal(await page.evaluate(() => history.state.router), "the host's", "what the host keeps in the history stays");
    // On the other pages there is nothing to tell, least of all of hidden answers.
    await button(page, "ways.review").click();
    await button(page, "review.results").waitFor();
    assert.equal(await page.locator(".arrival").count(), 0);
    await page.goBack();
    await comparison.waitFor();
    // The link is as it was, and what was under a passphrase is so again.
    assert.equal(page.url(), back);
    await page.reload();
    await unlocks();
    await button(page, "arrival.back").click();
    await button(page, "review.results").or(page.locator(".desk-parts")).first().waitFor();
    assert.equal(page.url(), server.address);
    await finish();
  }
});

test("a shared result is compared with nothing where there are no answers of one's own, or too few, or to other questions", async () => {
  const address = await sent("result");
  const { page, finish } = await visit(browser, server.address);
  await page.goto(address);
  const refused = async () => {
    await banner(page).getByText(say("arrival.paste"), { exact: true }).waitFor();
    assert.equal(await button(page, "arrival.compare_own").count(), 0);
  };
  await refused();
  // Too few for a verdict, and answers to other questions.
  const few = { ...cto(), domains: {} };
  for (const own of [few, { ...cto(), content: { id: "other", version: "1.0.0" } }]) {
    await page.evaluate((text) => localStorage.setItem("delineate", text), JSON.stringify(own));
    await page.reload();
    await refused();
  }
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await button(page, "arrival.own").click();
  await button(page, "quick.begin").waitFor();
  await finish();
});

test("an invitation that brings nobody else says so, and one whose sender is taken away leads nowhere", async () => {
  const address = await sent("invitation");
  const { page, finish } = await visit(browser, server.address);
  const told = (title) => page.getByRole("region", { name: say(title), exact: true });
  await finished(page, address, cto());
  await told("arrival.nothing").getByText(say("arrival.nothing_about"), { exact: true }).waitFor();
  assert.equal(await told("arrival.invitation").count(), 0);
  await finished(page, address, response({ seat: "cio", level: 1, owner: () => ({ officer: "cio" }) }));
  await told("arrival.ready").waitFor();
  await page.locator(".comparison").waitFor();
  await button(page, "people.remove_named", { name: report.seats.cto }).click();
  await told("arrival.ready").waitFor({ state: "detached" });
  assert.equal(await page.locator(".comparison").count(), 0);
  await finish();
});

test("a shared result without a verdict offers paper first, as nobody here can answer what is missing", async () => {
  const few = response({ seat: "cto", level: 3 });
  const address = await sent("result", { answers: { ...few, domains: {} } });
  const { page, finish } = await visit(browser, server.address);
  await page.goto(address);
  await page.locator(".band-name", { hasText: say("band.none") }).waitFor();
  const primary = page.locator(".hero button.primary").filter({ visible: true });
  assert.deepEqual(await primary.allTextContents(), [say("take_away.print")]);
  await finish();
});

test("a passphrase locks the link: a wrong one opens nothing, the right one opens it", async () => {
  const address = await sent("result", { passphrase: "four rändom words here" });
  assert.match(address, /#rcc=p1\.[A-Za-z0-9_-]+$/);
  const { page, finish } = await visit(browser, server.address);
  await page.goto(address);
  await page.getByRole("heading", { name: say("arrival.locked"), exact: true }).waitFor();
  await button(page, "quick.begin").waitFor();
  await axe(page, "a locked link");
  const field = page.getByLabel(say("arrival.passphrase"), { exact: true });
  await field.fill("Four rändom words here");
  await button(page, "arrival.open").click();
  await page.getByText(say("lock.wrong")).waitFor();
  // The same letters, composed otherwise.
  await field.fill("four ra\u0308ndom words here");
  await field.press("Enter");
  await page.getByRole("heading", { name: say("arrival.result"), exact: true }).waitFor();
  assert.equal(await page.locator(".hero .score strong").textContent(), "100");
  await button(page, "arrival.own").click();
  await button(page, "quick.begin").waitFor();
  await finish();
});

test("a locked link can be pasted at the desk", async () => {
  const address = await sent("result", { passphrase: "correct horse" });
  const { page, finish } = await visit(browser, server.address);
  await finished(page, server.address, response({ seat: "cio", owner: () => ({ officer: "cio" }) }));
  const paste = page.getByLabel(say("people.paste"));
  await paste.fill("https://example.org/#rcc=nonsense");
  await paste.press("Enter");
  await page.getByText(say("code.none")).waitFor();
  await paste.fill(`See ${address}`.slice(4));
  await paste.press("Enter");
  await page.getByText(say("people.locked", { file: say("people.pasted") })).waitFor();
  const field = page.getByLabel(say("people.passphrase"));
  await field.fill("wrong horse");
  await field.press("Enter");
  await page.getByText(say("lock.wrong")).waitFor();
  await field.fill("correct horse");
  await field.press("Enter");
  await page.getByText(say("people.accepted", { file: say("people.pasted"), name: report.seats.cto })).waitFor();
  await page.locator(".comparison").waitFor();
  await finish();
});

/** Made once, and never changed: the codes of two responses of `tests/vectors/codes.json` under a passphrase. */
const FROZEN = [
  {
    why: "drawn at random, 3", passphrase: "naïve Zebra 7 – lamps", wrong: "naive Zebra 7 – lamps",
    locked: "p1.DJJTjD7_zTSYNs3UrXCY5Bx2muQtkVQIDqqcAqou_KqzRe2cm1Y30McmY-oPcfPRzib70k_x-E1ySA5IHipDk2QKfVdivwJ-a7PC_L_TOzNdlF2iQq25aG6UoGlheernQy0Ogv20DzbzCN-U2H8",
  },
  {
    why: "drawn at random, 8", passphrase: "correct horse battery staple", wrong: "correct horse battery staple ",
    locked: "p1.rDsxatlaEELIj1FgrUBeqaSeaIZO4UTs_Z4KSGacco9iv04VquS-WDb7o4skXAaf_MmHJMP1y6NQo4KPo8xxjF6_muQtQshB0rJpgnhzfP3tg3LCLznysa1NnQq0mLG95RNc_T1U_C6kzweD3kw",
  },
];
const frozen = JSON.parse(readFileSync(path.join(root, "tests/vectors/codes.json"), "utf8")).codes;

/** What is under a passphrase, worked out from docs/share-code.md alone and without the product. */
async function unlocked(text, passphrase) {
  const bytes = Buffer.from(text.slice(3), "base64url");
  const [salt, iv, secret] = [bytes.subarray(0, 16), bytes.subarray(16, 28), bytes.subarray(28, -4)];
  const { subtle } = globalThis.crypto;
  const material = await subtle.importKey("raw", Buffer.from(passphrase.normalize("NFC")), "PBKDF2", false, ["deriveKey"]);
  const key = await subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations: 600_000 }, material, { name: "AES-GCM", length: 256 }, false, ["decrypt"],
  );
  return Buffer.from(await subtle.decrypt({ name: "AES-GCM", iv, additionalData: Buffer.from("p1.") }, key, secret)).toString();
}

for (const { why, passphrase, wrong, locked } of FROZEN) {
  test(`a code that was locked once opens for ever: ${why}`, async () => {
    const { kind, code, response: answers } = frozen.find((one) => one.why === why);
    assert.equal(await unlocked(locked, passphrase), code, "as the documents have it");
    const { page, finish } = await visit(browser, server.address);
    // At the desk of somebody with the very answers of the code: no other ones are called the same.
    await finished(page, server.address, { ...answers, content: { id: instrument.id, version: instrument.version } });
    const own = await kept(page);
    const paste = page.getByLabel(say("people.paste"));
    await paste.fill(locked);
    await paste.press("Enter");
    const verdict = page.locator(".verdicts li");
    await verdict.getByText(say("people.locked", { file: say("people.pasted") })).waitFor();
    const field = page.getByLabel(say("people.passphrase"));
    await field.fill(wrong);
    await field.press("Enter");
    await page.getByText(say("lock.wrong"), { exact: true }).waitFor();
    await field.fill(passphrase);
    await field.press("Enter");
    await verdict.getByText(say("people.same", { file: say("people.pasted"), name: report.seats[answers.respondent.seat] }), { exact: true }).waitFor();
    // And as a link.
    await page.goto("about:blank");
    await page.goto(`${server.address}#rcc=${locked}`);
    const phrase = page.getByLabel(say("arrival.passphrase"), { exact: true });
    await phrase.fill(wrong);
    await phrase.press("Enter");
    await banner(page).getByText(say("lock.wrong"), { exact: true }).waitFor();
    await phrase.fill(passphrase);
    await phrase.press("Enter");
    await page.getByRole("heading", { name: say(`arrival.${kind}`), exact: true }).waitFor();
    await page.getByText(say(`arrival.${kind}_from`, { seat: report.seats[answers.respondent.seat] })).waitFor();
    assert.deepEqual(await kept(page), own);
    await finish();
  });
}

/** From here on, notes whatever of these texts is ever on the page, and whether there is a comparison. */
const spy = (page, texts) => page.evaluate((texts) => {
  const shadow = document.querySelector("role-clarity-check").shadowRoot;
  window.seen = [];
  const look = () => {
    const found = texts.filter((text) => shadow.textContent.includes(text));
    if (shadow.querySelector(".comparison, .seats li:nth-child(2)")) found.push("comparison");
    window.seen = [...new Set([...window.seen, ...found])];
  };
  look();
  new MutationObserver(look).observe(shadow, { subtree: true, childList: true, characterData: true, attributes: true });
}, texts);
const seen = (page) => page.evaluate(() => window.seen);

test("an invitation under a passphrase is opened, answered blind, and compared at the end", async () => {
  const passphrase = "four rändom words here";
  const address = await sent("invitation", { passphrase });
  assert.match(address, /#rcc=p1\.[A-Za-z0-9_-]+$/);
  const { page, finish } = await visit(browser, server.address);
  // The other's answers are at the highest level, whose advice stands on no page of somebody at level 1.
  const hidden = headlines.map((item) => wording(item).levels[4].advice);
  const field = page.getByLabel(say("arrival.passphrase"), { exact: true });
  const unlock = async () => {
    await page.getByRole("heading", { name: say("arrival.locked"), exact: true }).waitFor();
    await spy(page, hidden);
    await field.fill("four random words here");
    await field.press("Enter");
    await banner(page).getByText(say("lock.wrong"), { exact: true }).waitFor();
    assert.equal(await page.getByText(say("arrival.invitation_from", { seat: report.seats.cto })).count(), 0);
    await field.fill(passphrase);
    await button(page, "arrival.open").click();
    await page.getByRole("heading", { name: say("arrival.invitation"), exact: true }).waitFor();
    await page.getByText(say("arrival.invitation_from", { seat: report.seats.cto })).waitFor();
  };
  await page.goto(address);
  await unlock();
  await begin(page, { seat: "cio" });
  await answerItem(page, headlines[0], 1);
  const own = await kept(page);
  assert.deepEqual(await seen(page), []);
  // After a reload it is locked again: nothing keeps what was opened.
  await page.reload();
  await unlock();
  assert.equal(page.url(), address);
  assert.deepEqual(await kept(page), own);
  await goesOn(page);
  // The focus is on the banner, and comes to the check with a click.
  await answerItem(page, headlines[1], 1);
  await quickly(page, 1, { from: 2, owner: () => report.structures.two.owners.cio });
  assert.deepEqual(await seen(page), []);
  await button(page, "review.results").click();
  await page.getByText(say("arrival.joined")).waitFor();
  const comparison = page.locator(".comparison");
  await comparison.getByText(say("views.kind", { kind: report.comparison.domains.contested.name, count: 16 })).waitFor();
  assert.equal(await comparison.locator(".score strong").textContent(), "0");
  // It would have been seen before.
  assert.ok((await seen(page)).includes("comparison"));
  const stored = await page.evaluate(() => Object.values({ ...localStorage, ...sessionStorage }).join());
  assert.deepEqual(["rändom", "p1.", "cto\""].filter((part) => stored.includes(part)), [], "of the other nothing is kept");
  await finish();
});

test("without a secure connection it is said that there is no passphrase", async () => {
  const { page, finish } = await visit(browser, server.address);
  await page.addInitScript(() => Object.defineProperty(Crypto.prototype, "subtle", { value: undefined }));
  await finished(page, server.address, cto());
  await page.getByText(say("share.lock"), { exact: true }).click();
  await page.getByText(say("lock.unavailable")).waitFor();
  await finish();
});

test("a broken link is explained, touches nothing, and can be put aside", async () => {
  const address = await sent("result");
  const code = new URL(address).hash.slice(5);
  const swapped = code.slice(0, 12) + (code[12] === "A" ? "B" : "A") + code.slice(13);
  const { page, finish } = await visit(browser, server.address);
  await page.goto(server.address);
  await begin(page);
  await answerItem(page, headlines[0], 3);
  const own = await kept(page);
  for (const [broken, sentence] of [
    ["hello", "code.none"],
    [code.slice(0, -8), "code.truncated"],
    [swapped, "code.damaged"],
    ["p9.AAAA", "code.later"],
    ["p1.AAAA", "code.truncated"],
    ["", "code.none"],
    [encodeURIComponent("<img src=x onerror=alert(1)>"), "code.none"],
  ]) {
    await page.evaluate((code) => (location.hash = `rcc=${code}`), broken);
    await banner(page).getByText(say(sentence)).waitFor();
    await goesOn(page);
    assert.deepEqual(await kept(page), own, broken);
  }
  await axe(page, "a broken link");
  await button(page, "arrival.dismiss").click();
  await banner(page).waitFor({ state: "detached" });
  await goesOn(page);
  assert.equal(page.url(), server.address);
  await finish();
});

test("a real reader reads the QR code, in the dark too", async () => {
  for (const colorScheme of ["light", "dark"]) {
    const { page, finish } = await visit(browser, server.address, { colorScheme, deviceScaleFactor: 2 });
    await finished(page, server.address, response({ seat: "cto", level: 4, full: true, owner: () => ({ other: "business-unit" }) }));
    await choose(page, "invitation");
    await page.getByText(say("share.qr"), { exact: true }).click();
    const code = page.getByRole("img", { name: say("share.qr_name") });
    await code.scrollIntoViewIfNeeded();
    const { x, y, width: side } = await code.boundingBox();
    // The code in its quiet zone, without what lies around that.
    const clip = { x: x + 6, y: y + 6, width: side - 12, height: side - 12 };
    const shot = (await page.screenshot({ clip })).toString("base64");
    // The picture is turned into grey values by the browser, and read by a program that knows nothing of how it was made.
    const { width, height, grey } = await page.evaluate(async (data) => {
      const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
      context.drawImage(bitmap, 0, 0);
      const { data: pixels } = context.getImageData(0, 0, bitmap.width, bitmap.height);
      const grey = Array.from({ length: pixels.length / 4 }, (_, place) => pixels[4 * place]);
      return { width: bitmap.width, height: bitmap.height, grey };
    }, shot);
    const source = new zxing.RGBLuminanceSource(Uint8ClampedArray.from(grey), width, height);
    // This reader fails to find about one in seventy codes, and that depends on the server's port; told where the code is, it reads all of them.
    const hints = new Map([[zxing.DecodeHintType.PURE_BARCODE, true]]);
    const read = new zxing.QRCodeReader().decode(new zxing.BinaryBitmap(new zxing.HybridBinarizer(source)), hints);
    assert.equal(read.getText(), await link(page));
    await picture(page, `share-${colorScheme}`);
    await finish();
  }
});
