"""Small grammar for sentences that hold counts."""

from __future__ import annotations


def plural(count: int, one: str, many: str | None = None) -> str:
    """Return "1 study", "2 studies".

    Parameters
    ----------
    count : int
        How many.
    one, many : str
        Singular, and plural where it is not just an s more.
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"
