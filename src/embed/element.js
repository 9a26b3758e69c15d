// The custom element <role-clarity-check>: fetches the widget's own files and hands them to the wasm module.
// Its light-DOM children stay visible until the check is ready, and whenever it cannot run.
import init, { mount } from "./delineate_core.js";

const at = (file) => new URL(file, import.meta.url);

// Shared by every element on the page, so that each file is fetched once; a failed attempt is forgotten and may be tried again.
const once = (load) => {
  let pending;
  return () =>
    (pending ??= load().catch((error) => {
      pending = undefined;
      throw error;
    }));
};

const text = async (file) => {
  const response = await fetch(at(file));
  if (!response.ok) throw new Error(`${file}: HTTP ${response.status}`);
  return response.text();
};

const core = once(() => init({ module_or_path: at("delineate.wasm") }));
const early = once(() => text("content/en.json"));
const late = once(() => text("content/en.questions.json"));
const sheet = once(async () => new CSSStyleSheet().replace(await text("delineate.css")));

class RoleClarityCheck extends HTMLElement {
  #widget;

  async connectedCallback() {
    try {
      const [content, styles] = await Promise.all([early(), sheet(), core()]);
      // The host may have taken the element away, or put it back, while the files were on their way.
      if (!this.isConnected || this.#widget) return;
      const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [styles];
      const stage = document.createElement("div");
      stage.className = "delineate";
      root.replaceChildren(stage);
      this.#widget = mount(stage, content, this.getAttribute("storage-key") ?? "delineate");
      this.setAttribute("data-ready", "");
      this.#addQuestions(this.#widget);
    } catch (error) {
      this.shadowRoot?.replaceChildren(document.createElement("slot"));
      console.error("<role-clarity-check> could not start:", error);
    }
  }

  // The questions follow while the visitor reads the first page. A widget that is gone by then needs none.
  async #addQuestions(widget) {
    try {
      const questions = await late();
      if (this.#widget === widget) widget.complete(questions);
    } catch (error) {
      if (this.#widget === widget) widget.fail();
      console.error("<role-clarity-check> could not load its questions:", error);
    }
  }

  disconnectedCallback() {
    this.#widget?.unmount();
    this.#widget?.free();
    this.#widget = undefined;
    this.shadowRoot?.replaceChildren(document.createElement("slot"));
    this.removeAttribute("data-ready");
  }
}

if (!customElements.get("role-clarity-check")) {
  customElements.define("role-clarity-check", RoleClarityCheck);
}
