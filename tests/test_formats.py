"""Every command with every form: written, or refused in words; never a traceback."""

import re
import shutil
from pathlib import Path

import pytest

from lupus_evidence.cli.app import COMMANDS, _built
from lupus_evidence.writers.formats import FORMATS, formats_of

CITATION = Path(__file__).parent / "importing" / "samples" / "citations.nbib"
STUDIES = Path(__file__).parents[1] / "studies"
#: Bundled records that every command has something to say of, and no other's people.
FEW = ("deng-2017", "leng-2017", "li-2016", "sheikh-2025", "song-2011", "jinling-2014")
#: What each command needs to run on them.
GIVEN = {
    "list": ("--therapy", "car-t"),
    "show": ("leng-2017",),
    "table": ("-e", "complete-remission"),
    "compare": ("hsct", "msc", "-e", "overall-survival"),
    "forest": ("overall-survival", "--at", "24"),
    "curve": ("overall-survival",),
    "flow": (),
    "audit": (),
    "report": (),
    "export": (),
    "check": (),
    "explain": ("glmm",),
    "schema": ("study",),
}


@pytest.fixture(scope="module", autouse=True)
def few(tmp_path_factory):
    """A folder of a few records, which is quicker than all of them."""
    folder = tmp_path_factory.mktemp("few")
    for name in (*FEW, "_topic", "_base"):
        shutil.copy(STUDIES / f"{name}.yaml", folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LUPUS_EVIDENCE_STUDIES", str(folder))
        yield folder


def takes_a_form(command):
    """Whether a command has the option."""
    return any("--format" in parameter.opts for parameter in _built(command).params)


@pytest.mark.thorough
@pytest.mark.parametrize("command", [c for c in GIVEN if takes_a_form(c)])
def test_a_command_takes_or_refuses_every_form(command, run, tmp_path):
    """Status 0 with a file, or 2 with a sentence; the help names those it takes."""
    taken = []
    for form in (one.name for one in FORMATS):
        target = tmp_path / f"{form}.out"
        result = run(command, *GIVEN[command], "-f", form, "-o", target)
        if result.exit_code == 2:
            assert "Traceback" not in result.stderr
            assert f"'{form}'" in result.stderr
            assert not target.exists()
        else:
            assert result.exit_code == 0, (form, result.stderr)
            assert target.stat().st_size
            taken.append(form)
    (option,) = (p for p in _built(command).params if "--format" in p.opts)
    listed = option.help.partition(": ")[2].partition(";")[0].replace(" or ", ", ")
    named = listed.split(", ") if listed else option.metavar.strip("<>").split("|")
    assert sorted(named) == sorted(taken)


@pytest.mark.thorough
@pytest.mark.parametrize("command", GIVEN)
def test_a_hyphen_is_the_screen(command, run, tmp_path, monkeypatch):
    """`-o -` gives what no -o gives, and makes no file of that name."""
    monkeypatch.chdir(tmp_path)
    screen = run(command, *GIVEN[command])
    hyphen = run(command, *GIVEN[command], "-o", "-")
    assert hyphen.exit_code == screen.exit_code == 0, hyphen.stderr
    assert hyphen.stdout_bytes == screen.stdout_bytes != b""
    assert "wrote" not in hyphen.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("words", [("new", "doe-2099"), ("import", CITATION)])
def test_a_hyphen_is_the_screen_instead_of_a_folder(words, run, tmp_path, monkeypatch):
    """Where -o names a folder, `-o -` prints the file and makes neither."""
    monkeypatch.chdir(tmp_path)
    done = run(*words, "-o", "-")
    assert done.exit_code == 0, done.stderr
    assert re.search("(?m)^id: ", done.stdout)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("command", GIVEN)
def test_an_ending_that_no_form_has_writes_nothing(command, run, tmp_path):
    """An .odt of plain text would open in no program."""
    done = run(command, *GIVEN[command], "-o", tmp_path / "x.odt")
    assert done.exit_code == 2
    assert "nothing here is written as .odt; known endings: ." in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_form_has_one_name_and_every_part_has_a_form():
    """Names are unique; each ending belongs to at least one form."""
    names = [form.name for form in FORMATS]
    assert len(set(names)) == len(names)
    assert all(formats_of((form.part,)) for form in FORMATS)


def test_every_command_that_writes_an_answer_is_tried():
    """A new command with a form has to be added above."""
    assert {c for c in COMMANDS if takes_a_form(c)} <= {*GIVEN, "diff", "import"}
