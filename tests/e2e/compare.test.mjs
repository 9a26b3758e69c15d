// Two and more people at the desk: files of every kind, the comparison, and the facilitator's view by keyboard.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { axe, button, domains, finished, gigabyte, instrument, picture, readings, report, response, say, staged, visit, wording } from "./support.mjs";

const { server, browser } = await staged();

const file = (name, content) => ({
  name,
  mimeType: "application/json",
  buffer: Buffer.isBuffer(content) ? content : Buffer.from(typeof content === "string" ? content : JSON.stringify(content)),
});
const verdicts = (page) => page.locator(".verdicts li").allTextContents();
const chooser = (page) => page.locator(".drop input[type=file]");

/** The desk of a CTO whose check is complete. */
async function atTheDesk(options) {
  const visitor = await visit(browser, server.address, options);
  await finished(visitor.page, server.address, response({ seat: "cto", owner: () => ({ officer: "cto" }) }));
  return visitor;
}

test("many files at once, each with its own verdict", async () => {
  const { page, finish } = await atTheDesk();
  const cio = response({ seat: "cio", owner: () => ({ officer: "cio" }) });
  const other = { ...cio, content: { id: "another", version: "1.0.0" } };
  const history = { format: "some-history", entries: [response({ seat: "ceo", level: 1 }), response({ seat: "ceo", level: 3 })] };
  await chooser(page).setInputFiles([
    file("cio.json", cio),
    file("again.json", cio),
    file("own.json", response({ seat: "cto", owner: () => ({ officer: "cto" }) })),
    file("history.json", history),
    file("other.json", other),
    file("later.json", { ...cio, version: 2 }),
    file("half.json", JSON.stringify(cio).slice(0, 300)),
    file("note.txt", "Dear all, here are my answers."),
    file("result.json", { format: "delineate-result", version: 1 }),
    file("empty.json", response({ items: false })),
    file("large.json", Buffer.alloc(1_000_001, 32)),
  ]);
  await page.getByText(say("people.too_large", { file: "large.json" })).waitFor();
  assert.deepEqual(await verdicts(page), [
    say("people.accepted", { file: "cio.json", name: report.seats.cio }),
    say("people.same", { file: "again.json", name: report.seats.cio }),
    say("people.same", { file: "own.json", name: report.seats.cto }),
    say("people.accepted", { file: "history.json", name: report.seats.ceo }),
    say("people.other", { file: "other.json" }),
    say("people.later", { file: "later.json" }),
    say("people.damaged", { file: "half.json" }),
    say("people.no_response", { file: "note.txt" }),
    say("people.result_only", { file: "result.json" }),
    say("people.empty", { file: "empty.json" }),
    say("people.too_large", { file: "large.json" }),
  ]);
  const names = await page.locator(".seats input").evaluateAll((all) => all.map((one) => one.value));
  assert.deepEqual(names, [report.seats.cto, report.seats.cio, report.seats.ceo]);
  // Of a history it is the latest answers that count: level 3, and the CTO's and the CIO's are at 2.
  const table = page.getByRole("region", { name: say("apart.table"), includeHidden: true });
  assert.match(await table.locator("tbody tr").first().textContent(), /223/);
  assert.equal(await table.getByRole("columnheader", { name: say("apart.deviation"), includeHidden: true }).count(), 1);
  await axe(page, "the desk with three people");
  await finish();
});

test("answers to other editions of the questions are each refused with what to do, or read, and the others are kept", async () => {
  const { page, finish } = await atTheDesk();
  const [major, minor] = instrument.version.split(".").map(Number);
  const of = (level, version, items = {}) => {
    const one = response({ seat: "cio", level, owner: () => ({ officer: "cio" }) });
    return { ...one, content: { id: instrument.id, version }, items: { ...one.items, ...items } };
  };
  await chooser(page).setInputFiles([
    file("older.json", of(1, `${major - 1}.9.0`)),
    file("newer.json", of(1, `${major + 1}.0.0`)),
    file("minor.json", of(1, `${major}.${minor + 1}.0`)),
    // A later minor edition may ask what this one does not know.
    file("added.json", of(3, `${major}.${minor + 1}.0`, { "added-later": { level: 1 } })),
    file("foreign.json", { ...of(1, "1.0.0"), content: { id: "another", version: instrument.version } }),
    file("cio.json", of(3, instrument.version)),
  ]);
  await page.getByText(say("people.accepted", { file: "cio.json", name: `${report.seats.cio} 2` })).waitFor();
  assert.deepEqual(await verdicts(page), [
    say("people.earlier", { file: "older.json" }),
    say("people.later", { file: "newer.json" }),
    say("people.accepted", { file: "minor.json", name: report.seats.cio }),
    say("people.later", { file: "added.json" }),
    say("people.other", { file: "foreign.json" }),
    say("people.accepted", { file: "cio.json", name: `${report.seats.cio} 2` }),
  ]);
  assert.ok(await page.locator(".comparison").getByText(report.comparison.notices.versions.split("{")[0].trim()).first().isVisible());
  await finish();
});

