"""The documentation says what the program does."""

import re

import pytest
from documentation import PAGES, ROOT, documented, output_of
from typer.testing import CliRunner

from lupus_evidence.cli.app import app
from lupus_evidence.records.schema import study_schema

README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands() -> list[str]:
    """Return the names of all commands, read off --help."""
    text = CliRunner().invoke(app, ["--help"]).output
    return re.findall(r"^  ([a-z]+)  ", text.partition("Commands:")[2], re.MULTILINE)


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("page", "command", "output"),
    documented(),
    ids=[f"{page}: {command}" for page, command, _ in documented()],
)
def test_examples_print_what_the_page_says(page, command, output):
    """Every command in a page prints what stands under it."""
    assert output_of(command) == output, page


@pytest.mark.parametrize("command", commands())
def test_every_command_is_in_the_readme_and_has_an_example(command):
    """No command without documentation, none without an example in its help."""
    assert f"`{command}" in README or f"lupus-evidence {command}" in README
    page = CliRunner().invoke(app, [command, "--help"]).output
    assert "For example:" in page
    assert f"lupus-evidence {command}" in page


def test_the_schema_in_the_docs_is_the_models_own():
    """Editors read the schema that the program would print."""
    published = (ROOT / "docs" / "study.schema.json").read_text(encoding="utf-8")
    assert published == study_schema()


def test_links_between_pages_lead_somewhere():
    """Every relative link of a page is a file of the repository."""
    for page in [*PAGES, ROOT / "CONTRIBUTING.md"]:
        text = page.read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_record_names_the_schema_and_its_own_file():
    """Each record points editors to the schema, and its id is its file's name."""
    for path in sorted((ROOT / "studies").glob("[!_]*.yaml")):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert lines[0] == (
            "# yaml-language-server: $schema=../docs/study.schema.json"
        ), path.name
        assert lines[1] == f"id: {path.stem}", path.name


def test_the_api_examples_are_true():
    """Every line of docs/api.md gives what stands under it."""
    import doctest

    path = ROOT / "docs" / "api.md"
    failed, tried = doctest.testfile(str(path), module_relative=False)
    assert tried > 15
    assert not failed
