// A question of a lesson: whoever has chosen is told whether it is right, and sees the answer. What was chosen is
// there at the next visit, too. Without this, the answer still opens by itself.

import { keep, kept } from "./storage.js";

const KEY = "choices"; // the text of what was chosen, by the question

export async function judgeChoices() {
  document.addEventListener("change", async ({ target }) => {
    const question = target instanceof HTMLInputElement && target.closest("fieldset.question");
    if (!question) return;
    judge(question, target);
    /** @type {HTMLDetailsElement} */ (question.querySelector("details")).open = true;
    await keep(KEY, { ...(await chosen()), [question.id]: textOf(target) });
  });
  for (const [name, text] of Object.entries(await chosen())) {
    const question = document.getElementById(name);
    const fields = [...(question?.querySelectorAll("input") ?? [])];
    const field = fields.find((field) => textOf(field) === text);
    if (!question || !field || fields.some(({ checked }) => checked)) continue;
    field.checked = true;
    judge(question, field);
  }
}

/** @returns {Promise<Record<string, string>>} */
async function chosen() {
  const found = await kept(KEY);
  return typeof found === "object" && found ? found : {};
}

/** @param {HTMLInputElement} field */
function textOf(field) {
  return field.labels?.[0]?.textContent?.trim() ?? "";
}

/** @param {Element} question @param {HTMLInputElement} field */
function judge(question, field) {
  const { right, told = "" } = field.dataset;
  const status = /** @type {Element} */ (question.querySelector(".judged"));
  status.textContent = right ? told : `No. ${told}`;
  status.setAttribute("data-right", right ? "yes" : "no");
}
