"""One function for every form in which a comparison can be had."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupus_evidence.compare.summary import Comparison, Explanation
    from lupus_evidence.render.terminal import Look

Form = Literal["table", "csv", "tsv", "json", "markdown", "r", "metafor"]


def render_comparison(
    comparison: Comparison,
    form: Form,
    look: Look,
    explanations: Sequence[Explanation] = (),
    *,
    every: bool = True,
    differences: bool = False,
) -> str:
    """Return a comparison in the form asked for.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    form : {"table", "csv", "tsv", "json", "markdown", "r", "metafor"}
        What the output is for.
    look : Look
        Width and colour, for "table".
    explanations : sequence of Explanation
        What became of each study, for "table" and "markdown"; CSV and JSON always
        say it.
    every : bool
        For "table" and "markdown", whether to show every row; otherwise those for a
        first look, the rest counted. CSV and JSON always hold every row.
    differences : bool
        For "table" and "markdown", whether to show the unadjusted differences between
        therapies. CSV and JSON always hold them.
    """
    if form == "json":
        from lupus_evidence.render.compare.structured import comparison_json

        return comparison_json(comparison)
    if form == "r":
        from lupus_evidence.render.compare.r_script import comparison_r

        return comparison_r(comparison)
    if form == "metafor":
        from lupus_evidence.render.compare.counted import counted_table
        from lupus_evidence.render.separated import render_separated

        return render_separated(counted_table(comparison))
    if form in ("csv", "tsv"):
        from lupus_evidence.render.compare.separated import cells_table
        from lupus_evidence.render.separated import render_separated

        return render_separated(cells_table(comparison), "\t" if form == "tsv" else ",")
    from lupus_evidence.render.compare.document import comparison_document

    page = comparison_document(
        comparison, explanations, every=every, differences=differences
    )
    if form == "markdown":
        from lupus_evidence.render.markdown import render_document

        return render_document(page)
    from lupus_evidence.render.terminal import render_document as on_terminal

    return on_terminal(page, look)
