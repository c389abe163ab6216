// Shows the bulk bar once rows are ticked and counts them; a box marked data-select-all ticks every row.
import { each } from "./once.js";

export function bulkBars(root) {
  each(root, "[data-bulk-bar]", (bar) => {
    const form = document.getElementById(bar.dataset.bulkBar);
    if (!form) return;
    const words = bar.querySelector("[data-bulk-words]");
    const boxes = () => [...form.elements].filter((box) => box.type === "checkbox" && box.name);
    const all = document.querySelector(`[data-select-all="${form.id}"]`);
    const show = () => {
      const ticked = boxes().filter((box) => box.checked).length;
      bar.toggleAttribute("data-shown", ticked > 0);
      bar.hidden = ticked === 0;
      words.textContent = words.dataset.template.replace("{n}", ticked);
      if (all) {
        all.checked = ticked > 0 && ticked === boxes().length;
        all.indeterminate = ticked > 0 && !all.checked;
      }
    };
    document.addEventListener("change", (event) => {
      if (event.target === all) boxes().forEach((box) => (box.checked = all.checked));
      if (event.target === all || event.target.form === form) show();
    });
    show();
  });
}
