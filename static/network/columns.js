// What stands above each layer of a drawn network: its size, its activation, and buttons to change them.

import { say } from "../language.js";
import { renew } from "../renew.js";

const MOST_LAYERS = 8; // hidden ones
const MOST_NEURONS = 16;
const ACTIVATIONS = ["relu", "tanh", "sigmoid", "linear"];

/** @typedef {{ columns: { x: number, width: number }[], sizes: number[], activations: string[] }} Layers the inputs have a column, too */

/** Puts the buttons above the columns. @param {HTMLElement} place @param {string} layers JSON */
export function fillColumns(place, layers) {
  const { columns, sizes, activations } = /** @type {Layers} */ (JSON.parse(layers));
  const hidden = sizes.length - 1;
  /** @type {HTMLElement[]} */
  const parts = [column(say("Inputs"), columns[0], [])];
  sizes.forEach((size, k) => {
    const isOutput = k === hidden;
    const title = isOutput ? say("Output") : say("Layer {n}", { n: k + 1 });
    const buttons = isOutput ? [] : neuronButtons(k, size);
    parts.push(column(title, columns[k + 1], [...buttons, select(k, activations[k], isOutput)]));
    if (!isOutput) parts.at(-1)?.firstElementChild?.append(button("×", say("Remove layer {n}", { n: k + 1 }), { remove: k }));
    if (hidden < MOST_LAYERS) parts.push(between(k, columns, isOutput));
  });
  renew(place, parts);
}

/** @param {string} title @param {{ x: number, width: number }} where @param {HTMLElement[]} parts */
function column(title, { x, width }, parts) {
  const element = document.createElement("div");
  const head = document.createElement("p");
  const row = document.createElement("div");
  element.className = "column";
  element.style.left = `${x}px`;
  element.style.width = `${width}px`;
  head.append(title);
  row.append(...parts);
  element.append(head, row);
  return element;
}

/** @param {number} k @param {number} size */
function neuronButtons(k, size) {
  const count = document.createElement("span");
  count.textContent = String(size);
  return [
    button("−", say("Remove a neuron from layer {n}", { n: k + 1 }), { layer: k, more: -1 }, size > 1),
    count,
    button("+", say("Add a neuron to layer {n}", { n: k + 1 }), { layer: k, more: 1 }, size < MOST_NEURONS),
  ];
}

/** A button for one more layer, before layer k. @param {number} k @param {{ x: number, width: number }[]} columns @param {boolean} isOutput */
function between(k, columns, isOutput) {
  const before = columns[k];
  const middle = (before.x + before.width + columns[k + 1].x) / 2;
  const label = isOutput ? say("Add a layer before the output") : say("Add a layer before layer {n}", { n: k + 1 });
  const element = button("+", label, { add: k });
  element.classList.add("between");
  element.style.left = `${middle}px`;
  return element;
}

/** @param {number} k @param {string} chosen @param {boolean} isOutput */
function select(k, chosen, isOutput) {
  const element = document.createElement("select");
  element.append(...ACTIVATIONS.map((name) => new Option(name, name)));
  element.value = chosen;
  element.setAttribute("aria-label", isOutput ? say("Activation of output") : say("Activation of layer {n}", { n: k + 1 }));
  Object.assign(element.dataset, { activation: k, name: `activation ${k}` });
  return element;
}

/** @param {string} text @param {string} label @param {Record<string, number>} does @param {boolean} [isPossible] */
function button(text, label, does, isPossible = true) {
  const element = document.createElement("button");
  element.type = "button";
  element.textContent = text;
  element.setAttribute("aria-label", label);
  element.setAttribute("aria-disabled", String(!isPossible));
  Object.assign(element.dataset, does, { name: label });
  return element;
}

/** @typedef {{ names: string[], inputs: string[], target: string }} Sample */

/** Makes a field for each number of a sample. @param {HTMLElement} place @param {string} sample JSON */
export function fillSample(place, sample) {
  const { names, inputs, target } = /** @type {Sample} */ (JSON.parse(sample));
  place.replaceChildren(...names.map((name, j) => field(name, String(j), inputs[j])), field(say("target"), "target", target));
}

/** @param {string} name @param {string} key @param {string} value */
function field(name, key, value) {
  const label = document.createElement("label");
  const input = document.createElement("input");
  input.type = "number";
  input.step = "0.5";
  input.value = value;
  input.dataset.sample = key;
  label.append(name, input);
  return label;
}
