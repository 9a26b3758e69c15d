// The driver speaks WebDriver BiDi with a Firefox as it is released, and is not finished there: it asks for a little more than that knows
// yet, and leaves out what that can do. Imported before the driver, this mends both. Each of the changes must find its place, so that a
// later driver, which may need none, says so.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import Module from "node:module";
import { engine } from "./engine.mjs";

/**
 * Sets in the window that has this name what the protocol has no command for: the media that the page is drawn for, fingers for a
 * mouse, and whether there are scripts. It runs inside Firefox, with the rights of Firefox itself.
 */
const emulate = (name, { media, colorScheme, reducedMotion, forcedColors }, touch, scripts) => {
  const { NavigableManager } = ChromeUtils.importESModule("chrome://remote/content/shared/NavigableManager.sys.mjs");
  const known = (value) => (["no-override", "no-preference"].includes(value) ? "none" : value);
  const window = NavigableManager.getBrowsingContextById(name);
  const overrides = ["mediumOverride", "prefersColorSchemeOverride", "prefersReducedMotionOverride", "forcedColorsOverride", "touchEventsOverride", "allowJavascript"];
  for (const override of overrides) if (!(override in window)) throw new Error(`this Firefox has no ${override}`);
  window.mediumOverride = media === "print" ? "print" : "";
  window.prefersColorSchemeOverride = known(colorScheme);
  window.prefersReducedMotionOverride = known(reducedMotion);
  window.forcedColorsOverride = known(forcedColors);
  window.touchEventsOverride = touch ? "enabled" : "none";
  window.allowJavascript = scripts;
};

/** The driver's page asks Firefox for the above. */
const EMULATE = `
  const { hasTouch = false, javaScriptEnabled = true } = this._browserContext._options;
  const root = this._browserContext._browser._browserSession;
  const { contexts: [{ context }] } = await root.send("browsingContext.getTree", { "moz:scope": "chrome", maxDepth: 0 });
  const given = [this._session.sessionId, this._page.emulatedMedia(), hasTouch, javaScriptEnabled].map((one) => JSON.stringify(one));
  const set = await root.send("script.evaluate", {
    expression: "(" + ${JSON.stringify(emulate.toString())} + ")(" + given + ")", target: { context }, awaitPromise: false,
  });
  if (set.type !== "success") throw new Error(set.exceptionDetails.text);
  return;
`;

const CHANGES = [
  // Of a page and of all pages: no media are emulated by the protocol.
  ["async updateEmulateMedia() {\n        const features = this._page.emulatedMedia();\n        const colorScheme = features.colorScheme === \"no-override\" ? null",
    `async updateEmulateMedia() {${EMULATE}\n        const features = this._page.emulatedMedia();\n        const colorScheme = features.colorScheme === "no-override" ? null`],
  ["async doUpdateDefaultEmulatedMedia() {\n        const features = this._options;\n        const colorScheme", "async doUpdateDefaultEmulatedMedia() {\n        return;\n        const features = this._options;\n        const colorScheme"],
  ["async _initialize() {\n        this._onFrameAttached(this._session.sessionId, null);\n", "async _initialize() {\n        this._onFrameAttached(this._session.sessionId, null);\n        await this.updateEmulateMedia();\n"],
  // The last sign of what is filled in is typed: without a key, a field that is left does not tell that it was changed.
  ["async sendText(progress2, text2) {\n        let frame", `async sendText(progress2, text2) {
        const last = Array.from(text2).at(-1);
        if (last === undefined) return;
        const value = last === "\\n" ? "\\uE006" : last;
        if (text2 !== last) await this.insertText(progress2, text2.slice(0, -last.length));
        await this._performActions(progress2, [{ type: "keyDown", value }, { type: "keyUp", value }]);
      }
      async insertText(progress2, text2) {
        let frame`],
  // A finger.
  ["async tap(progress2, x, y, modifiers) {\n      }", `async tap(progress2, x, y, modifiers) {
        const actions = [{ type: "pointerMove", x: Math.round(x), y: Math.round(y) }, { type: "pointerDown", button: 0 }, { type: "pointerUp", button: 0 }];
        await progress2.race(this._session.send("input.performActions", {
          context: this._session.sessionId,
          actions: [{ type: "pointer", id: "pw_finger", parameters: { pointerType: "touch" }, actions }],
        }));
      }`],
  // Paper is measured in centimetres there, and the driver gives inches.
  ["page: {\n            width: paperWidth,\n            height: paperHeight\n", "page: {\n            width: paperWidth * 2.54,\n            height: paperHeight * 2.54\n"],
  // A download is known by its address; the second of a name gets a number for its place on the disk, not for its name.
  ["if (!event.download && !event.navigation)", "if (!event.url)"],
  ["event.download ?? event.navigation", "event.download ?? event.navigation ?? event.url"],
  ["event.suggestedFilename, event.suggestedFilename)", "event.suggestedFilename.replace(/\\(\\d+\\)(?=[.]\\w+$)/, ''), event.suggestedFilename)"],
  // A style that the driver puts in for a moment before it draws a picture, for another browser, is one that the page's policy forbids.
  ["shouldToggleStyleSheetToSyncAnimations() {\n        return true;", "shouldToggleStyleSheetToSyncAnimations() {\n        return false;"],
  // Firefox knows no permission for the clipboard: a test's page may read it, as the driver sets.
  ["async _setPermission(origin, permission, state) {", "async _setPermission(origin, permission, state) {\n        if (permission.startsWith('clipboard-')) return;"],
];

export const firefoxDriven = engine === "firefox";

let mended = false;
/** Fails where the driver was loaded and nothing was mended. */
export const assertMended = () => assert.ok(mended, "the driver lies elsewhere, and is not mended");

if (firefoxDriven) {
  const load = Module._extensions[".js"];
  Module._extensions[".js"] = (module, file) => {
    if (!file.replaceAll("\\", "/").endsWith("playwright-core/lib/coreBundle.js")) return load(module, file);
    mended = true;
    const changed = CHANGES.reduce((text, [from, to]) => {
      assert.ok(text.includes(from), `the driver no longer has: ${from}`);
      return text.replaceAll(from, () => to);
    }, readFileSync(file, "utf8"));
    return module._compile(changed, file);
  };
}
