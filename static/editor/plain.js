// The text field that stands in an editor's place until CodeMirror is there. It looks the same, and
// keeps in mind what it cannot show.

/** @typedef {import("./marks.js").Mark} Mark */
/** @typedef {import("../editor.js").Options} Options */
/** @typedef {import("../editor.js").EnterKey} EnterKey */
/** @typedef {ReturnType<typeof createPlain>} Plain */

/** @param {HTMLElement} parent @param {Options} options */
export function createPlain(parent, { label, text = "", readOnly = false, onChange, onEnter, ...rest }) {
  const frame = parent.appendChild(document.createElement("div"));
  frame.className = "editor-plain";
  const area = frame.appendChild(document.createElement("textarea"));
  Object.assign(area, { value: text, readOnly, spellcheck: false, autocapitalize: "off", autocomplete: "off", wrap: "off" });
  area.setAttribute("aria-label", label);
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
      scrolled: { left: frame.scrollLeft, top: frame.scrollTop },
      marks,
      line,
    }),
  };
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
