// The custom element <role-clarity-check>, as small as it can be: its contract (`custom-elements.json`), and when the rest is
// fetched. What the check does is in `element.js`. Children in the light DOM stay visible until there is more to show, and
// whenever there is not.
import { rest } from "delineate-rest";

const TAG = "role-clarity-check";
/** Properties, each with the attribute that it stands for. */
const FIELDS = {
  mode: "mode",
  consent: "consent",
  ctaHref: "cta-href",
  ctaLabel: "cta-label",
  benchmark: "benchmark",
  theme: "theme",
  loading: "loading",
  content: "content",
  storageKey: "storage-key",
};
/** How far from being seen the check is fetched. */
const NEAR = "600px";

/** The elements on this page, in the order in which they came. The first one is whom a link is for. */
const here = new Set();
/** Whether the address holds answers that were sent by a link to this page. */
const linked = () => /[#&?]rcc=/.test(location.hash);

export class RoleClarityCheck extends HTMLElement {
  static observedAttributes = ["lang", ...Object.values(FIELDS)];

  static #observer =
    window.IntersectionObserver &&
    new IntersectionObserver(
      (entries) => entries.forEach(({ isIntersecting, target }) => isIntersecting && target.#begin()),
      { rootMargin: NEAR },
    );

  static {
    window.addEventListener("hashchange", () => {
      const [first] = here;
      if (first && linked()) first.#begin();
    });
  }

  #check;

  connectedCallback() {
    for (const field in FIELDS) {
      // A property set before the element was defined hides the accessor of the same name.
      if (Object.hasOwn(this, field)) {
        const value = this[field];
        delete this[field];
        this[field] = value;
      }
    }
    here.add(this);
    this.#wait();
  }

  disconnectedCallback() {
    here.delete(this);
    RoleClarityCheck.#observer?.unobserve(this);
    this.#check?.leave();
  }

  attributeChangedCallback(name, before, after) {
    // Attributes that were there from the start are read when they are needed.
    if (before === after || !this.isConnected) return;
    this.#check?.change(name);
    if (name === "loading") this.#wait();
  }

  /** Begins the check, or goes on with the one begun. `mode` is `quick` or `full`. */
  async start(mode) {
    return this.#call("start", mode);
  }

  /** Deletes every answer, here and on the device. */
  async reset() {
    return this.#call("reset");
  }

  /** Takes a response document, as an object or as JSON. Present answers are set aside on the device. */
  async load(response) {
    return this.#call("load", response);
  }

  /** What the visitor allows this page to know now, or `null` before the check is ready. */
  getResult() {
    return this.#check?.getResult() ?? null;
  }

  /** Fetches nothing until the element is near, or wanted at once: whoever opens a link wants to see what is in it. */
  #wait() {
    const observer = RoleClarityCheck.#observer;
    const [first] = here;
    if (!observer || this.loading === "eager" || (first === this && linked())) this.#begin();
    else observer.observe(this);
  }

  /** The rest of the element tells of what fails there. */
  #begin() {
    RoleClarityCheck.#observer?.unobserve(this);
    this.#call("begin").catch(() => {});
  }

  async #call(name, ...given) {
    let module;
    try {
      module = await rest();
    } catch (error) {
      const message = String(error?.message ?? error);
      console.error(`<${TAG}> could not start:`, message);
      this.dispatchEvent(new CustomEvent("error", { detail: { phase: "start", message } }));
      throw error;
    }
    this.#check ??= new module.Check(this, here);
    return this.#check[name](...given);
  }
}

for (const [name, attribute] of Object.entries(FIELDS)) {
  Object.defineProperty(RoleClarityCheck.prototype, name, {
    configurable: true,
    enumerable: true,
    get() {
      return this.getAttribute(attribute);
    },
    set(value) {
      // Setting `null` removes the attribute; a benchmark is an object, and an attribute is a text.
      if (value === null || value === undefined) this.removeAttribute(attribute);
      else this.setAttribute(attribute, Object(value) === value ? JSON.stringify(value) : value);
    },
  });
}

// The same script twice on a page, or two versions of it: the first one stays.
if (!customElements.get(TAG)) customElements.define(TAG, RoleClarityCheck);
