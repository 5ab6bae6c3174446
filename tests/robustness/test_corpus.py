from pathlib import Path

import pytest

from lupus_evidence.records.load import load_files

CORPUS = Path(__file__).parent / "corpus"


@pytest.mark.parametrize(
    "path", sorted((CORPUS / "records").iterdir()), ids=lambda path: path.name
)
def test_records_that_were_trouble_are_refused_with_a_place(path):
    """Each problem has a code, a line of the file and a hint."""
    base = load_files([path], CORPUS)
    assert base.files == ()
    assert base.diagnostics
    lines = path.read_bytes().count(b"\n")
    assert all(1 <= item.place.line <= lines for item in base.diagnostics)
    assert all(item.hint for item in base.diagnostics)


@pytest.mark.parametrize(
    "path", sorted((CORPUS / "commands").iterdir()), ids=lambda path: path.name
)
def test_commands_that_were_trouble_are_refused_in_words(path, run):
    """Wrong use ends with 2 and a sentence, never with an exception."""
    words = path.read_bytes().decode(errors="surrogateescape").split("\n")[:-1]
    result = run(*words)
    assert result.exit_code == 2
    assert result.output.startswith("lupus-evidence: ")
