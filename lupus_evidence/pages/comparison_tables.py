"""The tables of a comparison: the answer, every rate, the people, what was left out."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from lupus_evidence.compare.survival_lines import SurvivalFigure, SurvivalLine
from lupus_evidence.documents.document import Audience, Column, Table
from lupus_evidence.documents.text import NOTHING, capital, number
from lupus_evidence.documents.text import cell as cell_text
from lupus_evidence.documents.values import People, Rate, Share, Value
from lupus_evidence.pages import phrases, reasons
from lupus_evidence.vocabulary import DENOMINATORS, DESIGNS, Among, topic

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lupus_evidence.compare.cells import Cell, Row
    from lupus_evidence.compare.first_look import MainFigure, MainLine
    from lupus_evidence.compare.summary import (
        Characteristic,
        Comparison,
        TherapyPeople,
    )

#: Stands beside an interval that the prior decides.
PRIOR_MARK = "*"
#: Nothing, where a dash would say that something is missing.
BLANK = " "
#: Beside a count whose denominator is not everybody treated.
SYMBOLS = ("†", "‡", "§", "¶")
#: Where no study speaks of something, and where a curve has ended or there is none.
NO_STUDY, NO_CURVE = "no study", "no curve"
#: As many therapies have columns side by side on 80 columns; more stand below another.
SIDE_BY_SIDE = 2


def answer_table(
    therapies: Sequence[str],
    lines: Sequence[MainLine],
    survival: Sequence[SurvivalLine] = (),
) -> tuple[Table, dict[Among, str]]:
    """Return the answer: a line for each outcome with every therapy's rate and people.

    Parameters
    ----------
    therapies : sequence of str
        In the order asked.
    lines : sequence of MainLine
        The outcomes.
    survival : sequence of SurvivalLine
        Survival from curves; it comes first.

    Returns
    -------
    Table
        With columns for each therapy; with a line for each of them where there are
        more than two.
    dict of str to str
        Symbols in it, by the kind of denominator that they stand for.
    """
    kinds = dict.fromkeys(
        kind
        for figures in (
            *(line.beside for line in survival),
            *(line.figures for line in lines),
        )
        for found in figures
        if found is not None and (kind := _leaving_out(found.cell))
    )
    symbols = dict(zip(kinds, SYMBOLS, strict=False))
    if len(therapies) > SIDE_BY_SIDE:
        return _below_another(therapies, lines, survival, symbols), symbols
    columns = [*_QUESTION]
    for name in therapies:
        columns.append(Column(f"{name}_rate", name, f"Rate with its interval, {name}"))
        columns.append(Column(f"{name}_people", "people", f"People given {name}"))
    rows: list[dict[str, Value]] = []
    both = told_twice(lines, survival)
    for place, at in enumerate(survival):
        counted = BLANK if place else curved_outcome(at, told_twice=both)
        rows.append({"outcome": counted, "months": number(at.months)})
        for name, figure in zip(therapies, at.figures, strict=True):
            rows[-1] |= _figure(name, figure, symbols, NO_CURVE if both else NO_STUDY)
    before = ""
    for line in lines:
        counted = _counted(line)
        bands = dict.fromkeys(f.row.band for f in line.figures if f is not None)
        row: dict[str, Value] = {
            "outcome": BLANK if counted == before else counted,
            "months": "/".join(map(phrases.months, bands)),
        }
        for name, found in zip(therapies, line.figures, strict=True):
            row |= _figure(name, found, symbols)
        rows.append(row)
        before = counted
    return Table("answer", tuple(columns), tuple(rows), empty=EMPTY), symbols


_QUESTION = (
    Column("outcome", "", "What is counted", wrap=True),
    Column("months", "months", "Time band", align="right"),
)
#: What stands beside the people of a figure that comes from a curve.
CURVE_MARK = "~"
#: What tells such a figure from one of the studies of a time.
ONE_CURVE = "one curve"
EMPTY = "No study of these therapies gives a figure that can be used."


def told_twice(lines: Sequence[MainLine], survival: Sequence[SurvivalLine]) -> bool:
    """Tell whether what a curve tells is told by the studies of each time too.

    Parameters
    ----------
    lines : sequence of MainLine
        What the studies of each time tell.
    survival : sequence of SurvivalLine
        What curves tell.
    """
    return {line.endpoint for line in survival} <= {line.endpoint for line in lines}


def curved_outcome(line: SurvivalLine, *, told_twice: bool) -> str:
    """Return what a curve tells, in few words.

    Parameters
    ----------
    line : SurvivalLine
        The line.
    told_twice : bool
        Whether the studies of each time tell it too.
    """
    known = topic().endpoints[line.endpoint]
    counted = capital(known.brief or known.label)
    return f"{counted}, {ONE_CURVE}" if told_twice else counted


def _below_another(
    therapies: Sequence[str],
    lines: Sequence[MainLine],
    survival: Sequence[SurvivalLine],
    symbols: dict[Among, str],
) -> Table:
    """Return the answer with a line for each therapy."""
    rows: list[dict[str, Value]] = []
    both = told_twice(lines, survival)
    for at in survival:
        counted = curved_outcome(at, told_twice=both)
        for place, name in enumerate(therapies):
            figure = at.figures[place]
            nothing = NO_CURVE if both else NO_STUDY
            values = _figure(name, figure, symbols, nothing)
            rows.append(
                {
                    "outcome": BLANK if place else counted,
                    "therapy": name,
                    "months": number(at.months),
                    "rate": values[f"{name}_rate"],
                    "people": values[f"{name}_people"],
                }
            )
    for line in lines:
        for place, name in enumerate(therapies):
            found = line.figures[place]
            values = _figure(name, found, symbols)
            rows.append(
                {
                    "outcome": BLANK if place else _counted(line),
                    "therapy": name,
                    "months": phrases.months(found.row.band) if found else BLANK,
                    "rate": values[f"{name}_rate"],
                    "people": values[f"{name}_people"],
                }
            )
    columns = (
        _QUESTION[0],
        Column("therapy", "with", "What the people were given"),
        _QUESTION[1],
        Column("rate", "rate", "Rate with its interval"),
        Column("people", "people", "People it rests on"),
    )
    return Table("answer", columns, tuple(rows), empty=EMPTY)


def _figure(
    therapy: str,
    found: MainFigure | SurvivalFigure | None,
    symbols: dict[Among, str],
    nothing: str = NO_STUDY,
) -> dict[str, Value]:
    """Return one therapy's cells of a line."""
    if found is None:
        return {f"{therapy}_rate": nothing, f"{therapy}_people": BLANK}
    if isinstance(found, SurvivalFigure):
        figure = found.figure
        return {
            f"{therapy}_rate": Rate(figure.estimate, *figure.ci, compact=True),
            f"{therapy}_people": People(
                None, found.people, len(found.studies), mark=CURVE_MARK
            ),
        }
    cell = found.cell
    kind = _leaving_out(cell)
    people = phrases.people_of(cell)
    if kind is not None:
        mark = symbols.get(kind, DENOMINATORS[kind].mark)
        people = replace(people, mark=mark)
    return {
        f"{therapy}_rate": phrases.rate_of(cell, compact=True),
        f"{therapy}_people": people if cell.k else BLANK,
    }


