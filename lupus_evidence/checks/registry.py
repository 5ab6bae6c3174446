"""Checks as values: a code, a level, a manual page and the function that looks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from inspect import cleandoc
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from lupus_evidence.vocabulary import filled, topic

if TYPE_CHECKING:
    from lupus_evidence.diagnostics import Level
    from lupus_evidence.load import StudyFile

Path = tuple[str | int, ...]
Scope = Literal[
    "file", "study", "arm", "result", "measurement", "item", "distribution", "base"
]

#: The headings of every manual page, in this order.
HEADINGS = ("What it checks", "Why it matters", "Example", "Source")


class Finding(NamedTuple):
    """One thing that a check found.

    Parameters
    ----------
    path : tuple of str or int
        Keys and indexes below the part that the check was given.
    message : str
        One sentence with the figures.
    hint : str
        What to do about it.
    file : StudyFile or None
        The record meant; only checks of the whole base say so.
    against : tuple of (tuple of str or int)
        Paths of what it contradicts: either may be the wrong one.
    """

    path: Path
    message: str
    hint: str = ""
    file: StudyFile | None = None
    against: tuple[Path, ...] = ()


#: What a check returns: None if there was nothing to look at, else what it found.
Verdict = Sequence[Finding] | None

#: The check looked and found nothing.
FINE: Verdict = ()


@dataclass(frozen=True)
class Check:
    """One rule that records keep.

    Parameters
    ----------
    code : str
        Stable: E for an error, W for a warning, then the number.
    level : {"error", "warning"}
        Follows from the code's letter.
    scope : str
        What the function is given: ``study``, ``base``, or one part at a time. A
        ``file`` check is made while loading.
    written : str
        The manual page as written, with places for the condition's name.
    function : callable or None
        Returns a `Verdict`; None where loading itself makes the check.
    """

    code: str
    level: Level
    scope: Scope
    written: str
    function: Callable[..., Verdict] | None

    @property
    def page(self) -> str:
        """The manual page: title sentence, then the fixed headings."""
        return filled(self.written, topic().condition)

    @property
    def title(self) -> str:
        """The first line of the page, without its full stop."""
        return self.page.partition("\n")[0].removesuffix(".")


_checks: dict[str, Check] = {}


def _register(check_: Check) -> None:
    """Add a check; a code stands for one thing."""
    if check_.code in _checks:
        raise ValueError(f"the code {check_.code} is taken")
    _checks[check_.code] = check_


def _level(code: str) -> Level:
    """Return the level that a code's letter stands for."""
    return "error" if code.startswith("E") else "warning"


def document(code: str, page: str) -> None:
    """Register a check that loading makes, by its manual page alone."""
    _register(Check(code, _level(code), "file", cleandoc(page), None))


def check(
    code: str, scope: Scope
) -> Callable[[Callable[..., Verdict]], Callable[..., Verdict]]:
    """Register a function as a check; its docstring is the manual page.

    Parameters
    ----------
    code : str
        Stable; its letter is the level.
    scope : str
        What the function is given. ``study``: the study; ``base``: all records; else
        one part and its study.
    """

    def decorate(function: Callable[..., Verdict]) -> Callable[..., Verdict]:
        page = cleandoc(function.__doc__ or "")
        _register(Check(code, _level(code), scope, page, function))
        return function

    return decorate


def registered() -> dict[str, Check]:
    """Return every check by its code, in order of number."""
    ordered: Any = sorted(_checks.items(), key=lambda item: (item[0][1:], item[0]))
    return dict(ordered)
