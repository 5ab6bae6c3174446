"""What is kept of records between two runs, and when it is not used."""

import json
import os
import stat
from pathlib import Path

import pytest
from invented import study_text

from lupus_evidence.cli import yaml_cache
from lupus_evidence.records import yamltext
from lupus_evidence.records.load import bundled_folder, load


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """A folder for kept values."""
    home = tmp_path / "kept"
    monkeypatch.setenv(yaml_cache.VARIABLE, str(home))
    return home


@pytest.fixture
def parsed(monkeypatch):
    """The texts that were really parsed."""
    texts = []
    parse = yamltext.parse

    def noting(text):
        texts.append(text)
        return parse(text)

    monkeypatch.setattr(yamltext, "parse", noting)
    return texts


def file_of(home):
    """Return the one file of kept values."""
    (file,) = home.glob("*.json")
    return file


def test_the_second_run_says_the_same_without_parsing(folder, kept, parsed, run):
    """A command's output does not tell whether its records were kept."""
    first = run("table", "--studies", folder, "-f", "json")
    assert len(parsed) == 2
    second = run("table", "--studies", folder, "-f", "json")
    assert len(parsed) == 2
    assert (first.exit_code, first.stdout) == (0, second.stdout)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o700


def test_every_bundled_record_is_the_same_from_kept_values(kept):
    """Kept values make the same studies as the files themselves."""
    for _ in range(2):
        with yaml_cache.remembering(None) as parse:
            assert load(None, parse).studies == load().studies
    assert file_of(kept).stat().st_size > 100_000


def test_a_changed_record_is_parsed_anew(folder, kept, parsed, run):
    """Only the changed text is read again, and what it says now is shown."""
    run("list", "--studies", folder)
    path = folder / "doe-2020.yaml"
    path.write_text(study_text(n=40, events=7), encoding="utf-8")
    shown = run("show", "doe-2020", "--studies", folder).stdout
    assert "7 of 40" in shown
    assert len(parsed) == 3
    assert len(json.loads(file_of(kept).read_text(encoding="utf-8"))) == 2


def test_a_broken_record_is_named_in_every_run(folder, kept, run):
    """What is no YAML is not kept; its place is said again each time."""
    (folder / "bad.yaml").write_text("a: 1\na: 2\n", encoding="utf-8")
    said = [run("list", "--studies", folder).stderr for _ in range(2)]
    assert said[0] == said[1]
    assert "bad.yaml:2:1: error E103" in said[0]
    assert len(json.loads(file_of(kept).read_text(encoding="utf-8"))) == 2


def test_a_kept_value_is_validated_like_any_other(folder, kept, run):
    """Whoever changes the kept file can put nothing past the checks of form."""
    run("list", "--studies", folder)
    values = json.loads(file_of(kept).read_text(encoding="utf-8"))
    for value in values.values():
        value["results"][0]["events"] = "<script>"
    file_of(kept).write_text(json.dumps(values), encoding="utf-8")
    done = run("list", "--studies", folder)
    assert done.exit_code == 1
    assert "E112" in done.stderr


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"\xff", b"[" * 100_000, b'{"a": 1}', b"x" * 6_000_000],
    ids=range(8),
)
def test_a_damaged_kept_file_costs_only_time(content, folder, kept, parsed, run):
    """It is ignored and written anew."""
    first = run("list", "--studies", folder)
    file_of(kept).write_bytes(content)
    assert run("list", "--studies", folder).stdout == first.stdout
    assert len(parsed) == 4
    assert run("list", "--studies", folder).stdout == first.stdout
    assert len(parsed) == 4


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="no owners here")
def test_another_users_file_is_not_trusted(folder, kept, parsed, run, monkeypatch):
    """Values that somebody else wrote are parsed again."""
    run("list", "--studies", folder)
    monkeypatch.setattr(
        yaml_cache.os, "getuid", lambda: file_of(kept).stat().st_uid + 1
    )
    run("list", "--studies", folder)
    assert len(parsed) == 4


def test_nowhere_to_keep_values_is_no_error(folder, kept, run):
    """A file stands where the folder should be: the command works and says nothing."""
    kept.write_text("", encoding="utf-8")
    done = run("list", "--studies", folder)
    assert (done.exit_code, done.stderr) == (0, "")


def test_it_can_be_switched_off(folder, kept, parsed, run, monkeypatch):
    """`off` keeps nothing and reads nothing."""
    monkeypatch.setenv(yaml_cache.VARIABLE, "off")
    run("list", "--studies", folder)
    run("list", "--studies", folder)
    assert len(parsed) == 4
    assert not kept.exists()
    assert not Path("off").exists()


def test_few_folders_are_kept(tmp_path, kept, run):
    """Each folder of records has one file, and the oldest go."""
    for number in range(yaml_cache.MAX_FOLDERS + 3):
        records = tmp_path / f"records-{number}"
        records.mkdir()
        (records / "doe-2020.yaml").write_text(study_text(), encoding="utf-8")
        run("list", "--studies", records)
    assert len(list(kept.iterdir())) == yaml_cache.MAX_FOLDERS


def test_the_usual_place_is_the_users_own(tmp_path, monkeypatch):
    """Values go where the system keeps what can be made again."""
    monkeypatch.delenv(yaml_cache.VARIABLE)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "x"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "x"))
    with yaml_cache.remembering(None) as parse:
        load(bundled_folder("claims"), parse)
    assert list((tmp_path / "x" / "lupus-evidence").glob("*.json"))


def test_a_large_set_of_records_is_not_kept(folder, kept, parsed, run, monkeypatch):
    """Beyond the limit nothing is held in memory or written."""
    monkeypatch.setattr(yaml_cache, "MAX_KEPT", len(study_text()) + 1)
    run("list", "--studies", folder)
    run("list", "--studies", folder)
    assert len(parsed) == 4
    assert not kept.exists()
