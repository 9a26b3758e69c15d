// Runs the queries of docs/warehouse.md, as they are printed there, on drawn responses in DuckDB, and compares what they
// answer with the statistics of the core.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { DuckDBInstance } from "@duckdb/node-api";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "../..");
const RESPONDENTS = 600;

/** The queries of the page in their order, each with the heading that it stands under. */
function queries() {
  const found = [];
  const page = readFileSync(path.join(root, "docs/warehouse.md"), "utf8");
  for (const section of page.split(/^## /m).slice(1)) {
    const heading = section.slice(0, section.indexOf("\n"));
    for (const [, sql] of section.matchAll(/^```sql\n(.*?)^```$/gms)) found.push({ heading, sql });
  }
  return found;
}

function example(...options) {
  const folder = process.env.DELINEATE_EXAMPLES;
  assert.ok(folder, 'DELINEATE_EXAMPLES is not set: run these tests by "cargo xtask test"');
  return execFileSync(path.join(folder, "cohort"), options, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 });
}

/** A number of the core against one of the warehouse: the first is exact or has two decimals, the second is a double. */
function near(found, expected, name) {
  const [n, d = 1] = `${expected}`.split("/").map(Number);
  const within = `${expected}`.includes(".") ? 0.005000001 : 1e-9;
  assert.ok(Math.abs(found - n / d) <= within, `${name}: the query says ${found}, the core ${expected}`);
}

function sameSpread(row, values, name) {
  assert.equal(row.n, values.n, name);
  near(row.mean, values.summary.mean.exact, `${name}, mean`);
  for (const part of ["q1", "median", "q3"]) near(row[part], values.summary[part].exact, `${name}, ${part}`);
}

const share = (shares, id) => shares.find((one) => one.id === id).count;

