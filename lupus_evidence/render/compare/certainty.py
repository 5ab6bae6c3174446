"""How sure anyone can be, over all figures of a comparison."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from lupus_evidence.compare.certainty import HIGHEST_UNJUDGED
from lupus_evidence.document import Sentences
from lupus_evidence.render import reasons
from lupus_evidence.render.compare.rates import figures
from lupus_evidence.render.compare.words import capital
from lupus_evidence.text import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lupus_evidence.compare.cells import Certainty, Row
    from lupus_evidence.compare.summary import Comparison


def certainty_block(
    comparison: Comparison, rows: Sequence[Row], *, differences: bool
) -> Iterator[Sentences]:
    """Yield how sure anyone can be of the figures shown, with the reasons counted.

    Parameters
    ----------
    comparison : Comparison
        The comparison, for what was found within studies.
    rows : sequence of Row
        Rows that are shown.
    differences : bool
        Whether differences between therapies are shown.
    """
    figured = [cell.certainty for cell in figures(rows) if cell.certainty]
    direct = [item.certainty for item in comparison.direct]
    lines = [*_group("figure", figured), *_group("difference", direct)]
    if not lines:
        return
    if any(reasons.UNJUDGED in item.codes for item in (*figured, *direct)):
        lines.append(
            "Nobody has judged the studies' risk of bias, so nothing is above "
            f"{HIGHEST_UNJUDGED}."
        )
    if differences and any(row.contrasts for row in rows):
        lines.append("An unadjusted difference is never more certain than very low.")
    yield Sentences("How sure anyone can be", tuple(lines))


def _group(noun: str, found: Sequence[Certainty]) -> Iterator[str]:
    """Say how sure anyone can be of one kind of evidence after the other."""
    for kind in dict.fromkeys(item.evidence for item in found):
        same = [item for item in found if item.evidence == kind]
        levels = Counter(item.level for item in same)
        said = ", ".join(f"{name} for {count}" for name, count in levels.items())
        if len(levels) == 1:
            said = f"{same[0].level}{' for all' if len(same) > 1 else ''}"
        about = reasons.kind_of_evidence(kind)
        yield (
            f"{plural(len(same), noun)} from {about}: {said}. Each starts at "
            f"{same[0].start}, and what each of GRADE's domains takes is counted once."
        )
        yield from _counted(same, noun)


def _counted(found: Sequence[Certainty], noun: str) -> Iterator[str]:
    """Yield the reasons with the number of figures or differences, by domain."""
    parts = []
    for code in dict.fromkeys(item.domain for c in found for item in c.downgrades):
        counts = Counter(
            reason
            for item in found
            for downgrade in item.downgrades
            if downgrade.domain == code
            for reason in downgrade.codes
            if reason != reasons.UNJUDGED
        )
        if counts:
            listed = "; ".join(
                f"{reasons.less_certain(reason)} ({count})"
                for reason, count in counts.most_common()
            )
            parts.append(f"{reasons.domain(code)}: {listed}")
    if parts:
        listed = ". ".join(map(capital, parts))
        yield f"Reasons, with the number of {noun}s. {listed}."
