// The doctor's page: what `diagnose` finds, as a table.
import { diagnose } from "./delineate.doctor.js";

const texts = JSON.parse(document.querySelector("#texts").textContent);
const at = (id) => document.querySelector(`#${id}`);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

const cell = (tag, text, name) => {
  const cell = document.createElement(tag);
  cell.textContent = text;
  if (name) cell.className = name;
  return cell;
};

const look = async () => {
  at("summary").textContent = texts["doctor.running"];
  const found = await diagnose(undefined, document.documentElement.lang);
  const rows = found.map(({ id, good, found }) => {
    const row = document.createElement("tr");
    const first = cell("th", texts[`doctor.${id}`]);
    first.scope = "row";
    const state = cell("td", texts[good ? "doctor.good" : "doctor.bad"], good ? "good" : "bad");
    row.append(first, state, cell("td", found), cell("td", good ? "" : texts[`doctor.${id}_fix`]));
    return row;
  });
  at("points").replaceChildren(...rows);
  const count = found.filter(({ good }) => !good).length;
  at("summary").textContent = count === 0 ? texts["doctor.summary_good"] : fill(texts["doctor.summary_bad"], { count, all: found.length });
};

at("line").textContent = `(await import("${new URL("delineate.doctor.js", document.baseURI)}")).report()`;
at("again").addEventListener("click", look);
look();
