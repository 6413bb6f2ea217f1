// Facets: parts of a region come without a new page, issuers are looked through while typing.

async function unfold(link) {
  const address = new URL(link.href);
  const answer = await fetch(address);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const item = link.closest("li");
  const opened = page.getElementById(item.id);
  if (!answer.ok || !opened?.querySelector("details")) throw new Error("no parts came");
  item.replaceWith(document.importNode(opened, true));
  document.querySelector(`#${item.id} > details > summary`).focus();
  address.hash = "";
  history.replaceState(null, "", address);
}

document.querySelector(".facet-region")?.addEventListener("click", (event) => {
  const link = event.target.closest(".unfold");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  unfold(link).catch(() => location.assign(link.href));
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
