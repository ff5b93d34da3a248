// What CodeMirror says by itself, in the panels for searching and to screen readers.

import { noted, say } from "../language.js";
import { EditorState } from "../vendor/codemirror.js";

/** Its own texts; a $ is a number. */
const TEXTS = [
  noted("Find"), noted("next"), noted("previous"), noted("all"), noted("match case"), noted("regexp"), noted("by word"),
  noted("Replace"), noted("replace"), noted("replace all"), noted("close"), noted("Go to line"), noted("go"),
  noted("current match"), noted("on line"), noted("replaced match on line $"), noted("replaced $ matches"),
  noted("Completions"), noted("Control character"), noted("Selection deleted"),
];

export const phrases = EditorState.phrases.of(Object.fromEntries(TEXTS.map((text) => [text, say(text)])));
