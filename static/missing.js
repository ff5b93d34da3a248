// Finds out which file a start lacks, once it has gone wrong, and says what to do about it.

import { BUILT } from "./built.js";
import { KERNEL_FILES, LATER_FILES } from "./kernel/files.js";

const site = new URL("../", import.meta.url);

/** Written last by the build: without it, nothing has been built. */
const LAST = "static/vendor/NOTICES.txt";

const FILES = [
  "pyscript.toml",
  "static/vendor/anime.js",
  "static/vendor/micropython/micropython.mjs",
  "static/vendor/micropython/micropython.wasm",
  "static/vendor/pyodide/pyodide-lock.json",
  "static/vendor/pyodide/pyodide.asm.mjs",
  "static/vendor/pyodide/pyodide.asm.wasm",
  "static/vendor/pyodide/pyodide.mjs",
  "static/vendor/pyodide/python_stdlib.zip",
  "static/vendor/pyscript.js",
  "app/page/main.py",
];

/** Returns a sentence about the first file that is not there, or undefined when all are. */
export async function whatIsMissing() {
  if (await isMissing(LAST)) {
    return "This copy of the page has not been built yet. In its folder, run: make serve";
  }
  const ours = BUILT ? [BUILT.first, BUILT.later] : [...KERNEL_FILES, ...LATER_FILES];
  for (const path of [...FILES, ...ours, ...(await pageFiles())]) {
    if (await isMissing(path)) {
      const mend = BUILT ? "Copy the whole site there again, and reload." : "Build the page again with: make build";
      return `The file ${path} is missing on the server. ${mend}`;
    }
  }
}

/** The page's own Python modules, as pyscript.toml lists them. */
async function pageFiles() {
  const response = await fetch(new URL("pyscript.toml", site)).catch(() => null);
  const text = response?.ok ? await response.text() : "";
  return [...text.matchAll(/^"(app\/page\/\w+\.py)"/gm)].map(([, path]) => path);
}

/** @param {string} path */
async function isMissing(path) {
  try {
    return (await fetch(new URL(path, site), { method: "HEAD", cache: "no-store" })).status === 404;
  } catch {
    return false; // the network is gone: that is another sentence
  }
}
