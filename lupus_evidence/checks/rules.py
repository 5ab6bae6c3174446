"""Rules as values: a code, a level, a manual page and the function that looks.

The pages serve `explain` and docs/checks.md, which ``python -m
lupus_evidence.checks`` prints.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from inspect import cleandoc
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar

from lupus_evidence.vocabulary import filled, topic

if TYPE_CHECKING:
    from lupus_evidence.records.files import Level
    from lupus_evidence.records.load import StudyFile


Path = tuple[str | int, ...]
Function = TypeVar("Function", bound="Callable[..., Any]")
Scope = Literal[
    "file",
    "study",
    "arm",
    "result",
    "measurement",
    "item",
    "distribution",
    "base",
    "claims",
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
    """One rule that records or claims files keep.

    Parameters
    ----------
    code : str
        Stable: E for an error, W for a warning, then the number.
    level : {"error", "warning"}
        Follows from the code's letter.
    scope : str
        What the function is given: ``study``, ``base``, or one part at a time. A
        ``file`` check is made while loading; ``claims`` is a claims file.
    written : str
        The manual page as written, with places for the condition's name.
    function : callable or None
        Returns a `Verdict`; None where loading itself makes the check.
    """

    code: str
    level: Level
    scope: Scope
    written: str
    function: Callable[..., Any] | None

    @property
    def page(self) -> str:
        """The manual page: title sentence, then the fixed headings."""
        return filled(self.written, topic().condition)

    def look(self, *given: Any) -> Any:  # noqa: ANN401 - a function's own
        """Return what the function finds; None where loading makes the check."""
        return self.function(*given) if self.function else None

    @property
    def title(self) -> str:
        """The first line of the page, without its full stop."""
        return self.page.partition("\n")[0].removesuffix(".")


def _level(code: str) -> Level:
    """Return the level that a code's letter stands for."""
    return "warning" if code.startswith("W") else "error"


class Registry:
    """Checks by code; a code stands for one thing."""

    def __init__(self) -> None:
        self._checks: dict[str, Check] = {}

    def document(
        self,
        code: str,
        page: str,
        scope: Scope = "file",
        function: Callable[..., Any] | None = None,
    ) -> None:
        """Register a check by its manual page; without a function, loading makes it.

        Parameters
        ----------
        code, page, scope, function
            As in `Check`.
        """
        if code in self._checks:
            raise ValueError(f"the code {code} is taken")
        self._checks[code] = Check(code, _level(code), scope, cleandoc(page), function)

    def check(self, code: str, scope: Scope) -> Callable[[Function], Function]:
        """Register a function as a check; its docstring is the manual page.

        Parameters
        ----------
        code : str
            Stable; its letter is the level.
        scope : str
            What the function is given. ``study``: the study; ``base``: all records;
            ``claims``: a claims file; else one part and its study.
        """

        def decorate(function: Function) -> Function:
            self.document(code, function.__doc__ or "", scope, function)
            return function

        return decorate

    def ordered(self) -> dict[str, Check]:
        """Return every check by its code, in order of number."""
        return dict(sorted(self._checks.items(), key=lambda x: (x[0][1:], x[0])))


#: The checks of records.
RECORDS = Registry()
check, document = RECORDS.check, RECORDS.document


#: Names in one message. A person who has dealt with so many asks again.
LISTED = 20


def share(events: float, n: float, decimals: int = 1) -> str:
    """Return ``events / n`` in percent, to as many decimals as the check needs."""
    return f"{100 * events / n:.{decimals}f} %"


def months(value: float) -> str:
    """Return a time in words, "24 months"."""
    return f"{value:g} month{'' if value == 1 else 's'}"


def people(n: int) -> str:
    """Return a number of people in words."""
    return f"{n:,} {'person' if n == 1 else 'people'}"


