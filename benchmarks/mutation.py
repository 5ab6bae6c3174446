"""Small wrong changes of a module's source, one at a time.

Sentences for readers (strings with a space) stay as they are: a test of their wording
could only repeat them. What is put into them is changed.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: Decorators that say how a class is stored or a result kept, not what comes out.
BOOKKEEPING = {"dataclass", "lru_cache", "cache", "property", "cached_property"}
#: Each comparison and its neighbour: a boundary moved, or the opposite.
COMPARISONS: dict[type, type] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
#: Those whose neighbour is their opposite: negating the condition adds nothing.
OPPOSITES = (ast.Eq, ast.NotEq, ast.Is, ast.IsNot, ast.In, ast.NotIn)
ARITHMETIC: dict[type, type] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}


@dataclass(frozen=True)
class Mutation:
    """One change that can be made to a tree.

    Parameters
    ----------
    line, column : int
        Where.
    start : int
        First line of its statement: a constant's own line is never seen to run.
    kind : str
        What sort of change.
    what : str
        The source that is changed, and into what.
    owner : ast.FunctionDef or None
        The outermost function in whose body it stands; None for what is run on import.
    names : frozenset of str
        For what is run on import: the names that it defines.
    apply : callable
        Changes the tree.
    """

    line: int
    column: int
    start: int
    kind: str
    what: str
    owner: ast.FunctionDef | None
    names: frozenset[str]
    apply: Callable[[], None]


class Finder:
    """Walk a module and collect its mutations.

    Parameters
    ----------
    tree : ast.Module
        Changed in place when a mutation is applied.
    """

    def __init__(self, tree: ast.Module) -> None:
        self.found: list[Mutation] = []
        self.owner: ast.FunctionDef | None = None
        self.names: frozenset[str] = frozenset()
        self.start = 1
        for statement in tree.body:
            self.statement(statement)

    def add(
        self, node: ast.AST, kind: str, what: str, apply: Callable[[], None]
    ) -> None:
        """Keep one mutation of a node."""
        line, column = node.lineno, node.col_offset  # type: ignore[attr-defined]
        shown = " ".join(what.split())
        self.found.append(
            Mutation(
                line, column, self.start, kind, shown, self.owner, self.names, apply
            )
        )

    def swap(
        self, holder: ast.AST, field: str, new: object, kind: str, what: str
    ) -> None:
        """Keep the replacement of a field, named by the node that holds it."""
        self.add(holder, kind, what, lambda: setattr(holder, field, new))

    def statement(self, node: ast.stmt) -> None:
        """Set what a module's or class's statement defines, then visit it."""
        outer = self.names
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            self.names = outer | {node.name}
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            self.names = outer | names_in(targets)
            if "__all__" in self.names:
                return
        self.visit(node)
        self.names = outer

    def visit(self, node: ast.AST) -> None:
        """Collect the mutations of a node and of what it is made of."""
        if _is_typing(node):
            return
        if isinstance(node, ast.stmt):
            self.start = node.lineno
        if isinstance(node, ast.FunctionDef):
            self.function(node)
            return
        if isinstance(node, ast.ClassDef):
            for child in node.body:
                self.statement(child)
            return
        for child, put in _children(node):
            self.replacements(node, child, put)
            self.visit(child)
        self.own(node)

    def function(self, node: ast.FunctionDef) -> None:
        """Visit decorators and defaults as the module's, the body as the function's."""
        for decorator in node.decorator_list:
            called = decorator.func if isinstance(decorator, ast.Call) else decorator
            if ast.unparse(called) not in BOOKKEEPING:
                self.visit(decorator)
        for number, default in enumerate(node.args.defaults):
            put = _setter(node.args.defaults, number)
            self.replacements(node.args, default, put)
        for number, default in enumerate(node.args.kw_defaults):
            if default is not None:
                put = _setter(node.args.kw_defaults, number)
                self.replacements(node.args, default, put)
        outer = self.owner
        self.owner = outer or node
        for number, child in enumerate(node.body):
            self.replacements(node, child, _setter(node.body, number))
            self.visit(child)
        self.owner = outer

    def replacements(
        self, parent: ast.AST, node: ast.AST, put: Callable[[ast.AST], None]
    ) -> None:
        """Collect the mutations that put another node in the place of this one."""
        for kind, what, new in _replacements(parent, node):
            self.add(node, kind, what, lambda new=new: put(new))

    def own(self, node: ast.AST) -> None:
        """Collect the mutations that change a field of the node."""
        if isinstance(node, ast.Compare):
            self.comparison(node)
        elif isinstance(node, ast.BoolOp):
            other = ast.Or if isinstance(node.op, ast.And) else ast.And
            what = f"{ast.unparse(node)} -> {other.__name__.lower()}"
            self.swap(node, "op", other(), "and, or", what)
        elif isinstance(node, ast.BinOp | ast.AugAssign):
            self.arithmetic(node)
        elif isinstance(node, ast.If | ast.While | ast.IfExp):
            self.condition(node.test, lambda new: setattr(node, "test", new))
        elif isinstance(node, ast.comprehension):
            for number, test in enumerate(node.ifs):
                self.condition(test, _setter(node.ifs, number))
        elif isinstance(node, ast.Return):
            if node.value is not None and ast.unparse(node.value) != "None":
                what = f"{ast.unparse(node)} -> return None"
                self.swap(node, "value", ast.Constant(None), "returned value", what)
        elif isinstance(node, ast.Call):
            self.call(node)

    def arithmetic(self, node: ast.BinOp | ast.AugAssign) -> None:
        """Collect another operator."""
        new = ARITHMETIC.get(type(node.op))
        if new is not None and not _joins_text(node):
            what = f"{ast.unparse(node)} -> {new.__name__}"
            self.swap(node, "op", new(), "arithmetic", what)

    def comparison(self, node: ast.Compare) -> None:
        """Collect the neighbours of each comparison in a chain."""
        for number, operator in enumerate(node.ops):
            new = COMPARISONS[type(operator)]
            change = f"{type(operator).__name__} -> {new.__name__}"
            put = _setter(node.ops, number)
            place = f" ({number + 1})" if len(node.ops) > 1 else ""
            what = f"{ast.unparse(node)}: {change}{place}"
            self.add(node, "comparison", what, lambda put=put, new=new: put(new()))

    def condition(self, test: ast.expr, put: Callable[[ast.AST], None]) -> None:
        """Collect a condition's negation where no other mutation amounts to it."""
        if _worth(test):
            negated = ast.UnaryOp(ast.Not(), test)
            what = f"not ({ast.unparse(test)})"
            self.add(test, "condition", what, lambda: put(negated))

    def call(self, node: ast.Call) -> None:
        """Collect a call's mutations: a keyword left out, the other function."""
        for number, keyword in enumerate(node.keywords):
            rest = node.keywords[:number] + node.keywords[number + 1 :]
            if keyword.arg is not None:
                what = f"{ast.unparse(node)} without {keyword.arg}"
                self.swap(node, "keywords", rest, "argument left out", what)
        if isinstance(node.func, ast.Name) and node.func.id in NAMES:
            new = NAMES[node.func.id]
            what = f"{ast.unparse(node)} -> {new}"
            name = ast.Name(new, ast.Load())
            self.swap(node, "func", name, "min, max, any, all", what)


