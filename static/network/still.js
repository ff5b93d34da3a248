// The network that a cell has made, as it is: its wires by weight or by gradient, and the number of each under
// the pointer, or where the focus is.

import { noted, say } from "../language.js";
import { createNetworkView } from "../training/network.js";
import { beside } from "./walk.js";

/** @typedef {{ svg: string, paths: string[], data: string[], grad: string[] }} Still texts of each parameter */
/** @typedef {{ drawn: Still, arrays: { weights: Float64Array, gradients: Float64Array } }} Pictures */

const PLACES = ".weight, .bias, .neuron";
const HINT = noted("Point at a wire or a neuron to see its numbers; on a keyboard, the arrows walk along the wires.");

/** @param {HTMLElement} place @param {string} name of the cell @param {() => void} open shows it in the section Neural networks */
export function createStill(place, name, open) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById("still-parts"));
  place.replaceChildren(template.content.cloneNode(true));
  const part = (/** @type {string} */ which) => /** @type {HTMLElement} */ (place.querySelector(`[data-part="still-${which}"]`));
  const view = createNetworkView(part("frame"));
  const told = part("told");
  const choice = /** @type {HTMLElement} */ (part("choice"));
  /** @type {Pictures} */
  let shown;
  /** @type {Element | null} */
  let toldOf = null;

  const paint = () => {
    const chosen = /** @type {HTMLInputElement} */ (choice.querySelector("input:checked")).value;
    view.paintWeights(shown.arrays.weights, shown.arrays.gradients, /** @type {"weights" | "gradients"} */ (chosen));
  };
  const tell = (/** @type {Element | null} */ element) => {
    toldOf = element;
    told.textContent = element ? words(element, shown.drawn) : say(HINT);
  };
  for (const field of choice.querySelectorAll("input")) field.name = `${name}-still`;
  choice.addEventListener("change", paint);
  part("open").addEventListener("click", open);
  view.holder.addEventListener("pointerover", ({ target }) => {
    const element = /** @type {Element} */ (target).closest(PLACES);
    if (element) tell(element);
  });
  view.holder.addEventListener("focusin", ({ target }) => tell(/** @type {Element} */ (target).closest(PLACES)));
  view.holder.addEventListener("keydown", (event) => {
    const to = event.key.startsWith("Arrow") && beside(view.holder, /** @type {Element} */ (event.target), event.key);
    if (!to) return;
    event.preventDefault();
    stayAt(view.holder, to);
    to.focus();
  });

  return {
    /** @param {Pictures} pictures @param {boolean} opens can the section Neural networks show it? */
    show(pictures, opens) {
      const where = toldOf && shown.drawn.svg === pictures.drawn.svg && selector(toldOf);
      const isSame = shown?.drawn.svg === pictures.drawn.svg;
      shown = pictures;
      if (!isSame) {
        view.setSvg(pictures.drawn.svg);
        prepare(view.holder);
      }
      const hasGradients = pictures.arrays.gradients.some((gradient) => gradient !== 0);
      choice.hidden = !hasGradients;
      if (!hasGradients) /** @type {HTMLInputElement} */ (choice.querySelector("input")).checked = true;
      part("open").hidden = !opens;
      paint();
      tell(where ? view.holder.querySelector(where) : null);
    },
  };
}

/** Weights and biases can have the focus, too; one place at a time is reached with Tab. @param {HTMLElement} holder */
function prepare(holder) {
  for (const element of holder.querySelectorAll(PLACES)) {
    element.setAttribute("role", "img");
    element.setAttribute("tabindex", "-1");
    if (!element.matches(".neuron")) element.setAttribute("aria-label", element.matches(".bias") ? say("Bias") : say("Weight"));
  }
  holder.querySelector(".neuron")?.setAttribute("tabindex", "0");
}

/** @param {HTMLElement} holder @param {Element} element */
function stayAt(holder, element) {
  for (const other of holder.querySelectorAll('[tabindex="0"]')) other.setAttribute("tabindex", "-1");
  element.setAttribute("tabindex", "0");
}

/** @param {Element} element */
function selector(element) {
  const name = ["data-weight", "data-bias", "data-neuron"].find((name) => element.hasAttribute(name));
  return name ? `[${name}="${element.getAttribute(name)}"]` : "";
}

/** What is told of a place: a parameter, or all of a neuron. @param {Element} element @param {Still} still */
function words(element, { paths, data, grad }) {
  const one = (/** @type {number} */ p) => say("{path} = {data}, gradient {grad}", { path: paths[p], data: data[p], grad: grad[p] });
  if (!element.matches(".neuron")) return one(Number(element.getAttribute("data-parameter")));
  const bias = Number(element.querySelector("[data-parameter]")?.getAttribute("data-parameter"));
  const path = paths[bias].replace(/\.?b$/, "") || say("The neuron");
  const first = paths.findIndex((name) => name.startsWith(paths[bias].replace(/b$/, "")));
  const weights = data.slice(first, bias).join(say(", "));
  return `${path}: w = [${weights}], b = ${data[bias]}`;
}
