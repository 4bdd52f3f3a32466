// Keys for pages with rows: j k x Enter, / and Ctrl+K to search, ? for what they do.
// Whoever switches them off is not sent this script. They are asked for by the letter that is typed,
// and stay still while anybody types, composes a syllable or holds another key down.

const HANGUL = { "ㅓ": "j", "ㅏ": "k", "ㅌ": "x" };
const FIELD = "input:not([type=checkbox], [type=radio], [type=submit], [type=button]), textarea, select, [contenteditable]";

const help = document.getElementById("keys");

document.addEventListener("keydown", event => {
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return;
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
    if (search()) event.preventDefault();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(FIELD)) return;
  if (help?.checkVisibility() || document.querySelector("dialog[open]")) return;
  if (act(HANGUL[event.key] ?? event.key)) event.preventDefault();
});

function act(key) {
  const row = document.activeElement.closest("main tbody tr");
  switch (key) {
    case "j": return go(row, 1);
    case "k": return go(row, -1);
    case "x": return press(row?.querySelector("input[type=checkbox]:enabled"));
    case "Enter": return row === document.activeElement && press(row.querySelector("th a[href], a[href]"));
    case "/": return search();
    case "?": return show();
    default: return false;
  }
}

function go(row, by) {
  const rows = [...document.querySelectorAll("main tbody tr")]
    .filter(each => each.checkVisibility() && each.querySelector("a[href], input[type=checkbox]"));
  const at = rows.indexOf(row);
  const next = row ? rows[at + by] : rows.at(by > 0 ? 0 : -1);
  if (!next) return false;
  next.tabIndex = -1;
  next.focus();
  return true;
}

function show() {
  if (!help?.showPopover) return false;
  help.showPopover();
  help.querySelector("[tabindex]").focus();
  return true;
}

function press(element) {
  element?.click();
  return Boolean(element);
}

function search() {
  const field = document.getElementById("search");
  if (!field?.checkVisibility()) return false;
  field.focus();
  field.select?.();
  return true;
}
