// At a selection in the text: copy the link to exactly these characters, or a quotation of them.
// The server gives the link's check: browsers compute digests on secure addresses only.
import { copy } from "./report-copy.js";
import { lineOf, offsetAt } from "./report-offsets.js";

const path = document.querySelector(".report-page").dataset.path;
const tools = document.getElementById("selection-tools");
const buttons = [...tools.querySelectorAll("button[type=button]")];
const collect = tools.querySelector(".collect");
const elsewhere = tools.querySelector("a");
let shown = "";
let waiting = 0;

function hide() {
  tools.hidden = true;
  shown = "";
}

// Firefox can select several pieces, cells of a table above all: a passage is from the first to the
// last.
function whole(selection) {
  const range = selection.getRangeAt(0).cloneRange();
  const last = selection.getRangeAt(selection.rangeCount - 1);
  range.setEnd(last.endContainer, last.endOffset);
  return range;
}

// A selection may begin and end between lines, as a triple click on the last of a table does: then
// from the first line that begins in it, to the end of the last.
function inLines(range) {
  const lines = [...document.querySelectorAll(".report .line")];
  const within = lines.filter((line) => range.comparePoint(line, 0) === 0);
  const found = range.cloneRange();
  if (!lineOf(range.startContainer) && within.length) found.setStart(within[0], 0);
  if (!lineOf(range.endContainer)) {
    const last = within.at(-1) ?? lineOf(range.startContainer);
    if (last) found.setEnd(last, last.childNodes.length);
  }
  return found;
}

// [start, end] of the selected characters; a line's end that a triple click takes along is left out.
function span(selected) {
  const range = inLines(selected);
  const start = offsetAt(range.startContainer, range.startOffset);
  const last = lineOf(range.endContainer);
  let end = offsetAt(range.endContainer, range.endOffset);
  if (start === null || end === null) return null;
  if (last !== lineOf(range.startContainer) && end === Number(last.id.slice(1))) end -= 1;
  return start < end ? [start, end] : null;
}

function place(range) {
  const boxes = range.getClientRects();
  const box = boxes[boxes.length - 1] ?? range.getBoundingClientRect();
  const right = document.documentElement.clientWidth - tools.offsetWidth - 8;
  tools.style.left = `${Math.max(8, Math.min(box.left, right)) + scrollX}px`;
  tools.style.top = `${box.bottom + 8 + scrollY}px`;
}

async function offer() {
  const selection = getSelection();
  if (tools.contains(selection.anchorNode) || tools.contains(document.activeElement)) return;
  const range = selection.rangeCount && !selection.isCollapsed && whole(selection);
  const found = range && span(range);
  if (!found) return hide();
  const address = `${path}/${found.join("-")}`;
  if (address === shown) return;
  shown = address;
  const answer = await fetch(`${address}/quote`).catch(() => null); // the server may be away
  if (!answer?.ok) shown = shown === address ? "" : shown;
  if (!answer?.ok || address !== shown) return;
  const texts = await answer.json();
  for (const button of buttons) button.value = texts[button.name];
  elsewhere.href = `${address}/elsewhere`;
  if (collect) collect.value = texts.url;
  tools.hidden = false;
  place(range);
}

function later() {
  clearTimeout(waiting);
  waiting = setTimeout(offer, 250);
}

for (const button of buttons) button.addEventListener("click", () => copy(button.value, button));
// A click on the tools must not take the selection away.
tools.addEventListener("pointerdown", (event) => event.preventDefault());
tools.addEventListener("mousedown", (event) => event.preventDefault());
document.addEventListener("selectionchange", later);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide();
});
