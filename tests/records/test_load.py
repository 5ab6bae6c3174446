"""Files to records: whatever a file holds, its problem is named and the rest loads."""

import copy
import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented import study_text
from pydantic import BaseModel

from lupus_evidence.errors import RecordsNotFoundError
from lupus_evidence.records import load as loading
from lupus_evidence.records.files import MAX_FILE_BYTES, Diagnostic, decode
from lupus_evidence.records.load import (
    bundled_folder,
    load,
    load_files,
    load_paths,
    shown_path,
    validate,
)
from lupus_evidence.records.study import Study

BUNDLED = sorted(bundled_folder("studies").glob("[!_]*.yaml"))

#: Seconds within which any single file must be refused, however hostile.
PATIENCE = 5


def problems(folder):
    """Load a folder with one sound record; return the other files' problems."""
    base = load(folder)
    assert [study.id for study in base.studies] == ["doe-2020"]
    return [
        (Path(item.place.file).name, item.place.line, item.place.column, item.code)
        for item in base.diagnostics
    ]


@pytest.fixture
def one(tmp_path):
    """A folder with one sound record."""
    (tmp_path / "doe-2020.yaml").write_text(study_text(), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.stem)
def test_bundled_record_loads(path):
    """Each record of the package is valid by itself and named after its file."""
    base = load_files([path], path.parent)
    assert not base.diagnostics
    (study,) = base.studies
    assert study.id == path.stem


def test_bundled_base_says_when_and_where_it_was_searched():
    """The records as a whole have a version, a date of search and a digest."""
    base = load()
    assert base.base is not None
    assert base.base.searched
    assert len(base.files) == len(BUNDLED)
    assert [study.id for study in base.studies] == sorted(p.stem for p in BUNDLED)


@pytest.mark.parametrize(
    ("content", "line", "column", "code"),
    [
        (b"", 1, 1, "E107"),
        (b"# nothing\n", 1, 1, "E107"),
        (b"- a\n- b\n", 1, 1, "E107"),
        (b"just words\n", 1, 1, "E107"),
        (b"\xef\xbb\xbfid: a-1\n", 1, 1, "E106"),
        ("id: a-1\n".encode("utf-16"), 1, 1, "E106"),
        (b"id: a-1\ntitle: Charit\xe9\n", 2, 14, "E106"),
        (b"id: a-1\ntitle: \xed\xa0\x80\n", 2, 8, "E106"),
        (b"id: a-1\ntitle: a\x00b\n", 2, 9, "E102"),
        (b"id: a-1\n\ttitle: b\n", 2, 1, "E102"),
        (b"id: !!python/name:os.system a-1\n", 1, 5, "E104"),
        (b"a: &a [1]\nb: [*a, *a]\n", 1, 4, "E104"),
        (b"id: a-1\nid: a-2\n", 2, 1, "E103"),
        (b"id: a-1\n--- \nid: a-2\n", 2, 1, "E104"),
        (b"[" * 900 + b"\n", 1, 21, "E105"),
        (b"{a: " * 1_200_000, 1, 81, "E105"),
        (b"- " * 2_400_000, 1, 41, "E105"),
        (b"a" * MAX_FILE_BYTES, 1, 1, "E107"),
        (b"[" * 10_000_000, 0, 0, "E101"),
        (b"'" + b"''" * 2_000_000, 1, 4_000_002, "E102"),
    ],
    ids=range(20),
)
def test_bad_file_is_named_and_the_others_load(one, content, line, column, code):
    """One diagnostic at its place, soon, and the sound record is there."""
    (one / "bad.yaml").write_bytes(content)
    started = time.monotonic()
    assert problems(one) == [("bad.yaml", line, column, code)]
    assert time.monotonic() - started < PATIENCE


