// Puts many files into one, a tar, that static/tar.js reads. The same files give the same bytes.

import { createTar } from "nanotar";

const ATTRS = { mode: "644", mtime: 0, user: "", group: "" };

/** @param {(readonly [string, Buffer])[]} files path and content */
export function archived(files) {
  return Buffer.from(createTar(files.map(([name, data]) => ({ name, data })), { attrs: ATTRS }));
}