def mutations(tree: ast.Module) -> list[Mutation]:
    """Return the mutations of a module, always in the same order."""
    return Finder(tree).found


def names_in(nodes: list[ast.expr]) -> set[str]:
    """Return the names that an assignment gives values to."""
    inside = (each for node in nodes for each in ast.walk(node))
    return {each.id for each in inside if isinstance(each, ast.Name)}


def _replacements(parent: ast.AST, node: ast.AST) -> Iterator[tuple[str, str, ast.AST]]:
    """Yield what may stand in a node's place."""
    if isinstance(node, ast.Constant) and not isinstance(parent, ast.JoinedStr):
        if not (isinstance(parent, ast.Expr) or _only_for_types(parent)):
            for kind, new in _values(node.value):
                yield kind, f"{node.value!r} -> {new!r}", ast.Constant(new)
    elif isinstance(node, ast.FormattedValue):
        yield (
            "figure in a sentence",
            f"{ast.unparse(node.value)} -> ''",
            ast.Constant(""),
        )
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        what = f"{ast.unparse(node)} -> {ast.unparse(node.operand)}"
        yield "not, minus", what, node.operand
    elif isinstance(node, ast.Raise) or _is_call(node):
        yield "statement left out", ast.unparse(node), ast.Pass()
    elif isinstance(node, ast.Break):
        yield "loop", "break -> continue", ast.Continue()
    elif isinstance(node, ast.Continue):
        yield "loop", "continue -> break", ast.Break()


def _is_call(node: ast.AST) -> bool:
    """Return whether a statement only calls something."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)


def _values(value: object) -> Iterator[tuple[str, object]]:
    """Yield other values for a constant."""
    if isinstance(value, bool):
        yield "true, false", not value
    elif isinstance(value, int | float):
        yield "number", value + 1
    elif isinstance(value, str) and " " not in value:
        yield "word", f"XX{value}XX"


def _children(node: ast.AST) -> Iterator[tuple[ast.AST, Callable[[ast.AST], None]]]:
    """Yield the nodes below one and how to replace them; types are left out."""
    for field, value in ast.iter_fields(node):
        if field in {"annotation", "returns", "type_comment", "format_spec"}:
            continue
        if isinstance(value, ast.AST):
            yield value, lambda new, field=field: setattr(node, field, new)
        elif isinstance(value, list):
            for number, child in enumerate(value):
                if isinstance(child, ast.AST):
                    yield child, _setter(value, number)


def _setter(nodes: list, number: int) -> Callable[[ast.AST], None]:
    """Return what replaces one node of a list."""
    return lambda new: nodes.__setitem__(number, new)


def _is_typing(node: ast.AST) -> bool:
    """Return whether a node is for the type checker or about storage alone."""
    if isinstance(node, ast.If):
        return ast.unparse(node.test) == "TYPE_CHECKING"
    if isinstance(node, ast.Subscript):
        return ast.unparse(node.value) in {"Literal", "Callable", "Sequence", "Mapping"}
    if isinstance(node, ast.Call):
        # how a field is shown and compared is bookkeeping too
        return ast.unparse(node.func) in {"cast", "field"}
    return isinstance(node, ast.Import | ast.ImportFrom)


def _only_for_types(parent: ast.AST) -> bool:
    """Return whether a constant below this node is a type's name."""
    return isinstance(parent, ast.Subscript) and _is_typing(parent)


def _worth(test: ast.expr) -> bool:
    """Return whether negating a condition differs from its other mutations."""
    if isinstance(test, ast.Compare):
        return not (len(test.ops) == 1 and isinstance(test.ops[0], OPPOSITES))
    return not (isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not))


def _joins_text(node: ast.BinOp | ast.AugAssign) -> bool:
    """Return whether an operator visibly joins text or lists: no other would do."""
    sides = (node.left, node.right) if isinstance(node, ast.BinOp) else (node.value,)
    text = (ast.JoinedStr, ast.List, ast.Tuple, ast.ListComp)
    return any(
        isinstance(side, text)
        or (isinstance(side, ast.Constant) and isinstance(side.value, str))
        for side in sides
    )
