// A random walk through the check, in whichever engine: after every action the page must show what the core works out natively from the same
// actions (`examples/walk.rs`).
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { UNFINISHED, domains, example, fill, say, wording } from "./support.mjs";

/** So many actions in one call of the page. */
const BATCH = 40;

/** The core's own walk: one line in, one line out. */
const model = () => {
  const process = spawn(example("walk"), { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: process.stdout })[Symbol.asyncIterator]();
  const follow = async (actions) => {
    process.stdin.write(actions.map((action) => `${JSON.stringify(action)}\n`).join(""));
    const seen = [];
    for (const action of actions) {
      const { value, done } = await lines.next();
      assert.ok(!done, `the model ended before it answered ${JSON.stringify(action)}`);
      seen.push(JSON.parse(value));
    }
    return seen;
  };
  return { follow, stop: () => process.stdin.end() };
};

const labels = Object.fromEntries(
  [
    "quick.begin", "full.begin", "resume.continue", "resume.results", "review.results", "review.answer_open", "ways.review",
    "extend.all", "charter.decide", "target.adopt", "ways.back",
  ].map((name) => [name, say(name)]),
);

/** The heading of the page that the model is on. */
const title = ({ page, stored }) => {
  const [kind, id] = page.split(":");
  const structure = (stored && JSON.parse(stored).respondent.structure) ?? "two";
  if (kind === "item") return fill(wording(id, structure).question, structure);
  if (id) return domains.groups[id].title;
  return say({ seat: "seat.question", structure: "structure.question" }[kind] ?? `${kind}.title`);
};

/** Runs in the page: acts at random as often as told, and gives what was done with what was seen after it, and what is seen in the end. */
const wander = async ({ labels, random: start, count, trail, unfinished }) => {
  let state = start;
  // Mulberry32.
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const pick = (list) => list[Math.floor(random() * list.length)];
  const root = document.querySelector("role-clarity-check").shadowRoot;
  const all = (selector) => [...root.querySelectorAll(selector)];
  const page = () => history.state?.delineate;
  const { port1, port2 } = new MessageChannel();
  const turn = () => new Promise((resolve) => {
    port1.onmessage = resolve;
    port2.postMessage(0);
  });
  const drawn = async () => {
    await turn();
    // The longest pages come in several turns.
    const whole = () => root.querySelector("h2.title") && !root.querySelector(unfinished);
    for (let turns = 0; !whole(); turns += 1) {
      if (turns > 20_000) throw new Error(`no page is drawn at ${page()}`);
      await turn();
    }
  };
  const look = () => ({
    title: root.querySelector("h2.title").textContent,
    progress: root.querySelector("#progress")?.textContent ?? null,
    chosen: Object.fromEntries(all(":is(.question, .map) input:checked").map((radio) => [radio.name, radio.value])),
    stored: localStorage.getItem("delineate"),
    score: root.querySelector(".score strong")?.textContent ?? null,
  });
  const named = (name) => all(".frame button").filter((button) => button.textContent === labels[name] && !button.disabled);
  const travel = (by) => async () => {
    const arrived = new Promise((resolve) => addEventListener("popstate", resolve, { once: true }));
    history.go(by);
    await arrived;
    trail.back += by;
    trail.forward -= by;
    return { do: "travel", page: page() };
  };
  const offered = () => {
    const ways = [];
    const add = (weight, act) => ways.push([weight, act]);
    const button = (weight, name, action) => {
      for (const button of named(name)) add(weight, () => (button.click(), action));
    };
    button(4, "quick.begin", { do: "begin", full: false });
    button(2, "full.begin", { do: "begin", full: true });
    button(4, "resume.continue", { do: "resume" });
    button(1, "resume.results", { do: "results" });
    button(2, "review.results", { do: "results" });
    button(3, "review.answer_open", { do: "resume" });
    button(3, "target.adopt", { do: "adopt" });
    button(2, "extend.all", { do: "extend" });
    button(3, "charter.decide", { do: "target" });
    if (root.querySelector(".results")) button(3, "ways.review", { do: "review" });
    button(2, "ways.back", { do: "back" });
    for (const submit of all(":is(.question, .map) button[type=submit]")) add(8, () => (submit.click(), { do: "next" }));
    const radios = all(":is(.question, .map) input:not(:checked)");
    if (radios.length) {
      add(14, () => {
        const radio = pick(radios);
        radio.click();
        return radio.name === "answer" ? { do: "answer", value: radio.value } : { do: "owner", domain: radio.name, value: radio.value };
      });
    }
    const selects = all(":is(.question, .map) select");
    if (selects.length) {
      add(10, () => {
        const select = pick(selects);
        const option = pick([...select.options].filter((option) => option.value && !option.selected));
        select.value = option.value;
        select.dispatchEvent(new Event("change", { bubbles: true, composed: true }));
        const of = select.id.slice("detail-".length);
        return root.querySelector("form.map") ? { do: "role", domain: of, value: option.value } : { do: "reason", value: option.value };
      });
    }
    for (const undo of all(".undo:not([disabled])")) add(4, () => (undo.click(), { do: "undo" }));
    const clears = all(".clear:not([disabled])");
    if (clears.length) {
      add(2, () => {
        const clear = pick(clears);
        const domain = clear.closest("fieldset").querySelector("input[type=radio]").name;
        clear.click();
        return { do: "clear", domain };
      });
    }
    const changes = all(".review .change button");
    if (changes.length) {
      add(4, () => {
        const row = Math.floor(random() * changes.length);
        changes[row].click();
        return { do: "change", row };
      });
    }
    const steps = all(".extend .chip-button");
    if (steps.length) {
      add(2, () => {
        const step = Math.floor(random() * steps.length);
        steps[step].click();
        return { do: "extend", step };
      });
    }
    if (trail.back > 0) add(2, travel(-1));
    if (trail.forward > 0) add(2, travel(1));
    const wipe = root.querySelector("#wipe");
    if (wipe) {
      add(0.15, async () => {
        wipe.click();
        await turn();
        root.querySelector(".confirm .danger").click();
        return { do: "wipe" };
      });
    }
    return ways;
  };
  const steps = [];
  while (steps.length < count) {
    const ways = offered();
    let aim = random() * ways.reduce((sum, [weight]) => sum + weight, 0);
    const [, act] = ways.find(([weight]) => (aim -= weight) < 0) ?? ways.at(-1);
    const before = page();
    const action = await act();
    await drawn();
    if (action.do !== "travel" && page() !== before) {
      // Browsers remember fifty entries.
      trail.back = Math.min(trail.back + 1, 40);
      trail.forward = 0;
    }
    steps.push([action, look()]);
  }
  return { steps, random: state, trail, seen: look() };
};

