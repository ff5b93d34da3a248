// Tells which rules of our style sheets no text of the page or its program has a name for: `make check`.

import { PurgeCSS } from "purgecss";

const TEXTS = ["index.html", "kernel.html", "embed.js", "app/**/*.py", "static/*.js", "static/!(vendor|build)/**/*.js"];
const LIBRARIES = ["static/vendor/codemirror.js", "static/vendor/uplot.js"]; // they name their parts themselves

/** Returns all that may be a name in a text, also in quotes. @param {string} text */
const names = (text) => [...(text.match(/[\w-]+/g) ?? []), ...(text.match(/(?<=")[^"\n]+(?=")/g) ?? [])];

/** PurgeCSS cannot read a selector that begins with a choice. @param {string} selector */
const isUnread = (selector) => selector.trim().startsWith(":is(");

const sheets = await new PurgeCSS().purge({
  content: [...TEXTS, ...LIBRARIES],
  css: ["static/css/*.css"],
  defaultExtractor: names,
  rejected: true,
});
const unused = sheets.flatMap(({ file, rejected = [] }) =>
  rejected.filter((selector) => /[.#[]/.test(selector) && !isUnread(selector)).map((selector) => `${file}: ${selector.trim()} is used nowhere`),
);
if (unused.length) {
  console.error(unused.join("\n"));
  process.exitCode = 1;
}
