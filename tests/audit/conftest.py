"""Invented records and articles for the audit's tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from audit.made import two_arms

from lupus_evidence.audit import audit, load_claims
from lupus_evidence.records.load import load

if TYPE_CHECKING:
    from pathlib import Path

    from lupus_evidence.audit.verdicts import Audit, Verdict
    from lupus_evidence.records.load import EvidenceBase

RECORD = """\
id: {id}
title: {id}
citation: {{authors: [Doe J], year: {year}, journal: J Invented, doi: 10.1000/{id}}}
design: {design}
status: {status}
reading: {reading}
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
            "status": "published",
            "reading": "primary-abstract",
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

    def studies(self, line: str, *events: int, n: int = 60) -> None:
        """Write a study s1-2015, s2-2015, ... for each count of one outcome."""
        for number, count in enumerate(events, 1):
            self.study(f"s{number}-2015", f"{line}, events: {count}, n: {n}", n=n)

    def trial(self, name: str, *rows: tuple[str, str, str], n: int = 60) -> None:
        """Write a randomised trial; each row is an outcome and both arms' figures."""
        lines = [
            f"arm: {arm}, endpoint: {endpoint}, at: 6, among: treated, {figure}"
            for endpoint, *figures in rows
            for arm, figure in zip(("cells", "placebo"), figures, strict=True)
        ]
        self.study(
            name,
            *lines,
            design="randomised-trial",
            arms=two_arms(n),
            n=2 * n,
        )

    def line(self, name: str, number: int) -> str:
        """Return a line of a record without the space around it."""
        text = (self.records / f"{name}.yaml").read_text(encoding="utf-8")
        return text.splitlines()[number - 1].strip()

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


@pytest.fixture(scope="session")
def base() -> EvidenceBase:
    """The bundled records."""
    return load()


@pytest.fixture
def world(tmp_path: Path) -> World:
    """An empty world to write records into."""
    return World(tmp_path)
