// What the accessibility tests measure a page with: two rule engines, its geometry, its focus, and what a screen reader makes of it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { firefoxDriven } from "./firefox.mjs";

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const ibmSource = readFileSync(require.resolve("accessibility-checker-engine/ace-window.js"), "utf8");

/**
 * Where an engine is wrong, and the sign by which the page itself tells that this is such a case. Nothing is let off by a rule's name
 * alone. Every entry must be met by the end of the tests, so that an entry goes as soon as the engine is right.
 */
const DISAGREEMENTS = {
  // In forced colours the text is drawn in a colour of the system, but -webkit-text-fill-color, which this rule reads, keeps the old one.
  // In Firefox it does not, and nothing is let off.
  ...(!firefoxDriven && { "axe color-contrast": "forced" }),
  // It reads colours in the notation rgb() only, and takes oklch() for black. The contrast of these is measured by the other engine.
  "ibm text_contrast_sufficient": "oklch",
  // It asks for a name for each drawing within a drawing; but what is in a picture with a name is not read out at all.
  "ibm svg_graphics_labelled": "pictured",
  // It looks for labels in what is folded up, where it takes the labels for hidden but not the fields. Unfolded, it finds them.
  "ibm input_label_exists": "folded",
};

/** The disagreements that were met; the tests ask for it when they are through. */
export const met = new Set();
export const disagreements = Object.keys(DISAGREEMENTS).sort();

/** What is found, without what an engine is known to be wrong about. */
const agreed = (found) =>
  found.filter(({ rule, signs }) => {
    const wrong = signs.includes(DISAGREEMENTS[rule]);
    if (wrong) met.add(rule);
    return !wrong;
  }).map(({ rule, text }) => `${rule}: ${text}`);

/** All rules of axe-core, and those alone whose verdict a theme can change, or a width. */
export const ALL = { axe: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], type: "tag" };
export const COLOURS = { axe: ["color-contrast", "link-in-text-block"], type: "rule" };
export const PLACES = { axe: ["color-contrast", "scrollable-region-focusable", "target-size"], type: "rule" };

const once = async (page, name, source) => {
  if (!(await page.evaluate((name) => name in window, name))) await page.evaluate(source);
};

/** What axe-core finds wrong on the page, or in the part of the check that is named; `colourless` leaves out the contrast of text. */
export async function byAxe(page, { axe: values, type } = ALL, part, colourless = false) {
  await once(page, "axe", axeSource);
  const found = await page.evaluate(async ([runOnly, part, enabled]) => {
    const rules = { "color-contrast": { enabled } };
    const { violations } = await window.axe.run(window.access.part(part), { runOnly, rules, resultTypes: ["violations"], elementRef: true });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ element, target, failureSummary }) => {
        const { color, webkitTextFillColor } = getComputedStyle(element);
        const forced = matchMedia("(forced-colors: active)").matches && color !== webkitTextFillColor && window.access.legible(element);
        return { rule: `axe ${id}`, text: `${target.flat().join(" ")}: ${failureSummary.replaceAll("\n", " ")}`, signs: forced ? ["forced"] : [] };
      }),
    );
  }, [type === "rule" && colourless ? { type, values: values.filter((rule) => rule !== "color-contrast") } : { type, values }, part, !colourless]);
  return agreed(found);
}

/** What IBM's engine is sure is wrong there. */
export async function byIbm(page, part) {
  await once(page, "ace_ibma", `${ibmSource};window.ace_ibma ??= window.ace`);
  const found = await page.evaluate(async (part) => {
    const checker = new window.ace_ibma.Checker();
    const { results } = await checker.check(window.access.part(part), ["WCAG_2_2"]);
    return results
      .filter(({ value: [level, verdict] }) => level === "VIOLATION" && verdict === "FAIL")
      .map(({ ruleId, message, path, node }) => {
        const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
        const colours = [];
        for (let at = element; at; at = at.parentElement ?? at.getRootNode().host) {
          const { color, backgroundColor } = getComputedStyle(at);
          colours.push(color, backgroundColor);
        }
        const signs = {
          oklch: colours.some((colour) => colour.startsWith("oklch")),
          pictured: element.parentElement?.closest("svg[role=img][aria-label]"),
          folded: !element.checkVisibility(),
        };
        return { rule: `ibm ${ruleId}`, text: `${path.dom}: ${message}`, signs: Object.keys(signs).filter((sign) => signs[sign]) };
      });
  }, part);
  return agreed(found);
}

