// A state of the page as a link: JSON, deflated, in the fragment of the URL, which no server ever sees.
//
// "#share=1." and base64url of: CRC-32 of what follows (4 bytes), then the deflated JSON text. The 1 is
// the version. A fragment is written by anybody, so nothing in it is trusted, and nothing evaluated.

import { noted, say } from "./language.js";

/** @typedef {Record<string, unknown>} State plain data, as JSON has it */

const VERSION = "1";
const MOST_BYTES = 64 * 1024; // deflated
const MOST_TEXT = 1024 * 1024; // bytes of JSON
const DEEPEST = 32; // lists within lists: those who read them may do so recursively
const PIECE = 1024; // deflate makes at most 1032 bytes of one, so that is how far a bomb gets over the limit

const TOO_LARGE = noted("This is more than fits into a link. About 100 KB of code do.");
const DAMAGED = noted("The link was cut short or damaged on its way, so this is the page as it is for everybody.");
const TOO_NEW = noted("The link was made by a newer version of this page. Reload the page to try again.");

/** @param {State} state @returns {Promise<string>} is rejected with a sentence when the state is too large */
export async function toFragment(state) {
  const text = new TextEncoder().encode(JSON.stringify(state));
  if (text.length > MOST_TEXT || isDeeper(state, DEEPEST)) throw new RangeError(say(TOO_LARGE));
  const deflated = await read(pieces(text).pipeThrough(new CompressionStream("deflate-raw")), MOST_BYTES);
  if (!deflated) throw new RangeError(say(TOO_LARGE));
  return `#share=${VERSION}.${toBase64(withChecksum(deflated))}`;
}

/**
 * Returns null for a fragment that is no shared state, and a sentence for one that can't be read.
 * @param {string} hash @returns {Promise<{ state: State } | { problem: string } | null>}
 */
export async function fromFragment(hash) {
  const [, version, base64] = hash.match(/^#?share=(?:(\d+)\.)?(.*)$/s) ?? [];
  if (base64 === undefined) return null;
  if (version && version !== VERSION) return { problem: say(TOO_NEW) };
  try {
    const state = JSON.parse(await inflate(withoutChecksum(fromBase64(base64))));
    return isPlain(state) && !isDeeper(state, DEEPEST) ? { state } : { problem: say(DAMAGED) };
  } catch {
    return { problem: say(DAMAGED) };
  }
}

/** @param {Uint8Array<ArrayBuffer>} deflated */
async function inflate(deflated) {
  const text = await read(pieces(deflated).pipeThrough(new DecompressionStream("deflate-raw")), MOST_TEXT);
  if (!text) throw new RangeError("too large");
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(text);
}

/** Bytes that are handed out piece by piece, and only when asked for. @param {Uint8Array<ArrayBuffer>} bytes */
function pieces(bytes) {
  let at = 0;
  /** @type {UnderlyingDefaultSource<Uint8Array<ArrayBuffer>>} */
  const source = {
    pull(controller) {
      if (at < bytes.length) controller.enqueue(bytes.subarray(at, (at += PIECE)));
      else controller.close();
    },
  };
  return new ReadableStream(source, { highWaterMark: 0 });
}

/** Reads to the end, or to the limit: then it stops and returns undefined. @param {ReadableStream<Uint8Array<ArrayBuffer>>} stream @param {number} most */
async function read(stream, most) {
  const reader = stream.getReader();
  const chunks = [];
  let length = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    chunks.push(next.value);
    length += next.value.length;
    if (length > most) return void reader.cancel().catch(() => {});
  }
  return join(chunks);
}

/** @param {Uint8Array<ArrayBuffer>[]} chunks */
function join(chunks) {
  const all = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
function withChecksum(bytes) {
  const checksum = new Uint8Array(4);
  new DataView(checksum.buffer).setUint32(0, crc32(bytes));
  return join([checksum, bytes]);
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
function withoutChecksum(bytes) {
  const rest = bytes.subarray(4);
  if (new DataView(bytes.buffer).getUint32(0) !== crc32(rest)) throw new RangeError("damaged");
  return rest;
}

/** CRC-32 as in zip and PNG, bit by bit: its polynomial, reflected, is 0xEDB88320. @param {Uint8Array} bytes */
function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** @param {Uint8Array} bytes */
function toBase64(bytes) {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** What a mail program or a chat took for a part of the link is left out. @param {string} text */
function fromBase64(text) {
  if (text.length > MOST_BYTES * 1.5) throw new RangeError("too large");
  const [clean] = text.match(/^[\w-]*(?=[^\w-]{0,3}$)/) ?? [];
  if (clean === undefined) throw new RangeError("not base64url");
  return Uint8Array.from(atob(clean.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
}

/** @param {unknown} data */
function isPlain(data) {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}

/** @param {unknown} data @param {number} most @returns {boolean} */
function isDeeper(data, most) {
  if (typeof data !== "object" || data === null) return false;
  return most === 0 || Object.values(data).some((inner) => isDeeper(inner, most - 1));
}
