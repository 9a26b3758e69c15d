// What is printed by a button of its own: the comparison and the charter, each alone, on both papers, from a dark screen.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { extractText } from "unpdf";
import { PAPER, button, domains, fill, finished, firefoxDriven, inChromium, instrument, notInWebKit, report, response, root, say, staged, terms, visit } from "./support.mjs";

const { server, browser } = await staged();

/** Where a domain stands among all. */
const place = (domain) => instrument.domains.findIndex((one) => one.id === domain.id);
const bare = (text) => text.replace(/\s/g, "");

/** The text of each page, without the spaces, of which a line that breaks at a hyphen has fewer, and without the marks of lists, which Firefox writes. */
async function paper(page, name, format) {
  const pdf = await page.pdf({ format, printBackground: true, preferCSSPageSize: false });
  const folder = path.join(root, "target/screenshots");
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, `${name}-${format}.pdf`), pdf);
  const { text } = await extractText(new Uint8Array(pdf));
  return text.map((page) => bare(page).replaceAll("▪", ""));
}

const { charter } = report;
const named = (id) => domains.domains[id].name;
const labels = report.structures.two.owners;
const answersFor = (id) => charter.accountabilities_title.replace("{Officer}", terms("two")[id[0].toUpperCase() + id.slice(1)]);

/** A CTO's map with every kind of owner, and whom each domain has in a charter: nobody where that is still open. */
function mapped() {
  const kinds = [
    { today: { officer: "cto" } },
    { today: { officer: "cio" } },
    { today: "split" },
    { today: "unsplit", open: true },
    { today: { other: "ciso" } },
    { today: "nobody", open: true },
    { today: "dont_know", open: true },
    // Whom it should have counts, and not whom it has.
    { today: { officer: "cto" }, target: { officer: "cio" } },
    { today: "nobody", target: "split" },
    { today: { officer: "cio" }, target: "unsplit", open: true },
    { today: "unsplit", target: { other: "legal" } },
  ];
  const answers = response({ seat: "cto", level: 2 });
  const owners = instrument.domains.map(({ id }, number) => {
    const { today, target, open } = kinds[number % kinds.length];
    answers.domains[id] = { today, ...(target && { target }) };
    return { id, today, target, owner: open ? undefined : target ?? today };
  });
  const those = (test) => owners.filter(({ owner }) => test(owner));
  return {
    answers,
    officer: (officer) => those((owner) => owner?.officer === officer),
    split: those((owner) => owner === "split"),
    elsewhere: those((owner) => owner?.other),
    open: those((owner) => !owner),
  };
}

/** The results of a CTO at whose desk others' answers lie. The browser's dialogue does not open: the page is put on paper instead. */
const atTheDesk = (...others) =>
  desk(response({ seat: "cto", level: 1, owner: (domain) => (place(domain) % 3 ? { officer: "cto" } : "unsplit") }), ...others);
async function desk(own, ...others) {
  const visitor = await visit(browser, server.address, { colorScheme: "dark", acceptDownloads: true, timezoneId: "Pacific/Auckland" });
  // Already the first of February there.
  await visitor.page.clock.setFixedTime(new Date("2026-01-31T12:00:00Z"));
  await visitor.page.addInitScript(() => (window.print = () => (window.asked = (window.asked ?? 0) + 1)));
  await finished(visitor.page, server.address, own);
  if (others.length) {
    const files = others.map((one, number) => ({ name: `${number}.json`, mimeType: "application/json", buffer: Buffer.from(JSON.stringify(one)) }));
    await visitor.page.locator(".drop input[type=file]").setInputFiles(files);
    await visitor.page.locator(".comparison .who li").nth(others.length).waitFor();
  }
  return visitor;
}

/** What the words of a comparison mean stands on one page. */
async function unbroken(page, pages) {
  const legend = pages.filter((text) => text.includes(bare(say("views.kinds"))));
  assert.equal(legend.length, 1);
  const kinds = await page.locator(".kinds p").allTextContents();
  assert.ok(kinds.length > 0);
  for (const text of kinds) assert.ok(legend[0].includes(bare(text)), `not on the page of the other words: ${text}`);
}

