// How it looks: the charts beside their tables, and the printed pages.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { extractText } from "unpdf";
import { PAPER, begin, button, firefoxDriven, headlines, instrument, notInWebKit, quickly, report, root, say, staged, usual, visit, whole } from "./support.mjs";

const { server, browser } = await staged();

const { owners } = report.structures.two;

/** Answers of every kind. */
const mixed = {
  levels: [2, 1, 3, 0, 2, 4, 1, 2, 3, 1],
  owner: (domain) =>
    ({
      cybersecurity: report.owners.nobody,
      workplace: owners.unsplit,
      "software-as-a-service": owners.unsplit,
      "data-ai-governance": report.owners.unknown,
      integration: owners.split,
      innovation: owners.cio,
    })[domain.id] ?? usual(domain),
};

/** Nothing is done and nobody owns anything alone: the longest plan that there is. */
const worst = {
  levels: headlines.map(() => 0),
  owner: (domain) => (instrument.domains.indexOf(domain) % 2 ? report.owners.nobody : owners.unsplit),
};

/** Answers the quick check, up to its results. */
async function walk(page, { levels, owner } = mixed) {
  await page.goto(server.address);
  await begin(page);
  await quickly(page, levels, { owner });
  await button(page, "review.results").click();
  await page.getByRole("heading", { name: say("results.title") }).waitFor();
  await whole(page);
}

const unfold = (page) =>
  page.evaluate(() => {
    for (const details of document.querySelector("role-clarity-check").shadowRoot.querySelectorAll("details")) details.open = true;
  });

test("every chart has a name and the same figures as a table", async () => {
  const { page, finish } = await visit(browser, server.address);
  await walk(page);
  for (const chart of await page.locator("svg[role=img]").all()) {
    assert.ok((await chart.getAttribute("aria-label")).length > 10);
  }
  await unfold(page);
  const steps = page.getByRole("table", { name: say("steps.table") });
  assert.equal(await steps.getByRole("row").count(), 11);
  const drawn = await page.locator("svg.bars .value").allTextContents();
  const listed = await steps.locator("tbody tr td:nth-child(3)").allTextContents();
  assert.deepEqual(drawn, listed, "in the order of the bars");
  const map = page.getByRole("table", { name: say("map_result.table") });
  assert.equal(await map.getByRole("row").count(), 17);
  const marks = async (selector) => page.locator(`svg.lanes ${selector}`).count();
  const readings = await map.locator("tbody tr td:nth-child(4)").allTextContents();
  const tally = (reading) => readings.filter((text) => text === say(reading)).length;
  assert.equal(await marks(".broken"), tally("kind.gap"));
  assert.equal((await marks(".ring")) / 2, tally("kind.overlap"));
  assert.equal((await marks(".half")) / 2, tally("kind.split"));
  assert.equal(await marks(".owned"), tally("kind.owned"));
  assert.equal(await marks(".unknown"), tally("kind.unknown"));
  const receipt = page.getByRole("table", { name: say("receipt.table") });
  assert.equal(await receipt.getByRole("row").count(), 27);
  const points = await receipt.locator("tbody tr td:nth-child(5)").allTextContents();
  const sum = points.reduce((sum, text) => sum + (Number.parseFloat(text) || 0), 0);
  const score = Number(await page.locator(".score strong").textContent());
  assert.ok(Math.abs(sum - score) < 0.75, `the receipt adds up to ${sum}, the score is ${score}`);
  await finish();
});

/** The text of each printed page, without regard to how its lines break. */
async function printed(page, format) {
  const pdf = await page.pdf({ format, printBackground: true, preferCSSPageSize: false });
  const folder = path.join(root, "target/screenshots");
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, `results-${format}.pdf`), pdf);
  const { text } = await extractText(new Uint8Array(pdf));
  return text.map((words) => words.replace(/\s+/g, " "));
}

const flat = (text) => text.replace(/\s+/g, " ").trim();

for (const format of ["A4", "Letter"]) {
  for (const [kind, answers] of Object.entries({ mixed, worst })) {
    test(`the first page printed on ${format} is the whole brief, for ${kind} answers`, notInWebKit(PAPER), async () => {
      const { page, finish } = await visit(browser, server.address, { colorScheme: "dark" });
      await walk(page, answers);
      const texts = async (selector) => (await page.locator(selector).allTextContents()).map(flat);
      const brief = [
        ...(await texts(".hero .title, .hero .printed, .hero .band-name, .score strong, .figure-name")),
        say("priorities.title"),
        ...(await texts(".priorities h4, .priorities li > p:not(.eyebrow)")),
        say("plan.title"),
        ...(await texts(".horizons h4, .horizons ul li")),
      ];
      assert.ok(brief.length > 25);
      const pages = await printed(page, format);
      // A line that breaks at a hyphen has none of the spaces that the text has.
      const bare = (text) => text.replace(/\s/g, "");
      for (const text of brief) assert.ok(bare(pages[0]).includes(bare(text)), `not on the first page: ${text}`);
      // Firefox draws nothing in the margins that a page's style describes.
      if (!firefoxDriven) assert.ok(pages[0].includes(`1 / ${pages.length}`), "the pages are numbered");
      assert.ok(pages.length <= 6, `${pages.length} pages`);
      const first = (title) => pages.findIndex((text) => text.includes(flat(title)));
      const parts = ["map_result", "charter", "steps", "claims", "receipt"].map((part) => first(say(`${part}.title`)));
      assert.equal(parts[0], 1, "the map begins the second page");
      assert.deepEqual(parts, [...parts].sort(), `the evidence comes in its order: ${parts}`);
      assert.equal(parts[1], first(report.charter.signatures_title), "the charter stands whole on one page");
      // Only in its table does a step stand beside how many of its questions are settled.
      const rows = pages.map((text) => text.match(/[01] of 1\b/g)?.length ?? 0).filter(Boolean);
      assert.deepEqual(rows, [instrument.steps.length], "the table of the steps stands whole on one page");
      const evidence = first(say("evidence.title"));
      assert.equal(evidence, first(await page.locator(".evidence li p:nth-child(2)").first().textContent()), "a heading stands with its first entry");
      await page.emulateMedia({ media: "print" });
      assert.equal(await page.getByRole("button").count(), 0, "no button is printed");
      assert.equal(await page.locator(".take-away").isVisible(), false, "the tools below the report are not printed");
      const tables = await page.locator(".results > :not(.take-away) table").all();
      assert.ok(tables.length >= 3, `${tables.length} tables`);
      for (const table of tables) assert.ok(await table.isVisible(), "every table of the report is unfolded");
      await finish();
    });
  }
}

test("a printed result says when, from which seat, of which company and how much was answered", async () => {
  const { page, finish } = await visit(browser, server.address, { timezoneId: "Pacific/Auckland" });
  await page.clock.install({ time: new Date("2026-03-04T20:00:00Z") });
  await walk(page);
  const line = say("results.printed", {
    date: "March 5, 2026", seat: report.seats.ceo, structure: report.structures.two.label, answered: 26, asked: 26,
  });
  assert.equal(await page.locator(".printed").textContent(), line);
  assert.ok(!(await page.locator(".printed").isVisible()), "on the screen it would say nothing new");
  await finish();
});
