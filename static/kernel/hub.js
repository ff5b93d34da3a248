// One Python for all figures of a page, in a frame of its own, kernel.html, which outlives each of them.
//
// Figures join with a port, through which they speak as to a worker of their own; see join.js. Python
// serves one call at a time, and knows by its client whose things a call is about. Who wants to end Python
// ends the call of no other: it only gets a new place, unless Python is busy with its own call.

import { launch } from "./launch.js";

/** @typedef {{ id: number, method: string, request: string, flag?: import("./flag.js").Sent }} Request */
/** @typedef {{ name: string, port: MessagePort }} Client */
/** @typedef {{ client: Client | null, request: Request }} Call */

const PATIENCE = 1_000; // milliseconds in which the call of a figure that is gone has to end

/** @type {Worker} */
let worker;
/** @type {import("./kept.js").Memory | undefined} */
let memory;
/** What came last of the start: figures that join later want it, too. @type {{ type: string } | undefined} */
let told;
/** What came last of the files that most calls need. @type {{ type: string } | undefined} */
let toldOfFiles;
/** @type {Set<Client>} */
const clients = new Set();
/** @type {Call[]} */
let waiting = [];
/** @type {Call | undefined} */
let running;
let lastName = 0;
let lastId = 0;

function start() {
  worker?.terminate();
  running = told = toldOfFiles = undefined;
  const started = launch();
  worker = started;
  started.onmessage = ({ data }) => worker === started && receive(data);
  started.onerror = (event) => {
    event.preventDefault();
    if (worker !== started) return;
    if (told?.type === "ready") die({ type: "died", message: event.message ?? "" });
    else tell({ type: "failed", message: event.message || "the worker could not be loaded" });
  };
  started.postMessage({ type: "start", memory });
}

/** @param {MessagePort} port */
function join(port) {
  const client = { name: String(++lastName), port };
  clients.add(client);
  port.onmessage = ({ data }) => hear(client, data);
  port.postMessage({ type: "joined" });
  if (told?.type === "failed") start();
  for (const message of [told, toldOfFiles]) if (message) port.postMessage(message);
}

/** @param {Client} client @param {any} message */
function hear(client, message) {
  if (!clients.has(client) || message.type === "start") return;
  if (message.type === "retry" || message.type === "supply") return worker.postMessage(message);
  if (message.type === "leave") return leave(client);
  if (message.type === "end") return end(client);
  waiting.push({ client, request: message });
  next();
}

/** A figure wants another Python. @param {Client} client */
function end(client) {
  drop(client);
  if (running?.client === client) startAnew();
  else forget(client);
}

/** A figure is gone; what Python does for it has to end soon. @param {Client} client */
function leave(client) {
  drop(client);
  const call = running;
  if (call?.client !== client) return forget(client);
  // Its flag went with the figure, which interrupts Python where that lets itself be interrupted.
  setTimeout(() => (running === call ? startAnew() : forget(client)), PATIENCE);
}

/** @param {Client} client */
function drop(client) {
  clients.delete(client);
  waiting = waiting.filter((call) => call.client !== client);
}

/** @param {Client} client */
function forget({ name }) {
  waiting.push({ client: null, request: { id: 0, method: "forget_client", request: JSON.stringify({ client: name }) } });
  next();
}

/** Everybody has to join again. */
function startAnew() {
  tellAll({ type: "restarted" });
  clients.clear();
  waiting = [];
  start();
}

function next() {
  if (told?.type !== "ready" || running) return;
  running = waiting.shift();
  if (running) worker.postMessage({ ...running.request, id: ++lastId, client: running.client?.name });
}

/** @param {any} message */
function receive(message) {
  const { type } = message;
  if (type === "taken") return; // by whom, only the hub knows
  if (type === "memory") memory = message.memory;
  else if (type === "supplied" || type === "lacks") tellAll((toldOfFiles = message));
  else if (type === "died") die(message);
  else if (type === "begun" || type === "print") answer(message);
  else if (type === undefined) {
    answer(message);
    running = undefined;
    next();
  } else tell(message);
}

/** How the start goes concerns everybody. @param {{ type: string, message?: string }} message */
function tell(message) {
  told = message;
  tellAll(message);
  next();
}

/** A call has ended Python: whoever made it hears how. @param {object} message */
function die(message) {
  const client = running?.client;
  if (client && clients.delete(client)) client.port.postMessage(message);
  startAnew();
}

/** @param {any} message */
function answer(message) {
  if (message.id !== lastId || !running?.client || !clients.has(running.client)) return;
  const arrays = Object.values(message.arrays ?? {}).map(({ buffer }) => buffer);
  running.client.port.postMessage({ ...message, id: running.request.id }, arrays);
}

/** @param {object} message */
function tellAll(message) {
  for (const { port } of clients) port.postMessage(message);
}

addEventListener("message", ({ origin: from, data, ports: [port] }) => {
  if (from === origin && data?.type === "join" && port) join(port);
});
start();
