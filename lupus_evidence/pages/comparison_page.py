"""A comparison as a document: the answer on one screen, the rest in named sections."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from lupus_evidence.compare.cells import Pooled
from lupus_evidence.compare.certainty import HIGHEST_UNJUDGED
from lupus_evidence.compare.findings_table import findings_table
from lupus_evidence.compare.first_look import MainLine, shown_lines, without_answered
from lupus_evidence.documents.text import number
from lupus_evidence.pages import reasons
from lupus_evidence.pages.caveats import (
    doubted_studies,
    reading_marks,
    studies_compared,
    times_told,
)
from lupus_evidence.pages.comparison_tables import (
    answer_table,
    left_out_table,
    people_table,
    rates_table,
)
from lupus_evidence.pages.phrases import (
    cell_title,
    figures,
    named,
    one_level,
    too_different,
)
from lupus_evidence.pages.reasons import certainty_groups, of_rates, unjudged
from lupus_evidence.pages.sensitivity_tables import sensitivity_tables
from lupus_evidence.pages.summary_of_findings import findings_tables, findings_told
from lupus_evidence.pages.templates import document
from lupus_evidence.pages.trials import (
    PooledQuestion,
    cited_trials,
    pooled_questions,
    single_trials,
    trial_pairs,
    trial_table,
    trials_beside,
    trials_table,
)
from lupus_evidence.vocabulary import DENOMINATORS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from lupus_evidence.compare.cells import (
        Cell,
        Certainty,
        Contrast,
        Domain,
        Downgrade,
        Row,
    )
    from lupus_evidence.compare.summary import (
        Comparison,
        Explanation,
        RegisteredTrial,
    )
    from lupus_evidence.documents.document import Document, Table
    from lupus_evidence.evidence.selection import Excluded
    from lupus_evidence.evidence.study_numbers import StudyNumber

#: What one can ask for by name, in the order of the page.
SECTIONS = (
    "findings",
    "trials",
    "rates",
    "plain",
    "differences",
    "certainty",
    "people",
    "left-out",
    "registered",
    "sensitivity",
    "explain",
    "receipt",
)
#: What says the answer again, has to be worked out anew, or names every study of every
#: figure: on request.
ON_REQUEST = frozenset({"findings", "differences", "sensitivity", "explain"})
#: Everything else.
FULL = tuple(name for name in SECTIONS if name not in ON_REQUEST)


@dataclass(frozen=True)
class ToldLine:
    """A main line with the therapies that have no figure on it."""

    figures: tuple[object, ...]
    row: Row
    together: bool
    silent: tuple[str, ...]


@dataclass(frozen=True)
class ToldDifference:
    """An unadjusted difference with its two sides."""

    row: Row
    contrast: Contrast
    first: Cell
    second: Cell


@dataclass(frozen=True)
class RegisteredTrials:
    """One therapy's trials without a result, and how many people they have."""

    therapy: str
    trials: tuple[RegisteredTrial, ...]
    people: int
    unknown: int


@dataclass(frozen=True)
class ToldCell:
    """What became of every study of one cell."""

    row: Row
    cell: Cell
    counted: list[StudyNumber]
    left_out: list[Excluded]
    silent: list[tuple[str, list[str]]]
    spread: object
    priors: list[tuple[float, tuple[float, float]]]
    downgrades: list[ToldDowngrade]


@dataclass(frozen=True)
class ToldDowngrade:
    """What one of GRADE's domains takes, each reason as a phrase."""

    domain: Domain
    levels: int
    why: list[str]


def comparison_document(
    comparison: Comparison,
    explanations: Sequence[Explanation] = (),
    *,
    every: bool = False,
    sections: Collection[str] = (),
    answer: bool = True,
    findings: bool = False,
) -> Document:
    """Return a comparison as a page.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    explanations : sequence of Explanation
        What became of each study in each cell, for the section "explain".
    every : bool
        Whether the answer has a line for every row; otherwise for the main outcomes.
    sections : collection of str
        Which of `SECTIONS` follow.
    answer : bool
        Whether the answer itself comes first.
    findings : bool
        Whether the answer is a summary of findings, as manuscripts have it; what it
        rests on then follows.
    """
    lines = shown_lines(comparison.rows, every=every)
    if not every:
        lines = comparison.survival.beside(lines)
    page = _answer(comparison, lines, shown=answer, every=every, findings=findings)
    if answer and findings:
        sections = {*sections, "receipt"} - {"findings"}
    if sections:  # a template that is not needed is not compiled
        parts = _parts(comparison, lines, explanations, sections, every=every)
        page = replace(page, blocks=(*page.blocks, *parts.blocks))
    return page


