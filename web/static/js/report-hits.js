// From hit to hit without a new page: the two links of the bar, keys n and p, the count in between. Where the
// report is one of a result, the bar knows the addresses of the hits before its first and after its last.
import { firstInSight } from "./report-sight.js";

const page = document.querySelector(".report-page");
const bar = page.querySelector(".steps");
const typing = "input, textarea, select, [contenteditable]";

let marks = [];
let links = [];
let at = -1;
let written = 0;

function numberOf(mark) {
  return Number(mark.id.slice("hit-".length));
}

function indexOf(number) {
  return marks.findIndex((mark) => numberOf(mark) === number);
}

function current() {
  return indexOf(Number(/^#hit-(\d+)$/.exec(location.hash)?.[1]));
}

function within(to) {
  return "after" in bar.dataset ? to : (to + marks.length) % marks.length;
}

function next(step) {
  if (at >= 0) return within(at + step);
  return within(step > 0 ? firstInSight(marks) : firstInSight(marks) - 1);
}

// Where a link leads from the mark at hand, and what it says: to a mark, to another report, or nowhere.
function point(link, to, away) {
  const href = marks[to] ? `#${marks[to].id}` : away;
  const says = marks[to] ? "here" : away ? "away" : "ended";
  link.removeAttribute(href ? "aria-disabled" : "href");
  link.setAttribute(...(href ? ["href", href] : ["aria-disabled", "true"]));
  link.querySelector(".to").textContent = link.dataset[says];
}

function show() {
  const status = bar.querySelector("p");
  status.textContent = status.dataset.at.replace("#", numberOf(marks[at]).toLocaleString("en"));
  point(links[0], within(at - 1), bar.dataset.before);
  point(links[1], within(at + 1), bar.dataset.after);
}

// Later, and once: browsers refuse an address that changes a hundred times in half a minute.
function write() {
  clearTimeout(written);
  const address = new URL(location.href);
  address.searchParams.delete("hit");
  address.hash = marks[at].id;
  written = setTimeout(() => history.replaceState(history.state, "", address), 400);
}

// On to another report, or, where the result ends, only word that it does.
function leave(step) {
  const href = step > 0 ? bar.dataset.after : bar.dataset.before;
  if (href) location.assign(href);
  else bar.querySelector("p").textContent = links[step > 0 ? 1 : 0].dataset.ended;
}

function go(step) {
  const to = next(step);
  if (!marks[to]) return leave(step);
  page.classList.add("stepping");
  marks[at]?.classList.remove("now");
  at = to;
  marks[at].classList.add("now");
  marks[at].scrollIntoView({ block: "center" });
  show();
  write();
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest?.(typing)) return;
  if (event.key === "n") go(1);
  else if (event.key === "p") go(-1);
}

// The address may still be that of the hit that is clicked: then no `hashchange` tells of it.
function onClick(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.target.closest?.('a[href^="#hit-"]')) setTimeout(follow);
}

// Where the address leads now is no longer where the last step led.
function follow() {
  clearTimeout(written);
  const found = current();
  if (found < 0) return;
  page.classList.remove("stepping");
  marks[at]?.classList.remove("now");
  at = found;
  show();
}

if (bar) {
  marks = [...page.querySelectorAll("mark.hit[id]")];
  links = [...bar.querySelectorAll("a")];
  for (const [place, link] of links.entries()) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      go(place ? 1 : -1);
    });
  }
  at = indexOf(Number(bar.dataset.current));
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onClick);
  window.addEventListener("hashchange", follow);
  follow();
}
