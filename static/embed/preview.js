// The figure as a snippet will show it: the element that stands in the snippet, made by embed.js itself.

import { say } from "../language.js";

const NAME = "micrograd-explainer";
const AT_ONCE = ["step", "theme", "height"]; // the element follows these without another start
const UNKNOWN = 600; // pixels, as long as no figure was there

export class Preview {
  /** @param {HTMLElement} place @param {() => void} changed when another height is known */
  constructor(place, changed) {
    this.place = place;
    this.changed = changed;
    this.isReady = false;
    this.known = UNKNOWN;
    /** @type {HTMLElement | undefined} */
    this.element = undefined;
    this.watching = new ResizeObserver(() => this.measure());
  }

  /** Shows the element of a snippet; where one is there already, it is changed if that is enough. @param {string} snippet */
  async show(snippet) {
    const template = document.createElement("template");
    template.innerHTML = snippet;
    const wanted = /** @type {HTMLElement} */ (template.content.querySelector(NAME));
    if (this.element && this.isReady && isNear(this.element, wanted)) return follow(this.element, wanted);
    this.begin(wanted);
    try {
      await import(new URL("embed.js", document.baseURI).href);
    } catch {
      this.place.textContent = say("The preview could not be loaded. The snippet is right all the same.");
    }
  }

  /** @param {HTMLElement} element */
  begin(element) {
    if (this.element && element.outerHTML === this.element.outerHTML) return;
    this.end();
    this.element = element;
    element.addEventListener("ready", () => {
      this.isReady = true;
      this.measure();
    });
    this.watching.observe(element);
    this.place.replaceChildren(element);
  }

  measure() {
    const { element } = this;
    if (!element || !this.isReady || element.hasAttribute("height")) return;
    const height = Math.ceil(element.offsetHeight / 10) * 10;
    if (height === this.known) return;
    this.known = height;
    this.changed();
  }

  /** In pixels, as high as the figure is here. */
  height() {
    return this.known;
  }

  /** Takes the element away, and with it its Python. */
  end() {
    this.watching.disconnect();
    this.element?.remove();
    this.element = undefined;
    this.isReady = false;
  }
}

/** Would a change of it need no new start? @param {Element} element @param {Element} wanted */
function isNear(element, wanted) {
  const names = new Set([...element.getAttributeNames(), ...wanted.getAttributeNames()]);
  const changed = [...names].filter((name) => element.getAttribute(name) !== wanted.getAttribute(name));
  return changed.every((name) => AT_ONCE.includes(name) && (name !== "step" || wanted.hasAttribute(name)));
}

/** @param {Element} element @param {Element} wanted */
function follow(element, wanted) {
  for (const name of AT_ONCE) {
    const text = wanted.getAttribute(name);
    if (text === null) element.removeAttribute(name);
    else element.setAttribute(name, text);
  }
}
