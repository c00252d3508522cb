// The console works without this script; with it, pages keep themselves up to date.

const said = document.getElementById("said");

/** Puts `fresh` in the place of `old`: focus, opened details and the end of a conversation stay where they were. */
function swap(old, fresh) {
  const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
  const open = [...old.querySelectorAll("details")].map((details) => details.open);
  [...fresh.querySelectorAll("details")].forEach((details, index) => {
    details.open = open[index] ?? false;
  });
  for (const field of old.querySelectorAll("input[id]")) {
    const twin = fresh.querySelector(`#${field.id}`);
    if (twin && field.value) twin.value = field.value; // what somebody is writing
  }
  old.replaceWith(fresh);
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  showEnds(fresh);
}

const showEnds = (root) => {
  for (const list of root.querySelectorAll("[data-bottom]")) list.scrollTop = list.scrollHeight;
};

/** Nothing moves under a finger or a cursor: a list in use says that there is news, and waits for a press. */
function offer(old, fresh) {
  const known = document.getElementById("news");
  const button = known ?? document.createElement("button");
  button.id = "news";
  button.type = "button";
  button.className = "btn btn--quiet news";
  button.textContent = `Show new ${old.dataset.still}`;
  button.onclick = () => {
    button.remove();
    swap(old, fresh);
  };
  if (!known) old.before(button);
}

const inUse = (region) => region.matches(":hover") || region.contains(document.activeElement);

let asked = 0;
async function refresh() {
  const turn = ++asked;
  const response = await fetch(location.href);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  if (turn !== asked) return; // a later one answers for this one
  const count = (root) => Number(root.querySelector("#tabs .count")?.textContent ?? 0);
  if (count(page) > count(document)) said.textContent = "Something new has arrived.";
  for (const old of document.querySelectorAll("[data-live]")) {
    const fresh = page.getElementById(old.id);
    if (!fresh) {
      swap(document.getElementById("main"), page.getElementById("main"));
      return;
    }
    if (fresh.outerHTML === old.outerHTML) continue;
    if (old.dataset.still && inUse(old)) offer(old, fresh);
    else swap(old, fresh);
  }
}

function away() {
  const chip = document.createElement("span");
  chip.className = "chip chip--bad";
  chip.textContent = "The laptop cloud does not answer";
  document.getElementById("health").replaceChildren(chip);
}

const source = new EventSource("/_laptop/events");
source.addEventListener("changed", () => refresh().catch(away));
source.addEventListener("error", away);

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form));
  if ("clear" in form.dataset) form.reset();
  fetch(form.action, { method: "POST", body, redirect: "manual" }).then(refresh).catch(away);
});
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-choose] select")) event.target.form.requestSubmit();
});
showEnds(document);
