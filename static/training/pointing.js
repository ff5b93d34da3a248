// How the plane is used: by mouse and finger (click, drag), and by keyboard (arrows, Enter).

import { noted, say, withDecimalSign } from "../language.js";

/** @typedef {import("./plane.js").Plane} Plane */

const NEAR = { mouse: 12, pen: 16, touch: 24 }; // pixels between a click and the point that is meant
const OVER = { mouse: 8, pen: 10, touch: 16 }; // the same while drawing, where new points come close to others
const STEPS = 40; // of the keyboard's cursor from side to side; with Shift, four times as fine
const APART = 14; // pixels between points that are drawn by dragging
const ARROWS = /** @type {Record<string, [number, number]>} */ ({
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1],
});
const HOW = {
  pick: noted("Arrow keys move a cursor, with Shift in small steps. Enter picks the nearest point."),
  draw: noted("Arrow keys move a cursor, with Shift in small steps. Enter adds a point. On a point, Enter takes it up: arrow keys then move it, Enter puts it down."),
};

let serial = 0;

/** Makes the canvas with the points answer. @param {Plane} plane */
export function listenToPlane(plane) {
  const canvas = plane.over;
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application"); // arrow keys belong to the cursor, also in a screen reader
  canvas.setAttribute("aria-roledescription", say("plane"));
  const how = document.createElement("p");
  how.className = "plane-how";
  how.id = `plane-how-${++serial}`;
  plane.element.append(how);
  canvas.setAttribute("aria-describedby", how.id);
  const told = how.cloneNode();
  if (told instanceof HTMLElement) Object.assign(told, { id: "", role: "status", className: "plane-how plane-told" });
  plane.element.append(told);
  listenToPointer(plane);
  listenToKeys(plane);
}

/** Tells those who do not see it what happened to a point. @param {Plane} plane @param {string} text */
function tell({ element }, text) {
  const told = /** @type {Element} */ (element.querySelector(".plane-told"));
  told.textContent = text;
}

/** Says what the plane is, and how it is used. @param {Plane} plane */
export function describe({ over, element, rows, names: [x, y], domain, mode }) {
  const [xLow, xHigh, yLow, yHigh] = domain.map((end) => withDecimalSign(String(+end.toPrecision(3))));
  const told = { x, y, xLow, xHigh, yLow, yHigh, count: rows.x.length };
  const both = () => say("Plane of the data: {x} from {xLow} to {xHigh}, {y} from {yLow} to {yHigh}; {count} points", told);
  const one = () => say("Plane of the data: {x} from {xLow} to {xHigh}; {count} points", told); // one column alone has no other axis
  over.setAttribute("aria-label", y ? both() : one());
  const how = /** @type {Element} */ (element.querySelector(".plane-how"));
  how.textContent = say(HOW[mode]);
}

/** @param {Plane} plane */
function listenToPointer(plane) {
  const canvas = plane.over;
  const placeOf = (/** @type {PointerEvent} */ event) => {
    const box = canvas.getBoundingClientRect();
    return /** @type {const} */ ([event.clientX - box.left, event.clientY - box.top]);
  };
  const farthest = (/** @type {Event} */ event, from = NEAR) => from[/** @type {"mouse"} */ (/** @type {PointerEvent} */ (event).pointerType)] ?? from.mouse;
  /** Where the last point was drawn, while drawing. @type {readonly [number, number] | null} */
  let drawn = null;

  canvas.addEventListener("pointerdown", (event) => {
    if (plane.mode !== "draw" || event.button !== 0 || !isInside(plane, ...placeOf(event))) return;
    canvas.setPointerCapture(event.pointerId);
    const [px, py] = placeOf(event);
    const index = plane.canMove ? plane.nearest(px, py, farthest(event, OVER)) : null;
    if (index !== null) plane.moved = { index, x: plane.rows.x[index], y: plane.rows.y[index] };
    else plane.tell.add(...plane.toPlace(...(drawn = /** @type {const} */ ([px, py]))));
  });
  canvas.addEventListener("pointermove", (event) => {
    const [px, py] = placeOf(event);
    const [x, y] = plane.toPlace(px, py);
    if (plane.moved && event.buttons) moveTo(plane, x, y);
    else if (drawn && Math.hypot(px - drawn[0], py - drawn[1]) >= APART) plane.tell.add(...plane.toPlace(...(drawn = /** @type {const} */ ([px, py]))));
    if (isInside(plane, px, py)) plane.tell.cursor(x, y, plane.valueAt(x, y));
  });
  for (const end of /** @type {const} */ (["pointerup", "pointercancel"])) {
    canvas.addEventListener(end, () => {
      plane.moved = drawn = null;
    });
  }
  canvas.addEventListener("click", (event) => {
    if (plane.mode !== "pick") return;
    const [px, py] = placeOf(/** @type {PointerEvent} */ (event));
    pick(plane, plane.nearest(px, py, farthest(event)));
  });
}

