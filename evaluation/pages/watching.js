// Remembers when the page last changed or was last busy, in milliseconds of performance.now().
(() => {
  const state = { last: 0 };
  window.lastChange = state;
  const note = () => { state.last = performance.now(); };
  const watch = () => new MutationObserver(note).observe(document, {
    childList: true, subtree: true, characterData: true, attributes: true,
    attributeFilter: ["class", "style", "data-stale", "data-test-script-state"],
  });
  watch();
  new PerformanceObserver((list) => {
    for (const each of list.getEntries()) {
      state.last = Math.max(state.last, each.startTime + each.duration);
    }
  }).observe({ type: "longtask", buffered: true });
})();
