"""A summary of findings in GRADE's layout: its tables, and what its notes need."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from string import ascii_lowercase
from typing import TYPE_CHECKING

from lupus_evidence.compare.cells import Pooled
from lupus_evidence.compare.findings_table import TherapyRate
from lupus_evidence.compare.survival_lines import SurvivalFigure, SurvivalLine
from lupus_evidence.documents.document import Column, Table
from lupus_evidence.documents.text import NOTHING, capital, number
from lupus_evidence.documents.values import Noted, Rate, Value
from lupus_evidence.pages import phrases
from lupus_evidence.pages.comparison_tables import (
    BLANK,
    EMPTY,
    ONE_CURVE,
    curved_outcome,
)
from lupus_evidence.pages.trials import ToldTrials, asked, ratio_text, told_trials
from lupus_evidence.vocabulary import DENOMINATORS, Among, topic

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lupus_evidence.compare.cells import (
        Cell,
        Certainty,
        CertaintyLevel,
        Domain,
        Row,
    )
    from lupus_evidence.compare.findings_table import (
        EffectsOfPair,
        FindingsTable,
    )
    from lupus_evidence.compare.summary import LeftOut
    from lupus_evidence.compare.trials import TrialsAnswer

#: GRADE's signs of certainty; the word stands beside them.
SIGNS: dict[CertaintyLevel, str] = {
    "high": "⊕⊕⊕⊕",
    "moderate": "⊕⊕⊕◯",
    "low": "⊕⊕◯◯",
    "very low": "⊕◯◯◯",
}
#: Where nobody, or everybody, had the outcome in every trial.
NOT_ESTIMABLE = "not estimable"


@dataclass(frozen=True)
class ToldReason:
    """One note: what a domain takes, and why.

    Parameters
    ----------
    sign : str
        Its letter.
    domain : str
        Of GRADE's five.
    levels : int
        How many levels it takes.
    codes : tuple of str
        The reasons.
    """

    sign: str
    domain: Domain
    levels: int
    codes: tuple[str, ...]


@dataclass(frozen=True)
class ToldEffects:
    """Effects of one pair with the name of their table."""

    pair: EffectsOfPair
    table: str


@dataclass(frozen=True)
class ToldLeftOut:
    """Results of one therapy that are in no figure, by reason."""

    therapy: str
    results: int
    reasons: list[LeftOut]


@dataclass(frozen=True)
class ToldFindings:
    """A summary of findings in the pieces that its sentences need.

    Parameters
    ----------
    table : FindingsTable
        The answer.
    effects : list of ToldEffects
        Each with its table's name.
    reasons : list of ToldReason
        Each with its letter.
    left_out, of_trials : list of ToldLeftOut
        What is not in it, by therapy.
    call : str
        The command that has the rest.
    signs : list of (str, str)
        Signs of certainty with their words.
    starts : list of str
        Where the effects start, "high" or "low".
    as_one : list of ToldTrials
        The effects pooled over several trials.
    rates_pooled : bool
        Whether any rate is pooled.
    """

    table: FindingsTable
    effects: list[ToldEffects]
    reasons: list[ToldReason]
    left_out: list[ToldLeftOut]
    of_trials: list[ToldLeftOut]
    call: str
    signs: list[tuple[str, str]]
    starts: list[str]
    as_one: list[ToldTrials]
    rates_pooled: bool


def findings_told(table: FindingsTable) -> ToldFindings:
    """Return what the sentences about a summary of findings need.

    Parameters
    ----------
    table : FindingsTable
        The answer.
    """
    return ToldFindings(
        table,
        [
            ToldEffects(pair, f"effects_{place}")
            for place, pair in enumerate(table.effects)
        ],
        [
            ToldReason(letter(place), one.domain, one.levels, one.codes)
            for place, one in enumerate(table.reasons)
        ],
        _by_therapy(table.not_shown.results),
        _by_therapy(table.not_shown.of_trials),
        f"lupus-evidence compare {' '.join(table.therapies)}",
        [(sign, word) for word, sign in SIGNS.items()],
        list(dict.fromkeys(item.start for item in table.of_effects)),
        [
            told_trials(item, {})
            for pair in table.effects
            for item in pair.findings
            if item.k > 1
        ],
        any(
            isinstance(rate.cell.figure, Pooled)
            for outcome in table.rates
            for rate in outcome.rates
            if rate.cell is not None
        ),
    )


def findings_tables(table: FindingsTable) -> dict[str, Table]:
    """Return the tables of a summary of findings by their names.

    Parameters
    ----------
    table : FindingsTable
        The answer.
    """
    made = {
        f"effects_{place}": _effects_table(pair, table)
        for place, pair in enumerate(table.effects)
    }
    return made | {"different_studies": _rates_table(table)}


def letter(place: int) -> str:
    """Return the sign of a note: a to z, then aa, ab and so on.

    Parameters
    ----------
    place : int
        Counted from 0.

    Examples
    --------
    >>> [letter(place) for place in (0, 25, 26, 53)]
    ['a', 'z', 'aa', 'bb']
    """
    before, last = divmod(place, len(ascii_lowercase))
    return (letter(before - 1) if before else "") + ascii_lowercase[last]


def _effects_table(pair: EffectsOfPair, table: FindingsTable) -> Table:
    """Return what trials of two therapies found, an outcome a line."""
    first, second = pair.therapies
    noun = "trials" if pair.randomised else "studies"
    columns = (
        Column("outcome", "outcome", "What is counted, judged on what, when"),
        Column("people", f"people ({noun})", "In both arms together", wrap=True),
        Column("relative", "risk ratio", "Risk ratio with its interval"),
        Column("control", second, f"Risk with {second}", over=OF_PEOPLE, wrap=True),
        Column("treated", first, f"Risk with {first}", over=OF_PEOPLE, wrap=True),
        Column("certainty", "certainty", "How sure anyone can be", wrap=True),
    )
    rows = tuple(_effect(item, table) for item in pair.findings)
    return Table("effects", columns, rows, group_by="outcome")


#: Above the columns of risks.
OF_PEOPLE = "of 100 people given"


def _effect(item: TrialsAnswer, table: FindingsTable) -> dict[str, Value]:
    """Return one effect."""
    estimated = any(
        side.form == "effective"
        for pair in item.selection.included
        for side in (pair.first, pair.second)
    )
    relative = ratio_text(item.effects.risk_ratio)
    treated = item.treated_risk
    low, high = (None, None) if treated is None else item.treated_ci
    return {
        "outcome": f"{asked(item)}, {phrases.at_time(item.question.band)}",
        "people": _people(item.people, item.k, item.selection.kind, curve=estimated),
        "relative": NOT_ESTIMABLE if relative == NOTHING else relative,
        "control": Rate(item.control_risk, unit="per 100"),
        "treated": Rate(treated, low, high, compact=True, unit="per 100"),
        "certainty": _certainty(item.certainty, table),
    }


def _people(people: float, studies: int, kind: Among | None, *, curve: bool) -> str:
    """Return "37 (1), who had responded": people and studies, and what to know."""
    remarks = [DENOMINATORS[kind or "treated"].mark, "off a curve" if curve else ""]
    return ", ".join(filter(None, (f"{number(people)} ({studies})", *remarks)))


def _certainty(item: Certainty, table: FindingsTable) -> Noted:
    """Return GRADE's signs with their word and the letters of the reasons."""
    notes = tuple(letter(place) for place in table.places(item))
    return Noted(f"{SIGNS[item.level]} {item.level}", notes)


