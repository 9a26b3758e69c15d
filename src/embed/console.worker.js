// Reads many respondents beside the page, so that the page stays at hand. It is told what to do by messages, and answers by messages.
import init, { Console } from "./delineate.console.js";

/** Bytes that are read of a file at a time, and lines between two looks at the messages. */
const SLICE = 256 * 1024;
const LINES = 200;
/** Small files that are read at a time: what takes long is to ask the browser for a file, not to read it. */
const AHEAD = 64;
/** Milliseconds between two reports of how far reading is. */
const REPORT = 100;
const LIMITS = { files: 10_000, bytes: 256 * 1024 * 1024 };

const say = (kind, values = {}) => postMessage({ kind, ...values });

let reader;
let wasm;
/** How many files there have been, and how many verdicts were told. */
let files = 0;
let told = 0;
let cancelled = false;
/** Files that wait to be read. */
let handed = [];

/** The verdicts that the page does not have yet. */
const verdicts = () => {
  const found = JSON.parse(reader.verdicts(told));
  told += found.length;
  return found;
};

/** A file that adds nobody, and why: a text of the page, or what the browser says. */
const unread = (name, problem, reason) => ({ name, accepted: 0, repeated: 0, refused: 1, notes: [], problem, reason });

/** A turn for the messages that wait. */
const turn = () => new Promise((resolve) => setTimeout(resolve));

/** Reads what was fed; `report` is told the bytes read so far. */
const step = async (report) => {
  let before;
  let read = reader.step(LINES);
  while (read !== undefined && read !== before && !cancelled) {
    if (report(read)) await turn();
    before = read;
    read = reader.step(LINES);
  }
};

/** The bytes of small files that are being read, until their turn comes. */
const ahead = new Map();

/** Bytes of a file; with those of a small one the small ones behind it are asked for. */
const bytes = (file, at, chosen, place) => {
  if (file.size > SLICE) return file.slice(at, at + SLICE).arrayBuffer();
  if (!ahead.has(file)) {
    for (const next of chosen.slice(place, place + AHEAD)) {
      if (next.size > SLICE) break;
      const reading = next.arrayBuffer();
      // Whether it failed is asked when its turn comes.
      reading.catch(() => {});
      ahead.set(next, reading);
    }
  }
  const reading = ahead.get(file);
  ahead.delete(file);
  return reading;
};

const readFile = async (file, report, chosen, place) => {
  reader.begin(file.name);
  for (let at = 0; at < file.size && !cancelled; at += SLICE) {
    reader.feed(new Uint8Array(await bytes(file, at, chosen, place)));
    await step(report);
  }
  if (!cancelled) {
    reader.end();
    await step(report);
  }
  if (cancelled) reader.cancel();
};

const refusal = (file) => {
  files += 1;
  if (files > LIMITS.files) return "too_many";
  if (file.size > LIMITS.bytes) return "too_large";
};

/** Reads what was handed over of so many files; none of it when that was `stopped`. */
const readAll = async (chosen, count, stopped) => {
  cancelled = stopped;
  const start = performance.now();
  const total = chosen.reduce((sum, file) => sum + (file.size > LIMITS.bytes ? 0 : file.size), 0);
  let [done, last, settled] = [0, start, 0];
  for (const file of cancelled ? [] : chosen) {
    const place = settled + 1;
    const report = (read, found = []) => {
      const now = performance.now();
      if (now - last < REPORT && found.length === 0) return false;
      last = now;
      say("progress", { name: file.name, place, files: count, done: done + read, total, verdicts: [...verdicts(), ...found] });
      return true;
    };
    const problem = refusal(file);
    if (problem) {
      settled = place;
      report(0, [unread(file.name, problem)]);
      continue;
    }
    try {
      await readFile(file, report, chosen, settled);
    } catch (error) {
      // A trap of the module ends everything; a file that cannot be read ends only itself.
      if (error instanceof WebAssembly.RuntimeError) throw error;
      reader.cancel();
      report(0, [unread(file.name, "unreadable", error.message)]);
    }
    if (cancelled) {
      // It is as if it had not been given.
      files -= 1;
      break;
    }
    settled = place;
    done += file.size;
    report(0);
  }
  ahead.clear();
  say("finished", { verdicts: verdicts(), left: count - settled, read: done, milliseconds: performance.now() - start, memory: wasm.memory.buffer.byteLength });
};

const download = (name, type, parts) => say("download", { name, blob: new Blob(parts, { type }) });

const orders = {
  start: async ({ early, late }) => {
    wasm = await init({ module_or_path: new URL("./delineate.console.wasm", import.meta.url) });
    reader = new Console(early, late);
    say("ready", { limits: { ...LIMITS, rows: Console.most_rows() }, fewest: reader.smallest_group() });
  },
  hand: ({ files }) => {
    handed.push(...files);
  },
  read: ({ count, stopped }) => {
    const chosen = handed;
    handed = [];
    return readAll(chosen, count, stopped);
  },
  cancel: () => {
    cancelled = true;
  },
  statistics: ({ asked, seat, structure, repeated }) => {
    reader.count_repeated(repeated);
    say("statistics", { asked, group: JSON.parse(reader.statistics(seat, structure)) });
  },
  csv: () => download("delineate-rows.csv", "text/csv", reader.csv()),
  ndjson: () => download("delineate-rows.ndjson", "application/x-ndjson", reader.ndjson()),
  benchmark: ({ source, date }) => {
    let text;
    try {
      text = reader.benchmark(source, date);
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError) throw error;
      say("no_benchmark", { problem: error.message });
      return;
    }
    download("delineate-benchmark.json", "application/json", [text]);
  },
};

addEventListener("message", async ({ data }) => {
  try {
    await orders[data.kind](data);
  } catch (error) {
    say("failed", { problem: String(error?.message ?? error) });
  }
});
