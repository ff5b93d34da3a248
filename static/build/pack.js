// Makes few and small files of our many for the built site: a start would spend much of its time on asking
// for them one by one.

import { transform } from "esbuild";
import { bundleModules } from "./modules.js";

/** Path from the site's root, and content. @typedef {Map<string, Buffer>} Files */

/** The page's own Python, but for its first lines, and for what only embedding needs. */
export const PAGE = "app/page.json";
export const EMBEDDING = "app/embedding.json";
const ONLY_EMBEDDING = /^app\/page\/embed(?!_offer)/;
const STYLES = "static/css/all.css";
const MAIN = "app/page/main.py";
const INTERPRETER = "static/vendor/micropython/micropython.mjs";
const CONFIG = "pyscript.toml";

/** Modules that the page asks for at once. */
const EARLY = ["static/page.js", "static/first.js"];
/** Those that it, or kernel.html, asks for by name later, or where something fails. */
const LATE = ["static/embed/frame.js", "static/kernel/hub.js", "static/kernel/worker.js", "static/language.js", "static/missing.js"];

/** Packs the site's files, in their place; returns the page that asks for them. @param {string} root @param {Files} files @param {Buffer} file the page */
export async function pack(root, files, file) {
  const page = file.toString();
  packPython(files);
  const { code } = await transform(text(files, INTERPRETER), { loader: "js", minify: true });
  files.set(INTERPRETER, Buffer.from(code));
  const modules = await packModules(root, files);
  const sheets = sheetsOf(page);
  await packSheets(files, sheets.slice(1));
  return Buffer.from(withPreloads(withSheets(page, sheets), modules));
}

/** The configuration lists no modules then: page.js brings them. @param {Files} files */
function packPython(files) {
  const config = text(files, CONFIG);
  const paths = [...config.matchAll(/^"(app\/page\/\w+\.py)" = /gm)].map(([, path]) => path);
  const packed = (/** @type {string[]} */ some) => Buffer.from(JSON.stringify(some.map((path) => ({ path, text: withoutWords(text(files, path)) }))));
  files.set(PAGE, packed(paths.filter((path) => !ONLY_EMBEDDING.test(path))));
  files.set(EMBEDDING, packed(paths.filter((path) => ONLY_EMBEDDING.test(path))));
  files.set(CONFIG, Buffer.from(config.replace(/^\[files\]\n(".+\n)+\n?/m, "")));
  for (const path of paths) files.delete(path);
}

/** Leaves out what is for readers: docstrings, of which "" is left, lines of comment, and empty ones. @param {string} python one of ours */
function withoutWords(python) {
  return python.replace(/^( *)""".*?"""\n/gms, '$1""\n').replace(/^ *#.*\n|^\n/gm, "");
}

/** Returns what the page needs to be ready. @param {string} root @param {Files} files */
async function packModules(root, files) {
  const names = [...text(files, CONFIG).matchAll(/^"(static\/.+\.js)" = /gm)].map(([, name]) => name);
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
  const fetched = [CONFIG, PAGE, MAIN].map((name) => `    <link rel="preload" href="${name}" as="fetch" crossorigin>\n`);
  return page.replace(PRELOADS, () => [...links, ...fetched].join(""));
}
