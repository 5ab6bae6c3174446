"""A comparison as an answer: a page, tables, data, and what R reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.writers.formats import Answer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupus_evidence.compare.summary import Comparison, Explanation
    from lupus_evidence.document import Document, Table


def comparison_answer(
    comparison: Comparison,
    explanations: Sequence[Explanation] = (),
    *,
    every: bool = True,
    differences: bool = False,
) -> Answer:
    """Return a comparison in all its forms.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    explanations : sequence of Explanation
        What became of each study, for the page; tables and data always say it.
    every : bool
        Whether the page shows every row; otherwise those for a first look, the rest
        counted. Tables and data always hold every row.
    differences : bool
        Whether the page shows the unadjusted differences between therapies. Tables and
        data always hold them.
    """

    def pages() -> list[Document]:
        from lupus_evidence.render.compare.document import comparison_document

        return [
            comparison_document(
                comparison, explanations, every=every, differences=differences
            )
        ]

    def tables() -> list[Table]:
        from lupus_evidence.render.compare.counted import counted_table
        from lupus_evidence.render.compare.left_out import left_out_table
        from lupus_evidence.render.compare.separated import cells_table

        return [
            cells_table(comparison),
            counted_table(comparison),
            left_out_table(comparison),
        ]

    def script() -> str:
        from lupus_evidence.render.compare.r_script import comparison_r

        return comparison_r(comparison)

    def counts() -> str:
        from lupus_evidence.render.compare.counted import counted_table
        from lupus_evidence.writers.separated import render_separated

        return render_separated(counted_table(comparison))

    def data() -> dict[str, object]:
        from lupus_evidence.render.compare.structured import comparison_data

        return comparison_data(comparison)

    return Answer(
        comparison.receipt,
        pages=pages,
        tables=tables,
        data=data,
        texts={"r": script, "metafor": counts},
    )
