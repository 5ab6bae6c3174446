import pytest

from lupus_evidence.importing.citation_fields import told_kind


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Journal Article", "article"),
        ("journalArticle", "article"),
        ("journal-article", "article"),
        ("Article; Early Access", "article"),
        ("Article; Proceedings Paper", "article"),
        ("Proceedings Paper", "conference-abstract"),
        ("Meeting Abstract", "conference-abstract"),
        ("Conference Abstract", "conference-abstract"),
        ("Letter", "letter"),
        ("Dissertation/Thesis", "thesis"),
        ("Web Page", "web-page"),
        ("Preprint", None),
        ("Book Chapter", None),
    ],
)
def test_words_of_databases(words, kind):
    """Whatever their case and signs, they mean a kind or none that records have."""
    told = told_kind(words)
    assert told is not None
    assert told.publication == kind


def test_words_that_nobody_knows():
    """They are not taken for an article."""
    assert told_kind("Hologram") is None
