"""The help pages: what a person reads first."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from subprocess import PIPE, STDOUT

import pytest
import typer
from typer.testing import CliRunner

from lupus_evidence.cli.app import COMMANDS, app

GROUP = typer.main.get_command(app)


@pytest.fixture(autouse=True)
def narrow(monkeypatch):
    """A terminal of 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")


def page(*words):
    """A help page, or whatever else the words print."""
    return CliRunner().invoke(app, words, prog_name="lupus-evidence").output


def examples(command):
    """Every call of the program in a page's examples, as words."""
    block = page(command, "--help").partition("For example:\n")[2].partition("\n\n")[0]
    calls = []
    for line in block.splitlines():
        words = list(shlex.shlex(line, posix=True, punctuation_chars=True))
        call = []
        for word in [*words, ";"]:
            if set(word) <= set("|&;<>"):
                calls += [call] if call[:1] == ["lupus-evidence"] else []
                call = []
            else:
                call.append(word)
    return calls


@pytest.mark.parametrize("command", COMMANDS)
def test_examples_can_be_typed(command):
    """Each page has an example of its command, and all of them are understood."""
    calls = examples(command)
    assert any(call[1] == command for call in calls)
    for _, name, *words in calls:
        GROUP.get_command(None, name).make_context(name, words)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_pages_are_for_people(command):
    """No page shows Python's types, runs over 80 columns or breaks inside a name."""
    text = page(*command.split(), "--help")
    assert text.startswith(f"Usage: lupus-evidence {command}".rstrip())
    assert not re.search(r"list\[|<path>|<str>|<int>", text, re.IGNORECASE)
    assert max(map(len, text.splitlines())) <= 80
    assert not re.search(r"\w-$", text, re.MULTILINE)
    assert "\N{NON-BREAKING HYPHEN}" not in text


@pytest.mark.thorough
@pytest.mark.parametrize("words", ["--help", "show --help", "--version", "show", "-x"])
def test_the_module_is_the_command(words):
    """`python -m lupus_evidence` prints what the command prints, by its name."""
    command = Path(sys.executable).with_name("lupus-evidence")
    by_command, by_module = (
        subprocess.run(
            [*start, *words.split()], stdout=PIPE, stderr=STDOUT, text=True, check=False
        )
        for start in ([command], [sys.executable, "-m", "lupus_evidence"])
    )
    assert by_module.stdout == by_command.stdout
    assert by_module.returncode == by_command.returncode


def test_help_is_a_command_too():
    """As git and others have it: alone, or with the command that it is about."""
    assert page("help") == page("--help")
    assert page("help", "compare") == page("compare", "--help")
    unknown = CliRunner().invoke(app, ["help", "compar"])
    assert unknown.exit_code == 2
    assert "Did you mean compare?" in unknown.output


def test_a_mistyped_command_gets_one_name():
    """The nearest alone; what is near to none gets the list."""
    near = CliRunner().invoke(app, ["compar"]).output
    assert near.strip().endswith("Did you mean compare?")
    assert ", ".join(COMMANDS) in CliRunner().invoke(app, ["zzzz"]).output


def test_the_version_has_a_short_option():
    """-V, as cargo and pip have it; -v stays free."""
    assert page("-V") == page("--version")


@pytest.mark.parametrize(
    "words", [["-q", "list"], ["list", "-q"], ["list", "--quiet"], ["--quiet", "list"]]
)
def test_quiet_before_or_after_a_command(words, tmp_path):
    """Notes stay away, errors do not; the next run speaks again."""
    where = tmp_path / "list.csv"
    quiet = CliRunner().invoke(app, [*words, "-o", str(where)])
    assert (quiet.exit_code, quiet.output) == (0, "")
    refused = CliRunner().invoke(app, [*words, "-o", str(where)])
    assert refused.exit_code == 2
    assert "exists" in refused.output
    again = CliRunner().invoke(app, ["list", "-o", str(where), "--force"])
    assert "wrote" in again.output


@pytest.mark.thorough
@pytest.mark.parametrize("words", [["--no-color", "list"], ["list", "--no-color"]])
def test_no_color_before_or_after_a_command(words, monkeypatch):
    """A terminal gets the letters alone."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b[" in on_a_terminal("list")
    text = on_a_terminal(*words)
    assert "wang-2013" in text
    assert "\x1b[" not in text


def on_a_terminal(*words):
    """What a terminal receives."""
    if not hasattr(os, "openpty"):
        pytest.skip("no terminals here")
    reading, writing = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "lupus_evidence", *words, "--no-pager"],
        stdout=writing,
        stdin=subprocess.DEVNULL,
    )
    os.close(writing)
    found = b""
    try:
        while some := os.read(reading, 65536):
            found += some
    except OSError:  # Linux says so when the writer is gone
        pass
    os.close(reading)
    assert process.wait() == 0
    return found.decode()
