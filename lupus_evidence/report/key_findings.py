"""What the report tells first: its finding, the fact box, therapies side by side.

The finding says who was compared, who died of it and how sure anyone can be; the
fact box which figure stands for each therapy in each main outcome.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, get_args

from lupus_evidence.compare.cells import Cell, CertaintyLevel, Pooled, Row, SingleStudy
from lupus_evidence.compare.first_look import MainFigure, says
from lupus_evidence.compare.survival_lines import SurvivalFigure
from lupus_evidence.evidence.survival_selection import ALIVE
from lupus_evidence.report.contents import Fact, FactRow, Finding, Hundred, SideBySide
from lupus_evidence.vocabulary import (
    BEST_EVER,
    NOT_STATED,
    family_of,
    therapy_includes,
    topic,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lupus_evidence.compare.summary import Comparison
    from lupus_evidence.compare.trials import DirectEvidence, TrialsAnswer
    from lupus_evidence.report.contents import ReportChoices
    from lupus_evidence.vocabulary import Band, Family, Scope


#: From the surest down, as GRADE names them.
LEVELS: tuple[CertaintyLevel, ...] = get_args(CertaintyLevel)
DEATHS = "treatment-related-mortality"


def finding(
    comparison: Comparison,
    facts: Sequence[FactRow],
    trials: tuple[SideBySide, ...],
    pooled: tuple[TrialsAnswer, ...],
    choices: ReportChoices,
) -> Finding:
    """Return what is said under the title.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    facts : sequence of FactRow
        The fact box.
    trials : tuple of SideBySide
        The studies that treated people side by side, the strongest first.
    pooled : tuple of TrialsAnswer
        What several of them together say, what is to be told first first.
    choices : ReportChoices
        Which outcomes and which scope a person asked for.
    """
    sides = [_sides(trial, comparison.therapies) for trial in trials]
    together = tuple(
        trial for trial, side in zip(trials, sides, strict=True) if len(side) > 1
    )
    alone = tuple(
        trial
        for trial, side in zip(trials, sides, strict=True)
        if len(side) == 1 and trial.randomised
    )
    known = [answer for answer in pooled if answer.treated_risk is not None]
    between = [x for x in known if x.therapies[1] in comparison.therapies]
    beside = [x for x in known if x not in between and x.randomised]
    return Finding(
        together,
        _most_telling(between, together, choices),
        alone,
        _most_telling(beside, alone, choices),
        tuple(
            fact
            for row in facts
            if row.endpoint == DEATHS
            for fact in row.facts
            if fact.cell is not None
        ),
        _levels(facts, without_pooled(trials, pooled), pooled),
    )


def _most_telling(
    pooled: Sequence[TrialsAnswer],
    trials: Sequence[SideBySide],
    choices: ReportChoices,
) -> TrialsAnswer | None:
    """Return what several trials say, unless one found what is to be told before it.

    A trial by lot comes before studies without, and an outcome asked for before others.
    """
    if not pooled or not trials:
        return None
    answer, trial = pooled[0], trials[0]
    asked, own = answer.question, trial.results[0]
    together = not answer.randomised, told_place(asked.endpoint, asked.scope, choices)
    single = not trial.randomised, told_place(own.endpoint, own.scope, choices)
    return answer if together <= single else None


def _sides(trial: SideBySide, therapies: Sequence[str]) -> set[str]:
    """Return which of the compared therapies a study's two arms are."""
    return {
        wide
        for wide in therapies
        for name in trial.therapies
        if therapy_includes(wide, name)
    }


def _levels(
    facts: Sequence[FactRow],
    trials: Sequence[SideBySide],
    pooled: Sequence[TrialsAnswer],
) -> tuple[CertaintyLevel, ...]:
    """Return the certainties that occur on the page's first parts, the surest first."""
    found = {
        fact.certainty.level
        for row in facts
        for fact in row.facts
        if fact.certainty is not None
    }
    found |= {item.certainty.level for trial in trials for item in trial.results}
    found |= {answer.certainty.level for answer in pooled}
    return tuple(level for level in LEVELS if level in found)


