"""What `make site` writes: complete, relative, compressed, the same every time."""

import base64
import gzip
import json
import re
import subprocess
import tomllib
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit
from zipfile import ZipFile

import pytest

from tests.test_architecture import PAGE, ROOT, listed, path_of


def build(out: Path) -> str:
    """Build the site, quickly rather than small; returns what was printed."""
    command = ["node", "static/build/site.js", "--fast", "--out", str(out)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site") / "dist"
    build(out)
    return out


def folder_of(site: Path) -> Path:
    (folder,) = site.glob("v-*")
    return folder


def built(site: Path) -> dict[str, str]:
    text = (folder_of(site) / "static/built.js").read_text()
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


def test_all_that_the_page_asks_for_lies_in_the_folder_of_its_version(site: Path) -> None:
    parser = Addresses()
    parser.feed((site / "index.html").read_text())
    assert len(parser.found) > 20
    for address in parser.found:
        assert not urlsplit(address).scheme
        assert address.startswith(f"{folder_of(site).name}/"), address
        assert (site / address).is_file(), address


def test_only_what_keeps_its_name_lies_beside_that_folder(site: Path) -> None:
    names = {path.name for path in site.iterdir() if path.suffix not in {".br", ".gz"}}
    own = {"LICENSE", "_headers", "embed.js", "index.html", "kernel.html", "worker.js"}
    assert names == own | {folder_of(site).name}


def test_nothing_goes_along_that_no_page_asks_for(site: Path) -> None:
    names = [path.relative_to(folder_of(site)).as_posix() for path in folder_of(site).rglob("*")]
    assert "static/vendor/NOTICES.txt" in names  # the licences of all that is in it
    assert not [name for name in names if re.search(r"\.d\.m?ts|build/|kernel/.*\.py|\.map", name)]


def test_the_kernel_comes_in_two_files_as_text_and_as_byte_code(site: Path) -> None:
    for name, key in [("KERNEL_FILES", "first"), ("LATER_FILES", "later")]:
        modules = json.loads((folder_of(site) / built(site)[key]).read_text())
        assert {module["path"] for module in modules} == set(listed(name))
        for module in modules:
            assert module["text"] == (ROOT / module["path"]).read_text()
            assert base64.b64decode(module["code"])[4] == 1  # never checked against the source


def test_the_page_comes_in_one_file_of_python(site: Path) -> None:
    modules = json.loads((folder_of(site) / built(site)["page"]).read_text())
    expected = {path_of(file) for file in PAGE if file.name != "main.py"}
    assert {module["path"] for module in modules} == expected
    assert all(module["text"] == (ROOT / module["path"]).read_text() for module in modules)
    left = {path.name for path in (folder_of(site) / "app").rglob("*.py")}
    assert left == {"main.py"}


def test_every_module_of_ours_imports_what_is_there(site: Path) -> None:
    found = re.compile(r"""(?:from|import\(?)\s*"(\.{1,2}/[^"]+)\"""")
    modules = [*folder_of(site).glob("static/*.js"), *folder_of(site).glob("static/[!v]*/*.js")]
    imports = {(file, name) for file in modules for name in found.findall(file.read_text())}
    assert len(imports) > 40
    assert [(file, name) for file, name in imports if not (file.parent / name).is_file()] == []


def test_the_page_is_told_early_of_all_that_pyscript_imports(site: Path) -> None:
    modules = tomllib.loads((folder_of(site) / "pyscript.toml").read_text())["js_modules"]["main"]
    page = (site / "index.html").read_text()
    for name in modules:
        assert f'<link rel="modulepreload" href="{folder_of(site).name}/{name}">' in page


def test_a_twin_is_the_same_file(site: Path) -> None:
    twins = list(site.rglob("*.gz"))
    assert len(twins) > 30
    for twin in twins:
        assert gzip.decompress(twin.read_bytes()) == twin.with_suffix("").read_bytes()
        assert twin.with_suffix(".br").stat().st_size < twin.with_suffix("").stat().st_size


def test_the_service_worker_keeps_everything_once(site: Path) -> None:
    text = (site / "worker.js").read_text()
    kept = json.loads(re.search(r"^const SITE = (.*);$", text, re.M)[1])  # type: ignore[index]
    assert kept["folder"] == folder_of(site).name
    assert len(kept["files"]) == len(set(kept["files"]))
    there = {path.relative_to(site).as_posix() for path in folder_of(site).rglob("*.*")}
    there = {path for path in there if not path.endswith((".br", ".gz", "NOTICES.txt"))}
    assert set(kept["files"]) == there | {"embed.js", "kernel.html"}


def test_the_headers_name_the_folder_and_allow_no_other_host(site: Path) -> None:
    text = (site / "_headers").read_text()
    assert (
        f"\n/{folder_of(site).name}/*\n  Cache-Control: public, max-age=31536000, immutable" in text
    )
    assert "connect-src 'self'" in text
    assert "://" not in text


def test_the_same_files_give_the_same_bytes(site: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    build(again)
    names = sorted(path.relative_to(site) for path in site.rglob("*") if path.is_file())
    assert names == sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file())
    for name in names:
        assert (site / name).read_bytes() == (again / name).read_bytes(), name
    assert Path(f"{site}.zip").read_bytes() == Path(f"{again}.zip").read_bytes()


def test_the_zip_has_all_but_the_twins_in_one_folder(site: Path) -> None:
    files = {p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file()}
    plain = {f"micrograd-explainer/{f}" for f in files if not f.endswith((".br", ".gz"))}
    with ZipFile(f"{site}.zip") as archive:
        assert set(archive.namelist()) == plain
        assert archive.testzip() is None
