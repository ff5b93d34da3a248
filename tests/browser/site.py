"""A plain static server for the tests: what `python -m http.server` does, on a port of its own."""

import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


class _Quiet(SimpleHTTPRequestHandler):
    def __init__(
        self, *args: Any, headers: Mapping[str, str], asked: list[str], **kwargs: Any
    ) -> None:
        self.more = headers
        self.asked = asked
        super().__init__(*args, **kwargs)

    def end_headers(self) -> None:
        for name, value in self.more.items():
            self.send_header(name, value)
        super().end_headers()

    def parse_request(self) -> bool:
        is_request = super().parse_request()
        self.asked.append(f"{self.command} {self.path}" if is_request else self.requestline)
        return is_request

    def log_message(self, format: str, *args: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128  # a page asks for many files at once; of the usual 5, it loses some

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a page that was closed before it had its files; print all else."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@contextmanager
def serve(
    folder: Path = ROOT, headers: Mapping[str, str] | None = None, asked: list[str] | None = None
) -> Iterator[str]:
    """Serve a folder on a free port of this machine; yields the address, with its last slash.

    `headers` are sent with every answer; every request is noted in `asked`. Two servers are two
    origins.
    """
    noted = [] if asked is None else asked
    handler = partial(_Quiet, directory=str(folder), headers=headers or {}, asked=noted)
    server = Server(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
