// The second encoder of share codes, written from docs/share-code.md alone and by other means than the product: one BigInt, a table for the
// checksum, the platform's base64url.
//
//   node tests/vectors/code-oracle.mjs           fills in codes that are missing in codes.json; changes none
//   node tests/vectors/code-oracle.mjs --check   works out every code again, and fails on a difference
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const instrument = JSON.parse(readFileSync(path.join(here, "../../content/instrument.json"), "utf8"));
const file = path.join(here, "codes.json");
const vectors = JSON.parse(readFileSync(file, "utf8"));

const ids = (list) => list.map((one) => one.id);
const presentLayout = [
  ["pack", instrument.id, instrument.version.split(".")[0]],
  ["seats", ...instrument.seats],
  ["structures", ...ids(instrument.structures)],
  ["reasons", ...instrument.not_applicable_reasons],
  ["officers", ...instrument.officers],
  ["roles", ...instrument.roles],
  ...instrument.steps.map((step) => ["step", step.id, ...step.items]),
  ["domains", ...ids(instrument.domains)],
].map((words) => words.join(" "));

const table = Array.from({ length: 256 }, (_, byte) => {
  let row = byte;
  for (let bit = 0; bit < 8; bit++) row = (row >>> 1) ^ (row & 1 ? 0x82f63b78 : 0);
  return row >>> 0;
});
const crc = (bytes) => {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = (sum >>> 8) ^ table[(sum ^ byte) & 0xff];
  const result = Buffer.alloc(4);
  result.writeUInt32LE(~sum >>> 0);
  return result;
};
if (crc(Buffer.from("123456789")).readUInt32LE() !== 0xe3069283) throw new Error("the checksum is not CRC-32C");

function encode(kind, response, lines) {
  const lists = lines.map((line) => line.split(" "));
  const list = (name) => lists.find(([first]) => first === name).slice(1);
  const [seats, structures, reasons, officers, roles, domains] = [
    "seats",
    "structures",
    "reasons",
    "officers",
    "roles",
    "domains",
  ].map(list);
  const steps = lists.filter(([first]) => first === "step").map(([, id, ...items]) => ({ id, items }));

  const oneOf = (values, value) => {
    const place = values.findIndex((one) => JSON.stringify(one) === JSON.stringify(value));
    if (place < 0) throw new Error(`${JSON.stringify(value)} is none of the layout's answers`);
    return { base: values.length, digit: place };
  };
  const itemValues = [
    undefined,
    "dont_know",
    ...[0, 1, 2, 3, 4].map((level) => ({ level })),
    ...reasons.map((not_applicable) => ({ not_applicable })),
  ];
  const ownerValues = [
    undefined,
    "dont_know",
    "nobody",
    "split",
    "unsplit",
    ...officers.map((officer) => ({ officer })),
    ...roles.map((other) => ({ other })),
  ];
  const item = (id) => oneOf(itemValues, response.items?.[id]);
  const column = (name) => domains.map((id) => oneOf(ownerValues, response.domains?.[id]?.[name]));
  const blocks = [
    steps.map((step) => item(step.items[0])),
    column("today"),
    steps.flatMap((step) => [
      { base: 2, digit: (response.full_steps ?? []).includes(step.id) ? 1 : 0 },
      ...step.items.slice(1).map(item),
    ]),
    column("target"),
  ];
  const present = blocks.map((block) => block.some(({ digit }) => digit !== 0));
  const digits = [
    { base: 16, digit: present.reduce((sum, yes, place) => sum + (yes ? 2 ** place : 0), 0) },
    oneOf([undefined, ...seats], response.respondent?.seat),
    oneOf([undefined, ...structures], response.respondent?.structure),
    ...blocks.filter((_, place) => present[place]).flat(),
  ];

  let [number, worth] = [0n, 1n];
  for (const { base, digit } of digits) {
    number += worth * BigInt(digit);
    worth *= BigInt(base);
  }
  const answers = [];
  for (; number > 0n; number /= 256n) answers.push(Number(number % 256n));
  const around = (6 + answers.length < 128 ? 2 : 3) + 6 + 4;
  if ((around + answers.length) % 3 === 0) answers.push(0);

  const body = Buffer.concat([
    crc(Buffer.from(`${lines[0]}\n`)).subarray(0, 2),
    crc(Buffer.from(lines.map((line) => `${line}\n`).join(""))),
    Buffer.from(answers),
  ]);
  const { length } = body;
  const bytes = Buffer.concat([
    Buffer.from([4 * 1 + { result: 0, invitation: 1 }[kind]]),
    Buffer.from(length < 128 ? [length] : [128 + (length % 128), Math.floor(length / 128)]),
    body,
  ]);
  return Buffer.concat([bytes, crc(bytes)]).toString("base64url");
}

const checking = process.argv.includes("--check");
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
let present = vectors.layouts.findIndex((lines) => same(lines, presentLayout));
if (present < 0 && !checking) present = vectors.layouts.push(presentLayout) - 1;
let [passed, added, failed] = [0, 0, 0];
for (const [index, vector] of vectors.codes.entries()) {
  if (vector.code === undefined && !checking) {
    vector.layout = present;
    vector.code = encode(vector.kind, vector.response, presentLayout);
    added++;
    continue;
  }
  const expected = encode(vector.kind, vector.response, vectors.layouts[vector.layout]);
  if (vector.code === expected) {
    passed++;
  } else {
    failed++;
    console.error(`${index}, ${vector.why}\n  is       ${vector.code}\n  must be  ${expected}`);
  }
}
if (added > 0) {
  const lines = (values) => values.map((value) => `\n  ${JSON.stringify(value)}`).join(",");
  const codes = vectors.codes.map(({ why, kind, layout, code, response }) => ({ why, kind, layout, code, response }));
  writeFileSync(file, `{\n"layouts": [${lines(vectors.layouts)}\n],\n"codes": [${lines(codes)}\n]\n}\n`);
}
console.log(`${passed} passed, ${added} added, ${failed} failed`);
process.exit(failed ? 1 : 0);
