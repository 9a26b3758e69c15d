// What the element does once it is near or wanted (`loader.js`): fetches the widget's files and hands them to the wasm module.
import * as files from "delineate-files";
import { First, drawn, elementAt, pathOf } from "./first.js";
import { fetchPack, inlinePack } from "./pack.js";

// Filled in by the build from the content: the languages there are, and the sentence for a check that cannot start in each.
const SENTENCES = __SENTENCES__;

/** The first one is the language that the check is written in. */
const [SOURCE] = Object.keys(SENTENCES);

/** The language of a tag, if it is offered: the whole tag, or its first part. */
const offered = (tag) => [tag, tag.split("-")[0]].map((lang) => lang.toLowerCase()).find((lang) => Object.hasOwn(SENTENCES, lang));

/** The language that a pack says it is in. */
const tagOf = (pack) => {
  try {
    return String(JSON.parse(pack).lang);
  } catch {
    // The core says what is wrong with it.
    return "";
  }
};

const TAG = "role-clarity-check";
/** Attributes that the core reads. */
const SETTINGS = ["mode", "consent", "cta-href", "cta-label", "benchmark", "theme", "loading"];
/** Attributes that change what is asked or where it is kept: the check begins anew with them, and goes on from its answers. */
const GROUND = ["lang", "content", "storage-key"];
/** What an engineer reads of a failure, by its phase. */
const TROUBLE = {
  start: "could not start",
  questions: "could not load its questions",
  desk: "could not load its desk",
  run: "stopped by a fault of its own",
};
/** A code in the fragment of an address: answers that were sent by a link. */
const CODE = /[#&?]rcc=([^&]*)/;

/** For each element the key that it asked for, and which of the elements with this key it is, from 1. */
const places = new WeakMap();

/** Gives each of the elements on the page a place of its own on the device and in the history: the one that it had before, or the
    first free one. */
const settle = (all) => {
  const asked = (element) => (element.storageKey === "" ? "none" : (element.storageKey ?? TAG));
  const name = (key, number) => `${number} ${key}`;
  const settled = [...all].filter((element) => places.get(element)?.key === asked(element));
  const taken = new Set();
  const take = (element, key, number) => {
    while (taken.has(name(key, number))) number += 1;
    taken.add(name(key, number));
    places.set(element, { key, number });
  };
  for (const element of settled) take(element, asked(element), places.get(element).number);
  for (const element of all) if (!settled.includes(element)) take(element, asked(element), 1);
};

/** The elements that a trap stopped. They share the wasm, so whoever starts one again starts them all. */
const stopped = new Set();

const base = new CSSStyleSheet();
base.replaceSync(":host{display:flow-root}:host([hidden]){display:none}");

/** The colours that a host may set. Registered, so that what is no colour falls back to these. */
const COLOURS = { "--delineate-accent": "#1b3f73", "--delineate-paper": "#fcfbf8" };
for (const [name, initialValue] of Object.entries(COLOURS)) {
  try {
    CSS.registerProperty({ name, syntax: "<color>", inherits: true, initialValue });
  } catch {
    // The script is on the page twice, or the host registered them itself.
  }
}

/** A pack's colours, where the host's own styles set none. */
const branded = (brand) => {
  const sheet = new CSSStyleSheet();
  for (const name of ["accent", "paper"]) {
    if (brand?.[name]) sheet.insertRule(`:host{--delineate-${name}:${brand[name]}}`);
  }
  return sheet;
};

/** What is kept on the device under a name, if anything is and the browser says so. */
const kept = (name) => {
  try {
    return localStorage.getItem(name) ?? undefined;
  } catch {
    return undefined;
  }
};

/**
 * Makes an element a place to draw in. Yew never takes its listeners off it, nor lets go of what they hold, and through them the wasm
 * would keep the place and all around it for ever. The signal ends both.
 */
const place = (signal, made = document.createElement("div")) => {
  const { addEventListener } = made;
  made.addEventListener = (type, listener, options) => {
    addEventListener.call(made, type, listener, Object.assign(options, { signal }));
    signal.addEventListener("abort", () => listener._wbg_cb_unref());
  };
  return made;
};

export class Check {
  #host;
  /** All elements on the page, in the order in which they came. */
  #all;
  #widget;
  #desk;
  #deskLeave;
  /** The place above the results where the desk tells of the invitation. */
  #above;
  /** What the running check was made of: language, the content in one part or in two, and the name of what is kept on the device. */
  #made;
  #attempt;
  #configuring = false;
  /** What the pack brought, where the host's page sets none. */
  #benchmark;
  #leave;
  /** Where the visitor is: answers, page, and the name under which the device has these answers too. */
  #left;
  /** What is shown until the check is there, and what the visitor did with it. */
  #first;
  #done = [];
  /** Whether the check was started again after a trap, and nothing was answered since. */
  #restarted = false;
  /** What came with the link that the visitor opened. */
  #opened;
  /** Codes that were under a passphrase, by the code that holds them. */
  #unlocked = new Map();
  /** Codes of results that the visitor wants beside their own. */
  #compared = new Set();
  /** Whether the visitor has just decided something about a link, and the focus is to follow. */
  #decided = false;

  constructor(host, all) {
    this.#host = host;
    this.#all = all;
    host.attachShadow({ mode: "open" });
    this.#rest();
  }

  /** The element left the page. */
  leave() {
    this.#end();
    this.#rest();
    this.#decided = false;
    window.removeEventListener("hashchange", this.#onHash);
  }

  /** The code in the address, if it is for this check. */
  #code() {
    const [first] = this.#all;
    return first === this.#host ? location.hash.match(CODE)?.[1] : undefined;
  }

  // A fragment that changes without its code is the host's own business.
  #onHash = () => {
    const code = this.#code();
    if (code !== this.#opened?.code && (code !== undefined || this.#opened)) this.#again();
  };

  /** Begins anew, with the link that the address now holds or without one. */
  #again() {
    this.#end();
    this.#rest();
    this.begin().catch(() => {});
  }

  /** Takes the code out of the address, and goes on with the visitor's own check. */
  #leaveLink(withoutCode) {
    const { pathname, search, hash } = location;
    history.replaceState(history.state, "", pathname + search + withoutCode(hash));
    this.#again();
  }

  /** Goes on with the visitor's own results, beside which those of the link come. The link stays as it is. */
  #compareWith(code, own) {
    history.replaceState({ ...history.state, [own]: "results" }, "");
    if (this.#left) this.#left.page = "results";
    this.#compared.add(code);
    this.#again();
  }

  /** The visitor's own check, whatever link was opened. */
  async #own() {
    const widget = await this.begin();
    if (!this.#opened?.result) return widget;
    this.#leaveLink(this.#opened.withoutCode);
    return this.begin();
  }

  /** Obeys an attribute that was changed. */
  change(name) {
    if (GROUND.includes(name)) {
      const begun = this.#attempt;
      this.#end();
      this.#rest();
      if (begun) this.begin().catch(() => {});
    } else if (this.#widget) {
      this.#configure();
    } else if (name === "mode") {
      this.#first?.open(this.#host.mode);
    }
  }

  /** Begins the check, or goes on with the one begun. `mode` is `quick` or `full`. */
  async start(mode = this.#host.mode) {
    (await this.#own()).start(mode === "full");
  }

  /** Deletes every answer, here and on the device. */
  async reset() {
    (await this.#own()).reset();
  }

  /** Takes a response document, as an object or as JSON. Present answers are set aside on the device. */
  async load(response) {
    const widget = await this.#own();
    const json = typeof response === "string" ? response : JSON.stringify(response);
    await new Promise((taken, refused) => {
      widget.load(json, (reason) => (reason ? refused(new Error(reason)) : taken()));
    });
  }

  /** What the visitor allows this page to know now, or `null` before the check is ready. */
  getResult() {
    const told = this.#opened?.result ? undefined : this.#widget?.told();
    return told ? JSON.parse(told) : null;
  }

  /** The widget, started at the first call. A failed attempt is told once, and may be tried again. */
  begin() {
    if (!this.#host.isConnected) return Promise.reject(new Error(`<${TAG}> is not on a page`));
    if (!this.#attempt) {
      settle(this.#all);
      window.addEventListener("hashchange", this.#onHash);
    }
    this.#leave ??= new AbortController();
    const { signal } = this.#leave;
    this.#attempt ??= this.#start(signal).catch((error) => {
      // That the element left is no failure, and a trap has been told already.
      if (!signal.aborted) {
        this.#attempt = undefined;
        this.#fail("start", error);
      }
      throw error;
    });
    return this.#attempt;
  }

  async #start(signal) {
    const wished = this.#language();
    const still = () => {
      if (signal.aborted) throw new Error(`<${TAG}> left the page`);
    };
    this.#showFirst(wished, signal);
    const parts = [files.widget(), files.sheet(), this.#content(wished, signal)];
    // Whichever fails first ends the attempt; what happens to the others then is of no interest.
    for (const part of parts) part.catch(() => {});
    let loaded;
    try {
      loaded = await Promise.all(parts);
    } finally {
      still();
    }
    // Another check may have trapped the instance that all share while this one waited for the rest.
    if (loaded[0].faults.trap) loaded[0] = await files.widget();
    still();
    const [{ Setup, faults }, styles, { lang, early, pack, brand, benchmark }] = loaded;
    stopped.delete(this);
    faults.addEventListener("trap", this.#onTrap, { signal });
    const opened = await this.#open(lang, early, pack);
    if (signal.aborted) opened?.link.free();
    still();
    const setup = pack ? Setup.whole(pack) : Setup.early(early);
    // Somebody else's result is looked at: it is kept nowhere, changes nothing, and nobody is told.
    const shown = opened?.result;
    const stored = this.#stores();
    const keep = !shown && stored;
    // Answers to a host's own questions are no answers to ours: without a key of the host's, each content has its own.
    const built = pack ? `delineate-${setup.id()}` : "delineate";
    // Without a place on the device it still has one in the history, which is not that of another check.
    const own = this.#named(stored ? this.#host.storageKey || built : "delineate-none");
    const name = shown ? this.#named("delineate-shared") : own;
    this.#benchmark = benchmark;
    this.#complain(setup.settings(this.#settings()));
    if (shown) setup.show(shown);
    else if (this.#left) {
      const { answers, page, key } = this.#left;
      setup.resume(answers, page, keep && key === name);
    }

    // From here to the end of this turn nothing else happens: the check takes the place of what was shown, as it was left.
    await this.#first?.still();
    if (signal.aborted) setup.free();
    still();
    // What was answered before somebody else's result was opened waits until that is left.
    if (!shown) {
      setup.replay(this.#done.join("\n"));
      this.#done = [];
    }
    const root = this.#host.shadowRoot;
    const first = this.#first?.stage;
    const [focused, wish] = [pathOf(root.activeElement, first), this.#first?.wanted];
    this.#endFirst();
    const stage = place(signal, first);
    // The place of the first screens is drawn in again, in the styles that it wears, and as tall as it is until that is drawn: WebKit
    // lays out a place that is new or changes as if it were empty, and the page would scroll away under the visitor.
    if (first) {
      first.style.minHeight = `${first.offsetHeight}px`;
      drawn().then(() => first.removeAttribute("style"));
    } else {
      stage.className = "delineate";
      root.adoptedStyleSheets = [styles, branded(brand)];
      root.replaceChildren(stage);
    }
    if (opened) this.#announce(opened, stage, { own, stored });
    this.#made = { lang, content: pack ?? early, whole: pack !== undefined, key: keep ? name : undefined };
    const widget = setup.mount(
      stage,
      name,
      keep,
      (event, detail) => {
        if (event === "progress") this.#restarted = false;
        if (!shown) this.#tell(event, JSON.parse(detail));
      },
      (page, answers, kept) => {
        if (!shown) this.#left = { answers, page, key: kept && keep ? name : undefined };
        queueMicrotask(() => this.#drawn(page));
      },
    );
    this.#widget = widget;
    // Once it is drawn.
    queueMicrotask(() => {
      elementAt(focused, stage)?.focus({ preventScroll: true });
      elementAt(wish, stage)?.click();
    });
    this.#host.setAttribute("data-ready", "");
    this.#tell("ready", {});
    this.#addRest(widget, pack ? undefined : lang);
    return widget;
  }

  /**
   * Shows the first screens while the wasm is on its way, where the check is going to begin with them: not with a host's own content,
   * with a link, or with answers to go on from. The questions follow. Whatever fails here is not needed.
   */
  async #showFirst(lang, signal) {
    const host = this.#host;
    const elsewhere = host.content || inlinePack(host) !== undefined || this.#code() !== undefined || this.#left;
    if (elsewhere || this.#keepsAnything()) return;
    try {
      const [screens, styles] = await Promise.all([files.first(lang), files.sheet()]);
      if (signal.aborted || this.#widget || !this.#attempt) return;
      this.#first = new First(screens, this.#done, host.mode);
      host.shadowRoot.adoptedStyleSheets = [styles];
      host.shadowRoot.replaceChildren(this.#first.stage);
      await files.late(lang);
    } catch {
      // What the host wrote stays until the check is there.
    }
  }

  #endFirst() {
    this.#first?.end();
    this.#first = undefined;
  }

  /** Whether the host lets answers be kept on the device. */
  #stores() {
    const { storageKey } = this.#host;
    return storageKey !== "" && storageKey !== "none";
  }

  /** A key as this element has it: from the second one on that asks for it on this page, with its number. */
  #named(key) {
    const { number } = places.get(this.#host);
    return number > 1 ? `${key}-${number}` : key;
  }

  /** Whether answers to the built-in content are kept here, or nobody can tell. */
  #keepsAnything() {
    try {
      return this.#stores() && localStorage.getItem(this.#named(this.#host.storageKey || "delineate")) !== null;
    } catch {
      return true;
    }
  }

  /** Reads the link that was opened, if there is one. What it means is for the desk to say. */
  async #open(lang, early, pack) {
    const code = this.#code();
    if (code === undefined) return undefined;
    const [{ Opened, without_code: withoutCode }, texts, late, sheet] = await this.#deskParts(lang, pack !== undefined);
    const link = Opened.read(pack ?? early, late, texts, this.#unlocked.get(code) ?? code);
    const [result, invitation] = [link.result(), link.invitation()];
    // What is compared comes to the desk as the answers of an invitation do.
    const compared = this.#compared.has(code);
    return { code, link, sheet, withoutCode, compared, result: compared ? undefined : result, invitation: compared ? result : invitation };
  }

  /** The desk's module, texts and styles, and the questions unless the content came whole. */
  async #deskParts(lang, whole) {
    const { signal } = this.#leave;
    const parts = [files.desk(), files.deskTexts(lang), whole ? undefined : files.late(lang), files.deskSheet()];
    let [desk, ...others] = await Promise.all(parts);
    // It may have trapped for another check while this one waited for the rest.
    if (desk.faults.trap) desk = await files.desk();
    desk.faults.addEventListener("trap", this.#onDeskTrap, { signal });
    return [desk, ...others];
  }

  /** Tells the visitor of the link that was opened, above the check; `own` is the name of their own one, which is `stored` under it or not. */
  #announce(opened, stage, { own, stored }) {
    this.#opened = opened;
    const banner = document.createElement("div");
    banner.className = "delineate";
    const inside = place(this.#leave.signal);
    banner.append(inside);
    stage.before(banner);
    Object.assign(opened, { banner, inside });
    this.#wear(opened.sheet);
    // Above the results the desk tells of it, and elsewhere there is nothing to tell.
    if (opened.compared) return;
    // Begun anew after the module's own turn, as it takes the banner off the page.
    const decide = (act) => queueMicrotask(() => {
      this.#decided = true;
      act();
    });
    opened.link.mount(
      inside,
      this.#decided,
      this.#left?.answers ?? (stored ? kept(own) : undefined),
      () => decide(() => this.#leaveLink(opened.withoutCode)),
      () => decide(() => this.#compareWith(opened.code, own)),
      (plain) => decide(() => {
        this.#unlocked.set(opened.code, plain);
        this.#again();
      }),
    );
    this.#decided = false;
  }

  // Questions and the styles of the results follow while the visitor reads the first page; content that came whole has its
  // questions already. A widget that is gone by then needs neither.
  async #addRest(widget, lang) {
    try {
      const [questions, styles] = await Promise.all([lang && files.late(lang), files.laterSheet()]);
      if (this.#widget !== widget) return;
      this.#host.shadowRoot.adoptedStyleSheets.push(styles);
      if (questions) widget.complete(questions);
    } catch (error) {
      if (this.#widget !== widget) return;
      widget.fail();
      this.#report("questions", error);
    }
  }

  /** Puts the desk on the page of the results, and takes it away with it. */
  async #drawn(page) {
    this.#clearDesk();
    // A page that waits for its questions has no heading yet.
    const title = this.#decided && this.#host.shadowRoot.querySelector(".title");
    if (title) {
      title.focus();
      this.#decided = false;
    }
    const widget = this.#widget;
    const below = page === "results" && this.#host.shadowRoot.querySelector(".desk");
    // Somebody else's result is not the visitor's to keep, or to pass on as their own.
    if (!widget || !below || this.#opened?.result) return;
    const { lang, content, whole, key } = this.#made;
    try {
      const [{ DeskHandle }, texts, late, sheet] = await this.#deskParts(lang, whole);
      if (this.#widget !== widget || !below.isConnected || this.#desk) return;
      this.#wear(sheet);
      this.#deskLeave = new AbortController();
      const inside = place(this.#deskLeave.signal);
      below.replaceChildren(inside);
      this.#desk = DeskHandle.mount(inside, content, late, texts, this.#left.answers, this.#opened?.invitation, key);
      // From here on the desk says what became of an invitation.
      if (this.#opened?.invitation) {
        this.#opened.inside.hidden = true;
        this.#above = place(this.#deskLeave.signal);
        this.#opened.banner.append(this.#above);
        this.#desk.tell(this.#above);
      }
    } catch (error) {
      // A trap is told by the one who watches for it.
      if (this.#widget === widget && !(error instanceof WebAssembly.RuntimeError)) this.#report("desk", error);
    }
  }

  /** Adds a style sheet to those of the check. */
  #wear(sheet) {
    const root = this.#host.shadowRoot;
    if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
  }

  #clearDesk() {
    this.#desk?.unmount();
    this.#desk?.free();
    this.#desk = undefined;
    this.#deskLeave?.abort();
    this.#above?.remove();
    this.#above = undefined;
    if (this.#opened) this.#opened.inside.hidden = false;
    this.#host.shadowRoot.querySelector(".desk")?.replaceChildren();
  }

  /** The early part of the built-in content; or a host's own content, laid over the built-in one and found to be complete. What the
   * host's leaves as it is stands in its own language, where that is offered. */
  async #content(wished, signal) {
    const address = this.#host.getAttribute("content");
    const inline = inlinePack(this.#host);
    if (!address && inline === undefined) return { lang: wished, early: await files.early(wished) };
    const [core, text] = await Promise.all([files.pack(), address ? fetchPack(address, signal) : inline]);
    const lang = offered(tagOf(text)) ?? SOURCE;
    const [early, late] = await Promise.all([files.early(lang), files.late(lang)]);
    const pack = core.checked(early, late, text);
    // What was found to be in order may be read as it stands.
    const { brand, benchmark } = JSON.parse(text);
    return { lang, pack, brand, benchmark };
  }

  #language() {
    const wanted = this.#host.closest("[lang]")?.lang ?? "";
    const found = offered(wanted);
    if (!found && this.#host.lang) this.#complain(`/lang: there are ${Object.keys(SENTENCES).join(", ")}`);
    return found ?? SOURCE;
  }

  #settings() {
    const settings = {};
    for (const name of SETTINGS) {
      const value = this.#host.getAttribute(name);
      if (value !== null) settings[name] = value;
    }
    settings.benchmark ??= this.#benchmark;
    return JSON.stringify(settings);
  }

  /** Ends whatever is under way or running. Answers stay here and on the device. */
  #end() {
    this.#leave?.abort();
    this.#leave = undefined;
    this.#attempt = undefined;
    this.#endFirst();
    stopped.delete(this);
    const widget = this.#widget;
    const link = this.#opened?.link;
    this.#widget = undefined;
    this.#opened = undefined;
    this.#made = undefined;
    if (!widget && !link) return;
    this.#host.removeAttribute("data-ready");
    try {
      this.#clearDesk();
      for (const part of [widget, link]) {
        part?.unmount();
        part?.free();
      }
    } catch (error) {
      // Whatever the wasm did, the element itself is at its end.
      this.#report("run", error);
    }
  }

  // The wasm trapped. Nothing of that instance does anything from now on, so what is ended here is only this element's own.
  #onTrap = ({ detail }) => {
    const focus = this.#host.shadowRoot.activeElement !== null;
    const { lang, key } = this.#made ?? { lang: this.#language() };
    const banner = this.#opened && this.#host.shadowRoot.querySelector(".delineate:not(:last-child)");
    this.#end();
    stopped.add(this);
    this.#report("run", detail);
    const again = () => {
      for (const check of stopped) check.#restart(check === this);
    };
    const afresh = () => {
      this.#left = undefined;
      again();
    };
    banner?.remove();
    this.#say(this.#host.shadowRoot.querySelector(".delineate") ?? this.#host.shadowRoot, lang, {
      again, afresh: this.#restarted && afresh, answers: this.#left?.answers, key, focus,
    });
  };

  #onDeskTrap = (trap) => {
    // What a link brought is in the desk's hands too.
    if (this.#opened) {
      this.#onTrap(trap);
      return;
    }
    this.#clearDesk();
    this.#report("run", trap.detail);
    const place = this.#host.shadowRoot.querySelector(".desk");
    if (place) this.#say(place, this.#made.lang, { part: true, again: () => this.#drawn("results") });
  };

  #restart(decided) {
    this.#restarted = true;
    this.#decided = decided;
    this.#again();
  }

  /** Says that the check or a part of it has stopped, unless it is begun anew or gone by then. */
  async #say(place, lang, ways) {
    this.#leave ??= new AbortController();
    const { signal } = this.#leave;
    const begun = this.#attempt;
    const still = () => !signal.aborted && this.#attempt === begun;
    try {
      const { show } = await files.restart();
      if (still()) show(place, lang, ways);
    } catch (error) {
      if (!still()) return;
      if (!ways.part) this.#rest(SENTENCES[lang]);
      this.#report("run", error);
    }
  }

  /** Shows what the host wrote inside the element, with a sentence above it when there is one to say. */
  #rest(sentence) {
    const root = this.#host.shadowRoot;
    root.adoptedStyleSheets = [base];
    const children = [document.createElement("slot")];
    if (sentence) {
      const line = document.createElement("p");
      line.setAttribute("role", "status");
      line.lang = this.#language();
      line.dir = "auto";
      line.textContent = sentence;
      children.unshift(line);
    }
    root.replaceChildren(...children);
  }

  #fail(phase, error) {
    this.#endFirst();
    this.#rest(SENTENCES[this.#language()]);
    this.#report(phase, error);
  }

  #report(phase, error) {
    const message = String(error?.message ?? error);
    console.error(`<${TAG}> ${TROUBLE[phase]}:`, message);
    this.#host.dispatchEvent(new CustomEvent("error", { detail: { phase, message } }));
  }

  /** Frameworks set one attribute after the other: the settings are read once they all are. */
  #configure() {
    if (this.#configuring) return;
    this.#configuring = true;
    queueMicrotask(() => {
      this.#configuring = false;
      if (this.#widget) this.#complain(this.#widget.configure(this.#settings()));
    });
  }

  #complain(problems) {
    for (const problem of problems ? problems.split("\n") : []) {
      console.warn(`<${TAG}> left out a setting: ${problem}`);
    }
  }

  // Told after the widget is done, so that a listener may call the element at once.
  #tell(name, detail) {
    queueMicrotask(() => this.#host.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true })));
  }
}
