"""Harms: those that an article leaves out, and the statement that there are few."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.audit.sentences import figure_verb, joined, told, told_with_study
from lupus_evidence.audit.verdicts import Finding, Verdict
from lupus_evidence.audit.vocabulary import worst
from lupus_evidence.evidence.rules import FEWEST_PEOPLE, Reason
from lupus_evidence.vocabulary import DENOMINATORS, ENDPOINTS, THERAPIES, broadest

if TYPE_CHECKING:
    from collections.abc import Collection

    from lupus_evidence.audit.recorded import ArticleContext, RecordedFigure, Records
    from lupus_evidence.audit.verdicts import Words
    from lupus_evidence.audit.vocabulary import VerdictWord
    from lupus_evidence.claims import StatementClaim

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
    if context.tells("harms"):
        return None
    harms = []
    for name, row in ENDPOINTS.items():
        told_already = any((study, other) in context.told for other in row.told_by)
        if row.told_by and name != about and not told_already:
            harms += _worst_figures(context.records.of_study(study), name, arms)
    if not harms:
        return None
    words = joined([told(harm) for harm in harms])
    return Finding(
        "harm-left-out",
        ("Not mentioned, though the same study says so: ", *words, "."),
        tuple(harm.evidence for harm in harms),
    )


def _is_mixed(figure: RecordedFigure) -> bool:
    """Tell whether only part of a study's people have lupus."""
    population = figure.study.population
    return (population.lupus or 0) < (population.enrolled or 0)


def _worst_figures(
    figures: tuple[RecordedFigure, ...], endpoint: str, arms: Collection[str | None]
) -> list[RecordedFigure]:
    """Return the figure of a harm with the best denominator; all times without one."""
    found = [
        item
        for item in figures
        if item.endpoint == endpoint
        and item.result.arm in (None, *arms)
        and item.result.lupus_specific
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


def few_harms_verdict(claim: StatementClaim, records: Records) -> Verdict:
    """Return the verdict on the statement that treatment does little harm.

    A treatment contradicts it if, in a study of people with lupus, the whole 95 %
    interval of a harm lies above the frequency from which on the vocabulary calls it
    serious.

    Parameters
    ----------
    claim : StatementClaim
        The statement, about one or more treatments.
    records : Records
        What the rules may ask.
    """
    words: list[VerdictWord] = []
    findings: list[Finding] = []
    sentences: list[Words] = []
    for therapy in claim.therapies:
        word, found, sentence = _of_therapy(broadest(therapy), records)
        words.append(word)
        findings += found
        sentences.append(sentence)
    return Verdict(worst(words), joined(sentences, " "), tuple(findings))


def _of_therapy(
    therapy: str, records: Records
) -> tuple[VerdictWord, list[Finding], Words]:
    """Return verdict, findings and sentence of one treatment."""
    findings: list[Finding] = []
    grave: list[RecordedFigure] = []
    seen: list[RecordedFigure] = []
    label = THERAPIES[therapy].label
    for name, row in ENDPOINTS.items():
        if row.serious_from is None and name != "death":
            continue
        reports = _reports(name, therapy, records)
        if not reports:
            continue
        heavy = [item for item in reports if _is_above(item, row.serious_from)]
        grave += heavy
        shown = [*heavy, *(item for item in reports if item not in heavy)][:QUOTED]
        seen.append(max(shown, key=_gravity))
        findings.append(_harm(name, label, shown, len(reports)))
    if not findings:
        text = f"No study of {label} here counts serious harm."
        return "not checkable", [Finding("no-harm-data", (text,))], (text,)
    short = joined([_in_short(item) for item in (grave or seen)[:2]])
    sentence: Words = (f"With {label}: ", *short, ".")
    if grave:
        return "contradicted", findings, sentence
    harmed = any(item.rate for item in seen)
    return ("supported, context missing" if harmed else "supported"), findings, sentence


def _gravity(figure: RecordedFigure) -> tuple[bool, bool, float]:
    """Sort harms: in people with lupus, in enough of them, often."""
    return figure.result.lupus_specific, figure.sizeable, figure.rate or 0.0


def _in_short(figure: RecordedFigure) -> Words:
    """Return a figure and its study without the time, inside a sentence."""
    return (figure.counted, f" {figure_verb(figure)} ({figure.study.id})")


def _reports(endpoint: str, therapy: str, records: Records) -> list[RecordedFigure]:
    """Return one figure of each study that counts a harm, most people first.

    The one that counts in a figure, where one does. People with other diseases are
    told of too: a harm of the treatment is not one of lupus alone.
    """
    best: dict[str, RecordedFigure] = {}
    for scope, band in records.questions(therapy, endpoint):
        for item in records.figures(therapy, endpoint, scope, band):
            told_of = item.reported or item.reason is Reason.NOT_LUPUS
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
            not item.result.lupus_specific,
            -item.people,
            item.study.id,
        ),
    )


def _is_above(figure: RecordedFigure, limit: float | None) -> bool:
    """Tell whether a whole interval of people with lupus lies above a limit."""
    return (
        limit is not None
        and figure.result.lupus_specific
        and figure.interval is not None
        and figure.interval[0] > limit
    )


def _harm(
    endpoint: str, label: str, shown: list[RecordedFigure], studies: int
) -> Finding:
    """Say how often a harm was seen."""
    rows = [
        told_with_study(item)
        if item.result.lupus_specific
        else (*told_with_study(item), " (people with other diseases included)")
        for item in shown
    ]
    more = studies - len(shown)
    rest = f"; and {more} more" if more else ""
    heading = ENDPOINTS[endpoint].label
    short = label.rpartition("(")[2].rstrip(")")
    return Finding(
        "harm-reported",
        (f"{short}, {heading}: ", *joined(rows), f"{rest}."),
        tuple(item.evidence for item in shown),
    )
