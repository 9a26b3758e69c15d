// What the tests need of the classic WebDriver protocol, which is all that WebKit speaks: its keys, its driver, and a screen that nobody sees.
import { spawn } from "node:child_process";
import { once } from "node:events";
import net from "node:net";

export const KEYS = {
  Backspace: "\uE003", Tab: "\uE004", Enter: "\uE007", Shift: "\uE008", Control: "\uE009", Alt: "\uE00A", Escape: "\uE00C", Space: " ", PageUp: "\uE00E", PageDown: "\uE00F",
  End: "\uE010", Home: "\uE011", ArrowLeft: "\uE012", ArrowUp: "\uE013", ArrowRight: "\uE014", ArrowDown: "\uE015", Delete: "\uE017",
};
/** The name under which an element comes and goes. */
export const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

/** How long a driver may take until it answers, in milliseconds. */
const START = 30_000;

/** A screen, on the first number that is free. */
export async function screen() {
  const program = process.env.XVFB;
  const xvfb = spawn(program, ["-displayfd", "1", "-screen", "0", "1600x1600x24", "-nolisten", "tcp"], { stdio: ["ignore", "pipe", "ignore"] });
  const ended = once(xvfb, "exit").then(([code]) => Promise.reject(new Error(`${program} ended with ${code}`)));
  const [number] = await Promise.race([once(xvfb.stdout, "data"), ended]);
  ended.catch(() => {});
  return { display: `:${String(number).trim()}`, kill: () => xvfb.kill() };
}

/** A port that is free, below those that a system gives away by itself. */
async function freePort() {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const probe = net.createServer();
    const free = await new Promise((resolve) => probe.once("error", () => resolve(false)).listen(port, "127.0.0.1", () => resolve(true)));
    if (!free) continue;
    probe.close();
    await once(probe, "close");
    return port;
  }
}

/** How often a WebKit is started at most: its driver has been seen to give no session, and no error, for ever. */
const STARTS = 3;

/** A WebKit on a screen, started by its driver: `call` says something to its session, `kill` ends both, whatever they are at. */
export async function webkit(display, options) {
  for (let times = 1; ; times += 1) {
    try {
      return await start(display, options);
    } catch (error) {
      if (error.name !== "TimeoutError" || times === STARTS) throw error;
    }
  }
}

async function start(display, { env = {}, args = [], timeouts = {} } = {}) {
  const port = await freePort();
  const around = {
    ...process.env, DISPLAY: display, GDK_BACKEND: "x11", WEBKIT_DISABLE_COMPOSITING_MODE: "1",
    // Without user namespaces, as in many containers, the sandbox cannot be made; the pages here are the project's own.
    WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1",
    ...env,
  };
  const driver = spawn(process.env.WEBKIT_DRIVER, [`--port=${port}`], { env: around, stdio: "ignore" });
  const call = async (method, place, body, signal) => {
    const answer = await fetch(`http://127.0.0.1:${port}${place}`, { method, body: body && JSON.stringify(body), signal });
    const { value } = await answer.json();
    if (value?.error) throw Object.assign(new Error(`${method} ${place.replace(/.*session\/[^/]+/, "")}: ${value.error}: ${value.message}`), { kind: value.error });
    return value;
  };
  try {
    for (const end = Date.now() + START; ; await new Promise((resolve) => setTimeout(resolve, 25))) {
      const { ready, cause } = await call("GET", "/status").catch((cause) => ({ ready: false, cause }));
      if (ready) break;
      if (Date.now() > end) throw new Error("waited in vain for WebKit's driver", { cause });
    }
    const browser = { binary: process.env.WEBKIT, args: ["--automation", ...args] };
    const { sessionId } = await call("POST", "/session", { capabilities: { alwaysMatch: { "webkitgtk:browserOptions": browser, timeouts } } }, AbortSignal.timeout(START));
    return { call: (method, place, body) => call(method, `/session/${sessionId}${place}`, body), kill: () => driver.kill() };
  } catch (error) {
    driver.kill();
    throw error;
  }
}
