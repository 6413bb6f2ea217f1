// Beside the line under the pointer or with the focus: copy its link or a quotation, search for it elsewhere.
import { copy } from "./report-copy.js";
import { textOf } from "./report-offsets.js";

const LONGEST = 500; // code points of a line that are copied along, as in citations
const { root, note } = document.querySelector(".report-page").dataset;
const text = document.querySelector(".report");
const tools = document.getElementById("line-tools");
const [button, quote, elsewhere] = tools.children;
const wide = matchMedia("(hover: hover) and (min-width: 88rem)");
let link = "";

// /reports/id/start-end/check becomes the link, and /reports/id/start-end/elsewhere.
function show(line) {
  const anchor = line.querySelector(".anchor");
  tools.hidden = false;
  if (anchor.parentElement === tools.parentElement) return;
  const { pathname } = new URL(anchor.href);
  link = new URL(pathname, root === "/" ? location.href : root).href;
  elsewhere.href = pathname.replace(/[^/]*$/, "elsewhere");
  anchor.after(tools);
}

// The server words it; where it cannot be asked, nothing is copied.
async function quotation() {
  const answer = await fetch(elsewhere.href.replace(/elsewhere$/, "quote")).catch(() => null);
  return answer?.ok ? (await answer.json()).quotation : "";
}

// Where there is no room beside a line, only at its own link, or they would cover what one reads.
function over(event) {
  const line = event.target.closest(".line");
  if (!line || tools.contains(document.activeElement)) return;
  const beside = wide.matches && !line.matches("tr");
  if (beside || event.target.closest(".anchor, .line-tools")) show(line);
  else tools.hidden = true;
}

// A link that opens on this machine only takes along what other machines need.
function toCopy() {
  if (!note) return link;
  const all = [...textOf(tools.closest(".line"))];
  const quoted = all.slice(0, LONGEST).join("") + (all.length > LONGEST ? "……" : "");
  return `${link}\n“${quoted}”\n${note}`;
}

button.addEventListener("click", () => copy(toCopy(), button));
quote.addEventListener("click", async () => copy(await quotation(), quote));
text.addEventListener("pointerover", over);
text.addEventListener("focusin", (event) => {
  if (event.target.matches(".anchor")) show(event.target.closest(".line"));
});
