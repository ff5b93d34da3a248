// The first script: an ordinary one, because a module does not even start where the page is opened
// from a file. It says what is wrong where nothing can work, and loads the rest where it can.
(() => {
  const root = document.documentElement;

  /** @param {string} sentence what failed and what to do */
  function fail(sentence) {
    root.dataset.kernel = "failed";
    root.dataset.page = "failed";
    const status = document.getElementById("status-text");
    if (status) status.textContent = sentence;
  }

  const noted = (/** @type {string} */ english) => english; // as in language.js, which comes later
  const NO_WEBASSEMBLY = noted("This browser has no WebAssembly, which Python needs here. A current browser runs the figures.");

  root.dataset.kernel = "loading";
  const isSandboxed = origin === "null" && location.protocol !== "file:";
  const own = /** @type {HTMLScriptElement} */ (document.currentScript);
  if (isSandboxed && root.dataset.embed !== undefined && !own.crossOrigin) return; // embed/begin.js loads it anew
  if (location.protocol === "file:") {
    return fail("Browsers do not let a page opened from a file run Python. In its folder, run: make serve");
  }
  if (typeof WebAssembly !== "object" || typeof Worker !== "function") {
    import("./language.js").then(({ loaded, say }) => loaded.then(() => fail(say(NO_WEBASSEMBLY))), () => fail(NO_WEBASSEMBLY));
    return import("./embed/frame.js").then(({ beginFrame }) => beginFrame());
  }
  const status = document.getElementById("status-text");
  if (status) status.textContent = "Python is starting …"; // as in status.js, which comes later
  import("./page.js").catch(async (error) => {
    const missing = await import("./missing.js").catch(() => null);
    fail((await missing?.whatIsMissing(error.message)) ?? `The page could not start (${error.message}). Reload it to try again.`);
  });
})();
