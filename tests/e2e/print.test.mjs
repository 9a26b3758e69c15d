// What is printed by a button of its own: the comparison and the charter, each alone, on both papers, from a dark screen.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { extractText } from "unpdf";
import { button, domains, finished, instrument, report, response, root, say, staged, visit } from "./support.mjs";

const { server, browser } = await staged();

/** Where a domain stands among all. */
const place = (domain) => instrument.domains.findIndex((one) => one.id === domain.id);
const bare = (text) => text.replace(/\s/g, "");

/** The text of each page, without the spaces, of which a line that breaks at a hyphen has fewer. */
async function paper(page, name, format) {
  const pdf = await page.pdf({ format, printBackground: true, preferCSSPageSize: false });
  const folder = path.join(root, "target/screenshots");
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, `${name}-${format}.pdf`), pdf);
  const { text } = await extractText(new Uint8Array(pdf));
  return text.map(bare);
}

/** The results of a CTO at whose desk others' answers lie. The browser's dialogue does not open: the page is put on paper instead. */
async function atTheDesk(...others) {
  const visitor = await visit(browser, server.address, { colorScheme: "dark" });
  await visitor.page.addInitScript(() => (window.print = () => (window.asked = (window.asked ?? 0) + 1)));
  await finished(visitor.page, server.address, response({ seat: "cto", level: 1, owner: (domain) => (place(domain) % 3 ? { officer: "cto" } : "unsplit") }));
  if (others.length) {
    const files = others.map((one, number) => ({ name: `${number}.json`, mimeType: "application/json", buffer: Buffer.from(JSON.stringify(one)) }));
    await visitor.page.locator(".drop input[type=file]").setInputFiles(files);
    await visitor.page.locator(".comparison .who li").nth(others.length).waitFor();
  }
  return visitor;
}

const cio = response({ seat: "cio", level: 4, owner: (domain) => ({ officer: place(domain) % 2 ? "cio" : "cto" }) });

for (const format of ["A4", "Letter"]) {
  test(`the comparison of two people is printed alone on ${format}`, async () => {
    const { page, finish } = await atTheDesk(cio);
    await button(page, "compare.print").click();
    assert.equal(await page.evaluate(() => window.asked), 1);
    const pages = await paper(page, "comparison", format);
    const whole = pages.join("");
    const names = say("list.last", { first: report.seats.cto, last: report.seats.cio });
    assert.ok(pages[0].includes(bare(say("compare.printed", { names }))), pages[0].slice(0, 300));
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

  test(`the comparison of twelve people is printed on ${format} with nothing cut off`, async () => {
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
    const wide = await page.locator(".comparison").evaluate((comparison) => {
      const edge = comparison.getBoundingClientRect().right + 1;
      return [...comparison.querySelectorAll("*")].filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > edge).map((one) => `${one.tagName}.${one.className}: ${one.textContent.slice(0, 40)}`);
    });
    assert.deepEqual(wide, []);
    await page.emulateMedia({ media: null });
    const whole = (await paper(page, "comparison-of-twelve", format)).join("");
    for (const domain of Object.values(domains.domains)) assert.ok(whole.includes(bare(domain.name)), domain.name);
    await finish();
  });

  test(`the charter is printed alone on ${format}, on one page with its signatures`, async () => {
    const { page, finish } = await atTheDesk();
    await button(page, "charter.print").click();
    const pages = await paper(page, "charter", format);
    const { charter } = report;
    assert.equal(pages.length, 1);
    for (const text of [charter.title, charter.review_title, charter.signatures_title, charter.open_title]) assert.ok(pages[0].includes(bare(text)), text);
    for (const key of ["priorities.title", "receipt.title", "charter.print", "charter.decide"]) assert.ok(!pages[0].includes(bare(say(key))), key);
    await finish();
  });
}
