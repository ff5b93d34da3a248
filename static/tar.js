// Files that come together in one, a tar, as `make site` puts them there: asking for one by one takes longer.

const BLOCK = 512; // bytes; a file begins with a new one, behind a block that tells of it

/** @typedef {{ path: string, content: string | Uint8Array }} File */
/** Emscripten's file system. @typedef {{ mkdirTree: (path: string) => void, writeFile: (path: string, content: File["content"]) => void }} Files */

/** Lists the files of an archive; what is in them stays where it is. @param {ArrayBuffer} tar @returns {File[]} */
export function filesOf(tar) {
  const bytes = new Uint8Array(tar);
  const text = (/** @type {number} */ from, /** @type {number} */ most) =>
    String.fromCharCode(...bytes.subarray(from, from + most)).split("\0")[0];
  const files = [];
  for (let at = 0; bytes[at]; ) {
    const size = parseInt(text(at + 124, 12), 8);
    const start = at + BLOCK;
    files.push({ path: text(at, 100), content: bytes.subarray(start, start + size) });
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}

/** Writes files where a Python finds them. @param {Files} fs @param {File[]} files @param {string} [folder] ends with a slash */
export function writeFiles(fs, files, folder = "") {
  for (const { path, content } of files) {
    fs.mkdirTree(folder + path.slice(0, path.lastIndexOf("/")));
    fs.writeFile(folder + path, content);
  }
}