const cio = response({ seat: "cio", level: 4, owner: (domain) => ({ officer: place(domain) % 2 ? "cio" : "cto" }) });

for (const format of ["A4", "Letter"]) {
  test(`the comparison of two people is printed alone on ${format}`, notInWebKit(PAPER), async () => {
    const { page, finish } = await atTheDesk(cio);
    await button(page, "compare.print").click();
    assert.equal(await page.evaluate(() => window.asked), 1);
    const pages = await paper(page, "comparison", format);
    const whole = pages.join("");
    const names = say("list.last", { first: report.seats.cto, last: report.seats.cio });
    assert.ok(pages[0].includes(bare(say("compare.printed", { date: "February 1, 2026", names }))), pages[0].slice(0, 300));
    await unbroken(page, pages);
    for (const key of ["agreement.title", "views.title", "apart.title", "common.title", "aims.title", "agenda.title"])
      assert.ok(whole.includes(bare(say(key))), key);
    for (const domain of Object.values(domains.domains)) assert.ok(whole.includes(bare(domain.name)), domain.name);
    for (const key of ["priorities.title", "plan.title", "receipt.title", "files.title", "memory.title", "share.title", "compare.title"])
      assert.ok(!whole.includes(bare(say(key))), `${key} is no part of the comparison`);
    for (const key of ["compare.print", "agenda.save", "stage.start"]) assert.ok(!whole.includes(bare(say(key))), `${key} is a button`);
    assert.ok(pages.length <= 5, `${pages.length} pages`);
    // Afterwards the page prints its report again.
    const after = (await paper(page, "after-comparison", format)).join("");
    assert.ok(after.includes(bare(say("receipt.title"))) && !after.includes(bare(say("agenda.title"))));
    await finish();
  });

  test(`the comparison of twelve people is printed on ${format} with nothing cut off`, notInWebKit(PAPER), async () => {
    const seats = ["ceo", "cio", "executive", "technology", "adviser"];
    const others = Array.from({ length: 11 }, (_, number) =>
      response({ seat: seats[number % 5], level: number % 5, owner: (domain) => (place(domain) % (number + 2) ? { officer: "cto" } : "nobody") }),
    );
    const { page, finish } = await atTheDesk(...others);
    assert.equal(await page.locator(".who li").count(), 12);
    await button(page, "compare.print").click();
    await page.emulateMedia({ media: "print" });
    // As wide as the paper is between its margins.
    await page.setViewportSize({ width: format === "A4" ? 680 : 702, height: 900 });
    // In Firefox a part of a chart that only holds others is as wide as the chart, wherever it begins.
    const holders = firefoxDriven ? "svg svg, g" : "none";
    const wide = await page.locator(".comparison").evaluate((comparison, holders) => {
      const edge = comparison.getBoundingClientRect().right + 1;
      return [...comparison.querySelectorAll(`:not(${holders})`)].filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > edge).map((one) => `${one.tagName}.${one.getAttribute("class")}: ${one.textContent.slice(0, 40)}`);
    }, holders);
    assert.deepEqual(wide, []);
    await page.emulateMedia({ media: null });
    const pages = await paper(page, "comparison-of-twelve", format);
    await unbroken(page, pages);
    const whole = pages.join("");
    for (const domain of Object.values(domains.domains)) assert.ok(whole.includes(bare(domain.name)), domain.name);
    await finish();
  });

  test(`the charter is printed alone on ${format}, on one page with its signatures`, notInWebKit(PAPER), async () => {
    const { page, finish } = await atTheDesk();
    await button(page, "charter.print").click();
    const pages = await paper(page, "charter", format);
    assert.equal(pages.length, 1);
    for (const text of [charter.title, charter.review_title, charter.signatures_title, charter.open_title]) assert.ok(pages[0].includes(bare(text)), text);
    for (const key of ["priorities.title", "receipt.title", "charter.print", "charter.decide"]) assert.ok(!pages[0].includes(bare(say(key))), key);
    await finish();
  });
}

