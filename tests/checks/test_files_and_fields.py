"""Files, texts and blanks: what is wrong with them, and at which line."""

from dataclasses import replace
from pathlib import Path

import pytest
from checks.conftest import study_file
from invented import study_text

from lupus_evidence.checks import run
from lupus_evidence.checks.rules import catalogue
from lupus_evidence.records.load import EvidenceBase, load


def looked(code, *files):
    """Make one check of some files; file, path and words of each finding."""
    verdict = catalogue()[code].function(EvidenceBase(".", files, (), None))
    return [(item.file.file, item.path, item.message) for item in verdict]


def with_text(text, name="doe-2020.yaml"):
    """Return a record whose file holds a text."""
    return replace(study_file(), file=name, text=text)


@pytest.mark.parametrize("code", ["E113", "E114", "W513", "W514"])
def test_a_sound_base_has_been_looked_at(code):
    """Nothing found is an empty list, of no file as well."""
    assert looked(code) == []
    assert looked(code, study_file()) == []


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("doe-2020.yaml", False),
        ("doe-2020.yml", False),
        ("doe-2021.yaml", True),
        ("doe-2021.yml", True),
        ("doe-2020.v2.yaml", True),
        ("/dev/fd/63", False),
        ("standard input", False),
    ],
)
def test_a_file_is_named_after_its_study(name, found):
    """Whatever is no file of records, a pipe, has no name to agree with."""
    said = looked("E113", replace(study_file(), file=name))
    assert [item[:2] for item in said] == ([(name, ("id",))] if found else [])
    for *_, message in said:
        assert Path(name).stem in message
        assert "doe-2020" in message


def test_three_files_with_one_id_are_two_findings():
    """Each later one names the one before it; another id between is none of them."""
    files = [replace(study_file(), file=f"{name}/doe-2020.yaml") for name in "abc"]
    other = replace(study_file(id="roe-2021"), file="d/roe-2021.yaml")
    said = looked("E114", *files, other)
    assert [item[:2] for item in said] == [
        ("b/doe-2020.yaml", ("id",)),
        ("c/doe-2020.yaml", ("id",)),
    ]
    assert [("a/doe" in text, "b/doe" in text) for *_, text in said] == [
        (True, False),
        (False, True),
    ]
    assert looked("E114", files[0], other) == []


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("title: Results of trial #2", "#2"),
        ("title: Results of trial #b and more", "#b"),
        ("title: Results of trial # 2 is meant", None),
        ("title: Results of trial#2", None),
        ('title: "Results of trial #2"', None),
        ("# a whole line #2", None),
    ],
)
def test_a_text_cut_by_a_comment(line, word):
    """The value that is cut and the first word that is lost, in that file alone."""
    sound = with_text("id: roe-2021\n", "roe-2021.yaml")
    said = looked("W513", sound, with_text(f"id: doe-2020\n{line}\n"))
    if word is None:
        assert said == []
    else:
        ((file, path, message),) = said
        assert (file, path) == ("doe-2020.yaml", ("title",))
        assert word in message.split()


@pytest.mark.parametrize("sign", ["\u0085", "\u2028", "\u2029"])
def test_a_line_end_that_nobody_sees_is_named_by_its_number(sign):
    """Of that file, at the value that holds it."""
    sound = with_text("id: roe-2021\ntitle: two\n", "roe-2021.yaml")
    odd = with_text(f'id: doe-2020\nnotes: [one, "two{sign}lines"]\n')
    ((file, path, message),) = looked("W514", sound, odd)
    assert (file, path) == ("doe-2020.yaml", ("notes", 1))
    assert f"(U+{ord(sign):04X})" in message


def test_a_cut_text_is_found_at_its_line(tmp_path):
    """Of the file on the disk."""
    text = study_text(title="Results of trial #2", definition="SLEDAI #3")
    (tmp_path / "doe-2020.yaml").write_text(text, encoding="utf-8")
    lines = text.splitlines()
    found = [
        (item.code, lines[item.place.line - 1].strip().partition(":")[0])
        for item in run(load(tmp_path)).diagnostics
    ]
    assert found == [("W513", "title"), ("W513", "definition")]


WAITING = study_text().replace("status: published", "status: to-read")


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ({"doe-2020": WAITING}, [("W520", "doe-2020")]),
        ({"doe-2020": WAITING.replace("year: 2020", "year: ...")}, []),
        # a blank one before it, and one with a mistake of its own, hide nothing
        (
            {
                "doe-2020": WAITING.replace("year: 2020", "year: ..."),
                "poe-2020": WAITING.replace("doe-2020", "poe-2020").replace(
                    "n: 20\n", "n: twenty\n"
                ),
                "roe-2020": WAITING.replace("doe-2020", "roe-2020"),
            },
            [("E112", "poe-2020"), ("W520", "roe-2020")],
        ),
    ],
)
def test_a_record_to_be_read_that_is_filled_in(tmp_path, texts, found):
    """Found at its status, a warning, named by its id; one with a mistake waits."""
    for name, text in texts.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    said = run(load(tmp_path)).diagnostics
    assert [(item.code, Path(item.place.file).stem) for item in said] == found
    for item in said:
        if item.code == "W520":
            line = WAITING.splitlines()[item.place.line - 1]
            assert line.startswith("status:")
            assert item.level == "warning"
            assert found[-1][1] in item.message
            assert "published" in item.hint
