"""What the columns of a table of results are called, in our own and in plain ones."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from lupus_evidence.importing.columns import heading
from lupus_evidence.vocabulary import topic
from lupus_evidence.worded import SPECIFIC

if TYPE_CHECKING:
    from collections.abc import Sequence

#: The columns that are read; family, band, when and caution follow from the rest.
COLUMNS = (
    "study",
    "therapy",
    "endpoint",
    "name",
    "scope",
    "months",
    "time_basis",
    "events",
    "n",
    "among",
    "rate",
    "low",
    "high",
    "level",
    "interval_method",
    "printed",
    "kind",
    SPECIFIC,
    "subgroup",
    "arm",
    "definition",
    "reading",
    "where",
    "year",
    "doi",
)
#: Columns of our own that say nothing which the others do not.
FOLLOWING = frozenset({"family", "band", "when", "caution", "bias", "bias_tool"})
#: Headings of plain tables, as `columns.heading` writes them, by what they are here.
#: A time of which the heading does not say that it is in months is "time".
_PLAIN = {
    "study": "study; study id; study name; study label; trial; report; paper",
    "therapy": "therapy; treatment; intervention; exposure; regimen",
    "endpoint": "endpoint; end point; outcome; outcome measure; outcome name",
    "events": """
        events; event; responders; number of events; no. of events; n events
        events (n); successes; number with event; n with event
        """,
    "n": """
        n; total; sample size; patients; participants; number of patients
        no. of patients; denominator; n total; total n
        number of participants; people; subjects
        """,
    "months": """
        months; month; time (months); at (months); time point (months); months of visit
        timepoint (months); visit (months)
        """,
    "time": """
        time; at; time point; timepoint; follow-up; follow up; follow-up (months)
        median follow-up; median follow-up (months); visit; follow-up (years); years
        follow up (months); time (years)
        """,
    "percent": """
        percent; percentage; %; rate (%); proportion (%); events (%); rate %; per cent
        """,
    "arm": "arm; group; cohort",
    "where": "where; place; page of result; table or page",
    "scope": "scope; organ",
    "among": "among; denominator kind",
}
_RESULTS = frozenset({"events", "n", "percent", "rate", "printed"})


@cache
def _names() -> dict[str, str]:
    """Return what is below each heading."""
    names = {heading(name): name for name in COLUMNS}
    for column, words in _PLAIN.items():
        for word in re.split(r"[;\n]", words):
            if word.strip():
                names.setdefault(word.strip(), column)
    return names


def our_column(name: str) -> str:
    """Return a column's name, that of the condition as the models call it.

    Parameters
    ----------
    name : str
        As a header has it.
    """
    return SPECIFIC if name == topic().condition.specific else name


def result_places(header: Sequence[str]) -> dict[str, int]:
    """Return the place of each column that says something of a result.

    Parameters
    ----------
    header : sequence of str
        A table's first row; of two columns of one kind the first counts.
    """
    found: dict[str, int] = {}
    for at, name in enumerate(header):
        column = _names().get(heading(our_column(name)))
        if column is not None:
            found.setdefault(column, at)
    return found


def is_own(header: Sequence[str]) -> bool:
    """Tell whether a row is the header that ``table -f csv`` writes."""
    return set(COLUMNS) <= set(map(our_column, header))


def is_of_results(header: Sequence[str]) -> bool:
    """Tell whether a row is the header of a table of results."""
    if {"study", "endpoint"} <= set(header):
        return True
    found = result_places(header).keys()
    return {"study", "endpoint"} <= found and not _RESULTS.isdisjoint(found)
