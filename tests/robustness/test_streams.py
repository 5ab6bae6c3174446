import os
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from invented import study_text

pytestmark = pytest.mark.thorough

PROGRAM = [sys.executable, "-m", "lupus_evidence"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}


def sh(line: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a shell line in which $P is the program."""
    named = {**ENVIRONMENT, "P": " ".join(PROGRAM), **variables}
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; {line}"],
        cwd=folder,
        env=named,
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )


@pytest.mark.parametrize(
    "command",
    [
        "list --studies records",
        "show doe-2020 --studies records",
        "table --studies records -f csv",
        "compare hsct msc --studies records",
        "forest complete-remission --studies records",
        "audit --studies records",
        "export --studies records -f csv",
        "check records -f json",
        "diff records records",
        "explain certainty",
        "schema study",
        "--help",
        "--version",
        "list --help",
    ],
)
def test_a_closed_pipe_ends_quietly(command, folder):
    """`| true` is no error and gets no word on standard error."""
    done = sh(f"$P {command} | true", folder.parent)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("command", ["list --studies records", "--help", "--version"])
def test_a_full_disk_behind_standard_output_is_said(command, folder):
    """The output cannot be written: one line says so, the exit status is 2."""
    done = sh(f"$P {command} > /dev/full", folder.parent)
    assert done.returncode == 2
    assert done.stderr.strip().endswith("no space left on device")
    assert "\n" not in done.stderr.strip()


@pytest.mark.parametrize(
    ("command", "closed"),
    [
        ("list --studies records", "<&-"),
        ("list --studies records", ">&-"),
        ("list --studies records", "2>&-"),
        ("compare hsct msc --studies records -o out.txt", "<&- >&- 2>&-"),
        ("forest complete-remission --studies records -o out.svg", "<&- >&- 2>&-"),
        ("diff records records -f json -o out.json", "<&- >&- 2>&-"),
        ("diff records records -f json -o out.json", ">&-"),
    ],
    ids=lambda words: words.split()[0],
)
def test_closed_standard_streams_do_no_harm(command, closed, folder):
    """A shell's `>&-` closes a stream before the program starts; files are whole."""
    done = sh(f"$P {command} {closed}", folder.parent)
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    for path in folder.parent.glob("out.*"):
        sh(f"$P {command.replace('out.', 'again.')}", folder.parent)
        again = path.with_name(f"again{path.suffix}")
        assert path.read_bytes() == again.read_bytes()


EVERY = [
    "list --studies records",
    "show doe-2020 --studies records",
    "table --studies records",
    "compare hsct msc --studies records",
    "forest complete-remission --studies records",
    "audit",
    "check records",
    "diff records records",
    "explain certainty",
    "--help",
]


@pytest.mark.parametrize("command", EVERY, ids=lambda command: command.split()[0])
def test_a_dumb_terminal_gets_no_colour(command, folder):
    """Nobody who says TERM=dumb gets an escape sequence."""
    done = sh(f"$P {command}", folder.parent, TERM="dumb")
    assert done.returncode == 0, done.stderr
    assert "\x1b" not in done.stdout + done.stderr


#: What Windows gives Python for redirected output, and a locale without characters.
CODE_PAGES = [
    {"PYTHONIOENCODING": "cp1252"},
    {"PYTHONIOENCODING": "cp437"},
    {"PYTHONIOENCODING": "cp932"},
    {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"},
]


@pytest.mark.parametrize("page", CODE_PAGES, ids=lambda page: next(iter(page.values())))
def test_pipes_are_utf_8_on_every_platform(page, folder):
    """Data and notes for other programs do not depend on the platform's code page."""
    text = (folder / "doe-2020.yaml").read_text(encoding="utf-8")
    text = text.replace("Invented Hospital", "Charité ± 脐带")
    (folder / "doe-2020.yaml").write_text(text, encoding="utf-8")
    (folder / "bad.yaml").write_text("é±: 1", encoding="utf-8")
    for command in ("show doe-2020 -f json", "list -f csv", "show doe-2020 --full"):
        line = f"$P {command} --studies records; exit 0"
        done = sh(line, folder.parent, PYTHONUTF8="0", **page)
        assert "Charité ± 脐带" in done.stdout
        assert "there is no field é±" in done.stderr


def test_twenty_columns_are_enough(run):
    """No line of prose or table is wider than the narrowest screen; addresses are."""
    for command in (
        ["list"],
        ["table"],
        ["show", "wang-2013"],
        ["compare", "hsct", "msc", "--explain"],
        ["forest", "overall-survival"],
        ["audit"],
        ["audit", "--summary"],
    ):
        result = run(*command, "--width", 20)
        assert result.exit_code == 0
        wide = [line for line in result.stdout.splitlines() if len(line) > 20]
        assert not [line for line in wide if "://" not in line], command


HOSTILE = "=1+1\\e[31m[red]<script>x</script>\\u202e`*_|\\x9b]"


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "markdown"])
@pytest.mark.parametrize("command", ["list", "table", "compare", "show"])
def test_hostile_text_is_shown_as_text(command, form, tmp_path, run):
    """No control character, formula, tag or markup of a record takes effect."""
    text = study_text(centre=HOSTILE, title=f'"{HOSTILE}"', definition=f'"{HOSTILE}"')
    (tmp_path / "doe-2020.yaml").write_text(text, encoding="utf-8")
    words = {"compare": ["compare", "msc", "hsct"], "show": ["show", "doe-2020"]}
    if (command, form) in {("show", "csv"), ("show", "tsv")}:
        pytest.skip("a card is not a table")
    asked = words.get(command, [command])
    result = run(*asked, "--studies", tmp_path, "-f", form)
    assert result.exit_code == 0, result.output
    assert not re.search("[\x1b\x9b\u202e]", result.output)
    if form in {"csv", "tsv"}:
        assert not re.search('(?m)(^|[,\t"])=1', result.output)
    if form == "markdown":
        assert not re.search(r"(?<!\\)<script", result.output)