/** @param {Plane} plane */
function listenToKeys(plane) {
  const canvas = plane.over;
  const middle = () => /** @type {[number, number]} */ ([(plane.domain[0] + plane.domain[1]) / 2, (plane.domain[2] + plane.domain[3]) / 2]);
  canvas.addEventListener("focus", () => {
    if (!canvas.matches(":focus-visible")) return;
    plane.cursor ??= middle();
    tellCursor(plane);
    plane.drawOver();
  });
  canvas.addEventListener("blur", () => {
    plane.cursor = plane.moved = null;
    plane.drawOver();
  });
  canvas.addEventListener("keydown", (event) => {
    const arrow = ARROWS[event.key];
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (!arrow && event.key !== "Enter" && event.key !== " " && event.key !== "Escape") return;
    if (event.key === "Escape" && !plane.moved) return;
    event.preventDefault();
    plane.cursor ??= middle();
    if (arrow) moveCursor(plane, arrow, event.shiftKey ? 4 * STEPS : STEPS);
    else if (event.key === "Escape") plane.moved = null;
    else enter(plane, plane.cursor);
    tellCursor(plane);
    plane.drawOver();
  });
}

/** @param {Plane} plane @param {[number, number]} arrow @param {number} steps */
function moveCursor(plane, [right, up], steps) {
  const [xLow, xHigh, yLow, yHigh] = plane.domain;
  const [x, y] = /** @type {[number, number]} */ (plane.cursor);
  const clamp = (/** @type {number} */ value, /** @type {number} */ low, /** @type {number} */ high) => Math.max(low, Math.min(high, value));
  plane.cursor = [
    clamp(x + (right * (xHigh - xLow)) / steps, xLow, xHigh),
    clamp(y + (up * (yHigh - yLow)) / steps, yLow, yHigh),
  ];
  if (plane.moved) moveTo(plane, ...plane.cursor);
}

/** What Enter does at the cursor. @param {Plane} plane @param {[number, number]} place */
function enter(plane, place) {
  const pixels = plane.toPixels(...place);
  if (plane.mode === "pick") return pick(plane, plane.nearest(...pixels, Infinity));
  if (plane.moved) {
    tell(plane, say("Point {n} put down", { n: plane.moved.index + 1 }));
    plane.moved = null;
    return;
  }
  const index = plane.nearest(...pixels, OVER.mouse);
  if (index === null) return plane.tell.add(...place);
  plane.moved = { index, x: plane.rows.x[index], y: plane.rows.y[index] };
  tell(plane, say("Point {n} taken up", { n: index + 1 }));
}

/** @param {Plane} plane @param {number | null} index */
function pick(plane, index) {
  if (index === null) return;
  plane.pick(index);
  plane.tell.pick(index);
}

/** @param {Plane} plane @param {number} x @param {number} y */
function moveTo(plane, x, y) {
  const moved = /** @type {NonNullable<Plane["moved"]>} */ (plane.moved);
  if (moved.x === x && moved.y === y) return;
  Object.assign(moved, { x, y });
  plane.drawOver();
  plane.tell.move(moved.index, x, y);
}

/** @param {Plane} plane */
function tellCursor(plane) {
  if (plane.cursor) plane.tell.cursor(...plane.cursor, plane.valueAt(...plane.cursor));
}

/** @param {Plane} plane @param {number} px @param {number} py */
function isInside({ plot: { left, top, size } }, px, py) {
  return px >= left && px <= left + size && py >= top && py <= top + size;
}