def test_links_devices_and_folders_are_named(one):
    """What is no regular file is refused without being opened."""
    (one / "gone.yaml").symlink_to(one / "nowhere")
    (one / "round.yaml").symlink_to(one / "round.yaml")
    os.mkfifo(one / "pipe.yaml")
    (one / "null.yaml").symlink_to("/dev/zero")
    names = ["gone.yaml", "null.yaml", "pipe.yaml", "round.yaml"]
    assert problems(one) == [(name, 0, 0, "E101") for name in names]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_unreadable_file_is_named(one):
    """A file without read permission is a diagnostic."""
    path = one / "secret.yaml"
    path.write_text(study_text(id="secret"), encoding="utf-8")
    path.chmod(0)
    assert problems(one) == [("secret.yaml", 0, 0, "E101")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may list every folder")
def test_unlistable_folder_is_refused(one):
    """A folder that cannot be listed is not taken for an empty one."""
    one.chmod(0)
    try:
        with pytest.raises(RecordsNotFoundError, match="cannot be listed"):
            load(one)
    finally:
        one.chmod(0o700)


def test_missing_paths_are_refused(tmp_path):
    """A folder or file that is not there is an error of its own."""
    with pytest.raises(RecordsNotFoundError, match="not a folder"):
        load(tmp_path / "nowhere")
    with pytest.raises(RecordsNotFoundError, match="no file or folder"):
        load_paths([tmp_path / "nowhere.yaml"])


def test_a_folder_given_as_a_file_is_named(one):
    """`load_files` on a folder is a diagnostic, not a failure."""
    base = load_files([one / "doe-2020.yaml", one], one)
    assert [item.code for item in base.diagnostics] == ["E101"]
    assert len(base.files) == 1


def test_all_problems_of_all_files_come_in_one_run(one):
    """Nothing stops at the first mistake, within a file or between files."""
    bad = study_text(events="many").replace("design: single", "desing: single")
    (one / "bad-a.yaml").write_text(bad, encoding="utf-8")
    (one / "bad-b.yaml").write_text("id: [", encoding="utf-8")
    found = problems(one)
    assert [(name, code) for name, _, _, code in found] == [
        ("bad-a.yaml", "E111"),
        ("bad-a.yaml", "E110"),
        ("bad-a.yaml", "E112"),
        ("bad-b.yaml", "E102"),
    ]
    lines = bad.splitlines()
    assert found[1][1] == 1 + next(i for i, s in enumerate(lines) if "desing" in s)
    assert found[2][1] == 1 + lines.index("    events: many")


def test_subfolders_are_read_and_hidden_files_are_not(one):
    """Records may be sorted into folders; editors' leftovers are no records."""
    (one / "msc").mkdir()
    text = study_text(id="roe-2021")
    (one / "msc" / "roe-2021.yml").write_text(text, encoding="utf-8")
    for name in (".doe-2020.yaml", "_draft.yaml", "notes.txt", "old.yaml~"):
        (one / name).write_text("id: [", encoding="utf-8")
    base = load(one)
    assert [study.id for study in base.studies] == ["doe-2020", "roe-2021"]
    assert not base.diagnostics


def test_files_and_folders_can_be_given_together(one, tmp_path_factory):
    """`check a.yaml folder/` looks at both."""
    other = tmp_path_factory.mktemp("other") / "roe-2021.yaml"
    other.write_text(study_text(id="roe-2021"), encoding="utf-8")
    base = load_paths([one, other])
    assert [study.id for study in base.studies] == ["doe-2020", "roe-2021"]


def test_bad_base_file_is_named(one):
    """``_base.yaml`` is read as strictly as a record."""
    (one / "_base.yaml").write_text("version: '1'\nsearch: 2026\n", encoding="utf-8")
    found = {(line, code) for _, line, _, code in problems(one)}
    assert (2, "E110") in found
    assert load(one).base is None


def test_place_of_a_value(one):
    """A loaded record knows where each of its figures stands."""
    (file,) = load(one).files
    lines = study_text().splitlines()
    place = file.place("results", 0, "events")
    assert place.line == lines.index("    events: 5") + 1
    assert place.column == 5
    assert str(place).endswith(f"doe-2020.yaml:{place.line}:5")


def test_digest_changes_with_any_letter_and_with_nothing_else(one, tmp_path_factory):
    """The same files elsewhere have the same digest; one more space has another."""
    first = load(one).data_hash
    copy = tmp_path_factory.mktemp("copy")
    path = copy / "doe-2020.yaml"
    path.write_text(study_text(), encoding="utf-8")
    assert load(copy).data_hash == first
    path.write_text(f"{study_text()} ", encoding="utf-8")
    assert load(copy).data_hash != first
    path.rename(copy / "doe-2021.yaml")
    (copy / "doe-2021.yaml").write_text(study_text(), encoding="utf-8")
    assert load(copy).data_hash != first


def test_digest_covers_files_that_did_not_load(one):
    """A receipt names what was there, also what could not be used."""
    first = load(one).data_hash
    (one / "bad.yaml").write_text("id: [", encoding="utf-8")
    assert load(one).data_hash != first


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("52.0", "52.0"),
        ("52", "52"),
        ('"52.00"', "52.00"),
        ("-3.10", "-3.10"),
    ],
)
def test_printed_decimals_are_kept(value, kept):
    """Quoted or not, a printed figure keeps its digits."""
    text = study_text(definition=f"remission\n    percent: {value}")
    study = validate(Study, text, "doe-2020.yaml")
    assert str(study.results[0].percent) == kept


@pytest.mark.parametrize("value", ["1e3", "12:30", "0x1F", "1_000", "yes", ".5"])
def test_values_that_other_readers_change_are_refused_as_numbers(value):
    """No exponent, sexagesimal, hexadecimal or word becomes a percentage."""
    text = study_text(definition=f"remission\n    percent: {value}")
    (problem,) = validate(Study, text, "doe-2020.yaml")
    assert (problem.code, problem.place.column) == ("E112", 5)
    assert value in problem.message + problem.hint


