// The keyboard and a screen reader begin at the passage that a link quotes, to which a browser that has
// gone nowhere is led; and who comes back to the page, or loads it again, is where they left it: a
// browser may go to the passage once more.
const passage = document.getElementById("passage");
const [visit] = performance.getEntriesByType("navigation");

// One for each entry of the history, where the browser tells them apart.
function key() {
  return `place:${window.navigation?.currentEntry?.key ?? location.pathname + location.search}`;
}

function place() {
  try {
    return visit.type === "navigate" ? null : sessionStorage.getItem(key());
  } catch {
    return null; // storage is switched off
  }
}

function comeBack() {
  const top = place();
  if (top !== null) scrollTo({ top: Number(top), behavior: "instant" });
}

comeBack();
// Not before the first frame, which first does what `autofocus` asks.
requestAnimationFrame(() => {
  const quoted = location.hash === "" || location.hash === "#passage";
  const begun = document.activeElement?.matches("body, .begins");
  if (passage && quoted && begun && place() === null) {
    const [{ bottom }] = passage.getClientRects();
    if (scrollY === 0 && bottom > innerHeight) passage.scrollIntoView();
    passage.focus({ preventScroll: true });
  }
  comeBack();
});
// WebKit goes to the fragment again on each reload; without it the address leads to the same passage.
addEventListener("load", () => {
  if (location.hash === "#passage") history.replaceState(history.state, "", location.pathname + location.search);
});
addEventListener("pagehide", () => {
  try {
    sessionStorage.setItem(key(), String(scrollY));
  } catch {
    // storage is switched off or full: the browser alone keeps the place
  }
});
