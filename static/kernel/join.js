// A place at the Python that the figures of a page share, which looks like a worker of one's own.
//
// embed.js makes a frame of this name beside the figures. What is sent to it goes to a page of our own
// origin only, whatever stands there; where nobody answers, a figure gets a Python of its own.

import { launch } from "./launch.js";

const NAME = "micrograd-explainer-kernel"; // as in embed.js
const AGAIN = 100; // milliseconds
const TOO_LONG = 8_000; // a slow computer may need so long to open the frame, and two Pythons would be worse
/** These may change what all use, and have a Python of their own. */
const ALONE = ["check"];

/** @returns {Window | undefined} the frame with the Python, where there is one */
function hub() {
  const section = document.documentElement.dataset.embed;
  if (parent === window || origin === "null" || section === undefined || ALONE.includes(section)) return;
  try {
    return /** @type {any} */ (parent)[NAME];
  } catch {
    return; // a page of another origin has no frame of this name
  }
}

/** @returns {Worker | Place} */
export function launchOrJoin() {
  const found = hub();
  return found ? new Place(found) : launch();
}

class Place {
  /** @type {((event: MessageEvent) => void) | null} */
  onmessage = null;
  /** @type {((event: ErrorEvent) => void) | null} */
  onerror = null;
  /** @type {any[]} */
  early = [];
  /** @type {Worker | MessagePort | undefined} */
  way = undefined;

  /** @param {Window} hub */
  constructor(hub) {
    this.since = performance.now();
    this.leaving = new AbortController();
    addEventListener("pagehide", () => this.#end("leave"), { signal: this.leaving.signal });
    this.ask(hub);
  }

  /** Asks for a place until somebody answers: the frame may come later than this one. @param {Window} hub */
  ask(hub) {
    if (this.way || this.leaving.signal.aborted) return;
    if (performance.now() - this.since > TOO_LONG) return this.#begin(launch());
    if (isOurs(hub)) this.#knock(hub);
    setTimeout(() => this.ask(hub), AGAIN);
  }

  /** @param {Window} hub */
  #knock(hub) {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => {
      if (data.type !== "joined") return;
      if (this.way || this.leaving.signal.aborted) port1.postMessage({ type: "leave" });
      else this.#begin(port1);
    };
    hub.postMessage({ type: "join" }, origin, [port2]);
  }

  /** @param {Worker | MessagePort} way */
  #begin(way) {
    this.way = way;
    way.onmessage = (/** @type {MessageEvent} */ event) => this.onmessage?.(event);
    if (way instanceof Worker) way.onerror = (event) => this.onerror?.(event);
    for (const message of this.early.splice(0)) way.postMessage(message);
  }

  /** @param {any} message */
  postMessage(message) {
    if (this.way) this.way.postMessage(message);
    else this.early.push(message);
  }

  /** Gives the place back; ends Python, if it is busy with a call from here. */
  terminate() {
    this.#end("end");
  }

  /** @param {"end" | "leave"} type */
  #end(type) {
    this.leaving.abort();
    this.onmessage = null;
    if (this.way instanceof Worker) this.way.terminate();
    else this.way?.postMessage({ type });
  }
}

/** Whether a page of our own is there by now, and not the empty one before it. @param {any} hub */
function isOurs(hub) {
  try {
    return hub.location.origin === origin && hub.credentialless === /** @type {any} */ (globalThis).credentialless;
  } catch {
    return false;
  }
}
