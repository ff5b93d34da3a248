// The drawing of a network whose numbers come and go with the steps: cards, and wires by sign and size. Beside
// it a table has the same parameters, one in each row.

import { Picture } from "../picture.js";
import { createNetworkView } from "../training/network.js";
import { Table } from "./table.js";
import { beside } from "./walk.js";

/** @typedef {{ names: string[], data: string[], grad: string[], when: number[] }} Parameters of each: its texts, and the step of its gradient */
/** @typedef {{ graph?: any, drawn: Parameters, arrays: { weights: Float64Array, gradients: Float64Array } }} Pictures */

const PLACES = "[data-parameter], [data-neuron], [data-feature], [data-loss]";
const NAMED = ".feature, .neuron, .loss, [data-parameter]";

export class NetworkPicture extends Picture {
  /** @param {HTMLElement} frame @param {HTMLElement} body of the table */
  constructor(frame, body) {
    super(frame);
    this.board = /** @type {HTMLElement} */ (frame.parentElement);
    this.view = createNetworkView(document.createElement("div"));
    this.table = new Table(body);
    this.which = /** @type {"weights" | "gradients"} */ ("weights");
    this.step = 0;
    this.seen = -1; // the step that was scrolled to
    /** What each card, wire and bias is called, without its numbers. @type {Map<Element, string>} */
    this.names = new Map();
    /** @type {number | null} */
    this.followed = null;
    /** @type {Parameters} */
    this.parameters = { names: [], data: [], grad: [], when: [] };
    /** @type {Float64Array} */
    this.weights = new Float64Array(0);
    /** @type {Float64Array} */
    this.gradients = new Float64Array(0);
  }

  /** Takes over the numbers of the parameters; `show` comes next. @param {Pictures} pictures */
  take({ drawn, arrays }) {
    this.parameters = drawn;
    this.weights = arrays.weights;
    this.gradients = arrays.gradients;
  }

  /** @param {import("../picture.js").Drawing} drawing */
  show(drawing) {
    super.show(drawing);
    if (drawing.svg === undefined) return;
    const svg = /** @type {SVGSVGElement} */ (this.frame.querySelector("svg"));
    svg.style.width = `${svg.viewBox.baseVal.width}px`;
    this.board.style.setProperty("--board", svg.style.width);
    this.names = new Map([...svg.querySelectorAll(NAMED)].map((place) => [place, place.getAttribute("aria-label") ?? ""]));
    this.seen = -1;
    this.view.svg = svg;
    this.view.find(svg);
    for (const neuron of svg.querySelectorAll(".neuron")) neuron.setAttribute("tabindex", "-1");
    svg.querySelector(".neuron")?.setAttribute("tabindex", "0");
  }

  /** @param {number} step */
  showNumbers(step) {
    super.showNumbers(step);
    this.step = step;
    this.paint();
    this.table.show(this.parameters, step);
    for (const [place, name] of this.names) place.setAttribute("aria-label", name + this.said(place));
    this.mark(this.followed);
  }

  /** What a card, a wire or a bias shows at this step, after its name. @param {Element} place */
  said(place) {
    if (!place.hasAttribute("data-parameter")) return `: ${words(place)}`;
    const p = Number(place.getAttribute("data-parameter"));
    const { data, grad, when } = this.parameters;
    return when[p] <= this.step ? `, ${data[p]} grad ${grad[p]}` : `, ${data[p]}`;
  }

  /** Shows weights, or gradients. @param {"weights" | "gradients"} which */
  showOnEdges(which) {
    this.which = which;
    this.paint();
  }

  paint() {
    const { when } = this.parameters;
    const known = this.gradients.map((gradient, p) => (when[p] <= this.step ? gradient : 0));
    this.view.paintWeights(this.weights, known, this.which);
  }

  /** The number of a parameter, as it is typed. @param {number} parameter */
  number(parameter) {
    return String(this.weights[parameter]);
  }

  count() {
    return this.parameters.names.length;
  }

  /** @param {number} parameter */
  name(parameter) {
    return this.parameters.names[parameter];
  }

