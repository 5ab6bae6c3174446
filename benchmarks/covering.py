"""Which lines of the package each test reaches; running some of the tests."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import signal
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from forking import run_all
from mutation import names_in

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "lupus_evidence"
#: Not run: they look at files, or start processes, which a mutant does not reach.
LEFT_OUT = (
    *("test_house.py", "test_documentation.py", "report/test_browser.py"),
    "robustness",
)
OPTIONS = ("-q", "-x", "-s", "-p", "no:cacheprovider", "--tb=no", "--assert=plain")


class Reached:
    """What each test reaches, and how long it takes, kept in a file.

    Parameters
    ----------
    path : Path
        The file; what is known of tests whose file has not changed is used again.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tests: dict[str, tuple[float, dict[str, list[int]]]] = {}
        self.on_import: dict[str, list[int]] = {}
        self.known: dict[str, Any] = {}

    def read(self) -> None:
        """Read what is known."""
        if self.path.exists():
            kept = json.loads(self.path.read_text(encoding="utf-8"))
            self.on_import, self.known, here = kept
            self.tests = {test: tuple(self.known[test][1:]) for test in here}

    def by_line(self) -> dict[tuple[str, int], list[str]]:
        """Return the tests of each line."""
        found = defaultdict(list)
        for test, (_, files) in self.tests.items():
            for path, lines in files.items():
                for line in lines:
                    found[path, line].append(test)
        return found

    def measure(self, session: Any, jobs: int) -> None:  # noqa: ANN401 - pytest's own
        """Run each test in a process of its own and note the lines that it reaches."""
        on_import = self.on_import
        self.read()
        source = digest(*sorted(PACKAGE.rglob("*.py")))

        def one(item: Any) -> object:  # noqa: ANN401 - pytest's own
            watch = watching()
            begun = time.process_time()
            passed = run_tests(session, [item])
            taken = time.process_time() - begun
            watch.stop()
            return passed, taken, lines_of(watch)

        tasks = {}
        for item in session.items:
            key = source + digest(item.path)
            if self.known.get(item.nodeid, [None])[0] != key:
                tasks[item.nodeid, key] = lambda item=item: one(item)
        for (test, key), answer in run_all(tasks, jobs, lambda _: 120):
            self.known.pop(test, None)
            if isinstance(answer, str) or not answer[0]:
                print(f"left out: {test} ({answer if answer is str else 'fails'})")
            else:
                self.known[test] = (key, *answer[1:])
        here = [item.nodeid for item in session.items if item.nodeid in self.known]
        text = json.dumps([on_import, self.known, here])
        self.path.write_text(text, encoding="utf-8")


def watching() -> Any:  # noqa: ANN401 - coverage's own
    """Return a started measurement of lines."""
    import coverage

    watch = coverage.Coverage(data_file=None, branch=False, config_file=False)
    watch.start()
    return watch


class Session:
    """A pytest plugin: once the tests are collected, runs them as it is asked to."""

    def __init__(self, work: Callable[[Any], None]) -> None:
        self.work = work

    def pytest_configure(self, config: Any) -> None:  # noqa: ANN401 - pytest's own
        """Let hypothesis try the same examples every time, and not simplify them."""
        from hypothesis import Phase, settings

        phases = (Phase.explicit, Phase.generate)
        settings.register_profile(
            "mutants", derandomize=True, database=None, deadline=None, phases=phases
        )
        settings.load_profile("mutants")
        del config

    def pytest_runtestloop(self, session: Any) -> bool:  # noqa: ANN401 - as above
        """Do the work in the place of running every test."""
        self.work(session)
        return True


class Limits:
    """A pytest plugin: ends the process where a test takes far longer than it did."""

    def __init__(self, usual: dict[str, float]) -> None:
        self.usual = usual

    def pytest_runtest_protocol(self, item: Any) -> None:  # noqa: ANN401 - as above
        """Start the clock of one test, in processor seconds."""
        seconds = 3 + 8 * self.usual.get(item.nodeid, 1.0)
        signal.setitimer(signal.ITIMER_PROF, seconds)


def run_tests(
    session: Any,  # noqa: ANN401 - pytest's own
    items: list[Any],
    usual: dict[str, float] | None = None,
) -> bool:
    """Run these tests; return whether all passed."""
    from _pytest.main import pytest_runtestloop

    plugins = session.config.pluginmanager
    if usual is not None:
        plugins.register(Limits(usual))
    plugins.unregister(plugins.get_plugin("terminalreporter"))
    session.items = items
    session.testscollected = len(items)
    try:
        pytest_runtestloop(session)
    except session.Failed:
        return False
    return not session.testsfailed


def collect(
    work: Callable[[Any], None], arguments: list[str], reached: Reached | None = None
) -> None:
    """Collect tests in this process, then do the work."""
    import pytest

    ignored = [f"--ignore={ROOT / 'tests' / name}" for name in LEFT_OUT]
    os.chdir(ROOT)
    watch = watching() if reached is not None else None

    def then(session: Any) -> None:  # noqa: ANN401 - pytest's own
        if watch is not None:
            watch.stop()
            reached.on_import = lines_of(watch)
        work(session)

    status = pytest.main([*OPTIONS, *ignored, *arguments], plugins=[Session(then)])
    if status not in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}:
        raise RuntimeError(f"pytest ended with {status!r}")


def lines_of(watch: Any) -> dict[str, list[int]]:  # noqa: ANN401 - coverage's own
    """Return the lines of the package that were run, by file."""
    data = watch.get_data()
    inside = [path for path in data.measured_files() if path.startswith(str(PACKAGE))]
    return {shown(Path(path)): sorted(data.lines(path) or ()) for path in inside}


def shown(path: Path) -> str:
    """Return a file's path from the project's folder on."""
    return str(path.relative_to(ROOT))


def digest(*paths: Path) -> str:
    """Return what changes when a file does."""
    text = b"".join(path.read_bytes() for path in paths)
    return hashlib.sha256(text).hexdigest()[:16]


class Mentions:
    """Where the package uses a name that one of its modules defines."""

    def __init__(self) -> None:
        self.places: dict[str, set[tuple[str, int]]] = defaultdict(set)
        self.further: dict[str, set[str]] = defaultdict(set)
        for path in PACKAGE.rglob("*.py"):
            for statement in ast.parse(path.read_text(encoding="utf-8")).body:
                self._note(shown(path), statement)

    def _note(self, path: str, statement: ast.stmt) -> None:
        """Note the names of one statement of a module, and what they help to define."""
        defined = set()
        if isinstance(statement, ast.Assign | ast.AnnAssign):
            targets = getattr(statement, "targets", None) or [statement.target]
            defined = names_in(targets)
        for node in ast.walk(statement):
            if isinstance(node, ast.FunctionDef):
                # what decorates a function, or is its default, shows where it runs
                lines = range(node.body[0].lineno, (node.end_lineno or 0) + 1)
                self.places[node.name] |= {(path, line) for line in lines}
            name = getattr(node, "id", getattr(node, "attr", None))
            if name is not None:
                self.places[name].add((path, node.lineno))
                self.further[name] |= defined

    def of(self, names: frozenset[str]) -> set[tuple[str, int]]:
        """Return the lines that use these names, or names defined by them."""
        seen, waiting = set(), set(names)
        while waiting:
            name = waiting.pop()
            seen.add(name)
            waiting |= self.further[name] - seen
        return {place for name in seen for place in self.places[name]}
