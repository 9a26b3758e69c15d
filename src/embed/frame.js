// Within the frame: takes the element's settings from the address, and tells the page around how tall the check is and what the
// visitor allows. It speaks only to a window that spoke first, at the origin that this window has.

const ATTRIBUTES = ["lang", "mode", "consent", "cta-href", "cta-label", "benchmark", "theme", "content", "storage-key"];
const EVENTS = ["ready", "start", "progress", "complete", "error"];

const element = document.querySelector("role-clarity-check");
// Settings belong to the page around. Without one they would be words that the writer of a link puts into this site's mouth.
const settings = new URLSearchParams(window.parent === window ? "" : location.search);
for (const [name, value] of settings) {
  if (ATTRIBUTES.includes(name)) element.setAttribute(name, value);
}
// Colours of the host come as settings too: its own styles do not reach into a frame.
for (const name of ["accent", "paper"]) {
  const value = settings.get(name);
  if (value && CSS.supports("color", value)) document.documentElement.style.setProperty(`--delineate-${name}`, value);
}

let host;
const say = (message) => host?.window.postMessage({ delineate: 1, ...message }, host.origin);
const height = () => Math.ceil(document.documentElement.getBoundingClientRect().height);

window.addEventListener("message", ({ data, source, origin }) => {
  // A page without an origin of its own, such as one in a sandbox, cannot be told apart from any other.
  if (source !== window.parent || source === window || origin === "null" || data?.delineate !== 1 || data.hello !== true) return;
  // Whoever speaks late is still told that the check is there.
  const late = !host && element.hasAttribute("data-ready");
  host = { window: source, origin };
  say({ height: height() });
  if (late) say({ event: "ready", detail: {} });
});

new ResizeObserver(() => say({ height: height() })).observe(document.documentElement);
for (const name of EVENTS) element.addEventListener(name, (event) => say({ event: name, detail: event.detail }));
