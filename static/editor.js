// An editor of Python. It can be typed into at once: a plain text field stands there until CodeMirror,
// which is large, has been fetched. That happens when the editor comes near the screen.

/** @typedef {import("./editor/marks.js").Mark} Mark */
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

const HELP = "Once you type here, Tab indents. To leave with the keyboard, press Escape, then Tab.";
let count = 0;

/** @param {HTMLElement} parent @param {Options} options */
export function createEditor(parent, options) {
  const root = element(parent, "div", "editor");
  const help = Object.assign(element(root, "p", "editor-help"), { id: `editor-help-${++count}`, textContent: HELP, hidden: true });
  const said = element(root, "p", "editor-said"); // what a screen reader says of an error
  said.setAttribute("aria-live", "polite");

  const plain = createPlain(root, options);
  /** @type {Face} */
  let face = plain;
  const forget = whenWanted(root, async () => {
    const made = await fetchCodeMirror();
    await plain.rests();
    if (!made || face !== plain || !root.isConnected) return face !== plain;
    face = takeOver(plain, (before) => made.createView(root, before.options, before, help.id));
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
      said.textContent = `Error in line ${line}${message && `: ${message}`}`;
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
      document.fonts.load("1em 'JetBrains Mono'").catch(() => []), // the editor measures its lines only once
    ]);
    return view;
  } catch {
    return undefined;
  }
}

/** @typedef {ReturnType<typeof createPlain>} Plain */

/** The text field, which keeps in mind what it cannot show. @param {HTMLElement} root @param {Options} options */
function createPlain(root, { label, text = "", readOnly = false, onChange, onEnter, ...rest }) {
  const frame = element(root, "div", "editor-plain");
  const area = element(frame, "textarea");
  Object.assign(area, { value: lines(text), readOnly, spellcheck: false, autocapitalize: "off", wrap: "off" });
  area.setAttribute("aria-label", label);
  area.setAttribute("autocomplete", "off");
  area.setAttribute("autocorrect", "off");
  fit(area);

  const past = [area.value];
  /** @type {Mark[]} */
  let marks = [];
  let line = /** @type {number | null} */ (null);
  let isComposing = false;
  let isEntered = false;
  const changed = () => {
    marks = [];
    fit(area);
    onChange?.(area.value);
  };
  area.addEventListener("input", () => {
    isEntered = true;
    changed();
  });
  area.addEventListener("pointerdown", () => (isEntered = true));
  area.addEventListener("compositionstart", () => (isComposing = true));
  area.addEventListener("compositionend", () => (isComposing = false));
  area.addEventListener("keydown", (event) => {
    const held = heldWithEnter(event);
    if (!held || !onEnter) return;
    event.preventDefault();
    onEnter(held);
  });

  return {
    text: () => area.value,
    /** @param {string} text */
    setText(text) {
      if (text === area.value) return;
      past.push(area.value);
      area.value = text;
      changed();
    },
    setReadOnly: (/** @type {boolean} */ isReadOnly) => void (area.readOnly = isReadOnly),
    mark: (/** @type {Mark} */ mark) => void marks.push(mark),
    clearMarks: () => void (marks = []),
    light: (/** @type {number | null} */ newLine) => void (line = newLine),
    focus: () => area.focus(),
    remove: () => frame.remove(),
    /** Settles when no character is being put together: that must not be torn apart. */
    async rests() {
      while (isComposing) {
        await new Promise((resolve) => area.addEventListener("compositionend", resolve, { once: true }));
        await new Promise((resolve) => setTimeout(resolve)); // what was put together comes after that event
      }
    },
    /** All that has to live on in the editor. */
    state: () => ({
      options: { label, readOnly: area.readOnly, onChange, onEnter, ...rest },
      past,
      text: area.value,
      anchor: area.selectionDirection === "backward" ? area.selectionEnd : area.selectionStart,
      head: area.selectionDirection === "backward" ? area.selectionStart : area.selectionEnd,
      isEntered,
      isFocused: document.activeElement === area,
      scrolled: [frame.scrollLeft, frame.scrollTop],
      marks,
      line,
    }),
  };
}

/**
 * Puts the editor where the text field was, in one go, so that no key can be lost in between.
 * @param {Plain} plain @param {(before: ReturnType<Plain["state"]>) => Face} create
 */
function takeOver(plain, create) {
  const before = plain.state();
  const face = create(before);
  plain.remove();
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

/** Makes the field as large as its text; see editor.css. @param {HTMLTextAreaElement} area */
function fit(area) {
  const rows = area.value.split("\n");
  area.style.setProperty("--lines", String(rows.length));
  area.style.setProperty("--columns", String(Math.max(...rows.map((row) => row.length))));
}

/** @param {KeyboardEvent} event @returns {EnterKey | undefined} */
function heldWithEnter({ key, ctrlKey, metaKey, shiftKey, altKey }) {
  if (key !== "Enter") return undefined;
  return ctrlKey || metaKey ? "mod" : shiftKey ? "shift" : altKey ? "alt" : undefined;
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
