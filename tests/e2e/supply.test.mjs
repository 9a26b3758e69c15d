// What the build publishes about itself: the fingerprint of every file, the bill of what was linked into them, the manifest of the element.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { test } from "node:test";
import { Spec, Validation } from "@cyclonedx/cyclonedx-library";
import Ajv from "ajv";
import { root } from "./support.mjs";

const dist = process.env.DELINEATE_DIST;
const read = (name) => readFileSync(path.join(dist, name));
const bill = read("sbom.cdx.json").toString();

test("every file that is served has its fingerprint, and no other", () => {
  const prints = JSON.parse(read("integrity.json"));
  const served = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".br") && entry.name !== "integrity.json")
    .map((entry) => path.relative(dist, path.join(entry.parentPath ?? entry.path, entry.name)).replaceAll("\\", "/"));
  assert.deepEqual(Object.keys(prints).sort(), served.sort());
  for (const [name, { bytes, integrity }] of Object.entries(prints)) {
    assert.equal(integrity, `sha384-${createHash("sha384").update(read(name)).digest("base64")}`, name);
    assert.equal(bytes, read(name).length, name);
  }
});

test("the bill of materials keeps to the standard", async () => {
  const problems = await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(bill);
  assert.equal(problems, null);
  const broken = JSON.stringify({ ...JSON.parse(bill), components: [{ type: "nothing" }] });
  assert.notEqual(await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(broken), null, "the validator sees what is wrong");
});

test("the bill names what cargo links, and nothing else", () => {
  const { metadata, components, dependencies } = JSON.parse(bill);
  // Cargo's own list of what the crate needs in the browser, without what only the compiler runs.
  const tree = execFileSync(
    "cargo",
    ["tree", "--locked", "--package", "delineate", "--features=widget,pack,console", "--target", "wasm32-unknown-unknown", "--edges", "normal,no-proc-macro", "--prefix", "none", "--no-dedupe"],
    { cwd: root, encoding: "utf8" },
  );
  const linked = new Set(tree.trim().split("\n").map((line) => line.split(" ")).map(([name, version]) => `pkg:cargo/${name}@${version.slice(1)}`));
  const own = metadata.component.purl;
  assert.ok(linked.delete(own), own);
  const std = components.find(({ name }) => name === "std").purl;
  assert.deepEqual(components.map(({ purl }) => purl).filter((purl) => purl !== std).sort(), [...linked].sort());
  // Whatever both lists make of it: what the check is drawn with is in it, and what serves and what draws at build time is not.
  const names = components.map(({ name, version }) => `${name} ${version.split(".")[0]}`);
  for (const name of ["yew 0", "serde_json 1", "wasm-bindgen 0", "qrcodegen 1"]) assert.ok(names.includes(name), name);
  for (const name of ["axum 0", "bincode 2", "brotli 9", "wasm-bindgen-cli-support 0"]) assert.ok(!names.includes(name), name);
  const known = new Set([own, ...components.map((one) => one["bom-ref"])]);
  assert.deepEqual(dependencies.map(({ ref }) => ref).sort(), [...known].sort());
  for (const { ref, dependsOn } of dependencies) for (const needed of dependsOn) assert.ok(known.has(needed), `${ref} needs ${needed}`);
});

test("the bill says nothing of the machine that made it", () => {
  for (const word of [root, process.env.HOME ?? root, new Date().getFullYear() + "-"]) assert.ok(!bill.includes(word), word);
});

test("the manifest of the element keeps to the standard, as it is in the repository and as it is packed", () => {
  const schema = createRequire(import.meta.url)("custom-elements-manifest/schema.json");
  const ajv = new Ajv({ allErrors: true, strict: false }).addSchema(schema, "manifest");
  const keeps = ajv.compile({ $ref: "manifest" });
  // The whole takes a declaration for any kind that it fits, so that of the element is also held to its own kind.
  const declares = ajv.compile({ $ref: "manifest#/definitions/CustomElementDeclaration" });
  for (const place of ["src/embed", "target/npm"]) {
    const manifest = JSON.parse(readFileSync(path.join(root, place, "custom-elements.json"), "utf8"));
    assert.ok(keeps(manifest), `${place}: ${JSON.stringify(keeps.errors, null, 2)}`);
    const element = manifest.modules[0].declarations.find(({ tagName }) => tagName === "role-clarity-check");
    assert.ok(declares(element), `${place}: ${JSON.stringify(declares.errors, null, 2)}`);
    element.attributes[0].name = 7;
    assert.ok(!declares(element), "the schema sees what is wrong");
    manifest.modules[0].kind = "something";
    assert.ok(!keeps(manifest), "the schema sees what is wrong");
  }
});
