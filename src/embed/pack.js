// A host's own content: from an address, or from a JSON script inside the element. What it says is for the core to judge.

/** A pack has at most this many bytes (`MAX_PACK` in `core/content.rs`): more is not even read. */
const MOST = 1_000_000;
/** How long a server may take to send a pack, in milliseconds: after that the visitor reads what the host wrote, and no empty place. */
const PATIENCE = 20_000;

const tooLong = () => new Error(`a pack has at most ${MOST} bytes`);

export const inlinePack = (element) => element.querySelector(':scope > script[type="application/json"]')?.textContent;

export const fetchPack = async (address, signal) => {
  // By hand, as WebKit loses a joined signal that nobody holds, and would wait for ever.
  const ends = new AbortController();
  const leave = () => ends.abort(signal.reason);
  const late = setTimeout(() => ends.abort(new Error(`${address} timed out`)), PATIENCE);
  if (signal.aborted) leave();
  signal.addEventListener("abort", leave);
  try {
    return await read(address, ends.signal);
  } finally {
    clearTimeout(late);
    signal.removeEventListener("abort", leave);
  }
};

const read = async (address, signal) => {
  const response = await fetch(new URL(address, document.baseURI), { signal });
  if (!response.ok) throw new Error(`${address}: HTTP ${response.status}`);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text;
    text += value;
    if (text.length > MOST) {
      await reader.cancel();
      throw tooLong();
    }
  }
};
