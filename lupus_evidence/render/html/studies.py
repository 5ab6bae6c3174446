"""The one list of studies: what can be filtered and sorted, and a card for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.render.html import lay
from lupus_evidence.render.html.lights import card_rows
from lupus_evidence.views.card import study_card
from lupus_evidence.views.filters import therapies_of
from lupus_evidence.views.listing import follow_up_in_words
from lupus_evidence.vocabulary import DESIGNS, topic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupus_evidence.document import Document
    from lupus_evidence.models import Study
    from lupus_evidence.render.html.lights import RowView
    from lupus_evidence.report.page import OverlapFamily, Report


@dataclass(frozen=True)
class StudyView:
    """One study of the list.

    Parameters
    ----------
    study : Study
        Its record.
    therapies : tuple of str
        What its arms were given.
    wide : tuple of str
        The same with every wider name, for the filter.
    followed : str
        How long, in words.
    shares : int
        Studies that it shares people with.
    family : OverlapFamily or None
        The family of those.
    family_place : int or None
        Its place among the families, for the filter.
    counted : bool
        Whether any of its results is in a figure of the comparison.
    card : Document
        Everything else the record says.
    judged : tuple of RowView
        Its risk of bias, a row for each judgement.
    """

    study: Study
    therapies: tuple[str, ...]
    wide: tuple[str, ...]
    followed: str
    shares: int
    family: OverlapFamily | None
    family_place: int | None
    counted: bool
    card: Document
    judged: tuple[RowView, ...]


@dataclass(frozen=True)
class Filters:
    """What the list can be filtered by: names that occur.

    Parameters
    ----------
    therapies, designs, countries : tuple of str
        Of the vocabulary; countries by ISO 3166 code.
    """

    therapies: tuple[str, ...]
    designs: tuple[str, ...]
    countries: tuple[str, ...]


def study_views(report: Report) -> tuple[StudyView, ...]:
    """Return every study in order of its name.

    Parameters
    ----------
    report : Report
        The report.
    """
    studies = [item.study for item in report.studies]
    families = {
        name: (place, family)
        for place, family in enumerate(report.families)
        for name in family.members
    }
    return tuple(_view(study, studies, report, families) for study in studies)


def _view(
    study: Study,
    others: Sequence[Study],
    report: Report,
    families: dict[str, tuple[int, OverlapFamily]],
) -> StudyView:
    """Return one study."""
    therapies = therapies_of(study, None)
    place, family = families.get(study.id, (None, None))
    return StudyView(
        study,
        therapies,
        tuple(sorted(_wider(therapies))),
        follow_up_in_words(study.follow_up),
        len(report.sharing.get(study.id, ())),
        family,
        place,
        study.id in report.counted,
        study_card(study, others, without=("appraisal",)),
        card_rows(study),
    )


def _wider(therapies: tuple[str, ...]) -> set[str]:
    """Return therapies with every name that includes them."""
    found = set()
    for name in therapies:
        one: str | None = name
        while one is not None:
            found.add(one)
            one = topic().therapies[one].wider
    return found


def filter_choices(views: Sequence[StudyView]) -> Filters:
    """Return what occurs among these studies.

    Parameters
    ----------
    views : sequence of StudyView
        The studies.
    """
    therapies = {name for view in views for name in view.wide}
    designs = {view.study.design for view in views}
    countries = {code for view in views for code in view.study.setting.countries}
    return Filters(
        tuple(name for name in topic().therapies if name in therapies),
        tuple(name for name in DESIGNS if name in designs),
        tuple(sorted(countries, key=lay.country)),
    )
