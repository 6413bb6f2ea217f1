// Where a point of the page stands in the report's text. Offsets count code points, as the
// engine's do; a line's id is "c" and the offset of its first character.

// The elements that hold a line's characters: one, or the cells of a row with a tab between.
function contents(line) {
  return [...line.children].filter((child) => !child.matches(".anchor, .line-end, .line-tools"));
}

function points(range) {
  return [...range.toString()].length;
}

export function lineOf(node) {
  return (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest(".line");
}

// null for a point in no line.
export function offsetAt(node, offset) {
  const line = lineOf(node);
  if (!line) return null;
  let total = Number(line.id.slice(1));
  const range = document.createRange();
  for (const [place, part] of contents(line).entries()) {
    if (place > 0) total += 1;
    range.selectNodeContents(part);
    const where = range.comparePoint(node, offset);
    if (where < 0) return total - (place > 0 ? 1 : 0);
    if (where === 0) range.setEnd(node, offset);
    total += points(range);
    if (where === 0) return total;
  }
  return total;
}
