"""What was read from a page: claims as understood, and figures that were not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from lupus_evidence.vocabulary import UNSPECIFIED

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "UNSPECIFIED",
    "Carried",
    "Missing",
    "NotUnderstood",
    "Read",
    "ReadPage",
    "Spot",
]


@dataclass(frozen=True)
class Spot:
    """A sentence of a page, and where it stands.

    Parameters
    ----------
    text : str
        The sentence.
    line : int
        Line of the page's text, from 1.
    first, last : int
        Its first and last character, counted from the start of that line, from 1; a
        sentence that runs over the line's end is counted on.
    heading : str
        The heading that it stands under; empty if none.
    """

    text: str
    line: int
    first: int
    last: int
    heading: str = ""


Carried = Literal["sentence", "heading", "title", "study", "page", "figure"]


@dataclass(frozen=True)
class Read:
    """One claim as it was understood.

    Parameters
    ----------
    spot : Spot
        Its sentence.
    kind : {"rate", "direction", "statement", "background"}
        What kind of claim it is.
    therapy : str or None
        The treatment, by the vocabulary's name, or `unspecified`.
    endpoint : str or None
        The outcome of a rate.
    scope, who, among : str or None
        What it was judged on, whom it is about, of whom it is a share.
    months : float or None
        Months after treatment.
    time : {"at", "within", "up-to", "at-least"}
        The word in front of the time.
    percent, to, amount, bound : str or None
        The figure: a percentage as printed, the other end of a range, a word for it,
        the word in front of it.
    events, people : int or None
        People with the outcome, and out of how many.
    treated : int or None
        People treated, where `people` is not out of how many.
    counts : {"people", "events"}
        Whether `events` are people.
    measure, direction, before, after : str or None
        What fell or rose, from what to what.
    topic : str or None
        What a sentence without a figure says.
    quantity, unit : str or None
        Of a claim on the disease or the cells: what is measured, in which unit.
    age, female : str or None
        Of an account of a study: median age in years, percent women.
    words : tuple of str
        Of one person's case: by what it can be known.
    cites : str or None
        The record that it rests on.
    could_be : tuple of str
        Records that it could rest on, where several could.
    carried : mapping of str to str
        Which of these stand not in the sentence itself, and where they do.
    """

    spot: Spot
    kind: Literal["rate", "direction", "statement", "background"]
    therapy: str | None = None
    endpoint: str | None = None
    scope: str | None = None
    who: str | None = None
    among: str | None = None
    months: float | None = None
    time: Literal["at", "within", "up-to", "at-least"] = "at"
    percent: str | None = None
    to: str | None = None
    amount: str | None = None
    bound: str | None = None
    events: int | None = None
    people: int | None = None
    treated: int | None = None
    counts: Literal["people", "events"] = "people"
    measure: str | None = None
    direction: str | None = None
    before: str | None = None
    after: str | None = None
    topic: str | None = None
    quantity: str | None = None
    unit: str | None = None
    age: str | None = None
    female: str | None = None
    words: tuple[str, ...] = ()
    cites: str | None = None
    could_be: tuple[str, ...] = ()
    carried: Mapping[str, Carried] = field(default_factory=dict)

    @property
    def carried_from(self) -> tuple[tuple[Carried, tuple[str, ...]], ...]:
        """What was carried over, by where it stands."""
        places = dict.fromkeys(self.carried.values())
        return tuple(
            (
                place,
                tuple(
                    _FIELDS[n] for n, where in self.carried.items() if where == place
                ),
            )
            for place in places
        )


#: What people call what is carried over.
_FIELDS = {
    "therapy": "treatment",
    "people": "number of people",
    "months": "time",
    "cites": "study",
    "endpoint": "outcome",
}

Missing = Literal[
    "outcome",
    "treatment",
    "other-disease",
    "only-possible",
    "animals",
    "one-person",
    "question",
    "denied",
]


@dataclass(frozen=True)
class NotUnderstood:
    """A figure of a page of which no claim could be made.

    Parameters
    ----------
    spot : Spot
        Its sentence.
    figure : str
        The figure as printed.
    missing : str
        What kept it from being a claim.
    """

    spot: Spot
    figure: str
    missing: Missing


@dataclass(frozen=True)
class ReadPage:
    """What was read from a page.

    Parameters
    ----------
    title : str
        Its title.
    sentences : int
        How many sentences it has.
    claims : tuple of Read
        The claims, in order.
    not_understood : tuple of NotUnderstood
        Figures of which no claim could be made, in order.
    of_condition : bool
        Whether it speaks of lupus at all.
    """

    title: str
    sentences: int
    claims: tuple[Read, ...]
    not_understood: tuple[NotUnderstood, ...]
    of_condition: bool

    @property
    def with_claim(self) -> int:
        """How many sentences hold a claim."""
        return len({(item.spot.line, item.spot.first) for item in self.claims})
