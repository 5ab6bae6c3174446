"""Files to validated records: every problem of every file in one run.

A bad file becomes diagnostics and the others still load. Positions are looked up
only when something is wrong or somebody asks where a figure stands.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from sys import intern
from typing import Any

from pydantic import BaseModel

from lupus_evidence import __version__
from lupus_evidence.documents.values import Receipt
from lupus_evidence.errors import RecordsNotFoundError
from lupus_evidence.records.field_types import TO_READ
from lupus_evidence.records.files import (
    BASE_FILE,
    SUFFIXES,
    TOPIC_FILE,
    Diagnostic,
    Place,
    YamlProblem,
    is_standard_input,
    read_text,
    record_files,
)
from lupus_evidence.records.study import Base, Study
from lupus_evidence.records.validation import (
    MAX_SHOWN,
    Unread,
    is_unread,
    parse,
    schema_diagnostic,
    unread,
    validate,
)
from lupus_evidence.topics import bundled_topic, read_topic, topic_beside, unnamed_topic
from lupus_evidence.vocabulary import Topic, topic, use_topic

#: Records from which on keeping once what they share is worth its time: 10,000 take
#: 110 to 150 MB instead of 230, and a twentieth longer.
MANY = 1_000


@dataclass(frozen=True)
class StudyFile:
    """A study and the file it came from.

    Parameters
    ----------
    study : Study
        The validated record.
    file : str
        Path as the user would type it.
    text : str
        What the file said.
    """

    study: Study
    file: str
    text: str

    def place(self, *path: str | int) -> Place:
        """Return file, line and column of a value, by its keys and indexes."""
        from lupus_evidence.records.yamltext import position

        return Place(self.file, *position(self.text, path))


@dataclass(frozen=True, eq=False)
class EvidenceBase:
    """All records of a folder, and what was wrong with the rest.

    Two bases are the same only if they are one, so that what is worked out of one can
    be kept.

    Parameters
    ----------
    folder : str
        Where they came from; empty where files were named one by one.
    files : tuple of StudyFile
        In order of study id.
    diagnostics : tuple of Diagnostic
        Problems that kept a file or a value from loading.
    base : Base or None
        The folder's ``_base.yaml``.
    contents : tuple of (str, str)
        Name and text of every file that could be read, in order.
    bundled : bool
        Whether they are the records that come with the package.
    root : Path or None
        The folder itself; None where files were named one by one.
    unread : tuple of Unread
        Records that wait to be filled in; they are in no figure and no list.
    whole : EvidenceBase or None
        Of a part, the base that it is of: no record is wrong for naming one that was
        left out.
    topic : Topic
        What the base is about.
    """

    folder: str
    files: tuple[StudyFile, ...]
    diagnostics: tuple[Diagnostic, ...]
    base: Base | None
    contents: tuple[tuple[str, str], ...] = ()
    bundled: bool = False
    root: Path | None = None
    unread: tuple[Unread, ...] = ()
    whole: EvidenceBase | None = None
    topic: Topic = field(default_factory=topic)

    def part(self, files: Iterable[StudyFile]) -> EvidenceBase:
        """Return the base with some of its records.

        Parameters
        ----------
        files : iterable of StudyFile
            Those that stay.
        """
        return replace(self, files=tuple(files), whole=self.whole or self)

    @property
    def whose(self) -> str:
        """Whose records they are: "studies/ (bundled)"; empty for single files."""
        if not self.folder:
            return ""
        slash = "" if self.folder.endswith(("/", os.sep)) else "/"
        return f"{self.folder}{slash}{' (bundled)' if self.bundled else ''}"

    @cached_property
    def data_hash(self) -> str:
        """Digest of all names and texts in hexadecimal, for receipts."""
        from hashlib import blake2b

        digest = blake2b(digest_size=16)
        for name, text in self.contents:
            line = f"{name}\0{len(text)}\0{text}"
            digest.update(line.encode(errors="surrogatepass"))
        return digest.hexdigest()

    @property
    def receipt(self) -> Receipt:
        """What every output on these records rests on."""
        own = self.base
        return Receipt(
            __version__,
            self.data_hash,
            own.version if own else None,
            own.searched if own else None,
        )

    @property
    def studies(self) -> tuple[Study, ...]:
        """The studies alone."""
        return tuple(item.study for item in self.files)


def bundled_folder(name: str) -> Path:
    """Return the folder of records or claims that comes with the package.

    Parameters
    ----------
    name : {"studies", "claims"}
        Which.
    """
    package = Path(__file__).parents[1]
    installed = package / "bundled" / name
    return installed if installed.is_dir() else package.parent / name


def studies_here() -> Path | None:
    """Return ``studies`` of the current folder if it has records of its own."""
    here = Path("studies")
    bundled = bundled_folder("studies")
    if not here.is_dir() or (bundled.is_dir() and here.samefile(bundled)):
        return None
    holds = any(path.suffix in SUFFIXES for path in record_files(here))
    return here if holds else None


def load(
    folder: str | Path | None = None, parse: Callable[[str], Any] = parse
) -> EvidenceBase:
    """Load every record of a folder.

    Parameters
    ----------
    folder : str or Path, optional
        The bundled records by default.
    parse : callable, optional
        As in `validate`.

    Returns
    -------
    EvidenceBase
        What could be loaded, and diagnostics for what could not.

    Raises
    ------
    RecordsNotFoundError
        If the folder is not there or cannot be listed.
    """
    root = bundled_folder("studies") if folder is None else Path(folder)
    if not root.is_dir():
        raise RecordsNotFoundError(f"{root} is not a folder of records")
    if not os.access(root, os.R_OK | os.X_OK):
        raise RecordsNotFoundError(f"{root} cannot be listed: permission denied")
    return load_files(list(record_files(root)), root, parse)


def load_paths(paths: list[Path], parse: Callable[[str], Any] = parse) -> EvidenceBase:
    """Load files and folders as one set of records; the bundled ones if none are given.

    Parameters
    ----------
    paths : list of Path
        Record files and folders of them; ``-`` for standard input.
    parse : callable, optional
        As in `validate`.

    Raises
    ------
    RecordsNotFoundError
        If a path does not exist or a folder cannot be listed.
    """
    if len(paths) == 1 and paths[0].is_dir():
        return load(paths[0], parse)
    if not paths:
        return load(parse=parse)
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            files.extend(record_files(path))
        else:
            files.append(existing(path))
    return load_files(files, None, parse)


def existing(path: Path) -> Path:
    """Return a path that a person named, after making sure that it leads somewhere.

    Raises
    ------
    RecordsNotFoundError
        If there is nothing.
    """
    if is_standard_input(path) or path.exists() or path.is_symlink():
        return path
    raise RecordsNotFoundError(f"there is no file or folder {path}")


def load_files(
    paths: list[Path], root: Path | None, parse: Callable[[str], Any] = parse
) -> EvidenceBase:
    """Load given files as one set of records.

    Parameters
    ----------
    paths : list of Path
        Study files, and at most one ``_base.yaml``.
    root : Path or None
        Their folder, which their names are hashed against; None where they were named
        one by one.
    parse : callable, optional
        As in `validate`.
    """
    folder = root or Path()
    shown_root = shown_path(folder)
    read = _Read(parse, len(paths) >= MANY)
    texts = [read.text(path, *_names(path, folder, shown_root)) for path in paths]
    read.topic(root, paths)
    for path, (shown, text) in zip(paths, texts, strict=True):
        if text is not None:
            read.file(path.name, shown, text)
    files, problems = read.files, read.problems
    files.sort(key=lambda item: (item.study.id, item.file))
    return EvidenceBase(
        shown_root if root else "",
        tuple(files),
        tuple(sorted(problems)),
        read.base,
        tuple(read.contents),
        bundled=root == bundled_folder("studies"),
        root=root,
        unread=tuple(read.waiting),
        topic=topic(),
    )


@dataclass
class _Read:
    """What files turned out to hold, one after the other."""

    parse: Callable[[str], Any]
    many: bool
    contents: list[tuple[str, str]] = field(default_factory=list)
    files: list[StudyFile] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)
    waiting: list[Unread] = field(default_factory=list)
    base: Base | None = None

    def text(self, path: Path, shown: str, inner: str) -> tuple[str, str | None]:
        """Return a file's name and text; what cannot be read is a problem."""
        text = read_text(path, shown)
        if isinstance(text, Diagnostic):
            self.problems.append(text)
            return shown, None
        self.contents.append((inner, text))
        return shown, text

    def topic(self, root: Path | None, paths: list[Path]) -> None:
        """Put the topic in force that the base says, or that its records show.

        A base without a topic is of the bundled one only if its records say so: by
        counting people with its condition.
        """
        said = {name: text for name, text in self.contents if name == TOPIC_FILE}
        found: Topic | list[Diagnostic] | None = None
        if said:
            shown = shown_path((root or Path()) / TOPIC_FILE)
            found = read_topic(said[TOPIC_FILE], shown, self.parse)
        elif paths:
            found = topic_beside(root or paths[0], self.parse)
        if isinstance(found, list):
            self.problems += found
        if not isinstance(found, Topic):
            usual = bundled_topic(self.parse)
            own = re.compile(rf"\b{usual.condition.field}(?:_specific)?[\"']?\s*:")
            says = any(own.search(text) for _, text in self.contents)
            found = usual if says or not self.contents else unnamed_topic(self.parse)
        use_topic(found)

    def file(self, name: str, shown: str, text: str) -> None:
        """Take a file in: a record, one that waits, or what the base says of itself."""
        if name == TOPIC_FILE:
            return
        if name == BASE_FILE:
            found = validate(Base, text, shown, self.parse)
            if isinstance(found, Base):
                self.base = found
            else:
                self.problems += found
            return
        if TO_READ in text:
            waits = _waiting(text, shown, self.parse)
            if waits is not None:
                self.waiting.append(waits[0])
                self.problems += waits[1]
                return
        study = validate(Study, text, shown, self.parse)
        if not isinstance(study, Study):
            self.problems += study
            return
        if self.many:
            share(study)
        self.files.append(StudyFile(study, shown, text))


