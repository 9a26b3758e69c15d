// The oracle of many respondents: works out from docs/method.md ("Many respondents") what a cohort's statistics must be. It
// sorts and counts lists where the product fills histograms, and finds the root by search where the product has a formula.
//
//   node tests/vectors/cohort.mjs           writes the expected values of every cohort
//   node tests/vectors/cohort.mjs --check   compares, and fails on a difference
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { oracle } from "./oracle.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const load = (...names) => JSON.parse(readFileSync(path.join(here, ...names), "utf8"));
const instrument = load("../../content/instrument.json");
const fewest = instrument.cohort.smallest_group;
const idsOf = (list) => list.map((one) => one.id ?? one);

/** A fraction in lowest terms, written as the product writes it. */
const gcd = (a, b) => (b === 0n ? a : gcd(b, a % b));
const fraction = (numerator, denominator) => {
  const [n, d] = [BigInt(numerator), BigInt(denominator)];
  const common = gcd(n < 0n ? -n : n, d) || 1n;
  return d === common ? `${n / common}` : `${n / common}/${d / common}`;
};
/** Half up, of a share such as "5/8", on the scale of 100. */
const outOfHundred = (share) => {
  if (share === null) return null;
  const [n, d = 1n] = share.split("/").map(BigInt);
  return Number((200n * n + d) / (2n * d));
};

/** What is kept of a response. */
function row(response) {
  const result = oracle(response);
  const { seat = null, structure = null } = response.respondent;
  const { officers } = instrument.structures.find((one) => one.id === (structure ?? instrument.structures[0].id));
  const full = new Set(response.full_steps);
  const asked = instrument.steps.flatMap((step) => (full.has(step.id) ? step.items : step.items.slice(0, 1)));
  const given = (owner) => (owner?.officer && !officers.includes(owner.officer) ? null : (owner ?? null));
  const owners = instrument.domains.map(({ id }) => ["today", "target"].map((when) => given(response.domains[id]?.[when])));
  return {
    seat,
    structure,
    score: result.score,
    practice: outOfHundred(result.practice_exact),
    delineation: outOfHundred(result.delineation_exact),
    band: result.band,
    steps: result.steps.map((step) => (step.shown ? outOfHundred(step.value_exact) : null)),
    owners: owners.map(([today]) => today?.officer ?? (today?.other ? "other" : today)),
    gaps: result.map.gaps.length,
    overlaps: result.map.overlaps.length,
    key: JSON.stringify([seat, structure, asked, asked.map((id) => response.items[id] ?? null), owners]),
  };
}

/** The hundredths nearest to the root of numerator / denominator, by bisection: halves of hundredths go up. */
function root(numerator, denominator) {
  let [low, high] = [0n, 1_000_000n];
  while (low < high) {
    const middle = (low + high + 1n) / 2n;
    // Reached when (middle - 1/2) hundredths, squared, are at most the value.
    const reached = (2n * middle - 1n) ** 2n * denominator <= 40_000n * numerator;
    if (reached) low = middle;
    else high = middle - 1n;
  }
  return `${low / 100n}.${`${low % 100n}`.padStart(2, "0")}`;
}

function distribution(scores) {
  const sorted = scores.filter((score) => score !== null).sort((a, b) => a - b);
  const n = sorted.length;
  if (n < fewest) return { n };
  const mean = [sorted.reduce((sum, score) => sum + score, 0), n];
  // Each difference from the mean, times n, so that it stays whole.
  const squares = sorted.map((score) => BigInt(score * n - mean[0]) ** 2n).reduce((a, b) => a + b);
  const [numerator, denominator] = [squares, BigInt(n) ** 2n * BigInt(n - 1)];
  const quantile = (quarters) => {
    const place = ((n - 1) * quarters) / 4;
    const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
    return fraction(4 * below + (above - below) * (((n - 1) * quarters) % 4), 4);
  };
  return {
    n,
    mean: fraction(...mean),
    variance: fraction(numerator, denominator),
    sd: root(numerator, denominator),
    q1: quantile(1),
    median: quantile(2),
    q3: quantile(3),
  };
}

function statistics(rows) {
  const n = rows.length;
  const share = (count) => (n ? fraction(100 * count, n) : null);
  const tally = (ids, values) =>
    Object.fromEntries(
      [...ids, null].map((id) => {
        const count = values.filter((value) => value === id).length;
        return [id ?? "none", [count, share(count)]];
      }),
    );
  const classes = [...instrument.officers, "split", "unsplit", "other", "nobody", "dont_know"];
  const unclear = (kind) => {
    const counts = rows.map((row) => row[kind]);
    const some = counts.filter((count) => count > 0).length;
    const all = counts.reduce((sum, count) => sum + count, 0);
    return { respondents: some, share: share(some), count: all, mean: n ? fraction(all, n) : null };
  };
  return {
    respondents: n,
    score: distribution(rows.map((row) => row.score)),
    practice: distribution(rows.map((row) => row.practice)),
    delineation: distribution(rows.map((row) => row.delineation)),
    steps: instrument.steps.map((step, index) => ({ id: step.id, ...distribution(rows.map((row) => row.steps[index])) })),
    bands: tally(idsOf(instrument.scoring.bands), rows.map((row) => row.band)),
    domains: instrument.domains.map(({ id }, index) => ({ id, owners: tally(classes, rows.map((row) => row.owners[index])) })),
    gaps: unclear("gaps"),
    overlaps: unclear("overlaps"),
  };
}

