"""Which record a page speaks of: by author, place, number of people, registration."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lupus_evidence.reading.lexicon import vocabulary
from lupus_evidence.reading.patterns import pattern
from lupus_evidence.vocabulary import broadest, therapy_includes, topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lupus_evidence.records.load import EvidenceBase
    from lupus_evidence.records.study import Result, Study


#: Fewer people are treated in too many studies for their number to name one.
_TELLING_NUMBER = 60
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_REGISTRATION = re.compile(r"\bNCT\d{8}\b", re.IGNORECASE)
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]+")
_NAME = re.compile(r"\b[A-Z][a-z\u00df-\u00ff]+(?:-[A-Z]?[a-z]+)?\b")
#: What makes a family name one of an author and no other word.
_BY_AUTHOR = pattern("studies.by_author")


@dataclass(frozen=True)
class Cues:
    """What a sentence says by which a study can be known.

    Parameters
    ----------
    authors : frozenset of str
        Family names of first authors among the records.
    years : frozenset of int
        Years.
    places : frozenset of str
        Words of hospitals and towns of the records.
    people : frozenset of int
        Numbers of people.
    numbers : frozenset of str
        Registrations, DOI, in small letters.
    """

    authors: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    places: frozenset[str] = frozenset()
    people: frozenset[int] = frozenset()
    numbers: frozenset[str] = frozenset()

    @property
    def some(self) -> bool:
        """Whether there is any that can name a study."""
        return bool(self.authors or self.places or self.people or self.numbers)

    def joined(self, other: Cues) -> Cues:
        """Return these cues and later ones together; other people take their place."""
        return Cues(
            self.authors | other.authors,
            self.years | other.years,
            self.places | other.places,
            other.people or self.people,
            self.numbers | other.numbers,
        )


@dataclass(frozen=True)
class StudyIndex:
    """The records by what pages call them.

    Parameters
    ----------
    studies : tuple of Study
        Those with results, or registered.
    """

    studies: tuple[Study, ...]
    _by_author: dict[str, list[Study]] = field(default_factory=dict)
    _places: dict[str, set[str]] = field(default_factory=dict)
    _journals: dict[str, set[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, base: EvidenceBase) -> StudyIndex:
        """Return the index of some records.

        Parameters
        ----------
        base : EvidenceBase
            The records.
        """
        studies = tuple(
            item.study for item in base.files if item.study.publication != "web-page"
        )
        authors: dict[str, list[Study]] = defaultdict(list)
        places: dict[str, set[str]] = defaultdict(set)
        journals: dict[str, set[str]] = defaultdict(set)
        for study in studies:
            if study.citation.authors:
                authors[study.citation.authors[0].split(" ")[0].lower()].append(study)
            for word in _place_words(study):
                places[word].add(study.id)
            for code in study.setting.countries:
                places[code].add(study.id)
            if study.citation.journal and " " in study.citation.journal:
                journals[study.citation.journal].add(study.id)
        return cls(studies, dict(authors), dict(places), dict(journals))

    def cues(self, text: str, people: Iterable[int]) -> Cues:
        """Return what a sentence says of a study.

        Parameters
        ----------
        text : str
            The sentence as printed.
        people : iterable of int
            The people that it counts.
        """
        names = {match[0].lower() for match in _NAME.finditer(text)}
        journals = {name for name in self._journals if name in text}
        lands = {
            mention.name
            for mention in vocabulary("countries").mentions(text)
            if not _SOCIETY.match(text, mention.end)
        }
        authors = names & self._by_author.keys()
        if authors and not _BY_AUTHOR.search(text):
            authors = set()
        return Cues(
            frozenset(authors),
            frozenset(int(item) for item in _YEAR.findall(text)),
            frozenset((names | lands) & self._places.keys()) | journals,
            frozenset(people),
            frozenset(
                item.lower().rstrip(".,;)")
                for item in (*_REGISTRATION.findall(text), *_DOI.findall(text))
            ),
        )

    def named(self, cues: Cues, therapy: str | None) -> tuple[str, ...]:
        """Return the records that cues can mean: one, several, or none.

        Parameters
        ----------
        cues : Cues
            What the page says of the study.
        therapy : str or None
            The treatment, if known.
        """
        by_number = [s.id for s in self.studies if cues.numbers & _numbers(s)]
        if by_number:
            return tuple(by_number)
        fitting = [
            s for s in self.studies if _gives(s, therapy) and s.status == "published"
        ]
        if cues.authors:
            return self._by_authors(cues, fitting)
        if placed := self._by_place(cues, fitting):
            return placed
        telling = {n for n in cues.people if n >= _TELLING_NUMBER}
        sized = [s for s in fitting if telling & _sizes(s)]
        named = tuple(s.id for s in _of_year(sized, cues.years))
        return named if therapy is not None else _several(named)

    def _by_place(self, cues: Cues, fitting: list[Study]) -> tuple[str, ...]:
        """Return the records of a place, with so many people or of a year if told."""
        sized = [s for s in fitting if cues.people & _sizes(s)]
        placed = [s for s in fitting if self._is_at(s, cues.places)]
        towns = frozenset(place for place in cues.places if not place.isupper())
        both = [s for s in sized if s in placed and self._is_at(s, towns)]
        if both:
            return tuple(s.id for s in _of_year(both, cues.years))
        exact = [s for s in placed if s.citation.year in cues.years]
        if exact:
            return tuple(s.id for s in exact)
        if towns and placed and not cues.people:
            return _several([s for s in placed if self._is_at(s, towns)])
        if placed and not cues.people:
            return _several(placed)
        return ()

    def of_known(
        self, known: Iterable[str], people: Iterable[int], therapy: str | None
    ) -> tuple[str, ...]:
        """Return those of the records that a page has named which had so many people.

        Parameters
        ----------
        known : iterable of str
            Records named before.
        people : iterable of int
            Numbers of people.
        therapy : str or None
            The treatment, if known.
        """
        numbers, names = set(people), set(known)
        return tuple(
            s.id
            for s in self.studies
            if s.id in names and numbers & _sizes(s) and _gives(s, therapy)
        )

    def possible(self, cues: Cues, therapy: str | None) -> tuple[str, ...]:
        """Return the records of a country with so many people: they may be meant.

        Parameters
        ----------
        cues : Cues
            What the page says of the study.
        therapy : str or None
            The treatment, if known.
        """
        return tuple(
            s.id
            for s in self.studies
            if s.status == "published"
            and _gives(s, therapy)
            and cues.people & _sizes(s)
            and self._is_at(s, cues.places)
        )

    def _is_at(self, study: Study, places: frozenset[str]) -> bool:
        """Tell whether a study is of every place and journal that is named.

        Of several towns any will do: a report may name where its authors work.
        """
        known = [self._places.get(p, self._journals.get(p, set())) for p in places]
        return any(study.id in ids for ids in known)

    def _by_authors(self, cues: Cues, fitting: list[Study]) -> tuple[str, ...]:
        """Return the records of authors, of a year or with so many people."""
        found = [s for name in cues.authors for s in self._by_author[name]]
        found = [s for s in found if s in fitting] or found
        of_year = [s for s in found if s.citation.year in cues.years]
        sized = [s for s in of_year or found if cues.people & _sizes(s)]
        if sized:
            return tuple(s.id for s in sized)
        if of_year:
            return tuple(s.id for s in of_year)
        if cues.years and not any(s.citation.year is None for s in found):
            return ()
        return tuple(s.id for s in found)

    def of_page(self, text: str) -> str | None:
        """Return the one record of which a page is the report: by title, DOI, number.

        Parameters
        ----------
        text : str
            The whole page.
        """
        words = _folded(text)
        numbers = {
            item.lower().rstrip(".,;)")
            for item in (*_REGISTRATION.findall(text), *_DOI.findall(text))
        }
        found = [
            study.id
            for study in self.studies
            if study.status == "published"
            and (
                numbers & _numbers(study)
                or (len(study.title) >= _LONG_TITLE and _folded(study.title) in words)
            )
        ]
        return found[0] if len(found) == 1 else None

    def reporting(
        self,
        names: Sequence[str],
        endpoint: str,
        percent: str | None,
        counted: tuple[int | None, int | None],
        months: float | None,
    ) -> tuple[str, ...]:
        """Return those of some records that report a figure, at its time if any does.

        Parameters
        ----------
        names : sequence of str
            The records.
        endpoint : str
            The outcome.
        percent : str or None
            The percentage as the page prints it.
        counted : tuple of int or None
            People with the outcome, and out of how many.
        months : float or None
            Months after treatment.
        """
        found = [
            (study.id, result.at.months if result.at else None)
            for study in self.studies
            if study.id in names
            for result in study.results
            if result.endpoint == endpoint and _prints(result, percent, counted)
        ]
        then = [name for name, time in found if time is not None and time == months]
        return tuple(dict.fromkeys(then or [name for name, _ in found]))

    def therapies_of(self, name: str) -> tuple[str, ...]:
        """Return what the people of a record were given, not what for comparison."""
        study = next((s for s in self.studies if s.id == name), None)
        if study is None:
            return ()
        given = (arm.therapy for arm in study.arms.values())
        others = {*topic().controls, *topic().usual}
        return tuple(dict.fromkeys(t for t in given if broadest(t) not in others))


#: So long a title is found in no text by chance.
_LONG_TITLE = 40
#: "American College of Rheumatology" is no country.
_SOCIETY = re.compile(
    r"\s(?:College|Society|League|Association|Journal|Academy|Heart|Medical|Rheumatism|"
    r"criteria|Lupus)\b"
)


def _folded(text: str) -> str:
    """Return the words of a text, whatever stands between them."""
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


#: A percentage that is printed to a whole number may be off by half.
_HALF = 0.5


def _prints(
    result: Result, percent: str | None, counted: tuple[int | None, int | None]
) -> bool:
    """Tell whether a result is the figure that a page gives."""
    if None not in counted and counted == (result.events, result.n):
        return True
    if percent is None:
        return False
    if result.percent is not None:
        return abs(result.percent.value - float(percent)) <= _HALF
    if result.events is not None and result.n:
        return abs(100 * result.events / result.n - float(percent)) <= _HALF
    return False


def _several(found: Iterable[Study | str]) -> tuple[str, ...]:
    """Return records of which none is surely meant: at least two, or none."""
    ids = tuple(item if isinstance(item, str) else item.id for item in found)
    return ids if len(ids) > 1 else ()


def _of_year(found: list[Study], years: frozenset[int]) -> list[Study]:
    """Return the studies of a year where any is of it."""
    return [s for s in found if s.citation.year in years] or found


def _gives(study: Study, therapy: str | None) -> bool:
    """Tell whether a study gave a treatment, a wider or a narrower one."""
    if therapy is None or therapy == "unspecified" or therapy not in topic().therapies:
        return True
    return any(
        therapy_includes(broadest(therapy), arm.therapy) for arm in study.arms.values()
    )


def _sizes(study: Study) -> set[int]:
    """Return how many people a study is known to have had."""
    population = study.population
    arms = (arm.n for arm in study.arms.values())
    given = (population.enrolled, population.with_condition, population.analysed, *arms)
    return {number for number in given if number is not None}


def _numbers(study: Study) -> set[str]:
    """Return a study's registrations and identifiers, in small letters."""
    numbers = [*study.registrations, study.citation.doi]
    return {item.lower() for item in numbers if item}


#: Words of a hospital's name that name no place.
_NO_PLACES = """
    hospital university medical school center centre the of and clinic college institute
    department general affiliated national first second people research registry group
    health sciences military command southern central royal children city state saint
    european blood marrow transplantation working party autoimmune diseases for medicine
    clinical united tower drum international memorial multicentre multicenter centres
    """
_NO_PLACE = frozenset(_NO_PLACES.split())
_WORD = re.compile(r"[A-Z][\w\u00c0-\u024f]+")


def _place_words(study: Study) -> set[str]:
    """Return the words by which a study's hospitals are known."""
    return {
        word.lower()
        for centre in study.setting.centres
        for word in _WORD.findall(centre)
        if word.lower() not in _NO_PLACE
    }
