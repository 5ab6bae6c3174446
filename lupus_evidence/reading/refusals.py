"""Why an article is not read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(eq=False)
class Refusal(Exception):  # noqa: N818 - a finding about a file, not a fault
    """An article that cannot be read, or should not be.

    Parameters
    ----------
    code : str
        Has a manual page in `problems`.
    message : str
        What is wrong, to stand behind the file's name.
    hint : str
        What to do about it.
    """

    code: str
    message: str
    hint: str = ""
