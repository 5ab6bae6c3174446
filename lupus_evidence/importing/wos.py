"""Web of Science's own format, saved as .ciw or .txt: a tag of two signs, then a value.

References
----------
https://images.webofknowledge.com/images/help/WOS/hs_wos_fieldtags.html
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lupus_evidence.errors import EvidenceError
from lupus_evidence.importing.citation_fields import Given, assembled
from lupus_evidence.importing.field_values import Said
from lupus_evidence.importing.tagged import (
    MAX_FIELDS,
    Field,
    spaced_fields,
    unknown_tag,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lupus_evidence.importing.reference import Reference

#: Tags by what they are in a citation; the surest first.
_TAGS: dict[str, str] = {
    "full_names": "AF",
    "authors": "AU",
    "groups": "CA GP",
    "title": "TI",
    "journal": "SO JI J9",
    "book": "CT SE",
    "year": "PY",
    "date": "PD EA",
    "volume": "VL",
    "issue": "IS",
    "pages": "PS",
    "first_page": "BP",
    "last_page": "EP",
    "article_number": "AR",
    "doi": "DI",
    "elsewhere": "D2",
    "pmid": "PM",
    "url": "UR",
    "language": "LA",
    "kind": "DT",
}
_FIELD_OF = {tag: name for name, tags in _TAGS.items() for tag in tags.split()}
_PEOPLE = frozenset({"AF", "AU", "CA", "GP"})
#: What else the format has, and no record takes.
_NOT_CARRIED_TAGS = """
    AB AN AW BA BD BE BF BN BS C1 C3 CC CL CR CY DA DC DE DS DX E1 EC ED EF EI EM ER
    EY FN FT FU FX GA GC GE GI HC HO HP ID IO LS MA MC MH MI MQ MR NM NO NR NT OA OI
    OR PA PG PI PN PT PU RC RF RI RN RP RX S1 SA SC SD SH SI SN SP SR SS ST SU TA TC
    TF TM TN TT U1 U2 UT VR WC WE WP X1 X4 X5 XA Y1 Y4 Y5 Z1 Z2 Z3 Z4 Z8 Z9 ZA ZB ZR
    ZS
"""
_NOT_CARRIED = frozenset(_NOT_CARRIED_TAGS.split())
_LINE = re.compile(r"\ufeff?(?P<tag>[A-Z][A-Z0-9])(?: (?P<value>.*))?")
#: In front of the first report and behind the last one.
_AROUND = frozenset({"FN", "VR", "EF"})
_PLACES = {"J": "", "B": "a book", "C": "a book", "S": "a series", "P": "a patent"}
_LEFT_OUT = (
    "not carried over: abstract, keywords, addresses, cited references, numbers of Web "
    "of Science (figures are typed from the page, with their place)"
)


def read_wos(text: str) -> Iterator[Reference]:
    """Yield the reports that a file of Web of Science cites.

    Parameters
    ----------
    text : str
        A whole file; its reports begin with PT and end with ER.

    Raises
    ------
    EvidenceError
        If a report has more fields than any has.
    """
    open_: list[Field] = []
    for item in spaced_fields(text, _LINE):
        if item.tag == "PT" and any(field.tag == "PT" for field in open_):
            yield _reference(open_)
            open_ = []
        if item.tag == "ER":
            if open_:
                yield _reference(open_)
            open_ = []
        elif item.tag not in _AROUND:
            open_.append(item)
        if len(open_) > MAX_FIELDS:
            raise EvidenceError(f"a reference of more than {MAX_FIELDS:,} fields")
    if any(_FIELD_OF.get(field.tag) == "title" for field in open_):
        yield _reference(open_)


def _reference(fields: Sequence[Field]) -> Reference:
    """Return one report."""
    given = Given(line=fields[0].line, left_out=(_LEFT_OUT,))
    place = next((item.value for item in fields if item.tag == "PT"), "")
    given.called = ", ".join(filter(None, ("Web of Science", _PLACES.get(place))))
    for item in fields:
        name = _FIELD_OF.get(item.tag)
        if name is not None:
            texts = item.lines if item.tag in _PEOPLE else (item.value,)
            for text in texts:
                given.add(name, Said(item.tag, text, item.line))
        elif item.tag not in _NOT_CARRIED and item.value:
            given.doubts.append(unknown_tag(item))
    if place == "J" and not given.all("kind"):
        given.known = "article"
    return assembled(given)
