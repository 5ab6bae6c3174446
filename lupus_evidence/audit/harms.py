"""Harms: those that an article leaves out, and the statement that there are few."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.audit.verdicts import Finding, Sentence, Verdict, VerdictWord, worst
from lupus_evidence.evidence.selection import FEWEST_PEOPLE, Reason
from lupus_evidence.vocabulary import DENOMINATORS, broadest, topic

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from lupus_evidence.audit.recorded_figures import (
        ArticleContext,
        RecordedFigure,
        Records,
    )
    from lupus_evidence.records.claims import StatementClaim

#: Studies that a finding quotes, largest first.
QUOTED = 3


def harm_left_out(
    study: str, arms: Collection[str | None], about: str | None, context: ArticleContext
) -> Finding | None:
    """Return the harms in a study that the article does not mention.

    Parameters
    ----------
    study : str
        The study that a claim rests on.
    arms : collection of str or None
        The arms that the claim is about; what is counted over all arms counts too.
    about : str or None
        The outcome that the claim itself tells of.
    context : ArticleContext
        The article, for what it tells elsewhere.
    """
    if about is not None and not _promises(about):
        return None
    harms = []
    for name, row in topic().endpoints.items():
        told_by_itself = about is not None and about in row.told_by
        if row.told_by and not told_by_itself and not context.tells_of(study, name):
            harms += _worst_figures(context.records.of_study(study), name, arms)
    if not harms:
        return None
    return Finding(
        "harm-left-out",
        {"figures": tuple(harm.told for harm in harms)},
        tuple(harm.evidence for harm in harms),
    )


def _promises(endpoint: str) -> bool:
    """Tell whether a claim of an outcome promises a benefit whose price must be told.

    Who speaks of survival, or of a harm, speaks of what can go wrong already.
    """
    row = topic().endpoints[endpoint]
    return row.good is True and row.family != "harm" and row.opposite != "death"


def _is_mixed(figure: RecordedFigure) -> bool:
    """Tell whether only part of a study's people have lupus."""
    population = figure.study.population
    return (population.with_condition or 0) < (population.enrolled or 0)


def _worst_figures(
    figures: tuple[RecordedFigure, ...], endpoint: str, arms: Collection[str | None]
) -> list[RecordedFigure]:
    """Return the figure of a harm with the best denominator; all times without one."""
    found = [
        item
        for item in figures
        if item.endpoint == endpoint
        and item.result.arm in (None, *arms)
        and item.result.condition_specific
        and (item.result.subgroup is None or _is_mixed(item))
        and item.rate != 0
        and item.events != 0
    ]
    counted = [item for item in found if item.n]
    if counted:
        kinds = list(DENOMINATORS)
        return [
            min(
                counted,
                key=lambda item: (
                    kinds.index(item.result.among),
                    -(item.months or 0),
                    item.indexes,
                ),
            )
        ]
    by_time: dict[float | None, RecordedFigure] = {}
    for item in found:
        by_time.setdefault(item.months, item)
    return list(by_time.values())


def harms_verdict(claim: StatementClaim, records: Records) -> Verdict:
    """Return the verdict on what is said of a treatment's harms.

    "Few": contradicted if in a study of people with lupus the whole 95 % interval of a
    harm lies above the frequency from which on the vocabulary calls it serious.
    "None": contradicted if any study of enough people saw any harm.
    A warning of harm is supported by what contradicts the one or the other.

    Parameters
    ----------
    claim : StatementClaim
        The statement, about one or more treatments.
    records : Records
        What the rules may ask.
    """
    found = [_of_therapy(broadest(item), records) for item in claim.therapies]
    words = [_WORDS[claim.topic](item) for item in found]
    return Verdict(
        worst(words),
        tuple(item.sentence for item in found),
        tuple(finding for item in found for finding in item.findings),
    )


@dataclass(frozen=True)
class _Harms:
    """What studies report of one treatment's harms.

    Parameters
    ----------
    findings : tuple of Finding
        One a harm.
    grave : bool
        Whether one is surely more frequent than a serious harm may be.
    seen : bool
        Whether any came to anybody.
    sentence : Sentence
        The gravest.
    """

    findings: tuple[Finding, ...]
    grave: bool
    seen: bool
    sentence: Sentence

    @property
    def uncounted(self) -> bool:
        """Whether no study counts any."""
        return self.findings[0].code == "no-harm-data"


