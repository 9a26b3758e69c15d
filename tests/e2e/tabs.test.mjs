// Several tabs, the host's own history, and what is left of it all after a wipe.
import assert from "node:assert/strict";
import { test } from "node:test";
import { answerItem, asks, back, begin, button, fill, finished, headlines, kept, quickly, report, response, say, staged, visit, whole, wording } from "./support.mjs";

const { server, browser } = await staged();

const radio = (page, item, level) => page.getByRole("radio", { name: fill(wording(item).levels[level].anchor), exact: true });

/** Two tabs of one visitor, both asking the third item. The second one is in front: who acts in a tab has brought it there. */
const twoTabs = async () => {
  const { page: one, context, finish } = await visit(browser, server.address);
  // The event that tells of another tab comes a task later than the change; a deaf tab never hears it.
  await one.addInitScript(() =>
    window.addEventListener("storage", (event) => {
      if (window.deaf) event.stopImmediatePropagation();
    }),
  );
  await one.goto(server.address);
  await begin(one);
  await answerItem(one, headlines[0], 3);
  await answerItem(one, headlines[1], 3);
  const two = await context.newPage();
  await two.goto(server.address);
  await button(two, "resume.continue").click();
  await asks(two, headlines[2]);
  return { one, two, finish };
};

test("two tabs add to the same answers, and each shows what the other was told", async () => {
  const { one, two, finish } = await twoTabs();
  await radio(two, headlines[2], 1).check();
  await radio(one, headlines[2], 1).and(one.locator(":checked")).waitFor();
  await button(two, "ways.next").click();
  await answerItem(two, headlines[3], 2);
  await one.bringToFront();
  await button(one, "ways.back").click();
  await answerItem(one, headlines[1], 0);
  assert.deepEqual((await kept(two)).items, {
    [headlines[0]]: { level: 3 },
    [headlines[1]]: { level: 0 },
    [headlines[2]]: { level: 1 },
    [headlines[3]]: { level: 2 },
  });
  await finish();
});

test("an answer reads what another tab wrote even before the browser tells of it", async () => {
  const { one, two, finish } = await twoTabs();
  await one.evaluate(() => (window.deaf = true));
  await radio(two, headlines[2], 1).check();
  await one.bringToFront();
  await button(one, "ways.back").click();
  await answerItem(one, headlines[1], 0);
  const { items } = await kept(one);
  assert.deepEqual(items[headlines[1]], { level: 0 });
  assert.deepEqual(items[headlines[2]], { level: 1 });
  await finish();
});

test("a wipe in one tab blanks the other, which says so and cannot undo it", async () => {
  const { one, two, finish } = await twoTabs();
  await button(two, "wipe.ask").click();
  await button(two, "wipe.yes").click();
  await one.getByRole("alert").getByText(say("notice.deleted_elsewhere")).waitFor();
  await button(one, "quick.begin").waitFor();
  assert.equal(await one.evaluate(() => localStorage.length), 0);
  await one.bringToFront();
  await button(one, "quick.begin").click();
  await one.getByRole("radio", { name: report.seats.cio, exact: true }).check();
  assert.deepEqual((await kept(one)).items, {});
  await finish();
});

test("an answer given after a wipe in another tab, before the browser tells of it, does not bring the old ones back", async () => {
  const { one, two, finish } = await twoTabs();
  await one.evaluate(() => (window.deaf = true));
  await button(two, "wipe.ask").click();
  await button(two, "wipe.yes").click();
  await button(two, "quick.begin").waitFor();
  await one.bringToFront();
  await radio(one, headlines[2], 4).click();
  await one.getByRole("alert").getByText(say("notice.deleted_elsewhere")).waitFor();
  assert.equal(await one.evaluate(() => localStorage.length), 0);
  await finish();
});

