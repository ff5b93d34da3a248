// Compiles Python's standard library once, here, instead of in every visitor's browser.
//
// Pyodide ships it as source text in a zip; a start spends most of its time compiling that text. Byte
// code has to come from the very interpreter that will read it, so Pyodide itself compiles it, in Node.

import { readFile, writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import path from "node:path";

/** Parts that cannot do anything in a browser's worker: processes, terminals, sockets, mail, installers. */
const LEFT_OUT = [
  "cProfile", "compileall", "concurrent/futures/process", "ctypes", "ensurepip", "ftplib",
  "getpass", "idlelib", "imaplib", "mailbox", "modulefinder", "multiprocessing", "pickletools", "plistlib",
  "poplib", "profile", "pstats", "pty", "pyclbr", "sched", "smtplib", "socketserver", "sqlite3", "ssl", "tabnanny",
  "tkinter", "trace", "tty", "turtle", "turtledemo", "venv", "wave", "webbrowser", "wsgiref", "xmlrpc", "zipapp",
];

/** What the kernel does without, and only a learner's code may import. It comes in a second zip, when Python is ready. */
const LATER = [
  "_pydatetime", "_pyio", "_pyrepl", "_strptime", "_sysconfigdata__emscripten_wasm32-emscripten", "argparse", "bdb",
  "calendar", "cmd", "code", "configparser", "csv", "doctest", "email", "filecmp", "fileinput", "fractions", "getopt",
  "gettext", "graphlib", "gzip", "hmac", "http", "ipaddress", "mimetypes", "netrc", "optparse", "pdb", "pickle", "platform",
  "py_compile", "pydoc", "quopri", "rlcompleter", "runpy", "shelve", "shlex", "statistics", "sysconfig", "tarfile", "timeit",
  "tomllib", "unittest", "urllib", "uuid", "xml", "zoneinfo",
];

/** The text encodings that the interpreter needs itself or a learner may meet; the zip has 110 more. */
const ENCODINGS = [
  "__init__", "aliases", "ascii", "cp1252", "cp437", "hex_codec", "idna", "latin_1", "punycode",
  "raw_unicode_escape", "unicode_escape", "utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_8", "utf_8_sig",
];

const COMPILE = `
import io, zipfile
from importlib._bootstrap_external import _code_to_hash_pyc
from importlib.util import source_hash

def is_left_out(name):
    module = name.removesuffix(".py")
    folder, _, rest = module.partition("/")
    if folder == "encodings":
        return rest not in encodings
    return any(module == part or module.startswith(part + "/") for part in left_out)

def compiled(source, name):
    """Byte code that is never checked against its source: there is none beside it. Without docstrings."""
    code = compile(source, f"/lib/python/{name}", "exec", dont_inherit=True, optimize=2)
    return _code_to_hash_pyc(code, source_hash(source), checked=False)

def is_later(name):
    return name.partition("/")[0].removesuffix(".py") in later

first, second = io.BytesIO(), io.BytesIO()
with zipfile.ZipFile(io.BytesIO(original.to_py())) as before, \\
        zipfile.ZipFile(first, "w") as at_once, zipfile.ZipFile(second, "w") as when_ready:
    for name in sorted(before.namelist()):
        if name.endswith("/") or is_left_out(name):
            continue
        after = when_ready if is_later(name) else at_once
        content, entry = before.read(name), zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
        if name.endswith(".py"):
            content, entry = compiled(content, name), zipfile.ZipInfo(name + "c", entry.date_time)
        entry.compress_type = zipfile.ZIP_DEFLATED
        after.writestr(entry, content, compresslevel=9)
first.getvalue(), second.getvalue()
`;

/** @param {string} pyodideFolder @param {string} folder for the two zips that are written */
export async function compileStandardLibrary(pyodideFolder, folder) {
  const { loadPyodide } = await import(pathToFileURL(path.join(pyodideFolder, "pyodide.mjs")).href);
  const pyodide = await loadPyodide({
    indexURL: pyodideFolder + path.sep,
    env: { PYTHONNODEBUGRANGES: "1" }, // a traceback needs the lines of library code, not its columns
  });
  const original = await readFile(path.join(pyodideFolder, "python_stdlib.zip"));
  pyodide.globals.set("original", new Uint8Array(original));
  pyodide.globals.set("left_out", pyodide.toPy(LEFT_OUT));
  pyodide.globals.set("later", pyodide.toPy(LATER));
  pyodide.globals.set("encodings", pyodide.toPy(ENCODINGS));
  const [first, second] = pyodide.runPython(COMPILE).toJs();
  await writeFile(path.join(folder, "python_stdlib.zip"), first);
  await writeFile(path.join(folder, "python_stdlib_later.zip"), second);
  const megabytes = (/** @type {number} */ n) => (n / 1e6).toFixed(2);
  console.log(`standard library: ${megabytes(original.length)} MB of source, compiled ${megabytes(first.length)} MB at once and ${megabytes(second.length)} MB later`);
}
