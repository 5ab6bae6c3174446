"""What a base is about: its condition, therapies, outcomes, scopes, times and words.

Bands of time are results that count as of the same time.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from lupus_evidence.vocabulary.endpoints import Endpoint
    from lupus_evidence.vocabulary.fixed_names import Basis
    from lupus_evidence.vocabulary.therapies import Therapy


@dataclass(frozen=True)
class Band:
    """Results that count as of the same time.

    Parameters
    ----------
    name : str
        For programs: "24", "not-stated", "any-time", "best-ever".
    label : str
        For the screen: "24 months".
    months : int or None
        The middle of a stretch of time; None where it is none.
    low, high : float
        Months, ``low <= t < high``; not numbers where it is no stretch of time.
    """

    name: str
    label: str
    months: int | None = None
    low: float = float("nan")
    high: float = float("nan")


def stretches(starts: Sequence[tuple[int, float]]) -> tuple[Band, ...]:
    """Return stretches of time, each up to where the next begins.

    Parameters
    ----------
    starts : sequence of (int, float)
        The months that name each, and the month that it begins with, in order.
    """
    ends = (*(start for _, start in starts[1:]), float("inf"))
    return tuple(
        Band(str(months), f"{months} months", months, start, end)
        for (months, start), end in zip(starts, ends, strict=True)
    )


def early_band(first: float) -> Band:
    """Return what comes before the first stretch of time.

    Deaths by day 100 and visits at three months are no six-month figures, so they have
    a band of their own.

    Parameters
    ----------
    first : float
        The month with which the first stretch begins.
    """
    return Band("0", f"under {first:g} months", 0, 0, first)


NOT_STATED = Band("not-stated", "time not stated")
#: For what is no function of the visit: one figure, whenever it was counted.
ANY_TIME = Band("any-time", "at any time")
#: The best state that somebody reached is no state at a visit.
BEST_EVER = Band("best-ever", "best state ever reached")


@dataclass(frozen=True)
class Condition:
    """What people have.

    Parameters
    ----------
    name : str
        Within a sentence: "lupus".
    field : str
        What records call the people who have it: ``population: {lupus: 18}``.
    also : tuple of str
        Other words for it, in small letters, as articles write them.
    """

    name: str
    field: str
    also: tuple[str, ...] = ()

    @property
    def specific(self) -> str:
        """The field of a result: whether only people with the condition are in it."""
        return f"{self.field}_specific"

    @property
    def capital(self) -> str:
        """The name at the start of a sentence: "Lupus"."""
        return self.name[:1].upper() + self.name[1:]


@dataclass(frozen=True)
class ScopeRow:
    """What a remission or a response is judged on.

    Parameters
    ----------
    name : str
        As written in records: "kidney".
    meaning : str
        One sentence.
    also : tuple of str
        Other words for it.
    """

    name: str
    meaning: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """Some of the people with the condition, counted in a record's population.

    Parameters
    ----------
    name : str
        The field of the record: "nephritis".
    label : str
        In a table: "lupus nephritis".
    about : str
        One sentence.
    brief : str
        Before a number, in one line of a study: "kidneys affected"; not told there
        where empty.
    heading : str
        On a study's card; the label where empty.
    scope : str or None
        The scope on which an outcome of theirs is judged.
    """

    name: str
    label: str
    about: str = ""
    brief: str = ""
    heading: str = ""
    scope: str | None = None


@dataclass(frozen=True)
class Score:
    """How active the condition is, measured before treatment.

    Parameters
    ----------
    field : str
        What a record's population calls it: "sledai".
    label : str
        In a table: "SLEDAI".
    """

    field: str
    label: str


@dataclass(frozen=True)
class Topic:
    """What a base is about.

    Parameters
    ----------
    title : str
        A few words: "Stem cells for lupus".
    about : str
        What it holds, in one sentence without its stop.
    condition : Condition
        What people have.
    therapies : mapping of str to Therapy
        By name, in the order in which they are shown.
    endpoints : mapping of str to Endpoint
        By name, in the order in which they are shown; the main ones come first.
    scopes : mapping of str to ScopeRow
        By name; the first is the condition as a whole.
    measures : mapping of str to str
        What is measured, by name, in words.
    bands : tuple of Band
        Stretches of time, the shortest first.
    compared : tuple of str
        The therapies that are set side by side unless told.
    controls : tuple of str
        Therapies that stand as a control beside any other, the weakest first.
    main_harms : tuple of str
        Endpoints shown with any benefit that is asked for by name.
    groups : mapping of str to Group
        By name.
    score : Score or None
        Of how active the condition is.
    words : mapping of str to str
        Terms of the topic alone, for `explain`.
    phrases : mapping of str to (mapping of str to tuple of str)
        What articles say, by kind of name ("outcomes") and name, beside its own words.
    is_named : bool
        False where a base does not say what it is about.
    """

    title: str
    about: str
    condition: Condition
    therapies: dict[str, Therapy]
    endpoints: dict[str, Endpoint]
    scopes: dict[str, ScopeRow]
    measures: dict[str, str]
    bands: tuple[Band, ...]
    compared: tuple[str, ...]
    controls: tuple[str, ...] = ()
    main_harms: tuple[str, ...] = ()
    groups: dict[str, Group] = field(default_factory=dict)
    score: Score | None = None
    words: dict[str, str] = field(default_factory=dict)
    phrases: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    is_named: bool = True

    def __hash__(self) -> int:
        """Return the same number for the same object: topics are kept, not copied."""
        return id(self)

    def __eq__(self, other: object) -> bool:
        """Tell whether two are one."""
        return self is other

    @cached_property
    def whole(self) -> str:
        """The scope that is the condition as a whole."""
        return next(iter(self.scopes))

    @cached_property
    def early(self) -> Band:
        """What comes before the first stretch of time."""
        return early_band(self.bands[0].low)

    @cached_property
    def all_bands(self) -> tuple[Band, ...]:
        """Every band, in the order in which they are shown."""
        return (self.early, *self.bands, ANY_TIME, BEST_EVER, NOT_STATED)

    @cached_property
    def scope_names(self) -> tuple[str, ...]:
        """The scopes' names, in their order."""
        return tuple(self.scopes)

    @cached_property
    def shown_endpoints(self) -> tuple[str, ...]:
        """Endpoints that are shown without being asked for by name."""
        return tuple(n for n, row in self.endpoints.items() if row.look != "request")

    @cached_property
    def told_endpoints(self) -> tuple[str, ...]:
        """What people ask first, benefits before harms: those with words for it."""
        return tuple(name for name, row in self.endpoints.items() if row.lay)

    @cached_property
    def usual(self) -> frozenset[str]:
        """Treatments that many studies have, so that they tell none from another."""
        return frozenset(n for n, row in self.therapies.items() if row.usual)

    @cached_property
    def comparators(self) -> frozenset[str]:
        """Controls that an article names to set the therapies against."""
        return frozenset(self.controls) - frozenset(self.compared)

    @cached_property
    def cells(self) -> tuple[str, ...]:
        """Treatments with cells: what "stem cells" may mean in an article."""
        return tuple(n for n, row in self.therapies.items() if row.cells)


