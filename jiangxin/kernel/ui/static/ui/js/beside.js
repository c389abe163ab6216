// On a wide screen a row of a list opens beside the list; the link itself leads to the same page everywhere else.
import { each } from "./once.js";

const wide = matchMedia("(min-width: 75rem)");
const roomy = () => wide.matches && document.documentElement.dataset.elder !== "on";

function lowered(heading) {
  const lower = document.createElement("h2");
  lower.append(...heading.childNodes);
  lower.className = "beside-title";
  heading.replaceWith(lower);
}

// What is written relative to its own page keeps leading there: a form without an action above all.
function rooted(main, home) {
  const lead = (part, name) => part.setAttribute(name, new URL(part.getAttribute(name) ?? "", home).href);
  main.querySelectorAll("form").forEach((form) => lead(form, "action"));
  for (const name of ["href", "formaction", "hx-get", "hx-post"]) {
    main.querySelectorAll(`:is(a, button, form, input, select)[${name}]`).forEach((part) => lead(part, name));
  }
}

async function open(list, link, aside) {
  const answer = await fetch(link.href, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return (location.href = link.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = page.querySelector("main");
  rooted(main, link.href);
  main.querySelectorAll("h1").forEach(lowered);
  main.querySelectorAll(".link-back, .crumbs, [data-select-all], .bulk-bar").forEach((part) => part.remove());
  main.querySelectorAll("[id]").forEach((part) => list.ownerDocument.getElementById(part.id) && part.removeAttribute("id"));
  const side = page.querySelector(".aside");
  if (side) rooted(side, link.href);
  const bar = list.querySelector("template[data-beside-bar]").content.cloneNode(true);
  bar.querySelector("[data-beside-link]").href = link.href;
  bar.querySelector("[data-beside-close]").addEventListener("click", () => close(list, aside));
  aside.replaceChildren(bar, ...main.childNodes, ...(side?.childNodes ?? []));
  aside.classList.add("aside-beside");
  mark(list, link);
  aside.scrollTop = 0;
  window.htmx?.process(aside);
  document.dispatchEvent(new CustomEvent("ui:enhance", { detail: aside }));
}

function mark(list, link) {
  list.querySelectorAll("tr[aria-current]").forEach((row) => row.removeAttribute("aria-current"));
  link?.closest("tr").setAttribute("aria-current", "true");
  list.querySelector("[data-beside-said]").textContent = link ? list.dataset.besideOpened : "";
}

// Enter on the row that stands open goes in; a mouse has no need of it.
function enter(aside) {
  aside.tabIndex = -1;
  aside.focus();
}

function close(list, aside) {
  const row = list.querySelector("tr[aria-current] th a");
  aside.replaceChildren();
  aside.classList.remove("aside-beside");
  mark(list, null);
  row?.focus();
}

export function beside(root) {
  each(root, "[data-beside]", (list) => {
    const aside = document.querySelector(".bench-page .aside");
    if (!aside || aside.childElementCount) return;
    list.addEventListener("click", (event) => {
      const link = event.target.closest("tbody th a");
      if (!link || !roomy() || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      if (!event.detail && link.closest("tr[aria-current]") && aside.childElementCount) return enter(aside);
      open(list, link, aside).catch(() => (location.href = link.href));
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && aside.classList.contains("aside-beside")) close(list, aside);
    });
  });
}
