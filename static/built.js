// What `make site` has made of this copy of the page. static/build/site.js writes it into the last line.

/**
 * The version is a digest of the whole site; `first` and `later` are the kernel's Python, `page`, `networks`
 * and `embedding` the page's, as one file each; `sizes` are those of what the kernel loads to start, in bytes.
 * @typedef {{ version: string, first: string, later: string, page: string, networks: string, embedding: string, sizes: Record<string, number> }} Built
 */

/** @type {Built | null} */
export const BUILT = null;
