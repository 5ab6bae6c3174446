"""The records once, prepared for the rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from lupus_evidence.audit.figures import RecordedFigure, figures_of, overlaps_of

if TYPE_CHECKING:
    from lupus_evidence.claims import AnyClaim, ClaimsFile
    from lupus_evidence.load import EvidenceBase, StudyFile


@dataclass(frozen=True)
class EvidenceSet:
    """What every rule may look at.

    Parameters
    ----------
    base : EvidenceBase
        The records.
    """

    base: EvidenceBase

    @cached_property
    def figures(self) -> tuple[RecordedFigure, ...]:
        """Every result with its rate."""
        return figures_of(self.base)

    @cached_property
    def overlaps(self) -> dict[str, set[str]]:
        """Which studies share people, read both ways."""
        return overlaps_of(self.base)

    @cached_property
    def files(self) -> dict[str, StudyFile]:
        """Records by name."""
        return {item.study.id: item for item in self.base.files}

    def of_study(self, name: str) -> tuple[RecordedFigure, ...]:
        """Return the figures of one study."""
        return tuple(item for item in self.figures if item.study.id == name)


@dataclass(frozen=True)
class ArticleContext:
    """The article that a claim stands in.

    Parameters
    ----------
    evidence : EvidenceSet
        The records.
    file : ClaimsFile
        The article.
    told : frozenset of (str, str)
        Study and endpoint of every percentage that the article gives.
    """

    evidence: EvidenceSet
    file: ClaimsFile
    told: frozenset[tuple[str, str]] = field(default=frozenset())

    def tells(self, what: str) -> bool:
        """Tell whether the article itself says so."""
        return what in self.file.article.tells


def context_of(evidence: EvidenceSet, file: ClaimsFile) -> ArticleContext:
    """Return the context of an article's claims."""
    told = {pair for claim in file.claims for pair in _told_by(claim)}
    return ArticleContext(evidence, file, frozenset(told))


def _told_by(claim: AnyClaim) -> set[tuple[str, str]]:
    """Return study and endpoint of a claim's percentages."""
    figures = getattr(claim, "figures", ())
    return {(claim.cites, figure.endpoint) for figure in figures if claim.cites}
