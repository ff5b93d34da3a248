// A page in a sandboxed frame has an origin of its own, so that no address of this site is its own, and no
// worker may be made of one. It may make one of a text that imports the address.

if (origin === "null" && location.protocol !== "file:") {
  globalThis.Worker = class extends Worker {
    /** @param {string | URL} url @param {WorkerOptions} [options] */
    constructor(url, options) {
      const text = `import ${JSON.stringify(String(url))};`;
      super(URL.createObjectURL(new Blob([text], { type: "text/javascript" })), options);
    }
  };
}
