// A calendar beside a field for a day: the browser's own, which writes the day chosen into the field.
// The field goes on taking days as people write them; it alone is sent.

for (const button of document.querySelectorAll("[data-day-of]")) {
  const field = document.getElementById(button.dataset.dayOf), picker = document.createElement("input");
  if (!picker.showPicker) continue;
  picker.type = "date";
  picker.tabIndex = -1;
  picker.setAttribute("aria-hidden", "true");
  button.after(picker);
  button.hidden = false;
  button.addEventListener("click", () => {
    picker.value = /^\d{4}-\d\d-\d\d$/.test(field.value.trim()) ? field.value.trim() : "";
    picker.showPicker();
  });
  picker.addEventListener("change", () => {
    if (!picker.value) return;
    field.value = picker.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
}
