// Keyboard in lists: j and k move between rows, x ticks, / goes to search, ? shows the keys.
const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

function rows() {
  return [...document.querySelectorAll("[data-rows] > *, table[data-rows] tbody > tr, .table tbody > tr")];
}

function step(by) {
  const all = rows();
  if (!all.length) return;
  const here = all.findIndex((row) => row.contains(document.activeElement));
  const next = all[Math.min(Math.max(here + by, 0), all.length - 1)];
  const target = next.querySelector("th a, a") ?? next.querySelector("button, input") ?? next;
  if (target === next) next.tabIndex = -1;
  target.focus();
  next.scrollIntoView({ block: "nearest" });
}

function tick() {
  document.activeElement.closest("tr, [data-rows] > *")?.querySelector("input[type=checkbox]")?.click();
}

const keys = {
  j: () => step(1),
  k: () => step(-1),
  x: tick,
  "/": () => document.querySelector("[data-search], main .filter-bar [name=q]")?.focus(),
  "?": () => {
    const help = document.querySelector("[data-keyboard-help]");
    if (!help) return;
    help.open = !help.open;
    if (help.open) help.scrollIntoView({ block: "nearest" });
  },
};

export function keyboard() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
