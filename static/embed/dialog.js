// The dialog that makes the snippet of a figure: what to choose, the snippet, and the figure as it will be.
//
// It knows no lesson: what there is to choose, and how a snippet is written, the page's Python says.

import { say } from "../language.js";
import { checkFor, fieldFor, grow } from "./fields.js";
import { Preview } from "./preview.js";

/** @typedef {import("./fields.js").Field} Field */
/** @typedef {{ title: string, fields: Field[], language: Field, plays: boolean, parts: string[], note: string }} Form */
/** @typedef {{ tag: string, frame: string, problems: string[] }} Written */
/** Returns Written as JSON. @typedef {(choice: string, base: string, height: number) => string} Write */

const TYPING = 600; // milliseconds without a change, after which the preview follows

const HTML = `
  <div class="embed-head">
    <h2 id="embed-title" tabindex="-1" autofocus></h2>
    <button type="button" data-close>${say("Close")}</button>
  </div>
  <form>
    <div class="embed-fields"></div>
    <p class="embed-told" role="status"></p>
    <label class="embed-check" data-plays><input type="checkbox" name="autoplay" value="true"> ${say("Plays at once")}</label>
    <fieldset class="choices words">
      <legend>${say("Colours")}</legend>
      <label><input type="radio" name="theme" value="" checked><span>${say("as its host")}</span></label>
      <label><input type="radio" name="theme" value="light"><span>${say("light")}</span></label>
      <label><input type="radio" name="theme" value="dark"><span>${say("dark")}</span></label>
    </fieldset>
    <fieldset class="choices words">
      <legend>${say("Height")}</legend>
      <label><input type="radio" name="sized" value="" checked><span>${say("as the figure")}</span></label>
      <label><input type="radio" name="sized" value="fixed"><span>${say("fixed")}</span></label>
      <label class="embed-pixels" hidden><input type="number" name="height" min="100" max="5000" step="10" aria-label="${say("Height in pixels")}"> px</label>
    </fieldset>
    <div class="embed-fields" data-languages></div>
    <fieldset class="embed-parts">
      <legend>${say("Leave out")}</legend>
    </fieldset>
    <p class="embed-note"></p>
  </form>
  <section class="embed-snippet" aria-labelledby="embed-snippet-title">
    <div class="embed-bar-of-snippet">
      <h3 id="embed-snippet-title">${say("Snippet")}</h3>
      <fieldset class="choices words">
        <legend class="embed-unseen">${say("Kind of snippet")}</legend>
        <label><input type="radio" name="kind" value="tag" checked><span>${say("One tag")}</span></label>
        <label><input type="radio" name="kind" value="frame"><span>${say("Frame")}</span></label>
      </fieldset>
      <span class="embed-told" role="status"></span>
      <button type="button" class="primary" data-copy>${say("Copy")}</button>
    </div>
    <textarea readonly spellcheck="false" aria-label="${say("The snippet")}"></textarea>
    <p class="embed-hint" data-about></p>
    <p class="embed-hint" data-own>${say("This is the address of your own computer. Make the snippet where the page is hosted.")}</p>
  </section>
  <section class="embed-preview" aria-labelledby="embed-preview-title">
    <h3 id="embed-preview-title">${say("Preview")}</h3>
    <div class="embed-place" tabindex="0" role="group" aria-label="${say("Preview")}"></div>
  </section>`;

export class Dialog {
  /** @param {Form} form @param {Write} write */
  constructor(form, write) {
    this.write = write;
    this.opener = /** @type {HTMLElement | null} */ (document.activeElement);
    this.dialog = document.createElement("dialog");
    this.dialog.className = "embed-dialog";
    this.dialog.setAttribute("aria-labelledby", "embed-title");
    this.dialog.innerHTML = HTML;
    this.form = this.find("form", HTMLFormElement);
    this.snippet = this.find(".embed-snippet textarea", HTMLTextAreaElement);
    this.pixels = this.find("[name=height]", HTMLInputElement);
    this.preview = new Preview(this.find(".embed-place", HTMLElement), () => this.show());
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.fill(form);
    this.listen();
  }

  /** @template {HTMLElement} T @param {string} selector @param {new () => T} _kind @returns {T} */
  find(selector, _kind) {
    return /** @type {T} */ (this.dialog.querySelector(selector));
  }