/** Runs in the page before anything else of it: what a screen reader would be told between two looks, and tools for the measures. */
export function prepare() {
  const heard = [];
  const live = "[role=status],[role=alert],[aria-live]";
  const spoken = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeType !== Node.ELEMENT_NODE || node.getAttribute("aria-hidden") === "true") return "";
    return [...node.childNodes].map(spoken).join(" ");
  };
  const words = (element) => spoken(element).replace(/\s+/g, " ").trim();
  const around = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest(live);
  const say = (line) => heard.at(-1) !== line && heard.push(line);
  const told = (region) => {
    const text = words(region);
    if (text && region.checkVisibility({ visibilityProperty: true })) say(`${region.getAttribute("role") ?? region.getAttribute("aria-live")}: ${text}`);
  };
  const observe = (root) =>
    new MutationObserver((changes) => {
      const regions = new Set();
      for (const { target, addedNodes } of changes) {
        if (around(target)) regions.add(around(target));
        // An alert is spoken as it comes; another live region only when it changes after that.
        for (const node of addedNodes) if (node.matches?.("[role=alert]")) regions.add(node);
        for (const node of addedNodes) for (const alert of node.querySelectorAll?.("[role=alert]") ?? []) regions.add(alert);
      }
      regions.forEach(told);
    }).observe(root, { subtree: true, childList: true, characterData: true });
  // A heading takes the focus or a region speaks: both are heard. Within one shadow root the focus moves without a word to the document.
  const listen = (root) => {
    observe(root);
    root.addEventListener("focusin", () => {
      const element = active();
      if (element) say(`focus: ${kind(element)} "${name(element)}"`);
    });
  };
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (init) {
    const root = attach.call(this, init);
    listen(root);
    return root;
  };
  listen(document);

  const active = () => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element === document.body || element === document.documentElement ? null : element;
  };
  const up = (node) => node.assignedSlot ?? node.parentElement ?? node.getRootNode().host ?? null;
  const chain = function* (node) {
    for (let at = node; at; at = up(at)) yield at;
  };
  const everything = (root) =>
    [...root.querySelectorAll("*")].flatMap((element) => (element.shadowRoot ? [element, ...everything(element.shadowRoot)] : [element]));
  const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getBoundingClientRect().width > 0;
  const labels = (element) => [...(element.labels ?? [])];
  const name = (element) => {
    const by = element.getAttribute("aria-labelledby");
    const text = element.getAttribute("aria-label") ?? (by ? words(element.getRootNode().getElementById(by)) : labels(element).map(words).join(" "));
    return (text || words(element)).slice(0, 90);
  };
  const kind = (element) => element.getAttribute("role") ?? (element.localName === "input" ? element.type : element.localName);

  // Any colour that CSS can write, as four numbers.
  const context = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
  const read = new Map();
  const rgba = (colour) => {
    if (!read.has(colour)) {
      context.clearRect(0, 0, 1, 1);
      context.fillStyle = colour;
      context.fillRect(0, 0, 1, 1);
      read.set(colour, [...context.getImageData(0, 0, 1, 1).data]);
    }
    return read.get(colour);
  };
  const over = ([r, g, b, a], [x, y, z]) => [r, g, b].map((value, place) => (value * a + [x, y, z][place] * (255 - a)) / 255);
  const ground = (element) => {
    const layers = [...chain(element)].map((at) => rgba(getComputedStyle(at).backgroundColor));
    return layers.reduceRight((below, layer) => over(layer, below), [255, 255, 255]);
  };
  const light = (colour) => {
    const [r, g, b] = colour.map((value) => value / 255).map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };

  /** Whether a text has the contrast that it needs, whatever its size. */
  const legible = (element) => contrast(over(rgba(getComputedStyle(element).color), ground(element)), ground(element)) >= 4.5;

  const numbers = new WeakMap();
  let last = 0;
  /**
   * What has the focus: its number, what it is called, how it shows, and whether something lies over it, or the edge of the window cuts it
   * off. `partly` says that the engine scrolls to nothing of which one line is in sight. Controls have the room that brings them in sight as
   * a whole there too; a table that scrolls for itself can be as tall as the window, and of it only what is within the window counts.
   */
  const focus = (partly) => {
    const element = active();
    if (!element || element === window.access.edge) return null;
    if (!numbers.has(element)) numbers.set(element, (last += 1));
    const drawn = [element, ...labels(element), ...chain(element)].find((at) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(at);
      return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    });
    const outline = drawn && getComputedStyle(drawn);
    const behind = drawn && ground(up(drawn) ?? drawn);
    const ratio = drawn && contrast(over(rgba(outline.outlineColor), behind), behind);
    const box = (labels(element)[0]?.contains(element) ? labels(element)[0] : element).getBoundingClientRect();
    const at = (x, y) => {
      let found = document.elementFromPoint(x, y);
      while (found?.shadowRoot?.elementFromPoint(x, y) && found.shadowRoot.elementFromPoint(x, y) !== found) found = found.shadowRoot.elementFromPoint(x, y);
      return found;
    };
    const own = new Set([element, ...labels(element)]);
    const free = ([x, y]) => {
      const found = at(x, y);
      return found && ([...chain(found)].some((node) => own.has(node)) || element.contains(found));
    };
    const rows = [0.15, 0.5, 0.85].map((part) => box.top + box.height * part);
    const columns = [0.15, 0.5, 0.85].map((part) => box.left + box.width * part);
    // At a part of a pixel from its edge, nothing is found.
    const within = ([x, y]) => x >= 0 && x < innerWidth - 1 && y >= 0 && y < innerHeight - 1;
    const all = rows.flatMap((y) => columns.map((x) => [x, y]));
    const inSight = partly && scrolls(getComputedStyle(element)) ? all.filter(within) : all;
    // Of what is wholly out of sight, no point is free.
    const points = inSight.length ? inSight : all;
    return {
      number: numbers.get(element), kind: kind(element), name: name(element),
      group: words(element.closest("fieldset")?.querySelector("legend") ?? document.createElement("i")),
      ratio, covered: points.filter((point) => !free(point)).length, points: points.length, tall: box.height > innerHeight,
    };
  };

  const scrolls = (style) => /auto|scroll/.test(style.overflowX);
  const hides = (style) => /hidden|clip/.test(style.overflowX) || /hidden|clip/.test(style.overflowY);
  /** What is too wide, cut off, too small to hit, or moves. `tall` is what the check claims for its own targets. */
  const geometry = ({ tall }) => {
    const wrong = [];
    const styles = new Map();
    const style = (element) => styles.get(element) ?? styles.set(element, getComputedStyle(element)).get(element);
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > width) wrong.push(`the page is ${document.documentElement.scrollWidth} px wide in ${width}`);
    const elements = everything(document.body).filter(shown);
    const where = (element) => `${kind(element)}.${element.className.baseVal ?? element.className} "${name(element)}"`;
    for (const element of elements) {
      const texts = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
      if (!texts.length || /^(option|style|script|noscript|title)$/.test(element.localName)) continue;
      const aside = [...chain(element)].some((at) => style(at).clipPath.startsWith("inset(50%"));
      if (aside) continue;
      for (const text of texts) {
        const range = document.createRange();
        range.selectNodeContents(text);
        const box = range.getBoundingClientRect();
        const region = [...chain(element)].find((at) => scrolls(style(at)));
        if (region && region !== document.documentElement) {
          const reached = region.tabIndex >= 0 || region.querySelector("button,a[href],input,select,summary");
          if (!reached) wrong.push(`a part that scrolls cannot be reached by keyboard: ${where(region)}`);
        } else if (box.left < -1 || box.right > width + 1) wrong.push(`text outside the page: ${where(element)}`);
        for (const at of chain(element)) {
          if (at === region) break;
          if (!hides(style(at)) || at === document.documentElement || at === document.body) continue;
          const edge = at.getBoundingClientRect();
          if (box.left < edge.left - 1.5 || box.right > edge.right + 1.5 || box.top < edge.top - 3 || box.bottom > edge.bottom + 3) wrong.push(`text cut off: ${where(element)}`);
        }
      }
    }
    const targets = elements.filter((element) => element.matches("button,a[href],input,select,summary,textarea,[role=button]") && !element.disabled);
    for (const element of targets) {
      const label = labels(element).find((label) => label.contains(element));
      const box = (label ?? element).getBoundingClientRect();
      const inline = element.localName === "a" && style(element).display === "inline";
      if (inline) continue;
      const least = tall && element.getRootNode() !== document ? 43.5 : 23.5;
      if (box.height < least || box.width < 23.5) wrong.push(`a target of ${box.width.toFixed(1)} by ${box.height.toFixed(1)} px: ${where(element)}`);
    }
    for (const fieldset of elements.filter((element) => element.localName === "fieldset")) {
      const names = new Set([...fieldset.querySelectorAll("input[type=radio]")].map((radio) => radio.name));
      if (names.size > 1) wrong.push(`a group with radio buttons of ${names.size} groups: ${where(fieldset)}`);
    }
    return [...new Set(wrong)];
  };
  // What a visitor may set the text to without losing any of it (WCAG 1.4.12), in every root.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }");
  const spaced = (wide) => {
    for (const root of [document, ...everything(document).map((element) => element.shadowRoot).filter(Boolean)]) {
      const others = root.adoptedStyleSheets.filter((other) => other !== sheet);
      root.adoptedStyleSheets = wide ? [...others, sheet] : others;
    }
  };
  /** What moves, of all that the page and the check have. */
  const moving = () => {
    const roots = [document, ...everything(document).map((element) => element.shadowRoot).filter(Boolean)];
    const running = roots.flatMap((root) => root.getAnimations()).filter(({ playState }) => playState === "running");
    const styled = everything(document.body).filter(shown).filter((element) => {
      const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element);
      return transitionDuration.split(",").some((time) => parseFloat(time) > 0) || animationName !== "none" || scrollBehavior === "smooth";
    });
    return [...running.map((animation) => `an animation of ${animation.effect?.target?.localName}`), ...styled.map((element) => `${element.localName}.${element.className}`)];
  };
  const part = (selector) => (selector ? document.querySelector("role-clarity-check").shadowRoot.querySelector(selector) : document);
  window.access = { part, focus, geometry, legible, moving, spaced, flush: () => heard.splice(0) };
}

