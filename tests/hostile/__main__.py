"""Looks at new examples for so many minutes, or until one fails: `make fuzz` (MINUTES=10)."""

import subprocess
import sys
import time
from itertools import count
from pathlib import Path

HERE = Path(__file__).parent


def main(minutes: float) -> int:
    begin = time.time()
    for seed in count(int(begin)):
        told = ["--hypothesis-profile=fuzz", f"--hypothesis-seed={seed}", "--timeout=0", "-q", "-x"]
        code = subprocess.call([sys.executable, "-m", "pytest", *told, str(HERE)])
        if code or time.time() - begin > 60 * minutes:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1])))
