// Which methods of app/kernel/main.py need which files. A test compares that with what Python imports.

/** Those that Python begins with, and that read no file: what the first figures ask. */
const FIRST = /^(speak|operate|nudge|graph|chain_rule|light_path)$/;
/** Those that need the files of later, as does code that imports something. */
const LATER = /^(training_|network|engine_source|use_engine)/;
const IMPORTS = /\bimport\b/;

/** @param {string} method */
export function needsFiles(method) {
  return !FIRST.test(method);
}

/** @param {string} method @param {string} request */
export function needsLater(method, request) {
  return LATER.test(method) || IMPORTS.test(request);
}
