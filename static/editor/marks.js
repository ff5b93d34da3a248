// Where an error is: its line tinted, its place underlined. An edit of the line takes the mark away.

import { Decoration, EditorView, StateEffect, StateField } from "../vendor/codemirror.js";

/**
 * A place in the text, all counted from 1, columns in characters, the end not included. Without
 * columns (0) it is the whole line.
 * @typedef {{ line: number, column: number, end: number }} Mark
 * @typedef {import("@codemirror/state").Text} Text
 */

/** @type {import("@codemirror/state").StateEffectType<Mark>} */
export const addMark = StateEffect.define();
/** @type {import("@codemirror/state").StateEffectType<null>} */
export const dropMarks = StateEffect.define();

const wrongLine = Decoration.line({ class: "wrong" });
const wrongPart = Decoration.mark({ class: "squiggle" });

const field = StateField.define({
  create: () => Decoration.none,
  update(marks, transaction) {
    marks = isEdited(marks, transaction) ? Decoration.none : marks.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(dropMarks)) marks = Decoration.none;
      if (effect.is(addMark)) marks = marks.update({ add: ranges(transaction.state.doc, effect.value), sort: true });
    }
    return marks;
  },
  provide: (field) => EditorView.decorations.from(field),
});

export const marks = [
  field,
  EditorView.contentAttributes.compute([field], (state) => ({ "aria-invalid": String(state.field(field).size > 0) })),
];

/** @param {import("@codemirror/view").DecorationSet} marks @param {import("@codemirror/state").Transaction} transaction */
function isEdited(marks, { changes, startState }) {
  let found = false;
  changes.iterChangedRanges((from, to) => {
    marks.between(startState.doc.lineAt(from).from, startState.doc.lineAt(to).to, () => {
      found = true;
    });
  });
  return found;
}

/** @param {Text} doc @param {Mark} mark */
function ranges(doc, { line: number, column, end }) {
  if (number < 1 || number > doc.lines) return [];
  const line = doc.line(number);
  const first = column ? offset(line.text, column) : line.text.search(/\S|$/);
  const last = end > column ? offset(line.text, end) : line.length;
  const part = first < last ? [wrongPart.range(line.from + first, line.from + last)] : [];
  return [wrongLine.range(line.from), ...part];
}

/** Python counts whole characters, JavaScript some of them twice. @param {string} text @param {number} column */
function offset(text, column) {
  return [...text].slice(0, column - 1).join("").length;
}
