// Collects the licences of everything in static/vendor/, so that each copy of the site carries them.

import { readFile, readdir } from "node:fs/promises";
import path from "node:path";

/** Packages that do not ship their licence text: what it is, and where they say so. */
const WITHOUT_TEXT = {
  pyodide: "Mozilla Public License 2.0, https://www.mozilla.org/MPL/2.0/. Source: https://github.com/pyodide/pyodide",
  "@micropython/micropython-webassembly-pyscript":
    "The MIT License (MIT). Copyright (c) 2013-2025 Damien P. George and others. Source: https://github.com/micropython/micropython",
};

/** What came inside a package: Pyodide is CPython and its libraries, PyScript carries a TOML parser and polyscript. */
const INSIDE = {
  pyodide:
    "Contains CPython, Copyright (c) 2001 Python Software Foundation, Python Software Foundation License Version 2,\n" +
    "https://docs.python.org/3/license.html; Emscripten's libraries (MIT and University of Illinois/NCSA licences).",
  "@pyscript/core":
    "Contains polyscript, coincident, basic-devtools and others by Andrea Giammarchi (ISC and MIT), and basic-toml (ISC).",
};

/** @param {string} folder */
async function licenceText(folder) {
  const files = await readdir(folder);
  const name = files.find((file) => /^(licen[cs]e|copying)(\.\w+)?$/i.test(file));
  return name ? (await readFile(path.join(folder, name), "utf8")).trim() : undefined;
}

/** @param {string} packages the node_modules folder @param {Set<string>} names of the packages shipped */
export async function gatherNotices(packages, names) {
  const sections = ["This site contains the following software and fonts, each under its own licence."];
  for (const name of [...names].sort()) {
    const folder = path.join(packages, name);
    const { version, license } = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
    const text = (await licenceText(folder)) ?? /** @type {Record<string, string>} */ (WITHOUT_TEXT)[name];
    if (!text) throw new Error(`${name} ships no licence text: say in static/build/notices.js where it is`);
    const inside = /** @type {Record<string, string>} */ (INSIDE)[name];
    sections.push([`${name} ${version} (${license})`, text, inside].filter(Boolean).join("\n\n"));
  }
  return sections.join(`\n\n${"=".repeat(80)}\n\n`) + "\n";
}
