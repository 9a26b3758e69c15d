// Looks at what the check needs where this script runs: a function for tools, and a report for a person at the console.
// It reads headers and asks the browser what it can do; it sends nothing and leaves nothing behind.

// Filled in by the build from the content, in its first language.
const TEXTS = __DOCTOR__;

/** What a page fetches to show its first question, but for the texts of its language. */
const FILES = ["delineate.js", "delineate.element.js", "delineate.widget.js", "delineate.widget.wasm", "delineate.later.css"];
const texts = (lang) => [`content/${lang}.first.json`, `content/${lang}.json`, `content/${lang}.questions.json`];

/** The smallest module there is: its head, and nothing in it. */
const EMPTY = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);

const head = (base, file) => fetch(new URL(file, base), { method: "HEAD", cache: "no-store" });
const said = (error) => String(error?.message ?? error);

const points = {
  wasm: () => {
    if (typeof WebAssembly !== "object") return [false, "WebAssembly: undefined"];
    new WebAssembly.Module(EMPTY);
    return [true, "WebAssembly.Module"];
  },
  connect: async (base) => {
    const response = await head(base, "delineate.js");
    return [true, `${response.status} ${new URL(response.url).origin}`];
  },
  files: async (base, lang) => {
    const found = await Promise.all([...FILES, ...texts(lang)].map(async (file) => [file, (await head(base, file)).status]));
    const missing = found.filter(([, status]) => status !== 200);
    return [missing.length === 0, missing.map(([file, status]) => `${file}: ${status}`).join(", ") || `${found.length} × 200`];
  },
  type: async (base) => {
    const type = (await head(base, "delineate.widget.wasm")).headers.get("content-type");
    return [type === "application/wasm", `content-type: ${type}`];
  },
  compression: async (base) => {
    const encoding = (await head(base, "delineate.widget.wasm")).headers.get("content-encoding");
    return [encoding !== null, `content-encoding: ${encoding}`];
  },
  caching: async (base) => {
    const caching = (await head(base, "delineate.widget.wasm")).headers.get("cache-control");
    return [/max-age=[1-9]/.test(caching ?? ""), `cache-control: ${caching}`];
  },
  styles: async () => {
    const colours = CSS.supports("color", "light-dark(red, oklch(from blue l c h))");
    await new CSSStyleSheet().replace("a{}");
    return [colours, `light-dark(), oklch(from …): ${colours}`];
  },
  storage: () => {
    const key = "delineate.doctor";
    localStorage.setItem(key, "1");
    const kept = localStorage.getItem(key) === "1";
    localStorage.removeItem(key);
    return [kept, "localStorage"];
  },
};

/**
 * Looks at every point. `base` is the folder of the check's files; without it, the folder of this script. `lang` is the language whose
 * texts are looked for.
 * Resolves to `{ id, good, found, name, fix }` for each; `fix` is absent where nothing is to be done. It never rejects.
 */
export async function diagnose(base = new URL("./", import.meta.url), lang = "en") {
  const look = async ([id, ask]) => {
    let good = false;
    let found;
    try {
      [good, found] = await ask(base, lang);
    } catch (error) {
      found = said(error);
    }
    return { id, good, found, name: TEXTS[id], ...(good ? {} : { fix: TEXTS[`${id}_fix`] }) };
  };
  return Promise.all(Object.entries(points).map(look));
}

/** Prints what `diagnose` finds. */
export async function report(base, lang) {
  const found = await diagnose(base, lang);
  console.table(Object.fromEntries(found.map(({ name, good, found, fix }) => [name, { good, found, fix: fix ?? "" }])));
  return found;
}
