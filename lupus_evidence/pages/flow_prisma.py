"""The counts in the layout that the R package PRISMA2020 reads.

A number that is not known is ``NA``: the package leaves its line out, where a missing
row would become 0.

References
----------
Haddaway NR, Page MJ, Pritchard CC, McGuinness LA. PRISMA2020: an R package and Shiny
app for producing PRISMA 2020-compliant flow diagrams. Campbell Syst Rev 2022;18:e1230.
doi 10.1002/cl2.1230
"""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from lupus_evidence.screening.files import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lupus_evidence.screening.files import Kind
    from lupus_evidence.screening.flow import Flow, Number, Path

_NOT_KNOWN = "NA"
_HEADS = ("data", "node", "box", "description", "boxtext", "tooltips", "url", "n")

#: The package's rows in its order: data, node, box, and what stands in the box.
_ROWS = (
    (_NOT_KNOWN, "node4", "prevstud", "Previous studies"),
    ("previous_studies", "node5", "box1", "Studies in the previous version"),
    ("previous_reports", _NOT_KNOWN, "box1", "Reports of these studies"),
    (_NOT_KNOWN, "node6", "newstud", "Found in databases and registers"),
    ("database_results", "node7", "box2", "Databases"),
    ("database_specific_results", _NOT_KNOWN, "box2", "Specific databases"),
    ("register_results", _NOT_KNOWN, "box2", "Registers"),
    ("register_specific_results", _NOT_KNOWN, "box2", "Specific registers"),
    (_NOT_KNOWN, "node16", "othstud", "Found by other methods"),
    ("website_results", "node17", "box11", "Websites"),
    ("organisation_results", _NOT_KNOWN, "box11", "Organisations"),
    ("citations_results", _NOT_KNOWN, "box11", "Citation searching"),
    ("duplicates", "node8", "box3", "Duplicate records"),
    ("excluded_automatic", _NOT_KNOWN, "box3", "Records excluded by automation"),
    ("excluded_other", _NOT_KNOWN, "box3", "Records removed for other reasons"),
    ("records_screened", "node9", "box4", "Records screened"),
    ("records_excluded", "node10", "box5", "Records excluded"),
    ("dbr_sought_reports", "node11", "box6", "Reports sought for retrieval"),
    ("dbr_notretrieved_reports", "node12", "box7", "Reports not retrieved"),
    ("other_sought_reports", "node18", "box12", "Reports sought for retrieval"),
    ("other_notretrieved_reports", "node19", "box13", "Reports not retrieved"),
    ("dbr_assessed", "node13", "box8", "Reports assessed for eligibility"),
    ("dbr_excluded", "node14", "box9", "Reports excluded"),
    ("other_assessed", "node20", "box14", "Reports assessed for eligibility"),
    ("other_excluded", "node21", "box15", "Reports excluded"),
    ("new_studies", "node15", "box10", "Studies included in review"),
    ("new_reports", _NOT_KNOWN, "box10", "Reports of included studies"),
    ("total_studies", "node22", "box16", "Total studies included in review"),
    ("total_reports", _NOT_KNOWN, "box16", "Reports of all included studies"),
    ("identification", "node1", "identification", "Identification"),
    ("screening", "node2", "screening", "Screening"),
    ("included", "node3", "included", "Included"),
    ("total_studies_ma", "node23", "box17", "Studies in meta-analysis"),
    ("total_reports_ma", _NOT_KNOWN, "box17", "Reports in meta-analysis"),
)
_KIND_ROWS: dict[Kind, str] = {
    "database": "database_results",
    "register": "register_results",
    "website": "website_results",
    "organisation": "organisation_results",
    "citations": "citations_results",
}


def prisma_csv(flow: Flow) -> str:
    """Return the counts as the file that ``PRISMA_data(read.csv(...))`` reads.

    Parameters
    ----------
    flow : Flow
        The counts.
    """
    values = _values(flow)
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(_HEADS)
    for data, node, box, text in _ROWS:
        n = values.get(data, _NOT_KNOWN)
        writer.writerow((data, node, box, text, text, text, _NOT_KNOWN, n))
    return stream.getvalue()


def _values(flow: Flow) -> Mapping[str, str]:
    """Return what is known, by the package's name for it."""
    databases, other = flow.paths
    values = {
        "duplicates": _shown(databases.duplicates),
        "records_screened": _shown(databases.screened),
        "records_excluded": _shown(databases.excluded),
        "new_studies": str(flow.studies),
        "new_reports": str(flow.reports),
    }
    for path, begin in ((databases, "dbr"), (other, "other")):
        for found in path.found:
            values[_KIND_ROWS[found.kind]] = _shown(found.hits)
        values |= {
            f"{begin}_sought_reports": _shown(path.sought),
            f"{begin}_notretrieved_reports": _shown(path.missed),
            f"{begin}_assessed": _shown(path.assessed),
            f"{begin}_excluded": _reasons(path),
        }
    for kind in KINDS[:2]:
        values[f"{kind}_specific_results"] = _listed(
            (search.source, str(search.hits))
            for found in databases.found
            if found.kind == kind
            for search in found.searches
            if search.hits is not None
        )
    return values


def _shown(number: Number) -> str:
    """Return a number, or that it is not known."""
    return _NOT_KNOWN if number.known is None else str(number.known)


def _reasons(path: Path) -> str:
    """Return reasons with their numbers, where those numbers are all there are."""
    if path.assessed.known is None:
        return _NOT_KNOWN
    return _listed((text, str(count)) for text, count in path.reasons)


def _listed(items: Iterable[tuple[str, str]]) -> str:
    """Return texts with numbers as the package reads them: "Reason one, 3; ...".

    Its signs between them cannot stand in the texts.
    """
    plain = str.maketrans({",": " -", ";": " -", "\n": " "})
    parts = [f"{text.translate(plain)}, {number}" for text, number in items]
    return "; ".join(parts) or _NOT_KNOWN
