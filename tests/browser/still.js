// Whether nothing on the page is running or has moved for `quiet` milliseconds, nor was pressed.
(quiet) => {
  if (!window.lastMoved) {
    const state = { at: performance.now() };
    const note = () => { state.at = performance.now(); };
    new MutationObserver(note).observe(document, {
      childList: true, subtree: true, characterData: true, attributes: true,
    });
    for (const kind of ["click", "keydown", "input"]) document.addEventListener(kind, note, true);
    window.lastMoved = state;
  }
  const app = document.querySelector("[data-testid=stApp]");
  if (app && app.dataset.testScriptState !== "notRunning") return false;
  if (app && app.dataset.testConnectionState !== "CONNECTED") return false;
  const busy = "[data-testid=stSkeleton], [data-testid=stSpinner], [data-stale=true]";
  if (document.querySelector(busy)) return false;
  return performance.now() - window.lastMoved.at > quiet;
}
