// What a machine lacks is named, together with what to do about it, by the command for the tests itself.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";

const folder = mkdtempSync(path.join(os.tmpdir(), "delineate-setup-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** What the command says at its end on a machine that has nothing but these programs, each of which prints one line. */
const says = (name, programs) => {
  const bin = path.join(folder, name);
  mkdirSync(bin);
  for (const [program, line] of Object.entries(programs)) {
    writeFileSync(path.join(bin, program), `#!/bin/sh\necho '${line}'\n`);
    chmodSync(path.join(bin, program), program === "chromium" ? 0o644 : 0o755);
  }
  const run = spawnSync(process.env.DELINEATE_SERVER, ["test", "--only", "browser"], { env: { PATH: bin }, encoding: "utf8" });
  assert.equal(run.status, 1, run.stdout + run.stderr);
  return run.stderr.trim();
};

/** The folder of a compiler with these libraries. */
const compiler = (name, libraries) => {
  const sysroot = path.join(folder, `${name}-sysroot`);
  for (const library of libraries) mkdirSync(path.join(sysroot, "lib/rustlib", library), { recursive: true });
  return sysroot;
};

test("what is missing to build and to test is named, with what to do", { skip: process.platform !== "linux" && "the programs of the made-up machines are scripts" }, () => {
  const rustc = compiler("whole", ["wasm32-unknown-unknown", "src/rust/library/std"]);
  assert.equal(says("no-compiler", {}), "error: rustc was not found: install Rust by rustup");
  assert.match(says("no-rustup", { rustc: compiler("bare", []) }), /install Rust by rustup, or run "rustup target add wasm32-unknown-unknown" yourself/);
  assert.equal(says("no-node", { rustc }), "error: Node.js was not found: install version 20 or newer");
  assert.equal(says("old-node", { rustc, node: "v18.20.0" }), "error: Node.js v18.20.0 is too old: install version 20 or newer");
  assert.equal(says("no-browser", { rustc, node: "v20.0.0" }), "error: Chromium was not found: install it, or set CHROMIUM to the path of its program");
  assert.match(says("broken-browser", { rustc, node: "v20.0.0", chromium: "" }), /chromium does not start: set CHROMIUM to another Chromium/);
});
