// Collects a passage without leaving the page, by its button or by the key s, and says how many there are.
// Without scripts the button leads to the page of findings, and from there back.
const form = document.getElementById("collect");
const counter = document.getElementById("kept");
const told = document.getElementById("collecting");
const FIELDS = "input:not([type=checkbox]), textarea, select, [contenteditable]";

function count(number) {
  if (!counter) return;
  counter.textContent = number.toLocaleString("en");
  counter.parentElement.hidden = number === 0;
}

function say(button, text) {
  button.dataset.label ??= button.textContent;
  button.style.minWidth = `${button.offsetWidth}px`;
  button.textContent = text;
  told.textContent = text;
  clearTimeout(button.waiting);
  button.waiting = setTimeout(() => {
    button.textContent = button.dataset.label;
    told.textContent = "";
  }, 2500);
}

async function collect(button) {
  const body = new URLSearchParams({ token: form.elements.token.value, [button.name]: button.value });
  const headers = { accept: "application/json" };
  const answer = await fetch(form.action, { method: "POST", body, headers }).catch(() => null);
  if (!answer?.ok) return say(button, form.dataset.failed);
  const { new: added, count: number } = await answer.json();
  count(number);
  button.classList.add("done");
  say(button, added ? form.dataset.done : form.dataset.before);
}

// What the key collects: the selection, the passage of the link, of the result at hand, of the line at hand.
function atHand() {
  const selected = document.querySelector("#selection-tools:not([hidden]) .collect");
  const marked = document.querySelector(".cited .collect");
  const result = document.activeElement.closest?.(".reports > li, .lines tbody tr");
  const line = document.querySelector("#line-tools:not([hidden]) .collect");
  return selected ?? result?.querySelector(".collect") ?? marked ?? line;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button.collect");
  if (!button || event.defaultPrevented) return;
  event.preventDefault();
  if (button.value) collect(button);
});
document.addEventListener("keydown", (event) => {
  const chord = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
  if (chord || event.key !== "s" || event.target.matches(FIELDS)) return;
  const button = atHand();
  if (button?.value) collect(button);
});
if (counter) {
  const answer = await fetch("/findings/count").catch(() => null);
  if (answer?.ok) count((await answer.json()).count);
}
