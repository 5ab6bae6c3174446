"""Apply every check to a set of records, and count what was found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from lupus_evidence.checks import acknowledgement
from lupus_evidence.checks.checked_parts import distributions
from lupus_evidence.checks.files_and_fields import filled_in
from lupus_evidence.checks.retractions import unrecorded
from lupus_evidence.checks.rules import Check, Finding, Path, catalogue
from lupus_evidence.checks.searching import search_findings
from lupus_evidence.evidence.therapy_results import TherapyEvidence, therapy_evidence
from lupus_evidence.records.files import Diagnostic, Level, Place
from lupus_evidence.vocabulary import use_topic

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path as FilePath

    from lupus_evidence.records.load import EvidenceBase, StudyFile
    from lupus_evidence.records.study import Study
    from lupus_evidence.records.validation import Unread


def _counted(number: int, word: str) -> str:
    """Return a number with its noun, "1 record", "1,973 checks"."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


@dataclass(frozen=True)
class CheckReport:
    """What was checked and what was found.

    Parameters
    ----------
    diagnostics : tuple of Diagnostic
        In order of place: problems in loading, findings, acknowledged ones too.
    records, results : int
        How many were loaded.
    checks_run : int
        How often a check was applied to something it had to look at.
    not_loaded : int
        Files that gave no record; their problems are among the diagnostics.
    whose : str
        The folder of the records: "studies/ (bundled)"; empty for single files.
    unread : tuple of Unread
        Records that wait to be filled in, which is no mistake.
    """

    diagnostics: tuple[Diagnostic, ...]
    records: int
    results: int
    checks_run: int
    not_loaded: int = 0
    whose: str = ""
    unread: tuple[Unread, ...] = ()

    def only(self, select: Sequence[str], ignore: Sequence[str]) -> CheckReport:
        """Return the report without the findings of some checks.

        Parameters
        ----------
        select : sequence of str
            Codes, or how codes begin, of the checks that count; all if there are none.
        ignore : sequence of str
            Those that do not. As with ruff, the longer beginning wins: ``E2`` selected
            and ``E204`` ignored leaves the rest of ``E2``.
        """

        def longest(code: str, beginnings: Sequence[str]) -> int:
            return max((len(b) for b in beginnings if code.startswith(b)), default=-1)

        def counts(code: str) -> bool:
            chosen = longest(code, select or ("",))
            return chosen >= 0 and longest(code, ignore) < max(chosen, 1)

        kept = tuple(item for item in self.diagnostics if counts(item.code))
        return replace(self, diagnostics=kept)

    def _open(self, level: Level) -> int:
        """Count what is not acknowledged."""
        return sum(
            item.level == level and item.acknowledged is None
            for item in self.diagnostics
        )

    @property
    def errors(self) -> int:
        """Errors that no record acknowledges."""
        return self._open("error")

    @property
    def warnings(self) -> int:
        """Warnings that no record acknowledges."""
        return self._open("warning")

    @property
    def acknowledged(self) -> int:
        """Findings that a record acknowledges with a reason."""
        return sum(item.acknowledged is not None for item in self.diagnostics)

    @property
    def summary(self) -> str:
        """One line: what was checked and what was found."""
        scope = ", ".join(
            (
                _counted(self.records, "record") + (self.whose and f" in {self.whose}"),
                _counted(self.results, "result"),
                _counted(self.checks_run, "check"),
            )
        )
        found = ", ".join(
            (
                _counted(self.errors, "error"),
                _counted(self.warnings, "warning"),
                f"{self.acknowledged:,} acknowledged",
            )
        )
        rest = f"; {_counted(self.not_loaded, 'file')} not loaded"
        blanks = sum(item.blanks for item in self.unread)
        waits = (
            f"; {_counted(len(self.unread), 'record')} to read, "
            f"{_counted(blanks, 'blank')} left"
        )
        rest = f"{rest if self.not_loaded else ''}{waits if self.unread else ''}"
        return f"{scope}: {found}{rest}"

    def exit_status(self, *, strict: bool = False) -> int:
        """Return 1 if there are errors (or warnings, if strict), else 0.

        Parameters
        ----------
        strict : bool
            Whether warnings count as errors.
        """
        return int(bool(self.errors or (strict and self.warnings)))


class Raised(NamedTuple):
    """A finding, which check made it, and its path from the top of its record."""

    check: Check
    file: StudyFile
    path: Path
    finding: Finding


#: For each scope of one study, the scopes of checks that apply to each of its parts.
_KINDS = {
    "results": ("result", "item"),
    "measurements": ("measurement", "item"),
    "arms": ("arm",),
}


def _parts(study: Study) -> Iterator[tuple[tuple[str, ...], Path, Any]]:
    """Yield every part of a study: scopes that look at it, its path, the part."""
    for name, arm in study.arms.items():
        yield _KINDS["arms"], ("arms", name), arm
    for index, result in enumerate(study.results):
        yield _KINDS["results"], ("results", index), result
    for index, measurement in enumerate(study.measurements):
        yield _KINDS["measurements"], ("measurements", index), measurement
    for path, distribution in distributions(study):
        yield ("distribution",), path, distribution


