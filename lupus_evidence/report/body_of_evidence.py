"""The body of evidence behind the figures: where there is any, and its limits.

The evidence map, the families of studies that share people, and how far the
studies behind the figures may be off.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.appraisal import Judgement, Tool, tools
from lupus_evidence.report.contents import Bubble, MapRow, OverlapFamily
from lupus_evidence.vocabulary import ANY_TIME, FAMILIES, family_of, topic

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from lupus_evidence.compare.cells import Cell, Row
    from lupus_evidence.compare.summary import Comparison
    from lupus_evidence.evidence.study_numbers import StudyNumber
    from lupus_evidence.records.study import Study
    from lupus_evidence.vocabulary import Band, BiasLevel, Scope


def map_bands() -> tuple[Band, ...]:
    """Return the columns of what depends on the time; all else has one column."""
    return tuple(band for band in topic().all_bands if band != ANY_TIME)


def evidence_map(comparison: Comparison) -> tuple[MapRow, ...]:
    """Return one row for each endpoint and scope, by family, endpoint and scope.

    Parameters
    ----------
    comparison : Comparison
        The comparison; its rows without a usable figure are on the map too.
    """
    found: dict[tuple[str, Scope], dict[Band, Row]] = {}
    for row in (*comparison.rows, *comparison.unanswered):
        found.setdefault((row.endpoint, row.scope), {})[row.band] = row
    return tuple(
        MapRow(
            endpoint,
            scope,
            tuple((band, _bubbles(rows.get(band))) for band in _bands(endpoint)),
        )
        for (endpoint, scope), rows in sorted(found.items(), key=_order)
    )


def _bands(endpoint: str) -> tuple[Band, ...]:
    """Return the columns that an endpoint can have a bubble in."""
    return map_bands() if topic().endpoints[endpoint].clock else (ANY_TIME,)


def _order(item: tuple[tuple[str, Scope], object]) -> tuple[int, int, int]:
    """Sort by family, endpoint and scope, as the vocabulary has them."""
    endpoint, scope = item[0]
    family = FAMILIES.index(family_of(endpoint))
    return (
        family,
        list(topic().endpoints).index(endpoint),
        topic().scope_names.index(scope),
    )


def _bubbles(row: Row | None) -> tuple[Bubble, ...]:
    """Return the bubbles of one field of the map."""
    if row is None:
        return ()
    bubbles = (_bubble(cell) for cell in row.cells)
    return tuple(bubble for bubble in bubbles if bubble.studies)


def _bubble(cell: Cell) -> Bubble:
    """Return what is known in one cell."""
    selection = cell.selection
    if selection.included:
        studies = tuple(item.study for item in selection.included)
        return Bubble(cell.therapy, selection.people, studies)
    silent = dict.fromkeys(item.study for item in selection.excluded)
    return Bubble(cell.therapy, 0, tuple(silent))


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


#: Of several judgements of one study the first of these is told; None: nobody judged.
_TOLD: tuple[BiasLevel | None, ...] = ("high", "unknown", None, "some", "low")


@dataclass(frozen=True)
class JudgedStudy:
    """A study and one judgement that counts for a figure.

    Parameters
    ----------
    study : Study
        The record.
    found : Judgement
        The judgement, of the whole study or of some of its results.
    """

    study: Study
    found: Judgement


@dataclass(frozen=True)
class JudgedWith:
    """The studies that were judged with one tool.

    Parameters
    ----------
    tool : Tool
        The tool.
    rows : tuple of JudgedStudy
        In order of the studies' names.
    """

    tool: Tool
    rows: tuple[JudgedStudy, ...]

    @property
    def domains(self) -> tuple[str, ...]:
        """What was asked; of groups only where a study has any."""
        asked = {name for row in self.rows for name in row.found.appraisal.domains}
        return tuple(
            name
            for name, domain in self.tool.domains.items()
            if name in asked or not domain.comparative
        )


@dataclass(frozen=True)
class BiasOfFigures:
    """What is known of the risk of bias of the studies behind figures.

    Parameters
    ----------
    levels : tuple of (str, str or None)
        Each study with its level, the worst where its results differ; None where
        nobody judged a result of it that is in a figure.
    abstracts : int
        Studies that were judged from nothing but an abstract.
    tools : tuple of JudgedWith
        The judgements, by tool; the tool of the most studies first.
    """

    levels: tuple[tuple[str, BiasLevel | None], ...]
    abstracts: int
    tools: tuple[JudgedWith, ...]

    def of(self, level: BiasLevel | None) -> int:
        """Return how many studies have a level.

        Parameters
        ----------
        level : str or None
            The level; None for studies that nobody judged.
        """
        return sum(found == level for _, found in self.levels)


def bias_of_figures(comparison: Comparison) -> BiasOfFigures:
    """Return how the studies behind the figures of a comparison were judged.

    Parameters
    ----------
    comparison : Comparison
        The comparison; studies behind what trials say count too.
    """
    numbers = sorted(_numbers(comparison), key=lambda item: item.study)
    levels: dict[str, set[BiasLevel | None]] = {}
    rows: dict[str, dict[tuple[str, int], JudgedStudy]] = {name: {} for name in tools()}
    abstracts = set()
    for item in numbers:
        levels.setdefault(item.study, set()).add(item.bias)
        found = item.judgement
        if found is None:
            continue
        row = JudgedStudy(item.record, found)
        rows[found.tool.name][item.study, found.index] = row
        if found.read(item.record.reading) == "primary-abstract":
            abstracts.add(item.study)
    found_with = [
        JudgedWith(tools()[name], tuple(own[key] for key in sorted(own)))
        for name, own in rows.items()
        if own
    ]
    return BiasOfFigures(
        tuple(
            (study, next(level for level in _TOLD if level in found))
            for study, found in levels.items()
        ),
        len(abstracts),
        tuple(sorted(found_with, key=lambda item: -len(item.rows))),
    )


def _numbers(comparison: Comparison) -> Iterator[StudyNumber]:
    """Yield every study's number behind a figure, or behind what trials say."""
    for row in comparison.rows:
        for cell in row.cells:
            yield from cell.selection.included
    for answer in comparison.trials:
        for item in answer.trials:
            yield item.first