def _few(harms: _Harms) -> VerdictWord:
    """Return the verdict on "few side effects"."""
    if harms.uncounted:
        return "not checkable"
    if harms.grave:
        return "contradicted"
    return "supported, context missing" if harms.seen else "within the studies"


def _none(harms: _Harms) -> VerdictWord:
    """Return the verdict on "no side effects": that none was seen proves nothing."""
    if harms.uncounted:
        return "not checkable"
    return "contradicted" if harms.seen else "within the studies"


def _warning(harms: _Harms) -> VerdictWord:
    """Return the verdict on a warning of harm."""
    if harms.uncounted:
        return "not checkable"
    return "supported" if harms.seen else "not found"


_WORDS: dict[str, Callable[[_Harms], VerdictWord]] = {
    "few-harms": _few,
    "safe-and-effective": _few,
    "no-harms": _none,
    "warns-of-harm": _warning,
}


def _of_therapy(therapy: str, records: Records) -> _Harms:
    """Return what studies report of one treatment's harms."""
    findings: list[Finding] = []
    grave: list[RecordedFigure] = []
    seen: list[RecordedFigure] = []
    any_deaths = False
    for name, row in topic().endpoints.items():
        if row.family != "harm" or (row.clock and name != "death"):
            continue
        reports = _reports(name, therapy, records)
        if not reports:
            continue
        heavy = [item for item in reports if _is_above(item, row.serious_from)]
        grave += heavy
        shown = [*heavy, *(item for item in reports if item not in heavy)][:QUOTED]
        if name == "death":
            any_deaths = any(item.rate for item in reports)
        else:
            seen += [item for item in reports if item.rate]
        findings.append(_harm(name, therapy, shown, len(reports)))
    if not findings:
        nothing = Finding("no-harm-data", {"therapy": therapy})
        silent = Sentence(nothing.code, nothing.values)
        return _Harms((nothing,), grave=False, seen=False, sentence=silent)
    worst_first = sorted(grave or seen, key=_gravity, reverse=True)
    values = {
        "therapy": therapy,
        "figures": tuple(item.told for item in worst_first[:2]),
        "deaths": any_deaths,
    }
    told = Sentence("harms", values)
    return _Harms(tuple(findings), bool(grave), bool(seen), told)


def _gravity(figure: RecordedFigure) -> tuple[bool, bool, float]:
    """Sort harms: in people with lupus, in enough of them, often."""
    return figure.result.condition_specific, figure.sizeable, figure.rate or 0.0


def _reports(endpoint: str, therapy: str, records: Records) -> list[RecordedFigure]:
    """Return one figure of each study that counts a harm, most people first.

    The one that counts in a figure, where one does. People with other diseases are
    told of too: a harm of the treatment is not one of lupus alone.
    """
    best: dict[str, RecordedFigure] = {}
    for scope, band in records.questions(therapy, endpoint):
        for item in records.figures(therapy, endpoint, scope, band):
            told_of = item.reported or item.reason is Reason.OTHER_DISEASES
            if not told_of or item.rate is None or item.result.subgroup is not None:
                continue
            if item.people < FEWEST_PEOPLE:
                continue
            held = best.get(item.study.id)
            if held is None or (held.reason is not None and item.reason is None):
                best[item.study.id] = item
    return sorted(
        best.values(),
        key=lambda item: (
            not item.result.condition_specific,
            -item.people,
            item.study.id,
        ),
    )


def _is_above(figure: RecordedFigure, limit: float | None) -> bool:
    """Tell whether a whole interval of people with lupus lies above a limit."""
    return (
        limit is not None
        and figure.result.condition_specific
        and figure.interval is not None
        and figure.interval[0] > limit
    )


def _harm(
    endpoint: str, therapy: str, shown: list[RecordedFigure], studies: int
) -> Finding:
    """Say how often a harm was seen."""
    values = {
        "therapy": therapy,
        "endpoint": endpoint,
        "figures": tuple(item.told for item in shown),
        "more": studies - len(shown),
    }
    return Finding("harm-reported", values, tuple(item.evidence for item in shown))
