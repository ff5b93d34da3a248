// The service worker of a built site: keeps one whole version of it, so that the page comes at once and
// without a network. A new version is fetched whole before anything of it is used, and waits until the
// reader wants it or has closed the page. `make site` writes the next line, and puts this beside the page.

const SITE = { folder: "", files: [""] };

const PREFIX = "micrograd-explainer-site-";
const CACHE = PREFIX + SITE.folder;
const AT_A_TIME = 6;

const here = new URL("./", location.href);
const scope = /** @type {any} */ (globalThis); // TypeScript's library knows pages only

scope.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(keepAll()));
scope.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(takeOver()));
scope.addEventListener("message", (/** @type {MessageEvent} */ { data }) => data?.type === "use" && scope.skipWaiting());

scope.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || !url.href.startsWith(here.href)) return;
  const page = url.pathname.slice(here.pathname.length);
  if (request.mode !== "navigate" || page === "kernel.html") event.respondWith(answer(url.href, request));
  else if (/^(index\.html)?$/.test(page)) event.respondWith(answer(here.href, request));
});

/** @param {string} url @param {Request} request */
async function answer(url, request) {
  const cache = await caches.open(CACHE);
  const ours = await cache.match(url, { ignoreVary: true });
  // A page of the version before asks for files that only the cache before has.
  return ours ?? (await caches.match(url, { ignoreVary: true })) ?? fetch(request);
}

/** Fetches what an attempt before has not left here. */
async function keepAll() {
  const cache = await caches.open(CACHE);
  const missing = [...SITE.files];
  const some = async () => {
    for (let file = missing.pop(); file; file = missing.pop()) await keep(cache, file);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, some));
  await keepPage(cache); // last: it is only of use with all the others
}

/** @param {Cache} cache @param {string} file */
async function keep(cache, file) {
  const url = new URL(file, here).href;
  const isLasting = file.startsWith(SITE.folder);
  if (isLasting && (await cache.match(url))) return;
  await cache.put(url, await got(url, isLasting ? "default" : "no-cache"));
}

/** @param {Cache} cache */
async function keepPage(cache) {
  const response = await got(here.href, "no-cache");
  const text = await response.text();
  if (!text.includes(SITE.folder)) throw new Error("The page on the server is of another version.");
  await cache.put(here.href, new Response(text, { headers: response.headers })); // also where the server redirected
}

/** @param {string} url @param {RequestCache} cache */
async function got(url, cache) {
  const response = await fetch(url, { cache });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response;
}

/** Serves open pages too; forgets what no open page can be of. */
async function takeOver() {
  const others = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
  await scope.clients.claim();
}
