"""Time whole commands against importing their libraries alone; prints ratios.

    python benchmarks/startup.py [RUNS]

Both sides run from compiled modules, as an installed package does, and after a first
run, which keeps what the records' YAML said. `LUPUS_EVIDENCE_CACHE=off` measures
without that.
"""

from __future__ import annotations

import compileall
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import lupus_evidence

BARE = "import typer, yaml, rich.table; from pydantic import BaseModel"
COMMANDS = {
    "list": ["list"],
    "show wang-2013": ["show", "wang-2013"],
    "table": ["table"],
    "check": ["check"],
}


def seconds(arguments: list[str]) -> float:
    """Return the wall time of one Python process."""
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""},
        stdout=subprocess.DEVNULL,
        check=False,
    )
    return time.perf_counter() - start


def main() -> None:
    """Interleave the runs, so that a busy moment hits all alike; print medians."""
    compileall.compile_dir(Path(lupus_evidence.__file__).parent, quiet=1)
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    cases = {"bare imports": ["-c", BARE]}
    cases |= {name: ["-m", "lupus_evidence", *args] for name, args in COMMANDS.items()}
    times: dict[str, list[float]] = {name: [] for name in cases}
    for arguments in cases.values():
        seconds(arguments)
    for _ in range(runs):
        for name, arguments in cases.items():
            times[name].append(seconds(arguments))
    bare = statistics.median(times["bare imports"])
    print(f"{'case':<16} {'median ms':>10} {'ratio':>7}   (budget 1.5)")
    for name, values in times.items():
        median = statistics.median(values)
        print(f"{name:<16} {median * 1000:>10.0f} {median / bare:>7.2f}")


if __name__ == "__main__":
    main()
