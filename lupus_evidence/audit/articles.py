"""Articles themselves, read for their claims, and claims files beside them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lupus_evidence.audit.claims_files import (
    ClaimsBase,
    LoadedClaims,
    claims_of_text,
    load_claims,
    load_claims_beside,
)
from lupus_evidence.claims import BackgroundClaim, StatementClaim
from lupus_evidence.diagnostics import Diagnostic
from lupus_evidence.load import existing, shown_path
from lupus_evidence.textfiles import (
    SUFFIXES,
    decode,
    is_standard_input,
    read_bytes,
)
from lupus_evidence.topics import bundled_topic
from lupus_evidence.vocabulary import topic, using

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lupus_evidence.load import EvidenceBase
    from lupus_evidence.reading.page import Page
    from lupus_evidence.reading.studies import StudyIndex

#: How the names of articles end that a folder is searched for.
ARTICLES = (".html", ".htm", ".txt", ".md", ".pdf", ".docx")
#: What a sentence of one's own is called.
SENTENCE = "Your sentence"
#: How a claims file begins, within so many bytes.
_HEAD = 2_000
_CLAIMS = re.compile(r"\s*(?:#[^\n]*\n\s*)*(?:id|article|claims)\s*:")


def load_articles(
    paths: Sequence[Path], base: EvidenceBase, sentences: Sequence[str] = ()
) -> ClaimsBase:
    """Load articles and claims files, mixed.

    Parameters
    ----------
    paths : sequence of Path
        Pages, claims files, folders of them; ``-`` for standard input.
    base : EvidenceBase
        The records, by which studies are known.
    sentences : sequence of str, optional
        Single sentences to read.

    Returns
    -------
    ClaimsBase
        Claims files in order of id, then every article, one without any claim too;
        and what was wrong with the others.

    Raises
    ------
    RecordsNotFoundError
        If a path does not exist or a folder cannot be listed.
    """
    from lupus_evidence.reading.articles import page_of
    from lupus_evidence.reading.studies import StudyIndex

    index = StudyIndex.of(base)
    written = [path for path in paths if path.suffix.lower() in SUFFIXES]
    found = [load_claims(written)] if written else []
    for path in paths:
        if path not in written:
            found += _loaded(path, index)
    for number, text in enumerate(sentences, 1):
        name = SENTENCE if len(sentences) == 1 else f"{SENTENCE} {number}"
        found.append(_of_page(page_of(text.encode(), name, ".txt"), name, index))
    return ClaimsBase(
        tuple(file for item in found for file in item.files),
        tuple(problem for item in found for problem in item.diagnostics),
    )


def articles_beside(
    studies: Path | None,
    paths: Sequence[Path],
    base: EvidenceBase,
    sentences: Sequence[str] = (),
) -> ClaimsBase:
    """Load what is named, or the claims files that belong to the records.

    Parameters
    ----------
    studies : Path or None
        Folder of records; None for the bundled ones.
    paths, base, sentences
        As for `load_articles`.

    Raises
    ------
    RecordsNotFoundError
        If a path does not exist or a folder cannot be listed.
    """
    if paths or sentences:
        return load_articles(paths, base, sentences)
    return load_claims_beside(studies)


def _loaded(path: Path, index: StudyIndex) -> list[ClaimsBase]:
    """Return the claims of one file or folder, whatever is in it."""
    if is_standard_input(path) or not path.is_dir():
        return [_of_file(path, index)]
    names = sorted(item for item in path.iterdir() if item.name[0] not in "._")
    written = {item.stem for item in names if item.name.endswith(SUFFIXES)}
    pages = [
        _of_file(item, index)
        for item in names
        if item.name.lower().endswith(ARTICLES) and item.stem not in written
    ]
    return [*([load_claims([path])] if written or not pages else ()), *pages]


def _of_file(path: Path, index: StudyIndex) -> ClaimsBase:
    """Return the claims of an article, or of claims that come without a file's name."""
    from lupus_evidence.reading.articles import MOST_BYTES, page_of, read_page

    shown = shown_path(path)
    if path.suffix.lower() in ARTICLES:
        return _of_page(read_page(existing(path), shown), shown, index)
    whole = path if is_standard_input(path) else existing(path)
    data = read_bytes(whole, shown, MOST_BYTES)
    if isinstance(data, Diagnostic):
        return ClaimsBase((), (data,))
    if not _CLAIMS.match(data[:_HEAD].decode("utf-8", "replace")):
        return _of_page(page_of(data, shown, path.suffix), shown, index)
    text = decode(data, shown)
    if isinstance(text, Diagnostic):
        return ClaimsBase((), (text,))
    return claims_of_text(text, shown)


def _of_page(page: Page | Diagnostic, shown: str, index: StudyIndex) -> ClaimsBase:
    """Return what is read from a page, or what keeps it from being read."""
    from lupus_evidence.reading.claiming import claims_file
    from lupus_evidence.reading.reader import read_claims

    if isinstance(page, Diagnostic):
        return ClaimsBase((), (page,))
    read = read_claims(page, index)
    name = "piped" if shown.startswith("<") else Path(shown).stem
    content = claims_file(read, name, _sources())
    return ClaimsBase((LoadedClaims(content, shown, page.text, read),), ())


def _sources() -> Mapping[str, Sequence[Any]]:
    """Return what the bundled articles' claims hold of other sources.

    They are about the bundled topic's condition; of another they say nothing.
    """
    usual = bundled_topic()
    if topic().condition.name != usual.condition.name:
        return {}
    with using(usual):
        return _bundled_sources()


@cache
def _bundled_sources() -> Mapping[str, Sequence[Any]]:
    """Return them by the quantity of the disease, or by what a statement says."""
    found: dict[str, Sequence[Any]] = {}
    for item in load_claims().files:
        for claim in item.content.claims:
            if isinstance(claim, BackgroundClaim) and claim.references:
                found.setdefault(claim.quantity, claim.references)
            elif isinstance(claim, StatementClaim) and claim.opinions:
                found.setdefault(claim.topic, claim.opinions)
    return found