@pytest.mark.parametrize("form", ["csv", "jsonl", "ris", "bibtex", "csl-json"])
def test_hostile_text_leaves_as_text(form, tmp_path, run):
    """Exports hold no control character and no cell that starts a formula."""
    text = study_text(centre=HOSTILE, title=f'"{HOSTILE}"', definition=f'"{HOSTILE}"')
    (tmp_path / "doe-2020.yaml").write_text(text, encoding="utf-8")
    result = run("export", "-f", form, "--studies", tmp_path)
    assert result.exit_code == 0, result.output
    assert not re.search("[\x1b\x9b]", result.output)
    if form == "csv":
        assert not re.search('(?m)(^|[,"])=1', result.output)


def test_hostile_text_is_drawn_as_text(tmp_path, run):
    """A subgroup's name adds no element to a picture and no colour to the terminal."""
    pytest.importorskip("matplotlib")
    part = "endpoint: complete-remission, at: 12, events: 1, n: 9, arm: treated"
    text = study_text() + f'  - {{{part}, subgroup: "{HOSTILE}"}}\n'
    (tmp_path / "doe-2020.yaml").write_text(text, encoding="utf-8")
    words = ["forest", "complete-remission", "--studies", tmp_path, "--left-out"]
    shown = run(*words)
    assert "[red]" in shown.stdout
    assert not re.search("[\x1b\x9b\u202e]", shown.stdout)
    result = run(*words, "-o", tmp_path / "out.svg")
    assert result.exit_code == 0, result.output
    picture = (tmp_path / "out.svg").read_text(encoding="utf-8")
    assert "<script" not in picture
    assert "&lt;script&gt;" in picture
    assert not re.search("[\x1b\x9b\u202e]", picture)


@pytest.mark.parametrize("form", ["table", "csv", "json", "markdown"])
def test_hostile_claims_are_shown_as_text(form, tmp_path, run):
    """An article's title and sentences take no effect in the audit of it."""
    bundled = Path(__file__).parents[2] / "claims" / "stem-cell-therapy-for-lupus.yaml"
    text = bundled.read_text(encoding="utf-8")
    text = text.replace("Stem Cell Therapy for Lupus", f'"{HOSTILE}"', 1)
    said = "The female to male ratio of lupus is 15 to 8."
    text = text.replace(said, f'"{HOSTILE}"', 1)
    path = tmp_path / bundled.name
    path.write_text(text, encoding="utf-8")
    result = run("audit", path, "-f", form)
    assert result.exit_code == 0, result.output
    assert "[red]" in result.output.replace("\\", "")
    assert not re.search("[\x1b\x9b\u202e]", result.output)


def test_unknown_fields_and_values_are_said_harmlessly(folder, run):
    """What stands in a bad record does not reach the terminal's ears."""
    (folder / "bad.yaml").write_text(
        '"\\e[31m": 1\nid: "\\e]0;x\\a"\n', encoding="utf-8"
    )
    for command in (["list", "--studies", folder], ["check", folder]):
        result = run(*command)
        assert result.exit_code == 1
        assert not re.search("[\x1b\x07]", result.output + result.stderr)


def on_a_terminal(command, **named):
    """What a person sees, output and notes, on a terminal that tells no size."""
    import pty

    kept = {k: v for k, v in ENVIRONMENT.items() if not k.startswith(("LC_", "LANG"))}
    reader, writer = pty.openpty()
    with subprocess.Popen(
        [*PROGRAM, *command.split()],
        env={**kept, "TERM": "xterm", **named},
        stdout=writer,
        stderr=writer,
    ):
        os.close(writer)
        shown = b""
        with suppress(OSError):  # what Linux says once the other end has closed
            while chunk := os.read(reader, 65536):
                shown += chunk
    os.close(reader)
    return shown


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "cp932"])
def test_a_terminal_with_a_code_page_gets_look_alikes(encoding, folder):
    """Windows' terminals of old: letters it has, and no escapes, also while waiting."""
    command = f"forest complete-remission --studies {folder}"
    shown = on_a_terminal(command, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert "omplete remission" in shown.decode(encoding)
    assert b"pooling" in shown
    assert b"\\u" not in shown


def test_a_terminal_that_tells_no_width_has_80_columns(folder):
    """As over a serial line: neither a word a line nor one endless line."""
    shown = on_a_terminal(f"show doe-2020 --studies {folder}", NO_COLOR="1").decode()
    widths = [len(line) for line in shown.splitlines()]
    assert 40 < max(widths) <= 80


@pytest.mark.parametrize(
    ("named", "ascii_only"),
    [
        ({"LANG": "C"}, True),
        ({"LC_ALL": "C"}, True),
        ({"LC_ALL": "POSIX", "LANG": "en_GB.UTF-8"}, True),
        ({"LANG": "C.UTF-8"}, False),
        ({"LC_ALL": "en_GB.UTF-8", "LANG": "C"}, False),
    ],
    ids=range(5),
)
def test_a_terminal_without_a_character_set_gets_ascii(named, ascii_only, folder):
    """Python writes UTF-8 there, and a person would read letters gone wrong."""
    command = f"forest complete-remission --width 80 --studies {folder}"
    shown = on_a_terminal(command, PYTHONIOENCODING="", **named)
    assert b"omplete remission" in shown
    assert shown.isascii() is ascii_only
