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
  const [cm] = await Promise.all([
    import("./vendor/codemirror.js"),
    document.fonts.load("1em 'JetBrains Mono'"), // the editor measures its lines only once
  ]);
  const lit = cm.Decoration.line({ class: "running" });
  /** @type {import("@codemirror/state").StateEffectType<number | null>} */
  const setLine = cm.StateEffect.define();
  const running = cm.StateField.define({
    create: () => cm.Decoration.none,
    update(marks, transaction) {
      for (const effect of transaction.effects) {
        if (effect.is(setLine)) {
          const { doc } = transaction.state;
          const line = effect.value && effect.value <= doc.lines ? doc.line(effect.value) : null;
          marks = line ? cm.Decoration.set([lit.range(line.from)]) : cm.Decoration.none;
        }
      }
      return marks;
    },
    provide: (field) => cm.EditorView.decorations.from(field),
  });
  let line = /** @type {number | null} */ (null);
  const view = new cm.EditorView({
    parent,
    extensions: [
      cm.lineNumbers(),
      cm.python(),
      cm.syntaxHighlighting(colours(cm)),
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
    view.dispatch({ changes, effects: setLine.of(line) });
    showLine(view, line);
  };
}

/** Scrolls a line into the middle of its own view, if it isn't in sight, without moving the page. */
function showLine(/** @type {any} */ view, /** @type {number | null} */ line) {
  if (!line || line > view.state.doc.lines) return;
  const block = view.lineBlockAt(view.state.doc.line(line).from);
  const { scrollDOM } = view;
  const isInSight = block.top >= scrollDOM.scrollTop && block.bottom <= scrollDOM.scrollTop + scrollDOM.clientHeight;
  if (!isInSight) scrollDOM.scrollTop = block.top - (scrollDOM.clientHeight - block.height) / 2;
}

/** Python's colours, as custom properties of the page. @param {any} cm */
function colours({ HighlightStyle, tags }) {
  return HighlightStyle.define([
    { tag: tags.keyword, color: "var(--code-keyword)" },
    { tag: [tags.string, tags.docString], color: "var(--code-string)" },
    { tag: tags.comment, color: "var(--code-comment)", fontStyle: "italic" },
    { tag: tags.number, color: "var(--code-number)" },
    { tag: [tags.definition(tags.variableName), tags.function(tags.definition(tags.variableName))], color: "var(--code-definition)" },
  ]);
}
