// Where the focus is, by keyboard alone: it never vanishes with what it was on, and nothing chosen is dropped in silence.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  answerItem, asks, axe, back, begin, button, domains, domainsOf, entire, fill, headlines, instrument, kept, own, quickly, report, say, staged, usual, visit, wording,
} from "./support.mjs";

const { server, browser } = await staged();

/** What has the focus, seen through shadow roots: tag, id, text, name and value. */
const focused = (page) =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    const { localName, id, name, value, checked } = element;
    return { localName, id, name, value, checked, text: element.textContent };
  });

/** Waits until what has the focus is so; drawing may take a task. */
async function focusIs(page, what, holds) {
  let found;
  for (let tries = 0; tries < 400; tries++) {
    found = await focused(page);
    if (holds(found)) return found;
    await page.waitForTimeout(10);
  }
  assert.fail(`${what} should have the focus, not ${JSON.stringify(found)}`);
}

const tabTo = async (page, text, key = "Tab") => {
  for (let tabs = 0; (await focused(page)).text !== text; tabs++) {
    assert.ok(tabs < 60, `"${text}" cannot be reached by ${key}`);
    await page.keyboard.press(key);
  }
};

const [group] = instrument.domain_groups;
const [first, second, third] = domainsOf(group);
const name = (domain) => domains.domains[domain.id].name;
const { owners } = report.structures.two;

/** Opens the first page of the map with every item skipped. */
async function map(page) {
  await page.goto(server.address);
  await begin(page);
  for (const item of headlines) {
    await asks(page, item);
    await button(page, "ways.skip").click();
  }
  await page.getByRole("heading", { level: 2, name: domains.groups[group].title, exact: true }).waitFor();
  await entire(page);
}

test("the question whether to delete takes the focus, and gives it back", async () => {
  const { page, finish } = await visit(browser, server.address);
  await page.goto(server.address);
  await begin(page);
  await answerItem(page, headlines[0], 2);
  await asks(page, headlines[1]);
  await tabTo(page, say("wipe.ask"));
  await page.keyboard.press("Enter");
  await focusIs(page, "the question", ({ text }) => text === say("wipe.question"));
  await axe(page, "the question whether to delete");
  await page.keyboard.press("Tab");
  assert.equal((await focused(page)).text, say("wipe.yes"));
  await page.keyboard.press("Tab");
  assert.equal((await focused(page)).text, say("wipe.no"));
  await page.keyboard.press("Enter");
  await focusIs(page, "the button that asked", ({ text }) => text === say("wipe.ask"));
  await page.keyboard.press("Enter");
  await focusIs(page, "the question", ({ text }) => text === say("wipe.question"));
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await focusIs(page, "the first page's heading", ({ text }) => text === say("start.title"));
  await finish();
});

test("deleting on the first page, and closing a message, move the focus to the heading", async () => {
  const { page, finish } = await visit(browser, server.address);
  await page.goto(server.address);
  await begin(page);
  await answerItem(page, headlines[0], 2);
  const tab = await page.context().newPage();
  await tab.goto(server.address);
  await button(tab, "resume.continue").waitFor();
  await tabTo(tab, say("wipe.ask"));
  await tab.keyboard.press("Enter");
  await focusIs(tab, "the question", ({ text }) => text === say("wipe.question"));
  await tab.keyboard.press("Tab");
  await tab.keyboard.press("Enter");
  await focusIs(tab, "the heading", ({ text }) => text === say("start.title"));
  // The first tab is told, in a message that can be closed.
  await page.getByRole("alert").waitFor();
  await page.bringToFront();
  await tabTo(page, say("notice.dismiss"), "Shift+Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").waitFor({ state: "detached" });
  await focusIs(page, "the heading", ({ text }) => text === say("start.title"));
  await finish();
});

