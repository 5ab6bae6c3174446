"""Addresses of what papers, abstracts and registered trials are known by."""

from __future__ import annotations

#: What a DOI may hold unchanged in an address; the handbook asks for the rest (% " # ?
#: and spaces above all) to be percent-encoded, or a browser cuts the address there:
#: https://www.doi.org/doi-handbook/HTML/encoding-rules-for-urls.html
_AS_IT_IS = "/:;(),._-~@!$&'*=+"


def doi_address(doi: str) -> str:
    """Return the address at which a DOI is resolved.

    Parameters
    ----------
    doi : str
        Without an address in front.

    Examples
    --------
    >>> doi_address("10.1000/456#789")
    'https://doi.org/10.1000/456%23789'
    """
    from urllib.parse import quote

    return f"https://doi.org/{quote(doi, safe=_AS_IT_IS)}"


def pubmed_address(number: str) -> str:
    """Return the page of an abstract in PubMed."""
    return f"https://pubmed.ncbi.nlm.nih.gov/{number}/"


def trial_address(number: str) -> str | None:
    """Return the page of a registered trial, where the registry is known here."""
    known = number.startswith("NCT")
    return f"https://clinicaltrials.gov/study/{number}" if known else None


def links_of(source: object) -> tuple[str, ...]:
    """Return the addresses under which a source can be opened.

    Parameters
    ----------
    source : object
        With any of the fields doi, pmid, pmcid and url.
    """
    doi, pmid, pmcid, url = (
        getattr(source, name, None) for name in ("doi", "pmid", "pmcid", "url")
    )
    found = (
        doi and doi_address(doi),
        pmid and pubmed_address(pmid),
        pmcid and f"https://pmc.ncbi.nlm.nih.gov/articles/{pmcid}/",
        url,
    )
    return tuple(filter(None, found))
