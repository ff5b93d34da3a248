"""Makes sure that there is a Chromium for the browser tests, and prints where.

A Chromium of the system is used where there is one; else Playwright downloads its own; where that
is not possible and we may, Debian's package is installed. Running it again costs nothing.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def system_chromium() -> str | None:
    """Return the path of a Chromium that is installed on this machine, if there is one."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def playwrights_chromium() -> str | None:
    """Return the path of the Chromium that Playwright has downloaded, if it has."""
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> str | None:
    """Download or install a Chromium, and return its path."""
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with_libraries = ["--with-deps"] if as_root and shutil.which("apt-get") else []
    _run(sys.executable, "-m", "playwright", "install", *with_libraries, "chromium")
    if not playwrights_chromium() and as_root and shutil.which("apt-get"):
        _run("apt-get", "update", "--quiet=2")
        _run("apt-get", "install", "--yes", "--quiet=2", "--no-install-recommends", "chromium")
    return find()


def find() -> str | None:
    return system_chromium() or playwrights_chromium()


def _run(*command: str) -> None:
    """Run a command that may fail; its output is shown only if it does."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)
    if done.returncode:
        print(f"{' '.join(command[:4])} failed: {done.stderr.strip()[-300:]}", file=sys.stderr)


if __name__ == "__main__":
    chromium = find() or install()
    if not chromium:
        sys.exit("The browser tests need a Chromium. Install one, such as: apt install chromium")
    print(f"Browser: {chromium}")
