"""Count how many small wrong changes of the code the tests notice.

    python benchmarks/mutants.py [--group stats|evidence|checks|audit|reading]...
        [--sample N] [--seed 1] [--jobs 2] [--out FOLDER] [--again] [--files WORD]
        [--tests FOLDER...]

Each mutant is one change (``mutation.py`` has the kinds). It is run in a forked process
by the tests that reach its line, the quickest first, until one fails. In functions, the
running code is exchanged; what is run on import is imported anew. A mutant that no test
reaches counts as survived, and so does one that ``--seconds`` of tests let pass.
``--sample`` takes so many of each part. What is known already, in ``--out``, is not
tried again; with ``--again``, those that survived are. ``--tests`` counts only some
folders of tests, which is quicker.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import random
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

from covering import ROOT, Mentions, Reached, collect, run_tests, shown
from exchanging import Importer, Mutant, all_mutants, exchange, living
from forking import run_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# No longer this folder on the path: it has a coverage.py and a report.py of its own.
sys.path[0] = str(ROOT)

GROUPS = ("stats", "evidence", "checks", "audit", "reading")
#: Imported once, before the first fork.
LIBRARIES = (
    *("numpy", "scipy.stats", "scipy.optimize", "scipy.special", "hypothesis"),
    *("pydantic", "yaml", "typer.testing", "rich.table", "jinja2", "coverage"),
    *("openpyxl", "matplotlib.figure", "pytest"),
)


class Trial:
    """Mutants, the tests of each, and what became of them."""

    def __init__(self, mutants: list[Mutant], reached: Reached, seconds: float) -> None:
        self.usual = {test: seconds for test, (seconds, _) in reached.tests.items()}
        by_line, mentions = reached.by_line(), Mentions()
        self.tests: dict[Mutant, list[str]] = {}
        self.warm: list[Mutant] = []
        self.cold: list[Mutant] = []
        for mutant in mutants:
            path, owner = shown(mutant.path), mutant.change.owner
            here = [(path, mutant.change.line), (path, mutant.change.start)]
            lines = {next((place for place in here if place in by_line), here[0])}
            body = owner and range(owner.body[0].lineno, (owner.end_lineno or 0) + 1)
            on_import = set(reached.on_import.get(path, ()))
            if body and on_import.isdisjoint(body):
                self.warm.append(mutant)
            else:
                self.cold.append(mutant)
                lines |= mentions.of(mutant.change.names)
            direct = {test for place in here for test in by_line.get(place, ())}
            found = {test for place in lines for test in by_line.get(place, ())}
            if not found and mutant in self.cold[-1:]:
                # run on import without a name of its own: whoever tests the part
                found = {test for test in self.usual if own(test, mutant.group)}
            self.tests[mutant] = self.quickest(found, direct, mutant.group, seconds)

    def quickest(
        self, tests: set[str], direct: set[str], group: str, seconds: float
    ) -> list[str]:
        """Return tests worth some seconds.

        Those that run the line come before those that use what it defines, the group's
        own before others, the quick before the slow.
        """

        def order(test: str) -> tuple[bool, bool, float, str]:
            return test not in direct, not own(test, group), self.usual[test], test

        kept, used = [], 0.0
        for test in sorted(tests, key=order):
            used += self.usual[test]
            if kept and used > seconds:
                break
            kept.append(test)
        return kept

    def limit(self, mutant: Mutant) -> int:
        """Return the processor seconds that a mutant may take."""
        usual = sum(self.usual[test] for test in self.tests[mutant])
        return int(5 + 4 * usual)


def own(test: str, group: str) -> bool:
    """Tell whether a test is about a part of the package."""
    return test.startswith((f"tests/{group}/", f"tests/test_{group}"))


def try_warm(trial: Trial, session: Any, jobs: int, keep: Callable) -> None:  # noqa: ANN401 - pytest's own
    """Run the mutants whose functions can be exchanged in a collected session."""
    items = {item.nodeid: item for item in session.items}
    functions = living()

    def one(mutant: Mutant) -> bool:
        owner = mutant.change.owner
        first = min(d.lineno for d in (*owner.decorator_list, owner))
        exchange(mutant, functions[str(mutant.path), first])
        wanted = [items[test] for test in trial.tests[mutant]]
        return run_tests(session, wanted, trial.usual)

    tasks = {}
    for mutant in trial.warm:
        if not trial.tests[mutant]:
            keep(mutant, "not reached")
            continue
        owner = mutant.change.owner
        first = min(d.lineno for d in (*owner.decorator_list, owner))
        if functions[str(mutant.path), first]:
            tasks[mutant] = lambda mutant=mutant: one(mutant)
        else:
            keep(mutant, "cold")
    for mutant, passed in run_all(tasks, jobs, trial.limit):
        keep(mutant, _outcome(passed))


def try_cold(trial: Trial, mutants: list[Mutant], jobs: int, keep: Callable) -> None:
    """Run the mutants that must be imported anew."""

    def one(mutant: Mutant) -> bool:
        sys.meta_path.insert(0, Importer(mutant))
        wanted = trial.tests[mutant]
        passed = []

        def work(session: Any) -> None:  # noqa: ANN401 - pytest's own
            # those wanted, and those that only the mutant has
            place = {test: number for number, test in enumerate(wanted)}
            last = len(place)
            found = [
                item
                for item in session.items
                if item.nodeid in place or item.nodeid not in trial.usual
            ]
            found.sort(key=lambda item: place.get(item.nodeid, last))
            passed.append(run_tests(session, found, trial.usual))

        collect(work, sorted({test.partition("::")[0] for test in wanted}))
        return passed == [True]

    tasks = {}
    for mutant in mutants:
        if trial.tests[mutant]:
            tasks[mutant] = lambda mutant=mutant: one(mutant)
        else:
            keep(mutant, "not reached")
    for mutant, passed in run_all(tasks, jobs, lambda m: trial.limit(m) + 10):
        keep(mutant, _outcome(passed))


def _outcome(answer: object) -> str:
    """Return what became of a mutant."""
    if isinstance(answer, str):
        return answer
    return "survived" if answer else "killed"


class Results:
    """What became of each mutant, kept in a file that can be added to."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.outcomes: dict[str, str] = {}
        if path.exists():
            self.outcomes = json.loads(path.read_text(encoding="utf-8"))

    def keep(self, mutant: Mutant, outcome: str) -> None:
        """Note one outcome; write all of them now and then."""
        self.outcomes[mutant.name] = outcome
        if len(self.outcomes) % 50 == 0:
            self.write()

    def write(self) -> None:
        """Write all outcomes."""
        text = json.dumps(self.outcomes, indent=0, ensure_ascii=False)
        self.path.write_text(text, encoding="utf-8")

    def passed(self, mutant: Mutant) -> bool:
        """Return whether a mutant is known to survive."""
        return self.outcomes.get(mutant.name) in {"survived", "not reached"}


