"""Which studies and results a person asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.appraisal import accepted, judged_level, keeps_to
from lupus_evidence.vocabulary import BiasLimit, therapy_includes

if TYPE_CHECKING:
    from lupus_evidence.records.study import Result, Study


@dataclass(frozen=True)
class StudyFilter:
    """What a study must be to be shown; empty means anything.

    Parameters
    ----------
    therapies, endpoints, scopes, designs, statuses, readings, countries : tuple of str
        One of the given names must fit; ``msc`` fits every donor MSC. Countries are
        two capital letters.
    max_bias : {"low", "some", "high"} or None
        The worst risk of bias, which somebody has to have judged.
    since : int or None
        Earliest year of publication.
    min_people : int or None
        Fewest people with the condition.
    text : tuple of str
        Words that must all stand somewhere in id, title, authors, journal, centres
        or registrations.
    """

    therapies: tuple[str, ...] = ()
    endpoints: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    designs: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    max_bias: BiasLimit | None = None
    since: int | None = None
    min_people: int | None = None
    text: tuple[str, ...] = ()

    def accepts(self, study: Study) -> bool:
        """Tell whether a study is asked for."""
        return (
            self._names_fit(study)
            and (self.since is None or (study.citation.year or 0) >= self.since)
            and (
                self.min_people is None
                or (study.population.with_condition or 0) >= self.min_people
            )
            and (self.max_bias is None or keeps_to(study, self.max_bias))
            and all(word.lower() in searchable(study) for word in self.text)
        )

    def _names_fit(self, study: Study) -> bool:
        """Check everything that is a name from a vocabulary."""
        reported = {result.endpoint for result in study.results}
        judged = {result.scope for result in study.results}
        seen = {study.reading, *(result.reading for result in study.results)}
        return (
            (
                not self.therapies
                or any(
                    therapy_includes(wide, arm.therapy)
                    for wide in self.therapies
                    for arm in study.arms.values()
                )
            )
            and (not self.endpoints or not reported.isdisjoint(self.endpoints))
            and (not self.scopes or not judged.isdisjoint(self.scopes))
            and (not self.designs or study.design in self.designs)
            and (not self.statuses or study.status in self.statuses)
            and (not self.readings or not seen.isdisjoint(self.readings))
            and (
                not self.countries
                or not set(self.countries).isdisjoint(study.setting.countries)
            )
        )

    def accepts_result(self, study: Study, result: Result) -> bool:
        """Tell whether a result of an accepted study is asked for."""
        if self.endpoints and result.endpoint not in self.endpoints:
            return False
        if self.scopes and result.scope not in self.scopes:
            return False
        if self.max_bias and not accepted(judged_level(study, result), self.max_bias):
            return False
        if self.readings and (result.reading or study.reading) not in self.readings:
            return False
        return not self.therapies or any(
            therapy_includes(wide, narrow)
            for wide in self.therapies
            for narrow in therapies_of(study, result.arm)
        )


def searchable(study: Study) -> str:
    """Return the words of a study that a text search looks in, in lower case."""
    parts = (
        study.id,
        study.title,
        study.citation.journal or "",
        *study.citation.authors,
        *study.setting.centres,
        *study.registrations,
    )
    return " ".join(parts).lower()


def therapies_of(study: Study, arm: str | None) -> tuple[str, ...]:
    """Return the therapies behind a figure: its arm's, or those of all arms.

    Parameters
    ----------
    study : Study
        The record.
    arm : str or None
        The figure's arm; None where it is about all arms together.
    """
    if arm is not None:
        return (study.arms[arm].therapy,) if arm in study.arms else ()
    return tuple(dict.fromkeys(item.therapy for item in study.arms.values()))
