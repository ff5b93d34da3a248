// Number fields take the decimal sign of the page's language, also in a browser that knows only the point.

import { say } from "./language.js";

let isTyping = false;

/** Begins to watch what is typed into number fields. */
export function takeDecimalSign() {
  if (say(".") !== ".") addEventListener("beforeinput", watch);
}

/** Types a point where the browser would drop the sign: 0,5 would be 05. @param {InputEvent} event */
function watch(event) {
  const { target, data } = event;
  if (isTyping || data !== say(".") || !(target instanceof HTMLInputElement) || target.type !== "number") return;
  event.preventDefault();
  isTyping = true;
  if (!type(target, data)) type(target, ".");
  isTyping = false;
}

/** Types a sign where the cursor is. No other command can, in a field for a number. @param {HTMLInputElement} field @param {string} sign @returns {boolean} was it taken? */
function type(field, sign) {
  let isTaken = false;
  const take = () => (isTaken = true);
  field.addEventListener("input", take, { once: true });
  document.execCommand("insertText", false, sign);
  field.removeEventListener("input", take);
  return isTaken;
}
