// The one diverging scale of the page: what is negative, nothing, positive. It is made of the tokens in
// static/css/tokens.css, mixed in OKLab, so that equal steps of a number look like equal steps.

const STEPS = 256;
const WASH = 0.66; // how far areas go towards the ends
const dark = matchMedia("(prefers-color-scheme: dark)");
const forced = matchMedia("(forced-colors: active)");

/** @type {Uint8ClampedArray<ArrayBuffer> | null} */
let table = null;
let washed = new Uint8ClampedArray(0);
/** @type {string[]} */
let names = [];
/** @type {Map<string, string>} */
const tokens = new Map();
/** @type {Set<() => void>} */
const listeners = new Set();
for (const query of [dark, forced]) query.addEventListener("change", changeTheme);
document.fonts.addEventListener("loadingdone", changeTheme); // a canvas has no text that changes by itself

function changeTheme() {
  table = null;
  tokens.clear();
  for (const callback of listeners) callback();
}

/** Calls back when the page goes from light to dark, or back, and when its fonts have come. @param {() => void} callback */
export function onTheme(callback) {
  listeners.add(callback);
  return () => listeners.delete(callback);
}

/** 256 colours from negative to positive, four bytes each: red, green, blue, alpha. @public */
export function palette() {
  table ??= mixAll();
  return table;
}

/** The same scale, printed lighter: for areas, on which points in full colour are seen. */
export function washes() {
  palette();
  return washed;
}

/** The step of a number between -1 and 1 (clamped); `NaN` has none, and gives -1. @param {number} share */
export function stepOf(share) {
  const step = (share + 1) * (STEPS / 2);
  return step >= STEPS ? STEPS - 1 : step > 0 ? Math.floor(step) : step <= 0 ? 0 : -1;
}

/** A step as a CSS colour; what is no number is shown as a failure. @param {number} step */
export function colour(step) {
  palette();
  return names[step] ?? token("--failed");
}

/** The value of a custom property as it is now. Kept, because asking makes the browser compute all styles. @param {string} name */
export function token(name) {
  let value = tokens.get(name);
  if (value === undefined) {
    value = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    tokens.set(name, value);
  }
  return value;
}

/** The page's sans-serif font, for a canvas. @param {number} size @param {number} weight */
export function font(size, weight = 400) {
  return `${weight} ${size}px ${token("--sans") || "sans-serif"}`;
}

function mixAll() {
  const [negative, neutral, positive] = ["--negative", "--neutral", "--positive"].map((name) => toOklab(rgb(token(name))));
  const colours = new Uint8ClampedArray(STEPS * 4);
  washed = new Uint8ClampedArray(STEPS * 4);
  names = [];
  for (let step = 0; step < STEPS; step++) {
    const share = (2 * step) / (STEPS - 1) - 1;
    const end = share < 0 ? negative : positive;
    const mix = (/** @type {number} */ amount) => toRgb(neutral.map((n, i) => n + (end[i] - n) * amount));
    colours.set([...mix(Math.abs(share)), 255], 4 * step);
    washed.set([...mix(WASH * Math.abs(share)), 255], 4 * step);
    names.push(`rgb(${colours.subarray(4 * step, 4 * step + 3).join(" ")})`);
  }
  return colours;
}

/** Red, green and blue of any CSS colour, from 0 to 255. @param {string} text */
function rgb(text) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
  context.fillStyle = text;
  context.fillRect(0, 0, 1, 1);
  return [...context.getImageData(0, 0, 1, 1).data.subarray(0, 3)];
}

// OKLab, by Björn Ottosson: https://bottosson.github.io/posts/oklab/

/** @param {number[]} colour */
function toOklab(colour) {
  const [r, g, b] = colour.map((c) => (c > 10.31475 ? ((c / 255 + 0.055) / 1.055) ** 2.4 : c / 255 / 12.92));
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** @param {number[]} lab */
function toRgb([lightness, a, b]) {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return linear.map((c) => 255 * (c > 0.0031308 ? 1.055 * c ** (1 / 2.4) - 0.055 : 12.92 * c));
}