test("a file of a gigabyte is refused without being read, and whoever is there stays", async () => {
  const { page, finish } = await atTheDesk();
  const cio = response({ seat: "cio", owner: () => ({ officer: "cio" }) });
  await chooser(page).setInputFiles([file("cio.json", cio)]);
  await page.locator(".comparison").waitFor();
  const read = await readings(page);
  await chooser(page).setInputFiles(["huge.json", "huge.ndjson"].map(gigabyte));
  await page.getByText(say("people.too_large", { file: "huge.ndjson" })).waitFor();
  assert.deepEqual(await verdicts(page), ["huge.json", "huge.ndjson"].map((name) => say("people.too_large", { file: name })));
  assert.deepEqual(await read(), []);
  const names = await page.locator(".seats input").evaluateAll((all) => all.map((one) => one.value));
  assert.deepEqual(names, [report.seats.cto, report.seats.cio]);
  assert.ok(await page.locator(".comparison").isVisible());
  await finish();
});

test("files are dropped, people renamed and taken away, and a thirteenth is refused", async () => {
  const { page, finish } = await atTheDesk();
  const many = Array.from({ length: 12 }, (_, place) => response({ seat: "executive", level: place % 5, structure: place > 4 ? "one" : "two", full: place > 9 }));
  const transfer = await page.evaluateHandle((all) => {
    const data = new DataTransfer();
    all.forEach((one, place) => data.items.add(new File([JSON.stringify(one)], `${place}.json`, { type: "application/json" })));
    return data;
  }, many);
  await page.locator(".drop").dispatchEvent("drop", { dataTransfer: transfer });
  await page.getByText(say("people.full", { file: "11.json" })).waitFor();
  const lines = await verdicts(page);
  assert.equal(lines.length, 12);
  assert.equal(lines[0], say("people.accepted", { file: "0.json", name: report.seats.executive }));
  assert.equal(lines[1], say("people.accepted", { file: "1.json", name: `${report.seats.executive} 2` }));
  const second = page.getByLabel(say("people.name", { number: 2 }));
  await second.fill("Ada | <b>*Lead*</b>");
  await second.press("Tab");
  await page.locator(".who").getByText("Ada | <b>*Lead*</b>").waitFor();
  assert.equal(await page.locator(".comparison b").count(), 0, "a name is a text");
  assert.equal(await page.getByText(say("views.charter", { domains: "" }).slice(0, -1).trim()).count(), 0, "all twelve name the same owners");
  for (let left = 12; left > 2; left--) await page.locator(".seats li").last().getByRole("button").click();
  assert.equal(await page.locator(".seats li").count(), 2);
  await page.locator(".seats li").last().getByRole("button").click();
  assert.equal(await page.locator(".comparison").count(), 0, "one person is nothing to compare");
  await finish();
});

