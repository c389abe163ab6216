// A row of tabs too long for the screen opens where one stands.
import { each } from "./once.js";

export function tabs(root) {
  each(root, ".tabs", (row) => {
    const here = row.querySelector("[aria-current]");
    if (here && row.scrollWidth > row.clientWidth) row.scrollLeft = here.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
  });
}
