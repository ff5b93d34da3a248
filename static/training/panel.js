// The small parts around a training: rows of buttons, lists of sentences, files that are dropped, the address.

import { say } from "../language.js";
import { renew } from "../renew.js";
import { short } from "./digits.js";

/** @param {Element} element @param {() => void} callback once, when it is less than a screen away */
export function whenNear(element, callback) {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      callback();
    },
    { rootMargin: "100% 0px" },
  );
  observer.observe(element);
}

/** @param {HTMLElement} element @param {(text: string) => void} callback gets the text of a file, or what was pasted */
export function onDrop(element, callback) {
  element.addEventListener("dragover", (event) => event.preventDefault());
  element.addEventListener("drop", async (event) => {
    event.preventDefault();
    const file = event.dataTransfer?.files.item(0);
    callback(file ? await file.text() : (event.dataTransfer?.getData("text/plain") ?? ""));
  });
  element.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain");
    if (text) callback(text);
  });
}

// Settings stand in the fragment, as TensorFlow Playground's do: #activation=tanh&batchSize=10

/** Those in the address, if there are any. */
export function settingsInAddress() {
  const text = location.hash.slice(1);
  return /^[\w-]+=/.test(text) && !text.startsWith("share=") ? text : "";
}

/** @param {string} query */
export function writeSettings(query) {
  history.replaceState(history.state, "", addressWith(query));
}

/** @param {string} query */
export function addressWith(query) {
  return `${location.href.split("#")[0]}#${query || "problem=classification"}`;
}

const MOST_LAYERS = 8;
const MOST_NEURONS = 16;
const ACTIVATIONS = ["relu", "tanh", "sigmoid", "linear"];

/** @param {HTMLElement} place @param {string} layers JSON: {shape, activations} */
export function fillLayers(place, layers) {
  const { shape, activations } = /** @type {{ shape: number[], activations: string[] }} */ (JSON.parse(layers));
  const { length } = shape;
  const all = group(length === 1 ? say("{n} hidden layer", { n: length }) : say("{n} hidden layers", { n: length }), [
    more(-1, -1, say("Remove the last hidden layer"), length > 0),
    more(-1, 1, say("Add a hidden layer"), length < MOST_LAYERS),
  ]);
  const each = shape.map((neurons, k) => {
    const select = document.createElement("select");
    select.append(...ACTIVATIONS.map((name) => new Option(name, name)));
    select.value = activations[k];
    select.dataset.layer = String(k);
    select.dataset.name = `activation ${k}`;
    select.setAttribute("aria-label", say("Activation of hidden layer {n}", { n: k + 1 }));
    return group(`${neurons}`, [
      more(k, -1, say("Remove a neuron of hidden layer {n}", { n: k + 1 }), neurons > 1),
      more(k, 1, say("Add a neuron to hidden layer {n}", { n: k + 1 }), neurons < MOST_NEURONS),
      select,
    ]);
  });
  renew(place, [all, ...each]);
}

/** @param {string} text @param {HTMLElement[]} buttons the first two stand around the text */
function group(text, [fewer, more, ...others]) {
  const element = document.createElement("span");
  const name = document.createElement("span");
  element.className = "layer";
  name.textContent = text;
  element.append(fewer, name, more, ...others);
  return element;
}

/** @param {number} layer @param {number} by @param {string} label @param {boolean} isPossible */
function more(layer, by, label, isPossible) {
  const button = buttonOf(by > 0 ? "+" : "−");
  button.setAttribute("aria-label", label);
  button.setAttribute("aria-disabled", String(!isPossible));
  Object.assign(button.dataset, { layer, more: by, name: label });
  return button;
}

/** @param {string} text */
function buttonOf(text) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = text;
  return button;
}

/**
 * @typedef {{ kind: string, says: string, advice: string, setting: string }} Finding
 * @param {HTMLElement} place @param {string} findings JSON
 */
export function fillFindings(place, findings) {
  const found = /** @type {Finding[]} */ (JSON.parse(findings));
  const text = found.map(({ says }) => says).join();
  if (place.dataset.text === text) return; // a screen reader reads each change
  place.dataset.text = text;
  place.hidden = !found.length;
  place.replaceChildren(
    ...found.map(({ says, advice, setting }) => {
      const line = document.createElement("p");
      const go = buttonOf(say("Show me"));
      go.dataset.go = setting;
      line.append(says, " ", advice, " ", go);
      return line;
    }),
  );
}

/**
 * @typedef {{ name: string, title: string, question: string, look: string,
 *   choices: { text: string, isRight: boolean, says: string }[] }} Story
 * @param {HTMLElement} place @param {string} stories JSON
 */
export function fillStories(place, stories) {
  place.replaceChildren(.../** @type {Story[]} */ (JSON.parse(stories)).map(storyOf));
}

/** @param {Story} story */
function storyOf({ name, title, question, look, choices }) {
  const element = document.createElement("section");
  const heading = document.createElement("h3");
  const asks = document.createElement("p");
  const answers = document.createElement("div");
  const verdict = document.createElement("p");
  const begin = buttonOf(say("Set it up"));
  element.dataset.stories = name;
  heading.textContent = title;
  asks.textContent = `${look} ${question}`;
  begin.dataset.story = name;
  answers.className = "row-of-buttons";
  answers.append(
    ...choices.map(({ text, isRight, says }) => {
      const answer = buttonOf(text);
      Object.assign(answer.dataset, { answer: isRight ? "yes" : "no", says });
      return answer;
    }),
  );
  verdict.className = "verdict";
  verdict.setAttribute("role", "status");
  element.append(heading, begin, asks, answers, verdict);
  return element;
}

/** @param {number} x @param {number} y @param {number | null} value none before the first picture */
export function placeWords(x, y, value) {
  return `x₁ = ${short(x)}, x₂ = ${short(y)}${value === null ? "" : `: ${short(value)}`}`;
}