#: What reads the bundled records' topic; the package's front says it.
_usual: list[Callable[[], Topic]] = []

_current: ContextVar[Topic | None] = ContextVar("topic", default=None)


def topic() -> Topic:
    """Return the topic in force; that of the bundled records before any other."""
    found = _current.get()
    if found is None:
        found = _usual[-1]()
        _current.set(found)
    return found


def usual_topic(read: Callable[[], Topic]) -> None:
    """Say what reads the topic that is in force before any other.

    Parameters
    ----------
    read : callable
        Returns the topic of the bundled records.
    """
    _usual.append(read)


def use_topic(chosen: Topic) -> None:
    """Put a topic in force from here on.

    Parameters
    ----------
    chosen : Topic
        That of a base.
    """
    _current.set(chosen)


@contextmanager
def using(chosen: Topic) -> Iterator[None]:
    """Put a topic in force within a block: for who works with several bases at once.

    Parameters
    ----------
    chosen : Topic
        That of a base.
    """
    token = _current.set(chosen)
    try:
        yield
    finally:
        _current.reset(token)


def band_of(months: float | None) -> Band:
    """Return the band that a time falls in.

    Parameters
    ----------
    months : float or None
        Months since treatment; None if the source does not say.
    """
    if months is None:
        return NOT_STATED
    for band in topic().bands:
        if band.low <= months < band.high:
            return band
    return topic().early


def band_for(endpoint: str, months: float | None, basis: Basis | None) -> Band:
    """Return the band that a result stands in.

    Parameters
    ----------
    endpoint : str
        What is counted; without a clock it has one figure over all times.
    months : float or None
        Months since treatment; None if the source does not say.
    basis : str or None
        What kind of time it is; None if the source does not say.
    """
    if not topic().endpoints[endpoint].clock:
        return ANY_TIME
    if basis == "best-ever":
        return BEST_EVER
    return band_of(months)


#: Where the condition's name goes, within a sentence and at its start.
WITHIN, AT_START = "{condition}", "{Condition}"
#: Where its field of records goes, and that of results.
FIELD, SPECIFIC = "{field}", "{specific}"


def filled(text: str, condition: Condition) -> str:
    """Return a text with the condition's name in its places.

    Parameters
    ----------
    text : str
        Words with ``{condition}``, ``{Condition}`` at the start of a sentence, and
        ``{field}`` and ``{specific}`` for the fields that are named after it.
    condition : Condition
        The topic's.
    """
    for place, word in (
        (WITHIN, condition.name),
        (AT_START, condition.capital),
        (FIELD, condition.field),
        (SPECIFIC, condition.specific),
    ):
        text = text.replace(place, word)
    return text
