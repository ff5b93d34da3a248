// The first thing in an embedded page, before anything is drawn: says that it is one, takes the theme from
// the address, and tells what is missing where no module can be loaded. An ordinary script for that reason.
(() => {
  const root = document.documentElement;
  const own = /** @type {HTMLScriptElement} */ (document.currentScript);
  const site = new URL("../", own.src);
  const query = new URLSearchParams(location.search);
  const section = query.get("embed");
  if (section === null) return;
  root.dataset.embed = section;

  // The theme. The colours for the dark stand in tokens.css, in a rule for who prefers it. Where the theme
  // is chosen, a second copy of the file is loaded in which that rule holds always, or never.

  /** @type {Record<string, string>} */
  const MEDIA = { light: "not all", dark: "all" };
  /** @type {HTMLLinkElement | undefined} */
  let copy;

  /** @param {unknown} theme */
  function setTheme(theme) {
    const name = theme === "light" || theme === "dark" ? theme : "";
    root.style.colorScheme = name;
    root.toggleAttribute("data-theme", Boolean(name));
    if (name && !copy) {
      copy = document.createElement("link");
      copy.rel = "stylesheet";
      copy.href = new URL("css/tokens.css", site).href;
      copy.crossOrigin = "anonymous"; // else a sandboxed page may not look into it
      copy.addEventListener("load", () => choose(root.style.colorScheme));
      document.head.append(copy);
    }
    choose(name);
  }

  /** @param {string} name */
  function choose(name) {
    if (!copy?.sheet) return;
    for (const rule of copy.sheet.cssRules) {
      if (rule instanceof CSSMediaRule) rule.media.mediaText = MEDIA[name] ?? "not all";
      const [first] = rule instanceof CSSMediaRule ? rule.cssRules : [rule];
      if (first instanceof CSSStyleRule) first.selectorText = ":root[data-theme]"; // goes before the original
    }
    // A hack: those who draw on a canvas look at the colours anew when a font has come.
    document.fonts.dispatchEvent(new Event("loadingdone"));
  }

  document.addEventListener("embed-theme", (event) => setTheme(/** @type {CustomEvent} */ (event).detail));
  setTheme(query.get("theme"));

  // A sandboxed page has an origin of its own, to which the server has to give its files on purpose.

  const NO_FILES =
    "This figure cannot run in a sandboxed frame here: the server that it comes from has to send the header " +
    "Access-Control-Allow-Origin: * with its files.";

  /** There, an ordinary script such as boot.js can load the rest only if the server has given it on purpose. */
  async function startInSandbox() {
    if (origin !== "null" || location.protocol === "file:") return;
    try {
      const { href } = new URL("boot.js", site);
      await fetch(href, { method: "HEAD" });
      document.head.append(Object.assign(document.createElement("script"), { crossOrigin: "anonymous", src: href }));
    } catch {
      root.dataset.page = root.dataset.kernel = "failed";
      const link = Object.assign(document.createElement("a"), { href: location.pathname, textContent: "Open the full page" });
      const line = Object.assign(document.createElement("p"), { className: "embed-problem", textContent: `${NO_FILES} ` });
      line.dataset.shown = "";
      line.append(link);
      document.body.prepend(line);
      parent.postMessage({ source: "micrograd-explainer", type: "error", sentence: NO_FILES }, "*");
    }
  }

  document.addEventListener("DOMContentLoaded", startInSandbox);
})();