test("clearing and undoing move the focus to the domain, and nothing moves when their buttons come", async () => {
  const { page, finish } = await visit(browser, server.address);
  await map(page);
  const fieldset = page.getByRole("group", { name: name(second), exact: true });
  const before = [await fieldset.boundingBox(), await page.locator(".tally").boundingBox()];
  await own(page, first.id, owners.cto);
  assert.deepEqual([await fieldset.boundingBox(), await page.locator(".tally").boundingBox()], before, "a choice moved what follows it");
  const clear = say("map.clear_named", { domain: name(first) });
  const legend = await page.getByRole("group", { name: name(first), exact: true }).locator("legend").boundingBox();
  const button = await page.getByRole("button", { name: clear }).boundingBox();
  assert.ok(button.y < legend.y + legend.height && button.y + button.height > legend.y, "the button stands on the heading's line");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await focusIs(page, "the domain", ({ name, value }) => name === first.id && value === "cto");
  assert.equal((await kept(page)).domains[first.id], undefined);
  // Two choices and three undone ones: the clearing, and both choices.
  await own(page, first.id, owners.cio);
  await page.keyboard.press("1");
  await tabTo(page, say("map.undo", { domain: name(first) }));
  for (let left = 3; left > 0; left--) {
    await page.keyboard.press("Enter");
    await focusIs(page, "the button, for the next one", ({ text }) => text === say("map.undo", { domain: name(first) }));
  }
  await page.keyboard.press("Enter");
  await focusIs(page, "the domain", ({ name }) => name === first.id);
  assert.equal((await kept(page)).domains[first.id], undefined);
  assert.equal(await page.getByRole("button", { name: say("map.undo", { domain: name(first) }) }).count(), 0);
  await finish();
});

test("a choice that lacks its role is kept in mind until it has one, whatever is answered meanwhile", async () => {
  const { page, finish } = await visit(browser, server.address);
  await map(page);
  await own(page, second.id, report.owners.other);
  await own(page, first.id, report.owners.other);
  await own(page, third.id, owners.cto);
  const other = (domain) => page.getByRole("group", { name: name(domain), exact: true }).getByRole("radio", { name: report.owners.other });
  const role = (domain) => page.getByRole("group", { name: name(domain), exact: true }).getByLabel(say("map.role"));
  assert.ok(await other(first).isChecked());
  assert.ok(await other(second).isChecked());
  await button(page, "ways.next").click();
  await focusIs(page, "the role of the first domain", ({ id }) => id === `detail-${first.id}`);
  assert.equal(await page.getByText(say("detail.missing")).count(), 1);
  await axe(page, "the error for a missing role");
  await role(first).selectOption(report.roles.ciso);
  await button(page, "ways.next").click();
  await focusIs(page, "the role of the second domain", ({ id }) => id === `detail-${second.id}`);
  await role(second).selectOption(report.roles.ciso);
  // Back to no role: that is no answer either.
  await role(second).selectOption(say("detail.choose"));
  await button(page, "ways.next").click();
  await focusIs(page, "the role of the second domain", ({ id }) => id === `detail-${second.id}`);
  await own(page, second.id, owners.cio);
  await button(page, "ways.skip").click();
  await page.getByRole("heading", { level: 2, name: domains.groups[instrument.domain_groups[1]].title, exact: true }).waitFor();
  assert.deepEqual((await kept(page)).domains[first.id], { today: { other: "ciso" } });
  await finish();
});

test("the role that is shown is the role that is kept, after undo as well", async () => {
  const { page, finish } = await visit(browser, server.address);
  await map(page);
  await own(page, first.id, report.owners.other);
  const role = page.getByLabel(say("map.role"));
  const [one, two] = instrument.roles;
  await role.selectOption(report.roles[one]);
  await role.selectOption(report.roles[two]);
  await button(page, "map.undo", { domain: name(first) }).click();
  assert.deepEqual((await kept(page)).domains[first.id], { today: { other: one } });
  assert.equal(await role.inputValue(), one);
  await finish();
});

