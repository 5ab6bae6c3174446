"""Count the rooms of the house, and how far a value walks through them.

    python benchmarks/walk.py [COMMAND ...]

Modules and lines of code of the package (lines with a token: no blanks, comments or
docstrings), and what one command enters: modules, functions, and how deep calls of
the package lie in each other. Functions made by a comprehension are not counted.
"""

from __future__ import annotations

import ast
import io
import os
import statistics
import sys
import tokenize
from collections import Counter
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING

import lupus_evidence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

PACKAGE = Path(lupus_evidence.__file__).parent
#: Tokens that are no code.
SILENT = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
}
#: A module of fewer lines of code than this is hardly a room of its own.
SMALL = 80


def docstrings(tree: ast.AST) -> Iterator[int]:
    """Yield the lines of strings that stand as statements."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield from range(node.lineno, (node.end_lineno or node.lineno) + 1)


def code_lines(path: Path) -> int:
    """Return how many lines of a module hold code."""
    text = path.read_text(encoding="utf-8")
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in SILENT:
            lines.update(range(token.start[0], token.end[0] + 1))
    return len(lines - set(docstrings(ast.parse(text))))


class Walk:
    """Which functions of the package a command enters, and how deep."""

    def __init__(self) -> None:
        self.entered: Counter[tuple[str, str]] = Counter()
        self.depths: list[int] = []
        self.deepest: tuple[str, ...] = ()
        self._stack: list[tuple[str, str] | None] = []

    def __call__(self, frame: FrameType, event: str, _: object) -> None:
        """Follow calls and returns, as `sys.setprofile` tells them."""
        if event == "call":
            code = frame.f_code
            own = code.co_filename.startswith(f"{PACKAGE}{os.sep}")
            counted = own and code.co_name[:1] != "<"
            here = (code.co_filename, code.co_qualname) if counted else None
            self._stack.append(here)
            if here:
                self.entered[here] += 1
                walked = [place[1] for place in self._stack if place]
                self.depths.append(len(walked))
                if len(walked) > len(self.deepest):
                    self.deepest = tuple(walked)
        elif event == "return" and self._stack:
            self._stack.pop()


def walked(words: list[str]) -> Walk:
    """Run a command, its output kept quiet."""
    from typer.testing import CliRunner

    from lupus_evidence.cli.app import app

    CliRunner().invoke(app, words)  # what is imported or made once does not count
    walk = Walk()
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        sys.setprofile(walk)
        try:
            CliRunner().invoke(app, words)
        finally:
            sys.setprofile(None)
    return walk


def main() -> None:
    """Print the counts."""
    sizes = {path: code_lines(path) for path in PACKAGE.rglob("*.py")}
    small = sum(size < SMALL for size in sizes.values())
    print(f"modules {len(sizes)}, of which {small} under {SMALL} lines of code")
    print(f"lines of code {sum(sizes.values()):,}")
    words = sys.argv[1:] or ["compare", "hsct", "msc"]
    walk = walked(words)
    modules = {file for file, _ in walk.entered}
    median = statistics.median(walk.depths)
    p90 = statistics.quantiles(walk.depths, n=10)[-1]
    print(f"{' '.join(words)}: {len(modules)} modules, {len(walk.entered)} functions")
    print(
        f"calls {len(walk.depths):,}; depth: median {median:g}, nine in ten {p90:g}, "
        f"most {max(walk.depths)}"
    )
    print(f"deepest: {' > '.join(walk.deepest)}")


if __name__ == "__main__":
    main()
