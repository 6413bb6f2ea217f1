// Results: the link to what came into the index, or changed there, since this reader was here last.
//
// Kept in this browser: the newest time of a report that it was shown (`seen`), when that was (`at`), and since
// when reports are new to it (`since`). A visit ends when nothing was looked at for half an hour.

const PAUSE = 30 * 60 * 1000;
const KEY = "gongkai-visits";
const link = document.querySelector(".take .since");

function last() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

function keep(visit) {
  try {
    localStorage.setItem(KEY, JSON.stringify(visit));
  } catch {
    // a browser that keeps nothing: each visit is the first
  }
}

if (link) {
  const newest = Number(link.dataset.newest);
  const { seen = newest, at = 0, since = newest + 1 } = last();
  const visit = { seen: newest, at: Date.now(), since: Date.now() - at > PAUSE ? seen + 1 : since };
  keep(visit);
  if (newest >= visit.since) {
    const address = new URL(link.href);
    address.searchParams.set("since", new Date(visit.since * 1000).toISOString().slice(0, 19) + "Z");
    address.searchParams.delete("page");
    link.href = address;
    link.parentElement.hidden = false;
  }
}
