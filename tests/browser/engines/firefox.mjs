// Drives a Firefox as it is sold, over WebDriver BiDi, for firefox.py: each line of the input is a call,
// {"method", "arguments"}, and each line of the output its answer, {"value"} or {"error"}.

import { createInterface } from "node:readline";
import puppeteer from "puppeteer-core";

const [executablePath] = process.argv.slice(2);
const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath,
  defaultViewport: { width: 1280, height: 900 },
  extraPrefsFirefox: { "intl.accept_languages": "en" },
});
const [page] = await browser.pages();
/** @type {import("puppeteer-core").Frame} */
let frame = page.mainFrame();
/** @type {string[]} */
let errors = [];
page.on("pageerror", (error) => errors.push(String(error)));

/** The methods of driver.py. @type {Record<string, (...given: any[]) => unknown>} */
const methods = {
  version: () => browser.version(),
  async open(/** @type {string} */ url) {
    await page.goto("about:blank"); // an address that differs in its fragment loads nothing
    await page.goto(url);
    frame = page.mainFrame();
  },
  enter: (/** @type {number} */ index) => void (frame = frame.childFrames()[index]),
  evaluate: (/** @type {string} */ expression) => frame.evaluate(expression),
  async click(/** @type {string} */ expression) {
    const element = (await frame.evaluateHandle(expression)).asElement();
    if (!element) throw new Error(`No element: ${expression}`);
    await element.click();
  },
  async press(/** @type {import("puppeteer-core").KeyInput[]} */ ...keys) {
    for (const key of keys) await page.keyboard.down(key);
    for (const key of keys.reverse()) await page.keyboard.up(key);
  },
  write: (/** @type {string} */ text) => page.keyboard.type(text),
  complaints: () => errors.splice(0),
  screenshot: (/** @type {`${string}.png`} */ path) => page.screenshot({ path }).then(() => null),
};

for await (const line of createInterface({ input: process.stdin })) {
  const call = JSON.parse(line);
  try {
    const value = await methods[call.method](...call.arguments);
    console.log(JSON.stringify({ value: value ?? null }));
  } catch (error) {
    console.log(JSON.stringify({ error: String(error) }));
  }
}
await browser.close(); // at the end of the input
