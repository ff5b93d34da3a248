// <micrograd-explainer section="backpropagation" code="L = (a*b + c) * f"></micrograd-explainer>
//
// One figure of the page that this file lies beside, in a frame that is as high as what is in it.
// docs/embedding.md lists the attributes, the events, and what goes between the two pages.

const SOURCE = "micrograd-explainer";
const KERNEL = "micrograd-explainer-kernel"; // as in static/kernel/join.js
const PAGE = new URL("index.html", import.meta.url);
const SHARED = new URL("kernel.html", import.meta.url);

/** These go into the address of the frame. */
const KEYS = ["code", "values", "step", "operation", "accident", "hide", "autoplay", "lang"];
const FRAME = ["sandbox", "credentialless", "label"];
const OTHERS = ["section", "settings", "theme", "height"];

const AT_ONCE = 2; // so many figures start at a time: each starts a Python of its own
const TOO_LONG = 20_000; // milliseconds, after which the next one may start all the same
const NEAR = "50% 0px";

/** @type {MicrogradExplainer[]} */
const waiting = [];
/** @type {Set<MicrogradExplainer>} */
const starting = new Set();

/** Lets those start that have waited longest. */
function startNext() {
  while (starting.size < AT_ONCE && waiting.length) {
    const next = /** @type {MicrogradExplainer} */ (waiting.shift());
    starting.add(next);
    next.start();
  }
}

/** The elements that have a frame. @type {Set<MicrogradExplainer>} */
const framed = new Set();
/** @type {HTMLIFrameElement | undefined} */
let kernel;

/** Has the one Python that all figures share as long as there is one of them. */
function shareKernel() {
  if (!framed.size) {
    kernel?.remove();
    kernel = undefined;
  } else if (!kernel?.isConnected) {
    kernel = Object.assign(document.createElement("iframe"), { name: KERNEL, hidden: true, src: SHARED.href });
    kernel.title = "Python for the figures of this page";
    kernel.style.display = "none";
    if (crossOriginIsolated) kernel.setAttribute("credentialless", "");
    document.body.append(kernel); // where the figures find it by its name
  }
}

const STYLE = `
  :host { display: block; margin: 1em 0 }
  :host([hidden]) { display: none }
  .frame { position: relative; min-height: 6rem; overflow: hidden;
    border: 1px solid color-mix(in srgb, currentColor 20%, transparent); border-radius: 12px }
  iframe { display: block; width: 100%; border: 0 }
  iframe.starting { opacity: 0 }
  p { position: absolute; inset: 0 0 auto; margin: 0; padding: 1rem; font: 0.9rem/1.5 system-ui, sans-serif }
  p:empty { display: none }
  .told iframe { opacity: 1 }
`;

