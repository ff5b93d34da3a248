// The language of the interface: controls, messages, narration. English is in the program itself; every
// other language is a table from the English texts to its own, in static/languages/.

/** What each language calls itself. @type {Record<string, string>} */
export const LANGUAGES = { en: "English", de: "Deutsch" };

const TOO_LONG = 8_000; // milliseconds: then the page begins in English

/** What the address asks for with `lang`, else the first that the browser wants and there is, else English. */
export const language = choose(new URLSearchParams(location.search).get("lang"), navigator.languages ?? []);

/** @type {Record<string, string>} A table that cannot be fetched is no reason to show nothing: then it is English. */
const table = {};

/**
 * Settles when the table is there, or will not be. Nothing may be said before. It is no `await` of this module:
 * WebKit then lets some of those that import it begin too early.
 */
export const loaded = language === "en" ? Promise.resolve() : load().catch(() => {});

/** @param {string | null} asked @param {readonly string[]} wanted @returns {string} */
function choose(asked, wanted) {
  const known = [asked ?? "", ...wanted].map((tag) => tag.toLowerCase().split("-")[0]);
  return known.find((tag) => Object.hasOwn(LANGUAGES, tag)) ?? "en";
}

async function load() {
  const response = await fetch(new URL(`languages/${language}.json`, import.meta.url), { signal: AbortSignal.timeout(TOO_LONG) });
  if (response.ok) Object.assign(table, await response.json());
}

/** The language that is spoken: also English, where there is no table for another one. */
export function spoken() {
  return "." in table ? language : "en";
}

/**
 * Returns a text of the interface in the language of the page, with values for its `{names}`.
 * @param {string} english as it stands in the tables @param {Record<string, string | number>} [values]
 */
export function say(english, values = {}) {
  return (table[english] || english).replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/** Marks a text that is said later, where it stands in a list: every text has to be found. @param {string} english */
export function noted(english) {
  return english;
}

/** Writes a number that is shown, such as 0.25, with the decimal sign of the language. @param {string} number */
export function withDecimalSign(number) {
  return number.replace(".", say("."));
}

/** The table as JSON text, for the two Pythons; empty in English. */
export function tableAsText() {
  return spoken() === "en" ? "" : JSON.stringify(table);
}
