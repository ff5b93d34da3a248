// Where a function has a certain level: a line through a grid of its numbers, by marching squares.

/** The edges of a cell that the line crosses, by which of its corners are above: top left 8, top right 4, bottom right 2, bottom left 1. */
const [TOP, RIGHT, BOTTOM, LEFT] = [0, 1, 2, 3];
const CROSSED = [
  [], [LEFT, BOTTOM], [BOTTOM, RIGHT], [LEFT, RIGHT],
  [TOP, RIGHT], [TOP, RIGHT, LEFT, BOTTOM], [TOP, BOTTOM], [LEFT, TOP],
  [LEFT, TOP], [TOP, BOTTOM], [LEFT, TOP, BOTTOM, RIGHT], [TOP, RIGHT],
  [LEFT, RIGHT], [BOTTOM, RIGHT], [LEFT, BOTTOM], [],
];

/**
 * Draws the line onto a path, in units of cells from the top left. A grid's numbers stand in the middles of
 * its cells, so the line ends half a cell before the border; there it is led on as if the last numbers repeated.
 * @param {CanvasPath} path @param {ArrayLike<number>} values row by row @param {number} size cells in each direction @param {number} level
 */
export function contour(path, values, size, level) {
  const at = (/** @type {number} */ row, /** @type {number} */ column) =>
    values[Math.max(0, Math.min(size - 1, row)) * size + Math.max(0, Math.min(size - 1, column))] - level;
  for (let row = -1; row < size; row++) {
    for (let column = -1; column < size; column++) {
      const a = at(row, column);
      const b = at(row, column + 1);
      const c = at(row + 1, column + 1);
      const d = at(row + 1, column);
      const above = (a > 0 ? 8 : 0) | (b > 0 ? 4 : 0) | (c > 0 ? 2 : 0) | (d > 0 ? 1 : 0);
      if (above === 0 || above === 15 || !Number.isFinite(a + b + c + d)) continue;
      const isJoined = (above === 5 || above === 10) && a + b + c + d > 0;
      const edges = CROSSED[isJoined ? 15 - above : above];
      for (let i = 0; i < edges.length; i++) {
        const [x, y] = crossing(edges[i], a, b, c, d);
        path[i % 2 ? "lineTo" : "moveTo"](clamp(column + 0.5 + x, size), clamp(row + 0.5 + y, size));
      }
    }
  }
}

/** Where the line crosses an edge of a cell. @param {number} edge @param {number} a @param {number} b @param {number} c @param {number} d */
function crossing(edge, a, b, c, d) {
  if (edge === TOP) return [a / (a - b), 0];
  if (edge === BOTTOM) return [d / (d - c), 1];
  if (edge === LEFT) return [0, a / (a - d)];
  return [1, b / (b - c)];
}

/** @param {number} x @param {number} size */
function clamp(x, size) {
  return Math.max(0, Math.min(size, x));
}