describe("the queries of the page about warehouses", () => {
  let folder, connection, statistics, responses;
  const answers = new Map();

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "delineate-warehouse-"));
    const file = path.join(folder, "responses.ndjson");
    const drawn = example("--draw", `${RESPONDENTS}`);
    writeFileSync(file, drawn);
    responses = drawn.trimEnd().split("\n").map((line) => JSON.parse(line));
    writeFileSync(path.join(folder, "rows.ndjson"), example("--rows", file));
    statistics = JSON.parse(example(file));
    const instance = await DuckDBInstance.create(":memory:");
    connection = await instance.connect();
    // The page says file names alone, as one would in the folder of the files.
    await connection.run(`SET file_search_path = '${folder.replaceAll("'", "''")}'`);
    for (const { heading, sql } of queries()) {
      const reader = await connection.runAndReadAll(sql);
      const rows = reader.getRowObjects().map((row) =>
        // Counts are 64-bit integers, which here are all small.
        Object.fromEntries(Object.entries(row).map(([key, value]) => [key, typeof value === "bigint" ? Number(value) : value])),
      );
      answers.set(heading, [...(answers.get(heading) ?? []), rows]);
    }
  });

  after(() => {
    connection?.closeSync();
    rmSync(folder, { recursive: true, force: true });
  });

  const last = (heading) => {
    assert.ok(answers.has(heading), `the page has no query under "${heading}"`);
    return answers.get(heading).at(-1);
  };
  const all = () => statistics.all.shown;
  /** Groups that both sides show: a query does not hide what a subtraction would tell. */
  const groups = (list) => list.filter(({ group }) => group !== "suppressed").map(({ id, group }) => [id, group.shown]);

  test("the files load as they are", async () => {
    const [found] = answers.get("The rows, as they are")[0];
    assert.equal(found.respondents, RESPONDENTS);
    assert.equal(found.n, all().score.n);
    near(found.mean, all().score.summary.mean.exact, "mean");
    assert.deepEqual([found.gaps, found.overlaps], [all().gaps.count, all().overlaps.count].map(Number));
    for (const name of ["rows", "responses"]) {
      const reader = await connection.runAndReadAll(`SELECT count(*) FROM '${name}.ndjson'`);
      assert.equal(Number(reader.getRows()[0][0]), RESPONDENTS, name);
    }
  });

  test("score by seat", () => {
    const rows = last("Score by seat");
    const seats = groups(statistics.seats);
    assert.ok(seats.length >= 5, "too few seats are shown to compare");
    for (const [id, group] of seats) {
      const row = rows.find(({ seat }) => seat === id);
      assert.equal(row.respondents, group.respondents);
      sameSpread(row, group.score, id);
      near(row.sd, group.score.summary.sd, `${id}, sd`);
    }
    const people = rows.reduce((sum, row) => sum + row.respondents, 0);
    assert.equal(people, RESPONDENTS);
  });

  test("bands by structure", () => {
    const rows = last("Bands by structure");
    const structures = groups(statistics.structures);
    assert.equal(structures.length, 5);
    for (const [id, group] of structures) {
      for (const band of group.bands) {
        const row = rows.find((row) => row.structure === id && row.band === (band.id ?? "none"));
        assert.equal(row?.respondents ?? 0, band.count, `${id}, ${band.id}`);
        if (row) near(row.percent, band.share.exact, `${id}, ${band.id}`);
      }
    }
  });

  test("quartiles of the steps", () => {
    const rows = last("Quartiles of the steps");
    assert.equal(rows.length, 10);
    for (const { id, values } of all().steps) sameSpread(rows.find(({ step }) => step === id), values, id);
  });

  test("gaps and overlaps by domain", () => {
    const rows = last("Gaps and overlaps by domain");
    assert.equal(rows.length, 16);
    for (const { id, owners } of all().domains) {
      const row = rows.find(({ domain }) => domain === id);
      assert.deepEqual([row.gaps, row.overlaps], [share(owners, "nobody"), share(owners, "unsplit")], id);
      assert.ok(row.gaps > 0 && row.overlaps > 0, `${id} has neither`);
    }
  });

  test("the heat map", () => {
    const rows = last("The heat map");
    assert.equal(rows.length, 16);
    for (const { id, owners } of all().domains) {
      const { domain, ...counts } = rows.find(({ domain }) => domain === id);
      assert.deepEqual(counts, Object.fromEntries(owners.map((owner) => [owner.id ?? "not answered", owner.count])), domain);
    }
  });

  test("gaps by domain, from the answers", () => {
    const rows = last("Gaps by domain, from the answers");
    for (const { id, owners } of all().domains) {
      assert.equal(rows.find(({ domain }) => domain === id).gaps, share(owners, "nobody"), id);
    }
  });

  test("equal responses", () => {
    assert.deepEqual(last("The responses, as they are"), [{ responses: RESPONDENTS, different: RESPONDENTS }]);
  });

  test("levels by item", () => {
    const rows = last("Levels by item");
    assert.equal(rows.length, 30);
    for (const { item, n, mean_level, not_known, not_applicable } of rows) {
      const given = responses.map(({ items }) => items[item]).filter((answer) => answer !== undefined);
      const levels = given.map((answer) => answer.level).filter((level) => level !== undefined);
      assert.equal(n, levels.length, item);
      near(mean_level, `${levels.reduce((sum, level) => sum + level, 0)}/${n}`, item);
      assert.equal(not_known, given.filter((answer) => answer === "dont_know").length, item);
      assert.equal(not_applicable, given.filter((answer) => answer.not_applicable).length, item);
    }
  });

  test("who should hold what somebody else holds", () => {
    const rows = last("Who should hold what somebody else holds");
    assert.equal(rows.length, 16);
    for (const { domain, answered, to_move } of rows) {
      const both = responses
        .map(({ domains }) => [domains[domain]?.today?.officer, domains[domain]?.target?.officer])
        .filter(([today, target]) => today && target);
      assert.equal(answered, both.length, domain);
      assert.equal(to_move, both.filter(([today, target]) => today !== target).length, domain);
    }
  });

  test("no query of the page goes without a comparison", () => {
    const headings = [
      "The rows, as they are",
      "Score by seat",
      "Bands by structure",
      "Quartiles of the steps",
      "Gaps and overlaps by domain",
      "The heat map",
      "The responses, as they are",
      "Levels by item",
      "Gaps by domain, from the answers",
      "Who should hold what somebody else holds",
    ];
    assert.deepEqual([...answers.keys()], headings);
  });
});
