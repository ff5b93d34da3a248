// Starts Python: with the memory of one that has imported the kernel, or else from nothing. The memory comes with a built
// site. Where it was not built, it is what the first start has left, and is kept for the next one.
//
// Pyodide calls its snapshots private: where anything fails with them, there is still the start from nothing.

import { loadPyodide, version } from "../vendor/pyodide/pyodide.mjs";
import { BUILT } from "../built.js";
import { digest, forget, kept } from "./kept.js";
import { packed, roomFor, unpack } from "./memory.js";
import { LIBRARY, get, importKernel, lackAll, readFirst, site } from "./supply.js";

/** @typedef {import("./kept.js").Kept} Kept */
/** @typedef {import("./kept.js").Memory} Memory */
/** @typedef {import("./downloads.js").Downloads} Downloads */

const vendor = new URL("static/vendor/pyodide/", site);
const [PROGRAM, LOCK] = ["pyodide.asm.wasm", "pyodide-lock.json"].map((name) => `static/vendor/pyodide/${name}`);

const OPTIONS = {
  indexURL: vendor.href,
  stdLibURL: new URL(LIBRARY, site).href,
  enableRunUntilComplete: false, // needs JSPI, which not every browser has
  env: { HOME: "/home/pyodide" },
};

/** In place of the library: a zip with nothing in it. */
const NOTHING = URL.createObjectURL(new Blob([Uint8Array.of(80, 75, 5, 6, ...Array(18).fill(0))]));

/**
 * Returns Python, with the kernel imported, and what of it could be kept for the next start.
 * @param {Downloads} downloads @param {Memory} [memory] what the page has kept of an earlier worker
 * @returns {Promise<{ pyodide: any, left?: Memory }>}
 */
export async function startPython(downloads, memory) {
  const found = BUILT ? shipped(downloads, BUILT) : await kept(memory);
  const pyodide = found && (await begun(downloads, found));
  return pyodide ? { pyodide } : fresh(downloads);
}

/** The memory that comes with the site. @param {Downloads} downloads @param {import("../built.js").Built} built @returns {Kept} */
function shipped(downloads, { memory, snapshot, sizes }) {
  expect(downloads, sizes, [memory, PROGRAM, LOCK]);
  return { key: "", size: snapshot, bytes: async () => (await get(memory)).arrayBuffer() };
}

/** Tells how much will come. @param {Downloads} downloads @param {Record<string, number>} sizes @param {string[]} paths */
function expect(downloads, sizes, paths) {
  downloads.sizes = Object.fromEntries(paths.map((path) => [new URL(path, site).href, sizes[path]]));
}

/** Begins with a memory, if it is of the same files; else returns null. @param {Downloads} downloads @param {Kept} found */
async function begun(downloads, found) {
  try {
    const name = BUILT ? found.key : nameOfOurs();
    const bytes = found.bytes();
    bytes.catch(() => {}); // it is looked at later
    const room = roomFor(found.size);
    const snapshot = new Uint8Array(room.buffer, 0, found.size); // Python refuses one of zeros
    downloads.onProgram = (program) =>
      bytes.then((memory) => unpack(memory, new Uint8Array(program), room, found.size)).catch(() => void snapshot.fill(0));
    const pyodide = await loadPyodide({ ...OPTIONS, stdLibURL: NOTHING, _loadSnapshot: snapshot });
    if (found.key !== (await name)) throw new Error("of other files");
    pyodide.runPython("random.seed()"); // or all would begin with the same numbers
    lackAll();
    return pyodide;
  } catch {
    await forget();
    return null;
  }
}

/** Begins with nothing, while our Python comes. @param {Downloads} downloads */
async function fresh(downloads) {
  if (BUILT) expect(downloads, BUILT.sizes, [BUILT.first, PROGRAM, LIBRARY, LOCK]);
  let program = new Uint8Array(0);
  downloads.onProgram = (memory) => void (BUILT ?? (program = new Uint8Array(memory.slice(0))));
  const [pyodide, files] = await Promise.all([loadPyodide({ ...OPTIONS, _makeSnapshot: !BUILT }), readFirst()]);
  importKernel(pyodide, files);
  return { pyodide, left: BUILT ? undefined : left(pyodide, program, await nameOfOurs()) };
}

/** @param {any} pyodide @param {Uint8Array<ArrayBuffer>} program the memory it began with @param {string} key @returns {Memory | undefined} */
function left(pyodide, program, key) {
  try {
    const snapshot = pyodide.makeMemorySnapshot();
    return { key, size: snapshot.length, bytes: packed(snapshot, program).buffer };
  } catch {
    return undefined; // then every start is one from nothing
  }
}

/** Names our Python, and Pyodide: others have another name. */
async function nameOfOurs() {
  return digest([version, ...(await readFirst()).flatMap(({ path, content }) => [path, String(content)])]);
}
