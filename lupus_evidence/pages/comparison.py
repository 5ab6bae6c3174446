"""A comparison as an answer: a page, tables, data, and a script for R.

The script fits every pooled figure again with metafor. Trials come first:
Mantel-Haenszel, which stands beside the default, and the random-effects models that
come nearest to it.

Of rates it gives the figure that can be checked elsewhere: the binomial-normal model
by maximum likelihood with t(k-1), which stands beside the default from four studies
on. Counts worked out from survival curves are not whole, and metafor's model takes
whole counts only: those sets are fitted on the logit scale by REML instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.compare.cells import Cell, Pooled, Row
from lupus_evidence.documents.text import visible
from lupus_evidence.pages.comparison_csv import trials_name
from lupus_evidence.writers.formats import Answer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from lupus_evidence.compare.summary import Comparison, Explanation
    from lupus_evidence.compare.trials import TrialsAnswer
    from lupus_evidence.documents.document import Document, Table


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
        return comparison_r(comparison)

    def counts() -> str:
        from lupus_evidence.pages.comparison_csv import counted_table
        from lupus_evidence.writers.tabular import render_separated

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


_WHOLE = 'rma.glmm(measure = "PLO", xi = xi, ni = ni, data = d, test = "t", nAGQ = 25)'
_PARTS = (
    'rma(measure = "PLO", xi = xi, ni = ni, data = d, method = "REML", '
    'add = 1/2, to = "only0")'
)


def _vector(values: Sequence[float]) -> str:
    """Return numbers as an R vector, at full precision."""
    return f"c({', '.join(f'{value:.17g}' for value in values)})"


def _strings(values: Sequence[str]) -> str:
    """Return words as an R vector; ids hold nothing that R would act on."""
    quoted = (f'"{visible(value)}"' for value in values)
    return f"c({', '.join(quoted)})"


def _fit(row: Row, cell: Cell) -> Iterator[str]:
    """Yield the lines of one figure."""
    included = cell.selection.included
    whole = all(
        float(value).is_integer()
        for item in included
        for value in (item.events, item.n)
    )
    title = f"{cell.therapy}, {row.endpoint}, {row.scope}, {row.band.label}"
    yield f"# {title}"
    yield "d <- data.frame("
    yield f"  study = {_strings([item.study for item in included])},"
    yield f"  xi = {_vector([item.events for item in included])},"
    yield f"  ni = {_vector([item.n for item in included])}"
    yield ")"
    yield f"f <- {_WHOLE if whole else _PARTS}"
    yield f'cat("{title}\\n")'
    yield "print(predict(f, transf = transf.ilogit))"
    yield ""


def _fit_trials(answer: TrialsAnswer) -> Iterator[str]:
    """Yield the lines of one effect: by Mantel-Haenszel, and with random effects."""
    pairs = answer.selection.included
    first = [pair.first for pair in pairs]
    second = [pair.second for pair in pairs]
    title = trials_name(answer)
    yield f"# {title}"
    yield "d <- data.frame("
    yield f"  study = {_strings([pair.study for pair in pairs])},"
    yield f"  ai = {_vector([item.events for item in first])},"
    yield f"  bi = {_vector([item.n - item.events for item in first])},"
    yield f"  ci = {_vector([item.events for item in second])},"
    yield f"  di = {_vector([item.n - item.events for item in second])}"
    yield ")"
    yield f'cat("{title}\\n")'
    for measure in ("RD", "RR"):
        yield f'print(rma.mh(measure = "{measure}", {_CELLS}))'
    yield f'print(rma(measure = "OR", {_CELLS}, method = "REML", test = "knha"))'
    yield f'print(rma.glmm(measure = "OR", {_CELLS}, model = "UM.FS"))'
    yield ""


_CELLS = "ai = ai, bi = bi, ci = ci, di = di, data = d"


def comparison_r(comparison: Comparison) -> str:
    """Return the R script of a comparison.

    Parameters
    ----------
    comparison : Comparison
        Its pooled figures are fitted, those of one study are not.
    """
    receipt = comparison.receipt
    lines = [
        f"# lupus-evidence {receipt.version}, data hash {receipt.data_hash}",
        "# Every pooled figure again with metafor (https://www.metafor-project.org).",
        "# metafor stops where no one or everyone had the outcome in every study.",
        "suppressMessages(library(metafor))",
        "",
    ]
    for answer in comparison.trials:
        if answer.k > 1:
            lines += _fit_trials(answer)
    for row in comparison.rows:
        for cell in row.cells:
            if isinstance(cell.figure, Pooled) and cell.figure.estimate.bound is None:
                lines += _fit(row, cell)
    return "\n".join(lines) + "\n"
