// Python as the page colours it, for views of source and for editors.

import { HighlightStyle, python, syntaxHighlighting, tags } from "../vendor/codemirror.js";

/** The colours are custom properties of the page: they follow its light and dark by themselves. */
const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--code-keyword)" },
  { tag: [tags.string, tags.docString], color: "var(--code-string)" },
  { tag: tags.comment, color: "var(--code-comment)", fontStyle: "italic" },
  { tag: tags.number, color: "var(--code-number)" },
  { tag: [tags.definition(tags.variableName), tags.function(tags.definition(tags.variableName))], color: "var(--code-definition)" },
]);

export const colouredPython = [python(), syntaxHighlighting(colours)];
