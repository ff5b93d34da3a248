// The JavaScript that the page's Python may call, by the names that it has there: app/page/browser.py takes it.

export * as anime from "./vendor/anime.js";
export * as cell from "./cell.js";
export * as controls from "./training/controls.js";
export * as editor from "./editor.js";
export * as embed from "./embed/frame.js";
export * as export from "./export.js";
export * as first from "./first.js";
export * as kernel from "./kernel/kernel.js";
export * as language from "./language.js";
export * as markup from "./markup.js";
export * as network from "./network/picture.js";
export * as offer from "./embed/offer.js";
export * as panel from "./training/panel.js";
export * as picture from "./picture.js";
export * as python from "./python.js";
export * as source from "./source.js";
export * as storage from "./storage.js";
export * as training from "./training/stage.js";
export * as viewport from "./viewport.js";
