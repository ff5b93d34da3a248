// Gathers everything that other people wrote into static/vendor/, from node_modules, as files of our own.
// What a page asks for at run time must be there: nothing is ever loaded from another host.

import { build } from "esbuild";
import { cp, mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import path from "node:path";
import { FONTS, charactersOf, cutFont } from "./fonts.js";
import { gatherNotices } from "./notices.js";
import { compileStandardLibrary } from "./stdlib.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const packages = path.join(root, "node_modules");
const shipped = path.join(root, "static/vendor");
const vendor = path.join(packages, ".vendor"); // where it is made, so that the page never meets a half of it

/** Files that are taken as they are: package, its folder, file names, folder in vendor/. */
const COPIES = [
  ["pyodide", "", ["pyodide.d.ts", "pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm"], "pyodide"],
  ["@micropython/micropython-webassembly-pyscript", "", ["micropython.mjs", "micropython.wasm"], "micropython"],
  ["@pyscript/core", "dist", [/^toml-[\w-]+\.js$/], ""], // asked for by pyscript.js, from beside it
];

/** Modules that are bundled from a package's many files: the names we use, and where from. */
const BUNDLES = [
  ["pyscript.js", `export { hooks } from "@pyscript/core/js";`],
  ["anime.js", `export { animate, createTimeline, createTimer } from "animejs";`],
  [
    "d3-zoom.js",
    `export { select } from "d3-selection";
     export { zoom, zoomIdentity } from "d3-zoom";`,
  ],
  ["uplot.js", `export { default as uPlot } from "uplot";`],
  [
    "codemirror.js",
    `export { acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, closeCompletion, completionStatus, moveCompletionSelection } from "@codemirror/autocomplete";
     export { defaultKeymap, history, historyKeymap, indentWithTab, isolateHistory } from "@codemirror/commands";
     export { localCompletionSource, python } from "@codemirror/lang-python";
     export { HighlightStyle, bracketMatching, indentOnInput, indentUnit, syntaxHighlighting, syntaxTree } from "@codemirror/language";
     export { search, searchKeymap } from "@codemirror/search";
     export { Compartment, EditorState, Prec, StateEffect, StateField } from "@codemirror/state";
     export { Decoration, EditorView, keymap, lineNumbers } from "@codemirror/view";
     export { tags } from "@lezer/highlight";`,
  ],
];

/**
 * What a bundle finds in place of what the browser tells. uPlot formats numbers in the browser's language, and
 * cannot even be loaded where WebKit says that this is "C".
 * @type {Record<string, Record<string, string>>}
 */
const DEFINED = { "uplot.js": { navigator: `{ "language": "en" }` } };

/**
 * PyScript carries all of itself once more, as the text of the workers that it could start. Ours are our own.
 * @type {import("esbuild").Plugin}
 */
const WITHOUT_WORKERS = {
  name: "without-workers",
  setup({ onLoad }) {
    onLoad({ filter: /@pyscript[/\\]core[/\\]dist[/\\]core-[\w-]+\.js$/ }, async ({ path: file }) => {
      const text = await readFile(file, "utf8");
      const contents = text.replace(/(new Blob\(\["\/\*@\*\/"\+)'(?:[^'\\]|\\.)*'/, '$1""');
      if (contents.length > text.length - 30_000) throw new Error("PyScript no longer has its workers there: static/build/vendor.js has to follow");
      return { contents };
    });
  },
};

/** What PyScript would load on demand. It is all switched off in pyscript.toml, and so not shipped. */
const NOT_SHIPPED = ["codemirror", "deprecations", "donkey", "py-", "pyodide_graph", "xterm", "zip"];

/** @param {string} name @param {(string | RegExp)[]} wanted */
const isWanted = (name, wanted) => wanted.some((w) => (w instanceof RegExp ? w.test(name) : w === name));

async function copyFiles() {
  for (const [name, folder, wanted, target] of COPIES) {
    const from = path.join(packages, String(name), String(folder));
    const to = path.join(vendor, String(target));
    await mkdir(to, { recursive: true });
    const files = (await readdir(from)).filter((file) => isWanted(file, /** @type {any} */ (wanted)));
    if (!files.length) throw new Error(`${name} no longer ships ${wanted}: static/build/vendor.js has to follow`);
    await Promise.all(files.map((file) => cp(path.join(from, file), path.join(to, file))));
  }
}

/** Fonts, without what the page does not use of them, each in two files. */
async function cutFonts() {
  const to = path.join(vendor, "fonts");
  await mkdir(to);
  const characters = charactersOf(await readFile(path.join(root, "static/css/tokens.css"), "utf8"));
  for (const font of FONTS) {
    const file = await readFile(path.join(packages, font.from, "files", `${font.file}.woff2`));
    for (const name of [font.to, `${font.to}-more`]) {
      await writeFile(path.join(to, `${name}.woff2`), await cutFont(file, font, characters.get(name) ?? []));
    }
  }
}

/** Without their source maps, which we do not ship: browsers' developer tools would ask for them. */
async function forgetSourceMaps() {
  const scripts = (await readdir(vendor, { recursive: true })).filter((file) => /\.m?js$/.test(file));
  await Promise.all(scripts.map((file) => forgetSourceMap(path.join(vendor, file))));
}

/** @param {string} file */
async function forgetSourceMap(file) {
  const text = await readFile(file, "utf8");
  await writeFile(file, text.replace(/\n\/\/# sourceMappingURL=\S+\s*$/, "\n"));
}

/** TypeScript looks for a module's types under the module's own name. */
async function nameTypes() {
  await rename(path.join(vendor, "pyodide/pyodide.d.ts"), path.join(vendor, "pyodide/pyodide.d.mts"));
}

/** Pyodide reads a list of its packages when it starts. The kernel uses none, so the list is empty. */
async function writePyodideLock() {
  const lock = JSON.parse(await readFile(path.join(packages, "pyodide/pyodide-lock.json"), "utf8"));
  await writeFile(path.join(vendor, "pyodide/pyodide-lock.json"), JSON.stringify({ ...lock, packages: {} }));
}

/** Bundles what we use of a package; returns the packages that went into it. */
async function bundle() {
  const used = new Set();
  for (const [file, contents] of BUNDLES) {
    await writeFile(path.join(vendor, file.replace(".js", ".d.ts")), contents); // for `make check`
    const { metafile } = await build({
      stdin: { contents, resolveDir: root, sourcefile: file },
      outfile: path.join(vendor, file),
      bundle: true,
      minify: true,
      format: "esm",
      target: "es2022",
      define: DEFINED[file],
      plugins: [WITHOUT_WORKERS],
      external: NOT_SHIPPED.map((name) => `./${name}*`),
      metafile: true,
      logLevel: "warning",
    });
    for (const input of Object.keys(metafile.inputs)) {
      const name = input.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/);
      if (name) used.add(name[1]);
    }
  }
  return used;
}

await rm(vendor, { recursive: true, force: true });
await mkdir(vendor, { recursive: true });
await copyFiles();
await cutFonts();
await forgetSourceMaps();
await nameTypes();
await writePyodideLock();
const bundled = await bundle();
const names = new Set([...COPIES.map(([name]) => String(name)), ...FONTS.map(({ from }) => from), ...bundled]);
await compileStandardLibrary(path.join(packages, "pyodide"), path.join(vendor, "pyodide"));
// Last of all, because the page takes this file for the sign that the build was finished.
await writeFile(path.join(vendor, "NOTICES.txt"), await gatherNotices(packages, names));
await rm(shipped, { recursive: true, force: true });
await rename(vendor, shipped);
