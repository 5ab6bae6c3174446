"""Put a mutant in the place of code: in running functions, or on import."""

from __future__ import annotations

import ast
import gc
import importlib.abc
import importlib.util
from collections import defaultdict
from dataclasses import dataclass
from types import CodeType, FunctionType, ModuleType
from typing import TYPE_CHECKING

from covering import PACKAGE, ROOT, shown
from mutation import Mutation, mutations

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from importlib.machinery import ModuleSpec
    from pathlib import Path


@dataclass(frozen=True)
class Mutant:
    """One change of one file, by its number there."""

    path: Path
    number: int
    change: Mutation

    @property
    def group(self) -> str:
        """The part of the package that it belongs to."""
        return self.path.relative_to(PACKAGE).parts[0].removesuffix(".py")

    @property
    def module(self) -> str:
        """The name that its module is imported by."""
        parts = self.path.relative_to(ROOT).with_suffix("").parts
        return ".".join(parts).removesuffix(".__init__")

    @property
    def name(self) -> str:
        """Where it is and what it does."""
        change = self.change
        where = f"{shown(self.path)}:{change.line}:{change.column}"
        return f"{where} {change.kind}: {change.what}"

    def code(self) -> CodeType:
        """Return the module's code with the change made."""
        tree = ast.parse(self.path.read_text(encoding="utf-8"))
        mutations(tree)[self.number].apply()
        return compile(ast.fix_missing_locations(tree), str(self.path), "exec")


def all_mutants(groups: Iterable[str]) -> list[Mutant]:
    """Return every mutant of these parts of the package."""
    found = []
    for group in groups:
        part = PACKAGE / group
        for path in sorted(part.glob("*.py")) or [part.with_suffix(".py")]:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            found += [Mutant(path, n, m) for n, m in enumerate(mutations(tree))]
    return found


def code_of(code: CodeType, wanted: tuple[str, int]) -> CodeType | None:
    """Return the code of a function inside other code, by name and first line."""
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            if (inner.co_qualname, inner.co_firstlineno) == wanted:
                return inner
            found = code_of(inner, wanted)
            if found is not None:
                return found
    return None


def living() -> dict[tuple[str, int], list[FunctionType]]:
    """Return the package's function objects by file and first line."""
    found = defaultdict(list)
    for each in gc.get_objects():
        if isinstance(each, FunctionType) and "<lambda>" not in each.__qualname__:
            found[each.__code__.co_filename, each.__code__.co_firstlineno].append(each)
    return found


def exchange(mutant: Mutant, functions: Sequence[FunctionType]) -> None:
    """Give running functions the mutant's code."""
    module = mutant.code()
    for function in functions:
        old = function.__code__
        new = code_of(module, (old.co_qualname, old.co_firstlineno))
        if new is None:
            raise LookupError(mutant.name)
        function.__code__ = new


class Importer(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module from a mutant's code."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(
        self, name: str, path: object, target: object = None
    ) -> ModuleSpec | None:
        """Return where the mutated module comes from."""
        del path, target
        if name != self.mutant.module:
            return None
        file = self.mutant.path
        folder = [str(file.parent)] if file.name == "__init__.py" else None
        return importlib.util.spec_from_file_location(
            name, file, loader=self, submodule_search_locations=folder
        )

    def exec_module(self, module: ModuleType) -> None:
        """Run the mutant's code."""
        exec(self.mutant.code(), module.__dict__)  # noqa: S102 - what this is for
