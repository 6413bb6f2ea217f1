// The keyboard and a screen reader begin at the passage that a link quotes; and who comes back to the
// page, or loads it again, is where they left it: a browser may go to the passage once more.
const KEY = `place:${location.pathname}${location.search}`;
const passage = document.getElementById("passage");
const [navigation] = performance.getEntriesByType("navigation");

function place() {
  try {
    return navigation.type === "navigate" ? null : sessionStorage.getItem(KEY);
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
  if (document.activeElement === document.body) passage?.focus({ preventScroll: true });
  comeBack();
});
addEventListener("pagehide", () => {
  try {
    sessionStorage.setItem(KEY, String(scrollY));
  } catch {
    // storage is switched off or full: the browser alone keeps the place
  }
});
