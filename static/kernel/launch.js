// Makes the kernel's worker out of a text that imports it.
//
// A worker that is made of an address has the policy that the server sends with it, and a plain server sends
// none. One that is made of a text has the page's own Content-Security-Policy: so no code in a cell, a
// learner's or one that came with a link, can send anything to another host. worker.js insists on it.

import { BUILT } from "../built.js";
import { hold } from "./kept.js";

const ADDRESS = JSON.stringify(new URL("worker.js", import.meta.url).href);

// What is sent before the import has come is kept for it. `import` is called, because Firefox does not ask the service
// worker for what such a module names in its first lines: without a network, Python would not start there.
const BEGIN = `
  const early = [];
  const keep = (event) => early.push(event.data);
  addEventListener("message", keep);
  import(${ADDRESS}).then(
    () => {
      removeEventListener("message", keep);
      for (const data of early) dispatchEvent(new MessageEvent("message", { data }));
    },
    (error) => setTimeout(() => { throw error; }),
  );`;

// A page in a sandboxed frame has an origin of its own. There, Chromium makes ordinary workers only, of a text. And
// Pyodide wants to be in a module: it knows one by the error of `importScripts`.
const ORDINARY = 'self.importScripts = () => { throw new TypeError("This is a module."); };';

const isSandboxed = origin === "null";
const text = isSandboxed ? ORDINARY + BEGIN : BEGIN;
const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));

/** @returns {Worker} a new one each time */
export function launch() {
  if (!BUILT) hold();
  return new Worker(url, { type: isSandboxed ? "classic" : "module" });
}
