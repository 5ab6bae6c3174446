"""Articles with answer keys: how much of them is read, as the manual says."""

import importlib.util
import sys
from html import unescape
from pathlib import Path

import pytest
import yaml

from lupus_evidence.reading.cited_studies import StudyIndex
from lupus_evidence.records.load import load
from lupus_evidence.vocabulary import topic

TESTS = Path(__file__).parents[1]
ARTICLES = TESTS / "articles"
KEYS = sorted(ARTICLES.glob("*.yaml"))
PRECISION, RECALL = 0.95, 0.85


@pytest.fixture(scope="module")
def scoring():
    """The benchmark that compares articles with their keys."""
    path = TESTS.parent / "benchmarks" / "reading.py"
    spec = importlib.util.spec_from_file_location("benchmark_of_reading", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look themselves up
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


def article_of(key):
    """Return the article that a key belongs to."""
    (path,) = [
        path
        for path in ARTICLES.glob(f"{key.stem}.*")
        if path.suffix in (".txt", ".md", ".html")
    ]
    return path


@pytest.mark.thorough
@pytest.mark.parametrize("half", ["after", "last"])
def test_articles_written_after_the_rules_are_read_well(half, scoring):
    """Hardly a claim is invented, and few are missed."""
    files = [article_of(key) for key in KEYS if key.name.startswith(f"{half}-")]
    assert len(files) > 10
    score = scoring.score_of(files, StudyIndex.of(load()))
    assert score.keyed > 100
    assert score.paired / score.read >= PRECISION, "\n".join(score.misread)
    assert score.paired / score.keyed >= RECALL, "\n".join(score.misread)


@pytest.mark.parametrize("key", KEYS, ids=lambda path: path.stem)
def test_every_key_fits_its_article(key):
    """Each piece stands in it exactly once; treatments and outcomes are known."""
    text = " ".join(unescape(article_of(key).read_text(encoding="utf-8")).split())
    claims = yaml.safe_load(key.read_text(encoding="utf-8"))["claims"] or []
    for claim in claims:
        assert text.count(" ".join(str(claim["in"]).split())) == 1, claim["in"]
        assert claim["therapy"] in {*topic().therapies, "unspecified"}, claim["in"]
        assert claim.get("endpoint", "death") in topic().endpoints, claim["in"]
        assert {"endpoint", "topic", "measures", "measure"} & set(claim), claim["in"]


ROOT = Path(__file__).parents[2]


@pytest.mark.thorough
def test_the_manual_has_the_table_of_the_benchmark():
    """Precision and recall of each part, as `benchmarks/reading.py --table` prints."""
    spec = importlib.util.spec_from_file_location(
        "benchmark_of_the_manual", ROOT / "benchmarks" / "reading.py"
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look themselves up
    spec.loader.exec_module(module)
    printed = module.table(module.scores())
    del sys.modules[spec.name]
    assert printed in (ROOT / "docs" / "audit.md").read_text(encoding="utf-8")
