"""`make bench`: every measurement, one after the other, on a machine that does nothing else."""

import argparse
import importlib
import os
import platform
import sys
import time
from pathlib import Path

from bench import portal, table

WORKS = [
    "start",
    "page",
    "registrations",
    "mail",
    "import_rows",
    "directory",
    "decisions",
    "organisations",
    "count",
    "pack",
    "home",
    "meeting_screen",
    "queries",
]
RESULT = Path(__file__).resolve().parent.parent / "var" / "bench" / "result.md"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("works", nargs="*", metavar="WORK", help=f"which to run; all unless given: {', '.join(WORKS)}")
    wanted = parser.parse_args().works or WORKS
    unknown = set(wanted) - set(WORKS)
    if unknown:
        sys.exit(f"There is no measurement {', '.join(sorted(unknown))}: choose from {', '.join(WORKS)}.")
    rows = []
    for work in wanted:
        started = time.monotonic()
        module = importlib.import_module(f"bench.{work}")
        with portal.running() as site:
            rows += module.measure(site)
        print(f"{work}: {time.monotonic() - started:.0f} s", file=sys.stderr)
        text = f"{os.cpu_count()} processors, Python {platform.python_version()}\n\n{table.markdown(rows)}\n"
        RESULT.write_text(text)  # after each, so that what was measured is kept when a later one fails
    print(text)


if __name__ == "__main__":
    main()
