// A read-only view of Python source in which the line that is running can be lit.
//
// The editor behind it is loaded when the page has time; until then the text stands there plainly.

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
  plain.setAttribute("role", "region");
  plain.setAttribute("aria-label", name);
  const update = () => {
    if (editor) editor(text, line);
    else plain.textContent = text;
  };

  whenIdle(async () => {
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

/** @param {() => void} act */
function whenIdle(act) {
  if ("requestIdleCallback" in window) requestIdleCallback(act, { timeout: 3000 });
  else setTimeout(act, 500);
}

/** @param {HTMLElement} parent @param {string} name */
async function createEditor(parent, name) {
  const cm = await import("./vendor/codemirror.js");
  const lit = cm.Decoration.line({ class: "running" });
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
  const view = new cm.EditorView({
    parent,
    extensions: [
      cm.lineNumbers(),
      cm.python(),
      cm.syntaxHighlighting(colours(cm)),
      cm.EditorState.readOnly.of(true),
      cm.EditorView.contentAttributes.of({ "aria-label": name, "aria-readonly": "true" }),
      running,
    ],
  });

  /** @param {string} text @param {number | null} line */
  return (text, line) => {
    const { doc } = view.state;
    const changes = doc.toString() === text ? undefined : { from: 0, to: doc.length, insert: text };
    view.dispatch({ changes, effects: setLine.of(line) });
    if (line && line <= view.state.doc.lines) scrollTo(cm, view, line);
  };
}

/** Brings a line into the middle of its own view, without moving the page. */
function scrollTo(/** @type {any} */ cm, /** @type {any} */ view, /** @type {number} */ line) {
  const block = view.lineBlockAt(view.state.doc.line(line).from);
  const { scrollDOM } = view;
  const isVisible = block.top >= scrollDOM.scrollTop && block.bottom <= scrollDOM.scrollTop + scrollDOM.clientHeight;
  if (!isVisible) scrollDOM.scrollTop = block.top - scrollDOM.clientHeight / 2 + block.height;
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
