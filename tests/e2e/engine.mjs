import assert from "node:assert/strict";

/** The engine that the tests go through. Those that need what only another can tell or do are left out. */
export const engine = process.env.DELINEATE_ENGINE || "chromium";
assert.ok(["chromium", "firefox", "webkit"].includes(engine), `DELINEATE_ENGINE is "${engine}": it is firefox, webkit or not set`);
