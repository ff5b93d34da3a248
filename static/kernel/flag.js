// A flag that the page raises to stop a call, and that the worker can see while Python keeps it busy.
//
// Memory that both share is there only on hosts that send certain headers. Everywhere else the flag is
// a `blob:` URL: as long as it can be fetched nobody has raised it, and to raise it is to revoke it.

/** @typedef {string | Int32Array} Sent what is sent to the worker */
/** @typedef {{ sent: Sent, raise: () => void, end: () => void }} Flag */

/** Makes a flag, on the page. Give it back with `end`. @returns {Flag} */
export function createFlag() {
  if (globalThis.crossOriginIsolated) {
    const shared = new Int32Array(new SharedArrayBuffer(4));
    return { sent: shared, raise: () => Atomics.store(shared, 0, 1), end: () => {} };
  }
  const url = URL.createObjectURL(new Blob(["on"], { type: "text/plain" })); // WebKit wants a type
  const revoke = () => URL.revokeObjectURL(url);
  return { sent: url, raise: revoke, end: revoke };
}

/** Tells whether a flag was raised, in the worker and at once. @param {Sent} sent */
export function isRaised(sent) {
  if (typeof sent !== "string") return Atomics.load(sent, 0) === 1;
  try {
    const request = new XMLHttpRequest();
    request.open("GET", sent, false);
    request.send();
    return request.status !== 200;
  } catch {
    return true;
  }
}