def fact_endpoints(asked: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the outcomes of the fact box in their order.

    Parameters
    ----------
    asked : sequence of str
        Those that a person wants; benefits alone are told with deaths beside them.
    """
    if not asked:
        return topic().told_endpoints
    if any(family_of(name) == "harm" for name in asked):
        return tuple(dict.fromkeys(asked))
    harms = [
        name
        for name in topic().main_harms
        if topic().endpoints[name].opposite not in asked
    ]
    return tuple(dict.fromkeys((*asked, *harms)))


def fact_rows(
    comparison: Comparison,
    endpoints: Iterable[str] = topic().told_endpoints,
    scope: Scope | None = None,
) -> tuple[FactRow, ...]:
    """Return the rows of the fact box.

    Where all therapies have a figure for the same time, that time is used: of several
    the one at which the smaller side is largest. Otherwise each therapy has its own
    figure on the most people, and its own time. A known time goes before the best
    state ever reached, and that before a time not stated.

    One outcome is judged on one scope for all therapies: the one asked for; lupus as
    a whole where that has no figure or none is asked for; else that of the figures on
    the most people.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    endpoints : iterable of str
        The outcomes in their order; those that no study speaks of are left out.
    scope : str, optional
        What remissions and responses should be judged on.
    """
    found = []
    for endpoint in endpoints:
        if endpoint == ALIVE and comparison.survival.lines:
            facts = _alive(comparison)
            found.append(FactRow(endpoint, topic().whole, benefit=True, facts=facts))
            continue
        answered = [row for row in comparison.rows if row.endpoint == endpoint]
        silent = [row for row in comparison.unanswered if row.endpoint == endpoint]
        if not answered and not silent:
            continue
        judged = _scope(answered, silent, scope)
        facts = _facts(
            comparison.therapies,
            [row for row in answered if row.scope == judged],
            [row for row in silent if row.scope == judged],
        )
        found.append(
            FactRow(endpoint, judged, bool(topic().endpoints[endpoint].good), facts)
        )
    return tuple(found)


def _alive(comparison: Comparison) -> tuple[Fact, ...]:
    """Return survival from curves: at the latest time that most therapies have."""
    line = max(
        comparison.survival.lines,
        key=lambda one: (sum(map(_told, one.figures)), one.months),
    )
    before = [one for one in comparison.survival.lines if one.months < line.months]
    facts = []
    for place, therapy in enumerate(comparison.therapies):
        figure = line.figures[place]
        earlier = tuple(
            one
            for one in (each.figures[place] for each in before)
            if isinstance(one, SurvivalFigure)
        )
        if isinstance(figure, SurvivalFigure):
            curve = figure.figure
            of_people = Hundred(curve.estimate, *curve.ci, single=False)
            facts.append(
                Fact(therapy, None, None, of_people, curve=figure, earlier=earlier)
            )
        elif figure is not None and says(figure.cell):
            cell = figure.cell
            facts.append(
                Fact(therapy, figure.row, cell, hundred(cell), earlier=earlier)
            )
        else:
            out = () if figure is None else figure.cell.selection.excluded
            reporting = tuple(sorted({item.study for item in out}))
            facts.append(Fact(therapy, None, None, reported=reporting))
    return tuple(facts)


def _told(figure: SurvivalFigure | MainFigure | None) -> bool:
    """Tell whether a therapy's figure at one time can be said in people."""
    if isinstance(figure, SurvivalFigure):
        return True
    return figure is not None and says(figure.cell)


def _scope(
    answered: Sequence[Row], silent: Sequence[Row], asked: Scope | None
) -> Scope:
    """Return the scope that an outcome is shown on."""
    people: dict[Scope, float] = {}
    for row in answered:
        most = max(cell.selection.people for cell in row.cells)
        people[row.scope] = max(people.get(row.scope, 0), most)
    if asked is not None and asked in people:
        return asked
    whole = topic().whole
    if whole in people or not people:
        scopes = {row.scope for row in (*answered, *silent)}
        return whole if whole in scopes else silent[0].scope
    return max(people, key=lambda scope: people[scope])


def hundred(cell: Cell) -> Hundred:
    """Return what a figure says of 100 people.

    Parameters
    ----------
    cell : Cell
        One that says something: `first_look.says`.
    """
    best = cell.estimate if cell.mean is None else cell.mean
    low, high = cell.ci or (0.0, 1.0)
    bound = cell.figure.estimate.bound if isinstance(cell.figure, Pooled) else None
    if bound is not None:
        best, low, high = (
            (1.0, bound.model, 1.0)
            if bound.side == "lower"
            else (0.0, 0.0, bound.model)
        )
    return Hundred(best, low, high, single=isinstance(cell.figure, SingleStudy))


def _known(band: Band) -> int:
    """Return how well the time of a figure is known: the more the better."""
    unsure = (NOT_STATED, BEST_EVER)
    return unsure.index(band) if band in unsure else len(unsure)


def _facts(
    therapies: Sequence[str], rows: Sequence[Row], silent: Sequence[Row]
) -> tuple[Fact, ...]:
    """Choose the figures of one endpoint and scope."""
    shared = [row for row in rows if all(says(cell) for cell in row.cells)]
    if shared:
        best = max(
            shared,
            key=lambda row: (
                _known(row.band),
                min(cell.selection.people for cell in row.cells),
            ),
        )
        return tuple(
            Fact(name, best, cell, hundred(cell))
            for name, cell in zip(therapies, best.cells, strict=True)
        )
    return tuple(
        _own(name, place, rows, silent) for place, name in enumerate(therapies)
    )


def _own(therapy: str, place: int, rows: Sequence[Row], silent: Sequence[Row]) -> Fact:
    """Choose a therapy's own figure: a known time first, then the most people."""
    fit = [row for row in rows if says(row.cells[place])]
    if not fit:
        studies = {
            item.study
            for row in (*rows, *silent)
            for item in row.cells[place].selection.excluded
        }
        return Fact(therapy, None, None, None, tuple(sorted(studies)))
    best = max(
        fit,
        key=lambda row: (
            _known(row.band),
            row.cells[place].selection.people,
        ),
    )
    return Fact(therapy, best, best.cells[place], hundred(best.cells[place]))


#: What a study is told about first, unless somebody asks for something else.
_TOLD_FIRST: tuple[Family, ...] = (
    "remission",
    "response",
    "survival",
    "harm",
    "other",
)


def side_by_side(
    comparison: Comparison, choices: ReportChoices
) -> tuple[SideBySide, ...]:
    """Return the studies that treated people side by side.

    Those where chance decided who got what come first, and of those the largest.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    choices : ReportChoices
        Which outcomes and which scope a person asked for.
    """
    groups: dict[tuple[str, tuple[str, str]], list[DirectEvidence]] = {}
    for item in comparison.direct:
        groups.setdefault((item.study, item.therapies), []).append(item)
    found = [
        SideBySide(
            study,
            therapies,
            items[0].contrast.kind == "randomised",
            int(max(item.first.people + item.second.people for item in items)),
            tuple(
                sorted(items, key=lambda x: told_place(x.endpoint, x.scope, choices))
            ),
        )
        for (study, therapies), items in groups.items()
    ]
    return tuple(sorted(found, key=lambda trial: (not trial.randomised, -trial.people)))


def pooled_answers(
    comparison: Comparison, choices: ReportChoices
) -> tuple[TrialsAnswer, ...]:
    """Return what several trials together say, what is to be told first first.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    choices : ReportChoices
        Which outcomes and which scope a person asked for.
    """

    def place(answer: TrialsAnswer) -> tuple[object, ...]:
        asked = answer.question
        told = told_place(asked.endpoint, asked.scope, choices)
        beside = answer.therapies[1] not in comparison.therapies
        return beside, not answer.randomised, told, -answer.people

    several = (answer for answer in comparison.trials if answer.k > 1)
    return tuple(sorted(several, key=place))


def without_pooled(
    trials: tuple[SideBySide, ...], pooled: tuple[TrialsAnswer, ...]
) -> tuple[SideBySide, ...]:
    """Return what single studies found that is in no pooled effect.

    Parameters
    ----------
    trials : tuple of SideBySide
        Studies that treated people side by side.
    pooled : tuple of TrialsAnswer
        What several of them together say.
    """
    told = [item for answer in pooled for item in answer.trials]
    kept = (
        replace(
            trial, results=tuple(item for item in trial.results if item not in told)
        )
        for trial in trials
    )
    return tuple(trial for trial in kept if trial.results)


def told_place(
    endpoint: str, scope: Scope, choices: ReportChoices
) -> tuple[int, int, bool, bool]:
    """Return the place of an outcome among others: what was asked for first.

    Parameters
    ----------
    endpoint, scope : str
        What is counted, and what it was judged on.
    choices : ReportChoices
        What a person asked for.
    """
    asked = choices.outcomes
    place = asked.index(endpoint) if endpoint in asked else len(asked)
    return (
        place,
        _TOLD_FIRST.index(family_of(endpoint)),
        choices.scope is not None and scope != choices.scope,
        not topic().endpoints[endpoint].parts,
    )
