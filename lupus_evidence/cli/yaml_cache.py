"""What YAML texts said the last time, so that a command need not parse them again.

Parsing takes a fifth of the time of a short command. Values are kept under the digest
of their text, so a changed record is parsed anew, and whatever is wrong with the kept
file, or keeps it from being written, costs time and nothing else. Every value is
validated again, wherever it came from.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any

from lupus_evidence import __version__
from lupus_evidence.errors import OutputError
from lupus_evidence.records.files import Diagnostic, read_text
from lupus_evidence.records.load import bundled_folder
from lupus_evidence.records.validation import parse

#: Where values are kept; ``off`` keeps none.
VARIABLE = "LUPUS_EVIDENCE_CACHE"
#: Characters of text, about 700 records; a larger set takes its time anyway.
MAX_KEPT = 3_000_000
#: Folders of records, and topics, whose values are kept.
MAX_FOLDERS = 16


@contextmanager
def remembering(folder: Path | None) -> Iterator[Callable[[str], Any]]:
    """Give a parser that knows what the texts of a folder said the last time.

    Parameters
    ----------
    folder : Path or None
        Of the records; the bundled ones if None.
    """
    kept = _file(folder or bundled_folder("studies"))
    known = _read(kept) if kept else {}
    used: dict[str, Any] = {}
    size = 0

    def value(text: str) -> Any:  # noqa: ANN401 - whatever the file holds
        nonlocal size
        size += len(text)
        if size > MAX_KEPT:
            used.clear()
            return parse(text)
        name = _digest(text)
        found = known[name] if name in known else parse(text)
        used[name] = found
        return found

    yield value
    if kept and used.keys() != known.keys() and size <= MAX_KEPT:
        _write(kept, used)


def _digest(text: str) -> str:
    """Return the name that a text's value is kept under."""
    return blake2b(text.encode(errors="surrogatepass"), digest_size=16).hexdigest()


def _file(folder: Path) -> Path | None:
    """Return where the values of a folder's texts are kept, if anywhere."""
    asked = os.environ.get(VARIABLE)
    if asked == "off":
        return None
    if asked:
        home = Path(asked)
    elif sys.platform == "win32":
        home = Path(os.environ.get("LOCALAPPDATA", "")) / "lupus-evidence"
    else:
        home = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache") / "lupus-evidence"
    with suppress(RuntimeError):  # a user without a home
        home = home.expanduser()
        if home.is_absolute():
            name = _digest(f"{__version__} {os.path.realpath(folder)}")
            return home / f"{name}.json"
    return None


def _read(kept: Path) -> dict[str, Any]:
    """Return the values kept by digest; none if they cannot be read or are not ours."""
    text = read_text(kept, kept.name)
    if isinstance(text, Diagnostic):
        return {}
    with suppress(OSError, ValueError, RecursionError):
        if hasattr(os, "getuid") and kept.stat().st_uid != os.getuid():
            return {}
        values = json.loads(text)
        if isinstance(values, dict):
            return values
    return {}


def _write(kept: Path, values: dict[str, Any]) -> None:
    """Keep values for the next time, and forget those of folders long unchanged."""
    from lupus_evidence.cli.output import write_file

    with suppress(OSError, OutputError):
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_file(kept, json.dumps(values), force=True)
        files = sorted(
            kept.parent.glob("*.json"), key=lambda file: file.stat().st_mtime
        )
        for old in files[:-MAX_FOLDERS]:
            old.unlink()
