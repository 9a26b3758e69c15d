// What a visitor reads when the wasm stopped by a fault of its own, and the ways on. Fetched only then.

// Filled in by the build from the content, for each language.
const TEXTS = __RESTART__;

const element = (tag, className, text = "") => {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
};

const button = (className, text, act) => {
  const made = element("button", className, text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
};

const download = (name, text) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  // Some browsers read the address after the click has returned.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};

/** Moves what is kept on the device to a place of its own, by the names that `browser/storage.rs` gives. */
const setAside = (key) => {
  const text = localStorage.getItem(key);
  if (text === null) return;
  let number = 1;
  while (localStorage.getItem(`${key}.aside-${number}`) !== null) number += 1;
  localStorage.setItem(`${key}.aside-${number}`, text);
  localStorage.removeItem(key);
};

/**
 * Says in `place` what happened, with a button for each way on. `part` says that the desk alone has stopped. `again` starts once more.
 * With `afresh`, it stopped again before anything was answered: then the visitor may take `answers` away, and may go on without what is
 * kept under `key`. With `focus` the sentence takes the focus.
 */
export const show = (place, lang, { part, again, afresh, answers, key, focus }) => {
  const texts = TEXTS[lang];
  const notice = element("div", "notice");
  notice.setAttribute("role", "alert");
  const sentence = element("p", "", part ? texts.part : texts.stopped);
  sentence.tabIndex = -1;
  const actions = element("div", "actions");
  actions.append(button("primary", texts.again, again));
  const said = element("div", "");
  said.append(sentence, actions);
  if (afresh) {
    sentence.after(element("p", "", texts.twice));
    if (answers) actions.append(button("secondary", texts.download, () => download(texts.file, answers)));
    const leave = () => {
      try {
        if (key) setAside(key);
      } catch (error) {
        // Without room for a copy the answers stay where they are, and so does this choice.
        sentence.textContent = texts.not_aside;
        console.error(error);
        return;
      }
      afresh();
    };
    actions.append(button("secondary", texts.afresh, leave));
  }
  notice.append(said);
  const frame = element("div", "frame");
  frame.append(notice);
  place.replaceChildren(part ? notice : frame);
  if (focus) sentence.focus();
};
