// A read-only view of Python source in which the line that is running can be lit.
//
// The editor behind it is loaded when it comes into view; until then the text stands there plainly, a span
// for each line. So it may also have come with the page: app/first.py writes the same.

/** @typedef {{ show: (text: string) => void, light: (line: number | null) => void }} SourceView */

/** @param {HTMLElement} parent @param {string} name read out by screen readers @returns {SourceView} */
export function createSource(parent, name) {
  const plain = parent.querySelector("pre") ?? parent.appendChild(createPlain(name));
  let text = plain.textContent ?? "";
  /** @type {number | null} */
  let line = litLine(plain);
  /** @type {Awaited<ReturnType<typeof createEditor>> | undefined} */
  let editor;

  /** @param {number} [scrollTop] */
  const update = (scrollTop) => {
    if (editor) return editor(text, line, scrollTop);
    if (plain.textContent !== text) fill(plain, text);
    lightLine(parent, line);
  };

  whenInView(parent, async () => {
    editor = await createEditor(parent, name);
    const { scrollTop } = plain;
    plain.remove();
    update(scrollTop);
  });
  return {
    show(newText) {
      if (newText === text) return;
      text = newText;
      update();
    },
    light(newLine) {
      if (newLine === line) return;
      line = newLine;
      update();
    },
  };
}

/** Returns a text as it stands before there is an editor, or without one. @param {string} name @param {string} text */
export function plainly(name, text) {
  const plain = createPlain(name);
  fill(plain, text);
  return plain;
}

/** Lights a line, and scrolls to it, where the text still stands plainly. @param {HTMLElement} parent @param {number | null} line */
export function lightLine(parent, line) {
  const plain = parent.querySelector("pre");
  if (!plain) return;
  plain.querySelector(".running")?.classList.remove("running");
  const lit = line ? plain.children[line - 1] : undefined;
  lit?.classList.add("running");
  if (lit) showLine(plain, lit);
}

/** @param {HTMLElement} plain */
function litLine(plain) {
  return 1 + [...plain.children].findIndex((line) => line.classList.contains("running")) || null;
}

/** Scrolls as the editor does: see editor/running.js. @param {HTMLElement} plain @param {Element} line */
function showLine(plain, line) {
  const there = line.getBoundingClientRect();
  const here = plain.getBoundingClientRect();
  if (there.top >= here.top && there.bottom <= here.bottom) return;
  plain.scrollTop += there.top + there.height / 2 - here.top - here.height / 2;
}

/** @param {string} name */
function createPlain(name) {
  const plain = document.createElement("pre");
  plain.tabIndex = 0;
  plain.setAttribute("role", "group");
  plain.setAttribute("aria-label", name);
  return plain;
}

/** Writes each line with its number, which stands where the editor has it. @param {HTMLElement} plain @param {string} text */
function fill(plain, text) {
  const lines = text.split(/(?<=\n)/);
  const spans = lines.map((line) => Object.assign(document.createElement("span"), { className: "line", textContent: line }));
  plain.style.setProperty("--digits", String(String(lines.length).length));
  plain.replaceChildren(...spans);
}

/** @param {HTMLElement} element @param {() => void} act done once */
function whenInView(element, act) {
  const observer = new IntersectionObserver(([entry]) => {
    if (!entry.isIntersecting) return;
    observer.disconnect();
    act();
  });
  observer.observe(element);
}

/** @param {HTMLElement} parent @param {string} name */
async function createEditor(parent, name) {
  const [cm, { colouredPython }, { running, setRunning, showLine: showRunning }] = await Promise.all([
    import("./vendor/codemirror.js"),
    import("./editor/python.js"),
    import("./editor/running.js"),
    document.fonts.load("1em 'Article Mono'"), // the editor measures its lines only once
  ]);
  let line = /** @type {number | null} */ (null);
  const view = new cm.EditorView({
    parent,
    extensions: [
      cm.lineNumbers(),
      colouredPython,
      cm.EditorState.readOnly.of(true),
      cm.EditorView.editable.of(false), // so that no phone opens its keyboard over it
      cm.EditorView.contentAttributes.of({ "aria-label": name, "aria-readonly": "true", tabindex: "0" }),
      cm.EditorView.updateListener.of((update) => update.geometryChanged && showRunning(view, line)),
      running,
    ],
  });

  /** @param {string} text @param {number | null} newLine @param {number} [scrollTop] */
  return (text, newLine, scrollTop) => {
    line = newLine;
    const { doc } = view.state;
    const changes = doc.toString() === text ? undefined : { from: 0, to: doc.length, insert: text };
    view.dispatch({ changes, effects: setRunning.of(line) });
    if (scrollTop === undefined) return showRunning(view, line);
    view.coordsAtPos(0); // lets it measure its lines now
    view.scrollDOM.scrollTop = scrollTop;
  };
}
