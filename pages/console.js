// The consultant's console: hands files to a worker that reads them, and shows what it says of them. Nothing is kept.

const texts = JSON.parse(document.querySelector("#texts").textContent);
const at = (id) => document.querySelector(`#${id}`);
const lang = document.documentElement.lang;
const whole = new Intl.NumberFormat(lang);
const decimal = new Intl.NumberFormat(lang, { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** A text of the page; numbers are written as the language writes whole ones. */
const text = (name, values = {}) =>
  texts[`console.${name}`].replace(/\{(\w+)\}/g, (_, key) => (typeof values[key] === "number" ? whole.format(values[key]) : values[key]));
const megabytes = (bytes) => Math.round(bytes / 2 ** 20);

/** Files listed at a time: a table of thousands would hold up the page. */
const PAGE = 100;
/** Files handed to the worker in one turn: the browser looks at each on the way, and ten thousand of them would hold up the page. */
const HANDED = 50;
/** Of how many the reason is listed; the worker notes no more. */
const NOTES = 100;

// Where the policy asks for trusted addresses of scripts, this is the one.
const trusted = globalThis.trustedTypes?.createPolicy("delineate-console", { createScriptURL: (address) => address });
const address = new URL("./delineate.console.worker.js", import.meta.url).href;

const cell = (content, kind) => {
  const made = document.createElement("td");
  made.append(content);
  if (kind) made.className = kind;
  return made;
};
const head = (content, scope = "row") => {
  const made = document.createElement("th");
  made.scope = scope;
  made.append(content);
  return made;
};
const line = (...cells) => {
  const made = document.createElement("tr");
  made.append(...cells);
  return made;
};
const number = (value) => cell(typeof value === "number" ? whole.format(value) : value, "number");
const option = (value, label) => new Option(label, value);

let worker;
let content;
let limits;
let files;
let counts;
let noted;
let listed;
/** Whether the reading is to end. */
let stopped;
/** Which request for statistics was the last one: an earlier answer is not shown. */
let asked = 0;

// What the content calls its parts.

/** The name of each owner by its id; nothing for what was not answered. */
const named = () => {
  const { instrument, report, interface: words } = content;
  const { unknown, ...others } = report.owners;
  const owners = { ...report.structures[instrument.structures[0].id].owners, ...others, dont_know: unknown };
  return (id) => (id === null ? words["answer.none"] : owners[id]);
};

/** The ids of the owners that are a gap or an overlap. */
const UNCLEAR = new Set(["unsplit", "nobody"]);

// Files and verdicts.

const verdictOf = ({ accepted, repeated, refused, problem, reason }) => {
  const size = megabytes(limits.bytes);
  if (problem) return [text(problem, { size, files: limits.files, reason }), "bad"];
  if (refused) return accepted + repeated ? [text("verdict_some"), ""] : [text("verdict_none"), "bad"];
  return accepted ? [text("verdict_good"), "good"] : [text("verdict_repeated"), ""];
};

const fileLine = (file) => {
  const [verdict, kind] = verdictOf(file);
  return line(head(file.name), cell(verdict, kind), number(file.accepted), number(file.repeated), number(file.refused));
};

/** Lists files that are not listed yet, up to the number that is shown. */
const list = () => {
  const rows = at("file-rows");
  const from = rows.children.length;
  if (from < listed) rows.append(...files.slice(from, listed).map(fileLine));
  const left = files.length - rows.children.length;
  at("more").hidden = left === 0;
  at("more").textContent = text("more", { count: left });
};

const note = (file) => {
  if (file.problem && noted.refused < NOTES) {
    noted.refused += 1;
    at("refused-rows").append(line(head(file.name), number("–"), cell(verdictOf(file)[0])));
  }
  for (const { kind, line: place, reason, first, first_line } of file.notes) {
    if (noted[kind] === NOTES) continue;
    noted[kind] += 1;
    if (kind === "refused") at("refused-rows").append(line(head(file.name), number(place), cell(reason)));
    else at("repeat-rows").append(line(head(file.name), number(place), cell(first), number(first_line)));
  }
};

const add = (verdicts) => {
  for (const file of verdicts) {
    files.push(file);
    for (const kind of ["accepted", "repeated", "refused"]) counts[kind] += file[kind];
    note(file);
  }
  if (verdicts.length === 0) return;
  at("verdicts").hidden = false;
  for (const kind of ["accepted", "repeated", "refused"]) at(`count-${kind}`).textContent = whole.format(counts[kind]);
  at("count-files").textContent = whole.format(files.length);
  for (const [kind, id] of [["refused", "refused"], ["repeated", "repeats"]]) {
    at(id).hidden = noted[kind] === 0;
    at(`${id}-first`).textContent = counts[kind] > noted[kind] ? text("refused_first", { count: noted[kind] }) : "";
  }
  list();
};

// Statistics.

const ask = () => {
  const { seat, structure, repeated } = at("group").elements;
  // The first choice stands for all of them, and the second for those who did not say.
  const said = ({ value }) => (value === "all" ? undefined : value.replace(/^id:|^not-said$/, ""));
  asked += 1;
  worker.postMessage({ kind: "statistics", asked, seat: said(seat), structure: said(structure), repeated: repeated.checked });
};

const bandLine = ({ id, count, share }) => {
  const bar = cell("", "bar");
  bar.style.setProperty("--share", share.rounded);
  const name = id === null ? text("band_none") : content.report.bands[id].name;
  return line(head(name), number(count), number(`${decimal.format(share.rounded)} %`), bar);
};

const PARTS = ["mean", "sd", "q1", "median", "q3"];
const shownNumber = (value) => value.rounded ?? value;

const scoreLine = (name, { n, summary }) => {
  const spread = cell("", "spread");
  if (summary) for (const part of ["q1", "median", "q3"]) spread.style.setProperty(`--${part}`, summary[part].rounded);
  else spread.className = "";
  return line(head(name), number(n), ...PARTS.map((part) => number(summary ? decimal.format(shownNumber(summary[part])) : "–")), spread);
};

const heatLine = ({ id, owners }) => {
  const cells = owners.map(({ id: owner, count, share }) => {
    const made = number(count);
    made.dataset.kind = UNCLEAR.has(owner) ? "unclear" : "clear";
    made.style.setProperty("--share", share.rounded);
    return made;
  });
  return line(head(content.domains.domains[id].name), ...cells);
};

const unclear = (name, { respondents, share, count, mean }) =>
  text(name, { respondents, share: decimal.format(share.rounded), count, mean: decimal.format(mean.rounded) });

const shown = (statistics) => {
  const { interface: words, steps } = content;
  at("bands").replaceChildren(...statistics.bands.map(bandLine));
  at("scores").replaceChildren(
    scoreLine(text("score"), statistics.score),
    scoreLine(words["half.delineation"], statistics.delineation),
    scoreLine(words["half.practice"], statistics.practice),
    ...statistics.steps.map(({ id, values }) => scoreLine(steps[id].short, values)),
  );
  at("gaps").textContent = unclear("gaps", statistics.gaps);
  at("overlaps").textContent = unclear("overlaps", statistics.overlaps);
  const owner = named();
  const heads = statistics.domains[0].owners.map(({ id }) => head(owner(id), "col"));
  at("heat-head").replaceChildren(head(text("domain"), "col"), ...heads);
  at("heat").replaceChildren(...statistics.domains.map(heatLine));
};

const show = (group) => {
  const statistics = group.shown;
  const count = statistics?.respondents;
  at("suppressed").hidden = statistics !== undefined;
  at("shown").hidden = !count;
  at("size").textContent =
    count === undefined ? text("suppressed_title")
    : count === 0 ? text("nobody")
    : count === 1 ? text("respondents_one") : text("respondents_many", { count });
  if (count) shown(statistics);
};

// The worker, and what it says.

const working = (is) => {
  at("working").hidden = !is;
  at("files").disabled = is;
};

const save = (name, blob) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser may begin to read it only after this turn.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  at("saved").textContent = text("saved", { name });
};

const failed = (problem) => {
  working(false);
  at("files").disabled = true;
  at("clearing").hidden = false;
  at("state").textContent = text("failed", { problem });
};

const heard = {
  ready: ({ fewest, ...said }) => {
    limits = said.limits;
    at("limits").textContent = text("limits", { files: limits.files, size: megabytes(limits.bytes), rows: limits.rows });
    at("small").textContent = text("how_small", { fewest });
    at("few").textContent = text("few", { fewest });
    at("suppressed-why").textContent = text("suppressed", { fewest });
    at("state").textContent ||= text("ready");
    at("files").disabled = false;
  },
  progress: ({ name, place, files, done, total, verdicts }) => {
    at("file").textContent = text("progress_file", { place, files, name });
    at("progress").max = Math.max(total, 1);
    at("progress").value = done;
    add(verdicts);
  },
  finished: ({ verdicts, left, read, milliseconds, memory }) => {
    add(verdicts);
    const focused = at("working").contains(document.activeElement);
    working(false);
    // Who stopped the reading stood on a button that is gone.
    if (focused) at("files").focus();
    at("state").textContent = left ? text("stopped", { left }) : text("read_all");
    const measured = at("measured");
    Object.assign(measured.dataset, { read, milliseconds, memory });
    measured.textContent = text("measured", {
      size: decimal.format(read / 2 ** 20), seconds: decimal.format(milliseconds / 1000), memory: megabytes(memory),
    });
    at("clearing").hidden = false;
    at("statistics").hidden = at("exports").hidden = counts.accepted === 0;
    if (counts.accepted) ask();
  },
  statistics: (said) => {
    if (said.asked === asked) show(said.group);
  },
  download: ({ name, blob }) => save(name, blob),
  no_benchmark: ({ problem }) => {
    at("no-benchmark").textContent = text("no_benchmark", { problem });
  },
  failed: ({ problem }) => failed(problem),
};

/** Everything as it is before the first file, with a worker that knows nothing. */
const begin = () => {
  worker?.terminate();
  files = [];
  counts = { accepted: 0, repeated: 0, refused: 0 };
  noted = { refused: 0, repeated: 0 };
  listed = PAGE;
  for (const id of ["file-rows", "refused-rows", "repeat-rows", "bands", "scores", "heat", "heat-head"]) at(id).replaceChildren();
  for (const id of ["verdicts", "statistics", "exports", "clearing"]) at(id).hidden = true;
  for (const id of ["measured", "no-benchmark", "saved", "gaps", "overlaps", "size", "file"]) at(id).textContent = "";
  delete at("measured").dataset.read;
  for (const id of ["group", "benchmark"]) at(id).reset();
  working(false);
  at("files").disabled = true;
  worker = new Worker(trusted?.createScriptURL(address) ?? address, { type: "module" });
  worker.addEventListener("message", ({ data }) => heard[data.kind](data));
  worker.addEventListener("error", (event) => failed(event.message ?? event.type));
  worker.postMessage({ kind: "start", ...parts });
};

/** A turn for what the visitor does meanwhile. */
const turn = () => new Promise((resolve) => setTimeout(resolve));

const read = async (chosen) => {
  if (chosen.length === 0 || at("files").disabled) return;
  at("state").textContent = text("reading");
  at("measured").textContent = "";
  at("progress").removeAttribute("value");
  working(true);
  stopped = false;
  const reader = worker;
  for (let from = 0; from < chosen.length && !stopped; from += HANDED) {
    reader.postMessage({ kind: "hand", files: chosen.slice(from, from + HANDED) });
    await turn();
    // Everything was cleared meanwhile, and that worker is no more.
    if (reader !== worker) return;
  }
  reader.postMessage({ kind: "read", count: chosen.length, stopped });
};

at("files").addEventListener("change", () => {
  read([...at("files").files]);
  // The same file may be chosen again.
  at("files").value = "";
});
const drop = at("drop");
drop.addEventListener("dragover", (event) => {
  event.preventDefault();
  drop.classList.add("over");
});
drop.addEventListener("dragleave", () => drop.classList.remove("over"));
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  read([...event.dataTransfer.files]);
});
// Beside the zone a dropped file would replace the page, and with it all that was read.
for (const kind of ["dragover", "drop"]) addEventListener(kind, (event) => event.preventDefault());

