// Within the frame: takes the element's settings from the address, and tells the page around how tall the check is and what the
// visitor allows. It speaks only to a window that spoke first, at the origin that this window has.

const ATTRIBUTES = ["lang", "mode", "consent", "cta-href", "cta-label", "benchmark", "theme", "content", "storage-key"];
/** Settings that mean something only to a page around. */
const FOR_THE_HOST = ["consent", "cta-href", "cta-label", "benchmark"];
const EVENTS = ["ready", "start", "progress", "complete", "error"];

const element = document.querySelector("role-clarity-check");
// Opened by a link, such as one that shares a result, the page has no page around, and takes nothing by which the writer of the link
// could put words into this site's mouth: content only from this site, and nothing that speaks for a host.
const framed = window.parent !== window;
const ours = (address) => URL.canParse(address, document.baseURI) && new URL(address, document.baseURI).origin === location.origin;
const allowed = (name, value) => framed || (name === "content" ? ours(value) : !FOR_THE_HOST.includes(name));
const settings = new URLSearchParams(location.search);
for (const [name, value] of settings) {
  if (ATTRIBUTES.includes(name) && allowed(name, value)) element.setAttribute(name, value);
}
// Colours of the host come as settings too: its own styles do not reach into a frame.
for (const name of ["accent", "paper"]) {
  const value = settings.get(name);
  if (value && CSS.supports("color", value)) document.documentElement.style.setProperty(`--delineate-${name}`, value);
}

let host;
// A statement, not the value of the function: WebKit leaves a function before the last call in it, and when no function of this page is
// left, it takes the page around for the sender.
const say = (message) => {
  host?.window.postMessage({ delineate: 1, ...message }, host.origin);
};
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
