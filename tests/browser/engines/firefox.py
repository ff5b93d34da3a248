"""Firefox as it is installed, driven by puppeteer-core in a process of Node: see firefox.mjs."""

import json
import shutil
import subprocess
from functools import partialmethod
from pathlib import Path
from typing import Any

from tests.browser.engines.driver import NotInstalledError

PROGRAM = Path(__file__).with_suffix(".mjs")
NAMES = ("firefox-esr", "firefox")  # the first is Debian's
HINT = (
    "Firefox is not installed. On Debian: apt install firefox-esr. On Ubuntu: snap install firefox"
)


class FirefoxDriver:
    def __init__(self) -> None:
        firefox = next((path for name in NAMES if (path := shutil.which(name))), None)
        if not firefox:
            raise NotInstalledError(HINT)
        self.process = subprocess.Popen(
            ["node", str(PROGRAM), firefox],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self.version: str = self._call("version")

    def _call(self, method: str, *arguments: Any) -> Any:
        assert self.process.stdin
        assert self.process.stdout
        print(json.dumps({"method": method, "arguments": arguments}), file=self.process.stdin)
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, f"Firefox has ended: {self.process.wait()}"
        answer = json.loads(line)
        assert "error" not in answer, answer["error"]
        return answer["value"]

    open = partialmethod(_call, "open")
    enter = partialmethod(_call, "enter")
    evaluate = partialmethod(_call, "evaluate")
    click = partialmethod(_call, "click")
    press = partialmethod(_call, "press")
    write = partialmethod(_call, "write")
    complaints = partialmethod(_call, "complaints")

    def screenshot(self, file: Path) -> None:
        self._call("screenshot", str(file))

    def close(self) -> None:
        with self.process:  # which closes its input, and waits for its end
            pass
