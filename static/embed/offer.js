// The button at a figure that offers to embed it. The dialog behind it comes with the first press.

import { say } from "../language.js";

/** @typedef {import("./dialog.js").Write} Write */

/** @param {HTMLElement} figure @param {string} section @param {(section: string) => void} press */
export function addButton(figure, section, press) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "embed-button";
  button.textContent = say("Embed");
  button.setAttribute("aria-label", say("Embed this figure"));
  button.addEventListener("click", () => press(section));
  figure.append(button);
}

/** @param {string} form JSON, see Form in dialog.js @param {Write} write */
export async function openDialog(form, write) {
  const [{ Dialog }] = await Promise.all([import("./dialog.js"), styled()]);
  if (!document.querySelector("dialog[open]")) new Dialog(JSON.parse(form), write).open();
}

/** @type {Promise<unknown> | undefined} */
let styles;

/** The dialog's styles; without them, it works all the same. */
function styled() {
  styles ??= new Promise((done) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = new URL("../css/dialog.css", import.meta.url).href;
    link.onload = link.onerror = done;
    document.head.append(link);
  });
  return styles;
}
