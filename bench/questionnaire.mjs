// Prints the questionnaire as a survey of SurveyJS, from the same content files: the same pages in the same order with the same
// questions and choices, and its own defaults for all else. The advice of the widget's results is left out, as the other
// results page only shows ten scores.
import { allItems, domains, domainsOf, fill, instrument, report, say, steps, wording } from "../tests/e2e/support.mjs";

const STRUCTURE = "two";

const question = (name, title, choices, more = {}) => ({ type: "radiogroup", name, title, choices, ...more });
const choices = (labels) => Object.entries(labels).map(([value, text]) => ({ value, text }));

const start = {
  elements: [{
    type: "html",
    name: "start",
    html: `<h2>${say("start.title")}</h2><p>${say("start.lede")}</p>`,
  }],
};

const structures = Object.fromEntries(Object.entries(report.structures).map(([id, text]) => [id, text.label]));
const context = [
  question("seat", say("seat.question"), choices(report.seats), { description: say("seat.why") }),
  question("structure", say("structure.question"), choices(structures), { description: say("structure.why") }),
].map((element) => ({ elements: [element] }));

const itemPage = (item) => {
  const words = wording(item, STRUCTURE);
  const levels = words.levels.map((level, value) => ({ value, text: fill(level.anchor, STRUCTURE) }));
  const beside = choices({ not_applicable: say("item.not_applicable"), dont_know: report.owners.unknown });
  const description = fill(words.why, STRUCTURE);
  return { elements: [question(item, fill(words.question, STRUCTURE), [...levels, ...beside], { description })] };
};

const { owners } = report.structures[STRUCTURE];
const domainPage = (group) => ({
  title: domains.groups[group].title,
  description: fill(domains.groups[group].intro, STRUCTURE),
  elements: domainsOf(group).map(({ id }) => {
    const { name, description } = domains.domains[id];
    const all = { ...owners, ...report.owners };
    return question(id, name, choices(all), { description: fill(description, STRUCTURE) });
  }),
});

const ordered = [...instrument.steps].sort((a, b) => a.number - b.number);
const result = {
  survey: {
    title: say("results.title"),
    firstPageIsStartPage: true,
    pages: [start, ...context, ...allItems.map(itemPage), ...instrument.domain_groups.map(domainPage)],
  },
  steps: ordered.map(({ id, items }) => ({ title: steps[id].title, items })),
};

process.stdout.write(JSON.stringify(result));
