// The oracle: works out from docs/method.md what a response must score, in another language and by other means than the
// product (whole-number fractions written out, the path to the next band by exhaustive tables instead of by ranking).
//
//   node tests/vectors/oracle.mjs           writes the expected values of every vector
//   node tests/vectors/oracle.mjs --check   compares, and fails on a difference
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { drawing, frac, hundred, int, mean, more, over, plus, round, show, times } from "./exact.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const instrument = JSON.parse(readFileSync(path.join(here, "../../content/instrument.json"), "utf8"));
const { scoring } = instrument;

/** What a question is worth: { value } when counted, { away } when not applicable, { open } otherwise. */
const worthOfItem = (answer) => {
  if (answer === undefined || answer === "dont_know") return { open: true };
  if ("level" in answer) return { value: frac(BigInt(answer.level), 4n) };
  return { away: true };
};
const clarity = (kind) => frac(BigInt(scoring.clarity_percent[kind]), 100n);
const worthOfOwner = (owner) => {
  if (owner === undefined || owner === "dont_know") return { open: true };
  if (owner === "split" || owner === "unsplit" || owner === "nobody") return { value: clarity(owner) };
  return { value: clarity("owner") };
};

export function oracle(response) {
  const named = response.respondent?.structure ?? instrument.structures[0].id;
  const { officers } = instrument.structures.find((structure) => structure.id === named);
  const full = new Set(response.full_steps ?? []);

  const items = [];
  for (const step of instrument.steps) {
    for (const [index, id] of step.items.entries()) {
      if (index === 0 || full.has(step.id)) items.push({ id, step: step.id, ...worthOfItem(response.items?.[id]) });
    }
  }
  const domains = instrument.domains.map((domain) => {
    let owner = response.domains?.[domain.id]?.today;
    if (owner?.officer && !officers.includes(owner.officer)) owner = undefined;
    return { ...domain, owner, ...worthOfOwner(owner) };
  });

  /** Rules 2 to 6; `fill` is what an open question counts as, or null. */
  const compute = (items, domains, fill) => {
    const worth = (question) => (question.away ? null : question.open ? fill : question.value);
    const steps = instrument.steps.map((step) =>
      mean(items.filter((item) => item.step === step.id).map((item) => [1, worth(item)])),
    );
    const practice = mean(instrument.steps.map((step, index) => [step.weight, steps[index]]));
    const delineation = mean(domains.map((domain) => [domain.weight, worth(domain)]));
    const { weights } = scoring;
    const score = mean([
      [weights.delineation, delineation],
      [weights.practice, practice],
    ]);
    return { steps, practice, delineation, points: score && times(score, hundred) };
  };

  const now = compute(items, domains, null);
  const low = compute(items, domains, int(0)).points;
  const high = compute(items, domains, int(1)).points;
  const settled = (questions) => questions.filter((question) => !question.open).length;
  const count = (questions) => ({ settled: settled(questions), asked: questions.length });
  const coverage = count([...items, ...domains]);

  const critical = domains.filter(
    (domain) => domain.critical && (domain.owner === "nobody" || domain.owner === "unsplit"),
  );
  const bandOf = (score) => scoring.bands.filter((band) => band.from <= score).length - 1;
  const indexOf = (id) => scoring.bands.findIndex((band) => band.id === id);
  const rulesFor = (issues) => scoring.caps.filter((cap) => cap.critical_issues <= issues);
  const capFor = (issues) => Math.min(scoring.bands.length - 1, ...rulesFor(issues).map((cap) => indexOf(cap.band)));
  const enough = coverage.settled * 100 >= coverage.asked * scoring.coverage_percent.overall;
  const rated = enough && now.points !== null;
  const uncapped = rated ? bandOf(round(now.points)) : null;
  const band = rated ? Math.min(uncapped, capFor(critical.length)) : null;

  // Rule 10: each move by itself, the whole score computed again.
  const single = clarity("owner");
  const moves = [];
  const sensitivity = [];
  const gains = new Map();
  const gainOf = (nextItems, nextDomains) => {
    const after = compute(nextItems, nextDomains, null).points;
    return plus(after, times(now.points, int(-1)));
  };
  for (const item of items) {
    if (!item.value || item.value.n === item.value.d) continue;
    const raised = { ...item, value: plus(item.value, frac(1n, 4n)) };
    const gain = gainOf(items.map((other) => (other === item ? raised : other)), domains);
    sensitivity.push({ id: item.id, points_exact: show(gain) });
    gains.set(item.id, gain);
    const levels = Number(over(plus(int(1), times(item.value, int(-1))), frac(1n, 4n)).n);
    moves.push({ gain, most: levels, critical: false });
  }
  for (const domain of domains) {
    if (!domain.value || !more(single, domain.value)) continue;
    const raised = { ...domain, value: single };
    const gain = gainOf(items, domains.map((other) => (other === domain ? raised : other)));
    sensitivity.push({ id: domain.id, points_exact: show(gain) });
    gains.set(domain.id, gain);
    moves.push({ gain, most: 1, critical: critical.includes(domain) });
  }

  // Rule 11: the most points for every number of moves and of settled critical issues, by filling the whole table.
  let next = null;
  if (rated && band < scoring.bands.length - 1) {
    let table = new Map([["0,0", int(0)]]);
    for (const move of moves) {
      const grown = new Map();
      for (const [key, points] of table) {
        const [taken, fixed] = key.split(",").map(Number);
        for (let times_ = 0; times_ <= move.most; times_++) {
          const at = `${taken + times_},${fixed + (move.critical ? times_ : 0)}`;
          const total = plus(points, times(move.gain, int(times_)));
          if (!grown.has(at) || more(total, grown.get(at))) grown.set(at, total);
        }
      }
      table = grown;
    }
    for (const [key, points] of table) {
      const [taken, fixed] = key.split(",").map(Number);
      const score = plus(now.points, points);
      const reached = Math.min(bandOf(round(score)), capFor(critical.length - fixed));
      if (reached <= band) continue;
      if (next === null || taken < next.moves || (taken === next.moves && more(score, next.exact))) {
        next = { band: scoring.bands[band + 1].id, moves: taken, score: round(score), exact: score };
      }
    }
    if (next) delete next.exact;
  }

  // What an officer holds, of a map that is known well enough.
  const known = domains.filter((domain) => domain.value);
  const load = [];
  if (settled(domains) * 100 >= domains.length * scoring.coverage_percent.step) {
    for (const officer of officers) {
      const alone = domains.filter((domain) => domain.owner?.officer === officer).length;
      const shared = domains.filter((domain) => domain.owner === "split").length;
      if (known.length > 0 && alone * 100 >= known.length * scoring.overload_percent) load.push({ kind: "overload", officer });
      else if (alone + shared <= scoring.hollow_domains) load.push({ kind: "hollow", officer });
    }
    load.sort((a, b) => (a.kind === b.kind ? 0 : a.kind === "overload" ? -1 : 1));
  }

  // Where to start: what is unclear and critical, then what is critical and unknown, then steps by their room, then what else is unclear.
  const descending = (list) => list.sort((a, b) => (more(a.points, b.points) ? -1 : more(b.points, a.points) ? 1 : 0));
  const unclear = (isCritical) =>
    descending(
      domains
        .filter((domain) => domain.critical === isCritical && ["nobody", "unsplit"].includes(domain.owner))
        .map((domain) => ({
          domain: domain.id,
          kind: domain.owner === "nobody" ? "gap" : "overlap",
          points: gains.get(domain.id) ?? int(0),
        })),
    );
  const toAsk = domains.filter((domain) => domain.critical && domain.owner === "dont_know");
  const unknown = toAsk.map(({ id }) => ({ domain: id, kind: "unknown", points: int(0) }));
  const withRoom = [];
  for (const { id } of instrument.steps) {
    const raisable = items.filter((item) => item.step === id && item.value && item.value.n < item.value.d);
    if (raisable.length === 0) continue;
    const level = (item) => Number(times(item.value, int(4)).n);
    const lowest = Math.min(...raisable.map(level));
    const room = raisable.map((item) => times(gains.get(item.id), int(4 - level(item)))).reduce(plus);
    withRoom.push({ step: id, item: raisable.find((item) => level(item) === lowest).id, level: lowest, points: room });
  }
  const priorities = [...unclear(true), ...unknown, ...descending(withRoom), ...unclear(false)]
    .slice(0, 3)
    .map(({ points, ...rest }) => ({ ...rest, points_exact: show(points) }));

  const ids = (test) => domains.filter(test).map((domain) => domain.id);
  return {
    score: now.points && round(now.points),
    score_exact: show(now.points),
    practice_exact: show(now.practice),
    delineation_exact: show(now.delineation),
    band: rated ? scoring.bands[band].id : null,
    uncapped_band: rated ? scoring.bands[uncapped].id : null,
    cap_applied: rated && band < uncapped,
    cap_threshold:
      rated && band < uncapped ? rulesFor(critical.length).find((cap) => indexOf(cap.band) === band).critical_issues : null,
    critical_issues: critical.map((domain) => domain.id),
    range: low && { low: round(low), high: round(high), low_exact: show(low), high_exact: show(high) },
    coverage,
    steps: instrument.steps.map((step, index) => {
      const own = count(items.filter((item) => item.step === step.id));
      const shown = now.steps[index] !== null && own.settled * 100 >= own.asked * scoring.coverage_percent.step;
      return { id: step.id, value_exact: show(now.steps[index]), shown, ...own };
    }),
    map: {
      ...count(domains),
      gaps: ids((domain) => domain.owner === "nobody"),
      overlaps: ids((domain) => domain.owner === "unsplit"),
      unknown: ids((domain) => domain.owner === "dont_know"),
      counts:
        known.length === 0
          ? null
          : {
              gaps: ids((domain) => domain.owner === "nobody").length,
              overlaps: ids((domain) => domain.owner === "unsplit").length,
            },
      complete: domains.every((domain) => !domain.open),
    },
    load,
    priorities,
    sensitivity,
    next_band: next,
  };
}

