// What stands in for the figures where Python cannot run, until it can: those with a trace in static/traces/
// step through it, the others say what they lack.

import { hide, isEmbedded, onWish, show as showInFrame } from "./embed/frame.js";
import { say } from "./language.js";
import { setMarkup } from "./markup.js";
import { plainly } from "./source.js";
import { Stepping, part } from "./stepping.js";

/**
 * A file that app/traces.py has written: sentences, what an address has to ask for to get this, and the
 * traces, each by the value of the choice for which it is.
 * @typedef {{ says: string, instead?: string, asked?: Asked, choice?: string,
 *   traces: Record<string, Shown>, hide: Record<string, string> }} File
 */
/** @typedef {{ code?: string, operation?: string, values: Record<string, string> }} Asked */
/**
 * A trace, the step at which it stands first, and what else there is to see, by parts of the figure.
 * @typedef {import("./stepping.js").Trace & { step: number, texts?: Record<string, string>,
 *   markup?: Record<string, string>, sources?: [part: string, name: string, text: string][] }} Shown
 */

const TRACED = ["operation", "graph", "backpropagation", "accidents"];
/** With these, a figure can be stepped; all others need Python. */
const STEPPED_BY = '[data-action], [data-part="scrubber"], [data-part="speed"]';
/** What the page's Python would be told of a drawing that is not its own. */
const TOUCHES = ["click", "focusin", "focusout", "pointerdown", "pointerleave", "pointerover"];

/** The figure of an embedded section, where it is not called like it. @type {Record<string, string>} */
const NAMES = { operations: "operation", networks: "network" };

const root = document.documentElement;
const query = new URLSearchParams(isEmbedded() ? location.search : "");

/** Stands in for the figures that are shown, until both Pythons are there. */
export function standIn() {
  const figures = isEmbedded() ? [embedded()] : [...document.querySelectorAll("main [data-figure]:not([hidden])")];
  const standing = figures.filter((figure) => figure !== null).map((figure) => new StandIn(/** @type {HTMLElement} */ (figure)));
  const look = () => {
    if (root.dataset.page !== "ready" || !["ready", "busy"].includes(root.dataset.kernel ?? "")) return;
    observer.disconnect();
    removeEventListener("kernel", look, true);
    for (const one of standing) one.end();
  };
  const observer = new MutationObserver(look);
  observer.observe(root, { attributeFilter: ["data-page"] });
  addEventListener("kernel", look, true); // before the page's Python hears of it, and reads the fields
}

/** The figure, or the cell, that the address asks for. */
function embedded() {
  const section = root.dataset.embed ?? "";
  if (section === "check") return document.getElementById("engine"); // its figure comes with the first check
  if (section !== "workbench") return document.querySelector(`main [data-figure="${NAMES[section] ?? section}"]`);
  const cell = /** @type {HTMLElement} */ (document.querySelector("#workbench [data-cell]"));
  const code = query.get("code");
  const plain = cell.querySelector(":scope > pre"); // until the page's Python has made an editor of it
  if (plain && code) plain.textContent = code;
  return cell;
}

class StandIn {
  /** @param {HTMLElement} figure */
  constructor(figure) {
    this.figure = figure;
    this.line = document.createElement("p");
    this.line.className = "stand-in";
    /** @type {(() => void)[]} */
    this.undo = [];
    this.isOver = false;
    /** @type {Stepping | undefined} */
    this.stepping = undefined;
    this.begin();
  }

  async begin() {
    const name = this.figure.dataset.figure ?? "";
    const file = TRACED.includes(name) ? await load(name) : undefined;
    if (this.isOver) return;
    if (isEmbedded()) this.showInFrame(file);
    if (file) this.show(file);
    else this.lack();
  }

  /** As app/page/embed.py does. @param {File | undefined} file */
  showInFrame(file) {
    showInFrame(this.figure);
    for (const name of (query.get("hide") ?? "").split(",")) {
      const selector = file?.hide[name.trim()];
      if (selector) hide(this.figure, selector);
    }
  }

  /** @param {string} sentence */
  say(sentence) {
    this.line.textContent = sentence;
    this.figure.prepend(this.line);
    this.undo.push(() => this.line.remove());
    if (isEmbedded()) return; // there, it stands right above
    this.line.append(" ", Object.assign(document.createElement("a"), { href: "#status", textContent: say("What is missing") }));
  }

  /** Shows nothing but a sentence, where there is nothing else to see. */
  lack() {
    const isCell = this.figure.hasAttribute("data-cell");
    this.say(isCell ? say("This cell needs Python, which does not run here.") : say("This figure needs Python, which does not run here."));
    this.mark(isCell ? "" : "data-lacking");
  }

  /** @param {string} attribute */
  mark(attribute) {
    if (!attribute) return;
    this.figure.setAttribute(attribute, "");
    this.undo.push(() => this.figure.removeAttribute(attribute));
  }

  // A figure with a trace.

  /** @param {File} file */
  show(file) {
    this.say(isOther(file.asked) ? (file.instead ?? file.says) : file.says);
    this.mark("data-standing-in");
    this.disable(file.choice);
    if (file.asked) this.fill(file.asked);
    if (this.figure.hasAttribute("data-first")) return; // static/first.js steps it, or the page's Python
    this.unhold();
    this.keepTouches();
    if (file.choice) this.choose(file, file.choice);
    else this.step(file.traces[""]);
    this.obey();
  }

  /** @param {string} [choice] the fields with which another trace is chosen */
  disable(choice) {
    const enabled = choice ? `${STEPPED_BY}, [data-choice="${choice}"]` : STEPPED_BY;
    for (const control of this.figure.querySelectorAll("button, input, select, textarea")) {
      const field = /** @type {HTMLInputElement} */ (control);
      if (field.disabled || field.matches(enabled)) continue;
      field.disabled = true;
      this.undo.push(() => (field.disabled = false));
    }
  }

