"""A comparison as a page: who, what came of it, how sure, what was left out."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from lupus_evidence.compare.main_rows import main_rows
from lupus_evidence.render.cells import number
from lupus_evidence.render.compare import words
from lupus_evidence.render.compare.explained import explained_blocks
from lupus_evidence.render.compare.left_out import (
    left_out_table,
    registered,
    unanswered,
)
from lupus_evidence.render.compare.people import people_table
from lupus_evidence.render.compare.plain import plain_sentences
from lupus_evidence.render.compare.rates import rates_table
from lupus_evidence.render.compare.sensitivity import sensitivity_blocks
from lupus_evidence.results import Document, Facts, Sentences
from lupus_evidence.vocabulary import THERAPIES
from lupus_evidence.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lupus_evidence.compare.cells import Row
    from lupus_evidence.compare.summary import Comparison, Explanation
    from lupus_evidence.results import Block

UNADJUSTED = (
    "These are different studies of different people, mostly without a control group: "
    "a difference between columns is not an effect of one treatment over the other."
)
#: What the intervals of the differences are, said once below them.
INTERVALS_OF_DIFFERENCES = (
    "Each interval is a posterior (credible) one of the default model, for the "
    "difference between two typical centres. A side with one study is wider than that "
    "study's own interval above: how far its centre is from a typical one is not "
    "known, and is assumed as for all others."
)


def comparison_document(
    comparison: Comparison,
    explanations: Sequence[Explanation] = (),
    *,
    every: bool = True,
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
    """
    shown = comparison.rows if every else main_rows(comparison.rows)
    hidden = len(comparison.rows) - len(shown)
    labels = "; ".join(
        f"{name}: {THERAPIES[name].label}" for name in comparison.therapies
    )
    return Document(
        " compared with ".join(comparison.therapies),
        f"{labels}. {UNADJUSTED}",
        tuple(_blocks(comparison, shown, hidden, explanations)),
        {},
    )


def _blocks(
    comparison: Comparison,
    shown: tuple[Row, ...],
    hidden: int,
    explanations: Sequence[Explanation],
) -> Iterator[Block]:
    """Yield the parts of the page in order, those without content left out."""
    rows = {id(row) for row in (*shown, *comparison.unanswered)}
    yield people_table(comparison)
    yield _direct(comparison)
    yield rates_table(replace(comparison, rows=shown), hidden)
    yield from _differences(shown)
    yield from _certainty(comparison)
    yield left_out_table(comparison, names=bool(explanations))
    yield from unanswered(comparison)
    yield from registered(comparison)
    yield from sensitivity_blocks(comparison)
    yield from explained_blocks([item for item in explanations if id(item.row) in rows])
    yield receipt_facts(comparison)


def _direct(comparison: Comparison) -> Sentences:
    """Return what was found within studies, or that nothing was."""
    items = tuple(words.direct_in_words(item) for item in comparison.direct)
    return Sentences(
        "Compared within one study",
        items or ("No study treated people side by side with one of these therapies.",),
    )


def _differences(rows: Sequence[Row]) -> Iterator[Sentences]:
    """Yield the differences and the plain sentences."""
    found = [
        words.contrast_in_words(row, contrast)
        for row in rows
        for contrast in row.contrasts
    ]
    if found:
        found.append(INTERVALS_OF_DIFFERENCES)
    yield Sentences(
        "Differences",
        tuple(found)
        or ("No endpoint has a figure for two of these therapies at the same time.",),
    )
    plain = plain_sentences(rows)
    if plain:
        yield Sentences("In plain words", plain)


def _certainty(comparison: Comparison) -> Iterator[Sentences]:
    """Yield how sure anyone can be, over all figures, with the reasons counted."""
    found = [
        cell.certainty
        for row in comparison.rows
        for cell in row.cells
        if cell.certainty is not None
    ]
    if not found:
        return
    levels = Counter(item.level for item in found)
    reasons = Counter(reason.text for item in found for reason in item.downgrades)
    level_words = ", ".join(f"{name} for {count}" for name, count in levels.items())
    if len(levels) == 1:
        level_words = f"{found[0].level} for all"
    lines = [
        (
            f"{plural(len(found), 'figure')}: {level_words}. Each starts at low, being "
            "about groups without a control, and loses a level for each reason."
        ),
    ]
    if reasons:
        counted = "; ".join(f"{text} ({n})" for text, n in reasons.most_common())
        lines.append(f"Reasons, with the number of figures: {counted}.")
    lines.append("An unadjusted difference is never more certain than very low.")
    yield Sentences("How sure anyone can be", tuple(lines))


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
