"""Files that are written: whole or not at all, whatever happens meanwhile."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
CITATIONS = ROOT / "tests" / "importing" / "samples" / "trial.json"

#: Every command that writes a file, and the file.
WRITING = {
    "list": ("list --studies records -f json -o FILE", "out.json"),
    "show": ("show doe-2020 --studies records -o FILE", "out.txt"),
    "table": ("table --studies records -f csv -o FILE", "out.csv"),
    "compare": ("compare hsct msc --studies records -o FILE", "out.txt"),
    "report": ("report --studies records -o FILE", "out.html"),
    "export": ("export --studies records -f xlsx -o FILE", "out.xlsx"),
    "forest": ("forest complete-remission --studies records -o FILE", "out.svg"),
    "audit": ("audit --studies records -o FILE", "out.txt"),
    "check": ("check --studies records -f json -o FILE", "out.json"),
    "diff": ("diff records records -o FILE", "out.txt"),
    "schema": ("schema study -o FILE", "out.json"),
    "new": ("new doe-2026 -o .", "doe-2026.yaml"),
    "import": (f"import {CITATIONS} -o .", "nct09999991.yaml"),
}


@pytest.fixture(autouse=True)
def interruptible():
    """Let children hear Ctrl-C: a script starts background jobs deaf to it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def start(program, name, folder, **options):
    """Run a writing command by a line of Python, where an old file stands."""
    line, target = WRITING[name]
    (folder / target).write_text("old", encoding="utf-8")
    words = [target if word == "FILE" else word for word in line.split()]
    return subprocess.run(
        [sys.executable, "-c", program, *words, "--force"],
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        **options,
    )


def names_in(folder):
    """Return what is in a folder."""
    return sorted(path.name for path in folder.iterdir())


KILLED = """
import os, signal
os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)
from lupus_evidence.cli import main
main()
"""
#: No file may grow over 100 bytes, as on a disk with no more room.
FULL = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
from lupus_evidence.cli import main
main()
"""


@pytest.mark.parametrize("name", WRITING)
def test_kill_while_writing_leaves_the_old_file(name, folder):
    """Killed before the new file is in place, the old one is as it was."""
    done = start(KILLED, name, folder.parent)
    assert done.returncode == -signal.SIGKILL, done.stderr
    target = folder.parent / WRITING[name][1]
    assert target.read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize("name", WRITING)
def test_a_full_disk_leaves_the_old_file_and_nothing_else(name, folder):
    """The system refuses to write on: one sentence, status 2, no remains."""
    before = names_in(folder.parent)
    done = start(FULL, name, folder.parent)
    assert done.returncode == 2, done.stderr
    target = WRITING[name][1]
    assert f"{target} cannot be written: file too large" in done.stderr
    assert "Traceback" not in done.stderr
    assert (folder.parent / target).read_text(encoding="utf-8") == "old"
    assert names_in(folder.parent) == sorted({*before, target})


#: Ctrl-C as soon as the program has begun, while it is being imported, ...
AT_ONCE = """
import signal, sys
class Now:
    def find_spec(name, *_):
        if name == "lupus_evidence.cli.app":
            signal.raise_signal(signal.SIGINT)
sys.meta_path.insert(0, Now)
from lupus_evidence.cli import main
main()
"""
#: ... and at the last moment before the new file takes the old one's place.
AT_LAST = """
import os, signal
os.fsync = lambda _: signal.raise_signal(signal.SIGINT)
from lupus_evidence.cli import main
main()
"""


@pytest.mark.parametrize("moment", [AT_ONCE, AT_LAST], ids=["at-once", "at-last"])
@pytest.mark.parametrize("name", WRITING)
def test_ctrl_c_ends_with_130_and_no_traceback(name, moment, folder):
    """Whenever it comes: no word, the old file as it was, no remains."""
    before = names_in(folder.parent)
    done = start(moment, name, folder.parent)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")
    target = WRITING[name][1]
    assert (folder.parent / target).read_text(encoding="utf-8") == "old"
    assert names_in(folder.parent) == sorted({*before, target})


LOADED = """
import signal
from lupus_evidence.records import yamltext
known = yamltext.parse
def parse(text):
    signal.raise_signal(signal.SIGINT)
    return known(text)
yamltext.parse = parse
from lupus_evidence.cli import main
main()
"""


@pytest.mark.parametrize("name", [n for n in WRITING if "records" in WRITING[n][0]])
def test_ctrl_c_while_records_are_read(name, folder):
    """A folder may be large: reading it can be stopped."""
    done = start(LOADED, name, folder.parent)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_a_read_only_folder_is_said(run, tmp_path, as_nobody):
    """Nothing can be written there: one sentence, status 2, the old file intact."""
    assert run("schema", "study", "-o", tmp_path / "before.json").exit_code == 0
    assert run("new", "before", "-o", tmp_path).exit_code == 0
    closed = tmp_path / "closed"
    closed.mkdir()
    (closed / "old.json").write_text("old", encoding="utf-8")
    closed.chmod(0o555)
    with as_nobody():
        for words in (
            ("schema", "study", "-o", closed / "old.json"),
            ("schema", "study", "-o", closed / "new.json"),
            ("new", "doe-2026", "-o", closed),
        ):
            result = run(*words, "--force")
            assert result.exit_code == 2
            assert "cannot be written: permission denied" in result.output
    closed.chmod(0o755)
    assert names_in(closed) == ["old.json"]
    assert (closed / "old.json").read_text(encoding="utf-8") == "old"
