"""What a study's record as a whole should hold."""

# A page is titled after what is wrong, not after what the function does.

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.checks.registry import FINE, Finding, Verdict, check
from lupus_evidence.parts import Citation
from lupus_evidence.text import plural

if TYPE_CHECKING:
    from lupus_evidence.models import Study

#: What a reference is made of: the citation's fields, and the study's title.
_REFERENCE = frozenset({*Citation.model_fields, "title"}) - {"unconfirmed"}


@check("W506", "study")
def registered_with_results(study: Study) -> Verdict:
    """A trial without results that has results.

    What it checks
    --------------
    A study whose status is `registered` or `withdrawn` has neither results nor
    measurements.

    Why it matters
    --------------
    Such studies are shown as unpublished evidence.
    With results, the study is published, if only in the registry.

    Example
    -------
        status: registered
        results:
          - {endpoint: relapse, events: 5, n: 20}

    Source
    ------
    Cochrane Handbook for Systematic Reviews of Interventions, chapter 13 (bias due to
    missing results), https://training.cochrane.org/handbook
    """
    if study.status == "published":
        return None
    parts = (("result", study.results), ("measurement", study.measurements))
    there = [plural(len(items), name) for name, items in parts if items]
    if not there:
        return FINE
    message = f"{study.status}, but with {' and '.join(there)}"
    return [Finding(("status",), message, "make it `published`, or remove them")]


@check("W507", "study")
def published_without_results(study: Study) -> Verdict:
    """A published study without results.

    What it checks
    --------------
    A study whose status is `published` has results or measurements, or notes that say
    why not.

    Why it matters
    --------------
    It looks as if nothing had been found, where nothing was recorded.

    Example
    -------
        status: published
        results: []

    Source
    ------
    The convention of this evidence base.
    """
    if study.status != "published":
        return None
    if study.results or study.measurements or study.notes:
        return FINE
    message = "published, but without results, measurements or a note"
    return [Finding(("status",), message, "add results, or a note that says why not")]


@check("W508", "study")
def not_identified(study: Study) -> Verdict:
    """A study that nobody could find again.

    What it checks
    --------------
    The citation has a DOI, a PubMed number, an address, or journal, volume and pages
    that are confirmed; or the study has a registration number.

    Why it matters
    --------------
    A figure whose source cannot be found cannot be checked.

    Example
    -------
        citation: {authors: [Doe J], year: 2011, unconfirmed: [year]}

    Source
    ------
    ICMJE Recommendations, references, https://www.icmje.org/recommendations/
    """
    citation = study.citation
    if study.registrations or any(
        (citation.doi, citation.pmid, citation.pmcid, citation.url)
    ):
        return FINE
    located = {"journal", "volume", "pages"}
    if located.isdisjoint(citation.unconfirmed) and all(
        getattr(citation, name) for name in located
    ):
        return FINE
    message = "no DOI, PubMed number, address, registration, or confirmed pages"
    return [Finding(("citation",), message, "add whichever can be found")]


@check("W511", "study")
def unconfirmed_is_no_field(study: Study) -> Verdict:
    """An unconfirmed field that the citation does not have.

    What it checks
    --------------
    Each name under `unconfirmed` is `title`, or a field of the citation that holds a
    value.

    Why it matters
    --------------
    It tells the reader which parts of the reference to doubt.

    Example
    -------
        citation: {authors: [Doe J], unconfirmed: [journal]}

    There is no journal to doubt.

    Source
    ------
    The convention of this evidence base.
    """
    citation = study.citation
    if not citation.unconfirmed:
        return None
    found = []
    for index, name in enumerate(citation.unconfirmed):
        path = ("citation", "unconfirmed", index)
        if name not in _REFERENCE:
            message = f"the citation has no field called {name}"
            found.append(Finding(path, message, "name the field that is meant"))
        elif name != "title" and not getattr(citation, name):
            message = f"{name} is called unconfirmed, but it is empty"
            found.append(Finding(path, message, "remove it from `unconfirmed`"))
    return found
