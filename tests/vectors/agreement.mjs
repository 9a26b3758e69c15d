// The oracle of comparisons: works out from docs/method.md ("Two and more respondents") what several responses show together, in another
// language and by other means than the product (who claims and who hands over by seat instead of pair by pair, deviations in whole
// numbers, one comparator instead of ranks).
//
//   node tests/vectors/agreement.mjs           writes the expected values of every vector
//   node tests/vectors/agreement.mjs --check   compares, and fails on a difference
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { drawing, frac, hundred, int, mean, more, round, show, times } from "./exact.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const shipped = JSON.parse(readFileSync(path.join(here, "../../content/instrument.json"), "utf8"));
const { steps: texts } = JSON.parse(readFileSync(path.join(here, "../../content/en/steps.json"), "utf8"));

/** What somebody of a structure reads before choosing a level. */
const read = (step, item, structure) => {
  const { variants = {}, ...usual } = texts[step].items[item];
  const { question, levels } = variants[structure] ?? usual;
  return JSON.stringify([question, levels.map(({ anchor }) => anchor)]);
};

/** The shipped instrument with other weights: of the halves, and of steps and domains by id. */
const weighted = ({ halves = {}, steps = {}, domains = {} } = {}) => {
  const instrument = structuredClone(shipped);
  Object.assign(instrument.scoring.weights, halves);
  for (const [list, weights] of [[instrument.steps, steps], [instrument.domains, domains]]) {
    for (const one of list) one.weight = weights[one.id] ?? one.weight;
  }
  return instrument;
};

const word = (owner) => (typeof owner === "string" ? owner : (owner.officer ?? `other ${owner.other}`));
const filled = (kinds) => Object.fromEntries(kinds.map((kind) => [kind, []]));
const TODAY = ["agreed", "contested", "hot_potato", "blind_spot", "different", "unknown", "incomplete"];
const TARGET = ["agreed", "differs", "open"];
const LEVELS = ["agreed", "differs", "not_applicable", "unknown", "other_words", "incomplete"];
const DISPUTES = { contested: 0, hot_potato: 0, blind_spot: 1, different: 2, target: 3 };

