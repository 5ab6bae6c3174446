"""Which files hold records, their text, and what can be wrong with them.

What cannot be read is a diagnostic: a value that is sorted, counted and printed.
"""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Level = Literal["error", "warning"]


@dataclass(frozen=True, order=True)
class Place:
    """A spot in a file.

    Parameters
    ----------
    file : str
        The path as the user would type it.
    line, column : int
        Counted from 1; 0 when the whole file is meant.
    """

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True)
class Diagnostic:
    """One thing to look at, with its place, its stable code and what to do.

    Parameters
    ----------
    place : Place
        Where it is.
    code : str
        Stable, for example ``E203``; `explain` prints its manual page.
    level : {"error", "warning"}
        Errors make `check` exit with 1; warnings only under ``--strict``.
    message : str
        One sentence saying what is wrong, with the figures.
    hint : str
        What to do about it; may be empty.
    acknowledged : str or None
        The record's own reason for leaving a real discrepancy as it is printed.
    """

    place: Place
    code: str
    level: Level = field(compare=False)
    message: str
    hint: str = field(default="", compare=False)
    acknowledged: str | None = field(default=None, compare=False)


@dataclass(eq=False)
class YamlProblem(Exception):  # noqa: N818 - a finding about a file, not a fault
    """A text that is not the YAML we read.

    Parameters
    ----------
    code : str
        The diagnostic's code.
    message, hint : str
        What is wrong and what to do.
    line, column : int
        Counted from 1.
    """

    code: str
    message: str
    hint: str
    line: int
    column: int


#: Bytes; a record is about 4 KB, and a study with 10,000 results about 2 MB.
MAX_FILE_BYTES = 5_000_000
SUFFIXES = (".yaml", ".yml")
#: Line ends for YAML 1.1 and for no editor (YAML 1.2 reads them as text): next line,
#: line separator, paragraph separator.
SEPARATORS = "\x85\u2028\u2029"
#: A comment sign with a blank before it and none behind.
_COMMENT = re.compile(r"(?<=[ \t])#+[^\s#]")
BASE_FILE = "_base.yaml"
#: What the base is about.
TOPIC_FILE = "_topic.yaml"
#: Files of a folder of records that are no records.
OF_THE_BASE = (BASE_FILE, TOPIC_FILE)
#: How the records were found: one file a search, and the decisions about reports.
SEARCHES_FOLDER, SCREENING_FILE = "_searches", "_screening.csv"
#: What a person types for what another program pipes in.
STANDARD_INPUT = Path("-")
_STANDARD_INPUTS = frozenset({"-", "/dev/stdin", "/dev/fd/0"})


def is_standard_input(path: Path) -> bool:
    """Tell whether a path is standard input, by any of its names."""
    return str(path) in _STANDARD_INPUTS


def may_be_cut(text: str) -> bool:
    """Tell whether a comment may cut a value of a YAML text, without reading YAML."""
    return _COMMENT.search(text) is not None


def holds_separator(text: str) -> bool:
    """Tell whether a text holds a line end that editors do not show."""
    return any(separator in text for separator in SEPARATORS)


def record_files(folder: Path) -> Iterator[Path]:
    """Yield the record files of a folder and its subfolders, links not followed.

    A subfolder that cannot be listed is yielded itself, so that it is not forgotten.
    The folder of searches holds no records.

    Parameters
    ----------
    folder : Path
        Any depth: it is walked without recursion.
    """
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError:
            yield here
            continue
        folders = []
        for entry in entries:
            name = entry.name
            if entry.is_dir(follow_symlinks=False):
                if name == SEARCHES_FOLDER:
                    continue
                folders.append(Path(entry.path))
            elif name.endswith(SUFFIXES) and (
                name[0] not in "._" or name in OF_THE_BASE
            ):
                yield Path(entry.path)
        waiting += reversed(folders)


def read_text(path: Path, shown: str) -> str | Diagnostic:
    """Return a file's text, or what keeps it from being read.

    Parameters
    ----------
    path : Path
        The file; `STANDARD_INPUT`; or a pipe that is not named like a record.
    shown : str
        Its name in diagnostics.
    """
    data = read_bytes(path, shown)
    return data if isinstance(data, Diagnostic) else decode(data, shown)


def read_bytes(
    path: Path, shown: str, most: int = MAX_FILE_BYTES
) -> bytes | Diagnostic:
    """Return what a file holds, or what keeps it from being read.

    Parameters
    ----------
    path, shown : Path, str
        As in `read_text`.
    most : int
        Bytes that it may have; of a larger file, not more are read.
    """
    try:
        if path == STANDARD_INPUT:
            if sys.stdin is None:
                return _unreadable(shown, "it is closed")
            data = sys.stdin.buffer.read(most + 1)
        else:
            mode = path.stat().st_mode
            if stat.S_ISDIR(mode):
                return _unreadable(
                    shown, "it is a folder, or one that cannot be listed"
                )
            # A pipe among records may have no writer: opening it would never end.
            piped = stat.S_ISFIFO(mode) and path.suffix not in SUFFIXES
            if not piped and not stat.S_ISREG(mode):
                return _unreadable(shown, "it is not a regular file")
            with path.open("rb") as file:
                data = file.read(most + 1)
    except OSError as error:
        return _unreadable(shown, (error.strerror or "unknown error").lower())
    if len(data) > most:
        return _unreadable(shown, f"it is larger than {most:,} bytes")
    return data


def decode(data: bytes, shown: str) -> str | Diagnostic:
    """Return the text of UTF-8 bytes without a byte order mark, or what is wrong."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        place = Place(
            shown,
            before.count(b"\n") + 1,
            error.start - (before.rfind(b"\n") + 1) + 1,
        )
        return Diagnostic(
            place,
            "E106",
            "error",
            f"not UTF-8: byte {data[error.start]:#04x}",
            "save the file as UTF-8",
        )
    if text.startswith("\ufeff"):
        return Diagnostic(
            Place(shown, 1, 1),
            "E106",
            "error",
            "starts with a byte order mark",
            "save the file as UTF-8 without BOM",
        )
    return text


def _unreadable(shown: str, why: str) -> Diagnostic:
    """Make the diagnostic of a file that cannot be read."""
    return Diagnostic(
        Place(shown), "E101", "error", f"cannot be read: {why}", "check the file"
    )