class _Run:
    """One pass over a set of records: what was raised, and how much was looked at."""

    def __init__(self, base: EvidenceBase, *, warnings: bool = True) -> None:
        self.base = base
        self.raised: list[Raised] = []
        self.applied = 0
        self.by_scope: dict[str, list[Check]] = {}
        for item in catalogue().values():
            of_scope = self.by_scope.setdefault(item.scope, [])
            if warnings or item.level == "error":
                of_scope.append(item)

    def everything(self) -> None:
        """Apply every check to every record."""
        for file in self.base.files:
            self.study(file)
        self.whole()

    def apply(self, check: Check, file: StudyFile, path: Path, *given: Any) -> None:  # noqa: ANN401 - whatever its scope is
        """Apply one check to one thing."""
        verdict = check.look(*given)
        if verdict is None:
            return
        self.applied += 1
        for finding in verdict:
            self.raised.append(Raised(check, file, path + finding.path, finding))

    def study(self, file: StudyFile) -> None:
        """Apply the checks of a single record."""
        study = file.study
        for check in self.by_scope["study"]:
            self.apply(check, file, (), study)
        for scopes, path, part in _parts(study):
            for scope in scopes:
                for check in self.by_scope[scope]:
                    self.apply(check, file, path, part, study)

    def whole(self) -> None:
        """Apply the checks that need all records, counted once a record."""
        for check in self.by_scope["base"]:
            verdict = check.look(self.base) or ()
            self.applied += len(self.base.files)
            for found in verdict:
                if found.file is not None:
                    self.raised.append(Raised(check, found.file, found.path, found))

    def listed(self, path: FilePath) -> None:
        """Hold every report against a list of retractions."""
        self.applied += len(self.base.files)
        for code, found in unrecorded(self.base, path):
            if found.file is not None:
                check = catalogue()[code]
                self.raised.append(Raised(check, found.file, found.path, found))


def run(
    base: EvidenceBase,
    *,
    place_acknowledged: bool = True,
    retractions: FilePath | None = None,
) -> CheckReport:
    """Apply every check to a set of records.

    Parameters
    ----------
    base : EvidenceBase
        Loaded records, with what was wrong in loading.
    place_acknowledged : bool
        Whether acknowledged findings get line and column, or only their file: finding
        a place means reading the file again, for output that does not show it.
    retractions : Path, optional
        Retraction Watch's CSV file, to hold the reports against.

    Returns
    -------
    CheckReport
        Everything found, in order of place; what records acknowledge is marked so.

    Raises
    ------
    EvidenceError
        If the file of retractions cannot be read or is another one.
    """
    use_topic(base.topic)
    passed = _Run(base)
    passed.everything()
    if retractions is not None:
        passed.listed(retractions)
    found = [*base.diagnostics, *search_findings(base), *filled_in(base)]
    ledger = acknowledgement.Ledger(complete=base.base is not None)
    passed.raised.sort(key=lambda item: item.file.file)  # one file's places together
    for item in passed.raised:
        reason = ledger.reason(item.file, item.check, item.path)
        located = place_acknowledged or reason is None
        found.append(_diagnostic(item, reason, located=located))
    unneeded = catalogue()[acknowledgement.UNNEEDED]
    for file in base.files:
        for path, finding in ledger.unneeded(file, catalogue()):
            raised = Raised(unneeded, file, path, finding)
            found.append(_diagnostic(raised, None, located=True))
    return CheckReport(
        diagnostics=tuple(sorted(found)),
        records=len(base.files),
        results=sum(len(study.results) for study in base.studies),
        checks_run=passed.applied + len(base.files),
        not_loaded=len({item.place.file for item in base.diagnostics}),
        whose=base.whose,
        unread=base.unread,
    )


@lru_cache(maxsize=8)
def failing_results(base: EvidenceBase) -> dict[tuple[str, int], tuple[str, ...]]:
    """Return the results that an error is about, with the codes of the errors.

    An error about an arm is about the results of that arm and of all arms together;
    one about a measurement or an appraisal is about no result; any other error outside
    the results is about every result of its record. What a record acknowledges is no
    error.

    Parameters
    ----------
    base : EvidenceBase
        Loaded records.

    Returns
    -------
    dict
        Codes in order, by study id and index of the result.
    """
    if base.whole is not None:
        return failing_results(base.whole)
    passed = _Run(base, warnings=False)
    passed.everything()
    ledger = acknowledgement.Ledger(complete=base.base is not None)
    found: dict[tuple[str, int], set[str]] = {}
    for item in passed.raised:
        if ledger.reason(item.file, item.check, item.path) is None:
            study = item.file.study
            for path in (item.path, *item.finding.against):
                for index in _results_meant(study, path):
                    found.setdefault((study.id, index), set()).add(item.check.code)
    return {key: tuple(sorted(codes)) for key, codes in found.items()}


def _results_meant(study: Study, path: Path) -> Iterator[int]:
    """Yield the results that a finding is about, by its place in the record."""
    match path:
        case ("results", int(index), *_):
            yield index
        case ("measurements" | "appraisal", *_):
            return
        case ("arms", str(arm), *_):
            for index, result in enumerate(study.results):
                if result.arm in (None, arm):
                    yield index
        case _:
            yield from range(len(study.results))


def _diagnostic(item: Raised, reason: str | None, *, located: bool) -> Diagnostic:
    """Place a finding in its file."""
    return Diagnostic(
        item.file.place(*item.path) if located else Place(item.file.file),
        item.check.code,
        item.check.level,
        item.finding.message,
        item.finding.hint,
        reason,
    )


def checked_evidence(base: EvidenceBase, therapy: str) -> TherapyEvidence:
    """Sort out what the records say about a therapy, and which results fail a check.

    Parameters
    ----------
    base : EvidenceBase
        The records.
    therapy : str
        A name of the vocabulary.
    """
    return therapy_evidence(base.files, therapy, failing_results(base))
