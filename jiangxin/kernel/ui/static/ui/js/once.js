// Marks an element as enhanced, so that a swapped page part is not enhanced twice.
const seen = new WeakSet();

export function each(root, selector, work) {
  const found = [...root.querySelectorAll(selector)];
  if (root.matches?.(selector)) found.push(root);
  for (const element of found) {
    if (seen.has(element)) continue;
    seen.add(element);
    work(element);
  }
}
