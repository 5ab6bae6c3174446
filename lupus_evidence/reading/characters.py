"""Characters as a rule may expect them, and text from bytes of any encoding."""

from __future__ import annotations

import codecs
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
    "\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ufffe\uffff"
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


_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,300}?\b(?:charset|encoding)\s{0,9}=\s{0,9}"""
    rb"""["']?\s{0,9}([\w.:-]{1,40})""",
    re.IGNORECASE,
)
#: Encodings of text on the web; Python knows others that are none.
_ON_THE_WEB = re.compile(
    r"cp\d+|iso8859-\d+|koi8-[rtu]|mac-\w+|big5\w*|gb\w+|hz|euc_\w+|shift_jis\w*|tis-620"
)
#: Bytes looked at for a declaration, and for what no text holds.
_HEAD = 4_096
#: Share of control characters, or of zeros, from which bytes are no text.
_STRANGE, _ZEROS = 0.02, 0.3
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def decoded(data: bytes) -> str | None:
    """Return the text of bytes in whatever encoding, or None where they are no text.

    A byte order mark decides; then whether they are UTF-8, which no other text is by
    accident; then what the page declares; else Windows-1252, as in browsers.

    Parameters
    ----------
    data : bytes
        A whole file.
    """
    text = _decoded(data)
    head = text[:_HEAD]
    strange = len(_CONTROL.findall(head))
    return None if strange > len(head) * _STRANGE else text


def _decoded(data: bytes) -> str:
    """Return the text of bytes, whatever they are."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace")
    for start, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros = data[start:_HEAD:2].count(0)
        if zeros > len(data[:_HEAD]) / 2 * _ZEROS:
            return data.decode(name, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(_declared(data) or "cp1252", "replace")


def _declared(data: bytes) -> str | None:
    """Return the encoding that a page says it has, if it is one of text."""
    match = _DECLARED.search(data[:_HEAD])
    if not match:
        return None
    try:
        name = codecs.lookup(match[1].decode("ascii", "replace")).name
    except LookupError:
        return None
    # Pages that say Latin-1 hold Windows-1252, and browsers read them so.
    return name if name != "iso8859-1" and _ON_THE_WEB.fullmatch(name) else None