/** The groups that rules 25 and 26 hide, as keys of `groups`. */
function suppressed(groups, seats, structures) {
  const size = (seat, structure) => groups.get(`${seat} ${structure}`).length;
  const hidden = new Set([...groups].filter(([, rows]) => rows.length > 0 && rows.length < fewest).map(([key]) => key));
  const lines = [
    ...[...seats, "all"].map((seat) => structures.map((structure) => [seat, structure]).concat([[seat, "all"]])),
    ...[...structures, "all"].map((structure) => seats.map((seat) => [seat, structure]).concat([["all", structure]])),
  ];
  const isHidden = ([seat, structure]) => hidden.has(`${seat} ${structure}`);
  for (;;) {
    let next = null;
    for (const line of lines) {
      const [cells, total] = [line.slice(0, -1).filter((cell) => size(...cell) > 0), line.at(-1)];
      const left = cells.filter(isHidden).reduce((sum, cell) => sum + size(...cell), 0);
      const told = isHidden(total) ? left === 0 : left > 0 && left < fewest;
      const shown = cells.filter((cell) => !isHidden(cell));
      if (!told || shown.length === 0) continue;
      const least = Math.min(...shown.map((cell) => size(...cell)));
      next = shown.find((cell) => size(...cell) === least);
      break;
    }
    if (next === null) return hidden;
    hidden.add(next.join(" "));
  }
}

function expected(responses) {
  const all = responses.map(row);
  const first = new Map();
  const duplicates = [];
  all.forEach((one, index) => {
    if (first.has(one.key)) duplicates.push([index, first.get(one.key)]);
    else first.set(one.key, index);
  });
  const once = all.filter((one, index) => first.get(one.key) === index);
  const seats = ["unsaid", ...instrument.seats];
  const structures = ["unsaid", ...idsOf(instrument.structures)];
  const takes = (choice, said) => choice === "all" || choice === (said ?? "unsaid");
  const groups = new Map();
  for (const seat of [...seats, "all"]) {
    for (const structure of [...structures, "all"]) {
      groups.set(`${seat} ${structure}`, once.filter((one) => takes(seat, one.seat) && takes(structure, one.structure)));
    }
  }
  const hidden = suppressed(groups, seats, structures);
  const shown = {};
  for (const [key, rows] of groups) {
    // Of a pair only how many they are: everything else is the same arithmetic again.
    const isPair = !key.split(" ").includes("all");
    shown[key] = hidden.has(key) ? "suppressed" : isPair ? { respondents: rows.length } : statistics(rows);
  }
  return { duplicates, each_counted: hidden.has("all all") ? "suppressed" : statistics(all), groups: shown };
}

/** The responses of a cohort: cases by name, with who answers, or the random vectors. */
const membersOf = (members) =>
  members === "random"
    ? load("random.json").map((vector) => vector.response)
    : members.map(({ case: name, ...respondent }) => ({ ...load("cases", `${name}.json`).response, respondent }));

const checking = process.argv.includes("--check");
let [passed, failed] = [0, 0];
const settle = (name, found, expected) => {
  if (!checking || isDeepStrictEqual(found, expected)) {
    passed++;
    return;
  }
  failed++;
  console.error(`${name}\n  is       ${JSON.stringify(found)}\n  must be  ${JSON.stringify(expected)}`);
};
for (const file of readdirSync(path.join(here, "cohorts")).sort()) {
  const cohort = load("cohorts", file);
  const values = expected(membersOf(cohort.members));
  if (!checking) {
    const groups = Object.entries(values.groups).map(([key, group]) => `    ${JSON.stringify(key)}: ${JSON.stringify(group)}`);
    const { name, why, members } = cohort;
    const lines = [
      `  "name": ${JSON.stringify(name)}`,
      `  "why": ${JSON.stringify(why)}`,
      `  "members": ${JSON.stringify(members)}`,
      `  "duplicates": ${JSON.stringify(values.duplicates)}`,
      `  "each_counted": ${JSON.stringify(values.each_counted)}`,
      `  "groups": {\n${groups.join(",\n")}\n  }`,
    ];
    writeFileSync(path.join(here, "cohorts", file), `{\n${lines.join(",\n")}\n}\n`);
  }
  for (const key of ["duplicates", "each_counted"]) {
    settle(`${file}: ${key}`, cohort[key], values[key]);
  }
  for (const [key, group] of Object.entries(values.groups)) {
    settle(`${file}: ${key}`, cohort.groups?.[key], group);
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
