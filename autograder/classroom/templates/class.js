"use strict";
(() => {
  const table = document.getElementById("roster"), body = table.tBodies[0], rows = [...body.rows];
  const plain = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const texts = rows.map(row => plain(row.textContent));
  const box = document.getElementById("find"), told = document.getElementById("found");
  const find = () => {
    const words = plain(box.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, k) => {
      row.hidden = !words.every(word => texts[k].includes(word));
      shown += !row.hidden;
    });
    told.textContent = words.length ? `${shown} of ${rows.length} students` : "";
  };
  const order = new Intl.Collator(undefined, {numeric: true, sensitivity: "base"});
  const value = (row, column, number) => {
    const cell = row.cells[column], text = (number ? cell.firstChild?.data : cell.textContent) ?? "";
    return number ? parseFloat(text) : text;
  };
  const sort = (column, number, down) => {
    const keyed = rows.map((row, k) => [value(row, column, number), k, row]);
    const missing = one => number ? Number.isNaN(one) : !one;
    keyed.sort(([a, i], [b, j]) => missing(a) - missing(b) ||
      (missing(a) ? 0 : (number ? a - b : order.compare(a, b)) * (down ? -1 : 1)) || i - j);
    body.append(...keyed.map(one => one[2]));
  };
  [...table.tHead.rows[0].cells].slice(0, -1).forEach((head, column, heads) => {
    const button = document.createElement("button"), number = head.classList.contains("number");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const now = head.getAttribute("aria-sort"), down = now ? now === "ascending" : number;
      heads.forEach(other => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      sort(column, number, down);
    });
  });
  box.addEventListener("input", find);
  box.closest("p").hidden = false;
})();
