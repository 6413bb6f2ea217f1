// From hit to hit without a new page: the two links of the bar, keys n and p, the count in between.
const page = document.querySelector(".report-page");
const bar = page.querySelector(".steps");
const typing = "input, textarea, select, [contenteditable]";

let marks = [];
let at = -1;
let written = 0;

function numberOf(mark) {
  return Number(mark.id.slice("hit-".length));
}

function current() {
  const number = Number(/^#hit-(\d+)$/.exec(location.hash)?.[1]);
  return marks.findIndex((mark) => numberOf(mark) === number);
}

// The first mark whose top is below the top of the window; its place in the text is its order.
function firstInSight() {
  let low = 0;
  let high = marks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (marks[middle].getBoundingClientRect().top < 0) low = middle + 1;
    else high = middle;
  }
  return low % marks.length;
}

function next(step) {
  if (at >= 0) return (at + step + marks.length) % marks.length;
  const first = firstInSight();
  return step > 0 ? first : (first - 1 + marks.length) % marks.length;
}

function show() {
  const status = bar.querySelector("p");
  status.textContent = status.dataset.at.replace("#", numberOf(marks[at]).toLocaleString("en"));
}

// Later, and once: browsers refuse an address that changes a hundred times in half a minute.
function write() {
  clearTimeout(written);
  const address = new URL(location.href);
  address.searchParams.delete("hit");
  address.hash = marks[at].id;
  written = setTimeout(() => history.replaceState(history.state, "", address), 400);
}

function go(step) {
  const to = next(step);
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
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
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
  const [back, on] = bar.querySelectorAll("a");
  for (const [link, step] of [[back, -1], [on, 1]]) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      go(step);
    });
  }
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onClick);
  window.addEventListener("hashchange", follow);
  follow();
}
