"""The text of a PDF's pages; run as a program of its own, which may be stopped.

    python pdf_text.py < article.pdf

What a PDF makes its reader do has no bound that the reader keeps: the program has
limits on time and memory instead, and whatever it raises ends it and nothing else. It
prints one JSON object: the pages, or a code of `refusals` with a sentence.
"""

from __future__ import annotations

import io
import json
import sys

MOST_PAGES = 300
MOST_CHARACTERS = 1_000_000
#: Seconds of processor time, and bytes of memory beside the program's own.
SECONDS, MEMORY = 4, 170_000_000


def text_of(data: bytes) -> dict[str, object]:
    """Return the text of each page, or why there is none.

    Parameters
    ----------
    data : bytes
        The file. Anything may be raised for one that is broken.
    """
    import pypdf

    reader = pypdf.PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not _opened(reader):
        return _refused("A103", "is locked with a password")
    if len(reader.pages) > MOST_PAGES:
        return _refused("A105", f"has more than {MOST_PAGES} pages")
    pages, size = [], 0
    for page in reader.pages:
        pages.append(page.extract_text())
        size += len(pages[-1])
        if size > MOST_CHARACTERS:
            return _refused("A105", f"has more than {MOST_CHARACTERS:,} characters")
    return {"pages": pages}


def _opened(reader: object) -> bool:
    """Tell whether a locked file opens without a password, as most that may be read."""
    from pypdf.errors import DependencyError

    try:
        return bool(reader.decrypt(""))  # type: ignore[attr-defined]
    except (DependencyError, NotImplementedError):  # a cipher that needs more software
        return False


def _refused(code: str, message: str) -> dict[str, object]:
    """Return a refusal."""
    return {"code": code, "message": message}


def _limit() -> None:
    """Have the system stop this program where it takes too much."""
    try:
        import resource
    except ImportError:  # Windows: whoever started the program stops it
        return
    limits = {resource.RLIMIT_CPU: SECONDS, resource.RLIMIT_DATA: MEMORY}
    for kind, most in limits.items():
        _, hard = resource.getrlimit(kind)
        soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (soft, hard))


def main() -> None:
    """Read standard input, write standard output."""
    data = sys.stdin.buffer.read()
    _limit()
    json.dump(text_of(data), sys.stdout)


if __name__ == "__main__":
    main()
