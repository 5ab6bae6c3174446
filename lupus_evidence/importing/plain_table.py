"""A plain table of results, as people keep one in a spreadsheet, into records.

A study, a therapy, an outcome, events, n, months: whatever columns there are. What a
record needs besides is a blank, and so is a word or a number that cannot be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from typing import TypeVar

from lupus_evidence.documents.text import MONTHS_OF_YEAR, shortened, visible
from lupus_evidence.errors import AmbiguousNameError, EvidenceError, UnknownNameError
from lupus_evidence.importing import identifiers
from lupus_evidence.importing.citation_fields import Given, assembled
from lupus_evidence.importing.citation_table import columns_of
from lupus_evidence.importing.doubts import Doubt
from lupus_evidence.importing.field_values import Said
from lupus_evidence.importing.record_yaml import Blank, Inline, Node
from lupus_evidence.importing.reference import (
    Draft,
    is_identifier,
    record_name,
    skeleton,
    slug,
)
from lupus_evidence.importing.result_table import (
    COLUMNS,
    FOLLOWING,
    number,
    percent,
    result,
    result_places,
)
from lupus_evidence.importing.tables import (
    Heading,
    Row,
    rows_below,
    unknown_columns,
    unnamed,
    with_cells,
)
from lupus_evidence.vocabulary import AMONG
from lupus_evidence.vocabulary.resolving import Lexicon, endpoints, scopes, therapies

NameT = TypeVar("NameT", bound=str)

#: Ten times what the largest base of records has.
MAX_ROWS = 20_000
_COUNT = re.compile(r"([0-9]{1,9})(?:\.0*)?")
_SHARE = re.compile(r"([0-9]{1,9})\s*(?:/|of)\s*([0-9]{1,9})", re.IGNORECASE)
_PERCENT = re.compile(r"([0-9]{1,3}(?:[.,][0-9]{1,18})?)\s*(%?)")
_TIME = re.compile(
    r"([0-9]{1,4}(?:\.[0-9]{1,4})?)\s*(?:(m|mos?|months?)|(y|yrs?|years?))?\.?",
    re.IGNORECASE,
)
_COMMA = re.compile(r"(?<=[0-9]),(?=[0-9]+$)")
#: Characters of a cell that a message repeats.
_MAX_SHOWN = 40
_LEFT_OUT = (
    "not in the table: design, status, places, people, overlaps, notes, where each "
    "figure stands in its source (these are blanks)"
)


@dataclass
class _Study:
    """The rows of one study, and what is not understood in them."""

    label: str
    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    given: Given = field(default_factory=Given)
    doubts: list[Doubt] = field(default_factory=list)

    def ask(self, line: int, what: str, text: str, hint: str) -> None:
        """Note a word or a number that cannot be told."""
        shown = repr(shortened(text, _MAX_SHOWN))
        message = f"{what} {shown} cannot be told: it stays blank"
        self.doubts.append(Doubt("I111", visible(message), hint, line))


def read_plain(text: str, heading: Heading) -> Iterator[Draft]:
    """Yield one record for each study of a table.

    Parameters
    ----------
    text : str
        The whole file.
    heading : Heading
        Its header row, with a column for studies and one for outcomes.

    Raises
    ------
    EvidenceError
        If it is not CSV, or has more than 20,000 rows.
    """
    places = result_places(heading.cells)
    elsewhere = {"year", "doi"}
    if "interval_method" not in places:  # of whatever method, and shares or percentages
        elsewhere |= {"low", "high", "level"}
    places = {name: at for name, at in places.items() if name not in elsewhere}
    used = set(places.values())
    rows = list(islice(rows_below(text, heading), MAX_ROWS + 1))
    if len(rows) > MAX_ROWS:
        raise EvidenceError(f"more than {MAX_ROWS:,} rows are too many at once")
    others = [
        "" if at in used or name in FOLLOWING else name
        for at, name in enumerate(with_cells(heading, rows))
    ]
    cited, unknown = columns_of(others)
    doubts = unknown_columns(unknown, heading.line)
    studies: dict[str, _Study] = {}
    for row in rows:
        loose = unnamed(heading.cells, row)
        if loose is not None and not any(doubt.code == "I108" for doubt in doubts):
            doubts.append(loose)
        cells = _cells(row, places, heading.separator)
        if not any(cells.values()):
            continue
        if not cells["study"]:
            message = "a row names no study: it is not read"
            doubts.append(Doubt("I111", message, "name it", row.line))
            continue
        study = studies.setdefault(cells["study"], _Study(cells["study"]))
        study.rows.append((row.line, cells))
        _cite(study.given, row, cited, heading)
    for study in studies.values():
        study.doubts += doubts
        doubts = []
        yield _draft(study)


def _cells(row: Row, places: Mapping[str, int], separator: str) -> dict[str, str]:
    """Return a row's cells by column; what is missing is empty."""
    found = {
        name: " ".join(row.cells[at].split()) if at < len(row.cells) else ""
        for name, at in places.items()
    }
    if separator != ",":
        found = {
            name: _COMMA.sub(".", text) if name not in {"study", "printed"} else text
            for name, text in found.items()
        }
    share = _SHARE.fullmatch(found.get("events", ""))
    if share and found.get("n", "") in {"", share[2]}:
        found |= {"events": share[1], "n": share[2]}
    return found


def _cite(
    given: Given, row: Row, cited: Mapping[str, Sequence[int]], heading: Heading
) -> None:
    """Add what a row says of its study's report, unless an earlier row said it."""
    given.line = given.line or row.line
    before = set(given.fields)
    for name, columns in cited.items():
        for at in columns:
            if name not in before and at < len(row.cells):
                text = " ".join(row.cells[at].split())
                given.add(name, Said(heading.cells[at], text, row.line))