  // Places.

  /** The place that an element belongs to, as the kernel calls it; "" for none. @param {Element} element */
  place(element) {
    const place = element.closest(PLACES);
    if (!place || !this.frame.contains(place)) return "";
    const kind = ["parameter", "neuron", "feature", "loss"].find((kind) => place.hasAttribute(`data-${kind}`));
    return kind === "loss" ? kind : `${kind} ${place.getAttribute(`data-${kind}`)}`;
  }

  /** @param {string} place @returns {HTMLElement | SVGElement | null} */
  at(place) {
    const [kind, which] = place.split(" ");
    return this.frame.querySelector(`[data-${kind}="${which ?? "loss"}"]`);
  }

  /** Gives the focus to what lies beside an element, if there is anything. @param {Element} element @param {string} key an arrow */
  go(element, key) {
    const from = element.closest(PLACES);
    const to = from && beside(this.frame, from, key);
    if (to) this.focus(to);
  }

  /** @param {HTMLElement | SVGElement} element */
  focus(element) {
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /** Lets the Tab key come back to where the focus is now. @param {Element} element */
  stayAt(element) {
    for (const other of this.frame.querySelectorAll('[tabindex="0"]')) other.setAttribute("tabindex", "-1");
    element.closest(PLACES)?.setAttribute("tabindex", "0");
  }

  /** Shows which parameter is followed. @param {number | null} parameter */
  mark(parameter) {
    this.followed = parameter;
    for (const old of this.frame.querySelectorAll(".followed")) old.classList.remove("followed");
    if (parameter !== null) this.at(`parameter ${parameter}`)?.classList.add("followed");
    this.table.mark(parameter);
  }

  /** Lays a field over the middle of a wire, or over a bias. @param {HTMLElement} field @param {number} parameter */
  lay(field, parameter) {
    const wire = /** @type {SVGGraphicsElement | null | undefined} */ (this.at(`parameter ${parameter}`)?.querySelector(".wire, .mark"));
    if (!wire) return;
    const middle = wire instanceof SVGPathElement ? wire.getPointAtLength(wire.getTotalLength() / 2) : wire.getBBox();
    const around = /** @type {SVGSVGElement} */ (this.view.svg).getBoundingClientRect();
    const from = /** @type {HTMLElement} */ (field.offsetParent).getBoundingClientRect();
    field.style.left = `${around.left - from.left + /** @type {HTMLElement} */ (field.offsetParent).scrollLeft + middle.x - field.offsetWidth / 2}px`;
    field.style.top = `${around.top - from.top + /** @type {HTMLElement} */ (field.offsetParent).scrollTop + middle.y - field.offsetHeight / 2}px`;
  }

  /** Scrolls to the layer that a step is about, once. @param {number} step */
  follow(step) {
    const { board } = this;
    const isSeen = step === this.seen;
    this.seen = step;
    if (isSeen || board.scrollWidth <= board.clientWidth || !step) return;
    const layers = (this.steps - 3) / 2;
    const layer = step <= layers + 2 ? step - 1 : 2 * layers + 3 - step;
    const selector = layer > layers ? ".loss" : layer ? `[data-neuron^="${layer}-"]` : ".feature";
    const there = this.frame.querySelector(`${selector} .card`)?.getBoundingClientRect();
    const here = board.getBoundingClientRect();
    if (there) board.scrollLeft += there.left + there.width / 2 - here.left - here.width / 2;
  }

  get steps() {
    return this.drawing.narration.length;
  }
}

/** What stands on a card. @param {Element} place */
function words(place) {
  return [...place.querySelectorAll("text")].map((text) => text.textContent).filter(Boolean).join(" ");
}

/** @param {HTMLElement} frame @param {HTMLElement} body */
export function createNetworkPicture(frame, body) {
  return new NetworkPicture(frame, body);
}

/** Scrolls the page to an element, if not all of it is seen. @param {HTMLElement} element */
export function reveal(element) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
}

export { fillColumns, fillSample } from "./columns.js";
export { createStill } from "./still.js";