@pytest.mark.parametrize("value", ["true", "1.0", '"5"', "-1", "5.5", "[5]", "1000001"])
def test_counts_are_whole_numbers(value):
    """A count is typed as a plain whole number and nothing else."""
    (problem,) = validate(Study, study_text(events=value), "doe-2020.yaml")
    assert problem.code == "E112"


def test_words_that_look_like_values_stay_words():
    """``no`` and ``010`` in a text are what they say."""
    for word in ("no", "010", "1e3", "12:30", "2021-01-01", "[red]x[/red]"):
        text = study_text(definition=f'"{word}"')
        assert validate(Study, text, "x.yaml").results[0].definition == word


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_a_diagnostic(data):
    """No bytes make decoding fail; what is text is returned as it was."""
    result = decode(data, "x.yaml")
    if isinstance(result, Diagnostic):
        assert result.code == "E106"
        assert result.place.line >= 1
        assert result.place.column >= 1
    else:
        assert result.encode() == data


@pytest.mark.thorough
@given(st.text(max_size=300))
def test_any_text_is_a_record_or_diagnostics(text):
    """No text makes loading fail."""
    result = validate(Study, text, "x.yaml")
    assert isinstance(result, Study) or (
        result and all(item.place.line >= 1 for item in result)
    )


_LINES = study_text().splitlines(keepends=True)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.integers(0, len(_LINES) - 1),
    st.sampled_from(["drop", "twice", "cut", "indent", "junk"]),
    st.text(max_size=20),
)
def test_damaged_record_is_a_record_or_diagnostics(index, damage, junk):
    """A line lost, doubled, cut, moved or overwritten never makes loading fail."""
    line = _LINES[index]
    damaged = {
        "drop": "",
        "twice": line * 2,
        "cut": line[: len(line) // 2],
        "indent": f"  {line}",
        "junk": f"{line.rstrip()}{junk}\n",
    }[damage]
    text = "".join([*_LINES[:index], damaged, *_LINES[index + 1 :]])
    result = validate(Study, text, "x.yaml")
    if not isinstance(result, Study):
        assert result
        last = len(text.splitlines()) + 2
        assert all(1 <= item.place.line <= last for item in result)


def test_long_values_are_shortened_in_diagnostics():
    """A page of text in the wrong place does not fill the screen."""
    (problem,) = validate(Study, study_text(events="x" * 3000), "x.yaml")
    assert len(problem.hint) < 100


def test_bundled_files_have_one_name_wherever_the_program_runs(tmp_path, monkeypatch):
    """A figure is traced to the same place from any folder and any installation."""
    monkeypatch.chdir(tmp_path)
    base = load()
    assert base.folder == "studies"
    assert {Path(item.file).parent.as_posix() for item in base.files} == {"studies"}
    path = bundled_folder("claims") / "an-article.yaml"
    assert shown_path(path) == "claims/an-article.yaml"
    assert shown_path(tmp_path / "own.yaml") == "own.yaml"


@pytest.fixture
def both(monkeypatch):
    """Return the bundled records as they are, and as they are when there are many."""
    plain = load(bundled_folder("studies"))
    monkeypatch.setattr(loading, "MANY", 1)
    return plain.studies, load(bundled_folder("studies")).studies


def parts(record):
    """Yield a record and every record in it."""
    yield record
    for value in record.__dict__.values():
        inner = value.values() if isinstance(value, dict) else value
        for part in inner if isinstance(value, (tuple, dict)) else (value,):
            if isinstance(part, BaseModel):
                yield from parts(part)


def test_shared_records_say_the_same(both):
    """Values and the fields that were given are those of records loaded one by one."""
    plain, shared = both
    assert plain == shared
    for one, two in zip(plain, shared, strict=True):
        assert one.model_dump(exclude_unset=True) == two.model_dump(exclude_unset=True)


def test_a_copy_of_a_shared_record_changes_no_other(both):
    """Pydantic notes an updated field for the copy alone."""
    study = both[1][0]
    before = copy.copy(study.model_fields_set)
    changed = study.model_copy(update={"funding": "invented"})
    assert "funding" in changed.model_fields_set
    assert study.model_fields_set == before


def test_alike_parts_share_their_sets_and_texts(both):
    """There are far fewer sets of given fields than parts that have one."""
    every = [part for study in both[1] for part in parts(study)]
    kept = {id(part.model_fields_set) for part in every}
    assert len(kept) == len({frozenset(part.model_fields_set) for part in every})
    assert len(kept) < len(every) / 2
    places = [
        result.where for study in both[1] for result in study.results if result.where
    ]
    assert len({id(text) for text in places}) == len(set(places))
