"""Articles to audit: claims files, and articles themselves, read for their claims.

Claims files are read as strictly as records, every problem of every file in one
run.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lupus_evidence.errors import EvidenceError, RecordsNotFoundError
from lupus_evidence.records.claims import BackgroundClaim, ClaimsFile, StatementClaim
from lupus_evidence.records.files import (
    SUFFIXES,
    Diagnostic,
    Place,
    decode,
    is_standard_input,
    read_bytes,
    read_text,
)
from lupus_evidence.records.load import bundled_folder, existing, shown_path
from lupus_evidence.records.validation import validate
from lupus_evidence.records.yamltext import position
from lupus_evidence.topics import bundled_topic
from lupus_evidence.vocabulary import topic, using

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lupus_evidence.reading.cited_studies import StudyIndex
    from lupus_evidence.reading.claims_read import ReadPage
    from lupus_evidence.reading.page import Page
    from lupus_evidence.records.load import EvidenceBase


@dataclass(frozen=True)
class LoadedClaims:
    """A claims file that could be read.

    Parameters
    ----------
    content : ClaimsFile
        The article and its claims.
    file : str
        Path as the user would type it.
    text : str
        What the file said.
    page : ReadPage or None
        What was read, where the file is the article itself.
    """

    content: ClaimsFile
    file: str
    text: str
    page: ReadPage | None = None

    def place(self, *path: str | int) -> Place:
        """Return file, line and column of a value, by its keys and indexes."""
        if self.page is not None:
            spot = self.page.claims[int(path[1])].spot
            return Place(self.file, spot.line, spot.first)
        return Place(self.file, *position(self.text, path))


@dataclass(frozen=True)
class ClaimsBase:
    """All claims files, and what was wrong with the rest.

    Parameters
    ----------
    files : tuple of LoadedClaims
        In order of id.
    diagnostics : tuple of Diagnostic
        Problems that kept a file or a value from loading.
    """

    files: tuple[LoadedClaims, ...]
    diagnostics: tuple[Diagnostic, ...]


def load_claims(paths: list[Path] | None = None) -> ClaimsBase:
    """Load claims files, the bundled ones if none are named.

    Parameters
    ----------
    paths : list of Path, optional
        Claims files and folders of them; ``-`` for standard input.

    Raises
    ------
    RecordsNotFoundError
        If a path does not exist or a folder cannot be listed.
    """
    files: list[LoadedClaims] = []
    problems: list[Diagnostic] = []
    for path in _files(paths or [bundled_folder("claims")]):
        shown = shown_path(path)
        text = read_text(path, shown)
        if isinstance(text, Diagnostic):
            problems.append(text)
            continue
        found = claims_of_text(text, shown)
        files += found.files
        problems += found.diagnostics
    files.sort(key=lambda item: (item.content.id, item.file))
    return ClaimsBase(tuple(files), tuple(sorted(problems)))


def claims_of_text(text: str, shown: str) -> ClaimsBase:
    """Return the claims that a text holds, or what is wrong with it.

    Parameters
    ----------
    text : str
        A claims file's text.
    shown : str
        Its name in messages.
    """
    content = validate(ClaimsFile, text, shown)
    if isinstance(content, ClaimsFile):
        return ClaimsBase((LoadedClaims(content, shown, text),), ())
    return ClaimsBase((), tuple(_of_claims(item) for item in content))


def _files(paths: list[Path]) -> list[Path]:
    """Return the files of paths that may be folders."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            if not os.access(path, os.R_OK | os.X_OK):
                raise RecordsNotFoundError(
                    f"{path} cannot be listed: permission denied"
                )
            found += sorted(
                item
                for item in path.iterdir()
                if item.name.endswith(SUFFIXES) and item.name[0] not in "._"
            )
        else:
            found.append(existing(path))
    return found


def _of_claims(item: Diagnostic) -> Diagnostic:
    """Point a hint at the claims' schema and template instead of the records'."""
    hint = item.hint.replace("schema study", "schema claims")
    return replace(item, hint=hint.replace("new ID", "new --claims ID"))


def claims_template(name: str) -> str:
    """Return the template of a claims file.

    Parameters
    ----------
    name : str
        The article's id: lower-case letters, digits and single hyphens.

    Raises
    ------
    EvidenceError
        If the name cannot be an id.
    """
    import re
    from importlib import resources

    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise EvidenceError(
            f"{name!r} cannot be the name of a claims file: use lower-case letters, "
            "digits and single hyphens, such as clinic-page-2026"
        )
    text = resources.files("lupus_evidence.templates").joinpath("claims.yaml")
    return text.read_text(encoding="utf-8").replace("ARTICLE-ID", name)


def claims_schema() -> str:
    """Return the JSON Schema of a claims file."""
    from lupus_evidence.records import claims
    from lupus_evidence.records.schema import json_schema

    return json_schema(ClaimsFile, claims.__file__)


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
    from lupus_evidence.reading.cited_studies import StudyIndex

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

    These are in the folder ``claims`` beside the records, if there is one.

    Parameters
    ----------
    studies : Path or None
        Folder of records; None for the bundled ones, which have the bundled article.
    paths, base, sentences
        As for `load_articles`.

    Raises
    ------
    RecordsNotFoundError
        If a path does not exist or a folder cannot be listed.
    """
    if paths or sentences:
        return load_articles(paths, base, sentences)
    if studies is None:
        return load_claims()
    beside = studies.absolute().parent / "claims"
    return load_claims([beside]) if beside.is_dir() else ClaimsBase((), ())


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
    from lupus_evidence.reading.claims_read import claims_file
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
