// A Python's memory, in the form in which it is kept: only what differs from the memory that Python's program
// begins with. Most of the rest is zeros, or tables that are in the program, too.
//
// Pyodide writes its memory down as a snapshot: a head of its own, and all that lies in the memory.

const WORD = 4; // bytes
const PIECE = 256; // bytes that are kept if one of them differs

/** In 32 bits each: the size of the head, that of what is not zero in the program, the number of runs, and each one's place and length. */
const NUMBERS = 3;

/**
 * Returns what differs, and where.
 * @param {Uint8Array<ArrayBuffer>} snapshot @param {Uint8Array<ArrayBuffer>} program the memory that the program begins with
 */
export function packed(snapshot, program) {
  const head = snapshot.length - program.length;
  if (head < 0) throw new RangeError("The memory has grown: Python cannot begin with that.");
  const runs = runsOf(wordsIn(snapshot), wordsIn(program), head / WORD);
  const numbers = Uint32Array.from([head, sizeOf(program), runs.length, ...runs.flat()]);
  const memory = new Uint8Array(numbers.byteLength + runs.reduce((sum, [, length]) => sum + length, 0));
  memory.set(new Uint8Array(numbers.buffer));
  let at = numbers.byteLength;
  for (const [place, length] of runs) {
    memory.set(snapshot.subarray(place, place + length), at);
    at += length;
  }
  return memory;
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

/**
 * Fills a snapshot, which has to be of the right size and all zeros.
 * @param {ArrayBuffer} memory @param {Uint8Array} program the memory that the program begins with @param {Uint8Array} snapshot
 */
export function unpack(memory, program, snapshot) {
  const [head, size, count] = new Uint32Array(memory, 0, NUMBERS);
  const runs = new Uint32Array(memory, NUMBERS * 4, 2 * count);
  let at = (NUMBERS + 2 * count) * 4;
  snapshot.set(program.subarray(0, size), head);
  for (let i = 0; i < runs.length; i += 2) {
    const [place, length] = [runs[i], runs[i + 1]];
    snapshot.set(new Uint8Array(memory, at, length), place);
    at += length;
  }
  if (at !== memory.byteLength) throw new RangeError("not all of the memory was kept");
}
