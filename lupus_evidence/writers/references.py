"""Citations for reference managers: RIS, BibTeX and CSL-JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from lupus_evidence.documents.text import visible
from lupus_evidence.records.identity import doi_address, pubmed_address, trial_address
from lupus_evidence.records.naming import Person, divided

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupus_evidence.records.study import Study
    from lupus_evidence.records.study_parts import Citation

#: Kinds of report as RIS, BibTeX and CSL name them.
#: https://web.archive.org/web/20120526103719/http://refman.com/support/risformat_intro.asp
#: https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types
_TYPES = {
    "article": ("JOUR", "article", "article-journal"),
    "letter": ("JOUR", "article", "article-journal"),
    "conference-abstract": ("ABST", "inproceedings", "paper-conference"),
    "thesis": ("THES", "phdthesis", "thesis"),
    "registry-entry": ("ELEC", "misc", "webpage"),
    "web-page": ("ELEC", "misc", "webpage"),
}

_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def address(study: Study) -> str | None:
    """Return where a report can be opened: its DOI, PubMed or registry page."""
    citation = study.citation
    if citation.doi:
        return doi_address(citation.doi)
    if citation.pmid:
        return pubmed_address(citation.pmid)
    trials = filter(None, map(trial_address, study.registrations))
    return next(trials, citation.url)


def _given(initials: str) -> str:
    """Return initials with points and blanks: "J.-P. A."; other names as they are."""
    if initials.upper() == initials.lower():  # a script without capitals
        return initials
    apart = "".join(f" {item}" if item.isupper() else item for item in initials)
    return "-".join(
        " ".join(f"{letter}." for letter in part.split()) for part in apart.split("-")
    )


def _person(author: str) -> Person | None:
    """Return a person's name with initials as others read them; None for the rest."""
    person = divided(author)
    if person is None or not person.initials:
        return None
    return person._replace(initials=_given(person.initials))


def _ris_name(author: str) -> str:
    """Return an author as RIS wants it: "Doe, J. A., Jr"; others as they are."""
    person = _person(author)
    return author if person is None else ", ".join(filter(None, person))


def _bibtex_name(author: str) -> str:
    """Return an author as BibTeX wants it: "Doe, Jr, J. A."; other names in braces."""
    person = _person(author)
    if person is None:
        return f"{{{_latex(author)}}}"
    parts = (person.family, person.suffix, person.initials)
    return ", ".join(_latex(part) for part in parts if part)


def _csl_name(author: str) -> dict[str, str]:
    """Return an author as CSL wants it; undivided names stay whole."""
    person = _person(author)
    if person is None:
        return {"literal": author}
    parts = {"family": person.family, "given": person.initials, "suffix": person.suffix}
    return {key: value for key, value in parts.items() if value}


def _pages(citation: Citation) -> tuple[str, str]:
    """Split "1031-1035" into its ends; an article number has no end."""
    first, _, last = (citation.pages or "").partition("-")
    return first.strip(), last.strip()


def _note(study: Study) -> str:
    """Say which registrations and which record this is."""
    return "; ".join((*study.registrations, f"lupus-evidence record {study.id}"))


def render_ris(studies: Sequence[Study]) -> str:
    """Return citations in RIS, one block a study."""
    lines: list[str] = []
    for study in studies:
        citation = study.citation
        first, last = _pages(citation)
        tags = [
            ("TY", _TYPES[study.publication][0]),
            ("ID", study.id),
            *(("AU", _ris_name(name)) for name in citation.authors),
            ("TI", study.title),
            ("T2", citation.journal),
            ("PY", citation.year),
            ("VL", citation.volume),
            ("IS", citation.issue),
            ("SP", first),
            ("EP", last),
            ("LA", citation.language),
            ("DO", citation.doi),
            ("AN", citation.pmid),
            ("UR", address(study)),
            ("N1", _note(study)),
        ]
        lines += [f"{tag}  - {visible(str(value))}" for tag, value in tags if value]
        lines += ["ER  - ", ""]
    return "".join(f"{line}\r\n" for line in lines)


def _latex(text: str) -> str:
    """Escape what LaTeX would act on."""
    return "".join(_LATEX.get(character, character) for character in visible(text))


#: Fields that BibTeX's styles and biblatex take as they are.
_VERBATIM = frozenset({"doi", "url"})
#: What would end such a field, as an address may have it too.
_BRACES = str.maketrans({"{": "%7B", "}": "%7D"})


def _bibtex_value(key: str, value: object) -> str:
    """Return a field's value as BibTeX reads it."""
    if key in _VERBATIM:
        return visible(str(value)).translate(_BRACES)
    if key == "author":  # the names in it are escaped, the braces around them are meant
        return str(value)
    return _latex(str(value))


def render_bibtex(studies: Sequence[Study]) -> str:
    """Return citations in BibTeX, UTF-8, keyed by study id."""
    entries = []
    for study in studies:
        citation = study.citation
        kind = _TYPES[study.publication][1]
        place = {"inproceedings": "booktitle", "misc": "howpublished"}
        fields = {
            "author": " and ".join(map(_bibtex_name, citation.authors)),
            "title": study.title,
            place.get(kind, "journal"): citation.journal,
            "year": citation.year,
            "volume": citation.volume,
            "number": citation.issue,
            "pages": (citation.pages or "").replace("-", "--"),
            "doi": citation.doi,
            "pmid": citation.pmid,
            "url": address(study),
            "note": _note(study),
        }
        body = ",\n".join(
            f"  {key} = {{{_bibtex_value(key, value)}}}"
            for key, value in fields.items()
            if value
        )
        entries.append(f"@{kind}{{{study.id},\n{body}\n}}\n")
    return "\n".join(entries)


def _csl(study: Study) -> dict[str, Any]:
    """Return one citation as CSL-JSON."""
    citation = study.citation
    item = {
        "id": study.id,
        "type": _TYPES[study.publication][2],
        "author": [_csl_name(author) for author in citation.authors],
        "title": study.title,
        "container-title": citation.journal,
        "issued": {"date-parts": [[citation.year]]} if citation.year else None,
        "volume": citation.volume,
        "issue": citation.issue,
        "page": citation.pages,
        "DOI": citation.doi,
        "PMID": citation.pmid,
        "PMCID": citation.pmcid,
        "URL": address(study),
        "note": _note(study),
    }
    return {key: value for key, value in item.items() if value}


def render_csl_json(studies: Sequence[Study]) -> str:
    """Return citations as CSL-JSON, which Zotero, pandoc and others read."""
    return json.dumps([_csl(study) for study in studies], indent=2) + "\n"
