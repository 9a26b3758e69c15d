// What is measured, and what a person clicks in each: the same places, found by each one's own marks.
import { say } from "../tests/e2e/support.mjs";

export const contenders = [
  {
    name: "delineate",
    begin: { css: "button", text: say("full.begin") },
    title: { css: ".title" },
    next: { css: "button[type=submit]" },
    // The widget lets the visitor look over the answers first.
    review: { css: "button", text: say("review.results") },
    results: { css: ".title", text: say("results.title") },
  },
  {
    name: "surveyjs",
    begin: { css: ".sd-navigation__start-btn" },
    title: { css: ".sd-question__title" },
    next: { css: ".sd-navigation__next-btn, .sd-navigation__complete-btn" },
    results: { css: ".sd-completedpage table" },
  },
  { name: "floor", begin: { css: "button" }, emptyPage: true },
];

/** The page of a host without any widget, for what one adds to it. */
export const bare = "none";
