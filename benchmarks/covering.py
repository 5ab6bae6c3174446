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

import pytest
from forking import run_all
from mutation import names_in

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "lupus_evidence"
#: Not run: they look at files, or start processes, which a mutant does not reach.
LEFT_OUT = (
    *("test_house.py", "test_documentation.py", "report/test_html_page_browser.py"),
    "robustness",
)
OPTIONS = (
    "-q",
    "-x",
    "-s",
    "-m",
    "",
    "-p",
    "no:cacheprovider",
    "--tb=no",
    "--assert=plain",
)


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
        """Run each file of tests in a process of its own; note the lines of each test.

        What a fixture of the whole file reaches, and how long it takes, counts for each
        of its tests: any of them may be run alone.
        """
        on_import = self.on_import
        self.read()
        source = digest(*sorted(PACKAGE.rglob("*.py")))
        by_file = defaultdict(list)
        for item in session.items:
            by_file[item.path].append(item)
        tasks = {}
        for path, items in by_file.items():
            key = source + digest(path)
            if any(self.known.get(item.nodeid, [None])[0] != key for item in items):
                tasks[path, key] = lambda items=items: reached_by(session, items)
        for (path, key), answer in run_all(tasks, jobs, lambda _: 600):
            if isinstance(answer, str):
                print(f"left out: {path} ({answer})")
            passed = {} if isinstance(answer, str) else answer
            for item in by_file[path]:
                self.known.pop(item.nodeid, None)
                if item.nodeid in passed:
                    self.known[item.nodeid] = (key, *passed[item.nodeid])
                else:
                    print(f"left out: {item.nodeid} (fails)")
        here = [item.nodeid for item in session.items if item.nodeid in self.known]
        text = json.dumps([on_import, self.known, here])
        self.path.write_text(text, encoding="utf-8")


def reached_by(
    session: Any,  # noqa: ANN401 - pytest's own
    items: list[Any],
) -> dict[str, tuple[float, dict[str, list[int]]]]:
    """Run one file's tests; return seconds and lines of each that passes."""
    watch = watching()
    contexts = Contexts(watch)
    session.config.pluginmanager.register(contexts)
    session.config.option.maxfail = 0
    run_tests(session, items)
    watch.stop()
    data = watch.get_data()
    lines: dict[str, dict[str, list[int]]] = defaultdict(dict)
    for path in data.measured_files():
        if path.startswith(str(PACKAGE)):
            for line, names in sorted(data.contexts_by_lineno(path).items()):
                for name in names:
                    lines[name].setdefault(shown(Path(path)), []).append(line)
    shared, found = lines.get(SHARED, {}), {}
    for test, seconds in contexts.passed.items():
        own = lines.get(test, {})
        files = {
            path: sorted({*own.get(path, ()), *shared.get(path, ())})
            for path in {*own, *shared}
        }
        found[test] = (seconds + contexts.shared, files)
    return found


#: The context of what fixtures of more than one test reach.
SHARED = "fixtures of the file"


class Contexts:
    """A pytest plugin: tells coverage which test is run, and times it.

    Parameters
    ----------
    watch : coverage.Coverage
        A started measurement.
    """

    def __init__(self, watch: Any) -> None:  # noqa: ANN401 - coverage's own
        self.watch = watch
        self.passed: dict[str, float] = {}
        self.shared = 0.0
        self.begun = 0.0
        self.now = ""

    def pytest_runtest_protocol(self, item: Any) -> None:  # noqa: ANN401 - as above
        """Begin one test."""
        self.now, self.begun = item.nodeid, time.process_time()
        self.watch.switch_context(item.nodeid)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Any:  # noqa: ANN401 - as above
        """Count what a fixture of more than one test does for all of them."""
        if fixturedef.scope == "function":
            return (yield)
        self.watch.switch_context(SHARED)
        begun = time.process_time()
        try:
            return (yield)
        finally:
            taken = time.process_time() - begun
            self.shared += taken
            self.begun += taken
            self.watch.switch_context(self.now)

    def pytest_runtest_logreport(self, report: Any) -> None:  # noqa: ANN401 - as above
        """Note how long a test took that passed."""
        if report.when == "call" and report.passed:
            self.passed[report.nodeid] = time.process_time() - self.begun
        elif report.failed:
            self.passed.pop(report.nodeid, None)


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