def _draft(study: _Study) -> Draft:
    """Return one study's record."""
    report = assembled(study.given)
    year = report.year or identifiers.year(study.label)
    fields = skeleton(report)
    citation = fields["citation"]
    if isinstance(citation, dict):
        citation |= {"year": year or Blank()}
        if not report.authors:
            citation["authors"] = Blank(f"the table calls it {study.label}")
    if not study.given.all("kind"):
        fields.pop("publication", None)
    arms: dict[str, Node] = {}
    results: list[Node] = [_result(study, line, row, arms) for line, row in study.rows]
    fields |= {"status": Blank(), "arms": arms, "results": results}
    if is_identifier(study.label):
        name = study.label
    else:
        name = slug(study.label) or record_name("", year, report.title or "")
    beside = [
        line
        for line, row in study.rows
        if row.get("events") and (row.get("percent") or row.get("rate"))
    ]
    notes = (
        (f"line {beside[0]}: percentages beside a count are left out",)
        if beside
        else ()
    )
    doubts = (*study.doubts, *report.doubts)
    return Draft(
        name if is_identifier(name) else "study", fields, (*notes, _LEFT_OUT), doubts
    )


def _share(study: _Study, line: int, row: Mapping[str, str]) -> Node | None:
    """Return a percentage; a blank where it may be one or a hundredth of one."""
    for name in ("percent", "rate"):
        said = row.get(name, "")
        found = _PERCENT.fullmatch(said)
        if not said:
            continue
        value = found and Decimal(found[1].replace(",", "."))
        if found and value is not None:
            if found[2] or value == 0 or (name == "percent" and value > 1):
                return number(f"{value:f}")
            if name == "rate" and value <= 1:
                return number(percent(f"{value:f}"))
        study.ask(line, f"the {name}", said, 'write it with its sign: "35%"')
        return Blank(said)
    return None


def _result(
    study: _Study, line: int, row: Mapping[str, str], arms: dict[str, Node]
) -> Node:
    """Return a row as a result, with blanks for what it does not say."""
    fields: dict[str, Node] = {
        "endpoint": _named(study, line, "the outcome", row["endpoint"], endpoints()),
        "arm": _arm(study, line, row, arms),
        "at": _time(study, line, row),
    }
    if row.get("scope"):
        fields["scope"] = _named(study, line, "the scope", row["scope"], scopes())
    share = None if row.get("events") else _share(study, line, row)
    if share is not None:
        fields |= {"n": _count(study, line, row, "n"), "percent": share}
        fields["kind"] = row.get("kind") or Blank()
    else:
        fields |= {name: _count(study, line, row, name) for name in ("events", "n")}
    among = row.get("among", "")
    if among and among not in AMONG:
        study.ask(line, "the denominator", among, f"one of {', '.join(AMONG)}")
        fields["among"] = Blank(among)
    else:
        fields["among"] = among or Blank()
    told = result(
        {name: row.get(name, "") for name in COLUMNS}, reading=bool(row.get("reading"))
    )
    estimated = {"percent", "se", "ci", "level", "kind"} if share is None else set()
    fields |= {
        name: node
        for name, node in told.items()
        if name not in fields.keys() | estimated | {"where", "events"}
    }
    fields["where"] = row.get("where") or Blank()
    return fields


def _named(
    study: _Study, line: int, what: str, words: str, lexicon: Lexicon[NameT]
) -> Node:
    """Return the one name that a cell's words mean, or a blank with the words."""
    if not words:
        return Blank()
    try:
        return lexicon.resolve_one(words)
    except (AmbiguousNameError, UnknownNameError) as error:
        study.ask(line, what, words, f"see `lupus-evidence explain {lexicon.kind}`")
        names = getattr(error, "names", ())
        near = f": {', '.join(names)}?" if isinstance(error, AmbiguousNameError) else ""
        return Blank(f"{words}{near}")


def _arm(
    study: _Study, line: int, row: Mapping[str, str], arms: dict[str, Node]
) -> Node:
    """Return the name of a row's arm, and add the arm if it is a new one."""
    words, label = row.get("therapy", ""), row.get("arm", "")
    told = label or words
    name = told if is_identifier(told) else slug(told)
    name = name if is_identifier(name) else "treated"
    if name not in arms:
        arm: dict[str, Node] = {
            "therapy": _named(study, line, "the therapy", words, therapies())
        }
        if label and label != name:
            arm["label"] = label
        arms[name] = arm | {"n": Blank()}
    return name


def _time(study: _Study, line: int, row: Mapping[str, str]) -> Node:
    """Return months where the table says that they are months, else a blank."""
    said = row.get("months") or row.get("time", "")
    if not said:
        return Blank()
    found = _TIME.fullmatch(said)
    sure = found and (found[2] or found[3] or row.get("months"))
    if not found or not sure:
        study.ask(line, "the time", said, "write it in months, and what it is")
        return Blank(said)
    months = Decimal(found[1]) * (MONTHS_OF_YEAR if found[3] else 1)
    value = number(f"{months.normalize():f}")
    basis = row.get("time_basis", "")
    return Inline({"months": value, "basis": basis}) if basis else value


def _count(study: _Study, line: int, row: Mapping[str, str], name: str) -> Node:
    """Return a number of people, or a blank with what stands there."""
    said = row.get(name, "")
    if not said:
        return Blank()
    found = _COUNT.fullmatch(said)
    if found is None:
        study.ask(line, f"the number of {name}", said, "write a whole number")
        return Blank(said)
    return int(found[1])
