// Results: the link in the bar is copied, not followed; a passage leads to its place in the report.

import { copy } from "./report-copy.js";

const link = document.querySelector(".take .copy");

link.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  copy(link.dataset.text, link);
});

/* As on the link itself, so that keys held down open another tab. */
document.getElementById("results").addEventListener("click", (event) => {
  const words = event.target.closest(".passage .words");
  if (!words || getSelection().type === "Range") return;
  words.parentElement.querySelector(".place a").dispatchEvent(new MouseEvent("click", event));
});
