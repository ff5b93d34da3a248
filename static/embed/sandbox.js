// Lets the page start where it may do less than elsewhere: in frames, and for visitors who let nothing be kept.

// PyScript opens a database that nothing here asks for. Where that is denied, at once or a little later, it
// complains to nobody, and is taken for a page that could not start; so it gets one that never opens.
Object.defineProperty(globalThis, "indexedDB", { configurable: true, value: { open: () => ({}) } });
export {};
