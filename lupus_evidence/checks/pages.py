"""The manual pages of the checks: one for `explain`, all of them for docs/checks.md.

``python -m lupus_evidence.checks`` prints what docs/checks.md holds.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from lupus_evidence.checks.registry import registered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lupus_evidence.checks.registry import Check

#: Modules that register checks, in the order of the documentation.
_MODULES = (
    "form",
    "files",
    "counts",
    "percentages",
    "intervals",
    "sums",
    "wholes",
    "curves",
    "people",
    "spread",
    "dates",
    "references",
    "retractions",
    "overlapping",
    "undeclared",
    "quality",
    "completeness",
    "appraisals",
    "searching",
    "waiting",
    "topical",
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
    return registered()


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
