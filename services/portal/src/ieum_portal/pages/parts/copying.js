// A button that copies what lies in another element: <button data-copies="#id" data-said="…" hidden>.
// Without scripts the button stays hidden, and what it would copy is there to be marked by hand.

for (const button of document.querySelectorAll("button[data-copies]")) {
  button.hidden = false;
  const status = document.createElement("span");
  status.setAttribute("role", "status");
  button.after(status);
  button.addEventListener("click", async () => {
    const source = document.querySelector(button.dataset.copies);
    status.textContent = "";
    const isCopied = await copy(source);
    status.textContent = isCopied ? ` ${button.dataset.said}` : "";
  });
}

async function copy(source) {
  const text = source.value ?? source.textContent;
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without https there is no such clipboard; a field that is seen can still be copied from.
    source.focus();
    source.select?.();
    return document.execCommand("copy");
  }
}
