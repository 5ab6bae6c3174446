"""What was read from a page: claims as understood, and as a claims file holds them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from lupus_evidence.records.claims import (
    Article,
    BackgroundClaim,
    ClaimedChange,
    ClaimedRate,
    ClaimsFile,
    DirectionClaim,
    RateClaim,
    StatementClaim,
)
from lupus_evidence.records.field_types import MAX_TEXT
from lupus_evidence.vocabulary import UNSPECIFIED, topic

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lupus_evidence.records.claims import Claim, Opinion, Source


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


#: An id has at most so many characters, its number included.
_LONGEST_ID = 50


def claims_file(
    page: ReadPage, name: str, sources: Mapping[str, Sequence[Any]] | None = None
) -> ClaimsFile:
    """Return the claims of a page as a claims file, of a page without any too.

    Parameters
    ----------
    page : ReadPage
        What was read.
    name : str
        What the file is called.
    sources : mapping of str to sequence, optional
        What other sources give of a quantity of the disease, and what reviews say,
        by the quantity's or the topic's name.
    """
    known = sources or {}
    title = page.title.strip(" .") or name.strip(" .") or "An article"
    article = Article(title=title[:MAX_TEXT], kind="other")
    if not page.claims:  # a file that people write has at least one
        return ClaimsFile.model_construct(
            id=identifier(name), article=article, claims=()
        )
    return ClaimsFile(
        id=identifier(name),
        article=article,
        claims=tuple(
            claim_of(read, number, known) for number, read in enumerate(page.claims, 1)
        ),
    )


#: What stands above the claims that a program read.
_HEADER = """\
# The claims that were read from an article. Correct what was misread, delete what is no
# claim, then: lupus-evidence audit THIS-FILE
# `lupus-evidence schema claims` lists every field; `explain TERM` says what words mean.
"""


def claims_text(content: ClaimsFile) -> str:
    """Return claims as the text of a claims file, to be corrected by hand.

    Parameters
    ----------
    content : ClaimsFile
        The claims of a page.
    """
    import yaml

    values = content.model_dump(mode="json", exclude_defaults=True)
    for claim in values["claims"]:
        for part in (*claim.get("figures", ()), *claim.get("changes", ())):
            if part.get("months", 0.5) % 1 == 0:
                part["months"] = int(part["months"])
    return _HEADER + yaml.safe_dump(
        values, sort_keys=False, allow_unicode=True, width=88
    )


def identifier(name: str) -> str:
    """Return a name as an id: small letters, digits and single hyphens.

    Parameters
    ----------
    name : str
        A file's name, or any text.
    """
    words = re.findall(r"[a-z0-9]+", name.lower())
    found = "-".join(words)[:_LONGEST_ID].strip("-")
    return found if len(found) > 1 else f"article-{found or 'read'}"


def claim_of(read: Read, number: int, sources: Mapping[str, Sequence[Any]]) -> Claim:
    """Return one claim as a claims file holds it.

    Parameters
    ----------
    read : Read
        The claim as read.
    number : int
        Its place on the page, from 1.
    sources : mapping of str to sequence
        As for `claims_file`.
    """
    head: dict[str, Any] = {
        "id": f"claim-{number}",
        "says": read.spot.text[:MAX_TEXT],
        "where": (read.spot.heading or f"line {read.spot.line}")[:MAX_TEXT],
        "cites": read.cites,
    }
    match read.kind:
        case "rate":
            return _rate(read, head)
        case "direction":
            return _direction(read, head)
        case "background":
            return _background(read, head, sources.get(read.quantity or "", ()))
        case "statement":
            return _statement(read, head, sources.get(read.topic or "", ()))


def _rate(read: Read, head: dict[str, Any]) -> RateClaim:
    """Return a claim of a rate."""
    return RateClaim(
        **head,
        kind="rate",
        therapy=read.therapy or UNSPECIFIED,
        people=read.treated,
        who=read.who,
        figures=(_figure(read),),
    )


def _figure(read: Read) -> ClaimedRate:
    """Return the figure of a rate: one amount of those that it was told in."""
    values: dict[str, Any] = {
        "endpoint": read.endpoint,
        "scope": read.scope,
        "months": read.months,
        "time": read.time,
        "among": read.among,
        "counts": read.counts,
    }
    counted = read.events is not None and (read.people or -1) >= read.events
    if read.to is not None:
        values |= {"percent": read.percent, "to": read.to}
    elif read.amount is not None and read.bound is None and not counted:
        values |= {"amount": read.amount}
    elif read.percent is not None and not (counted and read.amount is not None):
        values |= {"percent": read.percent, "bound": read.bound}
    elif read.amount is not None and not counted:
        values |= {"amount": read.amount}
    if read.events is not None:
        values["events"] = read.events
    if read.people is not None and read.people >= (read.events or 0):
        values["people"] = read.people
    return ClaimedRate(**values)


def _direction(read: Read, head: dict[str, Any]) -> DirectionClaim:
    """Return a claim that something fell or rose."""
    change = ClaimedChange(
        measures=(read.measure or "",),
        direction=read.direction,
        before=read.before,
        after=read.after,
        months=read.months,
    )
    therapy = read.therapy or UNSPECIFIED
    return DirectionClaim(**head, kind="direction", therapy=therapy, changes=(change,))


def _background(
    read: Read, head: dict[str, Any], references: Sequence[Source]
) -> BackgroundClaim:
    """Return a claim on the disease or on the cells."""
    therapy = None if read.therapy == UNSPECIFIED else read.therapy
    return BackgroundClaim(
        **head,
        kind="background",
        quantity=read.quantity,
        value=read.percent,
        to=read.to,
        unit=read.unit,
        therapy=therapy if read.quantity == "cells-per-dose" else None,
        references=tuple(references) if read.quantity != "cells-per-dose" else (),
    )


def _statement(
    read: Read, head: dict[str, Any], opinions: Sequence[Opinion]
) -> StatementClaim:
    """Return a claim without a figure."""
    therapy = read.therapy or UNSPECIFIED
    return StatementClaim(
        **head,
        kind="statement",
        topic=read.topic,
        therapies=topic().compared if therapy == UNSPECIFIED else (therapy,),
        people=read.people,
        median_age=read.age,
        female_percent=read.female,
        words=read.words,
        opinions=tuple(opinions),
    )
