// A Python's memory, in the form in which it is kept: a WebAssembly module that has no code, and writes into another
// memory what differs from the one that Python's program begins with. Most of the rest is zeros, or tables that are in
// the program, too. Hosts compress such a module as they do programs.
//
// Pyodide writes its memory down as a snapshot: a head of its own, and all that lies in the memory.

const WORD = 4; // bytes
const PIECE = 256; // bytes that are kept if one of them differs
const PAGE = 65_536; // bytes that a memory grows by
const PROGRAM = "program"; // the custom section that tells how many bytes of the program's memory are not all zeros

/**
 * Returns the module.
 * @param {Uint8Array<ArrayBuffer>} snapshot @param {Uint8Array<ArrayBuffer>} program the memory that the program begins with
 */
export function packed(snapshot, program) {
  const head = snapshot.length - program.length;
  if (head < 0) throw new RangeError("The memory has grown: Python cannot begin with that.");
  const runs = runsOf(wordsIn(snapshot), wordsIn(program), head / WORD);
  const segments = runs.map(([place, length]) => [
    Uint8Array.of(0, 0x41, ...signed(place), 0x0b, ...unsigned(length)), // active, at a constant
    snapshot.subarray(place, place + length),
  ]);
  return joined([
    Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0),
    section(0, [Uint8Array.from(name(PROGRAM)), new Uint8Array(Uint32Array.of(sizeOf(program)).buffer)]),
    section(2, [Uint8Array.of(1, ...name("python"), ...name("snapshot"), 2, 0, ...unsigned(pagesFor(snapshot.length)))]),
    section(11, [Uint8Array.from(unsigned(segments.length)), ...segments.flat()]),
  ]);
}

/** Makes room for a snapshot, all zeros. @param {number} size in bytes */
export function roomFor(size) {
  return new WebAssembly.Memory({ initial: pagesFor(size) });
}

/**
 * Fills the room for a snapshot.
 * @param {ArrayBuffer} module @param {Uint8Array<ArrayBuffer>} program the memory that the program begins with @param {WebAssembly.Memory} room @param {number} size of the snapshot
 */
export async function unpack(module, program, room, size) {
  const made = await WebAssembly.compile(module);
  const [told] = WebAssembly.Module.customSections(made, PROGRAM);
  if (!told) throw new RangeError("This module is no memory.");
  const [used] = new Uint32Array(told);
  new Uint8Array(room.buffer, size - program.length).set(program.subarray(0, used));
  await WebAssembly.instantiate(made, { python: { snapshot: room } });
}

/** @param {number} size */
function pagesFor(size) {
  return Math.ceil(size / PAGE);
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
function wordsIn({ buffer, byteOffset, length }) {
  return new Uint32Array(buffer, byteOffset, length / WORD);
}

/** Counts the bytes up to the last one that is not zero, in whole words. @param {Uint8Array<ArrayBuffer>} bytes */
function sizeOf(bytes) {
  const words = wordsIn(bytes);
  let size = words.length;
  while (size > 0 && words[size - 1] === 0) size--;
  return size * WORD;
}

/** Lists places and lengths of what differs, in bytes. @param {Uint32Array} words @param {Uint32Array} program @param {number} head in words */
function runsOf(words, program, head) {
  /** @type {[number, number][]} */
  const runs = [];
  const differs = (/** @type {number} */ from, /** @type {number} */ to) => {
    for (let i = from; i < to; i++) if (words[i] !== (i < head ? 0 : program[i - head])) return true;
    return false;
  };
  for (let i = 0; i < words.length; i += PIECE / WORD) {
    const end = Math.min(i + PIECE / WORD, words.length);
    if (!differs(i, end)) continue;
    const [place, length] = [i * WORD, (end - i) * WORD];
    const last = runs.at(-1);
    if (last && last[0] + last[1] === place) last[1] += length;
    else runs.push([place, length]);
  }
  return runs;
}

// As WebAssembly's core specification, "Binary format", writes it.

/** @param {number} id @param {Uint8Array[]} parts */
function section(id, parts) {
  const content = joined(parts);
  return joined([Uint8Array.of(id, ...unsigned(content.length)), content]);
}

/** @param {string} text in ASCII */
function name(text) {
  return [...unsigned(text.length), ...new TextEncoder().encode(text)];
}

/** A number in LEB128. @param {number} n */
function unsigned(n) {
  const bytes = [];
  for (; n > 0x7f; n >>>= 7) bytes.push((n & 0x7f) | 0x80);
  return [...bytes, n];
}

/** The same for numbers that have a sign; this one is not negative. @param {number} n */
function signed(n) {
  const bytes = [];
  for (; n > 0x3f; n >>>= 7) bytes.push((n & 0x7f) | 0x80);
  return [...bytes, n];
}

/** @param {Uint8Array[]} parts */
function joined(parts) {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