def few(names: Iterable[str], count: int | None = None) -> str:
    """Return names with commas, the first `LISTED` of them and how many more there are.

    Parameters
    ----------
    names : iterable of str
        Those to name.
    count : int, optional
        How many there are in all, where `names` does not hold every one.
    """
    shown = list(names)
    more = (len(shown) if count is None else count) - len(shown[:LISTED])
    text = ", ".join(shown[:LISTED])
    return f"{text} and {more:,} more" if more > 0 else text


#: Modules that register checks, in the order of the documentation.
_MODULES = (
    "files_and_fields",
    "counts",
    "percentages",
    "sums",
    "survival",
    "spread",
    "dates",
    "references",
    "retractions",
    "overlaps",
    "quality",
    "appraisals",
    "searching",
    "acknowledgement",
)

_GROUPS = {
    "1": "Files and fields",
    "2": "Arithmetic",
    "3": "Dates and times",
    "4": "References and overlap",
    "5": "Quality of a record",
    "6": "Searches and screening",
}

_INTRODUCTION = """\
# Checks

`lupus-evidence check` applies these rules to every record.
`lupus-evidence explain E203` prints one of them.
Codes with E are errors: `check` ends with exit status 1.
Codes with W are warnings, which count as errors under `--strict`.
`--select E2` leaves the codes that begin so, `--ignore E204` leaves one out; where both
name a code, the longer beginning wins.
This page is made from the checks' own docstrings.

## When the source is wrong

Papers contradict themselves, and a record says what is printed.
Where a check is right and the figure stays as printed,
the result, the measurement or the whole study acknowledges the code with a reason:

```yaml
  - endpoint: treatment-related-mortality
    events: 7
    n: 53
    percent: "12"
    acknowledged:
      E204: 7 of 53 is 13 %; the abstract prints 12 %
```

The finding is then counted as acknowledged, and `show` prints the reason.
An acknowledgement covers only its own part of the record.
One that nothing needs is reported as W509.
Problems with the file itself (E1xx) cannot be acknowledged.
"""

_SENTENCE_END = re.compile(r"(?<=[.?!]) (?=[A-Z`])")


@cache
def catalogue() -> Mapping[str, Check]:
    """Return every check by its code, in order of number."""
    for name in _MODULES:
        import_module(f"lupus_evidence.checks.{name}")
    return RECORDS.ordered()


def codes() -> tuple[str, ...]:
    """Return the codes of all checks, in order of number."""
    return tuple(catalogue())


def sections(item: Check) -> dict[str, str]:
    """Return the text under each heading of a check's page.

    Parameters
    ----------
    item : Check
        A registered check.
    """
    pieces = re.split(r"^(.+)\n-{3,}\n", item.page, flags=re.MULTILINE)
    return {
        heading: text.strip("\n")
        for heading, text in zip(pieces[1::2], pieces[2::2], strict=True)
    }


def _paragraph(text: str) -> str:
    """Put each sentence of a paragraph on a line; leave indented examples alone."""
    if text.startswith("    "):
        body = "\n".join(line[4:] for line in text.splitlines())
        return f"```yaml\n{body}\n```"
    return _SENTENCE_END.sub("\n", " ".join(text.split()))


def _one_line(text: str) -> str:
    """Put a reference on one line, whatever full stops it has."""
    return " ".join(text.split())


def _markdown(item: Check) -> str:
    """Write one check's page in Markdown."""
    parts = [f"### {item.code}: {item.title}"]
    for heading, text in sections(item).items():
        parts.append(f"**{heading}**")
        form = _one_line if heading == "Source" else _paragraph
        parts += [form(each) for each in text.split("\n\n")]
    return "\n\n".join(parts) + "\n"


def document_all() -> str:
    """Return the text of docs/checks.md."""
    parts = [_INTRODUCTION]
    group = ""
    for code, item in catalogue().items():
        if code[1] != group:
            group = code[1]
            parts.append(f"## {_GROUPS[group]}\n")
        parts.append(_markdown(item))
    return "\n".join(parts)
