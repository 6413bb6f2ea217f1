// Facets: parts of a region come without a new page, issuers are looked through while typing.

// The page of a link that the server made when fewer regions were open: those of today's address are, too.
function opening(link) {
  const address = new URL(link.href);
  const opened = address.searchParams.getAll("open");
  for (const code of new URL(location).searchParams.getAll("open")) {
    if (!opened.includes(code)) address.searchParams.append("open", code);
  }
  return address;
}

async function unfold(link) {
  const answer = await fetch(link.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const item = link.closest("li");
  const opened = page.getElementById(item.id);
  if (!answer.ok || !opened?.querySelector("details")) throw new Error("no parts came");
  item.replaceWith(document.importNode(opened, true));
  document.querySelector(`#${item.id} > details > summary`).focus();
  const address = opening(link);
  address.hash = "";
  history.replaceState(null, "", address);
}

document.querySelector(".facet-region")?.addEventListener("click", (event) => {
  const link = event.target.closest(".unfold");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  unfold(link).catch(() => location.assign(opening(link)));
});

function letters(text) {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
}

/* What is not on the page is found by sending the form. */
function lookThrough(facet, input) {
  const wanted = letters(input.value);
  for (const item of facet.querySelectorAll("li")) {
    item.hidden = !letters(item.querySelector("bdi").textContent).includes(wanted);
  }
  const more = facet.querySelector(".more");
  if (more && wanted) more.open = true;
}

const issuers = document.querySelector(".facet-issuer");
const input = issuers?.querySelector("[name=issuer_like]");
input?.addEventListener("input", (event) => event.isComposing || lookThrough(issuers, input));
input?.addEventListener("compositionend", () => lookThrough(issuers, input));
input?.form.addEventListener("reset", () => setTimeout(() => lookThrough(issuers, input)));
