"""Feed damaged articles to the reader of pages; print what it did with them.

    python benchmarks/fuzz_reading.py [--runs N] [--seed N] [--read MODULE:FUNCTION]

Each input starts from an article of the tests (HTML, PDF, Word, Markdown, plain text)
and is damaged a few times: the bytes of the file, or the XML in a Word document.
``--read`` names what is given the bytes, a name and its ending; any reader that takes
these can be tried. An exception, over a second of processor time, or a process that
grows by over 200 MB is a fault: it is printed and kept in ``--faults DIR``.

A PDF is read in this process and not in one of its own, which takes a tenth of a second
to start: what it raises is the refusal it would be, what takes five seconds is stopped
as it would be, and only memory and what comes after count.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import resource
import signal
import sys
import time
import traceback
import zipfile
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from damage import damaged

if TYPE_CHECKING:
    from collections.abc import Callable

TESTS = Path(__file__).parents[1] / "tests"
SLOW, LARGE, STOPPED = 1.0, 200_000, 5
#: What is put into web pages, Markdown and PDF, beside what `damage` has.
TOKENS = (
    *(b"<div>", b"</div>", b"<table><tr><td>", b"</p>", b"<br>", b"<sup>", b"<!--"),
    *(b"<main>", b"<article>", b"<h1>", b'<div class="menu">', b"<script>", b"&#0;"),
    *(b"&nbsp;", b"<body>", b"</html>", b"<a href=x>", b"<li>" * 50, b"<svg>", b"]]>"),
    *(b"# ", b"```\n", b"[a](", b"**", b"| a | b |\n", b"|-|-|\n", b"> ", b"\n===\n"),
    *(
        b"endobj",
        b"stream\n",
        b"endstream",
        b"/Kids[2 0 R]",
        b"<</Length 9>>",
        b"3 0 R",
    ),
    *(
        b"/Filter/LZWDecode",
        b"/Filter[/ASCII85Decode]",
        b"Tj",
        b"BT",
        b"T*",
        b"(",
        b"Tf",
    ),
    *(
        b"<w:p>",
        b"</w:p>",
        b"<w:tbl>",
        b"</w:tr>",
        b"<w:tc>",
        b"<w:t>",
        b"\n\n",
        b"-\n",
    ),
    *(
        "remi\u00adssion \ufb01 50\u2009%".encode(),
        b"com-\nplete",
        b"\t",
        b"1. ",
        b"- ",
    ),
)


def seeds() -> dict[str, list[bytes]]:
    """Return articles by their endings."""
    sys.path.insert(0, str(TESTS))
    paper = import_module("paper")
    saved = TESTS / "reading" / "saved"
    texts = [path.read_bytes() for path in sorted(saved.glob("*.txt"))]
    lines = [text.decode().replace("\t", "\n").split("\n") for text in texts]
    words = "".join(
        "<w:p><w:pPr><w:pStyle w:val='Heading1'/></w:pPr><w:r><w:t>"
        f"{line.replace('&', '&amp;')}</w:t></w:r></w:p>"
        for line in lines[0]
    )
    cells = "<w:tc><w:p><w:r><w:t>50 %</w:t></w:r></w:p></w:tc>" * 3
    return {
        ".html": [path.read_bytes() for path in sorted(saved.glob("*.html"))],
        ".txt": ["\n".join(item).encode() for item in lines],
        ".md": [
            *(("\n\n## ".join(item)).encode() for item in lines),
            *(path.read_bytes() for path in sorted(TESTS.parent.glob("*.md"))),
        ],
        ".docx": [
            paper.docx(words),
            paper.docx(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"),
        ],
        ".pdf": [
            paper.pdf("\n".join(item[:20]).encode("cp1252", "ignore").decode("cp1252"))
            for item in lines
        ],
    }


def spoilt(
    data: bytes, suffix: str, source: random.Random, others: list[bytes]
) -> bytes:
    """Return an article with a few things wrong.

    Parameters
    ----------
    data : bytes
        A whole article.
    suffix : str
        What it is.
    source : random.Random
        Decides.
    others : list of bytes
        Articles that pieces are taken from.
    """
    if suffix == ".docx" and source.random() < 0.9:  # noqa: PLR2004 - mostly its text
        return _repacked(data, source)
    if source.random() < 1 / 2:
        at = source.randrange(len(data) + 1)
        end = at + source.choice((0, 0, 5, 50))
        data = data[:at] + source.choice(TOKENS) + data[end:]
    return damaged(data, source, others)


def _repacked(data: bytes, source: random.Random) -> bytes:
    """Return a Word document whose XML was damaged."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if source.random() < 1 / 2:
                for _ in range(source.choice((1, 2, 8))):
                    text = _shuffled(text, source)
            if source.random() < 1 / 8:
                text = damaged(text, source, [text])
            new.writestr(name, text)
    return buffer.getvalue()


