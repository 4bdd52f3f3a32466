// Names who on record may be the same organisation while its name is typed, over the step of a form that
// names them in its preview. <div data-alike="name of the field" data-from="address" hidden> holds a status
// and a list. Without scripts, or when no answer comes, the preview says it.

const WAIT_MS = 300;

for (const place of document.querySelectorAll("[data-alike]")) {
  const input = document.querySelector(`input[name="${place.dataset.alike}"]`);
  const status = place.querySelector("[role=status]");
  const list = place.querySelector("ul");
  let asking = new AbortController(), timer = 0;
  if (!input) continue;
  input.closest(".days, .field")?.after(place);

  async function ask() {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking, name = input.value.trim();
    if (name.length < 2) return show({ items: [], said: "" });
    try {
      const answer = await fetch(place.dataset.from + encodeURIComponent(name), {
        signal, redirect: "error", headers: { Accept: "application/json" },
      });
      if (answer.ok) show(await answer.json());
    } catch {
      // The preview names them.
    }
  }

  function show(found) {
    status.textContent = found.said;
    list.replaceChildren(...found.items.map(({ text, address, leads_to }) => {
      const item = document.createElement("li"), link = document.createElement("a");
      link.href = address;
      link.target = "_blank";
      link.textContent = leads_to;
      item.append(`${text} `, link);
      return item;
    }));
    place.hidden = !found.items.length;
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT_MS);
  });
  if (input.value) ask();
}
