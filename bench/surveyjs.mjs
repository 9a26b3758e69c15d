// The same questionnaire by SurveyJS, as its documentation says for a page without a framework. Its styles without the web
// fonts, which it would fetch from another site.
import "survey-core/survey-core.fontless.min.css";
import { Model } from "survey-core";
import { renderSurvey } from "survey-js-ui";
import { steps, survey as json } from "questionnaire";

const TOP_LEVEL = 4;

/** From 0 to 100, or undefined where no item has a level. */
const scoreOf = (items, answers) => {
  const levels = items.map((item) => answers[item]).filter(Number.isInteger);
  if (levels.length === 0) return undefined;
  const sum = levels.reduce((sum, level) => sum + level, 0);
  return Math.round((100 * sum) / (TOP_LEVEL * levels.length));
};

const row = ({ title, items }, answers) => {
  const score = scoreOf(items, answers);
  return `<tr><th scope="row">${title}</th><td>${score ?? "–"}</td></tr>`;
};

const survey = new Model(json);
survey.onCompleting.add((sender) => {
  const rows = steps.map((step) => row(step, sender.data));
  sender.completedHtml = `<h2>${json.title}</h2><table><tbody>${rows.join("")}</tbody></table>`;
});
renderSurvey(survey, document.getElementById("survey"));
