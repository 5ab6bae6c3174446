"""Feed damaged files and odd command lines to the program; print what it did with them.

    python benchmarks/fuzz.py [--target records|claims|imports|commands] [--runs N]

Every input starts from a real file (the bundled records and claims, the import samples
of the tests) or command and is damaged a few times. With atheris installed, inputs that
reach new code are damaged again; without it, only the given files are. An answer that
is an exception, takes over a second of processor time (a command: five) or grows the
process by over 200 MB is a fault: it is printed and kept in ``--faults DIR``. An input
that waits for something is stopped by atheris after a minute.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
import traceback
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING

from damage import COMMAND_WORDS, damaged

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent
#: Inputs by default; records and claims together are 100,000.
RUNS = {"records": 60_000, "claims": 40_000, "imports": 20_000, "commands": 5_000}
#: Seconds and kilobytes that one input may cost. `diff` loads the records and pools
#: them twice, and atheris' watching slows it down.
SLOW = {"records": 1.0, "claims": 1.0, "imports": 1.0, "commands": 5.0}
LARGE = 200_000
#: Largest input in bytes; large files have tests of their own.
LONGEST = 40_000
TESTS = HERE.parent / "tests"
SAMPLES = TESTS / "importing" / "samples"
#: Where the files come from: bundled ones, and examples of what `check` refuses.
FOLDERS = {
    "records": ("studies", "examples"),
    "claims": ("claims", "examples-claims"),
}


def on_record(data: bytes) -> bool:
    """Load a record; check and show it if it is one."""
    from lupus_evidence.catalogue.brief import study_brief
    from lupus_evidence.catalogue.card import as_plain, study_card
    from lupus_evidence.catalogue.rates import rates_table, reported_rates
    from lupus_evidence.catalogue.rates_page import rates_page
    from lupus_evidence.catalogue.study_list import studies_table
    from lupus_evidence.checks import run
    from lupus_evidence.records.files import Diagnostic, decode
    from lupus_evidence.records.load import EvidenceBase, StudyFile
    from lupus_evidence.records.study import Study
    from lupus_evidence.records.validation import validate
    from lupus_evidence.writers import markdown, tabular, terminal

    text = decode(data, "input.yaml")
    if isinstance(text, Diagnostic):
        return False
    study = validate(Study, text, "input.yaml")
    if not isinstance(study, Study):
        return False
    base = EvidenceBase(".", (StudyFile(study, "input.yaml", text),), (), None)
    run(base)
    card = study_card(study, base.studies)
    terminal.render_document(card, terminal.Look(60))
    markdown.render_document(card)
    tabular.line(as_plain(study)).encode()
    tabular.render_separated(studies_table(base.studies)).encode()
    rates = reported_rates(base.studies)
    tabular.render_separated(rates_table(rates)).encode()
    terminal.render_document(rates_page(rates), terminal.Look(80))
    terminal.render_document(study_brief(study, base.studies), terminal.Look(80))
    return True


def on_claims(data: bytes) -> bool:
    """Load a claims file; audit it against the bundled records if it is one."""
    from lupus_evidence.audit import audit
    from lupus_evidence.audit.articles import ClaimsBase, LoadedClaims
    from lupus_evidence.pages.audit import audit_answer
    from lupus_evidence.records.claims import ClaimsFile
    from lupus_evidence.records.files import Diagnostic, decode
    from lupus_evidence.records.validation import validate
    from lupus_evidence.writers.formats import chosen_format
    from lupus_evidence.writers.terminal import Look

    text = decode(data, "input.yaml")
    if isinstance(text, Diagnostic):
        return False
    content = validate(ClaimsFile, text, "input.yaml")
    if not isinstance(content, ClaimsFile):
        return False
    base = ClaimsBase((LoadedClaims(content, "input.yaml", text),), ())
    answer = audit_answer(audit(bundled(), base))
    for form in ("table", "markdown", "json", "csv"):
        chosen_format(("pages", "tables", "data"), form, None).write(answer, Look(60))
    return True


def on_import(data: bytes) -> bool:
    """Import a file; what comes out must be YAML that the loader reads."""
    from lupus_evidence.errors import EvidenceError
    from lupus_evidence.importing import import_records
    from lupus_evidence.records.yamltext import parse

    path = Path(SCRATCH.name) / "input"
    path.write_bytes(data)
    try:
        records = import_records(path)
    except EvidenceError:
        return False
    for record in records:
        parse(record.text)
    return True


def on_command(data: bytes) -> bool:
    """Run a command line; the exit status is 0, 1 or 2 and a refusal says why."""
    from lupus_evidence.cli.app import app

    arguments = data.decode(errors="surrogateescape").replace("\0", "").split("\n")
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
    here = Path.cwd()
    os.chdir(SCRATCH.name)
    try:
        with redirect_stdout(out), redirect_stderr(err):
            app(arguments, prog_name="lupus-evidence")
    except SystemExit as end:
        if end.code not in {0, 1, 2, None}:
            raise RuntimeError(f"exit status {end.code}") from end
        said = b"".join(stream.buffer.getvalue() for stream in (out, err))
        if end.code == 2 and not said.strip():  # noqa: PLR2004
            raise RuntimeError("refused without a word") from end
        return end.code in {0, 1, None}
    finally:
        os.chdir(here)
    return True


TARGETS: dict[str, Callable[[bytes], bool]] = {
    "records": on_record,
    "claims": on_claims,
    "imports": on_import,
    "commands": on_command,
}
SCRATCH = tempfile.TemporaryDirectory(prefix="lupus-evidence-fuzz-")


def bundled() -> object:
    """Return the bundled records, loaded once."""
    from lupus_evidence.records.load import load

    if "base" not in _KEPT:
        _KEPT["base"] = load()
    return _KEPT["base"]


_KEPT: dict[str, object] = {}


def seeds(target: str) -> list[bytes]:
    """Return the files that inputs of a target are made from."""
    from lupus_evidence.records.load import bundled_folder

    if target == "commands":
        return [line.replace(" ", "\n").encode() for line in COMMAND_WORDS]
    if target == "imports":
        paths = sorted(path for path in SAMPLES.iterdir() if path.is_file())
    else:
        name, examples = FOLDERS[target]
        paths = sorted(bundled_folder(name).glob("[!_]*.yaml"))
        paths += sorted((TESTS / examples).rglob("*.yaml"))
    return [path.read_bytes()[:LONGEST] for path in paths]


class Watch:
    """Run inputs, count them, and keep those that the program fails on."""

    def __init__(self, target: str, runs: int, faults: Path) -> None:
        self.target, self.runs, self.faults = target, runs, faults
        self.tried = self.taken = 0
        self.slowest = 0.0
        self.seen: set[str] = set()
        self.start = time.perf_counter()
        self.before = 0

    def __call__(self, data: bytes) -> None:
        """Run one input."""
        begun = time.process_time()  # other work on the machine is not ours
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        try:
            self.taken += TARGETS[self.target](data)
        except Exception as error:  # noqa: BLE001 - finding these is the purpose
            spot = traceback.extract_tb(error.__traceback__)[-1]
            self.keep(f"{type(error).__name__} at {spot.filename}:{spot.lineno}", data)
        taken = time.process_time() - begun
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak
        self.slowest = max(self.slowest, taken if self.tried else 0.0)
        self.tried += 1
        if taken > SLOW[self.target] and self.tried > 1:
            self.keep(f"over {SLOW[self.target]} s", data)
        if grown > LARGE:
            self.keep(f"over {LARGE:,} KB", data)
        if self.tried == 1:
            self.before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        if self.tried >= self.runs:
            self.finish()

    def keep(self, fault: str, data: bytes) -> None:
        """Keep the first input of each fault."""
        if fault in self.seen:
            return
        self.seen.add(fault)
        self.faults.mkdir(parents=True, exist_ok=True)
        path = self.faults / f"{self.target}-{len(self.seen)}"
        path.write_bytes(data)
        print(f"fault: {fault} ({path})", flush=True)

    def finish(self) -> None:
        """Print the figures and end, from inside atheris too, which never returns."""
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - self.before
        print(
            f"{self.target}: {self.tried:,} inputs ({self.taken:,} valid), "
            f"{len(self.seen)} faults, "
            f"slowest {self.slowest:.2f} s, memory grew by {grown / 1000:.0f} MB, "
            f"{time.perf_counter() - self.start:.0f} s",
            flush=True,
        )
        SCRATCH.cleanup()
        os._exit(1 if self.seen else 0)


def fuzz(target: str, runs: int, faults: Path, seed: int) -> None:
    """Try inputs of one target until there were enough."""
    watch = Watch(target, runs, faults)
    try:
        import atheris
    except ImportError:
        found = seeds(target)
        source = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
        while True:
            watch(damaged(source.choice(found), source, found))
    with atheris.instrument_imports(include=["lupus_evidence"]):
        found = seeds(target)
        for data in found:
            watch(data)
    corpus = Path(SCRATCH.name) / "corpus"
    corpus.mkdir()
    for number, data in enumerate(found):
        (corpus / str(number)).write_bytes(data)

    def mutator(data: bytes, longest: int, number: int) -> bytes:
        source = random.Random(number)  # noqa: S311 - as above
        if source.random() < 0.2:  # noqa: PLR2004 - a fifth as atheris would
            return bytes(atheris.Mutate(data, longest))
        if source.random() < 1 / 2:
            data = source.choice(found)
        return damaged(data, source, found)[:longest]

    options = [f"-seed={seed}", f"-max_len={LONGEST}", "-timeout=60", "-verbosity=0"]
    options += ["-rss_limit_mb=0", "-detect_leaks=0", "-len_control=0"]
    atheris.Setup(["fuzz", *options, str(corpus)], watch, custom_mutator=mutator)
    atheris.Fuzz()


def main() -> int:
    """Run the targets, each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--target", choices=TARGETS)
    parser.add_argument("--runs", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faults", type=Path, default=Path("fuzz-faults"))
    asked = parser.parse_args()
    if asked.target:
        runs = asked.runs or RUNS[asked.target]
        fuzz(asked.target, runs, asked.faults.resolve(), asked.seed)
    status = 0
    for target in TARGETS:
        command = [sys.executable, __file__, *sys.argv[1:], "--target", target]
        status |= subprocess.run(command, check=False).returncode
    return status


if __name__ == "__main__":
    sys.exit(main())
