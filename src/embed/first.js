// The first screens, drawn from a file that the build made with the widget's own components (`xtask/src/screens.rs`), so that they
// can be read and used while the wasm is on its way. What the visitor does is noted, and the check does it again when it is there.

/** How long a click may follow the release of the pointer, in milliseconds: some touch screens wait for a second tap. */
const CLICK = 350;
/** How long the next frame is waited for, in milliseconds. A busy phone may need tenths of a second; a frame out of sight draws none. */
const FRAME = 1000;

/** The time after the next frame has been drawn, or when the page is hidden, or has drawn none for long. */
export const drawn = () => {
  const over = new AbortController();
  return new Promise((resolve) => {
    const hidden = () => document.hidden && resolve();
    document.addEventListener("visibilitychange", hidden, { signal: over.signal });
    hidden();
    setTimeout(resolve, FRAME);
    requestAnimationFrame(() => setTimeout(resolve));
  }).finally(() => over.abort());
};

const attribute = (node, name) => node[1][name];

export class First {
  /** Ids of what the visitor did, in that order. */
  #done;
  /** The way to a button that these screens cannot follow, and that the check is to press. */
  wanted;
  #nodes;
  #screens;
  #modes;
  #screen;
  /** Where they are shown. */
  stage;
  /** What the elements do. */
  #does = new WeakMap();
  /** Resolves when no click is under way. */
  #pressed;
  #listening = new AbortController();

  /** Shows the screen after what was done already, and notes there what is done from now on. */
  constructor(text, done, mode) {
    const { stage, nodes, screens, modes } = JSON.parse(text);
    this.#nodes = nodes;
    this.#screens = screens;
    this.#modes = modes;
    this.stage = document.createElement("div");
    this.stage.className = "delineate";
    for (const [name, value] of Object.entries(stage)) this.stage.setAttribute(name, value);
    this.#done = done;
    this.#show(mode);
    this.#listen();
  }

  /** Shows the first screen of a mode, unless the visitor has set out already. */
  open(mode) {
    if (this.#done.length === 0) this.#show(mode);
  }

  end() {
    this.#listening.abort();
  }

  #show(mode) {
    this.#screen = Object.hasOwn(this.#modes, mode) ? this.#modes[mode] : this.#modes.choose;
    for (const id of this.#done) this.#screen = this.#screens[this.#screen][1][id] ?? this.#screen;
    this.stage.replaceChildren(this.#draw(this.#screens[this.#screen][0]));
  }

  #listen() {
    const { signal } = this.#listening;
    const on = (name, act) => this.stage.addEventListener(name, act, { signal });
    on("click", ({ target }) => {
      const button = target.closest("button");
      if (button && button.type !== "submit") this.#press(button);
    });
    on("submit", (event) => {
      event.preventDefault();
      this.#press(event.target.querySelector("[type=submit]"));
    });
    on("change", ({ target }) => this.#press(target));
    on("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !/^[1-9]$/.test(event.key)) return;
      const radio = event.target.closest("form")?.querySelectorAll("[type=radio]")[event.key - 1];
      if (!radio) return;
      event.preventDefault();
      radio.focus();
      radio.click();
    });
    // Asked of the window, which hears of it first: under load WebKit has been seen to leave the stage out.
    const pressed = (event) => {
      if (!event.isPrimary || event.button !== 0 || !event.composedPath().includes(this.stage)) return;
      this.#pressed = new Promise((resolve) => {
        const end = (name, wait) => window.addEventListener(name, () => setTimeout(resolve, wait), { once: true, capture: true, signal });
        end("click", 0);
        end("pointercancel", 0);
        end("pointerup", CLICK);
        signal.addEventListener("abort", resolve);
      });
    };
    window.addEventListener("pointerdown", pressed, { capture: true, signal });
    // In a closed shadow tree of the host's the window is not told of the stage. Heard twice, a press is one.
    on("pointerdown", pressed);
  }

  /**
   * Waits for the end of a click that is under way, as one that loses its button in the middle goes nowhere, and until the visitor sees
   * what it did.
   */
  async still() {
    for (let pressed; pressed !== this.#pressed; ) {
      pressed = this.#pressed;
      await pressed;
      await drawn();
    }
  }

  #press(control) {
    const id = this.#does.get(control);
    const to = this.#screens[this.#screen][1][id];
    if (to === undefined) {
      this.wanted = pathOf(control, this.stage);
      control.setAttribute("aria-busy", "true");
      return;
    }
    this.#done.push(id);
    const [from] = this.#screens[this.#screen];
    this.#screen = to;
    const [root] = this.#screens[to];
    const title = this.stage.querySelector(".title");
    this.#change(this.stage.firstChild, from, root);
    const now = this.stage.querySelector(".title");
    // A page that is new is read from its heading on.
    if (now !== title) now?.focus();
  }

  #draw(number) {
    const node = this.#nodes[number];
    const [tag, attributes, children] = node;
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (!name.startsWith("data-")) element.setAttribute(name, value);
    }
    const does = attribute(node, "data-does");
    this.#does.set(element, does);
    // The last choice of a kind is the one that holds.
    const kind = does?.split(":")[0];
    if (tag === "input") element.checked = this.#done.findLast((id) => id.startsWith(`${kind}:`)) === does;
    element.append(...children.map((child) => (typeof child === "number" ? this.#draw(child) : child)));
    return element;
  }

  /** Makes the element of one node that of another, and leaves alone what is the same: the focus is in it. */
  #change(element, from, to) {
    if (from === to) return;
    const [before, after] = [this.#nodes[from], this.#nodes[to]];
    const same = before[0] === after[0] && attribute(before, "data-key") === attribute(after, "data-key");
    if (!same || before[2].length !== after[2].length) {
      element.replaceWith(this.#draw(to));
      return;
    }
    for (const [name, value] of Object.entries(after[1])) if (!name.startsWith("data-")) element.setAttribute(name, value);
    for (const name of Object.keys(before[1])) if (!(name in after[1])) element.removeAttribute(name);
    this.#does.set(element, attribute(after, "data-does"));
    [...element.childNodes].forEach((child, index) => {
      const [a, b] = [before[2][index], after[2][index]];
      if (typeof a === "number" && typeof b === "number") this.#change(child, a, b);
      else if (a !== b) child.replaceWith(typeof b === "number" ? this.#draw(b) : b);
    });
  }
}

/** The way from `root` down to an element, by the numbers of children; nothing for one that is elsewhere. */
export const pathOf = (element, root) => {
  if (!element || !root.contains(element)) return undefined;
  const path = [];
  for (let at = element; at !== root; at = at.parentNode) path.unshift([...at.parentNode.children].indexOf(at));
  return path;
};

/** The element at the end of such a way. */
export const elementAt = (path, root) => path?.reduce((at, index) => at?.children[index], root);
