// A random walk through the check, in Chromium. DELINEATE_WALK=10000 makes it as long as that, DELINEATE_SEED=7 takes another way.
import assert from "node:assert/strict";
import { test } from "node:test";
import { staged, visit } from "./support.mjs";
import { walk } from "./wander.mjs";

const ACTIONS = Number(process.env.DELINEATE_WALK ?? 1200);
const SEED = Number(process.env.DELINEATE_SEED ?? 1);

const { server, browser } = await staged();

test(`a random walk of ${ACTIONS} actions shows after each what the core works out`, async () => {
  const { page, finish } = await visit(browser, server.address);
  // The first screens keep nothing yet: the walk begins with the check.
  const ready = () => page.locator("role-clarity-check[data-ready] h2.title").waitFor();
  await page.goto(server.address);
  await ready();
  const reload = () => page.reload().then(ready);
  const done = await walk({ actions: ACTIONS, seed: SEED, run: (work, value) => page.evaluate(work, value), reload });
  console.log(Object.entries(done).map(([name, count]) => `${name} ${count}`).join(", "));
  if (ACTIONS >= 1000) {
    for (const name of ["begin", "answer", "owner", "role", "reason", "undo", "clear", "next", "back", "change", "travel", "results", "reload"]) {
      assert.ok(done[name] > 0, `the walk never did ${name}`);
    }
  }
  await finish();
});
