// Keys of the views: / to the box, j and k through the reports or lines, ? for help.

const FIELDS = "input:not([type=checkbox]), textarea, select, [contenteditable]";
const RESULT = ".reports > li, .lines tbody tr";

function titles() {
  return [...document.querySelectorAll(".reports h2 a, .lines tbody a")];
}

function toBox() {
  const box = document.getElementById("q");
  box.focus();
  box.select();
}

/* From a link within a result, j and k lead on from that result. */
function move(step) {
  const links = titles();
  const result = document.activeElement.closest?.(RESULT);
  const at = links.findIndex((link) => result?.contains(link));
  const last = step > 0 && at === links.length - 1;
  const next = last ? document.querySelector(".pager [rel=next]") : links[at < 0 ? 0 : at + step];
  next?.focus({ preventScroll: true, focusVisible: true });
  (next?.closest(RESULT) ?? next)?.scrollIntoView({ block: "nearest" });
}

function help() {
  const syntax = document.querySelector(".syntax");
  syntax.open = !syntax.open;
  if (syntax.open) syntax.querySelector("summary").focus();
}

const ACTIONS = { "/": toBox, j: () => move(1), k: () => move(-1), "?": help };

document.addEventListener("keydown", (event) => {
  const chord = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
  if (chord || event.target.matches(FIELDS) || !Object.hasOwn(ACTIONS, event.key)) return;
  event.preventDefault();
  ACTIONS[event.key]();
});
