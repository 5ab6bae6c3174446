"""Addresses of sources outside the records."""

from __future__ import annotations

_FORMS = {
    "doi": "https://doi.org/{}",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/{}/",
    "pmcid": "https://pmc.ncbi.nlm.nih.gov/articles/{}/",
    "url": "{}",
}


def links_of(source: object) -> tuple[str, ...]:
    """Return the addresses of a source outside the records.

    Parameters
    ----------
    source : object
        With any of the fields doi, pmid, pmcid and url.
    """
    found = ((form, getattr(source, name, None)) for name, form in _FORMS.items())
    return tuple(form.format(value) for form, value in found if value)
