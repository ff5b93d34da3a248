// A question of a lesson: whoever has chosen is told whether it is right, and sees the answer. Without this, the
// answer still opens by itself.

export function judgeChoices() {
  document.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    const question = target.closest("fieldset.question");
    const { right, told = "" } = target.dataset;
    const status = question?.querySelector(".judged");
    const answer = question?.querySelector("details");
    if (!status || !answer) return;
    status.textContent = right ? told : `No. ${told}`;
    status.setAttribute("data-right", right ? "yes" : "no");
    answer.open = true;
  });
}
