// Finds out which file a start lacks, or cannot use, once it has gone wrong, and says what to do about it.

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
  "static/vendor/pyodide/python_stdlib_later.zip",
  "static/vendor/pyscript.js",
  "app/page/main.py",
];

/** Returns a sentence about the first file that is not there or has a wrong type, or undefined when all are well. */
export async function whatIsMissing() {
  if ((await headOf(LAST)).status === 404) {
    return "This copy of the page has not been built yet. In its folder, run: make serve";
  }
  const ours = BUILT ? [BUILT.first, BUILT.later, BUILT.page] : [...KERNEL_FILES, ...LATER_FILES];
  const paths = [...FILES, ...ours, ...(await pageFiles())];
  const heads = await Promise.all(paths.map(headOf)); // side by side: they are many
  for (const [i, path] of paths.entries()) {
    const { status, type } = heads[i];
    if (status === 404) {
      const mend = BUILT ? "Copy the whole site there again, and reload." : "Build the page again with: make build";
      return `The file ${path} is missing on the server. ${mend}`;
    }
    if (status === 200 && /\.m?js$/.test(path) && !/javascript/.test(type)) {
      return `The server sends ${path} as ${type || "nothing in particular"}, and not as JavaScript, so that browsers do not run it: docs/hosting.md tells what to set up.`;
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
async function headOf(path) {
  try {
    const { status, headers } = await fetch(new URL(path, site), { method: "HEAD", cache: "no-store" });
    return { status, type: headers.get("Content-Type") ?? "" };
  } catch {
    return { status: 0, type: "" }; // the network is gone: that is another sentence
  }
}
