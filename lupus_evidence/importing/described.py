"""What a record says of its report, filled in or not, as far as it tells it apart."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from lupus_evidence.fields import BLANK
from lupus_evidence.identity import NUMBERS, Identity, folded, numbers, surname, titled

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What records call a register's own entry of a study.
ENTRY = "registry-entry"


@dataclass(frozen=True)
class Described:
    """A report by what a record or a file says of it.

    Parameters
    ----------
    name : str
        Its record's name, or what its record would be called.
    title : str
        Empty where it is not known.
    year : int or None
        Of publication.
    author : str
        The first one; empty where nobody is named.
    own : tuple of (str, str)
        Kind of number and number, of those that no other report has.
    registrations : tuple of str
        Numbers in registers.
    publication : str
        What kind of report it is; empty where that is not known.
    """

    name: str = ""
    title: str = ""
    year: int | None = None
    author: str = ""
    own: tuple[tuple[str, str], ...] = ()
    registrations: tuple[str, ...] = ()
    publication: str = "article"

    @cached_property
    def identity(self) -> Identity:
        """What tells it from others by the rules of all reports."""
        registered = (("registration", number) for number in self.registrations)
        return Identity(
            numbers((*self.own, *registered)),
            titled(self.title, self.year, self.author),
        )

    @cached_property
    def folded(self) -> str:
        """The title's letters and digits alone."""
        return folded(self.title)

    @cached_property
    def surname(self) -> str:
        """The first author's surname, folded."""
        return surname(self.author)

    @property
    def is_entry(self) -> bool:
        """Whether it is a register's own entry of a study."""
        return self.publication == ENTRY

    @property
    def is_told(self) -> bool:
        """Whether anything but its name tells it from others."""
        return bool(self.title or self.own or self.registrations)


def described(fields: Mapping[str, Any], name: str = "") -> Described:
    """Return what a record's fields say of its report.

    Parameters
    ----------
    fields : mapping
        A record's, from a file or about to be written; blanks and values of a wrong
        kind count as not said.
    name : str
        The record's name, if no field says it.
    """
    citation = fields.get("citation")
    cited = citation if isinstance(citation, dict) else {}
    authors = _texts(cited.get("authors"))
    kind = fields.get("publication", "article")
    year = cited.get("year")
    return Described(
        name=_text(fields.get("id")) or name,
        title=_text(fields.get("title")),
        year=year if type(year) is int else None,
        author=authors[0] if authors else "",
        own=tuple((kind, text) for kind in NUMBERS if (text := _text(cited.get(kind)))),
        registrations=_texts(fields.get("registrations")),
        publication=_text(kind),
    )


def _text(value: Any) -> str:  # noqa: ANN401 - whatever the file holds
    """Return a text or a number as text; nothing for a blank and all else."""
    if isinstance(value, str):
        return "" if value == BLANK else value
    return str(value) if type(value) is int else ""


def _texts(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - whatever the file holds
    """Return the texts of a list, blanks left out."""
    if not isinstance(value, (list, tuple)):
        return ()
    return tuple(filter(None, map(_text, value)))
