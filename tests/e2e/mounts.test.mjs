// A page that mounts and unmounts the check two hundred times, as a long-lived application does, keeps nothing of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { hostPage, inChromium, response, script, staged, visit } from "./support.mjs";

const { server, browser } = await staged();

const tag = "role-clarity-check";
/**
 * The most that may be added by all mounts after the first quarter of them: what a single one of these checks would take if it stayed, or less.
 * Wasm memory never shrinks, and a finaliser that comes late costs a page of 64 KiB or some. The very last check, with its six listeners,
 * may wait for one too, before or after.
 */
const MOST = { heap: 400_000, wasm: 393_216, nodes: 20, listeners: 11 };

const sorts = {
  "on the first page": { times: 200 },
  "with the results and the tools below them": { times: 80, answers: response({ level: 3 }) },
};
for (const [name, { times, answers }] of Object.entries(sorts)) {
  test(`${times} mounts and unmounts ${name} add nothing to memory, nodes or listeners`, inChromium("what a page holds is counted by Chromium's own protocol"), async (t) => {
    const { page, context, finish } = await visit(browser, server.address);
    await page.addInitScript((answers) => {
      if (answers) {
        localStorage.setItem("delineate", answers);
        history.replaceState({ delineate: "results" }, "");
      }
      // The memory of every instance, as the page itself would have to find it.
      window.memories = [];
      for (const way of ["instantiate", "instantiateStreaming"]) {
        const make = WebAssembly[way];
        WebAssembly[way] = async (...given) => {
          const made = await make(...given);
          window.memories.push((made.instance ?? made).exports.memory);
          return made;
        };
      }
    }, answers && JSON.stringify(answers));
    await hostPage(page, server.address, { policy: "", body: script });
    await page.goto(`${server.address}host`);
    const session = await context.newCDPSession(page);
    await session.send("Performance.enable");
    await session.send("HeapProfiler.enable");
    const some = (times) =>
      page.evaluate(
        async ([tag, times, part]) => {
          for (let time = 0; time < times; time += 1) {
            const element = document.createElement(tag);
            element.setAttribute("loading", "eager");
            document.body.append(element);
            for (let turns = 0; !element.shadowRoot?.querySelector(part); turns += 1) {
              if (turns > 2000) throw new Error(`mount ${time} shows no ${part}`);
              await new Promise((resolve) => setTimeout(resolve, 5));
            }
            element.remove();
          }
        },
        [tag, times, answers ? ".desk-parts" : "h2.title"],
      );
    // Wasm memory keeps the size of the most that waited for a finaliser at once; so that this is the same before and after the first
    // measure, whatever else the machine does, what can be collected is collected every ten mounts.
    const mount = async (times) => {
      for (let left = times; left > 0; left -= 10) {
        await some(Math.min(left, 10));
        await session.send("HeapProfiler.collectGarbage");
        await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
      }
    };
    const measure = async () => {
      // What waits for a finaliser needs a turn between two collections, and on a busy machine several.
      let heap, nodes, listeners;
      for (let round = 0, still = 0; round < 30 && still < 3; round += 1) {
        await session.send("HeapProfiler.collectGarbage");
        await page.waitForTimeout(100);
        const before = [nodes, listeners].join();
        const { metrics } = await session.send("Performance.getMetrics");
        ({ JSHeapUsedSize: heap, Nodes: nodes, JSEventListeners: listeners } = Object.fromEntries(metrics.map(({ name, value }) => [name, value])));
        still = [nodes, listeners].join() === before ? still + 1 : 0;
      }
      const wasm = await page.evaluate(() => window.memories.reduce((sum, memory) => sum + memory.buffer.byteLength, 0));
      return { heap, wasm, nodes, listeners };
    };
    await page.waitForFunction((tag) => customElements.get(tag), tag);
    const first = times / 4;
    await mount(first);
    const early = await measure();
    await mount(times - first);
    const late = await measure();
    t.diagnostic(`after ${first}: ${JSON.stringify(early)}, after ${times}: ${JSON.stringify(late)}`);
    assert.ok(early.wasm > 0, "no memory was found to measure");
    for (const [what, most] of Object.entries(MOST)) {
      assert.ok(late[what] - early[what] <= most, `${what}: from ${early[what]} to ${late[what]}, more than ${most}`);
    }
    assert.equal(await page.evaluate(() => window.memories.length), answers ? 2 : 1, "an instance for each mount");
    await finish();
  });
}
