// The modules of the page's Python, where the site was built: they come as two files, what every page needs and
// what only embedding does. Where it was not, pyscript.toml lists them one by one.

import { BUILT } from "./built.js";

/** Emscripten's file system. @typedef {{ mkdirTree: (path: string) => void, writeFile: (path: string, text: string) => void }} Files */

/** @type {Files} */
let fs;
/** What only embedding needs, once somebody wants it: in a frame at once. @type {Promise<Source[]> | undefined} */
let wanted = document.documentElement.hasAttribute("data-embed") ? read(BUILT?.embedding) : undefined;
/** @type {Promise<void> | undefined} */
let embedding;

/** Writes the modules where Python finds them. @param {{ interpreter: any }} python PyScript's */
export async function unpack({ interpreter: { FS } }) {
  fs = FS;
  write(await read(BUILT?.page));
  if (wanted) await bringEmbedding();
}

/** Brings what the dialog needs that offers to embed a figure; again, if it could not be had. */
export function bringEmbedding() {
  embedding ??= (wanted ?? read(BUILT?.embedding)).then(write).catch((error) => {
    wanted = embedding = undefined;
    throw error;
  });
  return embedding;
}

/** @typedef {{ path: string, text: string }} Source */

/** @param {string} [path] from the site's root @returns {Promise<Source[]>} */
async function read(path) {
  if (!path) return [];
  const response = await fetch(new URL(`../${path}`, import.meta.url));
  if (!response.ok) throw new Error(`${path}: ${response.status} ${response.statusText}`);
  return response.json();
}

/** @param {Source[]} sources */
function write(sources) {
  for (const { path, text } of sources) {
    fs.mkdirTree(path.slice(0, path.lastIndexOf("/")));
    fs.writeFile(path, text);
  }
}