/**
 * Walks so many actions, from a check that is open and ready. `run` runs a function with one value in the page, `reload` loads the page
 * again, until it is ready. Resolves to how often each kind of action was done.
 */
export async function walk({ actions, seed, run, reload }) {
  const { follow, stop } = model();
  const done = {};
  const recent = [];
  const compare = async (steps) => {
    const expected = await follow(steps.map(([action]) => action));
    steps.forEach(([action, seen], index) => {
      const told = expected[index];
      done[action.do] = (done[action.do] ?? 0) + 1;
      recent.push(JSON.stringify(action));
      const where = `seed ${seed}, the last actions: ${recent.slice(-12).join(" ")}`;
      const stored = (text) => (text === null ? null : JSON.parse(text));
      assert.equal(seen.title, title(told), where);
      assert.deepEqual(stored(seen.stored), stored(told.stored), where);
      assert.deepEqual(seen.chosen, told.chosen, where);
      const { answered, asked } = told;
      if (seen.progress !== null) assert.equal(seen.progress, say("progress", { answered, asked }), where);
      if (told.page === "results") assert.equal(seen.score, told.score === null ? null : String(told.score), where);
    });
  };
  try {
    let random = seed;
    let trail = { back: 0, forward: 0 };
    let acted = 0;
    for (let batch = 0; acted < actions; batch += 1) {
      const went = await run(wander, { labels, random, count: Math.min(BATCH, actions - acted), trail, unfinished: UNFINISHED });
      ({ random, trail } = went);
      acted += went.steps.length;
      await compare(went.steps);
      if (batch % 3 !== 2) continue;
      await reload();
      const { seen } = await run(wander, { labels, random, count: 0, trail });
      await compare([[{ do: "reload" }, seen]]);
    }
  } finally {
    stop();
  }
  return done;
}
