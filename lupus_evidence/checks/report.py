"""What `check` found, counted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupus_evidence.diagnostics import Diagnostic, Level
    from lupus_evidence.unread import Unread


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
            chosen = longest(code, select) if select else 0
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
