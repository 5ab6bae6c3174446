"""Every file in tests/examples raises exactly what its marks say, at those lines."""

import re
from collections import Counter
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lupus_evidence.checks import codes, run
from lupus_evidence.cli.app import app
from lupus_evidence.records.load import load

EXAMPLES = Path(__file__).parents[1] / "examples"
INVALID = sorted((EXAMPLES / "invalid").iterdir())
VALID = sorted((EXAMPLES / "valid").iterdir())
MISTAKES = EXAMPLES / "thirty-mistakes"

MARK = re.compile(r"# <- ((?:[EW]\d{3} ?)+)")

#: Links and devices are made in tests/records/test_load.py: a repository cannot carry
#: them; a list of retractions is made in tests/checks/test_retractions.py.
WITHOUT_EXAMPLE = {"E101", "E413", "W414"}


def named(path: Path) -> str:
    """Return a test id."""
    return path.name


def text_of(path: Path) -> str:
    """Return a file's text; Latin-1 maps every byte, so marks can be read anyway."""
    return path.read_bytes().decode("latin-1")


def marks(folder: Path) -> Counter:
    """Return file, line and code of every mark under a folder."""
    found: Counter = Counter()
    for path in (*folder.rglob("*.yaml"), *folder.rglob("*.csv")):
        for number, line in enumerate(text_of(path).splitlines(), 1):
            for match in MARK.finditer(line):
                for code in match.group(1).split():
                    found[path.name, number, code] += 1
    return found


def raised(folder: Path) -> Counter:
    """Return file, line and code of every finding under a folder."""
    return Counter(
        (Path(item.place.file).name, item.place.line, item.code)
        for item in run(load(folder)).diagnostics
    )


def as_folder(path: Path, place: Path) -> Path:
    """Return an example as a folder of records, each file under its id's name."""
    if path.is_dir():
        return path
    match = re.search(r"^id: ([a-z0-9-]+)", text_of(path), re.MULTILINE)
    name = match.group(1) if match else "doe-2020"
    (place / f"{name}.yaml").write_bytes(path.read_bytes())
    (place / "_topic.yaml").write_text("extends: lupus\n", encoding="utf-8")
    return place


@pytest.mark.parametrize("path", INVALID, ids=named)
def test_invalid_example_raises_its_code_at_the_marked_line(path, tmp_path):
    """What is marked is found where it is marked, and nothing else is found."""
    folder = as_folder(path, tmp_path)
    expected = marks(folder)
    assert path.name[:4] in {code for _, _, code in expected}
    assert raised(folder) == expected


@pytest.mark.parametrize("path", VALID, ids=named)
def test_valid_example_raises_nothing(path, tmp_path):
    """A record without a mistake has no finding, not even an acknowledged one."""
    report = run(load(as_folder(path, tmp_path)))
    assert not report.diagnostics
    assert report.records == 1
    assert report.checks_run >= 12


def test_thirty_mistakes_are_all_found_at_their_lines():
    """One run over a folder of thirty mistakes reports thirty, each at its line."""
    expected = marks(MISTAKES)
    assert expected.total() == 30
    assert raised(MISTAKES) == expected


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_command_prints_thirty_mistakes_and_no_traceback(form):
    """The command ends with exit status 1, and every form names all thirty places."""
    result = CliRunner().invoke(app, ["check", str(MISTAKES), "-f", form])
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    for file, line, code in marks(MISTAKES):
        places = {
            "text": rf"{file}:{line}:\d+: (error|warning) {code} ",
            "json": rf'"file": "\S*{file}",\s+"line": {line},\s+"column": \d+,'
            rf'\s+"code": "{code}"',
            "github": rf"file=\S*{file},line={line},col=\d+,title={code}::",
        }
        assert re.search(places[form], result.output), (file, line, code)


def test_thirty_mistakes_leave_the_sound_record_usable():
    """What can be loaded beside broken files is loaded, and the rest is counted."""
    base = load(MISTAKES)
    assert "sound-2020" in {study.id for study in base.studies}
    report = run(base)
    assert report.not_loaded > 0
    assert f"; {report.not_loaded} files not loaded" in report.summary


def test_every_code_has_an_example():
    """No check without a file that fails it."""
    assert {path.name[:4] for path in INVALID} == set(codes()) - WITHOUT_EXAMPLE
