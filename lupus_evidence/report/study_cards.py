"""The studies on the page: a list to filter and sort, cards, risk of bias as lights.

Each light has its sign, and its word for the ear.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.appraisal import Judgement, Tool, judgements, lights
from lupus_evidence.catalogue.card import study_card
from lupus_evidence.catalogue.filters import therapies_of
from lupus_evidence.catalogue.record_phrases import citation_in_words
from lupus_evidence.catalogue.risk_of_bias import (
    about_in_words,
    answer_in_words,
    judged_in_words,
    overall_in_words,
)
from lupus_evidence.catalogue.study_list import follow_up_in_words
from lupus_evidence.documents.text import capital
from lupus_evidence.report import plain_language
from lupus_evidence.vocabulary import BIAS, BIAS_LEVELS, DESIGNS, BiasLevel, topic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupus_evidence.documents.document import Document
    from lupus_evidence.records.study import Study
    from lupus_evidence.report.body_of_evidence import BiasOfFigures, JudgedWith
    from lupus_evidence.report.contents import OverlapFamily, Report


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
        tuple(sorted(countries, key=plain_language.country)),
    )


@dataclass(frozen=True)
class LightView:
    """One light.

    Parameters
    ----------
    domain : str
        What was asked; empty for the overall answer.
    level, sign, word : str
        Its colour, the character in it, and the answer.
    """

    domain: str
    level: BiasLevel
    sign: str
    word: str


@dataclass(frozen=True)
class RowView:
    """One judgement.

    Parameters
    ----------
    study : str
        Of which study.
    about : str
        Of which of its results; empty for the whole study.
    judged : str
        With what and from what, in a line.
    lights : tuple of LightView or None
        One for each domain; None where a domain was not asked.
    overall : LightView
        The overall answer.
    """

    study: str
    about: str
    judged: str
    lights: tuple[LightView | None, ...]
    overall: LightView

    @property
    def told(self) -> str:
        """The answers in words, each with what it was given to."""
        given: dict[str, list[str]] = {}
        for light in self.lights:
            if light is not None:
                given.setdefault(light.word, []).append(light.domain)
        return "; ".join(f"{word}: {', '.join(asked)}" for word, asked in given.items())


@dataclass(frozen=True)
class ToolView:
    """The table of one tool.

    Parameters
    ----------
    tool : Tool
        The tool.
    citation : str
        Where it was published.
    domains : tuple of (str, str)
        Heading and question of each column.
    rows : tuple of RowView
        One for each judgement.
    """

    tool: Tool
    citation: str
    domains: tuple[tuple[str, str], ...]
    rows: tuple[RowView, ...]


@dataclass(frozen=True)
class BiasView:
    """The part of the page about risk of bias.

    Parameters
    ----------
    found : BiasOfFigures
        How many studies were judged how.
    signs : tuple of (str, str, str)
        Level, sign and meaning of each light that occurs.
    tools : tuple of ToolView
        A table for each tool.
    """

    found: BiasOfFigures
    signs: tuple[tuple[str, str, str], ...]
    tools: tuple[ToolView, ...]


def bias_view(report: Report) -> BiasView:
    """Return the part about risk of bias.

    Parameters
    ----------
    report : Report
        The report.
    """
    views = tuple(_tool(item) for item in report.bias.tools)
    shown = {
        (light.level, light.sign)
        for view in views
        for row in view.rows
        for light in (*row.lights, row.overall)
        if light is not None
    }
    signs = [
        (level, BIAS[level].symbol, BIAS[level].word)
        for level in BIAS_LEVELS
        if (level, BIAS[level].symbol) in shown
    ]
    others = sorted(shown - {(level, sign) for level, sign, _ in signs})
    signs += [(level, sign, "does not apply") for level, sign in others]
    return BiasView(report.bias, tuple(signs), views)


def card_rows(study: Study) -> tuple[RowView, ...]:
    """Return every judgement of a study, a row each.

    Parameters
    ----------
    study : Study
        The record.
    """
    return tuple(_row(study, item) for item in judgements(study))


def _tool(item: JudgedWith) -> ToolView:
    """Return the table of one tool."""
    tool = item.tool
    columns = item.domains
    return ToolView(
        tool,
        citation_in_words(tool.citation),
        tuple(
            (capital(tool.domains[name].label), tool.domains[name].question)
            for name in columns
        ),
        tuple(_row(row.study, row.found, columns) for row in item.rows),
    )


def _row(
    study: Study, found: Judgement, columns: tuple[str, ...] | None = None
) -> RowView:
    """Return one judgement under the columns of a table, or all it has."""
    appraisal = found.appraisal
    *domains, whole = lights(found)
    views = {
        light.domain: LightView(
            found.tool.domains[light.domain].label,
            light.level,
            light.symbol,
            answer_in_words(light, appraisal),
        )
        for light in domains
    }
    return RowView(
        study.id,
        about_in_words(appraisal.about),
        judged_in_words(found, study.reading),
        tuple(map(views.get, views if columns is None else columns)),
        LightView("", whole.level, whole.symbol, overall_in_words(found)),
    )
