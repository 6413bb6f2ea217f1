// Chart and matrix are scrolled together, where their years do not fit.

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
