// Folding parts: open by themselves where there is room or the address leads in; menus close on Escape or a click outside.
import { each } from "./once.js";

const wide = matchMedia("(min-width: 60rem)");
const aimedAt = () => document.getElementById(location.hash.slice(1));
const roomy = () => wide.matches && document.documentElement.dataset.elder !== "on";

export function folds(root) {
  each(root, "details[data-closes-outside]", (menu) => {
    document.addEventListener("click", (event) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });
  each(root, "details[data-open-wide]", (fold) => {
    const fit = () => {
      fold.open = roomy() || fold.querySelector(".field-error") !== null || fold.contains(aimedAt());
    };
    fit();
    wide.addEventListener("change", fit);
    addEventListener("hashchange", () => {
      if (fold.contains(aimedAt())) fold.open = true;
    });
  });
}
