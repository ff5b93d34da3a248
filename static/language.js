// The language of the interface: controls, messages, narration. English is in the program itself; every
// other language is a table from the English texts to its own, in static/languages/.

export const LANGUAGES = ["en", "de"];

/** What the address asks for with `lang`, else the first that the browser wants and there is, else English. */
export const language = choose(new URLSearchParams(location.search).get("lang"), navigator.languages ?? []);

/** @type {Record<string, string>} A table that cannot be fetched is no reason to show nothing: then it is English. */
const table = language === "en" ? {} : await load().catch(() => ({}));

/** @param {string | null} asked @param {readonly string[]} wanted @returns {string} */
function choose(asked, wanted) {
  const known = [asked ?? "", ...wanted].map((tag) => tag.toLowerCase().split("-")[0]);
  return known.find((tag) => LANGUAGES.includes(tag)) ?? "en";
}

/** @returns {Promise<Record<string, string>>} */
async function load() {
  const response = await fetch(new URL(`languages/${language}.json`, import.meta.url));
  return response.ok ? response.json() : {};
}

/**
 * Returns a text of the interface in the language of the page, with values for its `{names}`.
 * @param {string} english as it stands in the tables @param {Record<string, string | number>} [values]
 */
export function say(english, values = {}) {
  return (table[english] ?? english).replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/** Marks a text that is said later, where it stands in a list: every text has to be found. @param {string} english */
export const noted = (english) => english;

/** The table as JSON text, for the two Pythons; empty in English. */
export function tableAsText() {
  return language === "en" ? "" : JSON.stringify(table);
}
