// Tab indents for who works in the editor, and goes on for who only passes through.
//
// Entered is the editor that was clicked, or in which a key was pressed. Escape, or leaving it, ends
// that. This is CodeMirror's own "tab focus mode", without its limit of two seconds.

import { EditorView, indentWithTab, keymap } from "../vendor/codemirror.js";

const PASSING = ["Tab", "Escape", "Shift", "Control", "Alt", "Meta", "CapsLock"];

export const tabbing = [
  EditorView.domEventObservers({
    pointerdown: (_, view) => view.setTabFocusMode(false),
    beforeinput: (_, view) => view.setTabFocusMode(false),
    keydown: ({ key }, view) => {
      if (!PASSING.includes(key)) view.setTabFocusMode(false);
    },
    blur: (_, view) => {
      // A window that is left keeps its focused element, and will come back to it.
      if (document.activeElement !== view.contentDOM) view.setTabFocusMode(true);
    },
  }),
  keymap.of([
    indentWithTab,
    {
      key: "Escape", // last of all: it may close a list or a panel first
      run: (view) => {
        view.setTabFocusMode(true);
        return false;
      },
    },
  ]),
];