def _leaving_out(cell: Cell) -> Among | None:
    """Return the kind of denominator of a figure that leaves some treated out."""
    kind = cell.selection.kind
    return kind if cell.k and kind and DENOMINATORS[kind].mark else None


def _counted(line: MainLine) -> str:
    """Return what is counted and judged on what, in few words."""
    endpoint = topic().endpoints[line.endpoint]
    scopes = dict.fromkeys(f.row.scope for f in line.figures if f is not None)
    judged = "" if set(scopes) == {topic().whole} else f", {'/'.join(scopes)}"
    return f"{capital(endpoint.brief or endpoint.label)}{judged}"


def rates_table(comparison: Comparison) -> Table:
    """Return every rate: a line for each therapy at each endpoint and time.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    """
    certainty = phrases.one_level(comparison.rows) is None
    rows = tuple(_lines(comparison, certainty=certainty))
    blank = BLANK if any(row.get("besides") for row in rows) else None
    columns = (
        Column("question", "", "Endpoint and scope"),
        Column("months", "months", "Time band", align="right"),
        Column("therapy", "with", "What the people were given"),
        Column("people", "people", "People, and whom the rate leaves out", wrap=True),
        Column("rate", "rate", "Rate with its interval"),
        Column("besides", "also", "Over all people; a new centre", wrap=True),
        Column("certainty", "certainty", "How sure anyone can be"),
    )
    return Table(
        "rates",
        columns,
        tuple({**row, "besides": row.get("besides") or blank} for row in rows),
        group_by="question",
        empty=EMPTY,
    )


