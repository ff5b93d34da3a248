// What a cell needs: its element and lists, an editor that completes the names of its lesson, a figure for its
// value, and links.

import { createEditor } from "./editor.js";
import { call } from "./kernel/kernel.js";
import { say } from "./language.js";

/** Makes an element for a cell, at the end of a place. @param {HTMLElement} place @param {string} name */
export function addCell(place, name) {
  const element = document.createElement("div");
  element.className = "cell";
  element.setAttribute("data-cell", name);
  element.append(document.createElement("pre"));
  place.append(element);
  return element;
}

/** @param {HTMLElement} place @param {string} text */
export function addButton(place, text) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = text;
  place.append(button);
  return button;
}

/** Makes one item of a list for each text. @param {HTMLElement} list @param {string} texts JSON */
export function fillList(list, texts) {
  const items = /** @type {string[]} */ (JSON.parse(texts));
  list.replaceChildren(...items.map((textContent) => Object.assign(document.createElement("li"), { textContent })));
}

/**
 * @param {HTMLElement} parent @param {string} lesson
 * @param {Omit<import("./editor.js").Options, "complete">} options
 */
export function createCellEditor(parent, lesson, options) {
  const complete = async (/** @type {string} */ prefix) => {
    const answer = JSON.parse(await call("complete", JSON.stringify({ lesson, prefix })));
    return answer.names.map((/** @type {string} */ label) => ({ label, type: "variable" }));
  };
  return createEditor(parent, { ...options, complete });
}

/**
 * Returns a copy of a figure as it was before anything was shown in it, without the field for code.
 * What has a name of its own in the document gets another one.
 * @param {HTMLElement} figure @param {string} name @param {string} label what a screen reader calls it
 */
export function copyFigure(figure, name, label) {
  const copy = /** @type {HTMLElement} */ (figure.cloneNode(true));
  for (const part of copy.querySelectorAll(LEFT_OUT)) part.remove();
  for (const part of copy.querySelectorAll(EMPTY)) part.replaceChildren();
  for (const attribute of ["id", "for", "name", "aria-describedby"]) {
    for (const element of copy.querySelectorAll(`[${attribute}]`)) {
      element.setAttribute(attribute, `${name}-${element.getAttribute(attribute)}`);
    }
  }
  for (const field of copy.querySelectorAll("input")) {
    field.checked = field.defaultChecked;
    field.value = field.defaultValue;
  }
  copy.id = `${name}-figure`;
  copy.removeAttribute("data-stale");
  copy.setAttribute("data-figure", name);
  copy.setAttribute("data-step", "0");
  copy.setAttribute("data-steps", "0");
  copy.setAttribute("aria-label", label);
  return copy;
}

const LEFT_OUT = ".typed, .presets, .sources, .embed-button, [data-part=nudged-leaf] label";
const EMPTY = ["graph", "narration", "stages", "question", "verdict", "gap-curve"]
  .map((part) => `[data-part="${part}"]`)
  .join();

/** Reads what came with the address of the page: {state}, {problem} or null, as JSON text. */
export async function readLink() {
  if (!location.hash.startsWith("#share=")) return "null";
  try {
    const { fromFragment } = await import("./share.js");
    return JSON.stringify(await fromFragment(location.hash));
  } catch {
    return JSON.stringify({ problem: say("What reads the link could not be fetched. Reload the page to ask for it again.") });
  }
}

/** Takes it out of the address, so that it does not come again with the next visit. */
export function forgetLink() {
  history.replaceState(history.state, "", location.pathname + location.search);
}

/** The address of this page with a state. @param {string} state JSON */
export async function linkTo(state) {
  const { toFragment } = await import("./share.js");
  return location.href.split("#")[0] + (await toFragment(JSON.parse(state)));
}

/** @param {string} text */
export async function copyText(text) {
  await navigator.clipboard.writeText(text);
}
