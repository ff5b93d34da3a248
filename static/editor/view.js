// The editor that stands behind an editor of the page: CodeMirror, put together.

import {
  Compartment,
  EditorState,
  EditorView,
  Prec,
  StateEffect,
  bracketMatching,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  defaultKeymap,
  history,
  historyKeymap,
  indentOnInput,
  indentUnit,
  isolateHistory,
  keymap,
  lineNumbers,
  search,
  searchKeymap,
} from "../vendor/codemirror.js";
import { addMark, dropMarks, marks } from "./marks.js";
import { acceptName, completion } from "./names.js";
import { phrases } from "./phrases.js";
import { colouredPython } from "./python.js";
import { running, setRunning, showLine } from "./running.js";
import { tabbing } from "./tabbing.js";

/**
 * What was done before CodeMirror was there: `past` are the texts, oldest first, that undo goes back to.
 * @typedef {Pick<ReturnType<import("./plain.js").Plain["state"]>, "past" | "text" | "anchor" | "head" | "isEntered" | "scrolled">} Before
 * @typedef {import("../editor.js").Face} Face
 * @typedef {import("../editor.js").Options} Options
 */

/** @param {HTMLElement} parent @param {Options} options @param {Before} before @param {string} help id of the text about keys @returns {Face} @public */
export function createView(parent, options, before, help) {
  const readOnly = new Compartment();
  const view = new EditorView({
    parent,
    doc: before.past[0] ?? before.text,
    extensions: [
      keys(options),
      completion(options.complete),
      editing,
      readOnly.of(reading(Boolean(options.readOnly))),
      EditorView.contentAttributes.of({ "aria-label": options.label, "aria-describedby": help }),
    ],
  });
  for (const text of [...before.past.slice(1), before.text]) replace(view, text);
  view.dispatch({ selection: { anchor: before.anchor, head: before.head } });
  view.setTabFocusMode(!before.isEntered);
  scrollTo(view, before.scrolled);
  view.dispatch({ effects: StateEffect.appendConfig.of(telling(options.onChange)) }); // what was before has been told

  return {
    text: () => view.state.doc.toString(),
    setText: (text) => replace(view, text),
    setReadOnly: (isReadOnly) => view.dispatch({ effects: readOnly.reconfigure(reading(isReadOnly)) }),
    mark(mark) {
      view.dispatch({ effects: addMark.of(mark) });
      showLine(view, mark.line);
    },
    clearMarks: () => view.dispatch({ effects: dropMarks.of(null) }),
    light(line) {
      view.dispatch({ effects: setRunning.of(line) });
      showLine(view, line);
    },
    focus: () => view.focus(),
    remove: () => view.destroy(),
  };
}

const editing = [
  phrases,
  lineNumbers(),
  history(),
  colouredPython,
  indentUnit.of("    "),
  EditorState.tabSize.of(4),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  search({ top: true }),
  // Without what would need several cursors at once.
  keymap.of(searchKeymap.filter(({ key }) => key !== "Mod-d" && key !== "Mod-Shift-l")),
  keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap]),
  tabbing,
  running,
  marks,
];

/** @param {Options} options */
function keys({ onEnter }) {
  /** @param {import("../editor.js").EnterKey} held @returns {(view: EditorView) => boolean} */
  const enter = (held) => (view) => {
    if (!onEnter) return false;
    closeCompletion(view);
    onEnter(held);
    return true;
  };
  return Prec.high(
    keymap.of([
      { key: "Mod-Enter", run: enter("mod") },
      { key: "Ctrl-Enter", run: enter("mod") },
      { key: "Shift-Enter", run: enter("shift") },
      { key: "Alt-Enter", run: enter("alt") },
      { key: "Tab", run: acceptName },
    ]),
  );
}

/** @param {boolean} isReadOnly */
function reading(isReadOnly) {
  return [
    EditorState.readOnly.of(isReadOnly),
    EditorView.editable.of(!isReadOnly), // so that no phone opens its keyboard over it
    EditorView.contentAttributes.of({ "aria-readonly": String(isReadOnly), tabindex: "0" }),
  ];
}

/** @param {Options["onChange"]} onChange */
function telling(onChange) {
  return EditorView.updateListener.of((update) => {
    if (update.docChanged) onChange?.(update.state.doc.toString());
  });
}

/** Changes what differs, in one step of the history. @param {EditorView} view @param {string} text */
function replace(view, text) {
  const old = view.state.doc.toString();
  const [from, sameEnd] = sameEnds(old, text);
  if (old === text) return;
  view.dispatch({
    changes: { from, to: old.length - sameEnd, insert: text.slice(from, text.length - sameEnd) },
    annotations: isolateHistory.of("full"),
  });
}

/** Returns how many characters two texts share at their beginning, and then at their end. @param {string} a @param {string} b */
function sameEnds(a, b) {
  const length = Math.min(a.length, b.length);
  let start = 0;
  while (start < length && a[start] === b[start]) start++;
  let end = 0;
  while (end < length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return [start, end];
}

/**
 * Scrolls once the lines have their heights, and has the lines drawn that are then in sight: the event
 * that tells of the scrolling is not heeded as long as nothing tells that the editor is on the screen.
 * @param {EditorView} view @param {ScrollToOptions} place
 */
function scrollTo(view, place) {
  const write = () => {
    view.scrollDOM.scrollTo(place);
    view.requestMeasure({ read() {} }); // with nothing to read, no second measuring would follow this one
  };
  view.requestMeasure({ read() {}, write });
}
