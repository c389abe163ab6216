// Filters apply as soon as one is changed with mouse or finger; text fields wait for Enter. From the keyboard a choice
// changes with every arrow key, so it waits for the button beside it.
import { each } from "./once.js";

let fromKeyboard = false;
document.addEventListener("keydown", () => (fromKeyboard = true), true);
document.addEventListener("pointerdown", () => (fromKeyboard = false), true);

export function autosubmit(root) {
  each(root, "form[data-autosubmit]", (form) => {
    form.addEventListener("change", (event) => {
      if (fromKeyboard) return;
      if (event.target.matches("select, input[type=checkbox], input[type=radio]")) form.requestSubmit();
    });
  });
}
