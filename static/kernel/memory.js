// The memory of a Python that has just imported the kernel, kept so that the next one need not start from
// nothing: in the browser's cache, and where there is none, by the page for the time of the visit.
//
// Pyodide can write its memory down and begin with it, but calls that private: whoever calls this here has
// to do without when anything fails.

const CACHE = "micrograd-explainer-kernel";
const PIECE = 64 * 1024; // bytes
const store = /** @type {CacheStorage} */ (found()); // before confine.js takes it from the code of cells
const PLACE = new URL("kernel.memory", import.meta.url).href; // a name, and no file

/** @typedef {{ key: string, bytes: () => Promise<ArrayBuffer> }} Kept */
/** @typedef {{ key: string, bytes: ArrayBuffer }} Memory */

function found() {
  try {
    return caches;
  } catch {
    return undefined; // in a sandboxed frame
  }
}

/** @type {Cache | undefined} */
let held;

/**
 * Has the cache open on the page. In a private window, WebKit forgets what a worker has kept together with the
 * worker, unless somebody else has it open: and after Stop had to end Python, it is needed.
 */
export async function hold() {
  try {
    held ??= await store.open(CACHE);
  } catch {
    // then there is no cache
  }
}

/** Returns what was kept, or null. @param {Memory} [memory] what the page has @returns {Promise<Kept | null>} */
export async function kept(memory) {
  if (memory) return { key: memory.key, bytes: async () => memory.bytes };
  try {
    const response = await (await store.open(CACHE)).match(PLACE);
    return response ? { key: response.headers.get("x-key") ?? "", bytes: () => whole(response) } : null;
  } catch {
    return null;
  }
}

/** Keeps a memory in place of the one before; tells whether that could be done. @param {Memory} memory */
export async function keep({ key, bytes }) {
  try {
    const pieces = piecesIn(bytes);
    const headers = { "x-key": key, "x-size": String(bytes.byteLength), "x-pieces": pieces.map(({ at }) => at).join(" ") };
    await (await store.open(CACHE)).put(PLACE, new Response(new Blob(pieces.map(({ piece }) => piece)), { headers }));
    return true;
  } catch {
    return false;
  }
}

/** Lists the pieces that are not all zeros: more than half of it are, and to read those takes time, too. @param {ArrayBuffer} bytes */
function piecesIn(bytes) {
  const starts = Array.from({ length: Math.ceil(bytes.byteLength / PIECE) }, (_, i) => i * PIECE);
  const pieces = starts.map((start, at) => ({ at, piece: new Uint8Array(bytes, start, Math.min(PIECE, bytes.byteLength - start)) }));
  return pieces.filter(({ piece }) => piece.some((byte) => byte !== 0));
}

/** Puts the pieces back where they were. @param {Response} response */
async function whole(response) {
  const kept = new Uint8Array(await response.arrayBuffer());
  const bytes = new Uint8Array(Number(response.headers.get("x-size")));
  const places = (response.headers.get("x-pieces") ?? "").split(" ").map(Number);
  const size = places.reduce((sum, at) => sum + bytes.subarray(at * PIECE, (at + 1) * PIECE).length, 0);
  if (size !== kept.length) throw new Error("not all of it was kept");
  places.forEach((at, i) => bytes.set(kept.subarray(i * PIECE, (i + 1) * PIECE), at * PIECE));
  return bytes.buffer;
}

/** Forgets what was kept: nothing can be begun with it. */
export async function forget() {
  try {
    await (await store.open(CACHE)).delete(PLACE);
  } catch {
    // then there is no cache
  }
}

/** A name for some texts: other texts have another one. It is 64-bit FNV-1a, in two halves, over UTF-16 units. @param {string[]} texts */
export function digest(texts) {
  let [high, low] = [0xcbf29ce4, 0x84222325];
  for (const text of texts) {
    for (let i = 0; i <= text.length; i++) {
      low ^= i < text.length ? text.charCodeAt(i) : 0x10000;
      const product = (low >>> 0) * 0x1b3; // of 0x100000001b3; the rest of it is a shift
      high = (Math.imul(high, 0x1b3) + (low << 8) + Math.floor(product / 2 ** 32)) | 0;
      low = product | 0;
    }
  }
  return [high, low].map((half) => (half >>> 0).toString(16).padStart(8, "0")).join("");
}
