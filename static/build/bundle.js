// Puts the kernel's Python into one file, each module as text and compiled: a start would spend a third of
// its time on fetching and compiling them one by one. As with the standard library, byte code has to come
// from the very interpreter that will read it.

import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import path from "node:path";
import { archived } from "./archive.js";

const COMPILE = `
from importlib._bootstrap_external import _code_to_hash_pyc
from importlib.util import cache_from_source, source_hash

def compiled(path, text):
    """Return where byte code lies, and the code, which is never checked against its source: they come together.

    Nobody asks for the docstrings of the kernel. Those of the engine are for learners, those of exercises are texts.
    """
    source = text.encode()
    level = 2 if path.startswith("app/kernel/") else 0
    code = compile(source, f"/site/{path}", "exec", dont_inherit=True, optimize=level)
    return cache_from_source(path), _code_to_hash_pyc(code, source_hash(source), checked=False)

compiled(path, text)
`;

/** Returns a tar for each list of paths. @param {string} root of the site @param {string[][]} lists */
export async function bundlePython(root, lists) {
  const folder = path.join(root, "static/vendor/pyodide");
  const { loadPyodide } = await import(pathToFileURL(path.join(folder, "pyodide.mjs")).href);
  const start = (/** @type {Record<string, string>} */ env) => loadPyodide({ indexURL: folder + path.sep, env });
  const [whole, withoutColumns] = [await start({}), await start({ PYTHONNODEBUGRANGES: "1" })];
  const compiled = (/** @type {string} */ file, /** @type {string} */ text) => {
    const pyodide = file.startsWith("micrograd/") ? whole : withoutColumns; // the engine is in learners' tracebacks
    pyodide.globals.set("path", file);
    pyodide.globals.set("text", text);
    const [cache, code] = pyodide.runPython(COMPILE);
    return /** @type {[string, Buffer]} */ ([cache, Buffer.from(code.toJs())]);
  };
  const bundled = async (/** @type {string[]} */ list) => {
    const read = async (/** @type {string} */ file) => /** @type {[string, Buffer]} */ ([file, await readFile(path.join(root, file))]);
    const sources = await Promise.all(list.map(read));
    return archived([...sources, ...sources.map(([file, text]) => compiled(file, text.toString()))]);
  };
  return Promise.all(lists.map(bundled));
}
