import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from invented import study_text

from lupus_evidence.records.files import MAX_FILE_BYTES
from lupus_evidence.records.load import load
from lupus_evidence.records.yamltext import MAX_VALUES
from lupus_evidence.topics import bundled_topic

RECORD = study_text().encode()
BAD_BYTES = {
    "not-yaml": (b"a: [", "E102"),
    "tabs": (RECORD.replace(b"  treated", b"\ttreated"), "E102"),
    "utf-16": (study_text().encode("utf-16"), "E106"),
    "latin-1": (RECORD.replace(b"trial", b"\xfctrial", 1), "E106"),
    "surrogate": (RECORD.replace(b"An inv", b"\xed\xa0\x80", 1), "E106"),
    "overlong": (RECORD.replace(b"An inv", b"\xc0\xaf", 1), "E106"),
    "bom": (b"\xef\xbb\xbf" + RECORD, "E106"),
    "nul": (RECORD.replace(b"An inv", b"A\0", 1), "E102"),
    "escape": (RECORD.replace(b"An inv", b"\x1b[31m", 1), "E102"),
    "tag": (RECORD.replace(b"title: ", b"title: !!python/name:os.system ", 1), "E104"),
    "alias-bomb": (b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b, *b]\n", "E104"),
    "merge": (b"a: {b: 1}\n<<: *a\n", "E104"),
    "two-documents": (RECORD + b"---\n" + RECORD, "E104"),
    "nested": (b"a: " + b"[" * 100_000, "E105"),
    "indented": (b"".join(b" " * n + b"a:\n" for n in range(500)), "E105"),
    "too-many-values": (b"x: [" + b"1," * (MAX_VALUES + 1) + b"]", "E105"),
    "empty": (b"", "E107"),
    "only-comments": (b"# nothing\n", "E107"),
    "list": (b"- 1\n", "E107"),
    "ten-megabytes-of-nesting": (b"[" * 10_000_000, "E101"),
    "fifty-megabytes": (b"x" * 50_000_000, "E101"),
}


@pytest.mark.parametrize("name", BAD_BYTES)
def test_a_bad_file_is_one_diagnostic_and_the_others_load(name, folder):
    """Whatever stands in a file, it is named with a code and keeps nobody else out."""
    content, code = BAD_BYTES[name]
    (folder / "bad.yaml").write_bytes(content)
    base = load(folder)
    assert [study.id for study in base.studies] == ["doe-2020", "roe-2021"]
    (problem,) = base.diagnostics
    assert problem.code == code
    assert problem.place.file.endswith("bad.yaml")
    assert problem.hint


def make_folder(path: Path) -> None:
    """Make a folder where a file should be."""
    path.mkdir()
    (path / "unreadable.yaml").symlink_to("nowhere")


MADE = {
    "dangling": lambda path: path.symlink_to("nowhere"),
    "loop": lambda path: path.symlink_to(path.name),
    "to-a-folder": lambda path: path.symlink_to("."),
    "fifo": os.mkfifo,
    "folder": make_folder,
}


@pytest.mark.parametrize("kind", MADE)
def test_what_is_no_file_is_named_and_not_waited_for(kind, folder):
    """Links to nowhere, to themselves or to folders, and pipes, are E101."""
    MADE[kind](folder / "bad.yaml")
    base = load(folder)
    assert len(base.studies) == 2
    assert [item.code for item in base.diagnostics] == ["E101"]


def test_a_million_wrong_items_are_answered_in_short(folder):
    """The first thousand problems of a file are shown, the rest are counted."""
    text = study_text(id="bad-2020") + "  - {}\n" * 5_000
    (folder / "bad-2020.yaml").write_text(text, encoding="utf-8")
    *shown, rest = sorted(load(folder).diagnostics, key=lambda item: -item.place.line)
    assert len(shown) == 1_000
    assert rest.message == "4,000 more problems in this file"


