"""Text from records made harmless and visible: no control, bidi or hidden characters.

A record's text is shown as text everywhere. Characters that would move the cursor,
colour the screen, reorder a line or hide are written as escapes instead.
"""

from __future__ import annotations

#: Characters that a spreadsheet takes as the start of a formula, plain and full width.
#: https://owasp.org/www-community/attacks/CSV_Injection
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def visible(text: str) -> str:
    r"""Return the text on one line with unprintable characters as escapes.

    Examples
    --------
    >>> visible("a\x1b[31mred")
    'a\\x1b[31mred'
    """
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() else _escape(character)
        for character in text.replace("\n", " ")
    )


def _escape(character: str) -> str:
    """Write one unprintable character as Python would."""
    if character in "\t\r\xa0\u202f":
        return " "
    return character.encode("unicode_escape").decode("ascii")


def without_formula(text: str) -> str:
    """Return the text so that no spreadsheet runs it as a formula.

    Examples
    --------
    >>> without_formula("=1+1")
    "'=1+1"
    """
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
