// What is drawn over a plane: its axes with their numbers, and its points. Sizes are in CSS pixels.

import { withDecimalSign } from "../language.js";
import { writeTabular } from "./digits.js";
import { colour, font, stepOf, token } from "./palette.js";

/** @typedef {{ left: number, top: number, size: number }} Plot where the square with the points is, on its canvas */
/** @typedef {{ at: number, text: string }} Tick */

/** Numbers to stand at an axis: multiples of 1, 2 or 5 times a power of ten. @param {number} low @param {number} high @param {number} most @returns {Tick[]} @public */
export function ticks(low, high, most = 7) {
  const rough = (high - low) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].find((n) => n * power >= rough) ?? 10) * power;
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const at = (first + i) * step;
    return { at, text: withDecimalSign((Math.abs(at) < step / 2 ? 0 : at).toFixed(digits).replace("-", "−")) };
  });
}

/**
 * @param {CanvasRenderingContext2D} context @param {Plot} plot @param {number[]} domain @param {[string, string]} names
 */
export function drawAxes(context, { left, top, size }, [xLow, xHigh, yLow, yHigh], names) {
  const most = Math.max(3, Math.min(7, Math.floor(size / 40)));
  context.strokeStyle = token("--control");
  context.fillStyle = token("--ink-soft");
  context.lineWidth = 1;
  context.font = font(11);
  context.textAlign = "center";
  context.textBaseline = "top";
  context.beginPath();
  for (const { at, text } of ticks(xLow, xHigh, most)) {
    const x = Math.round(left + ((at - xLow) / (xHigh - xLow)) * size) + 0.5;
    context.moveTo(x, top + size + 1);
    context.lineTo(x, top + size + 5);
    writeTabular(context, text, x, top + size + 8);
  }
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const { at, text } of ticks(yLow, yHigh, most)) {
    const y = Math.round(top + ((yHigh - at) / (yHigh - yLow)) * size) + 0.5;
    context.moveTo(left - 1, y);
    context.lineTo(left - 5, y);
    writeTabular(context, text, left - 8, y);
  }
  context.stroke();
  context.strokeRect(left - 0.5, top - 0.5, size + 1, size + 1);
  context.fillStyle = token("--ink");
  context.font = font(12, 500);
  context.textAlign = "right";
  context.textBaseline = "bottom";
  context.fillText(names[0], left + size, top + size + 36);
  context.textAlign = "left";
  context.textBaseline = "top";
  context.fillText(names[1], Math.max(2, left - 30), 1);
}

const RADIUS = 3.4;

/**
 * A point: a circle for what is positive, a diamond for what is not; hollow when it is of the test set. Its
 * rim is of paper, so that it is seen on any colour.
 * @param {CanvasRenderingContext2D} context @param {number} x @param {number} y
 * @param {number} target from -1 to 1 @param {boolean} isTest @param {string} paper
 */
export function drawPoint(context, x, y, target, isTest, paper) {
  const fill = colour(stepOf(Math.sign(target) * (0.3 + 0.7 * Math.abs(target))));
  context.beginPath();
  outline(context, x, y, target, isTest ? RADIUS - 0.4 : RADIUS);
  context.strokeStyle = paper;
  context.lineWidth = isTest ? 4 : 2;
  context.stroke();
  context.fillStyle = isTest ? paper : fill;
  context.fill();
  if (!isTest) return;
  context.strokeStyle = fill;
  context.lineWidth = 1.8;
  context.stroke();
}

/** @param {CanvasRenderingContext2D} context @param {number} x @param {number} y @param {number} target @param {number} radius */
function outline(context, x, y, target, radius) {
  if (target > 0) return context.arc(x, y, radius, 0, 2 * Math.PI);
  const r = radius * 1.3;
  context.moveTo(x, y - r);
  context.lineTo(x + r, y);
  context.lineTo(x, y + r);
  context.lineTo(x - r, y);
  context.closePath();
}

/** The ring around the point that was picked. @param {CanvasRenderingContext2D} context @param {number} x @param {number} y */
export function drawRing(context, x, y) {
  for (const [width, name] of /** @type {[number, string][]} */ ([[5, "--raised"], [2, "--ink"]])) {
    context.beginPath();
    context.arc(x, y, 9, 0, 2 * Math.PI);
    context.lineWidth = width;
    context.strokeStyle = token(name);
    context.stroke();
  }
}

/** The cursor of the keyboard: a cross with a gap in its middle. @param {CanvasRenderingContext2D} context @param {number} x @param {number} y */
export function drawCursor(context, x, y) {
  for (const [width, name] of /** @type {[number, string][]} */ ([[4, "--raised"], [1.5, "--ink"]])) {
    context.beginPath();
    for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
      context.moveTo(x + 4 * dx, y + 4 * dy);
      context.lineTo(x + 13 * dx, y + 13 * dy);
    }
    context.lineWidth = width;
    context.strokeStyle = token(name);
    context.stroke();
  }
}