def report(results: Results, groups: Iterable[str]) -> None:
    """Print every mutant that survived, and a table of the groups."""
    rows = []
    for group in groups:
        mutants = all_mutants([group])
        known = [mutant for mutant in mutants if mutant.name in results.outcomes]
        alive = [mutant for mutant in known if results.passed(mutant)]
        for mutant in sorted(alive, key=lambda each: each.name):
            print(results.outcomes[mutant.name], mutant.name)
        rows.append((group, len(mutants), len(known), len(known) - len(alive)))
    rows.append(("all", *(sum(row[column] for row in rows) for column in (1, 2, 3))))
    print("\n| part | mutants | tried | killed | share (95 % interval) |")
    print("|---|---:|---:|---:|---:|")
    for group, count, tried, killed in rows:
        if tried:
            share = f"{100 * killed / tried:.1f} % {interval(killed, tried, count)}"
            print(f"| {group} | {count:,} | {tried:,} | {killed:,} | {share} |")


def interval(killed: int, tried: int, count: int) -> str:
    """Return Wilson's interval of a share, as narrow as a finite number allows."""
    if tried == count:
        return "(all)"
    size = tried * (count - 1) / (count - tried)
    share, z2 = killed / tried, 1.96**2
    middle = (share + z2 / (2 * size)) / (1 + z2 / size)
    half = (z2 * (share * (1 - share) / size + z2 / (4 * size**2))) ** 0.5
    half /= 1 + z2 / size
    return f"({100 * (middle - half):.1f}-{100 * (middle + half):.1f})"


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--group", choices=GROUPS, action="append")
    parser.add_argument("--sample", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--out", type=Path, default=Path("mutants"))
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--files", default="")
    parser.add_argument("--tests", nargs="+", default=["tests"], metavar="FOLDER")
    return parser.parse_args()


def chosen(asked: argparse.Namespace, results: Results) -> list[Mutant]:
    """Return the mutants that were asked for, in an order that the seed decides."""
    source = random.Random(asked.seed)  # noqa: S311 - to be repeated, not secret
    found: list[Mutant] = []
    for group in asked.group or GROUPS:
        mutants = all_mutants([group])
        source.shuffle(mutants)
        found += mutants[: asked.sample]
    source.shuffle(found)
    found = [mutant for mutant in found if asked.files in str(mutant.path)]
    if asked.again:
        return [mutant for mutant in found if results.passed(mutant)]
    return [mutant for mutant in found if mutant.name not in results.outcomes]


def main() -> None:
    """Find out what the tests reach, try the mutants, print what became of them."""
    asked = arguments()
    asked.out.mkdir(exist_ok=True)
    results = Results(asked.out / "outcomes.json")
    mutants = chosen(asked, results)
    for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ[variable] = "1"  # before numpy is imported: threads outlive no fork
    for library in LIBRARIES:
        importlib.import_module(library)
    reached = Reached(asked.out / "reached.json")

    def measured(session: Any) -> None:  # noqa: ANN401 - pytest's own
        reached.measure(session, asked.jobs)

    def warm(session: Any) -> None:  # noqa: ANN401 - pytest's own
        trial = Trial(mutants, reached, asked.seconds)
        try_warm(trial, session, asked.jobs, results.keep)
        results.write()

    # Each in a process of its own: in this one, the package is never imported.
    in_child(lambda: collect(measured, asked.tests, reached))
    reached.read()
    in_child(lambda: collect(warm, asked.tests))
    results = Results(results.path)
    trial = Trial(mutants, reached, asked.seconds)
    cold = [m for m in mutants if m in set(trial.cold)]
    cold += [m for m in mutants if results.outcomes.get(m.name) == "cold"]
    try_cold(trial, cold, asked.jobs, results.keep)
    results.write()
    report(results, asked.group or GROUPS)


def in_child(work: Callable[[], object]) -> None:
    """Call something in a forked process and wait for it."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            if status:  # what went wrong is shown here: nothing leaves this process
                traceback.print_exc()
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)
    if os.waitpid(child, 0)[1]:
        sys.exit("stopped")


if __name__ == "__main__":
    main()
