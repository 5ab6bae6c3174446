"""All studies: a table that can be filtered, and a card for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.render.html import anchors, lay
from lupus_evidence.text import plural
from lupus_evidence.views.card import study_card
from lupus_evidence.views.filters import therapies_of
from lupus_evidence.views.listing import follow_up_in_words
from lupus_evidence.vocabulary import DESIGNS, THERAPIES

if TYPE_CHECKING:
    from lupus_evidence.document import Document
    from lupus_evidence.models import Study
    from lupus_evidence.report.page import Report


@dataclass(frozen=True)
class StudyView:
    """One study in the table, and its card.

    Parameters
    ----------
    id, anchor, title : str
        Its name, its place on the page, its title.
    year, people : int or None
        Of publication; with lupus.
    therapies, countries, codes : tuple of str
        Names of the vocabulary; countries and their ISO 3166 codes.
    wide : str
        Therapies with the wider names, for the filter, a space between them.
    design, status, followed, reading : str
        In words.
    shares : int
        Studies that it shares people with.
    counted : bool
        Whether any of its results is in a figure of the comparison.
    size : str
        How many results it reports.
    card : Document
        Everything the record says.
    """

    id: str
    anchor: str
    title: str
    year: int | None
    people: int | None
    therapies: tuple[str, ...]
    countries: tuple[str, ...]
    codes: tuple[str, ...]
    wide: str
    design: str
    status: str
    followed: str
    reading: str
    shares: int
    counted: bool
    size: str
    card: Document


@dataclass(frozen=True)
class Choice:
    """One option of a filter.

    Parameters
    ----------
    value, label : str
        What is compared, and what is shown.
    """

    value: str
    label: str


@dataclass(frozen=True)
class Choices:
    """The options of the filters.

    Parameters
    ----------
    therapies, designs, countries : tuple of Choice
        Those that occur.
    """

    therapies: tuple[Choice, ...]
    designs: tuple[Choice, ...]
    countries: tuple[Choice, ...]


def study_views(report: Report) -> tuple[StudyView, ...]:
    """Return every study in order of its name.

    Parameters
    ----------
    report : Report
        The report.
    """
    studies = [item.study for item in report.studies]
    return tuple(_view(study, studies, report) for study in studies)


def _view(study: Study, others: list[Study], report: Report) -> StudyView:
    """Return one study."""
    therapies = therapies_of(study, None)
    return StudyView(
        study.id,
        anchors.study(study.id),
        study.title,
        study.citation.year,
        study.population.lupus,
        therapies,
        tuple(map(lay.country, study.setting.countries)),
        study.setting.countries,
        " ".join(sorted(_wider(therapies))),
        study.design.replace("-", " "),
        study.status,
        follow_up_in_words(study.follow_up),
        study.reading.replace("-", " "),
        len(report.sharing.get(study.id, ())),
        study.id in report.counted,
        plural(len(study.results), "result") if study.results else "no results",
        study_card(study, others),
    )


def _wider(therapies: tuple[str, ...]) -> set[str]:
    """Return therapies with every name that includes them."""
    found = set()
    for name in therapies:
        one: str | None = name
        while one is not None:
            found.add(one)
            one = THERAPIES[one].wider
    return found


def filter_choices(views: tuple[StudyView, ...]) -> Choices:
    """Return the options that occur among these studies.

    Parameters
    ----------
    views : tuple of StudyView
        The studies.
    """
    therapies = {name for view in views for name in view.wide.split()}
    designs = {view.design for view in views}
    countries = {country for view in views for country in view.codes}
    return Choices(
        tuple(
            Choice(name, f"{therapy.label[:1].upper()}{therapy.label[1:]}")
            for name, therapy in THERAPIES.items()
            if name in therapies
        ),
        tuple(
            Choice(name.replace("-", " "), name.replace("-", " "))
            for name in DESIGNS
            if name.replace("-", " ") in designs
        ),
        tuple(
            Choice(code, lay.country(code))
            for code in sorted(countries, key=lay.country)
        ),
    )
