// The widget's own files, each fetched once for all elements of a page. The single-file build has `inlined.js` in its place.
import { shared } from "./instance.js";

import firstStyles from "delineate-styles";

// Shared by every element; a failed attempt is forgotten and may be tried again.
const once = (load) => {
  const pending = new Map();
  return (key) => {
    if (!pending.has(key)) {
      const loading = load(key).catch((error) => {
        pending.delete(key);
        throw error;
      });
      pending.set(key, loading);
    }
    return pending.get(key);
  };
};

const get = async (address) => {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: HTTP ${response.status}`);
  return response;
};

const text = async (address) => {
  // A bundler may put a small file into its own address, and a careful policy forbids to fetch from there.
  const within = String(address).split(";base64,")[1];
  if (within) return new TextDecoder().decode(Uint8Array.from(atob(within), (byte) => byte.charCodeAt()));
  return (await get(address)).text();
};

// Each address is written out where it is used: bundlers find a file by exactly this form.

const glue = () => import("./delineate.widget.js");

/** The module that draws the check. */
export const widget = shared(() => get(new URL("./delineate.widget.wasm", import.meta.url)), glue);

/** The same module once more, for the desk below the results: a fault there leaves the check alone. */
export const desk = shared(async () => (await widget()).compiled(), glue);

/** The module that judges a host's own content. Only who brings one needs it. */
export const pack = shared(() => get(new URL("./delineate.pack.wasm", import.meta.url)), () => import("./delineate.pack.js"));

/** What is said after a trap, and only then. */
export const restart = () => import("./delineate.restart.js");

/** The texts of the desk. */
export const deskTexts = once((lang) => text(new URL(`./content/${lang}.desk.json`, import.meta.url)));

export const early = once((lang) => text(new URL(`./content/${lang}.json`, import.meta.url)));

/** The first screens, to be shown before the wasm is there. */
export const first = once((lang) => text(new URL(`./content/${lang}.first.json`, import.meta.url)));

export const late = once((lang) => text(new URL(`./content/${lang}.questions.json`, import.meta.url)));

const styles = async (address) => new CSSStyleSheet().replace(await text(address));

/** The styles of the first pages came with the script. */
export const sheet = once(() => new CSSStyleSheet().replace(firstStyles));

/** The styles of the results, and of print. */
export const laterSheet = once(() => styles(new URL("./delineate.later.css", import.meta.url)));

export const deskSheet = once(() => styles(new URL("./delineate.desk.css", import.meta.url)));