test("two officers who each claim everything: kinds, agreement, agenda, and the same as Markdown", async () => {
  const { page, finish } = await atTheDesk({ acceptDownloads: true });
  const cio = response({ seat: "cio", level: 4, owner: (domain) => (domain.critical ? { officer: "cio" } : { officer: "cto" }) });
  // What the CIO sees otherwise today and wants as the CTO's charter has it is no contradiction; the other way round it is one.
  const [first, ...rest] = instrument.domains.filter((one) => one.critical);
  const plain = instrument.domains.find((one) => !one.critical);
  cio.domains[first.id].target = { officer: "cto" };
  cio.domains[plain.id].target = { officer: "cio" };
  const denied = instrument.domains.filter((one) => one === plain || rest.includes(one));
  await chooser(page).setInputFiles([file("cio.json", cio)]);
  const comparison = page.locator(".comparison");
  await comparison.waitFor();
  const critical = instrument.domains.filter((one) => one.critical);
  const contested = report.comparison.domains.contested.name;
  await comparison.getByText(say("views.kind", { kind: contested, count: critical.length })).waitFor();
  assert.equal(await comparison.locator(".views .apart").count(), critical.length);
  const open = await comparison.getByText(say("views.charter", { domains: "" }).slice(0, -1).trim()).textContent();
  assert.deepEqual(instrument.domains.filter(({ id }) => open.includes(domains.domains[id].name)), denied, "what the charter may not yet hold");
  // 12 of 16 domains alike, none of the ten items (two levels apart): half of 75.
  assert.equal(await comparison.locator(".score strong").textContent(), "38");
  assert.equal(await comparison.locator(".agenda > li").count(), 7);
  assert.equal(await comparison.locator(".apart-items > li").count(), 10);
  const waiting = page.waitForEvent("download");
  await button(page, "agenda.save").click();
  const download = await waiting;
  assert.equal(download.suggestedFilename(), say("agenda.file"));
  const text = readFileSync(await download.path(), "utf8");
  assert.match(text, /^# /);
  assert.ok(text.includes(domains.domains[critical[0].id].name), text);
  assert.ok(text.includes("50 to 60"), text);
  await finish();
});

test("whoever the draft charter names, and who does not know the owner, is named as not confirming it", async () => {
  const { page, finish } = await atTheDesk();
  const [mine, theirs] = [instrument.domains[0], instrument.domains.at(-1)];
  const cio = response({ seat: "cio", level: 4, owner: (domain) => ([mine, theirs].includes(domain) ? "dont_know" : { officer: "cto" }) });
  await chooser(page).setInputFiles([file("cio.json", cio)]);
  await page.locator(".comparison").waitFor();
  const start = say("views.unconfirmed", { name: report.seats.cio, domains: "" }).slice(0, -1).trim();
  const map = page.locator(".shares li").first();
  assert.equal(await map.textContent(), `${say("agreement.map", { agreed: instrument.domains.length - 2, comparable: instrument.domains.length - 2 })} ${say("agreement.rest", { count: 2 })}`);
  const unseen = [mine, theirs].filter(({ critical }) => critical).map(({ id }) => domains.domains[id].name);
  assert.ok(unseen.length > 0);
  const list = unseen.length === 1 ? unseen[0] : say("list.last", { first: unseen[0], last: unseen[1] });
  await page.getByText(say("views.critical", { domains: list }), { exact: true }).waitFor();
  await page.locator("section").filter({ has: page.getByRole("heading", { name: say("agenda.title") }) }).getByText(say("agenda.find_out", { domains: list }), { exact: true }).waitFor();
  // The draft gives everything to the CTO, whose answers it is drawn from: what the CIO does not know is not theirs to confirm.
  assert.equal(await page.getByText(start).count(), 0);
  const unsure = response({ seat: "cto", level: 3, owner: (domain) => ([mine, theirs].includes(domain) ? "dont_know" : { officer: "cto" }) });
  await chooser(page).setInputFiles([file("cto.json", unsure)]);
  const name = `${report.seats.cto} 2`;
  const both = say("list.last", { first: domains.domains[mine.id].name, last: domains.domains[theirs.id].name });
  await page.getByText(say("views.unconfirmed", { name, domains: both }), { exact: true }).waitFor();
  await axe(page, "a charter that is not confirmed");
  await finish();
});

test("what two people of different structures were asked in other words is listed as not compared, and nothing else", async () => {
  const { page, finish } = await atTheDesk();
  await chooser(page).setInputFiles([file("cio.json", response({ seat: "cio", structure: "one", level: 4, owner: () => ({ officer: "cto" }) }))]);
  const comparison = page.locator(".comparison");
  await comparison.waitFor();
  // In the order of the content.
  const asked = instrument.steps.map((step) => step.items[0]);
  const unlike = asked.filter((item) => wording(item, "one").question !== wording(item).question);
  const alike = asked.filter((item) => !unlike.includes(item));
  assert.ok(unlike.length > 1 && alike.length > 1);
  const topics = unlike.map((item) => wording(item).topic);
  const start = say("apart.other_words", { topics: "" });
  const line = await comparison.locator(".why", { hasText: start }).textContent();
  for (const topic of topics) assert.ok(line.includes(topic), `${topic}: ${line}`);
  for (const item of alike) assert.ok(!line.includes(wording(item).topic), line);
  const apart = await comparison.locator(".apart-items h5").allTextContents();
  assert.deepEqual(apart, alike.map((item) => say("apart.pair", { topic: wording(item).topic, gap: 2 })));
  // In the table no level of theirs stands beside another.
  const table = page.getByRole("region", { name: say("apart.table"), includeHidden: true });
  const rows = await table.locator("tbody tr").evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.textContent)));
  const seen = report.comparison.items.other_words.name;
  const dash = say("no_value");
  assert.deepEqual(rows.filter(([topic]) => topics.includes(topic)), topics.map((topic) => [topic, seen, dash, dash, dash]));
  const heads = await table.locator("thead th").allTextContents();
  assert.deepEqual(heads.slice(-2), [report.seats.cio, say("apart.range")], "of two people no deviation is shown");
  assert.equal(rows.filter(([, kind]) => kind === seen).length, topics.length);
  // Whose levels are compared agree wholly where they do: here each lies two apart.
  const practice = [say("agreement.practice", { agreed: 0, comparable: alike.length }), say("agreement.rest", { count: unlike.length })];
  await comparison.getByText(practice.join(" "), { exact: true }).waitFor();
  await axe(page, "the desk with two structures");
  await finish();
});

