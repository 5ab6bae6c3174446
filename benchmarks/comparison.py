"""Time `compare hsct msc` against one fit of metafor in a fresh R; prints ratios.

    python benchmarks/comparison.py [RUNS]

Needs Rscript with metafor for the ratio; without it only our own times are printed.
Our side runs from compiled modules, as an installed package does.
"""

from __future__ import annotations

import compileall
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

import lupus_evidence

#: Pritz 1997, the set of the pooling benchmarks (metafor's own example data).
R_FIT = (
    "suppressMessages(library(metafor));"
    "rma.glmm(measure='PLO', xi=c(16,10,4,43,10,25,13,12,22,4,5,18,58,6),"
    " ni=c(17,12,8,58,10,42,14,12,41,5,6,23,68,10))"
)
CASES = {
    "compare -f json": ["compare", "hsct", "msc", "-f", "json"],
    "compare": ["compare", "hsct", "msc"],
    "audit": ["audit"],
    "curve": ["curve", "overall-survival"],
}


def seconds(command: list[str]) -> float:
    """Return the wall time of one process."""
    start = time.perf_counter()
    subprocess.run(
        command,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - start


def main() -> None:
    """Interleave the runs and print medians with their ratio to R's."""
    compileall.compile_dir(Path(lupus_evidence.__file__).parent, quiet=1)
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    program = [sys.executable, "-m", "lupus_evidence"]
    cases = {name: [*program, *arguments] for name, arguments in CASES.items()}
    rscript = shutil.which("Rscript")
    if rscript:
        cases["one rma.glmm in R"] = [rscript, "-e", R_FIT]
    times: dict[str, list[float]] = {name: [] for name in cases}
    for command in cases.values():
        seconds(command)
    for _ in range(runs):
        for name, command in cases.items():
            times[name].append(seconds(command))
    reference = statistics.median(times.get("one rma.glmm in R", [float("nan")]))
    print(f"{'case':<20}{'median ms':>10}{'ratio':>8}   (budget for compare 0.5)")
    for name, values in times.items():
        median = statistics.median(values)
        print(f"{name:<20}{median * 1000:>10.0f}{median / reference:>8.2f}")


if __name__ == "__main__":
    main()