function oracle({ weights, participants }) {
  const instrument = weighted(weights);
  const people = participants.map(({ response }) => {
    const named = response.respondent?.structure ?? instrument.structures[0].id;
    const { officers } = instrument.structures.find((structure) => structure.id === named);
    const seat = response.respondent?.seat;
    return {
      response,
      structure: named,
      officer: instrument.officers.includes(seat) ? seat : undefined,
      asks: (step, index) => index === 0 || (response.full_steps ?? []).includes(step),
      owner: (domain, column) => {
        const owner = response.domains?.[domain]?.[column];
        return owner?.officer && !officers.includes(owner.officer) ? undefined : owner;
      },
    };
  });

  // Rules 12 and 13.
  const today = filled(TODAY);
  const target = filled(TARGET);
  const named = {};
  const shared = [];
  const domains = instrument.domains.map(({ id, weight, critical }) => {
    const words = (column) => people.map((one) => one.owner(id, column)).map((owner) => owner && word(owner));
    const said = words("today");
    named[id] = {};
    said.forEach((owner, who) => owner && (named[id][owner] ??= []).push(who));
    const names = said.filter((owner) => owner && owner !== "dont_know");
    const different = new Set(names);
    /** Which officers each officer's seat gives the domain to. */
    const given = Object.fromEntries(instrument.officers.map((officer) => [officer, new Set()]));
    people.forEach((one, who) => one.officer && said[who] && given[one.officer].add(said[who]));
    const claiming = instrument.officers.filter((officer) => given[officer].has(officer));
    const handing = instrument.officers.some((from) =>
      instrument.officers.some((to) => from !== to && given[from].has(to) && given[to].has(from)),
    );
    let kind = "agreed";
    if (claiming.length > 1) kind = "contested";
    else if (handing) kind = "hot_potato";
    else if (different.size > 1) kind = different.has("nobody") ? "blind_spot" : "different";
    else if (names.length < 2) kind = said.filter(Boolean).length < 2 ? "incomplete" : "unknown";
    today[kind].push(id);
    if (kind === "agreed" && (different.has("nobody") || different.has("unsplit"))) shared.push(id);

    const wanted = words("target").filter((owner) => owner && owner !== "dont_know");
    const aim = wanted.length < 2 ? "open" : new Set(wanted).size > 1 ? "differs" : "agreed";
    target[aim].push(id);
    return { id, weight, critical, kind, aim };
  });

  // Rule 14. The deviation times n² is the sum of |n × level − sum of the levels|, all whole numbers.
  const levels = filled(LEVELS);
  const spread = {};
  const other_words = {};
  const items = [];
  for (const step of instrument.steps) {
    step.items.forEach((id, index) => {
      const asked = people.filter((one) => one.asks(step.id, index));
      if (asked.length < 2) return;
      const answers = asked.map((one) => one.response.items?.[id]).filter((answer) => answer !== undefined);
      // Sorted by what was read; the usual words were there first, then those of each structure.
      const usual = read(step.id, id);
      const pages = new Map([[usual, []], ...instrument.structures.map((one) => [read(step.id, id, one.id), []])]);
      people.forEach((one, who) => {
        const level = one.asks(step.id, index) ? one.response.items?.[id]?.level : undefined;
        if (level !== undefined) pages.get(read(step.id, id, one.structure)).push([who, level]);
      });
      const all = [...pages.values()];
      const most = Math.max(...all.map((page) => page.length));
      const page = all.find(({ length }) => length === most);
      const levelled = all.flat().length;
      const chosen = page.map(([, level]) => level);
      const lonely = most < 2 && levelled > 1;
      const apart = all.filter((one) => lonely || one !== page).flat().map(([who]) => who).sort((a, b) => a - b);
      if (apart.length) other_words[id] = apart;
      let kind;
      let gap = null;
      if (chosen.length >= 2) {
        const n = chosen.length;
        const sum = chosen.reduce((a, b) => a + b, 0);
        const distance = chosen.reduce((total, level) => total + Math.abs(n * level - sum), 0);
        const [low, high] = [Math.min(...chosen), Math.max(...chosen)];
        gap = high - low;
        spread[id] = [low, high, gap, show(frac(BigInt(distance), BigInt(n * n)))];
        kind = 6 * distance <= 5 * n * n ? "agreed" : "differs";
      } else if (lonely) kind = "other_words";
      else if (answers.length < 2) kind = "incomplete";
      else kind = answers.includes("dont_know") ? "unknown" : "not_applicable";
      levels[kind].push(id);
      items.push({ id, step, kind, gap });
    });
  }

  // Rule 15.
  const yes = (is) => int(is ? 1 : 0);
  const comparable = {
    map: domains.filter(({ kind }) => kind !== "unknown" && kind !== "incomplete"),
    practice: items.filter(({ gap }) => gap !== null),
  };
  const map = mean(comparable.map.map(({ weight, kind }) => [weight, yes(kind === "agreed")]));
  const practice = mean(
    instrument.steps.map((step) => {
      const own = comparable.practice.filter((item) => item.step === step);
      return [step.weight, mean(own.map(({ kind }) => [1, yes(kind === "agreed")]))];
    }),
  );
  const halves = instrument.scoring.weights;
  const both = mean([[halves.delineation, map], [halves.practice, practice]]);
  const count = comparable.map.length + comparable.practice.length;
  const asked = domains.length + items.length;
  const points = (share) => share && times(share, hundred);
  const agreement = count * 2 >= asked ? points(both) : null;
  const half = (questions, all, share) => ({
    agreed: questions.filter(({ kind }) => kind === "agreed").length,
    comparable: questions.length,
    asked: all.length,
    exact: show(points(share)),
  });

  // Rules 16 and 17.
  const disputes = domains
    .map((domain) => ({ ...domain, about: domain.kind in DISPUTES ? domain.kind : domain.aim === "differs" ? "target" : null }))
    .filter(({ about }) => about !== null)
    .sort((a, b) => b.critical - a.critical || DISPUTES[a.about] - DISPUTES[b.about] || b.weight - a.weight);
  const pressing = ({ gap, step }) =>
    frac(BigInt(gap * step.weight), BigInt(items.filter((item) => item.step === step).length));
  const apart = items
    .filter(({ kind }) => kind === "differs")
    .sort((a, b) => more(pressing(b), pressing(a)) - more(pressing(a), pressing(b)));
  const disagreements = [
    ...disputes.map(({ id, about, aim }) => [about, id, aim]),
    ...apart.map(({ id, gap }) => ["item", id, gap]),
  ];
  const topics = Math.min(5, disagreements.length);
  const minutes = Array.from({ length: topics }, (_, index) => Math.floor((45 + topics - 1 - index) / topics));

  const notices = [];
  const everybody = people.map((_, who) => who);
  const print = ({ response: { items = {}, domains = {} } }) => {
    const sorted = (object) => Object.keys(object).sort().map((key) => [key, object[key]]);
    const rows = sorted(domains).map(([id, { today, target }]) => [id, today ?? null, target ?? null]);
    return rows.length + Object.keys(items).length ? JSON.stringify([sorted(items), rows]) : undefined;
  };
  const prints = people.map(print);
  for (const one of new Set(prints.filter((text) => text !== undefined))) {
    const same = everybody.filter((who) => prints[who] === one);
    if (same.length > 1) notices.push(["identical", same]);
  }
  const several = (values) => new Set(values).size > 1;
  if (several(people.map(({ response }) => response.content.version))) notices.push(["versions", everybody]);
  if (several(people.map(({ structure }) => structure))) notices.push(["structures", everybody]);
  if (!several(people.map(({ officer }) => officer).filter(Boolean))) notices.push(["officers", everybody]);

  return {
    agreement: {
      percent: agreement && round(agreement),
      exact: show(agreement),
      map: half(comparable.map, domains, map),
      practice: half(comparable.practice, items, practice),
      comparable: count,
      asked,
    },
    today,
    target,
    named,
    shared_issues: shared,
    levels,
    spread,
    other_words,
    disagreements,
    agenda: topics ? [5, ...minutes, 10] : null,
    notices,
  };
}

