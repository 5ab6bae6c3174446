"""The claims that were read from an article, saved into a file and audited again."""

from pathlib import Path

import pytest
import yaml

from lupus_evidence.audit import audit, load_claims
from lupus_evidence.audit.articles import load_articles
from lupus_evidence.reading.claims_read import claims_text

pytestmark = pytest.mark.thorough

ARTICLES = sorted(
    path
    for path in (Path(__file__).parents[1] / "articles").iterdir()
    if path.suffix in (".txt", ".html", ".md") and path.name != "README.md"
)
ARTICLE = """\
Stem cells for lupus

In Nanjing 87 people with lupus were given mesenchymal stem cells. Half were in complete
remission after four years.
"""


@pytest.fixture
def article(tmp_path):
    """An article with one claim."""
    path = tmp_path / "page.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def verdicts(loaded, base):
    """Return the verdict words of each article's claims in their order."""
    found = audit(base, loaded)
    assert not found.has_errors, found.diagnostics
    return {
        item.id: [claim.verdict.word for claim in item.claims]
        for item in found.articles
    }


@pytest.fixture(scope="module")
def read_and_saved(base, tmp_path_factory):
    """The verdicts on all articles as they were read, and as they were saved."""
    read = load_articles(ARTICLES, base)
    folder = tmp_path_factory.mktemp("saved")
    for item in read.files:
        if item.content.claims:
            path = folder / f"{item.content.id}.yaml"
            path.write_text(claims_text(item.content), encoding="utf-8")
    return verdicts(read, base), verdicts(load_claims([folder]), base)


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_saved_claims_get_the_verdicts_of_their_article(path, read_and_saved):
    """Nothing that a verdict rests on is lost on the way, whatever the article."""
    read, saved = read_and_saved
    assert saved.get(path.stem, []) == read[path.stem]
    assert len(read) == len(ARTICLES)


def test_claims_are_saved_to_be_corrected(run, article, tmp_path):
    """One entry a claim, with comments that say what to do with them."""
    path = tmp_path / "claims.yaml"
    result = run("audit", article, "--save-claims", path)
    assert result.exit_code == 0, result.output
    assert f"wrote {path}" in " ".join(result.output.split())
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# The claims that were read from an article.")
    assert yaml.safe_load(text) == {
        "id": "page",
        "article": {"title": "Stem cells for lupus", "kind": "other"},
        "claims": [
            {
                "id": "claim-1",
                "says": "Half were in complete remission after four years.",
                "where": "Stem cells for lupus",
                "cites": "wang-2013",
                "kind": "rate",
                "therapy": "msc",
                "figures": [
                    {
                        "endpoint": "complete-remission",
                        "months": 48,
                        "amount": "half",
                        "people": 87,
                    }
                ],
            }
        ],
    }
    again = run("audit", path)
    assert again.exit_code == 0
    assert "Context missing" in again.output


def test_a_file_that_is_there_is_not_overwritten(run, article, tmp_path):
    """Unless told to."""
    path = tmp_path / "claims.yaml"
    path.write_text("mine\n", encoding="utf-8")
    assert run("audit", article, "--save-claims", path).exit_code != 0
    assert path.read_text(encoding="utf-8") == "mine\n"
    assert run("audit", article, "--save-claims", path, "--force").exit_code == 0
    assert path.read_text(encoding="utf-8") != "mine\n"


def test_what_cannot_be_saved_is_refused(run, article, tmp_path):
    """Two articles, a claims file, an article without a claim: status 2, no file."""
    path = tmp_path / "claims.yaml"
    plain = tmp_path / "plain.txt"
    plain.write_text("Lupus is an illness of the immune system.\n", encoding="utf-8")
    for words in ((article, plain), (), (plain,)):
        assert run("audit", *words, "--save-claims", path).exit_code == 2
        assert not path.exists()
