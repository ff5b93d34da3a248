// Numbers as colours: a grid of them becomes a small picture, and the canvas smooths it to the size wanted.

import { washes } from "./palette.js";

/**
 * Which numbers the ends of the scale stand for. Discretized, a number is either one end or the other.
 * @typedef {{ low: number, high: number, discretize?: boolean }} Ends
 */

/**
 * Writes one pixel for each number, from `first` on; what is no number stays transparent.
 * @param {Uint32Array} pixels @param {ArrayLike<number>} values @param {Ends} ends @param {number} first @param {number} count
 */
export function fill(pixels, values, { low, high, discretize }, first = 0, count = values.length) {
  const colours = new Uint32Array(washes().buffer);
  const scale = 256 / (high - low || 1);
  const cut = discretize ? (low + high) / 2 : NaN;
  for (let i = first; i < first + count; i++) {
    const value = values[i];
    if (discretize) pixels[i] = value > cut ? colours[255] : value <= cut ? colours[0] : 0;
    else {
      const step = (value - low) * scale;
      pixels[i] = step >= 255 ? colours[255] : step > 0 ? colours[step | 0] : step <= 0 ? colours[0] : 0;
    }
  }
}

/**
 * A grid as a picture of one pixel for each number, on a canvas that can be given back to be used again.
 * @param {ArrayLike<number>} values row by row from the top left @param {number} width @param {number} height
 * @param {Ends} ends @param {HTMLCanvasElement} canvas
 */
function toBitmap(values, width, height, ends, canvas = document.createElement("canvas")) {
  setSize(canvas, width, height);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const image = context.createImageData(width, height);
  fill(new Uint32Array(image.data.buffer), values, ends, 0, width * height);
  context.putImageData(image, 0, 0);
  return canvas;
}

/** @type {HTMLCanvasElement | undefined} */
let spare;

/**
 * Paints a grid over a whole canvas. Its numbers stand for the middles of equal cells.
 * @param {HTMLCanvasElement} canvas @param {Float32Array} values row by row from the top left
 * @param {number} width @param {number} height @param {Ends} ends
 */
export function paint(canvas, values, width, height, ends) {
  const [fine, columns, rows] = ends.discretize ? refine(values, width, height, canvas.width) : [values, width, height];
  spare = toBitmap(fine, columns, rows, ends, spare);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingEnabled = true;
  context.drawImage(spare, 0, 0, canvas.width, canvas.height);
}

const FINEST = 400; // pixels in each direction where two colours meet sharply

/**
 * More numbers between the numbers, so that a sharp edge between two colours becomes a smooth line.
 * @param {Float32Array} values @param {number} width @param {number} height @param {number} wanted pixels
 * @returns {[Float32Array, number, number]}
 */
function refine(values, width, height, wanted) {
  const times = Math.max(1, Math.round(Math.min(wanted, FINEST) / width));
  const columns = width * times;
  const rows = height * times;
  const fine = new Float32Array(columns * rows);
  for (let row = 0, i = 0; row < rows; row++) {
    const y = (row + 0.5) / times - 0.5;
    for (let column = 0; column < columns; column++) fine[i++] = between(values, width, height, (column + 0.5) / times - 0.5, y);
  }
  return [fine, columns, rows];
}

/**
 * The number at a place between the middles of the cells, bilinearly.
 * @param {ArrayLike<number>} values @param {number} width @param {number} height @param {number} x in columns @param {number} y in rows
 */
export function between(values, width, height, x, y) {
  const left = Math.max(0, Math.min(width - 2, Math.floor(x)));
  const top = Math.max(0, Math.min(height - 2, Math.floor(y)));
  const right = Math.max(0, Math.min(1, x - left));
  const down = Math.max(0, Math.min(1, y - top));
  const at = top * width + left;
  const upper = values[at] + (values[at + 1] - values[at]) * right;
  const lower = values[at + width] + (values[at + width + 1] - values[at + width]) * right;
  return upper + (lower - upper) * down;
}

/** Makes a canvas this large in its own pixels. It is not emptied when it is. @param {HTMLCanvasElement} canvas @param {number} width @param {number} height */
export function setSize(canvas, width, height) {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}
