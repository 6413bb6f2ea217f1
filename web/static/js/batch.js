// A list that is being counted: how far it is, without loading the page again.

const state = document.getElementById("state");

async function look() {
  const answer = await fetch(state.dataset.status, { cache: "no-store" });
  if (!answer.ok) {
    location.reload();
    return;
  }
  const told = await answer.json();
  if (told.state !== state.dataset.state) {
    location.reload();
    return;
  }
  document.getElementById("progress").textContent = told.progress;
  document.getElementById("left").textContent = told.left;
  document.getElementById("bar").value = told.done;
  setTimeout(look, 500);
}

look();
