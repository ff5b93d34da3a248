// Writes dist/, the page as it is put on a server: `node static/build/site.js [--out FOLDER] [--fast]`.
//
// The page, embed.js and the service worker keep their names. All else lies in one folder that is named
// after the digest of everything: it can be kept for ever, and no page ever gets half of another version.
// With --fast the compressed twins are larger than they could be.

import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { zipSync } from "fflate";
import { CELL_FILES, FIRST_FILES, LATER_FILES } from "../kernel/files.js";
import { bundlePython } from "./bundle.js";
import { headersFor } from "./headers.js";
import { makeMemory } from "./memory.js";
import { CONFIG, CONFIGURED, PARTS, pack } from "./pack.js";
import { writeTwins } from "./twins.js";

/** @typedef {import("./pack.js").Files} Files */

const root = fileURLToPath(new URL("../../", import.meta.url));

const FIRST = "static/kernel/first.tar";
const CELLS = "static/kernel/cells.tar";
const LATER = "static/kernel/later.tar";
const MEMORY = "static/kernel/memory.wasm";
/** What the kernel fetches. */
const PYODIDE = ["pyodide-lock.json", "pyodide.asm.wasm", "python_stdlib.zip", "python_stdlib_later.zip"];
const FETCHED = [MEMORY, FIRST, CELLS, LATER, ...PYODIDE.map((name) => `static/vendor/pyodide/${name}`)];
const WORKER = "static/offline/worker.js"; // it has to lie beside the page that it serves
const FOLDERS = ["app/page", "static"];
const LEFT_OUT = /^static\/(build\/|jsconfig\.json|built\.js)|\.d\.m?ts$|__pycache__/;

/** Reads what pages ask for under names that do not last. @returns {Promise<{ files: Files, snapshot: number }>} and the size of the snapshot */
async function readLasting() {
  const names = (await Promise.all(FOLDERS.map(listed))).flat().filter((name) => !LEFT_OUT.test(name) && name !== WORKER);
  const files = await readAll([CONFIG, ...names]);
  const [first, cells, later] = await bundlePython(root, [FIRST_FILES, CELL_FILES, LATER_FILES]);
  const { memory, size } = await makeMemory(root, first);
  return { files: files.set(FIRST, first).set(CELLS, cells).set(LATER, later).set(MEMORY, memory), snapshot: size };
}

/** @param {string} folder */
async function listed(folder) {
  const entries = await readdir(path.join(root, folder), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"));
}

/** @param {string[]} names @returns {Promise<Files>} */
async function readAll(names) {
  const read = async (/** @type {string} */ name) => /** @type {const} */ ([name, await readFile(path.join(root, name))]);
  return new Map(await Promise.all([...names].sort().map(read)));
}

/** @param {Files[]} all @returns {string} of the names and contents */
function digest(...all) {
  const hash = createHash("sha256");
  for (const files of all) for (const [name, content] of files) hash.update(`${name}\0${content.length}\0`).update(content);
  return hash.digest("hex").slice(0, 12);
}

/** Puts a line of a file that the build has to fill in. @param {Buffer} file @param {string} line @param {object} value */
function filled(file, line, value) {
  const text = file.toString();
  const [before, after] = [text.indexOf(line), text.lastIndexOf(line)];
  if (before < 0 || before !== after) throw new Error(`a file no longer has, once: ${line}`);
  return Buffer.from(text.replace(line, () => `${line.slice(0, line.indexOf("=") + 2)}${JSON.stringify(value)};`));
}

/** The page asks for everything in the folder. @param {Buffer} page @param {string} folder */
function moved(page, folder) {
  return Buffer.from(page.toString().replace(/(\s(?:href|src|config)=")((?:static|app)\/|pyscript\.json)/g, `$1${folder}/$2`));
}

/** All that the configuration names is found from where it lies, but for the interpreter. @param {Buffer} config @param {string} folder */
function pointed(config, folder) {
  return Buffer.from(config.toString().replace(/("interpreter":")/, `$1${folder}/`));
}

/** @returns {Promise<{ version: string, files: Files }>} the whole site */
async function compose() {
  const { files: lasting, snapshot } = await readLasting();
  const named = await readAll(["LICENSE", "embed.js", "index.html", "kernel.html"]);
  named.set("index.html", await pack(root, lasting, /** @type {Buffer} */ (named.get("index.html"))));
  const [built, worker] = (await readAll(["static/built.js", WORKER])).values();
  const version = digest(lasting, named, new Map([["built.js", built], ["worker.js", worker]]));
  const folder = `v-${version}`;
  const sizes = Object.fromEntries(FETCHED.map((name) => [name, /** @type {Buffer} */ (lasting.get(name)).length]));
  lasting.set("static/built.js", filled(built, "export const BUILT = null;", { version, first: FIRST, cells: CELLS, later: LATER, memory: MEMORY, snapshot, ...PARTS, sizes }));
  lasting.set(CONFIGURED, pointed(/** @type {Buffer} */ (lasting.get(CONFIGURED)), folder));
  const files = new Map([...lasting].map(([name, content]) => [`${folder}/${name}`, content]));
  for (const [name, content] of named) files.set(name, content);
  for (const name of ["index.html", "kernel.html"]) files.set(name, moved(/** @type {Buffer} */ (named.get(name)), folder));
  const kept = [...files.keys()].filter((name) => !/LICENSE|NOTICES|index\.html$/.test(name)).sort();
  files.set("worker.js", filled(worker, 'const SITE = { folder: "", files: [""] };', { folder, files: kept }));
  files.set("_headers", Buffer.from(headersFor(folder, files.get("index.html")?.toString() ?? "")));
  return { version, files };
}

/** @param {string} out @param {Files} files */
async function write(out, files) {
  for (const [name, content] of files) {
    await mkdir(path.dirname(path.join(out, name)), { recursive: true });
    await writeFile(path.join(out, name), content);
  }
}

/** The same bytes for the same files, whenever it is made. @param {Files} files */
function zipped(files) {
  const names = [...files.keys()].sort();
  const entries = names.map((name) => [`micrograd-explainer/${name}`, /** @type {Buffer} */ (files.get(name))]);
  return zipSync(Object.fromEntries(entries), { mtime: new Date(2020, 0, 1), level: 9 });
}

const { values } = parseArgs({ options: { out: { type: "string", default: path.join(root, "dist") }, fast: { type: "boolean", default: false } } });
const out = path.resolve(values.out);
const { version, files } = await compose();
const making = `${out}.making`;
await rm(making, { recursive: true, force: true });
await write(making, files);
const sizes = await writeTwins(making, files, values.fast);
await rm(out, { recursive: true, force: true });
await rename(making, out);
await writeFile(`${out}.zip`, zipped(files));
const megabytes = (/** @type {number} */ bytes) => (bytes / 1e6).toFixed(2);
console.log(`version ${version}: ${files.size} files, ${megabytes(sizes.plain)} MB, ${megabytes(sizes.gz)} MB with gzip, ${megabytes(sizes.br)} MB with brotli`);
