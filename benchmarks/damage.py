"""Damage a file the way people, programs and attackers do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

#: What is put into files: YAML's and other formats' marks, odd numbers, odd characters.
TOKENS = tuple(
    item if isinstance(item, bytes) else item.encode("utf-8", "surrogatepass")
    for item in (
        *("&a ", "*a", "!!python/object:os.system ", "---\n", "...\n", "%YAML 1.1\n"),
        *("? ", ": ", "- ", "|\n  ", ">-\n  ", "[", "]", "{", "}", ",", "#", "\n"),
        *("<<: *a", "null", "~", "true", "no", "", '""', "''", "[]", "{}", "[[]]"),
        *("0", "-1", "1", "2", "3", "100", "99999999999999999999", "1e400", "-0"),
        *("1e3", "010", "12:30", "52.0", "100.1", ".5", "1_000", "0x10", "nan", ".inf"),
        *("1000000000000000", "٣", "１２", "1." + "0" * 400, "<0.001", "2026-13-45"),
        *("\x1b[31m", "[red]", "[/]", "=1+1", "@SUM(A1)", "<script>", "|", "`", "\\"),
        *("\ufeff", "\u202e", "\u2028", "\x85", "\ud800", "\U0010ffff", "e\u0301"),
        *("\t", "\r", "\r\n", "\x00", "\x07", "\x7f", "\x9b", "\xa0", "../../etc"),
        *(" " * 300, "a" * 3000, "[" * 60, "{a: " * 60, "- " * 60, "\n" * 200),
        *('"\\ud800"', '"\\e[31m"', '"\\0"', '"\\x9b"', '"\\U00110000"', '"\\uFFFE"'),
        *("msc", "hsct", "placebo", "treated", "responders", "complete-remission"),
        *("overall-survival", "death", "kaplan-meier", "visit", "best", "12", "24"),
        *("events: 0", "n: 0", "percent: 100", "ci: [0, 100]", "se: 0", "at: 0"),
        *("TY  - ", "ER  - ", "PMID- ", '{"a":', "]}", "\\ud800", "1" * 400),
        *(b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xfe\xff"),
    )
)

#: Command lines that odd ones are made from.
COMMAND_WORDS = (
    "list --therapy msc --sort year --width 40",
    "list --text nanjing -f csv --since 2010 --min-lupus 3 --country CN",
    "show wang-2013 -f markdown",
    "table --endpoint complete-remission --at 12 --interval exact -f tsv",
    "compare hsct msc --endpoint overall-survival --at 60",
    "compare hsct msc -e any-remission --overlap latest -f json",
    "audit --summary --fail-on overstated",
    "export -f csv -o out.csv --force",
    "export -f bibtex",
    "import input -o -",
    "check --strict -f github",
    "diff HEAD~1 HEAD",
    "explain E203",
    "explain followed",
    "new doe-2026 --force",
    "schema study",
    "schema claims -o schema.json --force",
    "forest complete-remission",
    "report -o report.html --force",
    "--help",
    "--version",
)


def damaged(data: bytes, source: random.Random, others: list[bytes]) -> bytes:
    """Return the bytes after one to four changes.

    Parameters
    ----------
    data : bytes
        A file.
    source : random.Random
        Decides.
    others : list of bytes
        Files that pieces are taken from.
    """
    for _ in range(source.choice((1, 1, 2, 4))):
        data = source.choice(_CHANGES)(data, source, others)
    return data


def _span(data: bytes, source: random.Random) -> tuple[int, int]:
    """Return the start and end of a short piece."""
    start = source.randrange(len(data) + 1)
    return start, min(len(data), start + source.choice((0, 1, 3, 20, 200)))


def _token(data: bytes, source: random.Random, _others: list[bytes]) -> bytes:
    """Put a token in, or in place of a piece."""
    start, end = _span(data, source)
    return data[:start] + source.choice(TOKENS) + data[end:]


def _value(data: bytes, source: random.Random, _others: list[bytes]) -> bytes:
    """Replace what stands behind a colon, or a whole word."""
    marks = [at for at in range(len(data)) if data[at : at + 2] in {b": ", b", "}]
    if not marks:
        return _token(data, source, _others)
    start = source.choice(marks) + 2
    ends = [at for at in (data.find(c, start) for c in (b"\n", b",", b"}")) if at >= 0]
    end = min(ends, default=len(data))
    return data[:start] + source.choice(TOKENS) + data[end:]


def _flip(data: bytes, source: random.Random, _others: list[bytes]) -> bytes:
    """Change one byte."""
    if not data:
        return data
    at = source.randrange(len(data))
    return data[:at] + bytes([source.randrange(256)]) + data[at + 1 :]


def _cut(data: bytes, source: random.Random, _others: list[bytes]) -> bytes:
    """Leave a piece out, or all that follows."""
    start, end = _span(data, source)
    return data[:start] if source.random() < 1 / 8 else data[:start] + data[end:]


def _lines(data: bytes, source: random.Random, _others: list[bytes]) -> bytes:
    """Repeat, move or drop a line."""
    lines = data.split(b"\n")
    line = lines.pop(source.randrange(len(lines)))
    for _ in range(source.choice((0, 1, 2, 2, 40))):
        lines.insert(source.randrange(len(lines) + 1), line)
    return b"\n".join(lines)


def _splice(data: bytes, source: random.Random, others: list[bytes]) -> bytes:
    """Take some lines from another file."""
    other = source.choice(others).split(b"\n")
    start = source.randrange(len(other))
    piece = other[start : start + source.choice((1, 1, 5, 20))]
    lines = data.split(b"\n")
    at = source.randrange(len(lines) + 1)
    return b"\n".join([*lines[:at], *piece, *lines[at + source.choice((0, 1)) :]])


_CHANGES = (_token, _value, _value, _flip, _cut, _lines, _splice)
