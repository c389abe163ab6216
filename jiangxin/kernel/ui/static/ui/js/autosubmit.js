// Filters apply as soon as one is changed; text fields wait for Enter.
import { each } from "./once.js";

export function autosubmit(root) {
  each(root, "form[data-autosubmit]", (form) => {
    form.addEventListener("change", (event) => {
      if (event.target.matches("select, input[type=checkbox], input[type=radio]")) form.requestSubmit();
    });
  });
}
