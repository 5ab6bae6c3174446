import os

import pytest

from lupus_evidence.cli.output import write_files
from lupus_evidence.errors import OutputError

LONG = "a" * 5_000


@pytest.mark.parametrize(
    "words",
    [
        ["check", LONG],
        ["list", "--studies", LONG],
        ["audit", LONG],
        ["import", LONG],
        ["diff", LONG, "HEAD"],
        ["schema", "study", "-o", LONG],
    ],
    ids=lambda words: words[0],
)
def test_a_name_too_long_for_the_system_is_refused_in_words(words, run):
    """The fuzzer's find: the system's own refusal is passed on, not raised."""
    result = run(*words)
    assert result.exit_code == 2
    assert "too long" in result.output


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "a/b", "..", "a\nb", "A", ""])
def test_new_makes_no_path_of_a_name(name, run, tmp_path):
    """Only an id is a name; nothing is written elsewhere."""
    assert run("new", name, "-o", tmp_path).exit_code == 2
    assert not list(tmp_path.iterdir())


def test_output_replaces_regular_files_only(run, tmp_path):
    """A pipe, a folder, a device or a link to itself is refused, also with --force."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "device").symlink_to("/dev/null")
    for name in ("pipe", "folder", "loop", "device", "absent/file"):
        result = run("schema", "study", "-o", tmp_path / name, "--force")
        assert result.exit_code == 2, name
        assert "cannot be written" in result.output
    assert not (tmp_path / "pipe").is_file()


def test_output_through_a_link_keeps_the_link(run, tmp_path):
    """The file behind it is replaced."""
    (tmp_path / "real").write_text("old", encoding="utf-8")
    (tmp_path / "link").symlink_to("real")
    assert run("schema", "study", "-o", tmp_path / "link").exit_code == 2
    assert run("schema", "study", "-o", tmp_path / "link", "--force").exit_code == 0
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text(encoding="utf-8").startswith("{")


@pytest.mark.parametrize("failing", ["fsync", "KeyboardInterrupt"])
def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    failing, run, tmp_path, monkeypatch
):
    """A full disk or Ctrl-C half-way: no remains, the old file as it was."""
    error = OSError(28, "No space left on device")

    def fail(_handle):
        raise error if failing == "fsync" else KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", fail)
    target = tmp_path / "out"
    target.write_text("old", encoding="utf-8")
    result = run("schema", "study", "-o", target, "--force")
    assert result.exit_code == (2 if failing == "fsync" else 130)
    assert target.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_several_files_are_written_all_or_none(tmp_path):
    """Where one of them may not be written, no other is either."""
    files = [(tmp_path / f"{number}.txt", "new") for number in range(70)]
    (tmp_path / "60.txt").write_text("old", encoding="utf-8")
    with pytest.raises(OutputError, match=r"60.txt exists"):
        write_files(files, force=False)
    assert [path.name for path in tmp_path.iterdir()] == ["60.txt"]
    steps = []
    write_files(files, force=True, told=lambda: steps.append(1))
    assert len(steps) == len(list(tmp_path.iterdir())) == 70
    assert {path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == {"new"}