def test_a_file_that_grew_since_it_was_looked_at_is_not_read_whole(folder, monkeypatch):
    """No more than the largest allowed size is ever read."""
    bundled_topic()
    asked = []
    opened = Path.open

    def watched(path, *arguments, **named):
        file = opened(path, *arguments, **named)
        if path.suffix == ".yaml":
            read = file.read
            return Reading(file, lambda size=-1: asked.append(size) or read(size))
        return file

    monkeypatch.setattr(Path, "open", watched)
    assert len(load(folder).studies) == 2
    assert asked == [MAX_FILE_BYTES + 1, MAX_FILE_BYTES + 1]


class Reading:
    """A file whose reads are watched."""

    def __init__(self, file, read):
        self.file, self.read = file, read

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.file.close()


def test_a_file_that_vanishes_is_named(folder, monkeypatch):
    """A record deleted between listing and reading is E101."""
    opened = Path.open

    def gone(path, *arguments, **named):
        if path.name == "doe-2020.yaml":
            path.unlink()
        return opened(path, *arguments, **named)

    monkeypatch.setattr(Path, "open", gone)
    base = load(folder)
    assert [study.id for study in base.studies] == ["roe-2021"]
    (problem,) = base.diagnostics
    assert "no such file" in problem.message


@pytest.mark.parametrize("gone", ["inner", "."])
def test_a_folder_that_vanishes_is_named(gone, folder, monkeypatch):
    """A folder deleted between being found and being listed is E101."""
    (folder / "inner").mkdir()
    scandir = os.scandir

    def vanished(path):
        if Path(path) == folder / gone:
            monkeypatch.setattr(os, "scandir", scandir)  # deleting lists, too
            shutil.rmtree(path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", vanished)
    base = load(folder)
    assert len(base.studies) == (2 if gone == "inner" else 0)
    (problem,) = base.diagnostics
    assert (problem.code, problem.message) == (
        "E101",
        "cannot be read: no such file or directory",
    )


@pytest.mark.thorough
def test_a_working_folder_that_is_gone_is_said(folder):
    """Where the person stands was deleted: a sentence, no traceback."""
    here = folder.parent / "here"
    here.mkdir()
    for words in ("list --studies ../records", "new doe-2026", "list"):
        done = subprocess.run(
            [
                *("sh", "-c", f'mkdir -p {here}; cd {here}; rmdir {here}; "$@"', "sh"),
                *(sys.executable, "-c", "from lupus_evidence.cli import main; main()"),
                *words.split(),
            ],
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
        assert done.returncode in {0, 2}
        assert "Traceback" not in done.stderr
        assert done.returncode == 0 or done.stderr.startswith("lupus-evidence: ")


@pytest.mark.thorough
def test_a_folder_nested_deeper_than_python_recurses_is_walked(folder):
    """Depth costs no recursion; records at the bottom are found."""
    here = os.open(folder, os.O_RDONLY)
    for _ in range(1_200):
        os.mkdir("a", dir_fd=here)
        below = os.open("a", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    try:
        assert len(load(folder).studies) == 2
    finally:  # Python 3.11 cannot remove what is that deep
        subprocess.run(["rm", "-r", folder / "a"], check=True)


def test_an_unreadable_file_and_folder_are_named(folder, as_nobody):
    """Without permission nothing is dropped silently."""
    assert len(load(folder).studies) == 2
    (folder / "doe-2020.yaml").chmod(0)
    (folder / "closed").mkdir(mode=0)
    with as_nobody():
        base = load(folder)
    assert [item.code for item in base.diagnostics] == ["E101", "E101"]
    assert [study.id for study in base.studies] == ["roe-2021"]


def test_a_file_name_that_is_not_utf8_does_no_harm(folder, run, tmp_path):
    """Names are bytes on Linux; the digest and the outputs can say them."""
    name = os.fsdecode(b"\xff\x1b[31m\n.yaml")
    (folder / "doe-2020.yaml").rename(folder / name)
    (folder / f"b{name}").write_text("a: [", encoding="utf-8")
    for form in ("text", "github", "json"):
        result = run("check", folder, "-f", form, "-o", tmp_path / form)
        assert result.exit_code == 1
        assert b"\x1b" not in (tmp_path / form).read_bytes()
    listed = run("list", "--studies", folder)
    assert listed.exit_code == 1
    assert "doe-2020" in listed.output
    assert "\x1b" not in listed.output + listed.stderr
