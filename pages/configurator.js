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

let prints;
/** The fingerprint that the build published for a file; none where the list cannot be read. */
const hash = async (file) => {
  prints ??= fetch("integrity.json").then((answer) => answer.json()).catch(() => ({}));
  return (await prints)[file]?.integrity;
};

const snippets = {
  html: async ({ attributes, colours, keep, base }) => {
    const all = keep ? attributes : { ...attributes, "storage-key": "none" };
    const rules = styles(colours);
    return [
      `<link rel="stylesheet" href="${escape(base)}host.css">`,
      ...(rules ? [`<style>\n${rules}\n</style>`] : []),
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
      `<iframe data-delineate title="${escape(title)}" width="100%" height="900" src="${escape(`${base}${file}${query ? `?${query}` : ""}`)}"></iframe>`,
    ].join("\n");
  },
  single: async (chosen) => {
    const file = `delineate.single.${chosen.attributes.lang}.js`;
    const known = await hash(file);
    const checked = known ? ` integrity="${known}" crossorigin="anonymous"` : "";
    const html = await snippets.html(chosen);
    return html.replace(/<script.*<\/script>/, `<script type="module" src="${escape(chosen.base)}${file}"${checked}></script>`);
  },
};
snippets.wordpress = async (chosen) => `<!-- wp:html -->\n${await snippets.html(chosen)}\n<!-- /wp:html -->`;

const policy = (kind, base) => {
  const origin = /^https?:/.test(base) ? ` ${new URL(base).origin}` : " 'self'";
  if (kind === "frame") return `frame-src${origin}; script-src${origin}`;
  return `script-src${origin} 'wasm-unsafe-eval'; style-src${origin}; connect-src${origin}`;
};

let latest = 0;
const update = async () => {
  latest += 1;
  const mine = latest;
  const chosen = settings();
  apply(chosen);
  const kind = document.querySelector("[name=kind]:checked").value;
  const file = kind === "single" ? `delineate.single.${chosen.attributes.lang}.js` : "delineate.js";
  const [snippet, fingerprint] = await Promise.all([snippets[kind](chosen), hash(file)]);
  if (mine !== latest) return;
  at("snippet").textContent = snippet;
  at("policy").textContent = policy(kind, chosen.base);
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
