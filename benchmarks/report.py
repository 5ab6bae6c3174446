"""Time making the report against a comparison as JSON; prints the ratio and sizes.

python benchmarks/report.py [RUNS]
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

REPORT = """
import sys
from lupus_evidence.audit import load_claims
from lupus_evidence.cli.app import app
from lupus_evidence.records.load import load
from lupus_evidence.report.html_page import render_report
from lupus_evidence.report.build import build_report
sys.stdout.write(render_report(build_report(load(), load_claims())))
"""
CASES = {
    "compare -f json": ["-m", "lupus_evidence", "compare", "hsct", "msc", "-f", "json"],
    "report": ["-c", REPORT],
}


def run(arguments: list[str]) -> tuple[float, int]:
    """Return the wall time of one Python process, and the bytes that it wrote."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *arguments], capture_output=True, check=False
    )
    return time.perf_counter() - start, len(done.stdout)


def main() -> None:
    """Interleave the runs, so that a busy moment hits all alike; print medians."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    times: dict[str, list[float]] = {name: [] for name in CASES}
    sizes = {name: run(arguments)[1] for name, arguments in CASES.items()}
    for _ in range(runs):
        for name, arguments in CASES.items():
            times[name].append(run(arguments)[0])
    base = statistics.median(times["compare -f json"])
    print(f"{'case':<16} {'median ms':>10} {'KB':>6} {'ratio':>7}   (budget 2.5)")
    for name, values in times.items():
        median = statistics.median(values)
        kilobytes = sizes[name] / 1000
        print(
            f"{name:<16} {median * 1000:>10.0f} {kilobytes:>6.0f} {median / base:>7.2f}"
        )


if __name__ == "__main__":
    main()