test("a link within the host's page moves neither the check nor the focus, and the way back still works", async () => {
  const { page, finish } = await visit(browser, server.address);
  await page.goto(server.address);
  await begin(page);
  await answerItem(page, headlines[0], 3);
  await asks(page, headlines[1]);
  await page.evaluate(() => {
    const link = document.createElement("a");
    link.href = "#place";
    link.textContent = "A place";
    document.body.prepend(link);
  });
  const link = page.getByRole("link", { name: "A place" });
  await link.click();
  assert.match(page.url(), /#place$/);
  await asks(page, headlines[1]);
  assert.ok(await link.evaluate((link) => document.activeElement === link), "the focus stays with the host");
  await back(page);
  await asks(page, headlines[1]);
  await page.goBack();
  await asks(page, headlines[0]);
  await finish();
});

test("after a wipe, the browser's back button shows the first page and no empty one", async () => {
  const { page, finish } = await visit(browser, server.address);
  await page.goto(server.address);
  await begin(page);
  await quickly(page, 2);
  await button(page, "review.results").click();
  await page.getByRole("heading", { name: say("results.title") }).waitFor();
  // Until then the button moves down with each turn of the page.
  await whole(page);
  await button(page, "wipe.ask").click();
  await button(page, "wipe.yes").click();
  await button(page, "quick.begin").waitFor();
  for (let steps = 0; steps < 3; steps++) {
    await page.goBack();
    assert.equal(await page.locator("h2.title").textContent(), say("start.title"));
  }
  await finish();
});

test("the back button works from the first question on, with nothing answered yet", async () => {
  const { page, finish } = await visit(browser, server.address);
  await page.goto(server.address);
  await button(page, "quick.begin").click();
  await page.getByRole("heading", { name: say("seat.question") }).waitFor();
  await button(page, "ways.skip").click();
  await page.getByRole("heading", { name: say("structure.question") }).waitFor();
  await page.goBack();
  await page.getByRole("heading", { name: say("seat.question") }).waitFor();
  await page.goBack();
  await button(page, "quick.begin").waitFor();
  await page.goForward();
  await page.getByRole("heading", { name: say("seat.question") }).waitFor();
  await finish();
});

/** Two tabs with the results of two people, whose answers stay apart: only what is saved is shared. Each acts by a function of its own. */
const twoDesks = async () => {
  const { context, page: one, finish } = await visit(browser, server.address);
  await context.addInitScript(() =>
    window.addEventListener("storage", (event) => {
      if (event.key === "delineate") event.stopImmediatePropagation();
      if (event.key === "delineate.history") window.hears?.();
    }),
  );
  const two = await context.newPage();
  await finished(one, server.address, response({ seat: "cto", level: 1 }));
  await finished(two, server.address, response({ seat: "cio", level: 3 }));
  const desks = [one, two];
  /** A day on which the same answers are another result, and a name for the result of each. */
  const prepare = async (day) => {
    const names = desks.map((_, place) => `Day ${day}, tab ${place + 1}`);
    for (const [place, page] of desks.entries()) {
      await page.clock.setFixedTime(new Date(Date.UTC(2026, 0, day, 12)));
      await page.locator("#desk-save-name").fill(names[place]);
      await button(page, "memory.save").evaluate((button) => (window.act = () => button.click()));
    }
    return names;
  };
  /** On the device there is all of this and nothing else, and both show it. */
  const all = async (expected) => {
    const names = () => desks[0].evaluate(() => JSON.parse(localStorage.getItem("delineate.history")).snapshots.map((one) => one.name).sort());
    for (let tries = 0; tries < 400 && (await names()).length < expected.length; tries++) await desks[0].waitForTimeout(50);
    assert.deepEqual(await names(), expected.toSorted());
    for (const page of desks) for (const name of expected) await page.locator(".saved summary", { hasText: name }).waitFor();
  };
  return { desks, context, prepare, all, finish };
};

test("two tabs that save a result one upon the other lose none", async () => {
  const { desks, prepare, all, finish } = await twoDesks();
  const expected = [];
  for (let day = 1; day <= 4; day++) {
    const names = await prepare(day);
    const [first, second] = day % 2 ? desks : desks.toReversed();
    // In the moment in which the browser tells of the other's, before the check hears of it.
    await second.evaluate(() => {
      window.hears = () => {
        window.hears = null;
        window.act();
      };
    });
    await first.evaluate(() => window.act());
    expected.push(...names);
    await all(expected);
  }
  await finish();
});

/** Takes the check off the page, lets something happen, and puts it back. */
const away = async (page, meanwhile) => {
  await page.evaluate(() => {
    window.taken = document.querySelector("role-clarity-check");
    window.place = window.taken.parentNode;
    window.taken.remove();
  });
  await meanwhile();
  await page.evaluate(() => window.place.append(window.taken));
};

test("a check that was off the page goes on from what another tab wrote meanwhile, and overwrites nothing of it", async () => {
  const { one, two, finish } = await twoTabs();
  await away(one, async () => {
    await answerItem(two, headlines[2], 1);
    await answerItem(two, headlines[3], 2);
    await asks(two, headlines[4]);
  });
  await radio(one, headlines[2], 1).and(one.locator(":checked")).waitFor();
  await one.bringToFront();
  await button(one, "ways.next").click();
  await answerItem(one, headlines[3], 4);
  assert.deepEqual((await kept(two)).items, {
    [headlines[0]]: { level: 3 },
    [headlines[1]]: { level: 3 },
    [headlines[2]]: { level: 1 },
    [headlines[3]]: { level: 4 },
  });
  await finish();
});

test("a check that was off the page brings nothing back that another tab deleted meanwhile", async () => {
  const { one, two, finish } = await twoTabs();
  await away(one, async () => {
    await button(two, "wipe.ask").click();
    await button(two, "wipe.yes").click();
    await button(two, "quick.begin").waitFor();
  });
  await one.getByRole("alert").getByText(say("notice.deleted_elsewhere")).waitFor();
  await button(one, "quick.begin").waitFor();
  assert.equal(await one.evaluate(() => localStorage.length), 0);
  await finish();
});

test("answers that storage had no room for come back with the check, whatever is on the device", async () => {
  const { one, finish } = await twoTabs();
  await one.evaluate(() => {
    const write = Storage.prototype.setItem;
    window.full = true;
    Storage.prototype.setItem = function (...pair) {
      if (window.full) throw new DOMException("full", "QuotaExceededError");
      return write.apply(this, pair);
    };
  });
  await one.bringToFront();
  await answerItem(one, headlines[2], 0);
  await asks(one, headlines[3]);
  await away(one, async () => {});
  await asks(one, headlines[3]);
  await one.evaluate(() => (window.full = false));
  await answerItem(one, headlines[3], 1);
  assert.deepEqual(Object.keys((await kept(one)).items).length, 4);
  await finish();
});

test("two tabs that save a result at the same moment lose none", async () => {
  const { desks, context, prepare, all, finish } = await twoDesks();
  for (const page of desks) await page.evaluate(() => new BroadcastChannel("now").addEventListener("message", () => window.act()));
  const starter = await context.newPage();
  await starter.goto(`${server.address}page.css`);
  const expected = [];
  for (let day = 1; day <= 4; day++) {
    const names = await prepare(day);
    await starter.evaluate(() => new BroadcastChannel("now").postMessage(""));
    expected.push(...names);
    await all(expected);
  }
  await finish();
});

test("a result that another tab deletes, no sooner than a person can, stays deleted", async () => {
  const { desks, prepare, all, finish } = await twoDesks();
  const [one, two] = desks;
  const kept = [];
  for (let day = 1; day <= 2; day++) {
    kept.push((await prepare(day))[0]);
    await one.evaluate(() => window.act());
    await all(kept);
  }
  const deleted = kept.pop();
  await two.waitForTimeout(2000);
  await two.locator(".saved summary", { hasText: deleted }).click();
  await button(two, "memory.delete_named", { name: deleted }).click();
  await button(two, "memory.delete_yes").click();
  for (const page of desks) await page.locator(".saved summary", { hasText: deleted }).waitFor({ state: "detached" });
  // Long enough for the tab that saved it to bring it back, if it were to.
  await one.waitForTimeout(500);
  await all(kept);
  await finish();
});
