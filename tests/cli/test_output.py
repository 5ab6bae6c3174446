"""What is longer than the screen, on a terminal that a person sits at."""

import os
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress

import pytest

pytestmark = pytest.mark.thorough

pty, termios = pytest.importorskip("pty"), pytest.importorskip("termios")
LESS = pytest.mark.skipif(shutil.which("less") is None, reason="needs less")
#: Longer than any machine needs; what is waited for comes at once.
PATIENCE = 60


class Terminal:
    """A program on a pseudo-terminal of 24 lines and 80 columns."""

    def __init__(self, *words, **surroundings):
        self.screen = b""
        usual = {"TERM": "xterm", "LANG": "C.UTF-8"}
        kept = {k: v for k, v in os.environ.items() if k not in ("PAGER", "LESS")}
        self.process, self.master = pty.fork()
        if self.process == 0:
            termios.tcsetwinsize(1, (24, 80))
            command = [sys.executable, "-m", "lupus_evidence", *words]
            surroundings = {**kept, **usual, **surroundings}
            os.execve(sys.executable, command, surroundings)  # noqa: S606 - ourselves

    def read(self, until=None):
        """Read until a text has come, or until the program has ended."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if until and until in self.screen:
                return self
            ready, _, _ = select.select([self.master], [], [], 0.1)
            if ready:
                try:
                    part = os.read(self.master, 65536)
                except OSError:  # the other side is closed
                    part = b""
                if not part:
                    break
                self.screen += part
        assert until is None, self.screen
        return self

    def type(self, keys):
        """Press keys."""
        os.write(self.master, keys)
        return self

    def press_until_gone(self, key):
        """Press a key again and again: less forgets those of an interrupted moment."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with suppress(OSError):  # nobody is there to press it for
                os.write(self.master, key)
            ready, _, _ = select.select([self.master], [], [], 0.5)
            try:
                part = os.read(self.master, 65536) if ready else b"-"
            except OSError:
                part = b""
            if not part:
                break
            self.screen += part if ready else b""
        return self

    def status(self):
        """Return how the program ended, all its output read."""
        self.read()
        os.close(self.master)
        return os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])

    @property
    def text(self):
        """What was shown, without the terminal's own commands."""
        return re.sub(r"\x1b[\[?][0-9;?]*[A-Za-z]?", "", self.screen.decode())


@LESS
def test_a_long_table_stops_at_the_first_screen_and_q_ends_it_well():
    """The first rows are there, the last are not, and nothing is wrong."""
    terminal = Terminal("table").read(until=b"jinling-2014")
    terminal.read(until=b":").type(b"q")
    assert terminal.status() == 0
    assert "Survival: alive" in terminal.text
    assert "results of" not in terminal.text
    assert "Traceback" not in terminal.text


@LESS
def test_the_pager_shows_colours():
    """Headings are bold and a therapy has its colour, as without a pager."""
    terminal = Terminal("table").read(until=b"jinling-2014")
    terminal.read(until=b":").type(b"q")
    assert terminal.status() == 0
    assert b"\x1b[1m" in terminal.screen
    assert b"\x1b[38;5;32mhsct" in terminal.screen
    assert "ESC" not in terminal.text


@LESS
def test_ctrl_c_in_the_pager_is_no_failure():
    """It stops a search and nothing else; q still ends with 0."""
    terminal = Terminal("table").read(until=b"jinling-2014").read(until=b":")
    os.killpg(terminal.process, signal.SIGINT)
    terminal.press_until_gone(b"q")
    assert terminal.status() == 0
    assert "Traceback" not in terminal.text


@pytest.mark.parametrize(
    ("words", "surroundings"),
    [
        (("table", "--no-pager"), {}),
        (("table",), {"PAGER": ""}),
        (("table",), {"PAGER": "cat"}),
        (("table",), {"PAGER": "no-such-pager-here"}),
        (("table",), {"PAGER": "'half a quotation"}),
        (("table",), {"TERM": "dumb"}),
    ],
)
def test_without_a_pager_all_is_printed(words, surroundings):
    """Asked for none, or where there is none, the last line comes by itself."""
    terminal = Terminal(*words, **surroundings)
    assert terminal.status() == 0
    assert "Not shown at this width" in terminal.text


def test_what_fits_the_screen_needs_no_pager():
    """A short answer is printed even where the pager would be a program that fails."""
    terminal = Terminal("show", "nct00017641", PAGER="false")
    assert terminal.status() == 0
    assert "No result is recorded here." in terminal.text


def test_the_persons_own_pager_is_used_with_its_options():
    """PAGER may be a command line."""
    terminal = Terminal("table", PAGER="head -n 3")
    assert terminal.status() == 0
    assert "Survival: alive" in terminal.text
    assert "jinling-2014" not in terminal.text


def test_no_pager_for_a_file_and_none_in_a_pipe(tmp_path):
    """A pager that fails is never started."""
    terminal = Terminal("table", "-o", str(tmp_path / "t.txt"), PAGER="false")
    assert terminal.status() == 0
    assert "wrote" in terminal.text
    done = subprocess.run(
        [sys.executable, "-m", "lupus_evidence", "table"],
        env={**os.environ, "PAGER": "false"},
        capture_output=True,
        check=True,
    )
    assert done.stdout.count(b"\n") > 300
    assert b"\x1b" not in done.stdout
