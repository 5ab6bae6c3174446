"""One value as YAML text that reads back as exactly that value."""

from __future__ import annotations

import re
from decimal import Decimal

from lupus_evidence.fields import MAX_TEXT

#: Columns of a record's text, as in the records that come with the package.
WIDTH = 88

Scalar = str | int | bool | Decimal
"""A Decimal is a number kept with its digits; it reads back as their text."""

#: Letters and digits of any script, and what never means anything in YAML.
_PLAIN = re.compile(r"[^\W_][\w .()'/%+&,;±≤≥×–-]*")
#: The same without what divides the items between brackets.
_PLAIN_INSIDE = re.compile(r"[^\W_][\w .()'/%+&±≤≥×–-]*")
_TO_ESCAPE = re.compile(r"[^ !#-\[\]-~]")
_NUMBER = re.compile(r"[0-9][0-9_]*(\.[0-9_]*)?([eE][+-]?[0-9]+)?|0[xob][0-9A-Fa-f_]+")
#: Words that some YAML reader or other takes for a truth value or for nothing.
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off"})
_KEY = re.compile(r"[a-z][a-z0-9_-]*")
_ESCAPES = {
    "\\": r"\\",
    '"': r"\"",
    "\n": r"\n",
    "\t": r"\t",
    "\r": r"\r",
    "\0": r"\0",
}


def plain(text: str, *, inside: bool) -> bool:
    """Tell whether a text needs no quotes.

    Parameters
    ----------
    text : str
        One line.
    inside : bool
        Whether it stands inside brackets or a list.
    """
    shape = _PLAIN_INSIDE if inside else _PLAIN
    return (
        shape.fullmatch(text) is not None
        and not text.endswith(" ")
        and text.isprintable()
        and not _NUMBER.fullmatch(text)
        and text.casefold() not in _WORDS
    )


def _escaped(match: re.Match[str]) -> str:
    """Return a character as it stands between double quotes."""
    character = match[0]
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable():
        return character
    code = ord(character)
    if code <= 0xFF:  # noqa: PLR2004 - what two hexadecimal digits hold
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004 - as above


def quoted(text: str) -> str:
    """Return a text between double quotes, whatever is in it."""
    return f'"{_TO_ESCAPE.sub(_escaped, text)}"'


def on_one_line(value: Scalar, *, inside: bool = False) -> str:
    """Return a value as it stands on one line.

    Parameters
    ----------
    value : str, int, bool or Decimal
        A text must not hold lone surrogates, which UTF-8 cannot say.
    inside : bool
        Whether it stands inside brackets or a list.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value if plain(value, inside=inside) else quoted(value)


def key(name: str) -> str:
    """Return a name as it stands in front of a colon."""
    return name if _KEY.fullmatch(name) and name not in _WORDS else quoted(name)


def folded(text: str, indent: int) -> list[str] | None:
    """Return a long text as the lines of a folded block, or None if it cannot be one.

    A line may only end at a single space between two other characters: that is what
    a reader puts back.

    Parameters
    ----------
    text : str
        Of any length; one that no record may hold is not folded.
    indent : int
        Spaces in front of each line.
    """
    if not 0 < len(text) <= MAX_TEXT or not text.isprintable() or text.strip() != text:
        return None
    room = WIDTH - indent
    lines: list[str] = []
    for word in re.split(r"(?<! ) (?! )", text):
        if lines and len(lines[-1]) + 1 + len(word) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return [" " * indent + line for line in lines]
