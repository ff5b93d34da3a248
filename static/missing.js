// Finds out which file a start lacks, or cannot use, once it has gone wrong, and says what to do about it.

import { BUILT } from "./built.js";
import { CELL_FILES, FIRST_FILES, LATER_FILES } from "./kernel/files.js";
import { say } from "./language.js";

const site = new URL("../", import.meta.url);

/** Written last by the build: without it, nothing has been built. */
const LAST = "static/vendor/NOTICES.txt";

const FILES = [
  BUILT ? "pyscript.json" : "pyscript.toml",
  "static/vendor/anime.js",
  "static/vendor/micropython/micropython.mjs",
  "static/vendor/micropython/micropython.wasm",
  "static/vendor/pyodide/pyodide-lock.json",
  "static/vendor/pyodide/pyodide.asm.mjs",
  "static/vendor/pyodide/pyodide.asm.wasm",
  "static/vendor/pyodide/pyodide.mjs",
  "static/vendor/pyodide/python_stdlib.zip",
  "static/vendor/pyodide/python_stdlib_later.zip",
  "static/vendor/pyscript.js",
  "app/page/main.py",
];

/**
 * Returns a sentence about the first file that is not there, not whole, or has a wrong type. When all are well, it tells of the
 * sign that something is wrong, or is undefined.
 * @param {string} [sign]
 */
export async function whatIsMissing(sign) {
  if ((await headOf(LAST)).status === 404) {
    return say("This copy of the page has not been built yet. In its folder, run: make serve");
  }
  const ours = BUILT ? [BUILT.first, BUILT.cells, BUILT.later, BUILT.memory, BUILT.page, BUILT.networks, BUILT.embedding] : [...FIRST_FILES, ...CELL_FILES, ...LATER_FILES];
  const paths = [...FILES, ...ours, ...(await pageFiles())];
  const heads = await Promise.all(paths.map(headOf)); // side by side: they are many
  for (const [i, path] of paths.entries()) {
    const { status, type, size } = heads[i];
    if (status === 404) {
      if (BUILT) return say("The file {path} is missing on the server. Copy the whole site there again, and reload.", { path });
      return say("The file {path} is missing on the server. Build the page again with: make build", { path });
    }
    if (size !== null && size !== (BUILT?.sizes[path] ?? size)) {
      return say("Only a part of the file {path} is on the server. Copy the whole site there again, and reload.", { path });
    }
    if (status === 200 && /\.m?js$/.test(path) && !/javascript/.test(type)) {
      return say("The server sends {path} as {type}, and not as JavaScript, so that browsers do not run it: docs/hosting.md tells what to set up.", { path, type: type || say("nothing in particular") });
    }
  }
  return sign && say("The page could not start ({sign}). Reload it to try again.", { sign });
}

/** The page's own Python modules, as pyscript.toml lists them, where the site was not built. */
async function pageFiles() {
  if (BUILT) return [];
  const response = await fetch(new URL("pyscript.toml", site)).catch(() => null);
  const text = response?.ok ? await response.text() : "";
  return [...text.matchAll(/^"(app\/page\/\w+\.py)"/gm)].map(([, path]) => path);
}

/** @param {string} path */
async function headOf(path) {
  try {
    const { status, headers } = await fetch(new URL(path, site), { method: "HEAD", cache: "no-store" });
    const length = headers.has("Content-Encoding") ? null : headers.get("Content-Length");
    return { status, type: headers.get("Content-Type") ?? "", size: length === null ? null : Number(length) };
  } catch {
    return { status: 0, type: "", size: null }; // the network is gone: that is another sentence
  }
}
