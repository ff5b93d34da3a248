// Runs programs that Python has made: WebAssembly beside the WebAssembly that is Python.
//
// They share its C library, so that tanh, exp, log and pow have the digits of Python's `math`.

const LIBM = ["tanh", "exp", "log", "pow"];

/** Offers to Python what app/kernel/machine.py expects. @param {any} pyodide there is no public way */
export function machineOf({ _module: python }) {
  const isExact = LIBM.every((name) => typeof python[`_${name}`] === "function");
  const functionOf = (/** @type {string} */ name) => (isExact ? python[`_${name}`] : /** @type {any} */ (Math)[name]);
  const env = Object.fromEntries(LIBM.map((name) => [name, functionOf(name)]));
  return {
    isExact,
    /** @param {any} code a buffer of Python's */
    instantiate(code) {
      const buffer = code.getBuffer("u8");
      const compiled = new WebAssembly.Module(buffer.data.slice()); // a worker may wait for that
      buffer.release();
      const { exports } = new WebAssembly.Instance(compiled, { env });
      const memory = /** @type {WebAssembly.Memory} */ (exports.memory);
      const bytes = new Uint8Array(memory.buffer); // the memory never grows
      return {
        call: (/** @type {string} */ name, /** @type {number[]} */ ...numbers) =>
          /** @type {Function} */ (exports[name])(...numbers),
        part: (/** @type {number} */ address, /** @type {number} */ size) => bytes.subarray(address, address + size),
      };
    },
  };
}