/** Responses drawn by a small generator of fixed seed: the same on every machine. */
function* drawn(number) {
  const draw = drawing(20240601n);
  const pick = (list) => list[draw(list.length)];
  for (let index = 0; index < number; index++) {
    // Each response leans its own way, so that all bands and all degrees of coverage come up.
    const [skill, silence] = [draw(5), draw(12)];
    const level = () => Math.max(0, Math.min(4, skill + draw(3) - 1));
    const items = {};
    for (const id of instrument.steps.flatMap((step) => step.items)) {
      const kind = draw(24);
      if (kind < silence) {
        if (draw(2)) items[id] = "dont_know";
      } else if (kind === 23) items[id] = { not_applicable: pick(instrument.not_applicable_reasons) };
      else items[id] = { level: level() };
    }
    const domains = {};
    for (const { id } of instrument.domains) {
      const owner = () => {
        if (draw(24) < silence) return draw(2) ? "dont_know" : undefined;
        if (draw(5) <= skill) return draw(4) ? { officer: pick(instrument.officers) } : { other: pick(instrument.roles) };
        return pick(["split", "unsplit", "nobody"]);
      };
      const answer = { today: owner(), target: draw(4) ? undefined : owner() };
      if (answer.today ?? answer.target) domains[id] = JSON.parse(JSON.stringify(answer));
    }
    const depth = draw(3);
    const respondent = { seat: pick(instrument.seats) };
    if (draw(5)) respondent.structure = pick(instrument.structures).id;
    yield {
      format: "delineate-response",
      version: 1,
      content: { id: instrument.id, version: instrument.version },
      respondent,
      full_steps: instrument.steps.map((step) => step.id).filter(() => depth === 2 || (depth === 1 && draw(2) === 0)),
      items,
      domains,
    };
  }
}

