"""Families of studies that share people."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from lupus_evidence.report.page import OverlapFamily

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from lupus_evidence.models import Study

Sharing = dict[str, tuple[tuple[str, str], ...]]


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
    studies: Iterable[Study], sharing: Sharing
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
    """
    by_id = {study.id: study for study in studies}
    families = [
        OverlapFamily(_name([by_id[name] for name in ids]), tuple(ids))
        for ids in _components(sharing)
    ]
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


def _name(members: Sequence[Study]) -> str:
    """Return the centre that most members name; the first study if none names any."""
    centres = Counter(centre for study in members for centre in study.setting.centres)
    if not centres:
        return members[0].id
    most = max(centres.values())
    return min(centre for centre, count in centres.items() if count == most)
