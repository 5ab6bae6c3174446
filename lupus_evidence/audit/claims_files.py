"""Claims files: read as strictly as records, every problem of every file in one run."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lupus_evidence.claims import ClaimsFile
from lupus_evidence.diagnostics import Diagnostic, Place
from lupus_evidence.errors import EvidenceError, RecordsNotFoundError
from lupus_evidence.load import bundled_folder, existing, shown_path
from lupus_evidence.textfiles import SUFFIXES, read_text
from lupus_evidence.validating import validate
from lupus_evidence.yamltext import position

if TYPE_CHECKING:
    from pathlib import Path

    from lupus_evidence.reading.read import ReadPage


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


def load_claims_beside(
    studies: Path | None, paths: list[Path] | None = None
) -> ClaimsBase:
    """Load the claims files that belong to records.

    Parameters
    ----------
    studies : Path or None
        Folder of records; None for the bundled ones, which have the bundled article.
    paths : list of Path, optional
        Claims files and folders of them; if none are named, the folder ``claims``
        beside the records, and no file where there is no such folder.

    Raises
    ------
    RecordsNotFoundError
        If a named path does not exist or a folder cannot be listed.
    """
    if paths or studies is None:
        return load_claims(paths)
    beside = studies.absolute().parent / "claims"
    return load_claims([beside]) if beside.is_dir() else ClaimsBase((), ())


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
    from lupus_evidence import claims
    from lupus_evidence.schema import json_schema

    return json_schema(ClaimsFile, claims.__file__)
