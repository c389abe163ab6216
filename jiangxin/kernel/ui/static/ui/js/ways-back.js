// A way back to the list one came from leads to it as it was: with its conditions and its page.
import { each } from "./once.js";

export function waysBack(root) {
  const from = document.referrer ? new URL(document.referrer) : null;
  if (from?.origin !== location.origin || from.pathname === location.pathname) return;
  each(root, "a.link-back", (link) => {
    if (link.pathname === from.pathname && !link.search) link.search = from.search;
  });
}
