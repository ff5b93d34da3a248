// Keeps small texts in this browser, for the next visit. Where that is not allowed, or there is no room,
// everything works for the length of this visit, and isLasting() tells so.
//
// It is localStorage, because only that can still be written while a page is being left. A stored text is
// JSON, {version, value}. What can't be read is treated as absent, and set aside instead of overwritten.

const VERSION = 1;
const PAUSE = 300; // milliseconds from a change to its writing, so that not every key pressed is a write

// Other sites may share our origin, and other copies of this one.
const here = new URL("../", import.meta.url).pathname;
const OURS = `micrograd-explainer${here}:`;
const ASIDE = `micrograd-explainer-damaged${here}:`;

const store = openStore();
let lasts = Boolean(store && write(`${ASIDE}try`, "") && erase(`${ASIDE}try`));

/** What is to be written, as it will be stored, or can't be. @type {Map<string, string>} */
const unwritten = new Map();
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
/** @type {((lasts: boolean) => void)[]} */
let waiting = [];

/**
 * Keeps plain data, as JSON has it. In this tab it is there at once; the promise settles when it is
 * written, and tells whether it lasts beyond this visit.
 * @param {string} key @param {unknown} value @returns {Promise<boolean>}
 */
export async function keep(key, value) {
  unwritten.set(key, JSON.stringify({ version: VERSION, value }));
  timer ??= setTimeout(flush, PAUSE);
  return new Promise((resolve) => waiting.push(resolve));
}

/** Returns what was kept, or null. @param {string} key @returns {Promise<any>} */
export async function kept(key) {
  const text = unwritten.get(key) ?? read(OURS + key);
  if (text === null) return null;
  const found = valueOf(text);
  if (!found) setAside(key, text);
  return found ? found.value : null;
}

/** Takes out of the way what its reader can't make anything of, as it does what can't be read at all. @param {string} key */
export async function putAside(key) {
  const text = unwritten.get(key) ?? read(OURS + key);
  unwritten.delete(key);
  if (text !== null) setAside(key, text);
}

/** @param {string} key */
export async function forget(key) {
  unwritten.delete(key);
  erase(OURS + key);
}

/** Tells whether what is kept will be there at the next visit. */
export function isLasting() {
  return lasts;
}

/** Writes what is waiting. What finds no room stays, and is tried again with the next change. */
function flush() {
  clearTimeout(timer);
  timer = undefined;
  if (unwritten.size) lasts = true;
  for (const [key, text] of unwritten) {
    const old = read(OURS + key);
    if (old !== null && !valueOf(old)) setAside(key, old);
    if (write(OURS + key, text)) unwritten.delete(key);
    else lasts = false;
  }
  waiting.splice(0).forEach((resolve) => resolve(lasts));
}

addEventListener("pagehide", flush);
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && flush());

/** @param {string} text @returns {{ value: unknown } | null} */
function valueOf(text) {
  try {
    const { version, value } = JSON.parse(text);
    return version === VERSION ? { value: value ?? null } : null;
  } catch {
    return null;
  }
}

/** Moves what can't be read out of the way; first away, because there may be no room for it twice. @param {string} key @param {string} text */
function setAside(key, text) {
  erase(OURS + key);
  if (!write(ASIDE + key, text)) write(OURS + key, text);
}

// The browser's side. Each of these can throw: storage is denied in some frames, and can be taken away.

function openStore() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

/** @param {string} name */
function read(name) {
  try {
    return store?.getItem(name) ?? null;
  } catch {
    return null;
  }
}

/** @param {string} name @param {string} text */
function write(name, text) {
  try {
    store?.setItem(name, text);
    return Boolean(store);
  } catch {
    return false;
  }
}

/** @param {string} name */
function erase(name) {
  try {
    store?.removeItem(name);
    return true;
  } catch {
    return false;
  }
}
