// Runs in a page before any script of its own: finds things as a person would see them, and times what a person waits for.
// Every contender is watched by this one script, by the same rules.
globalThis.bench = (() => {
  const seen = { shift: 0, tasks: [], interactions: new Map() };

  const observers = [];
  const observe = (type, take, options = {}) => {
    const all = (entries) => entries.forEach(take);
    const observer = new PerformanceObserver((list) => all(list.getEntries()));
    observer.observe({ type, buffered: true, ...options });
    observers.push(() => all(observer.takeRecords()));
  };
  observe("layout-shift", (entry) => {
    if (!entry.hadRecentInput) seen.shift += entry.value;
  });
  observe("longtask", ({ startTime, duration }) => seen.tasks.push({ startTime, duration }));
  // The shortest that the browser reports is 16 ms; an interaction that is missing here was shorter.
  observe("event", ({ interactionId, duration }) => {
    if (!interactionId) return;
    const longest = seen.interactions.get(interactionId) ?? 0;
    seen.interactions.set(interactionId, Math.max(longest, duration));
  }, { durationThreshold: 16 });

  /** How long anything is waited for, in milliseconds. What takes longer is an error and not a measurement. */
  const PATIENCE = 60_000;
  const patience = (what) => {
    const end = performance.now() + PATIENCE;
    return () => {
      if (performance.now() > end) throw new Error(`waited in vain for ${what}`);
    };
  };

  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

  /** The time after the next frame has been drawn: a task posted from within a frame runs behind its painting. */
  const painted = () =>
    new Promise((resolve) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now());
        port2.postMessage(0);
      }),
    );

  const scope = () => {
    const root = document.querySelector("#widget > *");
    return root?.shadowRoot ?? root;
  };
  const visible = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
  const words = (element) => (element.value || element.textContent).trim();

  const all = (css) => [...(scope()?.querySelectorAll(css) ?? [])];
  const find = ({ css, text }) => all(css).find((element) => visible(element) && (!text || words(element) === text));

  /** The radio buttons by question, in the order of the page. */
  const questions = () => {
    const groups = new Map();
    for (const radio of all("input[type=radio]")) {
      if (!visible(radio.closest("label"))) continue;
      groups.set(radio.name, [...(groups.get(radio.name) ?? []), radio]);
    }
    return [...groups.values()];
  };
  const radio = ({ question, choice }) => questions()[question]?.[choice];

  /** What a click on the target has to hit: for a choice its whole label, as the radio button itself may be drawn over. */
  const hitArea = (target) => ("question" in target ? radio(target)?.closest("label") : find(target));

  const centre = (element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2 };
  };

  const hits = (element, { x, y }) => {
    const top = element.getRootNode().elementFromPoint(x, y);
    return top !== null && element.contains(top);
  };

  /** Waits until a click at the target's middle would hit it and it has stood still for a frame. */
  const ready = async (target) => {
    const check = patience(`${JSON.stringify(target)} to stand still and take a click`);
    let before;
    for (;;) {
      check();
      const element = hitArea(target);
      if (element) {
        const place = centre(element);
        const still = before && before.x === place.x && before.y === place.y;
        if (still && hits(element, place)) {
          aim = target;
          wait = undefined;
          return { ...place, time: performance.now() };
        }
        if (!before || place.y < 0 || place.y > innerHeight) element.scrollIntoView({ block: "center", behavior: "instant" });
        before = centre(element);
      } else {
        before = undefined;
      }
      await frame();
    }
  };

  // What the next click is aimed at and should bring about, and the wait for it once it has hit.
  let aim;
  let released;
  let expected;
  let wait;

  /** Tells what the next click should do: choose a radio button, show a question, or turn to a page with another first title. */
  const expect = (kind, target) => {
    if (kind === "question") {
      expected = { kind, done: () => questions().length > 0 };
    } else if (kind === "choice") {
      expected = { kind, done: () => radio(target)?.checked === true };
    } else {
      const now = find(target);
      const title = now && words(now);
      expected = { kind, done: () => { const next = find(target); return next !== undefined && words(next) !== title; } };
    }
  };

  addEventListener("pointerup", (event) => { released = event.timeStamp; }, { capture: true });
  addEventListener("click", (event) => {
    if (!aim || !event.isTrusted) return;
    const hit = event.composedPath().includes(hitArea(aim));
    aim = undefined;
    if (!hit) return;
    const start = released;
    const { kind, done } = expected;
    const check = patience(`a ${kind} to be shown after a click`);
    wait = (async () => {
      let end;
      do {
        check();
        end = await painted();
      } while (!done());
      return { duration: end - start, time: end };
    })();
  }, { capture: true });

  /** What the last click waited for, once it is there; nothing when the target had moved away from under the click. */
  const settled = () => wait;

  const paints = () => Object.fromEntries(performance.getEntriesByType("paint").map(({ name, startTime }) => [name, startTime]));

  /** Milliseconds beyond 50 of every long task that began between two times. */
  const blocking = (from, to) => {
    observers.forEach((take) => take());
    const within = seen.tasks.filter(({ startTime, duration }) => startTime + duration > from && startTime < to);
    return within.reduce((sum, { duration }) => sum + Math.max(0, duration - 50), 0);
  };

  /** Waits until no long task has been running for some time. */
  const idle = async (milliseconds) => {
    const check = patience("the main thread to have nothing left to do");
    for (let since = performance.now(); performance.now() - since < milliseconds; ) {
      check();
      await new Promise((resolve) => setTimeout(resolve, 50));
      observers.forEach((take) => take());
      for (const { startTime, duration } of seen.tasks) since = Math.max(since, startTime + duration);
    }
  };

  const layoutShift = () => {
    observers.forEach((take) => take());
    return seen.shift;
  };

  /** The longest event of every interaction so far, those too short to be reported as 0. */
  const interactions = () => {
    observers.forEach((take) => take());
    const reported = [...seen.interactions.values()];
    const short = Math.max(0, performance.interactionCount - reported.length);
    return [...reported, ...Array(short).fill(0)];
  };

  const questionCount = () => questions().map((radios) => radios.length);

  return { ready, expect, settled, questionCount, paints, blocking, idle, layoutShift, interactions };
})();

// The memory of a WebAssembly module is no part of the JavaScript heap, so the exports are kept to be asked for it.
globalThis.benchMemory = (() => {
  const memories = new Set();
  const keep = (instance) => {
    for (const value of Object.values(instance.exports)) if (value instanceof WebAssembly.Memory) memories.add(value);
  };
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await original.apply(WebAssembly, given);
      keep(made.instance ?? made);
      return made;
    };
  }
  return () => [...memories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0);
})();
