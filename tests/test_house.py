"""What must hold of the code as a whole: direction of imports, size, docstrings."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "lupus_evidence"
FILES = sorted(PACKAGE.rglob("*.py"))
TESTS = sorted(Path(__file__).parent.rglob("test_*.py"))

#: Lowest first; a module may import only from its own layer or a lower one.
LAYERS = (
    ("errors",),
    ("vocabulary",),
    ("documents",),
    ("records", "topics"),
    ("appraisal", "stats"),
    ("evidence", "screening"),
    ("checks",),
    ("reading",),
    ("compare", "catalogue"),
    ("audit", "importing"),
    ("explanations", "forest"),
    ("writers",),
    ("pages",),
    ("report",),
    ("notebook",),
    ("api",),
    ("cli",),
    ("__main__",),
)
RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}

#: Test files of a package that belong to no single module of it.
OF_THE_PACKAGE = {
    "checks/test_bundled.py": "all checks on the bundled records",
    "checks/test_examples.py": "all checks on tests/examples",
    "checks/test_messages.py": "the messages of all checks",
}

MAX_FILE_LINES = 500
MAX_FUNCTION_LINES = 60


def part_of(path: Path) -> str:
    """Return the top-level module or subpackage that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """Return the parts of the package that a file imports, wherever in the file."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            base = node.module
            names = [f"{base}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            pieces = name.split(".")
            if pieces[0] == "lupus_evidence" and len(pieces) > 1:
                found.add(pieces[1])
    return found - {"__version__"}


def functions(path: Path) -> list[ast.FunctionDef]:
    """Return every function of a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def shown(path: Path) -> str:
    """Return a test id."""
    return str(path.relative_to(PACKAGE.parent))


@pytest.mark.parametrize("path", FILES, ids=shown)
def test_imports_point_one_way(path):
    """No module imports from a layer above its own."""
    own = part_of(path)
    if own in ("__init__", "templates"):
        assert imported(path) <= set(RANK), "the package's front may import anything"
        return
    upward = {name for name in imported(path) if RANK[name] > RANK[own]}
    assert not upward


@pytest.mark.parametrize("path", FILES, ids=shown)
def test_files_and_functions_stay_small(path):
    """No file over 500 lines, no function over 60 without its docstring."""
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= MAX_FILE_LINES
    for function in functions(path):
        body = function.body
        start = body[1].lineno if ast.get_docstring(function) and body[1:] else None
        size = (function.end_lineno or 0) - (start or function.lineno) + 1
        assert size <= MAX_FUNCTION_LINES, function.name


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.name)
def test_every_test_says_what_it_expects(path):
    """Each test has a docstring."""
    silent = [
        node.name
        for node in functions(path)
        if node.name.startswith("test_") and not ast.get_docstring(node)
    ]
    assert not silent


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.name)
def test_tests_are_found_by_the_name_of_the_module(path):
    """`P/M.py` is tested in `tests/P/test_M.py`, or by subject in `test_M_subject`.

    What goes through all modules of a package is tested in `test_P_subject.py`.
    """
    package = PACKAGE / path.parent.name
    if path.parent == Path(__file__).parent or not package.is_dir():
        return
    subject = path.stem.removeprefix("test_") + "_"
    modules = [package.name, *(file.stem for file in package.glob("*.py"))]
    found = any(subject.startswith(f"{module}_") for module in modules)
    assert found != (f"{path.parent.name}/{path.name}" in OF_THE_PACKAGE)


def test_no_broad_handlers():
    """No bare `except`, and none for Exception."""
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                assert node.type is not None, path
                names = {n.id for n in ast.walk(node.type) if isinstance(n, ast.Name)}
                assert names.isdisjoint({"Exception", "BaseException"}), path


def test_only_text_rounds():
    """Rounding for people happens in text.py and nowhere else."""
    for path in FILES:
        if path.name == "text.py" or part_of(path) == "stats":
            continue
        calls = {
            node.func.id
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert "round" not in calls, path


@pytest.mark.thorough
def test_listing_commands_leave_numpy_alone():
    """`list`, `show`, `table` and `check` start without numpy and scipy."""
    import subprocess
    import sys

    code = (
        "import sys\n"
        "from typer.testing import CliRunner\n"
        "from lupus_evidence.cli.app import app\n"
        "for words in (['list'], ['show', 'wang-2013'], ['table'], ['check']):\n"
        "    CliRunner().invoke(app, words)\n"
        "print(sorted({'numpy', 'scipy', 'matplotlib', 'jinja2'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
