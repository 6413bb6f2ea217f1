// Collects a passage without leaving the page, by its button or by the key s, and takes it out again; says how
// many there are. Without scripts the button leads to the page of findings, and from there back.
// A button is pressed where its passage is collected: the page says so, and `formaction` leads to its finding.
import { say } from "./collect-told.js";

const form = document.getElementById("collect");
const counter = document.getElementById("kept");
const { off, on, added, before, out, described, failed } = form.dataset;
const FIELDS = "input:not([type=checkbox]), textarea, select, [contenteditable]";
const held = new Map(); // of the report at hand: the numbers of its findings by their links
const given = (form.dataset.held ?? "").trim().split(/\s+/);
for (let at = 0; at + 1 < given.length; at += 2) held.set(given[at], given[at + 1]);
let state = null;

function count(answer) {
  state = answer.state;
  if (!counter) return;
  counter.textContent = answer.count.toLocaleString("en");
  counter.parentElement.classList.toggle("none", answer.count === 0);
}

// `number` is that of the finding, "" of none.
function press(button, number) {
  button.ariaPressed = number ? "true" : "false";
  button.textContent = number ? (button.dataset.on ?? on) : (button.dataset.off ?? off);
  if (number) button.setAttribute("formaction", `/findings/${number}/out`);
  else button.removeAttribute("formaction");
}

// null, and said why, where it was not done: the server is away, refuses it, or wants to know who asks.
async function send(address, fields) {
  const body = new URLSearchParams({ token: form.elements.token.value, ...fields });
  const headers = { accept: "application/json" };
  const answer = await fetch(address, { method: "POST", body, headers }).catch(() => null);
  const said = await answer?.json().catch(() => null);
  if (answer?.ok && said) return said;
  say([failed, said?.error?.message].filter(Boolean).join(" · "));
  return null;
}

async function collect(button) {
  const { name, value } = button;
  const answer = await send(form.action, { [name]: value });
  if (!answer) return;
  count(answer);
  if (name === "exact") held.set(new URL(value, location).pathname, `${answer.number}`);
  if (button.value === value) press(button, answer.number);
  say(answer.new ? added : before, answer.number);
}

async function takeOut(button) {
  const address = button.getAttribute("formaction");
  const answer = await send(address, {});
  if (!answer) return;
  count(answer);
  if (!answer.out) return say(described, answer.number);
  for (const each of document.querySelectorAll("button.collect")) {
    if (each.getAttribute("formaction") === address) press(each, "");
  }
  for (const [link, number] of held) if (number === `${answer.number}`) held.delete(link);
  say(out);
}

function toggle(button) {
  if (!button.value) return;
  if (button.hasAttribute("formaction")) takeOut(button);
  else collect(button);
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
  toggle(button);
});
document.addEventListener("keydown", (event) => {
  const chord = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
  if (chord || event.repeat || event.key !== "s" || event.target.matches(FIELDS)) return;
  const button = atHand();
  if (button) toggle(button);
});
// The buttons of a line and of a selection are for one passage after the other.
const moving = new MutationObserver((changes) => {
  for (const { target } of changes) press(target, held.get(new URL(target.value, location).pathname));
});
for (const button of document.querySelectorAll(".line-tools .collect, .selection-tools .collect")) {
  moving.observe(button, { attributeFilter: ["value"] });
}
// A page that comes back from the browser's memory may show what is collected no more.
addEventListener("pageshow", async (event) => {
  const answer = event.persisted && (await fetch("/findings/count").catch(() => null));
  if (answer?.ok && (await answer.json()).state !== state) location.reload();
});
const answer = await fetch("/findings/count").catch(() => null);
if (answer?.ok) count(await answer.json());