  open() {
    document.body.append(this.dialog);
    this.dialog.showModal();
    this.preview.show(this.show().tag);
  }

  // What there is to choose.

  /** @param {Form} form */
  fill({ title, fields, language, plays, parts, note }) {
    this.find("h2", HTMLElement).textContent = say("Embed: {title}", { title });
    this.find(".embed-fields", HTMLElement).append(...fields.map(fieldFor));
    this.find("[data-languages]", HTMLElement).append(fieldFor(language));
    this.find(".embed-parts", HTMLElement).append(...parts.map(checkFor));
    this.find(".embed-parts", HTMLElement).hidden = parts.length === 0;
    this.find("[data-plays]", HTMLElement).hidden = !plays;
    this.find(".embed-note", HTMLElement).textContent = note;
    this.find("[data-own]", HTMLElement).hidden = !isOwn(location);
  }

  listen() {
    const { dialog, form } = this;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", ({ target }) => {
      if (target instanceof HTMLTextAreaElement) grow(target);
      this.change();
    });
    for (const radio of dialog.querySelectorAll("[name=kind]")) radio.addEventListener("change", () => this.show());
    this.find("[data-close]", HTMLElement).addEventListener("click", () => dialog.close());
    this.find("[data-copy]", HTMLElement).addEventListener("click", () => this.copy());
    dialog.addEventListener("close", () => this.end());
  }

  /** What is chosen now, a text for each key. @returns {Record<string, string>} */
  choice() {
    const data = new FormData(this.form);
    const { sized, height, ...others } = /** @type {Record<string, string>} */ (Object.fromEntries(data));
    return { ...others, hide: data.getAll("hide").join(","), height: sized ? height : "" };
  }

  // What comes of it.

  /** Something was chosen: the snippet tells it at once, the preview a moment later. */
  change() {
    const isFixed = Boolean(new FormData(this.form).get("sized"));
    this.find(".embed-pixels", HTMLElement).hidden = !isFixed;
    if (isFixed && !this.pixels.value) this.pixels.value = String(this.preview.height());
    const { tag, problems } = this.show();
    clearTimeout(this.timer);
    if (problems.length === 0) this.timer = setTimeout(() => this.preview.show(tag), TYPING);
  }

  /** Shows the snippet of what is chosen. @returns {Written} */
  show() {
    const base = new URL("./", document.baseURI).href;
    const choice = this.choice();
    const text = this.write(JSON.stringify(choice), base, this.preview.height());
    const written = /** @type {Written} */ (JSON.parse(text));
    const kind = /** @type {"tag" | "frame"} */ (this.find("[name=kind]:checked", HTMLInputElement).value);
    if (this.snippet.value !== written[kind]) this.say("");
    this.snippet.value = written[kind];
    this.find("[data-about]", HTMLElement).textContent = about(kind, choice);
    this.find("form > .embed-told", HTMLElement).textContent = written.problems.join(" ");
    return written;
  }

  async copy() {
    try {
      await navigator.clipboard.writeText(this.snippet.value);
      this.say(say("Copied."));
    } catch {
      this.snippet.select();
      this.say(say("Your browser does not let this page copy. The snippet is selected: copy it yourself."));
    }
  }

  /** @param {string} sentence */
  say(sentence) {
    this.find(".embed-snippet .embed-told", HTMLElement).textContent = sentence;
  }

  /** Takes everything away, with the Python of the preview. */
  end() {
    clearTimeout(this.timer);
    this.preview.end();
    this.dialog.remove();
    this.opener?.focus();
  }
}

/** Says what such a snippet does by itself. @param {"tag" | "frame"} kind @param {Record<string, string>} choice */
function about(kind, { height, theme }) {
  const isTag = kind === "tag";
  const sentences = [isTag ? say("A script and an element.") : say("A frame without a script. It keeps its height.")];
  if (isTag && !height) sentences.push(say("It is as high as its figure."));
  if (!theme) sentences.push(isTag ? say("It is light or dark as the page around it.") : say("It is light or dark as its reader’s system."));
  return sentences.join(" ");
}

/** Is it an address that only this computer knows? @param {{ hostname: string }} address */
function isOwn({ hostname }) {
  return ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
}
