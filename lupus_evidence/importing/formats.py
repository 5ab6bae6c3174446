"""Which format a file is in, told by what stands in it."""

from __future__ import annotations

import re
from typing import Any, Literal, get_args

from lupus_evidence.errors import EvidenceError
from lupus_evidence.importing.shapes import json_value

Form = Literal["nbib", "ris", "csl", "ctgov", "csv"]
FORMS: tuple[Form, ...] = get_args(Form)

#: What the formats are called in messages and in the records made from them.
FORM_NAMES: dict[Form, str] = {
    "nbib": "a PubMed file",
    "ris": "a RIS file",
    "csl": "a CSL-JSON file",
    "ctgov": "ClinicalTrials.gov",
    "csv": "a CSV table of results",
}
_RIS = re.compile(r"^TY {1,2}- ", re.MULTILINE)
_NBIB = re.compile(r"^PMID *- ?[0-9]", re.MULTILINE)
_READ = (
    "import reads PubMed's .nbib, RIS, CSL-JSON, ClinicalTrials.gov studies (API "
    "version 2, JSON) and the CSV of `lupus-evidence table -f csv`"
)
#: How files that people have instead begin, and what to do about them.
_NEIGHBOURS = (
    ("@", "this looks like BibTeX: export RIS or CSL-JSON instead"),
    ("<", "XML and web pages are not read: save PubMed's own format, RIS or JSON"),
    ("%", "this looks like EndNote's or a PDF file: export RIS instead"),
    ("PK", "spreadsheets and archives are not read: save the table as CSV"),
)


def form_of(text: str) -> Form:
    """Return the format of a file's text.

    Parameters
    ----------
    text : str
        The whole file.

    Raises
    ------
    EvidenceError
        If it is none of the formats that are read.
    """
    start = text.lstrip()
    if start.startswith(("{", "[")):
        return form_of_json(json_value(text))
    if _RIS.search(text):
        return "ris"
    if _NBIB.search(text):
        return "nbib"
    header = start.partition("\n")[0]
    if {"study", "endpoint"} <= {name.strip(' "\r') for name in header.split(",")}:
        return "csv"
    if not start:
        raise EvidenceError("the file is empty")
    for beginning, hint in _NEIGHBOURS:
        if start.startswith(beginning):
            raise EvidenceError(hint)
    raise EvidenceError(f"the format is not known here: {_READ}")


def form_of_json(value: Any) -> Form:  # noqa: ANN401 - whatever the file holds
    """Return the format of a JSON file's value.

    Raises
    ------
    EvidenceError
        If it is neither references nor registered trials.
    """
    first = value[0] if isinstance(value, list) and value else value
    if isinstance(first, dict):
        if "protocolSection" in first or isinstance(first.get("studies"), list):
            return "ctgov"
        if "FullStudiesResponse" in first or "FullStudy" in first:
            raise EvidenceError(
                "this is the old form of ClinicalTrials.gov: download the study again "
                "from its API, version 2"
            )
        if isinstance(first.get("type"), str):
            return "csl"
    raise EvidenceError(f"this JSON holds neither references nor trials: {_READ}")
