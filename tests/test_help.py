"""The help pages: what a person reads first."""

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
