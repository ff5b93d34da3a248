// Puts a drawing, a formula or a paragraph from the kernel on the page.
//
// The kernel runs code of cells, which may come from anybody and may change what the kernel answers. So only
// what drawings and formulas are made of gets through: nothing that loads, links, redirects or acts.

const ELEMENTS = new Set(
  "svg g path rect circle line text tspan title p span math mrow mi mn mo mfrac msup msub mtable mtr mtd mtext".split(" "),
);
const ACTIVE = /^on|href$|^src/i; // attributes
const NUMBERS = /^(\s*--[\w-]+\s*:\s*[\d.]+\s*;?)*$/; // all that a drawing needs to say in its style

/** @param {Element} place @param {string} markup */
export function setMarkup(place, markup) {
  const template = document.createElement("template"); // nothing in it is loaded
  template.innerHTML = markup;
  for (const element of template.content.querySelectorAll("*")) {
    if (!ELEMENTS.has(element.localName)) element.remove();
    for (const { name, value } of [...element.attributes]) {
      if (ACTIVE.test(name) || (name === "style" && !NUMBERS.test(value))) element.removeAttribute(name);
    }
  }
  place.replaceChildren(template.content);
}
