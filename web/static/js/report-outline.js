// Marks the section in view in the outline, and keeps it in sight there.
const outline = document.querySelector(".outline");
const links = new Map(
  [...outline.querySelectorAll("a:first-child")].map((link) => [link.hash.slice(1), link]),
);
const sections = [...document.querySelectorAll(".text > section")];
const seen = new Set();
let current = null;

function bring(link) {
  if (outline.scrollHeight <= outline.clientHeight) return;
  const top = link.offsetTop;
  if (top < outline.scrollTop || top > outline.scrollTop + outline.clientHeight - 60) {
    outline.scrollTop = top - outline.clientHeight / 3;
  }
}

function mark() {
  const section = sections.find((one) => seen.has(one));
  const link = section && links.get(section.id);
  if (!link || link === current) return;
  current?.removeAttribute("aria-current");
  link.setAttribute("aria-current", "location");
  current = link;
  bring(link);
}

// A band of the window's upper third: what stands in it is what one reads.
const observer = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) seen.add(target);
      else seen.delete(target);
    }
    mark();
  },
  { rootMargin: "-10% 0px -65% 0px" },
);
for (const section of sections) observer.observe(section);
