// All that the kernel loads to start, counted while it comes: until `end`, every `fetch` of the worker, and
// every program that is compiled while it loads, goes through here.

import { Download } from "./download.js";

/** How many bytes are here, and of how many; of null while a server has not told. @typedef {{ loaded: number, total: number | null }} Progress */
/** @typedef {{ onProgress: (progress: Progress) => void, onBreak: () => void }} Listener */

/** @typedef {Uint8Array<ArrayBuffer>[]} Parts */

const OFTEN = 100; // milliseconds between two reports
const PROGRAM = /\.asm\.wasm$/; // it is compiled while it loads

export class Downloads {
  fetch = globalThis.fetch.bind(globalThis);
  controller = new AbortController();
  /** @type {Promise<void>} */
  retried = new Promise((resolve) => (this.goOn = resolve));
  /** The bytes of a program, for a browser that can't have them from the response. @type {WeakMap<Response, Promise<Parts>>} */
  programs = new WeakMap();
  /** @type {Download[]} */
  files = [];
  reportedAt = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer = undefined;
  /** Is rejected when something can't be loaded: Pyodide waits for ever for its program, and does without others. @type {Promise<never>} */
  failed = new Promise((_, reject) => (this.fail = reject));

  /** Of what will come: in bytes, unpacked, by address. @type {Record<string, number>} */
  sizes = {};
  /** Gets the memory of a program before the program begins. @type {(memory: ArrayBuffer) => void | Promise<void>} */
  onProgram = () => {};

  /** @param {Listener} listener */
  constructor({ onProgress, onBreak }) {
    const { instantiateStreaming } = WebAssembly;
    this.native = { instantiateStreaming };
    this.onProgress = onProgress;
    this.onBreak = onBreak;
    this.onPart = () => this.report();
    globalThis.fetch = (input, options) => this.load(input, options);
    WebAssembly.instantiateStreaming = (source, imports) => this.instantiate(source, imports);
  }

  /** From now on, the worker loads as any other. */
  end() {
    clearTimeout(this.timer);
    globalThis.fetch = this.fetch;
    Object.assign(WebAssembly, this.native);
  }

  /** Goes on from where connections broke, or do not move. */
  retry() {
    const { controller, goOn } = this;
    for (const file of this.files) file.breaks = 0;
    this.controller = new AbortController();
    this.retried = new Promise((resolve) => (this.goOn = resolve));
    controller.abort();
    goOn?.();
  }

  get signal() {
    return this.controller.signal;
  }

  /** @param {RequestInfo | URL} input @param {RequestInit} [options] @returns {Promise<Response>} */
  async load(input, options) {
    const url = String(input instanceof Request ? input.url : input);
    const file = new Download(this, url, options, this.sizes[url]);
    this.files.push(file);
    const response = await file.open();
    if (!response.ok || !response.body) {
      this.files.splice(this.files.indexOf(file), 1);
      return response;
    }
    if (!PROGRAM.test(url)) return new Response(this.streamOf(file, response), response);
    const parts = partsOf(file, response.clone());
    parts.catch(this.fail);
    this.programs.set(response, parts);
    return response;
  }

  /**
   * Compiles while it loads, from the very response: of that, the browser may keep what it has compiled.
   * @param {Response | PromiseLike<Response>} source @param {WebAssembly.Imports} [imports]
   */
  async instantiate(source, imports) {
    const response = await source;
    const made = await this.native.instantiateStreaming.call(WebAssembly, response, imports).catch((error) => {
      const parts = this.programs.get(response); // the connection broke, or the server gave it a wrong type
      const again = parts ? parts.then(joined).then((code) => WebAssembly.instantiate(code, imports)) : Promise.reject(error);
      again.catch(this.fail);
      return again;
    });
    const { memory } = made.instance.exports;
    if (memory instanceof WebAssembly.Memory) await this.onProgram(memory.buffer);
    return made;
  }

  /** @param {Download} file @param {Response} response */
  streamOf(file, response) {
    return new ReadableStream({
      start: (controller) => {
        file.read(response, (part) => controller.enqueue(part)).then(
          () => controller.close(),
          (error) => {
            this.fail?.(error);
            controller.error(error);
          },
        );
      },
    });
  }

  report() {
    const isAll = this.files.every(({ isDone }) => isDone);
    const wait = isAll ? 0 : OFTEN - (performance.now() - this.reportedAt);
    clearTimeout(this.timer);
    if (wait > 0) this.timer = setTimeout(() => this.report(), wait);
    else this.tell();
  }

  tell() {
    this.reportedAt = performance.now();
    const expected = new Map(Object.entries(this.sizes));
    for (const { url, size } of this.files) expected.set(url, size ?? NaN);
    const total = [...expected.values()].reduce((sum, size) => sum + size, 0);
    const loaded = this.files.reduce((sum, file) => sum + file.loaded, 0);
    this.onProgress({ loaded, total: Number.isNaN(total) ? null : total });
  }
}

/** @param {Download} file @param {Response} response */
async function partsOf(file, response) {
  /** @type {Parts} */
  const parts = [];
  await file.read(response, (part) => parts.push(part));
  return parts;
}

/** @param {Parts} parts */
async function joined(parts) {
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
