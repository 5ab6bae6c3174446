"""Invented records and articles for the audit's tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lupus_evidence.audit import audit, load_claims
from lupus_evidence.load import load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lupus_evidence.audit.verdicts import Audit, Verdict

RECORD = """\
id: {id}
title: {id}
citation: {{authors: [Doe J], year: {year}, journal: J Invented, doi: 10.1000/{id}}}
design: {design}
status: published
reading: primary-abstract
population: {{enrolled: {n}, lupus: {lupus}}}
arms:
{arms}
results:
{results}
{more}
"""


class World:
    """A folder of invented records, and articles to audit against it.

    Parameters
    ----------
    root : Path
        An empty folder.
    """

    def __init__(self, root: Path) -> None:
        self.records = root / "records"
        self.records.mkdir()
        self.articles = root / "articles"
        self.articles.mkdir()

    def study(self, name: str, *results: str, **changes: object) -> None:
        """Write a record; each result is the inside of a flow mapping.

        A result that does not start with its arm is about the cells.
        """
        values: dict[str, object] = {
            "id": name,
            "year": 2015,
            "design": "single-arm-trial",
            "n": 60,
            "lupus": changes.get("n", 60),
            "arms": f"  cells: {{therapy: msc, n: {changes.get('n', 60)}}}",
            "more": "",
        }
        lines = "\n".join(
            f"  - {{{'' if line.startswith('arm: ') else 'arm: cells, '}{line}}}"
            for line in results
        )
        text = RECORD.format(**(values | changes | {"results": lines or "  []"}))
        (self.records / f"{name}.yaml").write_text(text, encoding="utf-8")

    def audit(self, *claims: str, head: str = "") -> Audit:
        """Return the audit of an article with these claims."""
        items = "\n".join(
            f"  - {{id: claim-{number}, says: A claim, {claim}}}"
            for number, claim in enumerate(claims, 1)
        )
        text = (
            "id: article\n"
            f"article: {{title: An article, kind: blog{head}}}\nclaims:\n{items}\n"
        )
        path = self.articles / "article.yaml"
        path.write_text(text, encoding="utf-8")
        found = audit(load(self.records), load_claims([path]))
        assert not found.diagnostics, found.diagnostics
        return found

    def verdict(self, claim: str, head: str = "") -> Verdict:
        """Return the verdict on a single claim."""
        return self.audit(claim, head=head).articles[0].claims[0].verdict


@pytest.fixture
def world(tmp_path: Path) -> World:
    """An empty world to write records into."""
    return World(tmp_path)


@pytest.fixture
def codes() -> Callable[[Verdict], set[str]]:
    """The codes of a verdict's findings."""
    return lambda verdict: {finding.code for finding in verdict.findings}
