// A link that copies what it leads to: <a href="…" data-copies> within <… data-said="…">. Without
// scripts, or where nothing can be copied, the link opens it, to be marked by hand.

for (const link of document.querySelectorAll("a[data-copies]")) {
  const status = document.createElement("span");
  status.setAttribute("role", "status");
  link.after(status);
  link.addEventListener("click", async event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    status.textContent = "";
    if (await copied(link.href)) status.textContent = ` ${link.closest("[data-said]").dataset.said}`;
    else location.assign(link.href);
  });
}

async function copied(address) {
  try {
    const answer = await fetch(address, { headers: { Accept: "text/tab-separated-values" } });
    if (!answer.ok || !answer.headers.get("Content-Type").startsWith("text/tab-separated-values")) return false;
    const text = await answer.text();
    if (navigator.clipboard) await navigator.clipboard.writeText(text);
    else return byHand(text);
    return true;
  } catch {
    return false;
  }
}

// Without https there is no such clipboard; what is marked in a field can still be copied.
function byHand(text) {
  const field = document.createElement("textarea"), at = document.activeElement;
  field.value = text;
  field.className = "vh";
  document.body.append(field);
  field.select();
  const isCopied = document.execCommand("copy");
  field.remove();
  at?.focus();
  return isCopied;
}
