// What a visitor does, for each thing that is measured. Every function gives numbers by name, or all numbers of a kind; times
// are in milliseconds.
import { allItems, instrument } from "../tests/e2e/support.mjs";
import { DESKTOP, PHONE, SLOW_CPU, click, mainThread, memory, quiet, watch } from "./watch.mjs";

const first = (choice) => ({ question: 0, choice });

/** From the address to the first question answered, and where there is one to the first item. */
async function load(browser, address, contender, profile) {
  return watch(browser, address, profile, async ({ page, network }) => {
    const { ready: begin } = await click(page, contender.begin, "question");
    const { time: answered } = await click(page, first(0), "choice");
    const untilAnswer = network.total();
    const blocking = await page.evaluate((to) => {
      const { "first-contentful-paint": from } = bench.paints();
      return bench.blocking(from, to);
    }, answered);
    const result = { begin, answered, blocking, bytesUntilAnswer: untilAnswer.bytes };
    if (!contender.emptyPage) {
      await click(page, contender.next, "turn", contender.title);
      await click(page, first(0), "choice");
      await click(page, contender.next, "turn", contender.title);
      const { time } = await click(page, first(2), "choice");
      result.item = time;
    }
    await quiet(page, network);
    const { requests, bytes } = network.total();
    const paints = await page.evaluate(() => bench.paints());
    return {
      ...result,
      requests,
      bytes,
      firstPaint: paints["first-paint"],
      firstContentfulPaint: paints["first-contentful-paint"],
      layoutShift: await page.evaluate(() => bench.layoutShift()),
    };
  });
}

export const phone = (browser, address, contender) => load(browser, address, contender, PHONE);
export const desktop = (browser, address, contender) => load(browser, address, contender, DESKTOP);

/** A whole full check, every answer by mouse, to the results. */
export async function check(browser, address, contender) {
  return watch(browser, address, SLOW_CPU, async ({ page, client, network }) => {
    await click(page, contender.begin, "question");
    // What loading costs is measured elsewhere.
    await quiet(page, network);
    const before = await mainThread(client);
    const choices = [];
    const turns = [];
    const choose = async (target) => choices.push((await click(page, target, "choice")).duration);
    const turn = async (seen = contender.title) => turns.push((await click(page, contender.next, "turn", seen)).duration);
    // Seat and structure: two people, whom both ask the same.
    for (let context = 0; context < 2; context++) {
      await choose(first(0));
      await turn();
    }
    const item = { choices: [], turns: [] };
    for (const [number] of allItems.entries()) {
      await choose(first(number % 5));
      item.choices.push(choices.at(-1));
      await turn();
      item.turns.push(turns.at(-1));
    }
    for (const [number, group] of instrument.domain_groups.entries()) {
      const asked = instrument.domains.filter((domain) => domain.group === group).length;
      // The page may come in several turns, of which the first one is what the click waited for.
      const there = page.waitForFunction((asked) => bench.questionCount().length === asked, asked);
      await there.catch((cause) => {
        throw new Error(`${contender.name}: ${group} does not ask ${asked} questions`, { cause });
      });
      for (let question = 0; question < asked; question++) await choose({ question, choice: (number + question) % 2 });
      const last = number === instrument.domain_groups.length - 1;
      if (!last || contender.review) await turn();
    }
    const results = await click(page, contender.review ?? contender.next, "turn", contender.results);
    await quiet(page, network);
    const after = await mainThread(client);
    return {
      choice: choices,
      turn: turns,
      interaction: await page.evaluate(() => bench.interactions()),
      results: results.duration,
      firstItemChoice: item.choices[0],
      lastItemChoice: item.choices.at(-1),
      firstItemTurn: item.turns[0],
      lastItemTurn: item.turns.at(-1),
      busy: after.busy - before.busy,
      layoutShift: await page.evaluate(() => bench.layoutShift()),
      bytes: network.total().bytes,
      ...(await memory(page, client)),
    };
  });
}

/** The page of a host whose widget lies 3000 px below the fold, and where nobody scrolls. */
export async function below(browser, address) {
  return watch(browser, address, SLOW_CPU, async ({ page, client, network }) => {
    await quiet(page, network);
    const { requests, bytes } = network.total();
    const { busy, script } = await mainThread(client);
    const blocking = await page.evaluate(() => bench.blocking(0, Infinity));
    return { requests, bytes, busy, script, blocking };
  });
}

/** A file with the answers of many, read by the console: its own clock, from the first file handed over to the last row, and its memory. */
export async function many(browser, address, file) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(address);
    await page.locator("#files:enabled").waitFor({ state: "attached" });
    await page.setInputFiles("#files", file);
    const measured = page.locator("#measured[data-read]");
    await measured.waitFor({ state: "attached" });
    const { milliseconds, memory } = await measured.evaluate(({ dataset }) => ({ ...dataset }));
    return { milliseconds: Number(milliseconds), memory: Number(memory) };
  } finally {
    await context.close();
  }
}
