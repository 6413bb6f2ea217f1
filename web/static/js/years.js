// The chart of years: a range by dragging across it, or by Shift and the arrow keys.

const chart = document.querySelector(".chart");
const bars = chart ? [...chart.querySelectorAll("a")] : [];
const form = document.querySelector(".range");
const THRESHOLD = 6; // px; less is a click

let from = null; // the bar where the range began
let to = null;
let startX = 0;
let dragged = false;

function year(bar) {
  return Number(bar.dataset.year);
}

/* The bar nearest to a place across the page: between bars are years without reports. */
function nearest(x) {
  const distance = (bar) => {
    const box = bar.querySelector(".slot").getBoundingClientRect();
    return Math.max(box.left - x, x - box.right, 0);
  };
  return bars.reduce((best, bar) => (distance(bar) < distance(best) ? bar : best));
}

function span() {
  return [year(from), year(to)].sort((a, b) => a - b);
}

/* The range as it would be, in the chart and in the two fields. */
function pick(bar) {
  to = bar;
  const [first, last] = span();
  for (const one of bars) {
    one.classList.toggle("picked", first <= year(one) && year(one) <= last);
  }
  form.elements.year_from.value = first;
  form.elements.year_to.value = last;
}

function drop() {
  from = to = null;
  dragged = false;
  bars.forEach((bar) => bar.classList.remove("picked"));
  form.reset();
}

function stand(bar) {
  bars.forEach((other) => other.setAttribute("tabindex", other === bar ? "0" : "-1"));
  bar.focus({ focusVisible: true });
}

function down(event) {
  if (event.button !== 0) return;
  startX = event.clientX;
  dragged = false;
  from = nearest(startX);
}

function across(event) {
  if (!from || !(event.buttons & 1)) return;
  if (!dragged && Math.abs(event.clientX - startX) < THRESHOLD) return;
  if (!dragged) chart.setPointerCapture(event.pointerId);
  dragged = true;
  pick(nearest(event.clientX));
}

function up() {
  if (dragged && from) form.requestSubmit();
  else from = null;
}

function pressed(event) {
  const at = bars.indexOf(document.activeElement);
  const aim = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: bars.length - 1 }[event.key];
  if (aim !== undefined) {
    const bar = bars[Math.min(Math.max(aim, 0), bars.length - 1)];
    if (event.shiftKey) from ??= bars[at];
    else if (from) drop();
    stand(bar);
    if (event.shiftKey) pick(bar);
  } else if (event.key === "Enter" && to) form.requestSubmit();
  else if (event.key === "Escape" && to) drop();
  else return;
  event.preventDefault();
}

function start() {
  const first = bars.find((bar) => bar.hasAttribute("aria-current")) ?? bars.at(-1);
  bars.forEach((bar) => bar.setAttribute("tabindex", bar === first ? "0" : "-1"));
  chart.addEventListener("pointerdown", down);
  chart.addEventListener("pointermove", across);
  window.addEventListener("pointerup", up); // a press may end beside the chart
  chart.addEventListener("pointercancel", drop);
  chart.addEventListener("dragstart", (event) => event.preventDefault());
  chart.addEventListener("click", (event) => dragged && event.detail && event.preventDefault(), true);
  chart.addEventListener("keydown", pressed);
  window.addEventListener("pagehide", drop); // the way back leads to the page as it was
}

if (bars.length) start();
