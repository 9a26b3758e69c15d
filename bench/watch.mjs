// A page of one contender in a context of its own, so that nothing is cached, with its transfers and its main thread watched.
import { readFileSync } from "node:fs";

const inpage = readFileSync(new URL("inpage.js", import.meta.url), "utf8");

/** How long the network and the main thread have to be still, in milliseconds, until a page counts as loaded. */
const STILL = 1000;

/** A phone of the middle class as Lighthouse has it, by the factors with which the browser's own tools slow down. */
export const PHONE = {
  context: { viewport: { width: 412, height: 823 }, deviceScaleFactor: 1.75, isMobile: true, hasTouch: true },
  cpu: 4,
  network: { latency: 562.5, download: 1474.56, upload: 675 },
};
/** The same, on a network that costs no time. */
export const SLOW_CPU = { ...PHONE, network: undefined };
export const DESKTOP = { context: { viewport: { width: 1280, height: 900 } }, cpu: 1 };

/** Bytes per second of a rate in kilobits per second. */
const bytes = (kilobits) => (kilobits * 1024) / 8;

function transfers(client) {
  const open = new Set();
  const total = { requests: 0, bytes: 0 };
  let changed = Date.now();
  const done = (id) => {
    if (open.delete(id)) changed = Date.now();
  };
  client.on("Network.requestWillBeSent", ({ requestId, request, redirectResponse }) => {
    if (!request.url.startsWith("http")) return;
    if (redirectResponse) throw new Error(`a redirect: ${request.url}`);
    open.add(requestId);
    total.requests += 1;
    changed = Date.now();
  });
  client.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (open.has(requestId)) total.bytes += encodedDataLength;
    done(requestId);
  });
  client.on("Network.loadingFailed", ({ requestId }) => done(requestId));
  const still = async () => {
    while (open.size > 0 || Date.now() - changed < STILL) await new Promise((resolve) => setTimeout(resolve, 50));
  };
  return { total: () => ({ ...total }), still };
}

/** Opens an address under a profile, and hands what there is to measure to `work`. */
export async function watch(browser, address, profile, work) {
  const context = await browser.newContext(profile.context);
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    const complaints = [];
    page.on("pageerror", (error) => complaints.push(`${error}`));
    page.on("response", (response) => {
      if (!response.ok()) complaints.push(`${response.url()}: ${response.status()}`);
    });
    await page.addInitScript(inpage);
    const client = await context.newCDPSession(page);
    await client.send("Network.enable");
    await client.send("Performance.enable");
    const network = transfers(client);
    if (profile.network) {
      const { latency, download, upload } = profile.network;
      await client.send("Network.emulateNetworkConditions", {
        offline: false, latency, downloadThroughput: bytes(download), uploadThroughput: bytes(upload),
      });
    }
    await client.send("Emulation.setCPUThrottlingRate", { rate: profile.cpu });
    await page.goto(address, { waitUntil: "commit" });
    const result = await work({ page, client, network });
    if (complaints.length > 0) throw new Error(`${address}: ${complaints.join("\n")}`);
    return result;
  } finally {
    await context.close();
  }
}

/** Milliseconds that the main thread has been busy, in all and with scripts. */
export async function mainThread(client) {
  const { metrics } = await client.send("Performance.getMetrics");
  const seconds = (name) => metrics.find((metric) => metric.name === name).value;
  return { busy: 1000 * seconds("TaskDuration"), script: 1000 * seconds("ScriptDuration") };
}

/** Bytes that live on after the garbage has been collected: the JavaScript heap, and the memory of WebAssembly. */
export async function memory(page, client) {
  // Twice, as what the first collection frees may have held on to more.
  for (let times = 0; times < 2; times++) await client.send("HeapProfiler.collectGarbage");
  const { usedSize } = await client.send("Runtime.getHeapUsage");
  const wasm = await page.evaluate(() => benchMemory());
  return { heap: usedSize, wasm, memory: usedSize + wasm };
}

/** Waits until nothing is on its way and the main thread has nothing left to do. */
export async function quiet(page, network) {
  await network.still();
  await page.evaluate((milliseconds) => bench.idle(milliseconds), STILL);
}

/**
 * Clicks where the target stands as soon as a click there would hit it, and waits for what the click should do. Where the page
 * moves the target away in the meantime the click misses, and a person clicks once more. Gives when the target was first ready,
 * how long the click that hit took to show, and when that was.
 */
export async function click(page, target, kind, seen = target) {
  let ready;
  for (;;) {
    const place = await page.evaluate(async ([target, kind, seen]) => {
      const place = await bench.ready(target);
      bench.expect(kind, seen);
      return place;
    }, [target, kind, seen]);
    ready ??= place.time;
    await page.mouse.click(place.x, place.y);
    const shown = await page.evaluate(() => bench.settled());
    if (shown) return { ready, ...shown };
  }
}
