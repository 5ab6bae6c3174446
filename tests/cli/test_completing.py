"""What a shell gets when it asks the program how a word could go on."""

import os
import re
import subprocess
import sys

import pytest

pytestmark = pytest.mark.thorough

#: The statistics are not there: every Tab would wait for them.
PROGRAM = (
    "import sys\n"
    "sys.modules |= dict.fromkeys(('numpy', 'scipy', 'matplotlib', 'jinja2'))\n"
    "from lupus_evidence.cli import main\n"
    "main()\n"
)


def asked(shell, line, **variables):
    """The answer to a shell that asks about the last word of a line."""
    words = line.split(" ")
    environment = {
        **os.environ,
        "_LUPUS_EVIDENCE_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": "\n".join(words),
        "COMP_CWORD": str(len(words) - 1),
        "_TYPER_COMPLETE_ARGS": line,
        **variables,
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert not done.stderr
    return done.stdout


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("comp", ["compare"]),
        ("--ver", ["--version"]),
        ("compare hsct --sens", ["--sensitivity"]),
        ("show burt-20", ["burt-2001-collection", "burt-2006", "burt-2018"]),
        ("show wang-2013 ash", ["ash-2007"]),
        ("compare hs", ["hsct"]),
        ("compare hsct ms", ["msc"]),
        ("list -t uc", ["uc-msc"]),
        ("table --endpoint disease", ["disease-free-survival"]),
        ("forest overall", ["overall-survival"]),
        ("compare hsct msc --at 12", ["12", "120"]),
        ("compare hsct msc -f j", ["json"]),
        ("show wang-2013 -f ", ["table", "markdown", "html", "docx", "json"]),
        ("list --design rand", ["randomised-trial"]),
        ("list --status with", ["withdrawn"]),
        ("compare --reading sec", ["secondary"]),
        ("explain E203", ["E203"]),
        ("audit --fail-on supp", ["supported", "supported-context-missing"]),
        ("schema ", ["study", "claims", "topic"]),
        ("explain desig", ["designs"]),
        ("list --country CN", ["CN"]),
        ("help comp", ["compare"]),
        ("nonsense wang", []),
        ("show nonsense", []),
    ],
)
def test_bash_is_offered_what_can_be_typed(line, offered):
    """Commands, options and every kind of name complete, without the statistics."""
    assert asked("bash", f"lupus-evidence {line}").split() == offered


def test_zsh_is_told_what_a_name_means():
    """Therapies, endpoints and times come with the words for the screen."""
    answer = asked("zsh", "lupus-evidence compare allo")
    assert re.search(r'"allo-hsct":"\w[^"]+ [^"]+"', answer)
    assert "from month 9 to before 18" in asked(
        "zsh", "lupus-evidence forest x --at 12"
    )


def test_own_records_complete(folder):
    """Names of records are those of the folder in use, by option or by variable."""
    assert asked("bash", f"lupus-evidence show --studies {folder} ").split() == [
        "doe-2020",
        "roe-2021",
    ]
    line = "lupus-evidence show d"
    assert asked("bash", line, LUPUS_EVIDENCE_STUDIES=str(folder)) == "doe-2020\n"
    assert not asked("bash", line, LUPUS_EVIDENCE_STUDIES="/nowhere").strip()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_for_a_shell_asks_this_program(shell):
    """The printed script sets the variable that the program answers to."""
    script = asked(shell, "", _LUPUS_EVIDENCE_COMPLETE=f"source_{shell}")
    assert f"_LUPUS_EVIDENCE_COMPLETE=complete_{shell}" in script


def test_verdicts_are_known_with_hyphens(run):
    """What completion offers is what the option takes."""
    words = ("--fail-on", "supported-context-missing")
    assert run("audit", "--summary", *words).exit_code == 1
