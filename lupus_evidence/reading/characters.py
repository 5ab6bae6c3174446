"""Characters as a rule may expect them, and text from bytes of any encoding."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Blanks of every width, among them those that keep a figure and its unit together.
_BLANKS = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + (
    "".join(map(chr, range(0x2000, 0x200B)))
)
#: Nobody sees them: soft hyphen, zero width, direction of writing, control characters.
_UNSEEN = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
)
_ONE_FOR_ONE = (
    dict.fromkeys(map(ord, _BLANKS), " ")
    | {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFF01, 0xFF5F)}
    | dict.fromkeys(map(ord, "‘’‛ʼ′`´"), "'")
    | dict.fromkeys(map(ord, "“”„‟″"), '"')
    | dict.fromkeys(map(ord, "‐‑"), "-")
    | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
)
_LIGATURES = {
    chr(code): unicodedata.normalize("NFKC", chr(code))
    for code in range(0xFB00, 0xFB07)
}
_ODD = re.compile(f"[ {_UNSEEN}]{{2,}}|[{_UNSEEN}]|[\ufb00-\ufb06]")


def tidied(text: str, offset: int) -> Iterator[tuple[str, int]]:
    """Yield a text's parts with one kind of blank, quote and hyphen, and their places.

    Ligatures become letters; superscripts and fractions stay what they are, since m²
    is not m2.

    Parameters
    ----------
    text : str
        A stretch of a page.
    offset : int
        Where it begins.
    """
    plain = text.translate(_ONE_FOR_ONE)
    done = 0
    for match in _ODD.finditer(plain):
        if match.start() > done:
            yield plain[done : match.start()], offset + done
        done = match.end()
        if match[0] in _LIGATURES:
            for letter in _LIGATURES[match[0]]:
                yield letter, offset + match.start()
        elif " " in match[0]:
            yield " ", offset + match.start() + match[0].index(" ")
    if done < len(plain):
        yield plain[done:], offset + done
