// Takes from the worker what would let code in a cell leave something behind for the next visit, or get a
// worker of its own, in which all this is there again. To reach other hosts, the page's policy forbids it.
// kept.js has its cache before.

const TAKEN = ["caches", "indexedDB", "storage", "Worker", "SharedWorker", "BroadcastChannel"];

export function confine() {
  for (const name of TAKEN) {
    for (let at of [globalThis, navigator]) for (; at; at = Object.getPrototypeOf(at)) delete (/** @type {any} */ (at)[name]);
  }
}
