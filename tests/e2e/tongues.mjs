// Hands that walk the check in any language: they go by ids and places, and read what is to be seen from the build itself.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { entire, headlines, instrument, response } from "./support.mjs";

const merged = (one, two) => {
  const both = { ...one };
  for (const [name, value] of Object.entries(two)) {
    const inner = value !== null && typeof value === "object" && !Array.isArray(value);
    both[name] = inner && name in one ? merged(one[name], value) : value;
  }
  return both;
};

/** What a build holds of a language: the content as the widget loads it, with the desk's texts as one part more. */
export function built(folder, lang) {
  const read = (kind) => JSON.parse(readFileSync(path.join(folder, "content", `${lang}${kind}.json`), "utf8"));
  return { ...merged(read(""), read(".questions")), desk: read(".desk") };
}

/** The address of a page in a language. */
export const localized = (name, lang) => (lang === "en" ? name : name.replace(".", `.${lang}.`));

const title = (page) => page.locator("role-clarity-check h2.title");

/** Goes on, by the button or as told, and waits for the next page to be there to its end. */
export async function on(page, press = () => page.locator("role-clarity-check .ways [type=submit]").click()) {
  const before = await title(page).textContent();
  await press();
  await page.waitForFunction((before) => {
    const title = document.querySelector("role-clarity-check").shadowRoot.querySelector("h2.title");
    return title && title.textContent !== before;
  }, before);
  await entire(page);
}

/** Levels and owners that give every kind of mark, and findings of many kinds. */
const LEVELS = [2, 1, 3, 0, 2, 4, 1, 2, 3, 1];
const OWNERS = ["cto", "unsplit", "cio", "nobody", "split", "dont_know"];
/** What a domain may be answered with, in the order of the number keys. */
const CHIPS = ["cto", "cio", "split", "unsplit", "other", "nobody", "dont_know"];

/** The answers of the walk, as the device keeps them. */
export const answered = () => {
  let place = 0;
  const answers = response({ seat: "ceo", owner: () => {
    const owner = OWNERS[place++ % OWNERS.length];
    return owner === "cto" || owner === "cio" ? { officer: owner } : owner;
  } });
  for (const [index, item] of headlines.entries()) answers.items[item] = { level: LEVELS[index] };
  return answers;
};

/** The quick check from the first page of `address` to the results; `stop` is called at each kind of page with its name. */
export async function walk(page, address, stop = async () => {}) {
  await page.goto(address);
  await page.locator("role-clarity-check .choices button").first().waitFor();
  await stop("start");
  await page.locator("role-clarity-check .choices button").first().click();
  const answer = (value) => page.locator(`role-clarity-check input[name=answer][value="${value}"]`);
  await answer("ceo").check();
  await stop("seat");
  await on(page);
  await answer("two").check();
  await stop("structure");
  await on(page);
  const enter = () => page.keyboard.press("Enter");
  for (const [index] of headlines.entries()) {
    await page.keyboard.press(`${LEVELS[index] + 1}`);
    if (index === 0) await stop("question");
    await on(page, enter);
  }
  let place = 0;
  for (const group of instrument.domain_groups) {
    for (const domain of instrument.domains.filter((domain) => domain.group === group)) {
      const owner = OWNERS[place % OWNERS.length];
      await page.keyboard.press("Tab");
      await page.keyboard.press(`${CHIPS.indexOf(owner) + 1}`);
      assert.ok(await page.locator(`role-clarity-check input[name="${domain.id}"][value="${owner}"]`).isChecked(), domain.id);
      place += 1;
    }
    if (group === instrument.domain_groups[0]) await stop("map");
    await on(page, enter);
  }
  await stop("review");
  await page.locator("role-clarity-check .review .primary").click();
  await page.locator("role-clarity-check .score strong").waitFor();
  await page.locator("role-clarity-check .desk-parts").waitFor();
  await stop("results");
}

/** Opens everything that is folded. */
export const unfold = (page) =>
  page.evaluate(() => {
    for (const details of document.querySelector("role-clarity-check").shadowRoot.querySelectorAll("details")) details.open = true;
  });

/** Every text of the check as it stands there, folded ones and names for assistive technology too. */
export const texts = (page, root = "role-clarity-check") =>
  page.evaluate((root) => {
    const host = document.querySelector(root);
    const top = host.shadowRoot ?? host;
    const found = [];
    for (const element of top.querySelectorAll("*")) {
      if (["STYLE", "SCRIPT"].includes(element.tagName)) continue;
      for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) found.push(node.nodeValue);
      for (const name of ["aria-label", "title", "placeholder", "alt"]) found.push(element.getAttribute(name) ?? "");
    }
    return found.map((text) => text.trim()).filter(Boolean);
  }, root);

/** The words of a content between the names that are filled in. */
export function phrases(content) {
  const found = new Set();
  const collect = (value, name) => {
    // Not words for people: ids, addresses, and the language-free part.
    if (["instrument", "lang", "url", "strength", "$schema"].includes(name)) return;
    if (typeof value === "string") for (const part of value.split(/\{[^}]*\}/)) found.add(part.trim());
    else if (value !== null && typeof value === "object") for (const [name, inner] of Object.entries(value)) collect(inner, name);
  };
  collect(content, "");
  return found;
}

/** Fails when a text holds words of the source language that the language's own content does not have. */
export function assertNothingLeft(texts, source, own) {
  const words = (text) => text.match(/\p{L}{2,}/gu)?.length ?? 0;
  const theirs = phrases(own);
  const foreign = [...phrases(source)].filter((phrase) => words(phrase) >= 3 && !theirs.has(phrase));
  assert.ok(foreign.length > 400, `${foreign.length} phrases to look for`);
  const left = texts.filter((text) => foreign.some((phrase) => text.includes(phrase)));
  assert.deepEqual(left, [], "still in the source language");
}