at("cancel").addEventListener("click", () => {
  stopped = true;
  worker.postMessage({ kind: "cancel" });
});
at("more").addEventListener("click", () => {
  listed += PAGE;
  list();
});
at("group").addEventListener("submit", (event) => event.preventDefault());
at("group").addEventListener("change", ask);
for (const kind of ["csv", "ndjson"]) at(kind).addEventListener("click", () => worker.postMessage({ kind }));
at("benchmark").addEventListener("submit", (event) => {
  event.preventDefault();
  at("no-benchmark").textContent = at("saved").textContent = "";
  const { source, date } = Object.fromEntries(new FormData(at("benchmark")));
  worker.postMessage({ kind: "benchmark", source, date });
});
at("clear").addEventListener("click", () => {
  begin();
  at("state").textContent = text("cleared");
  at("state").focus();
});

const get = async (file) => {
  const response = await fetch(new URL(file, import.meta.url));
  if (!response.ok) throw new Error(`${file}: HTTP ${response.status}`);
  return response.text();
};

/** Lays the second part of the content over the first. */
const merged = (one, two) => {
  const both = { ...one };
  for (const [name, value] of Object.entries(two)) {
    const inner = value !== null && typeof value === "object" && !Array.isArray(value);
    both[name] = inner && name in one ? merged(one[name], value) : value;
  }
  return both;
};

let parts;
try {
  const [early, late] = await Promise.all([get(`./content/${lang}.json`), get(`./content/${lang}.questions.json`)]);
  parts = { early, late };
  content = merged(JSON.parse(early), JSON.parse(late));
  const { seats, structures } = content.instrument;
  const { report } = content;
  const open = [option("all", text("everybody")), option("not-said", text("not_said"))];
  at("seat").append(...open, ...seats.map((id) => option(`id:${id}`, report.seats[id])));
  at("structure").append(...open.map((one) => one.cloneNode(true)), ...structures.map(({ id }) => option(`id:${id}`, report.structures[id].label)));
  begin();
  at("state").textContent = "";
} catch (error) {
  failed(error.message);
}
