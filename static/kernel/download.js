// A file that comes over the network. What came is kept: where a connection breaks, it is opened again from
// there, by itself a few times, and then when the reader wants it.

/** Milliseconds before each time that a broken connection is opened again without asking. */
const PAUSES = [300, 1_000, 3_000];

/**
 * What a file has of the start that it is a part of.
 * @typedef {object} Start
 * @property {typeof globalThis.fetch} fetch
 * @property {AbortSignal} signal ends connections that do not move
 * @property {Promise<void>} retried is there when the reader has asked to go on
 * @property {() => void} onPart @property {() => void} onBreak
 */

export class Download {
  loaded = 0; // bytes, as they are after they were unpacked
  isDone = false;
  isEncoded = false;
  breaks = 0; // since something came
  /** @type {string | null} */
  mark = null;

  /** @param {Start} start @param {string} url @param {RequestInit} [options] @param {number} [size] in bytes, where the build has told */
  constructor(start, url, options, size) {
    this.start = start;
    this.url = url;
    this.options = options;
    this.size = size;
  }

  /** Asks for the file, or for the rest of it, until a server answers. @returns {Promise<Response>} */
  async open() {
    for (;;) {
      try {
        return await this.#ask();
      } catch (error) {
        await this.#rest(error);
      }
    }
  }

  /** Goes through all of the file, whatever breaks in between. @param {Response} response @param {(part: Uint8Array<ArrayBuffer>) => void} take */
  async read(response, take) {
    for (;;) {
      try {
        for await (const part of this.#news(response)) take(part);
        this.isDone = true;
        this.size = this.loaded;
        return this.start.onPart();
      } catch (error) {
        await this.#rest(error);
      }
      response = await this.open();
      if (!response.ok) throw new Error(`${this.url}: ${response.status} ${response.statusText}`);
    }
  }

  async #ask() {
    const headers = new Headers(this.options?.headers);
    // A server counts what it sends, which may be compressed. And some refuse the header.
    if (this.loaded && !this.isEncoded && this.breaks < 2) headers.set("Range", `bytes=${this.loaded}-`);
    const { fetch, signal } = this.start;
    const response = await fetch(this.url, { ...this.options, headers, signal });
    const mark = response.headers.get("ETag") ?? response.headers.get("Last-Modified");
    if (this.loaded && response.ok && mark !== this.mark) throw new Changed();
    this.mark = mark;
    this.isEncoded = response.headers.has("Content-Encoding");
    const length = Number(response.headers.get("Content-Length"));
    if (length && !this.isEncoded && response.status === 200) this.size = length;
    return response;
  }

  /** The parts of a response that had not come before. @param {Response} response */
  async *#news(response) {
    let known = response.status === 206 ? 0 : this.loaded;
    const reader = /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (response.body).getReader();
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const part = value.subarray(known);
      known = Math.max(0, known - value.length);
      if (!part.length) continue;
      this.loaded += part.length;
      this.breaks = 0;
      yield part;
      this.start.onPart();
    }
  }

  /** Waits after a break; what can't be gone on with is an error. @param {unknown} error */
  async #rest(error) {
    if (error instanceof Changed) throw error;
    const { retried, onBreak } = this.start;
    const milliseconds = PAUSES[this.breaks++];
    if (milliseconds === undefined) {
      onBreak();
      await retried;
    } else await Promise.race([retried, new Promise((done) => setTimeout(done, milliseconds))]);
  }
}

class Changed extends Error {
  message = "a file has changed on the server while it was loading";
}
