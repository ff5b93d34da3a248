// Links to the same place of the page in the other languages that it speaks.

import { LANGUAGES, spoken } from "./language.js";

export function offerLanguages() {
  const others = Object.keys(LANGUAGES).filter((tag) => tag !== spoken());
  document.getElementById("languages")?.append(...others.map(linkTo));
}

/** @param {string} tag */
function linkTo(tag) {
  const link = Object.assign(document.createElement("a"), { lang: tag, hreflang: tag, textContent: LANGUAGES[tag] });
  const lead = () => void (link.href = addressFor(tag));
  for (const event of ["pointerenter", "focus", "click"]) link.addEventListener(event, lead); // by then, the reader may be elsewhere
  lead();
  return link;
}

/** @param {string} tag */
function addressFor(tag) {
  const url = new URL(location.href);
  url.searchParams.set("lang", tag);
  return url.href;
}
