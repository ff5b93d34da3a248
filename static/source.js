// A read-only view of Python source in which the line that is running can be lit.
//
// The editor behind it is loaded when it comes into view; until then the text stands there plainly.

/** @typedef {{ show: (text: string) => void, light: (line: number | null) => void }} SourceView */

/** @param {HTMLElement} parent @param {string} name read out by screen readers @returns {SourceView} */
export function createSource(parent, name) {
  let text = "";
  /** @type {number | null} */
  let line = null;
  /** @type {Awaited<ReturnType<typeof createEditor>> | undefined} */
  let editor;

  const plain = parent.appendChild(document.createElement("pre"));
  plain.tabIndex = 0;
  plain.setAttribute("role", "group");
  plain.setAttribute("aria-label", name);
  const update = () => {
    if (editor) editor(text, line);
    else plain.textContent = text;
  };

  whenInView(parent, async () => {
    editor = await createEditor(parent, name);
    plain.remove();
    update();
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
  const [cm, { colouredPython }, { running, setRunning, showLine }] = await Promise.all([
    import("./vendor/codemirror.js"),
    import("./editor/python.js"),
    import("./editor/running.js"),
    document.fonts.load("1em 'JetBrains Mono'"), // the editor measures its lines only once
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
      cm.EditorView.updateListener.of((update) => update.geometryChanged && showLine(view, line)),
      running,
    ],
  });

  /** @param {string} text @param {number | null} newLine */
  return (text, newLine) => {
    line = newLine;
    const { doc } = view.state;
    const changes = doc.toString() === text ? undefined : { from: 0, to: doc.length, insert: text };
    view.dispatch({ changes, effects: setRunning.of(line) });
    showLine(view, line);
  };
}
