// What has the years side by side is scrolled together, where they do not fit; Enter compares.

const scrolled = [...document.querySelectorAll(".scroll")];

for (const one of scrolled) {
  one.addEventListener(
    "scroll",
    () => {
      for (const other of scrolled) {
        if (other !== one && other.scrollLeft !== one.scrollLeft) other.scrollLeft = one.scrollLeft;
      }
    },
    { passive: true },
  );
}

/* A field of several lines, so that lines may be pasted: Enter alone sends it. */
document.getElementById("add")?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});
