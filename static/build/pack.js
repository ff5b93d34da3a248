// Makes few and small files of our many for the built site: a start would spend much of its time on asking
// for them one by one.

import { transform } from "esbuild";
import { parse } from "smol-toml";
import { archived } from "./archive.js";
import { bundleModules } from "./modules.js";
import { compiled } from "./mpy.js";

/** Path from the site's root, and content. @typedef {Map<string, Buffer>} Files */

/** The page's own Python, but for its first lines, in parts: what sections with networks need, what only embedding does, and the rest. */
export const PARTS = { networks: "app/networks.tar", embedding: "app/embedding.tar", page: "app/page.tar" };
/** PyScript's configuration, and what becomes of it: for TOML, it would have to load a reader. */
export const CONFIG = "pyscript.toml";
export const CONFIGURED = "pyscript.json";
/** @type {[keyof typeof PARTS, RegExp][]} */
const WHAT_IS_IN = [
  ["networks", /^app\/page\/(network|training|brought|curve|findings|layers|sample|weight)/],
  ["embedding", /^app\/page\/embed(?!_offer)/],
  ["page", /^app\/page\//],
];
const STYLES = "static/css/all.css";
const MAIN = "app/page/main.py";
const INTERPRETER = "static/vendor/micropython/micropython.mjs";
const TOML_READER = /^static\/vendor\/toml-/;

/** Modules that the page asks for at once. */
const EARLY = ["static/page.js", "static/first.js"];
/** Those that it, or kernel.html, asks for by name later, or where something fails. */
const LATE = ["static/embed/frame.js", "static/kernel/hub.js", "static/kernel/worker.js", "static/language.js", "static/missing.js"];

/** Packs the site's files, in their place; returns the page that asks for them. @param {string} root @param {Files} files @param {Buffer} file the page */
export async function pack(root, files, file) {
  const page = file.toString().replace(`config="${CONFIG}"`, `config="${CONFIGURED}"`);
  await packPython(root, files);
  const { code } = await transform(text(files, INTERPRETER), { loader: "js", minify: true });
  files.set(INTERPRETER, Buffer.from(code));
  const modules = await packModules(root, files);
  const sheets = sheetsOf(page);
  await packSheets(files, sheets.slice(1));
  return Buffer.from(withPreloads(withSheets(page, sheets), modules));
}

/** The configuration lists no modules then: page.js brings them. @param {string} root @param {Files} files */
async function packPython(root, files) {
  const { files: listed, ...config } = parse(text(files, CONFIG));
  const paths = Object.keys(listed);
  const partOf = (/** @type {string} */ path) => WHAT_IS_IN.find(([, names]) => names.test(path))?.[0];
  for (const [part, name] of Object.entries(PARTS)) {
    const code = paths.filter((path) => partOf(path) === part).map(async (path) => /** @type {const} */ ([
      path.replace(/py$/, "mpy"),
      await compiled(root, path, text(files, path)),
    ]));
    files.set(name, archived(await Promise.all(code)));
  }
  files.set(CONFIGURED, Buffer.from(JSON.stringify(config)));
  const unused = [...files.keys()].filter((name) => TOML_READER.test(name));
  for (const name of [CONFIG, ...paths, ...unused]) files.delete(name);
}

/** Returns what the page needs to be ready. @param {string} root @param {Files} files */
async function packModules(root, files) {
  const names = Object.keys(JSON.parse(text(files, CONFIGURED)).js_modules.main);
  const ours = names.filter((name) => !name.startsWith("static/vendor/"));
  const bundled = await bundleModules(root, [...new Set([...EARLY, ...LATE, ...ours])]);
  for (const name of bundled.replaced) files.delete(name);
  for (const [name, content] of bundled.files) files.set(name, content);
  return [...EARLY, ...ours].flatMap((name) => bundled.needs(name));
}

/** @param {Files} files @param {string[]} names */
async function packSheets(files, names) {
  const all = names.map((name) => text(files, name)).join("\n");
  const { code } = await transform(all, { loader: "css", minify: true });
  for (const name of names) files.delete(name);
  files.set(STYLES, Buffer.from(code));
}

/** @param {Files} files @param {string} name */
function text(files, name) {
  const content = files.get(name);
  if (!content) throw new Error(`the site has no ${name}`);
  return content.toString();
}

/** @param {string} page */
function sheetsOf(page) {
  return [...page.matchAll(/<link rel="stylesheet" href="(.+?)">/g)].map(([, name]) => name);
}

/** The first one stays by itself: an embedded page asks for it again. @param {string} page @param {string[]} sheets */
function withSheets(page, [, second, ...others]) {
  const html = page.replace(`href="${second}"`, `href="${STYLES}"`);
  return others.reduce((html, name) => html.replace(`    <link rel="stylesheet" href="${name}">\n`, ""), html);
}

const PRELOADS = /(?: *<link rel="modulepreload" href=".+?">\n)+/;

/** Lists what the page needs in the place of what it lists. @param {string} page @param {string[]} modules */
function withPreloads(page, modules) {
  const [listed] = page.match(PRELOADS) ?? [""];
  const vendor = [...listed.matchAll(/"(static\/vendor\/.+?)"/g)].map(([, name]) => name);
  const links = [...new Set([...modules, ...vendor])].map((name) => `    <link rel="modulepreload" href="${name}">\n`);
  const fetched = [CONFIGURED, PARTS.page, MAIN].map((name) => `    <link rel="preload" href="${name}" as="fetch" crossorigin>\n`);
  return page.replace(PRELOADS, () => [...links, ...fetched].join(""));
}
