// Lets the page start in a frame that may do less than others.

// PyScript opens a database that nothing here asks for. Where that is denied it would complain to nobody,
// and be taken for a page that could not start; so it gets one that never opens.
if (parent !== window && !mayOpen()) {
  Object.defineProperty(globalThis, "indexedDB", { configurable: true, value: { open: () => ({}) } });
}

function mayOpen() {
  try {
    const opening = indexedDB.open("micrograd-explainer-try");
    opening.onerror = (event) => event.preventDefault();
    opening.onsuccess = () => {
      opening.result.close();
      indexedDB.deleteDatabase("micrograd-explainer-try");
    };
    return true;
  } catch {
    return false;
  }
}
