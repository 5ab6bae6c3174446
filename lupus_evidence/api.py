"""The five functions of the library: load, select, pool, compare, audit.

They live here and not in the package's front because `lupus_evidence.records.load`,
`lupus_evidence.compare` and `lupus_evidence.audit` are modules: Python sets a module as
an attribute of its package the moment anything imports it, so that ``from
lupus_evidence import load`` would give the function or the module depending on what ran
before.

In IPython and in notebooks, what these functions return shows itself as a table;
importing this module there registers how.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lupus_evidence.audit import audit as _audit
from lupus_evidence.audit.articles import articles_beside
from lupus_evidence.checks.running import checked_evidence
from lupus_evidence.compare.comparison import compare
from lupus_evidence.errors import EvidenceError, UnknownNameError
from lupus_evidence.evidence.rate_selection import choose
from lupus_evidence.records.load import EvidenceBase, load
from lupus_evidence.stats.pooling import pool
from lupus_evidence.vocabulary import Scope, band_for, topic, use_topic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupus_evidence.audit.verdicts import Audit
    from lupus_evidence.evidence.selection import Selection, SelectionRules

__all__ = ["audit", "compare", "load", "pool", "select"]


def select(
    base: EvidenceBase,
    therapy: str,
    endpoint: str,
    *,
    months: float | None = None,
    scope: Scope | None = None,
    rules: SelectionRules | None = None,
) -> Selection:
    """Choose the results that one pooled figure rests on.

    Parameters
    ----------
    base : EvidenceBase
        The records.
    therapy, endpoint : str
        Names of the vocabulary, such as "msc" and "overall-survival".
    months : float, optional
        About this time after treatment; results without a stated time if omitted. An
        endpoint without a clock, such as a death from the treatment, has one figure
        over all times whatever stands here.
    scope : str, optional
        What a remission or response was judged on; the whole condition if omitted.
    rules : SelectionRules, optional
        What to change about the choice.

    Raises
    ------
    UnknownNameError
        With the nearest names that exist.
    EvidenceError
        If months are not more than 0.
    """
    use_topic(base.topic)
    judged = topic().whole if scope is None else scope
    for kind, name, known in (
        ("therapy", therapy, topic().therapies),
        ("endpoint", endpoint, topic().endpoints),
        ("scope", judged, topic().scope_names),
    ):
        if name not in known:
            raise UnknownNameError(kind, name, tuple(known))
    if months is not None and not months > 0:
        raise EvidenceError(f"months should be more than 0, such as 60; not {months:g}")
    evidence = checked_evidence(base, therapy)
    return choose(evidence, endpoint, judged, band_for(endpoint, months, None), rules)


def audit(
    base: EvidenceBase, *paths: str | Path, sentences: Sequence[str] = ()
) -> Audit:
    """Check the claims of articles against the records.

    Parameters
    ----------
    base : EvidenceBase
        The records.
    *paths : str or Path
        Articles, claims files and folders of them; the bundled article if there are
        neither these nor sentences.
    sentences : sequence of str
        Single sentences to read and check.
    """
    files = articles_beside(None, [Path(path) for path in paths], base, sentences)
    return _audit(base, files)


def load_ipython_extension(shell: Any) -> None:  # noqa: ANN401 - IPython is not needed
    """Let an IPython shell show results as tables; ``%load_ext`` calls this."""
    from lupus_evidence.notebook import DISPLAYED, as_html, as_text

    formatters = shell.display_formatter.formatters
    for kind in DISPLAYED:
        formatters["text/html"].for_type(kind, as_html)
        formatters["text/plain"].for_type(
            kind, lambda value, printer, _: printer.text(as_text(value))
        )


if "IPython" in sys.modules and (_shell := sys.modules["IPython"].get_ipython()):
    load_ipython_extension(_shell)
