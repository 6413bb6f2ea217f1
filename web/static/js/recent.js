// The latest queries, kept in this browser and nowhere else.

const KEY = "gongkai-recent";
const MOST = 8;

export function recent() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one) => typeof one === "string").slice(0, MOST) : [];
  } catch {
    return []; // storage is switched off, or holds something else
  }
}

export function remember(query) {
  keep([query, ...recent().filter((one) => one !== query)].slice(0, MOST));
}

export function forget(query) {
  keep(recent().filter((one) => one !== query));
}

export function forgetAll() {
  keep([]);
}

function keep(queries) {
  try {
    localStorage.setItem(KEY, JSON.stringify(queries));
  } catch {
    // storage is switched off or full: nothing is remembered
  }
}
