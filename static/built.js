// What `make site` has made of this copy of the page. static/build/site.js writes it into the last line.

/**
 * The version is a digest of the whole site; `first`, `cells` and `later` are the kernel's Python, `page`, `networks`
 * and `embedding` the page's, as one file each; `memory` is that of a Python that has just
 * imported the kernel, and `snapshot` the size of what Pyodide makes of that; `sizes` are those of what the kernel
 * fetches, in bytes.
 * @typedef {{ version: string, first: string, cells: string, later: string, memory: string, snapshot: number, page: string, networks: string, embedding: string, sizes: Record<string, number> }} Built
 */

/** @type {Built | null} */
export const BUILT = null;