  /** What the address holds back until it was read can't run anyway. */
  unhold() {
    const held = /** @type {HTMLElement | null} */ (this.figure.querySelector(".embed-held"));
    if (!held) return;
    held.hidden = true;
    this.figure.removeAttribute("data-held");
    this.undo.push(() => {
      held.hidden = false;
      this.figure.setAttribute("data-held", "");
    });
  }

  keepTouches() {
    const listening = new AbortController();
    /** @param {Event} event */
    const keep = (event) => /** @type {Element} */ (event.target).closest(".graph-frame") && event.stopPropagation();
    for (const type of TOUCHES) this.figure.addEventListener(type, keep, { capture: true, signal: listening.signal });
    this.undo.push(() => listening.abort());
  }

  /** Lets the fields have what is shown, until Python is there. @param {Asked} asked */
  fill({ code, operation, values }) {
    for (const control of this.figure.querySelectorAll("input, textarea")) {
      const field = /** @type {HTMLInputElement} */ (control);
      const { value, checked } = field;
      const { part: name, input, choice } = field.dataset;
      const shown = name === "code" ? code : values[input ?? ""];
      if (shown !== undefined) field.value = shown;
      if (choice === "operation") field.checked = value === operation;
      this.undo.push(() => {
        const isOther = input && field.value !== value;
        Object.assign(field, { value, checked });
        if (isOther) field.dispatchEvent(new Event("input", { bubbles: true })); // also to a page that came late
      });
    }
    const field = /** @type {HTMLTextAreaElement | null} */ (this.figure.querySelector("textarea"));
    if (!field || !code) return;
    const { rows } = field;
    field.rows = code.split("\n").length;
    this.undo.push(() => (field.rows = rows));
  }

  /** @param {File} file @param {string} name */
  choose(file, name) {
    const fields = /** @type {HTMLInputElement[]} */ ([...this.figure.querySelectorAll(`[data-choice="${name}"]`)]);
    const asked = fields.find(({ value }) => value === query.get(name));
    if (asked) asked.checked = true;
    const listening = new AbortController();
    for (const field of fields) field.addEventListener("change", () => this.step(file.traces[field.value]), { signal: listening.signal });
    this.undo.push(() => listening.abort());
    this.step(file.traces[fields.find(({ checked }) => checked)?.value ?? fields[0].value]);
  }

  /** @param {Shown} trace */
  step(trace) {
    const { figure } = this;
    const isFirst = !this.stepping;
    this.stepping?.end();
    for (const [name, text] of Object.entries(trace.texts ?? {})) {
      Object.assign(part(figure, name), { textContent: text, hidden: text === "" });
    }
    for (const [name, markup] of Object.entries(trace.markup ?? {})) setMarkup(part(figure, name), markup);
    if (isFirst) for (const source of trace.sources ?? []) this.showSource(...source);
    this.stepping = new Stepping(figure, trace);
    for (const picture of this.stepping.pictures) picture.makeFocusable();
    const wanted = isFirst && /^\d{1,6}$/.test(query.get("step") ?? "") ? Number(query.get("step")) : trace.step;
    this.stepping.jump(wanted);
    if (isFirst) this.undo.push(() => this.clear());
  }

  /** In a place of its own: that of the page's Python may have an editor already. @param {string} name @param {string} label @param {string} text */
  showSource(name, label, text) {
    const place = part(this.figure, name);
    const own = /** @type {HTMLElement} */ (place.cloneNode(false));
    own.append(plainly(label, text));
    place.replaceWith(own);
    this.undo.push(() => own.replaceWith(place));
  }

  /** The live figure begins with nothing. */
  clear() {
    const { figure, stepping } = this;
    stepping?.end();
    for (const { frame } of stepping?.pictures ?? []) frame.replaceChildren();
    for (const place of stepping?.narrations ?? []) place.replaceChildren();
    figure.dataset.step = figure.dataset.steps = "0";
  }

  /** Plays where the address wants it, and does what the page around a frame wishes. */
  obey() {
    if (!isEmbedded()) return;
    const stepping = /** @type {Stepping} */ (this.stepping);
    let until = 0;
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (["", "1", "true", "autoplay"].includes(query.get("autoplay") ?? "no") && !isStill) {
      stepping.play(query.has("step") ? stepping.step : 0, stepping.trace.steps);
    }
    onWish((wish, step) => {
      const now = this.stepping;
      if (!now || this.isOver) return;
      if (wish === "step") now.jump(step);
      if (wish === "pause" && now.until) {
        until = now.until;
        now.act("toggle");
      } else if (wish === "resume" && until) {
        if (!now.until) now.play(now.step, Math.min(until, now.trace.steps));
        until = 0;
      }
    });
  }

  end() {
    this.isOver = true;
    for (const undo of this.undo.splice(0).reverse()) undo();
  }
}

/** @param {string} name @returns {Promise<File | undefined>} */
async function load(name) {
  try {
    const response = await fetch(new URL(`traces/${name}.json`, import.meta.url));
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}

/** Does the address ask for something else than what there is? @param {Asked | undefined} asked */
function isOther(asked) {
  if (!asked) return false;
  const isDifferent = (/** @type {"code" | "operation"} */ key) =>
    query.get(key) && asked[key] !== undefined && query.get(key)?.replaceAll("\r\n", "\n").trim() !== asked[key];
  if (isDifferent("code") || isDifferent("operation")) return true;
  const pairs = (query.get("values") ?? "").split(",").map((pair) => pair.split("="));
  return pairs.some(([name, number]) => {
    const given = asked.values[name.trim()];
    return given !== undefined && number?.trim() && Number(number) !== Number(given);
  });
}
