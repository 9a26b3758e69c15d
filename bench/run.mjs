// Measures every contender in one browser, taking turns, so that whatever slows the machine down for a while hits them all
// alike. Writes every single value: what is made of them is for `xtask/src/bench` to say. Nothing here fails for being slow.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { launch, root } from "../tests/e2e/support.mjs";
import { bare, contenders } from "./contenders.mjs";
import { below, check, desktop, many, phone } from "./scenarios.mjs";

const required = (name) => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run this by "cargo xtask bench"`);
  return value;
};
const address = required("BENCH_ADDRESS");
const runs = Number(required("BENCH_RUNS"));
const cohort = required("BENCH_COHORT");
const out = required("BENCH_OUT");

const version = (name) => JSON.parse(readFileSync(path.join(root, "node_modules", name, "package.json"), "utf8")).version;

const scenarios = { phone, desktop, check, below };
const jobs = Object.keys(scenarios).flatMap((scenario) => {
  const measured = contenders.filter((contender) => scenario !== "check" || !contender.emptyPage);
  const suffix = scenario === "below" ? "-below" : "";
  const all = scenario === "below" ? [...measured, { name: bare }] : measured;
  return all.map((contender) => ({ scenario, contender, page: `${contender.name}${suffix}` }));
});

const browser = await launch();
const samples = {};
const note = ({ scenario, contender }, values) => {
  for (const [name, value] of Object.entries(values)) {
    const all = [value].flat();
    if (!all.every(Number.isFinite)) throw new Error(`${contender.name}, ${scenario}: ${name} is ${value}`);
    (((samples[contender.name] ??= {})[scenario] ??= {})[name] ??= []).push(...all);
  }
};

try {
  // One round is not counted: the first page of a browser pays for what it sets up once.
  for (let run = -1; run < runs; run++) {
    const start = Date.now();
    // Backwards every other time, so that nobody always comes first.
    for (const job of run % 2 === 0 ? jobs : jobs.toReversed()) {
      const values = await scenarios[job.scenario](browser, `${address}${job.page}.html`, job.contender);
      if (run >= 0) note(job, values);
    }
    const read = await many(browser, `${address}delineate/console.html`, cohort);
    if (run >= 0) note({ scenario: "console", contender: { name: "console" } }, read);
    const name = run < 0 ? "warm-up" : `run ${run + 1} of ${runs}`;
    console.log(`  ${name}: ${Math.round((Date.now() - start) / 1000)} s`);
  }
  const document = {
    date: new Date().toISOString().slice(0, 10),
    machine: { cores: os.cpus().length, processor: os.cpus()[0].model, gigabytes: Math.round(os.totalmem() / 2 ** 30) },
    browser: `Chromium ${browser.version()}`,
    surveyjs: version("survey-core"),
    runs,
    samples,
  };
  mkdirSync(path.dirname(out), { recursive: true });
  writeFileSync(out, JSON.stringify(document, null, 1));
} finally {
  await browser.close();
}
