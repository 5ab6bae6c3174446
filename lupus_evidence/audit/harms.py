"""Harms that the same study reports and the article leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.audit.figures import AMONG_ORDER
from lupus_evidence.audit.sentences import joined, told
from lupus_evidence.audit.verdicts import Finding

if TYPE_CHECKING:
    from lupus_evidence.audit.evidence_set import ArticleContext
    from lupus_evidence.audit.figures import RecordedFigure

#: Harms that a reader of a benefit needs to know, with the endpoints that, once told,
#: tell this one too: who reads that 94 % survived knows that 6 % died.
_TOLD_BY: dict[str, tuple[str, ...]] = {
    "treatment-related-mortality": ("treatment-related-mortality",),
    "death": ("death", "overall-survival"),
    "relapse": ("relapse",),
    "serious-infection": ("serious-infection",),
}


def harm_left_out(figure: RecordedFigure, context: ArticleContext) -> Finding | None:
    """Return the harms in a figure's study that the article does not mention.

    Parameters
    ----------
    figure : RecordedFigure
        The figure that a claim rests on.
    context : ArticleContext
        The article, for what it tells elsewhere.
    """
    if context.tells("harms"):
        return None
    study = figure.study.id
    harms = []
    for endpoint, telling in _TOLD_BY.items():
        if endpoint == figure.result.endpoint:
            continue
        if any((study, name) in context.told for name in telling):
            continue
        harms += _worst_figures(context.evidence.of_study(study), endpoint, figure)
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
    figures: tuple[RecordedFigure, ...], endpoint: str, about: RecordedFigure
) -> list[RecordedFigure]:
    """Return the figure of a harm with the best denominator; all times without one."""
    found = [
        item
        for item in figures
        if item.result.endpoint == endpoint
        and item.result.arm in (None, about.result.arm)
        and item.result.lupus_specific
        and (item.result.subgroup is None or _is_mixed(item))
        and (item.rate is None or item.rate > 0)
        and item.found.events != 0
    ]
    counted = [item for item in found if item.result.n]
    if counted:
        return [
            min(
                counted,
                key=lambda item: (
                    AMONG_ORDER.index(item.result.among),
                    -(item.months or 0),
                    item.index,
                ),
            )
        ]
    by_time: dict[float | None, RecordedFigure] = {}
    for item in found:
        by_time.setdefault(item.months, item)
    return list(by_time.values())
