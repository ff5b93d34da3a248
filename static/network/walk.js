// From place to place in a drawn network with the arrow keys: left and right along the wires, up and down from
// one wire, or neuron, to the next.

/** @typedef {HTMLElement | SVGElement | null} Place */

/** The place beside another one; null where there is none. @param {Element} frame @param {Element} from @param {string} key @returns {Place} */
export function beside(frame, from, key) {
  const ways = from.matches(".weight") ? ofWeight : from.matches(".bias") ? ofBias : from.matches(".neuron") ? ofNeuron : ofEnd;
  for (const selector of ways(from)[key] ?? []) {
    const there = [...frame.querySelectorAll(selector)].at(-1); // of all wires of a neuron, the last
    if (there) return /** @type {Place} */ (there);
  }
  return null;
}

/** @typedef {Record<string, string[]>} Ways for each key, where it leads to: the first of these that exists */

/** @param {Element} weight @returns {Ways} */
function ofWeight(weight) {
  const [k, i, j] = numbers(weight, "data-weight");
  return {
    ArrowUp: [wire(k, i, j - 1)],
    ArrowDown: [wire(k, i, j + 1), bias(k, i)],
    ArrowLeft: k > 1 ? [neuron(k - 1, j)] : [feature(j)],
    ArrowRight: [neuron(k, i)],
  };
}

/** @param {Element} mark @returns {Ways} */
function ofBias(mark) {
  const [k, i] = numbers(mark, "data-bias");
  return { ArrowUp: [lastWire(k, i)], ArrowLeft: [lastWire(k, i)], ArrowRight: [neuron(k, i)], ArrowDown: [neuron(k, i + 1)] };
}

/** @param {Element} card @returns {Ways} */
function ofNeuron(card) {
  const [k, i] = numbers(card, "data-neuron");
  return {
    ArrowUp: [neuron(k, i - 1)],
    ArrowDown: [neuron(k, i + 1)],
    ArrowLeft: [wire(k, i, 0)],
    ArrowRight: [wire(k + 1, i, i), wire(k + 1, 0, i), "[data-loss]"],
  };
}

/** @param {Element} card an input, or the loss @returns {Ways} */
function ofEnd(card) {
  if (card.matches("[data-loss]")) return { ArrowLeft: [".neuron"] };
  const [j] = numbers(card, "data-feature");
  return { ArrowUp: [feature(j - 1)], ArrowDown: [feature(j + 1)], ArrowRight: [wire(1, 0, j)] };
}

/** @param {Element} element @param {string} attribute */
function numbers(element, attribute) {
  return (element.getAttribute(attribute) ?? "").split("-").map(Number);
}

const wire = (/** @type {number} */ k, /** @type {number} */ i, /** @type {number} */ j) => `[data-weight="${k}-${i}-${j}"]`;
const neuron = (/** @type {number} */ k, /** @type {number} */ i) => `[data-neuron="${k}-${i}"]`;
const bias = (/** @type {number} */ k, /** @type {number} */ i) => `[data-bias="${k}-${i}"]`;
const feature = (/** @type {number} */ j) => `[data-feature="${j}"]`;
const lastWire = (/** @type {number} */ k, /** @type {number} */ i) => `[data-weight^="${k}-${i}-"]`;
