// Puts index.html into the language of the page, before anybody has taken a part of it. What is a text there, and
// what is none, app/messages.py tells in the same way.

import { say, spoken } from "./language.js";

const ATTRIBUTES = ["aria-label", "title", "placeholder", "alt", "data-caption"]; // the last is for style sheets, which show it
const SILENT = "script, style, noscript, code, pre, textarea, svg, math";

/** Translates all of it, and marks the lessons, which stay as they are. */
export function translate() {
  document.documentElement.lang = spoken();
  document.title = said(document.title);
  translateIn(document.body);
}

/** @param {Node} parent */
function translateIn(parent) {
  let part = ""; // of a lesson, or of the first figure, whose beginning and end are marked
  for (const node of parent.childNodes) {
    if (node instanceof Comment) part = / (lesson|first): /.exec(node.data)?.[1] ?? (node.data.startsWith(" end of ") ? "" : part);
    else if (node instanceof Text && !part) node.data = node.data.replace(/\S(?:[^]*\S)?/, said);
    else if (node instanceof Element && !part) translateElement(node);
    else if (node instanceof Element && part === "lesson" && !node.matches(".cell")) node.setAttribute("lang", "en");
  }
}

/** @param {Element} element */
function translateElement(element) {
  if (element.matches("[translate=no]")) return;
  for (const name of ATTRIBUTES) {
    const text = element.getAttribute(name);
    if (text) element.setAttribute(name, said(text));
  }
  if (element.matches(SILENT)) return;
  if (element.matches("[data-say]")) element.innerHTML = say(plain(element.innerHTML));
  else translateIn(element instanceof HTMLTemplateElement ? element.content : element);
}

/** @param {string} text */
function said(text) {
  return /\p{L}{2}/u.test(text) ? say(plain(text)) : text;
}

/** @param {string} text */
function plain(text) {
  return text.trim().replace(/\s+/g, " ");
}
