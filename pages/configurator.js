// The configurator: the settings of a form on the element below it, and as a snippet to copy.

const texts = JSON.parse(document.querySelector("#texts").textContent);
const at = (id) => document.querySelector(`#${id}`);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const form = at("settings");
const preview = at("preview");

/** What a setting is when nothing is chosen; it then needs no attribute. Without a language the check takes that of the page around it. */
const DEFAULTS = { mode: "choose", theme: "auto", consent: "none", accent: "#1b3f73", paper: "#fcfbf8", "cta-label": "", "cta-href": "" };

const escape = (text) =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;").replace(/'/g, "&#39;");

const settings = () => {
  const chosen = Object.fromEntries(new FormData(form));
  const attributes = {};
  for (const name of ["lang", "mode", "theme", "consent"]) {
    if (chosen[name] !== DEFAULTS[name]) attributes[name] = chosen[name];
  }
  if (chosen["cta-label"].trim() && chosen["cta-href"].trim()) {
    attributes["cta-label"] = chosen["cta-label"].trim();
    attributes["cta-href"] = chosen["cta-href"].trim();
  }
  const colours = {};
  for (const name of ["accent", "paper"]) if (chosen[name] !== DEFAULTS[name]) colours[name] = chosen[name];
  const base = chosen.base.trim().replace(/\/*$/, "/");
  return { attributes, colours, keep: form.elements.keep.checked, base };
};

/** Shows the settings on the element; what the element leaves out is said beside the form. */
const apply = ({ attributes, colours }) => {
  for (const name of ["mode", "theme", "consent", "cta-label", "cta-href"]) {
    if (name in attributes) preview.setAttribute(name, attributes[name]);
    else preview.removeAttribute(name);
  }
  if (preview.lang !== attributes.lang) preview.lang = attributes.lang;
  for (const name of ["accent", "paper"]) preview.style.setProperty(`--delineate-${name}`, colours[name] ?? "");
};

const written = (attributes) => Object.entries(attributes).map(([name, value]) => ` ${name}="${escape(value)}"`).join("");
const styles = (colours) => {
  const lines = Object.entries(colours).map(([name, value]) => `  --delineate-${name}: ${value};`);
  return lines.length ? `role-clarity-check {\n${lines.join("\n")}\n}` : "";
};
/** The text of the style element in a snippet, of which its policy needs the fingerprint; empty without colours. */
const inline = (colours) => {
  const rules = styles(colours);
  return rules && `\n${rules}\n`;
};

let prints;
/** The fingerprint that the build published for a file; none where the list cannot be read. */
const hash = async (file) => {
  prints ??= fetch("integrity.json").then((answer) => answer.json()).catch(() => ({}));
  return (await prints)[file]?.integrity;
};

const snippets = {
  html: async ({ attributes, colours, keep, base }) => {
    const all = keep ? attributes : { ...attributes, "storage-key": "none" };
    const rules = inline(colours);
    return [
      `<link rel="stylesheet" href="${escape(base)}host.css">`,
      ...(rules ? [`<style>${rules}</style>`] : []),
      `<script type="module" src="${escape(base)}delineate.js"></script>`,
      `<role-clarity-check${written(all)}></role-clarity-check>`,
    ].join("\n");
  },
  react: async ({ attributes, colours, keep }) => {
    const all = keep ? attributes : { ...attributes, "storage-key": "none" };
    const rules = styles(colours);
    return [
      'import "delineate";',
      'import "delineate/host.css";',
      "",
      "export const Check = () => (",
      `  <role-clarity-check${written(all)} />`,
      ");",
      ...(rules ? ["", "/* in your stylesheet */", rules] : []),
    ].join("\n");
  },
  frame: async ({ attributes, colours, keep, base }) => {
    const { lang, ...rest } = attributes;
    // The page of each language is the frame of its own; that of the first one has the plain name.
    const file = lang === form.elements.lang.options[0].value ? "frame.html" : `frame.${lang}.html`;
    const query = new URLSearchParams({ ...rest, ...(keep ? {} : { "storage-key": "none" }), ...colours }).toString();
    const title = texts["configurator.preview"];
    return [
      `<script type="module" src="${escape(base)}delineate.resize.js"></script>`,
      `<iframe data-delineate title="${escape(title)}" width="100%" height="900" allow="clipboard-write; web-share; fullscreen" src="${escape(`${base}${file}${query ? `?${query}` : ""}`)}"></iframe>`,
    ].join("\n");
  },
  single: async (chosen) => {
    const file = scriptOf("single", chosen);
    const known = await hash(file);
    const checked = known ? ` integrity="${known}" crossorigin="anonymous"` : "";
    const html = await snippets.html(chosen);
    return html.replace(/<script.*<\/script>/, `<script type="module" src="${escape(chosen.base)}${file}"${checked}></script>`);
  },
};
snippets.wordpress = async (chosen) => `<!-- wp:html -->\n${await snippets.html(chosen)}\n<!-- /wp:html -->`;

/** The origin of an address that names one; of any other, and of one that is still being typed, the page's own. */
const originOf = (base) =>
  /^(https?:)?\/\/[^/]/i.test(base) && URL.canParse(base, location.href) ? new URL(base, location.href).origin : "'self'";

/** The fingerprint by which a policy lets a style element in. Browsers compute it on secure pages only. */
const styleSource = async (text) => {
  if (!text || !globalThis.crypto?.subtle) return "";
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return ` 'sha256-${btoa(String.fromCharCode(...digest))}'`;
};

const policy = async (kind, { base, colours }) => {
  const origin = originOf(base);
  if (kind === "frame") return `frame-src ${origin} blob:; script-src ${origin}`;
  const style = kind === "react" ? "" : await styleSource(inline(colours));
  return `script-src ${origin} 'wasm-unsafe-eval'; style-src ${origin}${style}; connect-src ${origin}`;
};

/** The file that a snippet loads, whose fingerprint stands beside it. */
const scriptOf = (kind, { attributes }) => {
  if (kind === "single") return `delineate.single.${attributes.lang}.js`;
  return kind === "frame" ? "delineate.resize.js" : "delineate.js";
};

let latest = 0;
const update = async () => {
  latest += 1;
  const mine = latest;
  const chosen = settings();
  apply(chosen);
  const kind = document.querySelector("[name=kind]:checked").value;
  const file = scriptOf(kind, chosen);
  const [snippet, rules, fingerprint] = await Promise.all([snippets[kind](chosen), policy(kind, chosen), hash(file)]);
  if (mine !== latest) return;
  at("snippet").textContent = snippet;
  at("policy").textContent = rules;
  at("hash").textContent = `${file}\n${fingerprint ?? ""}`;
  at("copied").textContent = "";
  const wrong = [...form.elements].find((field) => field.validationMessage);
  at("problem").textContent = wrong ? fill(texts["configurator.problem"], { problem: wrong.validationMessage }) : "";
};

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("input", update);
for (const kind of document.querySelectorAll("[name=kind]")) kind.addEventListener("change", update);
at("copy").addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(at("snippet").textContent);
    at("copied").textContent = texts["configurator.copied"];
  } catch {
    at("copied").textContent = texts["configurator.not_copied"];
  }
});
update();