def _answer(
    comparison: Comparison,
    lines: Sequence[MainLine],
    *,
    shown: bool,
    every: bool,
    findings: bool,
) -> Document:
    """Return the title and, where it is shown, the answer."""
    summary = findings_table(comparison, every=every) if shown and findings else None
    cited = cited_trials(comparison)
    pairs = trial_pairs(comparison, cited)
    if pairs and not every:
        lines = without_answered(lines, comparison.answering)
    survival = comparison.survival.lines
    if every:
        survival = tuple(line.alone for line in survival)
    table, symbols = answer_table(comparison.therapies, lines, survival)
    cells = [f.cell for line in lines for f in line.figures if f and f.cell.k]
    cells += [f.cell for line in survival for f in line.beside if f.cell.k]
    curved = [figure for line in survival for figure in line.curved]
    kind = studies_compared(comparison)
    sure: tuple[Iterable[Certainty | None], ...] = (
        (summary.of_effects, summary.of_rates)
        if summary
        else (
            (x.certainty for x in comparison.answering),
            (*(x.certainty for x in curved), *(c.certainty for c in cells)),
        )
    )
    levels = map(certainty_groups, ("effect", "figure"), sure)
    return document(
        "answer.j2",
        {"answer": table}
        | {pair.table: trials_table(pair.answers) for pair in pairs}
        | (findings_tables(summary) if summary else {}),
        answer=shown,
        findings=findings_told(summary) if summary else None,
        highest_unjudged=HIGHEST_UNJUDGED,
        pairs=pairs,
        lines=[*survival, *lines],
        curved=comparison.survival.endpoint if curved else "",
        method=comparison.receipt.method,
        therapies=comparison.therapies,
        names=list(map(named, comparison.therapies)),
        kind=replace(kind, both=tuple(cited.get(one, one) for one in kind.both)),
        cited=cited,
        beside=trials_beside(comparison, cited),
        vary=any(map(too_different, cells)),
        concern=doubted_studies(comparison, cells),
        several_times=any(not line.together for line in lines),
        pooled=next(
            ((c.selection.people, c.k) for c in cells if isinstance(c.figure, Pooled)),
            None,
        ),
        estimated=any(
            c.selection.included[0].form == "effective" for c in cells if c.k == 1
        ),
        symbols=[(sign, DENOMINATORS[kind].words) for kind, sign in symbols.items()],
        levels_shown=list(chain.from_iterable(levels)),
        level=number(comparison.receipt.level * 100),
        more=_more(every=every),
    )


def _parts(
    comparison: Comparison,
    lines: Sequence[MainLine],
    explanations: Sequence[Explanation],
    sections: Collection[str],
    *,
    every: bool,
) -> Document:
    """Return the parts that were asked for, as a page of their own."""
    rows = comparison.rows
    sensitivity = {item.name: item for item in _sensitivity(comparison, sections)}
    tables = dict(sensitivity)
    if "rates" in sections:
        tables["rates"] = rates_table(comparison)
    if "people" in sections:
        tables["people"] = people_table(comparison)
    if "left-out" in sections:
        tables["left_out"] = left_out_table(comparison, names="explain" in sections)
    summary = (
        findings_table(comparison, every=every) if "findings" in sections else None
    )
    if summary:
        tables |= findings_tables(summary)
    cited = cited_trials(comparison)
    pooled: list[PooledQuestion] = []
    if "trials" in sections:
        pooled = pooled_questions(comparison, cited)
        tables |= {item.table: trial_table(item.answer, cited) for item in pooled}
    return document(
        "comparison.j2",
        tables,
        sections=sections,
        findings=findings_told(summary) if summary else None,
        pooled=pooled,
        trials=single_trials(comparison),
        doses=comparison.doses,
        lines=[_told(line, comparison.therapies) for line in lines],
        curved=comparison.survival.endpoint,
        survival=_survival(comparison) if {"plain", "explain"} & {*sections} else [],
        rows=rows,
        marks=reading_marks(figures(rows), {row.band for row in rows}),
        one_level=one_level(rows),
        certainties=[
            *certainty_groups("figure", of_rates(comparison)),
            *certainty_groups("effect", (item.certainty for item in comparison.trials)),
        ],
        unjudged=unjudged(comparison),
        highest_unjudged=HIGHEST_UNJUDGED,
        level=number(comparison.receipt.level * 100),
        method=comparison.receipt.method,
        differences=list(_differences(rows)),
        one_trial=any(map(_one_trial, rows)),
        times=times_told(comparison),
        contradictory=contradictory_sources(rows),
        unanswered=comparison.unanswered,
        reporting=_reporting,
        registered=_registered(comparison),
        overdue=_overdue(comparison),
        sensitivity=list(sensitivity),
        explanations=[_told_cell(item) for item in explanations],
        cell_title=cell_title,
        receipt=comparison.receipt,
    )


