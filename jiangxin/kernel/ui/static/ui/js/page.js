// Loaded on every page: each part enhances what is already usable without it.
import { fileDrops } from "./file-drop.js";
import { bulkBars } from "./bulk.js";
import { keyboard } from "./keyboard.js";
import { copyFields } from "./copy.js";
import { autosubmit } from "./autosubmit.js";
import { folds } from "./folds.js";
import { tabs } from "./tabs.js";
import { beside } from "./beside.js";
import { waysBack } from "./ways-back.js";

function enhance(root) {
  copyFields(root);
  fileDrops(root);
  bulkBars(root);
  autosubmit(root);
  folds(root);
  tabs(root);
  beside(root);
  waysBack(root);
  root.querySelector("[data-focus-first]")?.focus();
}

enhance(document);
keyboard();
document.addEventListener("ui:enhance", (event) => enhance(event.detail));
document.addEventListener("htmx:afterSettle", (event) => enhance(event.detail.elt));
