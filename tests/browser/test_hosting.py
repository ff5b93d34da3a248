"""What docs/hosting.md says, done."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.site import ROOT

READY = "html[data-kernel=ready][data-page=ready]"
HOSTING = (ROOT / "docs/hosting.md").read_text(encoding="utf-8")
NGINX = shutil.which("nginx") or next(iter(Path("/usr/sbin").glob("nginx")), None)
# Only root's nginx has workers of another user, who may not read what a test has written.
AS_US = "user root;" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""
GZIP = {"Accept-Encoding": "gzip"}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context() as context:
        yield context.new_page()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def running(command: list[str], address: str, folder: Path) -> Iterator[str]:
    """Run a server until the end of the block; yields its address once it answers."""
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True) as process:
        try:
            for _ in range(100):
                try:
                    urlopen(address, timeout=5).close()
                    break
                except URLError:
                    assert process.poll() is None, process.communicate()[1]
                    time.sleep(0.1)
            else:
                pytest.fail(f"{address} does not answer")
            yield address
        finally:
            process.terminate()


def headers_of(address: str) -> Mapping[str, str]:
    with urlopen(Request(address, headers=GZIP)) as response:
        return dict(response.headers)


def becomes_ready(page: Page, address: str) -> None:
    failed: list[str] = []
    page.on("response", lambda r: failed.append(r.url) if r.status >= 400 else None)
    page.goto(address)
    page.wait_for_selector(READY)
    page.locator("[data-figure=operation] input[type=number][data-input=a]").fill("5")
    node = page.locator("[data-figure=operation] [data-node] [data-role=data]")
    expect(node.filter(has_text="−15").first).to_be_visible()
    assert failed == []


@pytest.mark.skipif(not NGINX, reason="there is no nginx on this machine")
def test_the_configuration_of_nginx_is_right(dist: Path, page: Page, tmp_path: Path) -> None:
    shutil.copytree(dist, tmp_path / "www/course")
    (block,) = re.findall(r"```nginx\n(.*?)```", HOSTING, re.DOTALL)
    port = free_port()
    block = block.replace("listen 80;", f"listen 127.0.0.1:{port};")
    block = block.replace("/srv/www;", f"{tmp_path}/www;")
    block = block.replace("mime.types", "/etc/nginx/mime.types")
    (tmp_path / "nginx.conf").write_text(
        f"{AS_US} pid {tmp_path}/pid; daemon off; error_log stderr; events {{}} "
        f"http {{ access_log off; client_body_temp_path {tmp_path}/body; {block} }}"
    )
    command = [str(NGINX), "-e", "stderr", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]
    with running(command, f"http://127.0.0.1:{port}/course/", tmp_path) as address:
        becomes_ready(page, address)
        (folder,) = (path.name for path in dist.glob("v-*"))
        wasm = headers_of(f"{address}{folder}/static/vendor/pyodide/pyodide.asm.wasm")
        assert wasm["Content-Type"] == "application/wasm"
        assert wasm["Content-Encoding"] == "gzip"
        assert wasm["Cache-Control"] == "public, max-age=31536000, immutable"
        assert wasm["Access-Control-Allow-Origin"] == "*"
        assert headers_of(f"{address}embed.js")["Cache-Control"] == "no-cache"
        script = headers_of(f"{address}{folder}/static/vendor/pyodide/pyodide.mjs")
        assert script["Content-Type"] == "text/javascript"


def test_pythons_own_server_is_enough(dist: Path, page: Page) -> None:
    port = free_port()
    command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"]
    with running(command, f"http://127.0.0.1:{port}/", dist) as address:
        becomes_ready(page, address)
