"""Serve the built page that lies in this package on this computer, and open it in a browser."""

import argparse
import errno
import sys
import webbrowser
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SITE = Path(__file__).with_name("site")
HOST = "127.0.0.1"  # nobody else's computer may ask
PORT = 8000
TRIES = 20  # ports, from the first one on

NO_SITE = "This copy has no built page in it. In the repository, run: make wheel"
NO_PORT = "Ports {} to {} are in use. Give another one, such as: micrograd-explainer --port 9000"

# Browsers insist on these, whatever this computer's own table says.
TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
    ".tar": "application/x-tar",
    ".wasm": "application/wasm",
    ".woff2": "font/woff2",
}


class Handler(SimpleHTTPRequestHandler):
    """Sends files of the site, each with its type, and with how long a browser may keep it."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | TYPES

    def end_headers(self) -> None:
        """Let the browser keep what lies in the version's folder, which never changes."""
        is_lasting = self.path.startswith("/v-")
        kept = "public, max-age=31536000, immutable" if is_lasting else "no-cache"
        self.send_header("Cache-Control", kept)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing: the address is all that a reader needs."""


class Server(ThreadingHTTPServer):
    """Keeps as many questions waiting as a page asks at once."""

    request_queue_size = 128


def make_server(site: Path = SITE, port: int = PORT) -> ThreadingHTTPServer:
    """Return a server of a folder, on the first free port from `port` on; 0 is any.

    Raises OSError if there is none among the next 20, or if the port is not for everybody.
    """
    handler = partial(Handler, directory=str(site))
    for candidate in range(port, port + TRIES):
        try:
            return Server((HOST, candidate), handler)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
    raise OSError(errno.EADDRINUSE, NO_PORT.format(port, port + TRIES - 1))


def main() -> int | str:
    """Return what the command exits with: a sentence, if it cannot serve."""
    parser = argparse.ArgumentParser(prog="micrograd-explainer", description=__doc__)
    parser.add_argument("--port", type=int, default=PORT, help=f"the first to try ({PORT})")
    parser.add_argument("--no-browser", action="store_true", help="only print the address")
    options = parser.parse_args()
    if not (SITE / "index.html").exists():
        return NO_SITE
    if not 0 <= options.port < 2**16 - TRIES:
        return f"There is no port {options.port}. Give one from 1024 to {2**16 - TRIES - 1}."
    try:
        server = make_server(SITE, options.port)
    except OSError as error:
        return error.strerror or str(error)
    address = f"http://localhost:{server.server_port}/"
    print(f"Open {address} - stop with Ctrl+C", flush=True)
    if not options.no_browser:
        webbrowser.open(address)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print()
    finally:
        server.server_close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