function main() {
  const checking = process.argv.includes("--check");
  let [passed, failed] = [0, 0];
  const settle = (name, found, expected) => {
    if (!checking || isDeepStrictEqual(found, expected)) {
      passed++;
      return;
    }
    failed++;
    for (const key of Object.keys(expected)) {
      if (!isDeepStrictEqual(found?.[key], expected[key])) {
        console.error(`${name}: ${key}\n  is       ${JSON.stringify(found?.[key])}\n  must be  ${JSON.stringify(expected[key])}`);
      }
    }
  };

  const cases = path.join(here, "cases");
  mkdirSync(cases, { recursive: true });
  for (const file of readdirSync(cases).sort()) {
    const vector = JSON.parse(readFileSync(path.join(cases, file), "utf8"));
    const expected = oracle(vector.response);
    settle(file, vector.expected, expected);
    if (!checking) writeFileSync(path.join(cases, file), `${JSON.stringify({ ...vector, expected }, null, 2)}\n`);
  }
  const random = path.join(here, "random.json");
  const stored = checking ? JSON.parse(readFileSync(random, "utf8")) : [];
  const lines = [];
  for (const response of drawn(200)) {
    const vector = { response, expected: oracle(response) };
    settle(`random ${lines.length}`, stored[lines.length], vector);
    lines.push(JSON.stringify(vector));
  }
  if (!checking) writeFileSync(random, `[\n${lines.join(",\n")}\n]\n`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed ? 1 : 0);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
