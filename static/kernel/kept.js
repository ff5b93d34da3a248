// The memory of a Python that has just imported the kernel, kept so that the next one need not start from
// nothing: in the browser's cache, and where there is none, by the page for the time of the visit. A built
// site brings one along, and keeps none.
//
// Pyodide can write its memory down and begin with it, but calls that private: whoever calls this here has
// to do without when anything fails.

const CACHE = "micrograd-explainer-kernel";
const store = /** @type {CacheStorage} */ (found()); // before confine.js takes it from the code of cells
const PLACE = new URL("kernel.memory", import.meta.url).href; // a name, and no file

/** What Python can begin with: `size` is that of the snapshot, in bytes. @typedef {{ key: string, size: number, bytes: () => Promise<ArrayBuffer> }} Kept */
/** @typedef {{ key: string, size: number, bytes: ArrayBuffer }} Memory */

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
  if (memory) return { ...memory, bytes: async () => memory.bytes };
  try {
    const response = await (await store.open(CACHE)).match(PLACE);
    if (!response) return null;
    const { headers } = response;
    return { key: headers.get("x-key") ?? "", size: Number(headers.get("x-size")), bytes: () => response.arrayBuffer() };
  } catch {
    return null;
  }
}

/** Keeps a memory in place of the one before; tells whether that could be done. @param {Memory} memory */
export async function keep({ key, size, bytes }) {
  try {
    await (await store.open(CACHE)).put(PLACE, new Response(bytes, { headers: { "x-key": key, "x-size": String(size) } }));
    return true;
  } catch {
    return false;
  }
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