/** Pairs and triples drawn by a small generator of fixed seed; now and then a group. */
function* drawn(number) {
  const draw = drawing(7071067n);
  const pick = (list) => list[draw(list.length)];
  const itemIds = shipped.steps.flatMap((step) => step.items);
  const anItem = (silence) => {
    const kind = draw(24);
    if (kind < silence) return draw(2) ? "dont_know" : undefined;
    return kind === 23 ? { not_applicable: pick(shipped.not_applicable_reasons) } : { level: draw(5) };
  };
  const anOwner = (silence) => {
    if (draw(24) < silence) return draw(2) ? "dont_know" : undefined;
    if (draw(4)) return draw(5) ? { officer: pick(shipped.officers) } : { other: pick(shipped.roles) };
    return pick(["split", "unsplit", "nobody"]);
  };
  for (let index = 0; index < number; index++) {
    const size = index % 20 === 19 ? 4 + draw(3) : 2 + (index % 2);
    // What everybody would say, how far each strays from it, and how much is left out.
    const [straying, silence] = [1 + draw(10), draw(index % 5 === 4 ? 20 : 5)];
    const common = Object.fromEntries(itemIds.map((id) => [id, anItem(silence)]));
    const owners = Object.fromEntries(shipped.domains.map(({ id }) => [id, [anOwner(silence), anOwner(silence + 6)]]));
    const strays = () => draw(12) < straying;
    const structure = pick(shipped.structures).id;
    const participants = [];
    for (let who = 0; who < size; who++) {
      // Items beyond the headline ones are answered only where the check is deep, but now and then one is left over.
      const depth = draw(3);
      const full = shipped.steps.filter(() => depth === 2 || (depth === 1 && draw(2) === 0)).map((step) => step.id);
      const items = {};
      for (const step of shipped.steps) {
        step.items.forEach((id, place) => {
          if (place > 0 && !full.includes(step.id) && draw(8)) return;
          const near = common[id]?.level === undefined ? undefined : { level: Math.min(4, common[id].level + draw(2)) };
          items[id] = strays() ? (draw(2) ? anItem(silence) : near) : common[id];
        });
      }
      const domains = {};
      for (const [id, [now, aim]] of Object.entries(owners)) {
        const answer = { today: strays() ? anOwner(silence) : now, target: strays() ? anOwner(silence + 6) : aim };
        if (answer.today ?? answer.target) domains[id] = answer;
      }
      const respondent = { seat: who < 2 && draw(6) ? shipped.officers[who] : pick(shipped.seats) };
      if (draw(5)) respondent.structure = draw(6) ? structure : pick(shipped.structures).id;
      const version = draw(12) ? shipped.version : `${shipped.version.split(".")[0]}.4.2`;
      const response = {
        format: "delineate-response",
        version: 1,
        content: { id: shipped.id, version },
        respondent,
        full_steps: full,
        items,
        domains,
      };
      const twin = who > 0 && draw(16) === 0;
      const own = twin ? { ...participants[0].response, respondent } : JSON.parse(JSON.stringify(response));
      participants.push({ name: `P${who + 1}`, response: own });
    }
    const one = () => ({ [pick(shipped.steps).id]: 1 + draw(6), [pick(shipped.steps).id]: 1 + draw(6) });
    const other = () => ({ [pick(shipped.domains).id]: 1 + draw(6), [pick(shipped.domains).id]: 1 + draw(6) });
    const weights = { halves: { delineation: 1 + draw(3), practice: 1 + draw(3) }, steps: one(), domains: other() };
    yield index % 3 === 2 ? { weights, participants } : { participants };
  }
}

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

const cases = path.join(here, "comparisons");
for (const file of readdirSync(cases).sort()) {
  const vector = JSON.parse(readFileSync(path.join(cases, file), "utf8"));
  const expected = oracle(vector);
  settle(file, vector.expected, expected);
  if (!checking) writeFileSync(path.join(cases, file), `${JSON.stringify({ ...vector, expected }, null, 2)}\n`);
}
const random = path.join(here, "comparisons-random.json");
const stored = checking ? JSON.parse(readFileSync(random, "utf8")) : [];
const lines = [];
for (const drawnCase of drawn(100)) {
  const vector = { ...drawnCase, expected: oracle(drawnCase) };
  settle(`random ${lines.length}`, stored[lines.length], vector);
  lines.push(JSON.stringify(vector));
}
if (!checking) writeFileSync(random, `[\n${lines.join(",\n")}\n]\n`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