test("a number key chooses and moves the focus to what it chose, but not out of a list", async () => {
  const { page, finish } = await visit(browser, server.address);
  await page.goto(server.address);
  await begin(page);
  await asks(page, headlines[0]);
  await page.keyboard.press("2");
  await focusIs(page, "the second level", ({ name, value, checked }) => name === "answer" && value === "1" && checked);
  assert.deepEqual((await kept(page)).items, { [headlines[0]]: { level: 1 } });
  await page.keyboard.press("6");
  await focusIs(page, "not applicable", ({ value }) => value === "not_applicable");
  await page.getByLabel(say("item.reason")).focus();
  await page.keyboard.press("2");
  assert.equal((await focused(page)).localName, "select");
  assert.ok(await page.getByRole("radio", { name: say("item.not_applicable"), exact: true }).isChecked());
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("5");
  await page.keyboard.press("Enter");
  await asks(page, headlines[1]);
  assert.deepEqual((await kept(page)).items, { [headlines[0]]: { level: 4 } });
  await finish();
});

test("the map shows its number keys where there is a keyboard, and nowhere else", async () => {
  const { page, finish } = await visit(browser, server.address);
  await map(page);
  const keys = (page) =>
    page.getByRole("group", { name: name(first), exact: true }).locator(".chip").evaluateAll((chips) =>
      chips.map((chip) => {
        const { content, display, counterIncrement } = getComputedStyle(chip, "::after");
        return content.startsWith("counter(choice)") && display !== "none" && getComputedStyle(chip).counterIncrement === "choice 1" && counterIncrement === "none";
      }),
    );
  assert.deepEqual(await keys(page), Array(7).fill(true));
  await finish();
  const phone = await visit(browser, server.address, { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true });
  await map(phone.page);
  assert.deepEqual(await keys(phone.page), Array(7).fill(false));
  await phone.finish();
});

test("who should own what: nothing of another page is undone, and clear owners are kept in one go", async () => {
  const { page, finish } = await visit(browser, server.address);
  await page.goto(server.address);
  await begin(page);
  const unclear = { [first.id]: report.owners.nobody };
  await quickly(page, 2, { owner: (domain) => unclear[domain.id] ?? usual(domain) });
  await button(page, "review.results").click();
  await button(page, "charter.decide").click();
  await page.getByRole("heading", { level: 2, name: domains.groups[group].title, exact: true }).waitFor();
  await page.getByText(say("target.lead")).waitFor();
  assert.equal(await page.locator(".undo:visible").count(), 0, "undo is for what is on this page");
  await own(page, third.id, owners.cio);
  const adopt = button(page, "target.adopt");
  await adopt.focus();
  await page.keyboard.press("Enter");
  const clear = domainsOf(group).filter((domain) => !(domain.id in unclear) && domain !== third);
  assert.equal(await page.getByRole("status").textContent(), say("target.adopted", { count: clear.length }));
  await focusIs(page, "the button still", ({ text }) => text === say("target.adopt"));
  const targets = async () => {
    const answers = (await kept(page)).domains;
    return Object.fromEntries(domainsOf(group).map((domain) => [domain.id, answers[domain.id].target?.officer]));
  };
  const expected = Object.fromEntries(
    domainsOf(group).map((domain) => [domain.id, clear.includes(domain) ? (domain.usual ?? "cto") : undefined]),
  );
  assert.deepEqual(await targets(), { ...expected, [third.id]: "cio" }, "what was said is not overwritten");
  await axe(page, "who should own what");
  await button(page, "target.undo").click();
  assert.equal(await page.getByRole("status").textContent(), say("target.undone", { count: clear.length }));
  const left = Object.fromEntries(domainsOf(group).map((domain) => [domain.id, undefined]));
  assert.deepEqual(await targets(), { ...left, [third.id]: "cio" });
  await finish();
});

