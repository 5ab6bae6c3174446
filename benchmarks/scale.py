"""Run whole commands on many records; print what they cost and how that grows.

    python benchmarks/scale.py [RECORDS...] [--alike] [--results N]

The records are copies of the bundled ones, a hundred and ten at a time: each set has
names, identifiers, hospitals and years of its own, and overlaps within itself. With
``--alike`` hospitals and years stay as they are, so that thousands of reports may share
people: the worst case of `check`. With ``--results`` one study has so many results
instead. Seconds are processor time, which other work on the machine leaves alone;
memory is the largest resident size of the process.
"""

from __future__ import annotations

import argparse
import math
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml

from lupus_evidence.records.load import bundled_folder
from lupus_evidence.records.yamltext import parse

SIZES = (1_000, 10_000, 100_000)
#: How many years the last set of copies is moved; then the years start again.
SHIFTS = 10
#: Stands for a set's number in a template.
SET = "0SET0"
Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def commands(first: str) -> list[list[str]]:
    """Return the commands to time; `first` is a study that exists."""
    return [
        ["list"],
        ["list", "-f", "json"],
        ["table"],
        ["table", "-f", "csv"],
        ["check"],
        ["check", "-f", "json"],
        ["compare", "hsct", "msc"],
        ["show", first],
        ["export", "-f", "csv"],
    ]


def earlier(date: str, years: int) -> str:
    """Return a date so many years earlier, as exact as it was."""
    return f"{int(date[:4]) - years}{date[4:]}"


def template(record: dict[str, Any], number: int, shift: int, *, alike: bool) -> str:
    """Return the text of one record, by its number, with `SET` where copies differ."""
    record = {**record, "id": f"{record['id']}-{SET}"}
    citation = record["citation"] = dict(record["citation"])
    for name in ("doi", "pmid", "pmcid"):
        if name in citation:
            citation[name] = {
                "doi": f"{citation[name]}{SET}",
                "pmid": f"{number}{SET}",
                "pmcid": f"PMC{number}{SET}",
            }[name]
    if citation.get("year"):
        citation["year"] -= shift
    if "registrations" in record:
        record["registrations"] = [f"{name}{SET}" for name in record["registrations"]]
    record["overlaps"] = [
        {**item, "study": f"{item['study']}-{SET}"}
        for item in record.get("overlaps", ())
    ]
    setting = record["setting"] = dict(record.get("setting", {}))
    if not alike and "centres" in setting:
        setting["centres"] = [f"{name} {SET}" for name in setting["centres"]]
    if "recruitment" in setting:
        setting["recruitment"] = {
            name: earlier(str(value), shift) if name in {"start", "end"} else value
            for name, value in setting["recruitment"].items()
        }
    text: str = yaml.dump(
        record, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=88
    )
    return text


def write_copies(folder: Path, count: int, *, alike: bool) -> str:
    """Write `count` records into a folder; return the name of one of them."""
    originals = [
        parse(path.read_text(encoding="utf-8"))
        for path in sorted(bundled_folder("studies").glob("[!_]*.yaml"))
    ]
    shifts = 1 if alike else SHIFTS
    templates = [
        [
            template(record, 100 + number, shift, alike=alike)
            for number, record in enumerate(originals)
        ]
        for shift in range(shifts)
    ]
    for number in range(count):
        group, which = divmod(number, len(originals))
        text = templates[group % shifts][which].replace(SET, str(group))
        name = f"{originals[which]['id']}-{group}"
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return f"{originals[0]['id']}-0"


def write_long(folder: Path, count: int) -> str:
    """Write one study with so many results, and return its name."""
    path = bundled_folder("studies") / "wang-2013.yaml"
    record = parse(path.read_text(encoding="utf-8"))
    given = record["results"]
    record["results"] = [
        {**given[number % len(given)], "at": 1 + number % 120}
        for number in range(count)
    ]
    record["overlaps"] = []
    text = yaml.dump(record, Dumper=Dumper, sort_keys=False, width=88)
    (folder / path.name).write_text(text, encoding="utf-8")
    return path.stem


#: Starts a command and says what it took. A process of its own, because the largest
#: size that Linux reports of a process includes that of the one it was started by.
LAUNCH = """
import os, sys
process = os.posix_spawn(sys.executable, [sys.executable, "-m", *sys.argv[1:]],
    os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0)
    for stream in (1, 2)])
_, status, used = os.wait4(process, 0)
print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1000,
    os.waitstatus_to_exitcode(status))
"""


def measure(words: list[str], folder: Path) -> tuple[float, float, int]:
    """Return processor seconds, megabytes and exit status of one command."""
    given = ["lupus_evidence", *words, "--studies", str(folder)]
    said = subprocess.run(
        [sys.executable, "-S", "-c", LAUNCH, *given],
        capture_output=True,
        check=True,
        env={**os.environ, "LUPUS_EVIDENCE_CACHE": "off"},
        text=True,
    ).stdout.split()
    return float(said[0]), float(said[1]), int(said[2])


def growth(now: float, before: float | None, records: float) -> str:
    """Return the power that a figure grew by where records grew so many times."""
    if before is None:
        return ""
    return f"n^{math.log(now / before) / math.log(records):.2f}"


def run(size: int, previous: dict[str, Any], asked: argparse.Namespace) -> None:
    """Print a line for each command at one size."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if asked.results:
            first = write_long(folder, size)
        else:
            first = write_copies(folder, size, alike=asked.alike)
        for words in commands(first):
            shown = " ".join(words[: 3 if words[0] != "show" else 1])
            taken, memory, status = measure(words, folder)
            last, before, at = previous.get(shown, (None, None, 0))
            previous[shown] = (taken, memory, size)
            times = size / at if at else 1
            grown = growth(taken, last, times), growth(memory, before, times)
            print(
                f"{size:>8}  {shown:<18}{taken:>8.2f} s{grown[0]:>8}"
                f"{memory:>8.0f} MB{grown[1]:>8}   exit {status}",
                flush=True,
            )


def main() -> None:
    """Measure every size in turn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", metavar="RECORDS")
    parser.add_argument("--alike", action="store_true")
    parser.add_argument("--results", type=int)
    asked = parser.parse_args()
    previous: dict[str, Any] = {}
    for size in [asked.results] if asked.results else asked.sizes or SIZES:
        run(size, previous, asked)


if __name__ == "__main__":
    main()
