"""`make robot`: lets robots play, one seed after the other, and writes what they came to.

python -m tests.robot --seed 1 --seeds 5 --minutes 3 --actions 200
"""

import argparse
import sys
from pathlib import Path

from tests.browser.conftest import launch
from tests.browser.site import serve
from tests.robot.player import play, write

FOUND = Path(__file__).parents[2] / "build" / "quality" / "robot.json"


def main() -> int:
    parser = argparse.ArgumentParser(prog="make robot")
    parser.add_argument("--seed", type=int, default=1, help="of the first robot")
    parser.add_argument("--seeds", type=int, default=1, help="how many robots play")
    parser.add_argument("--minutes", type=float, default=5.0, help="for each of them")
    parser.add_argument("--actions", type=int, default=1_000_000, help="at most, for each")
    asked = parser.parse_args()
    runs = []
    for seed in range(asked.seed, asked.seed + asked.seeds):
        with serve() as site, launch() as browser:
            runs.append(play(browser, site, seed, 60 * asked.minutes, asked.actions))
        write(FOUND, {"runs": runs})
        run = runs[-1]
        done = f"{run['actions']} actions, {run['stops']} stops, {run['seconds']} s"
        print(f"seed {seed}, {run['home'] or 'the page'}: {done}", flush=True)
        if run["fault"]:
            print("\n".join([*run["log"][-20:], *run["asked"][-10:], f"FAULT: {run['fault']}"]))
    return any(run["fault"] for run in runs)


if __name__ == "__main__":
    sys.exit(main())
