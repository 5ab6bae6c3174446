"""What another program pipes in is read as a file is."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from invented import study_text

from lupus_evidence.importing.formats import MAX_FILE_BYTES as MOST_CITATIONS
from lupus_evidence.reading.articles import MOST_BYTES
from lupus_evidence.records.files import MAX_FILE_BYTES

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).parents[2]
CLAIMS = ROOT / "claims" / "stem-cell-therapy-for-lupus.yaml"
CITATION = ROOT / "tests" / "importing" / "samples" / "citations.nbib"
PROGRAM = f"'{sys.executable}' -m lupus_evidence"


def shell(line, folder):
    """Run a line of a shell that knows process substitution."""
    return subprocess.run(
        ["bash", "-c", line.replace("$P", PROGRAM)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_check_reads_a_record(run):
    """A record in a pipe has no file name to differ from, and is checked as any."""
    done = run("check", "-", input=study_text())
    assert done.exit_code == 0, done.output
    assert done.output.startswith("1 record, 1 result, ")


def test_findings_name_standard_input(run):
    """Line and column are those of the text that came in."""
    text = study_text().replace("    events: 5", "    events: 50")
    line = text.splitlines().index("    events: 50") + 1
    done = run("check", "-", input=text)
    assert done.exit_code == 1
    assert f"<stdin>:{line}:5: error E2" in done.output
    found = json.loads(run("check", "-", "-f", "json", input="id: [").output)
    assert found["findings"][0]["file"] == "<stdin>"


def test_audit_reads_claims(run):
    """The claims of an article give the same audit from a pipe and from a file."""
    text = CLAIMS.read_text(encoding="utf-8")
    piped = run("audit", "-", "--summary", input=text)
    assert piped.exit_code == 0, piped.output
    assert piped.output == run("audit", CLAIMS, "--summary").output.replace(
        str(CLAIMS), "-"
    )
    wrong = run("audit", "-", input="id: [")
    assert wrong.exit_code == 1
    assert "<stdin>:2:1: error E102" in wrong.output


def test_import_reads_citations(run):
    """Citations in a pipe become the records that the file gives."""
    text = CITATION.read_text(encoding="utf-8")
    piped = run("import", "-", "-o", "-", input=text)
    assert piped.exit_code == 0, piped.output
    assert piped.stdout == run("import", CITATION, "-o", "-").stdout
    wrong = run("import", "-", "-o", "-", input="nothing known")
    assert wrong.exit_code == 2
    assert "lupus-evidence: <stdin>: the format is not known" in wrong.stderr


@pytest.mark.parametrize(
    ("command", "most"),
    [
        ("check -", MAX_FILE_BYTES),
        ("audit -", MOST_BYTES),
        ("import - -o -", MOST_CITATIONS),
    ],
)
def test_a_pipe_may_hold_as_much_as_a_file(command, most, run):
    """More than a file may hold is refused, and nothing is read without end."""
    done = run(*command.split(), input="#" * (most + 1))
    assert done.exit_code in (1, 2)
    assert f"larger than {most:,} bytes" in done.output


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="needs /dev/fd")
@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("cat records/doe-2020.yaml | $P check /dev/stdin", "1 record, 1 result"),
        ("$P check <(cat records/doe-2020.yaml)", "1 record, 1 result"),
        (f"$P audit <(cat '{CLAIMS}') --summary", "17 claims"),
        (f"$P import <(cat '{CITATION}') -o - 2>&1", "id: muller-2010"),
    ],
    ids=["device", "check", "audit", "import"],
)
def test_pipes_with_a_path_are_read(line, said, folder):
    """The shell's <(...) and /dev/stdin work where a file does."""
    done = shell(line, folder.parent)
    assert done.returncode == 0, done.stderr
    assert said in done.stdout


@pytest.mark.parametrize("command", ["check -", "audit -", "import - -o -"])
def test_a_closed_standard_input_is_said(command, folder):
    """There is nothing to read, which is a message and no traceback."""
    done = shell(f"$P {command} <&-", folder.parent)
    assert done.returncode in (1, 2)
    assert "cannot be read: it is closed" in done.stdout + done.stderr
