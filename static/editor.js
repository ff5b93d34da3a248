// An editor of Python. It can be typed into at once: a plain text field stands there until CodeMirror,
// which is large, has been fetched. That happens when the editor comes near the screen.

import { createPlain } from "./editor/plain.js";
import { noted, say } from "./language.js";

/** @typedef {import("./editor/marks.js").Mark} Mark */
/** @typedef {import("./editor/plain.js").Plain} Plain */
/**
 * Which key was held with Enter; "mod" is Ctrl, and on a Mac Command too.
 * @typedef {"mod" | "shift" | "alt"} EnterKey
 */
/**
 * @typedef {object} Options
 * @property {string} label read out by screen readers
 * @property {string} [text]
 * @property {boolean} [readOnly]
 * @property {(text: string) => void} [onChange] called after every change, however it was made
 * @property {(key: EnterKey) => void} [onEnter]
 * @property {import("./editor/names.js").Complete} [complete]
 */
/**
 * What can be done to the text field as well as to CodeMirror.
 * @typedef {object} Face
 * @property {() => string} text
 * @property {(text: string) => void} setText a change that can be undone
 * @property {(isReadOnly: boolean) => void} setReadOnly
 * @property {(mark: Mark) => void} mark
 * @property {() => void} clearMarks
 * @property {(line: number | null) => void} light
 * @property {() => void} focus
 * @property {() => void} remove
 */

const HELP = noted("Once you type here, Tab indents. To leave with the keyboard, press Escape, then Tab.");
let count = 0;

/** @param {HTMLElement} parent @param {Options} options */
export function createEditor(parent, options) {
  const root = element(parent, "div", "editor");
  const help = Object.assign(element(root, "p", "editor-help"), { id: `editor-help-${++count}`, textContent: say(HELP), hidden: true });
  const said = element(root, "p", "editor-said"); // what a screen reader says of an error
  said.setAttribute("aria-live", "polite");

  /** @param {string} text */
  const onChange = (text) => {
    said.textContent = "";
    options.onChange?.(text);
  };
  const plain = createPlain(root, { ...options, onChange, text: lines(options.text ?? "") });
  /** @type {Face} */
  let face = plain;
  const forget = whenWanted(root, async () => {
    const made = await fetchCodeMirror();
    await plain.rests();
    if (!made || face !== plain || !root.isConnected) return face !== plain;
    face = takeOver(root, plain, (before) => made.createView(root, before.options, before, help.id));
    return true;
  });

  return {
    get text() {
      return face.text();
    },
    /** @param {string} text */
    setText: (text) => face.setText(lines(text)),
    /** @param {boolean} isReadOnly */
    setReadOnly: (isReadOnly) => face.setReadOnly(isReadOnly),
    /**
     * Marks an error, and has it read out. See Mark; a line that is not there is only read out.
     * @param {number} line @param {number} [column] @param {number} [end] @param {string} [message]
     */
    mark(line, column = 0, end = 0, message = "") {
      face.mark({ line, column, end });
      said.textContent = message ? say("Error in line {line}: {message}", { line, message }) : say("Error in line {line}", { line });
    },
    clearMarks() {
      face.clearMarks();
      said.textContent = "";
    },
    /** Lights the line that is running, or none. @param {number | null} line */
    light: (line) => face.light(line),
    focus: () => face.focus(),
    /** Takes the editor off the page. */
    remove() {
      forget();
      face.remove();
      root.remove();
    },
  };
}

/** Returns the module that makes the view, or undefined while it can't be had. */
async function fetchCodeMirror() {
  try {
    const [view] = await Promise.all([
      import("./editor/view.js"),
      import("./vendor/codemirror.js"), // at once, and not when the first file asks for it
      document.fonts.load("1em 'Article Mono'").catch(() => []), // the editor measures its lines only once
    ]);
    return view;
  } catch {
    return undefined;
  }
}

/**
 * Puts the editor where the text field was, in one go, so that no key can be lost in between. The browser lays
 * the page out while both are there: what stands below must not be pushed by that, nor the window scrolled.
 * @param {HTMLElement} root @param {Plain} plain @param {(before: ReturnType<Plain["state"]>) => Face} create
 */
function takeOver(root, plain, create) {
  const before = plain.state();
  root.style.height = `${root.getBoundingClientRect().height}px`;
  const face = create(before);
  plain.remove();
  root.style.height = "";
  if (before.isFocused) face.focus();
  before.marks.forEach(face.mark);
  if (before.line) face.light(before.line);
  return face;
}

/**
 * Acts when an element is near the screen or gets the focus, until it has succeeded: where the network
 * is gone, the text field serves until the next occasion. Returns what calls it off.
 * @param {HTMLElement} root @param {() => Promise<boolean>} act tells whether it has succeeded
 */
function whenWanted(root, act) {
  const attempt = async () => {
    if (await act()) callOff();
  };
  const observer = new IntersectionObserver((entries) => entries.at(-1)?.isIntersecting && attempt(), {
    rootMargin: "50%",
  });
  const callOff = () => {
    observer.disconnect();
    root.removeEventListener("focusin", attempt);
  };
  observer.observe(root);
  root.addEventListener("focusin", attempt);
  return callOff;
}

/** One kind of line end, as both editors keep it. @param {string} text */
function lines(text) {
  return text.replace(/\r\n?/g, "\n");
}

/** @template {keyof HTMLElementTagNameMap} K @param {HTMLElement} parent @param {K} tag @param {string} [name] */
function element(parent, tag, name = "") {
  const made = parent.appendChild(document.createElement(tag));
  made.className = name;
  return made;
}
