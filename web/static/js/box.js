// The search box: suggestions while typing, recent queries while it is empty; the syntax closes again.

import { Listbox } from "./listbox.js";
import { forget, forgetAll, recent, remember } from "./recent.js";

const WAIT = 120; // ms without a key before suggestions are asked for
const LIMIT = 8;
const ARROWS = { ArrowDown: 1, ArrowUp: -1 };

const input = document.getElementById("q");
const texts = input.dataset;
const list = new Listbox(input);

let timer = 0;
let asking = new AbortController();

function close() {
  clearTimeout(timer);
  asking.abort();
  list.fill("", []);
}

function search(text) {
  input.value = text;
  close();
  input.form.requestSubmit();
}

function showRecent() {
  close();
  const options = recent().map((query) => ({
    text: query,
    take: () => search(query),
    away: () => { forget(query); showRecent(); },
    awayName: texts.remove.replace("{query}", query),
  }));
  if (!options.length) return;
  options.push({ text: texts.clear, take: () => { forgetAll(); close(); }, aside: true });
  list.fill(texts.recent, options, `${texts.recent} · ${texts.keys}`);
}

async function suggest() {
  const typed = input.value;
  asking.abort();
  asking = new AbortController();
  const found = await answer(typed, asking.signal);
  if (typed !== input.value || document.activeElement !== input) return; // it comes too late
  list.fill(texts.suggestions, found.map((text) => ({ text, take: () => search(text) })));
}

async function answer(q, signal) {
  try {
    const came = await fetch(`/api/suggest?${new URLSearchParams({ q, limit: LIMIT })}`, { signal });
    return came.ok ? (await came.json()).suggestions : [];
  } catch {
    return []; // taken back, or the server is away: the box works without
  }
}

// A page from the browser's memory shows what it was asked, not what was typed on it last.
function comeBack(event) {
  if (!event.persisted) return;
  close();
  for (const form of document.forms) form.reset();
}

function typed() {
  clearTimeout(timer);
  asking.abort();
  if (input.value.trim()) timer = setTimeout(suggest, WAIT);
  else showRecent();
}

function pressed(event) {
  const step = ARROWS[event.key];
  if (event.isComposing) return;
  if (step && list.open) list.move(step);
  else if (step) (input.value.trim() ? suggest : showRecent)();
  else if (!list.open) return;
  else if (event.key === "Escape") close();
  else if (event.key === "Enter" && list.act("take")) close();
  else if (event.key !== "Delete" || !list.act("away")) return;
  event.preventDefault();
}

input.addEventListener("input", (event) => event.isComposing || typed());
input.addEventListener("compositionend", typed);
input.addEventListener("keydown", pressed);
input.addEventListener("focus", () => input.value.trim() || showRecent());
input.addEventListener("blur", close);
addEventListener("pageshow", comeBack);
if (document.querySelector(".results-page") && input.value.trim()) remember(input.value.trim());

const syntax = document.querySelector(".syntax");
document.addEventListener("keydown", ({ key }) => { if (key === "Escape") syntax.open = false; });
document.addEventListener("click", ({ target }) => { if (!syntax.contains(target)) syntax.open = false; });
