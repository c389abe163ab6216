// Lets a file be dropped on its field and names the chosen one.
import { each } from "./once.js";

function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 ** 2) return `${(bytes / 1024).toFixed(0)} KB`;
  return `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}

export function fileDrops(root) {
  each(root, "[data-file-drop]", (box) => {
    const input = box.querySelector("input[type=file]");
    const words = box.querySelector("[data-drop-words]");
    const name = () => {
      const file = input.files[0];
      if (!file) return;
      words.textContent = words.dataset.template.replace("{name}", file.name).replace("{size}", size(file.size));
    };
    input.addEventListener("change", name);
    box.addEventListener("dragover", (event) => {
      event.preventDefault();
      box.classList.add("drop-over");
    });
    box.addEventListener("dragleave", () => box.classList.remove("drop-over"));
    box.addEventListener("drop", (event) => {
      event.preventDefault();
      box.classList.remove("drop-over");
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  });
}