def _survival(comparison: Comparison) -> list[str]:
    """Return each therapy's curve as a sentence."""
    from lupus_evidence.pages.survival_curves import answer_told

    answers = comparison.survival.answers
    curved = (item for item in answers if item.curve is not None)
    return [answer_told(item) for item in curved]


def _more(*, every: bool) -> list[str]:
    """Return what one can ask for next."""
    words = ["--people", "--trials", "--left-out", "--certainty", "--explain"]
    return [*([] if every else ["--all"]), *words, "--full"]


def _told(line: MainLine, therapies: Sequence[str]) -> ToldLine:
    """Return a main line for a sentence."""
    silent = tuple(
        name
        for name, found in zip(therapies, line.figures, strict=True)
        if found is None or not found.cell.k
    )
    known = [f for f in line.figures if f is not None and f.cell.k]
    row = max(
        (f.row for f in known),
        key=lambda row: sum(f.row is row for f in known),
        default=line.row,
    )
    together = len({id(f.row) for f in known}) < 2  # noqa: PLR2004 - two rows differ
    return ToldLine(line.figures, row, together, silent)


def _differences(rows: Sequence[Row]) -> Iterator[ToldDifference]:
    """Yield the unadjusted differences that the model has an estimate of."""
    for row in rows:
        cells = {cell.therapy: cell for cell in row.cells}
        for contrast in row.contrasts:
            if contrast.indirect.risk_difference.estimate is not None:
                sides = cells[contrast.first], cells[contrast.second]
                yield ToldDifference(row, contrast, *sides)


def _one_trial(row: Row) -> bool:
    """Tell whether several figures of a row all rest on one and the same study."""
    sides = [{item.study for item in cell.selection.included} for cell in row.cells]
    known = [side for side in sides if side]
    return len(known) > 1 and len(known[0]) == 1 and all(s == known[0] for s in known)


def contradictory_sources(rows: Sequence[Row]) -> tuple[str, ...]:
    """Return the studies behind these rows whose sources contradict themselves.

    Parameters
    ----------
    rows : sequence of Row
        Rows that are shown.

    Returns
    -------
    tuple of str
        Ids of records with a discrepancy, in order.
    """
    included = (
        item for row in rows for cell in row.cells for item in cell.selection.included
    )
    return tuple(sorted({i.study for i in included if i.record.discrepancies}))


def _reporting(row: Row) -> list[tuple[str, int]]:
    """Return each therapy with the number of its studies that speak about a row."""
    counts = [
        (cell.therapy, len({item.study for item in cell.selection.excluded}))
        for cell in row.cells
    ]
    return [pair for pair in counts if pair[1]]


def _registered(comparison: Comparison) -> list[RegisteredTrials]:
    """Return the trials without results, by therapy."""
    found = []
    for therapy in comparison.therapies:
        trials = tuple(i for i in comparison.registered if therapy in i.therapies)
        if trials:
            people = sum(item.people or 0 for item in trials)
            unknown = sum(item.people is None for item in trials)
            found.append(RegisteredTrials(therapy, trials, people, unknown))
    return found


def _overdue(comparison: Comparison) -> list[RegisteredTrial]:
    """Return the silent trials that are past their end, the longest silent first."""
    past = (i for i in comparison.registered if i.silence and i.silence.overdue)
    return sorted(past, key=lambda i: -i.silence.months if i.silence else 0)


def _sensitivity(comparison: Comparison, sections: Collection[str]) -> Iterator[Table]:
    """Yield the sensitivity analyses, if they were asked for."""
    if "sensitivity" in sections:
        yield from sensitivity_tables(
            comparison, comparison.rows, differences="differences" in sections
        )


def _told_cell(item: Explanation) -> ToldCell:
    """Return what became of every study of a cell."""
    cell, considered = item.cell, item.considered
    silent: dict[str, list[str]] = {}
    for one in considered:
        if one.reason is not None:
            why = reasons.why(one.reason, one.particulars)
            silent.setdefault(why, []).append(one.study)
    spread = cell.figure.estimate if isinstance(cell.figure, Pooled) else None
    known = spread is not None and not (spread.tau is None and spread.i2 is None)
    priors = cell.priors
    return ToldCell(
        item.row,
        cell,
        [one.included for one in considered if one.included is not None],
        [excluded for one in considered for excluded in one.excluded],
        list(silent.items()),
        spread if known else None,
        list(zip(priors.scales, priors.intervals, strict=True)) if priors else [],
        [
            ToldDowngrade(one.domain, one.levels, _why(one))
            for one in (cell.certainty.downgrades if cell.certainty else ())
            if _why(one)
        ],
    )


def _why(item: Downgrade) -> list[str]:
    """Return the reasons of a domain as phrases; what holds for all is not said."""
    return [
        reasons.less_certain(code) for code in item.codes if code != reasons.UNJUDGED
    ]