test("the printed charter says of every domain whose it is or that it is open, and has a line for each who signs", notInWebKit(PAPER), async () => {
  const map = mapped();
  const { context, page, finish } = await desk(map.answers);
  await button(page, "charter.print").click();
  const pages = await paper(page, "charter-of-every-kind", "A4");
  assert.equal(pages.length, 1);
  const names = (lines) => lines.map(({ id }) => named(id));
  const elsewhere = map.elsewhere.map(({ id, owner }) => say("charter.entry", { domain: named(id), owner: report.roles[owner.other] }));
  // From the title to the end: nothing is missing, and nothing stands under another heading.
  const whole = [
    charter.title, say("charter.made", { date: "February 1, 2026" }), say("charter.by", { seat: report.seats.cto }),
    ...["cto", "cio"].flatMap((officer) => [answersFor(officer), charter.purposes[officer], ...names(map.officer(officer))]),
    charter.shared_title, ...names(map.split),
    charter.elsewhere_title, ...elsewhere,
    charter.open_title, charter.open_intro, ...names(map.open),
    charter.disputes.name, fill(charter.disputes.text),
    charter.review_title, charter.review, say("charter.review_by", { date: "February 1, 2027" }),
    charter.signatures_title, ...[labels.cto, labels.cio, charter.approver].flatMap((role) => [role, charter.signature_line]),
    charter.draft_note,
  ];
  assert.equal(pages[0].slice(pages[0].lastIndexOf(bare(charter.title))), bare(whole.join("")));

  // The charter to be kept as a page says on paper, besides, of what day it is and when it is looked at again.
  const waiting = page.waitForEvent("download");
  await button(page, "export.charter_page.label").click();
  const file = await context.newPage();
  await file.setContent(readFileSync(await (await waiting).path(), "utf8"));
  const text = (await paper(file, "charter-page", "A4")).join("");
  const [before, open] = text.split(bare(charter.open_intro));
  const [still, after] = open.split(bare(charter.disputes.name));
  const origin = [say("charter.made", { date: "2026-02-01" }), say("charter.by", { seat: report.seats.cto })];
  assert.ok(before.includes(bare(origin.join(""))), before);
  assert.ok(after.includes(bare(say("charter.review_on", { date: "2027-02-01" }))), after);
  const signatures = after.split(bare(charter.signatures_title))[1];
  const roles = [labels.cto, labels.cio, charter.approver];
  const heads = ["role", "name", "date", "signature"].map((head) => say(`export.head.${head}`));
  assert.ok(signatures.startsWith(bare([...heads, ...roles].join(""))), signatures);
  const parts = before.split(bare(charter.shared_title));
  const [shared, outside] = parts[1].split(bare(charter.elsewhere_title));
  const [, ctos, cios] = parts[0].split(new RegExp(["cto", "cio"].map((officer) => bare(answersFor(officer))).join("|")));
  for (const [part, lines] of [[ctos, map.officer("cto")], [cios, map.officer("cio")], [shared, map.split], [outside, map.elsewhere], [still, map.open]]) {
    // A row begins with the domain, which no other part has.
    const rows = instrument.domains.filter(({ id }) => part.includes(bare(named(id))));
    assert.deepEqual(rows.map(({ id }) => id), lines.map(({ id }) => id), part);
  }
  for (const { owner } of map.elsewhere) assert.ok(outside.includes(bare(report.roles[owner.other])), outside);
  await finish();
});

test("wherever a page ends, the head of a table is not the last thing on it", inChromium("only Chromium heeds where a table is not to be broken"), async () => {
  const { page, finish } = await desk(mapped().answers);
  const table = page.locator(".receipt table");
  const [head, row] = await table.evaluate((table) => [table.tHead.textContent, table.tBodies[0].rows[0].textContent]);
  const found = new Set();
  for (let height = 920; height <= 1010; height += 6) {
    await table.evaluate((table, height) => {
      table.spacer ??= table.parentNode.insertBefore(document.createElement("div"), table);
      table.spacer.style.cssText = `break-before: page; block-size: ${height}px`;
    }, height);
    const pages = await paper(page, "head-of-a-table", "A4");
    const first = pages.findIndex((text) => text.includes(bare(head)));
    assert.ok(pages[first]?.includes(bare(row)), `the head stands alone below ${height} px`);
    found.add(first);
  }
  assert.equal(found.size, 2, "of the places one is on the page that ends, and one on the next");
  await finish();
});
