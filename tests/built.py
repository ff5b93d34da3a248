"""Makes the built site for tests."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]


def build(out: Path) -> None:
    """Build the site, quickly rather than small."""
    command = ["node", "static/build/site.js", "--fast", "--out", str(out)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
