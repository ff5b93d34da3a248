// Controls that are made anew after each answer, and all the same stay under the finger that presses them.

/** Puts parts in a place. If such parts are there already, they stay, and take over what is new. @param {HTMLElement} place @param {HTMLElement[]} parts */
export function renew(place, parts) {
  const olds = [...place.childNodes];
  if (olds.length === parts.length && parts.every((part, i) => isLike(olds[i], part))) {
    parts.forEach((part, i) => takeOver(olds[i], part));
    return;
  }
  const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.name;
  place.replaceChildren(...parts);
  if (focused) /** @type {HTMLElement | null} */ (place.querySelector(`[data-name="${focused}"]`))?.focus();
}

/** @param {ChildNode} old @param {ChildNode} next @returns {boolean} */
function isLike(old, next) {
  return (
    old.nodeName === next.nodeName &&
    /** @type {HTMLElement} */ (old).dataset?.name === /** @type {HTMLElement} */ (next).dataset?.name &&
    old.childNodes.length === next.childNodes.length &&
    [...next.childNodes].every((child, i) => isLike(old.childNodes[i], child))
  );
}

/** @param {ChildNode} old @param {ChildNode} next */
function takeOver(old, next) {
  if (old instanceof Element && next instanceof Element) {
    for (const { name, value } of next.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  } else if (old.nodeValue !== next.nodeValue) old.nodeValue = next.nodeValue;
  next.childNodes.forEach((child, i) => takeOver(old.childNodes[i], child));
  if (old instanceof HTMLSelectElement && next instanceof HTMLSelectElement) old.value = next.value;
}
