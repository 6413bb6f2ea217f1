// The bar above results: its link is copied, not followed.

import { copy } from "./report-copy.js";

const link = document.querySelector(".take .copy");

link.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  copy(link.dataset.text, link);
});
