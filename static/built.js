// What `make site` has made of this copy of the page. static/build/site.js writes it into the last line.

/**
 * The version is a digest of the whole site; `first` and `later` are the kernel's Python, as one file each.
 * @typedef {{ version: string, first: string, later: string }} Built
 */

/** @type {Built | null} */
export const BUILT = null;
