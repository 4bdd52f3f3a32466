// Names while they are typed, over the step of a form that finds what to choose: a combobox with a list
// from which a hand selects (ARIA 1.2). <fieldset data-picks data-from="address of names" …> holds a
// search field, a listbox and a status; with a <template>, what is chosen becomes a row of its table.
// Without scripts, or when no answer comes, its button finds.

const WAIT_MS = 200;

for (const place of document.querySelectorAll("[data-picks]")) {
  const input = place.querySelector("input[type=search]");
  const list = place.querySelector("[role=listbox]");
  const status = place.querySelector("[data-said]");
  let asking = new AbortController(), timer = 0, active = null, isComposing = false;

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  close();

  async function ask() {
    clearTimeout(timer);
    asking.abort();
    asking = new AbortController();
    const { signal } = asking, words = input.value.trim();
    if (!words) return close();
    try {
      const answer = await fetch(place.dataset.from + encodeURIComponent(words), {
        signal, redirect: "error", headers: { Accept: "application/json" },
      });
      if (!answer.ok) throw new Error(answer.status);
      const found = await answer.json();
      if (!signal.aborted) show(found);
    } catch {
      if (signal.aborted) return;
      close();
      status.textContent = place.dataset.failed;
    }
  }

  function show(found) {
    list.replaceChildren(...found.items.map(({ id, name }, number) => {
      const option = document.createElement("li");
      option.setAttribute("role", "option");
      option.id = `${list.id}-${number}`;
      option.dataset.value = id;
      option.textContent = name;
      return option;
    }));
    activate(null);
    list.hidden = !found.items.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    status.textContent = found.said;
  }

  function close() {
    activate(null);
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
  }

  function activate(option) {
    active?.setAttribute("aria-selected", "false");
    active = option;
    if (!active) return input.removeAttribute("aria-activedescendant");
    active.setAttribute("aria-selected", "true");
    active.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", active.id);
  }

  function move(by) {
    const options = [...list.children], at = options.indexOf(active);
    activate(options.at(active ? (at + by) % options.length : by > 0 ? 0 : -1));
  }

  function choose(option) {
    if (isComposing) input.blur(); // What is composed ends where it is, not in the emptied field.
    const ticked = [...place.querySelectorAll("input[name]")].find(each => each.value === option.dataset.value)
      ?? add(option.dataset.value, option.textContent);
    ticked.checked = true;
    ticked.dispatchEvent(new Event("change", { bubbles: true }));
    input.value = "";
    input.focus();
    asking.abort();
    close();
    status.textContent = `${place.dataset.chosen} ${option.textContent}`;
  }

  function add(value, name) {
    if (place.querySelector("template")) return addRow(value, name);
    const label = document.createElement("label"), tick = document.createElement("input"), text = document.createElement("span");
    label.className = "check";
    Object.assign(tick, { type: place.dataset.picks, name: place.dataset.name, value });
    text.textContent = name;
    label.append(tick, " ", text);
    const box = place.querySelector(".check-box");
    box.hidden = false;
    box.querySelector(".check-rows").prepend(label);
    return tick;
  }

  function addRow(value, name) {
    const body = place.querySelector("tbody"), number = body.rows.length;
    const row = place.querySelector("template").content.firstElementChild.cloneNode(true);
    for (const each of row.querySelectorAll("[id]")) each.id += number;
    for (const each of row.querySelectorAll("[aria-labelledby]"))
      each.setAttribute("aria-labelledby", each.getAttribute("aria-labelledby") + number);
    row.querySelector("[data-called]").textContent = name;
    row.querySelector("[type=checkbox]").value = number;
    const named = row.querySelector("[type=hidden]");
    named.value = value;
    body.append(row);
    return named;
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    asking.abort();
    timer = setTimeout(ask, WAIT_MS);
  });
  input.addEventListener("compositionstart", () => { isComposing = true; });
  input.addEventListener("compositionend", () => { isComposing = false; });
  input.addEventListener("blur", () => { if (!isComposing) close(); });
  list.addEventListener("mousedown", event => event.preventDefault());
  list.addEventListener("click", event => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
  input.addEventListener("keydown", event => {
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey) return;
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp":
        if (list.hidden) ask();
        else move(event.key === "ArrowDown" ? 1 : -1);
        break;
      case "Enter":
        if (active) choose(active);
        else if (input.value.trim()) ask();
        else return; // As in any field of the form.
        break;
      case "Escape":
        if (list.hidden) return;
        close();
        break;
      default:
        return;
    }
    event.preventDefault();
  });
}
