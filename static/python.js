// The modules of the page's Python, where the site was built: they come as a few files, what every page needs to
// be ready, and what comes when it is, or when somebody wants it. Where it was not, pyscript.toml lists them one by one.

import { BUILT } from "./built.js";
import { filesOf } from "./tar.js";

/** @typedef {import("./tar.js").File} File */
/** Emscripten's file system. @typedef {{ mkdirTree: (path: string) => void, writeFile: (path: string, content: File["content"]) => void }} Files */
/** What sections with networks need, and what only embedding does. @typedef {"networks" | "embedding"} Part */

/** @type {Files} */
let fs;
/** Parts that were asked for. @type {Map<Part, Promise<File[]>>} */
const asked = new Map();

const isFramed = document.documentElement.hasAttribute("data-embed");
if (isFramed) for (const part of /** @type {Part[]} */ (["networks", "embedding"])) ask(part).catch(() => {}); // it is told when it is brought

/** Writes the modules where Python finds them; in a frame all of them. @param {{ interpreter: any }} python PyScript's */
export async function unpack({ interpreter: { FS } }) {
  fs = FS;
  write(await read(BUILT?.page));
  if (isFramed) await Promise.all([bring("networks"), bring("embedding")]);
}

/** Brings a part; again, if it could not be had. @param {Part} part */
export async function bring(part) {
  write(await ask(part));
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

/** @param {File[]} files */
function write(files) {
  for (const { path, content } of files) {
    fs.mkdirTree(path.slice(0, path.lastIndexOf("/")));
    fs.writeFile(path, content);
  }
}
