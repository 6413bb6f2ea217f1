// Copies text, and says so: in the button for a while, and to screen readers.
const said = document.getElementById("copied");

// navigator.clipboard is there over https and on localhost only; a LAN address has the old way.
function copyByField(text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.readOnly = true;
  field.style.position = "fixed";
  field.style.opacity = "0";
  const focused = document.activeElement;
  const selection = getSelection();
  // Chromium and Firefox lose what is selected in the text.
  const ranges = Array.from({ length: selection.rangeCount }, (_, i) => selection.getRangeAt(i).cloneRange());
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  focused?.focus({ preventScroll: true });
  selection.removeAllRanges();
  for (const range of ranges) selection.addRange(range);
  return done;
}

async function write(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyByField(text);
  }
}

// "" is what could not be got.
export async function copy(text, button) {
  const done = text !== "" && (await write(text));
  const message = done ? said.dataset.done : said.dataset.failed;
  button.dataset.label ??= button.textContent;
  button.style.minWidth = `${button.offsetWidth}px`;
  button.textContent = message;
  said.textContent = message;
  clearTimeout(button.waiting);
  button.waiting = setTimeout(() => {
    button.textContent = button.dataset.label;
    said.textContent = "";
  }, 2000);
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  button.addEventListener("click", () => copy(source.textContent, button));
}
