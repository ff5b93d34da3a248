// Numbers at axes and in legends: short, and with digits of one width, also on a canvas.

import { withDecimalSign } from "../language.js";

/** A number with so many digits that count; with a power of ten where zeros would be many. @param {number} number @param {number} digits */
export function short(number, digits = 4) {
  const size = Math.abs(number);
  if (number === 0) return "0";
  const text = size >= 1e5 || size < 1e-4 ? number.toExponential(digits - 1).replace(/\.?0*e\+?/, "e") : String(Number(number.toPrecision(digits)));
  return withDecimalSign(text.replace(/-/g, "−"));
}

/**
 * As `fillText`, but all digits are as wide as a 0: no canvas knows `font-variant-numeric`.
 * @param {CanvasRenderingContext2D} context @param {string} text @param {number} x @param {number} y
 */
export function writeTabular(context, text, x, y) {
  const write = CanvasRenderingContext2D.prototype.fillText;
  const zero = context.measureText("0").width;
  const widths = Array.from(text, (c) => (c >= "0" && c <= "9" ? zero : context.measureText(c).width));
  const width = widths.reduce((sum, w) => sum + w, 0);
  const align = context.textAlign;
  let at = x - (align === "right" || align === "end" ? width : align === "center" ? width / 2 : 0);
  context.textAlign = "center";
  Array.from(text).forEach((c, i) => {
    write.call(context, c, at + widths[i] / 2, y);
    at += widths[i];
  });
  context.textAlign = align;
}
