// Completes names: those that a callback knows, and those that stand in the text itself.

import { acceptCompletion, autocompletion, completionStatus, localCompletionSource, moveCompletionSelection, syntaxTree } from "../vendor/codemirror.js";

/**
 * @typedef {{ label: string, type: string }} Name
 * @typedef {(prefix: string) => Promise<Name[] | string>} Complete the names that may follow a dotted name
 *   that is typed so far, each as its last part; as a list, or as JSON text
 * @typedef {import("@codemirror/autocomplete").CompletionContext} Context
 * @typedef {import("@codemirror/view").EditorView} EditorView
 */

const DOTTED = /^[\p{L}_][\p{L}\p{N}_]*(\.[\p{L}_][\p{L}\p{N}_]*)*\.?$/u;

/** Nothing is chosen when the list opens, so that Enter goes on starting a new line. @param {Complete} [complete] */
export function completion(complete) {
  return autocompletion({
    override: [(context) => names(context, complete)],
    selectOnOpen: false,
    interactionDelay: 0, // which guards an Enter that was meant for the text; see above
    icons: false,
  });
}

/** Takes the chosen name, or else the first. @param {EditorView} view */
export function acceptName(view) {
  if (completionStatus(view.state) !== "active") return false;
  return acceptCompletion(view) || (moveCompletionSelection(true)(view) && acceptCompletion(view));
}

/** @param {Context} context @param {Complete} [complete] */
async function names(context, complete) {
  const prefix = typed(context);
  if (prefix === null) return null;
  const local = prefix.includes(".") ? null : await localCompletionSource(context);
  const known = await ask(complete, prefix);
  if (context.view && !context.view.hasFocus) return null; // the answer took a while, and nobody types here now
  const labels = new Set(known.map(({ label }) => label));
  const others = (local?.options ?? []).filter(({ label }) => !labels.has(label));
  return {
    from: context.pos - prefix.length + prefix.lastIndexOf(".") + 1,
    options: [...known, ...others].map(({ label, type }) => ({ label, type, detail: type })),
    validFor: /^[\p{L}\p{N}_]*$/u,
  };
}

/** Returns the dotted name before the caret; null where no name is meant, as in numbers and strings. @param {Context} context */
function typed(context) {
  const prefix = context.matchBefore(/[\p{L}\p{N}_.]+/u)?.text ?? "";
  const place = syntaxTree(context.state).resolveInner(context.pos, -1).name;
  if (/String|Comment/.test(place)) return null;
  if (prefix) return DOTTED.test(prefix) ? prefix : null;
  return context.explicit ? "" : null;
}

/** @param {Complete | undefined} complete @param {string} prefix @returns {Promise<Name[]>} */
async function ask(complete, prefix) {
  try {
    const answer = (await complete?.(prefix)) ?? [];
    return typeof answer === "string" ? JSON.parse(answer) : answer;
  } catch {
    return []; // who types has no use for an error here
  }
}