export class MicrogradExplainer extends HTMLElement {
  static observedAttributes = [...KEYS, ...FRAME, ...OTHERS];

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.innerHTML = `<style>${STYLE}</style><div class="frame"><p role="status"></p></div>`;
    this.place = /** @type {HTMLElement} */ (root.querySelector("div"));
    this.says = /** @type {HTMLElement} */ (root.querySelector("p"));
    /** @type {HTMLIFrameElement | undefined} */
    this.frame = undefined;
    /** @type {IntersectionObserver | undefined} */
    this.near = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.heard = 0; // how high the figure is, in pixels
    this.lastTheme = "";
    /** What is told before the frame listens. @type {Record<string, unknown>[] | undefined} */
    this.early = [];
    this.hear = this.hear.bind(this);
    this.follow = this.follow.bind(this);
  }

  connectedCallback() {
    addEventListener("message", this.hear);
    onTheme.add(this.follow);
    this.wait();
  }

  disconnectedCallback() {
    removeEventListener("message", this.hear);
    onTheme.delete(this.follow);
    this.end();
  }

  /** @param {string} name @param {string | null} before @param {string | null} now */
  attributeChangedCallback(name, before, now) {
    if (before === now || !this.isConnected) return;
    if (name === "theme") this.follow();
    else if (name === "height") this.size();
    else if (name === "step" && this.frame && /^\d+$/.test(now ?? "")) this.tell({ type: "step", step: Number(now) });
    else this.wait();
  }

  pause() {
    this.tell({ type: "pause" });
  }

  resume() {
    this.tell({ type: "resume" });
  }

  // Starting.

  /** Waits, from the beginning, until it is near what can be seen. */
  wait() {
    this.end();
    this.say("Loading the figure …");
    this.size(0);
    this.near = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        this.near?.disconnect();
        waiting.push(this);
        startNext();
      },
      { rootMargin: NEAR },
    );
    this.near.observe(this);
  }

  start() {
    const frame = document.createElement("iframe");
    const sandbox = this.getAttribute("sandbox");
    frame.title = this.getAttribute("label") ?? `Interactive figure: ${this.getAttribute("section") ?? "graph"}`;
    frame.className = "starting";
    frame.allow = "clipboard-write";
    if (sandbox !== null) frame.setAttribute("sandbox", sandbox);
    if (this.hasAttribute("credentialless") || crossOriginIsolated) frame.setAttribute("credentialless", "");
    frame.src = this.address();
    this.frame = frame;
    if (!this.isSandboxed) framed.add(this);
    shareKernel();
    this.place.append(frame);
    this.size();
    this.timer = setTimeout(() => this.giveUp(), TOO_LONG);
  }

  /** Then it has an origin of its own, and shares nothing. */
  get isSandboxed() {
    const sandbox = this.getAttribute("sandbox");
    return sandbox !== null && !/\ballow-same-origin\b/.test(sandbox);
  }

  address() {
    const url = new URL(PAGE);
    url.searchParams.set("embed", this.getAttribute("section") ?? "graph");
    for (const key of KEYS) {
      const text = this.getAttribute(key);
      if (text !== null) url.searchParams.set(key, text);
    }
    this.lastTheme = this.theme();
    url.searchParams.set("theme", this.lastTheme);
    url.hash = this.getAttribute("settings") ?? "";
    return url.href;
  }

  /** It takes longer than it should; it may still come. */
  giveUp() {
    if (this.says.textContent) {
      this.say("This figure takes long to start. If it does not come: ", true);
    }
    this.hasStarted();
  }

  hasStarted() {
    clearTimeout(this.timer);
    if (starting.delete(this)) startNext();
  }

  /** Takes the frame away, with the Python in it. */
  end() {
    this.near?.disconnect();
    const place = waiting.indexOf(this);
    if (place >= 0) waiting.splice(place, 1);
    this.frame?.remove();
    this.frame = undefined;
    this.early = [];
    framed.delete(this);
    setTimeout(shareKernel); // unless it gets another frame now
    this.place.classList.remove("told");
    this.hasStarted();
  }

  // What is said here, until the frame says it itself.

  /** @param {string} text @param {boolean} [hasLink] */
  say(text, hasLink) {
    this.says.textContent = text;
    if (!hasLink) return;
    const link = Object.assign(document.createElement("a"), { href: PAGE.href, textContent: "open the full page" });
    this.says.append(link);
  }

  /** @param {number} [height] what the figure needs; it was told before where it is not given */
  size(height = this.heard) {
    this.heard = height;
    const fixed = Number(this.getAttribute("height"));
    const wanted = fixed > 0 ? fixed : height;
    if (this.frame && wanted) this.frame.style.height = `${wanted}px`;
    this.place.style.minHeight = fixed > 0 ? `${fixed}px` : "";
  }

  // To the frame and back.

  /** @param {Record<string, unknown>} message */
  tell(message) {
    if (this.early) this.early.push(message);
    else this.frame?.contentWindow?.postMessage({ source: SOURCE, ...message }, "*"); // a sandboxed one has no origin
  }

  /** @param {MessageEvent} event */
  hear({ source, origin, data }) {
    if (!this.frame || source !== this.frame.contentWindow) return;
    if (origin !== (this.isSandboxed ? "null" : PAGE.origin)) return; // it shows another page by now
    if (typeof data !== "object" || data?.source !== SOURCE) return;
    const { early = [] } = this;
    this.early = undefined; // who speaks, listens
    for (const message of early) this.tell(message);
    const { type, height, step, steps, answer, sentence, section } = data;
    if (type === "height" && Number.isFinite(height) && height > 0) this.size(Math.min(height, 20_000));
    if (type === "state" && answer) this.dispatch("answer", { right: answer.right, says: answer.says, step, steps });
    else if (type === "state") this.dispatch("step", { step, steps });
    if (type === "ready") this.dispatch("ready", { section });
    if (type === "error") this.dispatch("error", { sentence });
    if (type !== "ready" && type !== "error") return;
    this.say("");
    this.place.classList.add("told");
    this.hasStarted();
  }

  /** @param {string} name @param {object} detail */
  dispatch(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  // Light and dark.

  /** The theme that was asked for, or that the page around has. */
  theme() {
    const asked = this.getAttribute("theme");
    return asked ?? (isDark(this) ? "dark" : "light");
  }

  follow() {
    const theme = this.theme();
    if (theme !== this.lastTheme) this.tell({ type: "theme", theme });
    this.lastTheme = theme;
  }
}

const prefersDark = matchMedia("(prefers-color-scheme: dark)");
/** @type {Set<() => void>} */
const onTheme = new Set();

/** @param {Element} element */
function isDark(element) {
  const schemes = getComputedStyle(element).colorScheme.split(" ");
  if (schemes.includes("dark")) return schemes.includes("light") ? prefersDark.matches : true;
  return schemes.includes("light") ? false : hasDarkBackground(element);
}

/** For pages that are dark and do not say so. @param {Element | null} element */
function hasDarkBackground(element) {
  for (let at = element; at; at = at.parentElement ?? /** @type {ShadowRoot} */ (at.getRootNode()).host ?? null) {
    const [r, g, b, a = 1] = getComputedStyle(at).backgroundColor.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
    if (a > 0.5) return 0.299 * r + 0.587 * g + 0.114 * b < 128;
  }
  return false;
}

const followAll = () => onTheme.forEach((follow) => follow());
prefersDark.addEventListener("change", followAll);
// Pages switch by an attribute, or a class, of one of these two.
const watcher = new MutationObserver(followAll);
for (const element of [document.documentElement, document.body]) {
  if (element) watcher.observe(element, { attributes: true });
}

if (!customElements.get("micrograd-explainer")) customElements.define("micrograd-explainer", MicrogradExplainer);
