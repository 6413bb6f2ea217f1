// Beside the line under the pointer or with the focus: copy its link or a quotation, search for it elsewhere.
import { copy } from "./report-copy.js";

const text = document.querySelector(".report");
const tools = document.getElementById("line-tools");
const elsewhere = tools.querySelector("a");
const collect = tools.querySelector(".collect");
const wide = matchMedia("(hover: hover) and (min-width: 88rem)");

// The link of the line, /reports/id/start-end/check, becomes /reports/id/start-end/elsewhere.
function show(line) {
  const anchor = line.querySelector(".anchor");
  tools.hidden = false;
  if (anchor.parentElement === tools.parentElement) return;
  const { pathname } = new URL(anchor.href);
  elsewhere.href = pathname.replace(/[^/]*$/, "elsewhere");
  if (collect) collect.value = pathname;
  anchor.after(tools);
}

// The server words link and quotation; where it cannot be asked, nothing is copied.
async function worded(name) {
  const answer = await fetch(elsewhere.href.replace(/elsewhere$/, "quote")).catch(() => null);
  return answer?.ok ? (await answer.json())[name] : "";
}

// Where there is no room beside a line, only at its own link, or they would cover what one reads.
function over(event) {
  const line = event.target.closest(".line");
  if (!line || tools.contains(document.activeElement)) return;
  const beside = wide.matches && !line.matches("tr");
  if (beside || event.target.closest(".anchor, .line-tools")) show(line);
  else tools.hidden = true;
}

for (const button of tools.querySelectorAll("button[type=button]")) {
  button.addEventListener("click", async () => copy(await worded(button.name), button));
}
text.addEventListener("pointerover", over);
text.addEventListener("focusin", (event) => {
  if (event.target.matches(".anchor")) show(event.target.closest(".line"));
});
