// A table of parameters: path, data, gradient. Rows are made once, and written to when a text has changed.

/** @typedef {{ names: string[], data: string[], grad: string[], when: number[] }} Parameters */

export class Table {
  /** @param {HTMLElement} body */
  constructor(body) {
    this.body = body;
    /** @type {HTMLTableRowElement[]} */
    this.rows = [];
    this.names = "";
    body.addEventListener("keydown", (event) => this.walk(event));
  }

  /** Shows the parameters; a gradient is there from its step on. @param {Parameters} parameters @param {number} step */
  show({ names, data, grad, when }, step) {
    if (names.join() !== this.names) this.make(names);
    this.rows.forEach((row, p) => {
      write(row.cells[1], data[p]);
      write(row.cells[2], when[p] <= step ? grad[p] : "");
    });
  }

  /** @param {string[]} names */
  make(names) {
    this.names = names.join();
    this.rows = names.map((name, p) => {
      const row = document.createElement("tr");
      const head = document.createElement("th");
      head.scope = "row";
      head.textContent = name;
      row.append(head, document.createElement("td"), document.createElement("td"));
      row.dataset.row = String(p);
      row.tabIndex = p ? -1 : 0;
      return row;
    });
    this.body.replaceChildren(...this.rows);
  }

  /** Shows which row is followed, and scrolls the table to it. @param {number | null} parameter */
  mark(parameter) {
    const old = this.body.querySelector(".followed");
    const row = parameter === null ? undefined : this.rows[parameter];
    if (old === (row ?? null)) return;
    old?.classList.remove("followed");
    old?.removeAttribute("aria-current");
    if (!row) return;
    row.classList.add("followed");
    row.setAttribute("aria-current", "true");
    const frame = /** @type {HTMLElement} */ (this.body.closest(".rows"));
    const [here, there] = [frame.getBoundingClientRect(), row.getBoundingClientRect()];
    if (there.top < here.top + there.height || there.bottom > here.bottom) {
      frame.scrollTop += there.top - here.top - here.height / 2;
    }
  }

  /** One row is a stop of the Tab key; the arrows go on from there. @param {KeyboardEvent} event */
  walk(event) {
    const row = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("tr"));
    const to = { ArrowUp: row?.previousElementSibling, ArrowDown: row?.nextElementSibling }[event.key];
    if (!row || !to) return;
    event.preventDefault();
    row.tabIndex = -1;
    /** @type {HTMLElement} */ (to).tabIndex = 0;
    /** @type {HTMLElement} */ (to).focus();
  }
}

/** @param {HTMLTableCellElement} cell @param {string} text */
function write(cell, text) {
  if (cell.textContent !== text) cell.textContent = text;
}
