// What became of a passage that was to be collected: for some seconds, over the foot of the window.
const bar = document.querySelector(".collecting");
const told = document.getElementById("collecting");
const more = document.getElementById("collecting-more");
const SHOWN_MS = 6000;
let waiting = 0;

/* With a link to the finding, where `number` names one. */
export function say(text, number) {
  told.textContent = text;
  more.hidden = !number;
  more.href = `/findings/${number}`;
  bar.classList.add("shown");
  clearTimeout(waiting);
  waiting = setTimeout(hide, SHOWN_MS);
}

// Not while it is pointed at or has the focus: its link could not be reached in time.
function hide() {
  if (bar.matches(":hover, :focus-within")) waiting = setTimeout(hide, SHOWN_MS);
  else {
    bar.classList.remove("shown");
    more.hidden = true;
    told.textContent = "";
  }
}
