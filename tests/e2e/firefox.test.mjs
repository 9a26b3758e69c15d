// The quick check in Firefox: the same page, another engine.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import puppeteer from "puppeteer-core";
import { domains, domainsOf, fill, headlines, instrument, report, say, serve, wording } from "./support.mjs";

let server, browser;
before(async () => {
  server = await serve();
  browser = await puppeteer.launch({ browser: "firefox", executablePath: process.env.FIREFOX, headless: true });
});
after(async () => {
  await browser?.close();
  server?.stop();
});

/** Asks the page again and again until the answer is one. */
async function until(what, ask) {
  for (let tries = 0; tries < 400; tries++) {
    const answer = await ask();
    if (answer) return answer;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  assert.fail(`waited in vain for ${what}`);
}

/** The widget's element of this kind, with this text if one is given, as soon as there is one. */
const find = (page, selector, text) =>
  until(`${selector} ${text ?? ""}`, async () => {
    const handle = await page.evaluateHandle(
      (selector, text) => {
        const inside = document.querySelector("role-clarity-check")?.shadowRoot;
        const all = [...(inside?.querySelectorAll(selector) ?? [])];
        return all.find((element) => text === null || element.textContent.trim() === text);
      },
      selector,
      text ?? null,
    );
    return handle.asElement();
  });

const waitForHeading = (page, text) => find(page, "h2.title", text);

const click = async (page, selector, text) => {
  const element = await find(page, selector, text);
  // As one scrolls: the bar at the lower edge covers what lies under it.
  await element.evaluate((element) => element.scrollIntoView({ block: "center" }));
  await element.click();
};

test("a whole quick check by mouse in Firefox, with a reload and the back button", async () => {
  const page = await browser.newPage();
  const complaints = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  const requests = [];
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(server.address);
  await click(page, "button", say("quick.begin"));
  await waitForHeading(page, say("seat.question"));
  await click(page, ".option .label", report.seats.cto);
  await click(page, "button", say("ways.next"));
  await waitForHeading(page, say("structure.question"));
  const { label, hint } = report.structures.two;
  await click(page, ".option .label", label + hint);
  await click(page, "button", say("ways.next"));
  for (const [index, item] of headlines.entries()) {
    await waitForHeading(page, fill(wording(item).question));
    await click(page, ".option .label", fill(wording(item).levels[3].anchor));
    await click(page, "button", say("ways.next"));
    if (index === 3) {
      await waitForHeading(page, fill(wording(headlines[4]).question));
      await page.reload();
      await waitForHeading(page, fill(wording(headlines[4]).question));
      await page.goBack();
      await waitForHeading(page, fill(wording(item).question));
      await click(page, "button", say("ways.next"));
    }
  }
  for (const group of instrument.domain_groups) {
    await waitForHeading(page, domains.groups[group].title);
    for (const domain of domainsOf(group)) {
      await click(page, `input[name="${domain.id}"][value="cio"]`);
    }
    await click(page, "button", say("ways.next"));
  }
  await waitForHeading(page, say("review.title"));
  await click(page, "button", say("review.results"));
  await waitForHeading(page, say("results.title"));
  const score = await find(page, ".score strong");
  // Practice 75, delineation 100: 87.5, rounded up.
  assert.equal(await score.evaluate((element) => element.textContent), "88");
  assert.deepEqual(complaints, []);
  for (const url of requests) assert.ok(url.startsWith(server.address) || url.startsWith("data:"), url);
});