def _rates_table(table: FindingsTable) -> Table:
    """Return what different studies saw: a line for each therapy, none compared."""
    columns = (
        Column("outcome", "outcome", "What is counted, judged on what, when"),
        Column("therapy", "with", "What the people were given"),
        Column("people", "people (studies)", "Whom it rests on", wrap=True),
        Column("rate", "of 100 people", "How many have it, by itself"),
        Column("certainty", "certainty", "How sure anyone can be", wrap=True),
    )
    rows = (
        *(row for line in table.survival for row in _survival(line, table)),
        *(
            {"outcome": _outcome(one.row), **_rate(rate, table)}
            for one in table.rates
            for rate in one.rates
        ),
    )
    return Table("different_studies", columns, rows, group_by="outcome", empty=EMPTY)


def _survival(line: SurvivalLine, table: FindingsTable) -> Iterator[dict[str, Value]]:
    """Yield survival at one time, from a curve where it reaches."""
    counted = curved_outcome(line, told_twice=False)
    outcome = f"{counted}, at {number(line.months)} months"
    for therapy, figure in zip(table.therapies, line.figures, strict=True):
        if isinstance(figure, SurvivalFigure):
            studies = len(figure.studies)
            people = _people(figure.people, studies, "treated", curve=False)
            yield {
                "outcome": outcome,
                "therapy": therapy,
                "people": f"{people}, {ONE_CURVE}",
                "rate": Rate(
                    figure.figure.estimate,
                    *figure.figure.ci,
                    compact=True,
                    unit="per 100",
                ),
                "certainty": _certainty(figure.certainty, table),
            }
        elif figure is not None:
            rate = TherapyRate(therapy, figure.cell)
            yield {"outcome": outcome, **_rate(rate, table)}


def _outcome(row: Row) -> str:
    """Return what is counted, judged on what, and when."""
    known = topic().endpoints[row.endpoint]
    judged = "" if row.scope == topic().whole else f", {row.scope}"
    about = capital(known.brief or known.label)
    return f"{about}{judged}, {phrases.at_time(row.band)}"


def _rate(item: TherapyRate, table: FindingsTable) -> dict[str, Value]:
    """Return one therapy's own rate."""
    cell = item.cell
    if cell is None:
        return {"therapy": item.therapy, "rate": "no study"} | _BLANKS
    rate = phrases.rate_of(cell, compact=True)
    if isinstance(rate, Rate):
        rate = replace(rate, unit="per 100")
    return {
        "therapy": item.therapy,
        "people": _people_behind(cell) if cell.k else BLANK,
        "rate": rate,
        "certainty": _certainty(cell.certainty, table) if cell.certainty else BLANK,
    }


#: Where no study says anything.
_BLANKS: dict[str, Value] = {"people": BLANK, "certainty": BLANK}


def _people_behind(cell: Cell) -> str:
    """Return how many people and studies a rate rests on."""
    selection = cell.selection
    curve = any(item.form == "effective" for item in selection.included)
    return _people(selection.people, cell.k, selection.kind, curve=curve)


def _by_therapy(found: Sequence[LeftOut]) -> list[ToldLeftOut]:
    """Return what is left out of each therapy together."""
    return [
        ToldLeftOut(therapy, sum(one.results for one in same), same)
        for therapy, group in groupby(found, key=lambda one: one.therapy)
        if (same := list(group))
    ]