/**
 * Presses Tab (or another key) through all that takes the focus, and notes each stop; ends where the page ends or the circle closes.
 *
 * Behind the page, Firefox goes on to its own bars, where the driver's keys do not follow, and from which no script and no command of the
 * driver takes the focus back: the next way through would be one of a window without the focus. So there an element marks the edge.
 */
export async function tabThrough(page, key = "Tab") {
  const stops = [];
  await page.evaluate(([back, marked]) => {
    // Where the last focus was, the next Tab would go on; so it goes to the very beginning, or end, and that is taken away.
    const dialog = document.querySelector("role-clarity-check")?.shadowRoot?.querySelector("dialog[open]");
    const start = Object.assign(document.createElement("i"), { tabIndex: -1 });
    (dialog ?? document.body)[back ? "append" : "prepend"](start);
    start.focus({ preventScroll: true });
    start.remove();
    if (marked) {
      // Out of the flow, it moves nothing.
      window.access.edge = Object.assign(document.createElement("i"), { tabIndex: 0 });
      window.access.edge.style.position = "fixed";
      (dialog ?? document.body)[back ? "prepend" : "append"](window.access.edge);
    }
    scrollTo(0, 0);
  }, [key.startsWith("Shift"), firefoxDriven]);
  for (let presses = 0; ; presses++) {
    assert.ok(presses < 400, `the focus never leaves: ${JSON.stringify(stops.slice(-3))}`);
    await page.keyboard.press(key);
    const stop = await page.evaluate(async (partly) => {
      const now = window.access.focus(partly);
      if (!partly || !now?.covered) return now;
      // Firefox scrolls to what has got the focus as it draws: by then it must be in sight.
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      return window.access.focus(partly);
    }, firefoxDriven);
    if (!stop || stop.number === stops[0]?.number) {
      await page.evaluate(() => window.access.edge?.remove());
      return stops;
    }
    assert.ok(!stops.some(({ number }) => number === stop.number), `the focus is caught at ${stop.name}`);
    stops.push(stop);
  }
}

