// The line that is running, lit, in a view of source or in an editor.

import { Decoration, EditorView, StateEffect, StateField } from "../vendor/codemirror.js";

/** Lights a line, counted from 1, or none. @type {import("@codemirror/state").StateEffectType<number | null>} */
export const setRunning = StateEffect.define();

const lit = Decoration.line({ class: "running" });

export const running = StateField.define({
  create: () => Decoration.none,
  update(marks, transaction) {
    const { doc } = transaction.state;
    marks = marks.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(setRunning)) continue;
      const line = effect.value && effect.value <= doc.lines ? doc.line(effect.value) : null;
      marks = line ? Decoration.set([lit.range(line.from)]) : Decoration.none;
    }
    return marks;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/**
 * Scrolls a line into the middle of its own view, if it isn't in sight, without moving the page.
 * @param {EditorView} view @param {number | null} line
 */
export function showLine(view, line) {
  if (!line || line > view.state.doc.lines) return;
  const block = view.lineBlockAt(view.state.doc.line(line).from);
  const { scrollDOM } = view;
  const isInSight = block.top >= scrollDOM.scrollTop && block.bottom <= scrollDOM.scrollTop + scrollDOM.clientHeight;
  if (!isInSight) scrollDOM.scrollTop = block.top - (scrollDOM.clientHeight - block.height) / 2;
}
