"""Tables of results: what their columns are called, and a row as a record's result."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache

from lupus_evidence.importing.citation_table import heading
from lupus_evidence.importing.record_yaml import Blank, Inline, Node, Scalar
from lupus_evidence.records.study_parts import SPECIFIC
from lupus_evidence.vocabulary import topic

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
#: Headings of plain tables, as `citation_table.heading` writes them, by what they are
#: here. A time of which the heading does not say that it is in months is "time".
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


#: A whole number; a spreadsheet may have given it decimals.
_WHOLE = re.compile(r"(-?[0-9]{1,15})(\.0*)?")
_DECIMAL = re.compile(r"[0-9]{1,15}\.[0-9]{1,15}")
#: What records leave out because it is so unless they say otherwise.
_USUAL = {
    "kind": "count",
    "level": "95",
    "time_basis": "visit",
}
#: Most decimals of a printed number.
_MAX_DECIMALS = 10


def number(text: str) -> Scalar:
    """Return a number as records write it; other text stays, for `check` to name."""
    whole = _WHOLE.fullmatch(text)
    if whole:
        return int(whole[1])
    return Decimal(text) if _DECIMAL.fullmatch(text) else text


def percent(proportion: str) -> str:
    """Return the percentage whose hundredth is this proportion.

    Trailing zeros are lost: 0.52 may have been printed as 52 % or as 52.0 %.

    Parameters
    ----------
    proportion : str
        A number in 0-1, written in full precision.

    Returns
    -------
    str
        In 0-100 with the fewest decimals; another text stays as it is.

    Examples
    --------
    >>> percent("0.29"), percent("0.875")
    ('29', '87.5')
    """
    try:
        value = float(proportion)
    except ValueError:
        return proportion
    if not math.isfinite(value):
        return proportion
    for decimals in range(_MAX_DECIMALS):
        text = f"{value * 100:.{decimals}f}"
        if float(text) / 100 == value:
            return text
    return f"{value * 100:.{_MAX_DECIMALS}f}"


def time(row: Mapping[str, str]) -> Node | None:
    """Return the time of a result as records write it."""
    months, basis = row["months"], row["time_basis"]
    if months and basis in {"", _USUAL["time_basis"]}:
        return number(months)
    values: dict[str, Scalar] = {"months": number(months)} if months else {}
    if basis:
        values["basis"] = basis
    return Inline(values) if values else None


def result(row: Mapping[str, str], *, reading: bool) -> dict[str, Node]:
    """Return a row as a result; empty cells and what goes without saying left out.

    Parameters
    ----------
    row : mapping of str to str
        Cells by column, as `tables.cell` returns them.
    reading : bool
        Whether the result says how it was seen because the record cannot.
    """
    fields: dict[str, Node] = {"endpoint": row["endpoint"] or Blank()}
    fields |= _texts(row, "name", "arm", "scope")
    at = time(row)
    if at is not None:
        fields["at"] = at
    for key in ("events", "n"):
        if row[key]:
            fields[key] = number(row[key])
    fields |= _texts(row, "among")
    if row["rate"] and not (row["events"] and row["n"]):
        fields |= _estimate(row)
    fields |= _texts(row, "kind")
    if row[SPECIFIC].lower() not in {"", "true"}:
        said = row[SPECIFIC]
        fields[topic().condition.specific] = False if said.lower() == "false" else said
    fields |= _texts(row, "subgroup", "printed", "definition", "where")
    return fields | (_texts(row, "reading") if reading else {})


def _usual(key: str) -> str | None:
    """Return what records leave out because it is so unless they say otherwise."""
    return topic().whole if key == "scope" else _USUAL.get(key)


def _texts(row: Mapping[str, str], *keys: str) -> dict[str, Node]:
    """Return the cells that say something of their own."""
    return {key: row[key] for key in keys if row[key] not in {"", _usual(key)}}


def _estimate(row: Mapping[str, str]) -> dict[str, Node]:
    """Return a percentage with its interval, or a blank for its standard error."""
    fields: dict[str, Node] = {"percent": percent(row["rate"])}
    if row["interval_method"].endswith("effective people"):
        fields["se"] = Blank("standard error in percentage points: not in the CSV")
    if row["interval_method"] == "as printed" and row["low"] and row["high"]:
        fields["ci"] = (_end(row["low"]), _end(row["high"]))
        if row["level"] not in {"", _USUAL["level"]}:
            fields["level"] = number(row["level"])
    return fields


def _end(proportion: str) -> Node:
    """Return an end of a printed interval, or a blank where the CSV may have cut it."""
    said = percent(proportion)
    if said in {"0", "100"}:
        return Blank(f"{said}, or beyond it: the CSV cuts intervals there")
    return said
