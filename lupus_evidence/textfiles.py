"""Which files hold records, and their text; what cannot be read is a diagnostic."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from lupus_evidence.diagnostics import Diagnostic, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Bytes; a record is about 4 KB, and a study with 10,000 results about 2 MB.
MAX_FILE_BYTES = 5_000_000
SUFFIXES = (".yaml", ".yml")
BASE_FILE = "_base.yaml"


def record_files(folder: Path) -> Iterator[Path]:
    """Yield the record files of a folder and its subfolders, links not followed.

    A subfolder that cannot be listed is yielded itself, so that it is not forgotten.

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
                folders.append(Path(entry.path))
            elif name.endswith(SUFFIXES) and (name[0] not in "._" or name == BASE_FILE):
                yield Path(entry.path)
        waiting += reversed(folders)


def read_text(path: Path, shown: str) -> str | Diagnostic:
    """Return a file's text, or what keeps it from being read.

    Parameters
    ----------
    path : Path
        The file.
    shown : str
        Its name in diagnostics.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            return _unreadable(shown, "it is a folder, or one that cannot be listed")
        if not stat.S_ISREG(status.st_mode):
            return _unreadable(shown, "it is not a regular file")
        if status.st_size > MAX_FILE_BYTES:
            return _unreadable(shown, f"it is larger than {MAX_FILE_BYTES:,} bytes")
        with path.open("rb") as file:  # it may have grown since
            data = file.read(MAX_FILE_BYTES)
    except OSError as error:
        return _unreadable(shown, (error.strerror or "unknown error").lower())
    return decode(data, shown)


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
