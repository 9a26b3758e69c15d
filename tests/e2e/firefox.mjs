// The driver speaks WebDriver BiDi with a Firefox as it is released, and asks for a little more than that knows yet. Imported before the driver,
// this lets it do without: no preferred colours or print are emulated, and a download is known by its address. Each of the changes must
// find its place, so that a later driver, which may need none, says so.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import Module from "node:module";

const CHANGES = [
  ['send("emulation.setMediaFeaturesOverride"', 'sendMayFail("emulation.setMediaFeaturesOverride"'],
  ["if (!event.download && !event.navigation)", "if (!event.url)"],
  ["event.download ?? event.navigation", "event.download ?? event.navigation ?? event.url"],
];

if (process.env.DELINEATE_ENGINE === "firefox") {
  const load = Module._extensions[".js"];
  Module._extensions[".js"] = (module, file) => {
    if (!file.endsWith("playwright-core/lib/coreBundle.js")) return load(module, file);
    const changed = CHANGES.reduce((text, [from, to]) => {
      assert.ok(text.includes(from), `the driver no longer has: ${from}`);
      return text.replaceAll(from, to);
    }, readFileSync(file, "utf8"));
    return module._compile(changed, file);
  };
}
