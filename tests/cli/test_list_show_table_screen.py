"""How much of a screen the listing commands take, at every width."""

import json

import pytest

WIDTHS = (80, 100, 120, 160, 200)


@pytest.fixture(scope="module")
def results():
    """The number of results in the bundled records."""
    from lupus_evidence.records.load import load

    return sum(len(study.results) for study in load().studies)


def lines_of(run, *arguments):
    """The lines of a command's output."""
    result = run(*arguments)
    assert result.exit_code == 0
    return result.output.splitlines()


def test_the_table_is_one_line_a_result_and_headings(run, results):
    """At 80 columns headings and notes take at most 60 lines."""
    lines = lines_of(run, "table", "--width", 80)
    assert len(lines) <= results + 60
    assert max(map(len, lines)) <= 80
    names = json.loads(run("table", "-f", "json").output)["results"]
    assert len(names) == results


@pytest.mark.parametrize(
    "command", [("table",), ("list",), ("show", "wang-2013"), ("show", "deng-2017")]
)
def test_a_wider_terminal_shows_no_more_lines(run, command):
    """Room is used for columns and words, never for more lines."""
    sizes = [len(lines_of(run, *command, "--width", width)) for width in WIDTHS]
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_list_is_one_line_a_study(run, width):
    """As many lines as studies, the heading and the note."""
    studies = json.loads(run("list", "-f", "json").output)["studies"]
    lines = lines_of(run, "list", "--width", width)
    start = lines.index("")
    assert start == len(studies) + 1


def test_wide_values_do_not_break_the_table(run, tmp_path):
    """Thousands of people and long names still are one line each at 80 columns."""
    from invented import study_text

    name = "a-consortium-of-very-many-hospitals-2020"
    text = study_text(id=name, n=100_000, events=99_000)
    (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    lines = run("table", "--studies", tmp_path, "--width", 80).output.splitlines()
    (row,) = (line for line in lines if "of 100000" in line)
    assert "99 %" in row
    assert len(row) <= 80


def test_every_mark_is_explained_and_full_says_it_in_words(run):
    """A sign stands in the note below; the words behind it are one option away."""
    lines = lines_of(run, "table", "-e", "overall-survival", "--width", 80)
    marked = {line.rsplit(None, 1)[-1] for line in lines if line.startswith("  ")}
    signs = {sign for marks in marked for sign in marks if sign in "*+!"}
    note = next(line for line in lines if line.startswith("*"))
    assert signs == {sign for sign in "*+!" if f"{sign} " in note}
    assert "other diseases included" in note
    full = run("table", "-e", "overall-survival", "--width", 80, "--full").output
    assert "figure disputed, see show" in full
    assert "…" not in full


def test_the_first_screen_of_most_studies_is_one_screen():
    """At 80 by 24 six of seven studies need no scrolling."""
    from lupus_evidence.catalogue.brief import study_brief
    from lupus_evidence.records.load import load
    from lupus_evidence.writers.terminal import Look, render_document

    studies = load().studies
    pages = [render_document(study_brief(one, studies), Look(80)) for one in studies]
    sizes = [len(page.splitlines()) for page in pages]
    assert sum(size <= 24 for size in sizes) >= 6 / 7 * len(sizes)
