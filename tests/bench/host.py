"""A server like a host on the web: it sends compressed twins, and says how long a file may be kept.

It can be as slow as a network is, and keeps count of what it sent.
It speaks HTTP/1.1, so a browser has six connections to it; most hosts speak HTTP/2.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import formatdate
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from app.serve.__main__ import TYPES
from tests.browser.site import Server

PIECE = 16 * 1024  # bytes, after which another connection has its turn
TWINS = {"br": ".br", "gzip": ".gz"}  # the first that a browser takes

Headers = dict[str, str]


class Network(NamedTuple):
    """What lies between a browser and the host. All connections share the rate."""

    name: str
    rate: float = 0  # bits a second; 0 is as fast as it can
    latency: float = 0  # seconds that every request takes longer


class Sent(NamedTuple):
    """A piece of an answer. The first one of each answer begins with its headers."""

    at: float  # seconds since the epoch
    path: str
    size: int
    is_first: bool


class Host:
    """A folder, the network to it, and what was sent of it since the count began."""

    def __init__(self, folder: Path, network: Network) -> None:
        self.folder = folder
        self.network = network
        self.rules = read_rules((folder / "_headers").read_text(encoding="utf-8"))
        self.address = ""
        self.sent: list[Sent] = []
        self.encodings: set[str] = set()
        self._free_at = 0.0
        self._lock = threading.Lock()

    def take_turn(self, size: int) -> None:
        """Wait until the network has carried so many bytes."""
        if not self.network.rate:
            return
        with self._lock:
            start = max(self._free_at, time.monotonic())
            self._free_at = end = start + 8 * size / self.network.rate
        time.sleep(max(0, end - time.monotonic()))

    def answer(self, path: str, asked: Headers) -> tuple[HTTPStatus, Headers, bytes]:
        """Return the status, the headers and the body that are sent."""
        file = self.folder / unquote(path).lstrip("/")
        file = file / "index.html" if file.is_dir() else file
        if not file.is_file():
            return HTTPStatus.NOT_FOUND, {"Content-Length": "0"}, b""
        headers = self.headers_of(path)
        headers["Content-Type"] = TYPES.get(file.suffix, "application/octet-stream")
        headers["Vary"] = "Accept-Encoding"
        twin = self.twin_of(file, asked.get("Accept-Encoding", ""), headers)
        body = twin.read_bytes()
        headers["ETag"] = f'"{twin.stat().st_mtime_ns:x}-{len(body):x}"'
        if asked.get("If-None-Match") == headers["ETag"]:
            return HTTPStatus.NOT_MODIFIED, headers, b""
        headers["Content-Length"] = str(len(body))
        return HTTPStatus.OK, headers, body

    def headers_of(self, path: str) -> Headers:
        headers = {"Date": formatdate(usegmt=True)}
        for pattern, more in self.rules:
            if path == pattern or (pattern.endswith("*") and path.startswith(pattern[:-1])):
                headers |= more
        return headers

    def twin_of(self, file: Path, accepted: str, headers: Headers) -> Path:
        """Return the smallest form of a file that the browser takes, and say which it is."""
        for encoding, suffix in TWINS.items():
            twin = file.with_name(file.name + suffix)
            if encoding in accepted and twin.is_file():
                headers["Content-Encoding"] = encoding
                self.encodings.add(encoding)
                return twin
        return file


def read_rules(text: str) -> list[tuple[str, Headers]]:
    """Read a file `_headers`, as Netlify and Cloudflare Pages do: all rules for a path count."""
    rules: list[tuple[str, Headers]] = []
    for line in text.splitlines():
        if line.startswith("/"):
            rules.append((line, {}))
        elif line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            rules[-1][1][name] = value
    return rules


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # the connection stays
    disable_nagle_algorithm = True  # else a short answer could wait 40 ms for an acknowledgement
    host: Host

    def do_GET(self) -> None:
        time.sleep(self.host.network.latency)
        path = urlsplit(self.path).path
        status, headers, body = self.host.answer(path, dict(self.headers.items()))
        lines = [f"HTTP/1.1 {status.value} {status.phrase}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        answer = "\r\n".join([*lines, "", ""]).encode("latin-1") + body
        for start in range(0, len(answer), PIECE):
            piece = answer[start : start + PIECE]
            self.host.take_turn(len(piece))
            self.wfile.write(piece)
            self.host.sent.append(Sent(time.time(), path, len(piece), not start))


@contextmanager
def open_host(folder: Path, network: Network) -> Iterator[Host]:
    """Serve a folder that has a file `_headers` on a free port of this machine."""
    host = Host(folder, network)
    server = Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"host": host}))
    host.address = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
