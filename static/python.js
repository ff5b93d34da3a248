// The modules of the page's Python, where the site was built: they come as a few files, what every page needs to
// be ready, and what comes when it is, or when somebody wants it. Where it was not, pyscript.toml lists them one by one.

import { BUILT } from "./built.js";
import { filesOf, writeFiles } from "./tar.js";

/** @typedef {import("./tar.js").File} File */
/** @typedef {import("./tar.js").Files} Files */
/** What sections with networks need, and what only embedding does. @typedef {"networks" | "embedding"} Part */

/** @type {Files} */
let fs;
/** Parts that were asked for. @type {Map<Part, Promise<File[]>>} */
const asked = new Map();

const { embed } = document.documentElement.dataset; // the section that stands alone in a frame, if one does
/** What that needs at once. @type {Part[]} */
const early = embed === undefined ? [] : ["embedding"];
if (embed === "networks" || embed === "training") early.push("networks");
early.forEach(ask);

/** Writes what is needed at once where Python finds it. @param {{ interpreter: any }} python PyScript's */
export async function unpack({ interpreter: { FS } }) {
  fs = FS;
  writeFiles(fs, await read(BUILT?.page));
  await Promise.all(early.map(bring));
}

/** Brings a part; again, if it could not be had. @param {Part} part */
export async function bring(part) {
  writeFiles(fs, await ask(part));
}

/** @param {Part} part */
function ask(part) {
  const files = asked.get(part) ?? read(BUILT?.[part]);
  asked.set(part, files);
  files.catch(() => asked.delete(part));
  return files;
}

/** @param {string} [path] from the site's root @returns {Promise<File[]>} */
async function read(path) {
  if (!path) return [];
  const response = await fetch(new URL(`../${path}`, import.meta.url));
  if (!response.ok) throw new Error(`${path}: ${response.status} ${response.statusText}`);
  return filesOf(await response.arrayBuffer());
}
