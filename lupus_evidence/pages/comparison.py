"""A comparison as an answer: a page, tables, data, and what R reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.writers.formats import Answer

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from lupus_evidence.compare.summary import Comparison, Explanation
    from lupus_evidence.document import Document, Table


def comparison_answer(
    comparison: Comparison,
    explanations: Sequence[Explanation] = (),
    *,
    every: bool = False,
    sections: Collection[str] = (),
    answer: bool = True,
    findings: bool = False,
) -> Answer:
    """Return a comparison in all its forms.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    explanations : sequence of Explanation
        What became of each study, for the page; tables and data always say it.
    every : bool
        Whether the page's answer has a line for every row; otherwise for the main
        outcomes. Tables and data always hold every row.
    sections : collection of str
        Which sections follow on the page, of `comparison_page.SECTIONS`.
    answer : bool
        Whether the page begins with the answer.
    findings : bool
        Whether that is a summary of findings, as manuscripts have it.
    """

    def pages() -> list[Document]:
        from lupus_evidence.pages.comparison_page import comparison_document

        return [
            comparison_document(
                comparison,
                explanations,
                every=every,
                sections=sections,
                answer=answer,
                findings=findings,
            )
        ]

    def tables() -> list[Table]:
        from lupus_evidence.pages.comparison_csv import cells_table, counted_table
        from lupus_evidence.pages.comparison_tables import left_out_table

        return [
            cells_table(comparison),
            counted_table(comparison),
            left_out_table(comparison),
        ]

    def script() -> str:
        from lupus_evidence.pages.r_script import comparison_r

        return comparison_r(comparison)

    def counts() -> str:
        from lupus_evidence.pages.comparison_csv import counted_table
        from lupus_evidence.writers.separated import render_separated

        return render_separated(counted_table(comparison))

    def data() -> dict[str, object]:
        from lupus_evidence.pages.comparison_json import comparison_data

        return comparison_data(comparison)

    return Answer(
        comparison.receipt,
        pages=pages,
        tables=tables,
        data=data,
        texts={"r": script, "metafor": counts},
    )
