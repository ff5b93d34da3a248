// Bundles our JavaScript modules. Those that somebody asks for by name keep their names; what several of
// them need goes into files of its own. The libraries in vendor/ stay as they are.

import { build } from "esbuild";
import { readFile } from "node:fs/promises";
import path from "node:path";

/** @typedef {import("./pack.js").Files} Files */
/**
 * What goes into the place of what, and what a module needs at once: itself, and all that it imports.
 * @typedef {{ files: Files, replaced: string[], needs: (entry: string) => string[] }} Bundled
 */

/** Other people's, and the one that the build fills in. */
const LEFT = /^static\/(vendor\/|built\.js)/;

/** Lists that nobody reads where the kernel's Python is bundled. */
const LISTS = "static/kernel/files.js";

/** Stands for an address until it is known in which file it will be. */
const HERE = "here:";

/** @param {string} root of the site @param {string[]} entries modules that are asked for by name @returns {Promise<Bundled>} */
export async function bundleModules(root, entries) {
  const options = /** @type {const} */ ({ bundle: true, splitting: true, format: "esm", minify: true, target: "es2022" });
  const names = { outdir: root, outbase: root, chunkNames: "static/part-[hash]" };
  const made = await build({ ...options, ...names, absWorkingDir: root, entryPoints: entries, plugins: [placeholders(root)], write: false, metafile: true });
  const named = made.outputFiles.map((file) => /** @type {const} */ ([relative(root, file.path), file.text]));
  const files = new Map(named.map(([name, text]) => [name, Buffer.from(placed(text, path.posix.dirname(name)))]));
  const { inputs, outputs } = made.metafile;
  return { files, replaced: Object.keys(inputs), needs: (entry) => needed(outputs, entry) };
}

/** @param {import("esbuild").Metafile["outputs"]} outputs @param {string} entry */
function needed(outputs, entry) {
  const found = new Set([entry]);
  for (const name of found) {
    for (const { path, kind } of outputs[name]?.imports ?? []) if (kind === "import-statement") found.add(path.replace(HERE, ""));
  }
  return [...found];
}

/** What stays is found from wherever it is asked for; and a module knows where it would lie. @param {string} root @returns {import("esbuild").Plugin} */
function placeholders(root) {
  return {
    name: "placeholders",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\./ }, ({ path: name, resolveDir }) => {
        const file = relative(root, path.resolve(resolveDir, name));
        return LEFT.test(file) ? { path: HERE + file, external: true } : undefined;
      });
      onLoad({ filter: /\.js$/ }, async ({ path: file }) => {
        const whole = await readFile(file, "utf8");
        const text = relative(root, file) === LISTS ? whole.replace(/\[[^\]]*\]/g, "[]") : whole;
        return { contents: text.replaceAll("import.meta.url", `"${HERE}${relative(root, file)}?"`) };
      });
    },
  };
}

/** @param {string} text @param {string} folder in which the file lies that has it */
function placed(text, folder) {
  return text.replace(/"here:([^"?]+)(\??)"/g, (_, name, isAddress) => {
    const way = path.posix.relative(folder, name);
    const relative = way.startsWith(".") ? way : `./${way}`;
    return isAddress ? `new URL("${relative}",import.meta.url).href` : `"${relative}"`;
  });
}

/** @param {string} root @param {string} file */
function relative(root, file) {
  return path.relative(root, file).split(path.sep).join("/");
}
