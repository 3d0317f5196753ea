// A button that puts words on the clipboard. The words come in as data and never become HTML.
const DONE = 2500; // milliseconds that "Copied" is shown
const SHEETS =
  "M9 3h9a2 2 0 0 1 2 2v11h-2V5H9V3zM5 7h9a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V9" +
  "a2 2 0 0 1 2-2zm0 2v10h9V9H5z";
const TICK = "M9.5 17.6 4 12.1l1.4-1.4 4.1 4.1 9-9L20 7.2z";

const picture = () => {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS(space, "path"));
  return svg;
};

// Where a page does not come over HTTPS, browsers offer the older way only.
const copyOldWay = (words) => {
  const box = document.createElement("textarea");
  box.value = words;
  box.setAttribute("readonly", "");
  box.style.position = "fixed";
  box.style.opacity = "0";
  document.body.append(box);
  const focused = document.activeElement;
  box.select();
  const copied = document.execCommand("copy");
  box.remove();
  focused?.focus?.({ preventScroll: true });
  return copied;
};

const copy = async (words) => {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    return copyOldWay(words);
  }
};

// The last way: the words, chosen, for the keys to copy.
const offer = (place, words) => {
  if (place.querySelector("textarea")) return;
  const box = document.createElement("textarea");
  box.value = words;
  box.readOnly = true;
  box.setAttribute("aria-label", "The words to copy");
  place.append(box);
  box.focus();
  box.select();
};

const held = new WeakMap();

export default function ({ parentElement, data }) {
  if (held.has(parentElement)) {
    held.get(parentElement).words = data.words;
    return;
  }
  const now = { words: data.words };
  held.set(parentElement, now);
  const button = document.createElement("button");
  const svg = picture();
  const label = document.createElement("span");
  const said = document.createElement("span");
  button.type = "button";
  said.className = "unseen";
  said.setAttribute("role", "status");
  const show = (words, path) => {
    label.textContent = words;
    svg.firstChild.setAttribute("d", path);
  };
  show(data.label, SHEETS);
  button.append(svg, label);
  let timer = 0;
  button.addEventListener("click", async () => {
    clearTimeout(timer);
    if (await copy(now.words)) {
      show("Copied", TICK);
      said.textContent = "Copied with its citation";
      timer = setTimeout(() => {
        show(data.label, SHEETS);
        said.textContent = "";
      }, DONE);
    } else {
      said.textContent = "This browser does not let a page copy. Press Ctrl and C.";
      offer(parentElement, now.words);
    }
  });
  parentElement.append(button, said);
}
