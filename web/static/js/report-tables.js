// A table as text that a spreadsheet takes: cells with a tab between, rows with a line's end.
import { copy } from "./report-copy.js";

const FORMULA = /^[=+\-@＝＋－＠]/;
const FIGURE = /^[-+]?[0-9０-９][0-9０-９,，.．]*\s*[%％‰]?$/;

// What begins like a formula would be one in the sheet; as in the CSV, an apostrophe makes it text.
function harmless(text) {
  return FORMULA.test(text) && !FIGURE.test(text) ? `'${text}` : text;
}

function rowOf(row) {
  const cells = [...row.cells].filter((cell) => !cell.matches(".line-end"));
  return cells.map((cell) => harmless(cell.textContent)).join("\t");
}

for (const button of document.querySelectorAll("[data-table]")) {
  const table = document.getElementById(button.dataset.table).querySelector("table");
  button.addEventListener("click", () => copy([...table.rows].map(rowOf).join("\n"), button));
}
