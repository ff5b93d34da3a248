// Puts the kernel's Python into one file, each module as text and compiled: a start would spend a third of
// its time on fetching and compiling them one by one. As with the standard library, byte code has to come
// from the very interpreter that will read it.

import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import path from "node:path";

/** @typedef {{ path: string, text: string, cache: string, code: string }} Bundled `code` is in base64, for the file `cache` */

const COMPILE = `
import base64, json
from importlib._bootstrap_external import _code_to_hash_pyc
from importlib.util import cache_from_source, source_hash

def bundled(path, text):
    """Byte code that is never checked against its source: they come together."""
    source = text.encode()
    code = _code_to_hash_pyc(compile(source, f"/site/{path}", "exec", dont_inherit=True), source_hash(source), checked=False)
    cache = cache_from_source(path)
    return {"path": path, "text": text, "cache": cache, "code": base64.b64encode(code).decode()}

json.dumps(bundled(path, text))
`;

/**
 * Returns for each list of paths the JSON text of its bundle, an array of Bundled.
 * @param {string} root of the site @param {string[][]} lists
 */
export async function bundlePython(root, lists) {
  const folder = path.join(root, "static/vendor/pyodide");
  const { loadPyodide } = await import(pathToFileURL(path.join(folder, "pyodide.mjs")).href);
  const start = (/** @type {Record<string, string>} */ env) => loadPyodide({ indexURL: folder + path.sep, env });
  const [whole, withoutColumns] = [await start({}), await start({ PYTHONNODEBUGRANGES: "1" })];
  const bundled = async (/** @type {string} */ file) => {
    const pyodide = file.startsWith("micrograd/") ? whole : withoutColumns; // the engine is in learners' tracebacks
    const text = await readFile(path.join(root, file), "utf8");
    pyodide.globals.set("path", file);
    pyodide.globals.set("text", text);
    return JSON.parse(pyodide.runPython(COMPILE));
  };
  return Promise.all(lists.map(async (list) => JSON.stringify(await Promise.all(list.map(bundled)))));
}
