// Starts the two Pythons: the kernel in its worker, and the page's own through PyScript.

import "./embed/sandbox.js"; // before anybody opens a database
import { BUILT } from "./built.js";
import { beginFrame } from "./embed/frame.js";
import { explainTerms } from "./glossary.js";
import * as kernel from "./kernel/kernel.js";
import { keepFocus, keepLanding } from "./landing.js";
import { language, loaded, spoken } from "./language.js";
import { keepOffline } from "./offline/offline.js";
import { unpack } from "./python.js";
import { judgeChoices } from "./question.js";
import { showStatus } from "./status.js";
import { offerLanguages } from "./switch.js";

if (language === "en") begin();
else loaded.then(begin);

function begin() {
  showStatus();
  beginFrame();
  kernel.restart(); // at once: it takes longest, and needs nothing of the page
  startPage();
  keepOffline();
}

/** Starts the page's own Python, which finds the program in the page once all of it is there. */
async function startPage() {
  if (document.readyState === "loading") await new Promise((done) => addEventListener("DOMContentLoaded", done));
  if (spoken() !== "en") await speak();
  offerLanguages();
  keepLanding();
  keepFocus();
  explainTerms();
  judgeChoices();
  const { hooks } = await import("./vendor/pyscript.js");
  // PyScript prepares workers of its own with `eval`. We have none, and our Content-Security-Policy no eval.
  hooks.worker.onBeforeRunAsync.clear();
  if (BUILT) hooks.main.onReady.add(unpack);
}

/** Puts the page into another language than English. */
async function speak() {
  const [{ translate }, { takeDecimalSign }] = await Promise.all([import("./translate.js"), import("./decimal.js")]);
  translate();
  takeDecimalSign();
}
