// On the host's page: makes every <iframe data-delineate> as tall as its check, and hands on what the visitor allows as events of
// the frame. It listens to a frame only, and only to the origin that the frame was given.

const FRAMES = "iframe[data-delineate]";
const EVENTS = ["ready", "start", "progress", "complete", "error"];
/** A height beyond this is no page, in pixels. */
const MOST = 50_000;

const frameOf = (source) => [...document.querySelectorAll(FRAMES)].find((frame) => frame.contentWindow === source);
const originOf = (frame) => new URL(frame.src, document.baseURI).origin;
// A statement, not the value of the function: WebKit leaves a function before the last call in it, and when no function of this page is
// left, it takes the frame itself for the sender.
const greet = (frame) => {
  frame.contentWindow?.postMessage({ delineate: 1, hello: true }, originOf(frame));
};

window.addEventListener("message", ({ data, source, origin }) => {
  if (data?.delineate !== 1) return;
  const frame = frameOf(source);
  if (!frame || origin !== originOf(frame)) return;
  if (Number.isFinite(data.height) && data.height > 0 && data.height < MOST) frame.height = Math.ceil(data.height);
  if (EVENTS.includes(data.event)) frame.dispatchEvent(new CustomEvent(data.event, { detail: data.detail }));
});

const greeted = new WeakSet();
const look = () => {
  for (const frame of document.querySelectorAll(FRAMES)) {
    if (greeted.has(frame)) continue;
    greeted.add(frame);
    frame.addEventListener("load", () => greet(frame));
    // A frame that had loaded before this script hears of it now. The empty page that stands in for a frame still to come has
    // another origin, and a greeting to it would be an error in the console.
    if (frame.contentDocument?.URL !== "about:blank") greet(frame);
  }
};
look();
new MutationObserver(look).observe(document, { childList: true, subtree: true });
