"""What several trials together say: a table with every trial drawn in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.naming import study_names
from lupus_evidence.pages.trial_plot import reach_of, trial_group, trial_scale
from lupus_evidence.vocabulary import colour_of

if TYPE_CHECKING:
    from lupus_evidence.compare.trials import TrialsAnswer
    from lupus_evidence.plot import PlotGroup, Scale
    from lupus_evidence.report.page import Report


@dataclass(frozen=True)
class PooledView:
    """One question that several trials answer.

    Parameters
    ----------
    answer : TrialsAnswer
        The answer.
    group : PlotGroup
        The trials and what they come to, as lines of a picture.
    scale : Scale
        What the picture's axis stands for, the same for every question of the page.
    """

    answer: TrialsAnswer
    group: PlotGroup
    scale: Scale


def pooled_views(report: Report) -> tuple[PooledView, ...]:
    """Return the questions that several trials answer, in order.

    Parameters
    ----------
    report : Report
        The report.
    """
    names = study_names(item.study for item in report.studies)
    therapies = report.comparison.therapies
    reach = reach_of(report.pooled)
    return tuple(
        PooledView(
            answer,
            trial_group(
                answer, names, colour_of(answer.therapies[0], therapies) or 0, reach
            ),
            trial_scale(answer, reach),
        )
        for answer in report.pooled
    )
