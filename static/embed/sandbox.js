// Lets the page start in a frame that may do less than others.

// A page in a sandboxed frame has an origin of its own, so that no address of this site is its own, and no
// worker may be made of one. It may make one of a text that imports the address; but of a text, Chromium
// makes ordinary workers only. What is sent to one before the import has come is kept for it. And Pyodide
// wants to be in a module: it knows one by the error of `importScripts`.
const IMPORT = `
  const early = [];
  const keep = (event) => early.push(event.data);
  addEventListener("message", keep);
  self.importScripts = () => { throw new TypeError("This is a module."); };
  import(ADDRESS).then(
    () => {
      removeEventListener("message", keep);
      for (const data of early) dispatchEvent(new MessageEvent("message", { data }));
    },
    (error) => setTimeout(() => { throw error; }),
  );`;

if (origin === "null" && location.protocol !== "file:") {
  globalThis.Worker = class extends Worker {
    /** @param {string | URL} url */
    constructor(url) {
      const text = IMPORT.replace("ADDRESS", () => JSON.stringify(String(url)));
      super(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
    }
  };
}

// PyScript opens a database that nothing here asks for. Where that is denied it would complain to nobody,
// and be taken for a page that could not start; so it gets one that never opens.
if (parent !== window && !mayOpen()) {
  Object.defineProperty(globalThis, "indexedDB", { configurable: true, value: { open: () => ({}) } });
}

function mayOpen() {
  try {
    const opening = indexedDB.open("micrograd-explainer-try");
    opening.onerror = (event) => event.preventDefault();
    opening.onsuccess = () => {
      opening.result.close();
      indexedDB.deleteDatabase("micrograd-explainer-try");
    };
    return true;
  } catch {
    return false;
  }
}
