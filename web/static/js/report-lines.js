// Beside the line under the pointer or with the focus: copy its link, search for it elsewhere.
import { copy } from "./report-copy.js";

const text = document.querySelector(".report");
const tools = document.getElementById("line-tools");
const [button, elsewhere] = tools.children;
const wide = matchMedia("(hover: hover) and (min-width: 72.01rem)");
let link = "";

// /reports/id/start-end/check becomes the link, and /reports/id/start-end/elsewhere.
function show(line) {
  const anchor = line.querySelector(".anchor");
  tools.hidden = false;
  if (anchor.parentElement === tools.parentElement) return;
  const address = new URL(anchor.href);
  address.hash = "";
  link = address.href;
  elsewhere.href = address.pathname.replace(/[^/]*$/, "elsewhere");
  anchor.after(tools);
}

// Where there is no room beside a line, only at its own link, or they would cover what one reads.
function over(event) {
  const line = event.target.closest(".line");
  if (!line || tools.contains(document.activeElement)) return;
  const beside = wide.matches && !line.matches("tr");
  if (beside || event.target.closest(".anchor, .line-tools")) show(line);
  else tools.hidden = true;
}

button.addEventListener("click", () => copy(link, button));
text.addEventListener("pointerover", over);
text.addEventListener("focusin", (event) => {
  if (event.target.matches(".anchor")) show(event.target.closest(".line"));
});
