"""Import thousands of invented references; print what it costs in time and memory.

    python benchmarks/importing.py [REFERENCES] [--base RECORDS] [--form ris|csl]

A share of the references is in the base already, some only nearly: with a word changed
in the title, or of another year. Each import is a process of its own. Seconds are of
the clock, with those of the processor beside them; memory is the largest resident size.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

#: Of a hundred references how many are in the base as they are, and how many nearly.
KNOWN, ALIKE = 60, 2
SEED = 20_260_301
FIRST = (
    "Autologous",
    "Allogeneic",
    "Umbilical cord",
    "High-dose",
    "Repeated",
    "Long-term results of",
    "Early experience with",
    "A randomised trial of",
)
WHAT = (
    "haematopoietic stem cell transplantation",
    "mesenchymal stem cell transplantation",
    "mesenchymal stromal cells",
    "immunoablation with stem cell rescue",
    "chimeric antigen receptor T cells",
)
WHOM = (
    "severe systemic lupus erythematosus",
    "refractory lupus nephritis",
    "juvenile-onset lupus",
    "lupus with lung involvement",
    "treatment-resistant autoimmune disease",
)
VOWELS, CONSONANTS = "aeiou", "bdfgklmnprstv"
ABSTRACT = "Cells were given and people were followed. " * 34


def word(chance: random.Random, syllables: int) -> str:
    """Return an invented word."""
    pairs = (
        chance.choice(CONSONANTS) + chance.choice(VOWELS) for _ in range(syllables)
    )
    return "".join(pairs)


def reference(number: int) -> dict[str, Any]:
    """Return an invented reference, the same for the same number."""
    chance = random.Random(SEED + number)  # noqa: S311 - no secret
    place = word(chance, 3).capitalize()
    title = (
        f"{chance.choice(FIRST)} {chance.choice(WHAT)} in {chance.choice(WHOM)}: "
        f"{word(chance, 3)} {word(chance, 4)} and {word(chance, 3)} "
        f"{word(chance, 4)} of {place}"
    )
    people = chance.randint(2, 9)
    authors = [
        (word(chance, 3).capitalize(), f"{chance.choice('ABCDEFG')}.")
        for _ in range(people)
    ]
    page = chance.randint(1, 2000)
    return {
        "title": title,
        "authors": authors,
        "year": chance.randint(1997, 2025),
        "journal": f"Invented Journal of {word(chance, 3).capitalize()}",
        "volume": str(chance.randint(1, 90)),
        "pages": f"{page}-{page + 8}",
        "doi": f"10.1000/invented.{number}" if number % 10 else "",
        "pmid": str(10_000_000 + number) if number % 3 else "",
    }


def nearly(given: dict[str, Any], number: int) -> dict[str, Any]:
    """Return a reference that a person has to look at twice."""
    if number % 2:
        title = given["title"].replace(" and ", " und ", 1)
        return {**given, "title": title, "doi": "", "pmid": ""}
    return {**given, "year": given["year"] + 1, "doi": "", "pmid": ""}


def searched(count: int, base: int) -> list[dict[str, Any]]:
    """Return what an invented search finds."""
    found = []
    for number in range(count):
        share = number % 100
        if share < KNOWN and number < base:
            found.append(reference(number))
        elif share < KNOWN + ALIKE and number < base:
            found.append(nearly(reference(number), number))
        else:
            found.append(reference(1_000_000 + number))
    return found


def as_ris(references: list[dict[str, Any]]) -> str:
    """Return references as a database exports them, with abstracts."""
    lines: list[str] = []
    for one in references:
        first, _, last = one["pages"].partition("-")
        lines += ["TY  - JOUR"]
        lines += [f"AU  - {family}, {given}" for family, given in one["authors"]]
        lines += [f"TI  - {one['title']}", f"T2  - {one['journal']}"]
        lines += [f"PY  - {one['year']}", f"VL  - {one['volume']}"]
        lines += [f"SP  - {first}", f"EP  - {last}", f"AB  - {ABSTRACT}"]
        lines += [f"DO  - {one['doi']}"] * bool(one["doi"])
        lines += [f"C2  - PMID: {one['pmid']}"] * bool(one["pmid"])
        lines += ["ER  - ", ""]
    return "\r\n".join(lines) + "\r\n"


def as_csl(references: list[dict[str, Any]]) -> str:
    """Return references as CSL-JSON."""
    items = [
        {
            "id": str(number),
            "type": "article-journal",
            "title": one["title"],
            "author": [{"family": f, "given": g} for f, g in one["authors"]],
            "issued": {"date-parts": [[one["year"]]]},
            "container-title": one["journal"],
            "volume": one["volume"],
            "page": one["pages"],
            "DOI": one["doi"],
            "PMID": one["pmid"],
            "abstract": ABSTRACT,
        }
        for number, one in enumerate(references)
    ]
    return json.dumps(items, indent=1)


WRITERS = {"ris": as_ris, "csl": as_csl}

#: Starts a command and says what it took. A process of its own, because the largest
#: size that Linux reports of a process includes that of the one it was started by.
LAUNCH = """
import os, sys, time
start = time.perf_counter()
process = os.posix_spawn(sys.executable, [sys.executable, "-m", *sys.argv[2:]],
    os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
    (os.POSIX_SPAWN_OPEN, 2, sys.argv[1], os.O_WRONLY | os.O_CREAT, 0o600)])
_, status, used = os.wait4(process, 0)
print(time.perf_counter() - start, used.ru_utime + used.ru_stime,
    used.ru_maxrss / 1000, os.waitstatus_to_exitcode(status))
"""


def measure(what: str, source: Path, folder: Path, *more: str) -> None:
    """Import a file into a folder, and print what that took and what was said."""
    notes = folder.parent / "notes.txt"
    notes.unlink(missing_ok=True)
    given = ["lupus_evidence", "import", str(source), "-o", str(folder), *more]
    said = subprocess.run(
        [sys.executable, "-S", "-c", LAUNCH, str(notes), *given],
        capture_output=True,
        check=True,
        env={**os.environ, "LUPUS_EVIDENCE_CACHE": "off"},
        text=True,
    ).stdout.split()
    clock, processor, memory = map(float, said[:3])
    counts = next(
        (line for line in notes.read_text("utf-8").splitlines() if " known" in line), ""
    ).rpartition(": ")[2]
    print(
        f"{what:<28}{clock:>8.1f} s{processor:>8.1f} s{memory:>8.0f} MB"
        f"   exit {said[3]}   {counts}",
        flush=True,
    )


def main() -> None:
    """Import into an empty folder, into a base, and once more."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("references", type=int, nargs="?", default=10_000)
    parser.add_argument("--base", type=int, default=5_000)
    parser.add_argument("--form", choices=sorted(WRITERS), default="ris")
    asked = parser.parse_args()
    write = WRITERS[asked.form]
    with tempfile.TemporaryDirectory() as name:
        here = Path(name)
        source, before = here / "search", here / "before"
        before.write_text(write([reference(n) for n in range(asked.base)]), "utf-8")
        text = write(searched(asked.references, asked.base))
        source.write_text(text, "utf-8")
        print(f"{asked.references:,} references, {len(text.encode()) / 1e6:.1f} MB")
        measure("into an empty folder", source, here / "empty")
        measure(f"a base of {asked.base:,}", before, here / "base")
        measure("into that base", source, here / "base")
        measure("the same once more", source, here / "base")


if __name__ == "__main__":
    main()