test("a page that follows a scrolled one begins with its progress and its heading in sight", async () => {
  const { page, finish } = await visit(browser, server.address, { viewport: { width: 320, height: 640 } });
  await page.goto(server.address);
  await begin(page);
  await asks(page, headlines[0]);
  const seen = (selector) => page.locator(selector).evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  });
  // With the heading at the upper edge, a little above it, and far above.
  for (const [place, beyond] of [0, 30, 9999].entries()) {
    await page.keyboard.press("3");
    await page.evaluate((beyond) => {
      const title = document.querySelector("role-clarity-check").shadowRoot.querySelector(".title");
      scrollBy(0, title.getBoundingClientRect().top + beyond);
    }, beyond);
    assert.ok(!(await seen(".progress")), "the progress is out of sight");
    await page.keyboard.press("Enter");
    const heading = fill(wording(headlines[place + 1]).question);
    await focusIs(page, "the heading", ({ text }) => text === heading);
    for (const part of [".masthead", ".progress", ".title"]) assert.ok(await seen(part), `${part} is out of sight, ${beyond}`);
  }
  await finish();
});

test("the focus comes with the page, even where drawing it takes long", async () => {
  const { page, finish } = await visit(browser, server.address);
  await page.goto(server.address);
  await begin(page);
  await asks(page, headlines[0]);
  const focused = await page.evaluate(async () => {
    // As slow as a machine can be: after each part of its work Yew finds that its time is up, and lets a frame pass.
    let now = Date.now();
    Date.now = () => (now += 20);
    const root = document.querySelector("role-clarity-check").shadowRoot;
    root.querySelector("[type=submit]").click();
    // All of what was queued behind the click, and no frame.
    for (let turn = 0; turn < 50; turn++) await null;
    return [root.activeElement?.className, root.querySelector("h2.title").textContent];
  });
  assert.deepEqual(focused, ["title", fill(wording(headlines[1]).question)]);
  await finish();
});

test("a page of the map that comes in turns keeps the focus and what is chosen, and stays whole when the way back leads to it", async () => {
  const { page, finish } = await visit(browser, server.address);
  await page.goto(server.address);
  await begin(page);
  for (const item of headlines.slice(0, -1)) {
    await asks(page, item);
    await button(page, "ways.skip").click();
  }
  await asks(page, headlines.at(-1));
  // From here on no further turn is drawn by itself: each waits for two frames.
  await page.evaluate(() => {
    const { setTimeout, clearTimeout } = window;
    const held = new Map();
    let last = 1e9;
    window.setTimeout = (act, wait, ...given) => {
      if (wait !== 32) return setTimeout(act, wait, ...given);
      last += 1;
      held.set(last, act);
      return last;
    };
    window.clearTimeout = (id) => held.delete(id) || clearTimeout(id);
    window.ring = () => {
      for (const [id, act] of held) if (held.delete(id)) act();
      // What an act waits for is drawn in tasks of its own.
      return new Promise((resolve) => setTimeout(resolve, 200));
    };
  });
  await button(page, "ways.skip").click();
  await page.getByRole("heading", { level: 2, name: domains.groups[group].title, exact: true }).waitFor();
  const groups = page.locator(".map .domain");
  assert.equal(await groups.count(), 2, "the first turn has two of them");
  await button(page, "ways.skip").waitFor();
  const chosen = ({ id }, value) => focusIs(page, `${id}, ${value}`, (found) => found.name === id && found.value === value && found.checked);
  await page.keyboard.press("Tab");
  await page.keyboard.press("2");
  await chosen(first, "cio");
  await page.evaluate(() => window.ring());
  assert.equal(await groups.count(), domainsOf(group).length, "the second turn has them all");
  await chosen(first, "cio");
  // The host's own entries in the history belong to the same page of the check.
  await page.evaluate(() => location.assign("#place"));
  await own(page, third.id, owners.cto);
  await chosen(third, "cto");
  await back(page);
  await page.evaluate(() => window.ring());
  assert.equal(await groups.count(), domainsOf(group).length);
  await chosen(third, "cto");
  await page.keyboard.press("Enter");
  await page.evaluate(() => window.ring());
  await page.getByRole("heading", { level: 2, name: domains.groups[instrument.domain_groups[1]].title, exact: true }).waitFor();
  await finish();
});
