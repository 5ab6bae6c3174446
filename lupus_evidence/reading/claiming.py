"""From what was read to claims as a claims file holds them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lupus_evidence.claims import (
    Article,
    BackgroundClaim,
    ClaimedChange,
    ClaimedRate,
    ClaimsFile,
    DirectionClaim,
    RateClaim,
    StatementClaim,
)
from lupus_evidence.fields import MAX_TEXT
from lupus_evidence.reading.read import UNSPECIFIED
from lupus_evidence.vocabulary import topic

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lupus_evidence.claims import Claim, Opinion, Source
    from lupus_evidence.reading.read import Read, ReadPage

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
