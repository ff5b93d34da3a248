// Keeps a built site for the next visit, with or without a network, and offers a new version of it.
// Where there can be no service worker (plain http:, frames on other sites) the page works as before.

import { BUILT } from "../built.js";
import { say } from "../language.js";

const OFTEN = 60 * 60 * 1000; // milliseconds between two looks for a new version

/** Begins when Python is there, which needs the network more. */
export function keepOffline() {
  if (!BUILT || parent !== window || !("serviceWorker" in navigator)) return;
  const root = document.documentElement;
  const begin = () => {
    if (!["ready", "busy"].includes(root.dataset.kernel ?? "") || root.dataset.page !== "ready") return;
    observer.disconnect();
    register().catch(() => {}); // then it needs the network, as any page does
  };
  const observer = new MutationObserver(begin);
  observer.observe(root, { attributeFilter: ["data-kernel", "data-page"] });
  begin();
}

async function register() {
  const registration = await navigator.serviceWorker.register(new URL("worker.js", document.baseURI));
  const look = () => {
    const waiting = registration.waiting;
    if (waiting && navigator.serviceWorker.controller) offer(waiting);
  };
  look();
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", look));
  setInterval(() => registration.update().catch(() => {}), OFTEN);
}

/** Offers the version that waits, once. @param {ServiceWorker} waiting */
function offer(waiting) {
  document.getElementById("new-version")?.remove();
  const line = document.createElement("p");
  line.id = "new-version";
  line.setAttribute("role", "status");
  document.body.append(line);
  const later = button(say("Later"), () => line.remove());
  const use = button(say("Load it"), () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    waiting.postMessage({ type: "use" });
  });
  line.append(say("A new version of this page is here. What you wrote stays."), use, later);
}

/** @param {string} name @param {() => void} act */
function button(name, act) {
  const element = Object.assign(document.createElement("button"), { type: "button", textContent: name });
  element.addEventListener("click", act);
  return element;
}