def _shuffled(text: bytes, source: random.Random) -> bytes:
    """Return XML of which an element stands elsewhere, twice or not at all."""
    name = source.choice((b"w:p", b"w:r", b"w:t", b"w:tc", b"w:tr", b"w:tbl", b"w:pPr"))
    whole = list(re.finditer(b"<%b>.*?</%b>" % (name, name), text, re.DOTALL))
    if not whole:
        return text
    match = source.choice(whole)
    if source.random() < 1 / 3:
        text = text[: match.start()] + text[match.end() :]
    ends = [found.end() for found in re.finditer(b">", text)]
    at = source.choice(ends) if ends else 0
    return text[:at] + match[0] + text[at:]


def read_here() -> None:
    """Have PDF read in this process, with its own end to endless work."""
    import logging

    from lupus_evidence.reading import pdf, pdf_text
    from lupus_evidence.reading.refusals import Refusal

    logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)

    def stop(*_: object) -> None:
        raise TimeoutError

    def pages_of(data: bytes) -> list[str]:
        signal.signal(signal.SIGALRM, stop)
        signal.alarm(STOPPED)
        try:
            said = pdf_text.text_of(data)
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            code = "A105" if isinstance(error, TimeoutError) else "A102"
            raise Refusal(code, "is a broken PDF") from None
        finally:
            signal.alarm(0)
        if "code" in said:
            raise Refusal(str(said["code"]), str(said["message"]))
        return list(said["pages"])  # type: ignore[call-overload]

    pdf.pages_of = pages_of


def fuzz(
    read: Callable[[bytes, str, str], object], runs: int, seed: int, faults: Path
) -> int:
    """Try inputs; print the figures and return how many kinds of faults there were.

    Parameters
    ----------
    read : callable
        Is given the bytes, a name and its ending.
    runs, seed : int
        How many, and which.
    faults : Path
        Folder for inputs that failed.
    """
    source = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
    found = seeds()
    every = [data for kind in found.values() for data in kind]
    answers: Counter[str] = Counter()
    seen: set[str] = set()
    slowest, started = 0.0, time.perf_counter()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(runs):
        suffix = source.choice(tuple(found))
        data = spoilt(source.choice(found[suffix]), suffix, source, every)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        begun, fault = time.process_time(), ""
        try:
            answer = read(data, "article", suffix)
            answers[f"{suffix} {getattr(answer, 'code', 'read')}"] += 1
        except Exception as error:  # noqa: BLE001 - finding these is the purpose
            spot = traceback.extract_tb(error.__traceback__)[-1]
            fault = f"{type(error).__name__} at {spot.filename}:{spot.lineno}"
        taken = time.process_time() - begun
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak
        if not data.startswith(b"%PDF"):
            slowest = max(slowest, taken)
            fault = fault or (f"over {SLOW} s" if taken > SLOW else "")
        fault = fault or (f"over {LARGE:,} KB" if grown > LARGE else "")
        if fault and fault not in seen:
            seen.add(fault)
            faults.mkdir(parents=True, exist_ok=True)
            path = faults / f"page-{len(seen)}{suffix}"
            path.write_bytes(data)
            print(f"fault: {fault} ({path})", flush=True)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(", ".join(f"{name} {count:,}" for name, count in sorted(answers.items())))
    print(
        f"pages: {runs:,} inputs, {len(seen)} faults, slowest {slowest:.2f} s, memory "
        f"grew by {grown / 1000:.0f} MB, {time.perf_counter() - started:.0f} s"
    )
    return len(seen)


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faults", type=Path, default=Path("fuzz-faults"))
    parser.add_argument("--read", default="lupus_evidence.reading.articles:page_of")
    asked = parser.parse_args()
    module, _, name = asked.read.partition(":")
    read_here()
    read = getattr(import_module(module), name)
    return 1 if fuzz(read, asked.runs, asked.seed, asked.faults.resolve()) else 0


if __name__ == "__main__":
    sys.exit(main())
