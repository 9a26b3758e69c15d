// The widget's own files within the script itself, for hosts that cannot serve wasm or want one file with one integrity hash.
// It has the same functions as `files.js`; the build says which language is inside.
import * as widgetGlue from "delineate-dist/delineate.widget.js";
import widgetWasm from "delineate-dist/delineate.widget.wasm";
import * as packGlue from "delineate-dist/delineate.pack.js";
import packWasm from "delineate-dist/delineate.pack.wasm";
import { shared } from "./instance.js";
import * as said from "./restart.js";
import styles from "delineate-styles";
import laterStyles from "delineate-dist/delineate.later.css";
import deskStyles from "delineate-dist/delineate.desk.css";
import firstScreens from "delineate-content/first.json";
import earlyTexts from "delineate-content/early.json";
import lateTexts from "delineate-content/late.json";
import texts from "delineate-content/desk.json";

const once = (load) => {
  let loading;
  return () => (loading ??= load());
};

export const widget = shared(() => widgetWasm, () => widgetGlue);
export const pack = shared(() => packWasm, () => packGlue);
export const desk = shared(async () => (await widget()).compiled(), () => widgetGlue);
export const restart = async () => said;
export const sheet = once(() => new CSSStyleSheet().replace(styles));
export const laterSheet = once(() => new CSSStyleSheet().replace(laterStyles));
export const deskSheet = once(() => new CSSStyleSheet().replace(deskStyles));
export const first = async () => firstScreens;
export const early = async () => earlyTexts;
export const late = async () => lateTexts;
export const deskTexts = async () => texts;