test("the facilitator shows one difference after another by keyboard, and none before it is asked for", async () => {
  const { page, finish } = await atTheDesk();
  const cio = response({ seat: "cio", level: 4, owner: (domain) => (domain.critical ? { officer: "cio" } : { officer: "cto" }) });
  await chooser(page).setInputFiles([file("cio.json", cio)]);
  await button(page, "stage.start").click();
  const stage = page.getByRole("dialog", { name: say("stage.title") });
  const text = () => stage.innerText();
  const count = instrument.domains.filter((one) => one.critical).length + 10;
  await stage.getByText(say("stage.ready", { count })).waitFor();
  for (const { id } of instrument.domains) assert.ok(!(await text()).includes(domains.domains[id].name), "shown too early");
  const focused = () => page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.textContent.trim();
  });
  assert.equal(await focused(), say("stage.next"));
  assert.ok(await page.evaluate(() => document.fullscreenElement !== null), "over the whole screen");
  await page.keyboard.press("Space");
  await stage.getByText(say("stage.progress", { number: 1, count })).waitFor();
  assert.equal(await stage.getByRole("heading").count(), 1);
  assert.equal(await stage.locator("[aria-live=polite] h3").count(), 1, "what is shown is spoken");
  assert.ok((await text()).includes(domains.domains[instrument.domains.find((one) => one.critical).id].name));
  await axe(page, "the facilitator's view");
  await picture(page, "facilitator", { fullPage: false });
  await page.keyboard.press("ArrowRight");
  await stage.getByText(say("stage.progress", { number: 2, count })).waitFor();
  await page.keyboard.press("ArrowLeft");
  await stage.getByText(say("stage.progress", { number: 1, count })).waitFor();
  for (let step = 0; step < count + 3; step++) await page.keyboard.press("ArrowDown");
  await stage.getByText(say("stage.progress", { number: count, count })).waitFor();
  assert.equal(await focused(), say("stage.next"), "the focus stays");
  await page.keyboard.press("Escape");
  await stage.waitFor({ state: "hidden" });
  assert.ok(await page.evaluate(() => document.fullscreenElement === null));
  assert.equal(await focused(), say("stage.start"), "the focus is back");
  await button(page, "stage.start").click();
  await stage.getByText(say("stage.ready", { count })).waitFor();
  await button(page, "stage.next").click();
  await button(page, "stage.back").click();
  await button(page, "stage.end").click();
  await stage.waitFor({ state: "hidden" });
  await finish();
});