def _lines(comparison: Comparison, *, certainty: bool) -> Iterator[dict[str, Value]]:
    """Yield a line for each figure, and one for each therapy without any."""
    for (endpoint, scope), group in groupby(
        comparison.rows, key=lambda row: (row.endpoint, row.scope)
    ):
        question = phrases.question(endpoint, scope)
        answered = set()
        for row in group:
            for cell in row.cells:
                if cell.k or cell.selection.excluded:
                    answered.add(cell.therapy)
                    yield {"question": question, **_line(row, cell, certainty)}
        for therapy in comparison.therapies:
            if therapy not in answered:
                yield {"question": question, "therapy": therapy, "rate": "no study"}


def _line(row: Row, cell: Cell, certainty: bool) -> dict[str, Value]:
    """Return one figure."""
    rate = phrases.rate_of(cell)
    if isinstance(rate, Rate) and phrases.prior_decides(cell):
        rate = f"{phrases.figure_of(cell)}{PRIOR_MARK}"
    return {
        "months": phrases.months(row.band),
        "therapy": cell.therapy,
        "people": phrases.people_and_mark(cell) if cell.k else None,
        "rate": rate,
        "besides": "; ".join(phrases.besides(cell)) or None,
        "certainty": cell.certainty.level if cell.certainty and certainty else None,
    }


def left_out_table(comparison: Comparison, *, names: bool = False) -> Table:
    """Return how many published results are in no figure, by reason.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    names : bool
        Whether to name the studies on the screen.
    """
    audience: Audience = "both" if names else "data"
    return Table(
        "left_out",
        (
            Column("therapy", "", "Therapy"),
            Column("reason", "reason", "Why", wrap=True),
            Column("results", "results", "How many", align="right"),
            Column("studies", "studies", "Of how many studies", align="right"),
            Column("names", "names", "Of which studies", audience, wrap=True),
        ),
        tuple(
            {
                "therapy": item.therapy,
                "reason": reasons.label(item.reason),
                "results": item.results,
                "studies": len(item.studies),
                "names": ", ".join(item.studies),
            }
            for item in comparison.left_out
        ),
        group_by="therapy",
        empty="No published result of these therapies is left out.",
    )


def _characteristics() -> Iterator[tuple[str, str]]:
    """Yield what is told of people, by key, with its words."""
    now = topic()
    yield "age", "age in years"
    yield "female", "women and girls"
    for name, group in now.groups.items():
        if group.brief:
            yield name, group.label
    if now.score is not None:
        yield now.score.field, f"{now.score.label} at the start"
    yield "follow_up", "follow-up in months"


def people_table(comparison: Comparison) -> Table:
    """Return who the people were, one row for each characteristic.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    """
    columns = (
        Column("characteristic", "", "What is described"),
        *(
            Column(people.therapy, people.therapy, "Over its studies", wrap=True)
            for people in comparison.people
        ),
    )
    sides = [dict(_described(item)) for item in comparison.people]
    designs = [dict(item.designs) for item in comparison.people]
    for design in DESIGNS:
        if any(design in counts for counts in designs):
            name = f"design: {design.replace('-', ' ')}"
            for side, counts in zip(sides, designs, strict=True):
                side[name] = counts.get(design, 0)
    rows = tuple(
        {
            "characteristic": name,
            **{
                people.therapy: side[name]
                for people, side in zip(comparison.people, sides, strict=True)
            },
        }
        for name in sides[0]
    )
    return Table("people", columns, rows)


def _described(people: TherapyPeople) -> Iterator[tuple[str, Value]]:
    """Yield each characteristic of a therapy's people."""
    known = {item.key: item for item in people.characteristics}
    studies = len(people.studies)
    yield "studies", studies
    yield "people, nobody twice", people.people
    for key, label in _characteristics():
        item = known.get(key)
        count = f", {len(item.studies)} of {studies}" if item else ""
        yield label, f"{_spread(item)}{count}" if item else "no study says"
    yield "earlier treatment failed", People(len(people.refractory), studies)
    yield "countries", ", ".join(people.countries) or None
    yield "treated in", _years(people.recruited)
    yield "published in", _years(people.published)


def _spread(item: Characteristic) -> str:
    """Return the middle of a characteristic and its range."""
    share = item.key in {"female", *topic().groups}
    if item.lowest == item.highest:
        return cell_text(Share(item.middle) if share else item.middle)
    if share:
        return cell_text(Rate(item.middle, item.lowest, item.highest))
    return f"{number(item.middle)} ({number(item.lowest)} to {number(item.highest)})"


def _years(span: tuple[int, int] | None) -> str:
    """Return "1996 to 2015"."""
    if span is None:
        return NOTHING
    return str(span[0]) if span[0] == span[1] else f"{span[0]} to {span[1]}"
