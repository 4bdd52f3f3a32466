// A table of inputs into which a block of a spreadsheet is pasted, from the cell with the focus on.
// The server reads the block, by the rules by which it reads the field for pasting; this puts it in.

const MOST = 50, MORE = 5;

for (const table of document.querySelectorAll("table[data-rows]")) {
  const body = table.tBodies[0], form = table.closest("form"), part = table.closest("section");
  const status = part.querySelector("[data-said]");
  const columns = body.rows[0].querySelectorAll("input").length;
  let before = null; // What the cells held before the last block.

  for (const each of part.querySelectorAll("[data-with-scripts]")) each.hidden = false;

  const cells = () => [...body.querySelectorAll("input")];

  function grow(count) {
    while (body.rows.length < Math.min(count, MOST)) {
      const number = body.rows.length, row = body.rows[number - 1].cloneNode(true);
      for (const each of row.querySelectorAll(".fault-line")) each.remove();
      row.cells[0].id = `row-${number}`;
      row.cells[0].textContent = number + 1;
      for (const cell of row.querySelectorAll("input")) {
        cell.id = `${cell.name}-${number}`;
        cell.value = "";
        cell.setAttribute("aria-labelledby", `col-${cell.name} row-${number}`);
        cell.removeAttribute("aria-invalid");
        cell.removeAttribute("aria-describedby");
      }
      body.append(row);
    }
  }

  async function paste(cell, text) {
    const at = cells().indexOf(cell), across = at % columns, down = (at - across) / columns;
    const block = new URLSearchParams([...new FormData(form)].filter(([name]) => name === "csrf_token"));
    block.set("step", "cells");
    block.set("block", text);
    block.set("at", across);
    try {
      const answer = await fetch(form.action, { method: "POST", body: block, redirect: "error", headers: { Accept: "application/json" } });
      if (!answer.ok && answer.status !== 422) throw new Error(answer.status);
      const { rows, said } = await answer.json();
      if (rows && down + rows.length > MOST) say(table.dataset.full);
      else if (rows) fill(rows, across, down, said);
      else say(said);
    } catch {
      say(table.dataset.failed);
    }
  }

  function fill(rows, across, down, said) {
    before = cells().map(each => each.value);
    grow(down + rows.length);
    const inputs = cells();
    rows.forEach((row, y) => row.forEach((value, x) => {
      if (across + x < columns) inputs[(down + y) * columns + across + x].value = value;
    }));
    changed(said);
  }

  function changed(said) {
    body.dispatchEvent(new Event("input", { bubbles: true }));
    say(said);
  }

  function say(text) {
    status.textContent = "";
    status.textContent = text;
  }

  body.addEventListener("paste", event => {
    const text = event.clipboardData.getData("text/plain");
    if (!/[\t\r\n]/.test(text.replace(/\r?\n$/, ""))) return; // One cell goes in as any text does.
    event.preventDefault();
    paste(event.target.closest("input"), text);
  });
  body.addEventListener("input", event => { if (event.isTrusted) before = null; });
  body.addEventListener("keydown", event => {
    if (!before || event.shiftKey || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
    event.preventDefault();
    cells().forEach((each, number) => { each.value = before[number] ?? ""; });
    before = null;
    changed(table.dataset.undone);
  });
  part.querySelector("[data-more]").addEventListener("click", event => {
    event.preventDefault();
    const first = body.rows.length;
    grow(first + MORE);
    body.rows[first]?.querySelector("input").focus();
  });
}