def _waiting(
    text: str, shown: str, parse: Callable[[str], Any]
) -> tuple[Unread, list[Diagnostic]] | None:
    """Return a record that waits to be filled in, if a text is one.

    Also returned is what is wrong with what it says already.
    """
    try:
        value = parse(text)
    except YamlProblem:
        return None
    if not is_unread(value):
        return None
    found, wrong = unread(value, shown, text)
    return found, [schema_diagnostic(item, text, shown) for item in wrong[:MAX_SHOWN]]


def _names(path: Path, root: Path, shown_root: str) -> tuple[str, str]:
    """Return a file's name in diagnostics and its name in the records' folder."""
    whole, start = str(path), f"{root}{os.sep}"
    if not whole.startswith(start):
        return shown_path(path), os.path.relpath(path, root)
    inner = whole[len(start) :]
    return inner if shown_root == "." else f"{shown_root}{os.sep}{inner}", inner


def shown_path(path: Path) -> str:
    """Return a path as the user would type it: relative where that is shorter.

    What comes with the package is called ``studies/...`` or ``claims/...`` wherever it
    is installed, as in the repository.
    """
    text = str(path)
    if is_standard_input(path):
        return "<stdin>"
    if not path.is_absolute():
        return text
    for name in ("studies", "claims"):
        root = str(bundled_folder(name))
        if text == root or text.startswith(f"{root}{os.sep}"):
            return name + text[len(root) :].replace(os.sep, "/")
    relative = os.path.relpath(path)
    return relative if len(relative) < len(text) else text


#: Pydantic notes in a set which fields each model was given; a few hundred differ.
_given: dict[frozenset[str], set[str]] = {}


def share(record: BaseModel) -> None:
    """Let a frozen record and its parts share equal texts and sets of given fields.

    Nothing that a caller sees of them changes.

    Parameters
    ----------
    record : BaseModel
        A validated record.
    """
    given = record.__pydantic_fields_set__
    shared = _given.setdefault(frozenset(given), given)
    object.__setattr__(record, "__pydantic_fields_set__", shared)
    values = record.__dict__
    for name, value in values.items():
        if isinstance(value, str):
            values[name] = intern(value)
        elif isinstance(value, BaseModel):
            share(value)
        elif value and isinstance(value, (tuple, dict)):
            for part in value.values() if isinstance(value, dict) else value:
                if isinstance(part, BaseModel):
                    share(part)
