// A button that copies the field beside it.
import { each } from "./once.js";

export function copyFields(root) {
  each(root, "[data-copy]", (box) => {
    const button = box.querySelector("[data-copy-button]");
    const field = box.querySelector("input");
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(field.value);
      box.querySelector("[data-copy-status]").textContent = button.dataset.copied;
      button.querySelector("span").textContent = button.dataset.copied;
    });
  });
}
