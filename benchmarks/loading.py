"""Time loading and validating records against bare YAML; prints ratios and memory.

    python benchmarks/loading.py [RECORDS...]

The records are copies of the bundled ones under new names. Bare YAML is
``yaml.load(text, CSafeLoader)`` of the same texts, or PyYAML's Python loader where
libyaml is missing.
"""

from __future__ import annotations

import gc
import math
import re
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path

import yaml

from lupus_evidence.records.load import bundled_folder, load

SIZES = (100, 1000, 10000)
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def copies(folder: Path, count: int) -> list[str]:
    """Write `count` records into a folder and return their texts."""
    originals = [
        path.read_text(encoding="utf-8")
        for path in sorted(bundled_folder("studies").glob("[!_]*.yaml"))
    ]
    texts = []
    for number in range(count):
        text = originals[number % len(originals)]
        text = re.sub(r"^id: .*$", f"id: copy-{number}", text, flags=re.MULTILINE)
        (folder / f"copy-{number}.yaml").write_text(text, encoding="utf-8")
        texts.append(text)
    return texts


def best(action: object, times: int = 3) -> float:
    """Return the shortest of several runs in seconds."""
    measured = []
    for _ in range(times):
        gc.collect()
        start = time.perf_counter()
        action()  # type: ignore[operator]
        measured.append(time.perf_counter() - start)
    return min(measured)


def main() -> None:
    """Print, per size, both times, their ratio and the memory per record."""
    sizes = tuple(map(int, sys.argv[1:])) or SIZES
    previous: tuple[int, float] | None = None
    heads = ("records", "bare s", "load s", "ratio", "KB each", "growth")
    print("".join(f"{head:>9}" for head in heads))
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            texts = copies(folder, size)
            bare = best(lambda t=texts: [yaml.load(x, Loader) for x in t])  # noqa: S506
            ours = best(lambda f=folder: load(f))
            tracemalloc.start()
            kept = load(folder)
            memory = tracemalloc.get_traced_memory()[0] / size / 1000
            tracemalloc.stop()
            del kept
        growth = ""
        if previous:
            exponent = math.log(ours / previous[1]) / math.log(size / previous[0])
            growth = f"n^{exponent:.2f}"
        previous = (size, ours)
        print(
            f"{size:>9}{bare:>9.2f}{ours:>9.2f}{ours / bare:>9.2f}{memory:>9.1f}"
            f"{growth:>9}"
        )
    print("budget: ratio 2.0, 60 KB a record, growth n^1")


if __name__ == "__main__":
    main()
