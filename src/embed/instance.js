// Instances of the wasm modules. A trap leaves an instance in no state to be used: from then on nothing of it is called, whoever
// listens is told, and the next one who asks gets a fresh instance of what was fetched already.

/** The exports of an instance, each of which notices when it does not return. */
const guarded = (exports, trapped) => {
  let depth = 0;
  let trap;
  const guard = (call) => (...values) => {
    if (trap) {
      // Timers and listeners of the dead instance do nothing; the glue, which may look for an error in what they give, finds none. A call
      // that is under way must not go on with nothing in its hand.
      if (depth) throw trap.error;
      return [];
    }
    depth += 1;
    try {
      return call(...values);
    } catch (error) {
      if (!trap) {
        trap = { error };
        trapped(error);
      }
      throw error;
    } finally {
      depth -= 1;
    }
  };
  const wrap = ([name, value]) => [name, typeof value === "function" ? guard(value) : value];
  return Object.fromEntries(Object.entries(exports).map(wrap));
};

/**
 * A module that all elements share, started at the first call. `wasm` gives its bytes or a response with them, `glue` its script.
 * `faults` of what it resolves to tells of a trap; the error is the event's detail, and its own `trap` from then on.
 */
export const shared = (wasm, glue) => {
  let compiled;
  let running;
  const start = async () => {
    const source = compiled ?? wasm();
    // Without the glue nobody waits for the wasm, and its failure would be reported a second time.
    source.catch?.(() => {});
    const { fresh } = await glue();
    const faults = new EventTarget();
    const module = fresh((exports) =>
      guarded(exports, (error) => {
        running = undefined;
        faults.trap = error;
        // Once the calls under way are over.
        queueMicrotask(() => faults.dispatchEvent(new CustomEvent("trap", { detail: error })));
      }),
    );
    await module.start({ module_or_path: source });
    compiled = module.compiled();
    return { ...module, faults };
  };
  return () =>
    (running ??= start().catch((error) => {
      // A failed attempt is forgotten and may be tried again.
      running = undefined;
      throw error;
    }));
};