const NAMED = new Set(["button", "link", "heading", "radio", "checkbox", "option", "DisclosureTriangle", "image", "img", "combobox", "textbox", "searchbox", "progressbar", "meter", "listitem-text", "ColorWell"]);
const SPOKEN = {
  DisclosureTriangle: "disclosure", combobox: "list to choose from", ComboBoxMenuButton: "list to choose from", MenuListPopup: null, textbox: "text field",
  radio: "radio button", checkbox: "check box", image: "picture", img: "picture", progressbar: "progress", contentinfo: "foot", banner: "head",
  ColorWell: "colour field", Canvas: "picture", RootWebArea: "page", LayoutTable: "table", complementary: "aside",
};
const PLAIN = new Set(["none", "generic", "paragraph", "LabelText", "Legend", "Section", "emphasis", "strong", "Abbr", "superscript", "Figcaption", "figure", "rowgroup", "code", "time", "DescriptionListDetail", "term", "definition", "Pre", "mark", "Details", "caption", "subscript", "Iframe", "MenuListPopup", "menu", "MenuListOption", "SvgRoot"]);

/** The page as it is read out from top to bottom, one line for a stop, from Chromium's own tree. */
export async function reading(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  await session.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const lines = [];
  let text = [];
  const flush = (depth) => {
    const line = text.join(" ").replace(/\s+/g, " ").trim();
    if (line) lines.push(`${"  ".repeat(depth)}"${line}"`);
    text = [];
  };
  const property = (node, name) => node.properties?.find((one) => one.name === name)?.value.value;
  const children = (node) => (node.childIds ?? []).map((id) => byId.get(id)).filter(Boolean);
  const within = (node, role) => children(node).flatMap((child) => [...(child.role?.value === role && !child.ignored ? [child] : []), ...within(child, role)]);
  const clean = (value) => String(value ?? "").replace(/\s+/g, " ").trim();
  const content = (node) => clean(children(node).map((child) => (child.role?.value === "StaticText" ? child.name.value : content(child) || clean(child.ignored ? "" : child.name?.value))).join(" "));
  const visit = (node, depth, { radios = [], mute = false } = {}) => {
    const role = node.role?.value;
    const go = (deeper, passed) => {
      for (const child of children(node)) visit(child, deeper, { radios, mute, ...passed });
    };
    if (node.ignored) return go(depth);
    if (role === "StaticText") return void (mute || text.push(node.name.value));
    if (role === "InlineTextBox" || role === "ListMarker" || role === "LineBreak") return;
    const name = clean(node.name?.value);
    if (role === "row") {
      flush(depth);
      const cells = children(node).filter((child) => !child.ignored || child.childIds?.length);
      lines.push(`${"  ".repeat(depth)}row: ${cells.map((cell) => clean(cell.name?.value) || content(cell) || "(empty)").join(" | ")}`);
      for (const kind of ["button", "combobox", "checkbox", "textbox"]) for (const control of within(node, kind)) visit(control, depth + 1);
      return;
    }
    if (PLAIN.has(role) && !(role === "SvgRoot" && name)) {
      const block = role === "paragraph" || role === "Pre" || role === "Figcaption" || role === "caption" || /^Description|term|definition/.test(role);
      if (block) flush(depth);
      const label = role === "LabelText" || role === "Legend";
      go(depth, label ? { mute: true } : {});
      if (block) flush(depth);
      return;
    }
    flush(depth);
    const spoken = [SPOKEN[role] ?? role];
    if (role === "heading") spoken.push(`level ${property(node, "level")}`);
    if (name) spoken.push(`"${name}"`);
    if (role === "radio") {
      const place = radios.indexOf(node);
      spoken.push(`${place + 1} of ${radios.length}`);
    }
    if (role === "list") spoken.push(`${children(node).length} entries`);
    const checked = property(node, "checked");
    if (checked !== undefined) spoken.push(checked === "true" || checked === true ? "checked" : "not checked");
    const expanded = property(node, "expanded");
    if (expanded !== undefined && role !== "combobox") spoken.push(expanded ? "expanded" : "collapsed");
    const value = clean(node.value?.value);
    if (value && role !== "radio" && role !== "checkbox") spoken.push(`value "${value}"`);
    if (role === "progressbar") spoken.push(`of ${property(node, "valuemax")}`);
    for (const state of ["disabled", "modal", "required"]) if (property(node, state)) spoken.push(state);
    if (property(node, "invalid") && property(node, "invalid") !== "false") spoken.push("invalid entry");
    if (property(node, "live") && property(node, "live") !== "off") spoken.push(`live: ${property(node, "live")}`);
    const description = clean(node.description?.value);
    if (description) spoken.push(`described: "${description}"`);
    lines.push(`${"  ".repeat(depth)}${spoken.join(", ")}`);
    if (role === "SvgRoot" || role === "image" || role === "img" || role === "combobox" || role === "textbox" || role === "ColorWell") return;
    const own = role === "group" || role === "radiogroup" ? { radios: within(node, "radio") } : {};
    go(depth + 1, NAMED.has(role) ? { ...own, mute: true } : own);
    flush(depth + 1);
  };
  const root = nodes.find((node) => node.role?.value === "RootWebArea");
  visit(root, 0);
  flush(0);
  return lines;
}

/** The roles of a reading without its words: what must be the same in every language. */
export const skeleton = (lines) =>
  lines.map((line) => line.replace(/^(\s*)".*"$/, '$1text').replace(/"[^"]*"/g, '"…"').replace(/row: .*/, (row) => `row of ${row.split(" | ").length}`));
