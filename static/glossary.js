// Says what a term means beside it, on hover, on focus and on the first tap. The terms are links to the glossary
// at the end of the page, where they lead to by themselves.

const MARGIN = 8; // pixels, from the edge of the window

export function explainTerms() {
  const definition = document.createElement("div");
  Object.assign(definition, { className: "definition", id: "definition", role: "tooltip", lang: "en", hidden: true });
  document.body.append(definition);
  /** @type {HTMLAnchorElement | null} */
  let shown = null;
  let wasTouched = false;

  /** @param {HTMLAnchorElement} term */
  function show(term) {
    const meaning = document.getElementById(term.hash.slice(1))?.nextElementSibling;
    if (!meaning || shown === term) return;
    hide();
    definition.textContent = meaning.textContent;
    definition.hidden = false;
    term.setAttribute("aria-describedby", definition.id);
    const line = term.getClientRects()[0];
    const { width, height } = definition.getBoundingClientRect();
    const left = Math.min(line.left, document.documentElement.clientWidth - width - MARGIN);
    const isRoomAbove = line.top > height + MARGIN;
    definition.style.left = `${scrollX + Math.max(MARGIN, left)}px`;
    definition.style.top = `${scrollY + (isRoomAbove ? line.top - height : line.bottom)}px`;
    shown = term;
  }

  function hide() {
    shown?.removeAttribute("aria-describedby");
    definition.hidden = true;
    shown = null;
  }

  /** @param {EventTarget | null} target @returns {HTMLAnchorElement | null} */
  const termAt = (target) => (target instanceof Element ? target.closest("a.term") : null);

  document.addEventListener("pointerover", ({ target, pointerType }) => {
    if (pointerType === "touch") return;
    const term = termAt(target);
    if (term) show(term);
    else if (!definition.contains(/** @type {Node} */ (target)) && document.activeElement !== shown) hide();
  });
  document.addEventListener("pointerdown", ({ target, pointerType }) => {
    wasTouched = pointerType === "touch" && termAt(target) !== shown;
    if (pointerType === "touch" && !termAt(target)) hide();
  });
  document.addEventListener("click", (event) => {
    const term = termAt(event.target);
    if (!term || !wasTouched) return;
    event.preventDefault(); // the first tap shows it, a second one goes there
    show(term);
  });
  document.addEventListener("focusin", ({ target }) => {
    const term = termAt(target);
    if (term && term.matches(":focus-visible")) show(term);
    else if (!term) hide();
  });
  document.addEventListener("keydown", ({ key }) => key === "Escape" && hide());
  addEventListener("hashchange", hide);
}
