"""A comparison as a page: what was seen, how sure, in whom, what was left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.compare.main_rows import main_rows
from lupus_evidence.document import Document, Facts, Sentences
from lupus_evidence.render.compare import words
from lupus_evidence.render.compare.caveats import contradictory_sources
from lupus_evidence.render.compare.certainty import certainty_block
from lupus_evidence.render.compare.differences import difference_block
from lupus_evidence.render.compare.explained import explained_blocks
from lupus_evidence.render.compare.left_out import (
    left_out_table,
    registered,
    unanswered,
)
from lupus_evidence.render.compare.over_time import over_time_block
from lupus_evidence.render.compare.people import people_table
from lupus_evidence.render.compare.plain import plain_sentences
from lupus_evidence.render.compare.rates import rates_table
from lupus_evidence.render.compare.sensitivity import sensitivity_blocks
from lupus_evidence.render.reasons import ASSUMED_ERRORS
from lupus_evidence.text import number, plural
from lupus_evidence.vocabulary import (
    CONTROLLED_DESIGNS,
    THERAPIES,
    therapy_includes,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lupus_evidence.compare.cells import Row
    from lupus_evidence.compare.summary import Comparison, Explanation
    from lupus_evidence.document import Block

NO_EFFECT = (
    "a difference between therapies is not an effect of one treatment over the other."
)


def lead(comparison: Comparison) -> str:
    """Return what a reader must know before comparing therapies.

    Parameters
    ----------
    comparison : Comparison
        The comparison.

    Returns
    -------
    str
        A sentence; empty where nothing is compared.
    """
    both = studies_with_both(comparison)
    designs = [pair for item in comparison.people for pair in item.designs]
    studies = sum(count for _, count in designs)
    if not studies:
        return ""
    if both:
        return (
            f"{', '.join(both)} treated some people with one and some with another of "
            "these therapies; figures that rest on other studies are of different "
            f"people, and there {NO_EFFECT}"
        )
    controlled = sum(count for name, count in designs if name in CONTROLLED_DESIGNS)
    control = ", mostly without a control group" if 2 * controlled < studies else ""
    if not controlled:
        control = ", without a control group"
    return f"These are different studies of different people{control}: {NO_EFFECT}"


def studies_with_both(comparison: Comparison) -> tuple[str, ...]:
    """Return the studies with arms of several of the compared therapies.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    """
    sides = [set(item.studies) for item in comparison.people]
    several = {
        study
        for place, side in enumerate(sides)
        for other in sides[place + 1 :]
        for study in side & other
    }
    return tuple(sorted(several))


def comparison_document(
    comparison: Comparison,
    explanations: Sequence[Explanation] = (),
    *,
    every: bool = True,
    differences: bool = False,
) -> Document:
    """Return a comparison as a page of tables and sentences.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    explanations : sequence of Explanation
        What became of each study in each cell, where that was asked for.
    every : bool
        Whether to show every row; otherwise those for a first look, the rest counted.
    differences : bool
        Whether to show the unadjusted differences between therapies.
    """
    shown = comparison.rows if every else main_rows(comparison.rows)
    labels = "; ".join(
        f"{name}: {THERAPIES[name].label}" for name in comparison.therapies
    )
    return Document(
        " compared with ".join(comparison.therapies),
        f"{labels}. {lead(comparison)}".rstrip(),
        tuple(_blocks(comparison, shown, explanations, differences=differences)),
    )


def _blocks(
    comparison: Comparison,
    shown: tuple[Row, ...],
    explanations: Sequence[Explanation],
    *,
    differences: bool,
) -> Iterator[Block]:
    """Yield the parts of the page in order, those without content left out."""
    rows = {id(row) for row in (*shown, *comparison.unanswered)}
    head_to_head = _head_to_head(comparison)
    if head_to_head:
        yield _direct(comparison)
    yield rates_table(comparison, shown)
    if not head_to_head:
        yield _direct(comparison)
    if plain := plain_sentences(shown):
        yield Sentences("In plain words", plain)
    if differences:
        yield difference_block(shown)
    yield from over_time_block(comparison, shown)
    yield from certainty_block(comparison, shown, differences=differences)
    yield from _contradictions(shown)
    yield people_table(comparison)
    yield left_out_table(comparison, names=bool(explanations))
    yield from unanswered(comparison)
    yield from registered(comparison)
    yield from sensitivity_blocks(comparison, shown, differences=differences)
    yield from explained_blocks([item for item in explanations if id(item.row) in rows])
    yield receipt_facts(comparison)


def _head_to_head(comparison: Comparison) -> bool:
    """Tell whether a study set two of the compared therapies side by side."""
    return any(
        all(
            any(therapy_includes(wide, narrow) for wide in comparison.therapies)
            for narrow in item.therapies
        )
        for item in comparison.direct
    )


def _direct(comparison: Comparison) -> Sentences:
    """Return what was found within studies, or that nothing was."""
    items = tuple(words.direct_difference(item) for item in comparison.direct)
    none = "No study gives counts of two arms, one of them with one of these therapies."
    return Sentences("Compared within one study", items or (none,))


def _contradictions(rows: Sequence[Row]) -> Iterator[Sentences]:
    """Yield the studies whose sources contradict themselves, in one line."""
    studies = contradictory_sources(rows)
    if studies:
        text = (
            f"Behind these figures, {plural(len(studies), 'study', 'studies')} with a "
            "source that contradicts itself or another (see `show ID`): "
            f"{', '.join(studies)}."
        )
        yield Sentences("Contradictions", (text,))


def receipt_facts(comparison: Comparison) -> Facts:
    """Return what the comparison rests on."""
    receipt = comparison.receipt
    rules = receipt.rules
    choices = [
        f"overlap {rules.overlap}",
        f"readings {', '.join(rules.readings) or 'all'}",
        f"designs {', '.join(rules.designs) or 'all'}",
        f"at least {plural(rules.min_n, 'person', 'people')}",
        f"conference abstracts {'in' if rules.include_abstracts else 'out'}",
        f"results that fail a check {'in' if rules.include_failing else 'out'}",
        f"curves without an error {ASSUMED_ERRORS[rules.assumed_error]}",
    ]
    return Facts(
        "Receipt",
        (
            ("program", f"lupus-evidence {receipt.version}"),
            ("records", f"{receipt.records_version or '?'}, hash {receipt.data_hash}"),
            ("last search", receipt.searched or "not stated"),
            ("pooling", f"{receipt.method}, {receipt.priors}"),
            ("level", f"{number(receipt.level * 100)} %"),
            ("one study", receipt.single_study_interval),
            ("differences", receipt.contrast_method),
            ("within a study", receipt.direct_interval),
            ("choice of results", ", ".join(choices)),
        ),
    )
