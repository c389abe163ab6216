// Reads a QR code with the camera where the browser can do so; without it the page stays as it is.
const EVERY = 200; // milliseconds between two looks

async function detector() {
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return null;
  const formats = await BarcodeDetector.getSupportedFormats();
  return formats.includes("qr_code") ? new BarcodeDetector({ formats: ["qr_code"] }) : null;
}

function scanner(box, reader) {
  const [start, stop] = [box.querySelector("[data-scan-start]"), box.querySelector("[data-scan-stop]")];
  const [video, words] = [box.querySelector("video"), box.querySelector("[data-scan-words]")];
  const field = document.getElementById(box.dataset.scan);
  let stream = null;

  function end(text) {
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
    video.srcObject = null;
    video.hidden = stop.parentElement.hidden = true;
    start.parentElement.hidden = false;
    words.textContent = text;
  }

  async function look() {
    if (!stream) return;
    const [code] = video.readyState >= 2 ? await reader.detect(video) : [];
    if (!stream) return;
    if (!code?.rawValue) {
      setTimeout(look, EVERY);
      return;
    }
    end(words.dataset.found);
    field.value = code.rawValue;
    field.form.requestSubmit();
  }

  start.addEventListener("click", async () => {
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      words.textContent = words.dataset.refused;
      return;
    }
    start.parentElement.hidden = true;
    video.hidden = stop.parentElement.hidden = false;
    words.textContent = words.dataset.looking;
    video.srcObject = stream;
    await video.play();
    look();
  });
  stop.addEventListener("click", () => end(""));
  addEventListener("pagehide", () => stream && end(""));
}

for (const box of document.querySelectorAll("[data-scan]")) {
  const reader = await detector();
  if (!reader) break;
  scanner(box, reader);
  box.hidden = false;
}
