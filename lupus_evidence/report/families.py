"""Families of studies that share people, and when their people entered."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from lupus_evidence.report.page import Member, OverlapFamily

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from lupus_evidence.models import Study

Sharing = dict[str, tuple[tuple[str, str], ...]]

#: Days before the first of each month in a year of 365.
_BEFORE_MONTH = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_DAYS = 365


def sharing_of(pairs: dict[tuple[str, str], str], known: Collection[str]) -> Sharing:
    """Return for each study those that it shares people with, with the certainty.

    Parameters
    ----------
    pairs : dict
        Certainty by pair of ids, both ways round, as from `shared_people`.
    known : collection of str
        Ids of the records; an overlap with any other study is left out.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for (one, other), certainty in sorted(pairs.items()):
        if one in known and other in known:
            found.setdefault(one, []).append((other, certainty))
    return {study: tuple(others) for study, others in found.items()}


def overlap_families(
    studies: Iterable[Study], sharing: Sharing, counted: Collection[str]
) -> tuple[OverlapFamily, ...]:
    """Return the families, the largest first.

    Sharing is not passed on: two members of a family need not share anybody with each
    other. The family says only that counting them needs care.

    Parameters
    ----------
    studies : iterable of Study
        All records.
    sharing : dict
        As from `sharing_of`.
    counted : collection of str
        Studies with a result in a figure.
    """
    by_id = {study.id: study for study in studies}
    families = []
    for ids in _components(sharing):
        members = [
            Member(
                by_id[name],
                *_entry(by_id[name]),
                counted=name in counted,
                shares=sharing[name],
            )
            for name in ids
        ]
        members.sort(key=_order)
        families.append(OverlapFamily(_name(members), tuple(members)))
    families.sort(key=lambda family: (-len(family.members), family.name))
    return tuple(families)


def _components(sharing: Sharing) -> Iterator[list[str]]:
    """Yield the connected parts of the graph of shared people."""
    seen: set[str] = set()
    for first in sharing:
        if first in seen:
            continue
        part, open_ends = set(), [first]
        while open_ends:
            name = open_ends.pop()
            if name not in part:
                part.add(name)
                open_ends += [other for other, _ in sharing[name]]
        seen |= part
        yield sorted(part)


def _entry(study: Study) -> tuple[float | None, float | None]:
    """Return when a study's people entered, in years."""
    span = study.setting.recruitment
    if span is None:
        return None, None
    start = in_years(span.start, last=False) if span.start else None
    end = in_years(span.end, last=True) if span.end else None
    return start, end


def in_years(date: str, *, last: bool) -> float:
    """Return a date, a month or a year as a point in time, in years.

    Parameters
    ----------
    date : str
        "2005", "2005-01" or "2005-01-31".
    last : bool
        Whether to take the end of the month or year rather than its start.

    Examples
    --------
    >>> in_years("2005", last=True)
    2006.0
    """
    year, *rest = (int(part) for part in date.split("-"))
    if not rest:
        return float(year + last)
    month, day = rest[0], rest[1] if len(rest) > 1 else None
    if day is None:
        before = _DAYS if last and month == 12 else _BEFORE_MONTH[month - 1 + last]  # noqa: PLR2004 - December
        return year + before / _DAYS
    return year + min(_BEFORE_MONTH[month - 1] + day - 1, _DAYS) / _DAYS


def _order(member: Member) -> tuple[float, int, str]:
    """Sort by entry, then publication, then name."""
    year = member.study.citation.year or 0
    start = member.start if member.start is not None else float(year)
    return start, year, member.study.id


def _name(members: list[Member]) -> str:
    """Return the centre that most members name; the first study if none names any."""
    centres = Counter(
        centre for member in members for centre in member.study.setting.centres
    )
    if not centres:
        return members[0].study.id
    most = max(centres.values())
    return min(centre for centre, count in centres.items() if count == most)
