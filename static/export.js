// Takes a figure away as a picture: SVG text that stands alone, or a PNG file.

const STYLED = ["fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "opacity", "paint-order",
  "font-family", "font-size", "font-style", "font-weight", "text-anchor"];

/** Returns the SVG of a drawing as it looks now, with its styles written into it. @param {SVGSVGElement} svg */
export function standaloneSvg(svg) {
  const copy = /** @type {SVGSVGElement} */ (svg.cloneNode(true));
  const originals = svg.querySelectorAll("*");
  copy.querySelectorAll("*").forEach((element, i) => {
    const style = getComputedStyle(originals[i]);
    element.setAttribute("style", STYLED.map((name) => `${name}:${style.getPropertyValue(name)}`).join(";"));
    element.removeAttribute("tabindex");
  });
  copy.querySelector(".plane")?.removeAttribute("transform");
  const [, , width, height] = (svg.getAttribute("viewBox") ?? "").split(" ");
  copy.setAttribute("width", width);
  copy.setAttribute("height", height);
  return new XMLSerializer().serializeToString(copy);
}

/** Puts the SVG on the clipboard. @param {SVGSVGElement} svg */
export async function copySvg(svg) {
  await navigator.clipboard.writeText(standaloneSvg(svg));
}

/** Saves the drawing as a PNG, twice as large as drawn, on the page's colour. @param {SVGSVGElement} svg @param {string} name */
export async function savePng(svg, name) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(standaloneSvg(svg))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width * 2, image.height * 2];
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue("--raised");
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  saveCanvas(canvas, `${name}.png`);
}

/** @param {string} text @param {string} name */
export function saveText(text, name) {
  save(new Blob([text], { type: "text/plain;charset=utf-8" }), name);
}

/** Saves a canvas as a PNG file. @param {HTMLCanvasElement} canvas @param {string} name */
export function saveCanvas(canvas, name) {
  canvas.toBlob((blob) => blob && save(blob, name));
}

/** @param {Blob} blob @param {string} name */
function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
