// A chart as SVG text, for a file: what uPlot has on its canvas, as lines that stay sharp.

import { short } from "./digits.js";
import { token } from "./palette.js";

/** @typedef {import("./chart.js").Series} Series */

/** @param {import("../vendor/uplot.js").uPlot} plot @param {Series[]} series @param {string} title */
export function chartSvg(plot, series, title) {
  const { left, top, width, height } = boxOf(plot);
  const places = Array.from(plot.data[0], (x) => left + plot.valToPos(x, "x"));
  const dashOf = (/** @type {Series} */ { isDashed }) => (isDashed ? ' stroke-dasharray="5 4"' : "");
  const lines = series.map((one, s) => {
    const points = places.flatMap((x, i) => (plot.data[s + 1][i] == null ? [] : [`${x.toFixed(1)},${(top + plot.valToPos(/** @type {number} */ (plot.data[s + 1][i]), "y")).toFixed(1)}`]));
    return `<polyline fill="none" stroke="${paint(one.colour)}" stroke-width="${one.width}"${dashOf(one)} points="${points.join(" ")}"/>`;
  });
  const names = series.map((one, s) => {
    const [x, y] = [left + width - 6, top + 14 + 15 * s];
    const key = `<path d="M${x - 20} ${y - 4}h20" stroke="${paint(one.colour)}" stroke-width="2"${dashOf(one)}/>`;
    return `${key}<text x="${x - 26}" y="${y}" text-anchor="end" fill="${token("--ink")}">${escape(one.name)}</text>`;
  });
  const marks = [...marksOf(plot, "x", left, top, width, height), ...marksOf(plot, "y", left, top, width, height)];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${plot.width} ${plot.height}" font-family="Inter, sans-serif" font-size="11">
<title>${escape(title)}</title>
<rect width="100%" height="100%" fill="${token("--raised")}"/>
${[...marks, ...lines, ...names].join("\n")}
</svg>
`;
}

/** @param {import("../vendor/uplot.js").uPlot} plot @param {"x" | "y"} axis @param {number} left @param {number} top @param {number} width @param {number} height */
function marksOf(plot, axis, left, top, width, height) {
  const { _splits: splits = [], _values: values = [] } = /** @type {any} */ (plot.axes[axis === "x" ? 0 : 1]);
  return splits.flatMap((/** @type {number} */ at, /** @type {number} */ i) => {
    const place = plot.valToPos(at, axis);
    if (!values[i] || place < 0 || place > (axis === "x" ? width : height)) return [];
    const [x, y] = axis === "x" ? [left + place, top + height + 16] : [left - 8, top + place + 4];
    const line = axis === "x" ? `M${left + place} ${top}v${height}` : `M${left} ${top + place}h${width}`;
    return [`<path d="${line}" stroke="${token("--rule")}"/><text x="${x}" y="${y}" text-anchor="${axis === "x" ? "middle" : "end"}" fill="${token("--ink-soft")}">${escape(String(values[i] ?? short(at)))}</text>`];
  });
}

/** The box of the lines in CSS pixels. @param {import("../vendor/uplot.js").uPlot} plot */
function boxOf({ bbox }) {
  const ratio = window.devicePixelRatio || 1;
  return { left: bbox.left / ratio, top: bbox.top / ratio, width: bbox.width / ratio, height: bbox.height / ratio };
}

/** @param {string} colour a token, or a CSS colour */
function paint(colour) {
  return escape(colour.startsWith("--") ? token(colour) : colour);
}

/** @param {string} text */
function escape(text) {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}
