// The list under a text field, as ARIA's combobox has it: the field keeps the focus.

export class Listbox {
  #input;
  #panel = document.createElement("div");
  #list = document.createElement("ul");
  #note = document.createElement("p");
  #options = [];
  #active = -1;

  constructor(input) {
    this.#input = input;
    this.#panel.className = "suggestions";
    this.#panel.append(this.#list, this.#note);
    this.#panel.addEventListener("pointerdown", (event) => event.preventDefault());
    this.#list.id = `${input.id}-list`;
    this.#list.setAttribute("role", "listbox");
    input.parentElement.append(this.#panel);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", this.#list.id);
    this.fill("", []);
  }

  get open() {
    return !this.#panel.hidden;
  }

  /* Options are {text, take} and, where they can be removed, {away, awayName}. */
  fill(label, options, note = "") {
    this.#options = options;
    this.#list.setAttribute("aria-label", label);
    this.#list.replaceChildren(...options.map((option, at) => this.#row(option, at)));
    this.#note.textContent = note;
    this.#note.hidden = !note;
    this.#panel.hidden = options.length === 0;
    this.#input.setAttribute("aria-expanded", String(this.open));
    this.#activate(-1);
  }

  /* Up or down; before the first and after the last comes the field itself. */
  move(step) {
    const stops = this.#options.length + 1;
    this.#activate(((this.#active + 1 + step + stops) % stops) - 1);
  }

  /* Do what the active option does; false where there is none, or it does no such thing. */
  act(deed) {
    const does = this.#options[this.#active]?.[deed];
    does?.();
    return does !== undefined;
  }

  #activate(at) {
    this.#active = at;
    [...this.#list.children].forEach((row, n) => row.setAttribute("aria-selected", String(n === at)));
    const row = this.#list.children[at];
    row?.scrollIntoView({ block: "nearest" });
    if (row) this.#input.setAttribute("aria-activedescendant", row.id);
    else this.#input.removeAttribute("aria-activedescendant");
  }

  #row(option, at) {
    const row = document.createElement("li");
    const words = document.createElement("bdi");
    words.textContent = option.text;
    row.id = `${this.#list.id}-${at}`;
    row.setAttribute("role", "option");
    row.addEventListener("click", option.take);
    row.append(words);
    if (option.away) row.append(cross(option));
    else if (option.aside) row.className = "aside";
    return row;
  }
}

/* For the mouse; by keyboard it is Delete. */
function cross({ away, awayName }) {
  const mark = document.createElement("span");
  mark.className = "away";
  mark.textContent = "×";
  mark.title = awayName;
  mark.setAttribute("aria-hidden", "true");
  mark.addEventListener("click", (event) => {
    event.stopPropagation();
    away();
  });
  return mark;
}
