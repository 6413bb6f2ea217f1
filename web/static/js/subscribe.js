// The address of a feed: all of it is selected once it has the focus, and a button copies it.

import { copy } from "./report-copy.js";

const field = document.getElementById("address");
const button = document.querySelector(".address button");

field.addEventListener("focus", () => field.select());
button.addEventListener("click", () => copy(field.value, button));
button.hidden = false;
