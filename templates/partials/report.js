"use strict";
/* Filters and sorts the long tables. All that it adds is made from the template "tools". */
(() => {
  const language = document.documentElement.lang;
  const compare = new Intl.Collator(language, { numeric: true }).compare;
  const text = (node) => node.textContent.replace(/\s+/g, " ").trim();
  const key = (row, column) => text(row.cells[column]);

  /* A press sorts upwards, the next downwards, the third puts the rows back. */
  const sortable = (table) => {
    const body = table.tBodies[0];
    const rows = [...body.rows];
    if (rows.length < 2) return;
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const next = { ascending: "descending", descending: null }[head.getAttribute("aria-sort")];
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        const sorted = [...rows];
        if (next !== null) {
          const way = next === "descending" ? -1 : 1;
          sorted.sort((one, other) => way * compare(key(one, column), key(other, column)));
          head.setAttribute("aria-sort", next ?? "ascending");
        }
        body.append(...sorted);
      });
    });
  };

  /* A table that is read at a glance needs no filter. */
  const GLANCE = 20;
  const filterable = (table) => {
    if (table.tBodies[0].rows.length <= GLANCE) return;
    const among = table.dataset.filter === "verdict";
    const tools = document.getElementById("tools").content.firstElementChild.cloneNode(true);
    const input = tools.querySelector("input");
    const select = tools.querySelector("select");
    const shown = tools.querySelector("output");
    const rows = [...table.tBodies[0].rows].map((row) => ({
      row,
      verdict: text(row.cells[0].querySelector(".verdict") ?? row.cells[0]),
      words: text(row).toLocaleLowerCase(language),
    }));
    if (!among) select.closest("label").remove();
    const apply = () => {
      const wanted = input.value.toLocaleLowerCase(language).split(/\s+/);
      let count = 0;
      for (const { row, verdict, words } of rows) {
        const fits =
          wanted.every((word) => words.includes(word)) && (!among || !select.value || verdict === select.value);
        row.hidden = !fits;
        count += fits;
      }
      shown.value = shown.dataset.text.replace("%shown", count).replace("%total", rows.length);
    };
    input.addEventListener("input", apply);
    select.addEventListener("change", apply);
    apply();
    table.closest(".wide").before(tools);
  };

  document.querySelectorAll("table[data-sort]").forEach(sortable);
  document.querySelectorAll("table[data-filter]").forEach(filterable);
})();
