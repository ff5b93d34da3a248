// Runs before anything of a page does, and notes what its visitor sees, and when. See visit.py.

const WITH_PAGE = true; // or it is ready when the kernel is

(() => {
  const seen = { shift: 0 };
  const tasks = [];

  /** @param {string} type @param {(entry: any) => void} note */
  const observe = (type, note) => new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  const now = () => performance.now();

  observe("paint", ({ name, startTime }) => name === "first-contentful-paint" && (seen.paint = startTime));
  observe("largest-contentful-paint", ({ startTime }) => (seen.largest = startTime));
  observe("longtask", (task) => tasks.push(task));
  noteShifts();
  noteFigure();

  // The largest sum of shifts that follow each other: by less than a second, and all within five.
  function noteShifts() {
    let first = 0;
    let last = 0;
    let sum = 0;
    observe("layout-shift", ({ startTime, value, hadRecentInput }) => {
      if (hadRecentInput) return;
      if (startTime - last > 1000 || startTime - first > 5000) [first, sum] = [startTime, 0];
      last = startTime;
      sum += value;
      seen.shift = Math.max(seen.shift, sum);
    });
  }

  // Frames begin once the style sheets are there. The one in which the drawing is has been painted when
  // the next task begins.
  function noteFigure() {
    requestAnimationFrame(() => {
      if (!document.querySelector("[data-figure] svg [data-node]")) return noteFigure();
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => (seen.figure = now());
      port2.postMessage(null);
    });
  }

  // What was observed is told a little later than it happened.
  window.started = new Promise((resolve) => {
    new MutationObserver(() => {
      const { page, kernel } = document.documentElement?.dataset ?? {};
      if (page === "ready") seen.page ??= now();
      if (kernel === "ready") seen.kernel ??= now();
      if (seen.kernel && (seen.page || !WITH_PAGE)) setTimeout(() => resolve(told()), 300);
    }).observe(document, { attributes: true, subtree: true });
  });

  function told() {
    const early = tasks.filter(({ startTime }) => startTime < seen.kernel);
    const blocked = early.reduce((sum, { duration }) => sum + Math.max(0, duration - 50), 0);
    return { ...seen, blocked, origin: performance.timeOrigin };
  }
})();
