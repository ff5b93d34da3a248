// Writes the compressed twins of all files in a folder, as the build does: `node tests/bench/twins.js FOLDER`.

import { readFile, readdir } from "node:fs/promises";
import path from "node:path";

import { writeTwins } from "../../static/build/twins.js";

const [folder] = process.argv.slice(2);
const entries = await readdir(folder, { recursive: true, withFileTypes: true });
const names = entries.filter((entry) => entry.isFile()).map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
const files = await Promise.all(names.map(async (name) => /** @type {[string, Buffer]} */ ([name, await readFile(path.join(folder, name))])));
await writeTwins(folder, new Map(files), false);
