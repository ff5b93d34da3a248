// Writes the compressed twins that a server may send instead of a file: `.br` and `.gz` beside it.

import { writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const brotlied = promisify(brotliCompress);
const gzipped = promisify(gzip);

/** What is compressed already, or too small to gain by it. */
const AS_IT_IS = /\.(woff2|zip|png)$|^_headers$/;
const SMALL = 512;

/**
 * Returns what is sent of the whole site in each form, in bytes.
 * @param {string} folder @param {Map<string, Buffer>} files @param {boolean} isFast
 */
export async function writeTwins(folder, files, isFast) {
  const sizes = { plain: 0, gz: 0, br: 0 };
  const one = async (/** @type {[string, Buffer]} */ [name, content]) => {
    const [br, gz] = await twins(name, content, isFast);
    if (br !== content) await writeFile(path.join(folder, `${name}.br`), br);
    if (gz !== content) await writeFile(path.join(folder, `${name}.gz`), gz);
    sizes.plain += content.length;
    sizes.br += br.length;
    sizes.gz += gz.length;
  };
  await Promise.all([...files].map(one));
  return sizes;
}

/** @param {string} name @param {Buffer} content @param {boolean} isFast @returns {Promise<[Buffer, Buffer]>} */
async function twins(name, content, isFast) {
  if (AS_IT_IS.test(name) || content.length < SMALL) return [content, content];
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: isFast ? 4 : constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  return Promise.all([brotlied(content, { params }), gzipped(content, { level: isFast ? 4 : 9 })]);
}
